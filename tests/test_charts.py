"""The chart vocabulary: what travels with a drawing, legible on a phone, in the colours of the page."""

import io
import json
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from PIL import Image

from chainregistry import charts, drawings, palette, prose
from chainregistry.charts import form, letters

TABLE = pd.DataFrame(
    {
        "label": ["one", "two"], "value": [3, 0], "low": [1, 2], "high": pd.array([1, None], dtype="Int64"),
        "start": pd.to_datetime(["2019-01-01", "2020-01-01"]), "end": pd.to_datetime(["2019-01-01", "2020-12-31"]),
        "text": ["3", "0"], "grid_row": [0, 1], "grid_col": [0, 1], "whole": [4, 2], "after": [5, 1],
        "size": [9.0, None], "day": ["2019-03-30", ""], "slug": ["beijing", "tibet"], "part": ["京", "110105"],
    }
)  # fmt: skip
LONG = pd.DataFrame(
    {
        "label": [f"Evidence keeping, notaries and internet courts of city number {i}" for i in range(9)],
        "value": [1234567.25, 0, 1, 2, 3, 4, 5, 6, 7], "whole": [2345678] * 9, "low": [0.0] * 8 + [900_000],
        "high": [1234567.0] * 8 + [900_000], "start": pd.date_range("2016-01-01", periods=9, freq="250D"),
        "end": pd.date_range("2016-12-31", periods=9, freq="250D"), "text": ["88–123"] * 9,
        "short_en": ["Inner Mongolia", "Heilongjiang", "Guangdong"] * 3, "name_en": ["Inner Mongolia"] * 9,
        "short_zh": ["内蒙古"] * 9, "grid_row": [0, 1, 2] * 3, "grid_col": [0, 3, 6] * 3,
        "size": [1234.0, None] + [5.0] * 7, "day": ["2019-03-30"] * 9, "after": [3.5] * 9, "slug": ["a"] * 9,
        "part": ["京", "网信备", "110105", "19", "86449155", "001", "4", "号", "x"], "few": ["one", "two", "three"] * 3,
    }
)  # fmt: skip
MARKS = {"10 January 2019: filing rules": "2019-01-10", "24 January 2019: a session": "2019-01-24", "end": "2035-06-01"}
FORMS = {
    "bars": {"of": "whole", "highlight": "one", "notes": {"one": "A note on this bar."}},
    "intervals": {"highlight": "two", "link": "province", "hollow": "value", "names": ("printed", "inferred")},
    "estimates": {"log": True, "reference": 1},
    "diverging": {"before": "policy first", "after": "project first"},
    "dumbbells": {"before": "value", "after": "after", "group": "text"},
    "funnel": {"notes": {"one": "A note."}},
    "timeline": {"start": "start", "end": "end", "marks": MARKS, "inferred": "value"},
    "moments": {"day": "start", "text": "label"},
    "band": {"day": "start", "limit": 2345678, "marks": MARKS, "until": "2026-11-27", "names": ("least", "most")},
    "lines": {"x": "start", "series": ["low", "value"], "marks": MARKS},
    "steps": {"day": "start", "value": "value", "surplus": "whole", "marks": MARKS},
    "tiles": {"value": "value", "text": "text", "highlight": "two"},
    "heatmap": {"row": "label", "column": "text", "value": "value", "totals": True},
    "multiples": {"panel": "label", "x": "text", "value": "value"},
    "stacked": {"parts": ["value", "whole"], "share": True},
    "units": {"label": "label", "value": "value"},
    "lists": {"label": "label", "size": "size", "part": "value", "day": "day"},
    "apart": {"meaning": "label"},
    "scatter": {"x": "value", "across": "projects", "upwards": "services", "notes": {"one": "note"}},
}
"""Options of each form, on both tables."""
HARSH = FORMS | {
    "moments": {"day": "day", "text": "label"},
    "tiles": {"value": "value", "text": "text", "highlight": "Guangdong"},
    "units": {"label": "few", "value": "after"},
    "stacked": {"label": "few", "value": "value"},
    "lists": {"label": "few", "size": "size", "part": "after", "day": "day"},
    "heatmap": {"row": "label", "column": "few", "value": "after", "totals": True},
}
WORDS = {"title": "The finding", "subtitle": "Unit", "source": "rows"}
MIMES = ("image/svg+xml", charts.PHONE_MIME)
SVG = "{http://www.w3.org/2000/svg}"


