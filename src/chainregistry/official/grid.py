"""Ruled tables of a page: from lines and boxes to cells, in any direction of print."""

import itertools
from bisect import bisect_left
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the left and top of the page."""
TOLERANCE = 3
"""Points by which lines that meet may miss each other."""


@dataclass
class Grid:
    """A table: its cells, and the grid that they cover; ``outer`` is the cell of another table that it stands in."""

    cells: list[Box]
    outer: tuple["Grid", Box] | None = None
    lefts: list[float] = field(init=False)
    tops: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.lefts = sorted({cell[0] for cell in self.cells})
        self.tops = sorted({cell[1] for cell in self.cells})
        self.right = max(cell[2] for cell in self.cells)
        self.box = (self.lefts[0], self.tops[0], self.right, max(cell[3] for cell in self.cells))
        self._at: dict[tuple[int, int], Box] = {}
        for cell in self.cells:
            for row in range(bisect_left(self.tops, cell[1]), bisect_left(self.tops, cell[3])):
                for column in range(bisect_left(self.lefts, cell[0]), bisect_left(self.lefts, cell[2])):
                    self._at[row, column] = cell

    @property
    def depth(self) -> int:
        """How many tables it stands in."""
        return 1 + self.outer[0].depth if self.outer else 0

    def rows(self) -> list[list[tuple[Box | None, bool]]]:
        """By row and column the cell there, and whether it begins in this column; no cell in a hole."""
        return [
            [
                (cell := self._at.get((row, column)), cell is not None and cell[0] == left)
                for column, left in enumerate(self.lefts)
            ]
            for row in range(len(self.tops))
        ]

    def cell_at(self, x: float, y: float) -> Box | None:
        """The cell at a point."""
        row, column = bisect_left(self.tops, y) - 1, bisect_left(self.lefts, x) - 1
        cell = self._at.get((row, column))
        return cell if cell and x < cell[2] and y < cell[3] else None

    def goes_on(self, above: "Grid") -> bool:
        """Whether it has the columns of another table."""
        edges, others = [*self.lefts, self.right], [*above.lefts, above.right]
        return len(edges) == len(others) and all(
            abs(edge - other) <= TOLERANCE for edge, other in zip(edges, others, strict=True)
        )


def edges_of(page) -> list[dict]:
    """Lines and the sides of boxes of a page of pdfplumber, without what is white (boxes under a text) or curved."""
    from pdfplumber.utils import obj_to_edges

    shown, white = [], []
    for thing in [*page.lines, *page.rects, *page.curves]:
        points = thing.get("pts") or []
        if thing["object_type"] == "curve" and any(
            abs(a[0] - b[0]) > 0.5 and abs(a[1] - b[1]) > 0.5 for a, b in itertools.pairwise(points)
        ):
            if thing.get("fill"):
                continue  # outlines of letters and the like
            edges = [edge for edge in obj_to_edges(thing) if edge["width"] + edge["height"] >= 10]  # rounded corners
        else:
            edges = obj_to_edges(thing)
        filled = thing.get("fill") and not _is_white(thing.get("non_stroking_color"))
        drawn = thing.get("stroke") and not _is_white(thing.get("stroking_color"))
        is_line = thing["object_type"] == "line" and not _is_white(thing.get("stroking_color"))
        (shown if filled or drawn or is_line else white).extend(edges)
    return [edge for edge in shown or white if edge["orientation"] and edge["width"] + edge["height"] >= 1]


def _is_white(colour) -> bool:
    parts = colour if isinstance(colour, list | tuple) else [colour]
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return max(parts) <= 0.02 if len(parts) == 4 else min(parts) >= 0.98


def turned(box: Box, angle: int, width: float, height: float) -> Box:
    """A box of a page whose text runs at an angle, on the page turned so that the text runs to the right."""
    left, top, right, bottom = box
    if angle == 90:
        return height - bottom, left, height - top, right
    if angle == 270:
        return top, width - right, bottom, width - left
    if angle == 180:
        return width - right, height - bottom, width - left, height - top
    return box


def tables(edges: list[dict]) -> list[Grid]:
    """Tables that lines make, those inside a cell of another one with it, in no order.

    Edges have x0, top, x1, bottom, width, height and orientation (v or h). Tables that are open at an end are closed.
    """
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges(edges, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE) if edges else []
    edges = [edge for edge in edges if edge["width"] + edge["height"] >= TOLERANCE]
    edges += _closing(edges)
    cells = intersections_to_cells(edges_to_intersections(edges, TOLERANCE, TOLERANCE))
    found = [Grid(cells) for cells in cells_to_tables(cells)]
    for grid in found:
        around = [
            (other, cell)
            for other in found
            if other is not grid and _holds(other.box, grid.box)
            for cell in other.cells
            if _holds(cell, grid.box)
        ]
        grid.outer = min(around, key=lambda pair: _area(pair[1]), default=None)
    return found


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    ) and _area(outer) > _area(inner) * 1.01


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _line(x0: float, top: float, x1: float, bottom: float) -> dict:
    size = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return size | {"orientation": "v" if x0 == x1 else "h", "object_type": "line"}


def _closing(edges: list[dict]) -> list[dict]:
    """Lines that close tables: across where several lines end together, at a page's foot or head or at the sides."""
    down = [edge for edge in edges if edge["orientation"] == "v"]
    across = [edge for edge in edges if edge["orientation"] == "h"]

    def meets(x: float, y: float) -> bool:
        near = TOLERANCE
        return any(abs(e["top"] - y) <= near and e["x0"] - near <= x <= e["x1"] + near for e in across)

    found = []
    for end in ("bottom", "top"):
        loose = sorted((edge for edge in down if not meets(edge["x0"], edge[end])), key=lambda edge: edge[end])
        for group in _groups(loose, end):
            if len(group) > 1 and group[0]["x0"] != group[-1]["x0"]:
                lefts = [edge["x0"] for edge in group]
                y = max(edge[end] for edge in group) if end == "bottom" else min(edge[end] for edge in group)
                found.append(_line(min(lefts), y, max(lefts), y))
    across += found
    for end in ("x0", "x1"):
        loose = [
            edge
            for edge in across
            if not any(
                abs(e["x0"] - edge[end]) <= TOLERANCE and e["top"] - TOLERANCE <= edge["top"] <= e["bottom"] + TOLERANCE
                for e in down
            )
        ]
        for group in _groups(sorted(loose, key=lambda edge: edge[end]), end):
            group.sort(key=lambda edge: edge["top"])
            for above, below in itertools.pairwise(group):
                left, right = max(above["x0"], below["x0"]), min(above["x1"], below["x1"])
                bridged = any(
                    left - TOLERANCE <= e["x0"] <= right + TOLERANCE
                    and e["top"] <= above["top"] + TOLERANCE
                    and e["bottom"] >= below["top"] - TOLERANCE
                    for e in down
                )
                if bridged and below["top"] - above["top"] > TOLERANCE:
                    found.append(_line(above[end], above["top"], above[end], below["top"]))
    return found


def _groups(edges: list[dict], key: str) -> list[list[dict]]:
    """Sorted edges by neighbours in one measure."""
    groups: list[list[dict]] = []
    for edge in edges:
        if groups and edge[key] - groups[-1][-1][key] <= TOLERANCE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups
