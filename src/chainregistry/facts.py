"""Published counts, named rows and imported lists as linear conditions on the services by province and list.

Unknown are x[p, b], the services of province p on list b: whole numbers, not negative. Each published total, count,
sum, share, ranking and number of provinces present is a linear constraint on them, if need be with auxiliary whole
numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from chainregistry import filing, values
from chainregistry.data import Data, split_list
from chainregistry.official.judge import repeated
from chainregistry.values import lists_in_words

CEILING = 9_999
"""Stands for "no upper bound": several times the whole register. A maximum that reaches it is not a bound."""

REGISTRANTS = ("single", "multi", "multi_services")
"""Unknowns of list 1 by province: registrants with one service, with several, and the services of the latter."""

FLAGS = ("present", "above", "level")
"""Unknowns that are zero or one."""

NAMED = "rows "
"""How the id of a fact begins that comes from named rows."""

Terms = dict[tuple, float]
Row = tuple[Terms, float, float]
"""A linear constraint: least <= sum of terms <= most."""


@dataclass(frozen=True)
class Fact:
    """One published fact and the constraints it means; ``ordered`` if it ranks the provinces it names."""

    id: str
    text: str
    provinces: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


def within(code: str, first: int, last: int) -> Terms:
    """The services of a province on the lists first to last, as a sum of unknowns."""
    return {("x", code, batch): 1.0 for batch in range(first, last + 1)}


def services(codes: Iterable[str], first: int, last: int) -> Terms:
    """The services of several provinces on the lists first to last, as a sum of unknowns."""
    return {name: 1.0 for code in codes for name in within(code, first, last)}


def presence(flag: tuple) -> list[Row]:
    """A flag ("present", province, first list, last list) is one where the province has a service there, else zero."""
    _, code, first, last = flag
    own = within(code, first, last)
    return [(own | {flag: -1.0}, 0, np.inf), (own | {flag: -float(CEILING)}, -np.inf, 0)]


def _limits(relation: str, value: float) -> tuple[float, float]:
    return (value, value) if relation == "=" else (value, np.inf)


def of_rows(named: pd.DataFrame) -> list[Fact]:
    """Rows with a province and a list: at least so many services there."""
    rows = named[(named.province_code != "") & named.batch.notna()]
    return [
        Fact(
            f"{NAMED}{code}/{batch}",
            f"{values.count(number, 'named service')} of province {code} on list {batch}",
            (code,),
            ((within(code, batch, batch), number, np.inf),),
        )
        for (code, batch), number in rows.groupby(["province_code", "batch"]).size().items()
    ]


def of_lists(data: Data, provinces: list[str], batches: Iterable[int] | None = None) -> list[Fact]:
    """The numbers of imported lists (of some, or all): exact, but for rows whose number does not tell enough.

    A number shows a province where its first character and its code agree, be the check character right or wrong. Of
    two rows with one number, the second may be of any province or, as a copy in other words, no further service.
    """
    facts = []
    official = data.official if batches is None else data.official[data.official.batch.isin(list(batches))]
    agree = official.filing_number.str[:1].map(filing.PROVINCES) == official.province_code
    again = repeated(official)
    official = official.assign(again=again, province_code=official.province_code.where(agree & ~again, ""))
    for batch, rows in official.groupby("batch"):
        batch, lost = int(batch), int((~rows.province_code.isin(provinces)).sum())
        least, most = int((~rows.again).sum()), len(rows)
        size = (services(provinces, batch, batch), least, most)
        text = f"{least} to {most} services" if least < most else values.count(most, "service")
        facts.append(Fact(f"list {batch}", text, (), (size,)))
        for code in provinces:
            own = int((rows.province_code == code).sum())
            row = (within(code, batch, batch), own, own + lost)
            facts.append(
                Fact(f"list {batch}/{code}", f"{values.count(own, 'service')} of province {code}", (code,), (row,))
            )
    return facts


def of_counts(usable: pd.DataFrame, counts: pd.DataFrame, provinces: list[str]) -> list[Fact]:
    """Constraints of the published counts; a count that says nothing about provinces and lists has none."""
    facts = []
    for count in usable.itertuples():
        rows = list(_rows(count, counts, provinces))
        if rows:
            value = "" if pd.isna(count.value) else f" {count.relation} {count.value:g} {count.unit}"
            text = f"{lists_in_words(count.batch_first, count.batch_last)}: {count.dimension} {count.key}{value}"
            ordered = count.dimension == "rank" and not only_membership(count) and pd.isna(count.value)
            facts.append(Fact(count.count_id, text, tuple(split_list(count.province_code)), tuple(rows), ordered))
    return facts


def _rows(count, counts: pd.DataFrame, provinces: list[str]):
    """The constraints of one published count. Each branch says what the words of its dimension mean."""
    first, last = int(count.batch_first), int(count.batch_last)
    codes = split_list(count.province_code)
    match count.dimension, count.unit:
        case "total", "services" if count.key == "all":
            yield services(provinces, first, last), *_limits(count.relation, count.value)
        case "total", "entities" if count.key == "all" and (first, last) == (1, 1):
            registrants = {(kind, code): 1.0 for kind in ("single", "multi") for code in provinces}
            yield registrants, *_limits(count.relation, count.value)
        case "province", "services":
            yield services(codes, first, last), *_limits(count.relation, count.value)
        case "province", "percent":
            # Share of the province in all services, printed as a whole percentage.
            total = _total(counts, first, last)
            low, high = (total * end / 100 for end in rounded(count.value))
            yield services(codes, first, last), np.ceil(low), np.floor(high)
        case "province", "entities" if (first, last) == (1, 1):
            yield (
                {(kind, code): 1.0 for kind in ("single", "multi") for code in codes},
                count.value,
                count.value,
            )
        case ("province", "entities") | ("city" | "county" | "entity", "services" | "entities") if codes:
            # A part of the province, or its registrants: at least so many services.
            if "/" not in count.key:
                yield services(codes, first, last), count.value, np.inf
        case "county", "percent":
            # Share of a county in the services of its province, or of a city in it, printed as a whole percentage.
            part = counts[(counts.key == count.key.split("/")[0]) & (counts.unit == "services")]
            part = part[(part.batch_first == first) & (part.batch_last == last)].value.iloc[0]
            high, low = (100 * part / end for end in rounded(count.value))
            whole = count.key.split("/")[-1] in codes
            yield services(codes, first, last), np.ceil(low), np.floor(high) if whole else np.inf
        case "concentration", "percent":
            # The cities' share is at most that of their provinces.
            yield services(codes, first, last), np.ceil(_total(counts, first, last) * count.value / 100), np.inf
        case "provinces-present", _ if count.key == "all":
            yield {("present", code, first, last): 1.0 for code in provinces}, count.value, count.value
        case "provinces-present", _:
            for code in codes:  # first seen on this list
                yield within(code, first, last), 1, np.inf
                if first > 1:
                    yield within(code, 1, first - 1), 0, 0
        case "multi-registrants", _:
            yield from _multi_rows(count, codes, provinces)
        case "rank", "services" if codes:
            yield from _rank_rows(count, codes, provinces)
        case "rank", "entities" if codes and (first, last) == (1, 1):
            for ahead, behind in pairwise(codes):
                terms = {(kind, ahead): 1.0 for kind in ("single", "multi")}
                terms |= {(kind, behind): -1.0 for kind in ("single", "multi")}
                yield terms, 0, np.inf


def _total(counts: pd.DataFrame, first: int, last: int) -> float:
    """Printed number of all services on the lists first to last."""
    total = (counts.dimension == "total") & (counts.key == "all") & (counts.unit == "services")
    total &= (counts.relation == "=") & (counts.set_aside == "")
    return counts.value[total & (counts.batch_first == first) & (counts.batch_last == last)].iloc[0]


def _multi_rows(count, codes: list[str], provinces: list[str]):
    """Registrants with two to five services on list 1: their number by province, and their services."""
    over = lambda kind: {(kind, code): 1.0 for code in provinces}  # noqa: E731
    if codes:
        yield {("multi", code): 1.0 for code in codes}, count.value, count.value
    elif count.key == "one-service":
        yield over("single"), count.value, count.value
    elif count.key == "most-per-entity":
        for code in provinces:
            yield {("multi_services", code): 1.0, ("multi", code): -count.value}, -np.inf, 0
    elif count.unit == "entities":
        yield over("multi"), count.value, count.value
    elif count.unit == "services":
        yield over("multi_services"), count.value, count.value


def _rank_rows(count, codes: list[str], provinces: list[str]):
    """A ranking by services: the first ones in order; or, where only membership is printed, the first ten; or the
    place of one, which so many others less one have more than at most."""
    first, last = int(count.batch_first), int(count.batch_last)
    minus = lambda code: dict.fromkeys(within(code, first, last), -1.0)  # noqa: E731
    if only_membership(count) or pd.notna(count.value):
        place = 10 if pd.isna(count.value) else int(count.value)
        for code in codes:
            above = {other: ("above", code, other, first, last) for other in provinces if other != code}
            for other, name in above.items():
                yield within(code, first, last) | minus(other) | {name: float(CEILING)}, 0, np.inf
            yield dict.fromkeys(above.values(), 1.0), 0, place - 1
        return
    for ahead, behind in pairwise(codes):
        yield within(ahead, first, last) | minus(behind), 0, np.inf
    for other in sorted(set(provinces) - set(codes)):
        yield within(codes[-1], first, last) | minus(other), 0, np.inf


def only_membership(count) -> bool:
    """Whether a ranking only says that its provinces are among the first ten."""
    return "first ten" in count.note


def without_order(count) -> bool:
    """Whether the source of a ranking only says which provinces come first, not in what order."""
    return "without an order" in count.set_aside or ordered_by_us(count)


def ordered_by_us(count) -> bool:
    """Whether the order of a ranking follows from other counts, while the source names its provinces in a set."""
    return "in a set" in count.note


def rounded(percent: float) -> tuple[float, float]:
    """Between which values a share lies that is printed as a whole percentage."""
    return percent - 0.5, percent + 0.5
