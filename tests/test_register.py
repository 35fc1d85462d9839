"""What is known of the register, on lists made for the case."""

from dataclasses import replace

import pandas as pd

from chainregistry import register, totals

LABELS = pd.Series({"finance": "Finance", "unclear": "unclear"})


def test_a_named_share_is_a_part_of_its_whole(data):
    """Lists 1 and 2 have 10 and no known size; of three named services one each is on 1, on 2, and on no known list."""
    batches = data.batches.iloc[:2].assign(services=pd.array([10, None], dtype="Int64"))
    rows = data.registrations.iloc[:3].assign(batch=pd.array([1, 2, None], dtype="Int64"), confidence="high")
    found = register.named_share(replace(data, batches=batches, registrations=rows))
    assert (found.named, found.services, found.lists, found.share) == (1, 10, 1, 0.1)
    real = register.named_share(data)
    sized = data.batches.batch[data.batches.services.notna()]
    assert real.named == data.named().batch.isin(sized).sum() and real.lists == len(sized)


def test_at_least_adds_up_what_is_printed_and_says_where_the_lists_are_inferred(data):
    table = totals.sums(data)
    assert table.number.sum() == totals.at_least(data)
    assert "by its date" in table.part[0] and not table.part[1:].str.contains("by its date").any()
    assert "by its date" not in totals.sums(data, 3).part[0]


def test_lists_of_a_count_in_words(data):
    table = register.printed(data.published_counts).set_index("count")
    assert table.lists["c001"] == "1" and table.lists["c057"] == "1 to 3" and table.lists["c088"] == "1 to 8 (inferred)"


def imported(valid=(True, False)):
    return pd.DataFrame(
        {
            "batch": pd.array([1, 1], dtype="Int64"), "sequence": [1, 2], "entity_zh": ["甲", "乙"],
            "service_zh": ["丙", "丁"], "filing_number": ["京网信备1", "京网信备2"], "county_zh": "", "keyword": "",
            "province_code": ["11", "44"], "sector": "finance", "valid": valid, "simulated": False,
        }
    )  # fmt: skip


def test_a_faulty_row_is_marked_and_no_column_where_there_is_none():
    assert list(register.listed_for_reading(imported(), LABELS).faultless) == ["yes", "no"]
    assert "faultless" not in register.listed_for_reading(imported((True, True)), LABELS)


def test_a_contradicted_count_stands_beside_the_number_of_the_list_only_if_they_count_the_same(data):
    """List 1 of two services: 197 and 63 services are wrong, 2 and 1 are right; registrants are not compared so."""
    counts = data.published_counts[data.published_counts.count_id.isin(["c001", "c004", "c005", "c013"])]
    table = register.contradicted(replace(data, published_counts=counts, official=imported())).set_index("count")
    assert table["on the list"].to_dict() == {"c001": "2", "c004": "", "c005": "1", "c013": ""}
