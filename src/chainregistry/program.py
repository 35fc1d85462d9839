"""Facts as an integer program: extremes of sums of unknowns, and smallest contradictions.

The smallest and the largest value of a sum of unknowns under all
constraints are its identified set (C. Manski, Partial Identification of Probability Distributions, 2003).
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import connected_components

from chainregistry.facts import CEILING, REGISTRANTS, Fact, Row, Terms, presence
from chainregistry.system import System


class ClashError(ValueError):
    """The facts contradict each other; ``facts`` is a smallest set that cannot hold together."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        listed = "; ".join(f"{fact.id} ({fact.text})" for fact in facts)
        super().__init__(f"these {len(facts)} facts cannot all be true: {listed}")

    def __reduce__(self):  # else it would be made anew from its words, and could not be sent to another process
        return ClashError, (self.facts,)


class Program:
    """Facts as an integer program: asked for extremes, and for contradictions.

    Parameters
    ----------
    facts
        what must hold
    provinces
        codes of all provinces, in the order of the answers
    exact
        False solves the linear relaxation: some four times as fast, its bounds never too narrow
    """

    def __init__(self, facts: list[Fact], provinces: list[str], exact: bool = True):
        self.facts, self.provinces, self.exact = facts, provinces, exact
        self._solved: dict[frozenset[int], System] = {}

    def extremes(self, objective: Terms) -> tuple[int, int | None]:
        """Smallest and largest value of a sum of unknowns; the largest is None where nothing limits it."""
        bounded = {name: value for name, value in objective.items() if name in self._columns}
        low, high = self.extreme(bounded, 1), self.extreme(bounded, -1)
        return low, high if high < CEILING and len(bounded) == len(objective) else None

    def extreme(self, objective: Terms, sign: int, extra: list[Row] | None = None) -> int:
        """Smallest (sign 1) or largest (sign -1) value of a sum of unknowns, under further rows if need be.

        Only the part of the program that the question touches is solved: facts about other lists cannot matter,
        unless they contradict each other.
        """
        system = self._question(objective, extra or [])
        return system.least(objective, sign, self.exact) if objective else 0

    def optimum(self, objective: Terms, sign: int, extra: list[Row], nodes: int) -> tuple[float, dict] | None:
        """As ``extreme``: proven limit and best solution, see ``System.optimum``."""
        return self._question(objective, extra).optimum(objective, sign, nodes)

    def relaxed(self, objective: Terms, sign: int, extra: list[Row]) -> float:
        """As ``extreme``, over all numbers instead of whole ones, and not rounded."""
        return self._question(objective, extra).relaxed(objective, sign)

    def allows(self, rows: list[Row]) -> bool:
        """Whether further rows can hold beside all facts."""
        return self._question({}, rows).least({}, 1, exact=True) is not None

    def _question(self, objective: Terms, extra: list[Row]) -> System:
        """The parts of the program that a question touches, with its own rows."""
        if not self.feasible:
            raise ClashError(self.clash())
        names = [name for terms in (objective, *(terms for terms, _, _ in extra)) for name in terms]
        part = self._part(frozenset(self._parts[n] for n in names if n in self._parts))
        if not extra:
            return part
        new = dict.fromkeys(name for name in names if name not in part.columns)
        return System(part.columns | {name: len(part.columns) + i for i, name in enumerate(new)}, part.rows + extra)

    @cached_property
    def _parts(self) -> dict[tuple, int]:
        """Independent part of the program that each unknown belongs to: no row joins unknowns of two parts."""
        matrix = abs(self._whole.arrays[0])  # else a sum and a comparison of the same two would cancel out
        _, parts = connected_components(matrix.T @ matrix, directed=False)
        return dict(zip(self._columns, parts.tolist(), strict=True))

    def _part(self, parts: frozenset[int]) -> System:
        """Some parts of the program."""
        if parts not in self._solved:
            inside = (name for name in self._columns if self._parts[name] in parts)
            columns = {name: i for i, name in enumerate(inside)}
            self._solved[parts] = System(columns, [row for row in self._rows if next(iter(row[0])) in columns])
        return self._solved[parts]

    def clash(self) -> list[Fact]:
        """A smallest set of facts that cannot hold together; empty if all can.

        By the duality of hitting sets and correction sets: A. Ignatiev et al., Smallest MUS extraction with
        minimal hitting set dualization, CP 2015.
        """
        corrections: list[set[int]] = []
        while True:
            chosen = _smallest_hitting_set(corrections, len(self.facts))
            correction = self.correction(chosen)
            if correction is None:
                return [self.facts[i] for i in sorted(chosen)]
            if not correction:
                return []
            corrections.append(correction)

    def forbidding(self, rows: list[Row], order: Callable[[Fact], object] | None = None) -> list[Fact]:
        """Facts that together forbid further rows and of which none can be spared; none if the rows are allowed.

        Of several such sets the one with the facts that come first in ``order``: U. Junker, QuickXplain: preferred
        explanations and relaxations for over-constrained problems, AAAI 2004.
        """
        names = {name for terms, _, _ in rows for name in terms}
        parts = {self._parts[name] for name in names if name in self._parts}
        near = [f for f in self.facts if any(self._parts[name] in parts for terms, _, _ in f.rows for name in terms)]

        def fits(facts: list[Fact]) -> bool:
            program = Program(facts, self.provinces)
            new = dict.fromkeys(sorted(names - set(program._columns), key=str))
            columns = program._columns | {name: len(program._columns) + i for i, name in enumerate(new)}
            return System(columns, program._rows + rows).least({}, 1, exact=True) is not None

        def search(kept: list[Fact], changed: bool, facts: list[Fact]) -> list[Fact]:
            if changed and not fits(kept):
                return []
            if len(facts) == 1:
                return facts
            first, rest = facts[: len(facts) // 2], facts[len(facts) // 2 :]
            later = search(kept + first, True, rest)
            return search(kept + later, bool(later), first) + later

        if not near or fits(near):
            return []
        return search([], False, sorted(near, key=order) if order else near)

    @cached_property
    def feasible(self) -> bool:
        """Whether all facts can hold together."""
        return self._whole.least({}, 1, exact=True) is not None

    def correction(
        self, kept: set[int], size: int | None = None, known: frozenset[int] = frozenset()
    ) -> set[int] | None:
        """Fewest facts to drop so that the rest can hold, none of ``kept`` among them; None if there is no way.

        With ``size``, no more than so many facts, and as many as can be that are not ``known``.
        """
        width = len(self._columns)
        matrix, low, high = self._whole.arrays
        free = [i for i in range(len(self.facts)) if i not in kept]
        owner = np.array([-1] * len(self._structure) + [i for i, fact in enumerate(self.facts) for _ in fact.rows])
        # The register is smaller than CEILING, so a dropped fact need not be missed by more.
        slacks = float(CEILING) * csr_array(owner[:, None] == np.array(free, dtype=int))
        constraints = [
            LinearConstraint(hstack([matrix, slacks]), low, np.inf),
            LinearConstraint(hstack([matrix, -slacks]), -np.inf, high),
        ]
        price = [1.0] * len(free)
        if size is not None:
            constraints.append(LinearConstraint(np.concatenate([np.zeros(width), np.ones(len(free))]), 0, size))
            price = [0.0 if i in known else -1.0 for i in free]
        cost = np.concatenate([np.zeros(width), price])
        solved = milp(
            cost,
            integrality=np.ones_like(cost),
            bounds=Bounds(0, np.concatenate([self._whole.ceilings, np.ones(len(free))])),
            constraints=constraints,
        )
        if solved.status == 2:
            return None
        return {i for i, dropped in zip(free, solved.x[width:], strict=True) if dropped > 0.5}

    @cached_property
    def _columns(self) -> dict[tuple, int]:
        named = {name for fact in self.facts for terms, _, _ in fact.rows for name in terms}
        if any(name[0] in REGISTRANTS for name in named):
            named |= {(kind, code) for kind in REGISTRANTS for code in self.provinces} | {("x", self.provinces[0], 1)}
        flags = [name for name in named if name[0] == "present"]  # their rows say what they mean of these lists
        spans = (batch for _, _, first, last in flags for batch in range(first, last + 1))
        lists = sorted({name[2] for name in named if name[0] == "x"} | {*spans})
        x = [("x", code, batch) for code in self.provinces for batch in lists]
        return {name: i for i, name in enumerate([*x, *sorted(named - set(x), key=str)])}

    @cached_property
    def _structure(self) -> list[Row]:
        """What holds by definition of the auxiliary numbers."""
        rows: list[Row] = []
        columns = self._columns
        if any(name[0] in REGISTRANTS for name in columns):
            for code in self.provinces:
                single, multi, services = ("single", code), ("multi", code), ("multi_services", code)
                rows.append(({("x", code, 1): 1, single: -1, services: -1}, 0, 0))
                rows.append(({services: 1, multi: -2}, 0, np.inf))
                rows.append(({services: 1, multi: -CEILING}, -np.inf, 0))
        for name in columns:
            if name[0] == "present":
                rows += presence(name)
        return rows

    @cached_property
    def _rows(self) -> list[Row]:
        return self._structure + [row for fact in self.facts for row in fact.rows]

    @cached_property
    def _whole(self) -> System:
        return System(self._columns, self._rows)


def _smallest_hitting_set(sets: list[set[int]], size: int) -> set[int]:
    """Fewest numbers below ``size`` that meet each of the sets."""
    if not sets:
        return set()
    matrix = np.zeros((len(sets), size))
    for i, members in enumerate(sets):
        matrix[i, list(members)] = 1
    solved = milp(
        np.ones(size),
        integrality=np.ones(size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, 1, np.inf),
    )
    return {i for i, taken in enumerate(solved.x) if taken > 0.5}
