"""The ledger: which rows of the tables were accepted, when and why.

``rows.sha256`` holds a digest of each row and short ones of its cells, so that a change in silence is named with row
and column; ``ledger.jsonl`` holds one dated and sealed entry for each time that changes were accepted (see
``entries``). Only ``record`` writes them, with the hashes in ``datapackage.json``.
"""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pandas as pd

from chainregistry import data as data_package
from chainregistry.data import Data, DataError, Problem
from chainregistry.entries import (
    ENTRIES,
    NUMBER,
    ROWS,
    Entry,
    broken,
    entries,
    seal,
    sealed,
    spans,
    text,
    whole,
    within,
)

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None

FILES = (ROWS, ENTRIES, "datapackage.json")
"""What ``record`` writes."""

ROW, CELL = 16, 4
"""Hexadecimal digits of the digest of a row and of a cell; an empty cell has as many hyphens."""

LONG = 200
"""Letters of a value that an entry or a line shows."""

READING = re.compile(r"^After [^:.]*\breadings?\b[^:.]*[:.] ")
"""How a reason begins that tells who asked for the change: no matter to those who read what was changed."""


@dataclass(frozen=True)
class Change:
    """One difference between a table and the ledger.

    ``kind`` is changed (one cell), added, removed (a row), order (of the rows) or form (same values, other bytes);
    ``before`` is None where it is not known, ``line`` the line in the file.
    """

    kind: str
    table: str
    id: str = ""
    column: str = ""
    before: str | None = None
    after: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.kind == "changed":
            before = "unknown" if self.before is None else repr(_short(self.before))
            return f"{self.table}.csv  {self.id}  {self.column}: {before} -> {_short(self.after or '')!r}"
        if self.kind in ("added", "removed"):
            return f"{self.table}.csv  {self.id}  {self.kind}: {_short(self.after or self.before or '')}".rstrip(": ")
        return f"{self.table}.csv  {_OTHER[self.kind]}{f' ({self.id})' if self.id else ''}"


_OTHER = {
    "order": "rows stand in another order",
    "form": "same values, other bytes (quotation marks, line ends)",
}


def record_of(data: Data, table: str, key: str) -> list[Entry]:
    """When a row was accepted since the ledger began, and why: entries, oldest first; none if it never changed."""
    return [entry for entry in entries(data.folder) if entry.names(table, key)]


def changes(root: Path) -> list[Change]:
    """How the tables differ from what was accepted, row by row; everything is new where there is no ledger.

    Raises
    ------
    DataError
        where a table cannot be read, or the ledger.
    """
    package, tables = data_package.describe(root), {}
    for resource in package["resources"]:
        tables[resource["name"]], wrong = data_package.read(root, resource)
        if wrong:
            raise DataError("\n".join(map(str, wrong)))
    return list(differences(root, package, tables))


def differences(root: Path, package: dict, tables: dict[str, pd.DataFrame]) -> Iterator[Change]:
    """As ``changes``, of tables that were read as text (``data.read``); those that are not given are left out."""
    accepted = _accepted(root)
    for resource in package["resources"]:
        name = resource["name"]
        if name not in tables:
            continue
        columns, known = accepted.pop(name, ([], {}))
        found = list(_compare(root, resource, tables[name], columns, known))
        if not found and resource.get("hash") != f"sha256:{data_package.sha256(root / resource['path'])}":
            found = [Change("form", name)]
        yield from found
    for name in accepted.keys() - {resource["name"] for resource in package["resources"]}:
        yield Change("removed", name)


def problems(root: Path, package: dict, tables: dict[str, pd.DataFrame]) -> Iterator[Problem]:
    """A line for each row that differs from the ledger, and for a ledger that is not what ``record`` wrote."""
    why = 'if it was meant, accept it with `chainregistry record "REASON"`'
    file = ENTRIES
    try:
        told, file = entries(root), ROWS
        found = list(differences(root, package, tables))
    except DataError as error:
        yield Problem(file, None, "", "", str(error))
        return
    for name, wrong in broken(root, told):
        yield Problem(name, None, "", "", wrong)
    if not told and not text(root / ROWS):
        begin = 'there is no ledger yet; begin it with `chainregistry record "REASON"`'
        yield Problem(ENTRIES, None, "", "", begin)
    if not told or not text(root / ROWS):
        return
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in package["resources"]}
    for (table, kind, key), same in groupby(
        found, lambda one: (one.table, one.kind, one.id if one.kind == "changed" else "")
    ):
        group, file = list(same), f"{table}.csv"
        id_column = ", ".join(keys.get(table, []))
        if kind == "changed":
            columns = ", ".join(change.column for change in group)
            yield Problem(file, group[0].line, columns, key, f"differs from the ledger; {why}")
        elif kind in ("added", "removed"):
            what = "stands in no entry of the ledger" if kind == "added" else "is gone, but stands in the ledger"
            for span in spans([change.id for change in group]):
                line = next(change.line for change in group if within(change.id, span))
                yield Problem(file, line, id_column, span, f"{what}; {why}")
        else:
            column, value = ("hash", "") if kind == "form" else (id_column, group[0].id)
            yield Problem(file, None, column, value, f"{_OTHER[kind]} than the ledger has; {why}")


