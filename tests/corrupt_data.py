"""How much of what can go wrong with the data is seen: ``python tests/corrupt_data.py [--list] [SEED]``.

Draws 300 single corruptions of the tables, of the kinds and in the files that slips of hand fall into, and asks of
each: would ``chainregistry record`` have shown it, and would ``chainregistry check`` still name it after somebody had
accepted it into the ledger without looking? ``--list`` prints those that check does not name.
"""

import csv
import io
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from chainregistry import checks, ledger
from chainregistry import data as data_package

DATA = Path(__file__).resolve().parents[1] / "data"

FILES = {
    "events": 90, "registrations": 60, "published_counts": 50, "sources": 40, "batches": 25, "regions": 20,
    "sectors": 15,
}  # fmt: skip
KINDS = {
    "province changed": 17,
    "sector changed": 12,
    "source id changed": 19,
    "date moved by a year": 8,
    "date moved by a month": 6,
    "code changed to another valid one": 25,
    "row duplicated (new id)": 22,
    "digit changed": 30,
    "digits transposed": 25,
    "row lost": 32,
    "row duplicated (same id)": 30,
    "cell moved to next column": 31,
    "cells of neighbours swapped": 29,
    "encoding slip": 14,
}
"""Those that few files allow come first, so that the others fill up what is left."""

FITTING = {
    "province changed": ["events", "registrations", "published_counts"],
    "sector changed": ["events", "registrations"],
    "source id changed": ["events", "registrations", "published_counts", "batches"],
    "date moved by a year": ["events", "sources", "batches"],
    "date moved by a month": ["events", "sources", "batches"],
    "code changed to another valid one": ["events", "registrations", "published_counts", "sources"],
    "row duplicated (new id)": ["events", "registrations", "published_counts", "sources"],
    "digit changed": [name for name in FILES if name != "sectors"],
    "digits transposed": [name for name in FILES if name != "sectors"],
}
PAIR = re.compile(r"(?=([0-9])(?!\1)[0-9])")
"""Two unlike digits side by side."""

DATES = {"events": "date", "sources": "published", "batches": "published"}


class Table:
    """A table as rows of text, to change one thing in."""

    def __init__(self, name: str, resource: dict, chance: random.Random) -> None:
        self.name, self.resource, self.chance = name, resource, chance
        with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
            self.header, *self.rows = csv.reader(file)
        self.enums = {
            field["name"]: field["constraints"]["enum"]
            for field in resource["schema"]["fields"]
            if "enum" in field.get("constraints", {}) and field["name"] != "sector"
        }

    def text(self) -> bytes:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([self.header, *self.rows])
        return out.getvalue().encode()

    def cell(self, fits) -> tuple[int, int]:
        """Row and column of a random cell for which ``fits(column, value)``; the first row of a random order."""
        found = [(r, c) for r, row in enumerate(self.rows) for c, v in enumerate(row) if fits(self.header[c], v)]
        return self.chance.choice(found)

    def put(self, place: tuple[int, int], value: str) -> None:
        self.rows[place[0]][place[1]] = value

    def at(self, place: tuple[int, int]) -> str:
        return self.rows[place[0]][place[1]]

    def other(self, place: tuple[int, int], values) -> None:
        """Another value of a vocabulary in the place of the one that stands there."""
        self.put(place, self.chance.choice([v for v in values if v != self.at(place)]))

    def apply(self, kind: str, sources: list[str], sectors: list[str], provinces: list[str]) -> None:
        pick = self.chance
        match kind:
            case "province changed":
                self.other(self.cell(lambda c, v: c == "province_code" and v in provinces), provinces)
            case "sector changed":
                self.other(self.cell(lambda c, v: c == "sector" and v), sectors)
            case "source id changed":
                place = self.cell(lambda c, v: c == "source_ids" and v)
                ids = self.at(place).split()
                ids[pick.randrange(len(ids))] = pick.choice([s for s in sources if s not in ids])
                self.put(place, " ".join(ids))
            case "date moved by a year":
                place = self.cell(lambda c, v: c == DATES[self.name] and v)
                value = self.at(place)
                self.put(place, f"{int(value[:4]) + pick.choice([-1, 1])}{value[4:]}")
            case "date moved by a month":
                place = self.cell(lambda c, v: c == DATES[self.name] and len(v) >= 7)
                year, month = map(int, self.at(place)[:7].split("-"))
                moved = year * 12 + month - 1 + pick.choice([-1, 1])
                self.put(place, f"{moved // 12}-{moved % 12 + 1:02d}{self.at(place)[7:]}")
            case "code changed to another valid one":
                place = self.cell(lambda c, v: c in self.enums and v)
                self.other(place, [str(v) for v in self.enums[self.header[place[1]]]])
            case "digit changed":
                place = self.cell(lambda c, v: re.search(r"\d", v))
                value, spots = (
                    self.at(place),
                    [i for i, sign in enumerate(self.at(place)) if sign.isascii() and sign.isdigit()],
                )
                spot = pick.choice(spots)
                digit = pick.choice([d for d in "0123456789" if d != value[spot]])
                self.put(place, value[:spot] + digit + value[spot + 1 :])
            case "digits transposed":
                place = self.cell(lambda c, v: PAIR.search(v))
                value = self.at(place)
                i = pick.choice([found.start() for found in PAIR.finditer(value)])
                self.put(place, value[:i] + value[i + 1] + value[i] + value[i + 2 :])
            case "row lost":
                del self.rows[pick.randrange(len(self.rows))]
            case "row duplicated (same id)":
                row = pick.choice(self.rows)
                self.rows.insert(pick.randrange(len(self.rows) + 1), list(row))
            case "row duplicated (new id)":
                row = list(pick.choice(self.rows))
                letter, width = row[0][0], len(row[0]) - 1
                number = max(int(other[0][1:]) for other in self.rows if other[0][0] == letter) + 1
                last = max(i for i, other in enumerate(self.rows) if other[0][0] == letter)
                self.rows.insert(last + 1, [f"{letter}{number:0{width}}", *row[1:]])
            case "cell moved to next column":
                r, c = self.cell(lambda c, v: v and c != self.header[-1])
                self.rows[r][c + 1], self.rows[r][c] = self.rows[r][c], ""
            case "cells of neighbours swapped":
                r = pick.randrange(len(self.rows))
                spots = [c for c in range(len(self.header) - 1) if self.rows[r][c] != self.rows[r][c + 1]]
                c = pick.choice(spots)
                self.rows[r][c], self.rows[r][c + 1] = self.rows[r][c + 1], self.rows[r][c]
            case "encoding slip":
                place = self.cell(lambda c, v: len(v) > 3)
                value = self.at(place)
                spot = pick.randrange(1, len(value))
                slip = pick.choice(["latin", "\ufffd", "\u00a0", "\x00", "\ufeff"])
                if slip == "latin" and not value.isascii():
                    self.put(place, value.encode().decode("latin-1"))
                else:
                    self.put(place, value[:spot] + ("\ufffd" if slip == "latin" else slip) + value[spot:])


