"""Charts as PNG, where only a picture will do: in the README and where links to pages are shown."""

import io
from collections.abc import Callable
from functools import cache

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image, ImageDraw, ImageFont

from chainregistry.charts.letters import CHINESE, FONTS, width, wrap
from chainregistry.charts.paper import PHONE, WIDE, Paper
from chainregistry.charts.svg import OPTIONS
from chainregistry.palette import ACCENT, FAINT, INK, PAPER

COLOURS = 32
"""Colours of a picture: enough for smooth letters, and a third of the size of one with all colours."""
UNHINTED = {"text.hinting": "none"}
"""At this size letters need no fitting to pixels, which takes a fifth of the time."""
POSTER = (1200, 630)
"""Pixels of a picture that links are shown with: what the large networks ask for."""
MARGIN, COLUMN, SMALL_PRINT, LEADING = 48, 560, 22, 1.22
"""Pixels: around a poster, of its chart's column, of its small letters; and height of a line in letters."""
TITLES = (52, 46, 40, 36, 32, 28)
"""Sizes of a poster's title, the largest that fits being taken."""
FLAT = 2.2
"""A chart so many times as wide as high does not stand in a column."""


def image(paper: Paper, width: int) -> Image.Image:
    """The drawing as a picture of this many pixels across."""
    with mpl.rc_context(OPTIONS | UNHINTED):
        paper.figure.set_dpi(72 * width / paper.width)
        canvas = FigureCanvasAgg(paper.figure)
        canvas.draw()
        return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def png(picture: Paper | Image.Image, width: int = 1440) -> bytes:
    """PNG with a palette; a drawing becomes this many pixels across."""
    buffer = io.BytesIO()
    drawn = image(picture, width) if isinstance(picture, Paper) else picture
    _few_colours(drawn).save(buffer, format="png", compress_level=6)  # 8 takes twice the time for 5% less
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


def sheet(papers: list[Paper], width: int = 560, columns: int = 2) -> Image.Image:
    """Several charts in one picture, ``columns`` in a row, each ``width`` pixels across."""
    pictures, gap = [image(paper, width) for paper in papers], 28
    rows = [pictures[i : i + columns] for i in range(0, len(pictures), columns)]
    heights = [max(picture.height for picture in row) for row in rows]
    size = (columns * (width + gap) + gap, sum(heights) + gap * (len(rows) + 1))
    whole = Image.new("RGB", size, "white")
    for i, row in enumerate(rows):
        for j, picture in enumerate(row):
            whole.paste(picture, (gap + j * (width + gap), gap * (i + 1) + sum(heights[:i])))
    return whole


def poster(title: str, above: str, below: str, drawn: Callable[[float], Paper] | None = None) -> Image.Image:
    """A title picture of 1200 by 630 pixels, as links to a page are shown with.

    The title stands between two small lines, in letters as large as fit. ``drawn`` makes a chart of a width in CSS
    pixels: a narrow one stands to the right of the words, one that is flat below them, drawn wide. Chinese is left
    out, for want of a font that every machine has.
    """
    whole, chart = Image.new("RGB", POSTER, PAPER), drawn(PHONE) if drawn else None
    flat = chart is not None and FLAT * chart.height < chart.width
    pen, wide, top = ImageDraw.Draw(whole), POSTER[0] - 2 * MARGIN, MARGIN + 2 * SMALL_PRINT
    foot = POSTER[1] - MARGIN - SMALL_PRINT
    _write(pen, MARGIN, [above], SMALL_PRINT, ACCENT, bold=True)
    _write(pen, foot, [below], SMALL_PRINT, FAINT)
    room = wide if flat or chart is None else wide - COLUMN - MARGIN // 2
    lines, size = _largest(CHINESE.sub("", title), room, (foot - top) // (2 if flat else 1) - SMALL_PRINT)
    _write(pen, top, lines, size, INK, bold=True)
    if flat:
        _paste(whole, drawn(WIDE), MARGIN, top + (foot - top) // 2, wide, foot - SMALL_PRINT)
    elif chart:
        _paste(whole, chart, POSTER[0] - MARGIN - COLUMN, top, COLUMN, POSTER[1] - MARGIN)
    return whole


def _largest(words: str, room: float, high: float) -> tuple[list[str], int]:
    """Lines of a poster's title and the size of their letters."""
    for size in TITLES:
        lines = wrap(words, size, room, bold=True)
        if LEADING * size * len(lines) <= high and all(width(line, size, bold=True) <= room for line in lines):
            break
    return lines, size


def _paste(whole: Image.Image, chart: Paper, left: int, top: int, most: int, foot: int) -> None:
    """Put a chart into the middle of a frame, as large as it fits."""
    picture = image(chart, int(min(most, (foot - top) * chart.width / chart.height)))
    whole.paste(picture, (left + (most - picture.width) // 2, top + (foot - top - picture.height) // 2))


def _write(pen: ImageDraw.ImageDraw, top: float, lines: list[str], size: int, colour: str, bold: bool = False) -> None:
    font = _font(size, bold)
    for number, line in enumerate(lines):
        pen.text((MARGIN, round(top + number * LEADING * size)), line, colour, font)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)
