"""Two numbers of each thing against each other: scatter with ranges."""

import numpy as np
import pandas as pd

from chainregistry.charts.form import chart, column, ends, labels, usual
from chainregistry.charts.letters import decimals, number, width
from chainregistry.charts.paper import OVER, SMALL, Paper
from chainregistry.charts.rows import ranges_key
from chainregistry.charts.scale import Scale, axis
from chainregistry.palette import ACCENT, FAINT, GRID, INK, MID, MUTED, PAPER, SECOND


@chart
def scatter(
    paper: Paper,
    table: pd.DataFrame,
    x: str | None = None,
    low: str | None = None,
    high: str | None = None,
    label: str | None = None,
    across: str = "",
    upwards: str = "",
    highlight: str | None = None,
    notes: dict[str, str] | None = None,
    hollow: str | None = None,
    names: tuple[str, str] | None = None,
    several: str = "",
) -> None:
    """A number across, a range upwards: a dot where it is one number, a line where it lies between two.

    ``across`` and ``upwards`` say what both are. Names stand where they fit, an empty one nowhere; that of
    ``highlight`` and of those with a note always. ``several`` is what marks in one place, and all ranges above one
    place across, are called together, such as "places" for "3 places". ``hollow`` is a column of true and false: a
    mark of true is an outline, and ``names`` are what full and hollow marks mean. For whether two things go together;
    a missing ``high`` goes up to the edge.
    """
    _, plain, shown = labels(table, label)
    places = table[column(table, x, usual("scatter", "x"), "a scatter")].astype(float)
    lows, highs = ends(table, low, high)
    if several:
        tops = highs.fillna(np.inf)  # a name stands above the top of the ranges of one place
        alike = tops.groupby([places, lows.where(lows == highs)], dropna=False)
        place = zip(shown, alike.transform("size"), alike.rank(method="first", ascending=False), strict=True)
        shown = [name if size == 1 else "" if rank > 1 else f"{size} {several}" for name, size, rank in place]
    outline = table[hollow].astype(bool) if hollow else pd.Series(False, table.index)
    if names and outline.any():
        ranges_key(paper, names, lows == highs, outline, None)
    most = max(np.nanmax([*lows, *highs, 1]), 1) * 1.04
    height = 320 if not paper.phone else 300
    if upwards:
        paper.text(0, paper.y + 7, f"↑ {upwards}", SMALL, FAINT)
        paper.y += 20
    up = Scale(0, most, paper.y + height, paper.y + 6)
    ticks = up.ticks(5)
    left = max(width(number(tick), SMALL) for tick in ticks) + 8
    for tick in ticks:
        paper.line([(left, up(tick)), (paper.width, up(tick))], GRID, 1, layer=0.3)
        paper.text(left - 6, up(tick), number(tick), SMALL, FAINT, "right")
    room = 10 + (0 if paper.phone else 60)
    scale = Scale(min(0, places.min()), places.max() * 1.02 or 1, left + 8, paper.width - room)
    taken: list[tuple[float, float, float, float]] = []
    items = list(zip(plain, shown, places, lows, highs.fillna(most), outline, strict=True))
    # The shorter lie over the longer ones of the same place.
    for key, _, at, least, far, empty in sorted(items, key=lambda item: item[3] - item[4]):
        colour = ACCENT if not highlight or key == highlight else MUTED
        if far > least:
            colour = MID if colour == ACCENT else MUTED
            wide, fill, edge = (5, PAPER, colour) if empty else (3, colour, "none")
            paper.box(scale(at) - wide / 2, up(far), wide, up(least) - up(far), fill, edge)
        elif empty:
            paper.ring(scale(at), up(least), 5, colour, OVER)
        else:
            paper.dots([(scale(at), up(least))], 5, colour, OVER)
        taken.append((scale(at) - 4, up(far) - 4, scale(at) + 4, up(least) + 4))
    first = {highlight, *(notes or {})}
    known = [far == least for *_, least, far, _ in items]
    order = sorted(
        range(len(items)), key=lambda i: (items[i][0] not in first, not known[i], -items[i][4], -items[i][2])
    )
    for i in order:
        key, name, at, least, far, _ = items[i]
        text = f"{name}: {notes[key]}" if notes and key in notes else name
        need, always = width(text, SMALL), key in first
        crowd = bool(several) and text.endswith(f" {several}")
        more = always or known[i] or crowd  # these are named if there is any room above them
        spot = _spot(scale(at), up(far), need, taken, (left, paper.width), up.end, more, always)
        if spot and text:
            paper.text(spot[0], spot[1], text, SMALL, SECOND if notes and key in notes else INK)
            if spot[1] < up(far) - 20:  # a name far above its mark leads down to it
                paper.line([(scale(at), spot[1] + 8), (scale(at), up(far) - 6)], INK, 1, layer=OVER + 0.2)
                taken.append((scale(at), spot[1] + 8, scale(at), up(far) - 6))
            taken.append((spot[0], spot[1] - 7, spot[0] + need, spot[1] + 7))
    paper.base(left, paper.width, paper.y + height)
    axis(paper, scale, paper.y, paper.y + height, decimals(places) == 0, f"{across} →" if across else "")


def _spot(x, top, need: float, taken: list, sides: tuple, edge: float, more: bool, always: bool):
    """Where a name fits beside the upper end of its mark or above it, with ``more`` also farther above.

    None if nowhere, the first place if it must stand (``always``).
    """
    left, right = sides
    beside = [(x + 8, top + 4), (x - 8 - need, top + 4)]
    over = [(x - shift * need, top - 11) for shift in (0.5, 0, 1)]
    lines = range(1, 6 if more else 1)  # a name with a line down to its mark begins at that line
    over += [(x - shift * need, top - 11 - 15 * line) for line in lines for shift in (0, 0.5, 1)]
    spots = [(a, b) for a, b in (*beside, *over) if a >= left and a + need <= right and b >= edge]
    for a, b in spots:
        apart = all(a > c + 3 or a + need < begin - 3 or b - 7 > low or b + 7 < high for begin, high, c, low in taken)
        through = any(begin - 3 < x < c + 3 and b < high and low < top for begin, high, c, low in taken)
        if apart and not through:  # nor does the line down to the mark cross another name
            return a, b
    return spots[0] if always and spots else None
