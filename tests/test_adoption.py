"""How local governments took the technology up, in the tables that pages show, on a dozen reports made for the case."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import reports

from chainregistry import adoption, events, projects


@pytest.fixture(scope="module")
def made(data):
    return reports(data)


@pytest.fixture
def tried(made):
    return projects.adoption(made)


def begun(*rows):
    """What is known of first projects (``firsts.observed``), from (province, first day, last day, censoring)."""
    table = pd.DataFrame(rows, columns=["province_code", "earliest", "latest", "censoring"])
    return table.astype({"earliest": "datetime64[us]", "latest": "datetime64[us]"})


FIRST = begun(
    ("33", "2019-05-01", "2019-05-31", "span"), ("11", None, "2018-12-31", "left"),
    ("44", "2019-03-01", "2019-03-01", "span"), ("12", "2022-01-01", None, "right"),
)  # fmt: skip


# How local governments took it up


def test_each_step_of_the_funnel(made):
    table = adoption.funnel(made)
    assert table.step.tolist() == [
        "news items", "of mainland China", "about local governments", "news items of projects", "projects",
        "tried or running", "well documented",
    ]  # fmt: skip
    assert table.number.tolist() == [12, 10, 5, 4, 4, 3, 2]
    assert adoption.funnel(made, province="guangdong").number.tolist() == [12, 10, 2, 2, 2, 1, 1]
    yuan = replace(made, events=made.events.assign(digital_yuan=made.events.event_id == "e02"))
    assert adoption.funnel(yuan).number.tolist() == [12, 10, 5, 3, 3, 2, 1], "about governments, but no project"


def test_projects_by_field_and_level_the_fullest_first(made, tried):
    tax = tried[tried.sector == "tax-invoicing"]
    table = adoption.by_level(made, pd.concat([projects.projects(events.local(made)), tax]))
    assert list(table.columns) == ["label", "sector", "courts", "provincial", "prefecture", "county", "projects"]
    assert table.values.tolist() == [
        ["Tax and invoices", "tax-invoicing", 0, 2, 1, 0, 3], ["Justice and evidence", "judiciary", 1, 0, 0, 1, 2],
    ]  # fmt: skip
    assert table.index.tolist() == [0, 1] and table.columns.name is None
    even = adoption.by_level(made, projects.projects(events.local(made)))
    assert even.label.tolist() == ["Justice and evidence", "Tax and invoices"], "equal ones by name"
    other = made.sectors.assign(label=made.sectors.label.replace("Justice and evidence", "Z"))
    assert adoption.by_level(replace(made, sectors=other), tried.iloc[1:]).label.tolist() == ["Tax and invoices", "Z"]


def test_the_largest_field_is_one_only_if_no_choice_says_otherwise(made, tried):
    table, tax = adoption.by_level(made, tried), tried[tried.sector == "tax-invoicing"]
    assert adoption.largest(table, [("all", tried, "")]) == "Largest field: justice and evidence 2"
    assert adoption.largest(table, [("all", tried, ""), ("one", tax, "")]) == (
        "Justice and evidence 2, tax and invoices 1; which leads depends on the news items counted"
    )
    assert adoption.largest(table.head(0), [("all", tried.head(0), "")]) == "Largest field: none"


def test_provinces_that_had_begun_by_each_day_for_certain_and_at_most():
    """Beijing had by the end of 2018, Guangdong began on 1 March and Zhejiang some day in May of 2019."""
    table = adoption.course(FIRST)
    assert [f"{day:%F}" for day in table.day] == ["2018-12-31", "2019-03-01", "2019-05-01", "2019-05-31"]
    assert (table.low.tolist(), table.high.tolist()) == ([1, 2, 2, 3], [1, 2, 3, 3])


def test_first_dates_in_their_order_with_the_projects_since(made, tried):
    first = pd.concat([FIRST, begun(("31", "2019-03-01", "2019-03-01", "span"))])
    table = adoption.first_dates(pd.concat([tried, tried.tail(1)]), first, made)
    assert table[["province_code", "name_zh", "first_project", "projects"]].values.tolist() == [
        ["11", "北京市", "by 31 December 2018", 2], ["31", "上海市", "1 March 2019", 0],
        ["44", "广东省", "1 March 2019", 1], ["33", "浙江省", "May 2019", 1],
    ]  # fmt: skip
    assert table.index.tolist() == [0, 1, 2, 3]


def test_only_counts_of_what_runs_tell_that_something_ran(made):
    """Of e02 (a pilot), e03 (announced) and the statement e08 as counts only the first; a speech is none."""
    kinds = made.events.kind.where(~made.events.event_id.isin(["e02", "e03"]), "tally")
    told = replace(made, events=made.events.assign(kind=kinds))
    assert adoption.running(told).event_id.tolist() == ["e02"]
    assert adoption.running(told, province="guangdong").empty and adoption.running(made).empty


def test_first_dates_that_are_open_on_one_side(made):
    assert list(adoption.censored(FIRST, made, "left")) == ["Beijing"]
    assert list(adoption.censored(FIRST, made, "right")) == ["Tianjin"]
    counts = pd.DataFrame({"province_code": ["12", "33"], "title": "ten chains", "date": ["2020-01", "2020"]})
    assert adoption.only_counted(counts, FIRST, made) == ["Tianjin (ten chains, January 2020)"]


def test_the_year_by_whose_end_half_of_the_provinces_had_begun():
    years = lambda *years: begun(*[("11", None, f"{year}-07-01", "left") for year in years])  # noqa: E731
    none = begun(("12", None, None, "right"))
    tell = lambda *parts: adoption.half(pd.concat(parts))  # noqa: E731
    assert tell(FIRST) == "3 of 4 provinces had a project by the end of 2019"
    assert tell(years(2020, 2018, 2019, 2018)) == "2 of 4 provinces had a project by the end of 2018"
    assert tell(years(2020, 2018, 2019), none, none) == "3 of 5 provinces had a project by the end of 2020"
    assert tell(years(2018), none, none, none) == "1 of 4 provinces had a project by the end of 2018", (
        "not half of them"
    )
    assert tell(none, none) == ""


def test_the_estimated_day_by_which_half_had_begun():
    day, never = begun(*[("11", "2019-03-05", "2019-03-05", "span")] * 3), begun(("12", "2022-01-01", None, "right"))
    drawn = "drawing the provinces anew with replacement gives March 2019"
    half = f"By that estimate half of the provinces had begun by 5 March 2019; {drawn}"
    assert adoption.estimated_half(day) == f"{half} in 95% of draws."
    some = pd.concat([day.head(1), never], ignore_index=True)
    assert adoption.estimated_half(some) == f"{half} to a day after the record ends in 95% of draws."
    assert adoption.estimated_half(never) == (
        "By that estimate half of the provinces had not begun when the record ends."
    )


def test_months_from_the_policy_to_the_project_leads_first(made):
    """Guangdong 59 days after; Zhejiang's of May before some day of June; of Beijing only that it was by 364 days."""
    plans = pd.DataFrame(
        {"province_code": ["44", "33", "11", "12"], "date": ["2019-01-01", "2019-06", "2018-01-01", "2018"]}
    )
    lags = adoption.lags_in_months(events.with_spans(plans.assign(event_id=list("abcd"))), FIRST, made)
    assert lags[["name_en", "slug", "short_zh"]].values.tolist() == [
        ["Beijing", "beijing", "北京"], ["Guangdong", "guangdong", "广东"], ["Zhejiang", "zhejiang", "浙江"],
    ]  # fmt: skip
    assert lags.index.tolist() == [0, 1, 2] and pd.isna(lags.low[0])
    assert lags.low[1:].tolist() == pytest.approx([59 / 30.44, -60 / 30.44])
    assert lags.high.tolist() == pytest.approx([364 / 30.44, 59 / 30.44, -1 / 30.44])
    assert adoption.which_first(lags) == "Policy first in 1 province, project first in 1, open in Beijing"


