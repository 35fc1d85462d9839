"""What the package stands on: all that it imports is declared, and the licences of all of it are told."""

import ast
import re
import sys
import tomllib
from importlib import metadata

from conftest import ROOT

from chainregistry import licences

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name(requirement):
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def imported():
    """Top-level names of what the modules import, wherever they do so."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module.split(".")[0]


def test_what_is_imported_is_declared():
    declared = {name(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["cluster"]}
    others = set(imported()) - set(sys.stdlib_module_names) - {"chainregistry", "nbpages"}
    homes = metadata.packages_distributions()
    assert {module for module in others if not declared & {name(home) for home in homes[module]}} == set()


def test_licences_of_all_runtime_dependencies_stand_in_the_table():
    text = licences.TABLE.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([\w-]+) \| ([^|]+) \|$", text, re.MULTILINE))
    assert {name(line) for line in PROJECT["dependencies"]} <= set(told)
    assert "not stated; see its files" not in told.values()
    duties = dict(re.findall(r"^\| ([\w-]+) \| [^|]+ \| ([^|]{20,}) \|$", text, re.MULTILINE))
    assert {"python-stdnum", "tqdm", "certifi", "fqdn"} <= set(duties)
    assert all(licences.copyleft(told[key]) for key in duties)


def test_copyleft_is_told_from_its_name():
    assert [licences.copyleft(text) for text in ("MIT", "MPL-2.0 AND MIT", "LGPL-2.1-or-later", "GPL-3.0-only")] == [
        "",
        "MPL",
        "LGPL",
        "GPL",
    ]
