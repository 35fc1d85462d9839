"""Rendering: the command's contract, whole and equal pages, honest failures."""

import base64
import filecmp
import io
import os
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image, ImageChops

from chainregistry import bounds, cli, collection, downloads, extra
from chainregistry.collection import COLLECTION
from chainregistry.values import day, outlet
from nbpages import Page, batch, catalogue, publish

FIND, CORRECTIONS = Path("find.html"), Path("corrections.html")


def soups(folder):
    return {
        path.relative_to(folder): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def pages(rendered):
    return soups(rendered)


def run(*arguments):
    return CliRunner().invoke(cli.main, ["render", *map(str, arguments)])


def test_the_pages_of_the_contract_exist():
    names = [page.name for page in catalogue.pages(COLLECTION)]
    assert len(names) == len(set(names))
    assert "registry" in names and "province/inner-mongolia" in names
    assert sum(name.startswith("province/") for name in names) == 31


def test_rendered_twice_gives_the_same_bytes(rendered, tmp_path):
    names = ("registry", "province/guangdong", "sector/gaming")
    batch.render(COLLECTION, catalogue.plan(COLLECTION, names, {}), tmp_path, workers=1)
    files = [f"{name}.html" for name in names]
    assert filecmp.cmpfiles(rendered, tmp_path, files, shallow=False) == (files, [], [])


def test_nothing_is_loaded_from_anywhere_and_nothing_runs(pages):
    for name, soup in pages.items():
        scripts = soup.find_all("script")
        assert len(scripts) == (name == FIND) and all(
            len(script.text) < 4000 and not script.attrs for script in scripts
        )
        assert not soup.find_all(["iframe", "object", "embed", "link", "base"]), name
        for tag in soup.find_all(src=True):
            assert tag["src"].startswith("data:"), (name, tag["src"][:80])
        assert not soup.find_all(srcset=True)
        assert "url(" not in soup.style.text and "@import" not in soup.style.text
        assert not [a for tag in soup.find_all() for a in tag.attrs if a.startswith("on")]


def test_every_link_resolves(pages, rendered):
    ids = {name: {tag["id"] for tag in soup.find_all(id=True)} for name, soup in pages.items()}
    for name, soup in pages.items():
        for link in soup.find_all("a", href=True):
            address = urlsplit(link["href"])
            if address.scheme in ("http", "https", "data"):
                continue
            assert not address.scheme, link["href"]
            target = Path(os.path.normpath(name.parent / unquote(address.path))) if address.path else name
            if target.parts[0] == "download":
                assert (rendered / target).is_file()
                continue
            assert target in ids, (name, link["href"])
            assert not address.fragment or unquote(address.fragment) in ids[target], (name, link["href"])


def test_pages_can_be_read_by_everyone(pages):
    for name, soup in pages.items():
        assert soup.html["lang"] == "en" and soup.title.text.strip()
        assert len(soup.find_all("h1")) == 1, name
        levels = [int(head.name[1]) for head in soup.main.find_all(re.compile(r"^h[1-6]$"))]
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)
        assert all(len(image["alt"]) > 20 for image in soup.find_all("img"))
        for table in soup.find_all("table"):
            assert table.caption.text and all(head.text.strip() for head in table.find_all("th"))
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), name


def test_no_cell_holds_nothing_but_an_id(pages):
    for name, soup in pages.items():
        cells = [cell for cell in soup.find_all("td") if re.fullmatch(r"[rcebsnx]\d{2,4}", cell.get_text(strip=True))]
        assert not cells, (name, cells[0].parent)


def test_each_figure_and_table_has_its_numbers_to_download(pages):
    for soup in (soup for name, soup in pages.items() if name not in (FIND, CORRECTIONS, Path("index.html"))):
        names = [link["download"] for link in soup.select("figure a[download], div.table a[download]")]
        assert len(names) == len(set(names))
        for shown in soup.select("figure, div.table"):
            twin = shown.find("a", download=True)
            head, _, content = twin["href"].partition(",")
            assert head == "data:text/csv;charset=utf-8;base64" and twin["download"].endswith(".csv")
            text = base64.b64decode(content).decode()
            assert text.startswith("\ufeff") and "data_version" in text.splitlines()[0], (
                "for Excel, and with its origin"
            )


