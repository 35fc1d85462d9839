"""The engine alone: pages of a collection of two notebooks that are not about blockchain."""

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbpages import notebook as nbpages_notebook
from nbpages.command import command

ENGINE = Path(__file__).resolve().parents[1] / "src" / "nbpages"
TOY = """
from dataclasses import dataclass
from pathlib import Path
from nbpages import Beside, Collection

@dataclass(frozen=True)
class Birds(Collection):
    root: Path = Path(__file__).parent
    site = "Birds of the garden"
    notice = "Seen from one window."

    def version(self):
        return (self.root / "seen.csv").read_text()

    def allowed(self, name):
        return {"bird": ["wren", "robin"], "least": range(1, 10)}.get(name)

    def contradiction(self, parameters):
        many = parameters.get("bird") == "wren" and parameters["least"] == 9
        return "there were never so many of the wren" if many else ""

    def beside(self, page, question):
        return Beside(kicker=page.parameters.get("bird", "all"), foot=(("Counted", "in <em>May</em>"),))

    def beside_page(self, page, notebook):
        return {f"{page.name}.txt": str(len(notebook.cells)).encode()}
"""
HEEDING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background of a shell
runpy.run_module("nbpages", run_name="__main__", alter_sys=True)
"""
PAGES = """
garden: {notebook: garden.ipynb}
bird/{each}: {notebook: bird.ipynb, each: bird}
"""
READ = 'import csv\nseen = {row["bird"]: int(row["number"]) for row in csv.DictReader(open("../seen.csv"))}'
SHOW = 'from IPython.display import Markdown\nMarkdown(f"There were {seen[bird]} of the {bird}.")'


def notebook(path, *cells):
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=list(cells), metadata=metadata), path)


def tagged(source, tag):
    return new_code_cell(source, metadata={"tags": [tag]})


@pytest.fixture
def birds(tmp_path):
    """A folder that holds a collection, and nothing else of this project."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "birds.py").write_text(TOY, encoding="utf-8")
    (tmp_path / "pages.yaml").write_text(PAGES, encoding="utf-8")
    (tmp_path / "seen.csv").write_text("bird,number\nwren,3\nrobin,5\n", encoding="utf-8")
    parameters = tagged('bird: str = "wren"  # which bird\nleast: int = 1  # no fewer', "parameters")
    heading = new_markdown_cell("# How many are there?\n\nSee [the garden](garden.ipynb).")
    notebook(tmp_path / "notebooks" / "bird.ipynb", heading, parameters, tagged(READ, "setup"), tagged(SHOW, "answer"))
    all_of_them = tagged("print(sum(seen.values()))", "answer")
    notebook(
        tmp_path / "notebooks" / "garden.ipynb",
        new_markdown_cell("# What lives here?"),
        tagged(READ, "setup"),
        all_of_them,
    )
    return tmp_path


def render(folder, *arguments, **variables):
    environment = os.environ | {"PYTHONPATH": str(folder)} | variables
    run = [sys.executable, "-m", "nbpages", "birds:Birds", *arguments]
    return subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True)


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_a_collection_of_two_notebooks_becomes_pages(birds):
    links = lambda: [link["href"] for link in read(birds / "pages" / "index.html").select("li a")]  # noqa: E731
    assert "1 of 1 pages rendered" in render(birds, "garden").stdout and links() == ["garden.html"]
    run = render(birds)
    assert run.returncode == 0 and "2 of 3 pages rendered, 1 unchanged" in run.stdout, run.stderr
    page = read(birds / "pages" / "bird" / "robin.html")
    assert page.title.text == "How many are there?" and page.select_one(".kicker").text == "robin"
    assert page.select_one(".answer").get_text(strip=True).startswith("There were 5 of the robin.")
    assert page.select_one("section.prose a")["href"] == "../garden.html"
    assert "Counted" in page.footer.text and page.footer.em.text == "May" and "one window" in page.footer.text
    assert links() == ["garden.html", "bird/wren.html", "bird/robin.html"]
    assert "There were 3 of the wren." in read(birds / "pages" / "index.html").text
    beside = birds / "pages" / "bird" / "robin.txt"
    assert beside.read_text() == "5", "with the cell of injected parameters"
    assert "0 of 3 pages rendered, 3 unchanged" in render(birds).stdout
    beside.unlink()
    assert "1 of 3 pages rendered, 2 unchanged" in render(birds).stdout and beside.is_file()
    (birds / "seen.csv").write_text("bird,number\nwren,4\nrobin,5\n", encoding="utf-8")
    assert "3 of 3 pages rendered:" in render(birds).stdout


