"""From notebooks to pages: papermill runs them, nbconvert makes the HTML, both in this process.

A page is a name, a notebook and its parameters. ``pages()`` reads them from ``reports/pages.yaml``, ``plan()``
chooses and checks, ``render()`` makes the files. A page is written whole or not at all.
"""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape
from pathlib import Path

import yaml

from chainregistry import data as data_package
from chainregistry import parameters as vocabularies
from chainregistry import quickstart  # noqa: F401  (before the first import of nbformat)

SITE = "China's blockchain register: the open record"
NOTICE = (
    "The regulator says with each list that a registration is no endorsement of the registrant, its products or its "
    "services. A service that is not named here may well be registered: the public record is partial."
)
REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).resolve().parent / "template"
PREAMBLE = {"parameters", "injected-parameters", "setup", "title", "card"}
"""Tags of the cells whose code stands at the foot of the page."""


@dataclass(frozen=True)
class Page:
    """One page to be made: ``name`` is its path without ``.html``."""

    name: str
    notebook: str
    parameters: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What became of a page: ``error`` is empty for a page that was made."""

    page: Page
    seconds: float
    error: str = ""


class UsageError(ValueError):
    """What was asked for cannot be done; nothing was run."""


def pages(data: data_package.Data, listing: Path = REPOSITORY / "reports" / "pages.yaml") -> list[Page]:
    """All pages of ``pages.yaml``, "each" expanded."""
    try:
        entries = yaml.safe_load(listing.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{listing}: cannot be read: {error}") from None
    found = []
    for name, entry in entries.items():
        fixed = entry.get("parameters", {})
        if not (REPOSITORY / "notebooks" / entry["notebook"]).is_file():
            raise UsageError(f"{listing}: page {name}: there is no notebooks/{entry['notebook']}")
        if "each" not in entry:
            found.append(Page(name, entry["notebook"], fixed))
            continue
        for value in vocabularies.vocabulary(data, entry["each"]) or []:
            found.append(Page(name.format(each=value), entry["notebook"], {**fixed, entry["each"]: value}))
    return found


def plan(data: data_package.Data, names: tuple[str, ...], given: dict[str, str]) -> list[Page]:
    """The pages asked for (none: all) with the parameters given on the command line, all checked.

    Raises UsageError for an unknown page, an unknown parameter or a value out of its vocabulary or type.
    """
    known = {page.name: page for page in pages(data)}
    for name in names:
        if name not in known:
            raise UsageError(f"there is no page {name!r}{vocabularies.suggestion(name, list(known))}")
    chosen = [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
    return [replace(page, parameters=_parameters(data, page, given)) for page in chosen]


def _parameters(data: data_package.Data, page: Page, given: dict[str, str]) -> dict:
    """Defaults of the notebook, then those of the page, then those given; the latter two checked."""
    known = declared(page.notebook)
    values = {name: default for name, (_, default) in known.items()}
    for name, value in [*page.parameters.items(), *given.items()]:
        if name not in known:
            raise UsageError(f"page {page.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        if name in given and name in page.parameters and str(value) != str(page.parameters[name]):
            raise UsageError(f"page {page.name} fixes {name} = {page.parameters[name]}; choose another page instead")
        kind, default = known[name]
        values[name] = _value(data, name, str(value), kind, default)
    return values


@cache
def declared(notebook: str) -> dict[str, tuple[str, object]]:
    """Parameters of a notebook: name to type and default, from its cell tagged "parameters"."""
    from papermill.inspection import inspect_notebook

    found = inspect_notebook(str(REPOSITORY / "notebooks" / notebook))
    return {name: (p["inferred_type_name"], yaml.safe_load(p["default"])) for name, p in found.items()}


def _value(data: data_package.Data, name: str, text: str, kind: str, default):
    """A value in the type that the notebook declares."""
    allowed = vocabularies.vocabulary(data, name)
    if allowed is not None:
        allowed = [*allowed, *(["all"] if default == "all" else [])]
        if text not in allowed:
            raise UsageError(f"{name} has no value {text!r}{vocabularies.suggestion(text, allowed)}")
        return text
    try:
        match kind:
            case "bool":
                return {"true": True, "false": False}[text.lower()]
            case "int":
                return int(text)
            case "float":
                return float(text)
            case _:
                return text
    except (KeyError, ValueError):
        expected = {"bool": "true or false", "int": "a whole number", "float": "a number"}[kind]
        raise UsageError(f"{name} must be {expected}, not {text!r}") from None


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
    write_index(out, data_package.load(root))
    return [results[page.name] for page in chosen]


def render_page(page: Page, out: str, data_dir: str) -> Result:
    """Make one page; never raises for what goes wrong in the notebook."""
    started = time.perf_counter()
    os.environ["CHAINREGISTRY_DATA"] = data_dir
    try:
        write(Path(out) / f"{page.name}.html", html(page, execute(page), data_package.load(data_dir)))
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


@cache
def _exporter():
    from nbconvert.exporters import HTMLExporter

    return HTMLExporter(template_name="page", extra_template_basedirs=[str(TEMPLATES)], anchor_link_text="")


def html(page: Page, notebook, data: data_package.Data) -> str:
    """The page of an executed notebook: one file, no script, nothing loaded from elsewhere."""
    from bs4 import BeautifulSoup

    stem = ("SIMULATED-" if data.simulated else "") + page.name.replace("/", "-")
    twins = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/csv" in output.get("data", {}):
                twins += 1
                output.metadata["csv_name"] = f"{stem}-{twins}.csv"
    body, _ = _exporter().from_notebook_node(
        notebook,
        resources={
            "page": {
                "title": ("SIMULATED: " if data.simulated else "") + title(notebook),
                "simulated": data.simulated,
                "description": answer(notebook),
                "site": SITE,
                "notice": NOTICE,
                "style": _style(),
                "root": "../" * page.name.count("/"),
                "notebook": page.notebook,
                "parameters": page.parameters,
                "as_of": data.as_of,
                "version": data.version,
                "preamble": PREAMBLE,
            }
        },
    )
    body = re.sub(r'<a class="anchor-link" href="[^"]*"></a>', "", body)
    body = re.sub(r'href="([\w-]+)\.ipynb"', lambda link: f'href="{_address(data, page, link[1])}"', body)
    heads = [head for head in BeautifulSoup(body, "html.parser").select("main h2") if head.get("id")]
    items = "".join(f'<li><a href="#{head["id"]}">{escape(head.get_text())}</a></li>' for head in heads)
    return body.replace("<!--contents-->", f"<ol>{items}</ol>")


def _address(data: data_package.Data, page: Page, notebook: str) -> str:
    """Where a link from one notebook to another leads on the pages: its page, or the index for a group of pages."""
    made = [other.name for other in pages(data) if other.notebook == f"{notebook}.ipynb"]
    target = f"{made[0]}.html" if len(made) == 1 else "index.html"
    return "../" * page.name.count("/") + target


def title(notebook) -> str:
    """First level-one heading, typed or computed."""
    for text in _texts(notebook):
        if found := re.search(r"^# (.+)$", text, re.MULTILINE):
            return found[1].strip()
    raise CellError("the notebook has no level-one heading")


def answer(notebook) -> str:
    """The computed sentences that answer the notebook's question: the output of its cell tagged "answer"."""
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []):
            return " ".join(output.data["text/plain"] for output in cell.outputs if "data" in output)
    return ""


