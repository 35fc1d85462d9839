"""Text that is struck through: a row of it is no longer on the list, so it is set aside with a problem line."""

import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from lxml import etree

from chainregistry import filing
from chainregistry.official.grid import Box
from chainregistry.official.model import Doubt, Row
from chainregistry.official.numbering import child, is_on, value, whole
from chainregistry.official.signs import Sign
from chainregistry.official.wording import NUMBER

Struck = dict[tuple[int, int], list[tuple[str, bool]] | None]
"""Cells of a sheet by row and column, from 0: pieces of their text, each struck or not; None where all is struck."""
_PART = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NEAR = 2
"""Points that lie between the parts of one line at most, and that a line is thick at most."""
_MIDDLE = -0.2, 0.27
"""From where to where, in parts of its height below its middle, a line strikes a character through."""
_COVERED = 0.4
"""Least part of a line that strikes through characters; one of a table that a text runs over is covered less."""


def judged(row: Row, pieces: Iterable[tuple[str, bool]]) -> Iterator[Row | Doubt]:
    """A row as it is read, by the pieces of its text and whether each is struck through.

    A row is set aside where at least half of its text is struck and no filing number is left; of another one with
    struck text all is read as printed. Both are told.
    """
    texts = {True: "", False: ""}
    for text, struck in pieces:
        texts[struck] += f"{text} "
    struck, left = (filing.compact(texts[key]) for key in (True, False))
    if not struck:
        yield row
    elif len(struck) >= len(left) and not NUMBER.search(left):
        yield Doubt(f"{row.place}: struck through, so not taken for a row of the list", row.text)
    else:
        yield row
        yield Doubt(f"{row.place}: holds text that is struck through, read as printed", " ".join(texts[True].split()))


def in_workbook(file: io.BytesIO) -> dict[str, Struck]:
    """Struck cells of an XLSX file by name of the sheet: those whose font is struck through, and parts of a text."""
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())

        def part(name: str) -> bytes:
            return archive.read(name) if name in names else b""

        styles, strings = part("xl/styles.xml"), part("xl/sharedStrings.xml")
        styled = _struck_styles(styles) if b"strike" in styles else set()
        shared = dict(_struck_strings(strings)) if b"strike" in strings else {}
        found = {}
        for sheet, name in _sheets(part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels")):
            content = part(name)
            if styled or shared or b"strike" in content:
                found[sheet] = dict(_struck_cells(content, styled, shared))
        return found


def _parsed(content: bytes):
    return etree.fromstring(content, etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False))


def _sheets(workbook: bytes, relations: bytes) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    if not workbook or not relations:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in _parsed(relations)}
    for sheet in _parsed(workbook).iterfind(".//{*}sheet"):
        target = targets.get(value(sheet, "id"), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _struck_styles(styles: bytes) -> set[str]:
    """Numbers of the cell formats whose font is struck through."""
    root = _parsed(styles)
    fonts = {i for i, font in enumerate(root.iterfind("./{*}fonts/{*}font")) if is_on(child(font, "strike"))}
    forms = enumerate(root.iterfind("./{*}cellXfs/{*}xf"))
    return {str(i) for i, form in forms if whole(form.get("fontId", "")) in fonts}


def _struck_strings(strings: bytes) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Number and pieces of each shared text with a struck part."""
    for i, text in enumerate(_parsed(strings).iterfind("./{*}si")):
        if pieces := _pieces(text):
            yield str(i), pieces


def _pieces(text) -> list[tuple[str, bool]]:
    """Runs of a text, each struck or not; empty where none is."""
    runs = [(run.findtext("./{*}t") or "", is_on(child(run, "rPr", "strike"))) for run in text.iterfind("./{*}r")]
    return runs if any(struck for _, struck in runs) else []


def _struck_cells(
    sheet: bytes, styled: set[str], shared: dict[str, list[tuple[str, bool]]]
) -> Iterator[tuple[tuple[int, int], list[tuple[str, bool]] | None]]:
    for _, cell in etree.iterparse(io.BytesIO(sheet), tag="{*}c", recover=True, huge_tree=True):
        place = _PART.fullmatch(cell.get("r", ""))
        if place and cell.get("s") in styled:
            yield (int(place[2]) - 1, column(place[1])), None
        elif place:
            text = cell.find("./{*}is")
            pieces = _pieces(text) if text is not None else []
            if cell.get("t") == "s":
                pieces = shared.get(cell.findtext("./{*}v", "").strip(), [])
            if pieces:
                yield (int(place[2]) - 1, column(place[1])), pieces
        cell.clear()


def column(letters: str) -> int:
    """Number of a column of a sheet, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def lines(edges: list[dict], signs: list[Sign]) -> list[Box]:
    """Lines of a page that strike its text through: they go through the middle of characters for much of their length.

    Edges and characters as in ``grid.tables`` and ``signs``.
    """
    across = sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda edge: edge["top"])
    signs = sorted((sign for sign in signs if sign["text"].strip()), key=_middle)
    middles = [*map(_middle, signs)]
    reach = max(_MIDDLE) * max((sign["bottom"] - sign["top"] for sign in signs), default=0) + _NEAR
    found, rest = [], across
    while rest:
        top = rest[0]["top"]
        level, rest = [e for e in rest if e["top"] - top <= _NEAR], [e for e in rest if e["top"] - top > _NEAR]
        near = signs[bisect_left(middles, top - reach) : bisect_left(middles, top + reach)]
        crossed = [sign for sign in near if any(_crosses(edge, sign) for edge in level)]
        if len(crossed) < 3:
            continue
        for left, right in _spans([(edge["x0"], edge["x1"]) for edge in level], _NEAR):
            held = [(s["x0"], s["x1"]) for s in crossed if left <= (s["x0"] + s["x1"]) / 2 <= right]
            if sum(end - begin for begin, end in _spans(held, 0)) >= _COVERED * (right - left) > 0 and len(held) > 2:
                found.append((left, top, right, max(edge["bottom"] for edge in level)))
    return found


def _middle(sign: Sign) -> float:
    return (sign["top"] + sign["bottom"]) / 2


def _crosses(edge: dict, sign: Sign) -> bool:
    least, most = (end * (sign["bottom"] - sign["top"]) for end in _MIDDLE)
    return least < edge["top"] - _middle(sign) < most and edge["x0"] <= (sign["x0"] + sign["x1"]) / 2 <= edge["x1"]


def _spans(parts: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Parts of a line, those that meet as one."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(parts):
        if found and left - found[-1][1] <= gap:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def is_on_line(edge: dict, struck: list[Box]) -> bool:
    """Whether an edge is one of the lines that strike text through."""
    return edge["orientation"] == "h" and any(
        left <= edge["x0"] and edge["x1"] <= right and top <= edge["top"] <= bottom
        for left, top, right, bottom in struck
    )


def is_struck(sign: Sign, row: Box, struck: list[Box]) -> bool:
    """Whether a line goes through a character, or through the row of a table that it stands in from side to side."""
    return any(
        _crosses({"x0": left, "x1": right, "top": top}, sign)
        or (row[1] < top < row[3] and right - left >= 0.8 * (row[2] - row[0]))
        for left, top, right, _ in struck
    )
