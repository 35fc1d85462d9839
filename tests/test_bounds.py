"""Bounds: against hand-worked cases, against brute force, and against contradictions."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import bounds, filing, kept
from chainregistry.association import rank_association, somers
from chainregistry.data import SHARED
from chainregistry.worth import worth


@pytest.fixture(scope="module")
def model(data):
    return bounds.Model(data)


def only(data, *ids):
    """A model of these counts and nothing else."""
    counts = data.published_counts[data.published_counts.count_id.isin(ids)]
    return bounds.Model(replace(data, published_counts=counts, registrations=data.registrations.iloc[:0]))


def test_list_one_by_hand(data):
    """197 services in 18 provinces, five of which share 165: 32 are left for 13 others, so at most 20 each."""
    few = only(data, "c001", "c004", "c011")
    tibet = few.between("54", 1)
    assert (tibet.low, tibet.high) == (0, 20)
    assert str(few.total(1, 1)) == "197"
    assert few.table().set_index("province_code").high["54"] == 20


def test_numbers_that_follow_by_subtraction(model):
    """Not printed anywhere: Jiangsu on list 1, Beijing on list 4, Zhejiang and Shanghai together on list 2."""
    assert str(model.between("32", 1)) == "12"
    assert str(model.between("11", 4)) == "76"
    assert str(model.between(["31", "33"], 2)) == "88"
    assert str(model.total(6, 8)) == "583"


def test_a_share_printed_as_a_percentage(model):
    """7 of Jiangsu's services on list 7 are about 23 percent: 30 or 31."""
    assert str(model.between("32", 7)) == "30 to 31"


def test_first_seen_provinces_have_nothing_before(model):
    for code in ("15", "23"):
        assert str(model.between(code, 1)) == "0" and model.between(code, 3).low >= 1


def test_nothing_limits_a_list_of_unknown_size(model):
    assert model.between("44", 12).high is None
    assert str(model.between("44", 1, 13)) == "at least 572"


def test_ranks(model):
    assert [str(model.rank(code, 1, 3)) for code in ("11", "44", "33")] == ["1", "2", "3"]
    assert (str(model.rank("31", 1, 3)), str(model.rank("32", 1, 3))) == ("4 to 5", "4 to 9")
    assert model.rank("51", 1, 3).high <= 10  # printed as among the first ten


def test_provinces_alike_have_the_same_answers(data, model):
    """Whichever of them is asked about: in the other order it is another one."""
    other = bounds.Model(replace(data, regions=data.regions.iloc[::-1]))
    for code in ("12", "46", "61", "65"):
        assert model.between(code, 1, 3) == other.between(code, 1, 3)
        assert model.rank(code, 1, 3) == other.rank(code, 1, 3)
    assert model.between("61", 1, 3) != model.between("65", 1, 3)
    table = model.table(1, 3)
    assert table.low.sum() <= 730 <= table.high.sum()


def test_what_a_batch_shares_is_the_answer_to_the_same_question_only(data, model, monkeypatch, tmp_path):
    monkeypatch.setenv(SHARED, str(tmp_path))
    monkeypatch.setenv(kept.RENEW, "anew")  # else what is kept beside the data is not solved
    for _ in "first", "shared":
        again, contradiction = bounds.Model(data), bounds.Model(data, include=["c003"])
        assert [again.between(code, 1, 3) for code in ("12", "61")] == [
            model.between(code, 1, 3) for code in ("12", "61")
        ]
        with pytest.raises(bounds.ClashError):
            contradiction.between("12", 1, 3)
        asked = sorted(path.name for path in tmp_path.iterdir())
    assert len(asked) >= 5  # two extremes of two provinces, and whether the facts can hold together


CASES = [
    [(1, 1, "total", "all", "=", 5), (1, 2, "total", "all", "=", 9), (1, 1, "province", "11", ">=", 2)],
    [(1, 2, "total", "all", "=", 8), (1, 2, "rank", "12>11", "", None), (2, 2, "provinces-present", "all", "=", 2)],
    [(1, 1, "total", "all", "=", 6), (2, 2, "total", "all", "=", 3), (1, 2, "province", "11+12", "=", 4)],
    [
        (1, 2, "total", "all", "=", 7),
        (2, 2, "provinces-present", "13", "=", 1),
        (1, 1, "provinces-present", "all", "=", 1),
    ],
]


