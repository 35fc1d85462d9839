"""What a journalist asks: the command ``bounds`` and the numbers behind its answers."""

import json
import re
import shutil
from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner
from counted import tiny

from chainregistry import bounds, claims, counts
from chainregistry.cli import main
from chainregistry.prose import cite
from chainregistry.values import Interval


@pytest.fixture(scope="module")
def model(data):
    return bounds.Model(data)


def run(*arguments):
    return CliRunner().invoke(main, ["bounds", *arguments])


def test_one_line_says_the_range_what_fixes_it_and_who_printed_it():
    result = run("beijing", "--lists", "1")
    assert result.exit_code == 0 and result.output.count("\n") == 1
    assert result.output.startswith("Beijing, list 1: 63; by 63 services of Beijing on list 1 (c005: ")
    assert "2019-03-31" in result.output


def test_services_that_are_identified_are_counted_by_their_list():
    line = run("shanghai", "--lists", "7").output
    assert line.startswith("Shanghai, list 7: 4 to ") and "4 named services of Shanghai on list 7" in line


def test_what_a_later_number_of_a_province_tells(data):
    counts = [
        (1, 1, "province", "11", "=", 3), (1, 2, "province", "11", ">=", 5), (1, 2, "province", "12", ">=", 0),
        (2, 2, "province", "13", ">=", 1),
    ]  # fmt: skip
    known = bounds.Model(tiny(data, counts))
    told = lambda code, last: claims.further(known, code, last)  # noqa: E731
    assert (told("11", 1), told("11", 2)) == ("at least 5 services on lists 1 and 2", "")
    assert (told("12", 1), told("13", 1)) == ("", "at least 1 service on lists 1 and 2")
    exact = tiny(data, [*counts[:1], (1, 2, "province", "11", "=", 5), (1, 1, "province", "12", "=", 1)])
    assert claims.further(bounds.Model(exact), "11", 1) == "5 services on lists 1 and 2"


def test_a_range_that_one_document_makes_is_said_to_hang_on_it(data):
    """Of ten services Beijing has 4 by one document, which may print the total, too: without it 0 to 10, or any number.

    A number that two documents print hangs on neither."""
    counts = [(1, 1, "total", "all", "=", 10), (1, 1, "province", "11", "=", 4), (1, 1, "province", "11+12", ">=", 2)]
    small = tiny(data, counts)
    sources = pd.DataFrame(
        {"source_id": ["s001", "s002", "s003"], "publisher": ["P (a copy)", "Q", "R"], "published": ["2019-03", "", ""]}
    )

    def told(*documents):
        rows = small.published_counts.assign(source_ids=documents)
        return claims.by_one_document(bounds.Model(replace(small, published_counts=rows, sources=sources)), "11", 1)

    def hangs(most, document, what, rest):
        return (
            f"The number in the headline depends{most} on one document{cite(document)} {what}: without it, by counts"
            f" that say which lists they cover, Beijing could have {rest[0]} services and rank 1st to 3rd;"
            f" leaving out any other document changes {rest[1]}."
        )

    copy, ten = "(P, March 2019, a copy)", ("0 to 10", "less")
    assert told("s003", "s001", "s002") == hangs(" most", "s001", copy, ten)
    assert told("s003", "s002", "s001") == hangs(" most", "s002", "(Q, undated)", ten)
    assert told("s001", "s001", "s002") == hangs("", "s001", copy, ("any number of", "nothing"))
    assert told("s003", "s001 s002", "s001 s003") == hangs("", "s003", "(R, undated)", ("4", "nothing"))
    assert told("s003 s001", "s001 s002", "s001 s003") == ""


def test_each_document_is_tested_not_only_those_that_name_the_province(data):
    """Of ten services Beijing has 6 by one document, and a second has its 6 again: Tianjin, which none names, has at
    most 4 and is second; without the first of both nothing changes, without the total it may be first."""
    counts = [(1, 1, "total", "all", "=", 10), (1, 1, "province", "11", "=", 6), (1, 1, "province", "13", ">=", 1)]
    small = tiny(data, counts)
    sources = pd.DataFrame({"source_id": ["s001", "s002", "s003"], "publisher": list("PQR"), "published": ""})
    rows = small.published_counts.assign(source_ids=["s001", "s002", "s003"])
    model = bounds.Model(replace(small, published_counts=rows, sources=sources))
    found = {row.document: row[1:] for row in claims.without_each(model, "12", 1)}
    assert (model.between("12", 1, 1), model.rank("12", 1, 1)) == (Interval(0, 3), Interval(2, 3))
    assert found == {
        "s001": (Interval(0, None), Interval(1, 3)), "s002": (Interval(0, 9), Interval(1, 3)),
        "s003": (Interval(0, 4), Interval(2, 3)),
    }  # fmt: skip
    assert claims.by_one_document(model, "12", 1) == (
        f"The range in the headline depends most on one document{cite('s001')} (P, undated): without it, by counts"
        " that say which lists they cover, Tianjin could have any number of services and rank 1st to 3rd;"
        " leaving out any other document changes less."
    )


