"""The data package: loading and checking, both driven by ``data/datapackage.json``."""

import csv
import hashlib
import json
import os
import pickle
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from chainregistry import filing

SHARED = "CHAINREGISTRY_SHARED"
"""Environment variable with a folder where the processes of one batch share what they have read and solved.

A file is named by the digest of all that it follows from, so only the same question finds it.
"""

RANKS = ["high", "medium", "low"]
"""Grades of confidence, best first."""


def grades(least: str) -> list[str]:
    """Grades of confidence from the best down to ``least``."""
    return RANKS[: RANKS.index(least) + 1]


NO_LISTS = pd.DataFrame({"batch": pd.array([], dtype="Int64"), "simulated": pd.array([], dtype="bool")})
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
    official: pd.DataFrame
    """Rows of the imported official lists, as ``official.load`` returns them; ``record.load`` puts them here."""

    @cached_property
    def as_of(self) -> str:
        """Day on which the data were last changed, as the package says."""
        return self.description["created"][:10]

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


def folder(data_dir: str | Path | None = None) -> Path:
    """Folder of the data: the argument, else ``CHAINREGISTRY_DATA``, else ``data`` of the repository."""
    here = Path(__file__).resolve().parents[2] / "data"
    return Path(data_dir or os.environ.get("CHAINREGISTRY_DATA") or here)


def load(data_dir: str | Path | None = None) -> Data:
    """Read the data package, apply its types and refuse what its description does not allow.

    Without imported lists: ``record.load`` reads both.

    A process reads the same files once; each call returns tables of its own.

    Raises
    ------
    DataError
        with one line per problem: unknown or missing columns, values of the wrong type or out of the vocabulary.
    """
    root = folder(data_dir)
    read = _load(root, _state(root))
    tables = {name: value.copy() for name, value in vars(read).items() if isinstance(value, pd.DataFrame)}
    return replace(read, description=deepcopy(read.description), **tables)


def _state(root: Path) -> str:
    """Changes with any file that ``load`` reads."""
    files = sorted(path for path in [*root.glob("*.*"), *root.glob("official/*.*")] if path.is_file())
    return " ".join(f"{path.relative_to(root)} {sha256(path)}" for path in files)


def share(root: Path, folder: Path) -> None:
    """Spare the processes of a batch reading and checking the same files, see ``SHARED``."""
    state = _state(root)
    keep(folder / _name(root, state), pickle.dumps(_load(root, state)))


def keep(path: Path, content: bytes) -> None:
    """Share a file: it is a help, no more."""
    with suppress(OSError):
        write(path, content)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _name(root: Path, state: str) -> str:
    return hashlib.sha256(f"{root} {state}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _load(root: Path, state: str) -> Data:
    if (folder := os.environ.get(SHARED)) and (known := Path(folder) / _name(root, state)).is_file():
        return pickle.loads(known.read_bytes())
    package = describe(root)
    tables, problems = {}, []
    for resource in package["resources"]:
        raw, wrong = _read(root, resource)
        problems += wrong or list(_column_problems(raw, resource))
        if not problems:
            tables[resource["name"]] = _typed(raw, resource)
    if problems:
        shown = "\n".join(map(str, problems[:10]))
        raise DataError(f"{root} does not fit its datapackage.json ({len(problems)} problems):\n{shown}")
    return Data(root, package, version(root, package), **tables, official=NO_LISTS.copy())


def describe(root: Path) -> dict:
    """The description in ``datapackage.json``; raises DataError where there is none."""
    path = root / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{path} not found: name the data folder with --data or CHAINREGISTRY_DATA") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} is not JSON: {error}") from None


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def version(root: Path, package: dict) -> str:
    """Twelve hexadecimal digits that change with any byte of any table, imported list or of the description."""
    files = ["datapackage.json", *(resource["path"] for resource in package["resources"])]
    files += sorted(f"official/{path.name}" for path in (root / "official").glob("batch-*.csv"))
    return hashlib.sha256("".join(sha256(root / name) for name in files).encode()).hexdigest()[:12]


def check(data_dir: str | Path | None = None) -> list[Problem]:
    """Everything that is wrong with the data package, in the order of its tables.

    Types, vocabularies, keys, row counts and hashes come from ``datapackage.json``; then references between
    tables, calendar dates, filing numbers, and the arithmetic of the published counts. ``record.check`` looks at the
    imported lists, too.
    """
    root = folder(data_dir)
    try:
        package = describe(root)
    except DataError as error:
        return [Problem("datapackage.json", None, "", "", str(error))]
    problems, tables = [], {}
    for resource in package["resources"]:
        raw, wrong = _read(root, resource)
        problems += wrong
        if not wrong:
            problems += _column_problems(raw, resource)
            problems += _table_problems(raw, resource, root)
            tables[resource["name"]] = raw
    for resource in package["resources"]:
        if resource["name"] in tables:
            problems += _reference_problems(tables, resource)
    if all(problem.column == "hash" for problem in problems):
        resources = {resource["name"]: resource for resource in package["resources"]}
        problems += _sense_problems({name: _typed(table, resources[name]) for name, table in tables.items()})
    return problems


