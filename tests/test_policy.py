"""Projects around dates of policy and beside registrations, as pages show them, on rows made for the case."""

from dataclasses import replace

import pandas as pd
import pytest
from counted import tiny

from chainregistry import association, bounds, policy, projects, rates
from chainregistry.days import with_spans
from chainregistry.values import Interval


def on(*days):
    """Projects on these days; the dates of January 2022 are inferred."""
    rows = pd.DataFrame({"event_id": [f"e{i}" for i in range(len(days))], "date": days})
    return with_spans(rows.assign(date_inferred=rows.date.str.startswith("2022-01")))


# Before and after a date


def test_projects_before_and_after_each_date_by_each_selection():
    """In the month before the session 2, after it 20; ten before the pilots and none after; without the outlet 3
    after the session only. Of the pilots no date is printed."""
    every = on(*["2019-10-01"] * 2, *["2019-10-24"] * 20, *["2022-01-10"] * 10)
    table = policy.around(every, on(*["2019-10-31"] * 3), 1)
    assert list(table.columns) == [
        "selection", "date", "before", "after", "ratio", "low", "high", "beyond", "date_and_ratio",
    ]  # fmt: skip
    assert table[["selection", "date", "before", "after", "beyond"]].values.tolist() == [
        ["all sources", "filing rules", 0, 0, False], ["all sources", "Politburo session", 2, 20, True],
        ["all sources", "national pilots", 10, 0, True],
        ["not only from Blocking.net", "filing rules", 0, 0, False],
        ["not only from Blocking.net", "Politburo session", 0, 3, False],
        ["not only from Blocking.net", "national pilots", 0, 0, False],
        ["with printed dates alone", "filing rules", 0, 0, False],
        ["with printed dates alone", "Politburo session", 2, 20, True],
        ["with printed dates alone", "national pilots", 0, 0, False],
    ]  # fmt: skip
    assert tuple(table.loc[1, ["ratio", "low", "high"]]) == pytest.approx(rates.ratio(2, 20))
    assert table.high.isna().tolist() == [True, False, False, True, True, True, True, False, True], (
        "no end after nothing"
    )
    low, high = rates.ratio(2, 20)[1:]
    assert table.date_and_ratio[1] == f"Politburo session: 10.0 times ({low:.1f} to {high:.1f})"
    assert table.date_and_ratio[2].startswith("national pilots: 0.0 times (0.0 to ")
    assert table.date_and_ratio[4] == "Politburo session: none before"


def test_a_ratio_in_words():
    row = pd.Series({"ratio": 2.04, "low": 1.26, "high": 3.35})
    assert policy.times(row) == "2.0 times (1.3 to 3.4)"
    assert policy.times(row.replace(3.35, None)) == "2.0 times (at least 1.3)"
    assert policy.times(row.replace(1.26, 1.035)) == "2.04 times (1.03 to 3.35)", (
        "an end above one does not read as one"
    )
    assert policy.times(row.replace(3.35, 0.997)) == "2.040 times (1.260 to 0.997)"
    assert policy.times(row.replace(1.26, 1.0)) == "2.0 times (1.0 to 3.4)"
    both = "2.0 times as many date from the year after X as from those before (95% range 1.3 to 3.4)"
    assert policy.as_many(row, "the year after X") == both
    none = [pd.Series({"ratio": None, "after": after}) for after in (1.0, 2.4)]
    told = [policy.as_many(one, "the year after X").partition(" from")[0] for one in none]
    assert told == ["1 dates", "2 date"], "none before"


def changes(*rows):
    return pd.DataFrame(rows, columns=["date", "selection", "ratio", "low", "high", "beyond"])


CHANGE = changes(
    ("session", policy.SOURCES[0], 2.0, 1.2, 3.0, True), ("rules", policy.SOURCES[0], 0.34, 0.1, 0.9, True),
    ("pilots", policy.SOURCES[0], 2.4, 1.5, 4.0, True), ("session", policy.SOURCES[1], 2.5, 1.1, 5.0, True),
    ("rules", policy.SOURCES[1], 0.31, 0.2, 0.8, True), ("pilots", policy.SOURCES[1], 2.2, 0.9, 4.0, False),
    ("session", policy.SOURCES[2], 1.5, 1.3, 4.0, True), ("rules", policy.SOURCES[2], 9.0, 0.1, 0.7, True),
    ("pilots", policy.SOURCES[2], 9.0, 1.2, 3.0, True),
)  # fmt: skip
PLACEBO = pd.DataFrame(
    {
        "month": ["May 2018", "Jul 2019", "Sep 2019", "Nov 2019"], "above": [False, True, True, True],
        "below": [True, False, False, False], "counted": [True] * 4,
    }
)  # fmt: skip


