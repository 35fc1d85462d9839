"""Ranges of provinces as a page shows them, of counts made for the case."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import bounds, policy, ranges, totals
from chainregistry.values import Interval

ENDS = pd.DataFrame(
    {
        "province_code": list("abcdef"), "name_en": list("ABCDEF"), "slug": list("abcdef"), "short_zh": list("abcdef"),
        "low": [0, 5, 63, 0, 3, 0], "high": pd.array([90, 1600, 63, 90, None, 90], dtype="Int64"),
        "population_2020": [1_000_000, 2_000_000, 500_000, 1, 1, 1],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def model(data):
    """Five services on list 1, four on list 2; 3 of Beijing on list 1, by two documents; 1 of Tianjin by one."""
    counts = [
        (1, 1, "total", "all", "=", 5), (2, 2, "total", "all", "=", 4), (1, 1, "province", "11", "=", 3),
        (1, 1, "province", "12", "=", 1), (1, 2, "province", "11+12", ">=", 6), (2, 2, "province", "13", "=", 9),
    ]  # fmt: skip
    small = tiny(data, counts)
    told = small.published_counts.assign(
        source_ids=["s001", "s001", "s001 s002", "s002", "s003", "s003"], set_aside=["", "", "", "", "", "wrong"]
    )
    batches = small.batches.assign(services=pd.array([5, None], dtype="Int64"))
    return bounds.Model(replace(small, published_counts=told, batches=batches))


def test_a_range_in_few_characters():
    assert list(ranges.written(ENDS).range) == ["≤90", "5–1,600", "63", "≤90", "3+", "≤90"]


def test_what_some_have_at_least_and_what_is_left():
    table = ranges.parts(ENDS, ["c", "b"], Interval(80, 100))
    assert table.values.tolist() == [["C", "c", 63], ["B", "b", 5], ["the other 4 provinces, or open", "", 12]]


def test_services_per_million_residents():
    table = ranges.per_head(ENDS.iloc[:3])
    assert table.low.tolist() == [0, 2.5, 126] and table.high.tolist() == [90, 800, 126]


@pytest.fixture(scope="module")
def less(model):
    """The same without the count of Beijing on list 1, as if its lists were inferred."""
    return model.variant(["c002"], exact=True)


def test_the_ranges_of_one_province(model, less):
    table = ranges.of_one(model, less, "11", 2)
    assert table.lists.tolist() == ["list 1", "list 2", "lists 1 and 2"]
    assert (table.low.tolist(), table.high.tolist()) == ([3, 0, 3], [3, 4, 7])
    assert table.inferred.tolist() == [True, False, True]
    assert not ranges.of_one(model, model, "11", 2).inferred.any()
    one = ranges.of_one(model, less, "13", 1)
    assert one.lists.tolist() == ["list 1"], "a count that was set aside speaks of list 2"
    assert ranges.of_one(model, less, "11", 1).lists.tolist() == ["list 1"], "a longer span has another scale"
    assert ranges.of_one(model, less, "11", 9).lists.tolist() == [
        "list 1", "list 2", "list 3", "list 4", "list 5", "lists 1 and 2", "lists 1 to 9",
    ]  # fmt: skip


def test_the_range_of_a_province_in_a_sentence():
    end = "blockchain services registered on lists 1 to 3"
    whole, told = (
        Interval(730, 730),
        lambda *ends, less=None: ranges.statement(
            "X", Interval(*ends), Interval(730, 730), 3, Interval(*(less or ends))
        ),
    )
    assert told(5, 9) == told(5, 9, less=(2, 20)) == f"X has 5 to 9 of the 730 {end}", "the caption tells the rest"
    assert told(0, 9) == f"X has at most 9 of the 730 {end}" and told(0, 0) == f"X has 0 of the 730 {end}"
    assert told(7, 7, less=(2, 20)) == f"X has 7 of the 730 {end} (2 to 20 by counts that name their lists)"
    assert told(0, None) == f"X has an unknown number of the 730 {end}"
    at_least = ranges.statement("X", Interval(3, None), Interval(9, None), 3, Interval(3, None))
    assert at_least == f"X has at least 3 of at least 9 {end}"
    assert ranges.caption(Interval(5, 9), Interval(2, 20), 3).endswith(
        "; by counts that name their lists, 2 to 20 on lists 1 to 3"
    )
    for own, less in ((whole, Interval(2, 20)), (Interval(5, 9), Interval(5, 9))):
        assert ranges.caption(own, less, 3).endswith("that is possible"), "the headline tells of one number"


def test_how_many_services_of_a_province_are_named():
    names = {"service_en": ["A", "", "C"], "service_zh": "", "entity_en": ["", "B", ""], "entity_zh": ""}
    rows = pd.DataFrame(names | {"batch": pd.array([1, 9, None], dtype="Int64")})
    assert ranges.named(rows, 3) == (
        f"Public sources name 3 of its services,{str(totals.named_by(rows)).removeprefix('3,')}; 1 is known to stand on"
        " lists 1 to 3."
    )
    assert ranges.named(rows.iloc[1:], 3).endswith("; none is known to stand on lists 1 to 3.")
    one = "Public sources name one of its services, "
    assert ranges.named(rows.iloc[:1], 3) == one + "which is known to stand on lists 1 to 3."
    assert ranges.named(rows.iloc[1:2], 3) == (
        one + "by the registrant only; it is not known to stand on lists 1 to 3."
    )
    assert ranges.named(rows.head(0), 3) == "We found no source that names one of its services."


def test_list_by_list(model):
    assert ranges.list_by_list(model, "11", "Beijing", 1) == "Beijing: 3 services on list 1"
    assert ranges.list_by_list(model, "11", "Beijing", 2) == (
        "Least is known of list 2: Beijing may have 0 to 4 services on it"
    )
    assert ranges.list_by_list(model, "11", "Beijing", 3) == "Beijing may have any number of services on list 3"


def test_a_province_beside_its_neighbours(model, less):
    regions = model.data.regions.assign(neighbours=["12 13", "11", ""])
    table = ranges.beside(model, less, regions, "11", 1)
    assert list(table.columns) == ["name_en", "short_zh", "slug", "low", "high", "inferred"]
    assert table.slug.tolist() == ["beijing", "tianjin", "hebei"] and table.low.tolist() == [3, 1, 1]
    assert table.inferred.tolist() == [True, False, True]
    assert ranges.also_possible(less, table, regions, 1) == (
        "; by counts that name their lists, Beijing 1 to 4 and Hebei 0 to 3"
    )
    assert ranges.beside(model, less, regions, "12", 1).slug.tolist() == ["beijing", "tianjin"]
    assert ranges.order(model, model, regions, "11", 1) == "Beijing has more services than Tianjin and Hebei"
    assert ranges.order(model, less, regions, "11", 1) == (
        "By counts whose lists we inferred Beijing has more services than Tianjin and Hebei"
    )
    assert ranges.order(model, model, regions, "12", 1) == "Tianjin has fewer services than Beijing"


def test_the_place_of_a_province_rests_on_what_its_number_rests_on():
    told = lambda *own, less=None: ranges.placed(Interval(*own), Interval(*(less or own)), 31)  # noqa: E731
    assert told(3, 3, less=(3, 6)) == (
        "By number of services it ranks 3rd of the 31 provinces (3rd to 6th by counts that name their lists)."
    )
    assert told(4, 25, less=(3, 25)).startswith("By number of services it ranks anywhere from 4th to 25th of")
    assert told(4, 5).endswith("it ranks 4th or 5th of the 31 provinces.")
    assert told(1, 31) == "Where it ranks among the 31 provinces by number of services is not known."


def test_what_is_not_known_of_a_province(model, less):
    regions = model.data.regions.assign(neighbours=["12 13", "11", ""])
    lacking = lambda code, last, less=model: ranges.lacking(model, less, regions, code, last)  # noqa: E731
    lacks = lacking("11", 1)
    assert lacks.lists == "its number on later lists" and lacks.neighbours == "", "what is known is not lacking"
    assert lacking("11", 1, less).lists == (
        "its number on later lists; whether its number on list 1 is 3 (1 to 4 by counts that name their lists)"
    )
    assert lacks.helps == "a count of list 2 by province (Beijing may have 0 to 4 there)"
    assert "(Beijing may have any number there)" in lacking("11", 3).helps
    lacks = lacking("11", 2)
    assert lacks.lists == "its number on 1 of lists 1 and 2"
    assert lacks.neighbours == "whether it has more services than any of its 2 neighbours"
    assert lacking("12", 2).neighbours == "whether it has more services than its only neighbour"


def test_what_others_printed_about_a_province(model):
    table = ranges.printed_of(model, "11")
    assert table.what.tolist() == [
        "3 services of Beijing on list 1",
        "at least 6 services of Beijing and Tianjin on lists 1 and 2",
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


def test_projects_beside_services(model):
    table = policy.by_province(model.data, model, pd.DataFrame({"province_code": ["12", "12", "44"]}), 1)
    assert table[["province_code", "projects", "low", "high"]].values.tolist() == [
        ["11", 0, 3, 3], ["12", 2, 1, 1], ["13", 0, 1, 1],
    ]  # fmt: skip
