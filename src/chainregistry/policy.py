"""Local projects around dates of national policy, and beside registrations: what the page shows."""

from itertools import groupby

import numpy as np
import pandas as pd

from chainregistry import events as news
from chainregistry import inferred, rates
from chainregistry.association import Association
from chainregistry.bounds import Model
from chainregistry.data import Data
from chainregistry.days import date_spans
from chainregistry.values import Interval, count, decimals_beside_one, listing

DATES = {"filing rules": "2019-01-10", "Politburo session": "2019-10-24", "national pilots": "2022-01-30"}
"""Dates of national policy that are tried, by what happened; an event of the centre tells of each."""

SOURCES = ("all sources", "without Blocking.net alone", "with printed dates alone")
"""Selections of projects that numbers around a date are given for."""

FIRST, LAST, STEP = "2018-03", "2023-03", 2
"""First and last month of the dates tried beside those of policy, and months between them."""


def around(projects: pd.DataFrame, others: pd.DataFrame, months: int) -> pd.DataFrame:
    """Projects before and after each of DATES: all, ``others``, not known from one outlet alone, and those with a
    printed date.

    Columns selection, date, before, after, ratio, low and high (95% range of the ratio), beyond: whether the range
    leaves out one, and date_and_ratio, in words, with the range.
    """
    rows = [
        rates.around(table, day, months).assign(selection=sources, date=label)
        for sources, table in _selected(projects, others).items()
        for label, day in DATES.items()
    ]
    table = pd.concat(rows, ignore_index=True)
    columns = ["selection", "date", "before", "after", "ratio", "low", "high"]
    beyond = (table.low > 1) | (table.high < 1)
    table = table[columns].replace(np.inf, np.nan).assign(beyond=beyond)
    return table.assign(date_and_ratio=[f"{row.date}: {times(row)}" for row in table.itertuples()])


