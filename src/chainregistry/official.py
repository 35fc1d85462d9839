"""Official lists: from a list as the regulator publishes it to ``official/batch-NN.csv`` in the data folder.

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
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pandas as pd

from chainregistry import data, filing, list_readers
from chainregistry.list_readers import Doubt, Line, Link, ListError, Row

__all__ = [
    "ImportResult",
    "ListError",
    "OfficialList",
    "import_list",
    "load",
    "match",
    "origins",
    "problems",
    "read_list",
]

COLUMNS = [
    "batch", "published", "sequence", "entity_zh", "service_zh", "filing_number", "valid", "province_code",
    "county_code", "county_zh", "year", "subject_code", "service_no", "remark",
]  # fmt: skip
PROBLEM_COLUMNS = ["row", "sequence", "column", "value", "why"]
TIMEOUT = (10, 30)
"""Seconds to connect, and between two parts of an answer."""
MAX_DOWNLOAD_SECONDS = 300
MATCH_THRESHOLD = 85.0
"""Least score (0 to 100) at which ``match`` calls a press row and an official row the same."""

_HEADINGS = {
    "sequence": r"序号?|NO\.?|#",
    "entity_zh": r"(?:区块链)?(?:信息)?(?:服务)?(?:备案)?(?:主体|单位|企业|公司|机构|提供者)(?:名称|全称)?",
    "service_zh": r"(?:备案)?(?:区块链)?(?:信息)?服务(?:名称|全称)",
    "filing_number": r"(?:区块链)?(?:信息)?(?:服务)?(?:网信)?备案(?:编号|号|号码)",
    "remark": r"备注",
}
_NEEDED = {"entity_zh", "service_zh", "filing_number"}
_BATCH = re.compile(r"第([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,5})批")
_NAMED_BATCH = re.compile(r"(?<![a-z])batch[-_ ]*0*([0-9]{1,3})(?![0-9])", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_/.]?)([01]\d)[-_/.]?([0-3]\d)(?!\d)|(20\d\d)年(\d\d?)月(\d\d?)日", re.ASCII)
_PAGE = re.compile(r"[-—–~·]*(?:第|PAGE)?[0-9]+页?(?:(?:[-—–~·/,]|OF|共)*[0-9]+页?)?[-—–~·]*")
_NOTE = re.compile(r"(?:注|备注|说明|来源)[:：]|\(?续表\)?$")
_NUMBER = re.compile(r"网\s*信\s*备\s*[0-9０-９]")
_FILES = re.compile(r"batch-([0-9]{2,3})(\.SIMULATED)?(\.problems\.csv|\.csv|\.json)")


@dataclass(frozen=True)
class Problem:
    """Something doubtful about a list; ``row`` counts its rows from 1, None where it is about no single row."""

    row: int | None
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class OfficialList:
    """A list as read. ``rows`` has the columns sequence (Int64), entity_zh, service_zh, filing_number, remark
    and valid, in list order; ``batch`` is None and ``published`` empty where the source does not say them.
    """

    source: str
    sha256: str
    format: str
    batch: int | None
    published: str
    simulated: bool
    rows: pd.DataFrame
    problems: list[Problem]
    batch_from: str
    ignored_columns: list[str]
    notes: list[str]


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
    ignored_columns: list[str] = field(default_factory=list)

    @property
    def difference(self) -> int | None:
        """Rows more (or fewer) than batches.csv has for the list; None where it has no total."""
        return None if self.expected is None else self.rows - self.expected

    def __str__(self) -> str:
        parts = [f"{self.source}: list {self.batch}{' (SIMULATED)' if self.simulated else ''} {self.status}"]
        parts.append(f"{self.rows} rows, {self.valid} valid")
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
        return f"{'; '.join(parts)} ({self.path})"


def read_list(source: str | Path) -> OfficialList:
    """Read a list from a PDF, DOCX, XLSX, XLS, HTML or CSV file, or from the http(s) address of one.

    Raises
    ------
    ListError
        one line, for the user: the source cannot be reached, or is not a list of this register.
    """
    name, content = _fetch(str(source))
    try:
        kind = list_readers.kind_of(content)
        items = list_readers.read(content, kind)
        found = _Interpreter(items, name).result()
    except ListError as error:
        raise ListError(f"{name}: {error}") from None
    return OfficialList(source=name, sha256=hashlib.sha256(content).hexdigest(), format=kind, **found)


# --- Getting the bytes ---------------------------------------------------------------------------------------


def _fetch(source: str) -> tuple[str, bytes]:
    """Name to record (a file's own name, or an address without its password) and contents of a source."""
    if re.match(r"https?://", source, re.IGNORECASE):
        return _download(source)
    if re.match(r"[a-z]+://", source, re.IGNORECASE):
        raise ListError(f"{source}: only http and https addresses can be read")
    path = Path(source)
    try:
        if not path.is_file():
            raise ListError(f"{source}: {'not a file' if path.exists() else 'no such file'}")
        with path.open("rb") as file:
            content = file.read(list_readers.MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ListError(f"{source}: cannot be read ({getattr(error, 'strerror', error)})") from None
    if len(content) > list_readers.MAX_BYTES:
        raise ListError(f"{path.name}: larger than {list_readers.MAX_BYTES // 10**6} MB, so not a list")
    return path.name, content


def _download(address: str) -> tuple[str, bytes]:
    import requests
    import urllib3

    parts = urlsplit(address)
    name = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    limit, chunks, size, start = list_readers.MAX_BYTES, [], 0, time.monotonic()
    try:
        with requests.Session() as session:
            session.max_redirects = 5
            session.headers["Accept-Encoding"] = "identity"
            with session.get(address, stream=True, timeout=TIMEOUT) as answer:
                if answer.status_code != 200:
                    raise ListError(f"{name}: the server answered {answer.status_code} {answer.reason}")
                while chunk := answer.raw.read1(65_536, decode_content=True):
                    chunks.append(chunk)
                    size += len(chunk)
                    if size > limit:
                        raise ListError(f"{name}: larger than {limit // 10**6} MB, so not a list")
                    if time.monotonic() - start > MAX_DOWNLOAD_SECONDS:
                        raise ListError(f"{name}: not complete after {MAX_DOWNLOAD_SECONDS} seconds")
    except requests.TooManyRedirects:
        raise ListError(f"{name}: redirected more than 5 times") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise ListError(f"{name}: the server did not answer in time; try again later") from None
    except urllib3.exceptions.ProtocolError:
        raise ListError(f"{name}: the connection broke off after {size} bytes; try again") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        if isinstance(error, ListError):
            raise
        raise ListError(f"{name}: cannot be reached ({type(error).__name__})") from None
    return name, b"".join(chunks)


# --- From lines and rows to a list ---------------------------------------------------------------------------


@dataclass
class _Entry:
    """A row of the list while it is put together; ``first`` and ``last`` say that a page may break there."""

    cells: dict[str, str]
    batch: int | None
    first: bool
    last: bool = False
    doubts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        text = filing.compact(self.cells["sequence"])
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else None

    @property
    def complete(self) -> bool:
        """Whether the filing number has its full form, right or wrong."""
        try:
            filing.parse(self.cells["filing_number"])
        except filing.FilingNumberError:
            return False
        return True


class _Interpreter:
    """Finds the list among the lines and rows of a document."""

    def __init__(self, items: list[list_readers.Item], name: str) -> None:
        self.name = unquote(name.rpartition("/")[2])
        self.source = name
        self.items = items
        self.columns: dict[str, int] = {}
        self.headings: list[str] = []
        self.entries: list[_Entry] = []
        self.problems: list[Problem] = []
        self.ignored: dict[str, None] = {}
        self.notes: list[str] = []
        self.dates: set[str] = set()
        self.outside: list[str] = []
        self.batch: int | None = None
        self.simulated = "SIMULATED" in self.name.upper() or "模拟" in self.name
        self.at_break = True

    def result(self) -> dict:
        self._collect()
        if not self.columns:
            raise ListError(self._why_not())
        self._drop_page_numbers()
        self._join_split_rows()
        self._refuse_others()
        rows = self._rows()
        batches = [entry.batch for entry in self.entries if entry.batch]
        named = _BATCH.findall(self.name) or _NAMED_BATCH.findall(self.name)
        batch = batches[0] if batches else _ordinal(named[0]) if named else None
        dates = self.dates if len(self.dates) == 1 else set(_dates(unquote(self.source)))
        return {
            "batch": batch,
            "batch_from": "title" if batches else "name" if named else "",
            "published": min(dates) if len(dates) == 1 else "",
            "simulated": self.simulated,
            "rows": rows,
            "problems": self.problems,
            "ignored_columns": list(self.ignored),
            "notes": self.notes,
        }

    def _collect(self) -> None:
        in_list = self._tables_of_the_list()
        for item in self.items:
            match item:
                case Line(text):
                    self._line(text)
                case Doubt(text):
                    self.problems.append(Problem(None, "", "", text))
                case Row(table, cells):
                    if table in in_list:
                        self._row(cells, new_table=in_list.pop(table, False))
                        in_list[table] = False
                    else:
                        self._line(" ".join(cells))

    def _tables_of_the_list(self) -> dict[int, bool]:
        """Tables with the headings, and those that go on in the same columns; all True, for not begun."""
        tables: dict[int, list[list[str]]] = {}
        for item in self.items:
            if isinstance(item, Row):
                tables.setdefault(item.table, []).append(item.cells)
        found, columns, width = {}, {}, 0
        for table, rows in tables.items():
            headers = [row for row in rows if _columns(row)]
            if headers:
                columns, width = _columns(headers[-1]), len(headers[-1])
            elif not columns or not any(
                columns["filing_number"] < len(row) <= width and _NUMBER.search(row[columns["filing_number"]])
                for row in rows
            ):
                continue
            found[table] = True
        return found

    def _line(self, text: str) -> None:
        plain = filing.compact(text)
        if "SIMULATED" in plain:
            self.simulated = True
        batches = {_ordinal(number) for number in _BATCH.findall(plain)}
        about = re.search("区块链|备案|清单", plain) or _BATCH.fullmatch(plain)
        if len(batches) == 1 and len(plain) <= 80 and about:
            self.batch = batches.pop()
            self.simulated = self.simulated or "模拟" in plain
        if not self.entries and len(plain) <= 60:
            self.dates.update(_dates(plain))
        if _NUMBER.search(text):
            self.outside.append(text)
        self._break()

    def _break(self) -> None:
        self.at_break = True
        if self.entries:
            self.entries[-1].last = True

    def _row(self, cells: list[str], new_table: bool) -> None:
        if new_table:
            self._break()
        filled = [cell.strip() for cell in cells if cell.strip()]
        if columns := _columns(cells):
            self.columns, self.headings = columns, [filing.compact(cell) for cell in cells]
            taken = columns.values()
            self.ignored |= dict.fromkeys(
                heading for i, heading in enumerate(self.headings) if heading and i not in taken
            )
            self._break()
        elif not self.columns or not filled:
            self._line(" ".join(filled))
        elif len(set(filled)) == 1 and self._is_furniture(filled[0]):
            self._line(filled[0])
        else:
            self._entry(cells)

    def _is_furniture(self, text: str) -> bool:
        """Whether a row of one text is a repeated title, a page number or a note, and no row of the list."""
        plain = filing.compact(text)
        if _NOTE.match(plain):
            self.notes.append(" ".join(text.split()))
            return True
        return bool(_BATCH.search(plain) and re.search("备案|清单", plain)) or bool(
            _PAGE.fullmatch(plain) and not plain.isdecimal()
        )

    def _entry(self, cells: list[str]) -> None:
        places = self.columns
        cells = [_clean(cell) if cell.strip() else "" for cell in cells]
        taken = {name: cells[i] if i < len(cells) else "" for name, i in places.items()}
        entry = _Entry(dict.fromkeys(_HEADINGS, "") | taken, self.batch, first=self.at_break)
        for i, cell in enumerate(cells):
            if cell and (i >= len(self.headings) or not self.headings[i]):
                why = "stands in a column without a heading: rows may have run together"
                entry.doubts.append(("", _joined(cell), why))
        self.at_break = False
        self.entries.append(entry)

    def _drop_page_numbers(self) -> None:
        """Drop rows of a bare number, except one that is the next sequence number: a row without names."""
        kept: list[_Entry] = []
        for i, entry in enumerate(self.entries):
            filled = [cell for cell in entry.cells.values() if cell.strip()]
            if len(filled) == 1 and filing.compact(filled[0]).isdecimal() and not entry.doubts:
                after = self.entries[i + 1].number if i + 1 < len(self.entries) else None
                before = kept[-1].number if kept else 0
                if entry.number is None or before is None or entry.number != before + 1 or after == entry.number:
                    if kept:
                        kept[-1].last = True
                    if i + 1 < len(self.entries):
                        self.entries[i + 1].first = True
                    continue
            kept.append(entry)
        self.entries = kept

    def _join_split_rows(self) -> None:
        """Join what a page break parted, where the numbering leaves no place for a row more."""
        joined: list[_Entry] = []
        for i, entry in enumerate(self.entries):
            above = joined[-1] if joined else None
            if above and self._are_halves(joined, entry, self.entries[i + 1 : i + 2]):
                for name, text in entry.cells.items():
                    parts = [part for part in (above.cells[name], text) if part.strip()]
                    above.cells[name] = "\n".join(parts)
                above.doubts += entry.doubts
                above.last = entry.last
            else:
                joined.append(entry)
        self.entries = joined

    def _are_halves(self, joined: list[_Entry], entry: _Entry, following: list[_Entry]) -> bool:
        above = joined[-1]
        if "sequence" in self.columns and bool(above.cells["sequence"]) == bool(entry.cells["sequence"]):
            return False
        if above.complete and entry.complete:
            return False
        whole = above.cells["filing_number"] + entry.cells["filing_number"]
        one_number = (
            not above.complete and not entry.complete and _Entry({"filing_number": whole}, None, False).complete
        )
        if not one_number and not (above.last and entry.first):
            return False
        own = above.number if above.number is not None else entry.number
        before = joined[-2].number if len(joined) > 1 else None
        after = following[0].number if following else None
        if own is None:
            return one_number
        if before is not None and own != before + 1:
            return False
        return after == own + 1 if after is not None else not entry.complete or not above.cells["filing_number"]

    def _refuse_others(self) -> None:
        numbers = [filing.compact(entry.cells["filing_number"]) for entry in self.entries]
        ours, algorithms = (sum(word in number for number in numbers) for word in ("网信备", "网信算备"))
        if not self.entries:
            raise ListError("its table has no rows")
        if not ours or algorithms > ours:
            raise ListError(self._why_not())
        batches = sorted({entry.batch for entry in self.entries if entry.batch})
        if len(batches) > 1:
            listed = " and ".join(map(str, batches))
            raise ListError(f"it holds more than one list ({listed}): save each in a file of its own")

    def _why_not(self) -> str:
        rows = filing.compact("|".join(cell for item in self.items if isinstance(item, Row) for cell in item.cells))
        text = rows + filing.compact("|".join(item.text for item in self.items if isinstance(item, Line)))
        links = [item.address for item in self.items if isinstance(item, Link)]
        if "网信算备" in text:
            return "a list of algorithm filings (网信算备), which is another register"
        if re.search("ICP[备证]", rows):
            return "a list of ICP numbers of websites, which is another register"
        if links:
            return f"the page holds no list, but links to files: try the address {urljoin(self.source, links[0])}"
        if self.columns:
            return "not a list of this register: no row has a filing number with 网信备"
        return "not a list of this register: no table has the columns 主体名称, 服务名称 and 备案编号"

    def _rows(self) -> pd.DataFrame:
        """The rows as a table; what is doubtful about them goes to ``problems``."""
        cells = [entry.cells for entry in self.entries]
        if "sequence" not in self.columns:
            cells = [row | {"sequence": str(i)} for i, row in enumerate(cells, start=1)]
        rows = pd.DataFrame(
            {name: [_joined(row[name]).strip() for row in cells] for name in ("entity_zh", "service_zh", "remark")},
            dtype="str",
        )
        rows["filing_number"] = pd.Series([filing.compact(row["filing_number"]) for row in cells], dtype="str")
        printed = [filing.compact(row["sequence"]) for row in cells]
        whole = [int(text) if re.fullmatch("[0-9]{1,9}", text) else None for text in printed]
        rows["sequence"] = pd.Series(whole, dtype="Int64")
        rows["valid"] = _valid(rows)
        by_row: dict[int, list[Problem]] = {row: [] for row in range(1, len(rows) + 1)}
        for row, entry in enumerate(self.entries, start=1):
            by_row[row] += [Problem(row, *doubt) for doubt in entry.doubts]
        for problem in [*_sequence_problems(printed, whole), *_row_problems(rows)]:
            by_row[problem.row].append(problem)
        self.problems += [problem for found in by_row.values() for problem in found]
        known = {number.removesuffix("号") for number in rows.filing_number}
        for text in self.outside:
            for finding in filing.find(text):
                if finding.number and "网信备" in finding.number and finding.number.removesuffix("号") not in known:
                    why = "stands outside the rows of the list: a row may be missing"
                    self.problems.append(Problem(None, "filing_number", finding.number, why))
        return rows


def _columns(cells: list[str]) -> dict[str, int]:
    """Place of each column by the headings in a row; empty where the row is no heading of a list."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        plain = re.sub(r"\(.*?\)", "", filing.compact(cell)) if len(cell) < 60 else ""
        for name, form in _HEADINGS.items():
            if re.fullmatch(form, plain):
                found.setdefault(name, place)
    return found if found.keys() >= _NEEDED else {}


def _ordinal(text: str) -> int:
    """A number up to 199 in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    digits = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (digits.get(hundreds[-1:], 1) if "百" in text else 0)
    return value + 10 * (digits.get(tens[-1:], 1) if ten else 0) + digits.get(ones[-1:], 0)


def _dates(text: str) -> list[str]:
    found = []
    for year, _, month, day, *chinese in _DATE.findall(text):
        try:
            found.append(date(*map(int, chinese if not year else (year, month, day))).isoformat())
        except ValueError:
            continue
    return found


def _clean(text: str) -> str:
    """Text without the control characters and half characters that no name holds."""
    return re.sub(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]", "", text.replace("\t", " "))


def _joined(text: str) -> str:
    """Lines of a wrapped cell as one: a blank stays, or comes between Latin words, never between Chinese ones."""
    whole = ""
    for line in text.splitlines():
        left, right = whole.rstrip(), line.lstrip()
        blank = len(left) + len(right) < len(whole) + len(line)
        latin = re.search(r"[A-Za-z0-9.,;:&)]$", left) and re.match(r"[A-Za-z0-9(&]", right)
        chinese = left[-1:] > "\u2e7f" and right[:1] > "\u2e7f"
        whole = left + (" " if left and right and (latin or (blank and not chinese)) else "") + right
        whole += line[len(line.rstrip()) :] if right else ""
    return whole


def _sequence_problems(printed: list[str], numbers: list[int | None]) -> list[Problem]:
    found, seen, last = [], set(), 0
    for row, (text, number) in enumerate(zip(printed, numbers, strict=True), start=1):
        if number is None:
            why = "is not a whole number" if text else "the row has no sequence number"
            found.append(Problem(row, "sequence", text, why))
        elif number in seen:
            found.append(Problem(row, "sequence", text, "stands twice"))
        elif last is not None and number != last + 1:
            found.append(Problem(row, "sequence", text, f"follows {last}: rows may be missing or out of order"))
        seen.add(number)
        last = number if number is not None else last + 1 if last is not None else None
    return found


def _again(rows: pd.DataFrame) -> pd.Series:
    """Whether the number of a row stands in an earlier row, too."""
    return rows.filing_number.str.removesuffix("号").duplicated() & (rows.filing_number != "")


def _valid(rows: pd.DataFrame) -> pd.Series:
    """Whether a row has both names and a valid number that no earlier row has."""
    named = (rows.entity_zh != "") & (rows.service_zh != "")
    return (named & filing.verify(rows.filing_number) & ~_again(rows)).astype(bool)


def _row_problems(rows: pd.DataFrame) -> list[Problem]:
    found, again, right = [], _again(rows), filing.verify(rows.filing_number)
    places = {}
    for row, (entity, service, number) in enumerate(
        zip(rows.entity_zh, rows.service_zh, rows.filing_number, strict=True), start=1
    ):
        for column, name in (("entity_zh", entity), ("service_zh", service)):
            if not name:
                found.append(Problem(row, column, "", "is empty"))
            elif "\ufffd" in name or "(cid:" in name:
                found.append(Problem(row, column, name, "holds a character that could not be read"))
            elif _NUMBER.search(name):
                found.append(Problem(row, column, name, "holds a filing number: rows may have run together"))
        if not number:
            found.append(Problem(row, "filing_number", "", "is missing"))
        elif not right[row - 1]:
            found.append(Problem(row, "filing_number", number, _why_invalid(number)))
        if again[row - 1]:
            why = f"stands in row {places[number.removesuffix('号')]}, too"
            found.append(Problem(row, "filing_number", number, why))
        places.setdefault(number.removesuffix("号"), row)
    return found


def _why_invalid(number: str) -> str:
    findings = filing.find(number)
    if len(findings) > 1:
        return f"holds {len(findings)} filing numbers: rows may have run together"
    return findings[0].why or f"has further characters beside {findings[0].number}"


# --- The data folder -----------------------------------------------------------------------------------------


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
    if published and not _is_date(published):
        raise ListError(f"{published}: not a date of the form YYYY-MM-DD (or YYYY-MM, YYYY)")
    known = _published_lists(root).get(str(number), {})
    day = published or found.published
    if not day and known.get("date_precision") in ("day", "month"):
        day = known["published"]
    expected = int(known["services"]) if known.get("services", "").isdecimal() else None

    folder, stem = root / "official", f"batch-{number:02d}{'.SIMULATED' * found.simulated}"
    table = _table(found.rows, number, day)
    files = {f"{stem}.csv": _csv_bytes(table)}
    if found.problems:
        files[f"{stem}.problems.csv"] = _csv_bytes(_problem_table(found))
    result = ImportResult(
        found.source, folder / f"{stem}.csv", "imported", number, len(table), int(found.rows.valid.sum()),
        expected, found.simulated, len(found.problems), found.ignored_columns,
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
        "ignored_columns": found.ignored_columns,
        "notes": found.notes,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    status = _compare(folder, stem, origin, files, replace)
    if status != "unchanged":
        files[f"{stem}.json"] = (json.dumps(origin, ensure_ascii=False, indent=2) + "\n").encode()
        try:
            _write(folder, stem, files)
        except OSError as error:
            raise ListError(f"{folder}: cannot be written ({error.strerror}); nothing was changed") from None
    return dataclasses.replace(result, status=status)


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


def _published_lists(root: Path) -> dict[str, dict[str, str]]:
    """Rows of ``batches.csv`` by number; none where there is no such file."""
    try:
        with open(root / "batches.csv", encoding="utf-8", newline="") as file:
            return {row.get("batch", ""): row for row in csv.DictReader(file, restval="")}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ListError(f"{root / 'batches.csv'}: cannot be read ({error})") from None


def _table(rows: pd.DataFrame, batch: int, published: str) -> pd.DataFrame:
    """The file's columns, as text, from sequence, names, number, remark."""
    parts = [_parts(number) for number in rows.filing_number]
    table = rows.assign(
        batch=str(batch),
        published=published,
        sequence=rows.sequence.astype("str").where(rows.sequence.notna(), ""),
        valid=_valid(rows).map({True: "true", False: "false"}),
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
            "" if problem.row is None else str(problem.row + 1),
            "" if problem.row is None else str(found.rows.sequence[problem.row - 1]).replace("<NA>", ""),
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
    present = _present(folder)
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
    except (OSError, ValueError):
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


def _present(folder: Path) -> dict[str, re.Match]:
    """Files of imported lists by name."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {name: found for name in names if (found := _FILES.fullmatch(name))}


def _write(folder: Path, stem: str, files: dict[str, bytes]) -> None:
    """Write the files of a list, all or none; the json file, which vouches for the others, comes last."""
    old = {name: (folder / name).read_bytes() for name in _present(folder) if name.startswith(f"{stem}.")}
    made = [path for path in (folder, folder / "replaced") if not path.exists() and (old or path == folder)]
    aside = {}
    if old:
        mark = hashlib.sha256(b"".join(old.values())).hexdigest()[:8]
        batch = stem.partition(".")[0]
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
        raise data.DataError(f"{folder} does not hold what was imported: {wrong[0]} ({len(wrong)} problems in all)")
    tables = [pd.DataFrame(columns=[*COLUMNS, "simulated"], dtype="str")]
    for name, file in _present(folder).items():
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
    records = [folder / name for name, file in _present(folder).items() if file[3] == ".json"]
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
    if not folder.is_dir():
        return []
    present, found = _present(folder), []

    def report(name: str, why: str, row: int | None = None, column: str = "", value: str = "") -> None:
        found.append(data.Problem(f"official/{name}", row, column, value, why))

    for path in sorted(folder.iterdir()):
        if path.name not in present and path.name != "replaced":
            report(path.name, "does not belong here: only `chainregistry import` writes to this folder")
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
        except (OSError, ValueError, KeyError, TypeError):
            report(f"{stem}.json", "is not the record of an import: import the list anew with --replace")
            continue
        for name in sorted(own - {f"{stem}.json"} | hashes.keys() | {f"{stem}.csv"}):
            if name not in own:
                report(name, "file not found: import the list anew with --replace")
            elif data.sha256(folder / name) != hashes.get(name):
                report(name, "changed since it was imported: import the list anew with --replace", column="hash")
        if f"{stem}.csv" in own:
            for row, column, value, why in _contradictions(folder / f"{stem}.csv", present[f"{stem}.csv"]):
                report(f"{stem}.csv", why, row, column, value)
    return found


def _contradictions(path: Path, file: re.Match) -> Iterator[tuple[int | None, str, str, str]]:
    """Row, column, value and reason for each cell that does not follow from the names and the number."""
    try:
        table = _read(path)
    except (ValueError, OSError) as error:
        yield None, "", "", f"not a CSV file in UTF-8: {error}"
        return
    if list(table.columns) != COLUMNS:
        yield 1, "", "", f"the columns are not {', '.join(COLUMNS)}"
        return
    for row, value in enumerate(table.sequence, start=2):
        if not re.fullmatch("[0-9]*", value):
            yield row, "sequence", value, "is not a whole number"
    for row, value in enumerate(table.published, start=2):
        if value and not _is_date(value):
            yield row, "published", value, "is not a date"
    sequence = pd.to_numeric(table.sequence.replace("", None), errors="coerce").astype("Int64")
    derived = _table(table.assign(sequence=sequence), int(file[1]), "")
    for column in ("batch", "valid", *COLUMNS[7:13]):
        for row in table.index[table[column] != derived[column]]:
            why = f"should be {derived[column][row] or 'empty'} by the file name, the names and the number"
            yield row + 2, column, table[column][row], why


# --- Press and register --------------------------------------------------------------------------------------


def match(registrations: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """The official row that fits each registration named by the press best.

    A registration is compared with the rows of its own list, or of all lists where the press does not say which;
    the same filing number decides whatever the names (score 100). Otherwise the score is 0.4 of the likeness of
    the registrants (the shorter name inside the longer, without legal form) and 0.6 of that of the services, or
    the only one of the two that the press names.

    Parameters
    ----------
    registrations
        with registration_id, batch, entity_zh, service_zh, filing_number (``data.load().registrations``)
    register
        imported lists, as from ``load``

    Returns
    -------
    One row per registration whose list is imported: registration_id, batch, sequence, entity_score,
    service_score and score (0 to 100; missing where there is nothing to compare), matched (score of at least
    ``MATCH_THRESHOLD``, and no other row has the same), entity_zh and service_zh as in the register.
    """
    from rapidfuzz import fuzz, process

    register = register.reset_index(drop=True)
    plain = {name: register[name].map(_comparable) for name in ("entity_zh", "service_zh")}
    numbers = {n.removesuffix("号"): i for i, n in reversed(list(enumerate(register.filing_number))) if n}
    found = []
    for row in registrations.itertuples():
        same = numbers.get(filing.compact(row.filing_number).removesuffix("号"))
        pool = register.index if pd.isna(row.batch) else register.index[register.batch == row.batch]
        if same is not None:
            pool = register.index[[same]]
        if pool.empty:
            continue
        scores = {}
        for name, scorer in (("entity_zh", fuzz.partial_ratio), ("service_zh", fuzz.WRatio)):
            if text := _comparable(getattr(row, name)):
                scores[name] = process.cdist([text], plain[name][pool], scorer=scorer)[0].astype(float)
        weights = {"entity_zh": 0.4, "service_zh": 0.6}
        whole = sum(weights[name] for name in scores)
        total = sum(weights[name] / whole * score for name, score in scores.items()) if scores else None
        if same is not None:
            best, score, clear = 0, 100.0, True
        elif scores:
            best = int(total.argmax())
            score, clear = float(total[best]), int((total >= total[best]).sum()) == 1
        else:
            continue
        official = register.loc[pool[best]]
        found.append(
            {
                "registration_id": row.registration_id,
                "batch": official.batch,
                "sequence": official.sequence,
                "entity_score": scores["entity_zh"][best] if "entity_zh" in scores else None,
                "service_score": scores["service_zh"][best] if "service_zh" in scores else None,
                "score": score,
                "matched": clear and score >= MATCH_THRESHOLD,
                "entity_zh": official.entity_zh,
                "service_zh": official.service_zh,
            }
        )
    types = {
        "registration_id": "str", "batch": "Int64", "sequence": "Int64", "entity_score": "Float64",
        "service_score": "Float64", "score": "Float64", "matched": "bool", "entity_zh": "str", "service_zh": "str",
    }  # fmt: skip
    return pd.DataFrame(found, columns=list(types)).astype(types)


def _comparable(name: str) -> str:
    """A name without blanks, brackets, case and legal form."""
    text = re.sub(r"[\s()\[\]「」《》“”\"'·,.]", "", unicodedata.normalize("NFKC", name)).casefold()
    return re.sub(r"(?:股份|责任|集团)*有限(?:责任)?公司", "", text) or text
