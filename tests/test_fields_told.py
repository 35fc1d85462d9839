"""What pages say of fields, in sentences, on rows made for the case."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import fields, local_projects, projects, quotients
from chainregistry.prose import cite

EACH = ", each by a definition of their own"
HAD = "Others who had full lists counted"
ONE = "A writer who had full lists of the regulator"


# What others counted


def test_numbers_of_whole_lists_by_field(data):
    counts = data.published_counts[data.published_counts.dimension == "sector"].iloc[:3]
    counts = counts.assign(
        batch_first=1, batch_last=1, relation=["=", ">=", "~"], value=[50.0, 20.0, 1200.0],
        key=["gaming", "other", "energy"], unit=["services", "entities", "services"], set_aside="",
        confidence="high", source_ids=["s1", "s1", "s2"],
    )  # fmt: skip
    total = data.published_counts[data.published_counts.count_id.isin(["c001", "c002"])]
    table = fields.printed(replace(data, published_counts=pd.concat([total, counts])))
    assert table.counted.tolist() == ["50 services", "at least 20 registrants", "about 1,200 services"]
    assert table.share.tolist()[:2] == ["25%", "at least 12%"] and set(table.lists) == {"1"}
    assert fields.counted_on(table) == (
        f"{HAD} 50 services of this field on list 1 (25% of all there) and about 1,200 on list 1 (about 609.1%){EACH}."
    )
    assert fields.counted_on(table.assign(lists="1 to 3").tail(1)) == (
        f"{HAD} about 1,200 services of this field on lists 1 to 3 (about 609.1% of all there)."
    )
    assert EACH not in fields.counted_on(table.assign(source_ids="s1")), "one writer"
    assert fields.counted_on(table.head(0)) == fields.counted_on(table[table.sector == "other"]) == ""
    alone = fields.printed(replace(data, published_counts=counts))
    assert set(alone.share) == {"not known"}


def test_numbers_whose_lists_are_inferred_are_told_apart(data):
    """Finance has 120 services and 72 registrants by a bank without list numbers, and 53 on list 3."""
    by_date = " (inferred from the date of the count, which names no lists)"
    table = fields.printed(data).query("sector == 'finance'")
    assert table.lists[table.counted.isin(["120 services", "72 registrants"])].tolist() == [f"1 and 2{by_date}"] * 2
    assert not table.lists[table.counted == "53 services"].str.contains("date").any()
    assert fields.counted_on(table) == (
        f"{HAD} at least 50 services of this field on list 2 (at least 16% of all there) and 53 on list 3 (24%){EACH};"
        " a count that, to judge by its date, covers lists 1 and 2 found 120 (24%)."
    )
    alone = table[table.lists.str.endswith(by_date)]
    assert fields.counted_on(alone) == (
        "A count that, to judge by its date, covers lists 1 and 2 found 120 services of this field (24%)."
    )
    counts = data.published_counts[data.published_counts.count_id.isin(["c106", "c001", "c002", "c047"])]
    total = counts.iloc[:1].assign(batch_last=2, dimension="total", key="all", unit="services", relation="=", value=506)
    only = replace(data, published_counts=pd.concat([total, counts[counts.count_id == "c106"]]))
    assert fields.came_first(only).endswith(f"counted 120 of the 506 services on lists 1 and 2{by_date} under finance.")


def test_the_largest_share_of_services_of_whole_lists(data):
    """Of the 197 on list 1 somebody found 50 games (not well documented) and some 30 of energy; of the others the
    share is one of registrants, or of lists of unknown size."""
    counts = data.published_counts[data.published_counts.dimension == "sector"].iloc[:4].assign(
        batch_first=1, batch_last=[1, 1, 1, 7], relation=[">=", "=", "~", "="], value=[50.0, 100.0, 30.0, 190.0],
        key=["gaming", "judiciary", "energy", "finance"], unit=["services", "entities", "services", "services"],
        set_aside="", confidence=["low", "high", "high", "high"], source_ids="s1",
    )  # fmt: skip
    total = data.published_counts[data.published_counts.count_id.isin(["c001", "c002"])]
    told = replace(data, published_counts=pd.concat([total, counts]))
    counted = f"{ONE} counted"
    assert fields.came_first(told) == f"{counted} about 30 of the 197 services on list 1 under energy and carbon."
    assert fields.came_first(told, "low") == f"{counted} at least 50 of the 197 services on list 1 under games."
    assert fields.came_first(replace(data, published_counts=counts)) == ""


def test_what_others_counted_in_the_data(data):
    assert fields.ranked(data).set_index("sector").lists["finance"] == "lists 1 to 4"
    assert fields.came_first(data) == (
        f"{ONE} found finance to be the most frequent field on lists 1 to 4; another counted at least"
        " 150 of the 348 services on list 9 under digital collectibles: at least 43%, though the source itself says"
        " about 33%."
    )
    last = fields.printed(data).share.tolist()[-2:]
    assert last == ["at least 43%, though the source itself says about 33%", "not known"]
    counts = data.published_counts
    same = counts.assign(source_ids=counts.source_ids.where(counts.count_id != "c077", "s065"))
    assert "on lists 1 to 4; the same counted" in fields.came_first(replace(data, published_counts=same))
    alone = same.assign(source_ids=counts.source_ids.where(counts.count_id != "c093", "s001"))
    assert "though" not in fields.came_first(replace(data, published_counts=alone)), (
        "what others print is no slip of one"
    )
    assert "blockchain as a service, finance, supply chain, loyalty points" in fields.words_in_names(data)
    start = "According to a text about list 1,"
    assert fields.words_in_names(data, sector="retail-loyalty") == (
        f"{start} one frequent term in names of services is loyalty points.{cite('s003')}"
    )
    assert "frequent terms in the names of services are" in fields.words_in_names(data, sector="supply-chain")
    assert fields.words_in_names(data, sector="energy") == ""
    assert set(fields.printed(data).sector) <= set(data.sectors.sector), "a ranking of words is no field"


def test_what_came_first_on_whole_lists(data):
    """Of all lists, of services, not set aside; of one row a field, of the other words in names."""
    rank = data.published_counts[data.published_counts.dimension == "rank"].iloc[:6]
    rank = rank.assign(
        batch_first=[2, 1, 1, 1, 1, 1], batch_last=[2, 1, 3, 1, 1, 1],
        key=["finance", "evidence>points", "energy", "gaming", "gaming", "gaming"],
        province_code=["", "", "", "", "11", ""], unit=["services"] * 5 + ["entities"],
        confidence=["high", "high", "low", "medium", "high", "high"], set_aside=["", "", "", "wrong", "", ""],
        source_ids="s1",
    )  # fmt: skip
    small = replace(data, published_counts=rank)
    assert fields.ranked(small).drop(columns=["batch_first", "batch_last"]).values.tolist() == [
        ["list 2", "finance", "the most frequent field", "s1", False],
        ["list 1", "evidence, points", "words in names", "s1", False],
    ]
    found = f"{ONE} found finance to be the most frequent field on list 2"
    assert fields.came_first(small) == f"{found}."
    assert fields.came_first(small, "low") == (
        f"{found} and energy and carbon to be the most frequent field on lists 1 to 3."
    )
    table = fields.printed(small, "low")
    assert table[["lists", "sector", "share"]].values.tolist() == [["1 to 3", "energy", ""], ["2", "finance", ""]]
    assert list(table.columns) == ["lists", "sector", "counted", "share", "source_ids"]
    assert fields.printed(small).lists.tolist() == ["2"] and table.index.tolist() == [0, 1]
    two = rank.head(2).assign(
        batch_first=[3, 1], key=["supply-chain>BaaS>preservation", "evidence>points"], batch_last=4
    )
    note = cite("s1")
    words = "frequent terms in the names of services are"
    assert fields.words_in_names(replace(data, published_counts=two)) == (
        f"According to a text about lists 3 and 4, {words} supply chain, blockchain as a service and evidence"
        f" preservation (保全).{note} According to a text about lists 1 to 4, {words} evidence storage (存证) and"
        f" loyalty points.{note}"
    )
    low = replace(data, published_counts=two.assign(confidence="low"))
    assert fields.words_in_names(low) == "" and fields.words_in_names(low, "low")


# Projects


@pytest.mark.parametrize(
    ("observed", "told"),
    [
        (3, "no speciality is shown"),
        (4, "no speciality is shown"),
        (5, "some provinces may have a speciality"),
    ],
)
def test_specialities_are_told_beside_luck(observed, told):
    luck = quotients.Luck(observed, 4, 0.5, 330)
    said = (
        f"Of 330 pairs of province and field, {observed} stand out; in 95% of the random assignments 4 or fewer do, so"
    )
    assert fields.specialised(luck) == f"{said} {told}."


def test_the_fullest_year_in_a_title(local):
    """Of six four date from 2019; a year with fewer is no finding."""
    days = pd.to_datetime(["2019-01-01", "2019-02-01", "2019-03-01", "2019-05-01", "2020-01-01", "2021-01-01"])
    rows = pd.concat([local.head(1)] * 6, ignore_index=True).assign(first_day=days, date_inferred=False)
    told, ran = local_projects.fullest_year, "local projects tried or running"
    assert told(rows) == f"6 {ran}; 4 date from 2019"
    assert told(rows.tail(5)) == f"5 {ran}" and told(rows.head(4)) == f"4 {ran}", "too few, or all of one year"
    assert told(pd.concat([rows.head(4), rows.head(4).assign(first_day=days[-1])])) == f"8 {ran}", "two years have four"
    marked = [told(rows.assign(date_inferred=[n < number for n in range(6)])) for number in (1, 2, 4)]
    assert [words.partition(" (")[2] for words in marked] == [
        "1 of these dates is inferred)", "2 of these dates are inferred)", "all of these dates are inferred)",
    ]  # fmt: skip
    assert told(rows.head(1)) == "1 local project tried or running"


def test_a_year_that_leads_is_named_only_if_it_leads_by_every_choice(local):
    """Four of six begin in 2018 and 2019; by another table, or by a tie, another year leads."""
    days = pd.to_datetime(["2018-05-01", "2018-06-01", "2019-01-01", "2019-02-01", "2019-03-01", "2021-01-01"])
    rows = pd.concat([local.head(1)] * 6, ignore_index=True).assign(first_day=days, sector="finance")
    told = local_projects.most_years
    most = "Most local projects have their first date in 2018 to 2019: 5 of 6"
    level = f"{most}; 2019 has the most (3)"
    assert told([rows, rows.tail(4)]) == level
    open_ = f"{most}; which year leads depends on the reports counted"
    level += ", but in 1 of 1 other ways of counting 2018 has as many"
    assert told([rows, rows.head(4)]) == level, "two in each"
    assert told([rows.head(4), rows]).endswith("; which year leads depends on the reports counted"), (
        "a tie by the first"
    )
    assert told([rows, rows.head(3)]) == open_ and told([rows, rows.tail(1)]) == open_
    assert told([rows.tail(1), rows]) == "Most local projects have their first date in 2021: 1 of 1"
    assert told([rows.assign(sector="other"), rows]) == "No first date is known"


def test_a_picture_of_dates_explains_only_marks_that_it_has_and_is_in_the_order_of_middles(made, local):
    days = [pd.to_datetime(some) for some in (["2019-03-01"] * 3, ["2019-03-01", "2019-03-31", "2019-12-31"])]
    rows = local.head(3).assign(first_day=days[0], last_day=days[1], date_inferred=False, date_precision="day")
    told = local_projects.dated
    assert told(rows.head(1)) == "By field and first date of trial or use"
    assert told(rows.head(1), "kind of body") == "By kind of body"
    assert told(rows.head(1).assign(date_inferred=True)).endswith(
        "; a dot is hollow where no day was printed or part of the date was inferred"
    )
    bar = "; a bar spans the days that the date leaves open, where it is wider than the dot"
    hollow = "By field and first date of trial or use; a dot is hollow where no day was printed"
    assert told(rows) == hollow + bar
    inferred = rows.assign(date_inferred=[False, False, True])
    hollow += " or part of the date was inferred"
    assert told(inferred) == hollow + bar and told(inferred.assign(last_day=days[0])) == hollow
    shown = local_projects.labelled(made, inferred)
    assert shown.first_day.tolist() == list(days[0]) and shown.last_day.tolist() == list(days[1])
    early = inferred.assign(first_day=pd.to_datetime(["2019-03-01", "2019-03-01", "2018-01-01"]))
    last = local_projects.labelled(made, early).last_day
    assert last.dt.month.tolist() == [12, 3, 3], "its middle is the first"


def test_a_city_that_is_a_province_is_named_once(data):
    rows = pd.DataFrame({"province_code": ["11", "33"], "city": ["Beijing", "Hangzhou"], "stage": "live"})
    rows = rows.assign(event_id="", project_id="", event_ids="")
    shown = local_projects.placed(data, rows.assign(single_use=["", "evidence"]))
    assert shown.city.tolist() == ["", "Hangzhou"] and shown.stage.tolist() == ["live", "used in court"]


def test_a_project_that_stands_with_the_day_of_a_plan_or_trial_says_by_when_it_ran(data):
    """Hubei's backbone began to be built in November 2020 and was in use in May 2021 (e711, e644)."""
    shown = local_projects.placed(data, projects.local(data, province="hubei")).set_index("event_id").stage
    assert shown["e711"] == "running by May 2021"
    others = shown.drop("e711")
    assert len(others) and not others.str.contains(" by ").any()
    finance = local_projects.placed(data, fields.elsewhere(data, "finance")).set_index("event_id").stage
    assert finance["e649"] == "running by March 2022", "of other bodies, too"
    guangdong = local_projects.placed(data, projects.local(data, province="guangdong")).stage.tolist()
    assert "running by 14 June 2019 (inferred)" in guangdong, "the white paper of that day names the system"
    shanghai = local_projects.placed(data, projects.local(data, province="shanghai")).set_index("project_id").stage
    assert shanghai["p331"] == "running by 16 January 2026 (inferred)", "tried in 2025"
    assert shanghai["p341"] == "tried, 2021 (inferred)", "only a year is inferred, after that of the plan"


