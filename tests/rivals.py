"""Other ways to make the same pages, for ``bench_pages.py``. In a module of their own: ploomber-engine replaces
``__main__``, and processes of a pool must still find these functions."""

import concurrent.futures
import contextlib
import io
import json
import multiprocessing
import subprocess
import sys
from pathlib import Path

APART = str(Path(__file__).resolve().parents[1] / ".bench")
"""Where `make bench` puts what tests/rivals.txt names."""


def shell_loop(pages, folder: Path) -> None:
    """What people do: a command to run the notebook, a command to convert it."""
    for page in pages:
        run = folder / f"{page.name.replace('/', '-')}.ipynb"
        given = [word for name, value in page.parameters.items() for word in ("-p", name, str(value))]
        papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*papermill, f"notebooks/{page.notebook}", run, *given], **quiet)
        subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", run], **quiet)


def papermill_api(page, path: str) -> None:
    """What a programmer writes for a pool."""
    import nbconvert
    import papermill

    ran = papermill.execute_notebook(
        f"notebooks/{page.notebook}", None, parameters=page.parameters, kernel_name="python3", progress_bar=False
    )
    Path(path).write_text(nbconvert.HTMLExporter().from_notebook_node(ran)[0], encoding="utf-8")


def ploomber(page, path: str) -> None:
    """The notebook in this very process, which has imported everything: what one leaves, the next one finds."""
    sys.path += [] if APART in sys.path else [APART]
    import nbconvert
    from ploomber_engine import execute_notebook

    ran = execute_notebook(
        f"notebooks/{page.notebook}", None, parameters=page.parameters, progress_bar=False, verbose=False
    )
    Path(path).write_text(nbconvert.HTMLExporter().from_notebook_node(ran)[0], encoding="utf-8")


def plain(page, path: str) -> None:
    """Nothing but the cells, as plain Python: no notebook is stored and no page made."""
    cells = json.loads(Path("notebooks", page.notebook).read_text(encoding="utf-8"))["cells"]
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names |= page.parameters


def warm_up() -> None:
    """Import what the notebooks import, as the process does that our kernels are forked from."""
    from chainregistry.collection import COLLECTION
    from nbpages import zygote

    zygote.preload(COLLECTION)


@contextlib.contextmanager
def pool(workers: int, warm: bool):
    """Processes for one of the functions above."""
    context, first = multiprocessing.get_context("spawn"), warm_up if warm else None
    with concurrent.futures.ProcessPoolExecutor(workers, mp_context=context, initializer=first) as executor:
        yield executor


def all_pages(work, pages, folder: Path, executor) -> None:
    paths = [str(folder / f"{page.name.replace('/', '-')}.html") for page in pages]
    for done in [executor.submit(work, page, path) for page, path in zip(pages, paths, strict=True)]:
        done.result()
