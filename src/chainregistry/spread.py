"""How widely something is spread over kinds: effective numbers, fair comparison of samples, location quotients."""

import numpy as np
import pandas as pd
from scipy.special import ndtri  # scipy.stats would take seconds to import

from chainregistry import events as news
from chainregistry.data import UNSORTED, Data, grades
from chainregistry.quotients import DRAWS, SEED, location_quotients, ways
from chainregistry.shares import Difference
from chainregistry.values import lists_in_words

__all__ = [
    "DRAWS", "SEED", "by_year", "compare", "difference", "effective", "expected_kinds", "holm",
    "location_quotients", "published_shares", "rarefied", "reach",
    "told",
]  # fmt: skip


def effective(counts) -> float:
    """Effective number of kinds: the number of equally common kinds that would be as diverse.

    The Hill number of order 1, exp(Shannon entropy) (Hill, Ecology 1973; Jost, Oikos 2006). It lies between 1 (one
    kind holds all) and the number of kinds present (all equally common); NaN for no count at all.

    >>> effective([5, 5]), effective([7])
    (2.0, 1.0)
    """
    counts = np.asarray(counts, dtype=float)
    shares = counts[counts > 0] / counts.sum() if counts.sum() else counts[:0]
    return float(np.exp(-(shares * np.log(shares)).sum())) if len(shares) else float("nan")


def rarefied(counts, size: int) -> float:
    """Effective number of kinds expected in ``size`` individuals drawn from the sample without replacement.

    Small samples look less diverse, so samples are compared at the size of the smallest. Chao et al., Ecological
    Monographs 2014, equation 6 with q = 1: exp of the expected entropy. Raises ValueError for a size that the sample
    does not have.
    """
    counts = np.asarray(counts, dtype=int)
    total = int(counts.sum())
    if not 1 <= size <= total:
        raise ValueError(f"a sample of {total} cannot be rarefied to {size}")
    return float(np.exp(_entropy_parts(total, size)[counts].sum()))


def _entropy_parts(total: int, size: int) -> np.ndarray:
    """Expected part of a kind in the entropy of ``size`` out of ``total``, by its count (0 to total)."""
    drawn = np.arange(1, size + 1)
    terms = -(drawn / size) * np.log(drawn / size)
    return _drawn(drawn, np.arange(total + 1)[:, None], total, size) @ terms


def _drawn(drawn, count, total: int, size: int) -> np.ndarray:
    """Hypergeometric probability of ``drawn`` of ``count`` marked among ``size`` drawn out of ``total``."""
    return np.exp(ways(count, drawn) + ways(total - count, size - drawn) - ways(total, size))


def expected_kinds(counts, size: int) -> float:
    """Number of kinds expected in ``size`` individuals drawn without replacement (Hurlbert, Ecology 1971)."""
    counts = np.asarray(counts, dtype=int)
    return float((1 - _drawn(0, counts, counts.sum(), size)).sum())


def compare(
    samples: dict[str, pd.Series], least: int = 10, coverage: float = 0.95, size: int | None = None
) -> pd.DataFrame:
    """Effective number of kinds of several samples at equal size, each with a bootstrap interval.

    The common size is ``size``, or that of the smallest sample with at least ``least`` individuals; smaller samples
    are left out. A page that compares more than once does so at one size.
    The interval is the estimate plus or minus the normal quantile times the standard error over DRAWS samples drawn
    with replacement (the way of Chao et al. 2014, without their guess at kinds that were never seen), cut at 1 and
    at the number of kinds. It covers chance alone, not that the press chooses what it names.

    Parameters
    ----------
    samples
        label to the kinds of the individuals, one value each

    Returns
    -------
    pandas.DataFrame
        one row per sample that is large enough: sample, size (its own), kinds, full (effective number at its own
        size), effective (at the common size), low, high, common (the common size)
    """
    least = size or least
    counts = {label: kinds.value_counts().to_numpy() for label, kinds in samples.items() if len(kinds) >= least}
    common = size or min((int(numbers.sum()) for numbers in counts.values()), default=0)
    rows = []
    for label, numbers in counts.items():
        total = int(numbers.sum())
        draws = np.random.default_rng(SEED).multinomial(total, numbers / total, DRAWS)
        error = np.exp(_entropy_parts(total, common)[draws].sum(axis=1)).std(ddof=1)
        value, reach = rarefied(numbers, common), ndtri((1 + coverage) / 2) * error
        low, high = max(1.0, value - reach), min(float(len(numbers)), value + reach)
        rows.append((label, total, len(numbers), effective(numbers), value, low, high, common))
    return pd.DataFrame(rows, columns=["sample", "size", "kinds", "full", "effective", "low", "high", "common"])