def record(root: Path, reason: str, show: Callable[[list[Change]], None] = lambda found: None) -> Entry | None:
    """Accept the present rows with a reason and write an entry that names them; None if nothing has changed.

    ``show`` is called with the changes before they are accepted. The files are written all or none, by one process at
    a time. Where no row has changed, but entries stand there without a seal, the entry seals them.

    Raises
    ------
    ValueError
        where the reason is empty, or holds what no text in UTF-8 holds.
    DataError
        where a table or the ledger cannot be read or written, or the ledger is not what ``record`` wrote.
    """
    reason = " ".join(reason.split())
    reason.encode()
    if not reason:
        raise ValueError("a reason is needed: say why the rows changed, as it shall stand under Corrections")
    with alone(root):
        return _record(root, reason, show)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Inside, no other process records in this folder; who comes second waits."""
    if fcntl is None:
        yield
        return
    try:
        folder = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise DataError(f"{root}: cannot be read ({error.strerror})") from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _record(root: Path, reason: str, show: Callable[[list[Change]], None]) -> Entry | None:
    found, before = changes(root), whole(root)
    if not found and sealed(before):
        return None
    if found and before:
        show(found)
    package = data_package.describe(root)
    tables = {resource["name"]: data_package.read(root, resource)[0] for resource in package["resources"]}
    rows = f"{NUMBER}{len(before) + 1}\n"
    rows += "".join(_lines(resource, tables[resource["name"]]) for resource in package["resources"])
    today = date.today().isoformat()
    named = {"changed": [_cell(change) for change in found if change.kind == "changed"]}
    for kind in ("added", "removed"):
        named[kind] = {
            table: spans([change.id for change in group])
            for table, group in groupby((change for change in found if change.kind == kind), lambda one: one.table)
        }
    named["other"] = [f"{one.table}: {_OTHER[one.kind]}" for one in found if one.kind in _OTHER]
    if not before:
        named |= {"added": {}, "other": [f"{name}: {len(table)} rows" for name, table in tables.items()]}
    if not found:
        named["other"] = [f"none; the {len(before)} entries before this one are sealed by it"]
    lines = text(root / ENTRIES)
    entry = Entry(today, reason, hashlib.sha256(rows.encode()).hexdigest(), **named)
    entry = replace(entry, seal=seal(lines, entry))
    for resource in package["resources"]:
        resource["hash"] = f"sha256:{data_package.sha256(root / resource['path'])}"
    if before:
        package["created"] = f"{today}T00:00:00Z"
    described = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    _write(
        root, {ROWS: rows.encode(), ENTRIES: (lines + entry.line()).encode(), "datapackage.json": described.encode()}
    )
    return entry


def corrections(root: Path) -> str:
    """A line of Markdown for each entry, oldest first: day, reason and rows."""
    lines = []
    for entry in entries(root):
        cells: dict[str, dict[str, list[str]]] = {}
        for cell in entry.changed:
            cells.setdefault(cell["table"], {}).setdefault(cell["id"], []).append(cell["column"])
        parts = [
            f"{table}: " + ", ".join(f"{key} ({', '.join(columns)})" for key, columns in rows.items())
            for table, rows in cells.items()
        ]
        for what, ids in (("added", entry.added), ("removed", entry.removed)):
            parts += [f"{table} {what}: {_told(named)}" for table, named in ids.items()]
        rows = "; ".join([*parts, *entry.other])
        reason = READING.sub("", entry.reason).rstrip(".")
        lines.append(f"* {entry.date}: {reason[:1].upper()}{reason[1:]}. Rows: {rows}.".replace("<", "&lt;"))
    return "\n".join(lines)


def _told(ids: list[str], most: int = 8) -> str:
    """Ids of rows in a sentence; of many that are words, not numbers, only how many they are."""
    return f"{len(ids):,} rows" if len(ids) > most and "/" in "".join(ids) else ", ".join(ids)


def shown(found: list[Change], most: int = 8) -> Iterator[str]:
    """Lines that show changes before they are accepted: every cell, and rows added or removed, many of them short."""
    for (_, kind), same in groupby(found, lambda change: (change.table, change.kind)):
        group = list(same)
        if kind in ("added", "removed") and len(group) > most:
            for span in spans([change.id for change in group]):
                yield f"{group[0].table}.csv  {span}  {kind}"
        else:
            yield from map(str, group)


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def _cell(change: Change) -> dict:
    values = {name: None if (value := getattr(change, name)) is None else _short(value) for name in ("before", "after")}
    return {"table": change.table, "id": change.id, "column": change.column} | values


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits] if text else "-" * digits


def _row_digest(row: dict[str, str]) -> str:
    """Empty cells do not count, so that a new column changes the rows that fill it."""
    return _digest("\x1f".join(f"{name}={value}" for name, value in sorted(row.items()) if value), ROW)


def _rows(resource: dict, rows: Iterable[tuple[int, dict[str, str]]]) -> dict[str, tuple[int, dict[str, str]]]:
    """Line and row by id; the second row of an id has "#2" behind it."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in rows:
        key = plain = "/".join(row.get(name, "") for name in resource["schema"]["primaryKey"])
        times = 1
        while key in found:
            times += 1
            key = f"{plain}#{times}"
        found[key] = line, row
    return found


