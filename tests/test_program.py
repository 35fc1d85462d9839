"""Integer programs of facts: extremes, contradictions, what forbids a number; against all values tried one by one."""

import itertools
import math
import pickle
import random
from types import SimpleNamespace

import pytest
from counted import tiny

from chainregistry import bounds
from chainregistry.facts import CEILING, Fact, presence
from chainregistry.program import ClashError, Program
from chainregistry.system import NODES, System

CODES = ["11", "12", "13"]
X = [("x", code, 1) for code in CODES]
MOST = 6
"""Values that are tried: no row below asks for more."""


def fulfils(values, rows):
    return all(low <= sum(terms[name] * values[name] for name in terms) <= high for terms, low, high in rows)


def tried(rows, names=X):
    """All numbers up to MOST that fulfil rows."""
    every = (dict(zip(names, values, strict=True)) for values in itertools.product(range(MOST + 1), repeat=len(names)))
    return [values for values in every if fulfils(values, rows)]


def total(objective, values):
    return sum(weight * values[name] for name, weight in objective.items())


def drawn(generator, signs):
    """A row with some of the unknowns."""
    terms = {name: float(generator.choice(signs)) for name in generator.sample(X, generator.randint(1, 3))}
    low = generator.randint(-2, 4)
    return terms, *generator.choice([(low, low + generator.randint(0, 2)), (low, math.inf), (-math.inf, low + 1)])


# One system


@pytest.mark.parametrize("seed", range(40))
def test_least_and_most_of_a_sum_equal_all_values_tried(seed):
    """Exact, relaxed (never too narrow), and with the numbers that attain the end; none where nothing fulfils all."""
    generator = random.Random(seed)
    rows = [(dict.fromkeys(X, 1.0), 0, MOST), *(drawn(generator, (-2, -1, 1, 1, 2, 3)) for _ in range(3))]
    possible = tried(rows)
    system = System({name: place for place, name in enumerate(X)}, rows)
    for _ in range(2):
        objective = {name: float(generator.choice((-2, -1, 1, 2))) for name in generator.sample(X, 2)}
        for sign, best in ((1, min), (-1, max)):
            end, wide = system.least(objective, sign, True), system.least(objective, sign, False)
            relaxed, attained = system.relaxed(objective, sign), system.optimum(objective, sign, 100)
            if not possible:
                assert end is None and attained is None and (wide is None) == math.isnan(relaxed)
                continue
            assert end == best(total(objective, values) for values in possible)
            assert sign * wide <= sign * end and sign * wide == math.ceil(sign * relaxed - 1e-6)
            limit, values = attained
            assert limit == pytest.approx(end) and fulfils(values, rows) and total(objective, values) == end


def test_whole_numbers_alone_can_forbid_what_their_fractions_allow():
    """2 x + 2 y + 2 z is never 3, but their sum may be 1.5; rows that contradict each other are seen unsolved."""
    every = dict.fromkeys(X, 1.0)
    odd = System({name: place for place, name in enumerate(X)}, [(dict.fromkeys(X, 2.0), 3, 3)])
    assert odd.possible and odd.least(every, 1, True) is None and odd.optimum(every, 1, 9) is None
    assert odd.relaxed(every, 1) == odd.relaxed(every, -1) == pytest.approx(1.5)
    assert (odd.least(every, 1, False), odd.least(every, -1, False)) == (2, 1), "rounded inwards"
    apart = System({X[0]: 0}, [({X[0]: 1.0}, 3, 9), ({X[0]: 1.0}, 0, 2)])
    assert (
        not apart.possible and apart.least({X[0]: 1.0}, 1, True) is None and math.isnan(apart.relaxed({X[0]: 1.0}, 1))
    )
    none = System({X[0]: 0, ("present", "11", 1, 1): 1}, [])
    assert none.possible and none.least({X[0]: 1.0}, -1, True) == CEILING
    assert none.least({("present", "11", 1, 1): 1.0}, -1, True) == 1, "a flag is zero or one"


@pytest.mark.parametrize(
    "rows", [[], [(dict.fromkeys(X, 1.0), 0, 5)], [(dict.fromkeys(X, 1.0), 3, 9), ({X[0]: 1.0}, 4, 4)]]
)
def test_a_flag_is_one_where_there_is_a_service(rows):
    flags = [("present", code, 1, 1) for code in CODES]
    columns = {name: place for place, name in enumerate([*X, *flags])}
    own = [(dict.fromkeys(X, 1.0), 0, MOST), *rows, *(row for flag in flags for row in presence(flag))]
    numbers = [sum(value > 0 for value in values.values()) for values in tried(own[: 1 + len(rows)])]
    count, system = dict.fromkeys(flags, 1.0), System(columns, own)
    assert (system.least(count, 1, True), system.least(count, -1, True)) == (min(numbers), max(numbers))