def test_a_computed_heading_heads_the_page_and_the_question_stands_above_it(birds):
    said = """
from IPython.display import HTML, display
display(HTML('<h1 class="statement">Five &amp; more <em>robins</em></h1>'))
display(HTML('<p>See <a href="page:bird/robin">robins</a>, <a href="page:bird/dodo">dodos</a>.</p>'))
print("Wrens < robins.")
"""
    cells = [new_markdown_cell("# Is it so?"), tagged(said, "answer"), new_markdown_cell("## Sums")]
    course = new_markdown_cell("## Exercises", metadata={"tags": ["course"]})
    silent = [new_markdown_cell("## Nothing seen"), new_code_cell("unseen = 1")]
    notebook(birds / "notebooks" / "garden.ipynb", *cells, *silent, course)
    assert render(birds, "garden").returncode == 0
    page = read(birds / "pages" / "garden.html")
    assert page.title.text == "Five & more robins" and page.select_one(".kicker").text == "all · Is it so?"
    assert len(page.select("h1")) == 1 and page.select_one("main h2")["id"] == "Sums"
    assert [link["href"] for link in page.select(".answer a")] == ["bird/robin.html"]
    assert "Exercises" not in page.text
    front = (birds / "pages" / "index.html").read_text(encoding="utf-8")
    assert "Five &amp; more robins</a> Wrens &lt; robins." in front
    assert "Nothing seen" not in page.text and "unseen = 1" in page.footer.text, "its code stays"


def test_an_entry_of_its_own_takes_the_place_of_one_of_each(birds):
    entries = "bird/wren: {notebook: garden.ipynb}\n" + PAGES
    (birds / "pages.yaml").write_text(entries, encoding="utf-8")
    listed = [line.split()[:2] for line in render(birds, "--list").stdout.splitlines()]
    ours = [["bird/wren", "notebooks/garden.ipynb"], ["garden", "notebooks/garden.ipynb"]]
    assert listed == [*ours, ["bird/robin", "notebooks/bird.ipynb"]]
    assert render(birds, "bird/robin").returncode == 0
    link = read(birds / "pages" / "bird" / "robin.html").select_one("section.prose a")
    assert link["href"] == "../garden.html", "the page named like the notebook"


CELL = '{"cell_type": "code", "source": ["1"], "metadata": {"tags": ["answer"]}}'
STRANGE = f'{{"cells": [{CELL.replace("code", "strange")}, {CELL}], "nbformat": 4}}'


