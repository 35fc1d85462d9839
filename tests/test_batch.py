"""Many pages: only what changed is made, and whatever fails takes nothing else with it."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import psutil
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from chainregistry import cli
from chainregistry.collection import COLLECTION, Register
from nbpages import Page, UsageError, batch, start


@pytest.fixture(scope="module")
def pool(toy):
    with start.shared_zygote(toy) as zygote, batch.worker_pool(toy, 2, zygote) as pool:
        yield pool


def test_what_is_done_before_rendering_processes_are_forked_still_works():
    """It tells no error, so as not to end the server; a fast page would turn into a slow one unseen."""
    code = (
        "import sys, gc, threading, nbpages.warm; from nbpages import publish; "
        "print(publish._exporter.cache_info().currsize, 'papermill' in sys.modules, sys.modules['rfc3987_syntax'], "
        "gc.isenabled(), threading.active_count())"
    )
    env = os.environ | {start.COLLECTION: COLLECTION.reference}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert ran.stdout == "1 True None True 1\n"


def test_what_threads_of_a_single_page_need_is_there_before_they_begin(tmp_path):
    """Two threads that import modules which import each other meet half a module, once in some dozen pages."""
    code = f"""
import sys, threading
from nbpages import batch, catalogue, publish
from chainregistry.collection import COLLECTION
from pathlib import Path
class Sought(list):
    def find_spec(self, name, *more):
        if threading.current_thread() is not threading.main_thread():
            self.append(name)
original, published, sought = publish.html, [], Sought()
publish.html = lambda page, *given: (published.append(page.name), original(page, *given))[1]
sys.meta_path.insert(0, sought)
chosen = catalogue.plan(COLLECTION, ("unsorted",), {{}})
print([result.error for result in batch.render(COLLECTION, chosen, Path({str(tmp_path)!r}))], published)
print([name for name in sought if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[''] ['first', 'unsorted']\n[]\n", "")


def page(folder, name, *sources):
    """A page of a notebook made for the test."""
    cells = [new_markdown_cell("# A question?"), *map(new_code_cell, sources)]
    cells[1].metadata["tags"] = ["answer"]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = Path(folder) / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=metadata), path)
    return Page(name, str(path))


def errors(results):
    return {result.page.name: result.error for result in results}


