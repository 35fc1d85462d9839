"""What each kind of published number says of provinces and lists, by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import bounds

SERVICES = ("total", "all", "", "=", 5, "services")
EACH_ONE = ("multi-registrants", "one-service", "", "=", 5, "entities")
FIRST_TEN = [
    ("total", "all", "", "=", 20, "services"), ("rank", "11>12", "11", "", None, "services", "among the first ten"),
    *(("province", code, code, "=", 2, "services") for code in ("13", "14", "15", "21", "22", "23", "31", "32", "33")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "ranges"),
    [
        ([SERVICES, ("total", "some", "", "=", 3, "services")], ["0 to 5"] * 3),
        ([SERVICES, ("multi-registrants", "11", "11", "=", 1, "entities")], ["2 to 5", "0 to 3", "0 to 3"]),
        ([SERVICES, EACH_ONE, ("province", "11", "11", "=", 2, "entities")], ["2", "0 to 3", "0 to 3"]),
        # two registrants of 11 alone have all five services; else the others could have one
        ([SERVICES, ("province", "11", "11", "=", 2, "entities"), ("total", "all", "", "=", 2, "entities")],
         ["5", "0", "0"]),
        # one registrant with several services, at most three, four in all, or as many as are left
        (most := [SERVICES, *((kind, "11", "11", "=", 1, "entities") for kind in ("province", "multi-registrants"))],
         ["2 to 5", "0 to 3", "0 to 3"]),
        ([*most, ("multi-registrants", "most-per-entity", "", "=", 3, "services")], ["2 to 3", "0 to 3", "0 to 3"]),
        ([*most, ("multi-registrants", "all", "", "=", 4, "services")], ["2 to 4", "0 to 3", "0 to 3"]),
        # two registrants, both with several services
        ([SERVICES, *(("province", code, code, "=", n, "entities") for code, n in (("11", 1), ("12", 1), ("13", 0))),
          ("multi-registrants", "all", "", "=", 2, "entities")], ["2 to 3", "2 to 3", "0"]),
        # with one service each, a ranking by registrants is one by services; it says nothing of the rest
        ([SERVICES, EACH_ONE, ("rank", "11>12", "11 12", "", None, "entities")], ["0 to 5", "0 to 2", "0 to 5"]),
        ([SERVICES, ("rank", "11>12", "11 12", "", None, "services")], ["2 to 5", "0 to 2", "0 to 1"]),
        # nine others have more, so 12 may have no more than 11, which then is the tenth
        (FIRST_TEN, ["1 to 2", "0 to 1", "2"]),
        # the second place: at most one other has more
        ([SERVICES, ("rank", "13", "13", "", 2, "services"), ("province", "11", "11", "=", 3, "services")],
         ["3", "0 to 1", "1 to 2"]),
        ([("total", "all", "", "=", 200, "services"), ("province", "11", "11", "=", 40, "percent")],
         ["79 to 81", "0 to 121", "0 to 121"]),
        ([("total", "all", "", "=", 10, "services"), ("concentration", "a+b", "11 12", ">=", 55, "percent")],
         ["0 to 10", "0 to 10", "0 to 4"]),
        # a county of 7 services and 23 percent: 29.8 to 31.1; one of a city of another name says nothing
        ([("total", "all", "", "=", 50, "services"), ("county", "x", "11", "=", 7, "services"),
          ("county", "x/11", "11", "=", 23, "percent"), ("county", "x/y", "11", "=", 40, "entities")],
         ["30 to 31", "0 to 20", "0 to 20"]),
        # of a city, 70 percent: the city has 9.93 or more
        ([("total", "all", "", "=", 50, "services"), ("county", "x", "11", "=", 7, "services"),
          ("county", "x/y", "11", "~", 70, "percent")],
         ["10 to 50", "0 to 40", "0 to 40"]),
        *(([SERVICES, (kind, "x", "11", "=", 3, "services")], ["3 to 5", "0 to 2", "0 to 2"])
          for kind in ("city", "county", "entity")),
        ([SERVICES, ("province", "11", "11", "~", 3, "services")], ["3 to 5", "0 to 2", "0 to 2"]),
    ],
)  # fmt: skip
def test_what_each_kind_of_count_says_by_hand(data, counts, ranges):
    """Of list 1, in three provinces with five services if not told otherwise."""
    names = ["dimension", "key", "province_code", "relation", "value", "unit", "note"]
    told = pd.DataFrame([row if len(row) == 7 else (*row, "") for row in counts], columns=names)
    small = tiny(data, [(1, 1, "total", "all", "=", 5)] * len(counts))
    regions = data.regions.iloc[: 11 if len(counts) > 9 else 3]
    model = bounds.Model(replace(small, regions=regions, published_counts=small.published_counts.assign(**told)))
    assert [str(model.between(code, 1)) for code in ("11", "12", "13")] == ranges


def test_registrants_outside_list_one_have_at_least_a_service_each(data):
    counts = [(2, 2, "total", "all", "=", 5), (2, 2, "province", "11", "=", 3), (2, 2, "total", "all", "=", 4)]
    small = tiny(data, counts)
    units = small.published_counts.assign(unit=["services", "entities", "entities"])
    model = bounds.Model(replace(small, published_counts=units))
    assert [str(model.between(code, 2)) for code in ("11", "12")] == ["3 to 5", "0 to 2"]


def test_named_rows_with_a_province_and_a_list_count_there(data):
    rows = data.registrations.iloc[:6].assign(
        province_code=["11", "11", "12", "", "13", "13"],
        batch=pd.array([1, 1, 1, 1, None, 2], dtype="Int64"),
        confidence=["high", "medium", "high", "high", "high", "high"],
    )
    model = bounds.Model(replace(tiny(data, [(1, 1, "total", "all", "=", 5)]), registrations=rows))
    assert [str(model.between(code, 1)) for code in ("11", "12", "13")] == ["2 to 4", "1 to 3", "0 to 2"]
    assert [fact.text for fact in model.facts][1:] == [
        "2 named services of province 11 on list 1",
        "1 named service of province 12 on list 1",
        "1 named service of province 13 on list 2",
    ]
