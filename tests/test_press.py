"""A report beside the record: what others tell of its claims, and of public money for the technology."""

import re
from dataclasses import replace

import pandas as pd

from chainregistry import press


def test_the_documents_of_a_list_tell_of_its_publication_too(data):
    first = data.batches[data.batches.batch == 1].iloc[0]
    table = press.citing(data, "n207").set_index("event_id")
    told = table.others
    assert (table.source_ids.str.split().map(len) - 1 == told).all(), "all of them are named"
    own = data.events.set_index("event_id").source_ids["e194"].split()
    official = set(data.sources.source_id[data.sources.kind == "official"])
    assert official & set(first.source_ids.split()), "the list itself, which nobody here has read"
    assert told["e194"] == len({*own, *first.source_ids.split()} - official) - 1 > len(own) - 1
    assert told["e218"] == 0


def test_a_sequel_belongs_to_its_story(data):
    stories = press.citing(data, "n207").query("country != 'China'")
    later = press.aftermath(data, stories, 2026).set_index("event_id").story
    assert later["e550"] == "e225" and set(stories.event_id) <= set(later)
    assert "e550" not in press.aftermath(data, stories, 2021).event_id.tolist()


def test_which_claims_are_confirmed_is_told_by_their_places():
    """The first is corrected by those who tell it."""
    told = lambda *others: press.confirmed(pd.DataFrame({"others": others}), "they are two")  # noqa: E731
    assert told(11, 0, 0) == "Only the first of these is confirmed, and with a correction: they are two."
    assert told(0, 1, 0, 2) == "Only the second and fourth of these are confirmed."
    assert told(3, 1, 0) == (
        "Only the first and second of these are confirmed, the first with a correction: they are two."
    )
    assert told(0, 0) == "None of these is confirmed."
    assert told(1, 2) == "Each of these is confirmed, the first with a correction: they are two."
    tally = lambda *others: press.tally(pd.DataFrame({"others": others}))  # noqa: E731
    assert tally(11, 0) == "we could confirm 1, and that only in part" and tally(0, 1) == "we could confirm 1"
    assert tally(1, 2) == "we could confirm 2, one of them only in part"
    assert tally(0) == "we could confirm none"
    alone = lambda *others: press.alone(pd.DataFrame({"others": others}))  # noqa: E731
    assert alone(11, 0, 0) == "We found 2 of the 3 claims in this report alone"
    assert alone(0) == "We found 1 of the 1 claim in this report alone"
    assert alone(1) == "We found none of the 1 claim in this report alone"


def test_what_is_on_record_of_firms_is_told_of_none_one_and_two(data):
    told = press.citing(data, "n207")
    traces = lambda *names: press.traces(data, list(names), told)  # noqa: E731
    first, second = traces("Trias", "DataQin")
    assert first.endswith("news items, 2 name Trias or DataQin; both come from this report, and neither names a place.")
    assert second == f"Of the {len(data.named())} services that sources identify, none bears one of these names."
    assert traces("Trias")[0].endswith("1 names Trias; it comes from this report, and it names no place.")
    assert traces("Nobody Ltd")[0].endswith("news items, none names Nobody Ltd.")
    some = traces("Korea Post", "Xiong'an")[0]
    assert re.search(
        r"names? Korea Post or Xiong'an; \d+ of them comes? from other reports, and \d+ of them names? a place", some
    )
    rows = data.registrations.assign(entity_en=["Trias", *data.registrations.entity_en[1:]])
    assert press.traces(replace(data, registrations=rows), ["Trias"], told)[1] == (
        "Doubtful ones included, 1 registration bears one of these names."
    )


def test_one_place_that_is_named_among_several_reports(data):
    told = press.citing(data, "n207")
    rows = data.events.assign(province_code="").astype({"province_code": "object"})
    rows.loc[rows.title.str.contains("Trias"), "province_code"] = "11"
    line = press.traces(replace(data, events=rows), ["Trias", "DataQin"], told)[0]
    assert line.endswith("2 name Trias or DataQin; both come from this report, and 1 of them names a place.")


def test_what_local_governments_offered_is_listed_by_its_dates(made):
    """Of e01 to e05 and e07 to e12 those of local bodies: not of central ones, other countries or the digital yuan."""
    rows = made.events.assign(incentive=True, summary="", title="A grant")
    rows = rows.assign(digital_yuan=rows.event_id == "e02", title=rows.title.mask(rows.event_id == "e01", "No tax"))
    found = press.incentives(replace(made, events=rows.iloc[::-1]))
    local = rows[rows.level.isin(["provincial", "prefecture", "county", "court"]) & (rows.country == "China")]
    assert set(found.event_id) == set(local.event_id) - {"e02"} != set()
    assert found.date.is_monotonic_increasing and list(found.index) == list(range(len(found)))
    assert set(found.event_id[found.tax]) == {"e01"}
    abroad = rows.assign(country="Japan")
    assert press.incentives(replace(made, events=abroad)).empty
    assert press.incentives(replace(made, events=rows.assign(incentive=False))).empty


def test_how_many_offers_mention_tax():
    told = lambda *tax: press.support(pd.DataFrame({"tax": tax}, dtype=bool))  # noqa: E731
    start = "We found {} of money, office space or tax relief that local governments offered"
    assert told(False, False) == f"{start.format('2 reports')}; none mentions tax."
    assert told(True, False) == f"{start.format('2 reports')}; 1 mentions tax."
    assert told(True, True, False) == f"{start.format('3 reports')}; 2 mention tax."
    assert told() == f"{start.format('no reports')}."
