"""Facts as an integer program: extremes of sums of unknowns, and smallest contradictions.

Solved by ``scipy.optimize.milp`` (HiGHS). The smallest and the largest value of a sum of unknowns under all
constraints are its identified set (C. Manski, Partial Identification of Probability Distributions, 2003).
"""

import hashlib
import json
import os
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from chainregistry.data import SHARED, keep
from chainregistry.facts import CEILING, REGISTRANTS, Fact, Row, Terms, presence

NODES = 500
"""Nodes after which a search ends. The proven limit is then reported: never too narrow, at times too wide."""


FLAGS = ("present", "above", "level")
"""Unknowns that are zero or one."""


class ClashError(ValueError):
    """The facts contradict each other; ``facts`` is a smallest set that cannot hold together."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        listed = "; ".join(f"{fact.id} ({fact.text})" for fact in facts)
        super().__init__(f"these {len(facts)} facts cannot all be true: {listed}")


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
        self._solved: dict[frozenset[int], tuple[dict[tuple, int], list[Row], LinearConstraint]] = {}

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
        columns, constraints = self._question(objective, extra or [])
        if not objective:
            return 0
        return sign * least(_cost(objective, sign, columns), _ceilings(columns), constraints, self.exact)

    def optimum(self, objective: Terms, sign: int, extra: list[Row], nodes: int) -> tuple[float, dict[tuple, int]]:
        """As ``extreme``, with the proven limit of the value and the best solution found: services by unknown.

        The limit is the value of the solution if the search ended before ``nodes`` nodes; they and not seconds limit
        it, so that the answer is the same on each machine. Raises RuntimeError if no solution was found.
        """
        columns, constraints = self._question(objective, extra)
        cost = _cost(objective, sign, columns)
        solved = milp(
            cost,
            integrality=np.ones_like(cost),
            bounds=Bounds(0, _ceilings(columns)),
            constraints=constraints,
            options={"node_limit": nodes},
        )
        if solved.x is None:
            raise RuntimeError(f"no solution found: {solved.message}")
        found = np.rint(solved.x).astype(int).tolist()
        return sign * solved.mip_dual_bound, dict(zip(columns, found, strict=True))

    def relaxed(self, objective: Terms, sign: int, extra: list[Row]) -> float:
        """As ``extreme``, over all numbers instead of whole ones, and not rounded."""
        columns, constraints = self._question(objective, extra)
        solved = milp(
            _cost(objective, sign, columns), bounds=Bounds(0, _ceilings(columns)), constraints=constraints
        )  # fmt: skip
        return sign * solved.fun

    def allows(self, rows: list[Row]) -> bool:
        """Whether further rows can hold beside all facts."""
        columns, constraints = self._question({}, rows)
        return least(np.zeros(len(columns)), _ceilings(columns), constraints, exact=True) is not None

    def _question(self, objective: Terms, extra: list[Row]) -> tuple[dict[tuple, int], LinearConstraint]:
        """Columns and constraints of the parts of the program that a question touches, with its own rows."""
        if not self.feasible:
            raise ClashError(self.clash())
        names = [name for terms in (objective, *(terms for terms, _, _ in extra)) for name in terms]
        columns, rows, constraints = self._part(frozenset(self._parts[n] for n in names if n in self._parts))
        if extra:
            new = dict.fromkeys(name for name in names if name not in columns)
            columns = columns | {name: len(columns) + i for i, name in enumerate(new)}
            constraints = LinearConstraint(*as_matrix(rows + extra, columns))
        return columns, constraints

    @cached_property
    def _parts(self) -> dict[tuple, int]:
        """Independent part of the program that each unknown belongs to: no row joins unknowns of two parts."""
        matrix = self._constraints.A
        _, parts = connected_components(matrix.T @ matrix, directed=False)
        return dict(zip(self._columns, parts.tolist(), strict=True))

    def _part(self, parts: frozenset[int]) -> tuple[dict[tuple, int], list[Row], LinearConstraint]:
        """Columns, rows and constraints of some parts of the program."""
        if parts not in self._solved:
            inside = (name for name in self._columns if self._parts[name] in parts)
            columns = {name: i for i, name in enumerate(inside)}
            rows = [row for row in self._rows if next(iter(row[0])) in columns]
            self._solved[parts] = columns, rows, LinearConstraint(*as_matrix(rows, columns))
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

    @cached_property
    def feasible(self) -> bool:
        """Whether all facts can hold together."""
        nothing = np.zeros(len(self._columns))
        return least(nothing, _ceilings(self._columns), self._constraints, exact=True) is not None

    def correction(
        self, kept: set[int], size: int | None = None, known: frozenset[int] = frozenset()
    ) -> set[int] | None:
        """Fewest facts to drop so that the rest can hold, none of ``kept`` among them; None if there is no way.

        With ``size``, no more than so many facts, and as many as can be that are not ``known``.
        """
        rows, width = self._rows, len(self._columns)
        matrix, low, high = as_matrix(rows, self._columns)
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
            bounds=Bounds(0, np.concatenate([_ceilings(self._columns), np.ones(len(free))])),
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
        lists = sorted({name[2] for name in named if name[0] == "x"})
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
    def _constraints(self) -> LinearConstraint:
        return LinearConstraint(*as_matrix(self._rows, self._columns))


def least(cost: np.ndarray, ceilings: np.ndarray, constraints: LinearConstraint, exact: bool) -> int | None:
    """Smallest value of an integer program, rounded up; None if nothing fulfils the constraints.

    Solved once in a batch of pages, which ask the same questions: a province, its neighbours, the country; see
    ``data.SHARED``.
    """
    folder, matrix = os.environ.get(SHARED), constraints.A
    parts = (
        cost,
        ceilings,
        matrix.data,
        matrix.indices,
        matrix.indptr,
        constraints.lb,
        constraints.ub,
        np.array(exact),
    )
    known = Path(folder) / hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest() if folder else None
    if known and known.exists():
        return json.loads(known.read_text(encoding="ascii"))
    solved = milp(
        cost,
        integrality=np.full_like(cost, exact),
        bounds=Bounds(0, ceilings),
        constraints=constraints,
        options={"node_limit": NODES},
    )
    limit = solved.mip_dual_bound if exact else solved.fun
    infeasible = solved.status == 2
    if limit is None and not infeasible:
        raise RuntimeError(f"integer program not solved: {solved.message}")
    least = None if infeasible else int(np.ceil(limit - 1e-6))
    if known:
        keep(known, json.dumps(least).encode("ascii"))
    return least


def as_matrix(rows: list[Row], columns: dict[tuple, int]) -> tuple[csr_array, np.ndarray, np.ndarray]:
    cells = [(i, columns[name], value) for i, (terms, _, _) in enumerate(rows) for name, value in terms.items()]
    row, column, value = zip(*cells, strict=True) if cells else ([], [], [])
    matrix = coo_array((np.array(value, dtype=float), (row, column)), shape=(len(rows), len(columns))).tocsr()
    return matrix, np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows])


def _cost(objective: Terms, sign: int, columns: dict[tuple, int]) -> np.ndarray:
    cost = np.zeros(len(columns))
    for name, value in objective.items():
        cost[columns[name]] = sign * value
    return cost


def _ceilings(columns: dict[tuple, int]) -> np.ndarray:
    return np.array([1.0 if name[0] in FLAGS else CEILING for name in columns])


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