def test_what_is_known_of_a_field_in_words(tried):
    some, none = pd.DataFrame({"stage": ["pilot", "announced"]}), tried.head(0)
    ran = "local projects tried or running"
    told = local_projects.statement
    assert told("X", some, tried, none) == (
        f"X: public sources identify 2 registered blockchain services; we know of 3 {ran}"
    )
    none_known = f"we know of no {ran.replace('projects', 'project')}"
    nothing = f"X: public sources identify no registered blockchain service that is clearly of this field; {none_known}"
    assert told("X", none, none, none) == nothing
    assert told("X", none, none, some) == (
        "X: we know of 2 digital yuan projects of local governments (1 only announced); public sources"
        " identify no registered service that is clearly of this field"
    )
    assert told("X", some, tried, some).endswith(f"{ran}, and of 2 with the digital yuan, not counted as such")
    beyond = "X: public sources identify no registered blockchain service beyond"
    assert told("X", none, tried, none, "a").startswith(f"{beyond} a doubtful one; we know of 3")
    assert told("X", none, none, none, "ab") == f"{beyond} doubtful ones; {none_known}"
    assert told("X", some, tried, none, "abc") == told("X", some, tried, none)
    yuan = [fields.with_yuan(some.head(number)) for number in (0, 1, 2)]
    one, two = "digital yuan project of a local government", "digital yuan projects of local governments"
    assert yuan == ["", f"1 {one}", f"2 {two} (1 only announced)"]
    known, here = local_projects.local, "tried or running"
    assert known(tried) == f"we know of 3 local projects {here}"
    assert known(none) == f"we know of no local project {here}"
    doubtful = tried.assign(confidence="low", events=1)
    assert known(doubtful) == f"we know of 3 local projects {here}, from doubtful reports only"
    assert known(doubtful.head(1)) == f"we know of 1 local project {here}, from a doubtful report"


