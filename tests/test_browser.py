"""The pages in a real browser: accessible, offline, on a phone, by keyboard, on paper."""

import importlib.resources
import io

import pdfplumber
import pytest

PAGES = [
    "index", "registry", "places", "sectors", "local-government", "policy", "asia",
    "province/guangdong", "province/xinjiang", "sector/gaming",
]  # fmt: skip
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def opened(browser, rendered):
    """Open a page of the rendered ones, at a width and in a colour scheme; all requests made are kept."""
    contexts = {}

    def visit(name, width=1280, scheme="light"):
        if (width, scheme) not in contexts:
            size = {"width": width, "height": 844}
            contexts[width, scheme] = browser.new_context(viewport=size, color_scheme=scheme).new_page()
        tab = contexts[width, scheme]
        requests = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto((rendered / f"{name}.html").as_uri())
        return tab, requests

    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened, name, scheme):
    tab, _ = opened(name, scheme=scheme)
    tab.evaluate(AXE)
    found = tab.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    assert [(one["id"], one["help"], one["nodes"][0]["html"][:200]) for one in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_of_the_network(opened, rendered, name):
    tab, requests = opened(name)
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    beyond = [url for url in requests if not url.startswith("data:")]
    assert beyond == [(rendered / f"{name}.html").as_uri()]


WIDER = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const loose = [...document.querySelectorAll('main *')].filter(part => !part.closest('.scroll, pre, svg') &&
    part.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return [wide, loose.slice(0, 3).map(part => part.outerHTML.slice(0, 100))];
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(opened, name, width):
    tab, _ = opened(name, width=width)
    assert tab.evaluate(WIDER) == [0, []]


def test_wide_tables_scroll_in_their_own_box(opened):
    tab, _ = opened("registry", width=390)
    scrolled = "[...document.querySelectorAll('.table .scroll')].filter(box => box.scrollWidth > box.clientWidth)"
    assert tab.evaluate(f"{scrolled}.length") >= 3
    assert tab.evaluate(f"{scrolled}.every(box => box.tabIndex === 0 && getComputedStyle(box).overflowX === 'auto')")


def test_letters_in_charts_are_as_large_as_promised(opened):
    tab, _ = opened("province/guangdong", width=390)
    assert tab.evaluate("Math.min(...[...document.querySelectorAll('figure > img')].map(i => i.clientWidth))") >= 374


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
    for _ in range(6):
        tab.keyboard.press("Tab")
        seen.append(tab.evaluate(focused))
    assert seen[0] == "#text" and seen[1] == "../index.html"
    assert (
        seen[2:]
        == tab.evaluate("[...document.querySelectorAll('nav.contents a')].map(a => a.getAttribute('href'))")[:4]
    )
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == seen[-1]


def test_a_link_to_a_row_of_a_closed_table_opens_it(opened):
    tab, _ = opened("province/guangdong")
    row = tab.evaluate("document.querySelector('figcaption details tr[id]').id")
    assert not tab.evaluate(f"document.getElementById('{row}').checkVisibility()")
    tab.evaluate(f"location.hash = '{row}'")
    tab.wait_for_function(f"document.getElementById('{row}').checkVisibility()")


@pytest.mark.parametrize("name", ["index", "province/guangdong"])
def test_no_chart_is_cut_on_paper(opened, name):
    """Each picture of the page stands whole on one sheet of A4."""
    tab, _ = opened(name, scheme="dark")
    shown = tab.evaluate("document.querySelectorAll('figure > img, .story img').length")
    with pdfplumber.open(io.BytesIO(tab.pdf(prefer_css_page_size=True, print_background=True))) as paper:
        pictures = [(sheet, image) for sheet in paper.pages for image in sheet.images]
        assert len(pictures) == shown, "a picture cut in two would be counted twice"
        for sheet, image in pictures:
            assert (round(sheet.width), round(sheet.height)) == (595, 842)
            assert image["x0"] >= 0 and image["x1"] <= sheet.width
            assert image["top"] >= 0 and image["bottom"] <= sheet.height
