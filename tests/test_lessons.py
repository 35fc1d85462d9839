"""The lessons: whole, solvable from the student edition alone, and nothing given away in it."""

import ast
import json
import re
from itertools import pairwise

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from chainregistry import charts, cli, documents, lessons, prose

LESSONS = lessons.sources()
SOLVED = {path.stem: nbformat.read(path, as_version=4) for path in LESSONS}
README = (lessons.SOURCE / "README.md").read_text(encoding="utf-8")
each = pytest.mark.parametrize("stem", SOLVED)


def prose_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def points(notebook):
    return [lessons.grading(cell)["points"] for cell in notebook.cells if lessons.grading(cell).get("grade")]


def exercises(notebook):
    """Pairs of a cell to solve and its check."""
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell, codes[i + 1]) for i, cell in enumerate(codes) if lessons.grading(cell).get("solution")]


def parts(source, what):
    """Lines of a cell between the markers, and the others (markers left out)."""
    inside, outside, opened = [], [], False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {what}", f"### END {what}"):
            opened = "BEGIN" in line
        else:
            (inside if opened else outside).append(line)
    return inside, outside


@pytest.fixture(scope="module")
def students(tmp_path_factory):
    """The student editions as the command writes them, by the name of the lesson."""
    out = tmp_path_factory.mktemp("lessons")
    result = CliRunner().invoke(cli.main, ["lessons", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith(f"{len(LESSONS)} student editions")
    assert f"{out / LESSONS[0].name}: 6 exercises, {sum(points(SOLVED[LESSONS[0].stem]))} points" in result.output
    return {path.stem: nbformat.read(path, as_version=4) for path in out.glob("*.ipynb")}


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Cells run in this process; what they show is of no interest here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "display", lambda *bundle, **about: None)
        patch.setattr(charts, "display", lambda *bundle, **about: None)
        patch.setattr(charts, "png", lambda figure: b"")
        yield


@pytest.fixture(scope="module")
def read(students):
    """What the cells of a lesson define that are only to be read and run: none may need an exercise solved."""
    spaces = {}

    def space(stem):
        if stem not in spaces:
            spaces[stem] = {}
            for cell in students[stem].cells:
                if cell.cell_type == "code" and not lessons.grading(cell):
                    exec(compile(cell.source, f"{stem} {cell.id}", "exec"), spaces[stem])
        return dict(spaces[stem])

    return space


@each
def test_anatomy(stem):
    text, notebook = prose_of(SOLVED[stem]), SOLVED[stem]
    number = int(stem[:2])
    assert re.match(r"# .+\?\n", text) and f"**Lesson** {number}\n" in text
    assert "**Time**: about 45 minutes" in text and "**You need**" in text
    assert len(re.findall(r"^  \* ", text.split("**Goals**")[1].split("Run the cells")[0], re.MULTILINE)) >= 3
    titles = re.findall(rf"^### Exercise {number}\.(\d): (.+) \((\d) points?\)$", text, re.MULTILINE)
    assert [int(title[0]) for title in titles] == list(range(1, len(titles) + 1)) and len(titles) >= 5
    assert text.count("<details><summary>Hint</summary>\n\n") == text.count("\n\n</details>") == len(titles)
    stated = [int(title[2]) for title in titles] + [int(re.search(r"^## Discuss \((\d) points?\)$", text, re.M)[1])]
    assert stated == points(notebook) and len(exercises(notebook)) == len(titles)
    assert len(re.findall(r"^\* ", text.split("## Further reading")[1], re.MULTILINE)) >= 3
    for target in re.findall(r"\]\(([^)]+\.ipynb)\)", text):
        assert (lessons.SOURCE / target).is_file(), target


def test_one_arc():
    assert 6 <= len(LESSONS) <= 8
    assert [int(path.name[:2]) for path in LESSONS] == list(range(1, len(LESSONS) + 1))
    for path, following in pairwise(LESSONS):
        assert f"]({following.name})" in SOLVED[path.stem].cells[-1].source


def test_the_metadata_are_those_of_nbgrader():
    ids = []
    for notebook in SOLVED.values():
        for cell in notebook.cells:
            about = lessons.grading(cell)
            if not about:
                continue
            ids.append(about["grade_id"])
            assert re.fullmatch(r"[a-z0-9-]+", about["grade_id"])
            assert about["schema_version"] == 3 and about["task"] is False
            assert ("points" in about) == about["grade"]
            assert about["locked"] == (not about["solution"])
            assert about["grade"] or about["solution"] or cell.cell_type == "markdown"
    assert len(ids) == len(set(ids))


@each
def test_no_figure_is_typed_into_the_text(stem):
    """Figures are shown by code. Names of lists, parts of formulas and the sizes of the exercises may be typed."""
    for cell in SOLVED[stem].cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"`[^`]*`|\[[^]]*\]\([^)]*\)|\$\$.*?\$\$|\$[^$]*\$", " ", cell.source, flags=re.DOTALL)
            text = re.sub(r"^### Exercise .*|^## Discuss .*|^\* \*\*(Lesson|Time)\*\*.*", " ", text, flags=re.MULTILINE)
            text = re.sub(r"\b(\d\d? (January|April|October) )?(19|20)\d\d\b|\blists? \d( (to|and) \d)?", " ", text)
            text = re.sub(r"MOD 11-2|GB/T 2260|GB 11643|ISO(/IEC)? \d+|Document s\d{3}", " ", text)
            assert not re.search(r"\d", text), re.search(r".{0,40}\d.{0,40}", text)[0]


