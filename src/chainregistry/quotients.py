"""Whether a place has more of a kind than its share: location quotients, their intervals, and what luck would give."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaln  # scipy.stats would take seconds to import

SEED, DRAWS = 20190110, 2000
"""Seed and number of random deals; the seed is the day the rules were issued."""


def location_quotients(
    projects: pd.DataFrame, place: str, kind: str = "sector", coverage: float = 0.95
) -> pd.DataFrame:
    """Location quotients of all pairs of place and kind, each with an interval that conditions on the margins.

    The quotient is observed / expected, expected = projects of the place x share of the kind in all; 1 means just
    its share. Given how many projects each place and each kind has, the observed number follows Fisher's noncentral
    hypergeometric distribution with an odds ratio that tells how far the two go together. The interval holds the
    quotients expected under the odds ratios that an exact test would not reject (J. Cornfield, Proceedings of the
    Third Berkeley Symposium 4, 1956), so it never leaves what the margins allow.

    Parameters
    ----------
    projects
        one row each, such as ``projects.projects`` gives them: rows that belong together count too much

    Returns
    -------
    pandas.DataFrame
        one row per pair, those that do not occur included: place, kind, observed, expected, quotient, low, high;
        the largest ``low`` first
    """
    table = pd.crosstab(projects[place], projects[kind])
    rows = table.rename_axis(index="place", columns="kind").stack().rename("observed").reset_index()
    if rows.empty:
        return rows.assign(expected=0.0, quotient=0.0, low=0.0, high=0.0)
    own = np.repeat(table.sum(axis=1).to_numpy(), table.shape[1])
    of_kind = np.tile(table.sum().to_numpy(), len(table))
    expected = own * of_kind / len(projects)
    low, high = conditional(rows.observed.to_numpy(), own, of_kind, len(projects), coverage)
    rows = rows.assign(
        expected=expected, quotient=rows.observed / expected, low=low[1] / expected, high=high[1] / expected
    )
    return rows.sort_values(
        ["low", "quotient", "place", "kind"], ascending=[False, False, True, True], ignore_index=True
    )


def conditional(observed, rows, columns, total: int, coverage: float = 0.95) -> tuple[tuple, tuple]:
    """Exact conditional interval of the odds ratios of 2 x 2 tables with known margins.

    Parameters
    ----------
    observed, rows, columns
        arrays of one length: the corner of each table, the sum of its row, and of its column
    total
        sum of each table

    Returns
    -------
    tuple
        for the lower and the upper end: odds ratios, and the numbers in the corner expected under them
    """
    observed, rows, columns = (np.asarray(values, dtype=float) for values in (observed, rows, columns))
    least, most = np.maximum(0, rows + columns - total), np.minimum(rows, columns)
    drawn = least[:, None] + np.arange(int((most - least).max(initial=0)) + 1)
    inside = drawn <= most[:, None]
    drawn = np.minimum(drawn, most[:, None])
    number = ways(rows[:, None], drawn) + ways(total - rows[:, None], columns[:, None] - drawn)

    def chances(log_odds: np.ndarray) -> np.ndarray:
        weights = np.where(inside, number + log_odds[:, None] * drawn, -np.inf)
        weights = np.exp(weights - weights.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)

    tail = (1 - coverage) / 2
    ends = []
    for lower in (True, False):
        counted = drawn >= observed[:, None] if lower else drawn <= observed[:, None]
        low, high = np.full(len(observed), -40.0), np.full(len(observed), 40.0)
        for _ in range(80):  # the tail grows with the odds ratio at the lower end, and falls at the upper
            middle = (low + high) / 2
            beyond = (chances(middle) * counted).sum(axis=1) > tail
            low, high = np.where(beyond == lower, low, middle), np.where(beyond == lower, middle, high)
        end = (low + high) / 2
        free = observed == (least if lower else most)
        odds = np.where(free, 0.0 if lower else np.inf, np.exp(end))
        expected = np.where(free, observed, (chances(end) * drawn).sum(axis=1))
        ends.append((odds, expected))
    return tuple(ends)


@dataclass(frozen=True)
class Luck:
    """How many of many comparisons stand out, and how many would by luck."""

    observed: int
    usual: int
    """The most that luck alone gives in 95 of 100 deals."""
    chance: float
    """Share of deals in which at least as many stand out."""
    pairs: int


def luck(projects: pd.DataFrame, place: str, kind: str = "sector", coverage: float = 0.95, draws: int = DRAWS) -> Luck:
    """How many pairs have an interval above 1, observed and when the kinds are dealt to the projects at random.

    The share of deals counts the observed one in, so it is never zero (B. Phipson and G. Smyth, Statistical
    Applications in Genetics and Molecular Biology 9, 2010).
    """
    observed, lucky, pairs = _standing_out(projects, place, kind, coverage, draws)
    chance = (1 + int((lucky >= observed).sum())) / (1 + draws)
    return Luck(observed, int(np.quantile(lucky, 0.95)), chance, pairs)


def _standing_out(projects, place: str, kind: str, coverage: float, draws: int) -> tuple[int, np.ndarray, int]:
    """Pairs that stand out, their number in each random deal (seeded), and the number of pairs.

    The margins stay as they are, so each pair has one number from which on it stands out.
    """
    places, kinds = pd.factorize(projects[place])[0], pd.factorize(projects[kind])[0]
    if not len(projects):
        return 0, np.zeros(draws, dtype=int), 0
    own, of_kind = np.bincount(places)[:, None], np.bincount(kinds)[None, :]
    counts = np.arange(len(projects) + 1)[:, None, None]
    chance = np.exp(ways(own, counts) + ways(len(projects) - own, of_kind - counts) - ways(len(projects), of_kind))
    outstanding = chance[::-1].cumsum(axis=0)[::-1] < (1 - coverage) / 2

    def number(dealt: np.ndarray) -> int:
        table = np.zeros(outstanding.shape[1:], dtype=int)
        np.add.at(table, (places, dealt), 1)
        return int(np.take_along_axis(outstanding, table[None], axis=0).sum())

    generator = np.random.default_rng(SEED)
    lucky = np.array([number(generator.permutation(kinds)) for _ in range(draws)], dtype=int)
    return number(kinds), lucky, outstanding[0].size


def ways(of, take) -> np.ndarray:
    """Logarithm of the binomial coefficient; minus infinity for more than there are, or fewer than none."""
    of, take = np.broadcast_arrays(np.asarray(of, dtype=float), np.asarray(take, dtype=float))
    fits = (take >= 0) & (take <= of)
    inside = np.where(fits, take, 0)
    return np.where(fits, gammaln(of + 1) - gammaln(inside + 1) - gammaln(of - inside + 1), -np.inf)