def test_leads_of_equal_length_stand_in_the_order_of_their_certainty(made):
    """One day of policy; first projects that end on one day: the shortest span first, then by code."""
    first = begun(
        ("33", "2019-01-11", "2019-01-11", "span"), ("11", "2019-01-06", "2019-01-11", "span"),
        ("31", "2019-01-11", "2019-01-11", "span"),
    )  # fmt: skip
    plans = pd.DataFrame({"province_code": ["11", "31", "33"], "date": "2019-01-01", "event_id": list("abc")})
    assert adoption.lags_in_months(events.with_spans(plans), first, made).slug.tolist() == [
        "shanghai",
        "zhejiang",
        "beijing",
    ]


def test_what_came_first_is_open_where_a_span_holds_the_day_itself():
    lags = lambda *pairs: pd.DataFrame(pairs, columns=["low", "high"]).assign(name_en=list("ABCDE")[: len(pairs)])  # noqa: E731
    assert adoption.which_first(lags((0, 0), (1, 2), (3, 4))) == (
        "Policy first in 2 provinces, project first in none, open in A"
    )
    assert adoption.which_first(lags((-1, 1), (None, 2), (0, 1), (-2, -1))).endswith("in 1, open in A, B and C")
    assert adoption.which_first(lags(*[(-1, 1)] * 4)).endswith("project first in none, open in 4"), "not all are named"
    assert adoption.which_first(lags((-2, -1))) == "Policy first in no provinces, project first in 1"


