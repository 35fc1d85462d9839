"""The tests bite: one altered stored output and one altered digit in the data are both caught."""

import os
import re
import shutil
import subprocess
import sys

from chainregistry import checks, documents

REGISTRY = documents.ROOT / "notebooks" / "registry.ipynb"


def nbval(notebook, **environment):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        str(documents.ROOT / "pyproject.toml"),
    ]
    return subprocess.run(
        [*command, "--rootdir", str(notebook.parent), str(notebook)],
        capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip


def test_an_altered_stored_output_is_caught(tmp_path):
    text = REGISTRY.read_text(encoding="utf-8")
    altered, times = re.subn(
        r"(blockchain services; public sources identify )(\d+)", lambda found: f"{found[1]}{int(found[2]) + 1}", text
    )
    assert times
    copy = tmp_path / "registry.ipynb"
    copy.write_text(altered, encoding="utf-8")
    result = nbval(copy)
    assert result.returncode == 1 and "public sources identify" in result.stdout, result.stdout[-2000:]


def test_an_altered_digit_in_the_data_is_caught_twice(tmp_path):
    folder = shutil.copytree(documents.ROOT / "data", tmp_path / "data")
    counts = folder / "published_counts.csv"
    text = counts.read_text(encoding="utf-8")
    assert "registered services,=,309," in text
    counts.write_text(text.replace("registered services,=,309,", "registered services,=,308,", 1), encoding="utf-8")
    assert any("differs from the ledger" in problem.why for problem in checks.check(folder))
    copy = tmp_path / "registry.ipynb"
    shutil.copy(REGISTRY, copy)
    assert nbval(copy, CHAINREGISTRY_DATA=str(folder)).returncode == 1
