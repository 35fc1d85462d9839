"""The HTML of pages and of the front page: one file each, without scripts, loading nothing from elsewhere."""

import io
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from chainregistry import data as data_package
from chainregistry import (
    layers,
    palette,
    prose,
    quickstart,  # noqa: F401  (before the first import of nbformat)
)
from chainregistry.catalogue import Page, pages

SITE = "China's blockchain register: the open record"
NOTICE = (
    "The regulator says with each list that a registration is no endorsement of the registrant, its products or its "
    "services. A service that is not named here may well be registered: the public record is partial."
)
TEMPLATES = Path(__file__).resolve().parent / "template"
ROW = r"[rce]\d{3,4}"
"""Id of a row of registrations, published counts or events."""
CHINESE = re.compile(r"[㐀-鿿豈-﫿](?:[\w·《》、，。（）]*[㐀-鿿豈-﫿）])?")
SHORT = 40
"""Most rows of a chart that the page shows as a table too; more are there to download."""
PREAMBLE = {"parameters", "injected-parameters", "setup", "title", "card"}
"""Tags of the cells whose code stands at the foot of the page."""


class NotebookError(ValueError):
    """A notebook lacks what a page needs."""


@cache
def _exporter():
    from nbconvert.exporters import HTMLExporter, TemplateExporter
    from nbconvert.filters import Highlight2HTML

    class PageExporter(HTMLExporter):
        """Without a second pass over the page, which takes longer than all the rest and would change nothing.

        HTMLExporter parses its own page to set alternative texts and tab stops; this template has them.
        """

        def from_notebook_node(self, notebook, resources):
            self.register_filter("highlight_code", lambda source, **how: highlighted(source))
            return TemplateExporter.from_notebook_node(self, notebook, self._init_resources(resources))

    highlighted = lru_cache(Highlight2HTML(pygments_lexer="python"))  # pages of a kind have most cells in common
    folder = str(TEMPLATES)
    return PageExporter(
        template_name="page", extra_template_basedirs=[folder], extra_template_paths=[folder], anchor_link_text=""
    )


def html(page: Page, notebook, data: data_package.Data) -> str:
    """The page of an executed notebook: one file, no script, nothing loaded from elsewhere."""
    group, _, name = page.name.partition("/")
    of = {group: name} if group in ("province", "sector") else {}
    of |= {"confidence": page.parameters["confidence"]} if "confidence" in page.parameters else {}
    _number_outputs(notebook, ("SIMULATED-" if data.simulated else "") + page.name.replace("/", "-"))
    body, _ = _exporter().from_notebook_node(
        notebook,
        resources={
            "page": {
                "title": ("SIMULATED: " if data.simulated else "") + title(notebook),
                "kicker": _kicker(data, group, name),
                "simulated": data.simulated,
                "description": answer(notebook),
                "known": layers.known(data, **of),
                "sources": any(re.search(r"^## Sources$", text, re.MULTILINE) for text in _texts(notebook)),
                "site": SITE,
                "notice": NOTICE,
                "style": _style(),
                "root": "../" * page.name.count("/"),
                "notebook": page.notebook,
                "parameters": page.parameters,
                "as_of": data.as_of,
                "version": data.version,
                "preamble": PREAMBLE,
            }
        },
    )
    body = re.sub(r'<a class="anchor-link" href="[^"]*" />', "", body)
    known, up = addresses(data), "../" * page.name.count("/")
    body = re.sub(r'href="([\w-]+\.ipynb)"', lambda link: f'href="{up}{known.get(link[1], "index.html")}"', body)
    body = re.sub(r'href="(province|sector):([\w-]+)"', rf'href="{up}\1/\2.html"', body)  # names in charts
    body = re.sub(r'<span class="(?!(?:k|kn|kc|ow|c1)")\w+">([^<]*)</span>', r"\1", body)  # code without a style
    body = _mark_chinese(_link_rows(body))
    heads = re.findall(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', body)
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in heads)
    return body.replace("<!--contents-->", f"<ol>{items}</ol>")


