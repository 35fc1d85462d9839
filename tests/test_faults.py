"""Faults from outside: kernels that die or fall silent, two renders at once, no place to write."""

import filecmp
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kill_processes
import nbformat
import psutil
import pytest
from conftest import ROOT
from test_batch import files, page

from chainregistry.collection import COLLECTION
from nbpages import Collection, Page, batch, kernels, render, start
from nbpages.files import remove_partial
from nbpages.zygote import READY

pytestmark = pytest.mark.skipif(not kernels.AVAILABLE, reason="warm kernels need Linux")

ONCE = """
import asyncio, os, pathlib, signal, time
flag = pathlib.Path({flag!r})
if not flag.exists():
    flag.touch()
    {fault}
print("made")
"""


@pytest.mark.parametrize(
    ("fault", "cell"),
    [
        ("os.kill(os.getpid(), signal.SIGSTOP)", 1),
        ("os.kill(os.getpid(), signal.SIGKILL)", 1),
        ("asyncio.get_running_loop().call_soon(time.sleep, 60)", 2),  # idle in all threads, and begins with nothing
    ],
    ids=["stopped", "killed", "idle"],
)
def test_a_page_whose_kernel_is_lost_is_made_in_another_one(tmp_path, monkeypatch, fault, cell):
    monkeypatch.setattr(kernels, "SILENT", 3)
    one = page(tmp_path, "a", ONCE.format(flag=str(tmp_path / "flag"), fault=fault), "print(6 * 7)")
    result = render.render_page(one, COLLECTION)
    assert result.error == "" and '<pre class="out">42' in result.html
    assert result.again == f"cell {cell}: the kernel did not answer, or died: killed or out of memory"


def test_a_kernel_that_waits_is_not_taken_for_a_silent_one(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "SILENT", 3)
    result = render.render_page(page(tmp_path, "a", "import time; time.sleep(5); print(1)"), COLLECTION)
    assert (result.error, result.again) == ("", "")


def test_nor_is_one_that_computes_and_has_not_said_that_it_has_begun(tmp_path, monkeypatch):
    """A cell may keep all other threads of the kernel from running, also the one that says it."""
    monkeypatch.setattr(kernels, "SILENT", 3)
    monkeypatch.delattr(kernels.AttentiveChannel, "get_msg")
    result = render.render_page(
        page(tmp_path, "a", "import time\nend = time.time() + 5\nwhile time.time() < end: pass\nprint(1)"), COLLECTION
    )
    assert (result.error, result.again) == ("", "")


def until(happens):
    """Wait for what comes within a minute, and return it."""
    limit = time.monotonic() + 60
    while not (found := happens()):
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.01)
    return found


def begun(folder):
    """The zygote of a folder; for an instant after its start a process shows no command."""
    (zygote,) = until(lambda: [one for one in psutil.Process().children() if folder in one.cmdline()])
    return zygote


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_without_the_process_to_fork_from_pages_are_made_all_the_same(tmp_path, monkeypatch, caplog, sent, toy):
    with start.shared_zygote(toy) as folder:
        until(Path(folder, READY).exists)
        zygote = begun(folder)
        zygote.send_signal(sent)
        monkeypatch.setenv(start.ADDRESS, folder)
        monkeypatch.setattr(kernels, "START", 2)
        with caplog.at_level(logging.WARNING, "nbpages.kernels"):
            notebook = render.execute(page(tmp_path, "a", "print(1)"), toy)
        assert notebook.cells[-1].outputs[0].text == "1\n"
        assert "an ordinary kernel is started: the process to fork from makes none" in caplog.text
        assert kernels.zygote_folder(toy.reference) != Path(folder), "it is not asked again"
        batch._apart(folder, os.mkdir, str(tmp_path / "front"))
        assert (tmp_path / "front").is_dir()
        zygote.kill()


def test_who_asks_a_zygote_that_dies_while_it_imports_need_not_wait_for_it(monkeypatch):
    monkeypatch.setattr(kernels, "IMPORT", 20)
    with start.shared_zygote(COLLECTION) as folder, ThreadPoolExecutor(1) as pool:
        zygote = begun(folder)
        zygote.suspend()
        asked = pool.submit(kernels.ForkedProcess, Path(folder), folder, {})
        zygote.kill()
        error = asked.exception()
    assert isinstance(error, OSError) and not isinstance(error, TimeoutError)


