"""The chart vocabulary of the pages, on matplotlib and seaborn.

Every chart takes the table it draws. Its title is the finding, its subtitle the measure and unit, its foot the
source. It is shown together with its CSV twin and a text for those who cannot see it; nothing is returned. A table
without rows is answered by the sentence ``empty``. The picture carries what it was drawn from (``redraw``), so that
the front page can show it small.
Labels are in English: a missing Chinese glyph would write a warning with a path into the notebook.
"""

import base64
import io
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import matplotlib as mpl
import matplotlib.dates
import matplotlib.ticker
import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from PIL import Image

from chainregistry.palette import ACCENT, FAINT, INK, LAYERS, MUTED, SECOND
from chainregistry.prose import say, to_csv

NOTHING = "There is nothing to draw: no row fits this selection."
WIDTH = 4.7
"""Inches. A page shows them on 576 pixels, a phone on some 370: there the smallest letters still have 9 pixels."""
DISPLAY = 576
SHORT = 7
"""Rows of a small chart."""
TITLE, TEXT, SMALL = 11.2, 9.2, 8.4  # points
COLOURS = 32
"""Colours of a picture: enough for smooth letters, and a third of the size of one with all colours."""
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "axes.edgecolor": "#C9CDD3",
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": TEXT,
    "axes.grid": True,
    "grid.color": "#E6E8EB",
    "axes.axisbelow": True,
}


def bars(
    table: pd.DataFrame,
    label: str,
    value: str,
    title: str,
    subtitle: str,
    source: str,
    highlight: str = "",
    of: str = "",
    empty: str = NOTHING,
) -> None:
    """Horizontal bars, one per row in the given order, labelled with their value.

    ``highlight`` names the one label in the accent colour; with ``of`` the bars lie on pale ones of that column.
    """
    columns = {"label": label, "value": value, "highlight": highlight, "of": of}
    _show("bars", table, Words(title, subtitle, source), empty, columns)


def _bars(words: "Words", table: pd.DataFrame, label: str, value: str, highlight: str, of: str) -> Figure:
    names, values = list(table[label].astype(str)), table[value].astype(float)
    most = table[of].astype(float).fillna(0) if of else values
    fig, ax, places = _rows(words, names)
    if of:
        ax.barh(places, most, color=LAYERS["bounded"], height=0.72)
    ax.barh(places, values, color=[_colour(name, highlight) for name in names], height=0.72)
    ends = np.maximum(values, most)
    texts = [_number(part) + (f" of {whole:,.0f}" if of and whole else "") for part, whole in zip(values, most)]  # noqa: B905
    _labels(ax, places, ends, texts, 0, ends.max() or 1)
    ax.xaxis.set_visible(False)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    return fig


def intervals(
    table: pd.DataFrame,
    label: str,
    low: str,
    high: str,
    title: str,
    subtitle: str,
    source: str,
    highlight: str = "",
    limit: float | None = None,
    empty: str = NOTHING,
) -> None:
    """Intervals from low to high, one per row; a point where both agree, an open arrow where high is missing."""
    columns = {"label": label, "low": low, "high": high, "highlight": highlight, "limit": limit}
    _show("intervals", table, Words(title, subtitle, source), empty, columns)


def _intervals(
    words: "Words", table: pd.DataFrame, label: str, low: str, high: str, highlight: str, limit: float | None
) -> Figure:
    names, lows, highs = list(table[label].astype(str)), table[low].astype(float), table[high].astype(float)
    fig, ax, places = _rows(words, names, scale=True)
    edge = limit if limit is not None else np.nanmax([*lows, *highs, 1])
    start = min(0, np.nanmin([*lows, 0]))
    ends = highs.fillna(edge)
    texts = [_interval(least, most) for least, most in zip(lows, highs, strict=True)]
    _labels(ax, places, ends, texts, start, edge, [_colour(name, highlight) for name in names])
    for place, name, least, most in zip(places, names, lows, ends, strict=True):
        colour = _colour(name, highlight)
        if least == most:
            ax.plot(least, place, "o", color=colour, markersize=6.5, clip_on=False)
        else:
            ax.plot([least, most], [place, place], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.8)
    for place, name in zip(np.array(places)[highs.isna()], np.array(names)[highs.isna()], strict=True):
        ax.plot(edge, place, ">", color=_colour(name, highlight), markersize=7, clip_on=False)
    ax.set_xticks([tick for tick in ax.get_xticks() if start <= tick <= edge])
    return fig