def test_what_is_open_of_projects(tried):
    announced = tried.assign(stage="announced")
    assert local_projects.lasting(tried, announced) == "how long the projects ran, and which still run"
    assert local_projects.lasting(tried.head(1)) == "how long the project ran, or whether it still runs"
    assert local_projects.lasting(announced, tried.head(0)) == "whether any of the projects came about"
    assert local_projects.lasting(announced.head(1)) == "whether the project came about"
    assert local_projects.lasting(tried.head(0)) == ""


def test_how_far_a_field_reached(data, tried):
    """Of the three projects that of e04, in Beijing, is not well documented."""
    where = "Local projects tried or running are known from"
    told = lambda rows: local_projects.reach(data, rows, rows[rows.confidence != "low"], ())  # noqa: E731
    apart = tried.assign(source_ids=["s003", "s018", "s038"])
    doubted = f"{where} 3 of the 31 provinces;"
    assert told(apart) == f"{doubted} for 1 of the 3 projects only doubtful reports tell of a trial or of use.", (
        "one province on a document"
    )
    several = told(pd.concat([apart, apart.assign(confidence="low")]))
    assert several.startswith(f"{doubted[:-1]} (2 if doubtful reports are left out);"), "one good report of each"
    assert told(apart.assign(confidence="low")) == f"{where} 3 of the 31 provinces."
    cases = [told(apart.assign(single_use=["evidence", use, ""])).partition("of use. ")[2] for use in ("", "evidence")]
    assert cases == [f"{which} of blockchain evidence in one case or a few." for which in
                     ("1 of the 3 is a court's use", "2 of the 3 are courts' uses")]  # fmt: skip
    two = told(apart.assign(province_code=["44", "33", "44"]))
    assert (
        two
        == f"{where} 2 of the 31 provinces; for 1 of the 3 projects only doubtful reports tell of a trial or of use."
    )
    one = apart.assign(source_ids="s003")
    assert told(one) == (
        f"{where} 3 of the 31 provinces"
        f" (2 if doubtful reports are left out; none if one document{cite('s003')} is left out with them);"
        " for 1 of the 3 projects only doubtful reports tell of a trial or of use."
    )
    sure = one.assign(confidence="high")
    assert told(sure) == f"{where} 3 of the 31 provinces (none if one document{cite('s003')} is left out)."
    assert told(sure.assign(source_ids="s003 s018")) == f"{where} 3 of the 31 provinces.", "each has another"
    one = tried.tail(1).assign(title="Court tries a chain", date="2020-06-02", date_inferred=False)
    cited = cite(one.source_ids.iloc[0])
    assert told(one) == f"The local project is in Beijing: Court tries a chain{cited} (2 June 2020, doubtful)."
    assert told(one.assign(date="2020", date_inferred=True)).endswith(f"chain{cited} (2020, inferred, doubtful).")
    three, two = (rows.assign(province_code="44", confidence="high") for rows in (tried, tried.head(2)))
    assert told(three) == "All local projects are in Guangdong."
    assert told(two) == "Both local projects are in Guangdong."
    alone = "only doubtful reports tell of a trial or of use."
    assert told(two.assign(confidence=["high", "low"])).endswith(f"in Guangdong; for 1 of the 2 projects {alone}")
    assert told(two.assign(confidence="low")).endswith("in Guangdong."), "the headline tells it"
    none = tried.head(0)
    assert local_projects.reach(data, none, none, "a") == local_projects.YUAN, "what there is, is told"


