"""Agreement of two coders: known values, and a stored second coding that fits the events it decided."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from chainregistry import coding


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[20, 5], [10, 15]], 0.4),  # 35 of 50 agree, 25 by chance
        ([[25, 0], [0, 25]], 1.0),
        ([[0, 25], [25, 0]], -1.0),
        ([[30, 10], [10, 0]], -0.25),  # as many as four fifths alike, and still less than chance
    ],
)
def test_kappa_of_a_table_worked_by_hand(table, expected):
    cells = [(a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)]
    first, second = (pd.Series([f"code {cell[i]}" for cell in cells]) for i in (0, 1))
    assert coding.kappa(first, second) == pytest.approx(expected)
    assert coding.kappa(second, first) == pytest.approx(expected)


def test_kappa_is_not_defined_where_both_use_one_code():
    same = pd.Series(["finance"] * 5)
    assert np.isnan(coding.kappa(same, same))


def test_each_column_has_its_agreement_with_an_interval_around_it(data):
    table = coding.agreement(data, draws=300)
    assert list(table.column) == coding.COLUMNS
    assert (table.events >= 150).all()
    assert ((table.low <= table.kappa) & (table.kappa <= table.high) & (table.high <= 1)).all()
    assert (table.agree == (table.share * table.events).round()).all()
    differ = coding.disagreements(data)
    assert len(differ) == (table.events - table.agree).sum()
    pd.testing.assert_frame_equal(table, coding.agreement(data, draws=300))


def test_every_disagreement_is_decided_with_a_reason_and_the_event_has_the_code(data):
    differ = coding.disagreements(data)
    assert (differ.decision != "").all() and (differ.reason != "").all()
    events = data.events.set_index("event_id")
    for row in differ[differ.decision.isin(["first", "second"])].itertuples():
        decided = row.first if row.decision == "first" else row.second
        assert events.loc[row.event_id, row.column] == decided, row


def test_codes_of_both_coders_that_were_corrected_later_are_counted(data):
    own = data.events.event_id.head(3)
    rows = pd.DataFrame({"event_id": own, "column": "sector", "decision": "", "reason": ""})
    now = data.events.sector.head(3).tolist()
    told = lambda codes: coding.overturned(  # noqa: E731
        replace(data, second_coding=rows.assign(first=codes, second=codes))
    )
    assert told(now) == "Of 3 answers on which both agreed, none was corrected later."
    assert told([*now[:2], "new"]) == "Of 3 answers on which both agreed, 1 was corrected later."
    assert told(["new", "new", now[2]]) == "Of 3 answers on which both agreed, 2 were corrected later."


def test_items_coded_alike_throughout_and_whose_code_was_kept_are_counted(data):
    own = data.events.event_id.head(2).repeat(2).tolist()
    rows = pd.DataFrame({"event_id": own, "column": ["kind", "sector"] * 2, "reason": ""})
    rows = rows.assign(**{"first": list("aaaa"), "second": list("aaab"), "decision": ["", "", "", "second"]})
    assert coding.alike(replace(data, second_coding=rows)) == 1, "the second item differs in one column of two"
    told = lambda *codes: coding.kept(replace(data, second_coding=rows.assign(second="b", decision=codes)))  # noqa: E731
    assert told("first", "first", "first", "second") == (
        "The first reader's answer was kept 3 times, the second's 1 time."
    )
    assert told("first", "second", "other", "other").endswith("the second's 1 time; in 2 cases neither was.")


def test_agreement_is_read_the_best_first():
    numbers = {"kappa": [0.5, 0.9], "low": [0.4, 0.8], "high": [0.6, 1.0], "events": [150, 160]}
    read = coding.for_reading(pd.DataFrame({"column": ["kind", "sector"]} | numbers))
    assert read.what.tolist() == ["field", "kind of event"]
    assert read.index.tolist() == [0, 1] and read.loc[0, "events"] == 160


def test_what_was_decided_is_told_in_words(data):
    """The first code, the second, or none of both; a code without a name of its own is its words."""
    decisions = ["first", "second", "other"]
    rows = pd.DataFrame(
        {"event_id": data.events.event_id[:3], "column": "sector", "decision": decisions, "reason": "a"}
    )
    rows = rows.assign(**{"first": ["finance", "", "new-field"], "second": ["education", "finance", "education"]})
    told = coding.differing(replace(data, second_coding=rows))
    assert told["first"].tolist() == ["Finance", "none", "new field"]
    assert told.second.tolist() == ["Education and people", "Finance", "Education and people"]
    assert told.decision.tolist() == ["Finance", "Finance", "neither"]
    assert set(told.column) == {"field"}
