"""What the published facts imply about services by province and list.

Unknown are x[p, b], the services of province p on list b: whole numbers, not negative. Each published total,
count, sum, share, ranking and number of provinces present is a linear constraint on them, if need be with
auxiliary whole numbers. The smallest and largest value of any sum of unknowns under all constraints is its
identified set (Manski, Partial Identification of Probability Distributions, 2003), found by integer programming
(``scipy.optimize.milp``, HiGHS).
"""

import hashlib
import json
import os
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from chainregistry import filing
from chainregistry.data import SHARED, Data, grades, keep, split_list
from chainregistry.values import Interval

CEILING = 9_999
"""Stands for "no upper bound": several times the whole register. A maximum that reaches it is not a bound."""

NODES = 500
"""Nodes after which a search ends. The proven limit is then reported: never too narrow, at times too wide."""

REGISTRANTS = ("single", "multi", "multi_services")
"""Unknowns of list 1 by province: registrants with one service, with several, and the services of the latter."""

Terms = dict[tuple, float]
Row = tuple[Terms, float, float]
"""A linear constraint: least <= sum of terms <= most."""


class ClashError(ValueError):
    """The facts contradict each other; ``facts`` is a smallest set that cannot hold together."""

    def __init__(self, facts: list["Fact"]):
        self.facts = facts
        listed = "; ".join(f"{fact.id} ({fact.text})" for fact in facts)
        super().__init__(f"these {len(facts)} facts cannot all be true: {listed}")


@dataclass(frozen=True)
class Fact:
    """One published fact and the constraints it means; ``ordered`` if it ranks the provinces it names."""

    id: str
    text: str
    provinces: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False


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

    def extremes(self, objective: Terms) -> Interval:
        """Smallest and largest value of a sum of unknowns."""
        bounded = {name: value for name, value in objective.items() if name in self._columns}
        low, high = self.extreme(bounded, 1), self.extreme(bounded, -1)
        return Interval(low, high if high < CEILING and len(bounded) == len(objective) else None)

    def extreme(self, objective: Terms, sign: int, extra: list[Row] | None = None) -> int:
        """Smallest (sign 1) or largest (sign -1) value of a sum of unknowns, under further rows if need be.

        Only the part of the program that the question touches is solved: facts about other lists cannot matter,
        unless they contradict each other.
        """
        if not self.feasible:
            raise ClashError(self.clash())
        names = [name for terms in (objective, *(terms for terms, _, _ in extra or [])) for name in terms]
        columns, rows, constraints = self._part(frozenset(self._parts[n] for n in names if n in self._parts))
        if extra:
            new = dict.fromkeys(name for name in names if name not in columns)
            columns = columns | {name: len(columns) + i for i, name in enumerate(new)}
            constraints = LinearConstraint(*_matrix(rows + extra, columns))
        if not objective:
            return 0
        cost = np.zeros(len(columns))
        for name, value in objective.items():
            cost[columns[name]] = sign * value
        return sign * _least(cost, _ceilings(columns), constraints, self.exact)

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
            self._solved[parts] = columns, rows, LinearConstraint(*_matrix(rows, columns))
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
        return _least(nothing, _ceilings(self._columns), self._constraints, exact=True) is not None

    def correction(
        self, kept: set[int], size: int | None = None, known: frozenset[int] = frozenset()
    ) -> set[int] | None:
        """Fewest facts to drop so that the rest can hold, none of ``kept`` among them; None if there is no way.

        With ``size``, no more than so many facts, and as many as can be that are not ``known``.
        """
        rows, width = self._rows, len(self._columns)
        matrix, low, high = _matrix(rows, self._columns)
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
                rows += _presence(name)
        return rows

    @cached_property
    def _rows(self) -> list[Row]:
        return self._structure + [row for fact in self.facts for row in fact.rows]

    @cached_property
    def _constraints(self) -> LinearConstraint:
        return LinearConstraint(*_matrix(self._rows, self._columns))