def _texts(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("data", {}).get("text/markdown", "")


def write_index(out: Path, data: data_package.Data) -> None:
    """The front page: every page of ``pages.yaml`` that stands below ``out``."""
    import jinja2
    from markupsafe import Markup

    from chainregistry import bounds, register

    made = [head for page in pages(data) if (head := _head(out, page.name))]
    groups: dict[str, list[dict]] = {}
    for head in made:
        groups.setdefault(head["name"].partition("/")[0] if "/" in head["name"] else "", []).append(head)
    model, last = bounds.Model(data), 3
    by_slug = data.regions.set_index("slug")
    tiles = []
    for head in groups.pop("province", []):
        region = by_slug.loc[head["name"].partition("/")[2]]
        place = {"row": region.grid_row + 1, "column": region.grid_col + 1, "title": region.name_en}
        tiles.append({**head, **place, "text": str(model.between(region.province_code, 1, last))})
    research = groups.pop("", [])
    named, listed = len(data.named()), register.at_least(data)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    text = environment.get_template("index.html.j2").render(
        site=SITE,
        style=Markup(_style()),
        lead=next((head for head in research if head["name"] == "registry"), None),
        research=research,
        provinces=tiles,
        span=f"1 to {last}",
        others=[{"name": name, "title": f"{name.capitalize()}s", "pages": heads} for name, heads in groups.items()],
        completeness=(
            f"The record is partial: {named} registrations are named in public sources that this project could read, "
            f"of at least {listed:,} that the regulator has listed. "
            + (f"Of its lists {len(data.complete)} have been imported and are complete. " if data.complete else "")
            + "Pages tell apart what is named, what others have counted, and what follows from both."
        ),
        as_of=data.as_of,
        version=data.version,
        simulated=data.simulated,
        notice=NOTICE,
    )
    write(out / "index.html", text)


def _head(out: Path, name: str) -> dict | None:
    """Title and description of a page that has been made."""
    from bs4 import BeautifulSoup

    path = out / f"{name}.html"
    if not path.is_file():
        return None
    with open(path, encoding="utf-8") as file:
        head = BeautifulSoup(file.read(4000).partition("<style>")[0], "html.parser")
    return {
        "name": name,
        "title": head.title.get_text(),
        "description": head.find("meta", {"name": "description"})["content"],
    }


@cache
def _style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
