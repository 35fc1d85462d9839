"""Fixtures shared by the tests. Tests read only what the repository holds."""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kill_processes
import pytest
from counted import reports
from filelock import FileLock

from chainregistry import charts, events, projects, prose, record
from chainregistry.collection import COLLECTION

os.environ["NBPAGES_TIMEOUT"] = "120"  # seconds, before it is read; a cell that hangs fails its test

from nbpages import batch, catalogue, kernels

# Set in many containers: some hundred processes that tests start would each compile all modules, and pytest all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which Chromium is installed; the first found is used."""
QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
)
"""Works as root in a container, and asks the network for nothing of its own accord."""


LONGEST = ("browser", "batch", "parameters", "faults", "lessons", "kernels", "nbpages", "imported", "render", "news")
"""Files of tests that take longest, the longest first: begun last, one of them would go on when all else is done."""


def pytest_collection_modifyitems(items):
    first = {f"test_{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path.stem, len(first)))


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_auto_num_workers():
    """Half as many processes again as there are cores: some tests wait for processes that they have started."""
    return os.cpu_count() * 3 // 2


@pytest.fixture(scope="session")
def data():
    return record.load(ROOT / "data")


@pytest.fixture(scope="session")
def made(data):
    """The data with a few reports made for the case in the place of all events."""
    return reports(data)


@pytest.fixture(scope="session")
def local(made):
    """Two projects of courts and counties in 2019, and two of tax in 2020, one of these only announced."""
    return projects.projects(events.local(made))


@pytest.fixture(scope="session")
def tried(made):
    """Those that were tried or are running."""
    return projects.adoption(made)


@pytest.fixture
def data_copy(tmp_path):
    """A copy of the data folder to break."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture
def scratch():
    """A folder for temporary files whose name is short enough for sockets in it."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def shown(monkeypatch):
    """What tables, charts and sentences display: a list of (bundle, metadata)."""
    seen = []
    record = lambda bundle, metadata=None, raw=False: seen.append((bundle, metadata))  # noqa: E731
    monkeypatch.setattr(prose, "display", record)
    monkeypatch.setattr(charts.form, "display", record)
    return seen


@pytest.fixture(scope="session")
def rendered(tmp_path_factory, worker_id):
    """A folder with all pages. Only to be read."""
    shared = tmp_path_factory.getbasetemp()
    out = (shared if worker_id == "master" else shared.parent) / "pages"
    chosen = catalogue.plan(COLLECTION, (), {})
    with FileLock(f"{out}.lock"):  # the process that comes second finds them unchanged
        results = batch.render(COLLECTION, chosen, out)
    assert [result.error for result in results] == [""] * len(chosen)
    return out


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """The small collection of ``kill_processes``, for tests of the engine that make notebooks of their own."""
    made = kill_processes.Small(tmp_path_factory.mktemp("small") / "collection")
    made.become("3")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in made.environment.items():  # for the processes that the engine starts
            patch.setenv(name, value)
        patch.syspath_prepend(made.folder)
        patch.delitem(sys.modules, "birds", raising=False)
        yield importlib.import_module("birds").Birds()
    while kernels._own:  # begun with this path to modules, which later tests must not meet
        kernels._own.popitem()[1].close()


def _give_up(why):
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium (Playwright). Without one the tests are skipped; with CI=true they fail.

    One for each module, not for the session: an open Playwright leaves an event loop running in this process, which
    the kernels of later tests would meet.
    """
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not path:
        _give_up(
            "no Chromium on this machine (Debian: apt-get install chromium), so nothing was looked at in a browser"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def printer(browser):
    """The same browser, where the machine has a font with Chinese characters: without one it prints none of them."""
    fonts = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout
    if not fonts:
        _give_up("no Chinese font on this machine (Debian: apt-get install fonts-wqy-zenhei), so no list was printed")
    return browser
