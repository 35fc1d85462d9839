"""A province beside its neighbours: their ranges, and which have more services for certain."""

import math

import pandas as pd

from chainregistry.bounds import Model
from chainregistry.kept import answer, aside
from chainregistry.values import Interval, listing, lists_in_words, outlet


def near_to(model: Model, regions: pd.DataFrame, code: str, last: int) -> pd.DataFrame:
    """A province and its neighbours with their ranges; ``side`` is 1 where it has more for certain, -1 for less."""
    place = regions.set_index("province_code").loc[code]
    near = regions[regions.province_code.isin([code, *place.neighbours.split()])].reset_index(drop=True)
    found, own = [model.between(other, 1, last) for other in near.province_code], model.between(code, 1, last)
    highs, most = [_most(one) for one in found], _most(own)
    side = [(high < own.low) - (one.low > most) for one, high in zip(found, highs, strict=True)]
    high = pd.array([one.high for one in found], dtype="Int64")
    return near.assign(low=[one.low for one in found], high=high, side=side)


def _most(found: Interval) -> float:
    return math.inf if found.high is None else found.high


def beside(model: Model, regions: pd.DataFrame, code: str, last: int) -> pd.DataFrame:
    """Ranges of a province and its neighbours, the largest first: columns name_en, short_zh, slug, low, high.

    Empty where the range of the province overlaps with that of every neighbour: then there is no order to show.
    """
    table = near_to(model, regions, code, last)
    if not table.side.any():
        table = table.head(0)
    columns = ["name_en", "short_zh", "slug", "low", "high"]
    return table.sort_values(["low", "high"], ascending=False, ignore_index=True)[columns]


def order(model: Model, regions: pd.DataFrame, code: str, last: int) -> str:
    """Which neighbours a province has more services than, and fewer, for a title."""
    name = regions.set_index("province_code").name_en[code]
    table = near_to(model, regions, code, last).query("province_code != @code")
    table = table.sort_values(["low", "high"], ascending=False)
    return f"{name} has {_sides(table, len(table))}"


def _sides(table: pd.DataFrame, neighbours: int, noun: str = " services") -> str:
    """In words such as "more services than A and fewer than B"; nothing for no row."""
    words = []
    for side, comparison in ((1, "more"), (-1, "fewer")):
        rows = table.name_en[table.side == side]
        whom = f"any of its {neighbours} neighbours" if len(rows) == neighbours > 2 else listing(rows)
        words += [f"{comparison}{'' if words else noun} than {whom}"] * bool(len(rows))
    return " and ".join(words)


def caption(model: Model, regions: pd.DataFrame, code: str, last: int) -> str:
    """Of a chart ``beside`` its neighbours: what it shows, and what of the ``order`` is left without a document that
    takes most of it, of which there may be several; nothing of that where no document takes any."""

    def sides(known: Model) -> dict[str, int]:
        rows = near_to(known, regions, code, last)
        return {other: int(side) for other, side in zip(rows.province_code, rows.side, strict=True) if side}

    def solve() -> dict:
        found, own = {}, sides(model)
        with aside():
            for document in model.documents() if own else ():
                if sides(model.without_document(document, exact=False)) == own:
                    continue  # the relaxed ranges are never too narrow
                if (left := sides(model.without_document(document))) != own:
                    found[document] = left
        return {"left": found}

    around = regions.set_index("province_code").neighbours[code].split()
    question = {"order of neighbours without each document": [code, *around], "lists": [1, last]}
    left = answer(model.data.folder, model.facts, question, solve)["left"]
    shown = f"Services on {lists_in_words(1, last)}, from the least to the most"
    if not left:
        return shown
    least = min(left.values(), key=len)
    rows = regions[regions.province_code.isin(least)]
    rest = _sides(rows.assign(side=rows.province_code.map(least)), 0, "")
    name = regions.set_index("province_code").name_en[code]
    words = f"it is sure only that {name} has {rest}" if rest else "no order can be given"
    publisher = model.data.sources.set_index("source_id").publisher
    alike = [outlet(publisher[document]) for document, kept in left.items() if kept == least]
    return f"{shown}; if the counts of {'either ' * (len(alike) == 2)}{listing(alike, last='or')} are left out, {words}"
