"""Ranges of provinces as a page shows them: grouped, per head, by list, and without each document."""

import math
import re
from collections.abc import Sequence, Sized
from typing import NamedTuple

import pandas as pd

from chainregistry.bounds import Model, spans
from chainregistry.claims import in_words, naming
from chainregistry.data import Data, each_once
from chainregistry.inferred import COUNT, DATED, FIRM, PLACED
from chainregistry.kept import answer
from chainregistry.prose import cite
from chainregistry.values import (
    Interval,
    count,
    counted_services,
    day,
    listing,
    lists_in_words,
    places,
    possible,
    runs,
)

ON_THE_MAP = "Services: the least and the most possible by counts that say which lists they cover"
"""The caption of a map of ranges."""
SINGLE = 5
"""Lists that are shown one by one: the size of those after them is hardly ever known."""


def written(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges with the column ``range``: each in few characters, such as 5–16, 63 or 3+."""
    return ranges.assign(range=list(map(_short, ranges.low, ranges.high)))


def _short(low: float, high: float) -> str:
    if pd.isna(high):
        return f"{low:,.0f}+"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def known_exactly(ranges: pd.DataFrame) -> str:
    """Provinces with one number, the largest first, in words that tell which have one only if lists are inferred."""
    exact = ranges[ranges.low == ranges.high].sort_values("low", ascending=False)
    firm, more = exact.name_en[~exact.inferred], exact.name_en[exact.inferred]
    also = f"; {PLACED}, {'also ' * bool(len(firm))}{listing(more)}"
    return listing(firm) + also * bool(len(more))


def together(ranges: pd.DataFrame) -> pd.DataFrame:
    """Ranges from the largest down, those that several provinces share in one row: "17 other provinces".

    Columns name_en (up to three names), short_zh and slug (both empty for several), low, high and inferred.
    """
    rows = []
    for (low, high), group in ranges.groupby(["low", "high"], sort=False, dropna=False):
        inferred = bool(group.inferred.any())
        if len(group) == 1:
            rows.append((*group[["name_en", "short_zh", "slug"]].iloc[0], low, high, inferred))
        else:
            name = listing(group.name_en) if len(group) <= 3 else f"{len(group)} other provinces"
            rows.append((name, "", "", low, high, inferred))
    table = pd.DataFrame(rows, columns=["name_en", "short_zh", "slug", "low", "high", "inferred"])
    return table.astype({"high": "Int64"}).sort_values(["low", "high"], ascending=False)


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


def leading_for_its_size(model: Model, first, rivals: pd.DataFrame, last: int) -> str:
    """The services per million residents of the first province of ``per_head``, and which others could have more, for a
    title."""
    each = model.between(first.province_code, 1, last) / (first.population_2020 / 1e6)
    told = f"{first.name_en} had {each:.1f} services per million residents"
    return told + f"; only {listing(rivals.name_en)} could have had more" * bool(len(rivals))


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
    return model.counts.source_ids


def statement(name: str, own: Interval, everyone: Interval, last: int, years: str) -> str:
    """How many of all services on the lists to ``last``, published in these ``years``, a province has, in a sentence:
    both by counts with list numbers alone. What the others add is told apart (``narrowed``)."""
    has = f"has {own}"
    if own.width and not own.low:
        has = "has an unknown number" if own.high is None else f"may have 0 to {own.high:,}"
    whole = f"{'the ' * (everyone.high is not None)}{everyone}"
    return f"{name} {has} of {whole} blockchain services registered on {lists_in_words(1, last)} ({years})"


def placed(name: str, own: Interval, place: Interval, provinces: int, counts: Sized, last: int) -> str:
    """The place of a province by number of services on the lists to ``last``, in a sentence: ``own`` is its range and
    ``place`` its place by counts with list numbers, ``counts`` are those that name the province."""
    unnamed = own.width > 0 and not len(counts)
    told = f"We found no published count of the services of {name}" if unnamed else ""
    among = f"{name} has among the {count(provinces, 'province')}"
    if place == Interval(1, provinces):
        return f"{told}{'; w' if told else 'W'}hich place {among} is not known."
    lists = "this list" if last == 1 else "these lists"
    by = "; by other published counts it" if unnamed else f"On {lists} {name}"
    where = f"{'could rank' if place.width else 'ranks'} {places(place)}"
    return f"{told}{by} {where} of the {count(provinces, 'province')}{f' on {lists}' * unnamed}."


def narrowed(own: Interval, place: Interval, less: Interval, printed: Interval, counts: Sequence[pd.DataFrame]) -> str:
    """What counts whose lists are inferred add to what is known of a province, in a sentence; nothing for nothing.

    ``own`` is its range and ``place`` its place by all counts, ``less`` and ``printed`` are those without such counts;
    ``counts`` are those that narrow the range, and those that narrow the place (``inferred.narrowing``).
    """
    notes = [cite(each_once(rows.source_ids)) for rows in counts]
    what = "number" if own.low == own.high else "range"
    adds = [(f"the {what} would be {counted_services(own)}", notes[0])] * (own != less)
    adds += [(f"the rank would be {places(place)}", notes[1])] * (place != printed)
    one = len(pd.concat(counts).drop_duplicates()) == 1
    without = (
        f"{COUNT} is left out of the headline; with it" if one else f"{DATED} are left out of the headline; with them"
    )
    if not adds:
        return ""
    *others, (last, note) = adds
    return f"{without} {listing([*map(''.join, others), last])}.{note}"


def caption(last: int, ranges: pd.DataFrame) -> str:
    """Of a chart of ``ranges`` of a province: what it shows, and which lists after ``last``."""
    single = [int(found[1]) for words in ranges.get("lists", []) if (found := re.match(r"list (\d+)", words))]
    later = "; of later lists only those for which we have a number" * (max(single, default=0) > last)
    open_ = ", from the least to the most possible" * bool((ranges.low != ranges.high.fillna(-1)).any())
    return f"Services{open_}{later}"


def named(rows: pd.DataFrame, last: int) -> str:
    """How many named services can be placed in a province, and how many of them stand on the lists to ``last``, in a
    list of what is known; nothing for none."""
    number = int((rows.batch <= last).sum())
    where = f"known to stand on {('one of ' if number else 'any of ') * (last > 1)}{lists_in_words(1, last)}"
    on = f"{'' if number else 'not '}{where}" if len(rows) == 1 else f"{number or 'none'} of them {where}"
    here = count(rows, "service that public sources identify", "services that public sources identify")
    return f"{here}, {on}" * bool(len(rows))


def nowhere(everyone: pd.DataFrame) -> str:
    """Of how many of all named services the province is not told, in a list of what is not known; nothing for none."""
    number = int((everyone.province_code == "").sum())
    belong, one = ("belongs", "province") if number == 1 else ("belong", "provinces")
    whole = count(everyone, "service")
    return f"to which {one} {number} of the {whole} that public sources identify {belong}" * bool(number)


def of_one(model: Model, code: str, last: int) -> pd.DataFrame:
    """Ranges of one province: the lists to ``last``, spans of them of which something was printed, and later lists of
    which something was printed or the number is known. Columns lists (in words), low and high.

    Spans that go on after ``last`` are left out: theirs are other scales.
    """
    own = naming(model.counts, code)
    printed = set(zip(own.batch_first.astype(int), own.batch_last.astype(int), strict=True))
    single = {(n, n) for n in range(1, min(last, SINGLE) + 1)} | {(a, b) for a, b in printed if a == b}
    single |= {(n, n) for n, found in _later(model, code, last).items() if not found.width}
    several = {(a, b) for a, b in printed | {(1, last)} if a < b <= last}
    place = lambda span: (span[0] == span[1] > last, span not in single, span[1], -span[0])  # noqa: E731
    return spans(model, code, sorted(single | several, key=place))


def _later(model: Model, code: str, last: int) -> dict[int, Interval]:
    """The ranges of a province on the lists after ``last``."""
    return {n: model.between(code, n, n) for n in range(last + 1, int(model.data.batches.batch.max()) + 1)}


def list_by_list(model: Model, code: str, name: str, last: int) -> str:
    """What is known of a province list by list, for a title: its numbers, or the lists that leave most open."""
    found = {n: model.between(code, n, n) for n in range(1, last + 1)}
    if open_ := _widest(found):
        services, several = _each(found, open_, " services"), len(open_) > 1
        if len(open_) == last or found[open_[0]].high is None:
            together = _together(found, model.between(code, 1, last))
            return f"{name} may have {services} on {'each of ' * several}{_lists(open_)}{together * several}"
        least = f"Of {lists_in_words(1, last)}, least is known of {_lists(open_)}"
        return f"{least}: {name} may have {services} {'on each' if several else 'on it'}"
    if last > SINGLE:
        return f"{name}: known to the last service on {lists_in_words(1, last)}"
    told = [f"{own}{' services' * (n == 1)} on list {n}" for n, own in found.items()]
    return f"{name}: {listing(told)}"


def _widest(found: dict[int, Interval]) -> list[int]:
    """The lists with the widest range, one or several; none where each has one number."""
    most = max((range_.width for range_ in found.values()), default=0)
    return [n for n in found if most and found[n].width == most]


def _each(found: dict[int, Interval], lists: list[int], noun: str = "") -> str:
    """The range that each of some lists has: "0 to 5 services"; "0 to 16 or 1 to 17" where they differ."""
    words = " or ".join(dict.fromkeys(possible(found[n]) for n in lists))
    return words + (f" of{noun}" if noun and words.endswith("any number") else noun)


def _together(found: dict[int, Interval], own: Interval) -> str:
    """The most that lists may hold together (``own``), after what each may hold, where that is more in sum: ", but at
    most 5 on all together"."""
    less = own.high is not None and own.high < sum(one.high for one in found.values())
    return f", but at most {own.high} on all together" * less


def _lists(numbers: list[int]) -> str:
    """Single lists in words: "list 3", "lists 2 and 5", "lists 6 to 9 and 11"."""
    return f"list{'s' * (len(numbers) > 1)} {listing(numbers) if len(numbers) < 3 else runs(numbers)}"


def also_possible(less: Model, table: pd.DataFrame, regions: pd.DataFrame, last: int, per_head: bool = False) -> str:
    """What a caption adds to ranges of provinces: those by ``less`` of those that rest on inferred lists.

    With ``per_head`` per million residents.
    """
    rows = table[table.inferred].merge(regions[["slug", "province_code", "population_2020"]])
    alike: dict[str, list[str]] = {}
    for row in rows.itertuples():
        found = less.between(row.province_code, 1, last)
        each = f"{found / (row.population_2020 / 1e6):.1f}" if per_head else possible(found)
        alike.setdefault(each, []).append(row.name_en)
    told = [f"{listing(names)} {each}{' each' * (len(names) > 1)}" for each, names in alike.items()]
    return f"; {FIRM}: {'; '.join(told)}" if told else ""


class Lacking(NamedTuple):
    """What is not known of a province, in words; a part of which nothing is lacking is empty."""

    lists: str
    """On which lists it is open how many it has."""
    helps: str
    """The count that would help most: of a list with the widest range, else of the next one not known."""


def lacking(model: Model, regions: pd.DataFrame, code: str, last: int) -> Lacking:
    """What is not known of a province on the lists 1 to ``last``, and after them."""
    name = regions.set_index("province_code").name_en[code]
    found, later = {n: model.between(code, n, n) for n in range(1, last + 1)}, _later(model, code, last)
    inside, after = ([n for n, own in some.items() if own.width] for some in (found, later))
    helped = _widest(found) or after[:1]
    which = f"{'any of ' * (len(helped) > 1)}{_lists(helped)} by province" if helped else ""
    there = f"{name} may have {_each(found | later, helped)} {'on each' if len(helped) > 1 else 'on it'}"
    if last > 1 and helped == list(found):
        there += _together(found, model.between(code, 1, last))
    bounded = any((found | later)[n].high is not None for n in helped)
    helps = [f"a count of {which}{f' ({there})' * bounded}"] * bool(helped)
    few = len(inside) <= SINGLE
    parts = [f"list {listing(inside, last='or')}" if few else f"each of {_lists(inside)}"] if inside else []
    known, sure = last, [n for n in later if n not in after]
    while not parts and known + 1 in sure:
        known, sure = known + 1, sure[1:]
    but = f" except {_lists(sure)}" if sure else ""
    parts += [f"lists after list {known}{but}"] if after else []
    return Lacking(
        lists=f"how many services {name} has on {', or on '.join(parts)}" if parts else "",
        helps=listing(helps, "a count by province of one list more"),
    )


def worded(data: Data, facts: list) -> pd.DataFrame:
    """Published numbers among some facts in words: columns what, used_for_ranges (yes or no) and source_ids."""
    rows = data.published_counts[data.published_counts.count_id.isin({fact.id for fact in facts})]
    what = [in_words(data, row) for row in rows.itertuples()]
    used = rows.set_aside.eq("").map({True: "yes", False: "no"})
    table = rows.assign(what=what, used_for_ranges=used)
    return table[["what", "used_for_ranges", "source_ids"]].reset_index(drop=True)


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