def _least(cost: np.ndarray, ceilings: np.ndarray, constraints: LinearConstraint, exact: bool) -> int | None:
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


class Model:
    """All facts about services by province and list, ready to be asked.

    An imported list is taken as true: it is what the others count. Published counts of imported lists alone are not
    used (``register.contradicted`` compares them with the lists); those that cannot hold beside the lists are
    overruled, see ``overruled``.

    Parameters
    ----------
    data
        the data package
    include
        ids of published counts to use although they are set aside
    exclude
        ids of published counts to leave out
    confidence
        least confidence of a count or a named row to be used
    exact
        False solves the linear relaxation instead: some four times as fast, its bounds never too narrow

    Raises
    ------
    ValueError
        for an id that no published count has.
    ClashError
        on the first question, if the facts contradict each other.
    """

    def __init__(
        self,
        data: Data,
        include: Iterable[str] = (),
        exclude: Iterable[str] = (),
        confidence: str = "medium",
        exact: bool = True,
    ):
        self.data, self.provinces = data, list(data.regions.province_code)
        counts = data.published_counts
        unknown = (set(include) | set(exclude)) - set(counts.count_id)
        if unknown:
            raise ValueError(f"no published count has the id {', '.join(sorted(unknown))}")
        usable = (counts.set_aside == "") & counts.confidence.isin(grades(confidence))
        usable = (usable | counts.count_id.isin(list(include))) & ~counts.count_id.isin(list(exclude))
        spans = zip(counts.batch_first, counts.batch_last, strict=True)
        inside = np.array([set(range(first, last + 1)) <= set(data.complete) for first, last in spans], dtype=bool)
        usable &= ~inside
        named = data.named(confidence)
        published = _count_facts(counts[usable], counts, self.provinces)
        published += _named_facts(named[~named.batch.isin(data.complete)])
        lists = _official_facts(data, self.provinces)
        # Counts that contradict each other are told first; only where they agree can a list overrule some of them.
        agreed = not (lists and published) or Program(published, self.provinces).feasible
        wrong = _overruled(published, lists, self.provinces) if lists and published and agreed else []
        self.overruled: list[Fact] = wrong
        """Published counts left out because they cannot hold beside the imported lists: those of every smallest
        set of counts without which the rest can. Where one of two must be wrong, both are left out."""
        self.needless: dict[str, str] = dict.fromkeys(counts.count_id[inside], "its lists are imported")
        """Published counts that are not used because of imported lists, with the reason."""
        self.needless |= {fact.id: "it cannot hold beside the imported lists" for fact in wrong}
        self._ask([fact for fact in published if fact not in wrong] + (lists if agreed else []), exact)

    def _ask(self, facts: list[Fact], exact: bool) -> "Model":
        self.facts, self._cache = facts, {}
        self._program = Program(facts, self.provinces, exact)
        same: dict[tuple, str] = {}
        self._like = {code: same.setdefault(_mentions(code, facts), code) for code in self.provinces}
        """The first of the provinces that no fact tells apart: it is asked about for all of them."""
        return self

    def between(self, province: str | Iterable[str], first: int = 1, last: int | None = None) -> Interval:
        """Smallest and largest number of services of one or several provinces on the lists first to last."""
        codes = (self._like[province],) if isinstance(province, str) else tuple(sorted(province))
        span = range(first, (last or first) + 1)
        if (codes, span) not in self._cache:
            terms = {("x", code, batch): 1.0 for code in codes for batch in span}
            self._cache[codes, span] = self._program.extremes(terms)
        return self._cache[codes, span]

    def table(self, first: int = 1, last: int | None = None, provinces: Iterable[str] = ()) -> pd.DataFrame:
        """Bounds of each of some provinces (none given: all of them), one row each in the given order.

        Columns province_code, low, high (missing: no bound).
        """
        found = {code: self.between(code, first, last) for code in provinces or self.provinces}
        return pd.DataFrame(
            {
                "province_code": list(found),
                "low": [interval.low for interval in found.values()],
                "high": pd.array([interval.high for interval in found.values()], dtype="Int64"),
            }
        )

    def total(self, first: int = 1, last: int | None = None) -> Interval:
        """Smallest and largest number of services of all provinces on the lists first to last."""
        return self.between(self.provinces, first, last)

    def rank(self, province: str, first: int = 1, last: int | None = None) -> Interval:
        """Best and worst place of a province by services on the lists first to last; equals share the better one."""
        province, last = self._like[province], last or first
        own = _span(province, first, last)
        ahead = {code: ("above", province, code) for code in self.provinces if code != province}
        lead = {code: _span(code, first, last) | dict.fromkeys(own, -1.0) for code in ahead}
        most = float(self.total(first, last).high or CEILING)
        over = [(lead[code] | {name: -most}, -np.inf, 0) for code, name in ahead.items()]
        under = [(lead[code] | {name: -most - 1}, -most, np.inf) for code, name in ahead.items()]
        places = dict.fromkeys(ahead.values(), 1.0)
        return Interval(1 + self._program.extreme(places, 1, over), 1 + self._program.extreme(places, -1, under))

    def present(self, first: int = 1, last: int | None = None) -> Interval:
        """Smallest and largest number of provinces with at least one service on the lists first to last."""
        last = last or first
        flags = [("present", code, first, last) for code in self.provinces]
        rows = [row for flag in flags for row in _presence(flag)]
        places = dict.fromkeys(flags, 1.0)
        return Interval(self._program.extreme(places, 1, rows), self._program.extreme(places, -1, rows))

    def variant(self, exclude: Iterable[str] = (), given: dict[tuple[str, int, int], int] | None = None) -> "Model":
        """The same model, fast (not ``exact``), without some facts, or with further numbers taken as known.

        ``exclude`` holds ids of facts, ``given`` services by (province, first list, last list).
        """
        facts = [fact for fact in self.facts if fact.id not in set(exclude)]
        facts += [
            Fact(f"given {place}", f"{value} services", (place[0],), ((_span(*place), value, value),))
            for place, value in (given or {}).items()
        ]
        return copy(self)._ask(facts, exact=False)

    def clash(self) -> list[Fact]:
        """A smallest set of facts that cannot hold together; empty if all can."""
        return self._program.clash()


