"""What charts are drawn on: a matplotlib figure measured in CSS pixels from its upper left corner."""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from chainregistry.charts.letters import CHINESE, width, wrap
from chainregistry.palette import FAINT, GRID, INK, LINE, PAPER

WIDE, PHONE = 720, 360
"""Widths of the two drawings of a chart, in CSS pixels."""
TEXT, SMALL = 13, 12
"""Sizes of letters in pixels: names and numbers, and what stands at the edges."""
UNDER, GROUND, OVER = 0.5, 0.7, 1.5
"""Layers below the marks, of the ground of some texts, and above the marks; a text lies above all."""
ROLES = ("title", "subtitle", "source")
"""Texts around the marks, by which a page may set them as its own."""
DASHES = (0, (3, 2.5))


class Paper:
    """A drawing in the making. ``y`` is how far it is filled, from above; forms draw below it and move it on."""

    def __init__(self, width: float = WIDE, chinese: bool = True):
        self.width, self.y, self.chinese = width, 2.0, chinese
        self.phone = width < 500
        self.figure = Figure(dpi=72, facecolor=PAPER)
        self._inches = Affine2D()
        self._place = self._inches + self.figure.dpi_scale_trans

    @property
    def height(self) -> float:
        """Height in pixels of what is filled."""
        return float(np.ceil(self.y + 2))

    def close(self) -> "Paper":
        """Cut the paper where it is filled."""
        self.figure.set_size_inches(self.width / 72, self.height / 72)
        self._inches.clear().scale(1 / 72, -1 / 72).translate(0, self.height / 72)
        return self

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = TEXT,
        colour: str = INK,
        anchor: str = "left",
        bold: bool = False,
        link: str = "",
        turned: bool = False,
        layer: float = 3,
        ground: bool = False,
        role: str = "",
    ) -> None:
        """One line of text whose middle lies at the height y; ``turned`` reads upwards from there.

        With a ``ground`` of paper no line behind the marks runs through it. ``role`` is one of ``ROLES`` for a line
        of a text that stands around the marks.
        """
        text = text if self.chinese else CHINESE.sub("", text)
        if text := " ".join(text.split()):
            if ground:
                wide = width(text, size, bold)
                begin = x - {"left": 0, "center": 0.5, "right": 1}[anchor] * wide
                self.box(begin - 2, y - 0.6 * size, wide + 4, 1.2 * size, PAPER, layer=GROUND)
            drop = 0.36 * size
            place = {"x": x + drop, "y": y, "rotation": 90} if turned else {"x": x, "y": y + drop}
            style = {"fontsize": size, "color": colour, "ha": anchor, "va": "baseline", "url": link or None}
            style |= {"fontweight": "bold" if bold else "normal", "rotation_mode": "anchor", "parse_math": False}
            style |= {"gid": role or None}
            self._add(_Line(text=text, **place, **style), layer)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = TEXT, gap: float = 1.3, **style) -> None:
        """Lines of text below each other, their middle at the height y."""
        for place, line in enumerate(lines):
            self.text(x, y + (place - (len(lines) - 1) / 2) * gap * size, line, size, **style)

    def paragraph(self, text: str, size: float, colour: str = INK, bold: bool = False, role: str = "") -> None:
        """Text that takes as many lines as it needs and moves the drawing on."""
        for line in wrap(text, size, self.width - 2, bold):
            self.text(0, self.y + 0.65 * size, line, size, colour, bold=bold, role=role)
            self.y += 1.3 * size

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "none",
        edge: str = "none",
        stroke: float = 1,
        dashed: bool = False,
        link: str = "",
        layer: float = 1,
    ) -> None:
        """A rectangle, ``y`` being its upper edge."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.shape(corners, fill, edge, stroke, dashed, link, layer)

    def boxes(self, places: Iterable[tuple[float, float, float, float]], fill: str, edge: str = "none") -> None:
        """Rectangles (left, upper edge, width, height) that look the same: one path."""
        turns = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        corners = [(x + a * wide, y + b * high) for x, y, wide, high in places for a, b in turns]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * (len(corners) // 5)
        style = {"facecolor": fill, "edgecolor": edge, "linewidth": 1 if edge != "none" else 0}
        self._add(PathPatch(Path(np.asarray(corners, dtype=float), codes), joinstyle="miter", **style), 1)

    def shape(
        self,
        corners: Sequence[tuple[float, float]],
        fill: str = "none",
        edge: str = "none",
        stroke: float = 1,
        dashed: bool = False,
        link: str = "",
        layer: float = 1,
    ) -> None:
        """A polygon."""
        style = {"facecolor": fill, "edgecolor": edge, "linewidth": stroke if edge != "none" else 0}
        path = Path(np.asarray([*corners, corners[0]], dtype=float), closed=True)
        dashes = DASHES if dashed else "solid"
        self._add(PathPatch(path, url=link or None, linestyle=dashes, joinstyle="miter", **style), layer)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        stroke: float = 1,
        dashed: bool = False,
        layer: float = 1,
    ) -> None:
        """A line through points."""
        style = {"edgecolor": colour, "linewidth": stroke, "linestyle": DASHES if dashed else "solid"}
        style |= {"capstyle": "butt", "joinstyle": "miter"}
        self._add(PathPatch(Path(np.asarray(points, dtype=float)), fill=False, **style), layer)

    def dots(self, points: Iterable[tuple[float, float]], radius: float, colour: str, layer: float = 1) -> None:
        """Dots of one size and colour: a line as short as can be, with round ends."""
        ends = [(x + shift, y) for x, y in points for shift in (0, 0.01)]
        if ends:
            path = Path(np.asarray(ends, dtype=float), [Path.MOVETO, Path.LINETO] * (len(ends) // 2))
            style = {"edgecolor": colour, "linewidth": 2 * radius, "capstyle": "round"}
            self._add(PathPatch(path, fill=False, snap=False, **style), layer)  # snapped to pixels it would be nothing

    def ring(self, x: float, y: float, radius: float, colour: str, layer: float = 1) -> None:
        """An open dot."""
        self.dots([(x, y)], radius, colour, layer)
        self.dots([(x, y)], radius - 2, PAPER, layer + 0.1)

    def arrow(self, x: float, y: float, colour: str, size: float = 5) -> None:
        """A head that points to the right from x on, or for a negative size to the left: it goes on without a limit."""
        self.shape([(x, y - size), (x + 1.5 * size, y), (x, y + size)], colour)

    def key(self, entries: Sequence[tuple[str, str]], kinds: dict[str, str] | None = None) -> None:
        """What colours mean, a swatch before each name; ``kinds`` gives "line", "dot", "ring" or "outline" by
        name, or several of them with blanks between."""
        x, size, top = 0.0, SMALL, self.y
        for colour, name in entries:
            marks = (kinds or {}).get(name, "box").split()
            need = 17 * len(marks) + width(name, size)
            if x and x + need > self.width:
                x, top = 0.0, top + 18
            for place, kind in enumerate(marks):
                self._swatch(x + 17 * place, top + 9, colour, kind)
            self.text(x + 17 * len(marks), top + 9, name, size)
            x += need + 16
        self.y = top + 24

    def _swatch(self, x: float, middle: float, colour: str, kind: str) -> None:
        if kind == "line":
            self.line([(x, middle), (x + 12, middle)], colour, 2.5)
        elif kind == "dot":
            self.dots([(x + 6, middle)], 5, colour)
        elif kind == "ring":
            self.ring(x + 6, middle, 5, colour)
        elif kind == "outline":
            self.box(x, middle - 5, 12, 10, PAPER, colour)
        else:
            self.box(x, middle - 6, 12, 12, colour, FAINT if colour == PAPER else "none")

    def grid(self, places: Iterable[float], top: float, bottom: float) -> None:
        """Thin upright lines behind the marks."""
        for x in places:
            self.line([(x, top), (x, bottom)], GRID, 1, layer=UNDER - 0.1)

    def base(self, left: float, right: float, y: float) -> None:
        """The line that marks stand on."""
        self.line([(left, y), (right, y)], LINE, 1, layer=OVER)

    def _add(self, artist, layer: float) -> None:
        artist.set_transform(self._place)
        artist.set_zorder(layer)
        self.figure.add_artist(artist)


class _Line(Text):
    """One line of text. An SVG places it by its anchor, so how much room it takes, slow to find out, is not asked."""

    def draw(self, renderer) -> None:
        if not isinstance(renderer, RendererSVG):
            super().draw(renderer)
            return
        x, y = self.get_transform().transform(self.get_unitless_position())
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        look.set_url(self.get_url())
        renderer.open_group("text", self.get_gid())
        font = self.get_fontproperties()
        renderer.draw_text(look, x, renderer.height - y, self.get_text(), font, self.get_rotation(), mtext=self)
        renderer.close_group("text")
        look.restore()
