"""A real JupyterLab, opened by the command of ``make lab``, used in a real browser."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT
from playwright.sync_api import TimeoutError

from chainregistry import data as data_package
from chainregistry import explore, news
from chainregistry.news import store

TOKEN = "only-for-this-test"
LOOPBACK = {"127.0.0.1", "localhost"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab in a copy of the notebooks, with settings of its own: the file that its browser opens."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / ".jupyter", home / ".jupyter")
    for name in ("00-start-here", "explore", "review-news"):
        (home / "notebooks").mkdir(exist_ok=True)
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", home / "notebooks")
    candidates(home)
    folders = {f"JUPYTER_{name}_DIR": home / name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {f"JUPYTERLAB_{name}_DIR": home / name.lower() for name in ("SETTINGS", "WORKSPACES")}
    folders |= {"IPYTHONDIR": home / "ipython", "CHAINREGISTRY_DATA": ROOT / "data"}
    environment = os.environ | {name: str(folder) for name, folder in folders.items()} | {"BROWSER": "true"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = f"--ServerApp.ip=127.0.0.1 --ServerApp.port={port} --ServerApp.port_retries=0 --ServerApp.allow_root=True"
    command = [*make_lab(), *given.split(), f"--IdentityProvider.token={TOKEN}"]
    with open(home / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield opened(server, home)
        finally:
            server.terminate()  # the server ends its kernels
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def candidates(home) -> None:
    """Three candidates, one of them hostile, where the notebook that decides on them looks for them."""
    titles = ["Hangzhou court opens a blockchain", "Guiyang publishes a blockchain white paper", "青岛上线区块链平台"]
    source = home / "export.csv"
    source.write_text("title,date,source,url,text\n" + "".join(f"{t},2020-01-01,X,,the text\n" for t in titles))
    file = home / "candidates.csv"
    news.collect(data_package.load(ROOT / "data"), [str(source)], file)
    rows = list(store.rows(file))
    rows[1]["text"] = "<img src=x onerror=\"document.title='hostile'\"><b>bold</b>"
    store.save(file, rows)
    notebook = home / "notebooks" / "review-news.ipynb"
    cell, empty = notebook.read_text(encoding="utf-8"), 'file: str = \\"\\"'
    assert cell.count(empty) == 1
    notebook.write_text(cell.replace(empty, f'file: str = \\"{file}\\"'), encoding="utf-8")


def make_lab() -> list[str]:
    """The command that ``make lab`` runs, in this environment."""
    printed = subprocess.run(["make", "--dry-run", "lab"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    command = next(line for line in printed.splitlines() if "bin/jupyter lab" in line).split()
    return [str(Path(sys.executable).with_name("jupyter")), *command[1:]]


def opened(server, home) -> Path:
    """The page that JupyterLab hands to the user's browser."""
    for _ in range(300):
        found = list((home / "runtime").glob("jpserver-file-to-run-*-open.html"))
        if found and "</html>" in found[0].read_text(encoding="utf-8"):
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((home / "log").read_text(encoding="utf-8")[-3000:])


@pytest.fixture(scope="module")
def page(lab, browser):
    """The browser as ``make lab`` leaves it; ``page.asked`` are the addresses it asked for."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda connection: page.asked.append(connection.url))
    page.goto(lab.as_uri())
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    yield page
    page.close()


def test_make_lab_opens_on_the_tour(page, data):
    page.get_by_role("heading", name="Start here").wait_for()
    page.get_by_role("tab", name="00-start-here.ipynb", selected=True).wait_for()
    page.get_by_text(f"version {data.version}").wait_for()


def test_the_panel_answers_in_jupyterlab(page, data):
    """Follow the link of the tour, run all cells, choose a province: sentences, chart and tables follow."""
    page.get_by_role("link", name="explore", exact=True).click()
    page.get_by_role("heading", name="What is in the data").wait_for()
    page.get_by_role("tab", name="explore.ipynb", selected=True).wait_for()
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    whole, part = explore.Selection(data), explore.Selection(data, province="guangdong")
    count = page.locator(".dt-info:visible")
    run_all(page, count.filter(has_text=f"of {len(whole.registrations)} entries"))
    chart = page.locator(".jupyter-widgets img")
    drawn = chart.get_attribute("src")
    page.get_by_label("Province", exact=True).select_option("Guangdong 广东")
    count.filter(has_text=f"of {len(part.registrations)} entries").wait_for()
    page.get_by_text(f"Events ({len(part.events)})").wait_for()
    page.get_by_text(part.sentences()["Named"]).wait_for()
    page.wait_for_function("drawn => document.querySelector('.jupyter-widgets img')?.src !== drawn", arg=drawn)
    page.get_by_label("Search:").and_(page.locator(":visible")).fill("腾讯")
    tencent = part.registrations.entity_zh.str.contains("腾讯").sum()
    count.filter(has_text=re.compile(rf"of {tencent} entries \(filtered")).wait_for()


def run_all(page, sign) -> None:
    """Run all cells until the sign shows; JupyterLab drops the request of somebody who is quicker than its kernel."""
    for _ in range(4):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(TimeoutError):
            sign.wait_for(timeout=25_000)
            return
    raise AssertionError("the panel does not show, however often its cells are run")


def test_candidates_are_decided_with_keys_and_buttons(page, lab):
    """Open the notebook, run it, press keys: each answer is in the file at once, and hostile text stays text."""
    file = lab.parents[1] / "candidates.csv"
    page.goto(re.sub(r"/lab.*", "/lab/tree/notebooks/review-news.ipynb", page.url))
    page.get_by_role("heading", name="Which of these candidates are events?").wait_for()
    run_all(page, page.get_by_role("heading", name="Hangzhou court opens a blockchain"))
    page.get_by_label("Keys").click()
    page.keyboard.press("y")
    page.get_by_role("heading", name="Guiyang publishes a blockchain white paper").wait_for()
    page.keyboard.press("b")  # back; in JupyterLab's own hands it would make a new cell
    page.get_by_role("heading", name="Hangzhou court opens a blockchain").wait_for()
    page.keyboard.press("y")
    page.get_by_text("<b>bold</b>").wait_for()
    assert page.title() != "hostile"
    page.get_by_label("Sector", exact=True).select_option("finance")
    page.get_by_role("button", name="Later (l)").click()
    page.get_by_role("heading", name="青岛上线区块链平台").wait_for()
    page.get_by_label("Keys").click()
    page.keyboard.press("n")
    page.get_by_text("All decided. Next").wait_for()
    rows = list(store.rows(file))
    assert [row["accept"] for row in rows] == ["yes", "later", "no"] and rows[1]["sector"] == "finance"
    stored = json.loads((ROOT / "notebooks" / "review-news.ipynb").read_text(encoding="utf-8"))["cells"]
    assert page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").count() == len(stored), "no key makes a cell"


def test_no_request_left_this_machine(page):
    """Nor does JupyterLab ask for leave to fetch news, which would then come from elsewhere."""
    hosts = {urlsplit(url).hostname for url in page.asked if urlsplit(url).scheme not in ("file", "data", "blob")}
    assert hosts and hosts <= LOOPBACK
    assert not [url for url in page.asked if urlsplit(url).path in ("/lab/api/news", "/lab/api/update")]
    assert not page.get_by_text("Jupyter news").count()