def refuted(data: Data) -> list[str]:
    """Ids of published counts, set aside or not, that cannot hold beside the imported lists that they speak of.

    Each count is tried alone; one that also speaks of other lists is not tried.
    """
    provinces, complete = list(data.regions.province_code), set(data.complete)
    spans = data.published_counts.set_index("count_id")[["batch_first", "batch_last"]]
    found = []
    for fact in _count_facts(data.published_counts, data.published_counts, provinces):
        first, last = spans.loc[fact.id]
        batches = {name[2] for terms, _, _ in fact.rows for name in terms if name[0] == "x"}
        batches |= set(range(first, last + 1))
        lists = _official_facts(data, provinces, batches) if batches <= complete else []
        if lists and not Program([fact, *lists], provinces).feasible:
            found.append(fact.id)
    return found


def spans(model: Model, province: str, lists: list[tuple[int, int]]) -> pd.DataFrame:
    """Bounds of one province for several spans of lists: columns lists, low, high, one row per span."""
    found = [model.between(province, first, last) for first, last in lists]
    return pd.DataFrame(
        {
            "lists": [f"list {first}" if first == last else f"lists {first} to {last}" for first, last in lists],
            "low": [interval.low for interval in found],
            "high": pd.array([interval.high for interval in found], dtype="Int64"),
        }
    )


def pins(model: Model, province: str, first: int, last: int) -> list[Fact]:
    """Published counts that name a province and without which its interval would be wider."""
    counts = set(model.data.published_counts.count_id)
    width = model.between(province, first, last).width
    naming = [fact for fact in model.facts if fact.id in counts and province in fact.provinces]
    return [fact for fact in naming if model.variant([fact.id]).between(province, first, last).width > width]


