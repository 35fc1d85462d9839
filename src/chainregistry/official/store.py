"""Imported lists in the data folder: reading a list, and writing it.

Each imported list has up to three files: ``batch-NN.csv`` with its rows, ``batch-NN.problems.csv`` with a line for
everything doubtful (only where there is something), and ``batch-NN.json`` with where it came from and the
hashes of the other two. Simulated lists have SIMULATED in their names and never share a folder with real ones.
"""

import csv
import dataclasses
import hashlib
import json
import os
import re
from datetime import date
from pathlib import Path

import pandas as pd
import psutil

from chainregistry import data, filing
from chainregistry.days import is_date
from chainregistry.official import refusal, worker
from chainregistry.official.fetch import fetch
from chainregistry.official.interpret import Interpreter
from chainregistry.official.judge import FIRST, valid_rows
from chainregistry.official.model import (
    COLUMNS,
    PROBLEM_COLUMNS,
    ImportResult,
    ListError,
    OfficialList,
    OnlyLinks,
    Problem,
)

LEFT_OVER = re.compile(r"\.batch-.*\.([0-9]{1,9})\.tmp")
"""Name of a file while it is written, with the id of the process that writes it."""
_FILES = re.compile(r"batch-([0-9]{2,3})(\.SIMULATED)?(\.problems\.csv|\.csv|\.json)")


def read_list(source: str | Path) -> OfficialList:
    """Read a list from a PDF, DOCX, XLSX, XLS, HTML or CSV file, or from the http(s) address of one.

    Of a page at an address that holds no list but links to one file only, that file is read.

    Raises
    ------
    ListError
        one line, for the user: the source cannot be reached, or is not a list of this register.
    """
    name, content = fetch(str(source))
    try:
        return _read_content(name, content)
    except OnlyLinks as error:
        if len(error.addresses) > 1 or not re.match("https?://", name, re.IGNORECASE):
            raise
        address = refusal.full(name, error.addresses[0])
    try:
        found = _read_content(*fetch(address))
    except ListError as error:
        raise ListError(f"{name}: the page holds no list, nor does the only file that it links to: {error}") from None
    return dataclasses.replace(found, told=[f"the only file that {name} links to", *found.told])


def _read_content(name: str, content: bytes) -> OfficialList:
    try:
        kind = worker.kind_of(content)
        found = Interpreter(worker.read(content, kind), name).result()
    except OnlyLinks as error:
        raise OnlyLinks(f"{name}: {error}", error.addresses) from None
    except ListError as error:
        raise ListError(f"{name}: {error}") from None
    if found["published"] and (why := doubtful_day(found["published"])):
        found["problems"].append(Problem(None, "published", found["published"], f"{why}, so not taken over"))
        found["published"] = ""
    return OfficialList(source=name, sha256=hashlib.sha256(content).hexdigest(), format=kind, **found)