def test_what_little_was_found_of_a_field(data, tried):
    """Projects only announced, projects of other bodies, and news; three of them are told by their titles."""
    row = tried.head(1).assign(title="A plan", date="2019-03", date_inferred=True, confidence="low")
    none, told = row.head(0), local_projects.little
    row = row.assign(source_ids="s1")
    start, plan = "Apart from the register we found only", f"A plan{cite('s1')} (March 2019, inferred, doubtful)"
    end = "on mainland China in this field"
    assert told(none, none, none) == "No report that we read tells of blockchain in this field."
    assert told(none, none, pd.concat([row, row])) == f"{start} 2 news items {end}: {plan}; {plan}."
    assert (
        told(row, none, row) == f"{start} 1 local project only announced and 1 other news item {end}: {plan}; {plan}."
    )
    many = told(none, pd.concat([row] * 2), pd.concat([row] * 3))
    found = f"{start} 2 projects of bodies other than local governments or courts and 3 other news items {end}."
    assert many == f"{found} The projects: {plan}; {plan}."
    one = told(row, none, pd.concat([row] * 3))
    assert one == f"{start} 1 local project only announced and 3 other news items {end}. The project: {plan}."
    assert told(none, none, pd.concat([row] * 4)) == f"{start} 4 news items {end}."
    assert local_projects.reach(data, none, none, (), none, none, row) == f"{start} 1 news item {end}: {plan}."
    rows = {size: pd.concat([none, *[row] * size]) for size in range(5)}
    sizes = [(1, 2, 0), (0, 2, 3), (0, 4, 0)]
    assert [len(local_projects.little_named(*map(rows.get, each))) for each in sizes] == [3, 2, 0]


