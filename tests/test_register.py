"""What is known of the register, on lists made for the case."""

from dataclasses import replace
from types import SimpleNamespace

import counted
import lists
import pandas as pd
import pytest

from chainregistry import counts, days, front, register, totals

LABELS = pd.Series({"finance": "Finance", "unclear": "unclear"})


def test_at_least_adds_up_what_is_printed_and_says_where_the_lists_are_inferred(data):
    table = totals.sums(data)
    assert table.services.sum() == totals.at_least(data)
    assert "lists inferred from its date" in table.part[0] and not table.part[1:].str.contains("inferred").any()
    assert "inferred" not in totals.sums(data, 3).part[0]
    printed = totals.sums(data, inferred=False)
    assert printed.services.tolist() == [1015, 223, 348, 74] and totals.at_least(data, inferred=False) == 1660
    assert not printed.part.str.contains("from its date").any() and totals.at_least(data, 3, inferred=False) == 730


def test_services_are_named_by_themselves_by_a_registrant_or_by_a_number(data):
    rows = pd.DataFrame(
        [("甲", "", "", "", "1"), ("", "Chain", "", "Firm", ""), ("", "", "丙", "", ""), ("", "", "", "", "2")],
        columns=["service_zh", "service_en", "entity_zh", "entity_en", "filing_number"],
    )
    found = totals.named_by(rows)
    assert found == (4, 2, 1, 1)
    assert str(found) == "4: 2 by the service or its site, the others only by the registrant or a filing number"
    few = [totals.named_by(rows[a:b]) for a, b in ((0, 0), (0, 1), (0, 2), (1, 3), (2, 3), (3, 4))]
    assert list(map(str, few)) == [
        "none",
        "1: by the service or its site",
        "2: both by the service or its site",
        "2: 1 by the service or its site, the other only by the registrant",
        "1: only by the registrant",
        "1: only by a filing number",
    ]
    site = totals.named_by(rows.assign(sector=["finance", "", "unclear", "judiciary"]))
    assert site == (4, 3, 1, 0), "a login page of an evidence product tells what the service is for"
    assert found.how == "2 by the service or its site, the others only by the registrant or a filing number"
    assert few[0].how == ""
    both = totals.named_by(rows[1:3].assign(filing_number="3"))
    assert both == (2, 1, 1, 1) and both.only == "the registrant and a filing number", "of one both are known"
    more = totals.named_by(rows[1:4].assign(filing_number=["", "3", "4"]))
    assert more == (3, 1, 1, 2) and more.only == "the registrant, a filing number or both"
    listed = data.official.head(0).reindex(columns=["entity_zh", "service_zh"])
    assert totals.named_by(data.named(), listed) == totals.named_by(data.named())
    assert totals.named_by(data.named()).services == len(data.named())


def test_a_part_of_the_sum_is_told_by_the_documents_of_its_own_count(data):
    """Not by all that tell of the list; where no count is in use, by these."""
    told = data.published_counts.set_index("count_id").source_ids
    assert totals.sums(data).source_ids.tolist()[:2] == [told["c088"], told["c091"]]
    without = replace(data, published_counts=data.published_counts.query("count_id != 'c088'"))
    assert totals.sums(without).source_ids[0] == data.batches.set_index("batch").source_ids[8]


def test_lists_without_a_size_are_inside_the_running_total_or_come_on_top(data):
    made = counted.sized(data, {1: 197, 2: 309, 3: 224, 4: 285, 5: 223, 9: 348, 11: 74}, {5: 1238, 8: 1821})
    assert totals.unsized(made) == ([6, 7, 8], 1821 - 1238, [10])
    assert totals.unsized(made, 5) == ([], 0, [])
    assert totals.unsized_in_words(made) == [
        "The running total includes lists 6 to 8, whose numbers of services we did not find: together they hold 583"
        " services.",
        "List 10 is not in the sum, which is therefore a lower limit.",
    ]
    assert totals.unsized_in_words(made, 5) == ["", ""]
    one = counted.sized(data, {1: 197, 2: 309, 3: 224, 4: 285, 5: 223, 7: 9}, {5: 1238, 7: 1821})
    assert totals.unsized_in_words(one) == [
        "The running total includes list 6, whose number of services we did not find: it holds 574 services.", "",
    ]  # fmt: skip


