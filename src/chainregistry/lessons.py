"""Student editions of the lessons: solutions and hidden tests taken out, outputs cleared.

A lesson is a notebook with the markers and cell metadata of nbgrader (schema version 3), which need not be installed.
What is taken out is what nbgrader's own preprocessors ClearSolutions, ClearHiddenTests and ClearOutput take out, so
that a teacher may use either. Text and checks of the exercises are locked in JupyterLab.
"""

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from chainregistry.collection import ROOT  # imports nbformat the quick way
from nbpages.files import write as write_file

SOURCE = ROOT / "notebooks" / "lessons"
CODE_STUB = ["# YOUR CODE HERE", "raise NotImplementedError()"]
TEXT_STUB = ["YOUR ANSWER HERE"]

_MARKER = re.compile(r"### (BEGIN|END) (SOLUTION|HIDDEN TESTS)")
_ALMOST = re.compile(r"#+\s*(BEGIN|END)[\s_]+(SOLUTION|HIDDEN)", re.IGNORECASE)


class LessonError(ValueError):
    """A lesson cannot be turned into a student edition; nothing was written."""


@dataclass(frozen=True)
class Edition:
    """A student edition that was written, the number of its exercises and the points that it gives in all."""

    path: Path
    exercises: int
    points: int


def sources(folder: Path = SOURCE) -> list[Path]:
    """The solved lessons, in order."""
    return sorted(folder.glob("[0-9][0-9]-*.ipynb"))


def write(out: Path, folder: Path = SOURCE) -> list[Edition]:
    """Write the student edition of every lesson below ``out``; all of them or none.

    Raises LessonError for a lesson with a faulty marker, for a folder without lessons, and for a file that would be
    overwritten though it differs: it may hold a student's work.
    """
    import nbformat

    editions, texts = [], []
    for source in sources(folder):
        try:
            notebook = student(nbformat.read(source, as_version=4))
        except LessonError as error:
            raise LessonError(f"{source.name}, {error}") from None
        except Exception as error:  # nbformat raises many kinds
            raise LessonError(f"{source.name} is not a notebook: {str(error).splitlines()[0]}") from None
        graded = [cell for cell in notebook.cells if grading(cell).get("grade")]
        exercises = sum(cell.cell_type == "code" for cell in graded)
        points = sum(grading(cell).get("points", 0) for cell in graded)
        editions.append(Edition(out / source.name, exercises, points))
        texts.append(nbformat.writes(notebook) + "\n")
    if not editions:
        raise LessonError(f"there is no lesson in {folder}")
    for edition, text in zip(editions, texts, strict=True):
        if edition.path.exists() and edition.path.read_text(encoding="utf-8") != text:
            raise LessonError(f"{edition.path} exists and differs: move it away, or choose another folder with --out")
    for edition, text in zip(editions, texts, strict=True):
        write_file(edition.path, text)
    return editions


def student(notebook):
    """A copy of a solved notebook without solutions, hidden tests, outputs and execution counts.

    Raises LessonError for a marker that is unbalanced, misspelt, or in a cell that the metadata do not call one with
    a solution (or with tests).
    """
    edition = copy.deepcopy(notebook)
    for number, cell in enumerate(edition.cells, start=1):
        try:
            cell.source = _without(cell)
        except LessonError as error:
            raise LessonError(f"cell {number}: {error}") from None
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if grading(cell):
            cell.metadata |= {"deletable": False, "editable": not grading(cell).get("locked")}
    return edition


def grading(cell) -> dict:
    """The nbgrader metadata of a cell; empty for a cell that is only read or run."""
    return cell.metadata.get("nbgrader", {})


def _without(cell) -> str:
    """The source of a cell in the student edition."""
    stub = CODE_STUB if cell.cell_type == "code" else TEXT_STUB
    about = grading(cell)
    kept, opened, solved = [], "", False
    for line in cell.source.split("\n"):
        marker = _MARKER.fullmatch(line.strip())
        if not marker:
            if _ALMOST.match(line.strip()):
                raise LessonError(f"{line.strip()!r} is no marker; the markers are like ### BEGIN SOLUTION")
            kept += [] if opened else [line]
            continue
        action, what = marker.groups()
        if not about.get("solution" if what == "SOLUTION" else "grade"):
            raise LessonError(f"{line.strip()} in a cell whose nbgrader metadata do not allow it")
        if (action == "BEGIN") == bool(opened) or (opened and opened != what):
            raise LessonError(f"{line.strip()} after {f'### BEGIN {opened}' if opened else 'no ### BEGIN'}")
        opened = what if action == "BEGIN" else ""
        if action == "BEGIN" and what == "SOLUTION":
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + words for words in stub]
            solved = True
    if opened:
        raise LessonError(f"### BEGIN {opened} without ### END {opened}")
    if about.get("solution") and not solved:
        return "\n".join(stub)
    return "\n".join(kept)
