"""Values that print themselves."""

import pandas as pd
import pytest

from chainregistry.values import (
    Interval,
    Share,
    Span,
    count,
    day,
    decimals_beside_one,
    listing,
    lists_in_words,
    lowered,
    percentage,
    places,
    runs,
    share,
    some,
    spans,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Interval(2, 2), "2"),
        (Interval(2, 1500), "2 to 1,500"),
        (Interval(3, None), "at least 3"),
        (Interval(-1.5, 2.25), "−1.5 to 2.2"),
        (Interval(571, 571) / Interval(730, 730), "78%"),
        (Interval(500, 633) / Interval(730, 730), "68% to 87%"),
        (Interval(10, None) / Interval(100, 200), "at least 5%"),
        (Interval(0, None) / Interval(0, None), "not known"),
        (Interval(5, 50) / Interval(10, 20), "at least 25%"),  # a part is never more than its whole
        (Interval(1, 3) / 2, "0.5 to 1.5"),
        (Interval(1, 2) + Interval(3, None), "at least 4"),
        (Interval(1, None) + Interval(3, 4), "at least 4"),
        (Interval(1, 2) + Interval(3, 4), "4 to 6"),
        (Share(0.0446, 0.0446), "4.5%"),
        (Share(0.5, 0.997), "50% to 99.7%"),
        (Share(1, 1), "100%"),
        (Share(0, 0.1), "0% to 10%"),
        (Interval(1, 2) / Interval(0, 0), "not known"),
    ],
)
def test_ranges_and_shares_print_themselves(value, words):
    assert str(value) == f"{value}" == words


def test_the_width_of_a_range():
    assert (Interval(1, 3).width, Interval(1, None).width) == (2, float("inf"))


def test_an_interval_within_another():
    assert Interval(2, 5).within(Interval(2, 5)) and Interval(2, 5).within(Interval(0, None))
    assert not Interval(2, None).within(Interval(0, 9)) and not Interval(1, 3).within(Interval(2, 5))
    assert not Interval(3, 6).within(Interval(2, 5)) and Interval(3, None).within(Interval(3, None))


def test_a_format_is_taken_for_both_ends():
    assert f"{Interval(1, 3) / 2:.2f}" == "0.50 to 1.50"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2020-01-17", "2020-01-17", "17 January 2020"),
        ("2017-05-01", "2017-05-31", "May 2017"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-03-03", "2020-04-09", "between 3 March 2019 and 9 April 2020"),
    ],
)
def test_spans_of_days(first, last, words):
    assert str(Span(pd.Timestamp(first), pd.Timestamp(last))) == words
    table = pd.DataFrame({"a": [pd.Timestamp(first)], "b": [pd.Timestamp(last)]})
    assert str(spans(table.a, table.b)[0]) == words


def test_words():
    assert count(1, "list") == "1 list" and count(2000, "news event") == "2,000 news events"
    assert count(0, "county") == "no counties" and count(pd.DataFrame({"a": [1, 2]}), "city") == "2 cities"
    assert [count(n, "province is", "provinces are") for n in (0, 1, 2)] == [
        "no provinces are",
        "1 province is",
        "2 provinces are",
    ]
    assert listing(["a", "b", "c"]) == "a, b and c" and listing(["a"]) == "a" and listing([]) == "none"
    assert share(1, 16) == "6.2%" and share(1, 2) == "50%" and share(1, 0) == "no share" and share(308, 309) == "99.7%"
    assert [percentage(x) for x in (0, 0.0032, 0.0994, 0.103, 0.996, 1)] == [
        "0%", "0.3%", "9.9%", "10%", "99.6%", "100%",
    ]  # fmt: skip
    assert [day(d) for d in ("2020-01-17", "2020-01", "2020")] == ["17 January 2020", "January 2020", "2020"]
    assert day("2019-10-01", quarter=True) == "October to December 2019"


def test_lists_of_the_register_in_words():
    assert [lists_in_words(1, last) for last in (1, 2, 3)] == ["list 1", "lists 1 and 2", "lists 1 to 3"]


def test_places_in_an_order():
    assert places(Interval(1, 1)) == "1st" and places(Interval(2, 3)) == "2nd or 3rd"
    assert places(Interval(11, 22)) == "11th to 22nd"


def test_what_there_is_and_words_that_go_on():
    assert (some(2, "city"), some([], "city"), some(["a"], "policy or fund", "x")) == (
        "2 cities",
        "",
        "1 policy or fund",
    )
    assert [lowered(words) for words in ("NFT sold", "Games sold", "Copyright and IP", "")] == [
        "NFT sold", "games sold", "copyright and IP", "",
    ]  # fmt: skip


def test_numbers_in_runs():
    assert (
        runs([16, 10, 11, 12, 6]) == "6, 10 to 12 and 16"
        and runs([7, 6, 9]) == "6, 7 and 9"
        and runs([3]) == "3"
        and runs([]) == "none"
    )


def test_a_share_fits_before_its_whole():
    assert Share(0.78, 0.78).part == "78%" and Share(0.0, 1.0).part == "an unknown part"


@pytest.mark.parametrize(
    ("numbers", "digits"),
    [([], 1), ([1.0, 2.5], 1), ([1.04], 2), ([0.951], 2), ([0.95, 1.05], 1), ([1.004], 3), ([float("nan"), 0.2], 1)],
)
def test_decimals_tell_a_number_from_one(numbers, digits):
    assert decimals_beside_one(numbers) == digits
