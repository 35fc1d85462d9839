"""The tables that pages show of projects, on a dozen reports made for the case."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import adoption, events, fields, policy, projects

COLUMNS = ["event_id", "project_id", "date", "level", "sector", "province_code", "stage", "kind", "country"]
ROWS = [
    ("e01", "p1", "2019-03-01", "court", "judiciary", "44", "live", "deployment", "China"),
    ("e02", "p2", "2019-05", "county", "judiciary", "33", "pilot", "deployment", "China"),
    ("e03", "p3", "2020-01-01", "prefecture", "tax-invoicing", "44", "announced", "deployment", "China"),
    ("e04", "p4", "2020-06-01", "provincial", "tax-invoicing", "11", "live", "deployment", "China"),
    ("e05", "p5", "2020", "state-owned", "finance", "", "live", "deployment", "China"),
    ("e06", "p6", "2018-01-01", "none", "finance", "", "live", "deployment", "Japan"),
    ("e07", "p7", "2018-02-01", "foreign-national", "finance", "", "live", "deployment", "South Korea"),
    ("e08", "", "2019-01-01", "county", "judiciary", "33", "", "statement", "China"),
    ("e09", "", "2019-10-24", "national", "other", "", "", "policy", "China"),
    ("e10", "p1", "2019-04-01", "none", "judiciary", "44", "live", "deployment", "China"),
    ("e11", "", "2017-09-04", "national", "finance", "", "", "restriction", "China"),
    ("e12", "", "2018-09-04", "national", "finance", "11", "", "policy", "China"),
]
TOLD = {"e01": "Ant Group; Xin", "e02": "Alipay; Alibaba", "e04": "Xin"}


@pytest.fixture(scope="module")
def made(data):
    """The data with these reports alone; that of e04 is not well documented."""
    rows = pd.DataFrame(ROWS, columns=COLUMNS)
    rows = rows.assign(
        organisations=rows.event_id.map(TOLD).fillna(""), source_ids="n1", date_inferred=False, digital_yuan=False,
        list_group="", confidence=["low" if name == "e04" else "high" for name in rows.event_id], title=rows.event_id,
    )  # fmt: skip
    return replace(data, events=rows)


@pytest.fixture
def tried(made):
    return projects.adoption(made)


def label(data, sector):
    return data.sectors.set_index("sector").label[sector]


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
    """Well documented are two; without s2 none is left, which is the fewest of the documents."""
    well, tax = tried[tried.event_id != "e04"], tried[tried.event_id == "e04"]
    lines = [
        ("all", tried, ""), ("without low confidence", well, ""), ("without inferred dates", tax, ""),
        ("without one document", tried.iloc[1:], "s1"), ("without one document", tried.head(0), "s2"),
    ]  # fmt: skip
    table = adoption.held(made, lines)
    assert list(table.columns) == [
        "selection", "projects", "provinces", "largest_field", "projects_in_it", "other_field",
    ]  # fmt: skip
    assert table.values.tolist() == [
        ["all", 3, 3, "Justice and evidence", 2, ""],
        ["well documented only", 2, 2, "Justice and evidence", 2, ""],
        ["with certain dates only", 1, 1, "Tax and invoices", 1, "yes"],
        ["without the document that most projects rest on", 0, 0, "none", 0, "yes"],
    ]
    assert table.index.tolist() == [0, 1, 2, 3]


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


# What it is for


def test_numbers_of_whole_lists_by_field(data):
    counts = data.published_counts[data.published_counts.dimension == "sector"].iloc[:3]
    counts = counts.assign(
        batch_first=1, batch_last=1, relation=["=", ">=", "~"], value=[50.0, 20.0, 1200.0],
        key=["gaming", "other", "energy"], unit=["services", "entities", "services"], set_aside="",
        confidence="high", source_ids="s1",
    )  # fmt: skip
    total = data.published_counts[data.published_counts.count_id.isin(["c001", "c002"])]
    table = fields.printed(replace(data, published_counts=pd.concat([total, counts])))
    assert table.counted.tolist() == ["50 services", "at least 20 registrants", "about 1,200 services"]
    assert table.share.tolist()[:2] == ["25%", "at least 12%"] and set(table.lists) == {"list 1"}
    alone = fields.printed(replace(data, published_counts=counts))
    assert set(alone.share) == {"not known"}


def test_projects_by_field_and_year(made, tried):
    chosen = projects.projects(events.local(made))
    table = fields.by_year(made, pd.concat([chosen, tried.iloc[:1].assign(sector="other")]))
    assert table.values.tolist() == [
        [label(made, "judiciary"), 2019, 2], [label(made, "tax-invoicing"), 2020, 2],
    ]  # fmt: skip
    before = fields.begun_before(made, chosen, "2020-01-01").set_index("sector")
    assert before.before.to_dict() == {"judiciary": True, "tax-invoicing": False}
    assert fields.begun_before(made, chosen, "2020-01-02").before.all()
    assert fields.labelled(made, chosen).values.tolist()[0][:2] == [label(made, "judiciary"), "e01"]
    numbers = fields.by_province(made, tried).set_index("province_code").projects
    assert numbers.sum() == 3 and numbers["44"] == numbers["33"] == numbers["11"] == 1


def test_specialities_lie_above_their_share_for_certain():
    rows = [("44", "energy")] * 20 + [("33", "gaming")] * 20 + [("33", "energy"), ("33", "other")]
    table = fields.specialities(pd.DataFrame(rows, columns=["province_code", "sector"]))
    assert list(zip(table.province_code, table.sector, table.projects, strict=True)) == [
        ("33", "gaming", 20), ("44", "energy", 20),
    ]  # fmt: skip
    assert (table.least > 1).all() and (table.most >= table.times_its_share).all()


def test_projects_elsewhere_have_no_local_government(made):
    assert list(fields.elsewhere(made, "finance").project_id) == ["p5"]
    assert fields.elsewhere(made, "judiciary").empty, "one report names a court"
    assert [fields.lowered(words) for words in ("NFT sold", "Games sold", "")] == ["NFT sold", "games sold", ""]


# Around dates of policy


def on(*days):
    return events.with_spans(pd.DataFrame({"event_id": [f"e{i}" for i in range(len(days))], "date": days}))


def test_quarters_with_and_without_one_outlet():
    table = policy.quarters(on("2019-02-01", "2019-05-01", "2019-05-02"), on("2019-05-01"))
    assert [f"{day:%F}" for day in table.quarter] == ["2019-01-01", "2019-04-01"]
    assert (table.others.tolist(), table.blocking.tolist()) == ([0, 1], [1, 1])


def test_every_second_month_is_a_placebo():
    days = [f"{month:%Y-%m-%d}" for month in pd.date_range("2017-06", "2021-12", freq="MS") for _ in range(3)]
    table = policy.placebos(on(*days, *["2019-11-05"] * 40), 6)
    assert table.month.tolist()[:2] == ["Mar 2018", "May 2018"] and len(table) == 19
    assert set(table.month[table.above]) == {"Jul 2019", "Sep 2019", "Nov 2019"}


def test_national_policies_in_their_order(made):
    assert list(policy.national(made).event_id) == ["e11", "e09"]
    yuan = made.events.assign(digital_yuan=made.events.event_id == "e09")
    assert list(policy.national(replace(made, events=yuan)).event_id) == ["e11"]