# Facts


def facts(generator, number):
    """Facts of sums without negative parts, so that all values up to MOST tell whether they can hold."""
    rows = []
    for _ in range(number):
        terms, low = dict.fromkeys(generator.sample(X, generator.randint(1, 3)), 1.0), generator.randint(0, 4)
        rows.append((terms, low, generator.choice([low, low + 1, math.inf])))
    return [Fact(f"f{place}", "", (), (row,)) for place, row in enumerate(rows)]


def hold(chosen, more=()):
    return bool(tried([row for fact in chosen for row in fact.rows] + list(more)))


def smallest(found, suits):
    """The least size of a subset that suits."""
    return min(
        len(some) for size in range(len(found) + 1) for some in itertools.combinations(found, size) if suits(some)
    )


@pytest.mark.parametrize("seed", range(25))
def test_contradictions_and_their_corrections_are_smallest(seed):
    generator = random.Random(seed)
    told = facts(generator, 6)
    program = Program(told, CODES)
    assert program.feasible == hold(told)
    if program.feasible:
        assert program.clash() == [] and program.correction(set()) == set()
        return
    clash, places = program.clash(), range(len(told))
    assert not hold(clash) and len(clash) == smallest(told, lambda some: not hold(some))
    with pytest.raises(ClashError) as caught:
        program.extreme({X[0]: 1.0}, 1)
    assert caught.value.facts == clash and str(caught.value).startswith(
        f"these {len(clash)} facts cannot all be true: "
    )
    sent = pickle.loads(pickle.dumps(caught.value))  # as another process tells it
    assert sent.facts == clash and str(sent) == str(caught.value)
    without = lambda dropped: [fact for place, fact in enumerate(told) if place not in dropped]  # noqa: E731
    dropped = program.correction(set())
    size = smallest(list(places), lambda some: hold(without(some)))
    assert len(dropped) == size and hold(without(dropped))
    kept = {generator.randrange(6), generator.randrange(6)}
    rest = program.correction(kept)
    if hold([told[place] for place in kept]):
        assert not rest & kept and hold(without(rest))
        assert len(rest) == smallest([p for p in places if p not in kept], lambda some: hold(without(some)))
    else:
        assert rest is None
    others = [set(some) for some in itertools.combinations(places, size) if hold(without(some))]
    more = program.correction(set(), size, frozenset(dropped))
    assert more in others and len(more - dropped) == max(len(other - dropped) for other in others)


@pytest.mark.parametrize("seed", range(15))
def test_extremes_under_facts_and_further_rows_equal_all_values_tried(seed):
    generator = random.Random(seed)
    told = [Fact("t", "", (), ((dict.fromkeys(X, 1.0), 0, MOST),)), *facts(generator, 2)]
    program, more = Program(told, CODES), [drawn(generator, (1, 1, -1))]
    if not program.feasible:
        return
    objective = dict.fromkeys(generator.sample(X, 2), 1.0)
    possible = tried([row for fact in told for row in fact.rows])
    ends = [best(total(objective, values) for values in possible) for best in (min, max)]
    assert list(program.extremes(objective)) == ends
    under = [values for values in possible if fulfils(values, more)]
    assert program.allows(more) == bool(under)
    if under:
        found = program.extreme(objective, 1, more), program.extreme(objective, -1, more)
        assert list(found) == [best(total(objective, values) for values in under) for best in (min, max)]
        limit, values = program.optimum(objective, -1, more, 100)
        assert limit == pytest.approx(found[1]) == total(objective, values)
        assert program.relaxed(objective, 1, more) <= found[0]
        assert program.forbidding(more) == []
    else:
        why = program.forbidding(more)
        assert not hold(why, more) and all(hold([fact for fact in why if fact is not one], more) for one in why)


def test_parts_that_no_fact_joins_are_told_apart():
    """Two provinces share five services; of the third there are at least two; of the second list nothing is known."""
    told = [Fact("a", "", (), (({X[0]: 1.0, X[1]: 1.0}, 5, 5),)), Fact("b", "", (), (({X[2]: 1.0}, 2, math.inf),))]
    program = Program(told, CODES)
    assert program.extremes({X[0]: 1.0}) == (0, 5) and program.extremes({X[2]: 1.0}) == (2, None)
    assert program.extremes({X[0]: 1.0, X[1]: 1.0, X[2]: 1.0}) == (7, None)
    assert program.extremes({("x", "11", 2): 1.0}) == (0, None) and program.extremes({}) == (0, 0)
    assert program.extremes({X[0]: 1.0, ("x", "11", 2): 1.0}) == (0, None)
    assert [fact.id for fact in program.forbidding([({X[0]: 1.0}, 6, 9)])] == ["a"]
    assert [fact.id for fact in program.forbidding([({X[2]: 1.0}, 0, 1), ({X[0]: 1.0}, 0, 5)])] == ["b"]
    assert program.forbidding([({("x", "11", 2): 1.0}, 6, 9)]) == []


