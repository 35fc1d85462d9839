"""Guards for the stored notebooks: what nbval passes over silently is caught here."""

import calendar
import itertools
import json
import re
import shlex

import nbformat
import pytest

from chainregistry import charts, cli, documents
from chainregistry.collection import COLLECTION
from nbpages import catalogue, publish, style

NOTEBOOKS = documents.notebooks()
TOP = [path for path in NOTEBOOKS if path.parent.name == "notebooks"]
MADE = {page.notebook for page in catalogue.pages(COLLECTION)}
RESEARCH = [path for path in TOP if path.name in MADE]
names = lambda path: path.stem  # noqa: E731


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=names)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=TOP, ids=names)
def top(request):
    """The notebooks of the first level: those that make pages, the tour and the exploration."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=RESEARCH, ids=names)
def research(request):
    return nbformat.read(request.param, as_version=4)


def test_every_cell_was_run_in_order(notebook):
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))


def test_no_warning_error_or_hidden_output_is_stored(notebook):
    for cell in code(notebook):
        assert not re.search(r";\s*$", cell.source)
        for output in cell.outputs:
            assert output.output_type != "error" and output.get("name") != "stderr"


def test_no_control_character_is_stored(notebook):
    """A backslash that was lost turns a word boundary of an expression into a backspace, which matches nothing."""
    text = json.dumps(notebook, ensure_ascii=False)
    assert not re.search(r"\\[bfrv]|\\u00[01]|[\x00-\x1f\x7f]", re.sub(r"\\\\", "", text))


def test_no_path_time_or_random_id_is_stored(notebook):
    made = [[cell.metadata, cell.get("outputs")] for cell in notebook.cells]
    text = json.dumps([notebook.metadata, made], ensure_ascii=False)
    assert not re.search(r"site-packages|(?<!\w)/(?:home|root|tmp)/|papermill|iopub", text)
    assert [cell.id for cell in notebook.cells] == list(dict.fromkeys(cell.id for cell in notebook.cells))


def test_every_picture_has_a_text_and_its_numbers(notebook):
    for cell in code(notebook):
        for output in cell.outputs:
            if "image/svg+xml" in output.get("data", {}):
                assert len(output.metadata["image/svg+xml"]["alt"]) > 20
                assert output.data["text/csv"].count("\n") > 1


def test_the_gallery_shows_every_form():
    gallery = nbformat.read(documents.ROOT / "notebooks" / "gallery.ipynb", as_version=4)
    about = [output.metadata.get("image/svg+xml") for cell in code(gallery) for output in cell.outputs]
    assert {one["chart"]["kind"] for one in about if one} == set(charts.FORMS)
    told = "".join(cell.source for cell in gallery.cells if cell.cell_type == "markdown")
    assert set(re.findall(r"\*\*`(\w+)`\*\*: \w", told)) == set(charts.FORMS)


def test_anatomy(research):
    tags = [tag for cell in research.cells for tag in cell.metadata.get("tags", [])]
    for tag in ("parameters", "setup", "answer"):
        assert tags.count(tag) == 1, tag
    heads = re.findall(r"^## (.+)$", "\n".join(cell.source for cell in research.cells), re.MULTILINE)
    assert heads[-1] == "Sources" and "Exercises" in heads
    assert any("hat we do not know" in head for head in heads)
    assert re.search(r"^# .+\?$", research.cells[0].source), "the question comes first"
    assert not publish.title(research).endswith("?"), "the statement heads the page"
    assert sum("assert " in cell.source for cell in code(research)) >= 3
    setup = next(cell for cell in research.cells if "setup" in cell.metadata.get("tags", []))
    assert "import chainregistry as cr\n" in setup.source and "cr.choose(" in setup.source


@pytest.mark.parametrize("path", RESEARCH, ids=names)
def test_a_notebook_can_be_read(path):
    assert style.measure(path).beyond == []


def test_parameters_are_typed_and_explained(research):
    cell = next(cell for cell in research.cells if "parameters" in cell.metadata.get("tags", []))
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (str|int|float|bool) = \S+  # .+", line), line
    assert 2 <= len(cell.source.splitlines()) <= 5


def test_no_number_is_typed_into_the_prose(top):
    """Years and months may stand in prose, and names such as MOD 11-2; counts come from code."""
    for cell in top.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"`[^`]*`|\]\([^)]*\)|^\d+\. ", " ", cell.source, flags=re.MULTILINE)
            prose = re.sub(rf"\b\d{{1,2}} (?={'|'.join(calendar.month_name[1:])})|95%", " ", prose)
            prose = re.sub(r"\b(19|20)\d\d\b(-\d\d)*|MOD 11-2|GB/T 2260|CC BY 4\.0", " ", prose)
            assert not re.search(r"\d", prose), re.search(r".{0,30}\d.{0,30}", prose)[0]


def test_no_clock_network_install_or_path(notebook):
    source = "\n".join(cell.source for cell in code(notebook))
    assert not re.search(r"datetime\.now|date\.today|time\.time|requests\.|urllib|pip install|os\.chdir|\.\./", source)


def test_links_and_commands_lead_somewhere(notebook, request):
    """A link to a file finds it; a command to copy names pages, parameters and options that exist."""
    folder = request.node.callspec.params["notebook"].parent
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\((?!http)([^)#]+)\)", cell.source):
                assert (folder / target).exists(), target
            for program, line in re.findall(r"^\.venv/bin/(\w+) (.+)$", cell.source, re.MULTILINE):
                name, *words = shlex.split(line)
                if program == "chainregistry":
                    context = cli.main.commands[name].make_context(name, words)
                    if name == "render":
                        catalogue.plan(COLLECTION, context.params["pages"], dict(context.params["parameters"]))
                else:
                    source = documents.ROOT / name
                    given = [after for before, after in itertools.pairwise(words) if before == "-p"]
                    assert program == "papermill" and set(given) <= set(catalogue.declared(COLLECTION, source.name)), (
                        line
                    )
