"""How much of the news the record has, judged from how its sources overlap."""

from dataclasses import dataclass
from math import exp, log, sqrt

import pandas as pd
from scipy.special import ndtri

from chainregistry.data import Data, split_list
from chainregistry.days import date_spans, middle
from chainregistry.events import outlet_dates, outlet_documents, outlet_read
from chainregistry.values import Interval


@dataclass(frozen=True)
class Estimate:
    """An estimated number of all there is, seen or not, with its interval, and what was seen of it, once or more."""

    seen: int
    again: int
    """Those of them that were found more than once."""
    number: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Estimated share that was seen."""
        return self.seen / self.number if self.number else float("nan")


def chapman(first: int, second: int, both: int, coverage: float = 0.95) -> Estimate:
    """How many there are, from what two sources found and how many of these both found.

    Chapman's estimate (D. Chapman, University of California Publications in Statistics 1, 1951), nearly unbiased
    where Petersen's is not; its interval is log-normal above what was seen, as in ``chao1``. It holds if nothing
    comes or goes between the two, both look at the same whole, and one finds an item no more easily because the other
    did. Sources that copy each other make the estimate too low; sources with different interests make it too high.
    """
    number = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return _estimate(first + second - both, both, number, variance, coverage)


def chao1(once: int, twice: int, seen: int, coverage: float = 0.95) -> Estimate:
    """How many there are at least, from how many were told of once and how many twice.

    The lower bound of A. Chao (Scandinavian Journal of Statistics 11, 1984) in its bias-corrected form, with the
    interval of A. Chao (Biometrics 43, 1987). Documents must tell of items independently; items that none would ever
    tell of are not counted.
    """
    number = seen + once * (once - 1) / (2 * (twice + 1))
    variance = (
        once * (once - 1) / (2 * (twice + 1))
        + once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    return _estimate(seen, seen - once, number, variance, coverage)


def _estimate(seen: int, again: int, number: float, variance: float, coverage: float) -> Estimate:
    unseen = number - seen
    if unseen <= 0:
        return Estimate(seen, again, float(seen), float(seen), float(seen))
    spread = exp(ndtri((1 + coverage) / 2) * sqrt(log(1 + variance / unseen**2)))
    return Estimate(seen, again, number, seen + unseen / spread, seen + unseen * spread)


def by_documents(projects: pd.DataFrame) -> Estimate:
    """``chao1`` of projects by the number of documents that tell of each."""
    documents = projects.source_ids.map(split_list).str.len()
    return chao1(int((documents == 1).sum()), int((documents == 2).sum()), len(projects))


def by_outlet(data: Data, projects: pd.DataFrame, first: str | pd.Timestamp, last: str | pd.Timestamp) -> Estimate:
    """``chapman`` of the stored outlet and all other sources, for the projects that began in a time that both cover.

    A project belongs to the time if the middle of its possible first days does.
    """
    theirs = set(outlet_documents(data).source_id)
    inside = projects[middle(projects.first_day, projects.last_day).between(pd.Timestamp(first), pd.Timestamp(last))]
    told = [set(split_list(cell)) for cell in inside.source_ids]
    outlet, others = [bool(cell & theirs) for cell in told], [bool(cell - theirs) for cell in told]
    return chapman(sum(outlet), sum(others), sum(a and b for a, b in zip(outlet, others, strict=True)))


def summary(data: Data, projects: pd.DataFrame) -> pd.DataFrame:
    """Both estimates in words: columns how, found, found_more_than_once, estimated (with its 95% range) and share
    (found of the estimate). That by documents is a lower limit, and its share an upper one."""
    time = date_spans(pd.Series(outlet_dates(data)))
    outlet = by_outlet(data, projects, time.first_day.iloc[0], time.last_day.iloc[-1])
    found = {
        "by how many documents tell of each project, all years": by_documents(projects),
        f"by how many projects both Blocking.net, our largest source, and others tell of, {outlet_read(data)}": outlet,
    }
    rows = [
        (
            how,
            e.seen,
            e.again,
            f"{'at least ' * bound}{int(e.number + 0.5):,} ({Interval(round(e.low), round(e.high))})",
            f"{'at most ' * bound}{e.share:.0%} ({Interval(e.seen, e.seen) / Interval(round(e.low), round(e.high))})",
        )
        for (how, e), bound in zip(found.items(), (True, False), strict=True)
    ]
    return pd.DataFrame(rows, columns=["how", "found", "found_more_than_once", "estimated", "share"])
