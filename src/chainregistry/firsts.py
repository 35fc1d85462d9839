"""When each province began, as far as the record shows: first dates that are known as spans, or not at all."""

import numpy as np
import pandas as pd

from chainregistry import events as news
from chainregistry.quotients import SEED

ROUNDS, SMALL = 20_000, 1e-8
"""Rounds of the estimate at most, and the change of a mass below which it has settled."""

OPEN = 1_000_000
"""Stands for a day before or after all others, in days from 1970."""


def observed(
    projects: pd.DataFrame, provinces: list[str], end: str | pd.Timestamp, running: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The first project of each province as what is known of its date.

    A date of which a part is inferred is the latest at which something had happened, most often that of a report: where
    one lies before all printed dates, the first is known by it alone, and so is what a count of running systems tells.

    Parameters
    ----------
    projects
        projects or events with day spans, province_code and, if a part of some dates is inferred, date_inferred
    provinces
        codes of all provinces that could have one
    end
        the last day the record covers: a province without a project had none by then that the record shows
    running
        events that tell that something ran already (kind "tally"), in provinces without a known project too

    Returns
    -------
    pandas.DataFrame
        one row per province in the order of ``provinces``: province_code, earliest and latest (missing: open) and
        censoring: "span" (between the two), "left" (by ``latest``), "right" (not by ``end``, if at all)
    """
    inferred = projects["date_inferred"] if "date_inferred" in projects else pd.Series(False, index=projects.index)
    first = news.firsts(projects[~inferred], ["province_code"]).set_index("province_code")
    table = first.reindex(provinces)[["earliest", "latest"]]
    table["censoring"] = np.where(table.latest.isna(), "right", "span")
    known = [projects[inferred]] if running is None else [projects[inferred], running]
    told = pd.concat([rows[["province_code", "last_day"]] for rows in known])
    told = told.groupby("province_code").last_day.min().reindex(provinces)
    left = told.notna() & ~(told >= table.earliest)
    table.loc[left, ["earliest", "latest"]] = pd.DataFrame({"earliest": pd.NaT, "latest": told[left]})
    table.loc[left, "censoring"] = "left"
    right = table.censoring == "right"
    table.loc[right, "earliest"] = pd.Timestamp(end) + pd.Timedelta(days=1)
    return table.rename_axis("province_code").reset_index()


def turnbull(first: pd.DataFrame) -> pd.DataFrame:
    """Share of provinces that had begun, estimated from dates known as spans: Turnbull's estimator.

    The nonparametric maximum likelihood estimate for interval-censored times (B. Turnbull, Journal of the Royal
    Statistical Society B 38, 1976): all mass lies on the innermost spans, and the share of each province's mass among
    those it may have is shared out anew until nothing changes. Right-censored provinces count until the record ends.
    It takes for granted that what keeps a date uncertain has nothing to do with the date.

    Parameters
    ----------
    first
        ``earliest`` and ``latest``, the first and the last possible day of each; missing: open

    Returns
    -------
    pandas.DataFrame
        one row per innermost span: start and end (missing: open), mass, and share, the mass up to its end (missing
        in the open one). Within a span the estimate does not say when the mass falls.
    """
    start, end, mass, share = _curve(_days(first.earliest, -OPEN), _days(first.latest, OPEN))
    table = pd.DataFrame({"start": _dates(start), "end": _dates(end), "mass": mass, "share": share})
    table["share"] = table.share.where(table.end.notna())
    return table


def _curve(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Start, end, mass and share of each innermost span with some mass, in days from 1970."""
    start, end = _innermost(low, high)
    may = ((low[:, None] <= start) & (end <= high[:, None])).astype(float)
    mass = np.full(len(start), 1 / max(len(start), 1))
    for _ in range(ROUNDS if len(may) else 0):
        new = mass * ((1 / (may @ mass)) @ may) / len(may)
        settled = np.abs(new - mass).max() < SMALL
        mass = new
        if settled:
            break
    some = mass > 1e-6
    return start[some], end[some], mass[some], mass.cumsum()[some]


def _days(dates: pd.Series, missing: int) -> np.ndarray:
    """Days since 1970; ``missing`` where a date is open."""
    days = (pd.to_datetime(dates) - pd.Timestamp(0)).dt.days
    return days.fillna(missing).to_numpy("int64")


def _dates(days: np.ndarray) -> pd.Series:
    known = pd.Series(days, dtype="float").where(np.abs(days) < OPEN)
    return (pd.Timestamp(0) + pd.to_timedelta(known, unit="D")).astype("datetime64[us]")


def _innermost(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Spans that begin at some beginning and end at the next end, with no beginning between."""
    starts, ends = np.unique(low), np.unique(high)
    next_end = ends[np.searchsorted(ends, starts)]
    following = np.append(starts[1:], 2 * OPEN)
    inner = next_end < following
    return starts[inner], next_end[inner]


SLACK = 1e-6
"""By which a share may miss a value that it has reached: the estimate ends within that."""


def reached(curve: pd.DataFrame, share: float = 0.5) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Days between which the share that had begun reached a value, by ``turnbull``; None if it never did."""
    there = curve[(curve.share >= share - SLACK) & curve.end.notna()]
    return None if there.empty else (there.start.iloc[0], there.end.iloc[0])


def reached_range(
    first: pd.DataFrame, share: float = 0.5, coverage: float = 0.95, draws: int = 200
) -> tuple[pd.Timestamp, pd.Timestamp | None]:
    """Bootstrap interval of the day by which a share had begun: provinces are drawn anew with replacement, seeded.

    The upper end is None where the share is not reached in too many draws.
    """
    earliest, latest = _days(first.earliest, -OPEN), _days(first.latest, OPEN)
    generator, days = np.random.default_rng(SEED), []
    for _ in range(draws):
        drawn = generator.integers(0, len(first), len(first))
        _, end, _, shares = _curve(earliest[drawn], latest[drawn])
        days.append(end[shares >= share - SLACK].min())
    days.sort()
    low, high = (days[min(int(q * draws), draws - 1)] for q in ((1 - coverage) / 2, (1 + coverage) / 2))
    low, high = _dates(np.array([low, high]))
    return low, None if pd.isna(high) else high