def test_a_dispute_has_a_number_in_use_and_one_that_is_not(data):
    """Counts of one group that are all in use count different things; codes and Chinese stand in no sentence."""
    table = counts.disputes(data)
    assert table.used.ne("").all() and table.not_used.ne("").all()
    assert not table[["used", "not_used", "reason"]].agg(" ".join, axis=1).str.contains(r"\bc\d{3}\b|[㐀-鿿]").any()
    assert table.source_ids.ne("").all() and table.reason.is_unique, "one row for each reason"
    kept = data.published_counts.assign(set_aside="")
    assert counts.disputes(replace(data, published_counts=kept)).empty


def test_a_size_that_may_count_registrants_is_told_with_the_reason(data):
    told = (
        "One printed size of a list, 106 registrants in all on list 8, is not used although no other number contradicts"
        " it: it is printed for registrants, but may mean services."
    )
    assert counts.unclear_sizes(data, 8) == told and counts.unclear_sizes(data, 7) == ""


def test_an_example_that_is_not_used_is_told_with_the_reason(data):
    assert counts.not_used(data, "c113") == (
        "One such number, which we do not use, is 130 services of Guangdong on lists 1 and 2 (lists inferred). The"
        " reason: other counts add up to 119; 130 is probably a slip."
    )
    assert counts.not_used(data, "none") == ""


def test_an_average_needs_both_numbers_of_the_same_lists(data):
    table = counts.averages(data).set_index("lists")
    assert table.loc["list 1", ["services", "entities"]].tolist() == [197, 165] and "list 2" not in table.index
    assert table.lists_inferred["lists 1 and 2"] and not table.lists_inferred["lists 1 to 4"]
    assert table.services_per_registrant["lists 1 to 4"] == 1015 / 814


def test_an_average_cites_the_documents_of_both_numbers_and_says_where_none_prints_both(data):
    told = data.published_counts.set_index("count_id").source_ids
    table = counts.averages(data).set_index("lists", drop=False)
    assert table.together.to_dict() == {"list 1": True, "lists 1 and 2": False, "lists 1 to 4": True}
    assert table.source_ids.to_dict() == {
        "list 1": told["c002"], "lists 1 and 2": f"{told['c041']} {told['c105']}", "lists 1 to 4": told["c073"],
    }  # fmt: skip
    told = counts.apart(table).removeprefix("For lists 1 and 2 the two numbers come from different documents, and ")
    assert told == "the count of registrants does not say which lists it covers."
    two = table.assign(together=[False, False, True])
    assert counts.apart(two).startswith("For list 1 and lists 1 and 2 the two numbers come from different documents.")
    assert counts.apart(table[table.together]) == ""


def test_who_had_the_first_list_is_named(data):
    assert counts.who_counted(data, "s003") == "hufeng.ink (blog), which had the list"
    assert counts.who_counted(data, "") == "the list", "registrants of an imported list are counted on it"


@pytest.mark.parametrize(
    ("own", "parts"),
    [
        ({}, [("lists 1 and 2, as one running total", 30), ("list 3", 5), ("list 4", 7)]),
        ({1: 12}, [("lists 1 and 2, as one running total", 30), ("list 3", 5), ("list 4", 7)]),
        ({1: 31}, [("list 1, by its rows", 31), ("list 3", 5), ("list 4", 7)]),
        ({1: 12, 2: 11}, [("list 1, by its rows", 12), ("list 2, by its rows", 11), ("list 3", 5), ("list 4", 7)]),
        ({3: 6}, [("lists 1 and 2, as one running total", 30), ("list 3, by its rows", 6), ("list 4", 7)]),
    ],
)
def test_what_adds_up_to_the_least_number_by_hand(data, own, parts):
    """Ten on list 1, 30 on lists 1 and 2, five on list 3, seven on list 4; some of them imported."""
    batches = data.batches.iloc[:4].assign(
        services=pd.array([10, None, 5, 7], dtype="Int64"),
        cumulative_services=pd.array([None, 30, None, None], dtype="Int64"),
    )
    rows = pd.DataFrame({"batch": pd.array([b for b, n in own.items() for _ in range(n)], dtype="Int64")})
    found = replace(data, batches=batches, official=rows, published_counts=data.published_counts.iloc[:0])
    table = totals.sums(found)
    assert list(zip(table.part, table.services, strict=True)) == parts
    assert totals.at_least(found) == sum(number for _, number in parts)
    none = replace(found, batches=batches.assign(cumulative_services=pd.array([None] * 4, dtype="Int64")))
    assert totals.at_least(none, 3) == own.get(1, 10) + own.get(2, 0) + own.get(3, 5)


