"""How local governments took the technology up, in the tables that pages show, on a dozen reports made for the case."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import FIRST, SPAN, begun, dated

from chainregistry import adoption, days, events, projects
from chainregistry.prose import cite
from chainregistry.values import Interval

# How local governments took it up


def test_each_step_of_the_funnel(made):
    table = adoption.funnel(made)
    assert table.step.tolist() == [
        "news items", "on mainland China", "about local governments and courts", "news items on projects",
        "local projects", "tried or running", "without doubtful reports",
    ]  # fmt: skip
    assert table.number.tolist() == [12, 10, 5, 4, 4, 3, 2]
    assert adoption.funnel(made, province="guangdong").number.tolist() == [12, 10, 2, 2, 2, 1, 1]
    yuan = replace(made, events=made.events.assign(digital_yuan=made.events.event_id == "e02"))
    assert adoption.funnel(yuan).number.tolist() == [12, 10, 5, 3, 3, 2, 1], "about governments, but no project"


def test_projects_by_field_and_level_the_fullest_first(made, tried):
    tax = tried[tried.sector == "tax-invoicing"]
    table = adoption.by_level(made, pd.concat([projects.projects(events.local(made)), tax]))
    assert list(table.columns) == ["label", "sector", "courts", "provinces", "cities", "counties", "projects"]
    assert table.values.tolist() == [
        ["Tax and invoices", "tax-invoicing", 0, 2, 1, 0, 3], ["Justice and evidence", "judiciary", 1, 0, 0, 1, 2],
    ]  # fmt: skip
    assert table.index.tolist() == [0, 1] and table.columns.name is None
    even = adoption.by_level(made, projects.projects(events.local(made)))
    assert even.label.tolist() == ["Justice and evidence", "Tax and invoices"], "equal ones by name"
    other = made.sectors.assign(label=made.sectors.label.replace("Justice and evidence", "Z"))
    assert adoption.by_level(replace(made, sectors=other), tried.iloc[1:]).label.tolist() == ["Tax and invoices", "Z"]


def test_no_field_is_shown_while_one_as_large_is_not():
    table = pd.DataFrame({"label": list("abcd"), "projects": [5, 3, 3, 1]})
    assert [len(adoption.most(table, rows)) for rows in (1, 2, 3, 4, 9)] == [1, 1, 3, 4, 4]


def test_which_field_leads_where_it_is_level_and_where_another_one_leads(made, tried):
    table, tax = adoption.by_level(made, tried), tried[tried.sector == "tax-invoicing"]
    level = ("without low confidence", tried.tail(2), "")
    leads = "Justice and evidence leads with 2 projects, ahead of tax and invoices with 1"
    assert adoption.largest(table, [("all", tried, "")]) == leads
    assert adoption.largest(table, [("all", tried, ""), level]) == (
        f"{leads}; level with another field (1 each) without doubtful reports"
    )
    assert adoption.largest(table, [("all", tried, ""), level, level]) == (
        f"{leads}; level with another field in 2 of 3 selections"
    )
    open_ = "Justice and evidence 2, tax and invoices 1; which leads depends on the news items counted"
    assert adoption.largest(table, [("all", tried, ""), ("one", tax, "")]) == open_
    even = adoption.by_level(made, tried.tail(2))
    assert adoption.largest(even, [level]).startswith("Justice and evidence 1, tax and invoices 1; which leads")
    assert adoption.largest(table[:1], [("all", tried[:1], "")]) == "Justice and evidence leads with 2 projects"
    assert adoption.largest(table.head(0), [("all", tried.head(0), ""), ("one", tax, "")]) == "Largest field: none"


def test_projects_found_and_their_largest_fields(made, tried):
    table, told = (
        adoption.by_level(made, tried),
        "We found reports of {} if doubtful reports are left out); the largest {}.",
    )
    both = "fields are justice and evidence (2, 1 of them by courts) and tax and invoices (1)"
    assert adoption.found(table, tried, tried.head(2)) == told.format("3 such projects (2", both)
    assert adoption.found(table.tail(1), tried.tail(1), tried.head(0)) == (
        told.format("1 such project (none", "field is tax and invoices (1)")
    )
    assert adoption.found(table.head(0), tried.head(0), tried) == "We found reports of no such projects."


def test_only_counts_of_what_runs_tell_that_something_ran(made):
    """Of e02 (a pilot), e03 (announced), e04 (of a known project) and the statement e08 as counts only the first."""
    counted = made.events.event_id.isin(["e02", "e03", "e04"])
    none = made.events.project_id.mask(counted & (made.events.event_id != "e04"), "")
    told = replace(made, events=made.events.assign(kind=made.events.kind.mask(counted, "tally"), project_id=none))
    assert adoption.running(told).event_id.tolist() == ["e02"]
    assert adoption.running(told, province="guangdong").empty and adoption.running(made).empty


def test_first_dates_that_are_open_on_one_side(made):
    assert list(adoption.censored(FIRST, made, "left")) == ["Beijing"]
    assert list(adoption.censored(FIRST, made, "right")) == ["Tianjin"]


def test_provinces_that_had_not_begun_with_what_was_announced_and_without(made, local):
    first = begun(*[(code, None, None, "right") for code in ("12", "44", "31")], *SPAN)
    only = "In Guangdong we found only announced projects"
    assert adoption.without(first, local, made, {}) == f"{only}, in Tianjin and Shanghai no local project of their own."
    assert adoption.without(first[1:2], local, made, {}) == f"{only}."
    assert adoption.without(first[:1], local, made, {}) == "In Tianjin we found no local project of their own."
    assert (
        adoption.without(first.tail(1), local, made, {"Hebei": "x (2020)"})
        == "In Hebei we count no project, but know a total: x (2020)."
    )


def test_provinces_without_a_project_whose_running_systems_were_counted(made, tried):
    counts = pd.DataFrame(
        {"province_code": ["12", "33"], "title": "ten chains", "date": ["2020-01", "2020"], "source_ids": "s1"}
    )
    counts = counts.assign(date_inferred=[True, False], confidence=["low", "high"])
    note = cite("s1")
    marked = f"ten chains{note} (January 2020, inferred, doubtful)"
    assert adoption.only_counted(counts, tried, made) == {"Tianjin": marked}
    both = {"Tianjin": marked, "Zhejiang": f"ten chains{note} (2020)"}
    assert adoption.only_counted(counts, tried.head(0), made) == both
    again = pd.concat([counts, counts.tail(1).assign(title="a hub")])
    assert (
        adoption.only_counted(again, tried.head(0), made)["Zhejiang"] == f"ten chains{note} (2020); a hub{note} (2020)"
    )


def test_counts_of_what_ran_in_a_listing(tried):
    """The first is doubtful, and the month of the second is inferred."""
    counts = pd.DataFrame({"title": ["A counts ten", "B two"], "date": ["2020", "2020-01"], "source_ids": ["s1", ""]})
    counts = counts.assign(summary=["One is named.", "More."], date_inferred=[False, True], confidence=["low", "high"])
    told, start = adoption.counted_in_words, adoption.UNCOUNTED
    one = f"A counts ten{cite('s1')} (2020, doubtful)"
    assert told(counts.head(1), tried) == f"{start}: {one}."
    assert told(counts, tried) == f"{start}: {one}; B two (January 2020, inferred)."
    assert told(counts.head(1), tried.head(0)) == f"{start}: {one}. One is named."
    assert told(counts.head(0), tried) == told(counts.head(0), tried.head(0)) == ""


def test_provinces_known_by_a_count_alone_in_a_sentence():
    assert adoption.by_counts({"A": "x (2020)"}) == "In A we count no project, but know a total: x (2020)."
    assert adoption.by_counts({"A": "x", "B": "y"}) == "In A and B we count no project, but know totals: x; y."
    assert adoption.by_counts({}) == ""


def test_policies_and_funds_support_the_technology():
    told = pd.DataFrame({"kind": ["policy", "deployment", "funding", "restriction", "statement", "tally"]})
    assert adoption.plans(told).kind.tolist() == ["policy", "funding"]


def test_months_from_the_policy_to_the_project_leads_first(made):
    """Guangdong 59 days after; Zhejiang's of May before some day of June; of Beijing only that it was by 364 days."""
    plans = pd.DataFrame(
        {"province_code": ["44", "33", "11", "12"], "date": ["2019-01-01", "2019-06", "2018-01-01", "2018"]}
    )
    lags = adoption.lags_in_months(days.with_spans(plans.assign(event_id=list("abcd"))), FIRST, made)
    assert lags[["name_en", "slug", "short_zh"]].values.tolist() == [
        ["Beijing", "beijing", "北京"], ["Guangdong", "guangdong", "广东"], ["Zhejiang", "zhejiang", "浙江"],
    ]  # fmt: skip
    assert lags.index.tolist() == [0, 1, 2] and pd.isna(lags.low[0])
    assert lags.low[1:].tolist() == pytest.approx([59 / 30.44, -60 / 30.44])
    assert lags.high.tolist() == pytest.approx([364 / 30.44, 59 / 30.44, -1 / 30.44])
    assert (
        adoption.which_first(lags, HELD)
        == "Policy came first in 1 province, a project in 1; in Beijing the order is unknown"
    )
    assert adoption.orders(lags) == (1, 1)


