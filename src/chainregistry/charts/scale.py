"""Numbers and days to places in pixels, with the ticks that matplotlib finds for them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.ticker import MaxNLocator

from chainregistry.charts.letters import number, width
from chainregistry.charts.paper import SMALL, Paper
from chainregistry.palette import FAINT, GRID, SECOND


@dataclass(frozen=True)
class Scale:
    """From ``low`` to ``high`` on the pixels from ``start`` to ``end``; ``log`` for a logarithmic one."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high, value = (math.log(x) if self.log else x for x in (self.low, self.high, value))
        return self.start + (value - low) / ((high - low) or 1) * (self.end - self.start)

    def ticks(self, most: int = 6, whole: bool = True) -> list[float]:
        """Round numbers within the scale, no more than ``most`` and one; whole ones for counts."""
        if self.log:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            found = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
            found = [tick for tick in found if self.low <= tick <= self.high]
            if len(found) > most + 1:
                found = [tick for tick in found if f"{tick:e}".startswith("1.")]
            return found[:: math.ceil(len(found) / (most + 1))]
        locator = MaxNLocator(nbins=most, integer=whole, steps=[1, 2, 2.5, 5, 10] if not whole else [1, 2, 5, 10])
        return [
            tick for tick in locator.tick_values(self.low, self.high) if self.low - 1e-9 <= tick <= self.high + 1e-9
        ]


def axis(paper: Paper, scale: Scale, top: float, bottom: float, whole: bool = True, title: str = "") -> None:
    """Upright lines with their numbers below."""
    for most in range(4 if paper.phone else 7, 0, -1):
        ticks = scale.ticks(most, whole)
        digits = next(n for n in (0, 1, 2, 3) if n == 3 or all(abs(round(tick, n) - tick) < 1e-9 for tick in ticks))
        texts = [f"{tick:,g}" if scale.log else number(tick, digits) for tick in ticks]
        longest = max(width(text, SMALL) for text in texts)
        if all(scale(b) - scale(a) > longest + 8 for a, b in pairwise(ticks)):
            break
    paper.grid([scale(tick) for tick in ticks], top, bottom)
    for tick, text in zip(ticks, texts, strict=True):
        half = width(text, SMALL) / 2
        paper.text(min(max(scale(tick), half), paper.width - half), bottom + 11, text, SMALL, FAINT, "center")
    paper.y = bottom + 20
    if title:
        paper.text((scale.start + scale.end) / 2, paper.y + 8, title, SMALL, FAINT, "center")
        paper.y += 18


def upright(paper: Paper, most: float, height: float, right: float = 0) -> tuple[Scale, float, float]:
    """Level lines for counts from zero, numbers at their left: the scale, and the left and right ends of the field."""
    scale = Scale(0, most, paper.y + height, paper.y + 6)
    ticks = scale.ticks(4)
    left = max(width(number(tick), SMALL) for tick in ticks) + 8
    for tick in ticks:
        paper.line([(left, scale(tick)), (paper.width - right, scale(tick))], GRID, 1, layer=0.3)
        paper.text(left - 6, scale(tick), number(tick), SMALL, FAINT, "right")
    return scale, left, paper.width - right


def days(values: Iterable) -> pd.Series:
    """Dates as days since 1970."""
    return (pd.to_datetime(pd.Series(list(values))) - pd.Timestamp(0)) / pd.Timedelta(days=1)


def spread(first: float, last: float) -> tuple[float, float]:
    """First and last day of a scale: from a new year on, so that the first year is labelled, with a margin; at least a
    year and a half, and no less than two new years."""
    middle, half = (first + last) / 2, max(last - first, 550) * 0.52
    new_year = days([f"{(pd.Timestamp(0) + pd.Timedelta(days=first)).year}-01-01"])[0]
    high = middle + half
    low = min(middle - half, new_year) if last - first < 550 else new_year - 0.01 * (high - new_year)
    begin, end = (pd.Timestamp(0) + pd.Timedelta(days=day) for day in (low, high))
    if end.year - begin.year < 2:
        low, high = days([f"{begin.year}-01-01", f"{end.year + 1}-01-01"])
    return low, high


def years(paper: Paper, scale: Scale, top: float, bottom: float, above: bool = False) -> None:
    """A line and a label at each first of January, at fewer of them where labels would touch; also ``above`` them.

    A label at an edge stands beside its line; it gives way to its neighbour, so that no gap is left among the others.
    """
    first, last = (pd.Timestamp(0) + pd.Timedelta(days=end) for end in (scale.low, scale.high))
    wide = width("2020", SMALL)
    step = math.ceil((wide + 10) / ((scale.end - scale.start) / (scale.high - scale.low) * 365.25))
    found = [(scale(days([f"{year}-01-01"])[0]), year) for year in range(first.year, last.year + 1) if year % step == 0]
    found = [(x, year) for x, year in found if x >= scale(scale.low)]
    paper.grid([x for x, _ in found], top, bottom)
    texts = [(min(max(x, 16), paper.width - 16), year) for x, year in found]
    if len(texts) > 1 and texts[1][0] - texts[0][0] < wide + 6:
        texts = texts[1:]
    if len(texts) > 1 and texts[-1][0] - texts[-2][0] < wide + 6:
        texts = texts[:-1]
    for x, year in texts:
        paper.text(x, bottom + 11, str(year), SMALL, FAINT, "center")
        if above:
            paper.text(x, top - 9, str(year), SMALL, FAINT, "center", ground=True)
    paper.y = bottom + 20


def placed(labels: dict[str, str], scale: Scale, right: float) -> list[tuple[str, float, int, str]]:
    """Text, place, line (0 is the lowest) and side of the label of each marked day on the scale, without overlaps.

    The latest comes first: the label of an earlier one then stands above it, and no line runs through a label.
    """
    lines: list[list[tuple[float, float]]] = []
    found = []
    for text, day in sorted(labels.items(), key=lambda mark: str(mark[1]), reverse=True):
        moment = days([day])[0]
        if scale.low <= moment <= scale.high:
            x, need = scale(moment), width(text, SMALL) + 8
            side = "left" if x + need <= right else "right"
            begin, end = (x, x + need) if side == "left" else (x - need, x)
            least = max((over for _, other, over, _ in found if begin < other < end), default=0)
            free = (i for i in range(least, len(lines)) if all(end < a or begin > b for a, b in lines[i]))
            line = next(free, len(lines))
            lines[line:] = lines[line:] or [[]]
            lines[line].append((begin, end))
            found.append((text, x, line, side))
    return found


def marks(paper: Paper, labels: dict[str, str] | None, scale: Scale, bottom: float) -> None:
    """Upright lines at marked days down to ``bottom`` pixels below here, labels over the field."""
    found = placed(labels or {}, scale, paper.width)
    high = max((line + 1 for *_, line, _ in found), default=0) * 16
    mark(paper, found, paper.y + high, paper.y + high + bottom)
    paper.y += high


def mark(paper: Paper, found: list[tuple[str, float, int, str]], top: float, bottom: float) -> None:
    """The upright lines of ``placed``, down to ``bottom``, with their labels above ``top``."""
    for text, x, line, side in found:
        y = top - 16 * line - 8
        paper.line([(x, y - 6), (x, bottom)], SECOND, 1, layer=0.6)
        paper.text(x + (4 if side == "left" else -4), y, text, SMALL, SECOND, side)