def press(data):
    """Four named services: two of one group, one of no group; all but one with a filing number."""
    short = lists.number
    return data.registrations.iloc[:4].assign(
        registration_id=list("abcd"), batch=pd.array([1, 1, 2, None], dtype="Int64"),
        confidence=["high", "medium", "high", "low"],
        group=["G", "G", "", "G"], entity_zh=["甲", "甲", "乙", "丙"], source_ids=["s2 s1", "s1 s3", "s1", "s4"],
        entity_type=["unclear", "bank", "local-firm", "bank"], role=["service", "technology", "service", "unclear"],
        filing_number=[short("110105", 19, 1, 2), short("339999", 20, 7, 3), "", short("110105", 19, 1, 5)],
    )  # fmt: skip


def test_named_services_by_group_kind_and_role(data):
    named = replace(data, registrations=press(data))
    assert register.groups(named).values.tolist() == [["G", "甲", 2, "s2 s1 s3"]]
    assert register.groups(named, "low").values.tolist() == [["G", "甲、丙", 3, "s2 s1 s3 s4"]]
    assert register.groups(named, "high").empty, "a group has several"
    twice = pd.concat([press(data), press(data).assign(group=["F", "", "F", "H"], confidence="high")])
    several = register.groups(replace(data, registrations=pd.concat([twice, twice.tail(1)])))
    assert several[["group", "services_named"]].values.tolist() == [["F", 2], ["G", 2], ["H", 2]]
    assert register.groups(replace(data, registrations=twice), "low").group.tolist() == ["G", "F"], "the largest first"
    assert register.groups(replace(data, registrations=twice), "low").index.tolist() == [0, 1]
    assert register.kinds(named, "low").values.tolist() == [[register.FINANCE, 2], ["local firm", 1], ["unclear", 1]]
    kinds = pd.DataFrame({"entity_type": ["state body", "technology firm", "unclear"], "services_named": [3, 1, 4]})
    assert register.most_often(kinds) == "State bodies registered 3 of 8 identified services", (
        "one code makes it 2 to 2"
    )
    kinds.loc[1, "services_named"] = 3
    assert register.most_often(kinds) == "State bodies registered 3 of 10 identified services, technology firms 3"
    assert register.most_often(kinds.iloc[[0, 2]]) == "State bodies registered 3 of 7 identified services"
    firms = press(data).assign(entity_type=["bank", "other-financial", "technology-firm", "technology-firm"])
    trades = register.kinds(replace(data, registrations=firms))
    assert register.most_often(trades).startswith("Banks and other financial firms registered 2"), "one trade, not two"
    assert register.kinds(named, "high").values.tolist() == [["local firm", 1], ["unclear", 1]]
    assert (
        register.roles(named).iloc[:, -1].tolist() == [2, 1, 0] and register.roles(named, "low").iloc[:, -1].sum() == 4
    )
    table = register.coverage(named, last=2)
    assert (table.named.tolist(), table.low.tolist()) == ([2, 1], [0, 0])
    assert table.known.tolist() == ["size and names"] * 2
    assert list(register.coverage(named, "high").low[:2]) == [1, 0]


def test_the_parts_of_filing_numbers(data):
    table = register.numbers(replace(data, registrations=press(data)))
    assert table.county.tolist() == ["北京市朝阳区", "339999", "北京市朝阳区"] and table.year.tolist() == [
        2019,
        2020,
        2019,
    ]
    assert table.service_no.tolist() == [2, 3, 5] and table.valid.all() and list(table.registration_id) == list("abd")
    assert register.implied(table) == 5 + 3, "at least five of the one registrant, three of the other"
    assert register.parts(data, lists.number("110105", 19, 1, 2)).values.tolist()[:5] == [
        ["京", "province: Beijing"], ["网信备", "filed with the internet regulator"],
        ["110105", "a district of Beijing: Chaoyang 朝阳区"],
        ["19", "year, it seems"], ["00000001", "registrant"],
    ]  # fmt: skip
    assert register.parts(data, lists.number("339999", 19, 1, 2)).meaning[2] == "a county of Zhejiang: unknown"