def test_every_form_is_tried_here_and_listed_in_the_vocabulary():
    assert set(charts.FORMS) == set(FORMS)
    assert set(re.findall(r"^\| ``(\w+)`` \|", charts.__doc__, re.MULTILINE)) == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_each_chart_travels_with_its_numbers_and_a_text(shown, name, capfd):
    getattr(charts, name)(TABLE, **FORMS[name], **WORDS)
    bundle, metadata = shown[0]
    assert bundle["text/csv"] == prose.to_csv(TABLE)
    assert metadata["image/svg+xml"]["alt"] == bundle["text/plain"] == "Chart: The finding (Unit.)"
    for mime in MIMES:
        root = ElementTree.fromstring(bundle[mime])
        inside = [element.get("id") for element in root.iter() if element.get("id")]
        assert root.get("aria-labelledby").split() == inside, "nothing else has an id that could meet another's"
        assert root.find(f"{SVG}title").text == "The finding" and root.find(f"{SVG}desc").text.startswith("Unit.")
        assert "The finding" in words(root) and "Source: rows" in words(root)
    assert plt.get_fignums() == []
    assert capfd.readouterr().err == ""


def words(root):
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", FORMS)
def test_each_chart_answers_an_empty_table_with_a_sentence(shown, name):
    getattr(charts, name)(TABLE.iloc[:0], **FORMS[name], **WORDS)
    assert shown[0][0]["text/plain"] == charts.NOTHING


def test_a_chart_draws_the_same_characters_each_time_and_other_numbers_others(shown):
    for table in (TABLE, TABLE, TABLE.assign(value=[2, 1])):
        charts.bars(table, **WORDS)
    assert shown[0] == shown[1]
    assert all(shown[0][0][mime] != shown[2][0][mime] for mime in MIMES)


def test_each_colour_of_a_drawing_is_one_that_the_page_sets(shown):
    """Two forms of every kind of mark; a page that sets the variables recolours all of it."""
    css = palette.css()
    for name, options in FORMS.items():
        getattr(charts, name)(TABLE, **options, **WORDS)
        for mime in MIMES:
            svg = shown[-1][0][mime]
            for what, colour in re.findall(r"(fill|stroke):([^;\"]+)", svg):
                variable = re.fullmatch(r"var\(--chart-([\w-]+),(#\w{6})\)", colour)
                assert colour == "none" or variable, (name, what, colour)
                assert not variable or f"--chart-{variable[1]}:{variable[2].upper()};" in css
    assert set(palette.DARK) == set(palette.LIGHT) and len({*palette.LIGHT.values()}) == len(palette.LIGHT)


def test_chinese_stands_beside_english_and_is_marked(shown, capfd):
    places = pd.DataFrame({"name_en": ["Beijing"], "short_zh": ["北京"], "low": [1], "high": [2]})
    charts.intervals(places, title="北京 leads")
    for mime in MIMES:
        assert "Beijing 北京" in words(ElementTree.fromstring(shown[0][0][mime]))
        assert '<tspan lang="zh">北京</tspan>' in shown[0][0][mime]
    assert capfd.readouterr().err == ""


def test_the_source_line_comes_from_the_table(shown):
    table = TABLE.copy()
    table.attrs["source"] = "two archives"
    charts.bars(table.sort_values("value").head(1), title="t")
    assert "Source: two archives" in words(ElementTree.fromstring(shown[0][0]["image/svg+xml"]))


def test_text_in_a_table_cannot_become_markup(shown):
    charts.bars(TABLE.assign(label=["<b>&amp;", "$x$"]), title="<script>", notes={"$x$": "</svg>"})
    root = ElementTree.fromstring(shown[0][0]["image/svg+xml"])
    assert {"<b>&amp;", "$x$", "<script>", "</svg>"} <= set(words(root))


def test_tiles_are_links_on_one_scale(shown):
    charts.tiles(TABLE.assign(value=[5, np.nan]), "value", title="t")
    charts.tiles(TABLE.assign(value=[5, 500]), "value", title="t")
    first, second = (ElementTree.fromstring(bundle["image/svg+xml"]) for bundle, _ in shown)
    links = [
        [a.get("href"), *map("".join, (t.itertext() for t in a.iter(f"{SVG}text")))] for a in first.iter(f"{SVG}a")
    ]
    assert links == [["page:province/beijing", "one", "5"], ["page:province/tibet", "two"]]
    assert first.get("role") == "group", "the parts of an image cannot be reached"
    fills = [next(root.iter(f"{SVG}a"))[0].get("style") for root in (first, second)]
    assert fills[0] == fills[1], "a shade means the same whatever the largest number"


