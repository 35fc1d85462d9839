"""The entries of the ledger: one line of ``ledger.jsonl`` each, sealed, so that none is lost or changed in silence.

The seal of an entry is a digest of all lines before it and of its own words; the first line of ``rows.sha256`` says how
many entries there are, and the last entry holds the digest of that file. So a line that was taken out, put in, moved,
doubled or changed shows, the last one too. Entries older than the seals have none; the first seal covers them.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from chainregistry.data import DataError

ROWS, ENTRIES = "rows.sha256", "ledger.jsonl"

NUMBER = "entries\t"
"""Begins the first line of ``rows.sha256``: how many entries the ledger has."""

_GIT = "take ledger.jsonl, rows.sha256 and datapackage.json from git"


@dataclass(frozen=True)
class Entry:
    """One time that changes were accepted: day, reason and rows by table (ids, or ranges of them)."""

    date: str
    reason: str
    state: str
    """Digest of ``rows.sha256`` after it."""
    changed: list[dict] = field(default_factory=list)
    """A dict for each cell: table, id, column, before (None if unknown), after."""
    added: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)
    """What concerns a whole table."""
    seal: str = ""
    """Digest of all lines before it and of its other parts; empty in entries older than the seals."""

    def names(self, table: str, key: str) -> bool:
        """Whether a row of this id was changed, added or removed."""
        if any((cell["table"], cell["id"]) == (table, key) for cell in self.changed):
            return True
        return any(within(key, span) for ids in (self.added, self.removed) for span in ids.get(table, []))

    def line(self) -> str:
        """As it stands in the file."""
        parts = asdict(self)
        if not self.seal:
            parts.pop("seal")
        return json.dumps(parts, ensure_ascii=False) + "\n"


def text(path: Path) -> str:
    """Text of a file of the ledger; empty where there is none yet."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", "not text in UTF-8")
        raise DataError(f"{path}: cannot be read ({why}); take the file from git") from None


def entries(root: Path) -> list[Entry]:
    """All entries, oldest first; none where there is no ledger yet.

    Raises
    ------
    DataError
        with the line that is no entry.
    """
    path, found = root / ENTRIES, []
    for number, line in enumerate(_lines(path), start=1):
        try:
            found.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            raise DataError(f"{path}, line {number}: not an entry of the ledger; take the line from git") from None
    return found


def _lines(path: Path) -> list[str]:
    return list(io.StringIO(text(path), newline="\n"))


def whole(root: Path) -> list[Entry]:
    """All entries of a ledger that is what ``record`` wrote; raises DataError, in one line, for another one."""
    told = entries(root)
    for name, wrong in broken(root, told):
        raise DataError(f"{root / name}: {wrong}")
    return told


def seal(before: str, entry: Entry) -> str:
    """The seal of an entry that comes after these lines."""
    words = json.dumps(asdict(entry) | {"seal": ""}, ensure_ascii=False)
    return hashlib.sha256(f"{before}{words}".encode()).hexdigest()


def sealed(told: list[Entry]) -> bool:
    """Whether no entry can be lost or changed in silence."""
    return bool(told) and bool(told[-1].seal)


def broken(root: Path, told: list[Entry]) -> Iterator[tuple[str, str]]:
    """File of the ledger, and why it is not what ``record`` wrote; nothing where all is well or nothing is there."""
    rows = text(root / ROWS)
    if not told:
        if rows:
            yield ENTRIES, f"it is gone or empty, but {ROWS}, which goes with it, is there; take it from git"
        return
    if not rows:
        yield ROWS, f"it is gone or empty, but {ENTRIES}, which goes with it, is there; take it from git"
        return
    number, first = re.match(rf"{NUMBER}(\d+)\n", rows), _first_wrong(root, told)
    if number and int(number[1]) != len(told):
        yield ENTRIES, f"it has {len(told)} entries, and {number[1]} were written by record; {_GIT}"
    elif first:
        yield ENTRIES, f"a line up to {first} was taken out, put in or changed, but not by record; {_GIT}"
    elif told[-1].state != hashlib.sha256(rows.encode()).hexdigest():
        yield ROWS, f"is not what the last entry of the ledger left; {_GIT}"


def _first_wrong(root: Path, told: list[Entry]) -> int:
    """Number of the first line whose seal does not fit it and what stands before; 0 if there is none."""
    before, begun, need = "", False, text(root / ROWS).startswith(NUMBER)
    for number, (line, entry) in enumerate(zip(_lines(root / ENTRIES), told, strict=True), start=1):
        begun |= bool(entry.seal) or (need and number == len(told))
        if not line.endswith("\n") or (begun and entry.seal != seal(before, entry)):
            return number
        before += line
    return 0


def spans(ids: list[str]) -> list[str]:
    """Ids with runs of consecutive ones joined: e001, e002, e003 is "e001 to e003"."""
    runs: list[list[str]] = []
    for key in ids:
        last = runs[-1][-1] if runs else ""
        one, other = re.fullmatch(r"([a-z])(\d+)", last), re.fullmatch(r"([a-z])(\d+)", key)
        if one and other and one[1] == other[1] and int(other[2]) == int(one[2]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]


def within(key: str, span: str) -> bool:
    """Whether an id is of a range."""
    first, _, last = span.partition(" to ")
    if not last:
        return key == span
    ends = [re.fullmatch(r"([a-z])(\d+)", part) for part in (first, key, last)]
    return all(ends) and ends[0][1] == ends[1][1] and int(ends[0][2]) <= int(ends[1][2]) <= int(ends[2][2])
