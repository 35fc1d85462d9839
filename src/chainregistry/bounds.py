"""What the published facts imply about services by province and list: what a notebook asks.

The conditions are those of ``facts``, the answers those of ``program``.
"""

from collections.abc import Iterable
from copy import copy

import numpy as np
import pandas as pd

from chainregistry.data import Data, grades, split_list
from chainregistry.facts import CEILING, NAMED, Fact, of_counts, of_lists, of_rows, presence, within
from chainregistry.kept import answer
from chainregistry.program import ClashError, Program
from chainregistry.values import Interval, lists_in_words

__all__ = ["CEILING", "ClashError", "Fact", "Interval", "Model", "refuted", "spans"]


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
        self.data, self.provinces, self.confidence = data, list(data.regions.province_code), confidence
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
        published = of_counts(counts[usable], counts, self.provinces)
        published += of_rows(named[~named.batch.isin(data.complete)])
        lists = of_lists(data, self.provinces)
        # Counts that contradict each other are told first; only where they agree can a list overrule some of them.
        agreed = not (lists and published) or Program(published, self.provinces).feasible
        wrong = overruled(published, lists, self.provinces) if lists and published and agreed else []
        self.overruled: list[Fact] = wrong
        """Published counts left out because they cannot hold beside the imported lists: those of every smallest
        set of counts without which the rest can. Where one of two must be wrong, both are left out."""
        self.needless: dict[str, str] = dict.fromkeys(counts.count_id[inside], "its lists are imported")
        """Published counts that are not used because of imported lists, with the reason."""
        self.needless |= {fact.id: "it cannot hold beside the imported lists" for fact in wrong}
        self._ask([fact for fact in published if fact not in wrong] + (lists if agreed else []), exact)

    def _ask(self, facts: list[Fact], exact: bool) -> "Model":
        self.facts, self._cache = facts, {}
        self.program = Program(facts, self.provinces, exact)
        same: dict[tuple, str] = {}
        self.like = {code: same.setdefault(_mentions(code, facts), code) for code in self.provinces}
        """The first of the provinces that no fact tells apart: it is asked about for all of them."""
        return self

    def between(self, province: str | Iterable[str], first: int = 1, last: int | None = None) -> Interval:
        """Smallest and largest number of services of one or several provinces on the lists first to last."""
        codes = (self.like[province],) if isinstance(province, str) else tuple(sorted(province))
        span = range(first, (last or first) + 1)
        if (codes, span) not in self._cache:
            terms = {("x", code, batch): 1.0 for code in codes for batch in span}
            self._cache[codes, span] = Interval(*self.program.extremes(terms))
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
        province, last = self.like[province], last or first
        if ("rank", province, first, last) not in self._cache:
            self._cache["rank", province, first, last] = self._rank(province, first, last)
        return self._cache["rank", province, first, last]

    def _rank(self, province: str, first: int, last: int) -> Interval:
        own = within(province, first, last)
        ahead = {code: ("above", province, code) for code in self.provinces if code != province}
        lead = {code: within(code, first, last) | dict.fromkeys(own, -1.0) for code in ahead}
        most = float(self.total(first, last).high or CEILING)
        over = [(lead[code] | {name: -most}, -np.inf, 0) for code, name in ahead.items()]
        under = [(lead[code] | {name: -most - 1}, -most, np.inf) for code, name in ahead.items()]
        places = dict.fromkeys(ahead.values(), 1.0)
        return Interval(1 + self.program.extreme(places, 1, over), 1 + self.program.extreme(places, -1, under))

    def present(self, first: int = 1, last: int | None = None) -> Interval:
        """Smallest and largest number of provinces with at least one service on the lists first to last."""
        last = last or first
        flags = [("present", code, first, last) for code in self.provinces]
        rows = [row for flag in flags for row in presence(flag)]
        places = dict.fromkeys(flags, 1.0)
        return Interval(self.program.extreme(places, 1, rows), self.program.extreme(places, -1, rows))

    def variant(
        self, exclude: Iterable[str] = (), given: dict[tuple[str, int, int], int] | None = None, exact: bool = False
    ) -> "Model":
        """The same model, fast (unless ``exact``), without some facts, or with further numbers taken as known.

        ``exclude`` holds ids of facts, ``given`` services by (province, first list, last list).
        """
        facts = [fact for fact in self.facts if fact.id not in set(exclude)]
        facts += [
            Fact(f"given {place}", f"{value} services", (place[0],), ((within(*place), value, value),))
            for place, value in (given or {}).items()
        ]
        return copy(self)._ask(facts, exact)

    def without_document(self, *documents: str, exact: bool = True) -> "Model":
        """The same model without the counts and named rows that rest on one document (its source id) alone, or on
        several together, such as copies of one text."""
        theirs = lambda cell: set() < {*split_list(cell)} <= {*documents}  # noqa: E731
        alone = lambda table: table.source_ids.map(theirs).astype(bool)  # noqa: E731
        counts, named = self.data.published_counts, self.data.named(self.confidence)
        lost, named = set(counts.count_id[alone(counts)]), named[~named.batch.isin(self.data.complete)]
        facts = [fact for fact in self.facts if fact.id not in lost and not fact.id.startswith(NAMED)]
        return copy(self)._ask(facts + of_rows(named[~alone(named)]), exact)

    @property
    def counts(self) -> pd.DataFrame:
        """Published counts in use."""
        every = self.data.published_counts
        return every[every.count_id.isin({fact.id for fact in self.facts})]

    def documents(self) -> list[str]:
        """Documents (source ids) that some count in use, or some named row, rests on alone."""
        named = self.data.named(self.confidence)
        named = named[(named.province_code != "") & named.batch.notna() & ~named.batch.isin(self.data.complete)]
        cells = [split_list(cell) for cell in (*self.counts.source_ids, *named.source_ids)]
        return sorted({cell[0] for cell in cells if len(cell) == 1})

    def alike(self, province: str, other: str) -> bool:
        """Whether no fact tells two provinces apart."""
        return self.like[province] == self.like[other]

    def clash(self) -> list[Fact]:
        """A smallest set of facts that cannot hold together; empty if all can."""
        if self.program.feasible:
            return []
        solve = lambda: {"places": [self.facts.index(fact) for fact in self.program.clash()]}  # noqa: E731
        found = answer(self.data.folder, self.facts, {"clash": "smallest"}, solve)
        return [self.facts[place] for place in found["places"]]