def firmness(date, direction, doubtful=(), one=(), selections=policy.SOURCES):
    """Rows of one date, of these selections; those with the numbers ``doubtful`` and ``one`` depend on something."""
    rows = [(date, name, direction, n in doubtful, int(n in one)) for n, name in enumerate(selections)]
    return pd.DataFrame(rows, columns=["date", "selection", "direction", "on_doubtful", "documents"])


FIRMNESS = pd.concat([firmness("session", "rise"), firmness("rules", "fall", one=[1])])


def test_a_change_is_beyond_chance_by_all_selections_by_some_or_by_none():
    """What hangs on one document or on doubtful reports is none."""
    tell = lambda *given, **more: policy.verdict(firmness("session", *given, **more))  # noqa: E731
    some, no = "beyond chance by some comparisons only", "maybe by chance"
    assert tell("rise") == "more than chance would make"
    assert tell("rise", doubtful=[0]) == tell("rise", one=[0, 1]) == tell("fall", selections=policy.SOURCES[:2]) == some
    assert tell("rise", doubtful=[0, 1], one=[1, 2]) == tell("fall", selections=[]) == no
    two = pd.concat(
        [firmness("a", "rise", selections=policy.SOURCES[:1]), firmness("a", "fall", selections=policy.SOURCES[1:])]
    )
    assert policy.verdict(two) == some and "in every comparison" in policy.firm(two), (
        "beyond chance in each, not the same"
    )


def test_what_the_first_range_depends_on_is_told():
    tell = lambda **given: policy.hangs(firmness("session", "rise", **given))  # noqa: E731
    assert tell(one=[0]) == "Leave out one document, and the range includes a ratio of 1 (no change)."
    assert tell(doubtful=[0, 1]).startswith("Leave out doubtful reports, and")
    many = firmness("session", "rise", doubtful=[0]).assign(documents=27)
    assert policy.hangs(many).startswith("Leave out doubtful reports, or any one of 27 documents, and the range")
    assert tell(one=[1, 2]) == tell() == tell(selections=[]) == ""


def test_what_a_change_depends_on_is_said_beside_those_that_stand():
    assert policy.firm(FIRMNESS) == (
        "Firm: a rise after the session; the fall after the rules does not stand without one document"
    )
    none = pd.concat([firmness("rules", "fall", [0], [1]), firmness("session", "rise", [2])])
    assert policy.firm(none) == (
        "No change is firm; the fall after the rules does not stand without doubtful reports nor without one document;"
        " the rise after the session does not stand without doubtful reports"
    )
    assert policy.firm(FIRMNESS.head(0)) == "No change is firm: none is beyond chance in every comparison"
    both = FIRMNESS.assign(documents=0)
    assert policy.firm(both).endswith("a rise after the session and a fall after the rules")


@pytest.fixture
def sessions(made):
    """A function: the data with 2 projects in the month before the session and 20 after it, some changed."""

    def make(doubtful=(), documents=None):
        days = [*["2019-10-01"] * 2, *["2019-11-01"] * 20]
        rows = pd.concat([made.events.head(1)] * len(days), ignore_index=True)
        names = [f"e{i:02d}" for i in range(len(days))]
        told = [documents or name for name in names]
        rows = rows.assign(event_id=names, project_id=names, date=days, source_ids=told, confidence="high")
        return replace(made, events=rows.assign(confidence=rows.confidence.mask(rows.index.isin(doubtful), "low")))

    return make


def stands(data):
    every = projects.local(data)
    change = policy.around(every, projects.told_elsewhere(data, every), 1)
    rows = policy.firmness(data, change, 1)
    assert rows.selection.tolist() == list(policy.SOURCES)
    return rows.drop(columns="selection").drop_duplicates().values.tolist()


def test_a_change_is_firm_if_it_needs_neither_doubtful_reports_nor_one_document(sessions):
    assert stands(sessions()) == [["Politburo session", "rise", False, False]]
    assert stands(sessions(doubtful=range(6, 22))) == [["Politburo session", "rise", True, False]]
    assert stands(sessions(documents="n1")) == [["Politburo session", "rise", False, True]]


def test_the_documents_are_counted_each_of_which_a_change_needs(sessions):
    """Just enough projects after the session, each with a document of its own: none of these may be missing."""
    data = sessions()
    enough = next(after for after in range(1, 20) if rates.ratio(2, after)[1] > 1)
    assert stands(replace(data, events=data.events.head(2 + enough))) == [["Politburo session", "rise", False, enough]]


