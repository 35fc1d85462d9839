"""Can a notebook be read? Limits to its code, measured: ``python -m nbpages.style NOTEBOOK...``, or a collection,
as ``module:class``, for the notebooks of its pages.

A notebook that is read as an article selects, compares and shows; what goes beyond that belongs in a package.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

MOST = {"code lines": 120, "cells": 25, "longest cell": 15, "longest line": 100, "ifs": 10}
LEAST = {"words a line": 5.0}


@dataclass(frozen=True)
class Measures:
    """Sizes of one notebook, by the names of ``MOST`` and ``LEAST``."""

    path: Path
    values: dict[str, float]

    @property
    def beyond(self) -> list[str]:
        """The limits that are not kept, in words."""
        over = [
            f"{self.values[name]:.0f} {name} (at most {most})"
            for name, most in MOST.items()
            if self.values[name] > most
        ]
        under = [
            f"{self.values[name]:.1f} {name} (at least {least:.0f})"
            for name, least in LEAST.items()
            if self.values[name] < least
        ]
        return over + under


def measure(path: Path) -> Measures:
    """Sizes of a notebook file; raises ValueError for a file that is none."""
    import nbformat

    try:
        cells = nbformat.read(path, as_version=4).cells
    except Exception as error:  # nbformat has several kinds, none of them its own
        raise ValueError(f"{path}: not readable as a notebook: {error}") from None
    sources = [cell.source for cell in cells if cell.cell_type == "code"]
    lines = [line for source in sources for line in source.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
    values = {
        "code lines": len(lines),
        "cells": len(cells),
        "longest cell": max((len(source.splitlines()) for source in sources), default=0),
        "longest line": max(map(len, lines), default=0),
        "ifs": sum(len(re.findall(r"\bif\b", line)) for line in lines),  # within f-strings too
        "words a line": words / max(len(lines), 1),
    }
    return Measures(path, values)


def of(name: str) -> list[Path]:
    """The notebook of this name, or those of the pages of a collection ``module:class``."""
    if ":" not in name:
        return [Path(name)]
    from nbpages import catalogue, collection

    found = collection.find(name)
    return sorted({found.notebooks / page.notebook for page in catalogue.pages(found)})


def main(names: list[str]) -> int:
    """Print one line for each notebook; 1 if one of them is beyond a limit, 2 if one cannot be read."""
    try:
        found = [measure(path) for name in names for path in of(name)]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for notebook in found:
        told = ", ".join(
            f"{value:.1f} {name}" if name in LEAST else f"{value} {name}" for name, value in notebook.values.items()
        )
        print(f"{notebook.path}: {'; '.join(notebook.beyond) or told}")
    return int(any(notebook.beyond for notebook in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
