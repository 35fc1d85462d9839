"""Many pages: which have changed, who makes them, and what becomes of those that fail.

The pages go to an executor, of this machine or of a cluster, that calls ``render.render_page``. What comes back is
written here, each page whole or not at all.
"""

import hashlib
import json
import multiprocessing
import multiprocessing.connection
import multiprocessing.forkserver
import os
import platform
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module, metadata
from itertools import chain
from pathlib import Path

from chainregistry import data as data_package
from chainregistry import kernels, publish
from chainregistry.catalogue import REPOSITORY, Page, UsageError
from chainregistry.record import load
from chainregistry.render import TIMEOUT, Result, render_page

RECORD = ".rendered"
"""Folder beside the pages with what each was made from."""

LOST = "worker lost"

PATIENCE = 10
"""Seconds to wait for an answer of a cluster."""


def render(
    chosen: list[Page],
    out: Path,
    workers: int = 0,
    executor: Executor | None = None,
    report: Callable[[Result], None] = lambda result: None,
    force: bool = False,
    timeout: int = TIMEOUT,
) -> list[Result]:
    """Make pages below ``out`` and the index of all pages there; a failed page does not stop the others.

    Parameters
    ----------
    workers
        processes of this machine, and pages under way at a time (0: one per core)
    executor
        any ``concurrent.futures.Executor`` to use instead; it is not shut down
    report
        called with each result as it comes
    force
        make pages again that have not changed
    timeout
        seconds that a cell may take

    An interrupt ends all processes at once; finished pages stay.
    """
    out.mkdir(parents=True, exist_ok=True)
    data = load()
    workers = workers or os.cpu_count() or 1
    links = publish.addresses(data)
    keys = {page.name: page_key(page, data, links) for page in chosen}
    records = {page.name: _record(out, page) for page in chosen}
    results = {
        page.name: Result(page, unchanged=True)
        for page in chosen
        if not force and records[page.name].get("key") == keys[page.name] and _intact(out, page, records[page.name])
    }
    for result in results.values():
        report(result)
    # the slowest first, so that none is left over at the end; before them those whose time is not known
    queue = [page for page in chosen if page.name not in results]
    queue.sort(key=lambda page: records[page.name].get("seconds", float("inf")), reverse=True)
    waiting = deque(queue)
    if queue:
        threading.Thread(target=import_module, args=["chainregistry.front"]).start()  # for the index, in the meantime
    with ExitStack() as stack:
        if executor is None and queue:
            made = _run_here(waiting, workers, stack.enter_context(shared_zygote()), str(data.folder), timeout)
        else:
            made = _run(executor, waiting, str(data.folder), timeout, 2 * workers)
        stack.enter_context(closing(made))
        for result in chain(made, _left(waiting)):
            if not result.error:
                result = _keep(out, result, keys[result.page.name])
            results[result.page.name] = replace(result, html="")
            report(results[result.page.name])
        _keep_index(out, data)
    return [results[page.name] for page in chosen]


def _run_here(
    waiting: deque[Page], workers: int, zygote: str, data_dir: str, timeout: int
) -> Generator[Result, None, None]:
    """Results of processes of this machine.

    One that is killed breaks its whole pool, and nobody says at which page it was. So the pages then under way are
    tried once more, each in a pool of its own, before the rest goes on in a new one.
    """
    while waiting:
        lost = []
        with worker_pool(min(workers, len(waiting)), zygote) as pool:
            for result in _run(pool, waiting, data_dir, timeout, 2 * workers):
                if result.error.startswith(LOST):
                    lost.append(result.page)
                else:
                    yield result
        for page in lost:
            with worker_pool(1, zygote) as alone:
                yield from _run(alone, deque([page]), data_dir, timeout, 1)


def _run(pool: Executor, waiting: deque[Page], data_dir: str, timeout: int, most: int) -> Generator[Result, None, None]:
    """Results as they come, with at most ``most`` pages handed out, so that memory does not grow with their number.

    When the executor breaks, pages not yet handed out go on waiting.
    """
    running: dict[Future, Page] = {}
    broken = False
    while True:
        while waiting and len(running) < most and not broken:
            page = waiting.popleft()
            try:
                running[pool.submit(render_page, page, data_dir, timeout)] = page
            except BrokenExecutor as error:
                broken = True
                yield _lost(page, error)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            page, error = running.pop(future), future.exception()
            broken |= isinstance(error, BrokenExecutor)
            yield _lost(page, error) if error else future.result()


def _left(waiting: deque[Page]) -> Iterator[Result]:
    """Pages that nobody was left to make."""
    while waiting:
        yield Result(waiting.popleft(), error=f"{LOST}: the executor broke before this page's turn")


def _lost(page: Page, error: BaseException) -> Result:
    return Result(page, error=f"{LOST}: {type(error).__name__}: {error}")


@contextmanager
def shared_zygote() -> Iterator[str]:
    """Folder of a zygote for the kernels of one batch, and of what they share; empty where fork is not to be had."""
    if not kernels.AVAILABLE:
        yield ""
        return
    folder = kernels.socket_folder()
    shared = _shared(str(folder))
    shared.mkdir()
    data_package.share(data_package.folder(), shared)
    os.environ[data_package.SHARED] = str(shared)
    zygote = kernels.Zygote(folder)
    try:
        yield str(folder)
    finally:
        del os.environ[data_package.SHARED]
        zygote.close()


