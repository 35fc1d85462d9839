"""Computed words, tables and charts."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from chainregistry import charts, prose


@pytest.fixture
def shown(monkeypatch):
    """What is displayed: a list of (bundle, metadata)."""
    seen = []
    record = lambda bundle, metadata=None, raw=False: seen.append((bundle, metadata))  # noqa: E731
    monkeypatch.setattr(prose, "display", record)
    monkeypatch.setattr(charts, "display", record)
    return seen


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


CHARTS = {
    "bars": (charts.bars, ["label", "value"]),
    "intervals": (charts.intervals, ["label", "low", "high"]),
    "timeline": (charts.timeline, ["label", "start", "end"]),
    "tiles": (charts.tiles, ["value", "text"]),
    "estimates": (charts.estimates, ["label", "value", "low", "high"]),
    "heatmap": (charts.heatmap, ["label", "text", "value"]),
}
TABLE = pd.DataFrame(
    {
        "label": ["one", "two"], "value": [3, 0], "low": [1, 2], "high": pd.array([1, None], dtype="Int64"),
        "start": pd.to_datetime(["2019-01-01", "2020-01-01"]), "end": pd.to_datetime(["2019-01-01", "2020-12-31"]),
        "text": ["3", "0"], "short_en": ["one", "two"], "grid_row": [0, 1], "grid_col": [0, 1],
    }
)  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_travels_with_its_numbers_and_a_text(shown, name):
    draw, columns = CHARTS[name]
    draw(TABLE, *columns, title="The finding", subtitle="Unit", source="rows")
    bundle, metadata = shown[0]
    assert bundle["image/png"].startswith("iVBOR")
    assert bundle["text/csv"] == prose.to_csv(TABLE)
    assert metadata["image/png"]["alt"] == bundle["text/plain"] == "Chart: The finding (Unit.)"
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_answers_an_empty_table_with_a_sentence(shown, name):
    draw, columns = CHARTS[name]
    draw(TABLE.iloc[:0], *columns, title="t", subtitle="s", source="r")
    assert shown[0][0]["text/plain"] == charts.NOTHING


def test_charts_are_the_same_bytes_each_time(shown):
    for _ in range(2):
        charts.bars(TABLE, "label", "value", title="t", subtitle="s", source="r")
    assert shown[0] == shown[1]