def timeline(
    table: pd.DataFrame,
    row: str,
    start: str,
    end: str,
    title: str,
    subtitle: str,
    source: str,
    group: str = "",
    marks: dict[str, str] | None = None,
    empty: str = NOTHING,
) -> None:
    """Events on one line per row value: a dot where the day is known, a bar as long as the date is uncertain.

    ``start`` and ``end`` are dates; ``group`` is a column of true and false, true in the accent colour; ``marks``
    are vertical lines, label by date. Events of the same time are stacked.
    """
    columns = {"row": row, "start": start, "end": end, "group": group, "marks": marks or {}}
    _show("timeline", table, Words(title, subtitle, source), empty, columns)


def _timeline(
    words: "Words", table: pd.DataFrame, row: str, start: str, end: str, group: str, marks: dict[str, str]
) -> Figure:
    lanes = list(dict.fromkeys(table[row].astype(str)))
    begin, finish = pd.to_datetime(table[start]), pd.to_datetime(table[end])
    middle = begin + (finish - begin) / 2
    first, last = _spread(begin.min(), finish.max())
    inches = WIDTH * (0.97 - _room(lanes))
    per_day = inches / (last - first).days
    lane_of = table[row].astype(str).map(lanes.index)
    for dot in (0.085, 0.07, 0.055, 0.042):  # inches; the largest that keeps the stacks low
        slots = ((middle - first).dt.days * per_day / dot).round().astype(int)
        heights = Counter(zip(lane_of, slots, strict=True))
        tallest = [max(n for (lane, _), n in heights.items() if lane == i) for i in range(len(lanes))]
        if max(tallest) * dot < 0.8:
            break
    depth = [max(0.27, dot * n + 0.09, _depth(name)) for n, name in zip(tallest, lanes, strict=True)]
    centres = np.cumsum(depth) - np.array(depth) / 2
    fig, ax, _ = _rows(words, lanes, scale=True, places=centres, height=sum(depth), marks=(marks, first, last))
    ax.set_xlim(first, last)
    stacked: Counter = Counter()
    for lane, slot, left, right, accent in zip(
        lane_of, slots, begin, finish, table[group] if group else [True] * len(table), strict=True
    ):
        colour = ACCENT if accent else MUTED
        n = stacked[lane, slot]
        stacked[lane, slot] += 1
        place = centres[lane] + dot * ((n + 1) // 2) * (-1 if n % 2 else 1)  # in the middle, above, below, above ...
        if (right - left).days * per_day > 1.5 * dot:
            ax.plot([left, right], [place, place], color=colour, linewidth=dot * 42, alpha=0.3, solid_capstyle="butt")
        size = {"markersize": dot * 66, "markeredgewidth": 0.3, "markeredgecolor": "white"}
        ax.plot(left + (right - left) / 2, place, "o", color=colour, **size)
    _years(ax)
    return fig


def tiles(
    table: pd.DataFrame,
    value: str,
    text: str,
    title: str,
    subtitle: str,
    source: str,
    highlight: str = "",
    empty: str = NOTHING,
) -> None:
    """China as one square per province; the shade follows ``value``, the column ``text`` stands in the square.

    The table needs the columns short_en, grid_row and grid_col. A missing value leaves the square white.
    """
    columns = {"value": value, "text": text, "highlight": highlight}
    _show("tiles", table, Words(title, subtitle, source), empty, columns)


def _tiles(words: "Words", table: pd.DataFrame, value: str, text: str, highlight: str) -> Figure:
    side = 0.96 * WIDTH / 7  # inches; the map is seven tiles wide and eight high
    fig, ax = words.figure(8.03 * side, 0.01)
    for tile, shade in zip(table.itertuples(), _shades(table[value]), strict=True):
        chosen = tile.short_en == highlight
        edge, width = (SECOND, 2.2) if chosen else ("#AEB6BF", 0.8)
        corner = (tile.grid_col, tile.grid_row)
        ax.add_patch(Rectangle(corner, 0.94, 0.94, facecolor=shade, edgecolor=edge, linewidth=width, zorder=2 + chosen))
        style = {"ha": "center", "va": "center_baseline", "color": "white" if _dark(shade) else INK, "zorder": 4}
        name, number = "\n".join(_hyphenated(word, 0.92 * side) for word in tile.short_en.split()), getattr(tile, text)
        centre, number = tile.grid_col + 0.47, "" if pd.isna(number) else str(number)
        ax.text(centre, tile.grid_row + (0.31 if number else 0.47), name, fontsize=SMALL, linespacing=1.05, **style)
        ax.text(centre, tile.grid_row + 0.75, number, fontsize=SMALL, weight="bold", **style)
    ax.set_xlim(-0.03, 6.97)
    ax.set_ylim(8, -0.03)
    ax.set_aspect("equal")
    ax.axis("off")
    return fig


def _shades(values: pd.Series) -> list[tuple]:
    """A shade of the accent colour for each value, white for a missing one."""
    import seaborn as sns  # a second to import, needed here alone

    values = values.astype(float)
    shades = sns.light_palette(ACCENT, as_cmap=True)
    return [(1, 1, 1, 1) if np.isnan(value) else shades(value / (values.max() or 1)) for value in values]


def _dark(shade: tuple) -> bool:
    """Whether white letters are easier to read on a shade than dark ones."""
    return float(np.dot(shade[:3], (0.299, 0.587, 0.114))) < 0.55


LAST_SYLLABLE = re.compile(r"([aeiou](?:ng|n)?)((?:[csz]h|[b-df-hj-np-tv-z])[aeiou]+(?:ng|n)?)$")
"""Where a name in Latin letters may be cut."""


def _hyphenated(name: str, inches: float) -> str:
    """A name that is wider in two lines, cut before its last syllable: "Guang-dong"."""
    if _inches(name, SMALL) < inches:
        return name
    return LAST_SYLLABLE.sub("\\1-\n\\2", name)


def estimates(
    table: pd.DataFrame,
    label: str,
    value: str,
    low: str,
    high: str,
    title: str,
    subtitle: str,
    source: str,
    group: str = "",
    reference: float | None = None,
    log: bool = False,
    empty: str = NOTHING,
) -> None:
    """A point with its interval per row, on a scale that may be logarithmic.

    ``group`` is a column of true and false, true in the accent colour; ``reference`` is marked by a vertical line.
    On a logarithmic scale an interval that reaches zero is cut at the left edge.
    """
    columns = {"label": label, "value": value, "low": low, "high": high}
    columns |= {"group": group, "reference": reference, "log": log}
    _show("estimates", table, Words(title, subtitle, source), empty, columns)


def _estimates(
    words: "Words",
    table: pd.DataFrame,
    label: str,
    value: str,
    low: str,
    high: str,
    group: str,
    reference: float | None,
    log: bool,
) -> Figure:
    fig, ax, places = _rows(words, list(table[label].astype(str)), scale=True, pitch=0.34)
    columns = [table[name].astype(float) for name in (value, low, high)]
    known = pd.concat([*columns, pd.Series([1.0 if reference is None else reference])])
    edge = known[known > 0].min() * 0.8 if log else min(0.0, known.min())
    digits = 0 if (columns[0] % 1 == 0).all() else 1
    marked = list(table[group]) if group else [True] * len(table)
    for place, accent, middle, least, most in zip(places, marked, *columns, strict=True):
        colour = ACCENT if accent else MUTED
        ax.plot([max(least, edge), most], [place, place], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt")
        ax.plot(max(middle, edge), place, "o", color=colour, markersize=6)
    if reference is not None:
        ax.axvline(reference, color=SECOND, linewidth=1, zorder=1)
    if log:
        ax.set_xscale("log")
        ax.xaxis.set_major_formatter("{x:g}")
        ax.minorticks_off()
    ax.set_xlim(edge, known.max() * (1.3 if log else 1.06))
    for place, accent, middle in zip(places, marked, columns[0].clip(lower=edge), strict=True):
        text = f"{middle:,.{digits}f}"
        beyond = ax.transData.transform((middle, place))[0] / fig.dpi + _inches(text, SMALL) / 2 > WIDTH
        style = {"ha": "right" if beyond else "center", "va": "bottom", "fontsize": SMALL}
        style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}  # no line runs through the number
        ink = ACCENT if accent else FAINT
        ax.annotate(text, (middle, place), (4 * beyond, 4), textcoords="offset points", color=ink, **style)
    return fig


def heatmap(
    table: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    title: str,
    subtitle: str,
    source: str,
    rows: list[str] | None = None,
    columns: list[str] | None = None,
    empty: str = NOTHING,
) -> None:
    """Counts by two properties: one shaded square per pair, with its number; a pair that does not occur stays white.

    ``rows`` and ``columns`` give the order (default: that of the table) and may name some that do not occur.
    """
    order = {"rows": rows, "columns": columns}
    _show(
        "heatmap", table, Words(title, subtitle, source), empty, {"row": row, "column": column, "value": value} | order
    )


def _heatmap(
    words: "Words",
    table: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    rows: list[str] | None,
    columns: list[str] | None,
) -> Figure:
    rows = rows or list(dict.fromkeys(table[row].astype(str)))
    columns = columns or list(dict.fromkeys(table[column].astype(str)))
    wide = table.assign(**{row: table[row].astype(str), column: table[column].astype(str)})
    wide = wide.pivot_table(value, row, column, aggfunc="sum").reindex(index=rows, columns=columns).fillna(0)
    upright = max(len(name) for name in columns) > 4
    heads = max(_inches(name, SMALL) for name in columns) + 0.1 if upright else 0.22
    fig, ax, _ = _rows(words, rows, above=heads, pitch=0.27)
    shades, most = mpl.colors.LinearSegmentedColormap.from_list("", ["#EEF3F7", ACCENT]), wide.to_numpy().max() or 1
    for (y, x), number in np.ndenumerate(wide.to_numpy(dtype=float)):
        face = shades(number / most) if number else (1, 1, 1, 1)
        ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor="#E6E8EB"))
        if number:
            ink = "white" if _dark(face) else INK
            ax.text(x, y, f"{number:,.0f}", ha="center", va="center", fontsize=SMALL, color=ink)
    ax.set_xticks(range(len(columns)), columns)
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.spines[:].set_visible(False)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0, rotation=90 if upright else 0)
    ax.grid(False)
    return fig