def test_a_notebook_that_lacks_something_costs_its_own_page_only_and_the_lack_is_named(birds):
    unreadable = "the parameter line 'least = 1' is not of the form name: type = value  # meaning"
    lacking = {
        "cut": ('{"cells": [', "cut.ipynb: cannot be read as a notebook"),
        "mute": ([new_code_cell("1")], 'mute.ipynb: it has no code cells tagged "answer"; one is needed'),
        "loose": ([tagged("least = 1", "parameters"), tagged("1", "answer")], f"loose.ipynb: {unreadable}"),
        "strange": (STRANGE, "strange.ipynb: its cell 1 is of the type 'strange'; there are code, markdown, raw"),
        "bare": (
            [new_markdown_cell("# A ![](attachment:a.png)"), tagged("1", "answer")],
            "bare.ipynb: its cell 1 shows a.png, which is not attached to it",
        ),
        "silent": ([new_markdown_cell("# A"), tagged("", "answer")], 'the cell tagged "answer" shows nothing'),
        "nameless": ([tagged("1", "answer")], "the notebook has no level-one heading"),
    }
    for name, (cells, _) in lacking.items():
        path = birds / "notebooks" / f"{name}.ipynb"
        if isinstance(cells, str):
            path.write_text(cells, encoding="utf-8")
        else:
            notebook(path, *cells)
    entries = "".join(f"{name}: {{notebook: {name}.ipynb}}\n" for name in lacking)
    (birds / "pages.yaml").write_text(PAGES + entries, encoding="utf-8")
    run = render(birds)
    assert run.returncode == 1 and "3 of 10 pages rendered" in run.stdout, run.stdout + run.stderr
    failed = [line for line in run.stderr.splitlines() if line.startswith("failed: ")]
    assert len(failed) == len(lacking), run.stderr
    for name, (_, why) in lacking.items():
        assert any(line.startswith(f"failed: {name}: {why}") for line in failed), (name, run.stderr)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (CELL.replace('["answer"]', "null"), "no cells of Jupyter's format in it"),
        (CELL.replace('"cell_type": "code", ', ""), "no cells of Jupyter's format in it"),
        (CELL.replace("1", r"\ud800"), "no cells of Jupyter's format in it"),
        ("[" * 100_000, "no cells of Jupyter's format in it"),
        (CELL.encode("utf-16"), "not text in UTF-8"),
        (f'{CELL}], "nbformat": 3, "more": [', "it is of version 3 of Jupyter's format, not 4"),
    ],
)
def test_what_is_no_notebook_is_told_in_a_sentence(tmp_path, text, why):
    head, foot = '{"cells": [', "]}"
    path = tmp_path / "bird.ipynb"
    path.write_bytes(text if isinstance(text, bytes) else (head + text + foot).encode())
    with pytest.raises(nbpages_notebook.NotebookError, match=f"^bird.ipynb: cannot be read as a notebook: {why}$"):
        nbpages_notebook.checked(path)


def test_a_default_that_python_cannot_make_is_told_in_a_sentence():
    with pytest.raises(nbpages_notebook.NotebookError, match="the default of the parameter least is not a plain value"):
        nbpages_notebook.parameters([{"source": "least: int = {[1]: 2}  # of a list", "tags": ["parameters"]}])


def test_temporary_files_may_lie_deep(birds):
    deep = birds / ("deep" * 25)
    deep.mkdir()
    run = render(birds, "bird/wren", TMPDIR=str(deep))
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bird/ostrich",), "there is no page 'bird/ostrich'"),
        (("bird/wren", "-p", "weight", "3"), "has no parameter 'weight'; it has bird, least"),
        (("bird/wren", "-p", "least", "some"), "least must be a whole number, not 'some'"),
        (("bird/wren", "-p", "least", "10"), "least must be 1 to 9, not 10"),
        (("bird/wren", "-p", "least", "2", "-p", "least", "3"), "the parameter least is given twice"),
        (("bird/wren", "-p", "least", "9"), "page bird/wren: there were never so many of the wren"),
        (("--cluster", ""), "--cluster is empty; it needs the ADDRESS of a scheduler"),
        (("--out", ""), "'--out': is empty; for the current folder say ."),
        (("--out", "x" * 300), "'--out': File name too long: xxx"),
        (("--out", "birds.link"), "'--out': birds.link is a link that leads nowhere"),
    ],
)
def test_what_the_collection_does_not_know_is_refused(birds, arguments, words):
    (birds / "birds.link").symlink_to("nowhere")
    run = render(birds, *arguments)
    assert run.returncode == 2 and words in run.stderr and "Traceback" not in run.stderr, run.stderr
    assert not (birds / "pages").exists() and not (birds / "index.html").exists()