def test_registrants_of_the_first_list(data):
    """147 with one service and 18 with 50 were printed; of three imported rows two are one registrant's."""
    told = register.registrants(data)
    assert told[["entities", "services"]].values.tolist() == [[147, 147], [18, 50]] and set(told.source_ids) == {"s003"}
    assert told.whose_services.tolist() == [
        "services of the 147 registrants with one each", "services of the 18 with several",
    ]  # fmt: skip
    rows = imported((True, True, True), subject_code=["1", "1", "2"], entity_zh=["甲", "乙", "丙"])
    own = register.registrants(replace(data, official=rows))
    assert own.values.tolist() == [
        ["service of the registrant with one", "one service", 1, 1, ""],
        ["services of the 1 with several", "several services", 1, 2, ""],
    ]


def test_seats_and_registrants_with_equal_numbers_are_in_order():
    rows = imported(
        (True,) * 4, city_code=["4403", "1100", "4403", ""], city_zh=["深圳市", "北京市", "深圳市", ""],
        subject_code=["2", "1", "3", "1"], entity_zh=["甲", "乙", "丙", "丁"], batch=[1, 1, 2, 3],
    )  # fmt: skip
    assert register.seats(rows).values.tolist() == [["4403", "深圳市", 2, 2, 2], ["1100", "北京市", 1, 1, 1]]
    assert register.seats(rows.iloc[1:]).code.tolist() == ["1100", "4403"]
    assert register.subjects(rows).values.tolist() == [
        ["1", "乙", 2, 2, 2, "1, 3"], ["2", "甲", 1, 1, 1, "1"], ["3", "丙", 1, 1, 1, "2"],
    ]  # fmt: skip


def test_registrants_with_the_most_services_come_first():
    rows = imported((True,) * 4, subject_code=["1", "2", "2", "3"], entity_zh=["甲", "乙", "丙", "丁"])
    table = register.subjects(rows)
    assert table[["subject", "names", "services"]].values.tolist() == [["2", 2, 2], ["1", 1, 1], ["3", 1, 1]]
    assert table.index.tolist() == [0, 1, 2]


def test_an_imported_list_beside_the_size_that_was_printed(data):
    """Two rows of list 1, for which 197 are printed, and one of list 6, for which nothing is; no file is recorded."""
    rows = imported((True, False, True), batch=pd.array([1, 1, 6], dtype="Int64"))
    table = register.imported(replace(data, official=rows))
    assert table[["list", "rows", "faultless"]].values.tolist() == [[1, 2, 1], [6, 1, 1]]
    assert table.printed[0] == 197 and table.difference[0] == 2 - 197 and pd.isna(table.printed[1])


def test_a_page_carries_four_hundred_rows_and_its_caption_says_when_it_does_not_carry_all():
    assert len(register.listed_for_reading(imported((True,) * 401), LABELS)) == 400
    assert register.carried(400) == "" and register.carried(1200) == ", 400 of 1,200 (data/official holds all)"


def test_years_of_lists_from_the_first_that_has_a_date_to_the_last(data):
    batches = data.batches.iloc[:4].assign(published=["", "2019-03-30", "2020-10", "2021-01-01"])
    years = lambda last: register.years(replace(data, batches=batches), last)  # noqa: E731
    assert [years(last) for last in (2, 3, 4)] == ["2019", "2019 to 2020", "2019 to 2021"]


def test_lists_of_a_count_in_words(data):
    table = register.printed(data.published_counts).set_index("count")
    assert table.lists["c001"] == "1" and table.lists["c057"] == "1 to 3" and table.lists["c088"] == "1 to 8 (inferred)"


