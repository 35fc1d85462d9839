"""Ranges as a page shows them: on tables and counts made for the case, and on the data."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import bounds, counts, inferred, layers, neighbours, ranges, totals
from chainregistry.prose import cite
from chainregistry.values import Interval, Share, over

FOUR = ["11", "44", "33", "31"]
WITHOUT = "if only counts with list numbers are used"
PLACED = "if counts without list numbers are assigned to the right lists"
RANGES = pd.DataFrame(
    {
        "name_en": ["A", "B", "C", "D", "E", "F"], "slug": list("abcdef"), "low": [9, 7, 0, 0, 0, 2],
        "high": pd.array([9, 7, 4, 4, 4, 5], dtype="Int64"),
        "inferred": [False, True, True, True, True, False], "short_zh": "",
    }
)  # fmt: skip
ENDS = pd.DataFrame(
    {
        "province_code": list("abcdef"), "name_en": list("ABCDEF"), "slug": list("abcdef"), "short_zh": list("abcdef"),
        "low": [0, 5, 63, 0, 3, 0], "high": pd.array([90, 1600, 63, 90, None, 90], dtype="Int64"),
        "population_2020": [1_000_000, 2_000_000, 500_000, 1, 1, 1],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def model(data):
    """Five services on list 1, four on list 2; 3 of Beijing on list 1, by two documents; 1 of Tianjin by one.

    So Hebei has 1 on list 1; on list 2 Beijing and Tianjin have at least 6 - 4 = 2, and Hebei at most 2.
    """
    counts = [
        (1, 1, "total", "all", "=", 5), (2, 2, "total", "all", "=", 4), (1, 1, "province", "11", "=", 3),
        (1, 1, "province", "12", "=", 1), (1, 2, "province", "11+12", ">=", 6), (2, 2, "province", "13", "=", 9),
    ]  # fmt: skip
    small = tiny(data, counts)
    told = small.published_counts.assign(
        source_ids=["s001", "s001", "s001 s002", "s002", "s003", "s003"], set_aside=["", "", "", "", "", "wrong"]
    )
    batches = small.batches.assign(services=pd.array([5, None], dtype="Int64"))
    sources = pd.DataFrame(
        {"source_id": ["s001", "s002", "s003"], "publisher": list("PQR"), "published": ["2020-01-17", "", "2019-03"]}
    )
    return bounds.Model(replace(small, published_counts=told, batches=batches, sources=sources))


# In few characters, per head, and those of one range together


def test_a_range_in_few_characters():
    assert list(ranges.written(ENDS).range) == ["0–90", "5–1,600", "63", "0–90", "3+", "0–90"]


def test_services_per_million_residents():
    table = ranges.per_head(ENDS.iloc[:3])
    assert table.low.tolist() == [0, 2.5, 126] and table.high.tolist() == [90, 800, 126]


def test_who_leads_for_its_size_and_who_could(data):
    facts, heads = bounds.Model(data), data.regions.assign(low=0.0, high=1.0).set_index("name_en", drop=False)
    told = ranges.leading_for_its_size(facts, heads.loc["Beijing"], heads.loc[["Tibet", "Ningxia"]], 3)
    assert told == "Beijing had 10.6 services per million residents; only Tibet and Ningxia could have had more"
    assert ranges.leading_for_its_size(facts, heads.loc["Beijing"], heads.head(0), 3).endswith("residents")


def test_a_number_that_rests_on_inferred_lists_is_told_apart():
    assert ranges.known_exactly(RANGES) == f"A; {PLACED}, also B"
    assert ranges.known_exactly(RANGES.iloc[1:]) == f"none; {PLACED}, B"
    assert ranges.known_exactly(RANGES[RANGES.name_en != "B"]) == "A"
    assert ranges.known_exactly(RANGES.iloc[2:]) == "none"
    assert ranges.known_exactly(RANGES.iloc[[1, 0]].assign(inferred=False)) == "A and B", "the largest first"


def test_provinces_of_one_range_share_a_line_and_keep_their_names_where_they_are_few():
    """From the largest down; three of 0 to 4 are named in one line, four of 1 counted, two without an end named."""
    more = pd.DataFrame(
        {
            "name_en": list("GHIJKL"), "slug": list("ghijkl"), "low": [1, 1, 1, 1, 0, 0],
            "high": pd.array([1, 1, 1, 1, None, None], dtype="Int64"),
            "inferred": [False, True, False, False, False, True], "short_zh": list("ghijkl"),
        }
    )  # fmt: skip
    table = ranges.together(pd.concat([RANGES, more]))
    assert list(table.columns) == ["name_en", "short_zh", "slug", "low", "high", "inferred"]
    assert table.fillna({"high": -1}).values.tolist() == [
        ["A", "", "a", 9, 9, False], ["B", "", "b", 7, 7, True], ["F", "", "f", 2, 5, False],
        ["4 other provinces", "", "", 1, 1, True], ["C, D and E", "", "", 0, 4, True],
        ["K and L", "", "", 0, -1, True],
    ]  # fmt: skip


def test_what_some_have_at_least_and_what_is_left():
    table = ranges.parts(ENDS, ["c", "b"], Interval(80, 100))
    assert table.values.tolist() == [["C", "c", 63], ["B", "b", 5], ["the other 4 provinces, or open", "", 12]]


def test_what_is_left_is_open_only_where_a_number_is():
    regions = RANGES.assign(province_code=RANGES.slug)
    assert ranges.parts(regions, ["a", "b"], Interval(20, 20)).name_en.iloc[-1] == "the other 4 provinces"
    assert ranges.parts(regions, ["a", "f"], Interval(20, 20)).name_en.iloc[-1].endswith("or open")
    assert ranges.parts(regions, ["a", "b"], Interval(20, 21)).name_en.iloc[-1].endswith("or open")


# On single lists


def test_shares_of_lists_are_parts_of_their_wholes(model):
    """Four of the five on list 1; list 2 has no size, and a list after the fifth is not shown."""
    late = model.data.batches.iloc[[0, 0]].assign(batch=[1, 6])
    sixth = bounds.Model(replace(model.data, batches=late))
    for asked in (model, sixth):
        table = ranges.by_list(asked, {"two": ["11", "12"], "Hebei": ["13"]})
        assert table.values.tolist() == [
            ["two", 1, "list 1", Share(0.8, 0.8), 80, 80], ["Hebei", 1, "list 1", Share(0.2, 0.2), 20, 20],
        ]  # fmt: skip
    assert list(table.columns) == ["whose", "batch", "list", "share", "low", "high"]


def test_shares_of_lists_and_from_the_least_to_the_most(data):
    table = ranges.by_list(bounds.Model(data), {"the four": FOUR, "Beijing": ["11"]})
    beijing = table[table.whose == "Beijing"].set_index("batch")
    assert beijing.low[1] == beijing.high[1] == pytest.approx(100 * 63 / 197)
    assert beijing.low[5] == pytest.approx(100 * 37 / 223)
    assert over([Share(0.2, 0.3), Share(0.1, 0.25)]) == Share(0.1, 0.3)
    assert over([Interval(2, 5), Interval(1, None)]) == Interval(1, None)


def test_provinces_whose_number_on_one_list_is_known(model):
    table = ranges.exact_on(model, model.data.regions, 1)
    assert list(table.columns) == ["name_en", "low"] and table.low.tolist() == [3, 1, 1]
    assert table.name_en[0] == "Beijing" and ranges.exact_on(model, model.data.regions, 2).empty


# Without each document, and without inferred lists


def test_each_document_that_widens_a_range_is_told_with_what_is_left(model):
    """Without Q Tianjin may have up to 2 on list 1; without R the two may have none on list 2; without P no total."""
    table = ranges.without_each(model, ["11", "12"], 1, 2)
    assert list(table.columns) == ["document", "share", "together", "Beijing", "Tianjin", "source_ids"]
    assert table.document.tolist() == ["R, March 2019", "Q, undated", "P, 17 January 2020"], "the least sum first"
    assert table.source_ids.tolist() == ["s003", "s002", "s001"]
    assert table.together.tolist() == [Interval(4, 8), Interval(6, 9), Interval(6, None)]
    assert table.Beijing.tolist() == [Interval(3, 7), Interval(3, 7), Interval(3, None)]
    assert table.Tianjin.tolist() == [Interval(1, 5), Interval(0, 6), Interval(1, None)]
    assert table.share.tolist() == [Share(4 / 9, 8 / 9), Share(6 / 9, 1), Share(0, 1)]
    only = ranges.without_each(model, ["11"], 1, 1)
    assert only.empty, "two documents tell of Beijing on list 1"


def test_a_document_that_moves_one_province_is_told_even_if_the_sum_stays(data):
    """Without the interview (s111) Zhejiang and Shanghai are open, and their sum with the other two is not."""
    model = bounds.Model(data)
    row = ranges.without_each(model, FOUR, 1, 3).set_index("source_ids").loc["s111"]
    less = model.without_document("s111")
    assert row.together == model.between(FOUR, 1, 3)
    assert row.Zhejiang == less.between("33", 1, 3) != model.between("33", 1, 3)
    assert row.Beijing == model.between("11", 1, 3)


def test_inferred_lists_are_told_of_each_range(data):
    model = bounds.Model(data)
    table = inferred.marked(model, model.table(1, 3, [*FOUR, "53"]), 1, 3).set_index("province_code")
    assert table.inferred.to_dict() == {"11": False, "44": False, "33": True, "31": True, "53": False}


def test_a_range_rests_on_inferred_lists_if_either_end_does(data):
    """List 1: at least 2 of 11 is inferred, which has no other end. List 2: none of 12, which else begins at none."""
    counts = [
        (1, 1, "province", "11", ">=", 2), (2, 2, "province", "12", "=", 0), (2, 2, "province", "13", ">=", 1),
    ]  # fmt: skip
    small = tiny(data, counts)
    told = small.published_counts.assign(span_inferred=[True, True, False])
    model = bounds.Model(replace(small, published_counts=told))
    marks = [inferred.marked(model, model.table(n), n, n).inferred.tolist() for n in (1, 2)]
    assert marks == [[True, False, False], [False, True, False]]
    assert inferred.marked(model, model.table(2).iloc[1:], 2, 2).inferred.tolist() == [True, False], "some rows"


def test_what_inferred_lists_do_to_all_ranges_is_told():
    """A and B are one number by them, C has its least by them and D an end; E and F have 5 and 1 less at most; G has
    the same without them."""
    table = pd.DataFrame(
        {"name_en": list("ABCDEFG"), "low": [9, 7, 2, 0, 0, 0, 4], "high": [9, 7, 24, 6, 90, 90, 8]}
    ).astype({"high": "Int64"})
    less = pd.DataFrame({"low": [3, 5, 1, 0, 0, 0, 4], "high": pd.array([12, 8, 96, None, 95, 91, 8], dtype="Int64")})
    told = lambda rows: inferred.effect(table.iloc[rows], less.iloc[rows])  # noqa: E731
    begin = "if counts without list numbers are left out,"
    assert told(range(7)) == (
        f"{begin} A could have 3 to 12 services, B 5 to 8, C 1 to 96 and D at least 0, and the upper limits of 2 other"
        " provinces would be 1 to 5 higher"
    )
    assert told([4]) == f"{begin} the upper limit of 1 province would be 5 higher" and told([6]) == ""
    assert inferred.effect(table[:1], less[:1], "these") == "if these are left out, A could have 3 to 12 services"


def test_a_number_that_follows_from_a_rounded_share_is_told(data):
    """On list 7 a district with 7 services has about 23 per cent of those of Jiangsu."""
    model = bounds.Model(data)
    shares = inferred.of_shares(model, "32")
    assert inferred.from_shares(model, shares) == (
        "Xiangcheng (Suzhou) is said to have about 23 per cent of the services of Jiangsu on list 7; if this means"
        " 22.5 to 23.5 per cent, Jiangsu has 30 to 31 services on it, 7 of them from Xiangcheng (Suzhou)."
    )
    none = inferred.of_shares(model, "33")
    assert none.empty and inferred.from_shares(model, none) == ""
    seven = pd.DataFrame({"lists": ["list 3", "list 7"], "low": 1, "high": pd.array([1, 2], dtype="Int64")})
    end = "; of later lists only those for which we have a number"
    assert ranges.caption(3, seven).endswith(end) and not ranges.caption(7, seven).endswith("known")


# Of one province


@pytest.fixture(scope="module")
def less(model):
    """The same without the count of Beijing on list 1, as if its lists were inferred.

    So 4 on list 1 are of Beijing or of Hebei, and at least one is of Beijing: with Tianjin it has 6 on both lists.
    """
    return model.variant(["c002"], exact=True)


def known_to_list(data, last):
    """Beijing has 3 services on list 1 and none on the lists after it; nothing else is printed of these lists."""
    counts = [(n, n, "province", "11", "=", 3 if n == 1 else 0) for n in range(1, last + 1)]
    return bounds.Model(replace(tiny(data, counts), batches=data.batches.iloc[: last + 1]))


def test_the_ranges_of_one_province(model, less):
    table = ranges.of_one(less, "11", 2)
    assert table.lists.tolist() == ["list 1", "list 2", "lists 1 and 2"]
    assert (table.low.tolist(), table.high.tolist()) == ([1, 0, 1], [4, 4, 8])
    assert ranges.of_one(model, "13", 1).lists.tolist() == ["list 1"], "a count that was set aside speaks of list 2"
    assert ranges.of_one(model, "11", 1).lists.tolist() == ["list 1"], "a longer span has another scale"
    assert ranges.of_one(model, "11", 9).lists.tolist() == [
        "list 1", "list 2", "list 3", "list 4", "list 5", "lists 1 and 2", "lists 1 to 9",
    ]  # fmt: skip


def test_spans_of_lists_stand_after_their_single_ones_and_before_later_ones(data):
    counts = [
        (1, 7, "province", "11", "=", 9), (2, 3, "province", "11+12", ">=", 1), (7, 7, "province", "11", "=", 2),
        (1, 3, "province", "11", ">=", 1), (4, 9, "province", "11", ">=", 1), (1, 2, "province", "12", ">=", 1),
    ]  # fmt: skip
    model = bounds.Model(replace(tiny(data, counts), batches=data.batches.iloc[:9]))
    assert ranges.of_one(model, "11", 7).lists.tolist() == [
        "list 1", "list 2", "list 3", "list 4", "list 5", "list 7", "lists 2 and 3", "lists 1 to 3", "lists 1 to 7",
    ]  # fmt: skip
    assert ranges.of_one(model, "11", 3).lists.tolist() == [
        "list 1", "list 2", "list 3", "lists 2 and 3", "lists 1 to 3", "list 7",
    ]  # fmt: skip


def test_the_range_of_a_province_in_a_sentence():
    end = "blockchain services registered on lists 1 to 3 (2019 to 2020)"
    whole = Interval(730, 730)

    def told(*ends):
        return ranges.statement("X", Interval(*ends), whole, 3, "2019 to 2020")

    assert told(5, 9) == f"X has 5 to 9 of the 730 {end}"
    assert told(0, 9) == f"X may have 0 to 9 of the 730 {end}" and told(0, 0) == f"X has 0 of the 730 {end}"
    assert told(7, 7) == f"X has 7 of the 730 {end}"
    assert told(0, None) == f"X has an unknown number of the 730 {end}"
    at_least = ranges.statement("X", Interval(3, None), Interval(9, None), 3, "2019 to 2020")
    assert at_least == f"X has at least 3 of at least 9 {end}"


def test_a_caption_tells_of_ranges_and_of_later_lists_only_where_there_are_any():
    shows = "Services, from the least to the most possible"
    one = pd.DataFrame({"low": [7, 1], "high": pd.array([7, 1], dtype="Int64")})
    open_ = pd.DataFrame({"low": [7, 1], "high": pd.array([7, None], dtype="Int64")})

    assert ranges.caption(3, open_) == shows
    assert ranges.caption(3, one) == "Services", "no range is shown"
    later = one.assign(lists=["list 3", "list 7"])
    only = "Services; of later lists only those for which we have a number"
    assert ranges.caption(3, later) == only
    assert ranges.caption(7, later) == ranges.caption(3, later.assign(lists="lists 1 to 7")) == "Services"


def test_how_many_services_of_a_province_are_named():
    """Two more of the five stand in no province: any of them may be here."""
    names = {"service_en": ["A", "", "C", "D", "E"], "service_zh": "", "entity_en": ["", "B", "", "", ""]}
    codes = {"entity_zh": "", "province_code": ["11", "11", "11", "", ""]}
    everyone = pd.DataFrame(names | codes | {"batch": pd.array([1, 9, None, 1, 1], dtype="Int64")})
    rows = everyone[everyone.province_code == "11"]
    here, on = "that public sources identify", "known to stand on one of lists 1 to"
    some = f"3 services {here},"
    assert ranges.named(rows, 3) == f"{some} 1 of them {on} 3" and ranges.named(rows, 9) == f"{some} 2 of them {on} 9"
    assert ranges.named(rows.iloc[1:2], 3) == f"1 service {here}, not {on.replace('one', 'any')} 3"
    assert ranges.named(rows.head(1), 3) == f"1 service {here}, {on} 3"
    assert ranges.named(rows.iloc[[1, 2]], 3) == f"2 services {here}, none of them {on.replace('one', 'any')} 3"
    assert ranges.named(rows.head(0), 3) == ""
    assert ranges.nowhere(everyone) == "to which provinces 2 of the 5 services that public sources identify belong"
    assert ranges.nowhere(everyone.head(4)).startswith(
        "to which province 1 of the 4 services that public sources ident"
    )
    assert ranges.nowhere(everyone.head(4)).endswith(" belongs") and ranges.nowhere(rows) == ""


def test_services_that_are_listed_and_not_counted_in_a_list_of_what_is_known():
    rows = pd.DataFrame({"confidence": ["high", "medium", "low"]})
    assert totals.unsure(rows, rows.head(2)) == "1 doubtful service" and totals.unsure(rows, rows) == ""
    assert totals.unsure(rows, rows.head(1)) == "2 less certain services"


def test_which_lists_were_not_seen(model):
    """Two lists; of the first, and then of both, each service has a row."""
    lists = "The internet regulator publishes registered services in numbered lists"
    told = f"{lists}; we have not seen {{}}these, only what others printed from them and the filing"
    told += " numbers that registrants show on their sites."
    alone = replace(model.data, official=model.data.official.head(0))
    assert layers.numbered(alone) == told.format("")

    def rows(*lists):
        return pd.DataFrame({"batch": pd.array(lists, dtype="Int64"), "filing_number": "1", "simulated": False})

    sized = alone.batches.assign(services=pd.array([2, 1], dtype="Int64"))
    seen = lambda *lists: layers.numbered(replace(alone, batches=sized, official=rows(*lists)))  # noqa: E731
    assert seen(1, 1) == told.format("all of ") and seen(1, 1, 2) == f"{lists}."


def test_list_by_list(model, less, data):
    told = ranges.list_by_list
    assert told(model, "11", "Beijing", 1) == "Beijing: 3 services on list 1"
    assert told(model, "11", "Beijing", 2) == (
        "Of lists 1 and 2, least is known of list 2: Beijing may have 0 to 4 services on it"
    )
    assert told(less, "11", "X", 1) == "X may have 1 to 4 services on list 1"
    assert told(model, "11", "Beijing", 3) == "Beijing may have any number of services on list 3"
    assert told(model, "11", "Beijing", 4) == "Beijing may have any number of services on each of lists 3 and 4"
    unlimited = bounds.Model(tiny(data, [(1, 1, "province", "11", ">=", 2)]))
    assert told(unlimited, "11", "X", 1) == "X may have at least 2 services on list 1"
    known = known_to_list(data, 6)
    assert told(known, "11", "X", 3) == "X: 3 services on list 1, 0 on list 2 and 0 on list 3"
    assert told(known, "11", "X", 6) == "X: known to the last service on lists 1 to 6"


def test_lists_that_are_equally_open_are_named_together(data):
    """Of three lists with five services each Beijing has 0 to 5, or 1 to 4 and 2 to 5, or one number on the third."""
    totals = [(n, n, "total", "all", "=", 5) for n in (1, 2, 3)]

    def told(*more):
        model = bounds.Model(tiny(data, totals + list(more)))
        return ranges.list_by_list(model, "11", "X", 3)

    each = "X may have 0 to 5 services on each of lists 1 to 3"
    assert told() == each
    assert told((1, 3, "province", "12", ">=", 10)) == f"{each}, but at most 5 on all together"
    least = "Of lists 1 to 3, least is known of lists 1 and 2: X may have"
    third = (3, 3, "province", "11", "=", 1)
    assert told(third) == f"{least} 0 to 5 services on each"
    ends = [(1, 1, "province", "12", ">=", 1), (2, 2, "province", "11", ">=", 1)]
    assert told(third, *ends) == f"{least} 0 to 4 or 1 to 5 services on each"
    alike = bounds.Model(tiny(data, [*totals, third]))
    lacks, two = (ranges.lacking(alike, alike.data.regions.assign(neighbours=""), "11", n) for n in (3, 2))
    assert two.helps == "a count of any of lists 1 and 2 by province (Beijing may have 0 to 5 on each)"
    assert lacks == ("how many services Beijing has on list 1 or 2", two.helps)
    some = bounds.Model(tiny(data, [*totals, (1, 2, "province", "12", ">=", 5)]))
    helps = ranges.lacking(some, some.data.regions.assign(neighbours=""), "11", 2).helps
    assert helps == two.helps.replace("on each)", "on each, but at most 5 on all together)")


def test_a_province_beside_its_neighbours(model):
    regions = model.data.regions.assign(neighbours=["12 13", "11", ""])
    table = neighbours.beside(model, regions, "11", 1)
    assert list(table.columns) == ["name_en", "short_zh", "slug", "low", "high"]
    assert table.slug.tolist() == ["beijing", "tianjin", "hebei"] and table.low.tolist() == [3, 1, 1]
    assert neighbours.beside(model, regions, "12", 1).slug.tolist() == ["beijing", "tianjin"]
    assert neighbours.beside(model, regions, "13", 1).empty, "it has no neighbour"
    assert neighbours.beside(model, regions, "11", 2).empty, "no neighbour has more or fewer for certain"
    assert neighbours.order(model, regions, "11", 1) == "Beijing has more services than Tianjin and Hebei"
    assert neighbours.order(model, regions, "12", 1) == "Tianjin has fewer services than Beijing"


def test_a_caption_tells_which_ranges_inferred_lists_narrow(model, less):
    regions = model.data.regions
    table = inferred.compared(model.table(1, 1), less.table(1, 1)).merge(regions[["province_code", "name_en", "slug"]])
    assert ranges.also_possible(less, table, regions, 1) == f"; {WITHOUT}: Beijing 1 to 4; Hebei 0 to 3"
    heads = ranges.also_possible(less, table, regions.assign(population_2020=2e6), 1, per_head=True)
    assert heads == f"; {WITHOUT}: Beijing 0.5 to 2.0; Hebei 0.0 to 1.5"
    two = table.assign(inferred=True).iloc[[0, 0, 2]].assign(name_en=list("ABC"))
    assert ranges.also_possible(less, two, regions, 1) == f"; {WITHOUT}: A and B 1 to 4 each; C 0 to 3"
    assert ranges.also_possible(less, table.assign(inferred=False), regions, 1) == ""


def test_what_of_an_order_hangs_on_one_document(data):
    """Of ten Beijing has 6, Hebei 3, Tianjin 1 and Shanxi none."""
    four = data.regions.iloc[:4]
    counts = [
        (1, 1, "total", "all", "=", 10), (1, 1, "province", "11", "=", 6), (1, 1, "province", "11", ">=", 4),
        (1, 1, "province", "12", "=", 1), (1, 1, "province", four.province_code.iloc[3], "=", 0),
    ]  # fmt: skip
    near = [" ".join(code for code in four.province_code if code != own) for own in four.province_code]
    regions = four.assign(neighbours=near)
    model = bounds.Model(replace(tiny(data, counts), regions=regions))
    assert [neighbours.order(model, regions, code, 1) for code in four.province_code] == [
        "Beijing has more services than any of its 3 neighbours",
        "Tianjin has more services than Shanxi and fewer than Beijing and Hebei",
        "Hebei has more services than Tianjin and Shanxi and fewer than Beijing",
        "Shanxi has fewer services than any of its 3 neighbours",
    ]
    shown = "Services on list 1, from the least to the most"
    start, rest = f"{shown}; if the counts of", "it is sure only that {} has fewer than Beijing"
    by_one = f"{start} either P or Q are left out, {rest}"
    counts = model.data.published_counts.assign(source_ids=["s001 s002", "s001 s002", "s001 s003", "s002", "s001"])
    sources = pd.DataFrame({"source_id": ["s001", "s002", "s003"], "publisher": ["P", "Q", "R"], "published": ""})
    cited = bounds.Model(replace(model.data, published_counts=counts, sources=sources))
    told = {code: neighbours.caption(cited, regions, code, 1) for code in four.province_code}
    assert told == {
        "11": shown,
        **{code: by_one.format(name) for code, name in zip(told, four.name_en, strict=True) if code != "11"},
    }
    ids = ["s009 s002", "s009 s002", "s009 s003", "s002 s003", "s009"]
    last = replace(cited.data, published_counts=counts.assign(source_ids=ids), sources=sources.replace("s001", "s009"))
    found = neighbours.caption(bounds.Model(last), regions, "12", 1)
    assert found == f"{start} P are left out, {rest.format('Tianjin')}", "after others that take none"
    alone = replace(cited.data, published_counts=counts.assign(source_ids=["s002", *["s001"] * 4]))
    assert neighbours.caption(bounds.Model(alone), regions, "11", 1) == (
        f"{start} P are left out, no order can be given"
    )
    short = regions.assign(neighbours=["12", "11", "11", "11"])
    assert neighbours.order(model, short, "11", 1) == "Beijing has more services than Tianjin"


def test_the_place_of_a_province_by_counts_with_list_numbers():
    def told(*ends, services=(5, 9), counts="a", last=3):
        return ranges.placed("X", Interval(*services), Interval(*ends), 31, counts, last)

    start, all_ = "On these lists X", "of the 31 provinces."
    assert told(3, 6) == f"{start} could rank 3rd to 6th {all_}" and told(3, 3) == f"{start} ranks 3rd {all_}"
    assert told(4, 5) == f"{start} could rank 4th or 5th {all_}"
    none = "We found no published count of the services of X;"
    assert told(4, 5, last=1).startswith("On this list X could")
    assert told(4, 25, counts="") == (
        f"{none} by other published counts it could rank 4th to 25th of the 31 provinces on these lists."
    )
    assert told(4, 4, services=(7, 7), counts="").startswith(start), "an imported list tells it"
    unknown = "Which place X has among the 31 provinces is not known."
    assert told(1, 31) == unknown and told(1, 31, counts="") == f"{none} w{unknown[1:]}"


def test_what_counts_without_list_numbers_add_to_the_range_and_the_place():
    """Each of the two has the notes of the counts that narrow it."""

    def told(*ends, ids=("s1", "s2 s3")):
        rows = [pd.DataFrame({"source_ids": [cell]}) for cell in ids]
        return ranges.narrowed(*(Interval(*pair) for pair in ends), rows)

    more = "Counts that do not say which lists they cover are left out of the headline; with them"
    range_, rank, number = (f"the {what} would be" for what in ("range", "rank", "number"))
    first, others = cite("s1"), cite("s2 s3")
    assert told((5, 9), (3, 3), (5, 9), (3, 6)) == f"{more} {rank} 3rd.{others}"
    assert told((7, 7), (3, 3), (2, 20), (3, 6)) == f"{more} {number} 7 services{first} and {rank} 3rd.{others}"
    assert (
        told((5, 9), (3, 4), (2, None), (1, 31))
        == f"{more} {range_} 5 to 9 services{first} and {rank} 3rd or 4th.{others}"
    )
    assert told((1, 1), (3, 3), (0, 20), (3, 3)) == f"{more} {number} 1 service.{first}", "the place is the same"
    assert told((5, 9), (3, 3), (5, 9), (3, 3)) == ""
    one = "A count that does not say which lists it covers is left out of the headline; with it"
    alone = told((7, 7), (3, 3), (2, 20), (3, 6), ids=["s1", "s1"])
    assert alone == f"{one} {number} 7 services{first} and {rank} 3rd.{first}"


def test_which_counts_without_list_numbers_narrow_a_range_and_which_the_place(data):
    """Of lists 1 and 2 with 30 services the 20 of Beijing leave 10 for all others, of which Tianjin has at least 3."""
    counts = [(1, 2, "total", "all", "=", 30), (1, 2, "province", "11", "=", 20), (1, 1, "province", "12", "=", 3)]
    small = tiny(data, counts)
    ids, some = list(small.published_counts.count_id), small.published_counts.assign(span_inferred=[False, True, True])
    model = bounds.Model(replace(small, published_counts=some))
    narrowing = lambda code, last=2: [list(rows.count_id) for rows in inferred.narrowing(model, code, last)]  # noqa: E731
    assert narrowing("11") == [[ids[1]], [ids[1]]]
    services, place = narrowing("12")
    assert services == ids[1:] and place == [ids[1]], "the place follows from the larger one"
    assert narrowing("12", last=1)[0] == [ids[2]]
    sure = bounds.Model(replace(small, published_counts=some.assign(span_inferred=False)))
    assert all(rows.empty for rows in inferred.narrowing(sure, "11", 2))


def test_what_is_not_known_of_a_province(model, less):
    """On list 1 all is known, on list 2 Beijing has 0 to 4, of list 3 nothing."""
    lacking = lambda code, last, own=model: ranges.lacking(own, model.data.regions, code, last)  # noqa: E731
    helps = "a count of list 2 by province (Beijing may have 0 to 4 on it)"
    has = "how many services Beijing has on"
    assert lacking("11", 1) == (f"{has} lists after list 1", helps), "what is known is not lacking"
    assert lacking("11", 2) == (f"{has} list 2", helps)
    assert lacking("11", 3) == (f"{has} list 2 or 3", "a count of list 3 by province"), "the widest, without an end"
    assert lacking("11", 1, less).lists == f"{has} list 1, or on lists after list 1"
    assert lacking("11", 2, less).lists == f"{has} list 1 or 2"


def test_the_next_list_that_would_help_is_one_that_is_not_known(data):
    """Lists 1 and 2 are known, list 3 is not; without list 3 no one list can be named."""
    model = known_to_list(data, 2)
    regions, by = model.data.regions, "a count of list 3 by province"
    for last in (1, 2):
        lacks = ranges.lacking(model, regions, "11", last)
        assert (lacks.lists, lacks.helps) == ("how many services Beijing has on lists after list 2", by)
    apart = replace(
        model.data, published_counts=model.data.published_counts.assign(batch_first=[1, 3], batch_last=[1, 3])
    )
    apart = bounds.Model(replace(apart, batches=data.batches.iloc[:4]))
    lists = ranges.lacking(apart, regions, "11", 1).lists
    assert lists == "how many services Beijing has on lists after list 1 except list 3"
    known = bounds.Model(replace(model.data, batches=data.batches.iloc[:2]))
    lacks = ranges.lacking(known, regions, "11", 1)
    assert (lacks.lists, lacks.helps) == ("", "a count by province of one list more")


def test_what_others_printed_about_a_province(model):
    table = counts.printed_of(model, "11")
    assert table.what.tolist() == [
        "3 services of Beijing on list 1",
        "At least 6 services of Beijing and Tianjin on lists 1 and 2",
    ]
    used = lambda model, code: counts.printed_of(model, code).used_for_ranges.tolist()  # noqa: E731
    assert (used(model, "11"), used(model, "13")) == (["yes", "yes"], ["no: wrong"])
    listed = model.data.published_counts.iloc[2:3]
    rows = pd.DataFrame({"batch": pd.array([1] * 3, dtype="Int64"), "province_code": "11", "simulated": False})
    imported = replace(model.data, published_counts=listed, official=rows.assign(filing_number="京网信备11"))
    assert used(bounds.Model(imported), "11") == ["no: its lists are imported"], "the list itself is there"
    assert sorted(ranges.sources(model)) == ["s001", "s001", "s001 s002", "s002", "s003"]
    found = ranges.worded(model.data, model.facts[:2])
    assert found.used_for_ranges.tolist() == ["yes", "yes"]
    assert found.what.tolist() == ["5 services in all on list 1", "4 services in all on list 2"]


def test_the_widest_ranges_one_of_each_width(model):
    """11 and 12 may each have 4 more than the least, on list 2 and on both; 13 only 2."""
    assert ranges.widest(model, 2, 2) == ["11", "13"] and ranges.widest(model, 1, 2) == ["11", "13"]
    assert ranges.widest(model, 1, 2, number=1) == ["11"]
    assert ranges.widest(model.without_document("s002"), 1, 2) == ["12", "11"], "6, 4 and 3 wide: two unless asked"
    assert ranges.alike(model, ["11", "13"], 2, 2) == ["2 provinces", "1 province"]