def _number_outputs(notebook, stem: str) -> None:
    """Give each table and figure its place on the page, the name of its CSV twin, and a short figure its numbers."""
    twins = figures = 0
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "text/csv" in output.get("data", {}):
            twins += 1
            output.metadata["csv_name"] = f"{stem}-{twins}.csv"
        if "image/svg+xml" in output.get("data", {}):
            figures += 1
            about = output.metadata["image/svg+xml"]
            rows = pd.read_csv(io.StringIO(output.data["text/csv"]))
            output.metadata["figure"] = {"number": figures, "chart": json.dumps(about["chart"], ensure_ascii=False)}
            if len(rows) <= SHORT:
                rows = rows.rename(columns=lambda name: name.replace("_", " "))
                output.metadata["figure"]["table"] = prose.markup(rows, "Numbers of the chart")


def _kicker(data: data_package.Data, group: str, name: str) -> str:
    """What kind of page it is: for a province its name in both languages."""
    if group == "province" and name:
        place = data.province(name)
        return f"{place.name_en} {place.name_zh}"
    return f"Sector: {data.sectors.set_index('sector').label[name]}" if group == "sector" and name else "Research page"


def _link_rows(body: str) -> str:
    """Ids of rows become anchors where their row stands, and links to it everywhere else in the tables."""
    anchors = set()

    def anchor(row: re.Match) -> str:
        if row[1] in anchors:
            return row[0]
        anchors.add(row[1])
        return f'<tr id="{row[1]}">'

    def link(cell: re.Match) -> str:
        return re.sub(ROW, lambda row: f'<a href="#{row[0]}">{row[0]}</a>' if row[0] in anchors else row[0], cell[0])

    body = re.sub(rf"<tr>(?=<td>({ROW})</td>)", anchor, body)
    return re.sub(rf"<td>{ROW}(?:, {ROW})*</td>", link, body)


def _mark_chinese(body: str) -> str:
    """The page with its Chinese words marked as Chinese; attributes, style and title cannot be marked."""
    parts = re.split(r"(<style>.*?</style>|<title.*?</title>|<svg.*?</svg>|<[^>]*>)", body, flags=re.DOTALL)
    for place in range(0, len(parts), 2):  # texts stand between tags
        if not (place and 'lang="zh"' in parts[place - 1]):
            parts[place] = CHINESE.sub(r'<span lang="zh">\g<0></span>', parts[place])
    return "".join(parts)


def addresses(data: data_package.Data) -> dict[str, str]:
    """Where a link from one notebook to another leads on the pages: its page, or the index for a group of pages."""
    made: dict[str, list[str]] = {}
    for page in pages(data):
        made.setdefault(page.notebook, []).append(f"{page.name}.html")
    return {notebook: names[0] if len(names) == 1 else "index.html" for notebook, names in made.items()}


def title(notebook) -> str:
    """First level-one heading, typed or computed."""
    for text in _texts(notebook):
        if found := re.search(r"^# (.+)$", text, re.MULTILINE):
            return found[1].strip()
    raise NotebookError("the notebook has no level-one heading")


def answer(notebook) -> str:
    """The computed sentences that answer the notebook's question: the output of its cell tagged "answer"."""
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []):
            return " ".join(output.data["text/plain"] for output in cell.outputs if "data" in output)
    return ""


def _texts(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("data", {}).get("text/markdown", "")


def write_index(out: Path, data: data_package.Data) -> None:
    """The front page of the pages of ``pages.yaml`` that stand below ``out``, be they all or a few."""
    import jinja2
    from markupsafe import Markup

    from chainregistry import front

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    stories = front.stories(out, data)
    single = {page.name for page in pages(data) if "/" not in page.name}
    others = [page.name for page in pages(data) if page.name.partition("/")[0] not in {"province", "sector"} | single]
    text = environment.get_template("index.html.j2").render(
        site=SITE,
        style=Markup(_style()),
        lead=next((story for story in stories if story["name"] == "registry"), None),
        stories=stories,
        known=layers.known(data),
        provinces=front.provinces(out, data),
        key=front.key(),
        span=f"1 to {front.span(data)}",
        sectors=front.sectors(out, data),
        others=[{"name": name, **made} for name in others if (made := front.head(out / f"{name}.html"))],
        news=front.news(data),
        picture=(out / "social.png").is_file(),
        as_of=data.as_of,
        version=data.version,
        simulated=data.simulated,
        notice=NOTICE,
    )
    write(out / "index.html", _mark_chinese(text))


@cache
def _style() -> str:
    return palette.css() + "\n" + (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()


def write(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    data_package.write(path, text.encode("utf-8"))