def test_what_render_has_not_made_is_not_written_over(birds):
    pages = birds / "pages"
    pages.mkdir()
    (pages / "garden.html").write_text("mine", encoding="utf-8")
    (pages / "notes.txt").write_text("mine", encoding="utf-8")
    run = render(birds, "garden", "bird/wren")
    assert (
        run.returncode == 2 and "not made by render: " in run.stderr and "garden.html; name another --out" in run.stderr
    )
    assert {path.name: path.read_text() for path in pages.iterdir()} == {"garden.html": "mine", "notes.txt": "mine"}
    assert render(birds, "bird/wren").returncode == 0, "it is in the way of none of these"
    (pages / "bird" / "wren.html").write_text("changed by hand", encoding="utf-8")
    assert "1 of 1 pages rendered" in render(birds, "bird/wren").stdout, "its own it makes again"
    assert "There were 3 of the wren" in (pages / "bird" / "wren.html").read_text(encoding="utf-8")
    assert (pages / "garden.html").read_text() == (pages / "notes.txt").read_text() == "mine"
    assert render(birds, "garden", "--force").returncode == 0 and read(pages / "garden.html").h1


def test_what_fails_beside_the_pages_is_told_and_the_pages_stand_there(birds):
    with open(birds / "birds.py", "a", encoding="utf-8") as file:
        file.write(
            "\n    def beside_front(self):\n"
            "        return {'broken.txt': lambda: {}['owl'], 'whole.txt': lambda: b'whole'}\n"
            "\n    def front_page(self, out):\n        raise ValueError('no front')\n"
        )
    run = render(birds, "garden")
    assert run.returncode == 1 and "Traceback" not in run.stderr, run.stderr
    assert "failed: broken.txt: KeyError: 'owl'; index.html: ValueError: no front\n" in run.stderr
    assert run.stdout.endswith("1 of 1 pages rendered\n")
    pages = birds / "pages"
    assert sorted(path.name for path in pages.glob("*.*")) == [".rendered", "garden.html", "garden.txt", "whole.txt"]


