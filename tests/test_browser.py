"""The pages in a real browser: accessible, offline, on a phone, by keyboard, on paper."""

import importlib.resources
import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pypdfium2
import pytest

from chainregistry import lookup
from chainregistry.collection import COLLECTION, Register

PAGES = [
    "index", "registry", "places", "sectors", "local-government", "policy", "asia",
    "province/guangdong", "province/xinjiang", "sector/gaming", "june-2019", "find", "corrections",
]  # fmt: skip
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def opened(browser, rendered):
    """Open a page of the rendered ones, at a width and in a colour scheme; all requests made are kept."""
    contexts = {}

    def visit(name, width=1280, scheme="light", forced="none"):
        if (width, scheme, forced) not in contexts:
            about = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "forced_colors": forced}
            contexts[width, scheme, forced] = browser.new_context(**about).new_page()
        tab = contexts[width, scheme, forced]
        requests = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto((rendered / f"{name}.html").as_uri())
        return tab, requests

    return visit


@pytest.fixture(scope="module")
def sheets(opened):
    """A page printed from a dark screen: the size and the text of each sheet of paper."""

    @cache
    def printed(name):
        tab, _ = opened(name, scheme="dark")
        paper = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True, print_background=True))
        return [(sheet.get_size(), " ".join(sheet.get_textpage().get_text_bounded().split())) for sheet in paper]

    return printed


ALIKE = "document.querySelectorAll('.rows').forEach(list => [...list.children].slice(40).forEach(row => row.remove()))"
"""Of the thousands of rows of the look-up, which are alike, the first of each part stay."""


WIDER = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const loose = [...document.querySelectorAll('main *')].filter(part => !part.closest('.scroll, pre, svg') &&
    part.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return [wide, loose.slice(0, 3).map(part => part.outerHTML.slice(0, 100))];
}"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_no_network_is_asked_and_nothing_scrolls_sideways(opened, rendered, name, width, scheme):
    """At each width and in each scheme once: what depends on one does not depend on the other. With all details open
    nothing is asked for, and nothing is too wide."""
    tab, requests = opened(name, width=width, scheme=scheme)
    closed = "[...document.querySelectorAll('details:not([open])')]"
    tab.evaluate(f"window.opened = {closed}; window.opened.forEach(part => part.open = true)")
    assert tab.evaluate(WIDER) == [0, []]
    assert [url for url in requests if not url.startswith("data:")] == [(rendered / f"{name}.html").as_uri()]
    tab.evaluate("window.opened.forEach(part => part.open = false)")
    tab.evaluate(ALIKE)
    tab.evaluate(AXE)
    found = tab.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    assert [(one["id"], one["help"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_rows_of_tables_are_stacked_on_a_phone(opened):
    tab, _ = opened("registry", width=390)
    cells = "[...document.querySelectorAll('.table td')].filter(cell => cell.checkVisibility())"
    assert tab.evaluate(f"{cells}.length") > 20
    assert tab.evaluate(f"{cells}.every(cell => getComputedStyle(cell).display === 'block')")
    assert tab.evaluate(f"{cells}.every(cell => getComputedStyle(cell, '::before').content.includes(': '))")
    boxes = "[...document.querySelectorAll('.scroll')].filter(box => box.checkVisibility())"
    assert tab.evaluate(f"{boxes}.every(box => box.scrollWidth <= box.clientWidth)")


@pytest.mark.parametrize(("width", "shown", "hidden"), [(390, "phone", "wide"), (1280, "wide", "phone")])
def test_each_width_has_its_own_drawing_at_its_own_size(opened, width, shown, hidden):
    tab, _ = opened("province/guangdong", width=width)
    drawn = tab.evaluate(
        f"[...document.querySelectorAll('.chart-{shown} svg')].map(s => [s.clientWidth, s.viewBox.baseVal.width])"
    )
    assert drawn and all(actual >= intended for actual, intended in drawn), "a shrunken drawing has small letters"
    assert not tab.evaluate(f"[...document.querySelectorAll('.chart-{hidden} svg')].some(s => s.checkVisibility())")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_browser_finds_the_words_of_charts(opened, width):
    tab, _ = opened("places", width=width)
    words = tab.evaluate("[...document.querySelectorAll('figure :is(p, .labels > *)')].filter(t => t.checkVisibility())"
                         ".map(t => t.textContent)")  # fmt: skip
    assert len(words) > 100
    for word in (words[0], next(word for word in words if word.endswith("%)")), words[-1]):
        assert tab.evaluate("word => { getSelection().removeAllRanges(); return window.find(word) }", word)
        assert tab.evaluate("!!getSelection().anchorNode.parentElement.closest('figure')"), "it is found in the chart"


TRANSLATE = """() => {
  const words = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('svg, style')) words.push(walk.currentNode);
  for (const word of words.filter(word => word.data.trim())) {
    const font = document.createElement('font');
    font.textContent = '[' + word.data.replace(/[a-z]{4,}/g, '$&en') + ']';
    word.replaceWith(font);
  }
}"""
"""What a browser's translation does: every text outside SVG is replaced by an element that holds another, longer
one."""


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "phone")])
def test_a_translated_page_has_translated_charts(opened, width, shown):
    """Their words are replaced, titles as whole sentences, which take the lines they need."""
    tab, _ = opened("places", width=width)
    tab.evaluate(TRANSLATE)
    words = tab.evaluate(f"""[...document.querySelectorAll('figure .chart-{shown} :is(p, .labels > *)')]
        .map(word => [word.textContent, word.tagName, word.getBoundingClientRect().width, word.scrollWidth])""")
    assert len(words) > 80 and tab.evaluate("document.querySelectorAll('figure svg text').length") == 0
    assert all(word.startswith("[") and box > 0 for word, _, box, _ in words)
    around = [(word, box, needed) for word, tag, box, needed in words if tag == "P"]
    assert len(around) == 15 and all(word.count("[") == 1 and needed <= box + 1 for word, box, needed in around)


