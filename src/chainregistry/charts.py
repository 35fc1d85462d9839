"""The chart vocabulary of the pages, on matplotlib and seaborn.

Every chart takes the table it draws. Its title is the finding, its subtitle the measure and unit, its foot the
source. It is shown together with its CSV twin and a text for those who cannot see it; nothing is returned. A table
without rows is answered by the sentence ``empty``.
Labels are in English: a missing Chinese glyph would write a warning with a path into the notebook.
"""

import base64
import io
import textwrap

import matplotlib as mpl
import matplotlib.dates
import matplotlib.ticker
import numpy as np
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from chainregistry.prose import say, to_csv

ACCENT, MUTED, SECOND, PALE, INK, FAINT = "#0072B2", "#8A8F98", "#D55E00", "#BFD9EA", "#1F2328", "#5F6670"
"""Colours after Okabe and Ito, told apart by the colour-blind and in grey print."""

LAYERS = {"named": ACCENT, "published": INK, "bounded": PALE, "complete": "#009E73"}
"""One colour per layer of knowledge, the same on all pages."""

NOTHING = "There is nothing to draw: no row fits this selection."
WIDTH = 5.0  # inches; letters stay legible when a phone shrinks the picture
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.edgecolor": "#C9CDD3",
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 10,
    "axes.grid": True,
    "grid.color": "#E6E8EB",
    "axes.axisbelow": True,
    "svg.hashsalt": "chainregistry",
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
    if table.empty:
        say(empty)
        return
    fig, ax = _figure(0.3 * len(table) + 0.15, title, subtitle, source, left=_room(table[label]))
    labels, values = list(table[label].astype(str)), table[value].astype(float)
    places = np.arange(len(table))
    most = table[of].astype(float) if of else values
    if of:
        ax.barh(places, most, color=LAYERS["bounded"], height=0.72)
    colours = [ACCENT if not highlight or name == highlight else MUTED for name in labels]
    ax.barh(places, values, color=colours, height=0.72)
    for place, (part, whole) in enumerate(zip(values, most.fillna(0), strict=True)):
        text = f"{part:,.0f} of {whole:,.0f}" if of and whole else f"{part:,.0f}" if part % 1 == 0 else f"{part:,.2f}"
        ax.text(max(part, whole) + 0.01 * (most.max() or 1), place, text, va="center", fontsize=9.5)
    ax.set_xlim(0, (most.max() or 1) * (1.28 if of else 1.15))
    _rows(ax, labels)
    ax.xaxis.set_visible(False)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    _show(fig, table, title, subtitle)


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
    if table.empty:
        say(empty)
        return
    fig, ax = _figure(0.27 * len(table) + 0.5, title, subtitle, source, left=_room(table[label]))
    lows, highs = table[low].astype(float), table[high].astype(float)
    edge = limit if limit is not None else 1.05 * np.nanmax([*lows, *highs, 1])
    start = min(0, 1.05 * np.nanmin([*lows, 0]))
    for place, (name, least, most) in enumerate(zip(table[label].astype(str), lows, highs, strict=True)):
        colour = ACCENT if not highlight or name == highlight else MUTED
        end = edge if np.isnan(most) else most
        if least == end:
            ax.plot(least, place, "o", color=colour, markersize=6)
        else:
            ax.plot([least, end], [place, place], color=colour, linewidth=5, solid_capstyle="butt", alpha=0.75)
        if np.isnan(most):
            ax.plot(edge, place, ">", color=colour, markersize=6, clip_on=False)
        ink = colour if colour == ACCENT else FAINT
        ax.text(end + 0.025 * (edge - start), place, _interval(least, most), va="center", fontsize=9, color=ink)
    ax.set_xlim(start - 0.01 * (edge - start), edge + 0.2 * (edge - start))
    ax.set_xticks([tick for tick in ax.get_xticks() if start <= tick <= edge])
    _rows(ax, list(table[label].astype(str)))
    ax.grid(axis="y", visible=False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _show(fig, table, title, subtitle)


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
    are vertical lines, label by date.
    """
    if table.empty:
        say(empty)
        return
    lanes = list(dict.fromkeys(table[row].astype(str)))
    fig, ax = _figure(0.36 * len(lanes) + 0.6, title, subtitle, source, left=_room(pd.Series(lanes)))
    for event in table.to_dict("records"):
        place = lanes.index(str(event[row]))
        colour = ACCENT if not group or event[group] else MUTED
        begin, finish = pd.Timestamp(event[start]), pd.Timestamp(event[end])
        if (finish - begin).days > 3:
            ax.plot([begin, finish], [place, place], color=colour, linewidth=6, alpha=0.35, solid_capstyle="butt")
        ax.plot(begin + (finish - begin) / 2, place, "o", color=colour, markersize=6, alpha=0.8, markeredgewidth=0)
    for i, (text, day) in enumerate((marks or {}).items()):
        ax.axvline(pd.Timestamp(day), color=SECOND, linewidth=1)
        ax.text(pd.Timestamp(day), -0.65 - 0.4 * (i % 2), f" {text}", color=SECOND, fontsize=8.5, va="bottom")
    _rows(ax, lanes)
    if marks:
        ax.set_ylim(len(lanes) - 0.45, -1.5)
    _years(ax)
    ax.grid(axis="y", visible=False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _show(fig, table, title, subtitle)


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
    import seaborn as sns  # a second to import, needed here alone

    if table.empty:
        say(empty)
        return
    fig, ax = _figure(5.0, title, subtitle, source, left=0.02)
    values = table[value].astype(float)
    scale = mpl.colors.Normalize(0, values.max() or 1)
    shades = sns.light_palette(ACCENT, as_cmap=True)
    for tile in table.assign(shade=values).itertuples():
        empty = np.isnan(tile.shade)
        face = "white" if empty else shades(scale(tile.shade))
        dark = not empty and scale(tile.shade) > 0.55
        chosen = tile.short_en == highlight
        ax.add_patch(
            Rectangle(
                (tile.grid_col, tile.grid_row), 0.94, 0.94, facecolor=face,
                edgecolor=SECOND if chosen else "#B9C0C8", linewidth=2.2 if chosen else 0.8, zorder=3 if chosen else 2,
            )
        )  # fmt: skip
        ink = "white" if dark else INK
        centre = tile.grid_col + 0.47
        name = tile.short_en.replace(" ", "\n")
        size = 6.9 if max(map(len, name.split())) <= 9 else 5.6
        ax.text(centre, tile.grid_row + 0.28, name, ha="center", va="center", fontsize=size, color=ink, zorder=4)
        number = getattr(tile, text)
        ax.text(centre, tile.grid_row + 0.66, number, ha="center", va="center", fontsize=8, color=ink, zorder=4)
    ax.set_xlim(table.grid_col.min() - 0.1, table.grid_col.max() + 1.05)
    ax.set_ylim(table.grid_row.max() + 1.05, table.grid_row.min() - 0.1)
    ax.set_aspect("equal")
    ax.axis("off")
    _show(fig, table, title, subtitle)


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
    if table.empty:
        say(empty)
        return
    fig, ax = _figure(0.3 * len(table) + 0.5, title, subtitle, source, left=_room(table[label]))
    columns = [table[name].astype(float) for name in (value, low, high)]
    known = pd.concat([*columns, pd.Series([1.0 if reference is None else reference])])
    edge = known[known > 0].min() * 0.8 if log else min(0.0, known.min())
    for place, (middle, least, most) in enumerate(zip(*columns, strict=True)):
        colour = ACCENT if not group or table[group].iloc[place] else MUTED
        ax.plot([max(least, edge), most], [place, place], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt")
        ax.plot(max(middle, edge), place, "o", color=colour, markersize=6)
        text = f"{middle:,.0f}" if (columns[0] % 1 == 0).all() else f"{middle:,.1f}"
        ax.text(max(middle, edge), place - 0.24, text, ha="center", va="bottom", fontsize=8.5, color=colour)
    if reference is not None:
        ax.axvline(reference, color=SECOND, linewidth=1, zorder=1)
    if log:
        ax.set_xscale("log")
        ax.xaxis.set_major_formatter("{x:g}")
        ax.minorticks_off()
    ax.set_xlim(edge, known.max() * (1.3 if log else 1.06))
    _rows(ax, list(table[label].astype(str)))
    ax.grid(axis="y", visible=False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _show(fig, table, title, subtitle)


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
    if table.empty:
        say(empty)
        return
    rows = rows or list(dict.fromkeys(table[row].astype(str)))
    columns = columns or list(dict.fromkeys(table[column].astype(str)))
    wide = table.assign(**{row: table[row].astype(str), column: table[column].astype(str)})
    wide = wide.pivot_table(value, row, column, aggfunc="sum").reindex(index=rows, columns=columns).fillna(0)
    upright = max(len(name) for name in columns) > 4
    heads = 0.06 * max(len(name) for name in columns) + 0.1 if upright else 0.25
    fig, ax = _figure(0.27 * len(rows) + heads, title, subtitle, source, left=_room(pd.Series(rows)))
    box = ax.get_position()
    ax.set_position([box.x0, box.y0, box.width, box.height * 0.27 * len(rows) / (0.27 * len(rows) + heads)])
    shades, most = mpl.colors.LinearSegmentedColormap.from_list("", ["#EEF3F7", ACCENT]), wide.to_numpy().max() or 1
    for (y, x), number in np.ndenumerate(wide.to_numpy(dtype=float)):
        face = shades(number / most) if number else "white"
        ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor="#E6E8EB"))
        if number:
            ink = "white" if number > 0.55 * most else INK
            ax.text(x, y, f"{number:,.0f}", ha="center", va="center", fontsize=8, color=ink)
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.spines[:].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0, labelsize=8.5, rotation=90 if upright else 0)
    ax.grid(False)
    _show(fig, table, title, subtitle)


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
    if table.empty:
        say(empty)
        return
    fig, ax = _figure(2.6, title, subtitle, source, left=0.08)
    days, lows, highs = pd.to_datetime(table[day]), table[low].astype(float), table[high].astype(float)
    ax.fill_between(days, lows, highs, step="post", color=LAYERS["bounded"], linewidth=0)
    ax.step(days, lows, where="post", color=ACCENT, linewidth=2)
    ax.text(days.iloc[-1], lows.iloc[-1], f" {_interval(lows.iloc[-1], highs.iloc[-1])}", color=ACCENT, va="center")
    top = max(limit or 0, highs.max(), 1)
    if limit:
        ax.axhline(limit, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        ax.text(days.iloc[0], limit, f"all {limit:g}", color=FAINT, fontsize=9, va="bottom")
    ax.set_ylim(0, top * 1.12)
    _marks(ax, marks, top * 1.12, days)
    _years(ax)
    ax.spines[["top", "right", "left"]].set_visible(False)
    _show(fig, table, title, subtitle)


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
    """One line per series over days or years, the first in the accent colour; their names stand in the corner."""
    if table.empty:
        say(empty)
        return
    fig, ax = _figure(2.7, title, subtitle, source, left=0.08)
    dated = pd.api.types.is_datetime64_any_dtype(table[x])
    top = max(table[series].astype(float).max().max(), 1)
    looks = zip(series, (ACCENT, MUTED, SECOND, INK), ("-", "--", "-.", ":"), strict=False)
    for i, (name, colour, style) in enumerate(looks):
        ax.plot(table[x], table[name].astype(float), color=colour, linewidth=2, linestyle=style)
        ax.text(0.995, 0.97 - 0.095 * i, name, color=colour, ha="right", va="top", transform=ax.transAxes, fontsize=9.5)
    ax.set_ylim(0, top * 1.1)
    if dated:
        _marks(ax, marks, top * 1.1, table[x])
        _years(ax)
    else:
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True))
    ax.spines[["top", "right", "left"]].set_visible(False)
    _show(fig, table, title, subtitle)


def _marks(ax, marks: dict[str, str] | None, height: float, days: pd.Series) -> None:
    """Labelled vertical lines at the dates that lie within the days drawn."""
    for text, day in (marks or {}).items():
        if days.min() <= pd.Timestamp(day) <= days.max():
            ax.axvline(pd.Timestamp(day), color=SECOND, linewidth=1)
            style = {"color": SECOND, "fontsize": 8.5, "va": "top", "rotation": 90}
            ax.annotate(text, (pd.Timestamp(day), height), (2, -2), textcoords="offset points", **style)


def _figure(height: float, title: str, subtitle: str, source: str, left: float):
    """A figure of the common width whose title, subtitle and foot get the room that their lines need."""
    heads = textwrap.wrap(title, 47) or [""]
    subs = textwrap.wrap(subtitle, 64) or [""]
    feet = textwrap.wrap(f"Source: {source}", 76)
    top = 0.25 * len(heads) + 0.19 * len(subs) + 0.18
    bottom = 0.17 * len(feet) + 0.36
    total = top + height + bottom
    with mpl.rc_context(STYLE):
        fig = Figure(figsize=(WIDTH, total))
        ax = fig.add_axes((left, bottom / total, 0.965 - left, height / total))
        fig.text(0.01, 1 - 0.04 / total, "\n".join(heads), fontsize=11.8, weight="bold", va="top", linespacing=1.25)
        under = 1 - (0.25 * len(heads) + 0.08) / total
        fig.text(0.01, under, "\n".join(subs), fontsize=9.5, color=FAINT, va="top")
        fig.text(0.01, 0.04 / total, "\n".join(feet), fontsize=8, color=FAINT, va="bottom")
    return fig, ax


def _interval(low: float, high: float) -> str:
    """An interval in few characters; decimals only below ten and only where there are any."""
    ends = [end for end in (low, high) if not np.isnan(end)]
    digits = 2 if max(ends) < 10 and any(end % 1 for end in ends) else 0
    texts = list(dict.fromkeys(f"{end:,.{digits}f}" for end in ends))
    return (" to " if low < 0 else "–").join(texts).replace("-", "−") if len(ends) == 2 else f"{texts[0]}+"


def _room(labels: pd.Series) -> float:
    """Share of the width that the row labels need."""
    return min(0.46, 0.03 + 0.0172 * labels.astype(str).str.len().max())


def _rows(ax, labels: list[str]) -> None:
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(length=0)
    ax.set_ylim(len(labels) - 0.45, -0.65)


def _years(ax) -> None:
    ax.xaxis.set_major_locator(mpl.dates.YearLocator())
    ax.xaxis.set_major_formatter(mpl.dates.DateFormatter("%Y"))
    if np.ptp(ax.get_xlim()) > 365 * 7:
        ax.xaxis.set_major_locator(mpl.dates.YearLocator(2))


def _show(fig: Figure, table: pd.DataFrame, title: str, subtitle: str) -> None:
    """Display the picture, its table as CSV and its finding as text: what nbval compares is table and text."""
    alt = f"Chart: {title} ({subtitle}.)"
    bundle = {"image/png": _save(fig), "text/csv": to_csv(table), "text/plain": alt}
    display(bundle, metadata={"image/png": {"alt": alt, "width": 580}}, raw=True)


def _save(fig: Figure) -> str:
    """The figure as PNG, in base 64."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()
