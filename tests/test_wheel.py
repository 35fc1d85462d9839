"""The package without a checkout, as a wheel installs it: what works, and one sentence for what does not."""

import os
import shutil
import subprocess
import sys
import tomllib

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds the packages and the data as the wheel does, and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, folder / package.split("/")[-1])
    for source, target in wheel["force-include"].items():
        shutil.copytree(ROOT / source, folder / target)
    return folder


def run(installed, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != "CHAINREGISTRY_DATA"}
    command = [sys.executable, "-m", "chainregistry", *arguments]
    environment["PYTHONPATH"] = str(installed)
    return subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    "arguments",
    [("number", "京网信备11010519864491550014号"), ("classify", "供应链金融服务平台"), ("check",)],
    ids=lambda arguments: arguments[0],
)
def test_what_needs_no_checkout_works(installed, arguments):
    done = run(installed, *arguments)
    assert done.returncode == 0 and done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("render",), "run it in a checkout of the collection"),
        (("lessons",), "run it in a checkout of the collection"),
        (("import", "list.pdf"), "name the data folder to write to with --data"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_needs_one_says_so_in_one_sentence(installed, arguments, words):
    done = run(installed, *arguments)
    assert done.returncode == 2 and words in done.stderr.splitlines()[-1], done.stderr
