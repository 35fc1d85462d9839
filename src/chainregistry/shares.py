"""Shares of projects: their intervals, and their differences by chance."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from scipy.special import ndtri

from chainregistry.quotients import ways
from chainregistry.values import Share


@dataclass(frozen=True)
class Difference:
    """A difference of two samples (first - second), its interval, and how often luck alone gives one as large."""

    value: float
    low: float
    high: float
    chance: float
    """Two-sided chance of a difference at least as large if the two samples were of one kind."""


def wilson(part: int, whole: int, coverage: float = 0.95) -> Share:
    """Score interval of a share (E. Wilson, Journal of the American Statistical Association 22, 1927).

    For independent rows, such as projects. Nothing counted gives the interval from 0 to 1.
    """
    if not whole:
        return Share(0.0, 1.0)
    z, share = float(ndtri((1 + coverage) / 2)), part / whole
    middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
    reach = z / (1 + z**2 / whole) * sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    return Share(0.0 if part == 0 else middle - reach, 1.0 if part == whole else middle + reach)


def difference(first: pd.Series, second: pd.Series, coverage: float = 0.95) -> Difference:
    """Difference of the shares of True in two samples of independent rows, such as projects.

    The interval is the score interval of R. Newcombe (Statistics in Medicine 17, 1998, pages 873 to 890, method 10),
    the chance that of Fisher's exact test: of all ways to deal the marks, those no more likely than the observed one.

    Raises
    ------
    ValueError
        for an empty sample.
    """
    return difference_of_counts(int(first.sum()), len(first), int(second.sum()), len(second), coverage)


def difference_of_counts(a: int, m: int, b: int, n: int, coverage: float = 0.95) -> Difference:
    """``difference`` of ``a`` of ``m`` rows and ``b`` of ``n``."""
    if not m or not n:
        raise ValueError("a share of nothing cannot be compared")
    value, one, other = a / m - b / n, wilson(a, m, coverage), wilson(b, n, coverage)
    low = value - sqrt((a / m - one.low) ** 2 + (other.high - b / n) ** 2)
    high = value + sqrt((one.high - a / m) ** 2 + (b / n - other.low) ** 2)
    drawn = np.arange(max(0, a + b - n), min(m, a + b) + 1)
    chance = ways(m, drawn) + ways(n, a + b - drawn) - ways(m + n, a + b)
    seen = chance[drawn == a][0]
    return Difference(value, low, high, float(min(1.0, np.exp(chance[chance <= seen + 1e-9]).sum())))
