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


# How local governments took it up


def test_each_step_of_the_funnel(made):
    assert adoption.funnel(made).number.tolist() == [12, 10, 5, 4, 4, 3, 2]
    assert adoption.funnel(made, province="guangdong").number.tolist() == [12, 10, 2, 2, 2, 1, 1]


def test_what_a_selection_is_about(made):
    chosen = {exclude: adoption.leaving_out(exclude) for exclude in ("none", "lists", "outlet", "both")}
    assert [(c["listed"], c["outlet"]) for c in chosen.values()] == [
        (True, True), (False, True), (True, False), (False, False),
    ]  # fmt: skip
    assert list(adoption.places(made, "tibet").province_code) == ["54"] and len(adoption.places(made, "all")) == 31


def test_no_field_is_shown_while_one_as_large_is_not(made, tried):
    table = pd.DataFrame({"label": list("abcd"), "projects": [5, 3, 3, 1]})
    assert [len(adoption.most(table, rows)) for rows in (1, 2, 3, 4, 9)] == [1, 1, 3, 4, 4]


def test_vendors_of_one_group_are_one(tried):
    table = adoption.vendors(tried)
    assert table.values.tolist() == [["Ant/Alibaba", 2, 2], ["Xin", 2, 2]]


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
    assert table.share.tolist()[:2] == ["25%", "at least 12%"] and set(table.lists) == {"1"}
    assert fields.counted_on(table) == (
        "Those who had whole lists counted 50 services of this field on list 1 and about 1,200 on list 1."
    )
    assert fields.counted_on(table.head(0)) == fields.counted_on(table[table.sector == "other"]) == ""
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
    assert fields.by_province(made, tried.head(2)).empty, "two rows of a table show as much"
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
    assert fields.elsewhere(made, province_code="11").empty and len(fields.elsewhere(made, province_code="")) == 1


def test_what_is_known_of_a_field_and_of_local_projects_in_words(made, tried):
    none, some, chosen = tried.head(0), pd.DataFrame({"n": [1, 2]}), projects.projects(events.local(made))
    assert fields.statement("X", some, tried, none, none) == (
        "X: public sources name 2 registered blockchain services; we know of 3 local projects tried or running"
    )
    assert fields.statement("X", none, none, some, none).endswith(
        "no registered blockchain services; we know of no local projects tried or running, only of 2 projects of other"
        " bodies"
    )
    assert fields.statement("X", none, none, some, some).endswith(
        "or running, beside 2 local trials of the digital yuan"
    )
    assert fields.reach(tried, 31).startswith("In 3 of the 31 provinces (2 by well-documented reports) a local")
    assert fields.reach(tried.head(2), 31).startswith("In 2 of the 31 provinces a local")
    assert fields.reach(tried.tail(1), 31).startswith("In 1 of the 31 provinces (none by")
    assert fields.reach(none, 31) == "", "the headline says so"
    assert fields.only_announced(tried, chosen) == "One more local project was only announced."
    assert fields.only_announced(none, chosen) == "Four local projects were only announced."
    assert fields.only_announced(tried, tried) == ""
    assert fields.found(tried, chosen) == "4 local projects (1 of them only announced)"
    assert fields.found(none, chosen.head(1)) == "1 local project (only announced)"
    assert fields.found(tried, tried) == "3 local projects" and fields.found(none, none) == ""
    assert fields.doubtful(tried) == "One of the local projects rests on doubtful reports alone."
    assert fields.doubtful(tried.tail(1)) == "The local project rests on doubtful reports alone."
    assert fields.doubtful(tried.assign(confidence="low")).startswith("All of the local projects rest")
    assert fields.doubtful(tried.head(2)) == fields.doubtful(none) == ""
    rows = {"service_en": ["A", ""], "service_zh": ["", ""], "entity_en": ["B", "C"], "entity_zh": ["", ""]}
    services = pd.DataFrame(rows)
    assert fields.named(services) == (
        "Of its services 1 has a name in our sources; of the other we know the registrant only."
    )
    assert fields.named(services.tail(1)) == "That service is known by the registrant only."
    assert not fields.named(services.head(1))
    assert fields.local(tried, some) == "we know of 3 local projects tried or running"
    assert "only a count of them" in fields.local(none, some) and "no local projects" in fields.local(none, none)
    assert fields.fullest_year(chosen) == "4 projects" and fields.fullest_year(chosen.head(3)).endswith(
        "2 of them in 2019"
    )


