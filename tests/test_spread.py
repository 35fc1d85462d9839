"""Effective numbers, rarefaction, location quotients: each on a case worked by hand."""

from itertools import combinations
from math import exp, log

import numpy as np
import pandas as pd
import pytest

from chainregistry import days, spread


def news(*rows):
    """Events from (sector, province, date)."""
    table = pd.DataFrame(rows, columns=["sector", "province_code", "date"])
    return days.with_spans(table.assign(event_id=[f"e{i}" for i in range(len(table))]))


def test_effective_number():
    assert spread.effective([5, 5]) == pytest.approx(2)
    assert spread.effective([7, 0]) == 1
    assert spread.effective([2, 1, 1]) == pytest.approx(2 * 2**0.5)  # entropy = 1.5 ln 2
    assert np.isnan(spread.effective([])) and np.isnan(spread.effective([0]))


def test_rarefaction_is_the_mean_entropy_of_all_subsamples():
    kinds = "aaabbc"
    entropies = [log(spread.effective(pd.Series(pick).value_counts())) for pick in combinations(kinds, 3)]
    assert spread.rarefied([3, 2, 1], 3) == pytest.approx(exp(np.mean(entropies)))
    assert spread.rarefied([3, 2, 1], 6) == pytest.approx(spread.effective([3, 2, 1]))
    assert spread.rarefied([3, 2, 1], 1) == pytest.approx(1)
    for size in (0, 7):
        with pytest.raises(ValueError, match="cannot be rarefied"):
            spread.rarefied([3, 2, 1], size)


def test_expected_kinds_is_the_mean_of_all_subsamples():
    found = [len(set(pick)) for pick in combinations("aaabbc", 3)]
    assert spread.expected_kinds([3, 2, 1], 3) == pytest.approx(np.mean(found))


def test_comparison_at_the_size_of_the_smallest():
    even = pd.Series(list("abcd") * 5)
    samples = {"even": even, "one": pd.Series(["a"] * 12), "tiny": pd.Series(["a", "b"])}
    table = spread.compare(samples).set_index("sample")
    assert list(table.index) == ["even", "one"] and (table.common == 12).all()
    assert tuple(table.loc["one", ["effective", "low", "high"]]) == pytest.approx((1, 1, 1))
    assert table.effective["even"] == pytest.approx(spread.rarefied([5, 5, 5, 5], 12))
    assert 1 <= table.low["even"] < table.effective["even"] < table.high["even"] <= 4
    assert spread.SEED == 20190110, "the day the rules were issued"
    pd.testing.assert_frame_equal(spread.compare(samples), spread.compare(samples))  # seeded
    assert spread.compare({"tiny": even[:2]}).empty and spread.compare({}).empty


def test_reach():
    table = spread.reach(
        news(("tax", "11", "2019-03-05"), ("tax", "11", "2018"), ("court", "11", "2018-06-01"), ("court", "33", "2020"))
    ).set_index("sector")
    assert (table.earliest["tax"], table.latest["tax"]) == (pd.Timestamp("2018-01-01"), pd.Timestamp("2018-12-31"))
    assert dict(table.provinces) == {"tax": 1, "court": 2} and dict(table.events) == {"tax": 2, "court": 2}
    assert table.expected["tax"] == pytest.approx(1.5)  # of the 6 pairs 3 lie in one province
    assert (table.low["tax"], table.high["tax"]) == (1, 2)
    assert table.low.dtype == table.high.dtype == int, "numbers of provinces, which are whole"
    # Two of one province: half of all pairs, on either side of the median.
    assert table.chance["tax"] == pytest.approx(1, abs=0.1) and table.adjusted["tax"] == 1
    assert spread.reach(news()).empty
    apart = spread.reach(news(*[("tax", "11", "2019")] * 3, *[("court", "33", "2019")] * 3)).set_index("sector")
    assert apart.chance["tax"] == pytest.approx(0.2, abs=0.05)  # of the 20 ways to draw 3 of 6, 2 lie in one province


def test_published_shares(data):
    table = spread.published_shares(data).set_index("count_id")
    assert (table.value["c065"], table.whole["c065"]) == (53, 224) and table.share["c065"] == pytest.approx(53 / 224)
    assert (table.lists["c106"], table.whole["c106"]) == ("lists 1 and 2", 506)
    assert table.unit["c107"] == "entities" and table.whole["c107"] == 420
    assert "c093" not in set(spread.published_shares(data, "low").count_id), "a count that was set aside"
    assert list(spread.published_shares(data, "high").lists + ": none") == []
    assert pd.isna(table.whole["c085"])


def test_told(data):
    assert not set(spread.told(data.registrations).sector) & {"other", "unclear"}
