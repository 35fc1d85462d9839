"""The HTML of pages: one file each, without scripts, loading nothing from elsewhere."""

import base64
import csv
import io
import json
import re
import struct
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from nbpages.catalogue import pages
from nbpages.collection import Collection, Page

TEMPLATES = Path(__file__).resolve().parent / "template"
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


def html(page: Page, notebook, collection: Collection) -> str:
    """The page of an executed notebook: one file, no script, nothing loaded from elsewhere."""
    beside = collection.beside(page)
    _number_outputs(notebook, (f"{beside.mark}-" if beside.mark else "") + page.name.replace("/", "-"), collection)
    body, _ = _exporter().from_notebook_node(
        notebook,
        resources={
            "page": {
                "title": (f"{beside.mark}: " if beside.mark else "") + title(notebook),
                "description": answer(notebook),
                "beside": beside,
                "sources": any(re.search(r"^## Sources$", text, re.MULTILINE) for text in _texts(notebook)),
                "site": collection.site,
                "notice": collection.notice,
                "style": collection.style(),
                "root": "../" * page.name.count("/"),
                "notebook": page.notebook,
                "parameters": page.parameters,
                "preamble": PREAMBLE,
            }
        },
    )
    body = re.sub(r'<a class="anchor-link" href="[^"]*" />', "", body)
    known, up = addresses(collection), "../" * page.name.count("/")
    body = re.sub(r'href="([\w-]+\.ipynb)"', lambda link: f'href="{up}{known.get(link[1], "index.html")}"', body)
    body = re.sub(r'<span class="(?!(?:k|kn|kc|ow|c1)")\w+">([^<]*)</span>', r"\1", body)  # code without a style
    body = collection.finish(body)
    heads = re.findall(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', body)
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in heads)
    return body.replace("<!--contents-->", f"<ol>{items}</ol>")


def _number_outputs(notebook, stem: str, collection: Collection) -> None:
    """Give each table and figure its place on the page, the name of its CSV twin, and a short figure its numbers."""
    twins = figures = 0
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "text/csv" in output.get("data", {}):
            twins += 1
            output.metadata["csv_name"] = f"{stem}-{twins}.csv"
        if "image/png" in output.get("data", {}):
            figures += 1
            width, height = struct.unpack(">II", base64.b64decode(output.data["image/png"])[16:24])
            about = output.metadata.setdefault("image/png", {})
            about["height"] = round(about.setdefault("width", width) * height / width)
            output.metadata["figure"] = {"number": figures}
            if "chart" in about:
                output.metadata["figure"]["chart"] = json.dumps(about["chart"], ensure_ascii=False)
            text = output.data.get("text/csv", "")
            if text and len(list(csv.reader(io.StringIO(text)))) - 1 <= SHORT:
                output.metadata["figure"]["table"] = collection.table(text)


def addresses(collection: Collection) -> dict[str, str]:
    """Where a link from one notebook to another leads on the pages: its page, or the index for a group of pages."""
    made: dict[str, list[str]] = {}
    for page in pages(collection):
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
            return " ".join(filter(None, map(_said, cell.outputs)))
    return ""


def _said(output) -> str:
    """An output as plain text; the plain text of an object of IPython's names its class only."""
    data = output.get("data", {})
    plain = data.get("text/plain", "") or output.get("text", "")
    return data.get("text/markdown", "") if plain.startswith("<IPython.core.display.") else plain


def _texts(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", []):
            yield output.get("data", {}).get("text/markdown", "")
