"""Computed words and tables."""

import dataclasses
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from chainregistry import prose
from chainregistry.collection import COLLECTION
from chainregistry.values import Interval

HOSTILE = [
    "a <script>x</script>",
    "![pic](http://x.example/y.png)",
    "http://x.example/ and www.x.example",
    "*one* **two** ~~three~~ `four` _five_",
    "first\n\n# second\n\n* third\n1. fourth",
    "| a | b |\n|---|---|",
]


def html(shown):
    return BeautifulSoup(shown[-1][0]["text/html"], "lxml")


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_text(shown, name):
    prose.say(f"Before {name} after.")
    prose.bullets([name])
    prose.headline(name)
    prose.table(pd.DataFrame({"service": [name]}), name)
    for bundle, _ in shown:
        assert "text/markdown" not in bundle
        soup = BeautifulSoup(bundle["text/html"], "lxml")
        assert not soup.select("a, img, script, em, strong, del, code, h2, ol, td td")
        assert " ".join(name.split()).lower() in " ".join(soup.get_text().split()).lower()


def test_what_marks_up_is_said(shown):
    prose.say(f"in {prose.link('province/tibet', 'Tibet <1>')} {prose.strong('two & three')}.")
    assert (
        str(html(shown).p)
        == '<p>In <a href="page:province/tibet">Tibet &lt;1&gt;</a> <strong>two &amp; three</strong>.</p>'
    )
    assert shown[0][0]["text/plain"] == "In Tibet <1> two & three."


def test_a_sentence_begins_with_a_capital_and_nothing_is_nothing(shown):
    prose.say("", f"{prose.strong('one')} thing.", "another.")
    prose.say("")
    prose.bullets([])
    assert [bundle["text/plain"] for bundle, _ in shown] == ["One thing. Another."]


def test_sources_become_notes_numbered_by_first_citing(shown, data, monkeypatch):
    monkeypatch.setattr(prose, "_notes", {})
    prose.say(f"Told.{prose.cite('s003 s001')}")
    prose.table(pd.DataFrame({"name": ["x"], "source_ids": ["s001 s002"]}), "A table")
    assert [
        a.get_text() for bundle, _ in shown for a in BeautifulSoup(bundle["text/html"], "lxml").select("sup a")
    ] == [
        "1",
        "2",
        "2",
        "3",
    ]
    publisher = data.sources.set_index("source_id").publisher["s003"]
    assert BeautifulSoup(shown[0][0]["text/html"], "lxml").a["title"].startswith(publisher)
    rows = data.sources.assign(publisher=data.sources.publisher.mask(data.sources.source_id == "s004", "A"))
    prose.source_list(dataclasses.replace(data, sources=rows), pd.Series(["s004"]))
    ids = [item["id"] for item in html(shown).select("li[id]")]
    assert set(ids[:3]) == {"s001", "s002", "s003"} and ids[3] == "s004", "the uncited one comes last"
    assert html(shown).summary.text.endswith(": 3 cited above, 1 more behind charts and tables")


def test_sources_stand_by_outlet_whatever_the_remark_and_the_case(shown, data, monkeypatch):
    monkeypatch.setattr(prose, "_notes", {})
    rows = data.sources.iloc[:4].assign(
        publisher=["Post", "aPost (mirror)", "Post (copy at X)", "Zeit"], published=["2020", "", "2019", "2019"],
        url=["https://a.example", "file id 7", "https://b.example", ""],
    )  # fmt: skip
    prose.source_list(dataclasses.replace(data, sources=rows), rows.source_id)
    soup = html(shown)
    assert [head.text for head in soup.select("b")] == ["aPost", "Post", "Zeit"]
    assert soup.summary.text == "4 sources"
    items = [item.text for item in soup.select("li[id]")]
    assert items[0].startswith("undated, file id 7 (") and items[0].endswith("mirror)")
    assert items[1].endswith("copy at X)") and "(" in items[2] and "copy" not in items[2]
    assert items[3].startswith("2019 ("), "a document without an address"


def test_the_table_of_a_chart_of_moments_is_headed_as_one_of_news():
    text = COLLECTION.table("date,text\n2020,A\n", {"kind": "moments", "drawn": ["date", "text"]})
    soup = BeautifulSoup(text, "lxml")
    assert [head.text for head in soup.select("th")] == ["Date", "What happened"]
    assert soup.caption.text == "The chart as a table"


