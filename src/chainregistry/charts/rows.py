"""Forms with one named row each: bars, ranges, estimates, before and after, two signs, steps of a funnel."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from chainregistry.charts.form import chart, column, ends, labels, linked_to, values, wrapped
from chainregistry.charts.letters import decimals, interval, number, width, wrap
from chainregistry.charts.paper import OVER, SMALL, TEXT, Paper
from chainregistry.charts.scale import Scale, axis
from chainregistry.palette import ACCENT, FAINT, INK, LINE, MUTED, ON_ACCENT, PALE, PAPER, SECOND

UNSURE = ("unclear", "other", "unknown", "not known", "none", "the name does not tell")
"""Labels of what is left over: grey."""


def lay(
    paper: Paper,
    names: Sequence[str],
    pitch: float = 26,
    keys: Sequence[str] = (),
    notes: dict[str, str] | None = None,
    links: Sequence[str] = (),
    groups: Sequence[str] = (),
) -> tuple[float, list[float]]:
    """Write the names of rows; returns where their marks begin, and the height of each row's middle.

    Long names stand above their marks on a phone. ``keys`` are the labels by which ``notes`` are found; a note
    stands below its mark. A new value of ``groups`` starts with a heading.
    """
    limit = paper.width * (0.34 if paper.phone else 0.4)
    lines = wrapped(names, TEXT, limit)
    above = paper.phone and any(len(some) > 2 or width(max(some, key=len), TEXT) > limit for some in lines)
    lines = wrapped(names, TEXT, paper.width) if above else lines
    left = 2 if above else max(width(line, TEXT) for some in lines for line in some) + 12
    middles, before = [], None
    for place, some in enumerate(lines):
        if groups and groups[place] != before:
            before = groups[place]
            paper.y += 6 if place else 0
            paper.text(0, paper.y + 11, before, TEXT, bold=True)
            paper.y += 22
        link, deep = links[place] if links else "", 17 * len(some)
        if above:
            paper.lines(0, paper.y + 2 + deep / 2, some, TEXT, link=link, ground=True)
            paper.y += deep + 2
            middles.append(paper.y + 9)
            paper.y += 24
        else:
            high = max(pitch, deep + 8)
            middles.append(paper.y + high / 2)
            paper.lines(0, middles[-1], some, TEXT, link=link)
            paper.y += high
        key = keys[place] if keys else names[place]
        note = wrap((notes or {}).get(key, ""), SMALL, paper.width - left)
        if note[0]:
            paper.lines(left, paper.y + 7.5 * len(note) - 3, note, SMALL, 1.25, colour=SECOND)
            paper.y += 15 * len(note) + 6
    return left, middles


def linked(table: pd.DataFrame, link: str | None) -> list[str]:
    """Addresses of rows: ``link`` is "province" or "sector", and the slugs stand in the column slug or of that name."""
    return linked_to(link, table[column(table, None, ["slug", link], "links")]) if link else []


def fitted(
    low: float, high: float, left: float, right: float, marks: Sequence[tuple[float, str]], log: bool = False
) -> Scale:
    """The scale on which the text beside the end of each mark fits."""
    scale = Scale(low, high, left, right - 6, log)
    for _ in range(12):
        over = max((scale(end) + 8 + width(text, TEXT) - right for end, text in marks), default=0)
        if over <= 0:
            break
        scale = Scale(low, high, left, max(scale.end - over - 1, left + 20), log)
    return scale


def _ink(label: str, highlight: str | None) -> str:
    if label.lower() in UNSURE:
        return MUTED
    return ACCENT if not highlight or label == highlight else MUTED


@chart
def bars(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    value: str | None = None,
    highlight: str | None = None,
    of: str | None = None,
    group: str | None = None,
    notes: dict[str, str] | None = None,
    link: str | None = None,
) -> None:
    """Horizontal bars, one a row in the given order, with their number. For sizes that are compared.

    ``highlight`` names the one label in the accent colour. With ``of`` each bar lies on a pale one of that column's
    length. ``group`` is a column whose values head their rows. ``notes`` are sentences by label, below their bar;
    ``link`` ("province", "sector") makes names links.
    """
    _, plain, names = labels(table, label)
    sizes = values(table, value, "bars")
    whole = table[of].astype(float).fillna(0) if of else sizes
    digits = decimals(sizes)
    texts = [
        "not known" if np.isnan(part) else number(part, digits) + (f" of {number(most)}" if of and most else "")
        for part, most in zip(sizes, whole, strict=True)
    ]
    groups = list(table[group].astype(str)) if group else []
    left, middles = lay(paper, names, 26, plain, notes, linked(table, link), groups)
    far = whole.fillna(0).clip(lower=0)
    scale = fitted(0, far.max() or 1, left, paper.width, list(zip(far, texts, strict=True)))
    for y, name, size, most, text in zip(middles, plain, sizes.fillna(0), far, texts, strict=True):
        if of:
            paper.box(left, y - 8, scale(most) - left, 16, PALE)
        paper.box(left, y - 8, scale(size) - left, 16, _ink(name, highlight))
        paper.text(scale(most) + 6, y, text)
    paper.base(left, left, middles[0])


@chart
def intervals(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    low: str | None = None,
    high: str | None = None,
    highlight: str | None = None,
    limit: float | None = None,
    group: str | None = None,
    hollow: str | None = None,
    names: tuple[str, str] | None = None,
    notes: dict[str, str] | None = None,
    link: str | None = None,
) -> None:
    """Ranges from least to most, one a row: a dot where both agree, an arrow where nothing limits it from above.

    For what is known to lie between two numbers; never an estimate. ``limit`` is the right end of the scale,
    ``group`` a column whose values head their rows, ``hollow`` one of true and false: true is drawn as an outline,
    and ``names`` are what full and hollow mean.
    """
    _, plain, shown = labels(table, label)
    empty = table[hollow].astype(bool) if hollow else [False] * len(table)
    if names and any(empty):
        single = [a == b for a, b in zip(*ends(table, low, high), strict=True)]
        ranges_key(paper, names, single, empty, highlight if highlight in plain else None)
    groups = list(table[group].astype(str)) if group else []
    lows, highs = ends(table, low, high)
    start, digits = min(0, np.nanmin([*lows, 0])), decimals([*lows, *highs])
    edge = limit if limit is not None else np.nanmax([*lows, *highs, 1])
    far, texts = highs.fillna(edge), [interval(a, b, digits) for a, b in zip(lows, highs, strict=True)]
    left, middles = lay(paper, shown, 26, plain, notes, linked(table, link), groups)
    top, bottom = middles[0] - 13, paper.y
    inside = left + (8 if start < 0 else 6)
    beside = [(end, text + "  " * bool(np.isnan(most))) for end, text, most in zip(far, texts, highs, strict=True)]
    scale = fitted(start, edge, inside, paper.width, beside)
    rows = zip(middles, plain, lows, far, highs.isna(), texts, empty, strict=True)
    for y, name, least, most, open_end, text, outline in rows:
        colour = _ink(name, highlight)
        if least == most and not open_end:
            paper.ring(scale(least), y, 5, colour) if outline else paper.dots([(scale(least), y)], 5, colour)
        else:
            fill, edged = (PAPER, colour) if outline else (colour, "none")
            paper.box(scale(least), y - 4, max(scale(most) - scale(least), 1), 8, fill, edged)
        if open_end:
            paper.arrow(scale(most), y, colour, 6)
        paper.text(scale(most) + (14 if open_end else 8), y, text, colour=FAINT if colour == MUTED else INK)
    axis(paper, scale, top, bottom, digits == 0)


def ranges_key(
    paper: Paper, names: tuple[str, str], single: Sequence[bool], empty: Sequence[bool], highlight: str | None
) -> None:
    """What full and hollow marks mean, by all marks that occur, and whose are coloured, if not all are."""
    marks = {names[0]: {False: "box", True: "dot"}, names[1]: {False: "outline", True: "ring"}}
    found = set(zip(map(bool, empty), map(bool, single), strict=True))
    kinds = {
        name: " ".join(shape for point, shape in shapes.items() if (hollow, point) in found)
        for hollow, (name, shapes) in enumerate(marks.items())
    }
    entries = [(MUTED if highlight else ACCENT, name) for name in names if kinds[name]]
    paper.key([*entries, *[(ACCENT, highlight)] * bool(highlight)], kinds)


@chart
def estimates(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    value: str | None = None,
    low: str | None = None,
    high: str | None = None,
    group: str | None = None,
    reference: float | None = None,
    limit: float | None = None,
    log: bool = False,
    names: tuple[str, str] | None = None,
    notes: dict[str, str] | None = None,
    link: str | None = None,
) -> None:
    """A dot with its interval, one a row, on a scale that may be logarithmic. For estimates with their uncertainty.

    ``group`` is a column of true and false, false in grey, and ``names`` are what both mean; ``reference`` is marked
    by an upright line, ``limit`` is the right end of the scale. On a logarithmic scale an interval that reaches zero
    is cut at the left edge.
    """
    _, plain, shown = labels(table, label)
    if names:
        paper.key([(ACCENT, names[0]), (MUTED, names[1])], dict.fromkeys(names, "dot"))
    (lows, highs), middle = ends(table, low, high), values(table, value, "estimates")
    known = pd.concat([middle, lows, highs, pd.Series([1.0 if reference is None else reference])]).dropna()
    edge = known[known > 0].min() * 0.8 if log else min(0.0, known.min())
    most, digits = known.max() if limit is None else limit, decimals(middle)
    left, middles = lay(paper, shown, 30, plain, notes, linked(table, link))
    texts = [number(point, digits) for point in middle]
    top, bottom = middles[0] - 15, paper.y
    scale = fitted(edge, most, left + 6, paper.width, [(most, max(texts, key=len))], log)
    marked = table[group].astype(bool) if group else [True] * len(table)
    for y, accent, point, least, far, text in zip(
        middles, marked, middle, lows, highs.fillna(most), texts, strict=True
    ):
        colour = ACCENT if accent else MUTED
        begin, end = scale(max(least, edge)), scale(far)
        paper.box(begin, y - 3, max(end - begin, 1), 6, PALE if accent else LINE)
        paper.dots([(scale(max(point, edge)), y)], 5, colour)
        paper.text(end + 8, y, text, colour=INK if accent else FAINT, ground=True)
    if reference is not None:
        paper.line([(scale(reference), top), (scale(reference), bottom)], SECOND, 1, layer=0.6)
    axis(paper, scale, top, bottom, whole=digits == 0)


@chart
def diverging(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    low: str | None = None,
    high: str | None = None,
    before: str = "before",
    after: str = "after",
    notes: dict[str, str] | None = None,
    link: str | None = None,
) -> None:
    """Ranges on both sides of zero: one colour left, one right, grey where the sign is open. For leads and lags.

    ``before`` and ``after`` say what left and right of zero mean; a missing ``low`` or ``high`` has no limit. Numbers
    of ten and more are written whole.
    """
    _, plain, names = labels(table, label)
    lows, highs = ends(table, low, high)
    known = [*lows.dropna(), *highs.dropna(), 0]
    least, edge, most = min(known), max(known), max(map(abs, [*known, 1]))
    digits = 0 if most >= 10 else decimals(known)
    head = paper.y
    paper.y += 24
    left, middles = lay(paper, names, 26, plain, notes, linked(table, link))
    texts, bottom = [interval(a, b, digits) for a, b in zip(lows, highs, strict=True)], paper.y
    near, far = lows.fillna(least), highs.fillna(edge)
    turned, open_low, open_high = list(highs < 0), lows.isna(), highs.isna()
    span = (least - 0.04 * most, edge + 0.02 * most)
    beside = [(end, text) for end, text, t in zip(far, texts, turned, strict=True) if not t]
    scale = fitted(*span, left, paper.width, beside)
    for _ in range(12):  # room for the text left of each mark that stands left of zero
        starts = [scale(a) - 14 - width(text, SMALL) for a, text, t in zip(near, texts, turned, strict=True) if t]
        over = left - min(starts, default=left)
        if over <= 0:
            break
        scale = Scale(*span, min(scale.start + over + 1, scale.end - 20), scale.end)
    zero = scale(0)
    left_of, right_of = f"← {before}", f"{after} →"
    end = max(zero - 8, width(left_of, SMALL))
    start = max(zero + 8, end + 14)
    lower = start + width(right_of, SMALL) > paper.width  # both beside each other need more room: one below the other
    paper.text(end, head + (0 if lower else 8), left_of, SMALL, SECOND, "right")
    x = paper.width - width(right_of, SMALL) if lower else start
    paper.text(min(x, zero + 8) if lower else x, head + 14 if lower else head + 8, right_of, SMALL, ACCENT)
    paper.line([(zero, head + 22), (zero, bottom)], INK, 1, layer=0.6)
    rows = zip(middles, near, far, open_low, open_high, turned, texts, strict=True)
    for y, a, b, no_low, no_high, before_zero, text in rows:
        colour = SECOND if b < 0 and not no_high else ACCENT if a > 0 and not no_low else MUTED
        if b > a:
            paper.box(scale(a), y - 2, scale(b) - scale(a), 4, colour)
        paper.dots([(scale(x), y) for x, none in ((a, no_low), (b, no_high)) if not none], 5, colour)
        if no_low:
            paper.arrow(scale(a), y, colour, -6)
        if no_high:
            paper.arrow(scale(b), y, colour, 6)
        if before_zero:
            paper.text(scale(a) - (13 if no_low else 9), y, text, SMALL, FAINT, "right")
        else:
            paper.text(scale(b) + (13 if no_high else 9), y, text, SMALL, FAINT)
    axis(paper, scale, head + 24, bottom, whole=digits == 0)


@chart
def dumbbells(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    before: str = "before",
    after: str = "after",
    group: str | None = None,
    names: tuple[str, str] | None = None,
    notes: dict[str, str] | None = None,
) -> None:
    """Two values a row, an open dot before and a full one after, joined. For a change, side by side in groups.

    ``group`` is a column whose values head their rows; ``names`` are what both dots mean (default: their columns).
    """
    _, plain, shown = labels(table, label)
    first, second = (table[column(table, name, [], "dumbbells")].astype(float) for name in (before, after))
    digits = decimals([*first, *second])
    meaning = names or (before.replace("_", " "), after.replace("_", " "))
    paper.key([(MUTED, meaning[0]), (ACCENT, meaning[1])], {meaning[0]: "ring", meaning[1]: "dot"})
    top = paper.y
    groups = list(table[group].astype(str)) if group else []
    left, middles = lay(paper, shown, 26, plain, notes, groups=groups)
    texts = [[number(value, digits) for value in pair] for pair in zip(first, second, strict=True)]
    longest, bottom = max(width(text, TEXT) for pair in texts for text in pair), paper.y
    known = [*first, *second]
    low = 0 if min(known) < 0.5 * max(known) else min(known)
    scale = Scale(low, max(known) or 1, left + longest + 14, paper.width - longest - 14)
    for y, a, b, (one, other) in zip(middles, first, second, texts, strict=True):
        x, z = scale(a), scale(b)
        paper.line([(x, y), (z, y)], LINE, 3)
        paper.ring(x, y, 5.5 if abs(z - x) > 5 else 9, MUTED, OVER)  # around the dot where it would hide the ring
        paper.dots([(z, y)], 5.5, ACCENT, OVER + 0.2)
        side = 1 if z >= x else -1
        anchors = ("right", "left") if side > 0 else ("left", "right")
        paper.text(x - side * 10, y, one, colour=FAINT, anchor=anchors[0])
        paper.text(z + side * 10, y, other, anchor=anchors[1])
    axis(paper, scale, top, bottom, whole=digits == 0)


@chart
def funnel(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    value: str | None = None,
    notes: dict[str, str] | None = None,
) -> None:
    """Steps that each keep a part of the one before, with what is kept. For how a selection came about."""
    _, plain, names = labels(table, label)
    sizes = values(table, value, "a funnel")
    digits, most = decimals(sizes), sizes.max() or 1
    side = 0 if paper.phone else 300  # on a phone the names stand above the steps
    room, before = (side - 16 if side else paper.width), 0.0
    for key, name, size in zip(plain, names, sizes, strict=True):
        lines, note = wrap(name, TEXT, room), wrap(notes[key], SMALL, room) if key in (notes or {}) else []
        if before and side:
            far = side + (paper.width - side) * size / most
            paper.shape([(side, paper.y), (side + before, paper.y), (far, paper.y + 12), (side, paper.y + 12)], PALE)
        paper.y += 12 if side else 10
        deep = 17 * len(lines) + 15 * len(note)
        high, top = (max(30, deep), paper.y + max(0, (30 - deep) / 2)) if side else (26, paper.y)
        paper.lines(0, top + 8.5 * len(lines), lines)
        paper.lines(0, top + 17 * len(lines) + 7.5 * len(note), note, SMALL, 1.25, colour=FAINT)
        paper.y += 0 if side else deep + 2
        before = (paper.width - side) * size / most
        paper.box(side, paper.y, before, high, ACCENT)
        text = number(size, digits)
        inside = width(text, TEXT, True) + 16 < before
        x, anchor = (before - 8, "right") if inside else (before + 6, "left")
        paper.text(side + x, paper.y + high / 2, text, TEXT, ON_ACCENT if inside else INK, anchor, bold=True)
        paper.y += high