def test_a_page_has_the_words_of_a_drawing_as_html(shown):
    """The same words, links and Chinese kept; what is no drawing of ours stays."""
    charts.tiles(TABLE.assign(short_zh=["北京", "西藏"], name_en=["Beijing", "<Tibet>"]), "value", title="T & t")
    charts.bars(TABLE, link="province", title="A title 北京 of two lines " * 4, subtitle="Unit", source="two archives")
    for bundle, _ in shown:
        svg = bundle["image/svg+xml"]
        page = drawings.on_page(f"<svg><text>other</text></svg>{svg}")
        assert page.startswith("<svg><text>other</text></svg><p ")
        soup = BeautifulSoup(page, "html.parser")
        labels = [label.get_text() for label in soup.select("p, .labels > *")]
        assert sorted(" ".join(labels).split()) == sorted(" ".join(words(ElementTree.fromstring(svg))).split())
        assert [a["href"] for a in soup.find_all("a")] == ["page:province/beijing", "page:province/tibet"]
        assert all(a.get("aria-label") or a.get_text() for a in soup.find_all("a"))
    assert soup.select(".drawing > svg")
    title, subtitle, source = soup.find_all("p")
    assert title.get_text() == " ".join(["A title 北京 of two lines"] * 4), "one sentence, for a translator"
    assert (subtitle.get_text(), source.get_text()) == ("Unit", "Source: two archives")
    left, top, wide, high = map(float, soup.select_one(".drawing > svg")["viewbox"].split())
    whole = float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', svg)[1])
    assert (left, wide) == (0, 720) and 60 < top < 100 and top + high < whole - 10, "no gap is left where words stood"


def test_a_missing_column_is_told_with_those_that_are_there():
    with pytest.raises(ValueError, match=r"no column 'height'; it has label, value"):
        charts.bars(TABLE, value="height", title="t")
    with pytest.raises(ValueError, match="ranges: the table has none of the usual columns"):
        charts.intervals(TABLE[["label", "value"]], title="t")
    with pytest.raises(ValueError, match="a whole of 5 parts"):
        charts.stacked(pd.DataFrame({"label": list("abcde"), "value": 1}), title="t")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (2, 5, "2–5"),
        (7, 7, "7"),
        (3, None, "at least 3"),
        (-3, 2, "−3 to 2"),
        (0.5, 2, "0.5–2.0"),
        (0.04, 2, "<0.1–2.0"),
        (1500, 2e6, "1,500–2,000,000"),
    ],
)
def test_an_interval_is_written_in_one_form(shown, low, high, text):
    charts.intervals(pd.DataFrame({"label": ["a"], "low": [low], "high": [high]}), title="t")
    assert text in words(ElementTree.fromstring(shown[0][0]["image/svg+xml"]))


def test_leads_and_lags_stand_beside_their_marks(shown):
    """A lag without a lower end says so; numbers of ten and more are whole; a lag left of zero is named at its left."""
    rows = pd.DataFrame({"label": ["a", "b"], "low": [np.nan, -28.04], "high": [24.96, -27.3]})
    charts.diverging(rows, title="t")
    for mime in MIMES:
        root = ElementTree.fromstring(shown[0][0][mime])
        assert {"at most 25", "−28 to −27"} <= set(words(root))
        anchors = {"".join(text.itertext()): text.get("text-anchor") for text in root.iter(f"{SVG}text")}
        assert anchors["−28 to −27"] == "end" and anchors["at most 25"] is None


def test_counts_have_whole_ticks(shown):
    charts.intervals(pd.DataFrame({"label": ["a"], "low": [0], "high": [2]}), title="t")
    ticks = [text for text in words(ElementTree.fromstring(shown[0][0]["image/svg+xml"])) if text not in "at"]
    assert ticks == ["0–2", "0", "1", "2"]


def latin(paper):
    """The texts that matplotlib can measure."""
    return [text for text in paper.figure.findobj(Text) if not re.search("[⺀-鿿]", text.get_text())]