def test_a_headline_under_one_change_at_a_time(made, tried):
    """Of the documents s1 is the one without which fewest are left; a selection may leave fewer, or none."""
    well, tax = tried[tried.event_id != "e04"], tried[tried.event_id == "e04"]
    lines = [
        ("all", tried, ""), ("without inferred dates", tax, ""), ("without low confidence", well, ""),
        ("with branches", tried.head(0), ""), ("without one document", tried, "s2"),
        ("without one document", tried.iloc[[0, 2]].assign(sector="judiciary"), "s1"),
    ]  # fmt: skip
    table = adoption.held(made, lines)
    assert list(table.columns) == [
        "selection", "projects", "provinces", "largest_field", "projects_in_it", "other_field",
    ]  # fmt: skip
    assert table.values.tolist() == [
        ["all", 3, 3, "Justice and evidence", 2, ""],
        ["with certain dates only", 1, 1, "Tax and invoices", 1, "yes"],
        ["well documented only", 2, 2, "Justice and evidence", 2, ""],
        ["with branches", 0, 0, "none", 0, "yes"],
        ["without the document that most projects rest on", 2, 2, "Justice and evidence", 2, ""],
    ]
    assert table.index.tolist() == [0, 1, 2, 3, 4]


def test_what_a_selection_is_about(made):
    chosen = {exclude: adoption.leaving_out(exclude) for exclude in ("none", "lists", "outlet", "both")}
    assert [(c["listed"], c["outlet"]) for c in chosen.values()] == [
        (True, True), (False, True), (True, False), (False, False),
    ]  # fmt: skip
    assert list(adoption.places(made, "tibet").province_code) == ["54"] and len(adoption.places(made, "all")) == 31


def test_vendors_of_one_group_are_one(tried):
    table = adoption.vendors(tried)
    assert table.values.tolist() == [["Ant/Alibaba", 2, 2], ["Xin", 2, 2]]
    more = adoption.vendors(pd.concat([tried, tried.head(1).assign(project_id="p9", organisations="Xin")]))
    assert more.values.tolist() == [["Xin", 3, 2], ["Ant/Alibaba", 2, 2]] and more.index.tolist() == [0, 1]