def difference(first: pd.Series, second: pd.Series, size: int | None = None, coverage: float = 0.95) -> Difference:
    """Difference of the effective numbers of kinds of two samples at equal size (first - second).

    Two intervals that overlap do not show that two numbers agree (N. Schenker and J. Gentleman, The American
    Statistician 55, 2001), so the difference is looked at itself: its interval is plus or minus the normal quantile
    times the standard error over DRAWS resamples of each sample, and its chance that of dealing the kinds anew to two
    samples of the sizes that they have. Seeded.

    Parameters
    ----------
    first, second
        kinds of the individuals, one value each: of projects, not of events
    size
        common size; by default that of the smaller sample

    Raises
    ------
    ValueError
        for an empty sample, or a size that one of them does not have.
    """
    samples = [first.reset_index(drop=True), second.reset_index(drop=True)]
    size = size or min(map(len, samples))
    kinds = sorted(set(first) | set(second))
    counts = np.array([sample.value_counts().reindex(kinds, fill_value=0) for sample in samples], dtype=int)
    value = rarefied(counts[0], size) - rarefied(counts[1], size)
    generator = np.random.default_rng(SEED)
    numbers = lambda drawn: np.exp(_entropy_parts(int(drawn[0].sum()), size)[drawn].sum(axis=1))  # noqa: E731
    drawn = [numbers(generator.multinomial(row.sum(), row / row.sum(), DRAWS)) for row in counts]
    reach = float(ndtri((1 + coverage) / 2) * (drawn[0] - drawn[1]).std(ddof=1))
    dealt = generator.multivariate_hypergeometric(counts.sum(axis=0), len(first), DRAWS)
    lucky = numbers(dealt) - numbers(counts.sum(axis=0) - dealt)
    chance = (1 + int((np.abs(lucky) >= abs(value) - 1e-12).sum())) / (1 + DRAWS)
    return Difference(value, value - reach, value + reach, chance)


def reach(projects: pd.DataFrame) -> pd.DataFrame:
    """When each sector began and to how many provinces it spread, against as many projects drawn from all at random.

    Parameters
    ----------
    projects
        rows with the columns event_id, sector, province_code, first_day and last_day, such as ``projects.projects``

    Returns
    -------
    pandas.DataFrame
        one row per sector, the earliest first: sector, earliest and latest (days between which the first lies),
        events (rows), provinces, and the provinces of a random draw without replacement: expected, low and high (the
        middle 95% of DRAWS draws); chance of a number at least as far out (two-sided), and ``adjusted``, the same
        for as many sectors as are looked at (S. Holm, Scandinavian Journal of Statistics 6, 1979)
    """
    firsts = news.firsts(projects, ["sector"])
    everywhere = projects.province_code.value_counts().to_numpy()
    generator = np.random.default_rng(SEED)
    provinces = firsts.sector.map(projects.groupby("sector").province_code.nunique()).astype(int)
    ends, chances = [], []
    for number, own in zip(firsts.events, provinces, strict=True):
        drawn = (generator.multivariate_hypergeometric(everywhere, number, DRAWS) > 0).sum(axis=1)
        ends.append(np.quantile(drawn, [0.025, 0.975]))
        tails = [(1 + int(tail.sum())) / (1 + DRAWS) for tail in (drawn <= own, drawn >= own)]
        chances.append(min(1.0, 2 * min(tails)))
    low, high = np.array(ends, dtype=int).reshape(-1, 2).T
    return firsts.assign(
        provinces=provinces,
        expected=[expected_kinds(everywhere, number) for number in firsts.events],
        low=low,
        high=high,
        chance=chances,
        adjusted=holm(chances),
    )


def holm(chances: list[float]) -> list[float]:
    """Chances of several tests made at once, each adjusted for all of them (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order, adjusted, least = np.argsort(chances, kind="stable"), [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = least
    return adjusted


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose sector is one: without "other" (mostly general policy) and "unclear"."""
    return rows[~rows.sector.isin(UNSORTED)]


def by_year(events: pd.DataFrame) -> pd.DataFrame:
    """One row per year with events: year, events, effective (number of sectors), leading (sectors, ties joined)."""
    rows = []
    for year, group in events.groupby(events.date.str[:4].astype(int)):
        counts = group.sector.value_counts()
        leading = " ".join(sorted(counts.index[counts == counts.max()]))
        rows.append((year, len(group), effective(counts), leading))
    return pd.DataFrame(rows, columns=["year", "events", "effective", "leading"])


def published_shares(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Numbers by sector that somebody counted on whole lists, with the size of the same lists where it is known.

    Columns: count_id, lists, batch_first, batch_last, sector, relation ("=", ">=" or "~"), value, unit (services or
    entities, never added up), whole, share, source_ids, inferred (whether the lists follow from its date only). Numbers
    that were set aside are left out.
    """
    counts = data.published_counts.query("set_aside == '' and value.notna()")
    counts = counts[counts.confidence.isin(grades(confidence))]
    totals = counts.query("dimension == 'total' and key == 'all' and relation == '='")
    span = ["batch_first", "batch_last", "unit"]
    whole = totals.drop_duplicates(span)[[*span, "value"]].rename(columns={"value": "whole"})
    rows = counts[counts.dimension == "sector"].merge(whole, on=span, how="left").rename(columns={"key": "sector"})
    words = list(map(lists_in_words, rows.batch_first, rows.batch_last))
    rows["lists"] = pd.Series(words, index=rows.index, dtype="str")
    rows["share"] = rows.value / rows.whole
    columns = ["count_id", "lists", "batch_first", "batch_last", "sector", "relation", "value", "unit", "whole"]
    return rows.rename(columns={"span_inferred": "inferred"})[[*columns, "share", "source_ids", "inferred"]]