def _read(root: Path, resource: dict) -> tuple[pd.DataFrame, list[Problem]]:
    """A table as text, indexed by line number; an empty cell is missing."""
    name, columns = resource["path"], [field["name"] for field in resource["schema"]["fields"]]
    empty = pd.DataFrame(columns=columns)
    try:
        with open(root / name, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            rows = dict((reader.line_num, row) for row in reader)  # noqa: C402 (line_num moves)
    except FileNotFoundError:
        return empty, [Problem(name, None, "", "", "file not found")]
    except (csv.Error, UnicodeDecodeError) as error:
        return empty, [Problem(name, None, "", "", f"not a CSV file in UTF-8: {error}")]
    problems = [
        Problem(name, 1, column, "", "column is not in datapackage.json") for column in header if column not in columns
    ]
    problems += [Problem(name, 1, column, "", "column is missing") for column in columns if column not in header]
    problems += [
        Problem(name, line, "", "", f"{len(row)} cells, but the header has {len(header)}")
        for line, row in rows.items()
        if len(row) != len(header)
    ]
    if problems:
        return empty, problems
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=header, dtype="str")
    return table.mask(table == ""), []


_TYPES = {
    "integer": (r"-?\d+", "is not a whole number"),
    "number": (r"-?\d+(\.\d+)?", "is not a number"),
    "boolean": (r"true|false", "is neither true nor false"),
}


def _column_problems(table: pd.DataFrame, resource: dict) -> Iterator[Problem]:
    """Types and constraints of the single columns."""
    import pandera.pandas as pa

    def column(field: dict) -> pa.Column:
        limits, checks = field.get("constraints", {}), []
        if field["type"] in _TYPES:
            form, why = _TYPES[field["type"]]
            checks.append(pa.Check(lambda s, form=form: s.str.fullmatch(form), error=why))
        if "pattern" in limits:
            form = limits["pattern"]
            checks.append(pa.Check(lambda s, form=form: s.str.fullmatch(form), error=f"does not have the form {form}"))
        if "enum" in limits:
            allowed = [str(value) for value in limits["enum"]]
            why = f"is not one of {', '.join(allowed)}"
            checks.append(pa.Check(lambda s, allowed=allowed: s.isin(allowed), error=why))
        for limit, compare in (("minimum", "ge"), ("maximum", "le")):
            if limit in limits:
                bound = limits[limit]
                checks.append(
                    pa.Check(
                        lambda s, bound=bound, compare=compare: getattr(
                            pd.to_numeric(s, errors="coerce").fillna(bound), compare
                        )(bound),
                        error=f"is beyond the {limit} of {bound}",
                    )
                )
        return pa.Column(checks=checks, nullable=True)

    try:
        pa.DataFrameSchema({f["name"]: column(f) for f in resource["schema"]["fields"]}).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values(["index", "column"], kind="stable")
        for case in cases.itertuples():
            yield Problem(resource["path"], int(case.index), case.column, str(case.failure_case), str(case.check))
    for field in resource["schema"]["fields"]:
        limits, values = field.get("constraints", {}), table[field["name"]]
        if limits.get("required"):
            for line in values.index[values.isna()]:
                yield Problem(resource["path"], line, field["name"], "", "must not be empty")
        if limits.get("unique"):
            for line in values.index[values.notna() & values.duplicated()]:
                yield Problem(resource["path"], line, field["name"], values[line], "stands twice")


def _table_problems(table: pd.DataFrame, resource: dict, root: Path) -> Iterator[Problem]:
    """Number of rows, and the hash that shows an edit nobody recorded."""
    name, rows = resource["path"], resource["expectedRows"]
    if not rows["minimum"] <= len(table) <= rows["maximum"]:
        expected = f"expected {rows['minimum']} to {rows['maximum']} rows"
        yield Problem(name, None, "", str(len(table)), expected)
    if "hash" in resource and resource["hash"] != f"sha256:{sha256(root / name)}":
        yield Problem(name, None, "hash", "", "changed since its hash was recorded; run `make docs` if that was meant")


def _typed(table: pd.DataFrame, resource: dict) -> pd.DataFrame:
    typed = table.reset_index(drop=True)
    for field in resource["schema"]["fields"]:
        column = typed[field["name"]]
        if field["type"] == "integer":
            typed[field["name"]] = pd.to_numeric(column).astype("Int64")
        elif field["type"] == "number":
            typed[field["name"]] = pd.to_numeric(column).astype("Float64")
        elif field["type"] == "boolean":
            typed[field["name"]] = column == "true"
        else:
            typed[field["name"]] = column.fillna("")
    return typed


