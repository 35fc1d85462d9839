"""Stories of provinces and fields: what they say stands in the news items that they cite."""

import dataclasses
import shutil

import pandas as pd
import pytest
from test_data import DATA, whys_of_all

from chainregistry import prose, stories, unsorted

FAULTS = [
    ("stories.csv", "to 70 million items on", "to 77 million items on", "77: stands in no item"),
    ("stories.csv", "{e604.city} records", "{e605.city} puts", "{e605.city}: must be an item that the row cites"),
    ("stories.csv", "{e106.city}: from", "{e106.note}: from", "{e106.note}: must be an item that the row cites"),
    ("stories.csv", "hangzhou,1,33,", "hangzhou,1,32,", "province_code: 32: but e106 happened in 33"),
    ("stories.csv", "suzhou-notaries,0,32,", "suzhou-notaries,9,32,", "suzhou-notaries: has no title"),
    ("stories.csv", "internet-courts,1,,judiciary", "internet-courts,1,,finance", "finance: but e106 is judiciary"),
    ("stories.csv", "to a reported 58 million", "to 58 million", "58: rests on doubtful items alone"),
    ("stories.csv", "hainan-bills,3,46,", "hainan-bills,3,,", "hainan-bills: is told of several provinces"),
    ("stories.csv", "prosecutors,e106 e265 e290", "prosecutors,e106 e265 e999", "e999"),
]  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return whys_of_all(FAULTS, shutil.copytree(DATA, tmp_path_factory.mktemp("stories") / "data"))


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS)
def test_a_story_that_its_items_do_not_hold_is_named(faulty, file, old, new, expected):
    assert [line for line in faulty if line.startswith(file) and expected in line], "\n".join(faulty)


def table(*rows):
    return pd.DataFrame(rows, columns=["story", "part", "province_code", "sector", "sentence", "event_ids"])


def test_moments_stand_in_the_order_of_their_dates_and_doubt_is_said(data):
    low = data.events[data.events.confidence == "low"].iloc[0]
    sure = data.events[(data.events.confidence == "high") & (data.events.date > low.date)].iloc[0]
    told = table(
        ("s", 0, "11", "", f"Since {{{low.event_id}.year}}", low.event_id),
        ("s", 1, "11", "", "Later", sure.event_id),
        ("s", 2, "11", "", "First", low.event_id),
        ("s", 3, "11", "", "Both", f"{sure.event_id} {low.event_id}"),
    )
    story = stories.of(dataclasses.replace(data, stories=told), province_code="11")
    assert story and story.title == f"Since {low.date[:4]}"
    assert list(story.moments.text) == ["First (doubtful report)", "Later", "Both"]
    assert list(story.moments.date) == [low.date, sure.date, sure.date]
    assert list(story.moments.date_inferred) == [low.date_inferred, sure.date_inferred, sure.date_inferred]
    assert set(story.moments.source_ids[2].split()) == {*sure.source_ids.split(), *low.source_ids.split()}


def test_a_story_of_branches_alone_says_that_it_is_not_counted(data):
    assert "not counted" in stories.of(data, province_code="44").remark
    assert not stories.of(data, province_code="11").remark


def test_without_a_story_nothing_is_told(data, shown):
    story = stories.of(data, province_code="65")
    assert not story and story.title == ""
    prose.tell(story)
    assert not shown


def test_what_stands_in_no_field_is_listed_with_its_reason(data):
    rows = unsorted.services(data)
    left = rows[rows.counted]
    assert len(rows) == data.registrations.sector.isin(["other", "unclear"]).sum()
    assert rows.counted.is_monotonic_decreasing and set(rows.why) <= set(unsorted.WHY)
    bare = rows[(rows.service_zh == "") & (rows.service_en == "")]
    assert set(bare.why) <= {unsorted.WHY[1], unsorted.WHY[2]} and len(bare)
    reasons = unsorted.reasons(left, 100)
    assert reasons.services.sum() == 100 and reasons.services.iloc[-1] == 100 - len(left)
