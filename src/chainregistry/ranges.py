"""Ranges of provinces as a page shows them: grouped, per head, by list, and without each document."""

import itertools
import math
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from chainregistry.bounds import Model, spans
from chainregistry.claims import in_words
from chainregistry.data import Data
from chainregistry.kept import answer
from chainregistry.values import Interval, Share, count, listing, lists_in_words

SINGLE = 5
"""Lists that are shown one by one: the size of those after them is hardly ever known."""


def written(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges with the column ``range``: each in few characters, such as 5–16, 63, 3+ or ≤90."""
    return ranges.assign(range=[_short(low, high) for low, high in zip(ranges.low, ranges.high, strict=True)])


def _short(low: float, high: float) -> str:
    if pd.isna(high):
        return f"{low:,.0f}+"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}" if low else f"≤{high:,.0f}"


def together(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges from the largest down, those that several provinces share in one row: "18 other provinces".

    Columns name_en, short_zh and slug (both empty for several), low and high.
    """
    order = ranges.sort_values(["low", "high"], ascending=False, kind="stable")
    rows = []
    for (low, high), group in order.groupby(["low", "high"], sort=False, dropna=False):
        one = len(group) < 3
        each = group[["name_en", "short_zh", "slug"]].itertuples(index=False)
        names = each if one else [(f"{len(group)} other provinces", "", "")]
        rows += [(*name, low, high) for name in names]
    table = pd.DataFrame(rows, columns=["name_en", "short_zh", "slug", "low", "high"])
    return table.astype({"high": "Int64"}).sort_values(["low", "high"], ascending=False, kind="stable")


def parts(ranges: pd.DataFrame, codes: list[str], whole: Interval) -> pd.DataFrame:
    """What some provinces have at least, and what is left of the least total: columns name_en, short_zh, services."""
    chosen = ranges.set_index("province_code").loc[codes]
    rest = int(whole.low - chosen.low.sum())
    left = f"the other {len(ranges) - len(codes)} provinces, or open"
    names = {"name_en": [*chosen.name_en, left], "short_zh": [*chosen.short_zh, ""]}
    return pd.DataFrame(names | {"services": [*chosen.low.astype(int), rest]})


def per_head(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges per million residents (census of 2020): the same rows, with low and high divided."""
    million = ranges.population_2020 / 1e6
    return ranges.assign(low=ranges.low / million, high=ranges.high.astype("Float64") / million)


def by_list(model: Model, codes: Iterable[str], last: int) -> pd.DataFrame:
    """Share of some provinces on each list of known size up to ``last``, and on all of them together.

    Columns lists (in words), share (a Share), low and high (percent). A share is a part of its whole.
    """
    sized = model.data.batches.dropna(subset="services").batch
    spans = [(int(n), int(n)) for n in sized if n <= max(last, 3)] + [(1, last)]
    rows = []
    for first, end in dict.fromkeys(spans):
        part, whole = model.between(codes, first, end), model.total(first, end)
        share = part / whole if whole.low else Share(0.0, 1.0)
        rows.append((lists_in_words(first, end), share))
    table = pd.DataFrame(rows, columns=["lists", "share"])
    return table.assign(
        low=[100 * share.low for share in table.share], high=[100 * share.high for share in table.share]
    )


def without_each(model: Model, codes: Iterable[str], first: int, last: int) -> pd.DataFrame:
    """The services of some provinces together, without one document at a time: those that make the range wider.

    Columns document (publisher and date), range (an Interval), share (a Share of the total without it), low, high and
    source_ids; the widest first.
    """
    codes = sorted(codes)

    def solve() -> dict:
        known, rows = model.between(codes, first, last), []
        for document in model.documents():
            less = model.without_document(document)
            found, total = less.between(codes, first, last), less.total(first, last)
            if found != known:
                rows.append((document, found.low, found.high, total.low, total.high))
        return {"rows": rows}

    question = {"together without each document": codes, "lists": [first, last]}
    rows = answer(model.data.folder, model.facts, question, solve)["rows"]
    sources = model.data.sources.set_index("source_id")
    table = [
        (
            ", ".join(filter(None, sources.loc[document, ["publisher", "published"]])),
            Interval(low, high),
            Interval(low, high) / Interval(least, most),
            low,
            high,
            document,
        )
        for document, low, high, least, most in rows
    ]
    found = pd.DataFrame(table, columns=["document", "range", "share", "low", "high", "source_ids"])
    return found.sort_values(["low", "high"], ignore_index=True)


def sources(model: Model) -> pd.Series:
    """Cells of source ids of the published numbers that a model uses."""
    counts = model.data.published_counts
    return counts.source_ids[counts.count_id.isin({fact.id for fact in model.facts})]


def of_one(model: Model, code: str, last: int) -> pd.DataFrame:
    """Ranges of one province: all lists to ``last`` first, then each of them, then what else was printed of it.

    Columns lists (in words), low and high.
    """
    counts = model.data.published_counts
    naming = counts[
        counts.province_code.str.split().map(lambda codes: code in codes) & counts.count_id.isin(_used(model))
    ]
    single = [(n, n) for n in range(1, min(last, SINGLE) + 1)]
    printed = list(zip(naming.batch_first.astype(int), naming.batch_last.astype(int), strict=True))
    order = [(1, last), *sorted({*single, *printed} - {(1, last)})]
    return spans(model, code, order)


def _used(model: Model) -> set[str]:
    return {fact.id for fact in model.facts}


def beside(model: Model, regions: pd.DataFrame, code: str, last: int) -> pd.DataFrame:
    """Ranges of a province and its neighbours, the largest first: columns name_en, short_zh, slug, low and high.

    Empty where its range overlaps with that of every neighbour: then there is no order to show.
    """
    table = _near(model, regions, code, last)
    if table.overlaps.all():
        table = table.head(0)
    columns = ["name_en", "short_zh", "slug", "low", "high"]
    return table.sort_values(["low", "high"], ascending=False, ignore_index=True)[columns]


def _near(model: Model, regions: pd.DataFrame, code: str, last: int) -> pd.DataFrame:
    """A province and its neighbours with their ranges, and whether these overlap with its own."""
    place = regions.set_index("province_code").loc[code]
    near = regions[regions.province_code.isin([code, *place.neighbours.split()])]
    table = model.table(1, last, list(near.province_code)).merge(near)
    high, own = table.high.astype("Float64").fillna(math.inf), model.between(code, 1, last)
    most = math.inf if own.high is None else own.high
    return table.assign(overlaps=((table.low <= most) & (high >= own.low)).astype(bool))


class Lacking(NamedTuple):
    """What is not known of a province."""

    lists: int
    """Lists on which its number is not known exactly."""
    neighbours: str
    """Neighbours of which it is open whether they have more services or fewer, of all of them, in words."""
    helps: str
    """The list whose count would help most, in words with its range: the widest, else the next one not known."""


def lacking(model: Model, regions: pd.DataFrame, code: str, last: int) -> Lacking:
    """What is not known of a province on the lists 1 to ``last``."""
    found = {n: model.between(code, n, n) for n in range(1, last + 1)}
    inside = sorted((n for n in found if found[n].width), key=lambda n: -found[n].width)
    later = (n for n in range(last + 1, int(model.data.batches.batch.max()) + 1) if model.between(code, n, n).width)
    helps = [
        f"{lists_in_words(n, n)}, where its range is {model.between(code, n, n)}"
        for n in inside[:1] or itertools.islice(later, 1)
    ]
    near = _near(model, regions, code, last).query("province_code != @code")
    beside = f"{near.overlaps.sum()} of {count(len(near), 'neighbour')}"
    return Lacking(len(inside), beside, listing(helps, "one list more"))


def printed_of(model: Model, code: str) -> pd.DataFrame:
    """What others printed about a province: columns what (in words), used (by the model: yes or no), confidence and
    source_ids."""
    counts = model.data.published_counts
    rows = counts[counts.province_code.str.split().map(lambda codes: code in codes)]
    what = [in_words(model.data, row) for row in rows.itertuples()]
    aside = rows.set_aside.ne("") | rows.count_id.isin(model.needless)
    return rows.assign(what=what, used=aside.map({True: "no", False: "yes"}))[
        ["what", "used", "confidence", "source_ids"]
    ]


def worded(data: Data, facts: list) -> pd.DataFrame:
    """Published numbers among some facts in words: columns what and source_ids."""
    rows = data.published_counts[data.published_counts.count_id.isin({fact.id for fact in facts})]
    what = [in_words(data, row) for row in rows.itertuples()]
    return rows.assign(what=what)[["what", "source_ids"]].reset_index(drop=True)


def widest(model: Model, first: int, last: int, number: int = 2) -> list[str]:
    """Codes of the provinces with the widest ranges, one of each width."""
    table = model.table(first, last)
    width = (table.high - table.low).rename("width")
    order = table.join(width).sort_values(["width", "province_code"], ascending=[False, True])
    return list(order.drop_duplicates("width").province_code.head(number))