def worth(model: Model, provinces: Iterable[str], first: int, last: int) -> pd.DataFrame:
    """What one more published number would be worth: the number of a province on the lists first to last.

    The measure is the sum of the widths of all provinces' intervals. A column ``least`` gives the smaller of its
    reductions if the number turned out at either end of what is possible now, ``most`` the larger; both include the
    province's own width. Column ``width`` is that own width, ``total`` the present sum.
    """
    start = _width(model.variant(), first, last)
    rows = []
    for code in provinces:
        interval = model.between(code, first, last)
        ends = [
            _width(model.variant(given={(code, first, last): end}), first, last)
            for end in (interval.low, interval.high)
        ]
        rows.append((code, interval.width, start - max(ends), start - min(ends), start))
    return pd.DataFrame(rows, columns=["province_code", "width", "least", "most", "total"])


def concordance(low: pd.Series, high: pd.Series, other: pd.Series) -> Interval:
    """Smallest and largest rank association of numbers known as intervals with numbers known exactly.

    The measure is Somers' D (R. Somers, American Sociological Review 27, 1962): among the pairs that differ in
    ``other``, those ordered alike less those ordered oppositely, as a share of all. A pair whose intervals overlap
    counts as either. Series share an index; no pair at all gives the interval from -1 to 1.
    """
    lows, highs, values = low.to_numpy(float), high.to_numpy(float), other.to_numpy(float)
    ahead = values[:, None] > values[None, :]
    pairs = ahead.sum()
    if not pairs:
        return Interval(-1, 1)
    most = np.where(highs[:, None] > lows[None, :], 1, np.where(highs[:, None] == lows[None, :], 0, -1))
    least = np.where(lows[:, None] < highs[None, :], -1, np.where(lows[:, None] == highs[None, :], 0, 1))
    return Interval(float(least[ahead].sum() / pairs), float(most[ahead].sum() / pairs))


def _matrix(rows: list[Row], columns: dict[tuple, int]) -> tuple[csr_array, np.ndarray, np.ndarray]:
    cells = [(i, columns[name], value) for i, (terms, _, _) in enumerate(rows) for name, value in terms.items()]
    row, column, value = zip(*cells, strict=True) if cells else ([], [], [])
    matrix = coo_array((np.array(value, dtype=float), (row, column)), shape=(len(rows), len(columns))).tocsr()
    return matrix, np.array([low for _, low, _ in rows]), np.array([high for _, _, high in rows])


def _ceilings(columns: dict[tuple, int]) -> np.ndarray:
    return np.array([1.0 if name[0] in ("present", "above") else CEILING for name in columns])


def _mentions(code: str, facts: list[Fact]) -> tuple:
    """Which facts name a province, and in which place if they rank: equal for provinces that no fact tells apart."""
    named = [fact for fact in facts if code in fact.provinces]
    return tuple((fact.id, fact.provinces.index(code) if fact.ordered else None) for fact in named)


def _overruled(published: list[Fact], lists: list[Fact], provinces: list[str]) -> list[Fact]:
    """Published counts that cannot hold beside imported lists: members of a smallest set to drop, all such sets."""
    program = Program(published + lists, provinces)
    kept = {i for i, fact in enumerate(program.facts) if i >= len(published) or fact.id.startswith("rows ")}
    found = program.correction(kept) or set()
    size, more = len(found), found
    while more:
        more = program.correction(kept, size, frozenset(found)) - found
        found = found | more
    return [program.facts[i] for i in sorted(found)]


def _width(model: Model, first: int, last: int) -> int:
    table = model.table(first, last)
    return int((table.high - table.low).sum())


def _span(code: str, first: int, last: int) -> Terms:
    return {("x", code, batch): 1.0 for batch in range(first, last + 1)}


