"""What is known of the register, on lists made for the case."""

from dataclasses import replace

import pandas as pd

from chainregistry import counts, register, totals

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
    assert "from its date" in table.part[0] and not table.part[1:].str.contains("from its date").any()
    assert "from its date" not in totals.sums(data, 3).part[0]


def test_a_part_of_the_sum_is_told_by_the_documents_of_its_own_count(data):
    """Not by all that tell of the list; where no count is in use, by these."""
    told = data.published_counts.set_index("count_id").source_ids
    assert totals.sums(data).source_ids.tolist()[:2] == [told["c088"], told["c091"]]
    without = replace(data, published_counts=data.published_counts.query("count_id != 'c088'"))
    assert totals.sums(without).source_ids[0] == data.batches.set_index("batch").source_ids[8]


def test_lists_without_a_size_are_inside_the_running_total_or_come_on_top(data):
    inside, together, beyond = totals.unsized(data)
    sized = data.batches.dropna(subset="services").query("batch <= 8").services.sum()
    assert (inside, together) == ([6, 7, 8], 1821 - sized) and beyond[0] == 10 and 15 not in beyond
    assert totals.unsized(data, 5) == ([], 0, [])


def test_a_dispute_has_a_number_in_use_and_one_that_is_not(data):
    """Counts of one group that are all in use count different things; codes and Chinese stand in no sentence."""
    table = counts.disputes(data)
    assert table.used.ne("").all() and table.not_used.ne("").all()
    assert not table[["used", "not_used", "reason"]].agg(" ".join, axis=1).str.contains(r"\bc\d{3}\b|[㐀-鿿]").any()
    kept = data.published_counts.assign(set_aside="")
    assert counts.disputes(replace(data, published_counts=kept)).empty


def test_an_average_needs_both_numbers_of_the_same_lists(data):
    table = counts.averages(data).set_index("lists")
    assert table.loc["list 1", ["services", "entities"]].tolist() == [197, 165] and "list 2" not in table.index
    assert table.inferred["lists 1 to 2"] and not table.inferred["lists 1 to 4"]
    assert table.services_each["lists 1 to 4"] == 1015 / 814


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
    some = data.published_counts[data.published_counts.count_id.isin(["c001", "c004", "c005", "c013"])]
    table = register.contradicted(replace(data, published_counts=some, official=imported())).set_index("count")
    assert table["on the list"].to_dict() == {"c001": "2", "c004": "", "c005": "1", "c013": ""}