def test_the_foot_says_how_the_page_was_made(pages, data):
    for soup in pages.values():
        foot = soup.footer.get_text(" ")
        assert data.version in foot and day(data.as_of) in foot and "CC BY 4.0" in foot and "no endorsement" in foot
        if kicker := soup.select_one(".kicker"):
            assert f'"{kicker.text.strip().replace(" · ", ": ")}", in' in soup.footer.text, (
                "a page is cited by its question"
            )
    assert "province = xinjiang" in pages[Path("province/xinjiang.html")].footer.get_text(" ")


def test_every_page_says_in_one_line_how_much_is_known(pages, data):
    for name, soup in pages.items():
        if name not in (FIND, CORRECTIONS):
            assert day(data.as_of) in soup.select_one(".state").text, name
    for name in ("province/xinjiang.html", "places.html"):
        assert re.match(
            r"Nationwide, public sources identify \d+ of at least [\d,]+ registered services",
            pages[Path(name)].select_one(".state").text,
        )


def test_pages_are_light(rendered):
    heavy = {path.name: path.stat().st_size for path in rendered.rglob("*.html") if path.stat().st_size > 300_000}
    assert not heavy and (rendered / "index.html").stat().st_size < 120_000


def test_the_look_up_page_holds_every_row_under_its_heads(rendered, data):
    """Read with the end tags that HTML does not need and a browser adds."""
    text = (rendered / FIND).read_text(encoding="utf-8")
    page = BeautifulSoup(re.sub(r"^<(d[dt])>.*", r"\g<0></\1>", text, flags=re.MULTILINE), "lxml")
    assert all(part.select_one(".small").text.split()[0] == str(len(part("dd"))) for part in page.select(".found"))
    names = {name for details in page.select("dd p") for name in details.extract().text.strip().split("; ")}
    assert "Bitmain" in names and "Tencent" in names
    shown = {one.text.strip() for one in page.select("dd, dd b")}
    assert set(data.regions.name_en + " " + data.regions.name_zh) <= shown
    told = {" (inferred)": data.events.date_inferred, ", doubtful": data.events.confidence == "low"}
    marks = [column.map({True: words, False: ""}) for words, column in told.items()]
    assert set(data.events.title + " · " + data.events.date.map(day) + marks[0] + marks[1]) <= shown
    label, code = data.sectors.set_index("sector").label, data.regions.set_index("province_code")
    name = code.name_en + " " + code.name_zh
    country = data.dated.country.replace({"China": "China, no single province"})
    place = data.dated.province_code.map(name).fillna(country)
    items = data.dated.assign(field=data.dated.sector.map(label), place=place)
    where = dict(zip(items.title, zip(items.field, items.place, strict=True), strict=True))
    for field in page.select("h3"):
        for row in field.find_next_sibling("dl")("dd"):
            place = row.find_previous_sibling("dt").text.strip()
            assert where[row.text.strip().rpartition(" · ")[0]] == (field.text, place)
    web = data.sources.url[data.sources.url.str.match("https?://")]
    assert set(web) <= {link["href"] for link in page.select("dd a")}


def test_all_data_can_be_taken_away(rendered, data):
    with zipfile.ZipFile(rendered / downloads.ARCHIVE) as packed:
        names = {Path(name).name: packed.read(name) for name in packed.namelist()}
    assert (
        names["events.csv"] == (data.folder / "events.csv").read_bytes() and data.version in names["VERSION"].decode()
    )
    sheets = pd.read_excel(rendered / downloads.WORKBOOK, sheet_name=None, dtype=str, keep_default_na=False)
    assert len(sheets["registrations"]) == len(data.registrations) and data.version in sheets["about"].to_string()
    assert downloads.workbook(data) == (rendered / downloads.WORKBOOK).read_bytes(), "the same bytes each time"


def test_corrections_are_one_link_away(pages, data):
    assert all(soup.footer.find("a", href=re.compile("corrections.html$")) for soup in pages.values())
    text = (data.folder / "README.md").read_text(encoding="utf-8")
    folded = pages[CORRECTIONS].select("main > details ul li")
    shown = [item for item in pages[CORRECTIONS].select("main ul li") if item not in folded]
    for title, items in ((extra.TOLD, shown), (extra.ROWS, folded)):
        part = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        assert len(items) == len(re.findall(r"^\* ", part, re.MULTILINE)) > 0, title