def render_small(made, *arguments, out, before=(), **variables):
    """Start the command that renders pages of the small collection."""
    given = os.environ | made.environment | variables
    given = {name: value for name, value in given.items() if value is not None}
    run = [*before, *made.command, *arguments, "--out", str(out)]
    return subprocess.Popen(
        run, cwd=made.folder, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def said(process):
    text, _ = process.communicate(timeout=120)
    return process.returncode, text


@pytest.fixture
def small(tmp_path):
    made = kill_processes.Small(tmp_path / "collection")
    made.become("3")
    return made


def test_this_process_gets_another_one_to_fork_from_when_its_own_has_died():
    """As a JupyterLab does that runs for days."""
    first = kernels.zygote_folder(COLLECTION.reference)
    own = kernels._own[COLLECTION.reference]
    until(own.ready)  # one that never was is not begun again
    own._process.kill()
    own._process.wait()
    second = kernels.zygote_folder(COLLECTION.reference)
    assert second not in (None, first)


def test_two_renders_into_one_folder_leave_whole_pages(tmp_path, small):
    names = ("bird/wren", "bird/owl")
    renders = [render_small(small, *names, out=tmp_path / "both") for _ in range(2)]
    assert [said(process)[0] for process in renders] == [0, 0]
    assert said(render_small(small, *names, out=tmp_path / "one"))[0] == 0
    made = [path for path in files(tmp_path / "one") if path.endswith(".html")]
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "both", made, shallow=False) == (made, [], [])
    assert files(tmp_path / "both") == files(tmp_path / "one")
    assert "2 unchanged" in said(render_small(small, *names, out=tmp_path / "both"))[1]


class Quick(ThreadPoolExecutor):
    """Makes pages without a kernel."""

    def submit(self, work, page, *others):
        head = '<title>Birds</title><meta name="description" content="three">'
        return super().submit(render.Result, page, html=f"{head}<body>ours</body>")


class Interrupted(Quick):
    """Ctrl-C comes while it starts a process."""

    def submit(self, work, page, *others):
        signal.raise_signal(signal.SIGINT)
        self.started = super().submit(work, page)
        return self.started


def test_an_interrupt_waits_until_a_process_is_started_that_has_to_be_ended(tmp_path, small):
    before = signal.getsignal(signal.SIGINT)
    with Interrupted(1) as pool, pytest.raises(KeyboardInterrupt):
        batch.render(Collection(small.folder), [Page("bird/wren", "bird.ipynb")], tmp_path / "out", executor=pool)
    assert pool.started.done() and signal.getsignal(signal.SIGINT) is before


def test_a_page_that_another_render_has_overwritten_is_made_again(tmp_path, small, monkeypatch):
    """It wrote between our page and our record, which must not vouch for what is there then."""
    write, collection = batch.records.write, Collection(small.folder)
    one, out = Page("bird/wren", "bird.ipynb"), tmp_path / "out"

    def overtaken(path, content):
        digest = write(path, content)
        if path == out / "bird" / "wren.html":
            write(path, content.replace("ours", "another one's"))
        return digest

    with Quick(1) as pool:
        monkeypatch.setattr(batch.records, "write", overtaken)
        batch.render(collection, [one], out, executor=pool)
        assert "another one's" in (out / "bird" / "wren.html").read_text(encoding="utf-8")
        monkeypatch.undo()
        batch.render(collection, [one], out, executor=pool)
    assert "ours" in (out / "bird" / "wren.html").read_text(encoding="utf-8")


def test_the_front_page_tells_of_pages_that_came_while_it_was_written(tmp_path, small, monkeypatch):
    out, seen = tmp_path / "out", []

    def front_page(collection, folder):
        seen.append(sorted(path.name for path in folder.glob("*.html")))
        (out / "late.html").write_text("<title>Late</title>", encoding="utf-8")
        return "<html></html>"

    monkeypatch.setattr(Collection, "front_page", front_page)
    batch.render(Collection(small.folder), [], out)
    assert seen == [[], ["index.html", "late.html"]]


