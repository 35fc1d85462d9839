"""Fixtures shared by the tests. Tests read only what the repository holds."""

import shutil
from pathlib import Path

import pytest

from chainregistry import batch, catalogue
from chainregistry import data as data_package

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data():
    return data_package.load(ROOT / "data")


@pytest.fixture
def data_copy(tmp_path):
    """A copy of the data folder to break."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.fixture(scope="session")
def rendered(data, tmp_path_factory):
    """A folder with the pages of each kind: the fullest, the emptiest, and the research pages."""
    out = tmp_path_factory.mktemp("pages")
    names = [page.name for page in catalogue.pages(data) if "/" not in page.name]
    chosen = catalogue.plan(data, (*names, "province/guangdong", "province/xinjiang", "sector/gaming"), {})
    results = batch.render(chosen, out)
    assert [result.error for result in results] == [""] * len(chosen)
    return out