def test_names_of_fields_are_headed_as_such(shown):
    prose.table(pd.DataFrame({"label": ["Health", "Games"], "n": [1, 2]}), "t")
    prose.table(pd.DataFrame({"label": ["Health", "all"], "n": [1, 2]}), "t")
    heads = [BeautifulSoup(bundle["text/html"], "lxml").th.text for bundle, _ in shown]
    assert heads == ["Field", "Name"]


def test_a_table_reads_its_headings_from_the_description(shown, data):
    rows = pd.DataFrame(
        {
            "province_code": ["54", "11"],
            "sector": ["finance", "unclear"],
            "service_zh": ["<b>链</b>", ""],
            "date": ["2020-01", "2020-01-17"],
            "ranks": [Interval(2, 5), Interval(1, None)],
            "share_of_all": [0.5, 12345.25],
        }
    )
    prose.table(rows, "A <caption>", bars=["share_of_all"])
    soup = html(shown)
    titles = {f["name"]: f["title"] for r in reversed(data.description["resources"]) for f in r["schema"]["fields"]}
    assert [th.get_text() for th in soup.select("th")] == [
        titles["province_code"],
        titles["sector"],
        titles["service_zh"],
        titles["date"],
        "Ranks",
        "Share of all",
    ]
    assert soup.select_one('a[href="page:province/tibet"]').get_text() == "Tibet"
    assert soup.select_one('td[lang="zh"]').get_text() == "<b>链</b>"
    assert [td.get_text() for td in soup.select("td.number")] == ["2 to 5", "0.5", "at least 1", "12,345.2"]
    assert "January 2020" in soup.get_text() and "17 January 2020" in soup.get_text()
    assert re.search(r"--part:\s*100%", soup.select("td")[-1]["style"])
    assert soup.caption.get_text() == "A <caption>"


@pytest.mark.parametrize(("rows", "open_", "folded"), [(12, 12, 0), (15, 15, 0), (16, 12, 4), (40, 12, 28)])
def test_no_row_is_cut(shown, rows, open_, folded):
    prose.table(pd.DataFrame({"n": range(rows)}), "Many")
    soup = html(shown)
    inside = soup.select("details tbody tr")
    assert (len(soup.select("tbody tr")) - len(inside), len(inside)) == (open_, folded)
    assert shown[0][0]["text/csv"].count("\n") == rows + 1


def test_a_number_below_zero_has_a_minus_sign_and_a_quarter_its_months():
    text = prose.markup(pd.DataFrame({"quarter": ["2019-01-01"], "n": [-1.5]}), "t")
    cells = [cell.text for cell in BeautifulSoup(text, "html.parser").find_all("td")]
    assert cells == ["January to March 2019", "−1.5"]


def test_a_number_above_zero_is_not_shown_as_zero(shown):
    prose.table(pd.DataFrame({"per_million": [0.04, 0.0, 1200.5], "share": [0.002, 0, 0.1]}), "t")
    assert [cell.text for cell in html(shown).select("td")] == ["<0.1", "<0.01", "0.0", "0.00", "1,200.5", "0.10"]


def test_an_empty_table_is_a_sentence(shown):
    prose.table(pd.DataFrame({"a": []}), "x", empty="nothing here.")
    assert shown[0][0]["text/plain"] == "Nothing here."


def test_csv_twins_start_no_formula():
    text = prose.to_csv(pd.DataFrame({"name": ["=1+1", "@x", "-1", "plain"], "n": [-1, 2, 3, 4]}))
    assert text.splitlines() == ["name,n", "'=1+1,-1", "'@x,2", "'-1,3", "plain,4"]


def test_headings_are_those_of_the_table_that_the_columns_come_from(shown):
    """A title of a work is no "What happened", as it is of an event."""
    prose.table(pd.DataFrame({"authors": ["A"], "year": [1976], "title": ["B"]}), "works")
    assert [head.text for head in html(shown).select("th")] == ["Authors", "Year", "Title"]
    prose.table(pd.DataFrame({"date": ["2019-06-04"], "title": ["B"], "source_ids": ["s001"]}), "events")
    assert [head.text for head in html(shown).select("th")] == ["Date", "What happened", "Sources"]


