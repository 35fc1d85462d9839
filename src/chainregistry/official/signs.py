"""Characters of a page of a PDF: once each, without watermarks, in lines."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from statistics import median

from chainregistry.official.grid import Box, turned

Sign = dict
"""A character: text, x0, top, x1, bottom, size, angle (degrees, None where slanting) and colour."""


def box(sign: Sign) -> Box:
    """Where a character stands."""
    return sign["x0"], sign["top"], sign["x1"], sign["bottom"]


def moved(sign: Sign, angle: int, width: float, height: float) -> Sign:
    """A character on the page turned by an angle."""
    x0, top, x1, bottom = turned(box(sign), angle, width, height)
    own = sign["angle"]
    return sign | {
        "x0": x0, "top": top, "x1": x1, "bottom": bottom, "angle": own if own is None else (own - angle) % 360
    }  # fmt: skip


def once(signs: list[Sign]) -> list[Sign]:
    """Without the second print of a character at nearly the same place, by which some programs make bold letters.

    Where the shift can be seen at wide characters, narrow ones shifted by as much are second prints, too. A character
    that falls by chance on one of an overlong text beside it is none: its neighbours are printed once.
    """
    again, shifts = _again(signs, lambda sign: 0.45 * max(sign["x1"] - sign["x0"], 0.1 * sign["size"]), 0, set())
    if not again:
        return signs
    shift = median(shifts)
    if len(shifts) > 2 and shift > 0.1:
        again |= _again(signs, lambda sign: shift + 0.1, shift - 0.1, again)[0]
    kept, start = [], 0
    for piece in _pieces(signs):
        gone = [start + i in again for i in range(len(piece))]
        start += len(piece)
        kept += [sign for sign, drop in zip(piece, gone, strict=True) if not drop or sum(gone) < 0.3 * len(piece)]
    return kept


def _again(
    signs: list[Sign], reach: Callable[[Sign], float], least: float, known: set[int]
) -> tuple[set[int], list[float]]:
    """Places of characters that stand a second time within reach, and by how much they are shifted."""
    order = sorted(range(len(signs)), key=lambda i: (signs[i]["text"], signs[i]["x0"]))
    again, shifts, recent = set(), [], []
    for i in order:
        if i in known:
            continue
        sign = signs[i]
        text, x0, top, size, far = sign["text"], sign["x0"], sign["top"], sign["size"], reach(sign)
        if recent and recent[-1]["text"] != text:
            recent = []
        recent = [other for other in recent if x0 - other["x0"] <= far]
        for other in recent:
            if (
                abs(top - other["top"]) <= 0.3 * size
                and x0 - other["x0"] >= least
                and abs(size - other["size"]) <= 0.1 * size
                and sign["angle"] == other["angle"]
            ):
                again.add(i)
                shifts.append(x0 - other["x0"])
                break
        else:
            recent.append(sign)
    return again, shifts


def direction(signs: list[Sign]) -> int:
    """The angle at which most of a page's text runs."""
    angles = Counter(sign["angle"] for sign in signs if sign["angle"] is not None and not sign["text"].isspace())
    return angles.most_common(1)[0][0] if angles else 0


def watermarks(signs: list[Sign], cells: list[Box]) -> list[list[Sign]]:
    """Runs of characters printed over a table: slanting ones, and others in a style that the table's text has not.

    A run in another colour, or clearly larger, is a watermark where it lies over the text, over the lines between
    cells, or goes on from one cell into the next.
    """
    if len({(sign["angle"], sign["colour"], sign["size"]) for sign in signs}) == 1 and signs[0]["angle"] is not None:
        return []
    runs = [list(run) for _, run in groupby(signs, key=_style)]
    found = [run for run in runs if run[0]["angle"] is None]
    if not cells:
        return found
    left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    inside = [
        sign
        for sign in signs
        if sign["angle"] is not None and left < sign["x1"] and sign["x0"] < right and top < sign["bottom"]
        and sign["top"] < bottom and not sign["text"].isspace()
    ]  # fmt: skip
    if not inside:
        return found
    usual = Counter(map(_style, inside)).most_common(1)[0][0]
    near: dict[tuple[int, int], list[Sign]] = {}
    for sign in inside:
        if _style(sign) == usual:
            for key in _squares(sign):
                near.setdefault(key, []).append(sign)
    over: list[list[Sign]] = []
    tiles: dict[tuple, list[list[Sign]]] = {}
    for run in runs:
        angle, colour, size = style = _style(run[0])
        if angle is None or style == usual:
            continue
        if (colour != usual[1] or size >= 1.3 * usual[2]) and (
            any(_lies_over(sign, near) or (size >= 1.6 * usual[2] and _crosses(sign, cells)) for sign in run)
            or any(_parted(before, sign, cells) for before, sign in pairwise(run))
        ):
            over.append(run)
            continue
        for piece in _pieces(run):
            tiles.setdefault((style, "".join(sign["text"] for sign in piece)), []).append(piece)
    gone = {(_style(run[0]), "".join(sign["text"] for sign in piece)) for run in over for piece in _pieces(run)}
    for key, pieces in tiles.items():  # the same text again and again, or one that lies over the table elsewhere
        if key in gone or (len(pieces) > 2 and any(_lies_over(sign, near) for piece in pieces for sign in piece)):
            over += pieces
    return found + over


