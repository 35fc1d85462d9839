"""From the lines and rows of a document to the list in it."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pandas as pd

from chainregistry import characters, filing
from chainregistry.official import entries, refusal
from chainregistry.official.entries import Entry
from chainregistry.official.headings import HEADINGS, columns
from chainregistry.official.judge import row_problems, sequence_problems, valid_rows
from chainregistry.official.model import Aside, Doubt, Item, Line, ListError, Problem, Row, Seen, Told
from chainregistry.official.wording import (
    BATCH,
    FULL,
    NAMED_BATCH,
    NOTE,
    NUMBER,
    PAGE,
    bare,
    clean,
    dates,
    joined,
    ordinal,
    plain_numbers,
    printed_numbers,
    sequence,
)


class Interpreter:
    """Finds the list among the lines and rows of a document."""

    def __init__(self, items: list[Item], name: str) -> None:
        self.name = unquote(name.rpartition("/")[2])
        self.source = name
        self.items = [_ordinary(item) for item in items]
        texts = (text for item in items for text in _texts(item))
        self.told = [item.text for item in items if isinstance(item, Told)] + characters.changes(texts)
        self.columns: dict[str, range] = {}
        self.headings: list[str | None] = []
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.ignored: dict[str, None] = {}
        self.notes: list[str] = []
        self.dates: set[str] = set()
        self.batch: int | None = None
        self.simulated = "SIMULATED" in self.name.upper() or "模拟" in self.name
        self.at_break = True

    def result(self) -> dict:
        """The fields of an ``OfficialList`` that follow from the document; raises ListError where it holds no list."""
        self._collect()
        if not self.columns:
            raise refusal.of(self.items, self.source, headings=False)
        self.entries = entries.without_page_numbers(self.entries)
        self.entries = entries.with_halves_joined(self.entries, "sequence" in self.columns)
        self._refuse_others()
        rows = self._rows()
        numbers = self._audit(rows)
        batches = [entry.batch for entry in self.entries if entry.batch]
        named = BATCH.findall(self.name) or NAMED_BATCH.findall(self.name)
        batch = batches[0] if batches else ordinal(named[0]) if named else None
        days = self.dates if len(self.dates) == 1 else set(dates(unquote(self.source)))
        return {
            "batch": batch,
            "batch_from": "title" if batches else "name" if named else "",
            "published": min(days) if len(days) == 1 else "",
            "simulated": self.simulated,
            "rows": rows,
            "problems": self.problems,
            "ignored_columns": list(self.ignored),
            "notes": self.notes,
            "numbers": numbers,
            "told": self.told,
        }

    def _collect(self) -> None:
        in_list, begun = self._tables_of_the_list(), set()
        for item in self.items:
            match item:
                case Line(text):
                    self._line(text)
                case Doubt(text, value):
                    self.problems.append(Problem(None, "", value, text))
                case Row(inside=outer) if outer in in_list:
                    continue  # its text stands in a cell of the list
                case Row(table, cells) if table in in_list:
                    self._row(cells, new_table=table not in begun)
                    begun.add(table)
                case Row(cells=cells, own=own):
                    lines = [line for cell in own if cell for line in cell.split("\n")] if own else []
                    for text in lines or [" ".join(cell for cell in cells if cell and not own)]:
                        self._line(text)

    def _tables_of_the_list(self) -> set[int]:
        """Tables with the headings, and those that go on in the same columns."""
        tables: dict[int, list[Row]] = {}
        for item in self.items:
            if isinstance(item, Row):
                tables.setdefault(item.table, []).append(item)
        found, places, width = set(), {}, 0
        for table, rows in tables.items():
            if rows[0].inside in found:
                continue
            headers = [row.cells for row in rows if columns(row.own or row.cells)]
            if headers:
                places, width = columns(headers[-1]), len(headers[-1])
            elif not places or not any(
                len(row.cells) <= width and NUMBER.search(_under(row.cells, places["filing_number"])) for row in rows
            ):
                continue
            found.add(table)
        return found

    def _line(self, text: str) -> None:
        plain = filing.compact(text)
        if "SIMULATED" in plain:
            self.simulated = True
        batches = {ordinal(number) for number in BATCH.findall(plain)}
        about = re.search("区块链|备案|清单", plain) or BATCH.fullmatch(plain)
        if len(batches) == 1 and len(plain) <= 80 and about:
            self.batch = batches.pop()
            self.simulated = self.simulated or "模拟" in plain
        if not self.entries and len(plain) <= 60:
            self.dates.update(dates(plain))
        self._break()

    def _break(self) -> None:
        self.at_break = True
        if self.entries:
            self.entries[-1].last = True

    def _row(self, cells: list[str | None], new_table: bool) -> None:
        if new_table:
            self._break()
        filled = [cell.strip() for cell in cells if cell and cell.strip()]
        if places := columns(cells):
            self.columns = places
            self.headings = [cell if cell is None else filing.compact(cell) for cell in cells]
            taken = {place for span in places.values() for place in span}
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
        if NOTE.match(plain):
            self.notes.append(" ".join(text.split()))
            return True
        return bool(BATCH.search(plain) and re.search("备案|清单", plain)) or bool(
            PAGE.fullmatch(plain) and not plain.isdecimal()
        )

    def _entry(self, cells: list[str | None]) -> None:
        taken = {name: _under(cells, span) for name, span in self.columns.items()}
        entry = Entry(dict.fromkeys(HEADINGS, "") | taken, self.batch, first=self.at_break)
        covered = {place for span in self.columns.values() for place in span}
        for i, cell in enumerate(cells):
            headed = i in covered or (i < len(self.headings) and self.headings[i] != "")
            if cell and cell.strip() and not headed:
                why = "stands in a column without a heading: rows may have run together"
                entry.doubts.append(("", joined(cell), why))
        self.at_break = False
        self.entries.append(entry)

    def _refuse_others(self) -> None:
        numbers = [plain_numbers(entry.cells["filing_number"]) for entry in self.entries]
        ours, algorithms = (sum(word in number for number in numbers) for word in ("网信备", "网信算备"))
        if not self.entries:
            raise ListError("its table has no rows below the headings: take the whole document")
        if not ours or algorithms > ours:
            raise refusal.of(self.items, self.source, headings=True)
        batches = sorted({entry.batch for entry in self.entries if entry.batch})
        if len(batches) > 1:
            listed = " and ".join(map(str, batches))
            raise ListError(f"it holds more than one list ({listed}): save each in a file of its own")

    def _rows(self) -> pd.DataFrame:
        """The rows as a table; what is doubtful about them goes to ``problems``."""
        cells = [entry.cells for entry in self.entries]
        if "sequence" not in self.columns:
            cells = [row | {"sequence": str(i)} for i, row in enumerate(cells, start=1)]
        rows = pd.DataFrame(
            {name: [joined(row[name]).strip() for row in cells] for name in ("entity_zh", "service_zh", "remark")},
            dtype="str",
        )
        rows["filing_number"] = pd.Series([filing.compact(bare(row["filing_number"])) for row in cells], dtype="str")
        printed = [sequence(row["sequence"]) for row in cells]
        whole = [int(text) if re.fullmatch("[0-9]{1,9}", text) else None for text in printed]
        rows["sequence"] = pd.Series(whole, dtype="Int64")
        rows["valid"] = valid_rows(rows)
        by_row: dict[int, list[Problem]] = {row: [] for row in range(1, len(rows) + 1)}
        for row, entry in enumerate(self.entries, start=1):
            by_row[row] += [Problem(row, *doubt) for doubt in entry.doubts]
        for problem in [*sequence_problems(printed, whole), *row_problems(rows)]:
            by_row[problem.row].append(problem)
        self.problems += [problem for found in by_row.values() for problem in found]
        return rows

    def _audit(self, rows: pd.DataFrame) -> int:
        """Add a problem for every filing number of the document that no row holds; count the different numbers.

        This looks at all that was read, whatever became of it: what is left out on purpose, rows of other tables,
        columns that are not taken over, and the text once more in the order of the file.
        """
        columns_read = rows[["filing_number", "entity_zh", "service_zh", "remark"]]
        table = plain_numbers("|".join([*columns_read.to_numpy().ravel(), *(p.value for p in self.problems)]))
        seen = set(FULL.findall(table))
        known = set(printed_numbers(table))
        for item in self.items:
            match item:
                case Row(cells=cells, place=place):
                    texts, where = [cell for cell in cells if cell], place
                case Line(text, place) | Seen(text, place):
                    texts, where = [text], place
                case Aside(text, why):
                    texts, where = [text], why
                case _:
                    continue
            numbers = [number for text in texts for number in printed_numbers(text)]
            if isinstance(item, Seen):  # texts that follow by chance may look like a number, but not like a valid one
                numbers = [number for number in numbers if FULL.fullmatch(number) and filing.parse(number).valid]
            for number in numbers:
                seen.update(FULL.findall(number))
                if number not in known and number not in table:
                    known.add(number)
                    whole = " ".join(" ".join(texts).split())[:2000]
                    if isinstance(item, Seen):  # no row, but a whole page: what stands around the number
                        plain = plain_numbers(text)
                        whole = plain[max(plain.find(number) - 60, 0) :][: 120 + len(number)]
                    why = f"{number} stands outside the rows of the list{' (' * bool(where)}{where}{')' * bool(where)}"
                    self.problems.append(Problem(None, "filing_number", whole, f"{why}: a row may be missing"))
        return len(seen)


def _ordinary(item: Item) -> Item:
    """The item with ordinary characters, see ``characters``, and without control signs."""
    if isinstance(item, Row):
        cells = [cell if cell is None else clean(characters.ordinary(cell)) for cell in item.cells]
        own = item.own and [cell and clean(characters.ordinary(cell)) for cell in item.own]
        return replace(item, cells=cells, own=own)
    if isinstance(item, Doubt):
        return replace(item, value=clean(characters.ordinary(item.value)))
    return replace(item, text=clean(characters.ordinary(item.text))) if isinstance(item, Line | Aside | Seen) else item


def _texts(item: Item) -> list[str]:
    """Texts of an item whose characters count as those of the list."""
    return [cell for cell in item.cells if cell] if isinstance(item, Row) else []


def _under(cells: list[str | None], span: range) -> str:
    """The text of the cells that begin under a heading."""
    return "\n".join(cell for cell in cells[span.start : span.stop] if cell and cell.strip())
