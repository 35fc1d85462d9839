"""Forms of a whole and its parts: stacked bars, one square each, lists of known and unknown size, a code."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from chainregistry.charts.form import chart, column, labels, usual, values
from chainregistry.charts.letters import decimals, number, width, wrap
from chainregistry.charts.paper import SMALL, TEXT, Paper
from chainregistry.charts.rows import UNSURE, lay, linked
from chainregistry.charts.scale import Scale
from chainregistry.palette import ACCENT, FAINT, INK, PALE, PAPER, PARTS, SECOND, letters
from chainregistry.values import day as in_words


def _colours(names: Sequence[str], rest: str | None) -> list[str]:
    """A colour for each part; what is left over, by its name or as ``rest``, is white with an edge."""
    left_over = [name == rest or name.lower() in UNSURE for name in names]
    if len(names) - sum(left_over) > len(PARTS):
        raise ValueError(f"a whole of {len(names)} parts: no more than {len(PARTS)} and a rest can be told apart")
    colours = iter(PARTS)
    return [PAPER if rest else next(colours) for rest in left_over]


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""


@chart
def stacked(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    parts: Sequence[str] | None = None,
    value: str | None = None,
    share: bool = False,
    rest: str | None = None,
    notes: dict[str, str] | None = None,
    link: str | None = None,
) -> None:
    """Wholes of up to four parts and a rest. For what something is made of.

    With ``parts``, columns of numbers, one bar a row; ``share`` makes the bars equally long and writes percentages.
    Without, one single bar of the rows of the table, each with its name, number (``value``) and share. ``rest`` names
    the part that is left over: white. Raises ValueError for more parts than colours.
    """
    if parts is None:
        _one_bar(paper, table, label, value, rest)
        return
    _, plain, names = labels(table, label)
    sizes = table[list(parts)].astype(float).fillna(0)
    colours, wholes = _colours(parts, rest), sizes.sum(axis=1)
    paper.key([(colour, part.replace("_", " ")) for colour, part in zip(colours, parts, strict=True)])
    digits = decimals(sizes.to_numpy().ravel())
    texts = [("of " if share else "") + number(whole, digits) for whole in wholes]
    left, middles = lay(paper, names, 26, plain, notes, linked(table, link))
    room = paper.width - left - max(width(text, TEXT) for text in texts) - 8
    for y, (_, amounts), whole, text in zip(middles, sizes.iterrows(), wholes, texts, strict=True):
        scale = Scale(0, (whole if share else wholes.max()) or 1, left, left + room)
        done = 0.0
        for part, colour in zip(amounts, colours, strict=True):
            inside = _share(part, whole) if share else number(part, digits)
            _segment(paper, scale(done), scale(done + part), y - 9, 18, colour, inside if part else "")
            done += part
        paper.text(scale(done) + 6, y, text, colour=FAINT if share else INK)


def _segment(paper: Paper, start: float, end: float, top: float, high: float, colour: str, text: str) -> None:
    """One part of a bar, with its number if that fits inside."""
    if end > start:
        edge = FAINT if colour == PAPER else "none"
        paper.box(
            start + 0.5, top + (colour == PAPER) / 2, max(end - start - 1, 0.5), high - (colour == PAPER), colour, edge
        )
        if width(text, SMALL) + 6 <= end - start:
            paper.text((start + end) / 2, top + high / 2, text, SMALL, letters(colour), "center")


def _one_bar(paper: Paper, table: pd.DataFrame, label: str | None, value: str | None, rest: str | None) -> None:
    """One bar: numbers in it, names above each part where all fit, else in a list below."""
    _, plain, names = labels(table, label)
    sizes = values(table, value, "a stacked bar").fillna(0)
    digits, whole, colours = decimals(sizes), sizes.sum(), _colours(plain, rest)
    scale, done = Scale(0, whole or 1, 0, paper.width), 0.0
    reach = [(size / (whole or 1)) * paper.width for size in sizes]
    over = all(width(name, TEXT) + 8 <= long for name, long in zip(names, reach, strict=True))
    top = paper.y + (20 if over else 0)
    for name, size, colour in zip(names, sizes, colours, strict=True):
        start, end = scale(done), scale(done + size)
        if over:
            paper.text(start + 1, paper.y + 8, name)
        _segment(paper, start, end, top, 40, colour, "")
        text, part = number(size, digits), _share(size, whole)
        if width(text, 15, True) + 12 <= end - start:
            paper.text(start + 8, top + 14, text, 15, letters(colour), bold=True)
        if width(part, SMALL) + 12 <= end - start:
            paper.text(start + 8, top + 30, part, SMALL, letters(colour))
        done += size
    paper.y = top + 48
    if not over:
        for name, size, colour in zip(names, sizes, colours, strict=True):
            lines = wrap(f"{name}: {number(size, digits)} ({_share(size, whole)})", TEXT, paper.width - 20)
            paper.box(0.5, paper.y + 3, 12, 12, colour, FAINT if colour == PAPER else "none")
            paper.lines(20, paper.y + 8.5 * len(lines), lines)
            paper.y += 17 * len(lines) + 3


@chart
def units(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    value: str | None = None,
    rest: str | None = None,
) -> None:
    """One square for each thing that is counted, row after row, coloured by kind. For up to some hundreds of things."""
    _, plain, names = labels(table, label)
    sizes = values(table, value, "units").fillna(0).round().astype(int)
    colours = _colours(plain, rest)
    paper.key([(colour, f"{name}: {number(size)}") for colour, name, size in zip(colours, names, sizes, strict=True)])
    total = int(sizes.sum())
    step = 18 if total <= 300 else 13 if total <= 800 else 8
    across = int(paper.width // step)
    places, first = [(n % across * step, paper.y + n // across * step) for n in range(total)], 0
    for colour, size in zip(colours, sizes, strict=True):
        edge = FAINT if colour == PAPER else "none"
        some = [(x + 0.5, y + 0.5, step - 3, step - 3) for x, y in places[first : first + size]]
        if some:
            paper.boxes(some, colour, edge)
        first += size
    paper.y += -(-total // across) * step


@chart
def lists(
    paper: Paper,
    table: pd.DataFrame,
    label: str | None = None,
    size: str | None = None,
    part: str | None = None,
    day: str | None = None,
    names: tuple[str, str] = ("named", "all on the list"),
) -> None:
    """Lists in their order, of those of unknown size a question mark without a length. For what is missing.

    ``size`` is the column of sizes (empty where not known), ``part`` that of the part in the dark colour, ``day``
    that of dates, as in the tables or in words ("by 17 May 2024", "May 2022 (uncertain)"), of which month and year are
    shown, with "by" and with a question mark for what stands in brackets. The table has one row a list.
    """
    plain = [
        f"{text:g}" if isinstance(text, float) else str(text)
        for text in table[column(table, label, usual("lists", "label"), "lists")]
    ]
    sizes = values(table, size, "lists")
    parts = table[part].astype(float).fillna(0) if part else sizes * 0
    dates = [str(text) if pd.notna(text) else "" for text in (table[day] if day else [""] * len(table))]
    paper.key([(ACCENT, names[0])] * bool(part) + [(PALE, names[1])])
    most = max(sizes.max(), parts.max(), 1)
    draw = _listed_down if paper.phone else _listed_across
    draw(paper, plain, sizes, parts, [_month(date) for date in dates], most)


def _month(date: str) -> str:
    words, _, remark = date.partition(" (")
    words = in_words(words) if words[:1].isdigit() and " " not in words else words
    return re.sub(r"\d+ (?=[A-Z])|(?<=[A-Z][a-z]{2})[a-z]+", "", words) + "?" * bool(remark)


def _listed_across(paper: Paper, names, sizes, parts, dates, most) -> None:
    step, high = paper.width / len(names), 180
    foot = paper.y + high + 18
    scale = Scale(0, most, foot, foot - high)
    for place, (name, size, part, date) in enumerate(zip(names, sizes, parts, dates, strict=True)):
        left, wide = place * step + 2, step - 4
        middle = left + wide / 2
        if np.isnan(size):
            paper.text(middle, scale(part) - 9, "?", TEXT, FAINT, "center")
        else:
            top = scale(size)
            paper.box(left, top, wide, foot - top, PALE)
            paper.text(middle, top - 9, number(size), SMALL, anchor="center")
        if part:
            tall = max(foot - scale(part), 2)  # less would lie under the base line
            paper.box(left, foot - tall, wide, tall, ACCENT)
        paper.text(middle, foot + 11, name, TEXT, anchor="center", bold=True)
        for line, text in enumerate(date.split()):
            paper.text(middle, foot + 27 + 14 * line, text, 11, FAINT, "center")
    paper.base(0, paper.width, foot)
    paper.y = foot + 22 + 14 * max(2, *(len(date.split()) for date in dates))


def _listed_down(paper: Paper, names, sizes, parts, dates, most) -> None:
    left = max(width(name, TEXT, True) for name in names) + 8
    dated = left + max(width(date, 11) for date in dates) + 8
    scale = Scale(0, most, dated, paper.width - 10 - max(width(number(size), SMALL) for size in sizes.fillna(0)))
    for name, size, part, date in zip(names, sizes, parts, dates, strict=True):
        y = paper.y + 11
        paper.text(0, y, name, TEXT, bold=True)
        paper.text(left, y, date, 11, FAINT)
        if np.isnan(size):
            paper.text(max(scale(part), dated) + 6, y, "?", SMALL, FAINT)
        else:
            paper.box(dated, y - 7, scale(size) - dated, 14, PALE)
            paper.text(scale(size) + 6, y, number(size), SMALL)
        if part:
            paper.box(dated, y - 7, max(scale(part) - dated, 1), 14, ACCENT)
        paper.y += 22


@chart
def apart(paper: Paper, table: pd.DataFrame, part: str = "part", meaning: str = "meaning") -> None:
    """A number or code in coloured parts, each with a line to what it means. To explain how a code is made."""
    pieces, meanings = list(table[part].astype(str)), list(table[meaning].astype(str))
    size = 24.0
    size *= min(1, (paper.width - 4 * len(pieces)) / sum(width(piece, size, True) for piece in pieces))
    colours = [(ACCENT, SECOND, INK)[place % 3] for place in range(len(pieces))]
    x, foot, middles = 0.0, paper.y + 1.4 * size, []
    for piece, colour in zip(pieces, colours, strict=True):
        long = width(piece, size, True)
        paper.text(x + long / 2, paper.y + 0.7 * size, piece, size, colour, "center", bold=True)
        paper.box(x, foot, long, 3, colour)
        middles.append(x + long / 2)
        x += long + 4
    paper.y = foot + 18
    rows = list(zip(pieces, meanings, colours, middles, strict=True))
    if paper.phone:  # a line to each meaning needs more room: the part itself stands before it
        start = max(width(piece, TEXT, True) for piece in pieces) + 12
        for piece, text, colour, _ in rows:
            lines = wrap(text, TEXT, paper.width - start)
            paper.text(0, paper.y, piece, TEXT, colour, bold=True)
            paper.lines(start, paper.y + 8.5 * (len(lines) - 1), lines)
            paper.y += 17 * len(lines) + 5
        return
    for _, text, colour, middle in reversed(rows):  # the last part first: no line crosses another
        lines = wrap(text, TEXT, max(paper.width - middle - 12, 120))
        paper.line([(middle, foot + 3), (middle, paper.y + 8), (middle + 7, paper.y + 8)], colour)
        paper.lines(middle + 12, paper.y + 8.5 * len(lines), lines)
        paper.y += 17 * len(lines) + 7