def drawn(chance: random.Random) -> list[tuple[str, str]]:
    """Kind and file of each corruption, in the numbers of ``KINDS`` and ``FILES``."""
    left, cases = dict(FILES), []
    for kind, times in KINDS.items():
        for _ in range(times):
            fitting = [name for name in FITTING.get(kind, list(FILES)) if left[name] > 0]
            name = chance.choices(fitting, [left[name] for name in fitting])[0]
            left[name] -= 1
            cases.append((kind, name))
    return cases


def main(seed: int, list_them: bool) -> None:
    chance = random.Random(seed)
    resources = {resource["name"]: resource for resource in data_package.describe(DATA)["resources"]}
    rows = {name: Table(name, resources[name], chance) for name in ("sources", "sectors", "regions")}
    known = [[row[0] for row in table.rows] for table in rows.values()]
    counts: dict[str, Counter] = {"shown": Counter(), "named": Counter()}
    cases, escaped = drawn(chance), []
    with tempfile.TemporaryDirectory() as place:
        for number, (kind, name) in enumerate(cases):
            folder = Path(place) / str(number)
            shutil.copytree(DATA, folder)
            table = Table(name, resources[name], chance)
            table.apply(kind, *known)
            (folder / f"{name}.csv").write_bytes(table.text())
            try:
                changes = [change for change in ledger.changes(folder) if change.kind != "form"]
                ledger.record(folder, "accepted without looking")
            except data_package.DataError as error:  # a table that cannot be read is refused, with a line
                changes = [error]
            named = checks.check(folder)
            counts["shown"].update([kind, name] * bool(changes))
            counts["named"].update([kind, name] * bool(named))
            if not named:
                escaped.append(f"{kind}: " + "; ".join(map(str, changes))[:300])
            shutil.rmtree(folder)
    print(
        f"seed {seed}\n\n| kind or file | cases | shown by record | named by check once accepted |\n|---|---|---|---|"
    )
    for group, sizes in (("kind", KINDS), ("file", FILES)):
        for what, size in sizes.items():
            print(f"| {what} | {size} | {counts['shown'][what]} | {counts['named'][what]} |")
        totals = [sum(counts[column][what] for what in sizes) for column in ("shown", "named")]
        print(f"| all, by {group} | {len(cases)} | {totals[0]} | {totals[1]} ({totals[1] / len(cases):.0%}) |")
    if list_them:
        print("\n" + "\n".join(escaped))


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    main(int(arguments[0]) if arguments else 19, "--list" in sys.argv)