def test_marks_and_keys_follow_the_scheme(opened):
    """Each colour of a drawing, those of its key among them, is another on a dark screen."""
    fills = {}
    for scheme in ("light", "dark"):
        tab, _ = opened("registry", scheme=scheme)
        fills[scheme] = tab.evaluate("""[...document.querySelectorAll('.chart-wide svg path')]
            .map(p => getComputedStyle(p)).map(s => s.fill == 'none' ? s.stroke : s.fill)""")
    assert "rgb(0, 85, 140)" in fills["light"]
    assert not any(light == dark for light, dark in zip(fills["light"], fills["dark"], strict=True))


def test_no_mark_vanishes_where_a_system_forces_its_colours(opened):
    """The pale bars and the words on dark ones keep their colours, on the drawing's own paper."""
    colours = """[...document.querySelectorAll('.chart-wide svg path, .chart-wide .labels > *')]
        .map(part => getComputedStyle(part)).map(s => [s.fill, s.color, s.forcedColorAdjust])"""
    usual, forced = (opened("registry", forced=forced)[0].evaluate(colours) for forced in ("none", "active"))
    pale, paper = "rgb(191, 217, 234)", "rgb(255, 255, 255)"
    for colour in (pale, paper):
        before = [place for place, (fill, _, _) in enumerate(usual) if fill == colour]
        assert before and all(forced[place][0] == colour for place in before)
    assert {adjust for _, _, adjust in forced} <= {"none", "preserve-parent-color"}, (
        "the latter is the browser's for svg"
    )


def test_the_keyboard_reaches_text_and_contents(opened):
    tab, _ = opened("province/guangdong")
    focused = "document.activeElement.getAttribute('href')"
    tab.keyboard.press("Tab")
    assert tab.evaluate(focused) == "#text"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().left >= 0"), "the skip link shows itself"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "text"
    tab, _ = opened("province/xinjiang")
    seen = []
    for _ in range(15):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate(focused))
    assert seen[0] == "#text" and seen[1] == "../index.html"
    links = tab.evaluate("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))")
    assert seen[2:] == links[: len(seen) - 2], "the menu, then the contents"
    assert seen[-1].startswith("#")
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == seen[-1]


def test_a_note_opens_the_list_of_sources_at_its_place(opened):
    tab, _ = opened("province/guangdong")
    note = tab.locator("sup.note a").first
    source = note.get_attribute("href")[1:]
    assert not tab.evaluate(f"document.getElementById('{source}').checkVisibility()")
    note.click()
    tab.wait_for_function(f"document.getElementById('{source}').checkVisibility()")