def test_a_document_that_makes_projects_older_is_one_that_a_change_depends_on(sessions):
    """Without n1, which tells that nine began in August, they came the month before: 11 then, 11 after."""
    data = sessions()
    late = data.events.date.mask(data.events.index >= 13, "2019-10-02")
    early = data.events.tail(9).assign(date="2019-08-01", source_ids="n1", event_id=[f"x{i}" for i in range(9)])
    told = lambda **columns: stands(  # noqa: E731
        replace(data, events=pd.concat([data.events.assign(date=late), early.assign(**columns)], ignore_index=True))
    )
    assert told() == [["Politburo session", "rise", False, True]]
    assert told(source_ids="n1 n2") == [["Politburo session", "rise", False, False]], "two documents tell it"


def test_the_dates_tried_and_how_many_are_far_enough_to_compare():
    far = "far enough from the policy dates to compare"
    assert policy.tried(PLACEBO) == f"Of 4 other dates, only 4 are {far}: too few to tell"
    many = pd.concat([PLACEBO] * 5, ignore_index=True)
    assert policy.tried(many) == f"Of 20 other dates, 20 are {far}"
    near = PLACEBO.assign(counted=[False, False, False, True])
    assert policy.tried(near) == f"Of 4 other dates, only 1 is {far}: too few to tell"
    assert policy.tried(near.head(3)) == f"Of 3 other dates, none is {far}: too few to tell"


def test_what_the_projects_of_one_outlet_do_to_each_ratio_as_printed():
    assert policy.tilt(CHANGE) == ("Its reports make the ratio larger for the pilots and smaller for the session.")
    both = pd.concat([CHANGE[CHANGE.date == "session"].assign(date=date) for date in ("session", "action plan")])
    assert policy.tilt(both).endswith("ratio smaller for the session and the action plan."), "dates in their order"
    assert policy.tilt(both.assign(ratio=2.0)) == "Here its reports change no ratio."


def test_documents_of_the_outlet_before_a_day_and_after_it_for_certain(data):
    """Those of the day itself or of its month are neither, nor those without a date or of others."""
    told = [
        ("Blocking.net", "2019-04-01"), ("blocking.net (copy)", "2019-10"), ("Blocking.net", "2019-10-24"),
        ("Blocking.net", ""), ("Blocking.net", "2020"), ("Blocking.net", "2019-11"), ("8btc", "2019-01-01"),
    ]  # fmt: skip
    sources = pd.DataFrame(told, columns=["publisher", "published"])
    assert policy.documents(replace(data, sources=sources), "2019-10-24") == (1, 2)


def test_quarters_with_and_without_one_outlet():
    table = policy.quarters(on("2019-02-01", "2019-05-01", "2019-05-02"), on("2019-05-01"))
    assert [f"{day:%F}" for day in table.quarter] == ["2019-01-01", "2019-04-01"]
    assert (table.other_sources.tolist(), table[policy.ALONE].tolist()) == ([0, 1], [1, 1])
    assert list(table.columns) == ["quarter", "other_sources", policy.ALONE]


def test_a_project_that_others_tell_of_later_is_still_one():
    """By all sources it began in the first quarter, by the others in the second: it stands in the first, once."""
    table = policy.quarters(on("2019-02-01"), on("2019-05-01"))
    assert (table.other_sources.tolist(), table[policy.ALONE].tolist()) == ([0, 0], [1, 0])


def test_the_year_with_most_new_projects():
    quarter = pd.to_datetime(["2019-01-01", "2019-04-01", "2020-01-01"])
    course = pd.DataFrame({"quarter": quarter, "other_sources": [2.0, 1, 2], policy.ALONE: [3.8, 0, 0]})
    assert policy.peak(course) == "Most new projects in 2019: 7, 4 of them reported by one site alone"
    assert policy.peak(course[1:]) == "Most new projects in 2020: 2, none of them reported by one site alone"


def test_a_year_that_is_first_by_one_outlet_alone_is_not_named_alone():
    quarter = pd.to_datetime(["2019-01-01", "2020-01-01", "2021-01-01"])
    course = pd.DataFrame({"quarter": quarter, "other_sources": [3.0, 5, 5], policy.ALONE: [3.8, 0, 0]})
    most = "Most new projects in 2019 (7); without those known from Blocking.net alone, in"
    assert policy.peak(course) == f"{most} 2020 and 2021 (5 each)"
    assert policy.peak(course[:2]) == f"{most} 2020 (5)"
    later = course.assign(quarter=course.quarter[::-1].to_numpy())
    assert policy.peak(later[:2]) == f"{most} 2020 (5)".replace("2019", "2021")