@each
def test_the_student_edition_gives_nothing_away(stem, students):
    given, secret = set(), set()
    for cell in SOLVED[stem].cells:
        about = lessons.grading(cell)
        if cell.cell_type == "markdown" and about.get("solution"):
            secret |= set(cell.source.splitlines())
            continue
        inside, outside = parts(cell.source, "SOLUTION")
        hidden, outside = parts("\n".join(outside), "HIDDEN TESTS")
        secret |= {line.strip() for line in inside + hidden}
        given |= {line.strip() for line in outside}
    secret -= given
    assert len(secret) > 20
    shown = {line.strip() for cell in students[stem].cells for line in cell.source.splitlines()}
    assert not shown & secret
    text = json.dumps(students[stem], ensure_ascii=False)
    assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN)", text)
    for cell in students[stem].cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    assert [cell.id for cell in students[stem].cells] == [cell.id for cell in SOLVED[stem].cells]
    assert "YOUR ANSWER HERE" in [cell.source for cell in students[stem].cells]


@each
def test_the_student_edition_runs_to_its_first_exercise(stem, students):
    codes, space = [cell for cell in students[stem].cells if cell.cell_type == "code"], {}
    first = next(cell for cell in codes if lessons.grading(cell))
    for cell in codes[: codes.index(first)]:
        exec(compile(cell.source, f"{stem} {cell.id}", "exec"), space)
    assert lessons.grading(first)["solution"]
    with pytest.raises(NotImplementedError):
        exec(first.source, space)
        answer = space[ast.parse(first.source).body[-1].name]
        answer(*[None] * answer.__code__.co_argcount)


def filled_in(cell, solved):
    """A cell of the student edition with the solution of the solved one in the place of the stub."""
    stub = re.search(r"^ *# YOUR CODE HERE\n *raise NotImplementedError\(\)$", cell.source, re.MULTILINE)
    solution = "\n".join(parts(solved.source, "SOLUTION")[0])
    return cell.source[: stub.start()] + solution + cell.source[stub.end() :]


@each
def test_the_solutions_put_into_the_student_edition_pass_every_check(stem, students, read):
    space = read(stem)
    pairs = list(zip(exercises(students[stem]), exercises(SOLVED[stem]), strict=True))
    assert len(pairs) >= 5
    for (to_solve, check), (solved, full_check) in pairs:
        own = dict(space)  # no exercise may need another one
        exec(filled_in(to_solve, solved), own)
        exec(check.source, own)
        exec(full_check.source, own)