def holds(x, count):
    first, last, dimension, key, relation, value = count
    summed = {p: sum(x[p, b] for b in range(first, last + 1)) for p in ("11", "12", "13")}
    if dimension == "rank":
        order = key.split(">")
        return all(summed[a] >= summed[b] for a, b in itertools.pairwise(order)) and all(
            summed[order[-1]] >= summed[p] for p in summed if p not in order
        )
    if dimension == "provinces-present" and key == "all":
        return sum(n > 0 for n in summed.values()) == value
    if dimension == "provinces-present":
        return summed[key] >= 1 and all(x[key, b] == 0 for b in range(1, first))
    total = sum(summed[p] for p in (summed if key == "all" else key.split("+")))
    return total == value if relation == "=" else total >= value


@pytest.mark.parametrize("counts", CASES)
def test_bounds_ranks_associations_and_worth_equal_brute_force(data, counts):
    keys = [(p, b) for p in ("11", "12", "13") for b in (1, 2)]
    feasible = [
        dict(zip(keys, values, strict=True))
        for values in itertools.product(range(10), repeat=6)
        if sum(values) <= 9 and all(holds(dict(zip(keys, values, strict=True)), count) for count in counts)
    ]
    model = bounds.Model(tiny(data, counts))
    services = [{p: x[p, 1] + x[p, 2] for p in ("11", "12", "13")} for x in feasible]
    for p in ("11", "12", "13"):
        own = [x[p] for x in services]
        found = model.between(p, 1, 2)
        assert (found.low, found.high) == (min(own), max(own))
        places = [1 + sum(x[q] > x[p] for q in x) for x in services]
        rank = model.rank(p, 1, 2)
        assert (rank.low, rank.high) == (min(places), max(places))

    for other in ({"11": 3, "12": 1, "13": 2}, {"11": 1, "12": 5, "13": 5}, {"11": 0, "12": 1, "13": 2}):
        other = pd.Series(other)
        values = [somers(pd.Series(x), other) for x in map(dict, {tuple(x.items()) for x in services})]
        found = rank_association(model, other, 1, 2)
        assert found.proved and (found.sure.low, found.sure.high) == pytest.approx((min(values), max(values)))
        assert [somers(pd.Series(at), other) for at in found.at] == pytest.approx([min(values), max(values)])
        assert all(dict(at) in services for at in found.at), "attained by numbers that fulfil all facts"

    def width(told):
        return sum(max(x[p] for x in told) - min(x[p] for x in told) for p in ("11", "12", "13"))

    for row in worth(model, ["11", "12", "13"], 1, 2).itertuples():
        told = {
            v: width([x for x in services if x[row.province_code] == v])
            for v in {x[row.province_code] for x in services}
        }
        ends = (max(told.values()), min(told.values()))
        assert (row.total, row.least, row.most) == (width(services), *(width(services) - end for end in ends))
        assert (told[row.least_at], told[row.most_at]) == (max(told.values()), min(told.values()))


def test_a_clash_is_named_with_its_smallest_set(data):
    with pytest.raises(
        bounds.ClashError,
        match=r"these 2 facts cannot all be true: c002 .list 1: total all = 165 entities.; c003 .list 1: ",
    ) as clash:
        bounds.Model(data, include=["c003"]).between("11", 1)
    assert [fact.id for fact in clash.value.facts] == ["c002", "c003"]


def test_the_clash_that_this_project_found(data):
    """18 registrants of Shanghai contradict 19 services, since all with several services sit elsewhere."""
    clash = {fact.id for fact in bounds.Model(data, include=["c010"]).program.clash()}
    assert clash == {"c009", "c010", "c015", *(f"c{i:03d}" for i in range(20, 28))}


def test_the_facts_in_use_do_not_clash(model):
    assert model.clash() == []


def test_an_unknown_fact_is_refused(data):
    with pytest.raises(ValueError, match="no published count has the id c999"):
        bounds.Model(data, include=["c999"])


def test_intervals_in_words():
    assert [str(bounds.Interval(*ends)) for ends in ((2, 2), (2, 1500), (3, None))] == ["2", "2 to 1,500", "at least 3"]
    assert f"{bounds.Interval(1, 3) / 2:.2f}" == "0.50 to 1.50"