def unbroken(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Characters that were printed one exactly after the other."""
    start = 0
    for i, (before, sign) in enumerate(pairwise(signs), start=1):
        if sign["top"] != before["top"] or abs(sign["x0"] - before["x1"]) > 0.05 * sign["size"]:
            yield signs[start:i]
            start = i
    if signs:
        yield signs[start:]


def _pieces(run: list[Sign]) -> Iterator[list[Sign]]:
    """A run where it goes on without a gap."""
    start = 0
    for i, (before, sign) in enumerate(pairwise(run), start=1):
        if abs(before["top"] - sign["top"]) > 1 or abs(sign["x0"] - before["x1"]) > sign["size"]:
            yield run[start:i]
            start = i
    yield run[start:]


def _style(sign: Sign) -> tuple:
    return sign["angle"], sign["colour"], round(sign["size"], 1)


def _squares(sign: Sign) -> Iterator[tuple[int, int]]:
    for x in range(int(sign["x0"] // 20), int(sign["x1"] // 20) + 1):
        for y in range(int(sign["top"] // 20), int(sign["bottom"] // 20) + 1):
            yield x, y


def _lies_over(sign: Sign, near: dict[tuple[int, int], list[Sign]]) -> bool:
    for key in _squares(sign):
        for other in near.get(key, ()):
            width = min(sign["x1"], other["x1"]) - max(sign["x0"], other["x0"])
            height = min(sign["bottom"], other["bottom"]) - max(sign["top"], other["top"])
            if width > 0 and height > 0:
                area = (other["x1"] - other["x0"]) * (other["bottom"] - other["top"])
                if width * height > 0.2 * area:
                    return True
    return False


def _crosses(sign: Sign, cells: list[Box]) -> bool:
    """Whether a line between cells goes through the middle of a character."""
    width, height = 0.2 * (sign["x1"] - sign["x0"]), 0.2 * (sign["bottom"] - sign["top"])
    x0, top, x1, bottom = sign["x0"] + width, sign["top"] + height, sign["x1"] - width, sign["bottom"] - height
    return any(
        (top < cell[3] < bottom and cell[0] < x1 and x0 < cell[2])
        or (x0 < cell[2] < x1 and cell[1] < bottom and top < cell[3])
        for cell in cells
    )


def _parted(before: Sign, sign: Sign, cells: list[Box]) -> bool:
    """Whether two characters that follow without a gap stand in different cells."""
    if abs(before["top"] - sign["top"]) > 1 or abs(sign["x0"] - before["x1"]) > 0.15 * sign["size"]:
        return False
    left, right = (before["x0"] + before["x1"]) / 2, (sign["x0"] + sign["x1"]) / 2
    middle = (sign["top"] + sign["bottom"]) / 2
    return any(cell[1] < middle < cell[3] and cell[0] < left < cell[2] < right for cell in cells)


def lines(signs: list[Sign]) -> list[tuple[float, str]]:
    """Lines of text with their tops, read along the direction of each character.

    Printed blanks are kept, and a gap is one; a hair's breadth between Latin and Chinese is none.
    """
    found = []
    for angle in sorted({sign["angle"] for sign in signs}, key=lambda angle: (angle is None, angle)):
        own = [sign for sign in signs if sign["angle"] == angle]
        if angle:
            own = [moved(sign, angle, 0, 0) for sign in own]
        found += _level_lines(own)
    return found


def text(signs: list[Sign]) -> str:
    """Text of a cell."""
    return "\n".join(line for _, line in lines(signs)) if signs else ""


def _level_lines(signs: list[Sign]) -> list[tuple[float, str]]:
    signs = sorted(signs, key=lambda sign: sign["top"] + sign["bottom"])
    rows: list[list[Sign]] = []
    last = None
    for sign in signs:
        middle = sign["top"] + sign["bottom"]
        if last is None or middle - last > sign["bottom"] - sign["top"]:  # twice half the height
            rows.append([])
            last = middle
        rows[-1].append(sign)
    found = []
    for row in rows:
        row.sort(key=lambda sign: sign["x0"])
        parts, end = [], None
        for sign in row:
            if end is not None and sign["x0"] > end + 0.3 * sign["size"]:
                parts.append(" ")
            parts.append(sign["text"])
            end = sign["x1"]
        found.append((min(sign["top"] for sign in row), "".join(parts)))
    return found
