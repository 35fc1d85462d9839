"""News events: selections that say what they leave out, and adoption measured with the precision of the dates."""

import numpy as np
import pandas as pd

from chainregistry.data import Data, grades, split_list
from chainregistry.days import date_spans
from chainregistry.values import day

LOCAL = ["provincial", "prefecture", "county", "court"]
"""Levels at which a local government or court acts."""

BRANCH = "central-branch"
"""Level of branches of central agencies (tax, customs, foreign exchange, central bank): no local government."""

TOLD = ["statement", "tally"]
"""Kinds of events that only tell: speeches and mentions in work reports, and counts of what runs already."""

OUTLET = "blocking.net"
"""The outlet that was stored for a time only (``outlet_dates``), and so swells it."""


AREAS = {"China": "Mainland China"} | dict.fromkeys(
    ["Vietnam", "Thailand", "Philippines", "Malaysia", "Indonesia", "Cambodia", "Laos"], "South-East Asia"
)
"""Countries that go under another name in comparisons."""

MAIN_AREAS = ["Mainland China", "South Korea", "Japan", "Singapore", "Hong Kong", "Taiwan", "South-East Asia"]


def area(countries: pd.Series) -> pd.Series:
    """The area of each country in comparisons: one of MAIN_AREAS, or "Other Asia"."""
    names = countries.replace(AREAS)
    return names.where(names.isin(MAIN_AREAS), "Other Asia")


def outlet_documents(data: Data) -> pd.DataFrame:
    """Documents of the over-represented outlet, as rows of ``data.sources``."""
    return data.sources[data.sources.publisher.str.lower().str.startswith(OUTLET)]


def outlet_dates(data: Data) -> tuple[str, str]:
    """Date of the earliest and of the latest document of the over-represented outlet, of those known to the month."""
    dates = outlet_documents(data).published
    dates = dates[dates.str.len() > 4]
    spans = date_spans(dates)
    return dates[spans.first_day.idxmin()], dates[spans.last_day.idxmax()]


def outlet_read(data: Data) -> str:
    """These two in words, as all pages say for which time that outlet could be read."""
    return " to ".join(map(day, outlet_dates(data)))


def outlet_alone(data: Data) -> pd.Series:
    """Whether an event rests on the over-represented outlet alone; one value per row of ``data.events``."""
    theirs = set(outlet_documents(data).source_id)
    return data.events.source_ids.map(lambda cell: set(split_list(cell)) <= theirs)


def select(
    data: Data,
    sector: str = "all",
    statements: bool = True,
    digital_yuan: bool = True,
    listed: bool = True,
    outlet: bool = True,
    since: int = 0,
    until: int = 9999,
    confidence: str = "low",
    inferred: bool = True,
    single_uses: bool = True,
) -> pd.DataFrame:
    """Events of all countries, with the span of days of each date, and the field of the project that they tell of.

    Parameters
    ----------
    sector
        a sector, or "all"; what tells of a project stands in the project's (``days.in_one_field``)
    statements, digital_yuan, listed, outlet, inferred, single_uses
        False leaves out what only tells (the kinds of TOLD); news of the digital yuan; rows taken from one list in one
        article; events that rest on the over-represented outlet alone; dates of which a part is inferred; courts' uses
        of blockchain evidence in a case
    since, until
        first and last year
    confidence
        least confidence of an event
    """
    events = data.dated
    keep = events.confidence.isin(grades(confidence))
    keep &= events.first_day.dt.year.between(since, until)
    if sector != "all":
        keep &= events.sector == sector
    if not statements:
        keep &= ~events.kind.isin(TOLD)
    if not digital_yuan:
        keep &= ~events.digital_yuan
    if not listed:
        keep &= events.list_group == ""
    if not outlet:
        keep &= ~outlet_alone(data)[events.index]
    if not inferred:
        keep &= ~events.date_inferred
    if not single_uses:
        keep &= events.single_use == ""
    return events[keep]


