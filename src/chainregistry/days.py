"""Dates of precision day, month or year, as the span of days that each may mean."""

import pandas as pd
from pandas.tseries.offsets import MonthEnd, YearEnd


def date_spans(dates: pd.Series) -> pd.DataFrame:
    """First and last day that each date of precision day, month or year may mean: columns first_day, last_day."""
    first = pd.to_datetime((dates + "-01-01").str[:10]).astype("datetime64[us]")
    last = first.mask(dates.str.len() == 7, first + MonthEnd(0)).mask(dates.str.len() == 4, first + YearEnd(0))
    return pd.DataFrame({"first_day": first, "last_day": last})


def with_spans(events: pd.DataFrame) -> pd.DataFrame:
    """Events with the columns ``first_day`` and ``last_day``, in the order of the middle of the two."""
    return in_order(events.join(date_spans(events.date)))


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Events with day spans in the order of the middles of the spans."""
    middle = table.first_day + (table.last_day - table.first_day) / 2
    return table.assign(_middle=middle).sort_values(["_middle", "event_id"]).drop(columns="_middle")