def test_dates_and_addresses_in_cells(shown):
    days, addresses = ["2019-06-04", "2019-06", "2019"], ["https://a.example/b?c&d", "", "javascript:x"]
    prose.table(pd.DataFrame({"opened": days, "url": addresses}), "t")
    cells = [cell.text for cell in html(shown).select("td")]
    assert cells == ["4 June 2019", "a.example", "June 2019", "", "2019", "javascript:x"]
    assert [link["href"] for link in html(shown).select("a")] == addresses[:1]


def test_codes_are_words_and_quoted_words_keep_their_hyphens(shown):
    rows = {"level": ["none", "central-branch"], "stage": ["live", "pilot"], "confidence": ["low", "high"]}
    prose.table(pd.DataFrame(rows | {"sector": ["anti-counterfeiting, NFT", "finance"]}), "t")
    assert [cell.text for cell in html(shown).select("td")] == [
        "firm, university or other body, or none named", "running", "doubtful", "anti-counterfeiting, NFT",
        "branch of a central agency", "tried", "high", "Finance",
    ]  # fmt: skip


def test_an_inferred_date_is_not_shown_as_a_printed_one(shown):
    rows = pd.DataFrame({"date": ["2019-06-04", "2020"], "title": ["A", "B"], "date_inferred": [True, False]})
    prose.table(rows, "t", ["date", "title"])
    assert [cell.text for cell in html(shown).select("td")] == ["4 June 2019 (inferred)", "A", "2020", "B"]


def test_a_column_has_one_side_and_one_without_entries_is_left_out(shown):
    rows = {"service_zh": ["", ""], "share": ["24%", "at least 16%"], "range": ["2–4", "3"], "batch": [None, None]}
    prose.table(pd.DataFrame(rows), "t")
    assert [head.text for head in html(shown).select("th")] == ["Share", "Range"]
    assert [cell.text for cell in html(shown).select("td.number")] == ["2–4", "3"]


def test_what_a_page_rests_on_names_only_what_there_is(shown):
    prose.record_of(["", "2 counts", "1 project"], ["", "how many"], "a count")
    head, known, unknown, more = (bundle["text/plain"] for bundle, _ in shown)
    assert head == "What is known:" and known.split("\n") == ["2 counts.", "1 project."], "a line each"
    assert unknown.startswith("What is not known for certain: how many; and anything")
    assert more.startswith("What would tell us more: a count, the official lists themselves, or a report on")
    prose.record_of(["", ""], [""], "a count")
    assert shown[-3][0]["text/plain"] == "Nothing yet."
    assert shown[-2][0]["text/plain"].startswith("What is not known for certain: anything")


def test_a_headline_keeps_a_range_on_one_line(shown):
    prose.headline("x has 2 to 5 services on lists 1 and 2, and more to come")
    assert html(shown).h1.text == "X has 2\xa0to\xa05 services on lists 1\xa0and\xa02, and more to come"
    assert "2 to 5 services" in shown[0][0]["text/plain"]


def test_a_list_that_is_not_known_is_called_so(shown):
    prose.table(pd.DataFrame({"batch": pd.array([1, None], dtype="Int64"), "service_zh": ["A", ""]}), "t")
    assert [cell.text for cell in html(shown).select("td")] == ["1", "A", "not known", ""]


def test_a_column_that_is_true_of_no_row_is_left_out():
    rows = pd.DataFrame({"lists": ["list 1", "list 2"], "inferred": [False, False], "low": [0, 0]})
    assert "Also from counts" not in prose.markup(rows, "Numbers") and "Least" in prose.markup(rows, "Numbers")
    assert "Also from counts without list numbers" in prose.markup(rows.assign(inferred=[False, True]), "Numbers")


def test_an_end_of_a_range_that_is_not_one_does_not_read_as_one(shown):
    prose.table(pd.DataFrame({"low": [0.5, 1.035], "high": [1.0, 4.4], "ratio": [0.7, 2.0], "mean": [1.02, 3]}), "T")
    cells = [cell.get_text() for cell in BeautifulSoup(shown[0][0]["text/html"], "lxml").select("td")]
    assert cells == ["0.50", "1.0", "0.7", "1.0", "1.03", "4.4", "2.0", "3.0"]
    chart = {"kind": "estimates", "drawn": ["low", "high"]}
    soup = BeautifulSoup(COLLECTION.table("low,high\n1.035,4.4\n0.5,1.02\n", chart), "lxml")
    assert [cell.get_text() for cell in soup.select("td")] == ["1.03", "4.40", "0.50", "1.02"]