def test_trials_of_the_digital_yuan_are_told_apart(made):
    yuan = replace(made, events=made.events.assign(digital_yuan=made.events.event_id == "e02"))
    assert list(fields.yuan_trials(yuan, "judiciary").event_id) == ["e02"] and fields.yuan_trials(made).empty
    assert "e02" not in set(events.local(yuan, sector="judiciary").event_id)
    assert list(fields.other_news(made, "judiciary").event_id) == ["e08"]


# Mainland China and the rest of Asia


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
    assert table.month.tolist()[:2] == ["Mar 2018", "May 2018"] and table.month.iloc[-1] == "May 2022"
    assert set(table.month[table.above]) == {"Jul 2019", "Sep 2019", "Nov 2019"}


def test_other_dates_are_held_to_all_selections_as_those_of_policy_are():
    """Forty of one day are a rise; known from one outlet alone, or without a printed date, they are none."""
    days = [f"{month:%Y-%m-%d}" for month in pd.date_range("2017-06", "2021-12", freq="MS") for _ in range(3)]
    every, few = on(*days, *["2019-11-05"] * 40), on(*days)
    rises = lambda table: set(table.month[table.above])  # noqa: E731
    assert rises(policy.placebos_by_each(every.assign(date_inferred=False), every, 6)) == rises(
        policy.placebos(every, 6)
    )
    assert not rises(policy.placebos_by_each(every.assign(date_inferred=False), few, 6))
    dated = every.assign(date_inferred=every.date == "2019-11-05")
    assert not rises(policy.placebos_by_each(dated, every, 6))


def test_a_span_of_months_has_no_month_without_the_mark():
    months = ["Nov 2018", "Jan 2019", "Mar 2019", "May 2019"]
    placebo = pd.DataFrame({"month": months, "above": [True, True, False, True], "below": [False] * 4})
    change = pd.DataFrame(columns=["selection", "date", "low", "high"])
    assert "beyond chance: Nov 2018 to Jan 2019 and May 2019; with a fall: none." in policy.beyond(placebo, change)


def test_national_policies_in_their_order(made):
    assert list(policy.national(made).event_id) == ["e11", "e09"]
    yuan = made.events.assign(digital_yuan=made.events.event_id == "e09")
    assert list(policy.national(replace(made, events=yuan)).event_id) == ["e11"]


def test_what_is_said_of_changes_around_dates():
    """One rise that both selections show, one that one shows, one fall that none shows."""
    rows = [
        (policy.SOURCES[0], "a", 2.0, 1.5, 3.0), (policy.SOURCES[0], "b", 2.0, 1.2, 3.0),
        (policy.SOURCES[0], "c", 0.5, 0.2, 1.4), (policy.SOURCES[1], "a", 3.0, 1.5, 5.0),
        (policy.SOURCES[1], "b", 1.5, 0.9, 2.5), (policy.SOURCES[1], "c", 0.52, 0.2, 1.4),
    ]  # fmt: skip
    change = pd.DataFrame(rows, columns=["selection", "date", "ratio", "low", "high"])
    change["beyond"] = (change.low > 1) | (change.high < 1)
    month = ["Mar 2018", "May 2018", "Jul 2018", "Sep 2018"]
    placebo = pd.DataFrame({"month": month, "above": [True, True, False, False], "below": [False] * 3 + [True]})
    also = "a rise at 2 of 4 other dates, a fall at 1"
    assert policy.firm(change, placebo) == f"Beyond chance by each choice: a rise after the a, but also {also}"
    assert policy.firm(change[change.date == "c"], placebo).startswith("Nothing beyond chance by each choice; a")
    assert policy.tilt(change) == "With this site the ratio is larger for: b; smaller for: a."
    assert policy.beyond(placebo, change) == (
        "Other dates with a rise beyond chance: Mar to May 2018; with a fall: Sep 2018. Dates of policy with a"
        " rise in this selection: a; with a fall: none."
    )
    verdicts = [policy.verdict(change[change.date == date]) for date in "abc"]
    assert verdicts == [
        "more than chance would make", "beyond chance by some choices only", "it may be chance",
    ]  # fmt: skip
    course = pd.DataFrame(
        {
            "quarter": pd.to_datetime(["2019-01-01", "2019-04-01", "2020-01-01"]),
            "others": [2.0, 1, 5],
            "blocking": [4.0, 0, 0],
        }
    )
    assert policy.peak(course) == "Most new projects in 2019: 7, 4 of them by one site alone"
    assert policy.peak(course[2:]).endswith("5, none of them by one site alone")
