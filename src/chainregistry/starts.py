"""When provinces began, in words and tables for pages, and how much of that hangs on one document."""

import pandas as pd

from chainregistry import firsts
from chainregistry.adoption import first_projects
from chainregistry.data import Data
from chainregistry.prose import cite
from chainregistry.values import Span, count, listing, outlet, remark, spans


def course(first: pd.DataFrame, end: str) -> pd.DataFrame:
    """How many provinces had begun by each day at which that changes, and at the end of the record.

    Columns day, low and high; ``first`` is what ``firsts.observed`` gives; ``low`` counts those that had begun by then
    at the latest, ``high`` also those that may have.
    """
    begun = first[first.censoring != "right"]
    earliest = begun.earliest.fillna(begun[["earliest", "latest"]].min().min())
    days = sorted({*earliest, *begun.latest, *[pd.Timestamp(end)] * bool(len(begun))})
    low = [int((begun.latest <= day).sum()) for day in days]
    high = [int((earliest <= day).sum()) for day in days]
    return pd.DataFrame({"day": days, "low": low, "high": high})


def first_dates(chosen: pd.DataFrame, first: pd.DataFrame, sure: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Provinces that had begun, in the order of their first dates.

    Columns province_code, name_zh, first_date (a Span, or "by" a Span, marked where it is another in
    ``sure``, the same without doubtful reports) and projects ("a total only" where no more is known).
    """
    begun = first[first.censoring != "right"].merge(data.regions[["province_code", "name_zh"]])
    begun = begun.sort_values(["latest", "province_code"], ignore_index=True)
    left = begun.censoring == "left"
    when = spans(begun.earliest.fillna(begun.latest), begun.latest)
    known = {*_found(sure)}
    doubt = [" (doubtful)" * (what not in known) for what in _found(begun)]
    number = begun.province_code.map(chosen.province_code.value_counts())
    return begun.assign(
        first_date=[
            (f"by {Span(last, last)}" if before else str(span)) + mark
            for before, span, last, mark in zip(left, when, begun.latest, doubt, strict=True)
        ],
        projects=number.map("{:.0f}".format).where(number.notna(), "a total only"),
    )


def _found(first: pd.DataFrame) -> list[tuple]:
    """What is known of the first date of each province, to be compared."""
    return [tuple(map(str, row)) for row in first[["province_code", "earliest", "latest"]].itertuples(index=False)]


def half(first: pd.DataFrame) -> str:
    """The year by whose end half of the provinces had begun, or the last of the record, with how many had, in a
    sentence."""
    year = half_year(first)
    some = f"At least {begun_by(first, year)} of {count(len(first), 'province')}"
    return f"{some} had seen a first project by the end of {year}" * bool(year)


def half_year(first: pd.DataFrame) -> int:
    """That year; 0 where no province had begun."""
    begun = first.latest[first.censoring != "right"].dt.year.sort_values(ignore_index=True)
    return 0 if begun.empty else int(begun[min(len(begun), -(-len(first) // 2)) - 1])


def begun_by(first: pd.DataFrame, year: int) -> int:
    """How many provinces had begun by the end of a year (``firsts.observed``)."""
    return int((first.latest.dt.year <= year).sum())


def without_document(
    first: pd.DataFrame, variants: list[tuple[str, pd.DataFrame, str]], counts: pd.DataFrame, data: Data
) -> tuple[str, pd.DataFrame]:
    """The one document without which the fewest provinces had begun by ``half_year``, and what is ``first`` then.

    Of those of ``projects.variants`` that carry ``CARRIED`` projects at least; no document where none makes them fewer.
    """
    where, year, least = first[["province_code"]], half_year(first), ("", first)
    for _, table, document in variants:
        if document and len(variants[0][1]) - len(table) >= CARRIED:
            left = first_projects(table, counts[counts.source_ids != document], where, data)
            if begun_by(left, year) < begun_by(least[1], year):
                least = document, left
    return least


CARRIED = 2
"""Projects that hang on one document, from so many on its weight is told."""


def hanging(first: pd.DataFrame, sure: pd.DataFrame, document: str, left: pd.DataFrame, data: Data) -> str:
    """How firm the number of ``half`` is, in sentences: how many had begun without doubtful reports (``sure``), and by
    what is ``left`` without one document (``without_document``)."""
    year = half_year(first)
    firm = begun_by(sure, year)
    too = ", too," * (firm == begun_by(first, year))
    told = [f"Without doubtful reports{too} {_least(firm)} had seen a first project by the end of {year}."] * bool(year)
    if document:
        moved = [one != other for one, other in zip(_found(first), _found(left), strict=True)]
        names = first.province_code[moved].map(data.regions.set_index("province_code").name_en)
        publisher = data.sources.set_index("source_id").publisher[document]
        what = ", ".join(filter(None, [outlet(publisher), remark(publisher)]))
        rest = ("date", "rests") if len(names) == 1 else ("dates", "rest")
        told.append(
            f"The first {rest[0]} of {listing(names)} {rest[1]} on one document{cite(document)} ({what}); without it,"
            f" but with doubtful reports, {_least(begun_by(left, year))} had seen a first project by then."
        )
    return " ".join(told)


def _least(begun: int) -> str:
    return f"at least {count(begun, 'province')}" if begun else "no province for certain"


def estimated_half(first: pd.DataFrame) -> str:
    """When half of the provinces had begun by Turnbull's estimator, with its bootstrap range, in a sentence."""
    half = "According to that estimate half of the provinces had"
    reached = firsts.reached(firsts.turnbull(first))
    if reached is None:
        return f"{half} not begun when the record ends."
    start, end = reached
    reached = Span(end if pd.isna(start) else start, end)  # with first dates open to the past, by the latest day
    low, high = firsts.reached_range(first)
    ends = list(dict.fromkeys(f"{day:%B %Y}" for day in (low, high) if day is not None))
    between = f"between {' and '.join(ends)}" if len(ends) > 1 else f"in {ends[0]}"
    between = between if high is not None else f"not before {ends[0]}"
    return f"{half} begun by {reached}; allowing for chance, {between} (95% of random draws of the provinces)."
