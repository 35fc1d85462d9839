"""From the lines and rows of a document to the list in it."""

import re
from dataclasses import replace
from itertools import count
from urllib.parse import unquote

import pandas as pd

from chainregistry import characters, filing
from chainregistry.official import joining, refusal
from chainregistry.official.headings import HEADINGS, columns
from chainregistry.official.joining import Entry
from chainregistry.official.judge import FIRST, row_problems, sequence_problems, valid_rows
from chainregistry.official.model import Aside, Doubt, Item, Line, ListError, Problem, Row, Seen, Told
from chainregistry.official.wording import (
    BATCH,
    ELSEWHERE,
    FULL,
    NAMED_BATCH,
    NOTE,
    NUMBER,
    PAGE,
    SEVERAL,
    bare,
    batch_alone,
    batch_in_cell,
    clean,
    dates,
    joined,
    ordinal,
    other_kind,
    plain_numbers,
    printed_numbers,
    published,
    sequence,
)

_BATCH_HEADING = re.compile(".{0,4}批次|批")


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
        self.dates: list[tuple[str, bool]] = []
        self.batch: int | None = None
        self.batches: set[int] = set()  # of a column for them
        self.batch_place: int | None = None
        self.several = ""  # what a title says of more than one list
        self.kind = ""  # see Entry
        self.titles: dict[str, str] = {}  # by kind
        self.simulated = "SIMULATED" in self.name.upper() or "模拟" in self.name
        self.at_break = True

    def result(self) -> dict:
        """The fields of an ``OfficialList`` that follow from the document; raises ListError where it holds no list."""
        self._collect()
        if not self.columns:
            raise refusal.of(self.items, self.source, headings=False)
        self.entries = joining.without_page_numbers(self.entries)
        self.entries, others = joining.without_others(self.entries)
        self.entries = joining.with_halves_joined(self.entries, "sequence" in self.columns)
        self._set_aside(others + [entry for entry in self.entries if not joining.is_row(entry)])
        self.entries = [entry for entry in self.entries if joining.is_row(entry)]
        self._refuse_others()
        self._refuse_titles()
        self._doubt_sequence()
        self._read_once()
        rows = self._rows()
        numbers = self._audit(rows)
        batches = sorted({entry.batch for entry in self.entries if entry.batch} | self.batches)
        named = {ordinal(number) for number in BATCH.findall(self.name) or NAMED_BATCH.findall(self.name)}
        batch = batches[0] if batches else min(named) if len(named) == 1 else None
        if batches and len(named) == 1 and batch not in named:
            why = f"the file's name says list {min(named)}, its title list {batch}: taken for list {batch}"
            self.problems.append(Problem(None, "batch", self.name, why))
        above = next((i for i, entry in enumerate(self.entries) if entry.batch), 0)
        if above and not self.batches:
            why = f"{above} rows stand above the title of list {batch}: they may be of another list"
            self.problems.append(Problem(None, "batch", "", why))
        if added := [text for entry in self.entries for text in entry.added]:
            shown = ", ".join(added[:3]) + f" and {len(added) - 3} more" * (len(added) > 3)
            self.told.append(f"taken for the rest of a name over a page break: {shown}")
        said = {day for day, says_so in self.dates if says_so} or {day for day, _ in self.dates}
        days = said if len(said) == 1 else set(dates(unquote(self.source)))
        return {
            "batch": batch,
            "batch_from": "title" if batches else "name" if batch else "",
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
                case Row(table) if table in in_list:
                    self._row(item, new_table=table not in begun)
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
        if ELSEWHERE.match(plain):
            return self._break()
        batches = {ordinal(number) for number in BATCH.findall(plain)}
        kind = other_kind(plain)
        about = re.search("区块链|备案|清单", plain) or batch_alone(plain)
        if len(batches) == 1 and len(plain) <= 80 and about:
            self.batch = batches.pop()
            self.simulated = self.simulated or "模拟" in plain
        elif about and len(plain) <= 80 and SEVERAL.search(plain):
            self.several = plain
        if kind is not None:
            self.kind = kind
            self.titles.setdefault(kind, " ".join(text.split()))
        if not self.entries and len(plain) <= 60:
            self.dates += published(text)
        self._break()

    def _break(self) -> None:
        self.at_break = True
        if self.entries:
            self.entries[-1].last = True

    def _row(self, row: Row, new_table: bool) -> None:
        cells = row.cells
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
            named = [i for i, text in enumerate(self.headings) if text and _BATCH_HEADING.fullmatch(text)]
            self.batch_place = named[0] if named else None
            self._break()
        elif not self.columns or not filled:
            self._line(" ".join(filled))
        elif not any(re.search(r"\w", cell) for cell in filled):
            return  # lines drawn with signs
        elif len(set(filled)) == 1 and self._is_furniture(filled[0], row):
            self._line(filled[0])
        else:
            self._entry(row)

    def _is_furniture(self, text: str, row: Row) -> bool:
        """Whether a row of one text is a repeated title, a page number or a note, and no row of the list."""
        plain = filing.compact(text)
        if _under(row.cells, self.columns.get("remark", range(0))):
            return bool(PAGE.fullmatch(plain) and not plain.isdecimal())  # a remark, such as 注销, is no title
        if NOTE.match(plain):
            self.notes.append(" ".join(text.split()))
            return True
        title = BATCH.search(plain) and (re.search("备案|清单", plain) or batch_alone(plain))
        return bool(title) or other_kind(plain) is not None or bool(PAGE.fullmatch(plain) and not plain.isdecimal())

    def _entry_of(self, row: Row) -> Entry:
        taken = {name: _under(row.cells, span) for name, span in self.columns.items()}
        whole = dict.fromkeys(HEADINGS, "") | taken
        return Entry(whole, self.batch, self.at_break, kind=self.kind, place=row.place, text=row.text)

    def _entry(self, row: Row) -> None:
        entry, cells = self._entry_of(row), row.cells
        covered = {place for span in self.columns.values() for place in span}
        for i, cell in enumerate(cells):
            headed = i in covered or (i < len(self.headings) and self.headings[i] != "")
            if cell and cell.strip() and not headed:
                why = "stands in a column without a heading: rows may have run together"
                entry.doubts.append(("", joined(cell), why))
        if self.batch_place is not None and self.batch_place < len(cells):
            batch = batch_in_cell(cells[self.batch_place] or "")
            self.batches |= {batch} if batch else set()
        self.at_break = False
        parts = joining.parted(entry.cells)
        if len(parts) > 1:
            self.told.append(f"a row with {len(parts)} lines in each cell read as {len(parts)} rows ({row.place})")
        self.entries += [entry, *(replace(entry, first=False, doubts=[], added=[]) for _ in parts[1:])]
        for part, whole in zip(self.entries[-len(parts) :], parts, strict=True):
            part.cells = whole

    def _set_aside(self, others: list[Entry]) -> None:
        """Tell of rows of the table that are none of the list; one of them may say which list follows."""
        for entry in others:
            cells = map(filing.compact, entry.text.split(" | "))
            self.batches |= {ordinal(found[1]) for cell in cells if (found := batch_alone(cell))}
            why = "without a filing number, taken for a heading, a total or a note: no row of the list"
            self.problems.append(Problem(None, "", entry.text[:2000], f"{entry.place or 'in the table'}: {why}"))

    def _doubt_sequence(self) -> None:
        if "sequence" not in self.columns:
            return
        printed = [sequence(entry.cells["sequence"]) for entry in self.entries]
        for problem in sequence_problems(printed, [entry.number for entry in self.entries]):
            self.entries[problem.row - FIRST].doubts.append((problem.column, problem.value, problem.why))

    def _read_once(self) -> None:
        """Tell of rows whose names and number stand above, and leave them out: a second sheet, a table for phones."""
        copies = joining.repeated(self.entries)
        for i in copies:
            if i - 1 in copies:
                continue
            last = next(j for j in count(i) if j + 1 not in copies)
            entry = self.entries[i]
            what = "its names and number stand" if last == i else f"the names and numbers of {last - i + 1} rows stand"
            why = f"{entry.place or 'in the table'}: {what} in the list above: read once"
            self.problems.append(Problem(None, "filing_number", entry.text[:2000], why))
        self.entries = [entry for i, entry in enumerate(self.entries) if i not in copies]

    def _refuse_others(self) -> None:
        numbers = [plain_numbers(entry.cells["filing_number"]) for entry in self.entries]
        ours, algorithms = (sum(word in number for number in numbers) for word in ("网信备", "网信算备"))
        if not self.entries:
            raise ListError("its table has no rows below the headings: take the whole document")
        if not ours or algorithms > ours:
            raise refusal.of(self.items, self.source, headings=True)
        held = [len(set(FULL.findall(number))) for number in numbers]
        together = [more for more in held if more > 1]
        if 2 * sum(together) > sum(held):
            raise ListError(
                f"{sum(together)} of its {sum(held)} filing numbers stand in {len(together)} rows: "
                "rows have run together, part them in a copy"
            )

    def _refuse_titles(self) -> None:
        """Refuse lists of filings that were cancelled or changed, and more than one list."""
        kinds = [entry.kind for entry in self.entries if entry.kind]
        if not self.titles and (kind := other_kind(filing.compact(self.name.rpartition(".")[0]))):
            raise ListError(f"its name says {kind}: filings cancelled or changed, not new ones")
        if kinds:
            title = self.titles[kinds[0]][:80]
            if len(kinds) == len(self.entries):
                raise ListError(f"its title says {kinds[0]} ({title}): filings cancelled or changed, not new ones")
            raise ListError(
                f"{len(kinds)} of its rows stand under the title {title}, which says {kinds[0]}: "
                "save the list of new filings in a file of its own"
            )
        batches = sorted({entry.batch for entry in self.entries if entry.batch} | self.batches)
        if len(batches) > 1:
            listed = " and ".join(map(str, batches))
            raise ListError(f"it holds more than one list ({listed}): save each in a file of its own")
        several = self.several or (self.name if SEVERAL.search(filing.compact(self.name)) else "")
        if several and not batches:
            raise ListError(
                f"its title or name speaks of more than one list ({several}): save each in a file of its own"
            )

    def _rows(self) -> pd.DataFrame:
        """The rows as a table; what is doubtful about them goes to ``problems``."""
        cells = [entry.cells for entry in self.entries]
        rows = pd.DataFrame(
            {name: [joined(row[name]).strip() for row in cells] for name in ("entity_zh", "service_zh", "remark")},
            dtype="str",
        )
        rows["filing_number"] = pd.Series([filing.compact(bare(row["filing_number"])) for row in cells], dtype="str")
        numbered = "sequence" in self.columns
        numbers = [entry.number if numbered else i for i, entry in enumerate(self.entries, start=1)]
        rows["sequence"] = pd.Series(numbers, dtype="Int64")
        rows["valid"] = valid_rows(rows)
        by_row = {
            row: [Problem(row, *doubt) for doubt in entry.doubts] for row, entry in enumerate(self.entries, start=FIRST)
        }
        for problem in row_problems(rows):
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
