"""When provinces began, as pages tell it, on a few dates made for the case."""

from dataclasses import replace

import pandas as pd
from counted import FIRST, SPAN, begun, dated

from chainregistry import adoption, starts
from chainregistry.prose import cite


def test_provinces_that_had_begun_by_each_day_for_certain_and_at_most():
    """Beijing had by the end of 2018, Guangdong began on 1 March and Zhejiang some day in May of 2019.

    One that is only known to have begun by a later day may have as early as the first of the others may.
    """
    table = starts.course(FIRST, "2021-12-31")
    assert [f"{day:%F}" for day in table.day] == [
        "2018-12-31", "2019-03-01", "2019-05-01", "2019-05-31", "2021-12-31",
    ]  # fmt: skip
    assert (table.low.tolist(), table.high.tolist()) == ([1, 2, 2, 3, 3], [1, 2, 3, 3, 3])
    late = starts.course(begun(("11", None, "2020-06-01", "left"), *SPAN), "2020-06-01")
    assert [f"{day:%F}" for day in late.day] == ["2019-05-01", "2019-05-31", "2020-06-01"]
    assert (late.low.tolist(), late.high.tolist()) == ([0, 1, 2], [2, 2, 2])
    assert starts.course(FIRST[FIRST.censoring == "right"], "2021-12-31").empty


def test_first_dates_in_their_order_with_the_projects_since(made, tried):
    """Zhejiang began on another date without doubtful reports; of Shanghai only a total is known."""
    first = pd.concat([FIRST, begun(("31", "2019-03-01", "2019-03-01", "span"))])
    sure = first.assign(latest=first.latest.mask(first.province_code == "33", pd.Timestamp("2019-06-30")))
    table = starts.first_dates(pd.concat([tried, tried.tail(1)]), first, sure, made)
    assert table[["province_code", "name_zh", "first_date", "projects"]].values.tolist() == [
        ["11", "北京市", "by 31 December 2018", "2"], ["31", "上海市", "1 March 2019", "a total only"],
        ["44", "广东省", "1 March 2019", "1"], ["33", "浙江省", "May 2019 (doubtful)", "1"],
    ]  # fmt: skip
    assert table.index.tolist() == [0, 1, 2, 3]


def test_the_year_by_whose_end_half_of_the_provinces_had_begun():
    years = lambda *years: begun(*[("11", None, f"{year}-07-01", "left") for year in years])  # noqa: E731
    none = begun(("12", None, None, "right"))
    tell = lambda *parts: starts.half(pd.concat(parts))  # noqa: E731
    had = "had seen a first project by the end of"
    assert tell(FIRST) == f"At least 3 of 4 provinces {had} 2019"
    assert tell(years(2020, 2018, 2019, 2018)) == f"At least 2 of 4 provinces {had} 2018"
    assert tell(years(2020, 2018, 2019), none, none) == f"At least 3 of 5 provinces {had} 2020"
    assert tell(years(2018), none, none, none) == f"At least 1 of 4 provinces {had} 2018", "not half of them"
    assert tell(none, none) == ""


def test_first_dates_by_projects_and_by_counts_of_what_ran(made):
    """Beijing by an inferred date before the printed one, Tianjin by the first printed one, Hebei by no other."""
    rows = dated(
        ("a", "11", "2019-03", True), ("b", "11", "2019-05-01", False), ("c", "12", "2018-01", False),
        ("d", "12", "2019-01-01", True), ("e", "13", "2020-02-02", True),
    )  # fmt: skip
    three = made.regions[made.regions.province_code.isin(["11", "12", "13"])]
    first = adoption.first_projects(rows, rows[:0], three, made)
    assert first.censoring.tolist() == ["left", "span", "left"]
    assert starts.half(first) == "At least 2 of 3 provinces had seen a first project by the end of 2019"
    counts = dated(("t", "13", "2017", True), ("u", "11", "2016", False))
    latest = adoption.first_projects(rows, counts, three, made).latest
    assert [f"{day:%F}" for day in latest] == ["2016-12-31", "2018-01-31", "2017-12-31"]


def test_the_estimated_day_by_which_half_had_begun():
    day, never = begun(*[("11", "2019-03-05", "2019-03-05", "span")] * 3), begun(("12", "2022-01-01", None, "right"))
    half, drawn = (
        "According to that estimate half of the provinces had begun by",
        "(95% of random draws of the provinces)",
    )
    assert starts.estimated_half(day) == f"{half} 5 March 2019; allowing for chance, in March 2019 {drawn}."
    some = pd.concat([day.head(1), never], ignore_index=True)
    late = f"not before March 2019 {drawn}"
    assert starts.estimated_half(some) == f"{half} 5 March 2019; allowing for chance, {late}."
    assert starts.estimated_half(never) == (
        "According to that estimate half of the provinces had not begun when the record ends."
    )
    open_alone = begun(("13", None, "2020-02-02", "left"))
    assert "had begun by 2 February 2020; " in starts.estimated_half(open_alone), "by the latest day that is known"


def test_what_hangs_on_one_document_is_told_with_its_provinces(made):
    """Two of three provinces begin by document n1, one of them by another later; by n2 and n3 hangs only one project.

    Other ways of counting leave more out, but no document.
    """
    where = made.regions[made.regions.province_code.isin(["11", "12", "13"])]
    rows = dated(
        ("a", "11", "2019-03-05", False), ("b", "12", "2019-03-05", False), ("c", "13", "2019-04-05", False),
        ("d", "12", "2020-01-01", False),
    )  # fmt: skip
    tables = [("all", rows, ""), ("one", rows[rows.event_id.isin(["c", "d"])], "n1"), ("one", rows[:3], "n2")]
    counts = rows.head(0).assign(source_ids="")
    first = adoption.first_projects(rows, counts, where, made)
    document, left = starts.without_document(first, tables, counts, made)
    assert document == "n1" and left.province_code[left.censoring == "right"].tolist() == ["11"]
    sources = pd.DataFrame({"source_id": ["n1"], "publisher": ["Somewhere (a copy)"]})
    told = starts.hanging(first, first, document, left, replace(made, sources=sources))
    assert told == (
        "Without doubtful reports, too, at least 3 provinces had seen a first project by the end of 2019."
        f" The first dates of Beijing and Tianjin rest on one document{cite('n1')} (Somewhere, a copy); without it,"
        " but with doubtful reports, at least 1 province had seen a first project by then."
    )
    alone = ("one", rows[rows.event_id != "c"], "n3")
    document, left = starts.without_document(first, [*tables[::2], alone, ("strict", rows[:0], "")], counts, made)
    assert document == "" and left is first
    assert starts.hanging(first, left[:0], document, left, made) == (
        "Without doubtful reports no province for certain had seen a first project by the end of 2019."
    )
    assert starts.hanging(first[:0], first[:0], "", first, made) == ""
    other = adoption.first_projects(rows[rows.event_id != "c"], counts, where, made)
    assert f"The first date of Hebei rests on one document{cite('n1')}" in starts.hanging(
        first, first, "n1", other, replace(made, sources=sources)
    )