def test_published_counts_in_words_with_the_reason_why_one_is_not_used(data):
    counts = data.published_counts.iloc[:4].assign(
        count_id=list("abcd"), batch_first=[1, 1, 2, 3], batch_last=[1, 3, 2, 3],
        span_inferred=[False, True, True, False], dimension=["total", "rank", "province", "province"],
        label=list("ABCD"), relation=["=", "", ">=", "~"], value=[1234.0, None, 5.0, 2.5],
        unit=["services", "entities", "services", "percent"], source_ids=list("stuv"),
        set_aside=["", "", "wrong", ""], confidence="high", conflict_group=["y", "", "x", "x"],
    )  # fmt: skip
    model = SimpleNamespace(needless={"a": "its lists are imported", "c": "never told"})
    table = register.printed(counts, model)
    assert table.values.tolist() == [
        ["a", "1", "total", "A", "1,234 services", "high", "no: its lists are imported", "s"],
        ["b", "1 to 3 (inferred)", "rank", "B", "order of entities", "high", "yes", "t"],
        ["c", "2 (inferred)", "province", "C", "at least 5 services", "high", "no: wrong", "u"],
        ["d", "3", "province", "D", "about 2.5 percent", "high", "yes", "v"],
    ]  # fmt: skip
    assert register.printed(counts)["used for the bounds"].tolist() == ["yes", "yes", "no: wrong", "yes"]
    apart = register.disagreements(replace(data, published_counts=counts.iloc[::-1]), model)
    assert apart[["count", "group"]].values.tolist() == [["c", "x"], ["d", "x"], ["a", "y"]]
    assert apart["used for the bounds"].tolist()[-1] == "no: its lists are imported"


def test_what_is_known_of_each_list(data):
    """Of list 1 size and names, of 2 names, of 3 the size, of 4 that there is one; an imported one is complete."""
    batches = data.batches.iloc[:4].assign(services=pd.array([10, None, 5, None], dtype="Int64"))
    rows = data.registrations.iloc[:4].assign(
        batch=pd.array([1, 1, 2, None], dtype="Int64"), confidence=["high", "low", "medium", "high"]
    )
    small = replace(data, batches=batches, registrations=rows)
    table = register.coverage(small)
    assert list(table.columns) == ["list", "published", "services", "named", "low", "known"]
    assert table.known.tolist() == ["size and names", "names", "size", "existence"]
    assert (table.named.tolist(), table.low.tolist()) == ([1, 1, 0, 0], [1, 0, 0, 0])
    assert register.coverage(small, "high").known.tolist()[1] == "existence"
    assert register.coverage(small, "low").low.tolist() == [0, 0, 0, 0]
    own = imported((True,) * 7, batch=pd.array([3] * 7, dtype="Int64"))
    whole = register.coverage(replace(small, official=own), last=3)
    assert whole.known.tolist() == ["size and names", "names", "complete"]
    assert whole[["services", "named"]].iloc[2].tolist() == [7, 7] and whole.services[0] == 10


def test_imported_rows_by_sector_with_abstentions_last():
    rows = imported((True,) * 6, sector=["unclear"] * 3 + ["gaming", "finance", "finance"])
    table = register.by_sector(rows, LABELS.combine_first(pd.Series({"gaming": "Games", "energy": "Energy"})))
    assert table.values.tolist() == [["Finance", 2], ["Games", 1], ["the name does not tell", 3]]
    even = register.by_sector(rows.iloc[3:5], pd.Series({"finance": "Finance", "gaming": "Games"}))
    assert even.sector.tolist() == ["Finance", "Games"]


def test_press_rows_beside_those_of_an_imported_list(data):
    rows = press(data).assign(
        service_zh=["一二三四", "五六七八", "", "九"], batch=pd.array([1, 1, 2, None], dtype="Int64")
    )
    own = imported((True, True), entity_zh=["甲", "乙"], service_zh=["一二三四", "五六七八"], filing_number="")
    table = register.agreement(replace(data, registrations=rows, official=own))
    assert table.registration_id.tolist() == ["a", "b", "d"], "nothing is imported of the second list"
    assert table[["entity_zh", "entity_zh_press"]].values.tolist()[:2] == [["甲", "甲"], ["乙", "甲"]]
    assert table.confidence.tolist() == ["high", "medium", "low"] and table.matched[0]
    high = register.agreement(replace(data, registrations=rows, official=own), "high")
    assert high.registration_id.tolist() == ["a"]


def test_registrations_for_reading_have_the_columns_of_a_reader(data):
    table = register.for_reading(press(data))
    assert list(table.columns) == [
        "row", "list", "registrant", "registrant (Chinese)", "service", "service (Chinese)", "sector", "confidence",
        "sources",
    ]  # fmt: skip
    assert table.row.tolist() == list("abcd") and table["registrant (Chinese)"].tolist() == ["甲", "甲", "乙", "丙"]