@each
@pytest.mark.parametrize("answer", [None, 0, "", []], ids=repr)
def test_a_wrong_answer_is_answered_in_words(stem, answer, students, read):
    """Whatever constant an answer is or returns, the visible check says in words what it should be."""
    space = read(stem)
    for (to_solve, check), (solved, _) in zip(exercises(students[stem]), exercises(SOLVED[stem]), strict=True):
        own, source = dict(space), filled_in(to_solve, solved)
        exec(source, own)
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                own[node.name] = lambda *given, **named: answer
            elif isinstance(node, ast.Assign):
                for name in ast.walk(node.targets[0]):
                    if isinstance(name, ast.Name):
                        own[name.id] = answer
        with pytest.raises(AssertionError) as caught:
            exec(check.source, own)
        assert len(str(caught.value).split()) >= 4, check.source


MISTAKES = [
    ("01", 5, "filled = lambda table, column: int(table[column].notna().sum())", "only the first names its service"),
    ("01", 2, "service_of = lambda i: rows.service_en[rows.registration_id == i].item() or None", "is an empty text"),
    ("02", 1, "coverage = lambda n, t: float((t.named + t.low)[t['list'] == n].iloc[0] / 10)", "low confidence"),
    ("02", 5, "at_least = lambda b: int(b.cumulative_services.fillna(0).max() + b.services.sum())", "twice"),
    ("03", 1, "check_character = lambda digits: int(digits) % 11", "text of one character"),
    ("03", 4, "unseen_swaps = lambda c: [(i, j) for i in range(20) for j in range(i, 20) if c[i] == c[j]]", "leave"),
    ("04", 1, "one_of = lambda rest, others: (1, rest - others + 1)", "a single province has them all"),
    ("04", 3, "from_percent = lambda p, t: (round(t * (p - 0.5) / 100), int(t * (p + 0.5) / 100))", "none, one or two"),
    ("05", 2, "by_keyword = lambda n, k: next((s for s in k if any(w in n.lower() for w in k[s])), '')", "not a word"),
    ("06", 3, "kinds_in_draw = lambda kinds, size, g: len(set(g.choice(kinds, size)))", "put rows back"),
    ("07", 3, "first_of = min", "happened by 7 June"),
    ("07", 4, "rests_on = lambda cell, theirs: bool(set(cell.split()) & theirs)", "another document"),
    ("08", 2, "facts_of = lambda s: dict(named=0, printed=0, deployments=0)", "split the cell"),
    ("08", 3, "sentence = lambda n, a, b: f'{n}: {a} named registrations and {b} deployments.'", "one registration"),
]  # fmt: skip


@pytest.mark.parametrize(("lesson", "exercise", "mistake", "words"), MISTAKES)
def test_typical_mistakes_are_explained(lesson, exercise, mistake, words, students, read):
    stem = next(stem for stem in SOLVED if stem.startswith(lesson))
    to_solve, check = exercises(students[stem])[exercise - 1]
    own = read(stem)
    exec("\n".join(line for line in to_solve.source.splitlines() if re.match("import|from", line)), own)
    exec(mistake, own)
    with pytest.raises(AssertionError, match=words):
        exec(check.source, own)


GRADER = {"schema_version": 3, "grade_id": "x", "locked": False, "task": False}
SOLUTION = {"nbgrader": GRADER | {"solution": True, "grade": False}}
CHECK = {"nbgrader": GRADER | {"solution": False, "grade": True, "points": 2, "locked": True}}


