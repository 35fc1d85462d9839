"""Grades the lessons with nbgrader, if it is installed; no part of the suite: ``check_grader.py [LESSON...]``.

Each lesson is validated as nbgrader does it, and three submissions of it are graded: a perfect one, one with every
second exercise solved, and an empty one. Prints their points; exit status 1 if any are not as they should be.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from test_lessons import SOLVED, STUDENTS, exercises, filled_in

from chainregistry import lessons


def submission(stem, solved_numbers):
    """A student edition with some exercises solved by the model answers."""
    notebook, solutions = nbformat.reads(nbformat.writes(STUDENTS[stem]), as_version=4), exercises(SOLVED[stem])
    for number, (cell, _) in exercises(notebook).items():
        if number in solved_numbers:
            cell.source = filled_in(cell, solutions[number][0])
    return notebook


def nbgrader(course, *arguments):
    """Run a command of nbgrader in a course folder; its output, if it fails, is raised."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        raise RuntimeError(f"nbgrader {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout + done.stderr


def graded(stem, course):
    """Points of a perfect, a half and an empty submission: a list of (name, points given, points due)."""
    from nbgrader.api import Gradebook

    every = lessons.described(lessons.SOURCE / f"{stem}.ipynb").exercises
    solved = {
        "perfect": {exercise.number for exercise in every},
        "half": {exercise.number for exercise in every[::2]},
        "empty": set(),
    }
    source = course / "source" / stem
    source.mkdir(parents=True)
    nbformat.write(SOLVED[stem], source / f"{stem}.ipynb")
    valid = nbgrader(course, "validate", str(source / f"{stem}.ipynb"))
    assert "Success" in valid, valid
    nbgrader(course, "generate_assignment", stem, "--create")
    for name, numbers in solved.items():
        folder = course / "submitted" / name / stem
        folder.mkdir(parents=True)
        nbformat.write(submission(stem, numbers), folder / f"{stem}.ipynb")
    nbgrader(course, "autograde", stem, "--create")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        given = {name: book.find_submission(stem, name).score for name in solved}
    due = {
        name: sum(sum(exercise.points) for exercise in every if exercise.number in numbers)
        for name, numbers in solved.items()
    }
    return [(name, given[name], due[name]) for name in solved]


if __name__ == "__main__":
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic
    wanted, faults = sys.argv[1:], 0
    print("| lesson | submission | points given | points due |\n|---|---|---|---|")
    for stem in SOLVED:
        if wanted and str(int(stem[:2])) not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name, given, due in graded(stem, Path(folder)):
                faults += given != due
                print(f"| {int(stem[:2])} | {name} | {given:g} | {due} |", flush=True)
    raise SystemExit(1 if faults else 0)