def _table_rows(resource: dict, table: pd.DataFrame) -> dict[str, tuple[int, dict[str, str]]]:
    text = table.fillna("")
    return _rows(resource, zip(table.index, text.to_dict("records"), strict=True))


def _lines(resource: dict, table: pd.DataFrame) -> str:
    """The part of ``rows.sha256`` for a table: its columns, then a line with id and digests for each row."""
    columns = list(table.columns)
    lines = ["\t".join([f"[{resource['name']}]", *columns])]
    for key, (_, row) in _table_rows(resource, table).items():
        lines.append("\t".join([key, _row_digest(row), "".join(_digest(row[name], CELL) for name in columns)]))
    return "\n".join(lines) + "\n"


def _accepted(root: Path) -> dict[str, tuple[list[str], dict[str, tuple[str, dict[str, str]]]]]:
    """By table: its columns, and by id the digests of row and cells."""
    path = root / ROWS
    found: dict = {}
    for number, line in enumerate(text(path).splitlines(), start=1):
        parts = line.split("\t")
        if number == 1 and line.startswith(NUMBER):
            continue
        if line.startswith("["):
            columns, known = parts[1:], {}
            found[parts[0].strip("[]")] = (columns, known)
            continue
        if not found or len(parts) != 3 or len(parts[2]) != CELL * len(columns):
            raise DataError(f"{path}, line {number}: not a line of digests; take the file from git")
        cells = [parts[2][at : at + CELL] for at in range(0, len(parts[2]), CELL)]
        known[parts[0]] = parts[1], dict(zip(columns, cells, strict=True))
    return found


def _compare(
    root: Path, resource: dict, table: pd.DataFrame, columns: list[str], known: dict[str, tuple[str, dict[str, str]]]
) -> Iterator[Change]:
    name, present = resource["name"], _table_rows(resource, table)
    altered = [key for key, (_, row) in present.items() if key in known and known[key][0] != _row_digest(row)]
    gone = [key for key in known if key not in present]
    old = _committed(root, resource) if altered or gone else {}
    for key in altered:
        line, row = present[key]
        digest, cells = known[key]
        before = old.get(key, {})
        before = before if before and _row_digest(before) == digest else None
        differ = [column for column in row if _digest(row[column], CELL) != cells.get(column, "-" * CELL)]
        differ += [column for column in columns if column not in row and cells[column] != "-" * CELL]
        for column in differ or ["a cell"]:  # one case in 65,536: the short digests are equal
            value = before.get(column, "") if before else ("" if cells.get(column, "") == "-" * CELL else None)
            yield Change("changed", name, key, column, value, row.get(column, ""), line)
    for key, (line, row) in present.items():
        if key not in known:
            yield Change("added", name, key, "", None, "; ".join(filter(None, row.values())), line)
    for key in gone:
        yield Change("removed", name, key, "", "; ".join(filter(None, old.get(key, {}).values())) or None)
    order, recorded = [key for key in present if key in known], [key for key in known if key in present]
    moved = [key for key, usual in zip(order, recorded, strict=True) if key != usual]
    if moved:
        yield Change("order", name, f"{moved[0]} to {moved[-1]}")


def _committed(root: Path, resource: dict) -> dict[str, dict[str, str]]:
    """Rows by id as git has them in its last commit, for the values that the ledger only has digests of."""
    with suppress(OSError, subprocess.SubprocessError, csv.Error, UnicodeDecodeError):
        command = ["git", "-C", str(root), "show", f"HEAD:./{resource['path']}"]
        text = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout.decode("utf-8")
        rows = [row for row in csv.DictReader(io.StringIO(text, newline=""), restval="") if None not in row]
        return {key: row for key, (_, row) in _rows(resource, enumerate(rows)).items()}
    return {}


def _write(root: Path, contents: dict[str, bytes]) -> None:
    before = {name: (root / name).read_bytes() if (root / name).is_file() else None for name in contents}
    try:
        for name, content in contents.items():
            data_package.write(root / name, content)
    except OSError as error:
        for name, content in before.items():
            with suppress(OSError):
                (root / name).unlink(missing_ok=True) if content is None else data_package.write(root / name, content)
        raise DataError(f"{root}: cannot be written ({error.strerror}); it is as it was") from None