def files(folder):
    """Everything that stands there; whatever was begun and not finished would show."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def made(*names):
    records = (f".rendered/{name}.json" for name in (*names, "index"))
    return sorted([*(f"{name}.html" for name in (*names, "index")), *records])


def test_every_fault_is_told_with_its_cell_and_the_other_pages_are_whole(tmp_path, pool, toy):
    faults = {
        "raises": ("1 + 1", "{}['no such key']"),
        "exits": ("import sys; sys.exit(0)", "1"),
        "is-killed": ("1", "2", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        "hangs": ("1", "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except KeyboardInterrupt: pass"),
        "eats-memory": (
            "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))",
            "hoard = [bytes(2**30) for _ in range(9)]",
        ),
    }
    pages = [page(tmp_path, name, *sources) for name, sources in faults.items()]
    pages += [page(tmp_path, name, "print(6 * 7)") for name in ("good", "fine")]
    out, seen = tmp_path / "out", []
    assert errors(batch.render(toy, pages, out, executor=pool, report=seen.append, timeout=3)) == {
        "raises": "cell 2: KeyError: 'no such key'",
        "exits": "cell 1: it ended the kernel, so the page is not complete",
        "is-killed": "cell 3: the kernel did not answer, or died: killed or out of memory; the second time",
        "hangs": "cell 2: still running after 3 seconds; --timeout allows more",
        "eats-memory": "cell 2: MemoryError",
        "good": "",
        "fine": "",
    }
    assert len(seen) == len(pages)
    assert files(out) == made("good", "fine")
    assert '<pre class="out">42' in (out / "good.html").read_text(encoding="utf-8")


def test_only_what_changed_is_made_again(tmp_path, pool, toy):
    pages = [page(tmp_path, name, "print(1)") for name in ("a", "b")]
    out = tmp_path / "out"

    def remade(pages=pages, **options):
        results = batch.render(toy, pages, out, executor=pool, **options)
        return [result.page.name for result in results if not result.unchanged]

    assert remade() == ["a", "b"]
    before = {name: (out / name).read_bytes() for name in files(out)}
    assert remade() == []
    assert before == {name: (out / name).read_bytes() for name in files(out)}
    page(tmp_path, "a", "print(2)")
    assert remade() == ["a"]
    assert remade(force=True) == ["a", "b"]
    with open(out / "b.html", "a", encoding="utf-8") as file:
        file.write("touched by hand")
    assert remade() == ["b"]
    (out / "a.html").unlink()
    assert remade() == ["a"]
    assert remade([replace(pages[0], parameters={"n": 1}), pages[1]]) == ["a"]


def test_a_page_depends_on_its_cells_parameters_package_and_data(tmp_path, data_copy, monkeypatch):
    one = page(tmp_path, "a", "1")

    def key(page=one, collection=COLLECTION):
        return batch.page_keys(collection, [page])["a"]

    before = key()
    notebook = json.loads(Path(one.notebook).read_text(encoding="utf-8"))
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "stored"}]
    Path(one.notebook).write_text(json.dumps(notebook), encoding="utf-8")
    assert key() == before, "stored outputs do not matter"
    notebook["cells"][1]["metadata"]["tags"].append("wide")
    Path(one.notebook).write_text(json.dumps(notebook), encoding="utf-8")
    untagged, before = before, key()
    assert before != untagged
    assert key(replace(one, parameters={"x": 1})) != before
    with open(data_copy / "datapackage.json", "a", encoding="utf-8") as file:
        file.write("\n")
    assert key(collection=Register(folder=data_copy)) != before
    monkeypatch.setattr(batch.records, "software", lambda collection: "edited")
    assert key() != before
    monkeypatch.undo()
    monkeypatch.setattr(batch.publish, "addresses", lambda collection: {"asia.ipynb": "elsewhere.html"})
    assert key() != before


def test_the_slowest_page_comes_first(tmp_path, pool, toy):
    pages = [
        page(tmp_path, name, f"import time; time.sleep({seconds}); print(1)")
        for name, seconds in [("a", 0), ("b", 1.5)]
    ]
    handed = []

    class Noting:
        def submit(self, work, page, *others):
            handed.append(page.name)
            return pool.submit(work, page, *others)

    for _ in range(2):
        batch.render(toy, pages, tmp_path / "out", executor=Noting(), force=True)
    assert handed == ["a", "b", "b", "a"]


def test_any_executor_will_do_and_is_left_open(tmp_path, toy):
    with ThreadPoolExecutor(2) as pool:
        results = batch.render(toy, [page(tmp_path, name, "1") for name in "abc"], tmp_path / "out", executor=pool)
        assert pool.submit(int).result() == 0
    assert set(errors(results).values()) == {""}


def test_no_more_pages_are_handed_out_than_can_be_worked_on(tmp_path, toy):
    class Watched(ThreadPoolExecutor):
        open = most = 0

        def submit(self, *arguments):
            future = super().submit(*arguments)
            self.open += 1
            self.most = max(self.most, self.open)
            future.add_done_callback(lambda _: setattr(self, "open", self.open - 1))
            return future

    with Watched(1) as pool:
        batch.render(toy, [page(tmp_path, f"p{n}", "1") for n in range(6)], tmp_path / "out", executor=pool, workers=1)
    assert pool.most <= 2


def script(tmp_path, before=""):
    """Command that renders the notebooks of a folder in a process of its own, and says when a page is done."""
    code = f"""
    import sys
    {before}
    from pathlib import Path
    from birds import Birds
    from nbpages import Page, batch
    pages = [Page(path.stem, str(path)) for path in sorted(Path({str(tmp_path)!r}).glob("*.ipynb"))]
    try:
        for result in batch.render(Birds(), pages, Path({str(tmp_path / "out")!r}), workers=2,
                                   report=lambda result: print("done", result.page.name, flush=True)):
            print(result.page.name, result.error)
    except KeyboardInterrupt:
        sys.exit(1)
    """
    return [sys.executable, "-c", textwrap.dedent(code)]


def test_a_worker_that_is_killed_costs_only_the_page_that_kills_it(tmp_path, toy):
    """A cell does not reach its worker by accident, but the system does, when memory runs out."""
    killer = """
import os, psutil, signal, time
for process in psutil.Process(os.getppid()).parent().children(recursive=True):
    if "forkserver" in " ".join(process.cmdline()) and not process.children():
        process.send_signal(signal.SIGKILL)
