"""Before and after a date: ratios of rates with intervals, and the same ratios around dates where nothing happened."""

import pandas as pd
from scipy.special import betaincinv

from chainregistry.events import expected


def ratio(before: float, after: float, coverage: float = 0.95) -> tuple[float, float, float]:
    """Ratio of two Poisson counts over equal times, after / before, with its exact interval.

    Given their sum the count after is binomial, so the interval is that of Clopper and Pearson (Biometrika 1934) for
    its share, turned into a ratio (the binomial method: R. Price and D. Bonett,
    Computational Statistics & Data Analysis 34, 2000). Counts of uncertain dates need
    not be whole; the beta quantiles are then taken at them as they are. Events that come in bunches vary more than
    Poisson counts, and the interval is too narrow for them. Missing where nothing came before; the upper end is
    infinite there.
    """
    tail = (1 - coverage) / 2
    low = betaincinv(after, before + 1, tail) if after > 0 else 0.0
    high = betaincinv(after + 1, before, 1 - tail) if before > 0 else 1.0
    odds = lambda share: float(share / (1 - share)) if share < 1 else float("inf")  # noqa: E731
    return (after / before if before > 0 else float("nan")), odds(low), odds(high)


def around(events: pd.DataFrame, day: str | pd.Timestamp, months: int, coverage: float = 0.95) -> pd.DataFrame:
    """Events or projects in the months before and after a day: one row with day, before, after, ratio, low, high.

    An uncertain date counts by the share of its days that lie in a window, so the numbers are expected ones. The day
    itself belongs to the time after.
    """
    return _table(events, pd.DatetimeIndex([day]), months, coverage)


def placebos(events: pd.DataFrame, months: int, first: str, last: str, coverage: float = 0.95) -> pd.DataFrame:
    """As ``around``, for the first day of each month from ``first`` to ``last``: one row each.

    A ratio that many such days share is no mark of what happened on one of them.
    """
    return _table(events, pd.date_range(first, last, freq="MS"), months, coverage)


def windows(days: pd.DatetimeIndex, months: int) -> list[tuple[pd.DatetimeIndex, pd.DatetimeIndex]]:
    """First and last days of the times before some days, and of those after."""
    window, eve = pd.DateOffset(months=months), pd.Timedelta(days=1)
    return [(days - window, days - eve), (days, days + window - eve)]


def _table(events: pd.DataFrame, days: pd.DatetimeIndex, months: int, coverage: float) -> pd.DataFrame:
    before, after = (expected(events, *window) for window in windows(days, months))
    ratios = [ratio(*counts, coverage) for counts in zip(before.tolist(), after.tolist(), strict=True)]
    table = pd.DataFrame({"day": days, "before": before, "after": after})
    return table.join(pd.DataFrame(ratios, columns=["ratio", "low", "high"]))
