"""What a notebook must have to become a page, and its parameters; read without Jupyter, which is slow to import."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from nbpages.collection import UsageError

NEEDS = """\
A notebook of a page needs
* to be a notebook: JSON, in the format of Jupyter (version 4);
* one code cell tagged "answer": what it shows answers the notebook's question;
* at most one code cell tagged "parameters", each line of the form `name: type = value  # meaning`;
* a level-one heading, typed or computed."""


KINDS = ("code", "markdown", "raw")
"""Types of cells."""


class NotebookError(UsageError):
    """A notebook lacks what a page needs; the message is one sentence for each lack."""


def read(path: Path) -> list[dict]:
    """Cells of a notebook file, the source of each in one piece; raises NotebookError for a file that is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = list(map(_cell, content["cells"]))
        if (version := content.get("nbformat", 4)) == 4:
            return cells
        why = f"it is of version {version} of Jupyter's format, not 4"
    except FileNotFoundError:
        raise NotebookError(f"{path.name}: there is no such file in {path.parent}") from None
    except OSError as error:
        why = error.strerror
    except json.JSONDecodeError as error:
        why = f"{error.msg} in line {error.lineno}"
    except UnicodeDecodeError:
        why = "not text in UTF-8"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        why = "no cells of Jupyter's format in it"
    raise NotebookError(f"{path.name}: cannot be read as a notebook: {why}")


def _cell(cell: dict) -> dict:
    """A cell with its source in one piece and its tags; raises one of several errors for what is no cell."""
    source = "".join(cell["source"])
    source.encode()  # half a character (JSON may hold one) could not be written
    return cell | {"cell_type": cell["cell_type"], "source": source, "tags": [*cell["metadata"].get("tags", [])]}


def parameters(cells: list[dict]) -> dict[str, tuple[str, object]]:
    """Parameters by name: their type and default, from the cell tagged "parameters".

    Raises NotebookError for a line of another form.
    """
    found = {}
    for source in (cell["source"] for cell in cells if "parameters" in cell["tags"]):
        try:
            lines = ast.parse(source).body
        except SyntaxError as error:
            raise NotebookError(f"line {error.lineno or 1} of the parameters is not Python") from None
        for line in lines:
            match line:
                case ast.AnnAssign(target=ast.Name(name), annotation=ast.Name(kind), value=ast.expr() as value):
                    pass
                case ast.Assign(targets=[ast.Name(name)], value=value):
                    kind = ""
                case _:
                    raise NotebookError(f"line {line.lineno} of the parameters is not of the form name: type = value")
            try:
                default = ast.literal_eval(value)
            except (ValueError, TypeError):
                raise NotebookError(f"the default of the parameter {name} is not a plain value") from None
            found[name] = kind or type(default).__name__, default
    return found


def lacks(cells: list[dict]) -> Iterator[str]:
    """What the notebook of a page lacks, one sentence each; nothing for one that has all of ``NEEDS``.

    A heading may be computed, so whether there is one shows only when the notebook is run.
    """
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] not in KINDS:
            yield f"its cell {number} is of the type {cell['cell_type']!r}; there are {', '.join(KINDS)}"
        elif cell["cell_type"] == "markdown":
            shown = re.findall(r"\(attachment:([^)\s]+)\)", cell["source"])
            yield from (
                f"its cell {number} shows {name}, which is not attached to it"
                for name in shown
                if name not in cell.get("attachments", {})
            )
    tags = [tag for cell in cells if cell["cell_type"] == "code" for tag in cell["tags"]]
    if tags.count("answer") != 1:
        yield f'it has {tags.count("answer") or "no"} code cells tagged "answer"; one is needed'
    if tags.count("parameters") > 1:
        yield 'it has more than one cell tagged "parameters"'
    try:
        parameters(cells)
    except NotebookError as error:
        yield str(error)
    for source in (cell["source"] for cell in cells if "parameters" in cell["tags"]):
        for line in source.splitlines():
            if line.strip() and not re.fullmatch(r"\w+: (str|int|float|bool) = .+?  # .+", line):
                yield f"the parameter line {line.strip()!r} is not of the form name: type = value  # meaning"


def checked(path: Path) -> list[dict]:
    """Cells of a notebook that has all that a page needs; raises NotebookError, in one line, for another one."""
    cells = read(path)
    if found := list(lacks(cells)):
        raise NotebookError(f"{path.name}: {'; '.join(found)}")
    return cells