@pytest.mark.parametrize("width", [charts.WIDE, charts.PHONE])
@pytest.mark.parametrize("name", FORMS)
def test_letters_are_legible_and_none_is_cut_or_runs_into_another(name, width):
    """With long names, large numbers and long words around them."""
    around = charts.Words("A finding of several lines, " * 6, "A measure with its unit, " * 8, "an archive, " * 20)
    rows = {"stacked": 3, "units": 3, "tiles": 3, "apart": 8}.get(name, 9)
    paper = charts.draw(name, LONG.head(rows), around, HARSH[name], width, chinese=False)
    charts.image(paper, width)
    boxes = [(text, text.get_window_extent()) for text in latin(paper)]
    for text, box in boxes:
        assert text.get_fontsize() >= 10.5, text
        assert box.x0 > -1 and box.y0 > -1 and box.x1 < width + 1, text
        assert box.y1 < paper.figure.get_size_inches()[1] * 72 + 1, text
    for (one, a), (other, b) in combinations(boxes, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 2 or down < 4, (one, other)


LEADS = pd.DataFrame({"label": ["Shandong court", "Henan"], "low": [25.0, -7.0], "high": [35.0, -6.0]})
QUARTERS = pd.DataFrame(
    {"day": pd.date_range("2019-01-01", periods=9, freq="QS"), "value": [1, 1, 1, 1, 9, 1, 1, 1, 1]}
)


THREE = {"filing rules": "2019-06-10", "Politburo session": "2019-10-24", "national pilots": "2020-04-10"}


@pytest.mark.parametrize(
    ("name", "table", "options"),
    [
        ("diverging", LEADS, {}),
        ("estimates", LONG.assign(value=2.0, low=0.5, high=3.0), {"reference": 1, "log": True}),
        ("estimates", LONG.assign(value=0.4, low=0.2, high=0.9), {"reference": 1}),
        ("steps", QUARTERS, {"day": "day", "value": "value", "marks": {"session": "2020-02-15"}}),
        ("timeline", LONG, {"start": "start", "end": "end", "marks": {"session": "2016-03-15"}}),
        ("steps", QUARTERS, {"day": "day", "value": "value", "marks": THREE}),
    ],
)
def test_no_line_runs_through_a_text_on_a_phone(name, table, options):
    """Where a reference line or a mark crosses a text, a ground of paper lies between both."""
    paper = charts.draw(name, table, charts.Words("t"), options, charts.PHONE)
    charts.image(paper, charts.PHONE)
    patches = [(patch, patch.get_window_extent()) for patch in paper.figure.findobj(PathPatch)]
    lines = [(patch, box) for patch, box in patches if not patch.get_fill() and box.height > 40 and box.width < 3
             and patch.get_edgecolor()[:3] in map(to_rgb, (palette.SECOND, palette.INK))]  # fmt: skip
    crossed = 0
    for text in latin(paper):
        box = text.get_window_extent()
        for line, place in lines:
            if place.overlaps(box) and place.x0 > box.x0 + 1:
                crossed += 1
                assert any(
                    patch.get_facecolor()[:3] == to_rgb(palette.PAPER) and line.zorder < patch.zorder < text.zorder
                    and ground.x0 < box.x0 + 2 and ground.x1 > box.x1 - 2 and ground.overlaps(box)
                    for patch, ground in patches if patch.get_fill()
                ), text  # fmt: skip
    free = name == "diverging" or options.get("marks") is THREE
    assert lines and (crossed > 0) != free, "a label that is free to move stands apart"


@pytest.mark.parametrize("last", ["2023-11-01", "2024-05-01", "2026-01-01"])
def test_years_stand_apart_where_one_is_at_the_edge(last):
    """The first of January 2016 lies at the edge of the field, so that its label stands beside its line."""
    days = pd.to_datetime(["2016-11-01", last])
    table = pd.DataFrame({"label": "a", "first_day": days, "last_day": days})
    paper = charts.draw("timeline", table, charts.Words("t"), {"row": "label"}, charts.PHONE)
    charts.image(paper, charts.PHONE)
    boxes = [text.get_window_extent() for text in latin(paper) if text.get_text().startswith("20")]
    places = sorted((box.x0, box.x1) for box in boxes)
    assert len(places) > 3 and all(end + 4 < start for (_, end), (start, _) in pairwise(places))
    steps = [b - a for (a, _), (b, _) in pairwise(places)]
    assert max(steps) < 1.5 * sorted(steps)[len(steps) // 2], "no gap is left where one gives way"


def test_dates_of_a_story_are_written_as_people_do(shown):
    charts.moments(pd.DataFrame({"day": ["2018", "2018-09", "2019-06-08"], "text": list("abc")}), title="t")
    for mime, dates in zip(MIMES, (["September 2018", "8 June 2019"], ["Sep 2018", "8 Jun 2019"]), strict=True):
        assert {"2018", *dates} <= set(words(ElementTree.fromstring(shown[0][0][mime])))


def test_a_moment_whose_date_nobody_printed_is_hollow():
    table = pd.DataFrame({"day": ["2018", "2019"], "text": ["a", "b"], "guessed": [False, True]})

    def holes(inferred):
        paper = charts.draw("moments", table, charts.Words("t"), {"inferred": inferred})
        patches = [patch for patch in paper.figure.findobj() if hasattr(patch, "get_edgecolor")]
        return sum(to_rgb(patch.get_edgecolor()[:3]) == to_rgb(palette.PAPER) for patch in patches)

    assert holes("guessed") == holes(None) + 1


def test_heads_of_a_heat_map_are_level_where_their_words_have_room(shown):
    table = pd.DataFrame({"a": ["x", "x"], "b": ["Mainland China", "South-East Asia"], "n": [1, 2]})
    charts.heatmap(table, "a", "b", "n", title="t")
    assert all({"Mainland", "China"} <= set(words(ElementTree.fromstring(shown[0][0][mime]))) for mime in MIMES)
    assert "rotate" not in shown[0][0]["image/svg+xml"]


def test_a_step_of_a_funnel_stands_beside_its_name():
    steps = pd.DataFrame({"label": ["all", "some"], "value": [9, 3]})
    for width in (charts.WIDE, charts.PHONE):
        paper = charts.draw("funnel", steps, charts.Words(), {}, width)
        places = {text.get_text(): text.get_position()[1] for text in latin(paper)}
        assert places["9"] - places["all"] < (2 if width == charts.WIDE else 28) < places["some"] - places["9"]


def test_a_chart_can_be_drawn_again_from_what_it_carries(shown):
    """The metadata survive a notebook, and table and options come back to the same marks."""
    for name, options in FORMS.items():
        getattr(charts, name)(TABLE.replace("京", "J"), **options, **WORDS)
        bundle, metadata = shown.pop()
        carried = json.loads(json.dumps(metadata["image/svg+xml"]["chart"]))
        again = charts.redraw(carried, bundle["text/csv"], charts.Words(**WORDS), width=charts.WIDE)
        about = re.search(r"<desc[^>]*>(.*)</desc>", bundle["image/svg+xml"])[1]
        assert charts.svg(again, "The finding", about) == bundle["image/svg+xml"], name


def test_a_picture_is_crisp_and_keeps_its_colours():
    paper = charts.draw("bars", TABLE, charts.Words(**WORDS), {})
    picture = Image.open(io.BytesIO(charts.png(paper, 1440)))
    assert picture.width == 2 * paper.width
    used, frequency = np.unique(np.array(picture.convert("RGB")).reshape(-1, 3), axis=0, return_counts=True)
    assert len(used) <= 32
    assert used[frequency.argmax()].tolist() == [255, 255, 255]
    assert (rgb(palette.ACCENT) * 255).round().tolist() in used.tolist()


def test_a_picture_shows_dots():
    exact = pd.DataFrame({"label": ["a"], "low": [3], "high": [3]})
    pixels = np.asarray(charts.image(charts.draw("intervals", exact, charts.Words(), {}), 720))
    assert (pixels == (rgb(palette.ACCENT) * 255).round()).all(axis=2).sum() > 40


def test_plain_areas_keep_their_colour_among_many_others():
    pixels = np.full((200, 200, 3), 255, dtype=np.uint8)
    pixels[:50] = np.random.default_rng(1).integers(200, 256, (50, 200, 3))  # crowds the palette with near whites
    pixels[150:] = ink = (rgb(palette.ACCENT) * 255).round()
    stored = np.array(Image.open(io.BytesIO(charts.png(Image.fromarray(pixels)))).convert("RGB"))
    assert (stored[50:150] == 255).all() and (stored[150:] == ink).all()
    assert np.abs(stored[:50].astype(int) - pixels[:50]).mean() < 15


MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
"""How linear RGB looks without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1."""

SETS = {
    "lines": [palette.ACCENT, palette.SECOND, palette.MUTED, palette.INK],
    "parts": [*palette.PARTS, palette.PAPER],
}


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def lab(linear):
    """CIE L*a*b* (D65) of linear RGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    ratio = to_xyz @ np.clip(linear, 0, 1) / (0.9505, 1, 1.089)
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def linear(colour):
    value = rgb(colour)
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def test_the_measure_of_colours_is_right():
    np.testing.assert_allclose(lab(linear("#FF0000")), [53.2, 80.1, 67.2], atol=0.3)
    np.testing.assert_allclose(lab(linear("#FFFFFF")), [100, 0, 0], atol=0.1)


@pytest.mark.parametrize("colours", SETS.values(), ids=SETS)
def test_colours_stay_apart_for_the_colour_blind_and_in_grey_print(colours):
    for one, other in combinations(colours, 2):
        for name, matrix in MACHADO.items():
            distance = np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other)))
            assert distance > 15, (name, one, other)
        assert abs(lab(linear(one))[0] - lab(linear(other))[0]) > 10, (one, other)


def contrast(one, other):
    light, dark = sorted(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour) for colour in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_letters_have_contrast_on_paper_and_on_marks(theme):
    for name in ("ink", "faint", "accent", "second"):
        assert contrast(theme[name], theme["paper"]) >= 4.5, name
    named = {colour: name for name, colour in palette.LIGHT.items()}
    for ground in (*palette.PARTS, *palette.SHADES):
        assert contrast(theme[named[ground]], theme[named[palette.letters(ground)]]) >= 4.5, named[ground]


def drawn(kind, columns, **options):
    """Of a table without rows: all its columns are texts."""
    return charts.drawn(kind, pd.DataFrame(columns=columns), options)


def test_the_numbers_of_a_chart_are_the_columns_that_it_draws():
    columns = ["province_code", "slug", "name_en", "low", "high", "whose", "grid_row"]
    assert drawn("intervals", columns, group="whose", link="province", low=None) == ["whose", "name_en", "low", "high"]
    assert drawn("tiles", columns, value="low", nothing="slug") == ["name_en", "low"]
    assert drawn("moments", ["title", "date", "stage"], day="date", text="title") == ["date", "title"]
    assert drawn("apart", ["x"], part="y") == ["x"]


def test_a_list_shows_how_sure_its_date_is(shown):
    """In words or as in the tables: the month alone, "by" for the latest possible one, a mark for an uncertain one."""
    dates = ["2019-03-30", "May 2022", "by 16 March 2024", "November 2022 (uncertain)", "2023", ""]
    charts.lists(pd.DataFrame({"list": range(1, 7), "size": [1.0] * 6, "day": dates}), size="size", day="day", **WORDS)
    wide, phone = (
        [node.text for node in ElementTree.fromstring(shown[0][0][mime]).iter(f"{SVG}text")] for mime in MIMES
    )
    assert [word for word in ("Mar 2019", "May 2022", "by Mar 2024", "Nov 2022?", "2023") if word not in phone] == []
    months = ["Mar", "2019", "May", "2022", "by", "Mar", "2024", "Nov", "2022?", "2023"]
    assert [word for word in wide if word in months] == months


def test_one_named_service_shows_beside_a_list_of_hundreds(shown):
    table = pd.DataFrame({"list": [1, 2], "size": [1000.0, float("nan")], "part": [0, 1]})
    charts.lists(table, size="size", part="part", **WORDS)
    wide, phone = (
        [node.get("d") for node in ElementTree.fromstring(shown[0][0][mime]).iter(f"{SVG}path")][-2:] for mime in MIMES
    )
    high = [float(up) - float(foot) for _, foot, up in re.findall(r"M(\S+) (\S+)H\S+V([\d.]+)H", wide[0])]
    assert high == [2.0], "the base line, which is drawn last, covers half a point"
    long = [float(right) - float(left) for left, right in re.findall(r"M(\S+) \S+H([\d.]+)V", phone[1])]
    assert long == [1.0]


def test_what_a_form_takes_by_itself_is_told_too():
    """No option is given: usual names, and where there is none the first column that fits."""
    assert drawn("moments", ["source_ids", "date", "text"]) == ["date", "text"]
    steps = pd.DataFrame({"step": ["all", "some"], "number": [2, 1], "sources": [1, 1]})
    assert charts.drawn("funnel", steps, {}) == ["step", "number"]
    assert charts.drawn("bars", steps.rename(columns={"number": "rest"}), {}) == ["step", "rest"]
    pairs = steps.assign(field="x")[["field", "step", "number"]]
    assert charts.drawn("heatmap", pairs, {}) == ["field", "step", "number"]
    assert drawn("timeline", ["name_en", "earliest", "latest", "events"]) == ["name_en", "earliest", "latest"]
    assert drawn("lists", ["published", "batch", "services"]) == ["batch", "services"]
    assert drawn("dumbbells", ["label", "after", "before"]) == ["label", "before", "after"]
    assert drawn("stacked", ["label", "court", "county"], parts=["court", "county"]) == ["label", "court", "county"]


RAW = {"label": "name_en", "value": "services_named", "start": "first_day", "end": "last_day", "day": "date"}
"""Names of columns as the tables of the data have them."""


@pytest.mark.parametrize("name", FORMS)
def test_a_screen_reader_is_told_words_not_names_of_columns(shown, name):
    def raw(given):
        return [RAW.get(one, one) for one in given] if isinstance(given, list) else RAW.get(str(given), given)

    options = {option: raw(given) for option, given in FORMS[name].items()}
    table = TABLE.assign(short_zh="北京", province_code="11", date_precision="day").rename(columns=RAW)
    getattr(charts, name)(table, **options, **WORDS | {"subtitle": ""})
    for mime in MIMES:
        said = ElementTree.fromstring(shown[0][0][mime]).find(f"{SVG}desc").text
        assert said.startswith("2 rows of numbers: ") and not re.search(r"[_A-Z]|\b(en|zh|slug|code|grid|low)\b", said)


def test_a_description_uses_titles_of_the_data_and_plain_words():
    table = pd.DataFrame({"name_en": ["Beijing"], "short_zh": ["北京"], "low": [1], "high": [2], "grid_row": [0]})
    assert form.described(table, charts.drawn("intervals", table, {})) == "One row of numbers: province, least, most"
    others = pd.DataFrame({"entity_type": ["bank", "firm"], "others": [1, 2]})
    assert form.described(others, charts.drawn("bars", others, {})) == "2 rows of numbers: kind of registrant, others"


def test_a_share_below_a_half_is_told_from_none():
    table = pd.DataFrame({"row": ["a", "a", "b"], "column": ["x", "y", "x"], "value": [0.4, 99.6, 30.2]})
    figure = charts.draw("heatmap", table, charts.Words(), {"whole": True}).figure
    texts = {text.get_text() for text in figure.findobj(Text)}
    assert {"<1", "100", "30"} <= texts and "0" not in texts


def texts(paper):
    return [artist.get_text() for artist in paper.figure.artists if isinstance(artist, Text)]


def rings(paper):
    """Open dots: white dots on others."""
    lines = [artist for artist in paper.figure.artists if isinstance(artist, PathPatch) and not artist.get_fill()]
    return sum(
        len(line.get_path().vertices) // 2 for line in lines if line.get_edgecolor()[:3] == to_rgb(palette.PAPER)
    )


def test_a_tick_stands_at_the_number_it_shows():
    table = TABLE.assign(value=[0.97, 0.77], low=[0.9, 0.7], high=[1.0, 0.8])
    shown = texts(charts.draw("estimates", table, charts.Words(), {"limit": 1, "reference": 0}, charts.PHONE))
    assert {"0.25", "0.75"} <= set(shown) and not {"0.2", "0.8"} & set(shown)


def test_only_days_that_somebody_printed_are_full_dots():
    days = pd.DataFrame(
        {
            "label": "a", "first_day": pd.to_datetime(["2020-04-30", "2021-09-01", "2021-10-07"]),
            "last_day": pd.to_datetime(["2020-04-30", "2021-09-30", "2021-10-07"]), "guess": [False, False, True],
        }
    )  # fmt: skip
    paper = charts.draw("timeline", days, charts.Words(), {"inferred": "guess"})
    assert rings(paper) == 2 and {"2020", "2021", "2022"} <= set(texts(paper)), "the years that enclose the days"
    assert rings(charts.draw("timeline", days, charts.Words(), {})) == 1
    late = days.assign(first_day=days.first_day.mask(days.guess))
    assert rings(charts.draw("timeline", late, charts.Words(), {"inferred": "guess"})) == 2, "a start that is not known"


@pytest.mark.parametrize("width", [charts.WIDE, charts.PHONE])
def test_no_dot_of_a_timeline_covers_another(width):
    days = pd.to_datetime("2018-03-01") + pd.to_timedelta(np.cumsum([11, 3, 0, 40, 9, 9, 9, 200, 1, 1, 900]), unit="D")
    table = pd.DataFrame({"label": ["a", "b"] * 5 + ["a"], "first_day": days, "last_day": days})
    paper = charts.draw("timeline", table, charts.Words(), {}, width)
    dots = [
        patch for patch in paper.figure.findobj(PathPatch) if to_rgb(patch.get_edgecolor()) == to_rgb(palette.ACCENT)
    ]
    assert len(dots) == 1, "of one colour and size"
    places, wide = dots[0].get_path().vertices[::2], dots[0].get_linewidth()
    assert len(places) == len(days) and min(np.hypot(*(a - b)) for a, b in combinations(places, 2)) >= wide


def test_a_curve_runs_on_to_the_day_until_which_nothing_more_was_found():
    table = pd.DataFrame({"day": ["2019-01-01", "2021-06-01"], "low": [1, 2], "high": [1, 3]})
    years = set(texts(charts.draw("band", table, charts.Words(), {"until": "2026-11-27", "names": ("a", "b")})))
    assert {"2026", "a", "b"} <= years and "2026" not in texts(charts.draw("band", table, charts.Words(), {}))


def test_a_map_without_finds_prints_no_zero_and_keys_only_numbers_that_it_has():
    paper = charts.draw(
        "tiles", TABLE.assign(value=[2, 0]), charts.Words(), {"value": "value", "nothing": "none found"}
    )
    assert {"none found", "1 to 2", "2"} <= set(texts(paper)) and not {"0", "5 to 19"} & set(texts(paper))


def test_a_square_is_named_in_whole_words_with_its_number(shown):
    charts.tiles(LONG.head(3).assign(slug=["x", "y", "z"]), "after", title="t")
    page = BeautifulSoup(drawings.on_page(shown[0][0][charts.PHONE_MIME]), "html.parser")
    names = [link["aria-label"] for link in page.select("svg a")]
    assert names == ["Inner Mongolia: 3.5", "Heilongjiang: 3.5", "Guangdong: 3.5"]


def test_a_range_has_no_dot_that_looks_like_a_number():
    paper = charts.draw("scatter", TABLE.assign(low=[1, 1], high=[9, 1]), charts.Words(), {"x": "value"})
    dots = [artist for artist in paper.figure.artists if isinstance(artist, PathPatch) and artist.get_linewidth() >= 6]
    assert sum(len(dot.get_path().vertices) // 2 for dot in dots) == 1


def test_a_number_that_rests_on_inference_is_an_open_dot():
    """The legend stands only where there is one."""
    table = TABLE.assign(low=[1, 1], high=[9, 1])
    dots = lambda **more: rings(charts.draw("scatter", table.assign(**more), charts.Words(), options))  # noqa: E731
    options = {"x": "value", "hollow": "inferred", "names": ("sure", "less sure")}
    assert dots(inferred=[True, False]) == 0, "a range is no dot"
    assert dots(inferred=[False, True]) == 2, "the mark and its legend"
    words = lambda inferred: texts(  # noqa: E731
        charts.draw("scatter", table.assign(inferred=inferred), charts.Words(), options)
    )
    assert {"sure", "less sure"} <= set(words([True, False])) and "less sure" not in words([False, False])


def test_a_range_that_rests_on_inference_is_an_outline():
    """Its edge has the colour that a full one is filled with."""
    table, options = TABLE.assign(low=[1, 1], high=[9, 1]), {"x": "value", "hollow": "inferred"}
    looks = lambda inferred: {  # noqa: E731
        (artist.get_facecolor(), artist.get_edgecolor() if artist.get_linewidth() else None)
        for artist in charts.draw(
            "scatter", table.assign(inferred=[inferred, False]), charts.Words(), options
        ).figure.artists
        if isinstance(artist, PathPatch) and len(artist.get_path().vertices) == 5
    }
    ((full, none),), ((inside, edge),) = looks(False), looks(True)
    assert none is None and edge == full != inside


def test_marks_in_one_place_bear_their_number_and_the_table_their_names(shown):
    table = pd.concat([TABLE, TABLE.head(1).assign(label="three")])
    charts.scatter(table, x="value", several="places", title="T")
    (bundle, metadata), *_ = shown
    drawn = texts(charts.draw("scatter", table, charts.Words(), {"x": "value", "several": "places"}))
    assert "two" in drawn and drawn.count("2 places") == 1 and not {"one", "three"} & set(drawn)
    assert pd.read_csv(io.StringIO(bundle["text/csv"])).label.tolist() == ["one", "two", "three"]
    assert "label" in metadata["image/svg+xml"]["chart"]["drawn"]
    ranges = pd.DataFrame({"label": [*"abcd"], "x": [4, 4, 4, 9], "low": [0, 1, 50, 2], "high": [80, 20, 50, 60]})
    drawn = texts(charts.draw("scatter", ranges, charts.Words(), {"x": "x", "several": "places"}))
    assert drawn.count("2 places") == 1 and {"c", "d"} <= set(drawn) and not {"a", "b"} & set(drawn)


@pytest.mark.parametrize(
    ("form", "at", "known"),
    [(charts.PHONE, [4, 4, 3, 5, 6], 3), (charts.WIDE, [4, 4, 4, 4, 4, 4, 3, 5], 4)],
    ids=["of the mark before", "of a mark below"],
)
def test_no_line_from_a_name_down_to_its_mark_crosses_another_name(form, at, known):
    """The marks at 4 have no room beside them, and above them stands a name that is known."""
    rest = [""] * len(at)
    table = pd.DataFrame(
        {"label": ["Shanghai 上海", *rest, "top"], "x": [known, *at, 17], "low": [71, *[0] * len(at), 233]}
    )
    table["high"] = [71, *[90] * len(at), 233]
    options = {"x": "x", "several": "provinces"}
    paper = charts.draw("scatter", table, charts.Words(), options, form)
    names = [artist for artist in paper.figure.artists if isinstance(artist, Text) and " " in artist.get_text()]
    boxes = [(*name.get_position(), letters.width(name.get_text(), name.get_fontsize())) for name in names]
    lines = [artist for artist in paper.figure.artists if isinstance(artist, PathPatch)]
    ink = [line.get_path().vertices for line in lines if line.get_edgecolor()[:3] == to_rgb(palette.INK)]
    downwards = [(x, top, bottom) for (x, top), (_, bottom) in (line for line in ink if len(line) == 2)]
    assert boxes and downwards
    begin = [name[0] for name in boxes]
    assert all(min(abs(x - name) for name in begin) < 1 for x, *_ in downwards), "it begins at its line"
    assert not [
        name
        for name in boxes
        for x, top, bottom in downwards
        if name[0] - 1 < x < name[0] + name[2] and top < name[1] < bottom
    ]


@pytest.mark.parametrize(("source", "head"), [("two archives", "Source:"), ("one and two", "Sources:")])
def test_several_sources_are_headed_so(source, head):
    assert f"{head} {source}" in texts(charts.draw("bars", TABLE, charts.Words("t", "", source), {}))


def test_long_heads_of_a_heat_map_are_numbered_on_a_phone():
    table = pd.DataFrame({"row": ["a", "b"] * 4, "column": [f"A place with a long name {n}" for n in range(8)]})
    draw = lambda wide: texts(charts.draw("heatmap", table.assign(value=1), charts.Words(), {}, wide))  # noqa: E731
    assert "8" in draw(charts.PHONE) and any(text.startswith("1 A place") for text in draw(charts.PHONE))
