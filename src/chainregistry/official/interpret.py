"""From the lines and rows of a document to the list in it."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urljoin

import pandas as pd

from chainregistry import filing
from chainregistry.official.judge import NUMBER, row_problems, sequence_problems, valid_rows
from chainregistry.official.model import Doubt, Item, Line, Link, ListError, Problem, Row

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


class Interpreter:
    """Finds the list among the lines and rows of a document."""

    def __init__(self, items: list[Item], name: str) -> None:
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
                columns["filing_number"] < len(row) <= width and NUMBER.search(row[columns["filing_number"]])
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
        if NUMBER.search(text):
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
        rows["valid"] = valid_rows(rows)
        by_row: dict[int, list[Problem]] = {row: [] for row in range(1, len(rows) + 1)}
        for row, entry in enumerate(self.entries, start=1):
            by_row[row] += [Problem(row, *doubt) for doubt in entry.doubts]
        for problem in [*sequence_problems(printed, whole), *row_problems(rows)]:
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