def test_what_is_left_whichever_document_is_left_out(data, monkeypatch):
    """Without one the range is widest, without another the rank, without a third the least number is smaller."""
    rows = [
        claims.Without("s018", Interval(2, 20), Interval(4, 5)), claims.Without("s003", Interval(4, 4), Interval(1, 9)),
        claims.Without("s038", Interval(1, 4), Interval(4, 4)),
    ]  # fmt: skip
    monkeypatch.setattr(claims, "without_each", lambda *asked: rows)
    monkeypatch.setattr(bounds.Model, "between", lambda *asked: Interval(4, 5))
    model = bounds.Model(data)
    told = lambda: re.sub(r" \([^()]*\)", "", claims.by_one_document(model, "11", 3))  # noqa: E731
    most = "Beijing could have 2 to 20 services and rank 4th or 5th; "
    one, two = (f"another document{cite(source)}" for source in ("s038", "s003"))
    assert told().startswith(f"The range in the headline depends most on one document{cite('s018')}:")
    assert told().endswith(
        f"{most}if {one} were left out instead, Beijing could have as few as 1;"
        f" if {two} were left out instead, Beijing could rank as high as 1st or rank as low as 9th."
    )
    assert f"{one} (" in claims.by_one_document(model, "11", 3), "with its outlet and date"
    rows[1] = rows[1]._replace(services=Interval(10, 25), place=Interval(4, 4))
    assert told().endswith(f" as few as 1; if {two} were left out instead, Beijing could have as many as 25.")
    rows[1] = rows[2]._replace(document="s003")
    assert told().endswith(f"if {two} or {one} were left out instead, Beijing could have as few as 1.")


def test_the_range_without_its_most_important_document():
    line = run("tibet", "--lists", "1").output
    assert line.startswith("Tibet, list 1: 0 to 16; at most 16 by ") and "; without " in line
    low, high = line.rstrip().rsplit(": ", 1)[1].split(" to ")
    assert low == "0" and int(high) > 16


def test_a_count_whose_lists_are_inferred_says_so():
    assert ", a count without list numbers)" in run("shanghai").output


@pytest.mark.parametrize(("claim", "possible"), [("63", True), ("62", False), ("64", False), ("9" * 25, False)])
def test_a_claim_is_judged_with_the_numbers_that_forbid_it(claim, possible):
    result = run("beijing", "--lists", "1-1", "--claim", claim, "--json")
    (answer,) = json.loads(result.stdout)
    assert result.exit_code == (0 if possible else 1)
    assert (answer["claim"], answer["possible"]) == (int(claim), possible)
    against = [number for number in answer["fixed_by"] if number["end"] == "claim"]
    assert bool(against) is not possible and all(number["publisher"] for number in against)
    assert ("cannot be true by" in run("beijing", "--lists", "1", "--claim", claim).output) is not possible


@pytest.mark.parametrize(("lists", "claim"), [("1-1", "0"), ("1-3", "12"), ("2-5", "1000000"), ("1-20", "0")])
def test_any_claim_gets_an_answer(lists, claim):
    """Also where only a number of provinces speaks of some of the lists."""
    result = run("jiangsu", "tibet", "--lists", lists, "--claim", claim, "--json")
    assert result.exit_code in (0, 1) and {answer["claim"] for answer in json.loads(result.stdout)} == {int(claim)}