@pytest.mark.parametrize(
    ("source", "metadata", "words"),
    [
        ("### BEGIN SOLUTION\nx = 1", SOLUTION, "cell 2: ### BEGIN SOLUTION without ### END SOLUTION"),
        ("x = 1\n### END SOLUTION", SOLUTION, "cell 2: ### END SOLUTION after no ### BEGIN"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", SOLUTION, "after ### BEGIN SOLUTION"),
        ("### BEGIN HIDDEN TESTS\nassert x", CHECK, "### BEGIN HIDDEN TESTS without ### END HIDDEN TESTS"),
        ("## begin solution\nx = 1\n## end solution", SOLUTION, "'## begin solution' is no marker"),
        ("### BEGIN HIDDEN TEST\nassert x\n### END HIDDEN TEST", CHECK, "is no marker"),
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", {}, "metadata do not allow it"),
        ("### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS", SOLUTION, "metadata do not allow it"),
    ],
)
def test_a_faulty_marker_is_refused_and_nothing_is_written(source, metadata, words, tmp_path, monkeypatch):
    folder, out = tmp_path / "solved", tmp_path / "out"
    folder.mkdir()
    good = new_notebook(cells=[new_code_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", metadata=SOLUTION)])
    bad = new_notebook(cells=[new_markdown_cell("# Title"), new_code_cell(source, metadata=metadata)])
    nbformat.write(good, folder / "01-good.ipynb")
    nbformat.write(bad, folder / "02-bad.ipynb")
    monkeypatch.setattr(lessons, "sources", lambda given: sorted(folder.glob("*.ipynb")))
    result = CliRunner().invoke(cli.main, ["lessons", "--out", str(out)])
    assert result.exit_code == 2 and not out.exists()
    assert re.fullmatch(r"Error: 02-bad\.ipynb, .+\n", result.stderr) and words in result.stderr


def test_what_a_cell_becomes():
    cells = [
        new_code_cell("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", metadata=SOLUTION),
        new_code_cell("x = 1", metadata=SOLUTION),
        new_code_cell(
            "assert x\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS\nprint(x)", metadata=CHECK
        ),
        new_markdown_cell("The answer is one.", metadata=SOLUTION),
        new_markdown_cell("Read this."),
    ]
    notebook = new_notebook(cells=cells)
    assert [cell.source for cell in lessons.student(notebook).cells] == [
        "def f():\n    # YOUR CODE HERE\n    raise NotImplementedError()",
        "# YOUR CODE HERE\nraise NotImplementedError()",
        "assert x\nprint(x)",
        "YOUR ANSWER HERE",
        "Read this.",
    ]
    assert notebook.cells[1].source == "x = 1"


def test_no_work_of_a_student_is_overwritten(students, tmp_path):
    run = lambda: CliRunner().invoke(cli.main, ["lessons", "--out", str(tmp_path)])  # noqa: E731
    assert run().exit_code == 0 and run().exit_code == 0
    worked_on = tmp_path / LESSONS[-1].name
    worked_on.write_text(worked_on.read_text(encoding="utf-8").replace("raise NotImplementedError()", "x = 1"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / LESSONS[0].name).unlink()
    result = run()
    assert result.exit_code == 2 and f"{worked_on} exists and differs" in result.stderr
    assert result.stderr.count("\n") == 1 and not (tmp_path / LESSONS[0].name).exists()
    assert worked_on.read_bytes() == before[worked_on]
    assert CliRunner().invoke(cli.main, ["lessons", "--out", str(lessons.SOURCE)]).exit_code == 2


def test_the_teachers_page_says_what_the_lessons_hold():
    rows = re.findall(
        r"^\| \[(\d)\]\(([\w-]+\.ipynb)\) \| (.+?) \|.* (\d+) \| (\d+) \| (\d+) \|$", README, re.MULTILINE
    )
    assert [row[1] for row in rows] == [path.name for path in LESSONS]
    for number, name, title, minutes, count, total in rows:
        notebook = SOLVED[name.removesuffix(".ipynb")]
        assert notebook.cells[0].source.startswith(f"# {title}\n") and int(name[:2]) == int(number)
        assert f"about {minutes} minutes" in notebook.cells[0].source
        assert int(count) == len(exercises(notebook)) and int(total) == sum(points(notebook))
    total = sum(sum(points(notebook)) for notebook in SOLVED.values())
    assert f"{total} points in all" in README
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (lessons.SOURCE / target).exists(), target


def test_the_lessons_are_run_and_compared_with_the_other_notebooks():
    assert set(LESSONS) <= set(documents.notebooks())