def band(
    table: pd.DataFrame,
    day: str,
    low: str,
    high: str,
    title: str,
    subtitle: str,
    source: str,
    limit: float | None = None,
    marks: dict[str, str] | None = None,
    empty: str = NOTHING,
) -> None:
    """A count that grows in steps, between its smallest (line) and largest (edge of the band) value at each day.

    ``limit`` draws the most that is possible; ``marks`` are vertical lines, label by date.
    """
    columns = {"day": day, "low": low, "high": high, "limit": limit, "marks": marks or {}}
    _show("band", table, Words(title, subtitle, source), empty, columns)


def _band(
    words: "Words", table: pd.DataFrame, day: str, low: str, high: str, limit: float | None, marks: dict[str, str]
) -> Figure:
    days, lows, highs = pd.to_datetime(table[day]), table[low].astype(float), table[high].astype(float)
    end = _interval(lows.iloc[-1], highs.iloc[-1])
    first, last = _spread(days.min(), days.max(), after=_inches(end, TEXT) + 0.1)
    fig, ax = words.figure(2.3, 0.08, scale=True, marks=(marks, first, last))
    ax.set_xlim(first, last)
    ax.fill_between(days, lows, highs, step="post", color=LAYERS["bounded"], linewidth=0)
    ax.step(days, lows, where="post", color=ACCENT, linewidth=2)
    ax.text(days.iloc[-1], lows.iloc[-1], f" {end}", color=ACCENT, va="center")
    if limit:
        ax.axhline(limit, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        ax.text(first, limit, f" all {limit:g}", color=FAINT, fontsize=SMALL, va="bottom")
    ax.set_ylim(0, max(limit or 0, highs.max(), 1) * 1.12)
    ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(5, integer=True))
    _years(ax)
    return fig


