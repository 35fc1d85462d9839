"""Ranges as a page shows them, on tables made for the case and on the data."""

import pandas as pd
import pytest

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


def test_a_number_that_rests_on_inferred_lists_is_told_apart():
    assert ranges.known_exactly(RANGES) == "A and, by a count whose lists we inferred, B"
    assert ranges.known_exactly(RANGES.iloc[1:]) == "by a count whose lists we inferred, B"
    assert ranges.known_exactly(RANGES[RANGES.name_en != "B"]) == "A"
    assert ranges.known_exactly(RANGES.iloc[2:]) == "none"


def test_provinces_of_one_range_share_a_line_and_keep_their_names_where_they_are_few():
    table = ranges.together(RANGES)
    assert table.name_en.tolist() == ["A", "B", "F", "C, D and E"] and table.slug.tolist() == ["a", "b", "f", ""]
    more = pd.concat([RANGES, RANGES.tail(4).head(3).assign(name_en=["G", "H", "I"])])
    two = RANGES.drop(index=[2])
    assert "D and E" in set(ranges.together(two).name_en), "two share a line as well"
    assert "6 other provinces" in set(ranges.together(more).name_en)


def test_what_is_left_is_open_only_where_a_number_is():
    regions = RANGES.assign(province_code=RANGES.slug)
    assert ranges.parts(regions, ["a", "b"], Interval(20, 20)).name_en.iloc[-1] == "the other 4 provinces"
    assert ranges.parts(regions, ["a", "f"], Interval(20, 20)).name_en.iloc[-1].endswith("or open")


def test_shares_of_lists_and_from_the_least_to_the_most(data):
    table = ranges.by_list(bounds.Model(data), {"the four": FOUR, "Beijing": ["11"]})
    beijing = table[table.whose == "Beijing"].set_index("batch")
    assert beijing.low[1] == beijing.high[1] == pytest.approx(100 * 63 / 197)
    assert beijing.low[5] == pytest.approx(100 * 37 / 223)
    assert ranges.over([Share(0.2, 0.3), Share(0.1, 0.25)]) == Share(0.1, 0.3)


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
