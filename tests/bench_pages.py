"""Speed of rendering, as ratios within one run: ``make bench``; here with ``--quick`` or ``--readme``.

Four ways to make the same province pages: a shell loop over the commands ``papermill`` and ``jupyter nbconvert``;
papermill's Python interface in a pool of processes; this project's ``render``; and, as the limit, nothing but the
cells as plain Python in processes that have imported everything. The loop's pages follow each other, so its time is
that of a few pages, scaled up. The four take turns, so that a machine that slows down does so for all of them.
"""

import argparse
import concurrent.futures
import contextlib
import datetime
import io
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def shell_loop(pages, folder: Path) -> None:
    """What people do: a command to run the notebook, a command to convert it."""
    for page in pages:
        run = folder / f"{page.name.replace('/', '-')}.ipynb"
        given = [word for name, value in page.parameters.items() for word in ("-p", name, str(value))]
        papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*papermill, f"notebooks/{page.notebook}", run, *given], **quiet)
        subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", run], **quiet)


def papermill_api(page_notebook: str, parameters: dict, path: str) -> None:
    """What a programmer writes for a pool."""
    import nbconvert
    import papermill

    ran = papermill.execute_notebook(
        f"notebooks/{page_notebook}", None, parameters=parameters, kernel_name="python3", progress_bar=False
    )
    Path(path).write_text(nbconvert.HTMLExporter().from_notebook_node(ran)[0], encoding="utf-8")


def api_pool(pages, folder: Path, workers: int) -> None:
    with concurrent.futures.ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        paths = [str(folder / f"{page.name.replace('/', '-')}.html") for page in pages]
        work = [
            pool.submit(papermill_api, p.notebook, p.parameters, path) for p, path in zip(pages, paths, strict=True)
        ]
        for done in work:
            done.result()


def ours(pages, folder: Path, workers: int) -> None:
    from chainregistry.collection import COLLECTION
    from nbpages import batch

    results = batch.render(COLLECTION, pages, folder, workers, force=True)
    assert not [result.error for result in results if result.error]


def plain(notebook: str, parameters: dict) -> None:
    cells = json.loads(Path("notebooks", notebook).read_text(encoding="utf-8"))["cells"]
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names |= parameters


def warm_up() -> None:
    from chainregistry.collection import COLLECTION
    from nbpages import zygote

    zygote.preload(COLLECTION)


def plain_python(pages, pool) -> None:
    for done in [pool.submit(plain, page.notebook, page.parameters) for page in pages]:
        done.result()


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
    workers = os.cpu_count() or 1
    loop = pooled = batch = limit = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for turn in range(turns):
            sample = pages[turn :: len(pages) // SAMPLE][:SAMPLE]
            loop += seconds(lambda sample=sample: shell_loop(sample, folder)) / SAMPLE * len(pages)
            pooled += repeated_if_it_failed(lambda: api_pool(pages, folder, workers))
            batch += seconds(lambda: ours(pages, folder / "ours", workers))
            context = multiprocessing.get_context("spawn")
            with concurrent.futures.ProcessPoolExecutor(workers, mp_context=context, initializer=warm_up) as pool:
                plain_python(pages[:workers], pool)
                limit += seconds(lambda pool=pool: plain_python(pages, pool))
        rows = [
            (f"shell loop : render, {len(pages)} pages", f"{loop / batch:.1f}", "at least 15"),
            ("papermill in a pool of processes : render", f"{pooled / batch:.1f}", "at least 4"),
            ("render : the same cells as plain Python", f"{batch / limit:.2f}", "at most 1.6"),
        ]
        if slope:
            small, middle, large = (
                seconds(lambda n=n: ours(repeated(pages, n), folder / str(n), workers)) for n in (8, 31, 124)
            )
            ratio = (large - middle) / (124 - 31) / ((middle - small) / (31 - 8))
            rows.append(("one more page, from 31 to 124 : from 8 to 31", f"{ratio:.2f}", "about 1"))
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
    text = "\n".join([*table, "", f"Measured on {datetime.date.today()}: {machine}."])
    print(text)
    if options.readme:
        readme = documents.ROOT / "README.md"
        documents.write(readme, documents.with_sections(readme.read_text(encoding="utf-8"), {"bench": text}))


def repeated(pages, number: int):
    """That many pages, parameters repeated under other names."""
    from dataclasses import replace

    return [replace(pages[i % len(pages)], name=f"page-{i}") for i in range(number)]


if __name__ == "__main__":
    main()
