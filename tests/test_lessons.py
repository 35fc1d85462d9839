"""The lessons: whole, solvable, nothing given away; one long file, since all its tests share the cells run once.

What the checks of the exercises let pass and refuse is measured with the answers in ``tests/answers/``, right and wrong
ones as students give them. ``python tests/test_lessons.py`` prints the figures.
"""

import ast
import contextlib
import functools
import io
import json
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from chainregistry import charts, cli, documents, lessons

LESSONS = lessons.sources()
SOLVED = {path.stem: nbformat.read(path, as_version=4) for path in LESSONS}
STUDENTS = {stem: lessons.student(notebook) for stem, notebook in SOLVED.items()}
README = (lessons.SOURCE / "README.md").read_text(encoding="utf-8")
ANSWERS = Path(__file__).parent / "answers"
each = pytest.mark.parametrize("stem", SOLVED)


def prose_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def points(notebook):
    return [lessons.grading(cell)["points"] for cell in notebook.cells if lessons.grading(cell).get("grade")]


def exercises(notebook):
    """The cell to solve and its checks, by the number of the exercise."""
    found, number = {}, ""
    for cell in notebook.cells:
        about = lessons.grading(cell)
        if cell.cell_type == "markdown" and (title := re.match(r"### Exercise (\d\.\d):", cell.source)):
            number = title[1]
        elif cell.cell_type == "code" and about.get("solution"):
            found[number] = cell, []
        elif cell.cell_type == "code" and about.get("grade"):
            found[number][1].append(cell)
    return found


EXERCISES = [(stem, number) for stem, notebook in SOLVED.items() for number in exercises(notebook)]
each_exercise = pytest.mark.parametrize(("stem", "number"), EXERCISES, ids=[number for _, number in EXERCISES])


def parts(source, what):
    """Lines of a cell between the markers, and the others (markers left out)."""
    inside, outside, opened = [], [], False
    for line in source.splitlines():
        if line.strip() in (f"### BEGIN {what}", f"### END {what}"):
            opened = "BEGIN" in line
        else:
            (inside if opened else outside).append(line)
    return inside, outside


@functools.cache
def read(stem):
    """What the cells of a lesson define that are only to be read and run: none may need an exercise solved."""
    space = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.setattr(charts, "png", lambda figure: b"", raising=False)  # what cells show is of no interest here
        for cell in STUDENTS[stem].cells:
            if cell.cell_type == "code" and not lessons.grading(cell):
                exec(compile(cell.source, f"{stem} {cell.id}", "exec"), space)
    return space


def namespace(stem):
    """A copy of what a lesson defines, with tables of its own."""
    return {
        name: value.copy() if isinstance(value, pd.DataFrame | pd.Series | dict | list) else value
        for name, value in read(stem).items()
    }


