"""Pages with imported lists: complete, marked as simulated, and safe with hostile names."""

import shutil

import lists
import pytest
from test_parameters import shown_by

from chainregistry import data as data_package
from chainregistry import documents, official, register


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A copy of the data folder with two simulated lists, awkward names among their rows."""
    root = tmp_path_factory.mktemp("imported")
    folder = shutil.copytree(documents.ROOT / "data", root / "data")
    for batch in (1, 2):
        source = root / f"SIMULATED-batch-{batch:02d}.csv"
        source.write_bytes(lists.make("csv", lists.entries(200, seed=batch), heading=lists.title("零一二"[batch])))
        official.import_list(source, folder, batch=batch)
    return folder


def test_an_imported_list_is_complete_and_marked(imported):
    data = data_package.load(imported)
    assert data.complete == [1, 2] and data.simulated
    table = register.coverage(data).set_index("list")
    assert (table.known[1], table.services[1], table.named[1]) == ("complete", 200, 200)
    assert table.known[3] == "size and names"
    assert register.imported(data).difference.tolist() == [200 - 197, 200 - 309]
    assert register.seats(data).services.sum() == (data.official.county_code != "").sum()
    assert register.official_sectors(data).services.sum() == 400
    assert {"c001", "c039", "c041"} <= set(register.contradicted(data)["count"])
    assert data_package.check(imported) == []


def test_the_registry_notebook_holds_with_imported_lists(imported, monkeypatch):
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(imported))
    text = shown_by(documents.ROOT / "notebooks" / "registry.ipynb", {})
    assert "<script>" not in text
    assert "Published counts that the imported lists do not bear out" in text and "complete" in text
