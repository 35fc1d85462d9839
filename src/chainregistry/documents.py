"""Brings up to date what is generated and committed: ``python -m chainregistry.documents``.

In this order: the outputs stored in the notebooks (only those are run whose cells, data or software changed), the
programs that all pages solve (if all notebooks were run), the student editions of the lessons, the data dictionary and
the corrections in ``data/README.md``, the generated parts of ``README.md`` and of the teacher's page, and the picture
of the former. A test compares each with its source. It accepts no changed row: rows that differ from the ledger stop
it, and so does a ledger that is not what was written.
"""

import json
import os
import platform
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from PIL import Image

from chainregistry import charts, columns, events, front, kept, ledger, lessons, record, register, sharing
from chainregistry import data as data_package
from chainregistry.collection import COLLECTION, ROOT, Register
from nbpages import Page, batch, catalogue, files, publish, render, start

OVERVIEW = ROOT / "reports" / "overview.png"
"""Picture of the README."""


LANGUAGE = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
"""As JupyterLab writes it, so that to open a stored notebook is not to change it."""
RECORD = ROOT / "reports" / ".rendered" / "documents.json"
"""What each stored notebook was made from; without it, or on another machine, all are run."""


def main() -> None:
    """Bring everything up to date, saying what is done; if anything fails, every file is as it was."""
    before: dict[Path, bytes | None] = {}
    answers = _answers()
    try:
        changed = [path for path, content in _made() if _put(path, content, before)]
    except BaseException as error:
        for path, content in before.items():
            path.unlink() if content is None else path.write_bytes(content)
        if isinstance(error, KeyboardInterrupt | ValueError | OSError | render.CellError):
            why = "interrupted" if isinstance(error, KeyboardInterrupt) else render.describe_failure(error)
            raise SystemExit(f"{why}; nothing was written") from None
        raise
    now = _answers()
    new, gone = now - answers, answers - now
    told = {"written": [path for path in changed if path not in (RECORD, *new)] + sorted(new), "dropped": sorted(gone)}
    for what, paths in told.items():
        if paths:
            print(f"{what}: {', '.join(str(path.relative_to(ROOT)) for path in paths)}")
    if not any(told.values()):
        print("everything was up to date")


def _answers() -> set[Path]:
    """Answers that are kept: notebooks and pages write those that they ask for first."""
    return {*kept.folder(ROOT / "data").glob("*.json")}


def _made() -> Iterator[tuple[Path, bytes]]:
    """Files with their content, one after the other: each may be made from those before it, as written."""
    ledger.whole(ROOT / "data")
    if waiting := ledger.changes(ROOT / "data"):
        why = f"{len(waiting)} changes in data/ were not accepted ({waiting[0]})"
        raise ValueError(
            f'{why}; see them with `chainregistry check`, accept them with `chainregistry record "REASON"`'
        )
    yield ROOT / "data" / data_package.RIGHT, _columns(ROOT / "data").encode()
    collection = Register()
    keys, record = batch.page_keys(collection, [_page(path) for path in notebooks()]), _record()
    known = lambda path: [keys[_page(path).name], files.sha256(path)] == record.get(_page(path).name)  # noqa: E731
    stale = [path for path in notebooks() if not known(path)]
    print(f"{len(notebooks())} notebooks, {len(stale)} to run", flush=True)
    if stale:
        with (
            kept.renewed(ROOT / "data", whole=len(stale) == len(notebooks())),
            start.shared_zygote(collection) as zygote,
            start.environment({start.ADDRESS: zygote}),
        ):
            yield from _run(stale)
            if len(stale) == len(notebooks()):  # data or software changed, not a notebook or two
                yield kept.folder(ROOT / "data") / kept.PROGRAMS, _programs(collection, zygote)
    record = {_page(path).name: [keys[_page(path).name], files.sha256(path)] for path in notebooks()}
    yield RECORD, json.dumps(record, indent=1).encode()
    for edition, text in lessons.editions(lessons.STUDENT):
        yield edition.path, text.encode()
    for path, sections in generated().items():
        yield path, with_sections(path.read_text(encoding="utf-8"), sections).encode()
    yield OVERVIEW, charts.png(overview())


def _columns(root: Path) -> str:
    """Digest of the tables, if their columns are right."""
    package = data_package.describe(root)
    tables = {resource["name"]: data_package.read(root, resource)[0] for resource in package["resources"]}
    for problem in columns.problems(tables, package["resources"]):
        raise ValueError(str(problem))
    return data_package.columns_digest(root, package)