def test_what_a_killed_writer_has_left_is_removed_and_what_another_writes_is_not(tmp_path):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / "province").mkdir()
    dead = tmp_path / "province" / f".tibet.html.{int(ended.stdout)}.partial"
    alive, foreign = tmp_path / f".a.html.{os.getpid()}.partial", tmp_path / ".notes.partial"
    for path in (dead, alive, foreign):
        path.touch()
    remove_partial(tmp_path)
    assert (dead.exists(), alive.exists(), foreign.exists()) == (False, True, True)


def test_a_front_page_that_cannot_be_written_is_told(tmp_path, small):
    out = tmp_path / "out"
    (out / "index.html").mkdir(parents=True)
    status, text = said(render_small(small, "bird/wren", out=out))
    assert status == 2 and f"not made by render: {out / 'index.html'}; name another" in text
    status, text = said(render_small(small, "bird/wren", "--force", out=out))
    assert status == 1 and f"Error: Is a directory: {out / 'index.html'}" in text and "Traceback" not in text
    assert not list(out.rglob("*.partial"))


def test_a_page_made_at_the_second_attempt_is_told(tmp_path, small):
    path = small.folder / "notebooks" / "bird.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[-1].source += ONCE.format(flag=str(tmp_path / "flag"), fault="os.kill(os.getpid(), signal.SIGKILL)")
    nbformat.write(notebook, path)
    status, text = said(render_small(small, "bird/wren", out=tmp_path / "out"))
    assert status == 0 and "made at the second attempt: bird/wren: cell 4: the kernel" in text, text


def test_an_interrupt_of_the_first_render_ends_the_watch_too(tmp_path, small):
    process = render_small(small, "--watch", out=tmp_path / "out")
    until(lambda: [*tmp_path.glob("out/bird/*.html")])
    process.send_signal(signal.SIGTERM)
    status, text = said(process)
    assert status == 1 and "interrupted; the pages that were finished stay" in text and "watching" not in text


@pytest.mark.parametrize("home", [None, "/dev/null/nowhere"], ids=["none", "not-to-be-written-to"])
def test_no_home_is_needed_and_nothing_is_left_for_want_of_one(tmp_path, small, scratch, home):
    status, text = said(render_small(small, "bird/wren", out=tmp_path / "out", HOME=home, TMPDIR=str(scratch)))
    assert status == 0 and "IPython parent" not in text, text
    assert list(scratch.iterdir()) == []


def test_data_and_notebooks_need_only_be_readable_and_paths_may_be_long(tmp_path, scratch):
    """All but the output is read-only, also for an administrator, and lies deeper than a socket may."""
    checkout = tmp_path.joinpath(*["deep " + "x" * 40] * 4)
    for name in ("data", "notebooks", "reports", "src"):
        shutil.copytree(ROOT / name, checkout / name)
    shutil.copy(ROOT / "CITATION.cff", checkout)
    places = [checkout, *checkout.rglob("*")]
    for path in places:
        path.chmod(0o555 if path.is_dir() else 0o444)
    powerless = ("setpriv", "--bounding-set=-dac_override") if os.geteuid() == 0 else ()
    if powerless and not shutil.which(powerless[0]):
        pytest.skip("for the administrator everything can be written to, and there is no setpriv")
    command = [*powerless, sys.executable, "-m", "nbpages", "chainregistry.collection:Register", "registry"]
    env = os.environ | {"PYTHONPATH": str(checkout / "src"), "TMPDIR": str(scratch)}
    out = tmp_path.joinpath("out", *["y" * 100] * 8)
    run = subprocess.run([*command, "--out", out], env=env, capture_output=True, text=True)
    refused = subprocess.run([*command, "--out", checkout / "pages"], env=env, capture_output=True, text=True)
    assert sorted(checkout.rglob("*")) == sorted(places[1:])
    for path in places:
        path.chmod(0o755)  # to be removed
    assert run.returncode == 0, run.stderr
    assert (out / "registry.html").stat().st_size > 10_000 and not list(out.rglob("*.partial"))
    assert refused.returncode == 1 and f"Error: Permission denied: {checkout / 'pages'}" in refused.stderr


def test_a_cell_that_hangs_fails_its_test_soon():
    assert render.TIMEOUT == 120 and "--nbval-cell-timeout=60" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
