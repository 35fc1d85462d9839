"""What the engine must be told of a collection of notebooks: one class, to be derived from.

All methods have a default, so that a folder with notebooks and a list of pages is enough: ``Collection(folder)``.
"""

import csv
import html
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import ClassVar


class UsageError(ValueError):
    """What was asked for cannot be done; nothing was run."""


@dataclass(frozen=True)
class Page:
    """One page to be made: ``name`` is its path without ``.html``, ``notebook`` its path below the notebooks."""

    name: str
    notebook: str
    parameters: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What a page shows beside its notebook; the marked fields are HTML, put in as they are."""

    mark: str = ""
    """A word before the title and in the names of downloads, such as SIMULATED."""
    head: str = ""
    """HTML in the head of the page."""
    top: str = ""
    """HTML above everything: a warning."""
    kicker: str = ""
    """The line over the title, before the question: what kind of page it is."""
    below_answer: str = ""
    """HTML below the cell tagged "answer"."""
    around: str = ""
    """HTML between the text and the foot: the pages beside this one."""
    foot: tuple[tuple[str, str], ...] = ()
    """Pairs of a heading and HTML for the foot of the page: state of the data, licence."""


@dataclass(frozen=True)
class Collection:
    """Notebooks, the list of pages made from them, and what goes with them.

    Instances are sent to other processes, so they must pickle, and quickly: what is read from data is better read
    there again than sent.
    """

    root: Path
    """Folder with ``notebooks/`` and ``pages.yaml``."""

    site: ClassVar[str] = "Pages"
    """Name of the whole, at the head of every page."""
    notice: ClassVar[str] = ""
    """Last sentence of every page."""
    kernel: ClassVar[str] = "python3"
    """Jupyter kernel of the notebooks."""
    warm: ClassVar[bool] = False
    """Whether that kernel is forked from a process that has imported everything (README.md says how to get one)."""
    distribution: ClassVar[str] = ""
    """Installed distribution whose requirements pages depend on: with other versions they are made again."""
    source: ClassVar[Path | None] = None
    """Folder of source code that pages depend on."""
    preload: ClassVar[tuple[str, ...]] = ()
    """Modules that most notebooks import."""
    later: ClassVar[tuple[str, ...]] = ()
    """Modules that few notebooks import, or what makes the front page; the last is imported first."""
    menu: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of a page (or page#place) and its short name, for the menu at the head of every page."""
    extra: ClassVar[tuple[str, ...]] = ()
    """Pages that no notebook makes; ``beside_front`` gives them."""

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def listing(self) -> Path:
        """The list of pages, in YAML: name to notebook, parameters, and perhaps ``each: PARAMETER``."""
        return self.root / "pages.yaml"

    @property
    def reference(self) -> str:
        """``module:class``, by which other processes find the collection."""
        return f"{type(self).__module__}:{type(self).__qualname__}"

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Folders of what pages are made from, beside notebooks and source: data."""
        return ()

    def version(self) -> str:
        """Changes with the data that notebooks read, and with what else pages show; then they are made again."""
        return ""

    def allowed(self, name: str) -> list[str] | range | None:
        """Values that a parameter may take: a vocabulary, a range of whole numbers, or anything of its type."""
        return None

    def contradiction(self, parameters: dict) -> str:
        """Why values of parameters of which each is allowed cannot be together; empty where they can."""
        return ""

    def environment(self, shared: Path | None = None) -> dict[str, str]:
        """Environment variables of processes that make pages; ``shared`` is a folder that those of a batch share."""
        return {}

    def warm_up(self) -> None:
        """Do once what is slow the first time, in the process that kernels are forked from. No thread may stay."""

    def beside(self, page: Page, question: str) -> Beside:
        """What a page shows beside its notebook, whose typed heading is the ``question``."""
        return Beside()

    def style(self) -> str:
        """The style sheet of all pages."""
        return (Path(__file__).with_name("template") / "style.css").read_text(encoding="utf-8").strip()

    def table(self, text: str, chart: dict | None = None) -> str:
        """CSV text as an HTML table: the numbers under a figure, of which ``chart`` is what its metadata say."""
        rows = [[html.escape(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
        head = "".join(f'<th scope="col">{name}</th>' for name in rows[0])
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
        title = "<caption>Numbers of the chart</caption>"
        return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def twin(self, text: str) -> str:
        """The CSV text of a chart or table as it is offered for download."""
        return text

    def finish(self, page: str) -> str:
        """A last change to the HTML of a page."""
        return page

    def beside_page(self, page: Page, notebook) -> dict[str, bytes]:
        """Files that stand beside a page and follow from its executed notebook: path below the pages to content."""
        return {}

    def beside_front(self) -> dict[str, Callable[[], bytes]]:
        """Files that stand beside the front page and follow from the data alone: name to what makes its content."""
        return {}

    def front_page(self, out: Path) -> str:
        """HTML of the front page of the pages that stand below ``out``, be they all or a few."""
        from nbpages import front

        return front.page(self, out)


def find(reference: str) -> Collection:
    """The collection that a reference ``module:class`` names."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)()
