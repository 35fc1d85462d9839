"""Brings up to date what is generated and committed: ``python -m chainregistry.documents``.

In this order: the hashes in ``datapackage.json``, the outputs stored in the notebooks, the student editions of the
lessons, the data dictionary in ``data/README.md``, the generated parts of ``README.md`` and of the teacher's page, and
the two pictures. A test compares each with its source.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from PIL import Image

from chainregistry import charts, layers, lessons, record, register
from chainregistry import data as data_package
from chainregistry.collection import COLLECTION, ROOT
from nbpages import Page, catalogue, files, publish, render

OVERVIEW = ROOT / "reports" / "overview.png"
"""Picture of the README."""
SOCIAL = ROOT / "reports" / "social.png"
"""Picture that links to the front page are shown with."""


def main() -> None:
    write(ROOT / "data" / "datapackage.json", hashed(ROOT / "data"))
    for path in notebooks():
        write(path, executed(path))
    lessons.write(lessons.STUDENT, replace=True)
    for path, sections in generated().items():
        write(path, with_sections(path.read_text(encoding="utf-8"), sections))
    OVERVIEW.write_bytes(charts.png(overview()))
    SOCIAL.write_bytes(charts.png(social()))


def notebooks() -> list[Path]:
    """All notebooks of the collection that are run; not the student editions, which wait for answers."""
    found = (ROOT / "notebooks").rglob("*.ipynb")
    return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts and lessons.STUDENT not in p.parents)


def executed(path: Path, kernel: str = "") -> str:
    """The text of a notebook run afresh, as it is committed.

    A cell tagged "nbval-ignore-output" keeps no output: no test compares it, and widgets carry random ids.
    """
    notebook = render.execute(Page(path.stem, str(path.relative_to(COLLECTION.notebooks))), COLLECTION, kernel=kernel)
    for cell in notebook.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            cell.outputs = []
    notebook.metadata.pop("widgets", None)
    return nbformat.writes(notebook) + "\n"


def hashed(folder: Path) -> str:
    """``datapackage.json`` with the present hash of each table."""
    package = data_package.describe(folder)
    for resource in package["resources"]:
        resource["hash"] = f"sha256:{data_package.sha256(folder / resource['path'])}"
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def generated() -> dict[Path, dict[str, str]]:
    """Text of each generated section, by file and by the name of the section."""
    data = record.load(ROOT / "data")
    return {
        ROOT / "data" / "README.md": {"dictionary": dictionary(data)},
        ROOT / "README.md": {
            "findings": findings(),
            "pages": page_table(),
            "completeness": completeness(data),
            "links": lessons.links(),
        },
        lessons.SOURCE / "README.md": {"contents": lessons.contents(), "points": lessons.points()},
    }


def with_sections(text: str, sections: dict[str, str]) -> str:
    """The text with what stands between ``<!-- name -->`` and ``<!-- /name -->`` replaced."""
    for name, section in sections.items():
        marks = re.compile(rf"(<!-- {name}\b[^>]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not marks.search(text):
            raise ValueError(f"no section {name!r} to fill")
        text = marks.sub(lambda found, section=section: f"{found[1]}{section}\n{found[2]}", text)
    return text


def findings() -> str:
    """The answers stored in the research notebooks that have a page of their own, one paragraph each."""
    paragraphs = []
    for name, notebook in _stored().items():
        if name in _single_pages():
            paragraphs.append(f"**{publish.title(notebook)}** {publish.answer(notebook)}")
    return "\n\n".join(paragraphs)


def page_table() -> str:
    """Which notebook makes which pages with which parameters."""
    made: dict[str, list[str]] = {}
    for page in catalogue.pages(COLLECTION):
        made.setdefault(page.notebook, []).append(page.name)
    rows = ["| notebook | pages | parameters |", "|---|---|---|"]
    for notebook, names in made.items():
        group = names[0].partition("/")[0]
        pages = f"`{names[0]}`" if len(names) == 1 else f"`{group}/…` ({len(names)} pages)"
        parameters = ", ".join(f"`{name}`" for name in catalogue.declared(COLLECTION, notebook))
        rows.append(f"| [{notebook}](notebooks/{notebook}) | {pages} | {parameters} |")
    return "\n".join(rows)


def completeness(data: data_package.Data) -> str:
    """How much of the register is known, in one table by list."""
    table = register.coverage(data)
    rows = ["| list | published | services on it | named here | known |", "|---|---|---|---|---|"]
    for row in table.itertuples():
        size = "not found" if row.services is None or str(row.services) == "<NA>" else row.services
        rows.append(f"| {row.list} | {row.published or 'not found'} | {size} | {row.named} | {row.known} |")
    unlisted = int(data.named().batch.isna().sum())
    return "\n".join([*rows, "", f"{unlisted} further named registrations do not show on which list they stand."])


def dictionary(data: data_package.Data) -> str:
    """The data dictionary: every table and column as ``datapackage.json`` describes them."""
    parts = []
    for resource in data.description["resources"]:
        table = getattr(data, resource["name"])
        parts.append(f"### `{resource['path']}`\n\n{resource['description']} {len(table)} rows.\n")
        parts.append("| column | what it holds | type | example |\n|---|---|---|---|")
        for field in resource["schema"]["fields"]:
            limits = field.get("constraints", {})
            about = field["description"]
            if "enum" in limits and "references" not in field:
                about += f" One of: {', '.join(f'`{value}`' for value in limits['enum'])}."
            if "references" in field:
                about += f" Refers to `{field['references']}`."
            if "unit" in field:
                about += f" Unit: {field['unit']}."
            kind = field["type"] + (", required" if limits.get("required") else "")
            cells = [f"`{field['name']}`", about, kind, f"`{field['example']}`"]
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts).strip()


def overview() -> Image.Image:
    """The first chart stored in each research notebook that has a page of its own, small, with its finding."""
    stored = _stored()
    first = [next(_charts(stored[name])) for name in _single_pages()]
    return charts.sheet([charts.redraw(chart, csv, charts.Words(title=chart["title"])) for chart, csv in first])


def social() -> Image.Image:
    """Title, completeness and map of the provinces, as stored in the notebooks."""
    data = record.load(ROOT / "data")
    known = layers.known(data)
    chart, csv = next(found for found in _charts(_stored()["places"]) if found[0]["kind"] == "tiles")
    parts = {"complete": known.complete, "named": known.named}
    note = f"Map: {chart['subtitle']}. Data as of {data.as_of}."
    return charts.poster(COLLECTION.site, known.picture, note, parts, charts.redraw(chart, csv))


def _charts(notebook) -> Iterator[tuple[dict, str]]:
    """What the charts stored in a notebook were drawn from, and their tables."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                yield output.metadata["image/svg+xml"]["chart"], output.data["text/csv"]


def write(path: Path, text: str) -> None:
    """Write a file if its text differs."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        files.write(path, text)


def _stored() -> dict[str, nbformat.NotebookNode]:
    return {path.stem: nbformat.read(path, as_version=4) for path in notebooks()}


def _single_pages() -> list[str]:
    return [page.name for page in catalogue.pages(COLLECTION) if "/" not in page.name]


if __name__ == "__main__":
    main()