def test_every_second_month_is_a_placebo():
    days = [f"{month:%Y-%m-%d}" for month in pd.date_range("2017-06", "2021-12", freq="MS") for _ in range(3)]
    table = policy.placebos(on(*days, *["2019-11-05"] * 40), 6)
    assert table.month.tolist()[:2] == ["Mar 2018", "May 2018"] and table.month.tolist()[-1] == "May 2022"
    assert len(table) == 26 and table.index.tolist() == list(range(26)), "after May 2022 nothing came before"
    assert set(table.month[table.above]) == {"Jul 2019", "Sep 2019", "Nov 2019"}
    assert table.month[table.below].tolist() == [
        "Jan 2020", "Mar 2020", "May 2020", "Nov 2021", "Jan 2022", "Mar 2022", "May 2022",
    ], "after the peak and at the end"  # fmt: skip
    assert list(table.columns) == ["month", "ratio", "low", "high", "above", "below", "counted"]
    assert tuple(table.loc[0, ["ratio", "low", "high"]]) == pytest.approx(rates.ratio(18, 18))
    late = policy.placebos(on(*days[75:]), 6)
    assert days[75] == "2019-07-01" and late.month[0] == "Sep 2019", "a month without projects before it shows nothing"


@pytest.mark.parametrize(
    ("months", "others"),
    [
        (1, {"Nov 2018", "Mar 2019", "Sep 2019", "Jan 2020", "Nov 2021", "Mar 2022"}),
        (2, {"Nov 2018", "Jan 2020", "Nov 2021"}), (3, set()), (12, {"Nov 2020", "Jan 2021", "Mar 2023"}), (60, set()),
    ],
)  # fmt: skip
def test_ancounted_is_as_far_from_those_of_policy_as_the_time_compared(months, others):
    """1 March 2022 lies a month after 30 January, which has no like in February; 1 September 2019 one before it."""
    days = [f"{month:%Y-%m-%d}" for month in pd.date_range("2010-01", "2030-12", freq="MS")]
    table = policy.placebos(on(*days), months)
    around = {
        "Nov 2018",
        "Jan 2019",
        "Mar 2019",
        "Sep 2019",
        "Nov 2019",
        "Jan 2020",
        "Nov 2021",
        "Jan 2022",
        "Mar 2022",
    }
    assert set(table.month[table.counted]) & (around if months < 12 else set(table.month)) == others


# Beside registrations, and what the centre did


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.1, 0.5, "Provinces with more projects tend to have more services"),
        (-0.5, -0.1, "Provinces with more projects tend to have fewer services"),
        (-0.1, 0.1, "Whether provinces with more projects have more services cannot be told"),
        (0.0, 0.5, "Whether provinces with more projects have more services cannot be told"),
        (-0.5, 0.0, "Whether provinces with more projects have more services cannot be told"),
    ],
)
def test_an_order_is_told_only_if_it_is_sure(low, high, words):
    sure = Interval(low, high)
    assert policy.ordered(association.Association(sure, sure, 3, ({}, {})), "services") == words


