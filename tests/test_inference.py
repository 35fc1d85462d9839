"""Intervals and tests: on worked cases of the literature, by brute force, and against a known truth."""

from itertools import combinations, permutations
from math import comb

import numpy as np
import pandas as pd
import pytest

from chainregistry import coverage, events, firsts, projects, quotients, rates, shares, spread
from chainregistry.days import with_spans

# Location quotients and the odds ratios behind them


def test_odds_ratios_of_the_literature():
    """2 of 14 against 1 of 11: the exact interval of R's ORCI; 33 of 34 against 27 of 34: that of R's exact2x2."""
    low, high = quotients.conditional([2], [14], [3], 25)
    assert (low[0][0], high[0][0]) == pytest.approx((0.07446422, 108.01529598), rel=1e-4)
    low, high = quotients.conditional([33], [34], [60], 68)
    assert (round(low[0][0], 2), round(high[0][0])) == pytest.approx((0.97, 397), rel=0.005)


def rows_of(table):
    """Projects from {(place, sector): number}."""
    found = [pair for pair, number in table.items() for _ in range(number)]
    return pd.DataFrame(found, columns=["province_code", "sector"])


UNEVEN = rows_of({("north", "court"): 3, ("south", "court"): 1, ("north", "tax"): 1, ("south", "tax"): 3})


def test_location_quotients_never_leave_what_the_margins_allow():
    """North has 3 of the 4 courts and 4 of 8 projects: 3 / (4 x 4 / 8) = 1.5, at most 4 / 2."""
    table = quotients.location_quotients(UNEVEN, "province_code")
    assert list(table.index) == [0, 1, 2, 3] and table.low.is_monotonic_decreasing
    table = table.set_index(["place", "kind"])
    row = table.loc[("north", "court")]
    assert (row.observed, row.expected, row.quotient) == (3, 2, 1.5)
    assert 0 <= row.low < 1.5 < row.high <= 2
    assert len(table) == 4 and table.observed.sum() == 8 and table.expected.sum() == 8
    assert list(table.index) == [("north", "court"), ("south", "tax"), ("north", "tax"), ("south", "court")]
    everything = quotients.location_quotients(rows_of({("north", "court"): 5, ("south", "tax"): 5}), "province_code")
    assert everything.high.max() == 2 and everything.low.min() == 0
    assert quotients.location_quotients(UNEVEN.iloc[:0], "province_code").empty


def test_an_interval_above_one_is_an_exact_test():
    """20 courts north, 20 taxes south: all 20 of 20; chance 1 in C(40, 20), far below 2.5 percent."""
    apart = rows_of({("north", "court"): 20, ("south", "tax"): 20})
    table = quotients.location_quotients(apart, "province_code")
    found = quotients.luck(apart, "province_code", draws=200)
    assert ((table.low > 1).sum(), found.observed, found.usual, found.pairs) == (2, 2, 0, 4)
    assert 1 / 201 <= found.chance < 0.05
    # 3 of 3 against 0 of 3: 1 in 20, so not beyond 2.5 percent.
    few = rows_of({("north", "court"): 3, ("south", "tax"): 3})
    assert quotients.luck(few, "province_code", draws=10).observed == 0
    assert not (quotients.location_quotients(few, "province_code").low > 1).any()


def test_pairs_stand_out_where_their_interval_lies_above_one():
    """By the interval and by the exact test, for margins of all kinds; a place of most projects among them."""
    generator, found = np.random.default_rng(6), []
    for _ in range(12):
        chosen = generator.choice(3, 60, p=[0.8, 0.1, 0.1])
        sectors = np.where(generator.random(60) < 0.6, chosen, generator.choice(4, 60, p=[0.1, 0.2, 0.3, 0.4]))
        rows = pd.DataFrame({"province_code": chosen.astype(str), "sector": sectors.astype(str)})
        above = int((quotients.location_quotients(rows, "province_code").low > 1).sum())
        luck = quotients.luck(rows, "province_code", draws=1)
        assert (luck.observed, luck.pairs) == (above, rows.province_code.nunique() * rows.sector.nunique())
        found.append(above)
    assert min(found) < max(found) and max(found) > 2


