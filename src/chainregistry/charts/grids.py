"""Forms on a grid: the map of provinces, counts by two properties, small multiples."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from chainregistry.charts.form import chart, column, labels, linked_to, usual, values
from chainregistry.charts.letters import decimals, hyphenated, number, width, wrap
from chainregistry.charts.paper import OVER, SMALL, TEXT, Paper
from chainregistry.palette import ACCENT, FAINT, GRID, INK, LINE, MUTED, PAPER, SECOND, SHADES, letters

CLASSES = (1, 5, 20, 100)
"""The least of each shade of the map, the same on all pages."""
KEY = ("none", "1 to 4", "5 to 19", "20 to 99", "100 or more")


def shade(value: float) -> int:
    """The class of a number on the map, 0 to 4."""
    return sum(value >= least for least in CLASSES)


@chart
def tiles(
    paper: Paper,
    table: pd.DataFrame,
    value: str | None = None,
    text: str | None = None,
    highlight: str | None = None,
    unit: str = "",
    nothing: str = KEY[0],
    key: bool = True,
) -> None:
    """China as one square per province, on one scale with one key on all pages. For where, with all provinces.

    The shade follows ``value``, the column ``text`` (default: the value, unless it is zero) stands in the square; a
    missing value leaves it white and dashed. ``unit`` heads the key, which a small picture may be without; ``nothing``
    is what the shade of zero means. The table needs grid_row, grid_col and a name; with the column slug each tile is
    a link to the page of its province.
    """
    _, plain, _ = labels(table, next((name for name in ("short_en", "name_en") if name in table), None))
    numbers = values(table, value, "tiles")
    texts = table[text] if text else [number(n, decimals(numbers)) if n > 0 else "" for n in numbers]
    chinese = table["short_zh"] if "short_zh" in table and not paper.phone else [""] * len(table)
    step = paper.width / 7 if paper.phone else 78
    high, gap, small = (56 if paper.phone else 62), (3 if paper.phone else 4), (11 if paper.phone else SMALL)
    links = linked_to("province", table["slug"]) if "slug" in table else [""] * len(table)
    top = paper.y
    if paper.phone and key:
        _key(paper, unit, numbers, nothing, upright=False)
        top = paper.y
    rows = zip(plain, chinese, numbers, texts, table.grid_row, table.grid_col, links, strict=True)
    for name, other, amount, inside, row, column_, link in rows:
        x, y, known = column_ * step, top + row * (high + gap), not np.isnan(amount)
        fill = SHADES[shade(amount)] if known else PAPER
        chosen = name == highlight
        edge, stroke = (SECOND, 2.5) if chosen else (LINE, 1)
        paper.box(x + 1, y + 1, step - gap, high, fill, edge, stroke, dashed=not known and not chosen, link=link)
        ink, middle = letters(fill) if known else FAINT, x + 1 + (step - gap) / 2
        lines = hyphenated(name, small, step - gap - 2)
        lines += [other] if other and len(lines) < 3 and pd.notna(other) else []
        lines += [str(inside)] if pd.notna(inside) and str(inside) else []
        for place, line in enumerate(lines):
            bold = place == len(lines) - 1 and line == str(inside)
            down = y + 1 + high / 2 + (place - (len(lines) - 1) / 2) * (small + 3)
            paper.text(middle, down, line, small, ink, "center", bold, link, layer=1)  # beside its square: one link
    if not paper.phone and key:
        paper.y, right = top, 7 * step + 24
        _key(paper, unit, numbers, nothing, upright=True, x=right)
    paper.y = top + (max(table.grid_row) + 1) * (high + gap)


def _key(paper: Paper, unit: str, numbers: pd.Series, nothing: str, upright: bool, x: float = 0) -> None:
    """What the shades of the map mean, up to the darkest that it has."""
    shades = 1 + max((shade(amount) for amount in numbers.dropna()), default=0)
    most = numbers.max()
    texts = [nothing, *KEY[1:shades]]
    if 1 < shades < len(KEY):  # no class goes on after what is there
        texts[-1] = " to ".join(dict.fromkeys([str(CLASSES[shades - 2]), number(np.floor(most))]))
    texts += ["no number"] * bool(numbers.isna().any())
    if unit:
        for line in wrap(unit, SMALL, paper.width - x):
            paper.text(x, paper.y + 8, line, SMALL, FAINT)
            paper.y += 16
        paper.y += 4
    start = x
    for place, text in enumerate(texts):
        need = 22 + width(text, SMALL)
        if not upright and x > start and x + need > paper.width:
            x, paper.y = start, paper.y + 20
        fill = SHADES[place] if place < shades else PAPER
        paper.box(x, paper.y + 2, 16, 14, fill, LINE, dashed=place == shades)
        paper.text(x + 22, paper.y + 9, text, SMALL)
        x, paper.y = (start, paper.y + 20) if upright else (x + need + 12, paper.y)
    paper.y += 0 if upright else 28


@chart
def heatmap(
    paper: Paper,
    table: pd.DataFrame,
    row: str | None = None,
    column: str | None = None,
    value: str | None = None,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    totals: bool = False,
    whole: bool = False,
) -> None:
    """Counts by two properties: a shaded square per pair with its number; a pair that does not occur stays white.

    ``rows`` and ``columns`` give the order (default: that of the table) and may name some that do not occur.
    ``totals`` adds the sums of both at the edges; ``whole`` rounds, and what would round to zero is "<1". For two
    properties of up to some twenty values each.
    """
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
    row, column = row or texts[0], column or texts[1]
    rows = [str(name) for name in (rows if rows is not None else dict.fromkeys(table[row].astype(str)))]
    columns = [str(name) for name in (columns if columns is not None else dict.fromkeys(table[column].astype(str)))]
    numbers = values(table, value, "a heat map")
    wide = table.assign(**{row: table[row].astype(str), column: table[column].astype(str), "_": numbers})
    grid = wide.pivot_table("_", row, column, aggfunc="sum").reindex(index=rows, columns=columns).fillna(0).to_numpy()
    limit = paper.width * (0.3 if paper.phone else 0.34)
    lines = [wrap(name, SMALL if paper.phone else TEXT, limit) for name in rows]
    size = SMALL if paper.phone else TEXT
    left = max(width(line, size) for some in lines for line in some) + 10
    edge = 40 if totals else 0
    side = min((paper.width - left - edge) / len(columns), 84)
    heads = [wrap(name, SMALL, side - 4) for name in columns]
    turned = any(len(some) > 4 or width(line, SMALL) > side - 4 for some in heads for line in some)
    if turned and paper.phone and max(width(name, SMALL) for name in columns) > 100:  # half a screen
        paper.paragraph(", ".join(f"{place} {name}" for place, name in enumerate(columns, 1)), SMALL, FAINT)
        columns = [str(place) for place in range(1, len(columns) + 1)]
        heads, turned = [[name] for name in columns], False
    head = max(width(name, SMALL) for name in columns) + 8 if turned else 5 + 15 * max(len(some) for some in heads)
    most, digits = grid.max() or 1, 0 if whole else decimals(grid.ravel())
    small = 11 if side < 26 else SMALL
    middles = [left + (place + 0.5) * side for place in range(len(columns))]
    end = left + len(columns) * side
    paper.y += head
    for x, name, some in zip(middles, columns, heads, strict=True):
        if turned:
            paper.text(x, paper.y - 6, name, SMALL, turned=True)
        else:
            paper.lines(x, paper.y - 10 - 7.5 * (len(some) - 1), some, SMALL, 1.25, anchor="center")
    if totals:
        paper.text(end + edge / 2 + 2, paper.y - 10, "all", SMALL, FAINT, "center")
    squares: dict[str, list[tuple[float, float, float, float]]] = {}
    for some, amounts in zip(lines, grid, strict=True):
        high = max(25, 16 * len(some) + 6)
        middle = paper.y + high / 2
        paper.lines(0, middle, some, size, 1.2)
        for x, amount in zip(middles, amounts, strict=True):
            fill = SHADES[int(np.ceil(4 * amount / most))] if amount > 0 else PAPER
            squares.setdefault(fill, []).append((x - side / 2, paper.y, side, high))
            if amount:
                text = "<1" if whole and amount < 0.5 else number(amount, digits)
                paper.text(x, middle, text, small, letters(fill), "center")
        if totals:
            paper.text(end + edge / 2 + 2, middle, number(amounts.sum(), digits), SMALL, anchor="center", bold=True)
        paper.y += high
    for fill, places in squares.items():
        paper.boxes(places, fill, GRID)
    if totals:
        sums = [number(amount, digits) for amount in grid.sum(axis=0)]
        tight = max(width(text, small, True) for text in sums) > side - 2
        paper.text(0, paper.y + 13, "all", SMALL, FAINT)
        paper.text(end + edge / 2 + 2, paper.y + 13, number(grid.sum(), digits), SMALL, anchor="center", bold=True)
        for x, text in zip(middles, sums, strict=True):
            y = paper.y + (8 + width(text, small, True) if tight else 13)
            paper.text(x, y, text, small, INK, "left" if tight else "center", True, turned=tight)
        paper.y += 10 + max(width(text, small, True) for text in sums) if tight else 24


@chart
def multiples(
    paper: Paper,
    table: pd.DataFrame,
    panel: str | None = None,
    x: str | None = None,
    value: str | None = None,
    highlight: str | None = None,
) -> None:
    """The same small bars for each value of ``panel``, on one scale. For the courses of many places or fields; two
    share the width, and every bar has its label where there is room."""
    panel, plain, _ = labels(table, panel)
    x = column(table, x, usual("multiples", "x"), "small multiples")
    numbers, across = values(table.drop(columns=[x]), value, "small multiples"), table[x].astype(str)
    panels, places = list(dict.fromkeys(plain)), sorted(dict.fromkeys(across))
    each = max(min(3 if paper.phone else 5, len(panels)), 2)
    step, high, most = paper.width / each, 62 if each > 2 else 124, numbers.max() or 1
    digits = decimals(numbers)
    grid = pd.Series(numbers.to_numpy(), index=[plain, list(across)]).groupby(level=[0, 1]).sum()
    names = [wrap(name, SMALL, step - 14) for name in panels]
    for first in range(0, len(panels), each):
        heads = max(len(some) for some in names[first : first + each])
        for at, name in enumerate(panels[first : first + each]):
            left, top = at * step, paper.y + 15 * heads + 16
            some = names[first + at]
            for place, line in enumerate(some):
                paper.text(left, paper.y + 15 * (heads - len(some) + place) + 8, line, SMALL, bold=name == highlight)
            wide = (step - 14) / len(places)
            amounts = [float(grid.get((name, place), 0)) for place in places]
            peak = int(np.argmax(amounts))
            colour = ACCENT if not highlight or name == highlight else MUTED
            for place, amount in enumerate(amounts):
                tall = high * amount / most
                if amount:
                    paper.box(left + place * wide, top + high - tall, max(wide - 1, 1), tall, colour)
                if place == peak and amount:
                    middle = left + (place + 0.5) * wide
                    paper.text(
                        max(middle, left + 6), top + high - tall - 8, number(amount, digits), 11, FAINT, "center"
                    )
            paper.line([(left, top + high), (left + step - 14, top + high)], LINE, 1, layer=OVER)
            ends = [(left, places[0], "left"), (left + step - 14, places[-1], "right")][: 1 + (len(places) > 1)]
            if max(width(text, 11) for text in places) < wide - 4:
                ends = [(left + (at + 0.5) * wide, text, "center") for at, text in enumerate(places)]
            for edge, text, anchor in ends:
                paper.text(edge, top + high + 9, text, 11, FAINT, anchor)
        paper.y += 15 * heads + 16 + high + 28