def test_projects_of_other_bodies_are_named_where_no_local_project_was_tried(tried):
    row = tried.head(1).assign(title="A plan", date="2019", date_inferred=False, confidence="high", source_ids="")
    told, one = local_projects.theirs_told, "1 project of another body"
    none = tried.head(0)
    assert told(row, tried, row) == one and told(row, none, row) == f"{one}: A plan (2019)"
    assert told(row, none, none) == one, "a table shows all that there is"
    assert [len(local_projects.theirs_named(row, *rest)) for rest in ((none, row), (row, row))] == [1, 0]
    assert told(row.head(0), none, row) == "" and ":" not in told(pd.concat([row] * 4), none, row)


def test_news_is_other_news_only_beside_something(tried):
    none = tried.head(0)
    assert fields.news_left(tried, [none, tried.head(1)]) == "3 other news items"
    assert fields.news_left(tried, [none, none]) == "3 news items" and fields.news_left(none, [tried]) == ""


def test_what_a_map_of_projects_cannot_show(data, tried):
    """Two counts that name no system, one of them doubtful, and one in no province."""
    counts = pd.DataFrame({
        "title": ["Ten chains", "A hub", "Two"], "date": ["2020-01", "2020-02-03", "2021"], "date_inferred": [0, 1, 0],
        "province_code": ["12", "13", ""], "confidence": ["high", "low", "high"], "source_ids": "s1",
    })  # fmt: skip
    note = cite("s1")
    assert local_projects.not_shown(data, counts) == (
        f"A total, not counted as projects: Ten chains{note} (Tianjin, January 2020);"
        f" A hub{note} (Hebei, 3 February 2020, inferred, doubtful); Two{note} (no province, 2021)."
    )
    assert local_projects.not_shown(data, counts.head(0)) == ""


