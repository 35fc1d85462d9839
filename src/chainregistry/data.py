"""The data package: read and typed as ``data/datapackage.json`` says. What is wrong with it, ``checks`` tells."""

import codecs
import csv
import dataclasses
import hashlib
import io
import json
import os
import pickle
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from chainregistry.days import in_one_field, with_spans
from chainregistry.folders import SHARED, folder
from nbpages.files import sha256, write

RIGHT = "solved/columns.sha256"
"""File with the digest of the tables whose columns ``make docs`` has last found right."""

RANKS = ["high", "medium", "low"]
"""Grades of confidence, best first."""

UNSORTED = ["other", "unclear"]
"""Codes of ``sectors.csv`` that name no field: what fits none, and what shows none."""

MARK = "\ufeff"
"""Byte-order mark, which some spreadsheets write at the head of a file."""


def grades(least: str) -> list[str]:
    """Grades of confidence from the best down to ``least``."""
    return RANKS[: RANKS.index(least) + 1]


_COLUMNS = {"batch": "Int64", "filing_number": "str", "province_code": "str", "valid": "bool", "simulated": "bool"}
NO_LISTS = pd.DataFrame({name: pd.array([], dtype=kind) for name, kind in _COLUMNS.items()})
"""Rows of imported lists where none are read."""


class DataError(ValueError):
    """The data package cannot be read as its description says."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the data package; ``row`` is the line in the file, the header being line 1."""

    file: str
    row: int | None
    column: str
    value: str
    why: str

    def __str__(self) -> str:
        where = ", ".join(
            [self.file] + ([f"row {self.row}"] if self.row else []) + ([f"column {self.column}"] if self.column else [])
        )
        return f"{where}: {self.value + ': ' if self.value else ''}{self.why}"

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Data:
    """The tables of the data package, typed, as pandas DataFrames, with their description and version."""

    folder: Path
    description: dict
    version: str
    registrations: pd.DataFrame
    batches: pd.DataFrame
    published_counts: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    regions: pd.DataFrame
    sectors: pd.DataFrame
    second_coding: pd.DataFrame
    references: pd.DataFrame
    official: pd.DataFrame
    """Rows of the imported official lists, as ``official.load`` returns them; ``record.load`` puts them here."""
    headlines: pd.DataFrame = dataclasses.field(default_factory=pd.DataFrame)
    """Headlines with the right codes, which measure the coding of news."""
    stories: pd.DataFrame = dataclasses.field(default_factory=pd.DataFrame)
    """Stories that pages tell, sentence by sentence."""

    @cached_property
    def as_of(self) -> str:
        """Day on which the data were last changed, as the package says."""
        return self.description["created"][:10]

    @cached_property
    def dated(self) -> pd.DataFrame:
        """News events with the span of days of each date, in their order, each project in one field: see ``days``."""
        return in_one_field(with_spans(self.events))

    def changed(self, **parts) -> "Data":
        """The same data with other parts, but the same news: ``dated`` is not worked out anew."""
        made = replace(self, **parts)
        if "dated" in vars(self):
            vars(made)["dated"] = self.dated.copy(deep=False)
        return made

    def named(self, confidence: str = "medium") -> pd.DataFrame:
        """Registrations of at least this confidence: the rows that the pages count."""
        return self.registrations[self.registrations.confidence.isin(grades(confidence))]

    @cached_property
    def complete(self) -> list[int]:
        """Numbers of the lists that have been imported, and so are known in full."""
        return [int(batch) for batch in sorted(self.official.batch.unique())]

    @cached_property
    def simulated(self) -> bool:
        """Whether the imported lists are simulated; pages must say so."""
        return bool(self.official.simulated.any())

    def province(self, slug: str) -> pd.Series:
        """The row of ``regions`` with this slug; raises KeyError for an unknown one."""
        return self.regions.set_index("slug", drop=False).loc[slug]


TABLES = [field for field in dataclasses.fields(Data) if field.type is pd.DataFrame]
"""Parts of the data that are tables."""


def load(data_dir: str | Path | None = None) -> Data:
    """Read the data package, apply its types and refuse what its description does not allow.

    Without imported lists: ``record.load`` reads both.

    A process reads the same files once; each call returns tables of its own.

    Raises
    ------
    DataError
        with one line per problem: unknown or missing columns, values of the wrong type or out of the vocabulary, dates
        that are none, ids that stand in no table.
    """
    root = folder(data_dir)
    try:
        read = _load(root, _state(root))
    except OSError as error:
        raise DataError(f"{error.filename or root}: cannot be read: {error.strerror}") from None
    copies = {field.name: getattr(read, field.name).copy(deep=False) for field in TABLES}
    return read.changed(description=deepcopy(read.description), **copies)