def official_rows(codes, numbers=None):
    """List 1 as imported, with one service for each province code."""
    short = {code: name for name, code in filing.PROVINCES.items()}
    return pd.DataFrame(
        {
            "batch": pd.array([1] * len(codes), dtype="Int64"),
            "province_code": codes,
            "filing_number": numbers or [f"{short[code]}网信备{code}{place:03}" for place, code in enumerate(codes)],
            "simulated": False,
        }
    )


LISTED = official_rows(["11"] * 6)
"""List 1, imported: six services, all of one province."""


def test_a_number_that_names_two_provinces_counts_for_neither(data):
    rows = official_rows(["11", "11", "11"], ["京网信备11", "沪网信备11", "津网信备11"])
    model = bounds.Model(replace(tiny(data, []), published_counts=data.published_counts.iloc[:0], official=rows))
    assert [str(model.between(code, 1)) for code in ("11", "12", "13")] == ["1 to 3", "0 to 2", "0 to 2"]


def test_published_counts_refuted_by_a_list_by_hand(data):
    """Six services, all of province 11: the total and the rank are wrong, the rest holds or speaks of other lists."""
    counts = [
        (1, 1, "total", "all", "=", 7), (1, 1, "rank", "12>11", "", None), (1, 1, "province", "11", ">=", 5),
        (1, 1, "provinces-present", "all", "=", 1), (1, 2, "total", "all", "=", 3),
    ]  # fmt: skip
    assert bounds.refuted(replace(tiny(data, counts), official=LISTED)) == ["c000", "c001"]


def test_a_count_that_also_speaks_of_another_list_is_not_tried(data):
    """Province 13 first seen on list 2 says that it has none on list 1, which is not imported."""
    second = LISTED.assign(batch=pd.array([2] * 6, dtype="Int64"))
    seen = [(2, 2, "provinces-present", "13", "=", 1), (2, 2, "total", "all", "=", 7)]
    assert bounds.refuted(replace(tiny(data, seen), official=second)) == ["c001"]


def test_an_imported_list_is_exact_and_overrules_counts_that_clash(data, tmp_path):
    """A list 1 that fits all counts, but for services of Inner Mongolia, which c060 first sees on list 3."""
    others = [code for code in data.regions.province_code if code not in ("11", "44", "33", "31", "32", "15", "23")]
    services = {"11": 63, "44": 47, "33": 24, "31": 19, "32": 12, "15": 20} | dict.fromkeys(others[:12], 1)
    codes = [code for code, number in services.items() for _ in range(number)]
    rows = official_rows(codes)
    model = bounds.Model(replace(data, official=rows))
    assert [str(model.between(code, 1)) for code in ("11", "15", others[0], others[-1])] == [
        "63",
        "20",
        "1",
        "0",
    ]
    assert str(model.total(1)) == "197"
    assert [fact.id for fact in model.overruled] == ["c060"]
    assert str(model.between("11", 2)) == "87"  # other lists keep their counts


@pytest.mark.parametrize(
    ("counts", "overruled"),
    [
        # 6 on list 1 and 3 on list 2 make 9: nothing to overrule.
        ([(1, 2, "total", "all", "=", 9), (2, 2, "total", "all", "=", 3)], []),
        # 6 and 4 make 10, not 9: either count may be wrong, so neither is used.
        ([(1, 2, "total", "all", "=", 9), (2, 2, "total", "all", "=", 4)], ["c000", "c001"]),
        # Two counts say 4 on list 2, one would make it 3: that one is the fewest to drop.
        (
            [(1, 2, "total", "all", "=", 9), (2, 2, "total", "all", "=", 4), (2, 2, "province", "12", "=", 4)],
            ["c000"],
        ),
        # A count of the imported list alone is never used, right or wrong.
        ([(1, 1, "total", "all", "=", 7), (2, 2, "total", "all", "=", 4)], []),
    ],
)
def test_what_an_imported_list_overrules_by_hand(data, counts, overruled):
    model = bounds.Model(replace(tiny(data, counts), official=LISTED))
    assert [fact.id for fact in model.overruled] == overruled
    assert str(model.between("11", 1)) == "6" and str(model.between("12", 1)) == "0"
    assert model.clash() == []


