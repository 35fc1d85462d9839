"""What is wrong with the data package: one line per mistake, with file, row, column and value.

``check`` looks at each file by itself first, then at what ``sense`` says of the tables together, and at last asks the
bounds whether all published counts can hold at once; then it names each kept answer that is not what was written, and
each row that differs from the ledger. A table that cannot be read is told once and left out of the rest, so that one
mistake does not hide another.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from chainregistry import bounds, columns, data, kept, ledger, sense
from chainregistry.data import Problem

Tables = dict[str, pd.DataFrame]

_STRANGE = {
    "\u00a0": "a no-break space",
    "\u202f": "a no-break space",
    "\ufeff": "a byte-order mark",
    "\ufffd": "a replacement character: text was lost when the file was converted",
    "\u200b": "an invisible space",
    "\u00ad": "a soft hyphen",
    "\u2028": "a line separator",
    "\u2029": "a line separator",
    "\x00": "a NUL character",
}
_STRANGE_OR_CONTROL = re.compile(f"[\x01-\x1f\x7f-\x9f\u200e\u200f{''.join(_STRANGE)}]")


def check(data_dir: str | Path | None = None) -> list[Problem]:
    """Everything that is wrong with the data package; ``record.check`` looks at the imported lists, too."""
    root = data.folder(data_dir)
    try:
        package = data.describe(root)
    except data.DataError as error:
        return [Problem("datapackage.json", None, "", "", str(error))]
    problems, raw = [], {}
    for resource in package["resources"]:
        table, wrong = data.read(root, resource)
        problems += wrong
        if not wrong:
            problems += columns.column_problems(table, resource)
            problems += _file_problems(table, resource)
            raw[resource["name"]] = table
    resources = {resource["name"]: resource for resource in package["resources"]}
    for name in raw:
        problems += columns.references(raw, resources[name])
    problems += _unused(raw)
    problems += _vocabularies(raw, resources)
    tables = {name: data.typed(table, resources[name]) for name, table in raw.items()}
    gaps = resources.get("events", {}).get("gaps", [])
    problems += sense.problems(tables, package["created"][:10], gaps)
    if not problems:
        problems += _clashes(root, package, tables)
    return problems + list(kept.problems(root)) + list(ledger.problems(root, package, raw))


def _file_problems(table: pd.DataFrame, resource: dict) -> Iterator[Problem]:
    """One file by itself: number of rows, characters, ids and repeated rows."""
    name, rows = resource["path"], resource["expectedRows"]
    if not rows["minimum"] <= len(table) <= rows["maximum"]:
        expected = f"expected {rows['minimum']} to {rows['maximum']} rows"
        yield Problem(name, None, "", str(len(table)), expected)
    yield from _characters(table, name)
    yield from _ids(table, resource)
    yield from _repetitions(table, resource)


def _characters(table: pd.DataFrame, name: str) -> Iterator[Problem]:
    for column in table:
        cells = table[column].dropna()
        for line, cell in cells[cells.str.contains(_STRANGE_OR_CONTROL)].items():
            found = _STRANGE_OR_CONTROL.search(cell)[0]
            what = _STRANGE.get(found, f"a control character (U+{ord(found):04X})")
            yield Problem(name, line, column, cell.replace(found, f"<U+{ord(found):04X}>")[:60], f"holds {what}")
        for line, cell in cells[cells != cells.str.strip()].items():
            if not _STRANGE_OR_CONTROL.search(cell):
                yield Problem(name, line, column, cell[:60], "begins or ends with a blank")


def _ids(table: pd.DataFrame, resource: dict) -> Iterator[Problem]:
    """Ids of the form letter and number: none is left out but the known gaps, and rows stand in their order."""
    key, *more = resource["schema"]["primaryKey"]
    if more:
        return
    ids = table[key].dropna()
    ids = ids[ids.str.fullmatch(r"[a-z]\d+")]
    for letter, group in ids.groupby(ids.str[0]):
        width, numbers = len(group.iloc[0]) - 1, group.str[1:].astype(int)
        expected = {f"{letter}{number:0{width}}" for number in range(1, numbers.max() + 1)}
        gone = expected - set(group) - set(resource.get("gaps", []))
        if gone:
            why = "is missing; an id is never reused, and one that was given up is named under gaps in datapackage.json"
            yield Problem(resource["path"], None, key, ", ".join(sorted(gone)[:5]), why)
        for line in group.index[numbers.diff() < 0]:
            yield Problem(resource["path"], line, key, group[line], "does not stand in the order of the ids")


def _repetitions(table: pd.DataFrame, resource: dict) -> Iterator[Problem]:
    key, *more = resource["schema"]["primaryKey"]
    if more:
        for line in table.index[table.duplicated([key, *more])]:
            value = ", ".join(table.loc[line, [key, *more]].fillna(""))
            yield Problem(resource["path"], line, key, value, "stands twice")
        return
    if not key.endswith("_id"):  # a list of which nothing is known looks like another one
        return
    first: dict[tuple, int] = {}
    content = table.drop(columns=[key, "project_id"], errors="ignore").fillna("")
    for line, row in zip(table.index, content.itertuples(index=False, name=None), strict=True):
        if first.setdefault(row, line) != line and table[key][line] != table[key][first[row]]:
            why = f"repeats row {first[row]} under another id"
            yield Problem(resource["path"], line, key, str(table[key][line]), why)


def _vocabularies(tables: Tables, resources: dict[str, dict]) -> Iterator[Problem]:
    """Codes of a table that the description allows nowhere, or not in each column that refers to them."""
    lacking: dict[tuple[str, str, str], list[str]] = {}
    for name, resource in resources.items():
        for field in resource["schema"]["fields"]:
            other, _, key = field.get("references", "").partition(".")
            allowed = field.get("constraints", {}).get("enum")
            if allowed and other in tables:
                for code in tables[other][key].dropna()[lambda codes, allowed=allowed: ~codes.isin(allowed)]:
                    lacking.setdefault((other, key, code), []).append(f"{name}.{field['name']}")
    for (other, key, code), named in lacking.items():
        line = tables[other].index[tables[other][key] == code][0]
        why = f"is not in the enum of {' and '.join(named)} in datapackage.json; add it there"
        yield Problem(resources[other]["path"], line, key, code, why)


def _unused(tables: Tables) -> Iterator[Problem]:
    """Documents that no row names."""
    citing = ["registrations", "batches", "published_counts", "events"]
    if not {"sources", *citing} <= set(tables):
        return
    used = {value for name in citing for cell in tables[name].source_ids.dropna() for value in cell.split()}
    for line, value in tables["sources"].source_id.dropna().items():
        if value not in used:
            yield Problem("sources.csv", line, "source_id", value, "no row names this document")


def _clashes(root: Path, package: dict, tables: Tables) -> Iterator[Problem]:
    """Published counts that cannot hold together, by the program behind the bounds."""
    plain = {name: table.reset_index(drop=True) for name, table in tables.items()}
    record = data.Data(root, package, "", **plain, official=data.NO_LISTS)
    clashing = bounds.Model(record).clash()
    ids = [fact.id for fact in clashing]
    counts = tables["published_counts"].set_index("count_id", drop=False)
    lines = dict(zip(counts.count_id, tables["published_counts"].index, strict=True))
    for fact in clashing:
        others = ", ".join(other for other in ids if other != fact.id)
        why = f"cannot hold together with {others}; give them one conflict_group and set one aside with a reason"
        file, line = ("published_counts.csv", lines[fact.id]) if fact.id in lines else ("registrations.csv", None)
        yield Problem(file, line, "value" if line else "batch", fact.text, why)