def lines(
    table: pd.DataFrame,
    x: str,
    series: list[str],
    title: str,
    subtitle: str,
    source: str,
    marks: dict[str, str] | None = None,
    empty: str = NOTHING,
) -> None:
    """One line per series over days or years, the first in the accent colour; their names stand above."""
    _show("lines", table, Words(title, subtitle, source), empty, {"x": x, "series": series, "marks": marks or {}})


def _lines(words: "Words", table: pd.DataFrame, x: str, series: list[str], marks: dict[str, str]) -> Figure:
    dated = not pd.api.types.is_numeric_dtype(table[x])
    xs = pd.to_datetime(table[x]) if dated else table[x]
    first, last = _spread(xs.min(), xs.max()) if dated else (xs.min(), xs.max())
    fig, ax = words.figure(2.3, 0.08, scale=True, above=0.25, marks=(marks, first, last))
    looks = zip(series, (ACCENT, SECOND, MUTED, INK), ("-", "--", "-.", ":"), strict=False)
    for name, colour, style in looks:
        ax.plot(xs, table[name].astype(float), color=colour, linewidth=2, linestyle=style, label=name)
    height = ax.get_position().height * fig.get_figheight()
    place = {"loc": "lower left", "bbox_to_anchor": (-0.02, 1 + _mark_room((marks, first, last), 0.08) / height)}
    ax.legend(**place, ncols=len(series), frameon=False, borderaxespad=0, borderpad=0.2, fontsize=TEXT, columnspacing=1)
    ax.set_ylim(0, max(table[series].astype(float).max().max(), 1) * 1.1)
    ax.yaxis.set_major_locator(mpl.ticker.MaxNLocator(5, integer=True))
    if dated:
        ax.set_xlim(first, last)
        _years(ax)
    else:
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    return fig


