"""The HTML of pages and of the front page: one file each, without scripts, loading nothing from elsewhere."""

import os
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from chainregistry import data as data_package
from chainregistry import quickstart  # noqa: F401  (before the first import of nbformat)
from chainregistry.catalogue import Page, pages

SITE = "China's blockchain register: the open record"
NOTICE = (
    "The regulator says with each list that a registration is no endorsement of the registrant, its products or its "
    "services. A service that is not named here may well be registered: the public record is partial."
)
TEMPLATES = Path(__file__).resolve().parent / "template"
PREAMBLE = {"parameters", "injected-parameters", "setup", "title", "card"}
"""Tags of the cells whose code stands at the foot of the page."""


class NotebookError(ValueError):
    """A notebook lacks what a page needs."""


@cache
def _exporter():
    from nbconvert.exporters import HTMLExporter

    return HTMLExporter(template_name="page", extra_template_basedirs=[str(TEMPLATES)], anchor_link_text="")


def html(page: Page, notebook, data: data_package.Data) -> str:
    """The page of an executed notebook: one file, no script, nothing loaded from elsewhere."""
    from bs4 import BeautifulSoup

    stem = ("SIMULATED-" if data.simulated else "") + page.name.replace("/", "-")
    twins = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/csv" in output.get("data", {}):
                twins += 1
                output.metadata["csv_name"] = f"{stem}-{twins}.csv"
    body, _ = _exporter().from_notebook_node(
        notebook,
        resources={
            "page": {
                "title": ("SIMULATED: " if data.simulated else "") + title(notebook),
                "simulated": data.simulated,
                "description": answer(notebook),
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
    body = re.sub(r'<a class="anchor-link" href="[^"]*"></a>', "", body)
    known, up = addresses(data), "../" * page.name.count("/")
    body = re.sub(r'href="([\w-]+\.ipynb)"', lambda link: f'href="{up}{known.get(link[1], "index.html")}"', body)
    heads = [head for head in BeautifulSoup(body, "html.parser").select("main h2") if head.get("id")]
    items = "".join(f'<li><a href="#{head["id"]}">{escape(head.get_text())}</a></li>' for head in heads)
    return body.replace("<!--contents-->", f"<ol>{items}</ol>")


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
    """The front page: every page of ``pages.yaml`` that stands below ``out``."""
    import jinja2
    from markupsafe import Markup

    from chainregistry import bounds, register

    made = [head for page in pages(data) if (head := _head(out, page.name))]
    groups: dict[str, list[dict]] = {}
    for head in made:
        groups.setdefault(head["name"].partition("/")[0] if "/" in head["name"] else "", []).append(head)
    model, last = bounds.Model(data), 3
    by_slug = data.regions.set_index("slug")
    tiles = []
    for head in groups.pop("province", []):
        region = by_slug.loc[head["name"].partition("/")[2]]
        place = {"row": region.grid_row + 1, "column": region.grid_col + 1, "title": region.name_en}
        tiles.append({**head, **place, "text": str(model.between(region.province_code, 1, last))})
    research = groups.pop("", [])
    named, listed = len(data.named()), register.at_least(data)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    text = environment.get_template("index.html.j2").render(
        site=SITE,
        style=Markup(_style()),
        lead=next((head for head in research if head["name"] == "registry"), None),
        research=research,
        provinces=tiles,
        span=f"1 to {last}",
        others=[{"name": name, "title": f"{name.capitalize()}s", "pages": heads} for name, heads in groups.items()],
        completeness=(
            f"The record is partial: {named} registrations are named in public sources that this project could read, "
            f"of at least {listed:,} that the regulator has listed. "
            + (f"Of its lists {len(data.complete)} have been imported and are complete. " if data.complete else "")
            + "Pages tell apart what is named, what others have counted, and what follows from both."
        ),
        as_of=data.as_of,
        version=data.version,
        simulated=data.simulated,
        notice=NOTICE,
    )
    write(out / "index.html", text)


def _head(out: Path, name: str) -> dict | None:
    """Title and description of a page that has been made."""
    from bs4 import BeautifulSoup

    path = out / f"{name}.html"
    if not path.is_file():
        return None
    with open(path, encoding="utf-8") as file:
        head = BeautifulSoup(file.read(4000).partition("<style>")[0], "html.parser")
    return {
        "name": name,
        "title": head.title.get_text(),
        "description": head.find("meta", {"name": "description"})["content"],
    }


@cache
def _style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