def run(sources, space):
    """Run some cells; the message of the exception that stops them, empty if none does."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for source in sources:
                exec(source, space)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return ""


@dataclass(frozen=True)
class Answer:
    """An answer of the bank; ``words`` are expected in the message of the visible checks."""

    right: bool
    what: str
    words: str
    source: str


@functools.cache
def refused(stem, number, answer: Answer):
    """Messages of the visible and of all checks to an answer in the place of the whole cell; empty where they pass."""
    (given, visible), (_, full) = exercises(STUDENTS[stem])[number], exercises(SOLVED[stem])[number]
    imports = "\n".join(line for line in given.source.splitlines() if re.match("import |from ", line))
    told = lambda checks: run([imports, answer.source, *(c.source for c in checks)], namespace(stem))  # noqa: E731
    # all checks hold the visible ones: what these refuse, or those let pass, need not be tried again
    if answer.right and not told(full):
        return "", ""
    message = told(visible)
    return message, message or told(full)


@functools.cache
def bank(lesson):
    """The answers to the exercises of a lesson, by the number of the exercise."""
    path = ANSWERS / f"lesson_{lesson}.py"
    found = {}
    for cell in re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, source = cell.partition("\n")
        about = re.fullmatch(r"(\d\.\d) (right|wrong): (.+?)(?: -> (.+))?", heading)
        assert about, f"{path.name}: {heading!r} is no heading of an answer"
        found.setdefault(about[1], []).append(Answer(about[2] == "right", about[3], about[4] or "", source))
    return found


@pytest.fixture(scope="module")
def students(tmp_path_factory):
    """The student editions as the command writes them, by the name of the lesson."""
    out = tmp_path_factory.mktemp("lessons")
    result = CliRunner().invoke(cli.main, ["lessons", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith(f"{len(LESSONS)} student editions")
    first = SOLVED[LESSONS[0].stem]
    assert f"{out / LESSONS[0].name}: {len(exercises(first))} exercises, {sum(points(first))} points" in result.output
    return {path.stem: nbformat.read(path, as_version=4) for path in out.glob("*.ipynb")}


@each
def test_anatomy(stem):
    text, notebook = prose_of(SOLVED[stem]), SOLVED[stem]
    number = int(stem[:2])
    assert re.match(r"# .+\?\n", text) and f"**Lesson** {number}\n" in text and "* **Idea**: " in text
    assert "**Time**: about 45 minutes for the core path" in text and "**You need**" in text
    assert len(re.findall(r"^  \* ", text.split("**Goals**")[1].split("Run the cells")[0], re.MULTILINE)) >= 3
    titles = re.findall(rf"^### Exercise ({number}\.\d): (.+) \((\d) points?(, core)?\)$", text, re.MULTILINE)
    assert [title[0] for title in titles] == [f"{number}.{i}" for i in range(1, len(titles) + 1)] and len(titles) >= 5
    core = [title[0] for title in titles if title[3]]
    assert len(core) == 3 and f"(exercises {core[0]}, {core[1]} and {core[2]})" in text
    for summary in ("Hint", "More help"):
        assert text.count(f"<details><summary>{summary}</summary>\n\n") == len(titles)
    assert text.count("<details>") == text.count("\n\n</details>") == 2 * len(titles) + 1
    checks = {exercise: checks for exercise, (_, checks) in exercises(notebook).items()}
    assert [title[0] for title in titles] == list(checks)
    assert sum(len(several) > 1 for several in checks.values()) >= 2
    for exercise, _, stated, _ in titles:
        given = [lessons.grading(cell)["points"] for cell in checks[exercise]]
        assert sum(given) == int(stated), exercise
        for part, (cell, own) in enumerate(zip(checks[exercise], given, strict=True), start=1):
            name = f"xercise {exercise}" + (f", part {part}" if len(given) > 1 else "")
            lines = cell.source.splitlines()
            assert re.match(rf"# Check of e{name}\b.* \({own} points?\): run it, do not change it\.$", lines[0])
            assert lines[-1] == f'print("E{name}: the visible checks passed")'
    discussed = [int(found) for found in re.findall(r"^## Discuss\b.* \((\d) points?\)$", text, re.MULTILINE)]
    assert discussed and sum(discussed) == lessons.described(lessons.SOURCE / f"{stem}.ipynb").by_hand
    assert len(re.findall(r"^\* ", text.split("## Summary")[1].split("## ")[0], re.MULTILINE)) >= 3
    assert len(re.findall(r"^\d\. ", text.split("## Quiz")[1].split("<details>")[0], re.MULTILINE)) == 3
    assert len(re.findall(r"^\* ", text.split("## Further reading")[1], re.MULTILINE)) >= 3
    for target in re.findall(r"\]\(([^)]+\.ipynb)\)", text):
        assert (lessons.SOURCE / target).is_file(), target


def test_one_arc():
    assert len(LESSONS) >= 6
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
            text = re.sub(
                r"^### Exercise .*|^## Discuss.*|^\* \*\*(Lesson|Time)\*\*.*|^\d\. ", " ", text, flags=re.MULTILINE
            )
            text = re.sub(r"[Ee]xercises? \d\.\d", " ", text)
            text = re.sub(
                r"\b(\d\d? (January|February|April|October) )?(19|20)\d\d\b|\blists? \d( (to|and) \d)?", " ", text
            )
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
    ids = [cell.id for cell in students[stem].cells]
    assert ids.pop(1) == "colab" and ids == [cell.id for cell in SOLVED[stem].cells]
    assert "YOUR ANSWER HERE" in [cell.source for cell in students[stem].cells]


@each
def test_an_exercise_that_is_not_solved_is_told_in_words(stem):
    """Neither a stub nor a cell that was never run ends in a bare error."""
    for number, (given, checks) in exercises(STUDENTS[stem]).items():
        for check in checks:
            assert "is not there yet: run your cell" in run([check.source], namespace(stem)), number
            space = namespace(stem)
            run([given.source], space)
            message = run([check.source], space)
            assert re.search("still waits for your answer|is not there yet: run your cell", message), number


def filled_in(cell, solved):
    """A cell of the student edition with the solutions of the solved one in the places of the stubs."""
    solutions = re.findall(
        r"^ *### BEGIN SOLUTION\n(.*?)\n *### END SOLUTION$", solved.source, re.DOTALL | re.MULTILINE
    )
    pieces = re.split(r"^ *# YOUR CODE HERE\n *raise NotImplementedError\(\)$", cell.source, flags=re.MULTILINE)
    assert len(pieces) == len(solutions) + 1
    return pieces[0] + "".join(solution + piece for solution, piece in zip(solutions, pieces[1:], strict=True))


@each
def test_the_solutions_put_into_the_student_edition_pass_every_check(stem):
    for number, (solved, full) in exercises(SOLVED[stem]).items():
        to_solve, visible = exercises(STUDENTS[stem])[number]
        for checks in (visible, full):  # no exercise may need another one
            cells = [filled_in(to_solve, solved), *(check.source for check in checks)]
            assert run(cells, namespace(stem)) == "", number


@each
@pytest.mark.parametrize("answer", [None, 0, "", [], pd.Series([1, 2])], ids=["None", "0", "''", "[]", "Series"])
def test_a_wrong_answer_is_answered_in_words(stem, answer):
    """Whatever constant an answer is or returns, the visible checks say in words what it should be."""
    for number, (to_solve, visible) in exercises(STUDENTS[stem]).items():
        space, source = namespace(stem), filled_in(to_solve, exercises(SOLVED[stem])[number][0])
        run([source], space)
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                space[node.name] = lambda *given, **named: answer
            elif isinstance(node, ast.Assign):
                for name in ast.walk(node.targets[0]):
                    if isinstance(name, ast.Name):
                        space[name.id] = answer
        message = run([check.source for check in visible], space)
        assert re.match("(CheckFailed|AssertionError): ", message) and len(message.split()) >= 5, (number, message)


@each_exercise
def test_the_answer_bank(stem, number):
    """No right answer is refused, no wrong one passes all checks; messages hold the words that the bank asks for."""
    answers = bank(int(stem[:2]))[number]
    assert sum(answer.right for answer in answers) >= 4 and sum(not answer.right for answer in answers) >= 6
    assert len({(answer.right, answer.what) for answer in answers}) == len(answers)
    faults = []
    for answer in answers:
        visible, full = refused(stem, number, answer)
        if answer.right and (visible or full):
            faults.append(f"right, but refused: {answer.what}: {visible or full}")
        if not answer.right and not full:
            faults.append(f"wrong, but passes: {answer.what}")
        if not answer.right and visible and not re.match("(CheckFailed|AssertionError): ", visible):
            faults.append(f"not in words: {answer.what}: {visible}")
        if answer.words not in visible:
            faults.append(f"{answer.what}: {answer.words!r} is not in {visible!r}")
    assert not faults, "\n".join(faults)


def counted(stem):
    """Answers of a lesson's bank: right, of these refused, wrong, of these past the visible and past all checks."""
    count = Counter()
    for number, answers in bank(int(stem[:2])).items():
        for answer in answers:
            visible, full = refused(stem, number, answer)
            count["right" if answer.right else "wrong"] += 1
            count["refused"] += answer.right and bool(visible or full)
            count["past the visible checks"] += not answer.right and not visible
            count["past all checks"] += not answer.right and not full
    return count