def refuted(data: Data) -> list[str]:
    """Ids of published counts, set aside or not, that cannot hold beside the imported lists that they speak of.

    Each count is tried alone; one that also speaks of other lists is not tried.
    """
    provinces, complete = list(data.regions.province_code), set(data.complete)
    spans = data.published_counts.set_index("count_id")[["batch_first", "batch_last"]]
    found = []
    for fact in of_counts(data.published_counts, data.published_counts, provinces):
        first, last = spans.loc[fact.id]
        batches = {name[2] for terms, _, _ in fact.rows for name in terms if name[0] == "x"}
        batches |= set(range(first, last + 1))
        lists = of_lists(data, provinces, batches) if batches <= complete else []
        if lists and not Program([fact, *lists], provinces).feasible:
            found.append(fact.id)
    return found


def spans(model: Model, province: str, lists: list[tuple[int, int]]) -> pd.DataFrame:
    """Bounds of one province for several spans of lists: columns lists, low, high, one row per span."""
    found = [model.between(province, first, last) for first, last in lists]
    return pd.DataFrame(
        {
            "lists": [lists_in_words(first, last) for first, last in lists],
            "low": [interval.low for interval in found],
            "high": pd.array([interval.high for interval in found], dtype="Int64"),
        }
    )


def may_lead(table: pd.DataFrame, low: str = "low", high: str = "high") -> pd.DataFrame:
    """Rows of a table of intervals that may hold the largest number: none of the others is surely larger.

    A row whose upper end is missing may always; so may one whose lower end is 0, if its upper end reaches far enough.
    """
    ends = table[high].astype("Float64").fillna(np.inf)
    return table[ends >= table[low].max()]


def without_inferred(model: Model) -> Model:
    """The same model without the counts whose lists are inferred from their date or context."""
    counts = model.data.published_counts
    return model.variant(counts.count_id[counts.span_inferred], exact=True)


def _mentions(code: str, facts: list[Fact]) -> tuple:
    """Which facts name a province, and in which place if they rank: equal for provinces that no fact tells apart."""
    named = [fact for fact in facts if code in fact.provinces]
    return tuple((fact.id, fact.provinces.index(code) if fact.ordered else None) for fact in named)


def overruled(published: list[Fact], lists: list[Fact], provinces: list[str]) -> list[Fact]:
    """Published counts that cannot hold beside imported lists: members of a smallest set to drop, all such sets."""
    program = Program(published + lists, provinces)
    kept = {i for i, fact in enumerate(program.facts) if i >= len(published) or fact.id.startswith(NAMED)}
    found = program.correction(kept) or set()
    size, more = len(found), found
    while more:
        more = program.correction(kept, size, frozenset(found)) - found
        found = found | more
    return [program.facts[i] for i in sorted(found)]