def _state(root: Path) -> str:
    """Changes with any file that ``load`` reads."""
    files = sorted(path for path in [*root.glob("*.*"), *root.glob("official/*.*")] if path.is_file())
    return " ".join(f"{path.relative_to(root)} {sha256(path)}" for path in files)


def keep(path: Path, content: bytes) -> None:
    """Share a file while there is a folder for it: it is a help, no more."""
    with suppress(OSError):
        if path.parent.is_dir():
            write(path, content)


def _name(root: Path, state: str) -> str:
    return hashlib.sha256(f"{root} {state}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _load(root: Path, state: str) -> Data:
    known = Path(folder) / _name(root, state) if (folder := os.environ.get(SHARED)) else None
    if known and known.is_file():
        return pickle.loads(known.read_bytes())
    package = describe(root)
    raw, problems = {}, []
    for resource in package["resources"]:
        raw[resource["name"]], wrong = read(root, resource)
        problems += wrong
        if not wrong and not len(raw[resource["name"]]):
            problems.append(Problem(resource["path"], None, "", "", "holds no row"))
    if problems or not _found_right(root, package):
        from chainregistry import columns  # and Pandera, which reading does without

        wrong = {problem.file for problem in problems}
        problems += columns.problems(raw, [one for one in package["resources"] if one["path"] not in wrong])
    if problems:
        shown = "\n".join(map(str, problems[:10]))
        raise DataError(
            f"{root} does not fit its datapackage.json ({len(problems)} problem{'s' * (len(problems) > 1)}):\n{shown}"
        )
    tables = {one["name"]: typed(raw[one["name"]], one).reset_index(drop=True) for one in package["resources"]}
    data = Data(root, package, version(root, package), **tables, official=NO_LISTS.copy())
    _ = data.dated  # worked out once for all who read
    if known:
        keep(known, pickle.dumps(data))
    return data


def columns_digest(root: Path, package: dict) -> str:
    """Changes with any byte of a table, of the description, or of the modules that say what is right."""
    here = Path(__file__)
    paths = [here, here.with_name("columns.py"), here.with_name("days.py"), root / "datapackage.json"]
    paths += [root / resource["path"] for resource in package["resources"]]
    return hashlib.sha256(" ".join(map(sha256, paths)).encode()).hexdigest()


def _found_right(root: Path, package: dict) -> bool:
    """Whether these very bytes have been looked at before, which takes longer than to read them."""
    with suppress(OSError, ValueError):  # a table that is missing is told by who reads it
        return (root / RIGHT).read_text(encoding="ascii") == columns_digest(root, package)
    return False


def describe(root: Path) -> dict:
    """The description in ``datapackage.json``; raises DataError, in one line, where there is none of these tables."""
    path = root / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise DataError(f"{path} not found: name the data folder with --data or CHAINREGISTRY_DATA") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is not JSON: {error}") from None
    if wrong := next(_undescribed(package), None):
        raise DataError(f"{path} {wrong}; take it from git")
    return package


def _undescribed(package: object) -> Iterator[str]:
    """What a description lacks without which no table can be read, the first thing first."""
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        yield "has no list of resources"
        return
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(package.get("created"))):
        yield "does not say when the data were created"
    names, kinds = [], ["string", *TYPES]
    for number, resource in enumerate(package["resources"], start=1):
        try:
            names.append(resource["name"])
            for part in (resource["path"], resource["schema"]["primaryKey"][0], *resource["expectedRows"].values()):
                hash(part)
            for field in resource["schema"]["fields"]:
                hash((field["name"], field["type"], re.compile(field.get("constraints", {}).get("pattern", ""))))
                if field["type"] not in kinds:
                    yield f"gives {resource['name']}.{field['name']} a type that is none of {', '.join(kinds)}"
        except (KeyError, IndexError, TypeError, AttributeError, re.error):
            yield f"describes its resource {number} otherwise than a table"
            return
    needed = {table.name for table in TABLES} - {"official"}
    if set(names) != needed or len(names) != len(needed):
        odd = sorted({*names} ^ needed) or names
        yield f"does not describe each table once: see {', '.join(map(str, odd))}"


def version(root: Path, package: dict) -> str:
    """Twelve hexadecimal digits that change with any byte of any table, imported list or of the description."""
    files = ["datapackage.json", *(resource["path"] for resource in package["resources"])]
    files += sorted(f"official/{path.name}" for path in (root / "official").glob("batch-*.csv") if path.is_file())
    return hashlib.sha256("".join(sha256(root / name) for name in files).encode()).hexdigest()[:12]


