"""One page: papermill runs the notebook, nbconvert makes the HTML, both in this process."""

import logging
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from nbpages import kernels, publish
from nbpages.collection import Collection, Page, UsageError
from nbpages.notebook import checked

TIMEOUT = int(os.environ.get("NBPAGES_TIMEOUT", "600"))
"""Seconds that a cell may take, if not said otherwise; a test suite sets less in its environment."""


@dataclass(frozen=True)
class Result:
    """What became of a page: ``error`` is empty for one that was made, ``unchanged`` if it stood there already.

    ``html`` is the page, ``beside`` are the files that go with it; ``again`` says why it was made in a second kernel.
    """

    page: Page
    seconds: float = 0
    error: str = ""
    unchanged: bool = False
    html: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)
    again: str = ""


class CellError(RuntimeError):
    """A cell of a notebook failed or was not run."""


class KernelLost(CellError):
    """The kernel ended or did not answer."""


def render_page(page: Page, collection: Collection, timeout: int = TIMEOUT) -> Result:
    """Make one page; never raises for what goes wrong in the notebook.

    A page whose kernel is lost is made once more. That may be the page's own fault, so not more often.
    """
    started, again = time.perf_counter(), ""
    os.environ.update(collection.environment())
    try:
        checked(collection.notebooks / page.notebook)
        try:
            notebook = execute(page, collection, timeout)
        except KernelLost as error:
            again = str(error)
            notebook = execute(page, collection, timeout)
        beside = collection.beside_page(page, notebook)
        html = publish.html(page, notebook, collection)
    except Exception as error:
        told = describe_failure(error) + ("; the second time" if again else "")
        return Result(page, time.perf_counter() - started, told, again=again)
    return Result(page, time.perf_counter() - started, html=html, beside=beside, again=again)


def execute(page: Page, collection: Collection, timeout: int = TIMEOUT, kernel: str = ""):
    """Run a notebook with the parameters of a page and return it, without timings or random ids.

    ``kernel`` is the collection's, if not said otherwise.

    Success is read from exceptions and the cells themselves: papermill's own status says "completed" for every
    cell after a dead kernel or a time-out, and a cell that calls ``sys.exit(0)`` stops without an error.

    Raises
    ------
    CellError
        with the number of the cell, as JupyterLab counts them, and the last line of what went wrong;
        KernelLost if another kernel may do better.
    """
    import papermill

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    begun: list = []
    try:
        notebook = papermill.execute_notebook(
            str(collection.notebooks / page.notebook),
            None,
            parameters=page.parameters,
            kernel_name=kernel or collection.kernel,
            progress_bar=False,
            execution_timeout=timeout,
            extra_arguments=["--IPKernelApp.log_level=50"],
            kernel_manager_class=kernels.PrivateKernelManager,
            on_cell_execute=lambda cell, cell_index: begun.append(cell),
            resources={"metadata": {"path": str(collection.notebooks)}},  # papermill's cwd is that of all threads
            shell_timeout_interval=1,
            shutdown_kernel="immediate",
        )
    except Exception as error:
        lost = isinstance(error, RuntimeError)  # of nbclient for a dead kernel, of ours for one not ready
        told = f"cell {_number(begun)}: {_last_line(error, timeout)}" if begun else str(error)
        raise (KernelLost if lost else CellError)(told) from error
    for cell in begun:
        if cell.metadata.papermill.status != "completed":
            raise CellError(f"cell {_number(begun)}: it ended the kernel, so the page is not complete")
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"injected-{number}"
        if cell.cell_type == "code":
            cell.outputs = list(_whole(cell.outputs))
    notebook.metadata.pop("papermill", None)
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def _whole(outputs: list) -> Iterator:
    """Outputs with printed text in one piece: how a kernel cuts it into messages is chance.

    nbclient's ``coalesce_streams`` does the same, but takes time that grows with the square of a line's length.
    """
    for (kind, _), group in groupby(outputs, key=lambda output: (output.output_type, output.get("name"))):
        if kind != "stream":
            yield from group
            continue
        first, *others = group
        first.text += "".join(other.text for other in others)
        yield first


def _number(begun: list) -> int:
    """Place of the last begun cell among the code cells of the notebook as it is stored."""
    return sum("injected-parameters" not in cell.metadata.get("tags", []) for cell in begun)


def _last_line(error: Exception, timeout: int) -> str:
    match type(error).__name__:
        case "DeadKernelError":
            return "the kernel did not answer, or died: killed or out of memory"
        case "CellTimeoutError":
            return f"still running after {timeout} seconds; --timeout allows more"
        case "PapermillExecutionError":
            return f"{error.ename}: {(error.evalue.splitlines() or [''])[0]}".removesuffix(": ")
    return describe_failure(error)


def describe_failure(error: Exception) -> str:
    """The last line of an error, with its kind unless it is one of ours."""
    lines = [line.strip() for line in re.sub(r"\x1b\[[\d;]*m", "", str(error)).splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    return last if isinstance(error, CellError | UsageError) else f"{type(error).__name__}: {last}"
