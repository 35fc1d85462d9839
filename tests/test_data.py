"""The data package: what is stored is sound, and what is unsound is told line by line."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from frictionless import Package

from chainregistry import cli, register
from chainregistry import data as data_package


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def whys(folder):
    """Problems of a copy, without the hash that every edit breaks."""
    return [str(p) for p in data_package.check(folder) if p.column != "hash"]


def test_the_stored_package_is_sound():
    assert data_package.check() == []


def test_tables_are_the_callers_own_and_a_changed_file_is_read_anew(data_copy):
    first, again = data_package.load(data_copy), data_package.load(data_copy)
    first.regions.loc[0, "name_en"] = first.description["created"] = "changed by its owner"
    assert again.regions.name_en[0] == "Beijing" and again.as_of == data_package.load(data_copy).as_of != first.as_of
    edit(data_copy, "regions.csv", "Beijing", "Peking")
    assert data_package.load(data_copy).regions.name_en[0] == "Peking"


def test_a_process_of_a_batch_takes_what_another_one_has_read_and_checked(data_copy, tmp_path):
    (tmp_path / "shared").mkdir()
    data_package.share(data_copy, tmp_path / "shared")
    code = "import sys, chainregistry as cr; print(cr.load().regions.name_en[0], 'pandera' in sys.modules)"
    given = {"CHAINREGISTRY_DATA": str(data_copy), data_package.SHARED: str(tmp_path / "shared")}

    def told():
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | given)

    assert told().stdout == "Beijing False\n"
    edit(data_copy, "regions.csv", "Beijing", "Peking")
    assert told().stdout == "Peking True\n"
    edit(data_copy, "regions.csv", "name_en", "name")
    assert "DataError" in told().stderr


def test_an_independent_reader_accepts_the_package(data):
    assert Package(str(data.folder / "datapackage.json")).validate().valid


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("registrations.csv", "r001,1,", "r001,one,", "registrations.csv, row 2, column batch: one: is not a whole"),
        ("registrations.csv", "r001,1,", "r001,77,", "column batch: 77: is not a batch of batches.csv"),
        ("registrations.csv", "r002,", "r001,", "row 3, column registration_id: r001: stands twice"),
        ("registrations.csv", ",bank,", ",bnak,", "column entity_type: bnak: is not one of"),
        ("registrations.csv", "s004 s005,high", "s004 s999,high", "column source_ids: s999: is not a source_id of"),
        ("registrations.csv", "s004 s005,high", ",high", "column source_ids: must not be empty"),
        ("registrations.csv", "京网信备11010519864491550014号", "京网信备11010519864491550015号", "call for 4"),
        ("registrations.csv", "京网信备11010519864491550014号", "沪网信备11010519864491550014号", "begins with 11"),
        ("registrations.csv", "registration_id,", "registration_no,", "column registration_no: column is not in"),
        ("registrations.csv", "r003,1,", "r003,1,1,", "row 4: 17 cells, but the header has 16"),
        ("events.csv", "2018-08-10", "2018-08-32", "2018-08-32: is not a date of the calendar"),
        ("events.csv", "e001,p001,2016,year", "e001,p001,2016-05,year", "does not have the precision 'year'"),
        ("batches.csv", "2,2019-10-18,day,309,", "2,2019-10-18,day,308,", "add up to 505"),
        ("batches.csv", "2,2019-10-18,day,309,", "2,2019-10-18,day,-9,", "-9: is beyond the minimum of 1"),
        ("published_counts.csv", "北京,=,63,services", "北京,=,163,services", "more than all services (197)"),
        ("published_counts.csv", "c039,2,2,false,total,all,,registered services,=,309", "c039,2,2,false,total,all,,registered services,=,310", "set one aside"),
        ("regions.csv", "54,tibet,Tibet", "54,tibet,Beijing", "Beijing: stands twice"),
    ],
)  # fmt: skip
def test_each_fault_gives_its_line(data_copy, file, old, new, expected):
    edit(data_copy, file, old, new)
    found = whys(data_copy)
    assert any(expected in line for line in found), found


def test_a_row_too_many_and_a_file_too_few(data_copy):
    with open(data_copy / "regions.csv", encoding="utf-8") as file:
        lines = file.readlines()
    (data_copy / "regions.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    (data_copy / "sectors.csv").unlink()
    found = "\n".join(whys(data_copy))
    assert "regions.csv: 30: expected 31 to 31 rows" in found
    assert "sectors.csv: file not found" in found


def test_not_text_is_one_line(data_copy):
    (data_copy / "events.csv").write_bytes(b"\xff\xfe\x00\x01")
    assert any(line.startswith("events.csv: not a CSV file in UTF-8") for line in whys(data_copy))


def test_loading_refuses_what_the_description_does_not_allow(data_copy):
    edit(data_copy, "events.csv", ",pilot,", ",pilott,")
    with pytest.raises(data_package.DataError, match="pilott: is not one of"):
        data_package.load(data_copy)


def test_types_are_applied(data):
    assert data.batches.services.dtype == "Int64"
    assert data.events.digital_yuan.dtype == bool
    assert data.published_counts.value.dtype == "Float64"
    assert data.batches.services[0] == 197


def test_the_version_follows_every_byte(data, data_copy):
    assert data_package.load(data_copy).version == data.version
    edit(data_copy, "events.csv", "Ant begins", "Ant began")
    assert data_package.load(data_copy).version != data.version


def test_the_command_prints_a_line_per_problem_and_fails(data_copy):
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy)])
    assert (run.exit_code, "no problem found" in run.output) == (0, True)
    edit(data_copy, "registrations.csv", ",bank,", ",bnak,")
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy)])
    assert run.exit_code == 1
    assert len(run.output.strip().splitlines()) == 2  # the value and the hash
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy), "--json"])
    assert json.loads(run.output)[0].keys() == {"file", "row", "column", "value", "why"}


def test_a_folder_without_data_is_said(tmp_path):
    run = CliRunner().invoke(cli.main, ["check", "--data", str(tmp_path)])
    assert run.exit_code == 1
    assert "not found: name the data folder with --data" in run.output


def test_neighbours_are_mutual(data):
    pairs = {
        (a, b) for a, bs in zip(data.regions.province_code, data.regions.neighbours, strict=True) for b in bs.split()
    }
    assert pairs == {(b, a) for a, b in pairs}


def test_population_adds_up_to_the_census(data):
    assert data.regions.population_2020.sum() == 1_409_778_724


def test_low_confidence_rows_are_not_counted(data):
    assert "low" not in set(data.named().confidence)
    assert len(data.named("low")) == len(data.registrations)
    table = register.coverage(data).set_index("list")
    assert table.named[1] + table.low[1] == (data.registrations.batch == 1).sum()


def test_at_least_by_hand(data):
    """Lists 1 to 8 hold 1821; list 9 has 348 and list 15 has 74; the rest is not known."""
    assert register.at_least(data) == 1821 + 348 + 74
    assert register.at_least(data, 2) == 197 + 309