def read(root: Path, resource: dict) -> tuple[pd.DataFrame, list[Problem]]:
    """A table as text, indexed by line number; an empty cell is missing."""
    name, columns = resource["path"], [field["name"] for field in resource["schema"]["fields"]]
    empty = pd.DataFrame(columns=columns)
    rows: dict[int, list[str]] = {}
    header: list[str] = []
    try:
        text = (root / name).read_bytes().decode("utf-8")
        reader = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True)
        header = next(reader, [])
        for row in reader:
            rows[reader.line_num] = row
    except FileNotFoundError:
        return empty, [Problem(name, None, "", "", "file not found")]
    except OSError as error:
        return empty, [Problem(name, None, "", "", f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return empty, [Problem(name, None, "", "", _encoding((root / name).read_bytes()))]
    except csv.Error as error:
        why = "a quotation mark is not closed, or one within a cell not doubled, so that no row below can be read"
        why = "holds a cell that is too long" if "limit" in str(error) else why
        return empty, [Problem(name, max(rows, default=bool(header)) + 1, "", "", f"not a CSV file ({error}): {why}")]
    problems = [
        Problem(name, 1, column, "", "column is not in datapackage.json") for column in header if column not in columns
    ]
    problems += [Problem(name, 1, column, "", "column is missing") for column in columns if column not in header]
    twice = [column for column in dict.fromkeys(header) if column in columns and header.count(column) > 1]
    problems += [Problem(name, 1, column, "", "two columns have this heading") for column in twice]
    problems += [
        Problem(name, line, "", "", f"{len(row)} cells, but the header has {len(header)}")
        for line, row in rows.items()
        if len(row) != len(header)
    ]
    if text.startswith(MARK):
        problems.insert(0, Problem(name, None, "", "", "saved with a byte-order mark; save it as UTF-8 without one"))
    if problems:
        return empty, problems
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=header, dtype="str")
    return table.mask(table == ""), []


def _encoding(content: bytes) -> str:
    """What a file that is not UTF-8 was saved in, and what to do."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "saved as UTF-16; save it as UTF-8 without a byte-order mark"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "not text in UTF-8"
    return "not in UTF-8, perhaps saved as GBK (ANSI in a Chinese Windows); save it as UTF-8 without a byte-order mark"


TYPES = {
    "integer": (r"-?[0-9]{1,15}", "is not a whole number of at most 15 digits"),
    "number": (r"-?[0-9]{1,15}(\.[0-9]+)?", "is not a number"),
    "boolean": (r"true|false", "is neither true nor false"),
}
"""Form of the text of each type but text, and what is said of another one."""


def typed(table: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """The table with the types of its description; what does not fit its type is missing. The index stays."""
    out = table.copy()
    for field in resource["schema"]["fields"]:
        column = out[field["name"]]
        if field["type"] in ("integer", "number"):
            numbers = pd.to_numeric(column.where(column.str.fullmatch(TYPES[field["type"]][0])), errors="coerce")
            whole = field["type"] == "integer"
            out[field["name"]] = numbers.astype("Int64" if whole else "Float64")
        elif field["type"] == "boolean":
            out[field["name"]] = column == "true"
        else:
            out[field["name"]] = column.fillna("")
    return out


def published_totals(batches: pd.DataFrame) -> dict[tuple[int, int], int]:
    """Services by span of lists, ``{(first, last): services}``, as the table of lists has them."""
    single = {(b, b): int(n) for b, n in batches[["batch", "services"]].dropna().itertuples(index=False)}
    running = batches[["batch", "cumulative_services"]].dropna().itertuples(index=False)
    return single | {(1, int(b)): int(n) for b, n in running}


def field_page(sector: str) -> str:
    """The page of a code of ``sectors.csv``: its own, or the list of what could not be sorted."""
    return "unsorted" if sector in UNSORTED else f"sector/{sector}"


def each_once(cells: Iterable[str], separator: str = " ") -> str:
    """A cell that holds what several cells hold, each value once, in their order."""
    joined = separator if separator == " " else f"{separator} "
    return joined.join(dict.fromkeys(value for cell in cells for value in split_list(cell, separator)))


def split_list(cell: str, separator: str = " ") -> list[str]:
    """Values of a cell that holds several."""
    return [value.strip() for value in re.split(re.escape(separator), cell) if value.strip()]