def test_json_is_one_list_and_nothing_else():
    result = run("jiangsu", "tibet", "jiangsu", "--lists", "1-3", "--json")
    answers = json.loads(result.stdout)
    keys = ["province", "first", "last", "low", "high", "claim", "possible", "fixed_by"]
    assert [list(answer) for answer in answers] == [keys] * 2
    assert [(a["province"], a["first"], a["last"], a["claim"], a["possible"]) for a in answers] == [
        ("jiangsu", 1, 3, None, None), ("tibet", 1, 3, None, None),
    ]  # fmt: skip
    assert {number["end"] for number in answers[0]["fixed_by"]} == {"low", "high"}
    assert json.loads(run("tibet", "--lists", "12", "--json").stdout)[0]["high"] is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["guandong"], "there is no province 'guandong': did you mean 'guangdong'?"),
        (["beijing", "--lists", "3-1"], "there are no lists 3-1: did you mean '1-3'?"),
        (["beijing", "--lists", "1-99"], "did you mean '1-20'? They are 1 to 20."),
        (["beijing", "--lists", "0"], "did you mean '1-1'?"),
        (["beijing", "--lists", "all"], "lists has no value 'all': did you mean '1-3'?"),
        (["beijing", "--claim", "-1"], "-1 is not in the range x>=0"),
        (["beijing", "--claim", "many"], "'many' is not a valid integer"),
        (["beijing", "--data", "/nowhere"], "/nowhere/datapackage.json not found"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_suggestion(arguments, told):
    result = run(*arguments)
    assert result.exit_code == 2 and told in result.stderr and not result.stdout
    assert len([line for line in result.stderr.splitlines() if line.startswith("Error")]) == 1


def test_a_count_of_a_document_that_there_is_not_is_told_with_its_row(data_copy):
    sources = data_copy / "sources.csv"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(re.sub(r"(?m)^s018,.*\n", "", text), encoding="utf-8")
    result = run("jiangsu", "--data", str(data_copy))
    assert result.exit_code == 2 and "column source_ids: s018: is not a source_id of sources.csv" in result.stderr


def test_another_data_folder_is_asked(data_copy, tmp_path, monkeypatch):
    folder = shutil.move(data_copy, tmp_path / "elsewhere")
    counts = folder / "published_counts.csv"
    text = counts.read_text(encoding="utf-8")
    counts.write_text(text.replace("北京,=,63,services", "北京,=,64,services", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("beijing", "--lists", "1", "--data", str(folder))
    assert result.exit_code == 2 and "cannot all be true" in result.stderr and "c005" in result.stderr


def test_numbers_behind_an_end_suffice_and_none_can_be_spared(data, model):
    """Only they: the end stands. Without any of them: it gives way."""
    answer = claims.ask(model, "jiangsu", 1, 3)
    for end in ("low", "high"):
        ids = [support.id for support in answer.fixed_by if support.end == end]
        others = [fact.id for fact in model.facts if fact.id not in ids]
        value = getattr(answer.range, end)
        assert getattr(model.variant(others, exact=True).between("32", 1, 3), end) == value
        for one in ids[:3]:
            assert getattr(model.variant([*others, one], exact=True).between("32", 1, 3), end) != value


def test_both_ends_are_told_whichever_words_come_first():
    low, high = (claims.Support(end, "c1", what, "P", "", False, ()) for end, what in (("low", "z"), ("high", "a")))
    whole = claims.Answer("x", "X", 1, 2, Interval(2, 5), (low, high), None, None, "Q", Interval(0, 9))
    told = "X, lists 1 and 2: 2 to 5; at least 2 by {} (c1: P, no date); at most 5 by {} (c1: P, no date)"
    told += "; without Q: 0 to 9"
    assert str(whole) == told.format("z", "a")
    assert str(replace(whole, fixed_by=(replace(low, what="a"), replace(high, what="z")))) == told.format("a", "z")
    same = replace(whole, range=Interval(2, 2), fixed_by=(low, replace(low, end="high")), without=None)
    assert str(same) == "X, lists 1 and 2: 2; by z (c1: P, no date)"


def test_who_printed_a_number_and_when(data):
    """3 of 5 by two documents, 1 by one of them; and a list that was imported."""
    counts = [(1, 1, "total", "all", "=", 5), (1, 1, "province", "11", "=", 3), (1, 1, "province", "12", "=", 1)]
    small = tiny(data, counts)
    first, second = data.sources.iloc[:2].itertuples()
    ids = [f"{first.source_id} {second.source_id}", f"{first.source_id} {second.source_id}", second.source_id]
    told = replace(small, published_counts=small.published_counts.assign(source_ids=ids))
    beijing = claims.ask(bounds.Model(told), "beijing", 1, 1)
    assert {support.publisher for support in beijing.fixed_by} == {f"{first.publisher} and 1 more"}
    assert {support.date for support in beijing.fixed_by} == {first.published} and beijing.document == ""
    tianjin = claims.ask(bounds.Model(told), "tianjin", 1, 1)
    assert [support.publisher for support in tianjin.fixed_by] == [second.publisher] * 2
    assert tianjin.document == f"{second.publisher} ({second.published or 'no date'})"
    assert str(tianjin.without) == "0 to 2"
    rows = pd.DataFrame({"batch": pd.array([1] * 3, dtype="Int64"), "province_code": "11", "simulated": False})
    rows["published"] = "2019-03-30"
    listed = replace(
        small,
        official=rows.assign(filing_number=["京网信备111", "京网信备112", "京网信备113"]),
        published_counts=told.published_counts.iloc[:0],
    )
    (low, high) = claims.ask(bounds.Model(listed), "beijing", 1, 1).fixed_by
    assert str(low) == str(high) == "3 services of Beijing on list 1 (list 1/11: imported list, 2019-03-30)"


def test_every_count_has_words(data):
    words = [claims.in_words(data, count) for count in data.published_counts.itertuples()]
    assert words[:5] == [
        "197 services in all on list 1",
        "165 registrants in all on list 1",
        "164 registrants in all on list 1",
        "18 provinces with a registered entity on list 1",
        "63 services of Beijing on list 1",
    ]
    assert all("nan" not in text.split() and "<NA>" not in text for text in words)
    assert all(text.isascii() for text in words)
    assert "the order Beijing, Guangdong, Shanghai, Zhejiang, Jiangsu by registrants on list 1" in words
    named = dict(zip(data.published_counts.count_id, words, strict=True))
    assert named["c070"] == "Sichuan, Hunan and Chongqing among the first ten by services on lists 1 to 3"
    assert named["c087"] == "Beijing, Jiangsu, Guangdong and Shanghai named as the first 4 by services on list 8"
    assert " > " not in named["c116"], "its source gives no order"
    five = "Beijing, Guangdong, Zhejiang, Shanghai and Jiangsu named as the first 5 by services on list 3"
    assert named["c115"] == f"{five} (the order follows from other counts)"
    assert named["c120"] == "Yunnan in 9th place by services on lists 1 to 5"
    assert named["c060"] == "2 provinces, Inner Mongolia and Heilongjiang, that appear on list 3 for the first time"


def test_a_published_share_says_of_what_it_is_a_share(data):
    words = {count.count_id: claims.in_words(data, count) for count in data.published_counts.itertuples()}
    assert words["c006"] == "Beijing: about 30 per cent of all services on list 1"
    assert words["c093"] == "Digital collectibles: about 33 per cent of all services on list 9"
    assert words["c076"] == (
        "Beijing, Shenzhen, Shanghai, Hangzhou and Guangzhou together: at least 72 per cent of all services"
        " on lists 1 to 4"
    )
    assert words["c101"] == "Xiangcheng (Suzhou): about 70 per cent of the services of Suzhou on list 7"
    assert words["c102"] == "Xiangcheng (Suzhou): about 23 per cent of the services of Jiangsu on list 7"
    assert words["c054"] == "share of applications not passed on list 2: at least 50 per cent"


def test_a_published_count_says_one_and_whether_its_lists_are_inferred(data):
    words = {count.count_id: claims.in_words(data, count) for count in data.published_counts.itertuples()}
    assert words["c026"] == "1 registrant of Hainan with several services on list 1"
    assert words["c033"] == "3 services of WeBank in Guangdong on list 1"
    assert words["c013"] == "37 services of Shenzhen in Guangdong on list 1"
    district = "services of Xiangcheng (Suzhou) in Jiangsu on list"
    assert words["c100"] == f"7 {district} 7 (the source calls them applications or projects)"
    assert "37 services" in words["c103"] and words["c103"].endswith(
        "(the source calls them application scenarios; lists inferred)"
    )
    told = {count_id for count_id, text in words.items() if text.endswith("lists inferred)")}
    assert told == {*data.published_counts.count_id[data.published_counts.span_inferred]}


def test_rankings_are_no_numbers_and_unused_ones_are_counted():
    rows = pd.DataFrame(
        {"ranked": [True, False, False], "used_for_ranges": ["yes", "no: a slip", "yes, but not in the headline"],
         "of_a_part": [False, True, False]}
    )  # fmt: skip
    assert counts.numbers(rows, "X") == "3 published numbers or rankings about X or parts of it, 2 of them used"
    assert counts.numbers(rows.head(1), "X") == "1 published ranking about X"
    assert counts.numbers(rows.tail(2), "X") == "2 published numbers about X or parts of it, 1 of them used"
    assert counts.numbers(rows.iloc[1:2], "X") == "1 published number about a part of X (not used)"
    assert counts.numbers(rows.head(0), "X") == ""


def test_a_number_of_a_city_is_about_a_part_of_its_province(data):
    """Of Qingdao, whose words name Shandong, too."""
    city = counts.printed_of(bounds.Model(data), "37").tail(1)
    assert "of Qingdao in Shandong" in city.what.item()
    assert counts.numbers(city, "Shandong").startswith("1 published number about a part of Shandong")


def test_numbers_whose_lists_are_inferred_are_known_beside_the_headline(data):
    small = tiny(data, [(1, 2, "province", "11", ">=", 9), (1, 1, "province", "11", ">=", 3)])
    few = small.published_counts.assign(span_inferred=[True, False])
    model = bounds.Model(replace(small, published_counts=few))
    assert counts.placed(model, "11") == (
        "at least 9 services of Beijing on lists 1 and 2; the count does not name its lists, which we infer"
    )
    assert counts.placed(model, "12") == ""
    aside = few.assign(set_aside=["wrong", ""])
    assert counts.placed(bounds.Model(replace(small, published_counts=aside)), "11") == "", "it is not used"