GARDEN = "garden: {notebook: garden.ipynb}\n"
ENTRY = "there: {notebook: bird.ipynb, "


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ("", "lists no page; an entry is like NAME: {notebook: FILE}"),
        ("# nothing yet", "lists no page"),
        ("{}", "lists no page"),
        ("[]", "lists no page"),
        ("- garden", "lists no page"),
        ("garden", "lists no page"),
        (None, "cannot be read: No such file or directory"),
        (GARDEN.encode("utf-16"), "is not text in UTF-8"),
        (GARDEN + "there: {notebook: garden.ipynb", "cannot be read: line 2: while parsing a flow mapping"),
        (GARDEN + "\0", "cannot be read: unacceptable character #x0000"),
        (GARDEN + "there: !!python/name:os.system", "cannot be read: line 2: could not determine a constructor"),
        ("there: " + "[" * 3000, "is nested too deeply"),
        (GARDEN + GARDEN, "cannot be read: line 2: garden stands twice"),
        (GARDEN + "there:", "page there: its entry is not like {notebook: FILE}"),
        (GARDEN + "there: garden.ipynb", "page there: its entry is not like {notebook: FILE}"),
        (GARDEN + "there: [garden.ipynb]", "page there: its entry is not like {notebook: FILE}"),
        (GARDEN + "there: {}", "page there: its entry names no notebook"),
        (GARDEN + "there: {notebook: 3}", "page there: its entry names no notebook"),
        (GARDEN + "there: {notebok: garden.ipynb}", "page there: its entry has no 'notebok': did you mean 'notebook'?"),
        (GARDEN + "there: {notebook: gardn.ipynb}", "page there: there is no notebooks/gardn.ipynb"),
        (GARDEN + "there: {notebook: ../pages.yaml}", "page there: there is no notebooks/../pages.yaml"),
        (GARDEN + "there: {notebook: /etc/passwd}", "page there: there is no notebooks//etc/passwd"),
        (GARDEN + f"there: {{notebook: {'x' * 300}}}", "page there: there is no notebooks/xxx"),
        ("2019: {notebook: garden.ipynb}", "page 2019: its name is no text; put it in quotation marks"),
        ("../there: {notebook: garden.ipynb}", "page ../there: its name is a path of letters"),
        ("there#1: {notebook: garden.ipynb}", "page there#1: its name is a path of letters"),
        ("/there: {notebook: garden.ipynb}", "page /there: its name is a path of letters"),
        ("index: {notebook: garden.ipynb}", "page index: a page of this name is made without a notebook"),
        (ENTRY + "parameters: }", "page there: its parameters are not like {NAME: VALUE}"),
        (ENTRY + "parameters: [least]}", "page there: its parameters are not like {NAME: VALUE}"),
        (ENTRY + "parameters: {least: [3]}}", "page there: its parameter least has no single value"),
        (ENTRY + "parameters: {least: }}", "page there: its parameter least has no single value"),
        (ENTRY + "parameters: {least: true}}", "page there: least must be a whole number, not 'True'"),
        (ENTRY + "parameters: {least: 10}}", "page there: least must be 1 to 9, not 10"),
        (ENTRY + "parameters: {weight: 3}}", "page there has no parameter 'weight'; it has bird, least"),
        (ENTRY + "each: bird}", "page there: its name needs {each}"),
        ("there/{bird}: {notebook: bird.ipynb, each: bird}", "page there/{bird}: its name is a path of letters"),
        ("there/{each}: {notebook: bird.ipynb}", "page there/{each}: its name has {each}, but its entry no each"),
        ("there/{each}: {notebook: bird.ipynb, each: brid}", "page there/{each}: each: brid is no parameter"),
        ("there/{each}: {notebook: bird.ipynb, each: [bird]}", "page there/{each}: each: ['bird'] is no parameter"),
        (
            "there/{each}: {notebook: bird.ipynb, each: bird, parameters: {bird: wren}}",
            "page there/{each}: bird cannot be both each and a parameter",
        ),
        (PAGES + "bird/{each}n: {notebook: bird.ipynb, each: end}", "page bird/{each}n: another entry makes bird/wren"),
    ],
)
def test_a_list_of_pages_that_is_none_is_refused_in_one_line_with_its_entry(birds, monkeypatch, listing, words):
    monkeypatch.syspath_prepend(birds)
    monkeypatch.delitem(sys.modules, "birds", raising=False)
    (birds / "birds.py").write_text(TOY.replace('"least":', '"end": ["wre", "robi"], "least":'), encoding="utf-8")
    (birds / "pages.yaml").unlink()
    if listing is not None:
        (birds / "pages.yaml").write_bytes(listing if isinstance(listing, bytes) else listing.encode())
    run = CliRunner().invoke(command("birds:Birds", "pages"))
    assert run.exit_code == 2 and f"Error: {birds / 'pages.yaml'}: {words}" in run.stderr.splitlines()[-1], run.output
    assert not (birds / "pages").exists()


def test_a_collection_has_warm_kernels_of_its_own(birds):
    """A kernel specification that names the provisioner and the collection is all that it takes."""
    folder = birds / "jupyter" / "kernels" / "birds"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(
        textwrap.dedent("""
        {"argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "birds",
         "language": "python", "metadata": {"kernel_provisioner": {
           "provisioner_name": "nbpages-warm", "config": {"collection": "birds:Birds"}}}}
        """),
        encoding="utf-8",
    )
    with open(birds / "birds.py", "a", encoding="utf-8") as file:
        file.write('    kernel = "birds"\n    warm = True\n    preload = ("colorsys",)\n')
    told = "import os, sys\nprint(open(f'/proc/{os.getppid()}/cmdline').read(), 'colorsys' in sys.modules)"
    notebook(birds / "notebooks" / "garden.ipynb", new_markdown_cell("# Who made me?"), tagged(told, "answer"))
    run = render(birds, "garden", JUPYTER_PATH=str(birds / "jupyter"))
    assert run.returncode == 0, run.stderr
    said = read(birds / "pages" / "garden.html").select_one(".answer").text
    assert "nbpages.zygote" in said and "birds:Birds" in said and "True" in said