def local(
    data: Data,
    province: str = "all",
    level: str = "all",
    statements: bool = False,
    digital_yuan: bool = False,
    branches: bool = False,
    **selection,
) -> pd.DataFrame:
    """Events of local governments and courts of mainland China, with the span of days of each date.

    What only tells (the kinds of TOLD), news of the digital yuan and branches of central agencies are no adoption of
    the technology by a local government and are left out unless asked for. ``province`` is a slug or "all",
    ``level`` one of LOCAL, BRANCH or "all"; for the rest see ``select``.
    """
    events = select(data, statements=statements, digital_yuan=digital_yuan, **selection)
    levels = [*LOCAL, BRANCH] if branches or level == BRANCH else LOCAL
    keep = (events.country == "China") & events.level.isin(levels) & (events.province_code != "")
    if province != "all":
        keep &= events.province_code == data.province(province).province_code
    if level != "all":
        keep &= events.level == level
    return events[keep]


def firsts(events: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The first event of each group: one row per group with the earliest and the latest day it may have happened.

    The first of several events with uncertain dates lies between the smallest first day and the smallest last day.
    Columns: ``by``, earliest, latest, events (their number).
    """
    table = events.groupby(by).agg(
        earliest=("first_day", "min"), latest=("last_day", "min"), events=("event_id", "size")
    )
    return table.reset_index().sort_values(["earliest", "latest", *by], ignore_index=True)


def cumulative(first: pd.DataFrame, days: list[pd.Timestamp]) -> pd.DataFrame:
    """How many of the first reports on record lie before each day, surely (low) and at most (high)."""
    return pd.DataFrame(
        {
            "day": days,
            "low": [int((first.latest <= day).sum()) for day in days],
            "high": [int((first.earliest <= day).sum()) for day in days],
        }
    )


def quarter_ends(events: pd.DataFrame) -> list[pd.Timestamp]:
    """Last days of the quarters from the first event to the last."""
    if events.empty:
        return []
    ends = pd.period_range(events.first_day.min(), events.last_day.max(), freq="Q").end_time
    return list(ends.normalize().astype("datetime64[us]"))


def lags(causes: pd.DataFrame, effects: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Days from the first cause to the first effect of each group that has both, as an interval.

    Columns: ``by``, low, high; negative where the effect came first.
    """
    both = firsts(causes, by).merge(firsts(effects, by), on=by, suffixes=("_cause", "_effect"))
    low = (both.earliest_effect - both.latest_cause).dt.days
    high = (both.latest_effect - both.earliest_cause).dt.days
    return both[by].assign(low=low, high=high).sort_values(["low", "high", *by], ignore_index=True)


def organisations(events: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation and event it takes part in: columns organisation and those of the events."""
    table = events.assign(organisation=events.organisations.map(lambda cell: split_list(cell, ";")))
    return table.explode("organisation").dropna(subset="organisation").reset_index(drop=True)


def expected(events: pd.DataFrame, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex) -> np.ndarray:
    """Expected number of events in each window, its first and last day included; one number per window.

    An event counts by the share of its possible days that lie in the window.
    """
    return shares(events, starts, ends).sum(axis=1)


def shares(events: pd.DataFrame, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex) -> np.ndarray:
    """Share of the possible days of each event that lie in each window (windows x events)."""
    first, last = (events[name].to_numpy("datetime64[D]").astype(int) for name in ("first_day", "last_day"))
    start, end = (days.to_numpy("datetime64[D]").astype(int)[:, None] for days in (starts, ends))
    inside = np.minimum(last, end) - np.maximum(first, start) + 1
    return inside.clip(min=0) / (last - first + 1)


def per_quarter(events: pd.DataFrame) -> pd.DataFrame:
    """Expected number of events per quarter, an uncertain date spread evenly over its days: columns quarter, events."""
    ends = pd.DatetimeIndex(quarter_ends(events), dtype="datetime64[us]")
    return pd.DataFrame({"quarter": ends, "events": expected(events, ends.to_period("Q").start_time, ends)})
