"""What one more published number would be worth: how far all intervals together would shrink."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from chainregistry.bounds import Model
from chainregistry.facts import Row, within
from chainregistry.kept import answer
from chainregistry.program import ClashError
from chainregistry.system import NODES


def worth(model: Model, provinces: Iterable[str], first: int, last: int) -> pd.DataFrame:
    """The least and the most that all intervals shrink together if a province's number on some lists became known.

    Over all values that the number may have, each by the integer program of the bounds themselves. Few of them are
    solved in full: the relaxed program gives limits of each (the largest value of a linear program is a concave
    function of a right-hand side), and a value whose limits show that it is neither end is passed over.

    Returns
    -------
    pandas.DataFrame
        one row per province: province_code, width (of its own interval), least and most (reductions of the sum of
        the widths of all provinces, its own included), least_at and most_at (a value of the number at which that
        happens), total (the present sum)

    Raises
    ------
    ValueError
        if nothing limits the services of a province on these lists.
    """
    rows = []
    for code in provinces:
        question = {"worth of": code, "lists": [first, last]}
        solve = lambda code=code: _worth(model, code, first, last)  # noqa: E731
        rows.append({"province_code": code} | answer(model.data.folder, model.facts, question, solve))
    columns = ["province_code", "width", "least", "most", "least_at", "most_at", "total"]
    return pd.DataFrame(rows, columns=columns)


def _worth(model: Model, code: str, first: int, last: int) -> dict[str, int]:
    start, interval = _width(model, first, last), model.between(code, first, last)
    (most_at, narrow), (least_at, wide) = _Told(model, code, first, last).ends()
    return {
        "width": int(interval.width),
        "least": start - wide,
        "most": start - narrow,
        "least_at": least_at,
        "most_at": most_at,
        "total": start,
    }


def _width(model: Model, first: int, last: int) -> int:
    table = model.table(first, last)
    if table.high.isna().any():
        raise ValueError(f"nothing limits the services of some provinces on the lists {first} to {last}")
    return int((table.high - table.low).sum())


class _Told:
    """The widths of all intervals as functions of one number that becomes known."""

    def __init__(self, model: Model, code: str, first: int, last: int):
        self.model, self.place = model, (code, first, last)
        interval = model.between(code, first, last)
        self.values = range(int(interval.low), int(interval.high) + 1)
        # Provinces that no fact tells apart, without the one whose number is told.
        self.groups: dict[str, list[str]] = {}
        for other in model.provinces:
            if other != code:
                self.groups.setdefault(model.like[other], []).append(other)
        self.limits = dict.fromkeys(self.values, 0.0)
        for group in self.groups.values():
            for sign in (-1, 1):
                ends = np.array(self._relaxed(group[0], sign))
                whole = np.floor(ends + 1e-6) if sign < 0 else np.ceil(ends - 1e-6)
                for value, end in zip(self.values, whole, strict=True):
                    self.limits[value] -= sign * len(group) * end

    def ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """(value, width) where the width is smallest, and where it is largest."""
        known: dict[int, int | None] = {}
        for value in sorted(self.values, key=lambda value: -self.limits[value]):
            if known and self.limits[value] <= max((w for w in known.values() if w is not None), default=-1):
                break
            known[value] = self._solved(value)
        for value in sorted(self.values, key=lambda value: self.limits[value]):
            best = min((width for width in known.values() if width is not None), default=None)
            if value not in known and (best is None or not self._exceeds(value, best)):
                known[value] = self._solved(value)
        widths = [(width, value) for value, width in known.items() if width is not None]
        (narrow, most_at), (wide, least_at) = min(widths), max(widths, key=lambda pair: (pair[0], -pair[1]))
        return (most_at, narrow), (least_at, wide)

    def _solved(self, value: int) -> int | None:
        """The sum of the widths if the number is this one; None if it cannot be."""
        try:
            return _width(self.model.variant(given={self.place: value}, exact=True), *self.place[1:])
        except ClashError:
            return None

    def _row(self, value: int) -> Row:
        return within(*self.place), value, value

    def _exceeds(self, value: int, width: int) -> bool:
        """Whether solutions show that the widths add up to no less than a width if the number is this one.

        Services of provinces that no fact tells apart may be exchanged, so each may have what any has.
        """
        shown, program, row = 0, self.model.program, self._row(value)
        for group in sorted(self.groups.values(), key=len, reverse=True):
            spans = [within(code, *self.place[1:]) for code in group]
            found = [program.optimum(spans[0], sign, [row], NODES) for sign in ((-1,) if len(group) > 1 else (-1, 1))]
            if None in found:  # the number cannot be this one, or no solution was found: solved in full
                return False
            services = [sum(at[name] for name in span) for _, at in found for span in spans]
            shown += len(group) * (max(services) - min(services))
            if shown >= width:
                return True
        return False

    def _relaxed(self, code: str, sign: int) -> list[float]:
        """An end of the relaxed interval of a province for each value; piecewise linear, so few are solved."""
        terms, solved = within(code, *self.place[1:]), {}

        def at(value: int) -> float:
            if value not in solved:
                solved[value] = self.model.program.relaxed(terms, sign, [self._row(value)])
            return solved[value]

        def fill(left: int, right: int) -> None:
            middle = (left + right) // 2
            if middle == left:
                return
            chord = at(left) + (at(right) - at(left)) * (middle - left) / (right - left)
            if abs(at(middle) - chord) < 1e-6:  # a concave function that touches its chord follows it
                for value in range(left + 1, right):
                    solved[value] = at(left) + (at(right) - at(left)) * (value - left) / (right - left)
            else:
                fill(left, middle)
                fill(middle, right)

        low, high = self.values[0], self.values[-1]
        at(low), at(high)
        fill(low, high)
        return [solved[value] for value in self.values]