def _reference_problems(tables: dict[str, pd.DataFrame], resource: dict) -> Iterator[Problem]:
    table = tables[resource["name"]]
    for field in resource["schema"]["fields"]:
        other, _, key = field.get("references", "").partition(".")
        if other not in tables:
            continue
        known = set(tables[other][key])
        for line, cell in table[field["name"]].dropna().items():
            for value in cell.split(field["separator"]) if "separator" in field else [cell]:
                if value not in known:
                    why = f"is not a {key} of {other}.csv"
                    yield Problem(resource["path"], line, field["name"], value, why)


def _sense_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """What the description cannot say: dates of the calendar, filing numbers, sums."""
    for name, column in (("batches", "published"), ("events", "date"), ("sources", "published")):
        for line, value in _lines(tables[name][column]):
            if value and not _is_date(value):
                yield Problem(f"{name}.csv", line, column, value, "is not a date of the calendar")
    lengths = {"day": 10, "month": 7, "year": 4, "no-later-than": 10, "": 0}
    for name, column in (("batches", "published"), ("events", "date")):
        table = tables[name]
        for (line, value), precision in zip(_lines(table[column]), table.date_precision, strict=True):
            if len(value) != lengths[precision]:
                yield Problem(f"{name}.csv", line, column, value, f"does not have the precision {precision!r}")
    abroad = tables["events"].query("country != 'China' and province_code != ''")
    for row in abroad.itertuples():
        yield Problem("events.csv", row.Index + 2, "province_code", row.province_code, f"is given for {row.country}")
    yield from _number_problems(tables["registrations"])
    yield from _sum_problems(tables)


def _lines(column: pd.Series) -> Iterator[tuple[int, str]]:
    return ((position + 2, value) for position, value in enumerate(column))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _number_problems(registrations: pd.DataFrame) -> Iterator[Problem]:
    for row in registrations[registrations.filing_number != ""].itertuples():
        number = filing.parse(row.filing_number)
        wrong = number.problems()
        if row.province_code and row.province_code != number.province_code:
            wrong.append(f"the row says province {row.province_code}")
        for why in wrong:
            yield Problem("registrations.csv", row.Index + 2, "filing_number", row.filing_number, why)


def _sum_problems(tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """Batch totals against running totals and published totals; provinces and named rows against totals."""
    totals = published_totals(tables["batches"])
    for first, last in totals:
        if first == 1 and last > 1:
            parts = [totals.get((batch, batch)) for batch in range(1, last + 1)]
            if None not in parts and sum(parts) != totals[first, last]:
                yield Problem(
                    "batches.csv", last + 1, "cumulative_services", str(totals[first, last]),
                    f"the lists so far add up to {sum(parts)}",
                )  # fmt: skip
    counts = tables["published_counts"].query("unit == 'services' and set_aside == '' and relation == '='")
    for row in counts[(counts.dimension == "total") & (counts.key == "all")].itertuples():
        total = totals.get((row.batch_first, row.batch_last))
        if total is not None and total != row.value:
            why = f"batches.csv has {total} for the same lists; set one aside with a reason"
            yield Problem("published_counts.csv", row.Index + 2, "value", f"{row.value:g}", why)
    provinces = counts[(counts.dimension == "province") & ~counts.key.str.contains("+", regex=False)]
    for (first, last), group in provinces.groupby(["batch_first", "batch_last"]):
        total, printed = totals.get((first, last)), int(group.value.sum())
        if total is not None and printed > total:
            why = f"provinces of lists {first} to {last} add up to {printed}, more than all services ({total})"
            yield Problem("published_counts.csv", int(group.index[0]) + 2, "value", "", why)
    rows = tables["registrations"].query("confidence != 'low'").groupby("batch").size()
    for batch, named in rows.items():
        if (batch, batch) in totals and named > totals[batch, batch]:
            why = f"names {named} services of list {batch}, which has {totals[batch, batch]}"
            yield Problem("registrations.csv", None, "batch", str(batch), why)


def published_totals(batches: pd.DataFrame) -> dict[tuple[int, int], int]:
    """Services by span of lists, ``{(first, last): services}``, as the table of lists has them."""
    single = {(b, b): int(n) for b, n in batches[["batch", "services"]].dropna().itertuples(index=False)}
    running = batches[["batch", "cumulative_services"]].dropna().itertuples(index=False)
    return single | {(1, int(b)): int(n) for b, n in running}


def split_list(cell: str, separator: str = " ") -> list[str]:
    """Values of a cell that holds several."""
    return [value.strip() for value in re.split(re.escape(separator), cell) if value.strip()]