def imported(valid=(True, False), **columns):
    """Rows of list 1, the first of Beijing and the others of Guangdong."""
    number = len(valid)
    return pd.DataFrame(
        {
            "batch": pd.array([1] * number, dtype="Int64"), "sequence": range(1, number + 1), "entity_zh": "甲",
            "service_zh": "丙", "filing_number": "京网信备1", "county_zh": "", "keyword": "",
            "province_code": ["11", *["44"] * (number - 1)], "sector": "finance", "valid": valid, "simulated": False,
        }
    ).assign(**columns)  # fmt: skip


def test_a_faulty_row_is_marked_and_no_column_where_there_is_none():
    assert list(register.listed_for_reading(imported(), LABELS).faultless) == ["yes", "no"]
    assert "faultless" not in register.listed_for_reading(imported((True, True)), LABELS)


def test_a_contradicted_count_stands_beside_the_number_of_the_list_only_if_they_count_the_same(data):
    """List 1 of two services: 197 and 63 services are wrong, 2 and 1 are right; registrants are not compared so."""
    some = data.published_counts[data.published_counts.count_id.isin(["c001", "c004", "c005", "c013"])]
    table = register.contradicted(replace(data, published_counts=some, official=imported())).set_index("count")
    assert table["on the list"].to_dict() == {"c001": "2", "c004": "", "c005": "1", "c013": ""}


def test_a_list_is_published_by_a_day_that_only_later_documents_carry(data):
    dates = pd.DataFrame(
        {
            "published": ["2019-03-30", "2022-05", "2024-03-16", "2022-11", ""],
            "date_precision": ["day", "month", "no-later-than", "month", ""],
            "note": ["", "", "", "Month from one blog only, uncertain.", "uncertainty"],
        }
    )
    assert days.published(dates) == [
        "30 March 2019", "May 2022", "by 16 March 2024", "November 2022 (uncertain)", "",
    ]  # fmt: skip
    assert register.coverage(data).published.tolist() == days.published(data.batches)


def test_whom_services_serve_is_told_of_none_one_and_many():
    whom = lambda *numbers: register.whom(pd.DataFrame({"services_named": [*numbers, 4]}))  # noqa: E731
    assert whom(2, 1) == "2 serve users and 1 serves other providers; the role of 4 is unclear"
    assert whom(1, 0) == "1 serves users and none serve other providers; the role of 4 is unclear"


def test_the_front_page_tells_what_is_printed_what_follows_and_how_much_is_identified(data):
    sized, found = data.batches.services.dropna(), totals.named_by(data.named())
    unlisted = int(data.named().batch.isna().sum())
    assert front.lists(data).endswith(
        f"give the size of {len(sized)}, together {sized.sum():,.0f} services. All lists together hold at least"
        f" {totals.at_least(data):,}. Public sources identify {found.services}: {found.by_service} by the"
        " service or its site, the others only by the registrant, a filing number or both;"
        f" for {unlisted} of these {found.services} the list is not known."
    )
    none = replace(data, registrations=data.registrations.head(0))
    assert front.lists(none).endswith("Public sources identify none.")
    held = totals.at_least(data) / found.services
    assert front.claim(data).endswith(f"identify fewer than one in {int(held)}.") and held % 1


def test_a_running_total_is_told_with_the_day_or_month_it_was_printed(data):
    months = data.sources.assign(published=data.sources.published.str[:7])
    assert "printed on 2 July 2022, when" in totals.resting(data)
    assert "printed in July 2022, when" in totals.resting(replace(data, sources=months))


def test_lists_of_which_both_were_counted_stand_in_their_order(data):
    assert counts.averages(data).lists.tolist() == ["list 1", "lists 1 and 2", "lists 1 to 4"]


def test_less_certain_services_that_a_page_lists_are_told_beside_those_that_it_counts(data):
    rows = data.registrations.head(4).assign(confidence=["medium", "medium", "low", "low"])
    assert register.uncounted(rows.head(3), rows.head(2)) == "One doubtful service is listed below and not counted."
    assert register.uncounted(rows, rows.head(2)) == "Two doubtful services are listed below and not counted."
    assert register.uncounted(rows, rows.head(1)).startswith("Three less certain services are"), "of high confidence"
    assert register.uncounted(rows, rows) == ""