def test_named_rows_are_not_overruled(data):
    """6 on list 1 and two named on list 2 are more than the 7 that a count has for both."""
    rows = data.registrations.iloc[:2].assign(province_code="11", batch=pd.array([2, 2], dtype="Int64"))
    counted = tiny(data, [(1, 2, "total", "all", "=", 7)])
    model = bounds.Model(replace(counted, official=LISTED, registrations=rows.assign(confidence="high")))
    assert [fact.id for fact in model.overruled] == ["c000"] and str(model.between("11", 2)) == "at least 2"


def test_counts_that_contradict_each_other_are_told_before_a_list_overrules_any(data):
    counts = [(2, 2, "total", "all", "=", 3), (2, 2, "province", "12", "=", 4), (1, 2, "total", "all", "=", 20)]
    model = bounds.Model(replace(tiny(data, counts), official=LISTED))
    assert [fact.id for fact in model.clash()] == ["c000", "c001"] and model.overruled == []
    with pytest.raises(bounds.ClashError, match=r"c000 .* c001"):
        model.between("11", 1)


def test_imported_lists_alone_need_no_published_count(data):
    model = bounds.Model(replace(tiny(data, []), published_counts=data.published_counts.iloc[:0], official=LISTED))
    assert (str(model.total(1)), model.rank("11", 1), str(model.between("12", 1))) == ("6", bounds.Interval(1, 1), "0")


def test_rank_association_by_hand():
    """Pairs that differ in the other number: (a, b) alike, (a, c) alike, (b, c) tied."""
    assert somers(pd.Series({"a": 5, "b": 2, "c": 2}), pd.Series({"a": 3, "b": 2, "c": 1})) == pytest.approx(2 / 3)
    assert somers(pd.Series({"a": 1, "b": 2}), pd.Series({"b": 1, "a": 2})) == -1
    assert pd.isna(somers(pd.Series({"a": 1, "b": 2}), pd.Series({"a": 1, "b": 1})))


def test_provinces_present(model):
    assert str(model.present(1, 1)) == "18" and str(model.present(1, 3)) == "24"


def test_worth_of_one_more_number_by_hand(data):
    """Three provinces share five services: widths 5 each. Told v, the others have 5 - v each: least at 0, most at 5."""
    model = bounds.Model(tiny(data, [(1, 1, "total", "all", "=", 5)]))
    found = worth(model, ["11"], 1, 1).iloc[0]
    assert (found.width, found.least, found.most, found.total) == (5, 5, 15, 15)
    assert (found.least_at, found.most_at) == (0, 5)


def test_the_least_worth_lies_inside_the_range(data):
    """Province 11 shares the three of list 1 with 12 and the three of list 2 with 13: 0 to 6, 0 to 3 and 0 to 3.

    Told 0 or 6 of it, nothing is left open; told 3, the other two may have 0 to 3 each as before.
    """
    counts = [
        (1, 1, "total", "all", "=", 3), (2, 2, "total", "all", "=", 3),
        (2, 2, "province", "12", "=", 0), (1, 1, "province", "13", "=", 0),
    ]  # fmt: skip
    found = worth(bounds.Model(tiny(data, counts)), ["11"], 1, 2).iloc[0]
    assert (found.total, found.least, found.least_at, found.most, found.most_at) == (12, 6, 3, 12, 0)


@pytest.mark.parametrize(
    "counts",
    [
        [(1, 1, "total", "all", "=", 14), (2, 2, "total", "all", "=", 9), (1, 2, "province", "12", ">=", 5),
         (1, 2, "rank", "11>13", "", None), (1, 1, "province", "12", ">=", 2)],
        [(1, 2, "total", "all", "=", 7), (1, 1, "province", "11+12", "=", 2), (1, 2, "province", "12+13", ">=", 3)],
    ],
)  # fmt: skip
def test_worth_is_that_of_all_values_tried_one_by_one(data, counts):
    model = bounds.Model(tiny(data, counts))
    width = lambda table: int((table.high - table.low).sum())  # noqa: E731
    for row in worth(model, model.provinces, 1, 2).itertuples():
        own, tried = model.between(row.province_code, 1, 2), {}
        for value in range(int(own.low), int(own.high) + 1):
            place = (row.province_code, 1, 2)
            if model.program.allows([({("x", place[0], 1): 1.0, ("x", place[0], 2): 1.0}, value, value)]):
                tried[value] = width(model.variant(given={place: value}, exact=True).table(1, 2))
        assert (row.most, row.least) == (row.total - min(tried.values()), row.total - max(tried.values()))
        assert (tried[row.most_at], tried[row.least_at]) == (min(tried.values()), max(tried.values()))
        assert (row.width, row.total) == (own.width, width(model.table(1, 2)))


