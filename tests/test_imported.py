"""Pages with imported lists: complete, marked as simulated, and safe with hostile names."""

import re
import shutil
from dataclasses import replace

import lists
import pandas as pd
import pytest
from click.testing import CliRunner
from test_parameters import shown_by

from chainregistry import bounds, counts, documents, front, layers, official, record, register, totals
from chainregistry.cli import main
from chainregistry.collection import Register
from nbpages import catalogue
from nbpages.batch import render

NOTEBOOKS = documents.ROOT / "notebooks"


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


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A copy of the data folder into which the command has imported a simulated register: 20 lists, 5,000 rows."""
    root = tmp_path_factory.mktemp("full")
    folder = shutil.copytree(documents.ROOT / "data", root / "data")
    sources = []
    for batch, rows in lists.register().items():
        sources.append(root / f"SIMULATED-batch-{batch:02d}.csv")
        sources[-1].write_bytes(lists.make("csv", rows, heading="境内区块链信息服务备案清单"))
    result = CliRunner().invoke(main, ["import", *map(str, sources), "--data", str(folder)])
    assert result.exit_code == 0, result.output
    assert result.output.count("(SIMULATED) imported; 250 rows, 250 valid") == 20
    return folder


def test_an_imported_list_is_complete_and_marked(imported):
    data = record.load(imported)
    assert data.complete == [1, 2] and data.simulated
    table = register.coverage(data).set_index("list")
    assert (table.known[1], table.services[1], table.named[1]) == ("complete", 200, 200)
    assert table.known[3] == "size and names"
    lists_of = register.imported(data)
    assert lists_of.difference.tolist() == [200 - 197, 200 - 309]
    assert lists_of.source.tolist() == ["SIMULATED-batch-01.csv", "SIMULATED-batch-02.csv"]
    assert {"c001", "c039", "c041"} <= set(register.contradicted(data)["count"])
    assert record.check(imported) == []


def test_places_and_registrants_by_hand(data):
    """Three services of one registrant in two districts of Shenzhen, one of Beijing, one with an unknown code."""
    numbers = [
        lists.number("440305", 20, 7, 1), lists.number("440304", 21, 7, 2), lists.number("440305", 22, 7, 3),
        lists.number("110108", 20, 8, 1), lists.number("339999", 20, 9, 1),
    ]  # fmt: skip
    rows = pd.DataFrame(
        {
            "batch": pd.array([1, 2, 2, 2, 2], dtype="Int64"),
            "sequence": pd.array([1, 1, 2, 3, 4], dtype="Int64"),
            "entity_zh": ["甲公司", "甲公司", "甲科技公司", "乙公司", "丙公司"],
            "service_zh": ["存证平台", "天空", "存证链", "NFT", "云"],
            "filing_number": numbers,
            "valid": True,
            "county_code": [number[4:10] for number in numbers],
            "county_zh": ["南山区", "福田区", "南山区", "海淀区", ""],
            "subject_code": ["00000007"] * 3 + ["00000008", "00000009"],
        }
    )
    listed = register.listed(replace(data, official=rows))
    cities = register.seats(listed).set_index("place (Chinese)")
    assert cities.services.to_dict() == {"广东省深圳市": 3, "北京市": 1, "3399": 1}
    assert cities.loc["广东省深圳市", ["code", "registrants", "lists"]].tolist() == ["4403", 1, 2]
    assert register.seats(listed, "county")["place (Chinese)"].tolist() == ["南山区", "海淀区", "339999", "福田区"]
    first = register.subjects(listed).iloc[0]
    assert (first["registrant (Chinese)"], first.names, first.services, first.which) == ("甲公司", 2, 3, "1, 2")
    label = data.sectors.set_index("sector").label
    assert register.by_sector(listed, label).iloc[-1].tolist() == ["the name does not tell", 2]
    assert register.listed_for_reading(listed, label)["list"].tolist() == [2, 2, 2, 2, 1]


MISSING = r"\bnan\b|NaT|<NA>|\bNone\b|\binf\b|<script>"


@pytest.mark.parametrize("name", ["registry", "sectors", "official-lists", "june-2019", "province", "sector"])
def test_a_notebook_holds_with_two_lists_imported(imported, monkeypatch, name):
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(imported))
    text = shown_by(NOTEBOOKS / f"{name}.ipynb", {})
    assert not re.search(MISSING, text) and re.search(r"\blist", text)


def test_imported_rows_count_as_named_and_in_the_sum(imported):
    """200 rows each on lists 1 and 2: the running total of eight lists stands, for it holds more than these two."""
    data = record.load(imported)
    press = data.named()
    others = layers.beside(data)
    assert len(others) == (~press.batch.isin([1, 2])).sum() < len(press)
    assert layers.nameable(data) == 400 + len(others) == register.coverage(data).named.sum() + others.batch.isna().sum()
    assert totals.sums(data, 2)[["part", "services"]].to_numpy().tolist() == [
        ["list 1, by its rows", 200], ["list 2, by its rows", 200],
    ]  # fmt: skip
    later = data.batches[data.batches.batch > 8].services.sum()
    assert totals.at_least(data, 1) == 200 and totals.at_least(data) == 1821 + later > 1821
    assert not counts.disputes(data).lists.isin(["list 1", "list 2"]).any()


def test_an_imported_list_that_is_larger_than_a_running_total_takes_its_place(data):
    rows = pd.DataFrame({"batch": pd.array([2] * 600, dtype="Int64")})
    table = totals.sums(replace(data, official=rows), 2)
    assert table.part.tolist() == ["list 1", "list 2, by its rows"] and table.services.tolist() == [197, 600]


def test_registrants_of_an_imported_first_list_are_counted_on_it(data):
    """Two rows with one subject code, one of another, and two of one name whose numbers are faulty."""
    rows = pd.DataFrame(
        {
            "batch": pd.array([1] * 5 + [2], dtype="Int64"),
            "entity_zh": ["甲", "甲公司", "乙", "丙", "丙", "丁"],
            "subject_code": ["1", "1", "2", "", "", "3"],
            "valid": [True, True, True, False, False, True],
        }
    )
    table = register.registrants(replace(data, official=rows))
    assert table[["entities", "services"]].to_numpy().tolist() == [[1, 1], [2, 4]]


def test_a_number_that_a_list_makes_needless_is_not_called_used(imported):
    model = bounds.Model(record.load(imported))
    told = counts.printed_of(model, "11")
    rows = model.data.published_counts.loc[told.index]
    used = told.used_for_ranges.str.partition(":")[0]
    assert set(used[rows.batch_last <= 2]) == {"no"} and "yes" in set(used)


def test_the_full_register_is_exact_on_the_pages(full, monkeypatch):
    """5,000 rows on 20 lists, imported through the command: pages of a full province and of an empty one."""
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(full))
    data = record.load()
    own = data.official[data.official.province_code == "44"]
    early = int((own.batch <= 3).sum())
    text = shown_by(NOTEBOOKS / "province.ipynb", {"province": "guangdong"})
    assert (
        f"Guangdong has {early} of the 750 blockchain services registered on lists 1 to 3" in text
        and "<script>" not in text
    )
    assert "Xinjiang has 0 of the 750 blockchain services registered on lists 1 to 3" in shown_by(
        NOTEBOOKS / "province.ipynb", {"province": "xinjiang"}
    )
    assert "China has listed at least 5,000 blockchain services; public sources identify 5,000" in shown_by(
        NOTEBOOKS / "registry.ipynb", {}
    )
    known = layers.known(data)
    assert (
        known.line == "Nationwide, public sources identify 5,000 of at least 5,000 registered services"
        and "identify 5,000" in known.sentence
    )
    assert "Public sources identify most that we know of" in front.claim(data)
    first = data.official[data.official.batch == 1]
    story = shown_by(NOTEBOOKS / "june-2019.ipynb", {})
    assert f"{len(first)} services belong to {first.subject_code.nunique()} registrants" in story
    told = shown_by(NOTEBOOKS / "official-lists.ipynb", {})
    assert (
        "We have 20 of the regulator's 20 or more lists" in told
        and "hold 5,000 services" in told
        and ">广东省深圳市</td>" in told
    )
    assert f"{register.CARRIED} of 5,000 (data/official holds all)" in told


def test_every_province_is_known_to_the_last_service(full, monkeypatch):
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(full))
    data = record.load()
    counted = data.official[data.official.batch <= 3].province_code.value_counts()
    ranges = bounds.Model(data).table(1, 3)
    assert (ranges.low == ranges.high).all()
    assert ranges.low.tolist() == [int(counted.get(code, 0)) for code in ranges.province_code]


@pytest.mark.parametrize("name", ["places", "sector", "policy", "sectors"])
def test_a_notebook_holds_with_the_full_register(full, monkeypatch, name):
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(full))
    text = shown_by(NOTEBOOKS / f"{name}.ipynb", {})
    assert not re.search(MISSING, text) and len(text) > 1000


def test_a_page_says_that_its_lists_are_simulated(full, tmp_path):
    collection = Register(folder=full)
    chosen = catalogue.plan(collection, ("registry",), {})
    assert [result.error for result in render(collection, chosen, tmp_path)] == [""]
    page = (tmp_path / "registry.html").read_text(encoding="utf-8")
    assert "<title>SIMULATED: " in page and "made up for a test and say nothing about China" in page
    assert "public sources identify 5,000" in page