def test_corrections_stand_the_latest_first_within_a_day_too():
    told = [
        "## A",
        "* 2026-01-01: one.",
        "* 2026-01-02: *two*.",
        "* 2026-01-02: `c` <b>. Rows: r1.",
        "## B",
        "* 2026-01-03: no.",
    ]
    text = "\n".join(told)
    (late, three, two), (early, one) = [(day, *changes) for day, changes in extra.dated(text, "A")]
    assert (late, early, one, two) == ("2026-01-02", "2026-01-01", "one.", "<em>two</em>.")
    assert three == "<code>c</code> &lt;b&gt;. <details><summary>Rows</summary>r1.</details>"
    assert extra.dated(text, "C") == []


def test_every_page_can_be_shared(pages, rendered):
    for name, soup in pages.items():
        about = soup.find("meta", {"name": "description"})["content"]
        sentence = soup.find("meta", property="og:description")["content"]
        assert sentence and about.startswith(sentence) and sentence[-1] in ".?", name
        assert soup.find("meta", {"name": "twitter:card"}) and not soup.find("meta", property="og:image"), name
    assert not list(rendered.rglob("*.png")), "nobody would find them without an address"


@pytest.fixture
def addressed(monkeypatch):
    """The collection with an address for its pages in CITATION.cff, and how the stored notebook of a page is shared."""
    told = collection.citation() | {"url": "https://example.org/register/"}
    monkeypatch.setattr(collection, "citation", lambda: told)

    def share(name, change=lambda notebook: None):
        page = next(page for page in catalogue.pages(COLLECTION) if page.name == name)
        notebook = nbformat.read(COLLECTION.notebooks / page.notebook, as_version=4)
        change(notebook)
        files = COLLECTION.beside_page(page, notebook)
        return files, BeautifulSoup(publish.html(page, notebook, COLLECTION), "html.parser")

    return share


@pytest.mark.parametrize("name", ["june-2019", "asia", "official-lists", "province/tibet", "sector/judiciary"])
def test_with_an_address_every_page_has_its_picture(addressed, name):
    """Its name and size are what the page says; official-lists has no chart, the first one of asia is too tall."""
    (path, content), *others = addressed(name)[0].items()
    soup = addressed(name)[1]
    told = lambda key: soup.find("meta", property=f"og:{key}")["content"]  # noqa: E731
    assert not others and told("image") == f"https://example.org/register/{path}" and path == f"{name}.png"
    assert soup.find("meta", {"name": "twitter:card"})["content"] == "summary_large_image"
    assert content == addressed(name)[0][path] and len(content) < 60_000
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (int(told("image:width")), 630))
    drawn = ImageChops.invert(picture.convert("L"))
    assert drawn.crop((0, 0, 1200, 40)).getbbox() is None and drawn.crop((1165, 0, 1200, 630)).getbbox() is None
    assert bool(drawn.crop((620, 280, 1200, 540)).getbbox()) == bool(soup.find("figure"))


def test_a_picture_shows_statement_and_chart_of_its_page(addressed):
    def renamed(notebook):
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if "<h1" in output.get("data", {}).get("text/html", ""):
                    output.data["text/html"] = "<h1>Another statement 北京</h1>"

    def recounted(notebook):
        output = next(o for cell in notebook.cells for o in cell.get("outputs", []) if "text/csv" in o.get("data", {}))
        output.data["text/csv"] = output.data["text/csv"].replace("233", "133")

    def picture(change=lambda notebook: None):
        return Image.open(io.BytesIO(addressed("places", change)[0]["places.png"])).convert("RGB")

    def differs(one):
        """Pixels in the left and right half that differ by more than what the choice of a palette does."""
        other = np.abs(np.asarray(picture(), int) - np.asarray(one, int)).max(axis=2) > 60
        return other[:, :600].sum(), other[:, 600:].sum()

    left, right = differs(picture(renamed))
    assert left > 5000 and right < left / 50, "the words alone"
    left, right = differs(picture(recounted))
    assert right > 1000 and left < right / 50, "the chart alone"