def test_worth_needs_a_limit(data):
    with pytest.raises(ValueError, match="nothing limits"):
        worth(bounds.Model(tiny(data, [(1, 1, "province", "11", ">=", 5)])), ["11"], 1, 1)


def test_no_association_without_a_difference_or_a_limit(data):
    model = bounds.Model(tiny(data, [(1, 1, "total", "all", "=", 5)]))
    same = rank_association(model, pd.Series({"11": 1, "12": 1, "13": 1}), 1, 1)
    assert (same.pairs, same.sure, same.attained) == (0, bounds.Interval(-1, 1), bounds.Interval(-1, 1))
    with pytest.raises(ValueError, match="no number for province 13"):
        rank_association(model, pd.Series({"11": 1, "12": 1}), 1, 1)
    with pytest.raises(ValueError, match="nothing limits"):
        rank_association(model, pd.Series({"11": 1, "12": 2, "13": 3}), 1, 2)


def test_a_maximum_includes_those_whose_range_reaches_it():
    table = pd.DataFrame({"name": list("abcd"), "low": [5, 0, 2, 0], "high": pd.array([9, 5, 4, None], dtype="Int64")})
    assert list(bounds.may_lead(table).name) == ["a", "b", "d"]


def test_leaving_out_a_document_widens_what_rests_on_it_alone(data):
    """List 1 of five: 3 of province 11 by two documents, 1 of 12 by one of them alone."""
    small = tiny(
        data, [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", "=", 3), (1, 1, "province", "12", "=", 1)]
    )
    counts = small.published_counts.assign(source_ids=["s001", "s001 s002", "s002"])
    model = bounds.Model(replace(small, published_counts=counts))
    assert model.documents() == ["s001", "s002"] and str(model.between("13", 1)) == "1"
    less = model.without_document("s002")
    assert [str(less.between(code, 1)) for code in ("11", "12", "13")] == ["3", "0 to 2", "0 to 2"]
    assert model.without_document("s001").between("13", 1).high is None
    copies = bounds.Model(replace(small, published_counts=counts.assign(source_ids=["s003", "s001 s002", "s001"])))
    less = copies.without_document("s001", "s002")
    assert [str(less.between(code, 1)) for code in ("11", "12")] == ["0 to 5", "0 to 5"], "copies of one text"


def test_counts_whose_lists_are_inferred_can_be_left_out(data):
    small = tiny(data, [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", "=", 3)])
    counts = small.published_counts.assign(span_inferred=[False, True])
    model = bounds.Model(replace(small, published_counts=counts))
    assert (str(model.between("11", 1)), str(bounds.without_inferred(model).between("11", 1))) == ("3", "0 to 5")


def test_a_ranking_by_registrants_outside_list_one_says_nothing_of_services(data):
    ranked = tiny(data, [(1, 2, "total", "all", "=", 5), (1, 2, "rank", "12>11", "", None)])
    counts = ranked.published_counts.assign(unit=["services", "entities"])
    model = bounds.Model(replace(ranked, published_counts=counts))
    assert [fact.id for fact in model.facts] == ["c000"] and str(model.between("11", 1, 2)) == "0 to 5"


def test_a_share_is_taken_of_the_services_of_the_same_lists(data):
    """40 percent of list 1 with 10 services are 4; not of its 7 registrants, nor of lists 1 and 2 with 90."""
    rows = [(1, 1, "total", "all", "=", 7), (1, 2, "total", "all", "=", 90), (1, 1, "total", "all", "=", 10)]
    small = tiny(data, [*rows, (1, 1, "province", "11", "=", 40)])
    counts = small.published_counts.assign(unit=["entities", "services", "services", "percent"])
    model = bounds.Model(replace(small, published_counts=counts))
    assert str(model.between("11", 1)) == "4"


def test_spans_of_lists_in_words(data):
    model = bounds.Model(tiny(data, [(1, 1, "total", "all", "=", 5)]))
    assert list(bounds.spans(model, "11", [(1, 1), (1, 2)]).lists) == ["list 1", "lists 1 and 2"]
