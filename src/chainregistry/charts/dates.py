"""Forms over time: events on lines, labelled moments, a count that grows, lines, steps per period."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from chainregistry.charts.form import chart, column, labels, usual, values, wrapped
from chainregistry.charts.letters import decimals, interval, number, width, wrap
from chainregistry.charts.paper import OVER, SMALL, TEXT, UNDER, Paper
from chainregistry.charts.scale import Scale, days, mark, marks, placed, spread, upright, years
from chainregistry.palette import ACCENT, FAINT, INK, LINE, MUTED, PALE, PAPER, SECOND
from chainregistry.values import day as date

DOTS = (4.5, 3.5, 2.8, 2.2)
"""Radii of dots, the largest that keeps the stacks low is taken."""


@chart
def timeline(
    paper: Paper,
    table: pd.DataFrame,
    row: str | None = None,
    start: str | None = None,
    end: str | None = None,
    group: str | None = None,
    marks: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
    names: tuple[str, str] | None = None,
    inferred: str | None = None,
) -> None:
    """Events on one line per row value: a dot where the day is known, a hollow one where it is not.

    Behind a hollow dot lies a bar as long as the date is open, if that is longer than the dot. ``start`` and ``end``
    are dates; where the start is missing the dot stands at the end. ``inferred`` is a column of true and false, true
    for dates that nobody printed: hollow as well. ``group`` is a column of true and false, false in grey, and ``names``
    are what both mean; ``marks`` are upright lines, label by date. Events of the same time are stacked. For many events
    by kind.
    """
    _, plain, _ = labels(table, row)
    lanes = list(dict.fromkeys(plain))
    if names:
        paper.key([(ACCENT, names[0]), (MUTED, names[1])], dict.fromkeys(names, "dot"))
    begin = days(table[column(table, start, usual("timeline", "start"), "a timeline")])
    finish = days(table[column(table, end, usual("timeline", "end"), "a timeline")])
    begin = begin.fillna(finish)
    lines = wrapped(lanes, TEXT, paper.width * (1 if paper.phone else 0.3))
    left = 4 if paper.phone else max(width(line, TEXT) for some in lines for line in some) + 14
    scale = Scale(*spread(begin.min(), finish.max()), left, paper.width - 4)
    lane_of = [lanes.index(text) for text in plain]
    places = [scale(day) for day in (begin + finish) / 2]
    for radius in DOTS:
        levels = _levels(lane_of, places, 2.1 * radius)
        tallest = [1 + max(n for lane, n in zip(lane_of, levels, strict=True) if lane == i) for i in range(len(lanes))]
        if max(tallest) * 2 * radius < (150 if paper.phone else 100):
            break
    pitch = [max(26.0, 2.1 * radius * n + 10) for n in tallest]
    found = placed(marks or {}, scale, paper.width)
    paper.y += 16 * max((line + 1 for *_, line, _ in found), default=0)
    tall = paper.phone and sum(pitch) > 300  # the foot is out of sight from above: the years stand there too
    paper.y += 18 * tall
    field = paper.y
    centres = _lanes(paper, dict(zip(lanes, lines, strict=True)), pitch, notes, left)
    bottom = paper.y
    mark(paper, found, field - 18 * tall, bottom)
    accents = table[group].astype(bool) if group else [True] * len(table)
    unsure = (begin < finish) | (table[inferred].astype(bool).to_numpy() if inferred else False)
    dots: dict[str, list] = {ACCENT: [], MUTED: [], PAPER: []}
    for x, lane, n, a, b, accent, hollow in zip(places, lane_of, levels, begin, finish, accents, unsure, strict=True):
        y = centres[lane] + 2.1 * radius * ((n + 1) // 2) * (-1 if n % 2 else 1)  # middle, above, below, above ...
        if scale(b) - scale(a) > 3 * radius:
            paper.box(
                scale(a),
                y - radius * 0.6,
                scale(b) - scale(a),
                radius * 1.2,
                PALE if accent else LINE,
                layer=UNDER + 0.2,
            )
        dots[ACCENT if accent else MUTED].append((x, y))
        dots[PAPER] += [(x, y)] * bool(hollow)
    for colour, points in dots.items():
        paper.dots(points, radius if colour != PAPER else 0.55 * radius, colour, 1.1 if colour == PAPER else 1)
    years(paper, scale, field, bottom, above=tall)


def _levels(lanes: Sequence[int], places: Sequence[float], apart: float) -> list[int]:
    """For each dot the lowest level of its lane on which the one before it is ``apart``."""
    levels, last = [0] * len(places), defaultdict(list)
    for dot in np.argsort(places, kind="stable"):
        ends = last[lanes[dot]]
        levels[dot] = next((level for level, end in enumerate(ends) if places[dot] - end >= apart), len(ends))
        ends[levels[dot] : levels[dot] + 1] = [places[dot]]
    return levels


def _lanes(
    paper: Paper, lanes: dict[str, list[str]], pitch: Sequence[float], notes: dict[str, str] | None, left: float
) -> list[float]:
    """Names of lanes of different heights, in lines before them, on a phone above them; the middle of each lane."""
    centres = []
    for (lane, some), high in zip(lanes.items(), pitch, strict=True):
        if paper.phone:
            paper.lines(0, paper.y + 8.5 * len(some), some, ground=True)
            paper.y += 17 * len(some) + 1
        high = max(high, 0 if paper.phone else 17 * len(some) + 6)
        centres.append(paper.y + high / 2)
        if not paper.phone:
            paper.lines(0, centres[-1], some)
        paper.y += high
        for line in wrap((notes or {}).get(lane, ""), SMALL, paper.width - left):
            paper.text(left, paper.y + 5, line, SMALL, SECOND)
            paper.y += 15
    return centres


@chart
def moments(
    paper: Paper,
    table: pd.DataFrame,
    day: str | None = None,
    text: str | None = None,
    highlight: str | None = None,
    inferred: str | None = None,
) -> None:
    """Dated sentences down a line, their distances those of the dates as far as the texts allow. To tell a story.

    ``day`` holds dates of any precision as text: "2018", "2018-06", "2018-06-28"; ``inferred`` is a column of true and
    false, true for dates that nobody printed: their dots are hollow.
    """
    hollow = list(table[inferred].astype(bool)) if inferred else [False] * len(table)
    when = [str(value)[:10] for value in table[column(table, day, usual("moments", "day"), "moments")]]
    texts = list(table[column(table, text, usual("moments", "text"), "moments")].astype(str))
    places = days([pd.Timestamp(value) for value in when])
    shown = [re.sub(r"(?<=[A-Z][a-z]{2})[a-z]+", "", date(value)) if paper.phone else date(value) for value in when]
    left = max(width(value, SMALL) for value in shown) + 10
    per_day = 0.12 if paper.phone else 0.2
    first, spine = paper.y, left + 6
    for place, (value, sentence, moment) in enumerate(zip(shown, texts, places, strict=True)):
        if place:
            paper.y += min(60, max(0, (moment - places[place - 1]) * per_day - 10))
        lines = wrap(sentence, TEXT, paper.width - left - 24)
        colour = SECOND if highlight and highlight in (when[place], sentence) else ACCENT
        paper.text(left - 4, paper.y + 9, value, SMALL, FAINT, "right")
        mark = paper.ring if hollow[place] else lambda x, y, *style: paper.dots([(x, y)], *style)
        mark(spine, paper.y + 9, 5, colour, OVER)
        last = paper.y + 9
        for line in lines:
            paper.text(left + 22, paper.y + 9, line)
            paper.y += 17
        paper.y += 8
    paper.line([(spine, first + 9), (spine, last)], LINE, 2)


@chart
def band(
    paper: Paper,
    table: pd.DataFrame,
    day: str | None = None,
    low: str = "low",
    high: str = "high",
    limit: float | None = None,
    marks: dict[str, str] | None = None,
    until: str | None = None,
    names: tuple[str, str] | None = None,
) -> None:
    """A count that grows in steps, between its smallest (line) and largest (edge of the band) value at each day.

    ``limit`` draws the most that is possible; ``marks`` are upright lines, label by date; ``until`` is the day up to
    which nothing more was found; ``names`` are what line and band mean. For first times.
    """
    if names:
        paper.key([(ACCENT, names[0]), (PALE, names[1])], {names[0]: "line"})
    moments = list(days(table[column(table, day, usual("band", "day"), "a band")]))
    lows, highs = list(table[low].astype(float)), list(table[high].astype(float).fillna(limit or table[low].max()))
    if until and days([until])[0] > moments[-1]:
        moments, lows, highs = [*moments, days([until])[0]], [*lows, lows[-1]], [*highs, highs[-1]]
    end = interval(lows[-1], highs[-1])
    scale, y, left, bottom = _field(
        paper, max(limit or 0, *highs, 1) * 1.1, spread(moments[0], moments[-1]), marks, width(end, TEXT) + 8
    )
    upper, lower = _stairs(moments, highs, scale, y), _stairs(moments, lows, scale, y)
    paper.shape([*upper, *reversed(lower)], PALE)
    paper.line(lower, ACCENT, 2)
    paper.text(scale(moments[-1]) + 6, y(lows[-1]), end, colour=ACCENT, bold=True)
    if limit:
        paper.line([(left, y(limit)), (paper.width, y(limit))], MUTED, 1, dashed=True)
        paper.text(left + 2, y(limit) - 9, f"all {number(limit)}", SMALL, FAINT)
    years(paper, scale, y.end, bottom)


def _field(paper: Paper, most: float, span: tuple[float, float], labels: dict | None, right: float = 4):
    """A field over time: scales of days and of counts, its left end and its foot."""
    height = 210 if paper.phone else 260
    left = width(number(most), SMALL) + 8
    marks(paper, labels, Scale(*span, left, paper.width - right), height)
    y, left, _ = upright(paper, most, height)
    paper.base(left, paper.width, paper.y + height)
    return Scale(*span, left, paper.width - right), y, left, paper.y + height


def _stairs(moments: Sequence[float], counts: Sequence[float], x: Scale, y: Scale) -> list[tuple[float, float]]:
    points = [(x(moments[0]), y(counts[0]))]
    for moment, before, count in zip(moments[1:], counts, counts[1:], strict=False):
        points += [(x(moment), y(before)), (x(moment), y(count))]
    return points


@chart
def lines(
    paper: Paper,
    table: pd.DataFrame,
    x: str,
    series: Sequence[str],
    marks: dict[str, str] | None = None,
) -> None:
    """One line per series over days or years, the first in the accent colour. For two to four courses."""
    looks = list(zip(series, (ACCENT, SECOND, MUTED, INK), (False, True, False, True), strict=False))
    paper.key(
        [(colour, name.replace("_", " ")) for name, colour, _ in looks],
        {name.replace("_", " "): "line" for name in series},
    )
    dated = not pd.api.types.is_numeric_dtype(table[x])
    places = days(table[x]) if dated else days(f"{year:.0f}-01-01" for year in table[x])
    tops = max(float(np.nanmax(table[list(series)].astype(float))), 1) * 1.08
    scale, y, _, bottom = _field(paper, tops, spread(places.min(), places.max()), marks)
    for name, colour, dashed in reversed(looks):
        points = [(scale(a), y(b)) for a, b in zip(places, table[name].astype(float), strict=True) if not np.isnan(b)]
        paper.line(points, colour, 2.2, dashed)
        paper.dots(points, 3, colour)
    years(paper, scale, y.end, bottom)


@chart
def steps(
    paper: Paper,
    table: pd.DataFrame,
    day: str | None = None,
    value: str | None = None,
    surplus: str | None = None,
    marks: dict[str, str] | None = None,
    names: tuple[str, str] | None = None,
) -> None:
    """Bars side by side, one a quarter, month or year, each as wide as its time; ``surplus`` stands on it in grey.

    ``day`` is the first day of each period. For a course in periods, where part of the counts is in doubt.
    """
    moments = list(days(table[column(table, day, usual("steps", "day"), "steps")]))
    counts = values(table, value, "steps")
    more = table[surplus].astype(float) if surplus else counts * 0
    if surplus:
        own = names or ((value or counts.name).replace("_", " "), surplus.replace("_", " "))
        paper.key([(ACCENT, own[0]), (MUTED, own[1])])
    wide = float(np.median(np.diff(moments))) if len(moments) > 1 else 91.0
    digits = decimals([*counts, *more])
    scale, y, _, bottom = _field(
        paper, (counts + more).max() * 1.12 or 1, spread(moments[0], moments[-1] + wide), marks
    )
    peak = (counts + more).idxmax()
    for moment, count, extra, place in zip(moments, counts, more, counts.index, strict=True):
        a, b = scale(moment) + 0.5, scale(moment + wide) - 0.5
        if count:
            paper.box(a, y(count), b - a, bottom - y(count), ACCENT)
        if extra:
            paper.box(a, y(count + extra), b - a, y(count) - y(count + extra), MUTED)
        if place == peak and digits == 0:  # parts of a project are no number to print
            most = number(count + extra)
            paper.text((a + b) / 2, y(count + extra) - 9, most, SMALL, INK, "center", ground=True)
    years(paper, scale, y.end, bottom)