def test_dates_of_policies_may_be_open_to_the_past_too(made):
    """Beijing's project and its policy are known by their latest days alone; Zhejiang's policy is: it came first by
    a month or more. That of Guangdong came after its project; Tianjin has none, so its policy is not told."""
    causes = dated(
        ("p", "11", "2018-06-01", True), ("q", "33", "2019-04-01", True), ("r", "44", "2019-03-11", False),
        ("s", "12", "2018-01-01", False),
    )  # fmt: skip
    lags = adoption.lags_in_months(causes, FIRST, made)
    assert lags.name_en.tolist() == ["Zhejiang", "Guangdong", "Beijing"], "by the least where the most is open"
    assert lags.low[:2].tolist() == pytest.approx([30 / 30.44, -10 / 30.44])
    assert lags.high[1] == pytest.approx(-10 / 30.44) and lags.high[[0, 2]].isna().all() and pd.isna(lags.low[2])
    assert adoption.orders(lags) == (1, 1)


def test_leads_of_equal_length_stand_in_the_order_of_their_certainty(made):
    """One day of policy; first projects that end on one day: the shortest span first, then by code."""
    first = begun(
        ("33", "2019-01-11", "2019-01-11", "span"), ("11", "2019-01-06", "2019-01-11", "span"),
        ("31", "2019-01-11", "2019-01-11", "span"),
    )  # fmt: skip
    plans = pd.DataFrame({"province_code": ["11", "31", "33"], "date": "2019-01-01", "event_id": list("abc")})
    assert adoption.lags_in_months(days.with_spans(plans), first, made).slug.tolist() == [
        "shanghai",
        "zhejiang",
        "beijing",
    ]


