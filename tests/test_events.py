"""Adoption measured on hand-worked cases with uncertain dates."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import days, events, projects

ROWS = pd.DataFrame(
    [
        ("a", "44", "2019-03", "pilot", "X; Y"),
        ("b", "44", "2019-03-20", "live", "X"),
        ("c", "33", "2019", "pilot", ""),
        ("d", "33", "2018-12-31", "live", "Z"),
    ],
    columns=["event_id", "province_code", "date", "stage", "organisations"],
)


@pytest.fixture
def rows():
    return days.with_spans(ROWS)


def test_a_date_means_a_span_of_days():
    spans = days.date_spans(pd.Series(["2020-02", "2019", "2019-03-30"]))
    assert list(spans.first_day.astype(str)) == ["2020-02-01", "2019-01-01", "2019-03-30"]
    assert list(spans.last_day.astype(str)) == ["2020-02-29", "2019-12-31", "2019-03-30"]


def test_the_first_of_uncertain_dates_is_an_interval(rows):
    """44: March 2019 or the 20th, so from the 1st to the 20th. 33: the last day of 2018 for sure."""
    first = events.firsts(rows, ["province_code"]).set_index("province_code")
    assert [f"{first.loc['44', end]:%F}" for end in ("earliest", "latest")] == ["2019-03-01", "2019-03-20"]
    assert first.loc["33", "earliest"] == first.loc["33", "latest"] == pd.Timestamp("2018-12-31")
    assert first.events.to_dict() == {"33": 2, "44": 2}
    assert events.firsts(rows, ["event_id"]).event_id.to_dict() == {0: "d", 1: "c", 2: "a", 3: "b"}


def test_cumulative_incidence_is_sure_and_possible(rows):
    days = [pd.Timestamp(day) for day in ("2018-12-30", "2018-12-31", "2019-03-10", "2019-03-31")]
    curve = events.cumulative(events.firsts(rows, ["province_code"]), days)
    assert curve.low.tolist() == [0, 1, 1, 2] and curve.high.tolist() == [0, 1, 2, 2]


def test_events_stand_by_the_middles_of_their_spans():
    """1 July of a year that is known alone; not by its last day."""
    dates = {"event_id": ["a", "b", "c"], "date": ["2019", "2019-08-01", "2019-06-01"]}
    assert list(days.in_order(days.with_spans(pd.DataFrame(dates))).event_id) == ["c", "a", "b"]


def test_a_lag_carries_the_precision_of_both_dates(rows):
    """Policy on 10 February 2019; deployments from 1 to 20 March: 19 to 38 days."""
    plans = days.with_spans(pd.DataFrame({"event_id": ["p"], "province_code": ["44"], "date": ["2019-02-10"]}))
    lag = events.lags(plans, rows, ["province_code"])
    assert lag.to_dict("records") == [{"province_code": "44", "low": 19, "high": 38}]
    assert events.lags(rows, rows, ["event_id"]).event_id.to_dict() == {0: "c", 1: "a", 2: "b", 3: "d"}


def test_organisations_are_told_apart(rows):
    assert sorted(events.organisations(rows).organisation) == ["X", "X", "Y", "Z"]


def test_an_uncertain_date_is_spread_over_its_days(rows):
    """The event of 2019 has 90, 91, 92 and 92 of its 365 days in the four quarters."""
    quarters = events.per_quarter(rows).set_index("quarter").events
    assert quarters.round(6).tolist() == [1, round(2 + 90 / 365, 6), *(round(n / 365, 6) for n in (91, 92, 92))]


def test_each_exclusion_takes_out_what_it_names(data):
    everything = events.local(data, statements=True, digital_yuan=True)
    assert not (events.local(data).kind == "statement").any() and (everything.kind == "statement").any()
    assert not events.local(data).digital_yuan.any() and everything.digital_yuan.any()
    assert set(events.select(data, listed=False).list_group) == {""}
    uses = set(data.events.event_id[data.events.single_use != ""])
    assert uses and set(events.select(data).event_id) - set(events.select(data, single_uses=False).event_id) == uses
    alone = set(data.events.event_id[events.outlet_alone(data)])
    assert alone and not alone & set(events.select(data, outlet=False).event_id)
    assert set(events.select(data, since=2020, until=2020).date.str[:4]) == {"2020"}
    assert set(events.local(data, province="tibet").province_code) == {"54"}
    assert set(events.local(data, level="court").level) == {"court"}


def test_a_project_stands_in_the_field_of_its_first_deployment_alone(data, made):
    """p1 is told of in March (e01, a court) and in April (e10), here as taxes; an earlier speech about it is none."""
    rows = made.events.set_index("event_id", drop=False)
    rows.loc["e10", "sector"] = "tax-invoicing"
    rows.loc["e08", ["project_id", "sector"]] = "p1", "finance"
    told = replace(made, events=rows.reset_index(drop=True))
    assert set(told.dated.sector[told.dated.project_id == "p1"]) == {"judiciary"}
    assert {"e01", "e08", "e10"} <= set(events.select(told, sector="judiciary").event_id)
    assert not {"e08", "e10"} & set(events.select(told, sector="tax-invoicing").event_id)
    rows.loc["e10", "digital_yuan"] = True
    yuan = replace(made, events=rows.reset_index(drop=True))
    assert "e10" in set(events.select(yuan, sector="tax-invoicing").event_id), "listed where it is, and not counted"
    fields = [projects.adoption(data, sector=sector) for sector in data.sectors.sector]
    assert sum(map(len, fields)) == len(projects.adoption(data))


def test_the_time_for_which_the_outlet_was_read(data):
    """By documents of the outlet known to the month; one of which the year alone is known tells nothing."""
    told = [
        ("Blocking.net", "2019-03-31"), ("blocking.net (copy)", "2019-04"), ("Blocking.net", "2020-04-15"),
        ("Blocking.net", "2020-04"), ("Blocking.net", "2019"), ("Blocking.net", ""), ("8btc", "2018-01-01"),
    ]  # fmt: skip
    sources = pd.DataFrame(told, columns=["publisher", "published"])
    assert events.outlet_dates(replace(data, sources=sources)) == ("2019-03-31", "2020-04")
    assert events.outlet_read(replace(data, sources=sources)) == "31 March 2019 to April 2020"
    assert events.outlet_read(replace(data, sources=sources.iloc[[1, 2]])) == "April 2019 to 15 April 2020"


def test_an_event_with_a_second_source_does_not_rest_on_the_outlet(data):
    theirs = data.sources[data.sources.publisher.str.startswith("Blocking")].source_id.iloc[0]
    other = data.sources[~data.sources.publisher.str.lower().str.startswith("blocking")].source_id.iloc[0]
    two = data.events.iloc[:2].assign(source_ids=[theirs, f"{theirs} {other}"])
    assert events.outlet_alone(replace(data, events=two)).tolist() == [True, False]


def test_every_country_has_an_area(data):
    areas = events.area(data.events.country)
    assert set(areas) == {*events.MAIN_AREAS, "Other Asia"}
    assert set(areas[data.events.country == "Vietnam"]) == {"South-East Asia"}