def test_luck_equals_all_deals():
    """Of the 70 ways to deal 4 courts and 4 taxes to 4 places north and 4 south, 2 part them as here."""
    apart = rows_of({("north", "court"): 4, ("south", "tax"): 4})
    found = quotients.luck(apart, "province_code", draws=4000)
    assert (found.observed, found.usual) == (2, 0) and found.chance == pytest.approx(2 / comb(8, 4), abs=0.01)
    assert quotients.luck(apart.iloc[:0], "province_code") == quotients.Luck(0, 0, 1.0, 0)


def test_the_interval_of_a_quotient_covers_the_truth():
    """Tables drawn with a known odds ratio: the interval holds it in at least 95 of 100 (it is conservative)."""
    generator, drawn = np.random.default_rng(1), np.arange(11)
    weights = np.array([comb(10, k) * comb(20, 12 - k) * 3.0**k for k in drawn])
    observed = generator.choice(drawn, 2000, p=weights / weights.sum())
    low, high = quotients.conditional(observed, [10] * 2000, [12] * 2000, 30)
    assert 0.95 <= ((low[0] <= 3) & (high[0] >= 3)).mean() < 1


# Shares and differences


def test_shares_of_the_literature():
    """Newcombe 1998: table II (a), 56 of 70 less 48 of 80 is 0.2, 0.0524 to 0.3339; table I, 81 of 263 and 0 of 20."""
    one, none = shares.wilson(81, 263), shares.wilson(0, 20)
    assert (one.low, one.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (none.low, none.high) == pytest.approx((0, 0.1611), abs=5e-5)
    found = shares.difference(pd.Series([True] * 56 + [False] * 14), pd.Series([True] * 48 + [False] * 32))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert (shares.wilson(0, 5).low, shares.wilson(5, 5).high, shares.wilson(0, 0)) == (0, 1, shares.Share(0, 1))


def test_the_chance_of_a_difference_equals_all_deals():
    first, second = pd.Series([1, 1, 1, 0], dtype=bool), pd.Series([1, 0, 0, 0, 0], dtype=bool)
    pool = [*first, *second]
    ways = {k: sum(sum(pool[i] for i in pick) == k for pick in combinations(range(9), 4)) for k in range(5)}
    chance = sum(n for n in ways.values() if n <= ways[3]) / comb(9, 4)
    assert shares.difference(first, second).chance == pytest.approx(chance)
    with pytest.raises(ValueError, match="nothing"):
        shares.difference(first, second.iloc[:0])


def test_intervals_cover_a_known_difference():
    generator = np.random.default_rng(2)
    hits = 0
    for _ in range(400):
        first, second = pd.Series(generator.random(40) < 0.7), pd.Series(generator.random(60) < 0.4)
        found = shares.difference(first, second)
        hits += found.low <= 0.3 <= found.high
    assert 0.92 < hits / 400 < 0.985


def test_difference_of_diversity_at_equal_size():
    even, one = pd.Series(list("abcdefgh") * 5), pd.Series(["a"] * 18 + ["b"] * 2)
    found = spread.difference(even, one)
    assert found.value == pytest.approx(spread.rarefied([5] * 8, 20) - spread.rarefied([18, 2], 20))
    assert 0 < found.low < found.value < found.high and found.chance < 0.01
    same = spread.difference(even, even.iloc[:20])
    assert same.low < 0 < same.high and same.chance > 0.05
    assert spread.difference(even, one, size=5).value < found.value
    assert found == spread.difference(even, one), "seeded"
    half = spread.difference(even, one, coverage=0.5)  # normal quantiles: 1.95996 for 95 of 100, 0.67449 for half
    assert (found.high - found.value) / (half.high - half.value) == pytest.approx(1.95996 / 0.67449, rel=1e-4)
    assert found.high - found.value == pytest.approx(found.value - found.low)
    wide, narrow = (spread.compare({"s": even}, coverage=part, size=20).iloc[0] for part in (0.95, 0.5))
    assert (wide.effective - wide.low) / (narrow.effective - narrow.low) == pytest.approx(1.95996 / 0.67449, rel=1e-4)
    table = spread.compare({"even": even, "one": one, "few": even[:9]}, size=10)
    assert list(table["sample"]) == ["even", "one"] and set(table.common) == {10}
    for size in (21, 0):
        with pytest.raises(ValueError, match="cannot be rarefied") if size else pytest.raises(AssertionError):
            assert spread.difference(even, one, size=size).value != found.value


def test_many_sectors_are_adjusted_together():
    assert spread.holm([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert spread.holm([]) == [] and spread.holm([0.6, 0.7]) == [1.0, 1.0]


# First dates


def days(*pairs):
    stamp = lambda day: pd.NaT if day is None else pd.Timestamp("2000-01-01") + pd.Timedelta(days=day)  # noqa: E731
    return pd.DataFrame({"earliest": [stamp(a) for a, _ in pairs], "latest": [stamp(b) for _, b in pairs]})


def likelihood(first, table):
    """Log-likelihood of masses on spans, by the definition."""
    total = 0.0
    for row in first.itertuples():
        inside = (table.start.isna() | pd.isna(row.earliest) | (table.start >= row.earliest)) & (
            pd.isna(row.latest) | (table.end <= row.latest)
        )
        total += np.log(table.mass[inside].sum())
    return total


def test_turnbull_of_known_dates_is_the_share_that_had_begun():
    curve = firsts.turnbull(days((3, 3), (7, 7), (7, 7), (20, None)))
    assert list(curve.mass) == pytest.approx([0.25, 0.5, 0.25]) and list(curve.share[:2]) == pytest.approx([0.25, 0.75])
    assert pd.isna(curve.end[2]) and pd.isna(curve.share[2])
    assert firsts.reached(curve) == (pd.Timestamp("2000-01-08"),) * 2 and firsts.reached(curve, 0.8) is None
    assert firsts.reached(curve, 0.25) == (pd.Timestamp("2000-01-04"),) * 2


def test_spans_that_touch_in_a_day_put_all_on_that_day():
    curve = firsts.turnbull(days((1, 5), (5, 9)))
    assert len(curve) == 1 and curve.start[0] == curve.end[0] == pd.Timestamp("2000-01-06") and curve.mass[0] == 1


def test_turnbull_of_the_literature():
    """Lindsey and Ryan 1998, with the innermost spans that R's longevity gives, those of no mass left out."""
    left = [0, 15, 12, 17, 13, 0, 6, 0, 14, 12, 13, 12, 12, 0, 0, 0, 0, 3, 4, 1, 13, 0, 0, 6, 0, 2, 1, 0, 0, 2, 0]
    right = [16, *[None] * 4, 24, None, 15, *[None] * 5, 18, 14, 17, 15, None, None, 11, 19, 6, 11, None, 6, 12, 17, 14,
             25, 11, 14]  # fmt: skip
    first = days(*[(a + 1, b) for a, b in zip(left, right, strict=True)])  # (a, b] in whole days
    curve = firsts.turnbull(first)
    day = lambda dates: (dates - pd.Timestamp("2000-01-01")).dt.days  # noqa: E731
    spans = list(zip(day(curve.start) - 1, day(curve.end), strict=True))
    assert spans == [(4, 6), (13, 14), (15, 16), (17, 18)]
    assert list(curve.mass) == pytest.approx([2 / 5, 11 / 35, 1 / 28, 1 / 4], abs=1e-4)
    best = likelihood(first, curve)
    for i, j in permutations(range(len(curve)), 2):  # no shift of mass makes the data likelier
        for shift in (0.001, 0.02):
            moved = curve.assign(mass=curve.mass + shift * (np.eye(len(curve))[j] - np.eye(len(curve))[i]))
            assert moved.mass.min() < 0 or likelihood(first, moved) <= best + 1e-6


def test_turnbull_finds_a_known_curve():
    """Uniform over 1000 days, seen through spans of up to 200 days and a record that ends at 800."""
    generator = np.random.default_rng(3)
    true = generator.integers(0, 1000, 250)
    before, after = generator.integers(0, 100, (2, 250))
    first = days(*[(801, None) if t > 800 else (t - a, t + b) for t, a, b in zip(true, before, after, strict=True)])
    curve = firsts.turnbull(first)
    for share in (0.25, 0.5, 0.75):
        day = (firsts.reached(curve, share)[1] - pd.Timestamp("2000-01-01")).days
        assert day == pytest.approx(1000 * share, abs=90)
    low, high = firsts.reached_range(first.iloc[:40], draws=40)
    assert low < firsts.reached(firsts.turnbull(first.iloc[:40]))[1] <= high
    middle = firsts.reached_range(first.iloc[:40], coverage=0.0, draws=40)
    assert low < middle[0] == middle[1] < high
    assert firsts.reached_range(days((5, 5), *[(9, None)] * 9), draws=20)[1] is None


def test_provinces_without_a_project_are_censored_not_absent():
    rows = with_spans(
        pd.DataFrame({"event_id": ["a", "b"], "province_code": ["11", "12"], "date": ["2019-03", "2020-01-05"]})
    )
    told = with_spans(pd.DataFrame({"event_id": ["t", "u"], "province_code": ["12", "13"], "date": ["2018", "2017"]}))
    table = firsts.observed(rows, ["11", "12", "13"], "2021-12-31", told).set_index("province_code")
    assert table.censoring.to_dict() == {"11": "span", "12": "left", "13": "left"}
    assert table.latest["12"] == pd.Timestamp("2018-12-31") and pd.isna(table.earliest["12"])
    assert table.latest["13"] == pd.Timestamp("2017-12-31"), "a count alone tells that it had begun"
    table = firsts.observed(rows, ["11", "12", "13"], "2021-12-31", told[told.province_code == "12"]).set_index(
        "province_code"
    )
    assert table.earliest["13"] == pd.Timestamp("2022-01-01") and pd.isna(table.latest["13"])
    curve = firsts.turnbull(table.reset_index())
    assert curve.mass.sum() == pytest.approx(1) and curve.mass.iloc[-1] == pytest.approx(1 / 3)
    assert set(firsts.observed(rows, ["11", "13"], "2021-12-31").censoring) == {"span", "right"}


def test_an_inferred_date_is_the_latest_possible_one():
    """11: a date that follows from the context, before all printed ones. 12: one after the first printed. 13: alone."""
    columns = ["event_id", "province_code", "date", "date_inferred"]
    rows = [
        ("a", "11", "2019-03", True), ("b", "11", "2019-05-01", False), ("c", "12", "2018-01", False),
        ("d", "12", "2019-01-01", True), ("e", "13", "2020-02-02", True),
    ]  # fmt: skip
    rows = with_spans(pd.DataFrame(rows, columns=columns))
    table = firsts.observed(rows, ["11", "12", "13"], "2021-12-31").set_index("province_code")
    assert table.censoring.to_dict() == {"11": "left", "12": "span", "13": "left"} and pd.isna(table.earliest["11"])
    assert [f"{day:%F}" for day in table.latest] == ["2019-03-31", "2018-01-31", "2020-02-02"]


# Rates


def test_a_ratio_of_the_literature():
    """R's rateratio.test: 2 in 17877 against 9 in 16660 is 0.2071, from 0.0218 to 1.0005."""
    ratio, low, high = rates.ratio(9, 2)
    times = 17877 / 16660
    assert (ratio / times, low / times, high / times) == pytest.approx((0.2070942, 0.0217741, 1.0005491), rel=1e-5)
    assert (rates.ratio(1, 3)[0], rates.ratio(0.5, 1)[0]) == (3, 2)
    assert np.isnan(rates.ratio(0, 3)[0]) and rates.ratio(0, 3)[2] == np.inf and rates.ratio(3, 0)[1] == 0


def test_the_interval_of_a_ratio_covers_the_truth():
    generator = np.random.default_rng(4)
    counts = generator.poisson([10, 20], (1500, 2))
    found = [rates.ratio(*pair) for pair in counts]
    assert 0.945 < np.mean([low <= 2 <= high for _, low, high in found]) < 0.995


def monthly(first, last, per_month=2):
    dates = [f"{month:%Y-%m-%d}" for month in pd.date_range(first, last, freq="MS") for _ in range(per_month)]
    return with_spans(pd.DataFrame({"event_id": [f"e{i}" for i in range(len(dates))], "date": dates}))


def test_days_on_which_nothing_happened_have_the_ratio_one():
    table = rates.placebos(monthly("2018-01", "2021-12"), 6, "2019-01", "2020-12")
    assert len(table) == 24 and set(table.ratio) == {1.0} and (table.low < 1).all() and (table.high > 1).all()
    assert set(zip(table.low, table.high, strict=True)) == {rates.ratio(12, 12)[1:]}
    once = rates.around(monthly("2018-01", "2021-12"), "2019-06-01", 6).iloc[0]
    assert (once.before, once.after) == (12, 12)
    assert (once.ratio, once.low, once.high) == rates.ratio(12, 12, coverage=0.95)


# Coverage of the news


def test_the_number_behind_two_sources():
    """Chapman: 100 and 100 with 20 in both. (101 x 101 / 21) - 1 = 484.8. All in both: nothing is missing."""
    found = coverage.chapman(100, 100, 20)
    assert (found.seen, found.number) == (180, pytest.approx(484.762, abs=1e-3))
    # variance 101 x 101 x 80 x 80 / (21 x 21 x 22) = 6729.2; unseen 304.8 by exp(1.96 sqrt(ln(1 + 6729.2 / 304.8²)))
    assert (found.low, found.high) == pytest.approx((361.48, 691.79), abs=0.05)
    assert found.share == pytest.approx(180 / 484.762, abs=1e-4)
    whole = coverage.chapman(5, 5, 5)
    assert (whole.number, whole.low, whole.high) == (5, 5, 5)


def test_the_number_behind_those_told_of_once():
    """Chao 1: 10 + 4 x 3 / (2 x 3) = 12; no single one: nothing is missing."""
    assert coverage.chao1(4, 2, 10).number == 12
    assert coverage.chao1(0, 5, 5).number == 5
    # variance 12 / 6 + 4 x 49 / 36 + 16 x 2 x 9 / 324 = 8.333; unseen 2 by exp(1.96 sqrt(ln(1 + 8.333 / 4)))
    found = coverage.chao1(4, 2, 10)
    assert (found.low, found.high) == pytest.approx((10.25, 26.01), abs=0.01)


def test_two_sources_find_a_known_number():
    generator, inside = np.random.default_rng(5), 0
    for _ in range(300):
        one, two = generator.random((2, 200)) < [[0.4], [0.5]]
        found = coverage.chapman(one.sum(), two.sum(), (one & two).sum())
        inside += found.low <= 200 <= found.high
    assert 0.92 < inside / 300 < 0.99


def test_documents_and_the_outlet_are_told_apart(data):
    outlet = data.sources.source_id[data.sources.publisher.str.lower().str.startswith(events.OUTLET)].iloc[0]
    other = data.sources.source_id[~data.sources.publisher.str.lower().str.startswith(events.OUTLET)].iloc[0]
    rows = pd.DataFrame(
        {
            "event_id": list("abcd"),
            "date": ["2019-05-01", "2019-06-01", "2019-07-01", "2022-01-01"],
            "source_ids": [outlet, other, f"{outlet} {other}", other],
        }
    )
    found = coverage.by_outlet(data, with_spans(rows), "2019-04-01", "2020-04-30")
    assert found == coverage.chapman(2, 2, 1) and (found.seen, found.again) == (3, 1)
    assert coverage.by_documents(rows) == coverage.chao1(3, 1, 4) and coverage.chao1(3, 1, 4).again == 1
    told = coverage.summary(data, projects.adoption(data))
    for cells, bound in ((told.estimated, "at least "), (told.share, "at most ")):
        assert cells.str.fullmatch(rf"({bound})?\d+%? \(\d+%? to \d+%?\)").all(), "with its range"
        assert cells.str.startswith(bound).tolist() == [True, False], "that by documents is a bound"