HELD = pd.DataFrame({"selection": ["as on this page", adoption.WRITTEN], "policy_first": 2, "project_first": 1})


def test_what_came_first_is_open_where_a_span_holds_the_day_itself():
    first = lambda rows: adoption.which_first(rows, HELD[:1])  # noqa: E731
    lags = lambda *pairs: pd.DataFrame(pairs, columns=["low", "high"]).assign(name_en=list("ABCDE")[: len(pairs)])  # noqa: E731
    assert first(lags((0, 0), (1, 2), (3, 4))) == (
        "Policy came first in 2 provinces, a project in none; in A the order is unknown"
    )
    assert first(lags((-1, 1), (None, 2), (0, 1), (-2, -1))).endswith("in 1; in A, B and C the order is unknown")
    assert first(lags(*[(-1, 1)] * 4)).endswith("in none; in 4 the order is unknown"), "not all are named"
    none = "Policy came first in no provinces, a project in 1"
    assert first(lags((-2, -1))) == none
    assert adoption.which_first(lags((-2, -1)), HELD) == f"{none}; {adoption.WRITTEN}, in 2 and 1"
    assert adoption.WRITTEN not in adoption.which_first(lags((1, 2)), HELD), "the same side leads"


def test_a_headline_under_one_change_at_a_time(made, tried):
    """Zhejiang has a policy two weeks before its project, Guangdong a fund two after (not well documented), and
    Beijing a policy five months before (an inferred date). All of n1 but that of Zhejiang."""
    policies = [
        ("f1", "2019-04-15", "county", "33", "policy", "n2", "high", False),
        ("f2", "2019-03-15", "prefecture", "44", "funding", "n1", "low", False),
        ("f3", "2020-01-01", "provincial", "11", "policy", "n1", "high", True),
    ]
    columns = ["event_id", "date", "level", "province_code", "kind", "source_ids", "confidence", "date_inferred"]
    added = pd.DataFrame(policies, columns=columns).assign(
        project_id="", sector="other", stage="", country="China", organisations="", digital_yuan=False, list_group="",
        title="",
    )  # fmt: skip
    told = replace(made, events=pd.concat([made.events, added], ignore_index=True))
    well, tax = tried[tried.event_id != "e04"], tried[tried.event_id == "e04"]
    lines = [
        ("all", tried, ""), ("without inferred dates", tax, ""), ("without low confidence", well, ""),
        ("with some more", tried.head(0), ""), (projects.STRICTEST, tried, ""),
        ("without one document", tried, "n2"),
        ("without one document", tried.iloc[[0, 2]].assign(sector="judiciary"), "n1"),
    ]  # fmt: skip
    table = adoption.held(told, lines)
    assert list(table.columns) == [
        "selection", "projects", "provinces", "largest_field", "projects_in_that_field", "policy_first",
        "project_first",
    ]  # fmt: skip
    assert table.values.tolist() == [
        ["as on this page", 3, 3, "Justice and evidence", 2, 2, 1],
        ["with printed dates only", 1, 1, "Tax and invoices", 1, 0, 0],
        ["without doubtful reports", 2, 2, "Justice and evidence", 2, 1, 0],
        ["with some more", 0, 0, "none", 0, 0, 0],
        ["without doubtful reports, with printed dates only", 3, 3, "Justice and evidence", 2, 1, 0],
        ["without the one document on which the most projects rest", 2, 2, "Justice and evidence", 2, 0, 0],
        [adoption.WRITTEN, 3, 3, "Justice and evidence", 2, 0, 0],
    ]  # fmt: skip
    assert table.index.tolist() == [0, 1, 2, 3, 4, 5, 6]
    stages = told.events.kind.where(told.events.kind.isin(["policy", "funding"]), told.events.stage)
    written = adoption.held(replace(told, events=told.events.assign(stage=stages)), lines)
    assert written[["policy_first", "project_first"]].values[[0, -1]].tolist() == [[2, 1]] * 2, "all are written"
    south = adoption.held(told, lines[:1], province="guangdong")
    assert south[["policy_first", "project_first"]].values.tolist() == [[0, 1], [0, 0]]
    ran = added.head(1).assign(event_id="f4", date="2019-04-30", kind="tally", stage="live", source_ids="n3")
    counted = replace(told, events=pd.concat([told.events, ran], ignore_index=True))
    lines = [lines[0], ("without one document", tried, "n3")]
    order = adoption.held(counted, lines)[["policy_first", "project_first"]].values.tolist()
    assert order[:2] == [[1, 1], [2, 1]], "a count of what ran leaves open what came first, unless it is left out"
    only = adoption.held(told, [("all", tried, "")])
    assert len(only) == 2, "no document stands alone"