def test_the_front_page_has_a_picture_and_what_is_no_notebook_shares_it(addressed):
    picture = Image.open(io.BytesIO(COLLECTION.beside_front()["index.png"]()))
    assert picture.size == (1200, 630) and picture.mode == "P"
    for name in ("index", *COLLECTION.extra):
        assert 'content="https://example.org/register/index.png"' in collection.shared(name)


def test_pages_are_made_again_when_their_address_changes(addressed):
    assert "example.org" in COLLECTION.version()


def test_the_map_uses_the_counts_that_say_which_lists_they_cover(tmp_path, data):
    """As the headlines of the provinces do; with all counts Shanghai would have one number."""
    page = COLLECTION.front_page(tmp_path)
    told = BeautifulSoup(page, "html.parser").find(id="province").find_next("p").text
    assert "The map uses the counts that say which lists they cover" in told
    model = bounds.Model(data)
    firm, known = bounds.without_inferred(model).between("31", 1, 3), model.between("31", 1, 3)
    assert f">{firm.low}–{firm.high}<" in page and firm.width > known.width == 0


def test_what_pages_are_headed_with_is_text_on_the_front_page(tmp_path):
    about = "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;"
    head = f'<title>{about}</title><meta name="description" content="{about}"><style></style>'
    (tmp_path / "places.html").write_text(head, encoding="utf-8")
    front = BeautifulSoup(COLLECTION.front_page(tmp_path), "html.parser")
    assert not front.find_all("script") and "<script>alert(1)</script> &amp;" in front.text


def test_everything_can_be_looked_up(pages, data):
    text = "".join(pages[FIND].main.get_text("").split())
    for words in (
        data.registrations.entity_zh,
        data.events.title,
        data.sources.publisher.map(outlet),
        data.regions.name_zh,
    ):
        assert all("".join(word.split()) in text for word in words), words.name


def test_a_province_without_data_says_so(pages):
    main = pages[Path("province/xinjiang.html")].main
    text = " ".join(part.get_text(" ") for part in main.select(".said, .prose, table"))
    assert "1 project of another body" in " ".join(text.split())
    assert not main.select("table caption:-soup-contains('services that')") and len(main.select("h2[id]")) == 5
    assert "nan" not in text and "None" not in text and "<NA>" not in text


def test_code_is_folded_and_contents_are_listed(pages):
    soup = pages[Path("registry.html")]
    assert len(soup.select("details.code")) >= 8 and not soup.select("details[open]")
    assert len(soup.select("nav.contents li")) == len(soup.select("main h2[id]"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["regsitry"], "did you mean 'registry'"),
        (["province/atlantis"], "there is no page 'province/atlantis'"),
        (["registry", "-p", "colour", "red"], "has no parameter 'colour'; it has confidence, last_list"),
        (["registry", "-p", "confidence", "meduim"], "did you mean 'medium'"),
        (["registry", "-p", "last_list", "many"], "last_list must be a whole number, not 'many'"),
        (["province/tibet", "-p", "province", "beijing"], "fixes province = tibet"),
        (["asia", "-p", "since", "2025", "-p", "until", "2016"], "until must not be before since: 2016 is before 2025"),
    ],
)
def test_what_does_not_exist_is_refused_before_anything_runs(tmp_path, arguments, words):
    result = run(*arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "out").exists()


def test_list_prints_pages_and_runs_nothing():
    result = run("--list")
    assert result.exit_code == 0
    assert "province/tibet  notebooks/province.ipynb  province=tibet" in result.output


def test_a_failed_page_is_listed_and_the_status_is_one(tmp_path, monkeypatch):
    notebook = tmp_path / "bad.ipynb"
    nbformat.write(
        new_notebook(
            cells=[new_code_cell("1/0", metadata={"tags": ["answer"]})],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        ),
        notebook,
    )
    page = Page("bad", str(notebook))
    monkeypatch.setattr(catalogue, "plan", lambda collection, names, given: [page])
    result = run("bad", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "failed: bad: cell 1: ZeroDivisionError: division by zero" in result.output
    assert "0 of 1 pages rendered" in result.output
