"""Rows of a list while they are put together: joining what page breaks parted, setting aside what is no row."""

import re
from collections import Counter
from dataclasses import dataclass, field

from chainregistry import filing
from chainregistry.official.headings import HEADINGS
from chainregistry.official.wording import BELOW, GROUP, NUMBER, TOTAL, is_day, plain_numbers, sequence

_NAMES = ("entity_zh", "service_zh")
_COUNTED = re.compile(r"[\W0-9_]*[家个项条]?")


@dataclass
class Entry:
    """A row of the list; ``first`` and ``last`` say that a page may break before or after it.

    ``kind`` is the word of the title above it that makes it no new filing (注销), ``place`` is where it stands,
    ``text`` what stands there; ``added`` is text without a number or a second name that was joined to it.
    """

    cells: dict[str, str]
    batch: int | None
    first: bool
    last: bool = False
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    kind: str = ""
    place: str = ""
    text: str = ""
    added: list[str] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        text = sequence(self.cells["sequence"])
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else None

    @property
    def plain(self) -> dict[str, str]:
        """The cells that are not empty, in normal form."""
        return {name: filing.compact(text) for name, text in self.cells.items() if text.strip()}

    @property
    def complete(self) -> bool:
        """Whether the filing number has its full form, right or wrong."""
        return _is_number(self.cells["filing_number"])


def _is_number(text: str) -> bool:
    try:
        filing.parse(text)
    except filing.FilingNumberError:
        return False
    return True


def without_page_numbers(entries: list[Entry]) -> list[Entry]:
    """Drop rows of a bare number, except one that is the next sequence number: a row without names."""
    kept: list[Entry] = []
    for i, entry in enumerate(entries):
        filled = [cell for cell in entry.cells.values() if cell.strip()]
        if len(filled) == 1 and filing.compact(filled[0]).isdecimal() and not entry.doubts:
            after = entries[i + 1].number if i + 1 < len(entries) else None
            before = kept[-1].number if kept else 0
            if before is None and kept[-1].last:  # the number itself may be what a page break parted from its row
                before = kept[-2].number if len(kept) > 1 else 0
            if entry.number is None or before is None or entry.number != before + 1 or after == entry.number:
                if kept:
                    kept[-1].last = True
                if i + 1 < len(entries):
                    entries[i + 1].first = True
                continue
        kept.append(entry)
    return kept


def with_halves_joined(entries: list[Entry], numbered: bool) -> list[Entry]:
    """Join what a page break parted, where the numbering of the rows (if any) leaves no place for a row more."""
    joined: list[Entry] = []
    for i, entry in enumerate(entries):
        if joined and _are_halves(joined, entry, entries[i + 1 : i + 2], numbered):
            above = joined[-1]
            above.added += entry.added + [half.text for half in (above, entry) if _is_alone(half)]
            for name, text in entry.cells.items():
                above.cells[name] = "\n".join(part for part in (above.cells[name], text) if part.strip())
            above.doubts += entry.doubts
            above.text += f" | {entry.text}"
            above.last = entry.last
        else:
            joined.append(entry)
    return joined


def _is_alone(half: Entry) -> bool:
    """Whether a half is a text in the column of names, which may be another's as well."""
    filled = [name for name, text in half.cells.items() if text.strip()]
    return filled in (["entity_zh"], ["service_zh"])


def _are_halves(joined: list[Entry], entry: Entry, following: list[Entry], numbered: bool) -> bool:
    above = joined[-1]
    if numbered and bool(above.cells["sequence"].strip()) == bool(entry.cells["sequence"].strip()):
        return False
    if above.complete and entry.complete:
        return False
    numbers = [above.cells["filing_number"], entry.cells["filing_number"]]
    one_number = not above.complete and not entry.complete and _is_number("".join(numbers))
    if not one_number and not (above.last and entry.first):
        return False
    if not numbered:  # the rest of a row: it has no number, and not both names
        whole = above.complete != entry.complete and not all(text.strip() for text in numbers)
        names = [bool(entry.cells[name].strip()) for name in ("entity_zh", "service_zh")]
        return one_number or (whole and not all(names))
    own = above.number if above.number is not None else entry.number
    before = joined[-2].number if len(joined) > 1 else None
    after = following[0].number if following else None
    if own is None:
        return one_number
    if before is not None and own != before + 1:
        return False
    return after == own + 1 if after is not None else not entry.complete or not above.cells["filing_number"]


def parted(cells: dict[str, str]) -> list[dict[str, str]]:
    """A row whose cells hold as many lines as filing numbers, as the rows that these lines are; else the row alone.

    Numbers before the lines must tell them apart, for names have several lines where they are wrapped.
    """
    lines = {name: [line for line in text.split("\n") if line.strip()] for name, text in cells.items()}
    count = len(lines["filing_number"])
    if count < 2 or not all(_is_number(line) for line in lines["filing_number"]):
        return [cells]
    if any(len(found) != count for name, found in lines.items() if found or name != "remark"):
        return [cells]
    return [{name: found[i] if found else "" for name, found in lines.items()} for i in range(count)]


def is_row(entry: Entry) -> bool:
    """Whether it is a row of the list: it has a filing number, both names, or a number before it and something else."""
    if _is_filed(entry):
        return True
    plain = entry.plain
    return not is_other(entry) and (entry.number is not None or _is_named(plain))


def is_other(entry: Entry) -> bool:
    """Whether its words say that it is no row: a total, the heading of a group, a signature, headings once more."""
    if _is_filed(entry):
        return False
    plain = entry.plain
    if plain.keys() == {"remark"} or (entry.number is not None and _is_named(plain)):
        return False  # the rest of a remark may say anything
    if any(TOTAL.match(text) or is_day(text) for text in plain.values()):
        return True
    own = {text for name, text in plain.items() if name != "sequence"} or set(plain.values())
    if len(own) == 1 and any(GROUP.fullmatch(text) or BELOW.match(text) for text in own):
        return True
    headings = sum(bool(re.fullmatch(HEADINGS[name], text)) for name, text in plain.items())
    return headings >= min(2, len(plain))


def _is_named(plain: dict[str, str]) -> bool:
    """Whether cells in normal form hold both names, and not how many there are."""
    return all(not _COUNTED.fullmatch(plain.get(name, "")) for name in _NAMES)


def _is_filed(entry: Entry) -> bool:
    """Whether its cells hold a filing number, right or wrong."""
    if any(map(NUMBER.search, entry.cells.values())):
        return True
    plain = entry.plain
    return any(map(NUMBER.search, plain.values())) or bool(re.search("[0-9]{10}", plain.get("filing_number", "")))


def without_others(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The entries that may be rows of the list or halves of such, and the others; where a page broke, it does still."""
    kept, others = [], []
    for i, entry in enumerate(entries):
        if not is_other(entry):
            kept.append(entry)
            continue
        others.append(entry)
        if entry.first and i + 1 < len(entries):
            entries[i + 1].first = True
        if entry.last and kept:
            kept[-1].last = True
    return kept, others


def repeated(entries: list[Entry]) -> set[int]:
    """Places of the entries whose names and number stand in an entry above."""
    numbers = [plain_numbers(entry.cells["filing_number"]).removesuffix("号") for entry in entries]
    several = {number for number, times in Counter(numbers).items() if number and times > 1}
    first: dict[tuple[str, ...], int] = {}
    found = set()
    for i, (number, entry) in enumerate(zip(numbers, entries, strict=True)):
        if number in several:
            names = (filing.compact(entry.cells[name]) for name in _NAMES)
            if first.setdefault((number, *names), i) != i:
                found.add(i)
    return found
