"""The picture that a link to a page is shown with: the statement of the page, and its first chart.

Made only where the pages have an address: those who show links want an absolute one, and without it no page names a
picture. It is made with the page, from the same notebook, so it never says anything else.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

import pandas as pd

from chainregistry import charts, collection
from chainregistry.data import Data
from chainregistry.values import day
from nbpages import publish

TALL = 1.8
"""A chart so many times as high as wide would have letters too small for a picture."""
LOOKED_AT = 3
"""So many charts of a page are tried."""


def picture(data: Data, notebook) -> bytes:
    """PNG of 1200 by 630 pixels for the page of an executed notebook; raises NotebookError if it has no heading."""
    drawn = next((draw for draw in map(_again, islice(stored(notebook), LOOKED_AT)) if not _is_tall(draw)), None)
    return _poster(data, publish.title(notebook), drawn)


def front(data: Data, claim: str, table: pd.DataFrame, words: charts.Words, options: dict) -> bytes:
    """The same for the front page, with its map."""
    return _poster(data, claim, lambda width: charts.draw("tiles", table, words, options, width, chinese=False))


def stored(notebook) -> Iterator[tuple[dict, str]]:
    """What the charts in a notebook were drawn from, and their tables as CSV."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                yield output.metadata["image/svg+xml"]["chart"], output.data["text/csv"]


def _again(found: tuple[dict, str]) -> Callable[[float], charts.Paper]:
    """What draws a stored chart at a width in CSS pixels, each width once."""
    chart, csv = found
    words = charts.Words(chart["title"], chart["subtitle"])
    return cache(lambda width: charts.redraw(chart, csv, words, rows=8, width=width))


def _is_tall(draw: Callable[[float], charts.Paper]) -> bool:
    paper = draw(charts.PHONE)
    return paper.height > TALL * paper.width


def _poster(data: Data, title: str, drawn: Callable[[float], charts.Paper] | None) -> bytes:
    mark = "SIMULATED: " if data.simulated else ""
    return charts.png(charts.poster(title, f"{mark}{collection.SITE}", f"Data of {day(data.as_of)}", drawn))