def _presence(flag: tuple) -> list[Row]:
    """A flag ("present", province, first list, last list) is one where the province has a service there, else zero."""
    _, code, first, last = flag
    services = _span(code, first, last)
    return [(services | {flag: -1.0}, 0, np.inf), (services | {flag: -float(CEILING)}, -np.inf, 0)]


def _sum(codes: Iterable[str], first: int, last: int) -> Terms:
    return {name: 1.0 for code in codes for name in _span(code, first, last)}


def _limits(relation: str, value: float) -> tuple[float, float]:
    return (value, value) if relation == "=" else (value, np.inf)


def _named_facts(named: pd.DataFrame) -> list[Fact]:
    """Rows with a province and a list: at least so many services there."""
    rows = named[(named.province_code != "") & named.batch.notna()]
    return [
        Fact(
            f"rows {code}/{batch}",
            f"{count} named services of province {code} on list {batch}",
            (code,),
            ((_span(code, batch, batch), count, np.inf),),
        )
        for (code, batch), count in rows.groupby(["province_code", "batch"]).size().items()
    ]


def _official_facts(data: Data, provinces: list[str], batches: Iterable[int] | None = None) -> list[Fact]:
    """The numbers of imported lists (of some, or all): exact, but for rows whose number does not show a province.

    A number shows it where its first character and its code agree, be the check character right or wrong.
    """
    facts = []
    official = data.official if batches is None else data.official[data.official.batch.isin(list(batches))]
    agree = official.filing_number.str[:1].map(filing.PROVINCES) == official.province_code
    for batch, rows in official.assign(province_code=official.province_code.where(agree, "")).groupby("batch"):
        batch, lost = int(batch), int((~rows.province_code.isin(provinces)).sum())
        facts.append(
            Fact(f"list {batch}", f"{len(rows)} services", (), ((_sum(provinces, batch, batch), len(rows), len(rows)),))
        )
        for code in provinces:
            count = int((rows.province_code == code).sum())
            row = (_span(code, batch, batch), count, count + lost)
            facts.append(Fact(f"list {batch}/{code}", f"{count} services of province {code}", (code,), (row,)))
    return facts


def _count_facts(usable: pd.DataFrame, counts: pd.DataFrame, provinces: list[str]) -> list[Fact]:
    """Constraints of the published counts; a count that says nothing about provinces and lists has none."""
    facts = []
    for count in usable.itertuples():
        rows = list(_rows(count, counts, provinces))
        if rows:
            span = f"list {count.batch_first}" if count.batch_first == count.batch_last else (
                f"lists {count.batch_first} to {count.batch_last}"
            )  # fmt: skip
            value = "" if pd.isna(count.value) else f" {count.relation} {count.value:g} {count.unit}"
            text = f"{span}: {count.dimension} {count.key}{value}"
            ordered = count.dimension == "rank" and not _only_membership(count)
            facts.append(Fact(count.count_id, text, tuple(split_list(count.province_code)), tuple(rows), ordered))
    return facts


