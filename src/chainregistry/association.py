"""Whether provinces with more of something have more services: the rank association under all published facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from chainregistry.bounds import Interval, Model
from chainregistry.facts import Row, Terms, within
from chainregistry.kept import answer

NODES = 20_000
"""Nodes after which the search for an end of the association stops."""


@dataclass(frozen=True)
class Association:
    """Somers' D under all facts: ``sure`` holds every possible value, both ends of ``attained`` are possible."""

    sure: Interval
    attained: Interval
    pairs: int
    """Pairs of provinces that differ in the other number."""
    at: tuple[dict[str, int], dict[str, int]]
    """Services by province that attain the lower and the upper end."""

    @property
    def proved(self) -> bool:
        """Whether the ends of ``sure`` are attained: then it is the identified set's own range."""
        return self.sure == self.attained


def somers(services: pd.Series, other: pd.Series) -> float:
    """Somers' D of services given another number, as the index pairs them (R. Somers, American Sociological Review 27,
    1962): of the pairs that differ in ``other``, those ordered alike less those ordered oppositely, as a share of
    all. NaN if no pair differs."""
    x, y = services.to_numpy(float), other.reindex(services.index).to_numpy(float)
    ahead = y[:, None] > y[None, :]
    if not ahead.any():
        return float("nan")
    return float(np.sign(x[:, None] - x[None, :])[ahead].sum() / ahead.sum())


def rank_association(model: Model, other: pd.Series, first: int, last: int) -> Association:
    """Smallest and largest rank association of the services on some lists with a number known of each province.

    Solved over all facts at once: a pair of provinces whose intervals overlap may still be ordered by what the
    facts say of both, and no two pairs are free of each other. Each pair that the intervals leave open gets two
    flags, "ahead" and "not behind", in an integer program. Provinces that no fact tells apart are put in the order
    that serves the end sought: exchanging the services of two of them breaks no fact, and of the two orders one is
    never worse.

    Parameters
    ----------
    other
        a number for each province code
    first, last
        the lists

    Raises
    ------
    ClashError
        if the facts contradict each other.
    ValueError
        if nothing limits the services on these lists, or ``other`` lacks a province.
    """
    other = other.reindex(model.provinces)
    if other.isna().any():
        raise ValueError(f"no number for province {', '.join(other.index[other.isna()])}")
    table = model.table(first, last).set_index("province_code")
    if table.high.isna().any():
        raise ValueError(f"nothing limits the services on the lists {first} to {last}")
    pairs = [(a, b) for a in model.provinces for b in model.provinces if other[a] > other[b]]
    if not pairs:
        return Association(Interval(-1, 1), Interval(-1, 1), 0, ({}, {}))
    question = {"association": {code: float(value) for code, value in other.items()}, "lists": [first, last]}
    solve = lambda: {"ends": [_end(model, other, table, pairs, first, last, sign) for sign in (-1, 1)]}  # noqa: E731
    (low, at_low), (high, at_high) = answer(model.data.folder, model.facts, question, solve)["ends"]
    values = [somers(pd.Series(at), other) for at in (at_low, at_high)]
    return Association(Interval(low, high), Interval(*values), len(pairs), (at_low, at_high))


def _end(model: Model, other: pd.Series, table: pd.DataFrame, pairs: list[tuple[str, str]], first, last, sign: int):
    """The proven limit of one end (sign 1: the upper one), and services by province that come closest to it."""
    # The end sought is the largest sum of sign(services of u - services of v) over pairs (u, v).
    pairs = pairs if sign > 0 else [(b, a) for a, b in pairs]
    span = {code: within(code, first, last) for code in model.provinces}
    lead = {(u, v): span[u] | dict.fromkeys(span[v], -1.0) for u, v in pairs}
    fixed, objective, rows = 0, {}, []
    for u, v in pairs:
        least, most = int(table.low[u] - table.high[v]), int(table.high[u] - table.low[v])
        if least > 0:
            fixed += 1
            continue
        fixed -= 1
        if most > 0:
            flag = ("above", u, v)
            objective[flag] = 1.0
            rows.append((lead[u, v] | {flag: float(least - 1)}, float(least), np.inf))
        if least >= 0 or model.alike(u, v):
            fixed += 1
        elif most >= 0:
            flag = ("level", u, v)
            objective[flag] = 1.0
            rows.append((lead[u, v] | {flag: float(least)}, float(least), np.inf))
    if (table.low == table.high).all():  # nothing is open
        return sign * fixed / len(pairs), table.low.astype(int).to_dict()
    rows += list(_order(model, other, span, objective, sign))
    limit, found = model.program.optimum(objective, -1, rows, NODES) or (float(len(objective)), None)
    if found is None:
        raise RuntimeError("no numbers that fulfil all facts were found")
    value = sign * (fixed + np.floor(limit + 1e-6)) / len(pairs)
    services = {code: sum(found[name] for name in span[code]) for code in model.provinces}
    return float(value), services


def _order(model: Model, other: pd.Series, span: dict[str, Terms], flags: Terms, sign: int) -> Iterator[Row]:
    """Provinces that no fact tells apart in order, and what follows from it for their flags with others."""
    groups: dict[str, list[str]] = {}
    for code in sorted(model.provinces, key=lambda code: -sign * other[code]):
        groups.setdefault(model.like[code], []).append(code)
    for group in groups.values():
        for more, less in pairwise(group):
            yield span[more] | dict.fromkeys(span[less], -1.0), 0, np.inf
            for kind in ("above", "level"):
                for third in model.provinces:
                    for strong, weak in (
                        ((kind, more, third), (kind, less, third)),
                        ((kind, third, less), (kind, third, more)),
                    ):
                        if strong in flags and weak in flags:
                            yield {strong: 1.0, weak: -1.0}, 0, np.inf