def _run(paths: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """Run notebooks, as many at a time as there are cores, with a line for each."""
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        running = {pool.submit(executed, path): path for path in paths}
        for done in as_completed(running):
            name = running[done].relative_to(ROOT)
            try:
                text = done.result()
            except render.CellError as error:
                raise render.CellError(f"{name}: {error}") from None
            print(f"  {name}: run", flush=True)
            yield running[done], text.encode()
    finally:
        pool.shutdown(cancel_futures=True)


def _programs(collection: Register, zygote: str) -> bytes:
    """What all pages together have to solve."""
    with TemporaryDirectory() as out:
        pages = catalogue.plan(collection, (), {})
        for result in batch.render(collection, pages, Path(out), zygote=zygote):
            if result.error:
                raise render.CellError(f"{result.page.name}: {result.error}")
    print(f"  {len(pages)} pages: made, for the programs that they solve", flush=True)
    return kept.collected(start.shared_folder(zygote))


def _page(path: Path) -> Page:
    """A notebook as a page without parameters, to be stored and not published."""
    return Page(
        str(path.relative_to(COLLECTION.notebooks).with_suffix("")), str(path.relative_to(COLLECTION.notebooks))
    )


def _record() -> dict:
    try:
        return json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _put(path: Path, content: bytes, before: dict[Path, bytes | None]) -> bool:
    """Write a file if it differs, and remember what it was; whether it was written."""
    old = path.read_bytes() if path.exists() else None
    if old == content:
        return False
    before.setdefault(path, old)
    files.write(path, content)
    return True


def notebooks() -> list[Path]:
    """All notebooks of the collection that are run; not the student editions, which wait for answers."""
    found = (ROOT / "notebooks").rglob("*.ipynb")
    return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts and lessons.STUDENT not in p.parents)


def executed(path: Path, kernel: str = "") -> str:
    """The text of a notebook run afresh, as it is committed.

    A cell tagged "nbval-ignore-output" keeps no output: no test compares it, and widgets carry random ids.
    """
    notebook = render.execute(_page(path), COLLECTION, kernel=kernel)
    for cell in notebook.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            cell.outputs = []
    notebook.metadata.pop("widgets", None)
    notebook.metadata.update(nbformat.from_dict(LANGUAGE))
    notebook.metadata.language_info.version = _version(path) or platform.python_version()
    return nbformat.writes(notebook) + "\n"


def _version(path: Path) -> str:
    """The version of Python stored in a notebook; another one would be no change worth storing."""
    stored = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("language_info", {})
    return stored.get("version", "")


def generated() -> dict[Path, dict[str, str]]:
    """Text of each generated section, by file and by the name of the section."""
    data = record.load(ROOT / "data")
    return {
        ROOT / "data" / "README.md": {"dictionary": dictionary(data), "corrections": ledger.corrections(ROOT / "data")},
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
    """The answers stored in the research notebooks that have a page of their own, in its order, a paragraph each."""
    stored = _stored()
    research = [stored[name] for name in _single_pages() if name in stored]
    paragraphs = [f"**{publish.title(notebook)}.** {publish.answer(notebook)}" for notebook in research]
    return "\n\n".join(paragraphs)


def page_table() -> str:
    """Which notebook makes which pages with which parameters."""
    made: dict[str, list[str]] = {}
    for page in catalogue.pages(COLLECTION):
        made.setdefault(page.notebook, []).append(page.name)
    rows = ["| notebook | pages | parameters |", "|---|---|---|"]
    for notebook, names in made.items():
        group, _, member = names[0].partition("/")
        pages = f"`{group}/…` ({len(names)} pages)" if member else ", ".join(f"`{name}`" for name in names)
        parameters = ", ".join(f"`{name}`" for name in catalogue.declared(COLLECTION, notebook))
        rows.append(f"| [{notebook}](notebooks/{notebook}) | {pages} | {parameters} |")
    return "\n".join(rows)


def completeness(data: data_package.Data) -> str:
    """How much of the register is known, in one table by list, and which time the news favours."""
    table = register.coverage(data)
    rows = ["| list | published | services on it | named here | known |", "|---|---|---|---|---|"]
    for row in table.itertuples():
        size = "not found" if row.services is None or str(row.services) == "<NA>" else row.services
        rows.append(f"| {row.list} | {row.published or 'not found'} | {size} | {row.named} | {row.known} |")
    unlisted = int(data.named().batch.isna().sum())
    rows += ["", f"{unlisted} further named registrations do not show on which list they stand.", ""]
    rows.append(
        f"News favours sources in English and the time from {events.outlet_read(data)}, the only one for which we could"
        " read the site Blocking.net. What is missing is said on each page."
    )
    return "\n".join(rows)


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
    first = [chart for name in _single_pages() for chart in islice(sharing.stored(stored[name]), 1)]
    return charts.sheet([charts.redraw(chart, csv, charts.Words(title=chart["title"])) for chart, csv in first])


def write(path: Path, text: str) -> None:
    """Write a file if its text differs."""
    _put(path, text.encode(), {})


def _stored() -> dict[str, nbformat.NotebookNode]:
    return {path.stem: nbformat.read(path, as_version=4) for path in notebooks()}


def _single_pages() -> list[str]:
    return [page.name for page in catalogue.pages(COLLECTION) if "/" not in page.name and page.name != front.LIST]


if __name__ == "__main__":
    main()