def _shared(zygote: str) -> Path:
    return Path(zygote) / "shared"


@contextmanager
def worker_pool(workers: int, zygote: str) -> Iterator[ProcessPoolExecutor]:
    """Processes that render pages, with kernels of that zygote; all of them have ended when it is left."""
    context = multiprocessing.get_context("forkserver" if kernels.AVAILABLE else "spawn")
    if kernels.AVAILABLE:
        context.set_forkserver_preload(["chainregistry.warm"])
        with kernels.one_thread():
            multiprocessing.forkserver.ensure_running()
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(zygote,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(zygote: str) -> None:
    """An interrupt is the parent's to handle; if the parent ends in whatever way, so does this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if zygote:
        os.environ[kernels.ADDRESS] = zygote
        os.environ[data_package.SHARED] = str(_shared(zygote))
    sentinel = multiprocessing.parent_process().sentinel
    follow = lambda: (multiprocessing.connection.wait([sentinel]), os._exit(1))  # noqa: E731
    threading.Thread(target=follow, daemon=True).start()


def page_key(page: Page, data: data_package.Data, links: dict[str, str]) -> str:
    """Digest of all that a page is made from: cells, parameters, package, data, libraries, addresses of links."""
    notebook = json.loads((REPOSITORY / "notebooks" / page.notebook).read_text(encoding="utf-8"))
    cells = [[cell["cell_type"], cell["source"], cell["metadata"].get("tags")] for cell in notebook["cells"]]
    made_from = [page.name, cells, page.parameters, software(), data.version, links]
    return hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()


@cache
def software() -> str:
    """Digest of the package's source and of the versions of what it stands on."""
    files = sorted(path for path in Path(__file__).parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
    source = [[str(path.relative_to(REPOSITORY)), data_package.sha256(path)] for path in files]
    names = [re.match(r"[\w.-]+", line)[0] for line in metadata.requires("chainregistry") if "extra ==" not in line]
    versions = [platform.python_version(), *(f"{name} {metadata.version(name)}" for name in names)]
    return hashlib.sha256(json.dumps([source, versions]).encode()).hexdigest()


def repository_state(data_dir: str) -> str:
    """Digest of software, notebooks and data: equal on machines that make equal pages."""
    notebooks = sorted((REPOSITORY / "notebooks").rglob("*.ipynb"))
    parts = [software(), data_package.load(data_dir).version, *map(data_package.sha256, notebooks)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


@contextmanager
def cluster(address: str, data_dir: str) -> Iterator[tuple[Executor, int]]:
    """An executor on a Dask cluster, and its number of threads; Dask gives the page of a dead worker to another one.

    Notebooks and data are read by each worker from a checkout at its own or a shared path. Raises UsageError where the
    scheduler does not answer, has no worker, or has a worker with another state of the repository.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster needs Dask here and on the workers: pip install distributed") from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"no scheduler answers at {address}: {error}") from None
    here = repository_state(data_dir)
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            why = f"the scheduler at {address} has no worker: start one with dask worker {address}"
            raise UsageError(why) from None
        states = client.run(repository_state, data_dir, on_error="return")
        for worker, state in states.items():
            if isinstance(state, BaseException):
                raise UsageError(f"worker {worker} cannot use this package: {type(state).__name__}: {state}")
            if state != here:
                raise UsageError(
                    f"worker {worker} has other notebooks, data or versions than this machine: "
                    "bring its checkout and its environment to the same state"
                )
        yield client.get_executor(pure=False), sum(client.nthreads().values())


def _record(out: Path, page: Page) -> dict:
    """What is recorded of a page: key, sha256 of the file, seconds; empty if nothing is."""
    try:
        return json.loads((out / RECORD / f"{page.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _intact(out: Path, page: Page, record: dict) -> bool:
    path = out / f"{page.name}.html"
    return path.is_file() and data_package.sha256(path) == record.get("sha256")


def _keep(out: Path, result: Result, key: str) -> Result:
    """Write a page and its record; a full disk is the failure of this page alone."""
    path = out / f"{result.page.name}.html"
    try:
        publish.write(path, result.html)
        record = {"key": key, "sha256": data_package.sha256(path), "seconds": round(result.seconds, 2)}
        publish.write(out / RECORD / f"{result.page.name}.json", json.dumps(record))
    except OSError as error:
        return replace(result, error=f"cannot be written: {error.strerror}: {path}")
    return result


def _keep_index(out: Path, data: data_package.Data) -> None:
    """Write the front page unless it would come out the same."""
    pages = sorted(path for path in out.rglob("*.html") if path != out / "index.html")
    made_from = [software(), data.version, *(f"{path.relative_to(out)} {data_package.sha256(path)}" for path in pages)]
    key, index = hashlib.sha256("\n".join(made_from).encode()).hexdigest(), Page("index", "")
    record = _record(out, index)
    if record.get("key") != key or not _intact(out, index, record):
        publish.write_index(out, data)
        record = {"key": key, "sha256": data_package.sha256(out / "index.html")}
        publish.write(out / RECORD / "index.json", json.dumps(record))
