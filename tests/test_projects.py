"""Projects are counted, events are cited; and how firmly a number stands."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import days, events, fields, projects

ROWS = pd.DataFrame(
    [
        ("e1", "p1", "2019-03", "announced", "deployment", "44", "n1", "medium", False, "X; Y"),
        ("e2", "p1", "2019-03-20", "live", "deployment", "44", "n1 n2", "high", True, ""),
        ("e3", "p1", "2020", "pilot", "deployment", "44", "n3", "high", True, "Z; X"),
        ("e4", "p2", "2018-12-31", "announced", "deployment", "33", "n3", "low", False, ""),
        ("e5", "", "2021-01-05", "closed", "deployment", "33", "n4", "low", False, ""),
        ("e6", "p2", "2018-01-01", "live", "tally", "33", "n4", "low", False, ""),
    ],
    columns=[
        "event_id", "project_id", "date", "stage", "kind", "province_code", "source_ids", "confidence", "date_inferred",
        "organisations",
    ],
)  # fmt: skip


@pytest.fixture
def rows():
    return days.with_spans(ROWS)


def test_a_project_has_one_row_with_its_furthest_stage_and_its_first_date(rows):
    table = projects.projects(rows).set_index("project_id")
    assert list(table.index) == ["p2", "p1", "e5"] and list(table.events) == [2, 3, 1]
    one = table.loc["p1"]
    assert (one.event_id, one.event_ids, one.source_ids, one.stage) == ("e1", "e1 e2 e3", "n1 n2 n3", "live")
    assert (one.first_day, one.last_day) == (pd.Timestamp("2019-03-01"), pd.Timestamp("2019-03-20"))
    assert not one.date_inferred and one.organisations == "X; Y; Z", "all that its reports name"
    assert table.confidence.to_dict() == {"p2": "low", "p1": "high", "e5": "low"}, "the best of its reports"
    doubt = projects.projects(rows.assign(confidence=rows.confidence.mask(rows.stage != "announced", "low")))
    assert set(doubt.confidence) == {"low"}, "of those of a trial or of use, not of the plan"
    sure_later = projects.projects(rows.assign(date_inferred=~rows.date_inferred)).set_index("project_id")
    assert sure_later.date_inferred["p1"] and sure_later.date_inferred["e5"], "its date is that of e1"
    earlier = ROWS.assign(date=ROWS.date.replace("2019-03", "2019-02"), date_inferred=ROWS.event_id == "e1")
    told = days.with_spans(earlier)
    assert projects.projects(told).set_index("project_id").date_inferred.to_dict() == {
        "p1": True, "p2": True, "e5": False,
    }, "the first date is one that nobody printed"  # fmt: skip


def test_a_trial_begins_no_earlier_than_the_day_on_which_it_was_only_announced():
    def first_day(announced, tried, inferred=False):
        columns = {"date": [announced, tried], "stage": ["announced", "pilot"], "date_inferred": [inferred, True]}
        two = ROWS.head(2).assign(project_id="p1", **columns)
        return str(projects.projects(days.with_spans(two), tried=True).first_day.iloc[0].date())

    assert first_day("2019-03-20", "2019") == "2019-03-20" and first_day("2019-03", "2019") == "2019-03-01"
    assert first_day("2019-03-20", "2019", inferred=True) == "2019-01-01", "the announcement may be older, too"
    assert first_day("2019-03-20", "2018") == "2018-01-01", "what was announced is to come after this trial"


def test_tried_leaves_out_what_was_announced_only(rows):
    table = projects.projects(rows, tried=True).set_index("project_id")
    assert list(table.index) == ["p2", "p1", "e5"] and table.event_ids["p1"] == "e2 e3" and table.date_inferred["p1"]
    assert table.organisations["p1"] == "Z; X", "what is only announced tells nothing of a trial"
    assert set(projects.TRIED) == {"pilot", "live", "closed"}


def test_no_event_no_project(rows):
    assert projects.projects(rows.iloc[:0]).empty and projects.projects(rows.assign(kind="statement")).empty
    assert projects.projects(rows.assign(kind="tally", project_id="")).empty, "a count of no known project"
    assert projects.projects(rows.assign(kind="tally", stage="other")).empty, "a count of what does not run"


def test_a_project_known_by_a_count_alone_ran_by_its_date(rows):
    told = rows.assign(first_day=rows.first_day.mask(rows.event_id == "e6", pd.Timestamp("2017-12-01")))
    for tried in (False, True):
        one = projects.projects(told[told.kind == "tally"], tried).iloc[0]
        day = pd.Timestamp("2018-01-01")
        assert (one.project_id, one.first_day, one.last_day, one.date_inferred) == ("p2", day, day, True)


def test_the_grade_of_a_project_that_ran_is_that_of_its_best_report_of_that(rows):
    """e6 is the only sure report of p2: a count of what it has reached, or a speech, which tells of no trial."""
    sure = rows.assign(
        stage=rows.stage.where(rows.event_id != "e4", "pilot"),
        confidence=rows.confidence.where(rows.event_id != "e6", "high"),
    )
    speech = sure.replace({"kind": {"tally": "statement"}})
    speech = speech.assign(stage=speech.stage.where(speech.event_id != "e6", ""))
    grades = [
        projects.projects(told, tried).set_index("project_id").confidence["p2"]
        for told in (sure, speech)
        for tried in (False, True)
    ]
    assert grades == ["high", "high", "low", "low"]


def test_doubtful_projects_are_those_that_are_not_well_documented(data):
    """One number on all pages: by the grade of a project, and by the reports that are left without doubtful ones."""
    tried = projects.adoption(data)
    sure = set(projects.adoption(data, confidence="medium").project_id)
    assert set(tried.project_id[tried.confidence != "low"]) == sure
    every = projects.local(data).set_index("project_id").confidence
    assert ((every[tried.project_id] == "low").to_numpy() == (tried.confidence == "low").to_numpy()).all()
    assert not projects.adoption(data, inferred=False).date_inferred.any()
    strict = projects.adoption(data, **projects.STRICT)
    assert "low" not in set(strict.confidence) and not strict.date_inferred.any()


def test_what_a_city_tells_of_the_project_of_a_branch_is_none_of_its_own(data):
    """e419 counts what the chain of the foreign exchange administration has reached in Ningbo (p127, e236): here as if
    the city did."""
    city = data.events.level.mask(data.events.event_id == "e419", "prefecture")
    data = replace(data, events=data.events.assign(level=city))
    theirs = set(projects.reports(data).project_id)
    assert "p127" not in theirs and "p127" in set(projects.reports(data, branches=True).project_id)
    assert "p127" in set(fields.elsewhere(data, province_code="33").project_id)


def chosen(data, confidence="low", inferred=True, outlet=True, branches=False, single_uses=True):
    rows = days.with_spans(ROWS)
    rows = rows[rows.confidence.isin({"low": ["low", "medium", "high"], "medium": ["medium", "high"]}[confidence])]
    rows = rows if inferred else rows[~rows.date_inferred]
    rows = rows if single_uses else rows[rows.event_id != "e5"]
    return rows if outlet else rows[rows.source_ids != "n4"]


def test_selections_by_hand():
    """All: p1, p2 and e5. Sure ones: p1. Without inferred dates: e5, for when p2 began is not known. By event: e2, e3,
    e5. Without n4: p1. Without e5, a single use: p1 and p2."""
    tables = projects.variants(None, select=chosen)
    assert {selection: len(table) for selection, table, document in tables if not document} == {
        "all": 3, "without low confidence": 1, "without inferred dates": 1, "without Blocking.net alone": 1,
        "without single uses of evidence": 2, "with branches of central agencies": 3,
        "with each news item as a project": 3,
    }  # fmt: skip
    single = {document: len(table) for _, table, document in tables if document}
    assert min(single, key=single.get) == "n4" and (single["n4"], max(single.values())) == (1, 3)


def test_each_document_is_left_out_alone():
    tables = projects.variants(None, select=chosen, tried=False)
    left = [(document, table.events.sum()) for _, table, document in tables if document]
    assert left == [("n1", 5), ("n3", 4), ("n4", 4)]


def test_without_a_document_the_rest_is_put_together_anew(data):
    """For all documents at once, so each table is what ``projects`` makes of the events that are left."""
    told = projects.reports(data)
    tables = [(document, table) for _, table, document in projects.variants(data) if document]
    assert len(tables) > 100
    for document, table in tables[::12]:
        again = projects.projects(told[told.source_ids != document], tried=True)
        pd.testing.assert_frame_equal(table.reset_index(drop=True), again.reset_index(drop=True))
    assert [document for _, _, document in projects.variants(data, until=2015) if document] == []


def test_selections_of_the_data(data):
    """Choices that hold in each line are not varied; adoption is what the first line counts."""
    tables = projects.variants(data, branches=True)
    number = {selection: len(table) for selection, table, document in tables if not document}
    assert "with branches of central agencies" not in number
    assert number["all"] == len(projects.adoption(data, branches=True)) > len(projects.adoption(data))
    assert number["without low confidence"] < number["all"] < number["with each news item as a project"]
    assert {document for *_, document in tables if document} <= set(data.sources.source_id)


def test_what_others_tell_too_keeps_its_first_date(data):
    """Leaving the outlet's documents out would move first dates and so add projects after a day; this never does."""
    every = projects.local(data)
    others = projects.told_elsewhere(data, every)
    fewer = projects.local(data, outlet=False)
    assert set(others.project_id) == set(fewer.project_id) < set(every.project_id)
    days = ["first_day", "last_day"]
    kept = every.set_index("project_id").loc[others.project_id, days]
    assert kept.equals(others.set_index("project_id")[days])
    assert (fewer.set_index("project_id").loc[others.project_id].first_day >= kept.first_day).all()


def test_branches_of_central_agencies_are_no_local_government(data):
    assert not (events.local(data).level == events.BRANCH).any()
    with_them = events.local(data, branches=True)
    assert (with_them.level == events.BRANCH).any() and set(with_them.level) <= {*events.LOCAL, events.BRANCH}
    assert set(events.local(data, level=events.BRANCH).level) == {events.BRANCH}
    assert set(with_them.country) == {"China"}, "nor is a public body abroad"
    assert not events.local(data).kind.isin(events.TOLD).any()
    assert events.local(data, statements=True).kind.isin(events.TOLD).any()
    assert not events.select(data, inferred=False).date_inferred.any() and events.select(data).date_inferred.any()


def test_an_event_abroad_at_a_local_level_is_not_one_of_china(data):
    abroad = data.events.assign(country="Japan")
    assert events.local(replace(data, events=abroad)).empty
