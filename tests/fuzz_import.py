"""Damaged lists by the thousand: ``python tests/fuzz_import.py [COUNT [SEED]]``, not a test of the suite.

Each file is one of the lists that the tests make, with up to four places changed: bytes of the file, or of a member of
an archive. It must be refused with one line and nothing written, or imported; then a number that is lost is told. The
command says how many came to which end, the slowest file, and every failure with the seed that makes it again.
"""

import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

import lists
import oddities
import printed
import pypdfium2
import word_lists
from bs4 import BeautifulSoup, NavigableString

from chainregistry import official

SECONDS = 60
"""A file that takes longer hangs."""


def samples() -> list[tuple[str, bytes, list[str]]]:
    """Format, content and numbers of each list."""
    few = lists.entries(8, seed=3)
    numbers, six = [row.number for row in few], [row.number for row in oddities.ROWS]
    found = [(kind, lists.make(kind, few, {"repeated_headers"}, per_page=5), numbers) for kind in lists.FORMATS]
    word = [
        word_lists.grid_before, word_lists.tracked_changes, word_lists.numbered_by_word, word_lists.box_in_word,
        word_lists.table_in_a_word_cell, word_lists.list_in_a_word_frame, word_lists.strict_word,
    ]  # fmt: skip
    web = [lambda: oddities.rowspan("0", ""), oddities.list_in_a_web_frame, oddities.table_in_a_web_cell]
    pages = [
        lambda: printed.bold(0.4, 0.2), lambda: printed.watermarked(30), lambda: printed.turned(90, False),
        lambda: printed.parted(1), lambda: printed.framed((20, 300, 555, 520)),
    ]  # fmt: skip
    found += [("docx", make(), six) for make in word] + [("html", make(), six) for make in web]
    found += [("xlsx", oddities.with_draft("hidden"), six), ("xls", oddities.old_with_draft(), six)]
    found += [("csv", oddities.separated("\t", "utf-16-le"), six)]
    return found + [("pdf", make(), six) for make in pages]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Up to four bytes or runs of bytes changed, removed, repeated, put in or cut off."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        place, length = rng.randrange(max(1, len(changed))), rng.randint(1, 60)
        match rng.choice(["change", "change", "remove", "repeat", "insert", "swap", "cut"]):
            case "change":
                changed[place : place + 1] = bytes([rng.randrange(256)])
            case "remove":
                del changed[place : place + length]
            case "repeat":
                changed[place:place] = changed[place : place + length]
            case "insert":
                changed[place:place] = rng.randbytes(rng.randint(1, 4))
            case "swap":
                piece = changed[place : place + length]
                del changed[place : place + length]
                other = rng.randrange(max(1, len(changed)))
                changed[other:other] = piece
            case "cut":
                del changed[max(place, len(changed) // 2) :]
    return bytes(changed)


def damaged_inside(content: bytes, rng: random.Random) -> bytes:
    """An archive with damage to one of its members."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        chosen = rng.choice([name for name in old.namelist() if name.endswith(".xml")])
        for name in old.namelist():
            member = old.read(name)
            new.writestr(name, damaged(member, rng) if name == chosen else member)
    return result.getvalue()


def outcome(kind: str, content: bytes, numbers: list[str], folder: Path) -> str:
    """refused, problems or clean; raises AssertionError where a promise is broken."""
    (folder / "batches.csv").write_text(f"batch,services\n3,{len(numbers)}\n", "utf-8")
    (folder / f"x.{kind}").write_bytes(content)
    try:
        result = official.import_list(folder / f"x.{kind}", folder, batch=3)
    except official.ListError as error:
        assert str(error).count("\n") == 0, "a refusal of several lines"
        assert not (folder / "official").exists(), "refused, but something was written"
        return "refused"
    written = "".join(path.read_text("utf-8") for path in (folder / "official").glob("*.csv"))
    lost = [number for number in numbers if number.removesuffix("号") not in written]
    assert not lost or result.problems or result.difference, f"lost without a word: {lost}"
    text = _text(kind, content)
    left = [number for number in lost if number in text]
    assert not left, f"stands in the text of the file, but not in what was written: {left}"
    return "problems" if result.problems else "clean"


def _text(kind: str, content: bytes) -> str:
    """Text of a file by another reader than ours, without blanks; nothing for workbooks and Word."""
    if kind == "pdf":
        try:
            document = pypdfium2.PdfDocument(content)
            text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
        except pypdfium2.PdfiumError:
            text = ""
    elif kind == "html":
        page = BeautifulSoup(content, "html.parser")
        text = "".join(page.find_all(string=lambda one: type(one) is NavigableString))
    else:
        text = content.decode("utf-8", "ignore") if kind == "csv" else ""
    return "".join(text.split())


def main(count: int, seed: int) -> int:
    """Status 1 if a promise was broken."""
    made, ends, failed, slowest = samples(), Counter(), 0, (0.0, 0)
    for i in range(seed, seed + count):
        rng = random.Random(i)
        kind, content, numbers = made[i % len(made)]
        inside = kind in ("docx", "xlsx") and rng.random() < 0.75
        content = (damaged_inside if inside else damaged)(content, rng)
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                ends[f"{kind} {outcome(kind, content, numbers, Path(folder))}"] += 1
            except Exception:
                failed += 1
                print(f"FAILED with seed {i} ({kind}):\n{traceback.format_exc(limit=-3)}", flush=True)
        slowest = max(slowest, (time.monotonic() - start, i))
        if slowest[0] > SECONDS:
            print(f"FAILED with seed {i} ({kind}): {slowest[0]:.0f} s", flush=True)
            failed, slowest = failed + 1, (0.0, i)
    for end, times in sorted(ends.items()):
        print(f"{end}: {times}")
    print(f"{count} files, {failed} failures; slowest {slowest[0]:.1f} s (seed {slowest[1]})")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, [*sys.argv[1:], *["1000", "0"][len(sys.argv) - 1 :]])))
