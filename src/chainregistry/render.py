"""From notebooks to pages: papermill runs them, nbconvert makes the HTML, both in this process.

A page is written whole or not at all.
"""

import logging
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from chainregistry import data as data_package
from chainregistry import publish
from chainregistry.catalogue import REPOSITORY, Page


@dataclass(frozen=True)
class Result:
    """What became of a page: ``error`` is empty for a page that was made."""

    page: Page
    seconds: float
    error: str = ""


def render(
    chosen: list[Page],
    out: Path,
    workers: int = 0,
    executor: Executor | None = None,
    report: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Make pages below ``out`` and the index of all pages there; a failed page does not stop the others.

    ``executor`` is any ``concurrent.futures.Executor`` (default: ``workers`` processes of this machine);
    ``report`` is called with each result as it comes.
    """
    out.mkdir(parents=True, exist_ok=True)
    root = data_package.folder()
    results = {}
    with executor or ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        running = {pool.submit(render_page, page, str(out), str(root)): page for page in chosen}
        for done in as_completed(running):
            page = running[done]
            failure = done.exception()
            results[page.name] = Result(page, 0, f"worker lost: {failure}") if failure else done.result()
            report(results[page.name])
    publish.write_index(out, data_package.load(root))
    return [results[page.name] for page in chosen]


def render_page(page: Page, out: str, data_dir: str) -> Result:
    """Make one page; never raises for what goes wrong in the notebook."""
    started = time.perf_counter()
    os.environ["CHAINREGISTRY_DATA"] = data_dir
    try:
        publish.write(Path(out) / f"{page.name}.html", publish.html(page, execute(page), data_package.load(data_dir)))
    except Exception as error:
        return Result(page, time.perf_counter() - started, describe_failure(error))
    return Result(page, time.perf_counter() - started)


class CellError(RuntimeError):
    """A cell of a notebook failed or was not run."""


def execute(page: Page, timeout: int = 120):
    """Run a notebook with the parameters of a page and return it, without timings or random ids.

    Success is read from the exception and the cells themselves: papermill's own status says "completed" for every
    cell after a dead kernel or a plain time-out, and a cell that calls ``sys.exit(0)`` stops without an error.
    """
    import papermill

    from chainregistry.kernels import PrivateKernelManager

    logging.getLogger("papermill").setLevel(logging.ERROR)
    notebook = papermill.execute_notebook(
        str(REPOSITORY / "notebooks" / page.notebook),
        None,
        parameters=page.parameters,
        progress_bar=False,
        execution_timeout=timeout,
        interrupt_on_timeout=True,
        extra_arguments=["--IPKernelApp.log_level=50"],
        kernel_manager_class=PrivateKernelManager,
        cwd=str(REPOSITORY / "notebooks"),
    )
    for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        if cell.metadata.get("papermill", {}).get("status") != "completed":
            raise CellError(f"cell {number + 1} ended the kernel: the page is not complete")
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
    notebook.metadata.pop("papermill", None)
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def describe_failure(error: Exception) -> str:
    """One line: the cell and the last line of its error."""
    lines = [line for line in re.sub(r"\x1b\[[\d;]*m", "", str(error)).splitlines() if line.strip()]
    last = lines[-1].strip() if lines else type(error).__name__
    name = getattr(error, "ename", "")
    if name:
        value = (getattr(error, "evalue", "").splitlines() or [""])[0]
        return f"cell {getattr(error, 'exec_count', '?')}: {name}: {value}"
    return f"{type(error).__name__}: {last}"
