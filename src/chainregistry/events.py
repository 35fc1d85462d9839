"""News events: selections that say what they leave out, and dates with their precision."""

import pandas as pd

from chainregistry.data import RANKS, Data

LOCAL = ["provincial", "prefecture", "county", "court"]
"""Levels at which a local government or court acts."""


def date_span(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day that a date of precision day, month or year may mean."""
    return pd.Period(text).start_time.normalize(), pd.Period(text).end_time.normalize()


def with_spans(events: pd.DataFrame) -> pd.DataFrame:
    """Events with the columns ``first_day`` and ``last_day``, in the order of the middle of the two."""
    spans = pd.DataFrame(
        [date_span(text) for text in events.date], columns=["first_day", "last_day"], index=events.index
    )
    table = events.join(spans.astype("datetime64[us]"))
    middle = table.first_day + (table.last_day - table.first_day) / 2
    return table.assign(_middle=middle).sort_values(["_middle", "event_id"]).drop(columns="_middle")


def local(
    data: Data,
    province: str = "all",
    statements: bool = False,
    digital_yuan: bool = False,
    confidence: str = "low",
) -> pd.DataFrame:
    """Events of local governments and courts of mainland China, with the span of days of each date.

    Speeches and mentions in work reports (kind "statement") and news of the digital yuan are no adoption of the
    technology by a local government and are left out unless asked for. ``province`` is a slug or "all".
    """
    events = data.events
    keep = (events.country == "China") & events.level.isin(LOCAL) & (events.province_code != "")
    keep &= events.confidence.isin(RANKS[: RANKS.index(confidence) + 1])
    if province != "all":
        keep &= events.province_code == data.province(province).province_code
    if not statements:
        keep &= events.kind != "statement"
    if not digital_yuan:
        keep &= ~events.digital_yuan
    return with_spans(events[keep])
