"""Charts as PNG, where only a picture will do: in the README and where links to pages are shown."""

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from chainregistry.charts.letters import wrap
from chainregistry.charts.paper import Paper
from chainregistry.charts.svg import OPTIONS
from chainregistry.palette import FAINT, INK, LAYERS

COLOURS = 32
"""Colours of a picture: enough for smooth letters, and a third of the size of one with all colours."""


def image(paper: Paper, width: int) -> Image.Image:
    """The drawing as a picture of this many pixels across."""
    with mpl.rc_context(OPTIONS):
        paper.figure.set_dpi(72 * width / paper.width)
        canvas = FigureCanvasAgg(paper.figure)
        canvas.draw()
        return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def png(picture: Paper | Image.Image, width: int = 1440) -> bytes:
    """PNG with a palette; a drawing becomes this many pixels across."""
    buffer = io.BytesIO()
    drawn = image(picture, width) if isinstance(picture, Paper) else picture
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


def poster(title: str, text: str, note: str, parts: dict[str, float], chart: Paper) -> Image.Image:
    """A title picture of 1200 by 630 pixels, as links to a page are shown with.

    ``parts`` are percentages by layer, drawn as one bar; what is left is bounded. ``chart`` stands on the right.
    """
    with mpl.rc_context(OPTIONS):
        fig = Figure(figsize=(12, 6.3), dpi=100)
        FigureCanvasAgg(fig)
        lines = [(title, 27, "bold", INK, 0.88), (text, 18, "normal", INK, 0.63), (note, 13, "normal", FAINT, 0.25)]
        for words, size, weight, colour, height in lines:
            style = {"weight": weight, "color": colour, "va": "top", "linespacing": 1.3}
            fig.text(0.05, height, "\n".join(wrap(words, size, 5.6 * 72, weight == "bold")), fontsize=size, **style)
        ax = fig.add_axes((0.05, 0.3, 0.47, 0.07))
        start = 0.0
        for layer, part in (parts | {"bounded": 100 - sum(parts.values())}).items():
            ax.barh(0, part, left=start, height=1, color=LAYERS[layer])
            start += part
        ax.set(xlim=(0, 100), ylim=(-0.5, 0.5))
        ax.axis("off")
        fig.canvas.draw()
    whole = Image.fromarray(np.asarray(fig.canvas.buffer_rgba())).convert("RGB")
    long, high = chart.figure.get_size_inches()
    picture = image(chart, round(min(510, 590 * long / high)))
    whole.paste(picture, (whole.width - picture.width - 30, (whole.height - picture.height) // 2))
    return whole