def _rows(count, counts: pd.DataFrame, provinces: list[str]):
    """The constraints of one published count. Each branch says what the words of its dimension mean."""
    first, last = int(count.batch_first), int(count.batch_last)
    codes = split_list(count.province_code)
    match count.dimension, count.unit:
        case "total", "services" if count.key == "all":
            yield _sum(provinces, first, last), *_limits(count.relation, count.value)
        case "total", "entities" if count.key == "all" and (first, last) == (1, 1):
            registrants = {(kind, code): 1.0 for kind in ("single", "multi") for code in provinces}
            yield registrants, *_limits(count.relation, count.value)
        case "province", "services":
            yield _sum(codes, first, last), *_limits(count.relation, count.value)
        case "province", "percent":
            # Share of the province in all services, printed as a whole percentage.
            total = _total(counts, first, last)
            low, high = total * (count.value - 0.5) / 100, total * (count.value + 0.5) / 100
            yield _sum(codes, first, last), np.ceil(low), np.floor(high)
        case "province", "entities" if (first, last) == (1, 1):
            yield (
                {(kind, code): 1.0 for kind in ("single", "multi") for code in codes},
                count.value,
                count.value,
            )
        case ("province", "entities") | ("city" | "county" | "entity", "services" | "entities") if codes:
            # A part of the province, or its registrants: at least so many services.
            if "/" not in count.key:
                yield _sum(codes, first, last), count.value, np.inf
        case "county", "percent" if count.key.split("/")[-1] in codes:
            # Share of a county in the services of its province, printed as a whole percentage.
            part = counts[(counts.key == count.key.split("/")[0]) & (counts.unit == "services")]
            part = part[(part.batch_first == first) & (part.batch_last == last)].value.iloc[0]
            low, high = 100 * part / (count.value + 0.5), 100 * part / (count.value - 0.5)
            yield _sum(codes, first, last), np.ceil(low), np.floor(high)
        case "concentration", "percent":
            # The cities' share is at most that of their provinces.
            yield _sum(codes, first, last), np.ceil(_total(counts, first, last) * count.value / 100), np.inf
        case "provinces-present", _ if count.key == "all":
            yield {("present", code, first, last): 1.0 for code in provinces}, count.value, count.value
        case "provinces-present", _:
            for code in codes:  # first seen on this list
                yield _span(code, first, last), 1, np.inf
                if first > 1:
                    yield _span(code, 1, first - 1), 0, 0
        case "multi-registrants", _:
            yield from _multi_rows(count, codes, provinces)
        case "rank", "services" if codes:
            yield from _rank_rows(count, codes, provinces)
        case "rank", "entities" if codes and (first, last) == (1, 1):
            for ahead, behind in pairwise(codes):
                terms = {(kind, ahead): 1.0 for kind in ("single", "multi")}
                terms |= {(kind, behind): -1.0 for kind in ("single", "multi")}
                yield terms, 0, np.inf


def _total(counts: pd.DataFrame, first: int, last: int) -> float:
    """Printed number of all services on the lists first to last."""
    total = (counts.dimension == "total") & (counts.key == "all") & (counts.unit == "services")
    total &= (counts.relation == "=") & (counts.set_aside == "")
    return counts.value[total & (counts.batch_first == first) & (counts.batch_last == last)].iloc[0]


def _multi_rows(count, codes: list[str], provinces: list[str]):
    """Registrants with two to five services on list 1: their number by province, and their services."""
    over = lambda kind: {(kind, code): 1.0 for code in provinces}  # noqa: E731
    if codes:
        yield {("multi", code): 1.0 for code in codes}, count.value, count.value
    elif count.key == "one-service":
        yield over("single"), count.value, count.value
    elif count.key == "most-per-entity":
        for code in provinces:
            yield {("multi_services", code): 1.0, ("multi", code): -count.value}, -np.inf, 0
    elif count.unit == "entities":
        yield over("multi"), count.value, count.value
    elif count.unit == "services":
        yield over("multi_services"), count.value, count.value


def _rank_rows(count, codes: list[str], provinces: list[str]):
    """A ranking by services: the first ones in order; or, where only membership is printed, the first ten."""
    first, last = int(count.batch_first), int(count.batch_last)
    minus = lambda code: dict.fromkeys(_span(code, first, last), -1.0)  # noqa: E731
    if _only_membership(count):
        for code in codes:
            above = {other: ("above", code, other, first, last) for other in provinces if other != code}
            for other, name in above.items():
                yield _span(code, first, last) | minus(other) | {name: float(CEILING)}, 0, np.inf
            yield dict.fromkeys(above.values(), 1.0), 0, 9
        return
    for ahead, behind in pairwise(codes):
        yield _span(ahead, first, last) | minus(behind), 0, np.inf
    for other in sorted(set(provinces) - set(codes)):
        yield _span(codes[-1], first, last) | minus(other), 0, np.inf


def _only_membership(count) -> bool:
    """Whether a ranking only says that its provinces are among the first ten."""
    return "first ten" in count.note


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