def test_of_two_reasons_the_one_that_comes_first_is_given():
    """Both facts alone forbid six services; which is given follows the order that is asked for."""
    rows = (({X[0]: 1.0}, 0, 3),)
    told = [Fact("a", "", (), rows), Fact("b", "", (), rows), Fact("c", "", (), (({X[0]: 1.0, X[1]: 1.0}, 0, 9),))]
    program = Program(told, CODES)
    for names in itertools.permutations("abc"):
        found = program.forbidding([({X[0]: 1.0}, 6, 6)], lambda fact, names=names: names.index(fact.id))
        assert [fact.id for fact in found] == [next(name for name in names if name != "c")]


def test_the_relaxation_is_asked_only_if_that_is_said():
    """On each of two lists any two provinces have one service at most: two in all, three if halves were services."""
    every = {("x", code, batch): 1.0 for code in CODES for batch in (1, 2)}
    pairs = [
        {name: 1.0 for name in every if name[2] == batch and name[1] != code} for batch in (1, 2) for code in CODES
    ]
    told = [Fact("a", "", (), tuple((pair, 0, 1) for pair in pairs))]
    assert Program(told, CODES).extremes(every) == (0, 2)
    assert Program(told, CODES, exact=False).extremes(every) == (0, 3)
    assert Program(told, CODES).relaxed(every, -1, []) == pytest.approx(3)


def test_registrants_alone_tell_of_the_services_of_list_one():
    """Two with one service and one with several, which are two services at least."""
    rows = ({("single", "11"): 1.0}, 2, 2), ({("multi", "11"): 1.0}, 1, 1)
    assert Program([Fact("a", "", ("11",), rows)], CODES).extremes({X[0]: 1.0}) == (4, None)


def test_facts_that_forbid_a_number_cannot_be_spared(data):
    """6 of province 11 clash with the total of 5 alone; fewer than 2 with the count alone; 3 with nothing."""
    counts = [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", ">=", 2), (2, 2, "total", "all", "=", 9)]
    asked = bounds.Model(tiny(data, counts)).program
    own = {("x", "11", 1): 1.0}
    assert [fact.id for fact in asked.forbidding([(own, 6, 6)])] == ["c000"]
    assert [fact.id for fact in asked.forbidding([(own, -float("inf"), 1)])] == ["c001"]
    assert [fact.id for fact in asked.forbidding([(own | {("x", "12", 1): 1.0}, 6, 9)])] == ["c000"]
    both = asked.forbidding([(own, -float("inf"), 3), ({("x", "12", 1): 1.0, ("x", "13", 1): 1.0}, 4, 9)])
    assert [fact.id for fact in both] == ["c000", "c001"]
    assert asked.forbidding([(own, 3, 3)]) == [] and asked.allows([(own, 3, 3)]) and not asked.allows([(own, 6, 6)])


def test_a_program_made_tight_has_the_same_answers(data, monkeypatch):
    """The joint program of lists 1 to 3 with and without tightening: some of its ends, and the number of provinces."""
    tight = bounds.Model(data)
    ends = [tight.between(code, 2) for code in ("32", "12", "51")] + [tight.present(1, 2), tight.rank("32", 1, 3)]
    monkeypatch.setattr("chainregistry.system.ROUNDS", 0)
    loose = bounds.Model(data)
    assert ends == [loose.between(code, 2) for code in ("32", "12", "51")] + [
        loose.present(1, 2),
        loose.rank("32", 1, 3),
    ]


def test_a_clash_can_take_all_facts(data):
    counts = [(1, 1, "total", "all", "=", 3), (1, 1, "province", "12", "=", 4)]
    assert [fact.id for fact in bounds.Model(tiny(data, counts)).clash()] == ["c000", "c001"]


def test_a_search_that_ends_without_any_limit_goes_on(monkeypatch):
    """The first searches end early, with neither a solution nor the proof that there is none."""
    name, solve, asked = ("x", "11", 1), System._solve, []

    def ends_early(self, cost, exact, nodes, early=1):
        asked.append(nodes)
        none = SimpleNamespace(mip_dual_bound=None, status=1, message="limit reached")
        return none if len(asked) <= early else solve(self, cost, exact, nodes)

    some = System({name: 0}, [({name: 1.0}, 1, 3)])
    monkeypatch.setattr(System, "_solve", ends_early)
    assert some.least({name: 1.0}, 1, exact=True) == 1 and asked == [NODES, 10 * NODES]
    monkeypatch.setattr(System, "_solve", lambda *known: ends_early(*known, early=99))
    with pytest.raises(RuntimeError, match="not solved: limit reached"):
        some.least({name: 1.0}, -1, exact=True)