def import_list(
    source: str | Path,
    data_dir: str | Path | None = None,
    batch: int | None = None,
    published: str | None = None,
    replace: bool = False,
) -> ImportResult:
    """Read a list and write it to ``official/`` in the data folder; the same list again changes nothing.

    Parameters
    ----------
    source
        path or http(s) address
    data_dir
        data folder [default: as ``data.folder``]
    batch, published
        number of the list, and date as YYYY-MM-DD, where the source does not say them
    replace
        put the list in the place of another one of the same number, which is kept in ``official/replaced/``

    Raises
    ------
    ListError
        one line, for the user; then nothing was written.
    """
    found, root = read_list(source), data.folder(data_dir)
    if batch and found.batch_from == "title" and batch != found.batch:
        raise ListError(f"{found.source}: its title says list {found.batch}, not {batch}")
    number = batch or found.batch
    if not number:
        raise ListError(f"{found.source}: neither title nor file name says which list it is: add --batch N")
    if published and not is_date(published):
        raise ListError(f"{published}: not a date of the form YYYY-MM-DD (or YYYY-MM, YYYY)")
    if published and (why := doubtful_day(published)):
        raise ListError(f"{published} {why}: no list was published then")
    known = _published_lists(root).get(str(number), {})
    day = published or found.published
    if not day and known.get("date_precision") in ("day", "month"):
        day = known["published"]
    expected = int(known["services"]) if known.get("services", "").isdecimal() else None

    folder, stem = root / "official", f"batch-{number:02d}{'.SIMULATED' * found.simulated}"
    table = as_written(found.rows, number, day)
    files = {f"{stem}.csv": _csv_bytes(table)}
    if found.problems:
        files[f"{stem}.problems.csv"] = _csv_bytes(_problem_table(found))
    result = ImportResult(
        found.source, folder / f"{stem}.csv", "imported", number, len(table), int(found.rows.valid.sum()),
        expected, found.simulated, len(found.problems), found.numbers, found.ignored_columns, found.told,
    )  # fmt: skip
    origin = {
        "batch": number,
        "published": day,
        "simulated": found.simulated,
        "source": found.source,
        "sha256": found.sha256,
        "format": found.format,
        "imported": date.today().isoformat(),
        "rows": result.rows,
        "valid": result.valid,
        "problems": result.problems,
        "expected": expected,
        "difference": result.difference,
        "numbers": found.numbers,
        "ignored_columns": found.ignored_columns,
        "told": found.told,
        "notes": found.notes,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    try:
        status = _compare(folder, stem, origin, files, replace)
        _clear(folder)
    except OSError as error:
        raise ListError(f"{folder}: cannot be read ({error.strerror})") from None
    if status != "unchanged":
        files[f"{stem}.json"] = (json.dumps(origin, ensure_ascii=False, indent=2) + "\n").encode()
        try:
            _write(folder, stem, files)
        except OSError as error:
            raise ListError(f"{folder}: cannot be written ({error.strerror}); nothing was changed") from None
    return dataclasses.replace(result, status=status)


def remove(batch: int, data_dir: str | Path | None = None) -> tuple[int, Path]:
    """Take an imported list out again; its files are kept in ``official/replaced/``.

    Returns the number of its rows, and the file that holds them now.

    Raises
    ------
    ListError
        one line, for the user: there is no such list, or the folder cannot be written; then nothing was changed.
    """
    folder = data.folder(data_dir) / "official"
    try:
        own = {name.removesuffix(file[3]) for name, file in files_of(folder).items() if int(file[1]) == batch}
    except OSError as error:
        raise ListError(f"{folder}: cannot be read ({error.strerror})") from None
    if not own:
        raise ListError(f"list {batch} has not been imported into {folder}")
    stem = own.pop()
    table = folder / f"{stem}.csv"
    try:
        rows = max(len(table.read_bytes().splitlines()) - 1, 0) if table.exists() else 0
        aside = _write(folder, stem, {})
    except OSError as error:
        raise ListError(f"{folder}: cannot be written ({error.strerror}); nothing was changed") from None
    return rows, aside


def _published_lists(root: Path) -> dict[str, dict[str, str]]:
    """Rows of ``batches.csv`` by number; none where there is no such file."""
    try:
        with open(root / "batches.csv", encoding="utf-8", newline="") as file:
            return {row.get("batch", ""): row for row in csv.DictReader(file, restval="")}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or f"not a CSV file in UTF-8: {error}"
        raise ListError(f"{root / 'batches.csv'}: cannot be read ({why})") from None


def as_written(rows: pd.DataFrame, batch: int, published: str) -> pd.DataFrame:
    """The file's columns, as text, from sequence, names, number, remark."""
    parts = [_parts(number) for number in rows.filing_number]
    table = rows.assign(
        batch=str(batch),
        published=published,
        sequence=rows.sequence.astype("str").where(rows.sequence.notna(), ""),
        valid=valid_rows(rows).map({True: "true", False: "false"}),
        **{name: [part[i] for part in parts] for i, name in enumerate(COLUMNS[7:13])},
    )
    return table[COLUMNS].astype("str")


def _parts(number: str) -> tuple[str, str, str, str, str, str]:
    """Province, county, its name, year, subject and service of a number; empty where it has not the form."""
    try:
        parts = filing.parse(number)
    except filing.FilingNumberError:
        return ("",) * 6
    county = str(parts.county or "")
    return parts.province_code, parts.county_code, county, str(parts.year), parts.subject, parts.service_no


def _problem_table(found: OfficialList) -> pd.DataFrame:
    """Problems by line of the file; a value that a spreadsheet would take for a formula is marked as text."""
    rows = [
        (
            "" if problem.row is None else str(problem.row),
            "" if problem.row is None else str(found.rows.sequence[problem.row - FIRST]).replace("<NA>", ""),
            problem.column,
            re.sub(r"^(?=[=+\-@\t\r])", "'", problem.value),
            problem.why,
        )
        for problem in found.problems
    ]
    return pd.DataFrame(rows, columns=PROBLEM_COLUMNS, dtype="str")


def _csv_bytes(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _compare(folder: Path, stem: str, origin: dict, files: dict[str, bytes], replace: bool) -> str:
    """Whether the import is new, a replacement or no change; raises ListError where it is not allowed."""
    present = files_of(folder)
    if any(bool(file[2]) != origin["simulated"] for file in present.values()):
        kinds = ("simulated", "real") if origin["simulated"] else ("real", "simulated")
        raise ListError(
            f"{origin['source']}: a {kinds[0]} list, but {folder} holds {kinds[1]} ones: use another --data folder"
        )
    own = {name for name in present if name.startswith(f"{stem}.")}
    if not own:
        return "imported"
    try:
        before = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        before = {}
    same = before.get("sha256") == origin["sha256"] if isinstance(before, dict) else False
    if same and own == {*files, f"{stem}.json"} and all((folder / n).read_bytes() == c for n, c in files.items()):
        return "unchanged"
    if replace:
        return "replaced"
    what = "from this file, but with other settings" if same else "from another file"
    raise ListError(
        f"{origin['source']}: list {origin['batch']} is already imported {what}: "
        "--replace puts this one in its place and keeps the old one aside"
    )


def files_of(folder: Path) -> dict[str, re.Match]:
    """Files of imported lists by name."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    return {name: found for name in names if (found := _FILES.fullmatch(name))}


def _clear(folder: Path) -> None:
    """Remove what an import that was ended from outside left half-written."""
    for path in [*folder.glob(".batch-*.tmp"), *folder.glob("replaced/.batch-*.tmp")]:
        left = LEFT_OVER.fullmatch(path.name)
        if left and not psutil.pid_exists(int(left[1])):
            path.unlink(missing_ok=True)


def doubtful_day(day: str) -> str:
    """Why a list cannot be of a day (or month or year); empty where it can."""
    if int(day[:4]) < filing.FIRST_YEAR:
        return f"is before {filing.FIRST_YEAR}, the year of the first list"
    return "is in the future" if day > date.today().isoformat()[: len(day)] else ""


def _write(folder: Path, stem: str, files: dict[str, bytes]) -> Path:
    """Write the files of a list, all or none; the json file, which vouches for the others, comes last.

    Files that stood there are kept aside; returned is where the rows are kept.
    """
    old = {name: (folder / name).read_bytes() for name in files_of(folder) if name.startswith(f"{stem}.")}
    mark = hashlib.sha256(b"".join(old.values())).hexdigest()[:8]
    batch, _, rest = f"{stem}.csv".partition(".")
    made = [path for path in (folder, folder / "replaced") if not path.exists() and (old or path == folder)]
    aside = {}
    if old:
        aside = {f"replaced/{name.replace(batch, f'{batch}-{mark}', 1)}": content for name, content in old.items()}
    done, temporary = [], []
    try:
        for path in made:
            path.mkdir(parents=True)
        for name, content in (aside | files).items():
            path = folder / name
            temporary.append(path.with_name(f".{path.name}.{os.getpid()}.tmp"))
            temporary[-1].write_bytes(content)
        for name, path in zip(aside | files, temporary, strict=True):
            done.append(name)
            os.replace(path, folder / name)
        for name in old.keys() - files.keys():
            done.append(name)
            (folder / name).unlink()
    except BaseException:
        for name in done:
            if name in old:
                (folder / name).write_bytes(old[name])
            else:
                (folder / name).unlink(missing_ok=True)
        raise
    finally:
        for path in temporary:
            path.unlink(missing_ok=True)
        for path in reversed(made):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
    return folder / "replaced" / f"{batch}-{mark}.{rest}"
