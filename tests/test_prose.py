"""Computed words and tables."""

import pandas as pd

from chainregistry import prose


def test_words():
    assert prose.count(1, "list") == "1 list"
    assert prose.count(2000, "news event") == "2,000 news events"
    assert prose.count(0, "county") == "no counties"
    assert prose.listing(["a", "b", "c"]) == "a, b and c"
    assert prose.listing(["a"]) == "a" and prose.listing([]) == ""
    assert prose.share(1, 16) == "6.2%" and prose.share(1, 2) == "50%" and prose.share(1, 0) == "no share"


def test_said_names_cannot_bring_in_markup(shown):
    prose.say("a <script>x</script> and ![pic](http://x.example/y.png) `code`")
    markdown = shown[0][0]["text/markdown"]
    assert "<script>" not in markdown and "![" not in markdown and "\\[pic\\]" in markdown


def test_a_table_escapes_links_and_marks_chinese(shown):
    rows = pd.DataFrame({"service (Chinese)": ["<b>链</b>"], "sources": ["s001 s002"], "year": [2019], "n": [12345]})
    prose.table(rows, "A <caption>")
    markup = shown[0][0]["text/html"]
    assert '<td lang="zh">&lt;b&gt;链&lt;/b&gt;</td>' in markup
    assert '<a href="#s001">s001</a> <a href="#s002">s002</a>' in markup
    assert "<caption>A &lt;caption&gt;</caption>" in markup
    assert ">2019<" in markup and ">12,345<" in markup


def test_an_empty_table_is_a_sentence(shown):
    prose.table(pd.DataFrame({"a": []}), "x", empty="nothing here.")
    assert shown[0][0]["text/plain"] == "Nothing here."


def test_csv_twins_start_no_formula():
    text = prose.to_csv(pd.DataFrame({"name": ["=1+1", "@x", "-1", "plain"], "n": [-1, 2, 3, 4]}))
    assert text.splitlines() == ["name,n", "'=1+1,-1", "'@x,2", "'-1,3", "plain,4"]
