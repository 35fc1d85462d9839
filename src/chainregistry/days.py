"""Dates of news and of lists: the span of days that each may mean, their order, and what follows from that order."""

import re
from datetime import date

import pandas as pd
from pandas.tseries.offsets import MonthEnd, YearEnd

from chainregistry.values import day


def is_date(text: str) -> bool:
    """Whether a text is a year, month or day of the calendar, as YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


def date_spans(dates: pd.Series) -> pd.DataFrame:
    """First and last day that each date of precision day, month or year may mean: columns first_day, last_day."""
    first = pd.to_datetime((dates + "-01-01").str[:10]).astype("datetime64[us]")
    last = first.mask(dates.str.len() == 7, first + MonthEnd(0)).mask(dates.str.len() == 4, first + YearEnd(0))
    return pd.DataFrame({"first_day": first, "last_day": last})


def with_spans(events: pd.DataFrame) -> pd.DataFrame:
    """Events with the columns ``first_day`` and ``last_day``, in the order of the middle of the two."""
    return in_order(events.join(date_spans(events.date)))


def middle(first_day, last_day):
    """The middle of a span of two days, or of each of several spans (columns of days)."""
    return first_day + (last_day - first_day) / 2


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Events with day spans in the order of the middles of the spans."""
    return (
        table.assign(_middle=middle(table.first_day, table.last_day))
        .sort_values(["_middle", "event_id"])
        .drop(columns="_middle")
    )


def fullest_years(number: pd.Series) -> list[int]:
    """First and last year of the shortest run that holds two thirds of a number by year or more, the fullest of these;
    empty for no number."""
    years = sorted(number.index[number > 0])
    held = {(a, b): number[(number.index >= a) & (number.index <= b)].sum() for a in years for b in years if a <= b}
    enough = [span for span, part in held.items() if 3 * part >= 2 * number.sum()]
    return list(min(enough, key=lambda span: (span[1] - span[0], -held[span]), default=()))


def in_one_field(events: pd.DataFrame) -> pd.DataFrame:
    """Events with day spans, those that tell of one project with the ``sector`` of its first deployment.

    So a project counts in one field only, whatever it is used for later. News of the digital yuan keeps its own: it is
    told beside the projects of a field and counted with none.
    """
    own = (events.project_id != "") & ~events.digital_yuan
    runs = events[own & (events.kind == "deployment")].sort_values(["first_day", "last_day", "event_id"])
    first = runs.drop_duplicates("project_id")
    theirs = events.project_id.where(own).map(first.set_index("project_id").sector)
    return events.assign(sector=theirs.fillna(events.sector))


def published(batches: pd.DataFrame) -> list[str]:
    """When lists were published, in words: "by 17 May 2024" where later documents alone are dated, "November 2022
    (uncertain)" where the note of the list says so, nothing where no date is known."""
    until = batches.date_precision.map({"no-later-than": "by "}).fillna("")
    doubt = batches.note.str.contains(r"\buncertain\b").map({True: " (uncertain)", False: ""})
    return [
        f"{by}{day(date)}{unsure}" if date else ""
        for by, date, unsure in zip(until, batches.published, doubt, strict=True)
    ]
