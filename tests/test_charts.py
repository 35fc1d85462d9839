"""The chart vocabulary: what travels with a picture, legible on a phone, told apart by everyone."""

import base64
import io
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from PIL import Image

from chainregistry import charts, palette, prose

CHARTS = {
    "bars": (charts.bars, ["label", "value"]),
    "intervals": (charts.intervals, ["label", "low", "high"]),
    "timeline": (charts.timeline, ["label", "start", "end"]),
    "tiles": (charts.tiles, ["value", "text"]),
    "estimates": (charts.estimates, ["label", "value", "low", "high"]),
    "heatmap": (charts.heatmap, ["label", "text", "value"]),
    "band": (charts.band, ["start", "low", "high"]),
    "lines": (charts.lines, ["start", ["low", "value"]]),
}
TABLE = pd.DataFrame(
    {
        "label": ["one", "two"], "value": [3, 0], "low": [1, 2], "high": pd.array([1, None], dtype="Int64"),
        "start": pd.to_datetime(["2019-01-01", "2020-01-01"]), "end": pd.to_datetime(["2019-01-01", "2020-12-31"]),
        "text": ["3", "0"], "short_en": ["one", "two"], "grid_row": [0, 1], "grid_col": [0, 1],
    }
)  # fmt: skip
WORDS = {"title": "The finding", "subtitle": "Unit", "source": "rows"}
PHONE = 374  # pixels that a picture has on a phone of 390
LONG = pd.DataFrame(
    {
        "label": [f"Evidence keeping, notaries and internet courts of city number {i}" for i in range(9)],
        "value": [1234567.25, 0, 1, 2, 3, 4, 5, 6, 7], "whole": [2345678] * 9, "low": [0.0] * 8 + [900_000],
        "high": [1234567.0] * 8 + [900_000], "start": pd.date_range("2016-01-01", periods=9, freq="250D"),
        "end": pd.date_range("2016-12-31", periods=9, freq="250D"), "text": ["88–123"] * 9,
        "short_en": ["Inner Mongolia", "Heilongjiang", "Guangdong"] * 3,
        "grid_row": [0, 1, 2] * 3, "grid_col": [0, 3, 6] * 3,
    }
)  # fmt: skip
HARSH = {
    "bars": {"label": "label", "value": "value", "highlight": "", "of": "whole"},
    "intervals": {"label": "label", "low": "low", "high": "high", "highlight": "", "limit": None},
    "timeline": {"row": "label", "start": "start", "end": "end", "group": "",
                 "marks": {"rules": "2018-12-01", "Politburo": "2019-01-24", "end": "2025-06-01"}},
    "tiles": {"value": "value", "text": "text", "highlight": "Guangdong"},
    "estimates": {"label": "label", "value": "value", "low": "low", "high": "high", "group": "", "reference": None,
                  "log": True},
    "heatmap": {"row": "label", "column": "text", "value": "value", "rows": None, "columns": None},
    "band": {"day": "start", "low": "low", "high": "high", "limit": 2345678, "marks": {"rules": "2019-01-10"}},
    "lines": {"x": "start", "series": ["low", "high"], "marks": {"rules": "2019-01-10", "Politburo": "2019-10-24"}},
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_travels_with_its_numbers_and_a_text(shown, name):
    draw, columns = CHARTS[name]
    draw(TABLE, *columns, **WORDS)
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


@pytest.fixture(params=charts.DRAWN)
def drawn(request):
    """A chart of each kind with long names, large numbers and long words around it."""
    words = charts.Words("A finding of several lines, " * 6, "A measure with its unit, " * 8, "an archive, " * 20)
    figure = charts.draw(request.param, LONG, words, HARSH[request.param])
    figure.canvas.draw()
    return figure


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def test_letters_are_legible_on_a_phone(drawn):
    per_point = PHONE / charts.WIDTH / 72
    assert min(text.get_fontsize() for text in texts(drawn)) * per_point >= 9


def test_no_letter_is_cut_and_no_name_runs_into_the_next(drawn):
    box, (width, height) = drawn.get_tightbbox(), drawn.get_size_inches()
    assert box.x0 > -0.01 and box.y0 > -0.01 and box.x1 < width + 0.01 and box.y1 < height + 0.01, box
    names = [label.get_window_extent() for label in drawn.axes[0].get_yticklabels() if label.get_text()]
    assert not any(a.overlaps(b) for a, b in combinations(names, 2))


def test_labels_of_marks_stand_apart():
    figure = charts.draw("timeline", LONG, charts.Words(), HARSH["timeline"])
    figure.canvas.draw()
    marks = [text for text in texts(figure) if text.get_text() in HARSH["timeline"]["marks"]]
    assert len(marks) == 2  # the third lies after the days drawn
    assert not marks[0].get_window_extent().overlaps(marks[1].get_window_extent())


def test_a_picture_can_be_drawn_again_from_what_it_carries(shown):
    for name, (draw, columns) in CHARTS.items():
        draw(TABLE, *columns, **WORDS)
        bundle, metadata = shown.pop()
        again = charts.redraw(metadata["image/png"]["chart"], bundle["text/csv"], charts.Words(**WORDS))
        assert base64.b64encode(charts.png(again)).decode() == bundle["image/png"], name


def test_a_picture_is_crisp_and_keeps_its_colours(shown):
    charts.bars(TABLE, "label", "value", **WORDS)
    bundle, metadata = shown[0]
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.width == 2 * metadata["image/png"]["width"]
    used, frequency = np.unique(np.array(picture.convert("RGB")).reshape(-1, 3), axis=0, return_counts=True)
    assert len(used) <= charts.COLOURS
    assert [255, 255, 255] in used.tolist() and used[frequency.argmax()].tolist() == [255, 255, 255]
    assert (rgb(palette.ACCENT) * 255).round().tolist() in used.tolist()


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
    "layers": palette.LAYERS.values(),
    "lines": [palette.ACCENT, palette.SECOND, palette.MUTED, palette.INK],
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


def test_colours_of_letters_have_contrast_on_paper():
    for colour in (palette.INK, palette.FAINT, palette.ACCENT, palette.SECOND):
        light = np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)
        assert 1.05 / (light + 0.05) >= 4.5, colour
