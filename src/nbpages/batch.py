"""Many pages: which have changed, who makes them, and what becomes of those that fail.

The pages go to an executor, of this machine or of a cluster, that calls ``render.render_page``. What comes back is
written here, each page whole or not at all.
"""

import hashlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.forkserver
import multiprocessing.util
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path

from nbpages import kernels, publish, records
from nbpages.collection import Collection, Page, UsageError
from nbpages.files import remove_partial, sha256
from nbpages.notebook import NotebookError, read
from nbpages.render import TIMEOUT, Result, render_page
from nbpages.start import (
    ADDRESS,
    COLLECTION,
    ONE_THREAD,
    SOCKETS,
    environment,
    shared_folder,
    shared_zygote,
    short_temporary_folder,
)  # fmt: skip

LOST = "worker lost"

PATIENCE = 10
"""Seconds to wait for an answer of a cluster."""


def render(
    collection: Collection,
    chosen: list[Page],
    out: Path,
    workers: int = 0,
    executor: Executor | None = None,
    report: Callable[[Result], None] = lambda result: None,
    force: bool = False,
    timeout: int = TIMEOUT,
    zygote: str | None = None,
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
        make pages again that have not changed, and write over files that no render has made
    timeout
        seconds that a cell may take
    zygote
        folder of a zygote that was started before, see ``start.shared_zygote``

    An interrupt ends all processes at once; finished pages stay.

    Raises
    ------
    UsageError
        where a file that no render has made stands in the place of one to be made; nothing was run.
    records.FrontError
        where what stands beside the pages could not be made; the pages were.
    """
    out.mkdir(parents=True, exist_ok=True)
    remove_partial(out)
    workers = workers or os.cpu_count() or 1
    keys = page_keys(collection, chosen)
    if not force and (foreign := records.foreign(out, keys, collection)):
        named = ", ".join(map(str, foreign[:3])) + (f" and {len(foreign) - 3} more" if foreign[3:] else "")
        raise UsageError(f"not made by render: {named}; name another --out, or write over it with --force")
    before = {page.name: records.record(out, page.name) for page in chosen}
    results = {
        page.name: Result(page, unchanged=True)
        for page in chosen
        if not force and records.unchanged(out, before[page.name], keys[page.name])
    }
    for result in results.values():
        report(result)
    # the slowest first, so that none is left over at the end; before them those whose time is not known
    queue = [page for page in chosen if page.name not in results]
    queue.sort(key=lambda page: before[page.name].get("seconds", float("inf")), reverse=True)
    waiting = deque(queue)
    with ExitStack() as stack:
        if executor is None and queue:
            zygote = stack.enter_context(shared_zygote(collection)) if zygote is None else zygote
            alone = zygote and len(queue) == 1
            if alone:
                _get_ready(collection)
            made = (_run_alone if alone else _run_here)(collection, waiting, workers, zygote, timeout)
        else:
            zygote = ""
            made = _run(collection, executor, waiting, timeout, 2 * workers)
        apart = partial(_apart, zygote)
        failed: list[str] = []
        beside = partial(_noting, failed, records.keep_beside, out, collection, apart)
        with _meanwhile(beside), closing(made):
            for result in chain(made, _left(waiting)):
                if not result.error:
                    result = _keep(out, result, keys[result.page.name])
                results[result.page.name] = replace(result, html="", beside={})
                report(results[result.page.name])
        _noting(failed, records.keep_index, out, collection, apart)
    if failed:
        raise records.FrontError("; ".join(failed))
    return [results[page.name] for page in chosen]


def _noting(failed: list[str], work: Callable, *given) -> None:
    """Do something beside the pages; that it failed is noted, and no reason to stop."""
    try:
        work(*given)
    except records.FrontError as error:
        failed.append(str(error))


def _run_alone(
    collection: Collection, waiting: deque[Page], workers: int, zygote: str, timeout: int
) -> Generator[Result, None, None]:
    """The result of a single page, made in a thread of this process: others would take longer to start."""
    given = {ADDRESS: zygote} | collection.environment(shared_folder(zygote))
    with environment(given), ThreadPoolExecutor(1) as pool:
        yield from _run(collection, pool, waiting, timeout, 1)


def _get_ready(collection: Collection) -> None:
    """Import what threads of this process will need, while the zygote imports what kernels need.

    Two threads that import modules which import each other may find them half made.
    """
    with environment({COLLECTION: collection.reference}):
        import_module("nbpages.warm")
    collection.beside_front()


def _run_here(
    collection: Collection, waiting: deque[Page], workers: int, zygote: str, timeout: int
) -> Generator[Result, None, None]:
    """Results of processes of this machine.

    One that is killed breaks its whole pool, and nobody says at which page it was. So the pages then under way are
    tried once more, each in a pool of its own, before the rest goes on in a new one.
    """
    while waiting:
        lost = []
        with worker_pool(collection, min(workers, len(waiting)), zygote) as pool:
            for result in _run(collection, pool, waiting, timeout, 2 * workers):
                if result.error.startswith(LOST):
                    lost.append(result.page)
                else:
                    yield result
        for page in lost:
            with worker_pool(collection, 1, zygote) as alone:
                yield from _run(collection, alone, deque([page]), timeout, 1)


@contextmanager
def _meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Do something in a thread while pages are made; its error is raised in the end."""
    pool = ThreadPoolExecutor(1)
    try:
        doing = pool.submit(work)
        yield
        doing.result()
    except BaseException:
        kernels.end_all()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _apart(zygote: str, function: Callable, *arguments) -> None:
    """Call a function in a fork of the zygote, which has imported what it needs; here where there is none."""
    if not (zygote and kernels.call(Path(zygote), function, *arguments)):
        function(*arguments)


def _run(
    collection: Collection, pool: Executor, waiting: deque[Page], timeout: int, most: int
) -> Generator[Result, None, None]:
    """Results as they come, with at most ``most`` pages handed out, so that memory does not grow with their number.

    When the executor breaks, pages not yet handed out go on waiting.
    """
    running: dict[Future, Page] = {}
    broken = False
    while True:
        while waiting and len(running) < most and not broken:
            page = waiting.popleft()
            try:
                with _undisturbed():
                    running[pool.submit(render_page, page, collection, timeout)] = page
            except BrokenExecutor as error:
                broken = True
                yield _lost(page, error)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            page, error = running.pop(future), future.exception()
            broken |= isinstance(error, BrokenExecutor)
            yield _lost(page, error) if error else future.result()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """An interrupt comes when this is done: a process that is half started could not be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    note = lambda number, frame: came.append(number)  # noqa: E731
    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def _left(waiting: deque[Page]) -> Iterator[Result]:
    """Pages that nobody was left to make."""
    while waiting:
        yield Result(waiting.popleft(), error=f"{LOST}: the executor broke before this page's turn")


def _lost(page: Page, error: BaseException) -> Result:
    return Result(page, error=f"{LOST}: {type(error).__name__}: {error}")


def start_workers(collection: Collection) -> None:
    """Start the server that rendering processes are forked from; it is not waited for."""
    if kernels.AVAILABLE:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["nbpages.warm"])
        with short_temporary_folder():
            sockets = multiprocessing.util.get_temp_dir()
            given = ONE_THREAD | {COLLECTION: collection.reference, SOCKETS: sockets}
            with environment(given):
                multiprocessing.forkserver.ensure_running()


@contextmanager
def worker_pool(collection: Collection, workers: int, zygote: str) -> Iterator[ProcessPoolExecutor]:
    """Processes that render pages, with kernels of that zygote; all of them have ended when it is left."""
    context = multiprocessing.get_context("forkserver" if kernels.AVAILABLE else "spawn")
    start_workers(collection)
    others = set(multiprocessing.active_children())
    given = {}
    if zygote:
        given = {ADDRESS: zygote} | collection.environment(shared_folder(zygote))
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(given,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(environment: dict[str, str]) -> None:
    """An interrupt is the parent's to handle; if the parent ends in whatever way, so does this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(environment)
    sentinel = multiprocessing.parent_process().sentinel
    follow = lambda: (multiprocessing.connection.wait([sentinel]), os._exit(1))  # noqa: E731
    threading.Thread(target=follow, daemon=True).start()


def page_keys(collection: Collection, pages: list[Page]) -> dict[str, str]:
    """Digest of all that each page is made from: cells, parameters, software, data, addresses of links."""
    common = [records.software(collection), collection.version(), publish.addresses(collection)]
    return {
        page.name: records.digest([page.name, _cells(collection, page.notebook), page.parameters, *common])
        for page in pages
    }


def _cells(collection: Collection, notebook: str) -> list:
    with suppress(NotebookError):  # such a page is not made, so it is never unchanged
        cells = read(collection.notebooks / notebook)
        return [[cell["cell_type"], cell["source"], cell["tags"]] for cell in cells]
    return []


def repository_state(collection: Collection) -> str:
    """Digest of software, notebooks and data: equal on machines that make equal pages."""
    notebooks = sorted(collection.notebooks.rglob("*.ipynb"))
    parts = [records.software(collection), collection.version(), *map(sha256, notebooks)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


@contextmanager
def cluster(address: str, collection: Collection) -> Iterator[tuple[Executor, int]]:
    """An executor on a Dask cluster, and its number of threads; Dask gives the page of a dead worker to another one.

    Notebooks and data are read by each worker from a checkout at its own or a shared path. Raises UsageError where the
    scheduler does not answer, has no worker, or has a worker with another state of the repository.
    """
    try:
        from distributed import Client
        from distributed.comm import CommClosedError
    except ImportError:
        raise UsageError("--cluster needs Dask here and on the workers: pip install distributed") from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"no scheduler answers at {address}: {error}") from None
    here = repository_state(collection)
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            why = f"the scheduler at {address} has no worker: start one with dask worker {address}"
            raise UsageError(why) from None
        states = client.run(repository_state, collection, on_error="return")
        for worker, state in states.items():
            if isinstance(state, CommClosedError):
                continue  # it is gone, and the scheduler will know
            if isinstance(state, BaseException):
                raise UsageError(f"worker {worker} cannot use this package: {type(state).__name__}: {state}")
            if state != here:
                raise UsageError(
                    f"worker {worker} has other notebooks, data or versions than this machine: "
                    "bring its checkout and its environment to the same state"
                )
        yield client.get_executor(pure=False), sum(client.nthreads().values())


def _keep(out: Path, result: Result, key: str) -> Result:
    """Write a page and its record; a full disk is the failure of this page alone."""
    name = result.page.name
    try:
        records.keep(out, name, key, result.beside | {f"{name}.html": result.html}, seconds=round(result.seconds, 2))
    except OSError as error:
        return replace(result, error=f"cannot be written: {error.strerror}: {error.filename or out / name}")
    return result