def test_projects_beside_services(data):
    """List 1 of five, 3 of Beijing and 1 of Tianjin, so 1 of Hebei; of list 2 nothing is known."""
    counts = [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", "=", 3), (1, 1, "province", "12", "=", 1)]
    small = tiny(data, counts)
    model, reported = bounds.Model(small), pd.DataFrame({"province_code": ["12", "12", "44"]})
    table = policy.by_province(small, model, reported, 1)
    assert list(table.columns) == ["province_code", "name_en", "short_zh", "projects", "low", "high", "inferred"]
    assert table[["province_code", "name_en", "projects", "low", "high"]].values.tolist() == [
        ["11", "Beijing", 0, 3, 3], ["12", "Tianjin", 2, 1, 1], ["13", "Hebei", 0, 1, 1],
    ]  # fmt: skip
    assert not table.inferred.any() and policy.resting(table, model, 1) == ""
    assert policy.by_province(small, model, reported, 2).high.isna().all()


def test_provinces_that_inferred_lists_make_one_number(data):
    """The 3 of Beijing are inferred to be of list 1: without them 4 are left for it and Hebei."""
    counts = [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", "=", 3), (1, 1, "province", "12", "=", 1)]
    small = tiny(data, counts)
    told = small.published_counts.assign(span_inferred=[False, True, False])
    model = bounds.Model(replace(small, published_counts=told))
    both = policy.by_province(small, model, pd.DataFrame({"province_code": []}), 1)
    assert both.inferred.tolist() == [True, False, True]
    assert policy.resting(both, model, 1) == (
        "If counts without list numbers are left out, Beijing could have 0 to 4 services and Hebei 0 to 4."
    )
    longer = policy.by_province(small, model, pd.DataFrame({"province_code": []}), 2)
    assert policy.resting(longer, model, 2) == (
        "If counts without list numbers are left out, Beijing could have at least 0 services and Hebei at least 0."
    )


def test_national_policies_in_their_order(made):
    assert list(policy.national(made).event_id) == ["e11", "e12", "e09"] and policy.national(made).index.tolist() == [
        0,
        1,
        2,
    ]
    yuan = made.events.assign(digital_yuan=made.events.event_id == "e09")
    assert list(policy.national(replace(made, events=yuan)).event_id) == ["e11", "e12"]
    spoken = made.events.kind.where(made.events.event_id != "e09", "statement")
    assert "e09" in set(policy.national(replace(made, events=made.events.assign(kind=spoken))).event_id), "on its date"
    later = made.events.date.where(made.events.event_id != "e09", "2019-10-25")
    moved = replace(made, events=made.events.assign(kind=spoken, date=later))
    assert list(policy.national(moved).event_id) == ["e11", "e12"], "a speech on another day is no policy"
    abroad = made.events.assign(country=made.events.country.where(made.events.event_id != "e11", "Japan"))
    assert list(policy.national(replace(made, events=abroad)).event_id) == ["e12", "e09"]
    local = made.events.assign(level=made.events.level.where(made.events.event_id != "e11", "provincial"))
    assert list(policy.national(replace(made, events=local)).event_id) == ["e12", "e09"]


def test_what_the_centre_decided_about_one_place_is_its_own_too(made):
    """The policy about Beijing, e12; of one day what is about the whole country comes first. Funds count, too."""
    events = made.events
    national = lambda **columns: list(policy.national(replace(made, events=events.assign(**columns))).event_id)  # noqa: E731
    same = events.date.mask(events.event_id == "e11", "2018-09-04")
    placed = events.province_code.mask(events.event_id == "e11", "46").mask(events.event_id == "e12", "")
    assert national(date=same) == ["e11", "e12", "e09"]
    assert national(date=same, province_code=placed) == ["e12", "e11", "e09"]
    assert national(level=events.level.mask(events.event_id == "e12", "provincial")) == ["e11", "e09"]
    court = events.level.mask(events.event_id == "e12", "court")
    assert national(level=court) == ["e11", "e09"], "a court of one place"
    assert national(level=court, province_code=placed.mask(placed == "46", "")) == ["e11", "e12", "e09"], "the highest"
    assert national(kind=events.kind.mask(events.event_id == "e12", "funding")) == ["e11", "e12", "e09"]
    assert national(kind=events.kind.mask(events.event_id == "e12", "deployment")) == ["e11", "e09"]


def test_single_places_of_an_act_that_is_told_as_a_whole_are_no_rows_of_their_own(made):
    """e12 about Beijing is told by the document of e11; by others alone, or of another day or kind, it stays."""
    events = made.events.assign(date=made.events.date.mask(made.events.event_id == "e12", "2017-09-04"))
    events = events.assign(kind=events.kind.mask(events.event_id == "e11", "policy"))
    of = lambda name, column, value: events[column].mask(events.event_id == name, value)  # noqa: E731
    shown = lambda table: list(policy.national(replace(made, events=table)).event_id)  # noqa: E731
    assert shown(events) == ["e11", "e09"]
    both = events.assign(
        source_ids=of("e11", "source_ids", f"n2 {events.source_ids[events.event_id == 'e12'].iloc[0]}")
    )
    assert shown(both) == ["e11", "e09"], "by one of the documents of the whole"
    further = events.assign(
        source_ids=of("e12", "source_ids", f"{events.source_ids[events.event_id == 'e12'].iloc[0]} n2")
    )
    assert shown(further) == ["e11", "e09"], "a further document that tells of the place alone stands with the whole"
    assert policy.national(replace(made, events=further)).source_ids[0].split()[-1] == "n2"
    for column, value in (("source_ids", "n2"), ("date", "2017-09-05"), ("kind", "funding")):
        assert shown(events.assign(**{column: of("e12", column, value)})) == ["e11", "e12", "e09"]
