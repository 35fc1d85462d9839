"""How many mutants their own tests kill: ``python tests/mutate.py [--each N] [--seed N] [MODULE ...]``.

A mutant is a module with one small change: another operator, a condition the other way round, a number one more or
less, a loop without rounds, a filter or a named argument left out. Of each module that computes some mutants are
drawn, and the module's own tests are run on each; those that no test fails with are printed. They are holes in the
tests, or the same as the original: a limit of a search, two branches that meet. Mutants run in a copy of the
repository, each in a process forked after the libraries are loaded, so that it takes as long as its tests.
"""

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import hypothesis
import parso
import pytest
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator

ROOT = Path(__file__).resolve().parents[1]

OWN = {
    "facts": "facts bounds", "system": "program", "program": "program facts", "bounds": "facts bounds",
    "worth": "bounds", "association": "bounds", "ranges": "ranges", "claims": "claims", "shares": "inference",
    "rates": "inference", "quotients": "inference", "firsts": "inference", "coverage": "inference",
    "spread": "spread inference", "projects": "projects",
    "days": "events projects", "events": "events projects", "values": "values", "filing": "filing",
    "classify": "classify",
    "register": "register imported", "totals": "register imported", "data": "data columns",
    "columns": "columns data", "checks": "data", "sense": "data", "ledger": "ledger", "entries": "ledger",
    "adoption": "adoption", "starts": "starts", "fields": "fields fields_told",
    "local_projects": "fields fields_told", "stories": "stories", "press": "press", "notes": "notes fields_told",
    "inferred": "ranges", "neighbours": "ranges",
    "areas": "areas", "policy": "policy", "parameters": "parameters", "marking": "marking", "coding": "coding",
    "official/matching": "matching", "official/judge": "import_rows", "official/headings": "import_rows",
    "official/numbering": "import_rows", "official/joining": "import_rows import_aside import_struck",
}  # fmt: skip
"""The modules that compute, and the tests of each (``test_….py``)."""

LEFT_OUT = (
    "not any_parameters and not any_claim and not full_register and not notebook_holds and not page_says"
    " and not columns_found_right"
)
"""Tests that take longer than all others of their file and ask nothing of a single module; and one that fails with
each byte that changes in ``data``, whatever it does."""

OPTIONS = ("-q", "-o", "addopts=-p nbpages.quickstart", "-p", "no:cacheprovider", "--hypothesis-profile=mutants")
PHASES = set(hypothesis.Phase) - {hypothesis.Phase.shrink, hypothesis.Phase.explain}
hypothesis.settings.register_profile("mutants", phases=PHASES, database=None, derandomize=True)

LIBRARIES = (
    "click.testing", "frictionless", "IPython.display", "matplotlib.pyplot", "nbconvert.exporters",
    "nbformat", "pandas", "pandera.pandas", "scipy.optimize", "scipy.stats", "seaborn",
)  # fmt: skip
"""What takes long to import; loaded once."""

USED = re.compile(
    r"BinaryOperator_(Add|Sub|Mul|Div)_(Add|Sub|Mul|Div)$|BinaryOperator_Bit(And|Or|Xor)_Bit|UnaryOperator_Delete|"
    r"USub_UAdd|ComparisonOperator_(Eq|NotEq|Lt|LtE|Gt|GtE)_(Eq|NotEq|Lt|LtE|Gt|GtE)$|Is_IsNot|IsNot_Is$|AddNot|"
    r"True|False|AndWithOr|OrWithAnd|BreakWith|ContinueWith|Exception|NumberReplacer|ZeroIteration"
)
"""Operators of Cosmic Ray that are used: those whose mutants still run. Others, such as the quotient of two sets, any
test would kill; decorators keep answers or make data classes."""


class DropFilter(Operator):
    """A comprehension takes all: its ``if`` is left out."""

    def mutation_positions(self, node) -> Iterator[tuple]:
        if node.type == "comp_if":
            yield node.start_pos, node.end_pos

    def mutate(self, node, index: int):
        return None

    @classmethod
    def examples(cls) -> tuple:
        return ()


class DropArgument(DropFilter):
    """A named argument of a call is left out; not ``strict``, see ``silent``."""

    def mutation_positions(self, node) -> Iterator[tuple]:
        if node.type == "argument" and node.children[1] == "=" and node.children[0].value != "strict":
            yield node.start_pos, node.end_pos

    def mutate(self, node, index: int):
        return parso.parse(node.get_first_leaf().prefix + "**{}")


def operators() -> list[Operator]:
    chosen = [plugins.get_operator(name)() for name in plugins.operator_names() if USED.search(name)]
    return [*chosen, DropFilter(), DropArgument()]


