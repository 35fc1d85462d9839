"""What a list is made of while it is read, and what comes out: the small types below all other files here."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "batch", "published", "sequence", "entity_zh", "service_zh", "filing_number", "valid", "province_code",
    "county_code", "county_zh", "year", "subject_code", "service_no", "remark",
]  # fmt: skip
PROBLEM_COLUMNS = ["row", "sequence", "column", "value", "why"]
MAX_BYTES = 50_000_000
"""Largest file that is read; published lists have well below one megabyte."""
MAX_UNPACKED = 200_000_000
"""Largest size of the contents of a DOCX or XLSX file."""
MAX_SPAN = 1000
"""Most columns or rows that a cell is taken to cover, whatever the file says."""
MAX_SECONDS = 300
"""Longest that reading a file may take."""


class ListError(ValueError):
    """The source cannot be read as a list; the message is one line for the user."""


class OnlyLinks(ListError):
    """A page without a list that links to files; ``addresses`` are the links, as the page writes them."""

    def __init__(self, message: str, addresses: list[str]) -> None:
        super().__init__(message)
        self.addresses = addresses


@dataclass(frozen=True)
class Line:
    """Text outside the tables, and where it stands."""

    text: str
    place: str = ""


@dataclass(frozen=True)
class Link:
    """Address of a document to which a page links; ``kind`` is file, page (of a list) or onward (sent on by itself)."""

    address: str
    kind: str = "file"


@dataclass(frozen=True)
class Doubt:
    """A sentence about a part of the file that could not be read or is not taken over, and what stands there."""

    text: str
    value: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence about what the reader did that changes nothing of the list."""

    text: str


@dataclass(frozen=True)
class Aside:
    """Text of the file that is no part of the list; ``why`` says what it is ("a hidden sheet")."""

    text: str
    why: str


@dataclass(frozen=True)
class Seen:
    """Text once more, in the order of the file: only to see that no filing number of it is lost."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """A row of a table; ``table`` numbers the tables, ``place`` says where the row stands.

    A cell merged over rows is repeated in each. Of a cell that is merged over columns, the further places are None.
    A table inside a cell is given twice: its text stands in the cell, and its rows follow, with the outer table as
    ``inside``. ``own`` holds the cells of the outer row without it.
    """

    table: int
    cells: list[str | None]
    place: str = ""
    inside: int = 0
    own: list[str | None] | None = None

    @property
    def text(self) -> str:
        """What stands in its cells, in one line."""
        return " | ".join(" ".join(cell.split()) for cell in self.cells if cell and cell.strip())


Item = Line | Link | Doubt | Told | Aside | Seen | Row


@dataclass(frozen=True)
class Problem:
    """Something doubtful about a list; None as ``row`` where it is about no single row.

    ``row`` is the line of the row in the file of the list, as in all reports here: the first row is 2, below the
    headings. So are the rows that ``why`` names.
    """

    row: int | None
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class OfficialList:
    """A list as read.

    ``rows`` has the columns sequence (Int64), entity_zh, service_zh, filing_number, remark and valid, in list order;
    ``batch`` is None and ``published`` empty where the source does not say them. ``numbers`` counts the different
    filing numbers in the whole document, ``told`` are sentences about what was changed or left out.
    """

    source: str
    sha256: str
    format: str
    batch: int | None
    published: str
    simulated: bool
    rows: "pd.DataFrame"
    problems: list[Problem]
    batch_from: str
    ignored_columns: list[str]
    notes: list[str]
    numbers: int
    told: list[str]


@dataclass(frozen=True)
class ImportResult:
    """What an import did; as text, its summary line. ``status`` is imported, replaced or unchanged."""

    source: str
    path: Path
    status: str
    batch: int
    rows: int
    valid: int
    expected: int | None
    simulated: bool
    problems: int
    numbers: int
    ignored_columns: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def difference(self) -> int | None:
        """Rows more (or fewer) than batches.csv has for the list; None where it has no total."""
        return None if self.expected is None else self.rows - self.expected

    def __str__(self) -> str:
        parts = [f"{self.source}: list {self.batch}{' (SIMULATED)' if self.simulated else ''} {self.status}"]
        parts.append(f"{self.rows} row{'s' * (self.rows != 1)}, {self.valid} valid")
        parts.append(f"{self.numbers} different filing number{'s' * (self.numbers != 1)} in the document")
        if self.problems:
            problems = f"{self.problems} problem{'s' if self.problems > 1 else ''}"
            parts.append(f"{problems}, see {self.path.with_suffix('.problems.csv').name}")
        if self.expected is None:
            parts.append("no published total to compare with")
        elif self.difference:
            more = f"{abs(self.difference)} {'more' if self.difference > 0 else 'fewer'}"
            parts.append(f"{more} than the {self.expected} of batches.csv")
        else:
            parts.append("as many as batches.csv has")
        if self.ignored_columns:
            parts.append(f"columns not taken over: {', '.join(self.ignored_columns)}")
        return f"{'; '.join([*parts, *self.told])} ({self.path})"