def test_provinces_that_have_most_only_by_doubtful_reports_are_told(data, tried):
    def told(*codes, doubtful=0):
        rows = pd.concat([tried.head(1)] * len(codes)).assign(province_code=codes)
        return local_projects.leading(data, rows, rows.iloc[doubtful:])

    assert told("44", "44", "44", "37", "37", doubtful=2) == (
        "If doubtful reports count, Guangdong has the most projects, 3; if not, Shandong has the most, 2."
    )
    assert (
        told("44", "44", "44", "37", "37", doubtful=1)
        == "If doubtful reports count, Guangdong has the most projects, 3; if not, Shandong and Guangdong have the"
        " most, 2 each."
    )
    assert told("44", "44", "37", doubtful=1) == "Without doubtful reports no province has more than one project."
    assert told("44", "44", "44", "37", doubtful=1) == "", "it has most still"
    assert told("44", "37", doubtful=1) == "" and told("44", "44", "37", doubtful=3) == "", "no map, or nothing left"
    four = [code for code in ("11", "12", "13", "14") for _ in range(2)]
    assert told("44", "44", "44", *four, doubtful=3) == (
        "If doubtful reports count, Guangdong has the most projects, 3; if not, 4 provinces have the most, 2 each."
    )


def test_projects_that_were_only_announced(tried, local):
    """Of four one was only announced (e03); in the other cases fewer, or none, were tried."""
    none = tried.head(0)
    assert local_projects.found(tried, local) == "4 local projects (1 of them only announced)"
    assert local_projects.found(none, local) == "4 local projects (only announced)"
    assert local_projects.found(none, local.head(1)) == "1 local project (only announced)"
    assert local_projects.found(tried, tried) == "3 local projects" and local_projects.found(none, none) == ""


def test_what_local_projects_are_for_and_how_many_are_doubtful(data, tried):
    """Of fields with as many projects each either all are named or none, as long as there is one with more."""

    def told(sectors, doubtful=0):
        rows = pd.concat([tried.head(1)] * len(sectors)) if sectors else tried.head(0)
        grades = ["low"] * doubtful + ["high"] * (len(sectors) - doubtful)
        return local_projects.purposes(data, rows.assign(sector=list(map(codes.get, sectors)), confidence=grades))

    codes = {"j": "judiciary", "h": "healthcare", "e": "energy", "t": "transport", "f": "finance", "u": "unclear"}
    assert told("") == "" and told("j") == "The local project is for justice and evidence."
    assert told("j", 1) == "The local project is for justice and evidence.", "the headline tells where all are doubtful"
    assert (
        told("jj", 1)
        == "The local projects are for justice and evidence; for 1 of the 2 projects only doubtful reports tell of a"
        " trial"
        " or of use."
    )
    assert told("jj", 2) == "The local projects are for justice and evidence."
    several = "The local projects are for"
    assert told("ejhj", 2) == (
        f"{several} justice and evidence (2), health (1) and energy and carbon (1); for 2 of the 4 projects"
        " only doubtful reports tell of a trial or of use."
    )
    assert (
        told("tejhj") == f"{several} justice and evidence (2), health (1), energy and carbon (1) and transport (1)."
    ), "one more is named"
    assert told("tejhjf") == f"{several} justice and evidence (2) and other purposes (4)."
    assert told("tejhjhf") == f"{several} justice and evidence (2), health (2) and other purposes (3)."
    assert told("tejf") == f"{several} finance (1), justice and evidence (1), energy and carbon (1) and transport (1)."
    assert told("ju") == f"{several} justice and evidence (1) and other purposes (1)."
    assert told("u") == "The local project is not sorted by purpose."
    assert told("uu", 1).startswith("The local projects are not sorted by purpose; for 1 of the 2 projects")
