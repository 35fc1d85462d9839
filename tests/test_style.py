"""Limits to the code of notebooks."""

import nbformat
import pytest

from nbpages import style

PROSE = nbformat.v4.new_markdown_cell("word " * 700)


def notebook(tmp_path, *sources):
    path = tmp_path / "one.ipynb"
    cells = [PROSE, *map(nbformat.v4.new_code_cell, sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.mark.parametrize(
    ("sources", "name"),
    [
        (["x = 1\n" * 15] * 9, "code lines"),
        (["x = 1"] * 25, "cells"),
        (["x = 1\n" * 16], "longest cell"),
        (["x = '" + "y" * 100 + "'"], "longest line"),
        (["a = [1 if x else 2 for x in y if x]"] * 6, "ifs"),
        (["x = 1\n" * 15] * 8 + ["y = 2\n" * 10] * 8, "words a line"),
    ],
)
def test_each_limit_is_told(tmp_path, capsys, sources, name):
    path = notebook(tmp_path, *sources)
    assert style.main([str(path)]) == 1
    assert name in capsys.readouterr().out


def test_comments_and_blank_lines_do_not_count(tmp_path):
    path = notebook(tmp_path, "# if if if\n\n!ls\nx = f'{1 if 2 else 3}'\ny = 'elif'")
    assert style.main([str(path)]) == 0
    found = style.measure(path).values
    assert (found["code lines"], found["longest cell"], found["longest line"], found["ifs"]) == (3, 5, 22, 1)


def test_a_file_that_is_no_notebook_is_one_line(tmp_path, capsys):
    (tmp_path / "x.ipynb").write_text("<<<<<<< HEAD")
    assert style.main([str(tmp_path / "x.ipynb")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
