"""The tables that pages show of projects, on a dozen reports made for the case."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import adoption, areas, events, fields, firsts, policy, projects
from chainregistry.values import Interval

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


# How local governments took it up


def test_projects_by_field_and_level(made, tried):
    table = adoption.by_level(made, tried)
    assert table.drop(columns="label").to_dict("records") == [
        {"sector": "judiciary", "courts": 1, "provincial": 0, "prefecture": 0, "county": 1, "projects": 2},
        {"sector": "tax-invoicing", "courts": 0, "provincial": 1, "prefecture": 0, "county": 0, "projects": 1},
    ]
    assert adoption.largest(table) == f"Largest field: {label(made, 'judiciary').lower()}, 1 of 2 projects at courts"
    assert adoption.largest(table.iloc[:0]) == ""
    every = adoption.by_level(made, projects.projects(events.local(made)))
    assert list(every.label) == sorted(label(made, name) for name in ("judiciary", "tax-invoicing")), "by name in a tie"


def test_each_step_of_the_funnel(made):
    assert adoption.funnel(made).number.tolist() == [12, 10, 5, 4, 4, 3, 2]
    assert adoption.funnel(made, province="guangdong").number.tolist() == [12, 10, 2, 2, 2, 1, 1]


def test_what_a_selection_is_about(made):
    chosen = {exclude: adoption.leaving_out(exclude) for exclude in ("none", "lists", "outlet", "both")}
    assert [(c["listed"], c["outlet"]) for c in chosen.values()] == [
        (True, True), (False, True), (True, False), (False, False),
    ]  # fmt: skip
    assert list(adoption.places(made, "tibet").province_code) == ["54"] and len(adoption.places(made, "all")) == 31


def test_provinces_that_had_begun_by_each_day(made, tried):
    told = events.with_spans(made.events.assign(province_code="12", date="2018").iloc[:1])
    first = firsts.observed(tried, ["11", "12", "13", "33", "44"], "2021-12-31", told)
    curve = adoption.course(first).set_index("day")
    assert {f"{day:%F}": tuple(row) for day, row in curve.iterrows()} == {
        "2018-12-31": (1, 1), "2019-03-01": (2, 2), "2019-05-01": (2, 3), "2019-05-31": (3, 3), "2020-06-01": (4, 4),
    }  # fmt: skip
    dates = adoption.first_dates(tried, first, made)
    assert list(zip(dates.province_code, dates["first"], dates.projects, strict=True)) == [
        ("12", "by 31 December 2018", 0), ("44", "1 March 2019", 1), ("33", "May 2019", 1), ("11", "1 June 2020", 1),
    ]  # fmt: skip
    assert list(adoption.only_counted(first, made)) == ["Tianjin"] and list(adoption.not_begun(first, made)) == [
        "Hebei"
    ]


def test_half_of_the_provinces_in_words():
    first, last = pd.Timestamp("2019-03-01"), pd.Timestamp("2020-04-30")
    assert adoption.half((first, last)) == "between March 2019 and April 2020"
    assert adoption.half((first, None)) == "after March 2019, if at all"
    assert adoption.half((pd.Timestamp.max, None)) == "on no date that we know"


def test_lags_in_months(made, tried):
    """Plans on 1 January 2019: 59 days before the first of Guangdong, 120 to 150 before that of Zhejiang."""
    plans = events.with_spans(made.events.iloc[:2].assign(date="2019-01-01"))
    table = adoption.lags_in_months(plans, tried, made)
    assert list(table.slug) == ["zhejiang", "guangdong"]
    assert (table.low.round(2).tolist(), table.high.round(2).tolist()) == ([3.94, 1.94], [4.93, 1.94])


def test_vendors_of_one_group_are_one(tried):
    table = adoption.vendors(tried)
    assert table.values.tolist() == [["Ant/Alibaba", 2, 2], ["Xin", 2, 2]]


def test_headline_numbers_under_one_change(made, tried):
    cases = [("all", tried, ""), ("without one document", tried.iloc[:2], "n1"), ("none", tried.iloc[:0], "")]
    table = adoption.held(made, [*cases, ("without one document", tried.iloc[2:], "n2")])
    assert table.values.tolist() == [
        ["all", 3, 3, label(made, "judiciary"), 2],
        ["none", 0, 0, "none", 0],
        ["without the weightiest document", 1, 1, label(made, "tax-invoicing"), 1],
    ]


# What it is for


def test_services_and_projects_side_by_side(made, tried):
    """One service of three that can be sorted is for justice, two of three projects are."""
    services = pd.DataFrame({"sector": ["judiciary", "finance", "finance", "other"]})
    table = fields.side_by_side(made, services, tried).set_index("sector")
    assert list(table.index) == ["finance", "judiciary", "tax-invoicing"], "the latter two differ by as much"
    assert (table.services.tolist(), table.projects.tolist()) == ([2, 1, 0], [0, 2, 1])
    assert table.registered.round(1).tolist() == [66.7, 33.3, 0] and table["run"].round(1).tolist() == [0, 66.7, 33.3]
    assert fields.largest(table, "services") == label(made, "finance").lower()
    two = fields.largest(table.assign(projects=1).iloc[:2], "projects")
    assert two == " and ".join(label(made, name).lower() for name in ("finance", "judiciary"))
    nothing = fields.side_by_side(made, services.iloc[:1], tried.iloc[:0])
    assert nothing[["registered", "run"]].values.tolist() == [[100, 0]]


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


# Mainland China and the rest of Asia


def test_who_runs_projects(made):
    table = areas.runners(areas.sorted_projects(made))
    assert table.values.tolist()[0] == ["Mainland China", 4, 1, 0, 5]
    assert {tuple(row) for row in table.values.tolist()[1:]} == {("Japan", 0, 0, 1, 1), ("South Korea", 1, 0, 0, 1)}
    assert areas.first(table) == "Run by public bodies in Mainland China: 80% of 5 projects"
    assert areas.first(table.iloc[:0]) == ""
    branches = made.events.assign(level=made.events.level.replace("court", "central-branch"))
    for wanted in (True, False):
        assert ("e01" in set(areas.select(replace(made, events=branches), branches=wanted).event_id)) is wanted


def test_the_share_of_public_bodies_is_compared(made):
    chosen = areas.sorted_projects(made)
    assert areas.public(chosen, state=False).value == pytest.approx(4 / 5 - 1 / 2)
    assert areas.public(chosen, state=True).value == pytest.approx(1 - 1 / 2)
    for one_side in (chosen[chosen.area == areas.HOME], chosen[chosen.area != areas.HOME]):
        found = areas.public(one_side, state=False)
        assert (found.value, found.low, found.high, found.chance) == (0, -1, 1, 1)


def test_areas_with_few_projects_stand_together(made):
    """20 of China in two fields, 12 to 8; three elsewhere."""
    size = {
        ("Mainland China", "finance"): 12,
        ("Mainland China", "gaming"): 8,
        ("Japan", "gaming"): 2,
        ("Hong Kong", "energy"): 1,
    }
    rows = [
        (*pair, pd.Timestamp("2019-05-01") + pd.DateOffset(years=i % 2)) for pair, n in size.items() for i in range(n)
    ]
    chosen = pd.DataFrame(rows, columns=["area", "sector", "first_day"])
    table = areas.by_field(made, chosen).set_index(["area", "label"]).percent
    assert table["Mainland China"].to_dict() == {
        label(made, "gaming"): 40, label(made, "finance"): 60, label(made, "energy"): 0,
    }  # fmt: skip
    assert table["the others"].to_dict() == {
        label(made, "gaming"): 67, label(made, "finance"): 0, label(made, "energy"): 33,
    }  # fmt: skip
    assert areas.by_field(made, chosen).label.iloc[0] == label(made, "gaming"), "the largest of both first"
    assert areas.by_year(chosen).values.tolist() == [["Mainland China", 2019, 10], ["Mainland China", 2020, 10]]


def test_fields_within_two_points_lead_together():
    table = pd.DataFrame(
        {"area": ["A", "A", "A", "B"], "label": ["One", "Two", "Three", "Four"], "percent": [30, 28, 27, 5]}
    )
    assert areas.leading(table) == {"A": "one, two", "B": "four"}


# Around dates of policy


def on(*days):
    return events.with_spans(pd.DataFrame({"event_id": [f"e{i}" for i in range(len(days))], "date": days}))


def test_before_and_after_each_date(made):
    """Twelve months around the session of 24 October 2019: one before, the day itself and twelve more after."""
    many = on("2019-10-23", *["2019-10-24"] * 13)
    table = policy.around(many, many.iloc[:2], 12).set_index(["selection", "date"])
    row = table.loc[("all sources", "Politburo session")]
    assert (row.before, row.after, row.ratio, row.beyond) == (1, 13, 13, True) and row.low > 1
    assert not table.loc[("without Blocking.net alone", "Politburo session")].beyond
    rules = table.loc[("all sources", "filing rules")]
    assert (rules.before, rules.after) == (0, 14) and pd.isna(rules.high)
    assert policy.factor(rules) == Interval(rules.low, None) and policy.factor(row) == Interval(row.low, row.high)
    fell = policy.around(on(*["2019-10-23"] * 13, "2019-10-24"), many, 12).set_index(["selection", "date"])
    assert fell.loc[("all sources", "Politburo session")].beyond


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