def test_provinces_reached_under_one_change_at_a_time_and_under_both_strict_rules(tried):
    lines = [("all", tried, ""), ("a", tried.head(2), ""), ("b", tried.iloc[1:2], "s1"), ("c", tried.iloc[1:], "")]
    assert adoption.reached(lines[:2]) == Interval(2, 3) and adoption.reached(lines) == Interval(1, 3)
    assert adoption.reached([*lines[:2], (projects.STRICTEST, tried.head(1), "")]) == Interval(1, 3)


def test_no_rule_of_counting_is_left_out_of_the_range(data):
    tables = projects.variants(data, tried=True)
    number = adoption.reached([*tables, (projects.STRICTEST, tables[1][1][:1], "")])
    with_branches = next(table for name, table, _ in tables if name.startswith("with branches"))
    assert number.high >= with_branches.province_code.nunique() and number.low == 1
    held = adoption.held(data, tables).set_index("selection")
    assert held.provinces.between(number.low, number.high).all() and len(held) == len(projects.VARIANTS) + 3


def test_what_came_first_is_told_over_all_choices():
    """A policy in 6, 5 and 8 provinces; where as many have either, they are level, which is no other order."""
    held = pd.DataFrame({"policy_first": [6, 5, 8], "project_first": [3, 7, 7]})
    told = lambda rows, lags=LAGS[:2]: adoption.order_held(rows, lags)  # noqa: E731
    assert told(held) == (
        "With the choices of the last table of this page, policy came first in 5 to 8 of the provinces and a project in"
        " 3 to 7: in 2 rows of that table policy leads and in 1 row projects lead."
    )
    assert told(held[::2]).endswith(": in each of its rows policy leads.")
    assert told(held[1:2]).endswith(
        "policy came first in 5 of the provinces and a project in 7: in each of its rows projects lead."
    )
    even = pd.DataFrame({"policy_first": [6, 5], "project_first": [3, 5]})
    assert told(even).endswith(": in 1 row of that table policy leads and in 1 row both are level.")
    other = even.rename(columns=dict(zip(even, reversed(list(even)), strict=True)))
    assert told(other).endswith(": in 1 row of that table both are level and in 1 row projects lead.")


