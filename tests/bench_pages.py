"""Speed of rendering, as ratios within one run: ``make bench``; here with ``--quick`` or ``--readme``.

Five ways to make the same province pages: a shell loop over the commands ``papermill`` and ``jupyter nbconvert``;
papermill's Python interface in a pool of processes; ploomber-engine, which runs notebooks within the process, in a pool
of processes that have imported everything; this project's ``render``; and, as the limit, nothing but the cells as plain
Python, in such a pool that shares what it has solved as ours does, and is ready before the clock starts. The loop's
pages follow each other, so its time is that of a few pages, scaled up. All take turns, so that a machine that slows
down does so for all of them. Start-up counts for all but the limit.
"""

import argparse
import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import rivals

SAMPLE = 4
"""Pages of the shell loop that are timed in each turn."""
TURNS = 3


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def repeated_if_it_failed(work) -> float:
    """Seconds that work took when it succeeded: kernels started at once at times take each other's ports."""
    try:
        return seconds(work)
    except RuntimeError as error:
        print(f"once more after {error}", file=sys.stderr)
        return seconds(work)


def ours(pages, folder: Path, workers: int) -> None:
    from chainregistry.collection import COLLECTION
    from nbpages import batch

    results = batch.render(COLLECTION, pages, folder, workers, force=True)
    assert not [result.error for result in results if result.error]


def one_page(name: str, out: Path) -> None:
    """The command, as an author types it."""
    command = [str(Path(sys.executable).with_name("chainregistry")), "render", name, "--force", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)


def most_memory(work) -> int:
    """Bytes that this process and all below it hold at most while work is done, shared pages counted once."""
    import psutil

    over, most = threading.Event(), 0

    def look() -> None:
        nonlocal most
        while not over.wait(0.5):
            held = 0
            for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
                try:
                    held += process.memory_full_info().pss
                except psutil.Error:
                    continue  # ended meanwhile
            most = max(most, held)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        work()
    finally:
        over.set()
        looking.join()
    return most


def memory(kernel: str) -> int:
    """Private memory in bytes of a kernel that has imported what the notebooks import."""
    import psutil
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name=kernel)
    try:
        client.execute_interactive("import pandas, seaborn, scipy.optimize, chainregistry as cr; data = cr.load()")
        return psutil.Process(manager.provisioner.pid).memory_full_info().uss
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measure(pages, turns: int, slope: bool) -> list[tuple[str, str, str]]:
    """Rows of the table: what is compared, the ratio, the goal."""
    from chainregistry.collection import COLLECTION
    from nbpages import start

    workers = os.cpu_count() or 1
    loop, pooled, ploomber, batch, limit, first, again, shell = ([] for _ in range(8))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def in_a_pool(work, warm: bool) -> None:
            with rivals.pool(workers, warm) as executor:
                rivals.all_pages(work, pages, folder, executor)

        for turn in range(turns):
            sample = pages[turn :: len(pages) // SAMPLE][:SAMPLE]
            loop.append(seconds(lambda sample=sample: rivals.shell_loop(sample, folder)) / SAMPLE * len(pages))
            pooled.append(repeated_if_it_failed(lambda: in_a_pool(rivals.papermill_api, False)))
            ploomber.append(seconds(lambda: in_a_pool(rivals.ploomber, True)))
            batch.append(seconds(lambda: ours(pages, folder / "ours", workers)))
            shared = folder / f"shared-{turn}"
            shared.mkdir()
            with start.environment(COLLECTION.environment(shared)), rivals.pool(workers, True) as executor:
                rivals.all_pages(rivals.plain, pages[:workers], folder, executor)
                limit.append(seconds(lambda executor=executor: rivals.all_pages(rivals.plain, pages, folder, executor)))
            page, out = pages[turn], folder / f"one-{turn}"
            shell.append(seconds(lambda page=page: rivals.shell_loop([page], folder)))
            first.append(seconds(lambda page=page, out=out: one_page(page.name, out)))
            again.append(seconds(lambda page=page, out=out: one_page(page.name, out)))

        def ratio(one: list[float], other: list[float]) -> str:
            return f"{statistics.median(one) / statistics.median(other):.1f}"

        rows = [
            (f"shell loop : render, {len(pages)} pages", ratio(loop, batch), "at least 20"),
            ("papermill in a pool of processes : render", ratio(pooled, batch), "at least 5"),
            ("ploomber-engine in a warm pool : render", ratio(ploomber, batch), "at least 2.5"),
            ("render : the same cells as plain Python", ratio(batch, limit), "at most 1.3"),
            ("one page, shell : render, the first time", ratio(shell, first), "at least 3"),
            ("one page, shell : render, again", ratio(shell, again), "at least 3"),
        ]
        if slope:
            times, held = {}, {}
            for number in (31, 124, 1000):
                work = lambda n=number: ours(repeated(pages, n), folder / str(n), workers)  # noqa: E731
                held[number] = most_memory(lambda n=number, work=work: times.update({n: seconds(work)}))
            slow = (times[1000] - times[124]) / (1000 - 124) / ((times[124] - times[31]) / (124 - 31))
            rows.append(("one more page, from 124 to 1,000 : from 31 to 124", f"{slow:.2f}", "about 1"))
            rows.append(("memory of the whole run, 1,000 pages : 124", f"{held[1000] / held[124]:.2f}", "about 1"))
            rows.append(("memory of the whole run, in MB, 1,000 pages", f"{held[1000] / 1e6:.0f}", "flat"))
    rows.append(
        ("private memory of a kernel, warm : cold", f"{memory('chainregistry') / memory('python3'):.2f}", "below 0.5")
    )
    command = [str(Path(sys.executable).with_name("chainregistry")), "--help"]
    start = min(seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5))
    rows.append(("seconds that `chainregistry --help` takes", f"{start:.2f}", "below 0.3"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="8 pages only, one turn, no slope")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args()
    os.chdir(Path(__file__).resolve().parents[1])
    from chainregistry import documents
    from chainregistry.collection import COLLECTION
    from nbpages import catalogue

    pages = [page for page in catalogue.plan(COLLECTION, (), {}) if page.name.startswith("province/")]
    rows = measure(pages[::4], turns=1, slope=False) if options.quick else measure(pages, TURNS, slope=True)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    table = ["| compared | ratio | goal |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    load = f"load at the end {os.getloadavg()[2]:.1f} over a quarter of an hour"
    text = "\n".join([*table, "", f"Measured on {datetime.date.today()}: {machine}, {load}."])
    print(text)
    if options.readme:
        readme = documents.ROOT / "README.md"
        documents.write(readme, documents.with_sections(readme.read_text(encoding="utf-8"), {"bench": text}))


def repeated(pages, number: int):
    """That many pages, parameters repeated under other names."""
    return [replace(pages[i % len(pages)], name=f"page-{i}") for i in range(number)]


if __name__ == "__main__":
    main()