def test_the_look_up_filters_while_one_types_and_is_honest(opened):
    tab, _ = opened("find")
    rows = "[...document.querySelectorAll('.rows dd')].filter(row => !row.hidden).length"
    heads = (
        "[...document.querySelectorAll('.found :is(h3, dt)')].filter(head => !head.hidden).map(head => head.innerText)"
    )
    all_rows = tab.evaluate(rows)
    whole, told = (tab.locator(".found").first.locator("p").nth(place).inner_text() for place in (0, 1))
    assert re.fullmatch(r"\d+ services", whole) and re.match(r"\d+ of the \d+ services are doubtful", told)
    tab.fill("#box", "腾讯")
    assert 0 < tab.evaluate(rows) < all_rows and tab.inner_text("#said").endswith("fit.")
    assert re.fullmatch(r"[1-9]\d* of \d+ services", tab.inner_text(".found p"))
    assert told in tab.inner_text(".found"), "what its words mean stays"
    tab.fill("#box", "e")
    assert re.fullmatch(r"\d,\d{3} entries fit\.", tab.inner_text("#said"))
    tab.fill("#box", "")
    assert tab.inner_text(".found p") == whole
    tab.fill("#box", "TENCENT list 1")
    assert tab.evaluate(rows) > 0
    tab.fill("#box", "justice hangzhou first internet court")
    assert 0 < tab.evaluate(rows) < 9 and tab.evaluate(heads)[:2] == ["Justice and evidence", "Zhejiang 浙江省"]
    told = "[...document.querySelectorAll('.rows dd:not([hidden]) p')].filter(one => one.checkVisibility()).length"
    tab.fill("#box", "bitmain")
    assert 0 < tab.evaluate(told) == tab.evaluate(rows), "a firm that only the details of an item name"
    tab.fill("#box", "黑龙江")
    assert tab.evaluate(rows) > 1, "news of a province by its Chinese name"
    tab.fill("#box", "nosuchfirm")
    assert tab.evaluate(rows) == 0 and "does not mean that it is not registered" in tab.inner_text("#none")


def test_a_full_register_is_filtered_and_its_names_stay_text(browser, tmp_path):
    """5,000 rows more, one of them hostile, one of 5,000 letters."""
    row = COLLECTION.data.registrations.iloc[0]
    names = [f"公司{number}" for number in range(5000)] + ["<script>document.title = 'run'</script>", "W" * 5000]
    rows = pd.DataFrame([row] * len(names)).assign(entity_zh=names, entity_en="", service_zh="")
    collected = Register()
    collected.__dict__["data"] = replace(COLLECTION.data, registrations=rows)
    (tmp_path / "find.html").write_text(lookup.page(collected), encoding="utf-8")
    tab = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    tab.goto((tmp_path / "find.html").as_uri())
    assert tab.title() != "run"
    tab.fill("#box", "wwwww")
    assert tab.inner_text("#said") == "1 entry fits." and tab.evaluate(WIDER) == [0, []]
    tab.fill("#box", "公司4999")
    assert tab.inner_text("#said") == "1 entry fits."
    tab.fill("#box", "<script>")
    assert tab.inner_text("#said") == "1 entry fits."


def test_no_chart_is_cut_on_paper(opened, sheets):
    """Title and source of each chart stand on one sheet of A4, in the wide drawing."""
    tab, _ = opened("province/guangdong", scheme="dark")
    ends = tab.evaluate("[...document.querySelectorAll('.chart-wide')].map(s => [...s.querySelectorAll('p')]"
                        ".map(t => t.textContent)).map(words => [words[0], words.at(-1)])")  # fmt: skip
    assert len(ends) >= 3
    assert all((round(width), round(height)) == (595, 842) for (width, height), _ in sheets("province/guangdong"))
    for first, last in ends:
        assert any(first in text and last in text for _, text in sheets("province/guangdong")), first


@pytest.mark.parametrize("name", ["province/guangdong", "registry"])
def test_no_word_of_a_table_or_source_is_broken_or_missing_on_paper(opened, sheets, name):
    """Each word of a table, of its rows that are folded away on a screen, and of the publishers of sources stands
    whole in the text of the sheets."""
    tab, _ = opened(name)
    cells = """[...document.querySelectorAll('.table > .scroll table :is(th, td), details.sources b')]
        .filter(cell => !cell.closest('.twin')).map(cell => cell.textContent)"""
    assert tab.evaluate("document.querySelectorAll('details.more').length") > 0
    words = {word for cell in tab.evaluate(cells) for word in re.findall(r"[A-Za-z]{4,20}", cell)}
    assert len(words) > 60
    printed = set(re.findall(r"[A-Za-z]+", " ".join(text for _, text in sheets(name))))
    assert words <= printed, sorted(words - printed)[:20]