LAGS = pd.DataFrame({"low": [1.0, -9.0, -2.0, None], "high": [2.0, -8.0, 2.0, 1.0]})
"""One province with the policy first, one with the project first, and two that are open."""


def test_provinces_without_a_bar_are_named():
    lags = LAGS.assign(name_en=list("ABCD"))
    assert adoption.undrawn(lags) == ""
    none = lags.assign(low=[None, 1.0, None, 2.0], high=[None, None, None, None])
    assert adoption.undrawn(none) == "No bar is drawn for A and C: there both dates are only the latest possible ones."


def test_open_provinces_are_said_and_whether_they_could_reverse_the_result():
    """Two open ones reverse a lead of one, not one of two."""
    told = lambda lead, lags: adoption.order_held(  # noqa: E731
        pd.DataFrame({"policy_first": [3 + lead], "project_first": [3]}), lags
    )
    unknown = "With this page's own choice the order is unknown in 2 of the 4 provinces compared,"
    assert told(1, LAGS).endswith(f"policy leads. {unknown} enough to reverse the result.")
    assert told(2, LAGS).endswith(f"policy leads. {unknown} too few to reverse the result.")
    assert told(-1, LAGS).endswith(f"{unknown} enough to reverse the result.")
    assert told(0, LAGS).endswith(f"in each of its rows both are level. {unknown} enough to decide it.")
    none = pd.DataFrame({"policy_first": [0], "project_first": [0]})
    assert adoption.order_held(none, LAGS[2:]).startswith("With no choice of the last table of this page is it known")
    assert told(1, LAGS[:3]).endswith("unknown in 1 of the 3 provinces compared, too few to reverse the result.")
    assert "unknown" not in told(1, LAGS[:2])


def test_reports_and_documents_of_projects_are_told_only_of_some(made, tried):
    assert adoption.named_in(tried).startswith(
        "For 3 of 3 projects the reports of a trial or of use name a firm or other partner;"
    )
    assert adoption.named_in(tried.assign(organisations="")).startswith(
        "For none of 3 projects the reports of a trial or of use name"
    )
    more = tried.assign(source_ids="n002 n006")
    english = int((made.sources[made.sources.source_id.isin(["n002", "n006"])].language == "en").sum())
    told = f"The projects rest on 2 documents, {english} of them in English."
    assert adoption.documents(made, more) == told and english
    assert adoption.named_in(tried.head(0)) == adoption.documents(made, tried.head(0)) == ""


def test_how_many_firms_are_named_often():
    named = lambda *numbers: adoption.often_named(pd.DataFrame({"projects": numbers}))  # noqa: E731
    assert named(3, 2, 1) == "2 of 3 firms and other partners are named with several projects"
    assert named(2, 1) == "1 of 2 firms and other partners is named with several projects"
    assert named(1) == "None of 1 firm or other partner is named with several projects"


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
    told = adoption.vendors(tried.head(1).assign(organisations="CAICT"))
    assert told.organisation.tolist() == ["CAICT (state telecoms academy)"]
