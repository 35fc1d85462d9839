"""The HTML of pages: one file each, without scripts, loading nothing from elsewhere."""

import base64
import csv
import html as markup
import io
import json
import re
import struct
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from nbpages.catalogue import pages
from nbpages.collection import Collection, Page
from nbpages.notebook import NotebookError

TEMPLATES = Path(__file__).resolve().parent / "template"
SHORT = 40
"""Most rows of a chart that the page shows as a table too; more are there to download."""
COURSE = "course"
"""Tag of the cells that stay in the notebook: exercises, what one will learn."""
LINK = re.compile(r'<a( [^>]*?)?href="page:([^"#]*)(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)
"""A link to another page of the collection, such as page:province/tibet."""


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
        template_name="page",
        extra_template_basedirs=[folder],
        extra_template_paths=[folder],
        anchor_link_text="",
        default_preprocessors=[],  # none has anything to do here, and the notebook is validated after each
    )


def html(page: Page, notebook, collection: Collection) -> str:
    """The page of an executed notebook: one file, no script, nothing loaded from elsewhere."""
    _shows_answer(notebook)
    notebook.cells = [cell for cell in notebook.cells if COURSE not in cell.metadata.get("tags", [])]
    _silence(notebook)
    head, question = title(notebook), _question(notebook)
    beside = collection.beside(page, question or head)
    _number_outputs(notebook, (f"{beside.mark}-" if beside.mark else "") + page.name.replace("/", "-"), collection)
    up = "../" * page.name.count("/")
    about = answer(notebook) or f"{head}."
    body, _ = _exporter().from_notebook_node(
        notebook,
        resources={
            "page": {
                "title": (f"{beside.mark}: " if beside.mark else "") + head,
                "question": question,
                "description": about,
                "sentence": sentence(about),
                "beside": beside,
                "menu": collection.menu,
                "name": page.name,
                "sources": any(re.search(r"^## Sources$", text, re.MULTILINE) for text in _texts(notebook)),
                "site": collection.site,
                "notice": collection.notice,
                "style": collection.style(),
                "root": up,
                "notebook": page.notebook,
                "parameters": page.parameters,
            }
        },
    )
    body = re.sub(r'<a class="anchor-link" href="[^"]*" />', "", body)
    known = addresses(collection)
    body = re.sub(r'href="([\w-]+\.ipynb)"', lambda link: f'href="{up}{known.get(link[1], "index.html")}"', body)
    body = linked(body, collection, up)
    body = re.sub(r'<span class="(?!(?:k|kn|kc|ow|c1)")\w+">([^<]*)</span>', r"\1", body)  # code without a style
    body = collection.finish(body)
    heads = re.findall(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', body)
    items = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in heads)
    return body.replace("<!--contents-->", f"<ol>{items}</ol>")


def _silence(notebook) -> None:
    """Take out the words of each section whose code shows nothing: with nothing to show there is nothing to explain.

    A section begins with a second-level heading; one without code says what it says. The code stays.
    """
    sections: list[list] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            sections.append([])
        sections[-1].append(cell)
    for section in sections[1:]:
        code = [cell for cell in section if cell.cell_type == "code"]
        if code and not any(cell.outputs for cell in code):
            for cell in section:
                cell.source = "" if cell.cell_type == "markdown" else cell.source


def _number_outputs(notebook, stem: str, collection: Collection) -> None:
    """Give each table and figure its place on the page, the name of its CSV twin, and a short figure its numbers."""
    twins = figures = 0
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "text/csv" in output.get("data", {}):
            twins += 1
            output.metadata["csv_name"] = f"{stem}-{twins}.csv"
            output.metadata["csv"] = "\ufeff" + collection.twin(output.data["text/csv"])  # Excel wants the mark
        picture = next((kind for kind in ("image/svg+xml", "image/png") if kind in output.get("data", {})), "")
        if picture:
            figures += 1
            about = output.metadata.setdefault(picture, {})
            if picture == "image/png":
                width, height = struct.unpack(">II", base64.b64decode(output.data[picture])[16:24])
                about["height"] = round(about.setdefault("width", width) * height / width)
            output.metadata["figure"] = {"number": figures}
            if "chart" in about:
                output.metadata["figure"]["chart"] = json.dumps(about["chart"], ensure_ascii=False)
            text = output.data.get("text/csv", "")
            if text and len(list(csv.reader(io.StringIO(text)))) - 1 <= SHORT:
                output.metadata["figure"]["table"] = collection.table(text, about.get("chart"))


def addresses(collection: Collection) -> dict[str, str]:
    """Where a link from one notebook to another leads on the pages: its page, or the index for a group of pages.

    Of several pages the one that is named like the notebook is its page.
    """
    made: dict[str, list[str]] = {}
    for page in pages(collection):
        made.setdefault(page.notebook, []).append(f"{page.name}.html")
    own = {notebook: f"{Path(notebook).stem}.html" for notebook in made}
    return {
        notebook: names[0] if len(names) == 1 else own[notebook] if own[notebook] in names else "index.html"
        for notebook, names in made.items()
    }


def linked(body: str, collection: Collection, up: str) -> str:
    """HTML in which links to pages of the collection have their path; those to pages that it has not are words."""
    names = {page.name for page in pages(collection)} | {"index", *collection.extra}

    def link(found: re.Match) -> str:
        before, name, place, after, words = found.groups(default="")
        return f'<a{before or " "}href="{up}{name}.html{place}"{after}>{words}</a>' if name in names else words

    return LINK.sub(link, body)


def title(notebook) -> str:
    """The statement that heads the page, as plain text: a computed level-one heading, else the typed one."""
    typed = ""
    for text in _texts(notebook):
        if found := re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL):
            return " ".join(markup.unescape(re.sub(r"<[^>]*>", "", found[1])).split())
        if found := re.search(r"^# (.+)$", text, re.MULTILINE):
            typed = typed or found[1].strip()
    if not typed:
        raise NotebookError("the notebook has no level-one heading")
    return typed


def _question(notebook) -> str:
    """The typed heading of a notebook whose answer is headed by a statement; it is taken out of the text."""
    if not any("<h1" in text for text in _texts(notebook)):
        return ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := re.search(r"^# (.+)\n?", cell.source, re.MULTILINE)):
            cell.source = cell.source.replace(found[0], "", 1)
            return found[1].strip()
    return ""


def _shows_answer(notebook) -> None:
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []) and not cell.outputs:
            raise NotebookError('the cell tagged "answer" shows nothing')


def answer(notebook) -> str:
    """The computed sentences that answer the notebook's question: the output of its cell tagged "answer"."""
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []):
            said = (output for output in cell.outputs if "<h1" not in output.get("data", {}).get("text/html", ""))
            return " ".join(filter(None, map(_said, said)))
    return ""


def sentence(said: str) -> str:
    """The first sentence of an answer, for those who share the page."""
    first = re.match(r'.*?[.!?](?=\s+["“(]?[A-Z]|\s*$)', said, re.DOTALL)
    return first[0] if first else said


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
            data = output.get("data", {})
            yield "" if "text/csv" in data else data.get("text/markdown", "") or data.get("text/html", "")
