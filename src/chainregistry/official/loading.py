"""Imported lists of a data folder, read back and checked: nothing is read that is not as it was imported."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from chainregistry import data
from chainregistry.days import is_date
from chainregistry.official.judge import FIRST
from chainregistry.official.model import COLUMNS
from chainregistry.official.store import LEFT_OVER, as_written, doubtful_day, files_of


def load(data_dir: str | Path | None = None) -> pd.DataFrame:
    """All imported lists as one table, one row per row of a list, sorted by list.

    Columns as in the files (batch, sequence and year Int64, valid bool, the rest text, empty where missing), and
    simulated (bool). Without any imported list, the table has no rows.

    Raises
    ------
    data.DataError
        if a file is not as it was imported; ``problems`` tells what is wrong.
    """
    folder = data.folder(data_dir) / "official"
    if wrong := problems(data_dir):
        more = f" ({len(wrong)} problems in all)" * (len(wrong) > 1)
        raise data.DataError(f"{folder} does not hold what was imported: {wrong[0]}{more}")
    tables = [pd.DataFrame(columns=[*COLUMNS, "simulated"], dtype="str")]
    for name, file in files_of(folder).items():
        if file[3] == ".csv":
            tables.append(_read(folder / name).assign(simulated="true" if file[2] else "false"))
    table = pd.concat(tables, ignore_index=True)
    for column in ("batch", "sequence", "year"):
        table[column] = pd.to_numeric(table[column].replace("", None)).astype("Int64")
    for column in ("valid", "simulated"):
        table[column] = (table[column] == "true").astype(bool)
    return table.sort_values("batch", kind="stable", ignore_index=True)


def origins(data_dir: str | Path | None = None) -> pd.DataFrame:
    """Where each imported list comes from: batch, source (address or file name), format, sha256, problems."""
    folder = data.folder(data_dir) / "official"
    records = [folder / name for name, file in files_of(folder).items() if file[3] == ".json"]
    found = [json.loads(path.read_text(encoding="utf-8")) for path in records]
    columns = ["batch", "source", "format", "sha256", "problems"]
    return pd.DataFrame(found, columns=columns).sort_values("batch", ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def problems(data_dir: str | Path | None = None) -> list[data.Problem]:
    """Everything wrong with the imported lists: files that do not belong, were changed, or contradict themselves.

    Doubtful rows of a list as published are no problem here; those stand in ``batch-NN.problems.csv``.
    """
    folder = data.folder(data_dir) / "official"
    found: list[data.Problem] = []
    try:
        present = files_of(folder)
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        return [data.Problem("official", None, "", "", f"cannot be read: {error.strerror}")]

    def report(name: str, why: str, row: int | None = None, column: str = "", value: str = "") -> None:
        found.append(data.Problem(f"official/{name}", row, column, value, why))

    for name in names:
        if LEFT_OVER.fullmatch(name):
            report(name, "was left half-written by an import that was ended: delete it (the next import does, too)")
        elif name not in present and name != "replaced":
            report(name, "does not belong here: only `chainregistry import` writes to this folder; delete it")
    if len({bool(file[2]) for file in present.values()}) > 1:
        report("", "holds simulated and real lists: keep them in different data folders")
    for stem in sorted({name.removesuffix(file[3]) for name, file in present.items()}):
        own = {name for name in present if name.removesuffix(present[name][3]) == stem}
        try:
            origin = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
            hashes = dict(origin["files"])
        except FileNotFoundError:
            report(f"{stem}.json", "file not found: import the list anew with --replace")
            continue
        except OSError as error:
            report(f"{stem}.json", f"cannot be read: {error.strerror}")
            continue
        except (ValueError, KeyError, TypeError):
            report(f"{stem}.json", "is not the record of an import: import the list anew with --replace")
            continue
        for name in sorted(own - {f"{stem}.json"} | hashes.keys() | {f"{stem}.csv"}):
            if name not in own:
                report(name, "file not found: import the list anew with --replace")
                continue
            try:
                if data.sha256(folder / name) != hashes.get(name):
                    report(name, "changed since it was imported: import the list anew with --replace", column="hash")
            except OSError as error:
                report(name, f"cannot be read: {error.strerror}")
        if f"{stem}.csv" in own:
            for row, column, value, why in _contradictions(folder / f"{stem}.csv", present[f"{stem}.csv"]):
                report(f"{stem}.csv", why, row, column, value)
    return found


def _contradictions(path: Path, file: re.Match) -> Iterator[tuple[int | None, str, str, str]]:
    """Row, column, value and reason for each cell that does not follow from the names and the number."""
    try:
        table = _read(path)
    except OSError:  # told with its digest
        return
    except ValueError as error:
        yield None, "", "", f"not a CSV file in UTF-8: {error}"
        return
    if list(table.columns) != COLUMNS:
        yield 1, "", "", f"the columns are not {', '.join(COLUMNS)}"
        return
    for row, value in enumerate(table.sequence, start=FIRST):
        if not re.fullmatch("[0-9]*", value):
            yield row, "sequence", value, "is not a whole number"
    for row, value in enumerate(table.published, start=FIRST):
        if value and not is_date(value):
            yield row, "published", value, "is not a date"
        elif value and (why := doubtful_day(value)):
            yield row, "published", value, why
    sequence = pd.to_numeric(table.sequence.replace("", None), errors="coerce").astype("Int64")
    derived = as_written(table.assign(sequence=sequence), int(file[1]), "")
    for column in ("batch", "valid", *COLUMNS[7:13]):
        for row in table.index[table[column] != derived[column]]:
            why = f"should be {derived[column][row] or 'empty'} by the file name, the names and the number"
            yield row + FIRST, column, table[column][row], why