def _selected(projects: pd.DataFrame, others: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(zip(SOURCES, (projects, others, projects[~projects.date_inferred]), strict=True))


def times(row) -> str:
    """The ratio of a row of ``around`` with its range, in words; where nothing came before, there is none.

    With as many decimals as tell an end from one.
    """
    if pd.isna(row.ratio):
        return "none before"
    high = row.high if pd.notna(row.high) else None
    spec = f".{decimals_beside_one([row.low, row.high])}f"
    return f"{row.ratio:{spec}} times ({Interval(row.low, high):{spec}})"


def verdict(rows: pd.DataFrame) -> str:
    """Whether a change of ``around`` is beyond chance, of rows of one date for all selections."""
    if rows.beyond.all():
        return "more than chance would make"
    return "beyond chance by some choices only" if rows.beyond.any() else "it may be chance"


def firm(change: pd.DataFrame, placebo: pd.DataFrame) -> str:
    """Dates of ``around`` after which all selections show a change beyond chance, with its sign, and how many other
    dates show one by all of them (``placebos_by_each``), in a sentence."""
    every = [(date, rows) for date, rows in change.groupby("date", sort=False) if rows.beyond.all()]
    named = [f"{'a rise' if rows.low.min() > 1 else 'a fall'} after the {date}" for date, rows in every]
    also = others_too(placebo)
    if not named:
        return f"Nothing beyond chance by each choice; {also}"
    return f"Beyond chance by each choice: {listing(named)}; {also}"


def others_too(placebo: pd.DataFrame) -> str:
    """How many of the other dates (``placebos``) show a rise or a fall beyond chance, in words."""
    others = placebo[placebo.other_date]
    if others.empty:
        return "none of the dates tried is far enough from the three to be another one"
    up, down = int(others.above.sum()), int(others.below.sum())
    show = "show" if up > 1 else "shows"
    return f"of {count(others, 'other date')} {up or 'none'} {show} a rise beyond chance, {down or 'none'} a fall"


def tilt(change: pd.DataFrame) -> str:
    """What the projects known from one outlet alone do to each ratio of ``around``, as printed, in a sentence."""
    pairs = [(date, *rows.ratio.round(1)[:2]) for date, rows in change.groupby("date", sort=False)]
    larger, smaller = ([date for date, with_, less in pairs if sign * (with_ - less) > 0] for sign in (1, -1))
    return f"With this site the ratio is larger for: {listing(larger)}; smaller for: {listing(smaller)}."


def documents(data: Data, day: str) -> tuple[int, int]:
    """Documents of the over-represented outlet that are dated before a day for certain, and after it."""
    rows = data.sources[data.sources.publisher.str.lower().str.startswith(news.OUTLET) & (data.sources.published != "")]
    dates = date_spans(rows.published)
    return int((dates.last_day < pd.Timestamp(day)).sum()), int((dates.first_day > pd.Timestamp(day)).sum())


def quarters(projects: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """New projects by quarter: columns quarter (its first day), other_sources, and one_site_alone, those that one
    outlet alone tells of."""
    every, told = (news.per_quarter(table).set_index("quarter").events for table in (projects, others))
    table = pd.DataFrame({"every": every, "told": told}).fillna(0.0)
    table["one_site_alone"] = (table.every - table.told).clip(lower=0)
    table["other_sources"] = table.every - table.one_site_alone
    table["quarter"] = pd.PeriodIndex(table.index, freq="Q").start_time
    return table[["quarter", "other_sources", "one_site_alone"]].reset_index(drop=True)


def peak(course: pd.DataFrame) -> str:
    """The year with most new projects by ``quarters``, and which it is without those of one outlet alone, in words.

    Where both are the same, how many of its projects this outlet alone tells of.
    """
    year = course.groupby(course.quarter.dt.year)[["other_sources", "one_site_alone"]].sum()
    (when, most), (elsewhere, fewer) = _most(year.sum(axis=1)), _most(year.other_sources)
    if when != elsewhere:
        return f"Most new projects in {when} ({most}); without those of one site alone, in {elsewhere} ({fewer})"
    alone = round(year.one_site_alone[year.sum(axis=1).idxmax()]) or "none"
    return f"Most new projects in {when}: {most}, {alone} of them reported by one site alone"


def _most(year: pd.Series) -> tuple[str, str]:
    """The years with the greatest whole number, and that number, in words."""
    number = year.round().astype(int)
    when = number.index[number == number.max()]
    return listing(when), f"{number.max()}{' each' * (len(when) > 1)}"


def placebos(projects: pd.DataFrame, months: int) -> pd.DataFrame:
    """The ratio of after to before for the first day of every second month from FIRST to LAST.

    Columns month, ratio, low, high, above and below: whether the range lies above one, and below it; and other_date:
    whether it is as far as ``months`` from each of DATES. The times after two nearer dates overlap, and so a change
    after one of them is seen after the other, too.
    """
    table = rates.placebos(projects, months, FIRST, LAST).iloc[::STEP]
    table = table.replace(np.inf, np.nan).dropna(subset=["ratio", "low", "high"])
    window = pd.DateOffset(months=months)
    near = [
        (table.day + window > policy) & (table.day < policy + window) for policy in map(pd.Timestamp, DATES.values())
    ]
    table = table.assign(month=table.day.dt.strftime("%b %Y"), above=table.low > 1, below=table.high < 1)
    table["other_date"] = ~np.any(near, axis=0)
    return table[["month", "ratio", "low", "high", "above", "below", "other_date"]].reset_index(drop=True)


def placebos_by_each(projects: pd.DataFrame, others: pd.DataFrame, months: int) -> pd.DataFrame:
    """The dates of ``placebos``: columns month, other_date, and above and below, if that holds for all of SOURCES."""
    tables = [placebos(table, months).set_index("month") for table in _selected(projects, others).values()]
    dates = max(tables, key=len).other_date
    found = {
        end: [all(table[end].get(day, False) for table in tables) for day in dates.index] for end in ("above", "below")
    }
    return dates.reset_index().assign(**found)


def _runs(months: pd.Series, marked: pd.Series) -> str:
    """Months that are marked, those that follow each other as a span: "Mar to Sep 2018 and Jan 2019"."""
    runs = [list(run) for found, run in groupby(zip(months, marked, strict=True), lambda pair: pair[1]) if found]
    words = []
    for (first, _), (last, _) in ((run[0], run[-1]) for run in runs):
        begin = first.removesuffix(last[-5:]) if first != last else ""
        words.append(f"{begin} to {last}" if begin else last)
    return listing(words)


def beyond(placebo: pd.DataFrame, change: pd.DataFrame) -> str:
    """Which of the dates tried, near to those of policy or not, show a rise or a fall beyond chance, and which dates of
    policy do, without one outlet alone, in two sentences."""
    own = change[change.selection == SOURCES[1]]
    rises, falls = (_runs(placebo.month, placebo[side]) for side in ("above", "below"))
    return (
        f"Dates tried with a rise beyond chance: {rises}; with a fall: {falls}. Dates of policy with a rise in"
        f" this selection: {listing(own.date[own.low > 1])}; with a fall: {listing(own.date[own.high < 1])}."
    )


def ordered(order: Association, services: str) -> str:
    """Whether provinces with more projects have more services, named as ``services``, in a sentence."""
    if order.sure.low <= 0 <= order.sure.high:
        return f"Whether provinces with more projects have more {services} cannot be told"
    return f"Provinces with more projects tend to have {'more' if order.sure.low > 0 else 'fewer'} {services}"


def by_province(data: Data, facts: Model, projects: pd.DataFrame, last: int) -> pd.DataFrame:
    """Projects and the range of services of each province.

    Columns province_code, name_en, short_zh, projects, low, high and inferred: whether the range rests on a count whose
    lists are inferred.
    """
    table = inferred.marked(facts, facts.table(1, last), 1, last)
    table = table.merge(data.regions[["province_code", "name_en", "short_zh"]])
    number = projects.province_code.value_counts()
    table["projects"] = table.province_code.map(number).fillna(0).astype(int)
    return table[["province_code", "name_en", "short_zh", "projects", "low", "high", "inferred"]]


def resting(both: pd.DataFrame, facts: Model, last: int) -> str:
    """What counts whose lists are inferred do to the ranges of ``by_province``, in a sentence; nothing for nothing."""
    told = inferred.effect(both, inferred.without(facts, both, 1, last))
    return f"{told}." if told else ""


def national(data: Data) -> pd.DataFrame:
    """Policies, funds and bans of central bodies of mainland China, also those about one place, and what else happened
    on DATES, in the order of their dates; of one day those about the whole country first."""
    events = data.events
    keep = events.kind.isin(["policy", "funding", "restriction"]) | events.date.isin(DATES.values())
    keep &= (events.country == "China") & (events.level == "national")
    return events[keep & ~events.digital_yuan].sort_values(["date", "province_code", "event_id"], ignore_index=True)