Marks = tuple[dict[str, str], pd.Timestamp, pd.Timestamp]
"""Labels by date, and the first and last day drawn."""


@dataclass(frozen=True)
class Words:
    """What stands around a chart: finding, measure and unit, source. A small chart has none of them."""

    title: str = ""
    subtitle: str = ""
    source: str = ""

    def figure(self, height: float, left: float, scale: bool = False, above: float = 0, marks: Marks | None = None):
        """A figure and its axes, ``height`` inches high, from ``left`` (a share of the width).

        The words get the lines that they need; ``scale`` keeps room for tick labels, ``above`` and ``marks`` for
        what stands over the axes.
        """
        heads = _wrap(self.title, TITLE, WIDTH - 0.1, "bold") if self.title else []
        subs = _wrap(self.subtitle, TEXT, WIDTH - 0.1) if self.subtitle else []
        feet = _wrap(f"Source: {self.source}", SMALL, WIDTH - 0.1) if self.source else []
        top = 0.2 * len(heads) + 0.165 * len(subs) + 0.1 + above + (_mark_room(marks, left) if marks else 0)
        bottom = 0.15 * len(feet) + 0.06 + (0.24 if scale else 0)
        total = top + height + bottom
        with mpl.rc_context(STYLE):
            fig = Figure(figsize=(WIDTH, total), dpi=2 * DISPLAY / WIDTH)
            FigureCanvasAgg(fig)
            ax = fig.add_axes((left, bottom / total, 0.97 - left, height / total))
            style = {"va": "top", "linespacing": 1.25}
            fig.text(0.01, 1 - 0.04 / total, "\n".join(heads), fontsize=TITLE, weight="bold", **style)
            under = 1 - (0.2 * len(heads) + 0.05) / total
            fig.text(0.01, under, "\n".join(subs), fontsize=TEXT, color=FAINT, **style)
            fig.text(0.01, 0.03 / total, "\n".join(feet), fontsize=SMALL, color=FAINT, va="bottom")
            ax.spines[["top", "right", "left"]].set_visible(False)
            ax.tick_params(length=0)
            if marks:
                _marks(ax, marks, left, height)
        return fig, ax