@each
def test_of_ten_wrong_answers_at_most_one_passes_the_visible_checks(stem):
    count = counted(stem)
    assert 10 * count["past the visible checks"] <= count["wrong"], count


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
    own = {"nbgrader": SOLUTION["nbgrader"] | {"grade_id": "y"}}
    good = new_notebook(cells=[new_code_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", metadata=own)])
    bad = new_notebook(cells=[new_markdown_cell("# Title"), new_code_cell(source, metadata=metadata)])
    nbformat.write(good, folder / "01-good.ipynb")
    nbformat.write(bad, folder / "02-bad.ipynb")
    monkeypatch.setattr(lessons, "sources", lambda given: sorted(folder.glob("*.ipynb")))
    result = CliRunner().invoke(cli.main, ["lessons", "--out", str(out)])
    assert result.exit_code == 2 and not out.exists()
    assert re.fullmatch(r"Error: 02-bad\.ipynb, .+\n", result.stderr) and words in result.stderr


def test_an_id_that_stands_twice_is_refused_in_one_sentence(tmp_path, monkeypatch):
    cell = new_code_cell("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", metadata=SOLUTION)
    for name in ("01-one.ipynb", "02-two.ipynb"):
        nbformat.write(new_notebook(cells=[new_markdown_cell("# Title"), cell]), tmp_path / name)
    monkeypatch.setattr(lessons, "sources", lambda given: sorted(tmp_path.glob("*.ipynb")))
    result = CliRunner().invoke(cli.main, ["lessons", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2 and not (tmp_path / "out").exists()
    assert result.stderr.startswith(
        "Error: 02-two.ipynb, cell 2: the grade_id 'x' stands in 01-one.ipynb, cell 2 already"
    )
    assert result.stderr.count("\n") == 1


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
    edition = lessons.student(notebook).cells
    assert lessons.address() in edition.pop(1).source  # the cell that fetches the collection on Colab
    assert [cell.source for cell in edition] == [
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


def test_what_is_generated_from_the_lessons_is_up_to_date():
    for section in (lessons.contents(), lessons.points()):
        assert f"-->\n{section}\n<!-- /" in README, "run make docs"
    assert {path.name for path in lessons.STUDENT.glob("*")} == {path.name for path in LESSONS}
    for stem, edition in STUDENTS.items():
        stored = (lessons.STUDENT / f"{stem}.ipynb").read_text(encoding="utf-8")
        assert stored == nbformat.writes(edition) + "\n", f"run make docs: {stem}"
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (lessons.SOURCE / target).exists(), target


def test_links_for_students_lead_to_the_student_editions():
    front = (lessons.ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"\(https://(mybinder\.org/v2|colab\.research\.google\.com/github)/([^)]+)\)", front)
    assert len(found) == 2 and all("notebooks/lessons/student" in target for _, target in found)


def test_the_lessons_are_run_and_compared_with_the_other_notebooks():
    assert set(LESSONS) <= set(documents.notebooks())


if __name__ == "__main__":
    total = Counter()
    columns = ("right", "refused", "wrong", "past the visible checks", "past all checks")
    print("| lesson | " + " | ".join(columns) + " |\n|---|" + "---|" * len(columns))
    for lesson in SOLVED:
        if (ANSWERS / f"lesson_{int(lesson[:2])}.py").exists():
            figures = counted(lesson)
            total += figures
            print(f"| {int(lesson[:2])} | " + " | ".join(str(figures[column]) for column in columns) + " |")
    print("| all | " + " | ".join(str(total[column]) for column in columns) + " |")
