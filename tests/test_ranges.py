"""Ranges as a page shows them: on tables and counts made for the case, and on the data."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import bounds, ranges
from chainregistry.values import Interval, Share

FOUR = ["11", "44", "33", "31"]
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
    assert list(ranges.written(ENDS).range) == ["≤90", "5–1,600", "63", "≤90", "3+", "≤90"]


def test_services_per_million_residents():
    table = ranges.per_head(ENDS.iloc[:3])
    assert table.low.tolist() == [0, 2.5, 126] and table.high.tolist() == [90, 800, 126]


def test_a_number_that_rests_on_inferred_lists_is_told_apart():
    assert ranges.known_exactly(RANGES) == "A; by a count whose lists are inferred also B"
    assert ranges.known_exactly(RANGES[RANGES.name_en != "B"]) == "A"
    assert ranges.known_exactly(RANGES.iloc[2:]) == "none"
    assert ranges.known_exactly(RANGES.iloc[[1, 0]].assign(inferred=False)) == "A and B", "the largest first"


def test_provinces_of_one_range_share_a_line_and_keep_their_names_where_they_are_few():
    """From the largest down; three of 0 to 4 are named in one line, four of 1 counted, two without an end not."""
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
        ["K", "k", "k", 0, -1, False], ["L", "l", "l", 0, -1, True],
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
    assert ranges.over([Share(0.2, 0.3), Share(0.1, 0.25)]) == Share(0.1, 0.3)


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
    table = ranges.with_inferred(model, model.table(1, 3, [*FOUR, "53"]), 1, 3).set_index("province_code")
    assert table.inferred.to_dict() == {"11": False, "44": False, "33": True, "31": True, "53": False}


def test_a_range_rests_on_inferred_lists_if_either_end_does(data):
    """List 1: at least 2 of 11 is inferred, which has no other end. List 2: none of 12, which else begins at none."""
    counts = [
        (1, 1, "province", "11", ">=", 2), (2, 2, "province", "12", "=", 0), (2, 2, "province", "13", ">=", 1),
    ]  # fmt: skip
    small = tiny(data, counts)
    told = small.published_counts.assign(span_inferred=[True, True, False])
    model = bounds.Model(replace(small, published_counts=told))
    marks = [ranges.with_inferred(model, model.table(n), n, n).inferred.tolist() for n in (1, 2)]
    assert marks == [[True, False, False], [False, True, False]]
    assert ranges.with_inferred(model, model.table(2).iloc[1:], 2, 2).inferred.tolist() == [True, False], "some rows"


# Of one province


def test_the_ranges_of_one_province(model):
    table = ranges.of_one(model, "11", 2)
    assert table.lists.tolist() == ["lists 1 to 2", "list 1", "list 2"]
    assert (table.low.tolist(), table.high.tolist()) == ([3, 3, 0], [7, 3, 4])
    assert ranges.of_one(model, "13", 1).lists.tolist() == ["list 1"], "a count that was set aside speaks of list 2"
    assert ranges.of_one(model, "11", 1).lists.tolist() == ["list 1", "lists 1 to 2"]
    assert ranges.of_one(model, "11", 9).lists.tolist()[1:] == [
        "list 1", "lists 1 to 2", "list 2", "list 3", "list 4", "list 5",
    ]  # fmt: skip


def test_a_province_beside_its_neighbours(model):
    regions = model.data.regions.assign(neighbours=["12 13", "11", ""])
    table = ranges.beside(model, regions, "11", 1)
    assert list(table.columns) == ["name_en", "short_zh", "slug", "low", "high"]
    assert table.slug.tolist() == ["beijing", "tianjin", "hebei"] and table.low.tolist() == [3, 1, 1]
    assert ranges.beside(model, regions, "12", 1).slug.tolist() == ["beijing", "tianjin"]
    assert ranges.beside(model, regions, "13", 1).empty, "no neighbour has more or fewer for certain"


def test_what_is_not_known_of_a_province(model):
    """On list 1 all is known, on list 2 Beijing has 0 to 4, of list 3 nothing; on both Tianjin reaches it."""
    regions = model.data.regions.assign(neighbours=["12 13", "11", ""])
    assert ranges.lacking(model, regions, "11", 1) == (0, "0 of 2 neighbours", "list 2, where its range is 0 to 4")
    assert ranges.lacking(model, regions, "11", 2) == (1, "2 of 2 neighbours", "list 2, where its range is 0 to 4")
    assert ranges.lacking(model, regions, "11", 3).helps == "list 3, where its range is at least 0", "the widest"
    assert ranges.lacking(model, regions, "12", 1).neighbours == "0 of 1 neighbour"


def test_the_next_list_that_would_help_is_one_that_is_not_known(data):
    """Lists 1 and 2 are known, list 3 is not; without list 3 no one list can be named."""
    small = tiny(data, [(1, 1, "province", "11", "=", 3), (2, 2, "province", "11", "=", 1)])
    model = bounds.Model(replace(small, batches=data.batches.iloc[:3]))
    assert ranges.lacking(model, small.regions, "11", 1).helps == "list 3, where its range is at least 0"
    known = bounds.Model(replace(small, batches=data.batches.iloc[:2]))
    assert ranges.lacking(known, small.regions, "11", 1).helps == "one list more"


def test_what_others_printed_about_a_province(model):
    table = ranges.printed_of(model, "11")
    assert table.what.tolist() == [
        "3 services of Beijing on list 1",
        "at least 6 services of Beijing and Tianjin on lists 1 to 2",
    ]
    assert table.used.tolist() == ["yes", "yes"] and ranges.printed_of(model, "13").used.tolist() == ["no"]
    listed = model.data.published_counts.iloc[2:3]
    rows = pd.DataFrame({"batch": pd.array([1] * 3, dtype="Int64"), "province_code": "11", "simulated": False})
    imported = replace(model.data, published_counts=listed, official=rows.assign(filing_number="京网信备11"))
    assert ranges.printed_of(bounds.Model(imported), "11").used.tolist() == ["no"], "the list itself is there"
    assert sorted(ranges.sources(model)) == ["s001", "s001", "s001 s002", "s002", "s003"]
    found = ranges.worded(model.data, model.facts[:2])
    assert found.what.tolist() == ["5 services in all on list 1", "4 services in all on list 2"]


def test_the_widest_ranges_one_of_each_width(model):
    """11 and 12 may each have 4 more than the least, on list 2 and on both; 13 only 2."""
    assert ranges.widest(model, 2, 2) == ["11", "13"] and ranges.widest(model, 1, 2) == ["11", "13"]
    assert ranges.widest(model, 1, 2, number=1) == ["11"]
    assert ranges.widest(model.without_document("s002"), 1, 2) == ["12", "11"], "6, 4 and 3 wide: two unless asked"
    assert ranges.alike(model, ["11", "13"], 2, 2) == ["2 provinces", "1 province"]