def _rows(
    words: Words,
    names: list[str],
    scale: bool = False,
    pitch: float = 0.28,
    places: Iterable[float] | None = None,
    height: float | None = None,
    **around,
):
    """A figure with one named row per value, its axes, and the places of the rows."""
    wrapped = ["\n".join(_wrap(name, TEXT, LABELS)) for name in names]
    pitch = max(pitch, *map(_depth, names))
    fig, ax = words.figure(height or pitch * len(names) + 0.06, _room(names), scale, **around)
    places = list(range(len(names)) if places is None else places)
    ax.set_yticks(places, wrapped)
    ax.set_ylim(*((height, 0) if height else (len(names) - 0.45, -0.55)))
    ax.grid(axis="y", visible=False)
    return fig, ax, places


LABELS = 0.38 * WIDTH
"""Most that the names of rows may take of the width; longer ones go on in a second line."""


def _room(names: Iterable[str]) -> float:
    """Share of the width that the names of the rows need."""
    return 0.035 + max(_inches(line, TEXT) for name in names for line in _wrap(name, TEXT, LABELS)) / WIDTH


def _depth(name: str) -> float:
    """Inches between a row and the next that the name of a row needs."""
    return 0.155 * len(_wrap(name, TEXT, LABELS)) + 0.05


@cache
def _inches(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text."""
    font = FontProperties(family=STYLE["font.family"], size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def _wrap(text: str, size: float, inches: float, weight: str = "normal") -> list[str]:
    """Lines that are no wider than that, as far as their words allow."""
    words, found = text.split(), []
    while words:
        width = lambda number: _inches(" ".join(words[:number]), size, weight)  # noqa: B023, E731 (used at once)
        fitting = bisect_right(range(1, len(words) + 1), inches, key=width) or 1
        found.append(" ".join(words[:fitting]))
        words = words[fitting:]
    return found or [""]


def _colour(name: str, highlight: str) -> str:
    return ACCENT if not highlight or name == highlight else MUTED


def _labels(
    ax, places: list, ends: pd.Series, texts: list[str], start: float, edge: float, colours: Iterable[str] = ()
) -> None:
    """Values beside the ends of bars; the scale shrinks until the longest fits."""
    inches = ax.get_position().width * WIDTH
    room = [_inches(text, SMALL) + 0.12 for text in texts]
    per_unit = min((inches - need) / (end - start) for need, end in zip(room, [*ends], strict=True) if end > start)\
        if any(end > start for end in ends) else inches  # fmt: skip
    per_unit = min(per_unit, (inches - 0.1) / (edge - start))
    ax.set_xlim(start - 0.05 / per_unit, start + (inches - 0.05) / per_unit)
    inks = [ACCENT if colour == ACCENT else FAINT for colour in colours] or [INK] * len(texts)
    for place, end, text, ink in zip(places, ends, texts, inks, strict=True):
        ax.annotate(text, (end, place), (6, 0), textcoords="offset points", va="center", fontsize=SMALL, color=ink)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value % 1 == 0 else f"{value:,.2f}"


def _interval(low: float, high: float) -> str:
    """An interval in few characters; decimals only below ten and only where there are any."""
    ends = [end for end in (low, high) if not np.isnan(end)]
    digits = 2 if max(ends) < 10 and any(end % 1 for end in ends) else 0
    texts = list(dict.fromkeys(f"{end:,.{digits}f}" for end in ends))
    return (" to " if low < 0 else "–").join(texts).replace("-", "−") if len(ends) == 2 else f"{texts[0]}+"


def _spread(first: pd.Timestamp, last: pd.Timestamp, after: float = 0) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a scale of dates: at least a year and a half, with a margin, and inches ``after``."""
    days = max((last - first).days, 550)
    middle = first + (last - first) / 2
    begin, end = middle - pd.Timedelta(days=0.52 * days), middle + pd.Timedelta(days=0.52 * days)
    return begin.floor("D"), (end + (end - begin) * after / (WIDTH * 0.85)).ceil("D")


def _years(ax) -> None:
    """One tick per year, less often where their labels would touch."""
    years = np.ptp(ax.get_xlim()) / 365.25
    fitting = ax.get_position().width * WIDTH / (_inches("2020", SMALL) + 0.12)
    ax.xaxis.set_major_locator(mpl.dates.YearLocator(int(np.ceil(years / fitting))))
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y"))


MARK = 0.15
"""Inches that a line of labels of marks takes."""


def _placed(marks: Marks, left: float) -> list[tuple[str, pd.Timestamp, int, str]]:
    """Label, day, line (0 is the lowest) and alignment of each mark within the days drawn, without overlaps.

    The latest mark comes first: the label of an earlier one then stands above it, and no line runs through a label.
    """
    labels, first, last = marks
    inches, taken, found = WIDTH * (0.97 - left), [], []
    for text, day in sorted(labels.items(), key=lambda mark: mark[1], reverse=True):
        day = pd.Timestamp(day)
        if first <= day <= last:
            x, width = inches * ((day - first) / (last - first)), _inches(text, SMALL) + 0.08
            side = "left" if x + width < inches else "right"
            begin, end = (x, x + width) if side == "left" else (x - width, x)
            free = (i for i, line in enumerate(taken) if all(end < a or begin > b for a, b in line))
            line = next(free, len(taken))
            taken[line:] = taken[line:] or [[]]
            taken[line].append((begin, end))
            found.append((text, day, line, side))
    return found


def _mark_room(marks: Marks, left: float) -> float:
    """Inches that the labels of the marks need above the axes."""
    return MARK * max((line + 1 for *_, line, _ in _placed(marks, left)), default=0)


def _marks(ax, marks: Marks, left: float, height: float) -> None:
    """Vertical lines with their labels above the axes."""
    for text, moment, line, side in _placed(marks, left):
        day = mpl.dates.date2num(moment)
        top = 1 + (MARK * line + 0.02) / height
        ax.plot([day, day], [0, top + 0.1 / height], color=SECOND, linewidth=1, transform=ax.get_xaxis_transform(),
                clip_on=False, zorder=1.5)  # fmt: skip
        ax.annotate(text, (day, top), (3 if side == "left" else -3, 0), xycoords=ax.get_xaxis_transform(),
                    textcoords="offset points", ha=side, va="bottom", fontsize=SMALL, color=SECOND)  # fmt: skip


DRAWN = {
    "bars": _bars,
    "intervals": _intervals,
    "timeline": _timeline,
    "tiles": _tiles,
    "estimates": _estimates,
    "heatmap": _heatmap,
    "band": _band,
    "lines": _lines,
}


def _show(kind: str, table: pd.DataFrame, words: Words, empty: str, columns: dict) -> None:
    """Display the picture, its table as CSV and its finding as text: what nbval compares is table and text."""
    if table.empty:
        say(empty)
        return
    alt = f"Chart: {words.title} ({words.subtitle}.)"
    picture = base64.b64encode(png(draw(kind, table, words, columns))).decode()
    about = {"kind": kind, "title": words.title, "subtitle": words.subtitle, "source": words.source, "columns": columns}
    bundle = {"image/png": picture, "text/csv": to_csv(table), "text/plain": alt}
    display(bundle, metadata={"image/png": {"alt": alt, "width": DISPLAY, "chart": about}}, raw=True)


def draw(kind: str, table: pd.DataFrame, words: Words, columns: dict) -> Figure:
    """The figure of a chart of this vocabulary, given the table and the names of its columns."""
    with mpl.rc_context(STYLE):
        return DRAWN[kind](words, table, **columns)


def redraw(chart: dict, csv: str, words: Words | None = None) -> Figure:
    """A chart drawn anew, small: of many rows the first few, without words unless some are given.

    ``chart`` is what its picture carries in the metadata, ``csv`` its CSV twin.
    """
    table = pd.read_csv(io.StringIO(csv), dtype={chart["columns"].get("text"): str})
    if chart["kind"] in ("bars", "intervals", "estimates"):
        table = table.head(SHORT)
    return draw(chart["kind"], table, words or Words(), chart["columns"])


def image(fig: Figure, width: int) -> Image.Image:
    """The figure as a picture of this many pixels across."""
    fig.set_dpi(width / WIDTH)
    fig.canvas.draw()
    return Image.fromarray(np.asarray(fig.canvas.buffer_rgba())).convert("RGB")


def png(picture: Figure | Image.Image, width: int = 2 * DISPLAY) -> bytes:
    """PNG with a palette; a figure is drawn this many pixels across."""
    buffer = io.BytesIO()
    drawn = image(picture, width) if isinstance(picture, Figure) else picture
    _few_colours(drawn).save(buffer, format="png", compress_level=8)  # 9 takes thrice the time for 5% less
    return buffer.getvalue()


def _few_colours(picture: Image.Image) -> Image.Image:
    """The picture with a palette by median cut, each of its colours the most frequent one of those it stands for.

    The cut is made on a sample, in which plain areas are small: several times as fast as on all pixels.
    """
    pixels = np.asarray(picture.convert("RGBA"))
    places, packed = pd.factorize(pixels.view(np.uint32).ravel())
    colours, frequency = packed.view(np.uint8).reshape(-1, 4)[:, :3], np.bincount(places)
    sample = np.repeat(np.arange(len(colours)), np.minimum(frequency, 200))
    cut = Image.fromarray(colours[sample][None]).quantize(COLOURS, dither=Image.Dither.NONE)
    group, palette = np.empty(len(colours), np.uint8), np.zeros((COLOURS, 3), np.uint8)
    group[sample] = np.asarray(cut)[0]
    ascending = np.argsort(frequency, kind="stable")
    palette[group[ascending]] = colours[ascending]  # the last one assigned stays
    whole = Image.fromarray(group[places].reshape(pixels.shape[:2]))
    whole.putpalette(palette.tobytes())
    return whole


def sheet(figures: list[Figure], width: int = 560, columns: int = 2) -> Image.Image:
    """Several charts in one picture, ``columns`` in a row, each ``width`` pixels across."""
    pictures, gap = [image(figure, width) for figure in figures], 28
    rows = [pictures[i : i + columns] for i in range(0, len(pictures), columns)]
    heights = [max(picture.height for picture in row) for row in rows]
    size = (columns * (width + gap) + gap, sum(heights) + gap * (len(rows) + 1))
    whole = Image.new("RGB", size, "white")
    for i, row in enumerate(rows):
        for j, picture in enumerate(row):
            whole.paste(picture, (gap + j * (width + gap), gap * (i + 1) + sum(heights[:i])))
    return whole


def poster(title: str, text: str, note: str, parts: dict[str, float], chart: Figure) -> Image.Image:
    """A title picture of 1200 by 630 pixels, as links to a page are shown with.

    ``parts`` are percentages by layer, drawn as one bar; what is left is bounded. ``chart`` stands on the right.
    """
    with mpl.rc_context(STYLE):
        fig = Figure(figsize=(12, 6.3), dpi=100)
        FigureCanvasAgg(fig)
        lines = [(title, 27, "bold", INK, 0.88), (text, 18, "normal", INK, 0.63), (note, 13, "normal", FAINT, 0.25)]
        for words, size, weight, colour, height in lines:
            style = {"weight": weight, "color": colour, "va": "top", "linespacing": 1.3}
            fig.text(0.05, height, "\n".join(_wrap(words, size, 5.6, weight)), fontsize=size, **style)
        ax = fig.add_axes((0.05, 0.3, 0.47, 0.07))
        start = 0.0
        for layer, part in (parts | {"bounded": 100 - sum(parts.values())}).items():
            ax.barh(0, part, left=start, height=1, color=LAYERS[layer])
            start += part
        ax.set(xlim=(0, 100), ylim=(-0.5, 0.5))
        ax.axis("off")
        fig.canvas.draw()
    whole = Image.fromarray(np.asarray(fig.canvas.buffer_rgba())).convert("RGB")
    picture = image(chart, 510)
    whole.paste(picture, (whole.width - picture.width - 30, (whole.height - picture.height) // 2))
    return whole