def test_what_a_notebook_needs_is_written_where_people_look():
    text = (ENGINE / "README.md").read_text(encoding="utf-8").replace("\n\n*", "\n*")
    assert nbpages_notebook.NEEDS in text


def test_watching_makes_a_page_again_and_leaves_nothing(birds):
    """A change of the notebook, of data and of source; what goes wrong is said, and the watch goes on."""
    with open(birds / "birds.py", "a", encoding="utf-8") as file:
        file.write(
            "    inputs = (Path(__file__).parent / 'seen.csv',)\n    source = Path(__file__).parent / 'source'\n"
        )
    (birds / "source").mkdir()
    temporary = birds / "temporary"
    temporary.mkdir()

    def put(name, content):
        """At once: under load an empty file would be seen first, and a change told twice."""
        (temporary / "new").write_bytes(content)
        (temporary / "new").replace(birds / name)

    def cells(text):
        return nbformat.writes(new_notebook(cells=[new_markdown_cell(text)])).encode()

    command = [sys.executable, "-u", "-c", HEEDING, "birds:Birds", "bird/wren", "--watch"]
    environment = os.environ | {"PYTHONPATH": str(birds), "TMPDIR": str(temporary)}
    process = subprocess.Popen(command, cwd=birds, env=environment, stdout=subprocess.PIPE, text=True)
    limit = threading.Timer(240, process.kill)  # then it says nothing more, and the test fails
    limit.start()
    try:
        said = iter(process.stdout.readline, "")
        assert next(line for line in said if line.startswith("watching"))
        put("seen.csv", b"bird,number\nwren,7\nrobin,5\n")
        assert re.match(r"seen.csv changed: bird/wren made in [\d.]+ s$", next(said))
        assert "There were 7 of the wren" in (birds / "pages" / "bird" / "wren.html").read_text(encoding="utf-8")
        put("notebooks/garden.ipynb", cells("# Not watched"))
        assert next(said) == "notebooks/garden.ipynb changed: no page here is made from that\n"
        whole = (birds / "notebooks" / "bird.ipynb").read_bytes()
        put("notebooks/bird.ipynb", cells("# Empty"))
        assert 'failed: bird/wren: bird.ipynb: it has no code cells tagged "answer"' in next(said)
        put("notebooks/bird.ipynb", whole)
        assert next(said) == "notebooks/bird.ipynb changed: bird/wren is as it was\n"
        put("seen.csv", b"\xff")
        told = "seen.csv changed: UnicodeDecodeError: 'utf-8' codec"  # the front page may have met it before
        assert next(line for line in said if line.startswith(told))
        put("seen.csv", b"bird,number\nwren,7\nrobin,5\n")
        assert next(said) == "seen.csv changed: bird/wren is as it was\n"
        put("source/new.py", b"")
        assert next(said) == "source/new.py changed: starting anew\n"
        assert next(line for line in said if line.startswith("watching"))
        process.send_signal(signal.SIGINT)
        assert next(said) == "no longer watching\n"
        assert process.wait(60) == 0
    finally:
        limit.cancel()
        process.kill()
    assert list(temporary.iterdir()) == []


def test_the_engine_does_not_know_this_collection():
    for path in ENGINE.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert not re.search("chainregistry|blockchain", path.read_text(encoding="utf-8")), path


def test_the_engine_works_where_this_collection_is_not_installed(birds):
    shutil.copytree(ENGINE, birds / "nbpages")
    code = "import sys; sys.path.insert(0, '.'); import nbpages.command, nbpages.warm, nbpages.zygote, nbpages.front; "
    code += "print([name for name in sys.modules if name.startswith('chainregistry')], nbpages.__file__)"
    run = subprocess.run([sys.executable, "-c", code], cwd=birds, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("[] ") and str(birds) in run.stdout