time.sleep(60)
"""
    page(tmp_path, "b-killer", killer)
    for name in ("a", "c", "d", "e", "f", "g"):
        page(tmp_path, name, "1")
    run = subprocess.run(script(tmp_path), capture_output=True, text=True)
    assert "b-killer worker lost: BrokenProcessPool" in run.stdout, run.stdout + run.stderr
    assert files(tmp_path / "out") == made(*"acdefg")


def test_an_executor_that_breaks_leaves_no_page_untold(tmp_path, toy):
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(os._exit, 1).exception()
        results = batch.render(toy, [page(tmp_path, name, "1") for name in "abc"], tmp_path / "out", executor=pool)
    assert all(result.error.startswith("worker lost") for result in results)


def test_a_full_disk_fails_the_page_and_leaves_nothing_half_written(tmp_path, toy):
    page(tmp_path, "large", "print('x' * 2**20)")
    page(tmp_path, "small", "print('x')")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"  # stands for a full disk
    run = subprocess.run(script(tmp_path, limit), capture_output=True, text=True)
    assert "large cannot be written: File too large" in run.stdout and "small \n" in run.stdout, run.stderr
    assert files(tmp_path / "out") == made("small")


def gone(pids, seconds=10):
    limit = time.monotonic() + seconds
    while any(map(psutil.pid_exists, pids)) and time.monotonic() < limit:
        time.sleep(0.02)
    return not any(map(psutil.pid_exists, pids))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_stopped_in_mid_run_it_leaves_finished_pages_and_no_process_socket_or_file(tmp_path, scratch, sent, toy):
    page(tmp_path, "a-quick", "1")
    for name in ("b-slow", "c-slow", "d-slow"):
        page(tmp_path, name, "import time; time.sleep(60)")
    # a process started in the background of a shell ignores an interrupt, and so would all that it starts
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    process = subprocess.Popen(
        script(tmp_path, heeding), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | {"TMPDIR": str(scratch)},
    )  # fmt: skip
    assert process.stdout.readline() == "done a-quick\n"
    time.sleep(0.5)  # the next kernels are under way
    family = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    assert len(family) >= 5  # forkserver, zygote, two workers, kernels
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does
    else:
        process.kill()
    _, said = process.communicate(timeout=15)
    assert process.returncode == (1 if sent == signal.SIGINT else -sent)
    assert gone(family), [psutil.Process(pid) for pid in family if psutil.pid_exists(pid)]
    assert sent == signal.SIGKILL or "Traceback" not in said
    assert set(files(tmp_path / "out")) <= set(made("a-quick"))
    assert "a-quick.html" in files(tmp_path / "out")
    assert list(scratch.iterdir()) == []


def test_a_finished_run_leaves_no_process_socket_or_file(tmp_path, scratch, toy):
    for name in "abcd":
        page(tmp_path, name, "1")
    watched = "import atexit, psutil; atexit.register(lambda: print(len(psutil.Process().children(recursive=True))))"
    run = subprocess.run(
        script(tmp_path, watched), capture_output=True, text=True, env=os.environ | {"TMPDIR": str(scratch)}
    )
    # the fork server of multiprocessing and its tracker end with the process itself
    assert int(run.stdout.split()[-1]) <= 2, run.stdout + run.stderr
    assert files(scratch) == [] and list(scratch.iterdir()) == []
    assert files(tmp_path / "out") == made(*"abcd")


@pytest.fixture
def cluster(tmp_path, scratch, toy):
    """A real scheduler and two workers on 127.0.0.1: its address, and the workers' processes.

    Killed, they leave nothing of ours behind: it would lie in ``scratch``.
    """
    file, started, env = tmp_path / "scheduler.json", [], os.environ | {"TMPDIR": str(scratch)}

    def start(kind, *options):
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(file)]
        command += ["--host", "127.0.0.1", *options]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env))

    start("scheduler", "--port", "0", "--no-dashboard")
    for number in range(2):
        local = str(tmp_path / f"worker-{number}")
        start("worker", "--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", local)
    limit = time.monotonic() + 30
    while not (file.exists() and file.stat().st_size) and time.monotonic() < limit:  # made, and then written
        time.sleep(0.05)
    yield json.loads(file.read_text(encoding="utf-8"))["address"], started[1:]
    for process in started:
        process.kill()
        process.wait()
    limit = time.monotonic() + 10
    while list(scratch.glob("nbpages-*")) and time.monotonic() < limit:  # their zygotes notice it
        time.sleep(0.05)
    assert list(scratch.glob("nbpages-*")) == []


def test_a_cluster_loses_no_page_when_a_worker_is_killed(tmp_path, cluster, toy):
    address, workers = cluster
    pages = [page(tmp_path, f"p{n}", "import time; time.sleep(0.5); print(1)") for n in range(6)]
    seen = []

    def report(result):
        if not seen:
            time.sleep(0.25)  # meanwhile both have begun another page
            workers[0].kill()
        seen.append(result.page.name)

    with batch.cluster(address, toy) as (executor, threads):
        assert threads == 2
        results = batch.render(toy, pages, tmp_path / "out", executor=executor, workers=threads, report=report)
    assert set(errors(results).values()) == {""}
    assert sorted(seen) == [one.name for one in pages]
    assert files(tmp_path / "out") == made(*seen)


def test_a_worker_with_another_state_of_the_repository_is_refused(cluster, monkeypatch, toy):
    address, _ = cluster
    monkeypatch.setattr(batch.records, "software", lambda collection: "edited here")
    with pytest.raises(UsageError, match="has other notebooks, data or versions"):
        batch.cluster(address, toy).__enter__()


def test_a_worker_that_goes_while_the_cluster_is_asked_is_no_reason_to_stop(cluster, monkeypatch, toy):
    import distributed
    from distributed.comm import CommClosedError

    run = distributed.Client.run

    def lost(client, function, *arguments, **options):
        return run(client, function, *arguments, **options) | {"tcp://gone": CommClosedError("reset")}

    monkeypatch.setattr(distributed.Client, "run", lost)
    with batch.cluster(cluster[0], toy) as (_, threads):
        assert threads


def test_a_cluster_that_does_not_answer_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "PATIENCE", 1)
    run = CliRunner().invoke(cli.main, ["render", "--cluster", "tcp://127.0.0.1:9", "--out", str(tmp_path / "out")])
    assert run.exit_code == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in run.output and not (tmp_path / "out").exists()
