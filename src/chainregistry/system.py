"""One system of linear conditions on whole numbers: made tight, solved, and solved once in a batch of pages.

Solved by ``scipy.optimize.milp`` (HiGHS).
"""

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from chainregistry import kept
from chainregistry.data import SHARED, keep
from chainregistry.facts import CEILING, FLAGS, Row, Terms

NODES = 500
"""Nodes after which a search ends. The proven limit is then reported: never too narrow, at times too wide."""

MOST_NODES = 100 * NODES
"""Nodes of a search that ended with no limit at all, neither a solution nor the proof that there is none."""

ROUNDS = 20
"""Rounds of tightening at most; each carries a limit one condition further."""


@dataclass(frozen=True, eq=False)
class System:
    """Conditions on whole numbers from 0 to CEILING (flags: to 1); ``columns`` are the places of the unknowns."""

    columns: dict[tuple, int]
    rows: list[Row]

    def least(self, objective: Terms, sign: int, exact: bool) -> int | None:
        """Smallest (sign 1) or largest (sign -1) value of a sum, rounded inwards; None if nothing fulfils the rows.

        Solved once in a batch of pages, which ask the same questions: a province, its neighbours, the country; see
        ``data.SHARED``. What the pages of the data as they are ask is kept, see ``kept.programs``.
        """
        if not self.possible:
            return None
        cost, folder = self._cost(objective, sign), os.environ.get(SHARED)
        matrix, low, high, floors, ceilings = self._tight
        parts = cost, floors, ceilings, matrix.data, matrix.indices, matrix.indptr, low, high, np.array(exact)
        digest = hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()[: kept.DIGITS]
        if digest in (programs := kept.programs()):
            return programs[digest]
        known = Path(folder) / f"{digest}{kept.SOLVED}" if folder else None
        if known and known.exists():
            return json.loads(known.read_text(encoding="ascii"))
        nodes, limit, infeasible = NODES, None, False
        while limit is None and not infeasible and nodes <= MOST_NODES:
            solved = self._solve(cost, exact, nodes)
            limit, infeasible = solved.mip_dual_bound if exact else solved.fun, solved.status == 2
            nodes *= 10
        if limit is None and not infeasible:
            raise RuntimeError(f"integer program not solved: {solved.message}")
        found = None if infeasible else sign * int(np.ceil(limit - 1e-6))
        if known:
            keep(known, json.dumps(found).encode("ascii"))
        return found

    def optimum(self, objective: Terms, sign: int, nodes: int) -> tuple[float, dict[tuple, int]] | None:
        """As ``least``: the proven limit of the value, and the best solution found; None if there is none.

        The limit is the value of the solution if the search ended before ``nodes`` nodes. They and not seconds limit
        it, so that the answer is the same on each machine. Where the best of all numbers is a whole one, as mostly
        where there are no flags, nothing need be searched.
        """
        if not self.possible:
            return None
        cost = self._cost(objective, sign)
        solved = self._solve(cost, False, nodes)
        if solved.x is not None and np.abs(solved.x - np.rint(solved.x)).max(initial=0) < 1e-6:
            limit = float(cost @ np.rint(solved.x))
        else:
            solved = self._solve(cost, True, nodes)
            limit = solved.mip_dual_bound
        if solved.x is None:
            return None
        return sign * limit, dict(zip(self.columns, np.rint(solved.x).astype(int).tolist(), strict=True))

    def relaxed(self, objective: Terms, sign: int) -> float:
        """As ``least``, over all numbers instead of whole ones, and not rounded; NaN if nothing fulfils the rows."""
        solved = self._solve(self._cost(objective, sign), False, NODES) if self.possible else None
        return float("nan") if solved is None or solved.fun is None else sign * solved.fun

    @property
    def possible(self) -> bool:
        """False if tightening alone shows that nothing fulfils the rows."""
        return bool((self._tight[3] <= self._tight[4]).all())

    def _solve(self, cost: np.ndarray, exact: bool, nodes: int):
        matrix, low, high, floors, ceilings = self._tight
        return milp(
            cost,
            integrality=np.full_like(cost, exact),
            bounds=Bounds(floors, ceilings),
            constraints=LinearConstraint(matrix, low, high),
            options={"node_limit": nodes},
        )

    def _cost(self, objective: Terms, sign: int) -> np.ndarray:
        cost = np.zeros(len(self.columns))
        for name, value in objective.items():
            cost[self.columns[name]] = sign * value
        return cost

    @cached_property
    def arrays(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        """Matrix, lower and upper limits of the rows."""
        column = [self.columns[name] for terms, _, _ in self.rows for name in terms]
        value = np.array([value for terms, _, _ in self.rows for value in terms.values()], dtype=float)
        row = np.repeat(np.arange(len(self.rows)), [len(terms) for terms, _, _ in self.rows])
        matrix = coo_array((value, (row, column)), shape=(len(self.rows), len(self.columns))).tocsr()
        low, high = (np.array([row[end] for row in self.rows], dtype=float) for end in (1, 2))
        return matrix, low, high

    @cached_property
    def ceilings(self) -> np.ndarray:
        return np.array([1.0 if name[0] in FLAGS else CEILING for name in self.columns])

    @cached_property
    def _tight(self) -> tuple[csr_array, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """``arrays`` with the limits of the unknowns that follow from single rows, and CEILING in the rows made small.

        Coefficients of thousands beside ones cost time and, within the solver's tolerance, truth (G. Gamrath
        and others, Progress in presolving for mixed integer programming, ZIB-Report 13-48, 2013).
        """
        matrix, low, high = self.arrays
        floors, ceilings = np.zeros(len(self.columns)), self.ceilings.copy()
        if not matrix.nnz:
            return matrix, low, high, floors, ceilings
        value, column = matrix.data, matrix.indices
        row = np.repeat(np.arange(len(self.rows)), np.diff(matrix.indptr))
        total = lambda parts: np.bincount(row, parts, minlength=len(self.rows))  # noqa: E731

        def reach() -> tuple[np.ndarray, np.ndarray]:  # least and most that each term may be
            ends = value * floors[column], value * ceilings[column]
            return np.minimum(*ends), np.maximum(*ends)

        for _ in range(ROUNDS):
            before = floors.copy(), ceilings.copy()
            least, most = reach()
            above = (high[row] - (total(least)[row] - least)) / value  # no more, or if negative no less
            below = (low[row] - (total(most)[row] - most)) / value
            upper, lower = np.where(value > 0, above, below), np.where(value > 0, below, above)
            np.minimum.at(ceilings, column, np.floor(upper + 1e-6))
            np.maximum.at(floors, column, np.ceil(lower - 1e-6))
            if (floors > ceilings).any() or all(map(np.array_equal, before, (floors, ceilings))):
                break
        least, most = reach()
        big = np.abs(value) == CEILING
        rest = total(np.where(big, 0, most))[row], total(np.where(big, 0, least))[row]
        small = np.where(value < 0, np.minimum(high[row] - rest[0], 0), np.maximum(low[row] - rest[1], 0))
        alone = big & (total(big)[row] == 1) & np.isfinite(small)
        matrix = matrix.copy()
        matrix.data = np.where(alone & (np.abs(small) < CEILING), small, value)
        return matrix, low, high, floors, ceilings
