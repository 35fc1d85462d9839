"""Ranges of provinces as a page shows them: grouped, per head, by list, and without each document."""

import itertools
import math
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from chainregistry.bounds import Model, spans, without_inferred
from chainregistry.claims import in_words
from chainregistry.data import Data
from chainregistry.kept import answer
from chainregistry.values import Interval, Share, count, day, listing, lists_in_words

SINGLE = 5
"""Lists that are shown one by one: the size of those after them is hardly ever known."""


def written(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges with the column ``range``: each in few characters, such as 5–16, 63, 3+ or ≤90."""
    return ranges.assign(range=[_short(low, high) for low, high in zip(ranges.low, ranges.high, strict=True)])


def _short(low: float, high: float) -> str:
    if pd.isna(high):
        return f"{low:,.0f}+"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}" if low else f"≤{high:,.0f}"


def with_inferred(model: Model, ranges: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Ranges of provinces with ``inferred``: whether they rest on a count whose lists are inferred, not printed."""

    def solve() -> dict:
        table = without_inferred(model).table(first, last, list(ranges.province_code))
        return {"high": [None if pd.isna(high) else int(high) for high in table.high], "low": list(map(int, table.low))}

    question = {"without inferred lists": list(ranges.province_code), "lists": [first, last]}
    found = answer(model.data.folder, model.facts, question, solve)
    high = pd.Series(found["high"], index=ranges.index, dtype="Int64")
    wider = (ranges.low != found["low"]) | (ranges.high.fillna(-1) != high.fillna(-1))
    return ranges.assign(inferred=wider.astype(bool))


def known_exactly(ranges: pd.DataFrame) -> str:
    """Provinces with one number, the largest first, in a sentence that tells which rest on inferred lists."""
    exact = ranges[ranges.low == ranges.high].sort_values("low", ascending=False)
    more = exact.name_en[exact.inferred]
    also = f"; by a count whose lists are inferred also {listing(more)}" if len(more) else ""
    return listing(exact.name_en[~exact.inferred]) + also


def together(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges from the largest down, those that several provinces share in one row: "17 other provinces".

    Columns name_en (up to three names), short_zh and slug (both empty for several), low, high and inferred.
    """
    order = ranges.sort_values(["low", "high"], ascending=False, kind="stable")
    rows = []
    for (low, high), group in order.groupby(["low", "high"], sort=False, dropna=False):
        inferred = bool(group.inferred.any())
        if len(group) < 3:
            each = group[["name_en", "short_zh", "slug"]].itertuples(index=False)
            rows += [(*name, low, high, mark) for name, mark in zip(each, group.inferred, strict=True)]
        else:
            name = listing(group.name_en) if len(group) == 3 else f"{len(group)} other provinces"
            rows.append((name, "", "", low, high, inferred))
    table = pd.DataFrame(rows, columns=["name_en", "short_zh", "slug", "low", "high", "inferred"])
    return table.astype({"high": "Int64"}).sort_values(["low", "high"], ascending=False, kind="stable")


def parts(ranges: pd.DataFrame, codes: list[str], whole: Interval) -> pd.DataFrame:
    """What some provinces have at least, and what is left of the least total: columns name_en, short_zh, services."""
    chosen = ranges.set_index("province_code").loc[codes]
    rest = int(whole.low - chosen.low.sum())
    left = f"the other {len(ranges) - len(codes)} provinces"
    if whole.width or (chosen.low != chosen.high).any():
        left += ", or open"
    names = {"name_en": [*chosen.name_en, left], "short_zh": [*chosen.short_zh, ""]}
    return pd.DataFrame(names | {"services": [*chosen.low.astype(int), rest]})


def per_head(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges per million residents (census of 2020): the same rows, with low and high divided."""
    million = ranges.population_2020 / 1e6
    return ranges.assign(low=ranges.low / million, high=ranges.high.astype("Float64") / million)


def by_list(model: Model, groups: dict[str, list[str]]) -> pd.DataFrame:
    """Shares of some provinces on each of the first lists of known size, by the name of the group.

    Columns whose, batch, list (in words), share (a Share), low and high (per cent). A share is a part of its whole.
    """
    sized = [int(n) for n in model.data.batches.dropna(subset="services").batch if n <= SINGLE]
    rows = []
    for group, codes in groups.items():
        for n in sized:
            share = model.between(codes, n) / model.total(n)
            rows.append((group, n, lists_in_words(n, n), share, 100 * share.low, 100 * share.high))
    return pd.DataFrame(rows, columns=["whose", "batch", "list", "share", "low", "high"])


def over(shares: Iterable[Share]) -> Share:
    """From the least to the most of several shares."""
    shares = list(shares)
    return Share(min(share.low for share in shares), max(share.high for share in shares))


def exact_on(model: Model, regions: pd.DataFrame, number: int) -> pd.DataFrame:
    """Provinces whose services on one list are known exactly, the most first: columns name_en and low."""
    table = model.table(number, number).merge(regions)
    exact = table[table.low == table.high]
    return exact.sort_values("low", ascending=False, ignore_index=True)[["name_en", "low"]]


def without_each(model: Model, codes: list[str], first: int, last: int) -> pd.DataFrame:
    """The services of some provinces, together and each, without one document at a time: those that widen a range.

    Columns document (publisher and date), share (a Share of the total without it), together and the name of each
    province (Intervals), and source_ids; the least sum first.
    """
    asked = [codes, *([code] for code in codes)]
    ends = lambda model, sums: [[it.low, it.high] for it in (model.between(some, first, last) for some in sums)]  # noqa: E731

    def solve() -> dict:
        known, rows = ends(model, asked), []
        for document in model.documents():
            if ends(model.without_document(document, exact=False), asked) == known:
                continue  # the relaxed ranges are never too narrow
            less = model.without_document(document)
            if (found := ends(less, asked)) != known:
                rows.append((document, [*found, *ends(less, [model.provinces])]))
        return {"rows": rows}

    question = {"without each document": codes, "lists": [first, last]}
    rows = answer(model.data.folder, model.facts, question, solve)["rows"]
    sources = model.data.sources.set_index("source_id")
    names = model.data.regions.set_index("province_code").name_en
    table = []
    for document, found in sorted(
        rows, key=lambda row: [(low, math.inf if high is None else high) for low, high in row[1]]
    ):
        *some, total = (Interval(*ends) for ends in found)
        where = ", ".join([sources.publisher[document], day(sources.published[document]) or "undated"])
        table.append((where, some[0] / total, *some, document))
    columns = ["document", "share", "together", *(names[code] for code in codes), "source_ids"]
    return pd.DataFrame(table, columns=columns)


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


def alike(model: Model, codes: list[str], first: int, last: int) -> list[str]:
    """For each of some provinces, how many have the same range, in words: "17 provinces"."""
    table = model.table(first, last).set_index("province_code")
    same = [(table == table.loc[code]).all(axis=1).sum() for code in codes]
    return [count(int(number), "province") for number in same]