def silent(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where nothing is computed: annotations, decorators, imports for type checkers, ``strict``, which only guards
    against what does not happen; first and last (line, column)."""
    parts = []
    for node in ast.walk(ast.parse(source)):
        parts += [node.value] if isinstance(node, ast.keyword) and node.arg == "strict" else []
        parts += [getattr(node, "annotation", None), getattr(node, "returns", None)]
        parts += getattr(node, "decorator_list", [])
        parts += [node] if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING" else []
    return [((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)) for part in parts if part]


def mutants(source: str, number: int, seed: int) -> Iterator[str]:
    """Changed sources, drawn at random: first a place, then one of the changes that are possible there."""
    places: dict[tuple, list[tuple[Operator, int]]] = {}
    nodes, left_out = list(ast_nodes(get_ast(source))), silent(source)
    for operator in operators():
        starts = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, start in enumerate(starts):
            if not any(first <= start < last for first, last in left_out):
                places.setdefault(start, []).append((operator, occurrence))
    draw = random.Random(seed)
    order = draw.sample(sorted(places), len(places))
    for start in order:
        changed = mutate_code(source, *draw.choice(places[start]))
        try:
            compile(changed, "mutant", "exec")
        except SyntaxError:
            continue
        yield changed
        number -= 1
        if not number:
            return


@dataclass
class Run:
    """The tests of a module in a process of its own, in one copy of the repository."""

    copy: Path
    module: str
    changed: str = ""
    seconds: float = 600
    """After so many the tests are ended: a loop without an end is noticed, too."""

    def __post_init__(self) -> None:
        self.path = self.copy / "src" / "chainregistry" / f"{self.module}.py"
        self.source, self.begun, self.passed = self.path.read_text(encoding="utf-8"), time.monotonic(), False
        if self.changed:
            self.path.write_text(self.changed, encoding="utf-8")
            for kept in (self.path.parent / "__pycache__").glob(f"{self.path.stem}.*"):
                kept.unlink()
        self.child = os.fork()
        if not self.child:
            os.setsid()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            code = 1
            try:
                code = self.tests()
            finally:
                os._exit(code)

    def tests(self) -> int:
        os.chdir(self.copy)
        os.environ["PYTHONPATH"] = sys.path[0] = str(self.copy / "src")
        if self.changed:
            os.environ["PYTHONDONTWRITEBYTECODE"], sys.dont_write_bytecode = "1", True
        paths = [str(self.copy / "tests" / f"test_{name}.py") for name in OWN[self.module].split()]
        return int(pytest.main(["-x", *OPTIONS, "-k", LEFT_OUT, *paths]))

    def ended(self) -> bool:
        """Whether it is over; then all that the tests have started is ended, and the module is as it was."""
        found, status = os.waitpid(self.child, os.WNOHANG)
        if not found and time.monotonic() < self.begun + self.seconds:
            return False
        self.passed = bool(found) and not status
        with suppress(ProcessLookupError):
            os.killpg(self.child, signal.SIGKILL)
        if not found:
            os.waitpid(self.child, 0)
        self.path.write_text(self.source, encoding="utf-8")
        return True


def all_ended(runs: Iterator[Run], copies: list[Path]) -> list[Run]:
    """Runs that have ended, as many at a time as there are copies; ``runs`` takes the last of them for each."""
    ended, under_way = [], []
    while True:
        while copies and (run := next(runs, None)):
            under_way.append(run)
        if not under_way:
            return ended
        for run in [run for run in under_way if run.ended()]:
            under_way.remove(run)
            ended.append(run)
            copies.append(run.copy)
        time.sleep(0.02)


def difference(source: str, changed: str) -> str:
    """The lines that differ, with their place."""
    return "\n".join(list(difflib.unified_diff(source.splitlines(), changed.splitlines(), n=0, lineterm=""))[2:])


def tried(copies: list[Path], module: str, each: int, seed: int) -> tuple[int, int]:
    """Draw mutants of a module, run its tests on each, print the survivors: how many there were, and how many fell.

    Raises SystemExit if the tests fail without any change.
    """
    usual = all_ended((Run(copies.pop(), module) for _ in list(copies)), copies)
    if not all(run.passed for run in usual):
        raise SystemExit(f"{module}: its tests fail as it is")
    begun, source = time.monotonic(), usual[0].source
    seconds = 10 + 3 * (begun - usual[0].begun)
    runs = all_ended((Run(copies.pop(), module, changed, seconds) for changed in mutants(source, each, seed)), copies)
    survivors = [run.changed for run in runs if run.passed]
    killed = len(runs) - len(survivors)
    print(f"{module}: {killed} of {len(runs)} killed, {time.monotonic() - usual[0].begun:.0f} s", flush=True)
    for changed in survivors:
        print(difference(source, changed), flush=True)
    return len(runs), killed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"one of: {' '.join(OWN)}")
    parser.add_argument("--each", type=int, default=20, metavar="N", help="mutants of a module (20)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which are drawn (1)")
    chosen = parser.parse_args()
    if unknown := set(chosen.modules) - set(OWN):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    warnings.simplefilter("ignore")
    for library in LIBRARIES:
        import_module(library)
    with tempfile.TemporaryDirectory() as folder:
        hidden = shutil.ignore_patterns(".?*", "__pycache__", "*.html", "programs.json")  # kept answers hide wrong ones
        places = [Path(folder) / str(number) for number in range(os.cpu_count() or 1)]
        copies = [shutil.copytree(ROOT, place, ignore=hidden) for place in places]
        counts = [tried(copies, module, chosen.each, chosen.seed) for module in chosen.modules or OWN]
    number, killed = (sum(column) for column in zip(*counts, strict=True))
    print(f"all: {killed} of {number} killed ({killed / number:.0%})")


if __name__ == "__main__":
    main()
