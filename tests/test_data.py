"""The data package: what is stored is sound, and what is unsound is told line by line."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import counted
import pandas as pd
import pytest
from click.testing import CliRunner
from frictionless import Package

from chainregistry import checks, cli, columns, documents, register, totals
from chainregistry import data as data_package

DATA = Path(__file__).resolve().parents[1] / "data"


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def whys(folder):
    """Problems of a copy, without those of the ledger, which names every edit."""
    return [str(p) for p in checks.check(folder) if "ledger" not in p.why]


def whys_of_all(faults, folder):
    """Problems of one copy with all these faults at once (file, old, new, ...), so that none may hide another."""
    for file, old, new, _ in faults:
        edit(folder, file, old, new)
    return whys(folder)


def test_the_stored_package_is_sound():
    assert checks.check() == []


def test_tables_are_the_callers_own_and_a_changed_file_is_read_anew(data_copy):
    first, again = data_package.load(data_copy), data_package.load(data_copy)
    first.regions.loc[0, "name_en"] = first.description["created"] = "changed by its owner"
    assert again.regions.name_en[0] == "Beijing" and again.as_of == data_package.load(data_copy).as_of != first.as_of
    edit(data_copy, "regions.csv", "Beijing", "Peking")
    assert data_package.load(data_copy).regions.name_en[0] == "Peking"


def test_columns_found_right_are_not_looked_at_again_until_a_byte_changes(data_copy, monkeypatch):
    kept = (data_copy / data_package.RIGHT).read_text(encoding="ascii")
    assert kept == documents._columns(DATA), "what is not looked at again is right; make docs renews it"
    with monkeypatch.context() as patched:
        patched.setattr(columns, "problems", None)
        data_package.load(data_copy)
    edit(data_copy, "batches.csv", "2019-03-30", "30 March 2019")
    with pytest.raises(data_package.DataError, match="30 March 2019"):
        data_package.load(data_copy)
    (data_copy / "batches.csv").unlink()
    with pytest.raises(data_package.DataError, match="file not found"):
        data_package.load(data_copy)


def test_a_process_of_a_batch_takes_what_another_one_has_read_and_checked(data_copy, tmp_path):
    (tmp_path / "shared").mkdir()
    (data_copy / data_package.RIGHT).unlink()
    code = "import sys, chainregistry as cr; print(cr.load().regions.name_en[0], 'pandera' in sys.modules)"
    given = {"CHAINREGISTRY_DATA": str(data_copy), data_package.SHARED: str(tmp_path / "shared")}

    def told():
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | given)

    assert told().stdout == "Beijing True\n"
    assert told().stdout == "Beijing False\n"
    edit(data_copy, "regions.csv", "Beijing", "Peking")
    assert told().stdout == "Peking True\n"
    edit(data_copy, "regions.csv", "name_en", "name")
    assert "DataError" in told().stderr


def test_an_independent_reader_accepts_the_package(data):
    assert Package(str(data.folder / "datapackage.json")).validate().valid


FAULTS = [
    ("registrations.csv", "r001,1,", "r001,one,", "registrations.csv, row 2, column batch: one: is not a whole"),
    ("registrations.csv", "r003,1,", "r003,77,", "column batch: 77: is not a batch of batches.csv"),
    ("registrations.csv", "r002,", "r001,", "row 3, column registration_id: r001: stands twice"),
    ("registrations.csv", ",bank,", ",bnak,", "column entity_type: bnak: is not one of"),
    ("registrations.csv", "s004 s005 s006 s011,high", "s004 s999,high", "column source_ids: s999: is not a source_id of"),
    ("registrations.csv", "s114,medium", ",medium", "column source_ids: must not be empty"),
    ("registrations.csv", "京网信备11010519864491550014号", "京网信备11010519864491550015号", "call for 4"),
    ("registrations.csv", "粤网信备44030419239726130015号", "沪网信备44030419239726130015号", "but the code begins with 44"),
    ("registrations.csv", "44,filing-number,s090", "44,,s090", "must say what the province (44) was taken from"),
    ("registrations.csv", "11,filing-number,s087", ",filing-number,s087", "has a basis (filing-number) only"),
    ("registrations.csv", "s024 s025,high", "s024,high", "but no filing number is printed and one document alone"),
    ("events.csv", "2018-08-10", "2018-08-32", "2018-08-32: is not a date of the calendar"),
    ("events.csv", "e604,p262,2019-03,", "e604,p262,2019-13,", "row 605, column date: 2019-13: is not a date of the"),
    ("events.csv", "Research Institute,judiciary", "Research Institute,judicial", "row 605, column sector: judicial: is not"),
    ("events.csv", "e001,p001,2016,year", "e001,p001,2016-05,year", "does not have the precision 'year'"),
    ("events.csv", "deployment,false,false,evidence,,n604", "statement,false,false,evidence,,n604", "no deployment of a court"),
    ("events.csv", "e602,p260,2018-09-06", "e602,p260,2007-09-06", "2007-09-06: is before 2008"),
    ("events.csv", "e699,p290,2025-05-23", "e699,p290,2029-05-21", "2029-05-21: is after 2026-"),
    ("events.csv", "n631,high", "n630,high", "2026-03-05: is after all its documents (the last of 2026-02-09)"),
    ("events.csv", "China,51,Chengdu", "China,15,Chengdu", "15: Chengdu has the code 51 elsewhere"),
    ("events.csv", "Singapore,,", "Singapore,44,", "column province_code: 44: is given for Singapore"),
    ("events.csv", "court,Dezhou Economic", "prefecture,Dezhou Economic", "by its name Dezhou Economic Development Zone Court"),
    ("events.csv", "court,Saihan", "none,Saihan", "none: but a public body is named (Saihan District"),
    ("events.csv", "none,,Bilibili", "county,,Bilibili", "county: but no public body is named"),
    ("events.csv", "county,Longhua District", "foreign-local,Longhua District", "foreign-local: is for other countries"),
    ("events.csv", "foreign-local,Tsukuba", "prefecture,Tsukuba", "prefecture: is not a level of bodies of Japan"),
    ("events.csv", "e697,p332,", "e697,p331,", "p331: its other events have the province 31, this one 65"),
    ("events.csv", "e698,p333,", "e698,,", "project_id: must not be empty for a deployment"),
    ("second_coding.csv", "pilot,live,second", "pilot,live,other", "other: decided for another code, but events.csv has"),
    ("second_coding.csv", "pilot,live,second", "pilot,live,third", "column decision: third"),
    ("events.csv", "e572,,", "e572,p102,", "p102: this event shares no name"),
    ("events.csv", "e557,,", "e557,p300,", "p300: is given for a market"),
    ("events.csv", "e688,", "e687,", "e688: is missing; an id is never reused"),
    ("events.csv", "Ant Group begins", "Ant\u00a0begins", "Ant<U+00A0>begins tracking charity donations on blockchain: holds a no-break"),
    ("events.csv", "Zhongnan Construction and", "Zhongnan \ufffdnd", "holds a replacement character"),
    ("events.csv", "Kyobo Life to", "Kyobo\x07Life to", "holds a control character (U+0007)"),
    ("events.csv", "Mizuho; Lawson", "Mizuho;\x00 Lawson", "holds a NUL character"),
    ("events.csv", "WeBank opens", "\ufeffWeBank opens", "row 6, column title: <U+FEFF>WeBank opens"),
    ("events.csv", ",Dubai puts", ", Dubai puts", "begins or ends with a blank"),
    ("events.csv", ",Dubai launches", ", Dubai launches", "title:  Dubai launches a strategy to put government transactions on: begins or"),
    ("events.csv", ",Shenzhen Stock", ",Shenzhen\u00adStock", "title: Shenzhen<U+00AD>Stock Exchange opens a blockchain of records: holds a soft"),
    ("published_counts.csv", "\nc020,", "\nc119,", "column count_id: c021: does not stand in the order of the ids"),
    ("sources.csv", "n644,", "n644,https://example.org/,,,blog,en\nn645,", "column publisher: must not be empty"),
    ("sources.csv", "s110,,", "s111,,", "column source_id: s111: stands twice"),
    ("batches.csv", "2,2019-10-18,day,309,", "2,2019-10-18,day,308,", "row 3, column cumulative_services: 506: the lists so far add up to 505"),
    ("batches.csv", "9,2022-07-25,day,348,", "9,2021-07-25,day,-9,", "-9: is beyond the minimum of 1"),
    ("batches.csv", ",2021-07-25,", ",2021-07-26,", "2021-07-26: is before the list above it (2022-05)"),
    ("batches.csv", "day,197,,165,", "day,197,,198,", "198: more registrants than services (197)"),
    ("published_counts.csv", "registered entities,=,165", "registered entities,=,166", "batches.csv has 198 for the same lists"),
    ("published_counts.csv", "北京,=,63,services", "北京,=,163,services", "more than all services (197)"),
    ("published_counts.csv", "services,=,309", "services,=,310", "set one aside"),
    ("published_counts.csv", "c067,1,3,", "c067,3,1,", "column batch_last: 1: is before the first list (3)"),
    ("published_counts.csv", "c042,2,2,false,province,11,11", "c042,2,2,false,province,11,12", "12: does not agree with the key 11"),
    ("published_counts.csv", "c089,1,8,true,city,shenzhen,44", "c089,1,8,true,city,shenzhen,33", "shenzhen has 44 in another row"),
    ("published_counts.csv", "services,s039,medium,,,78", "services,s039,medium,x55,,78", "x55: no other row has this"),
    ("published_counts.csv", "c096,15,15,", "c096,14,14,", "74: batches.csv has no size for list 14"),
    ("batches.csv", "\n16,", "\n76,", "76: lists are numbered through; this is number 16"),
    ("events.csv", "judiciary,other,statement", "judiciary,live,statement", "live: is no stage of a statement, which is"),
    ("events.csv", "n526,medium", "n526,high", "high: but no document is newspaper or newswire or official or trade-press"),
    ("events.csv", "n298,medium", "n298,high", "high: but a part of the date is inferred"),
    ("events.csv", "e239,p129,", "e239,p629,", "column project_id: p129, p332, p333, "),
    ("registrations.csv", "百度区块链引擎,Baidu Blockchain Engine", "Baidu Blockchain Engine,百度区块链引擎", "is not in Chinese"),
    ("regions.csv", ",51 54 62 65,", ",11 54 62 65,", "does not name 63 in turn"),
    ("regions.csv", "54,tibet,Tibet", "54,tibet,Beijing", "Beijing: stands twice"),
    ("regions.csv", "13866009,2,5", "13866009,1,4", "column grid_col: 4: is the tile of Beijing"),
    ("sectors.csv", "gaming,Games,", "chess,Chess,Chess,,,\ngaming,Games,", "chess: is not in the enum of registrations.sector and events.sector in"),
    ("sectors.csv", "存证|取证", "存证|供应链|取证", "供应链: stands already in supply-chain"),
    ("sectors.csv", "evidence|notary", "evidence|finance|notary", "finance: stands already in finance"),
]  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return whys_of_all(FAULTS, shutil.copytree(DATA, tmp_path_factory.mktemp("faulty") / "data"))


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS)
def test_each_fault_gives_its_line(faulty, file, old, new, expected):
    assert [line for line in faulty if line.startswith(file) and expected in line], "\n".join(faulty)


def test_a_keyword_in_the_plural_stands_for_the_same(data_copy):
    edit(data_copy, "sectors.csv", "gaming|", "gaming|charities|")
    assert "the keyword 'charity' stands for gaming and for public-welfare" in "\n".join(whys(data_copy))


def test_a_repeated_row_and_a_document_that_nothing_uses(data_copy):
    with open(data_copy / "events.csv", encoding="utf-8", newline="") as file:
        text = file.read()
    row, events = next(line for line in text.splitlines() if line.startswith("e701,")), data_package.load().events
    new, line = f"e{int(events.event_id.max()[1:]) + 1}", len(events) + 2
    (data_copy / "events.csv").write_text(f"{text}{row.replace('e701', new, 1)}\n", encoding="utf-8")
    edit(data_copy, "events.csv", "n631,high", "n630 n100,high")
    found = "\n".join(whys(data_copy))
    assert f"events.csv, row {line}, column event_id: {new}: repeats row 702 under another id" in found
    assert "column source_id: n631: no row names this document" in found


def test_cells_in_the_wrong_column_are_told_and_stop_nothing(data_copy):
    """Each row has two neighbouring cells swapped, another pair in each row, and its id twice."""
    for name in ("registrations", "batches", "published_counts", "events", "sources", "regions", "sectors"):
        path = data_copy / f"{name}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for number, row in enumerate(rows):
            at = number % (len(header) - 1)
            row[at], row[at + 1] = row[at + 1], row[at]
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows, *rows[:30]])
    found = whys(data_copy)
    assert all(any(line.startswith(f"{name}.csv, row") for line in found) for name in ("events", "sources", "regions"))


def test_counts_that_cannot_hold_together_are_named(data_copy):
    """Lists 1 to 2 give Sichuan 7 services; a second number for the same is asked for with its partner."""
    counts = data_package.load().published_counts
    with open(data_copy / "published_counts.csv", "a", encoding="utf-8") as file:
        file.write(
            f"c{int(counts.count_id.max()[1:]) + 1},1,2,true,province,51,51,Sichuan,=,9,services,s104,medium,,,\n"
        )
    found = whys(data_copy)
    assert len(found) == 2
    clash = "column value: lists 1 and 2: province 51 = 9 services: cannot hold together with c099;"
    assert f"row {len(counts) + 2}, {clash}" in found[1]


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("registrations.csv", lambda b: b.replace(b"registration_id,", b"registration_no,"), "registration_no: column is not in"),
        ("registrations.csv", lambda b: b.replace(b"r003,1,", b"r003,1,1,"), "row 4: 17 cells, but the header has 16"),
        ("registrations.csv", lambda b: b.replace(b"r003,1,", b"r003,"), "row 4: 15 cells, but the header has 16"),
        ("events.csv", lambda b: b"\xef\xbb\xbf" + b, "events.csv: saved with a byte-order mark; save it as UTF-8 without"),
        ("sectors.csv", lambda b: b.decode().encode("gb18030"), "sectors.csv: not in UTF-8, perhaps saved as GBK"),
        ("events.csv", lambda b: b.decode().encode("utf-16"), "events.csv: saved as UTF-16; save it as UTF-8"),
        ("events.csv", lambda b: b"\x93\xff\x00\x01", "events.csv: not text in UTF-8"),
        ("events.csv", lambda b: b.replace(b'"The test runs', b'"The" test runs'), "events.csv, row 27: not a CSV file"),
        ("events.csv", lambda b: b.replace(b"Ant Group begins", b'"Ant Group begins', 1), "row 2: not a CSV file (',' expected after"),
        ("events.csv", lambda b: b[: b.rindex(b'"')], "unexpected end of data): a quotation mark is not closed"),
        ("events.csv", lambda b: b.replace(b"event_id,project_id", b"event_id,event_id"), "row 1, column event_id: two columns have"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(data_copy, name, change, expected):
    path = data_copy / name
    path.write_bytes(change(path.read_bytes()))
    found = [line for line in whys(data_copy) if line.startswith(name)]
    assert any(expected in line for line in found) and len(found) <= 2, found


def described(**fields):
    """A table t.csv with columns of a type and constraints: name=(type, constraint=value, ...)."""
    listed = [{"name": name, "type": kind, "constraints": limits} for name, (kind, limits) in fields.items()]
    return {"name": "t", "path": "t.csv", "schema": {"fields": listed}}


RULES = described(
    key=("string", {"required": True, "unique": True}), whole=("integer", {"minimum": 1, "maximum": 9}),
    half=("number", {"maximum": 2.5}), yes=("boolean", {}), form=("string", {"pattern": "[a-z]{2}"}),
    word=("string", {"enum": ["one", "two"]}),
)  # fmt: skip


def test_each_rule_of_a_column_up_to_its_ends():
    """Rows 2, 4 and 5 of a file keep all rules: limits belong to what is allowed, and an empty cell breaks none."""
    rows = [
        ("a", "1", "2.5", "true", "ab", "one"), ("b", "9", "-2", "false", "zz", "two"), ("c", *[None] * 5),
        (None, "0", "2.6", "True", "abc", "three"), ("a", "10", "x", "1", "a", "One"), ("b", "1.5", "1.", "", "aB", "two"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["key", "whole", "half", "yes", "form", "word"], index=[2, 4, 5, 6, 7, 9])
    assert [str(problem) for problem in columns.column_problems(table.astype("str"), RULES)] == [
        "t.csv, row 6, column form: abc: does not have the form [a-z]{2}",
        "t.csv, row 6, column half: 2.6: is beyond the maximum of 2.5",
        "t.csv, row 6, column whole: 0: is beyond the minimum of 1",
        "t.csv, row 6, column word: three: is not one of one, two",
        "t.csv, row 6, column yes: True: is neither true nor false",
        "t.csv, row 7, column form: a: does not have the form [a-z]{2}",
        "t.csv, row 7, column half: x: is not a number",
        "t.csv, row 7, column whole: 10: is beyond the maximum of 9",
        "t.csv, row 7, column word: One: is not one of one, two",
        "t.csv, row 7, column yes: 1: is neither true nor false",
        "t.csv, row 9, column form: aB: does not have the form [a-z]{2}",
        "t.csv, row 9, column half: 1.: is not a number",
        "t.csv, row 9, column whole: 1.5: is not a whole number of at most 15 digits",
        "t.csv, row 9, column yes: is neither true nor false",
        "t.csv, row 6, column key: must not be empty",
        "t.csv, row 7, column key: a: stands twice",
        "t.csv, row 9, column key: b: stands twice",
    ]
    assert list(columns.column_problems(table.head(3).astype("str"), RULES)) == []


def test_what_does_not_fit_its_type_is_missing():
    table = pd.DataFrame(
        {"key": ["a", None, "b"], "whole": ["-7", "1.5", "x"], "half": ["1.5", None, "y"], "yes": ["true", "false", None],
         "form": None, "word": "one"}, index=[2, 3, 7], dtype="str",
    )  # fmt: skip
    typed = data_package.typed(table, RULES)
    assert typed.index.tolist() == [2, 3, 7] and typed.key.tolist() == ["a", "", "b"] and set(typed.form) == {""}
    assert typed.whole.dtype == "Int64" and typed.whole.fillna(0).tolist() == [-7, 0, 0]
    assert typed.half.dtype == "Float64" and typed.half.fillna(0).tolist() == [1.5, 0, 0]
    assert typed.yes.tolist() == [True, False, False] and table.key.isna().sum() == 1, "the table stays as it was"


def test_a_table_is_read_as_text_by_the_lines_of_its_file(tmp_path):
    resource = described(a=("string", {}), b=("integer", {}))

    def read(text):
        (tmp_path / "t.csv").write_bytes(text.encode())
        table, problems = data_package.read(tmp_path, resource)
        assert not problems or (table.empty and list(table.columns) == ["a", "b"])
        return table, list(map(str, problems))

    table, problems = read('a,b\n01,\n"two\nlines",3\n,4\n')
    assert problems == [] and table.index.tolist() == [2, 4, 5]
    assert table.fillna("-").values.tolist() == [["01", "-"], ["two\nlines", "3"], ["-", "4"]]
    assert read("b,a\n1,2\n")[0].columns.tolist() == ["b", "a"], "columns stay in the order of the file"
    assert read("a,c\n1,2\n")[1] == [
        "t.csv, row 1, column c: column is not in datapackage.json", "t.csv, row 1, column b: column is missing",
    ]  # fmt: skip
    assert read("a,b\n1\n\n1,2,3\n")[1] == [
        "t.csv, row 2: 1 cells, but the header has 2", "t.csv, row 3: 0 cells, but the header has 2",
        "t.csv, row 4: 3 cells, but the header has 2",
    ]  # fmt: skip
    assert read("")[1] == ["t.csv, row 1, column a: column is missing", "t.csv, row 1, column b: column is missing"]
    assert read("\ufeffa,c\n1,2\n")[1][0].startswith("t.csv: saved with a byte-order mark"), "what explains the rest"


def test_small_rules_of_the_data():
    assert [data_package.grades(least) for least in ("high", "medium", "low")] == [
        ["high"], ["high", "medium"], ["high", "medium", "low"],
    ]  # fmt: skip
    assert data_package.split_list(" a  b ") == ["a", "b"] and data_package.split_list("a; b;", ";") == ["a", "b"]
    assert [data_package.field_page(code) for code in ("other", "unclear", "energy")] == ["unsorted"] * 2 + [
        "sector/energy"
    ]
    batches = pd.DataFrame({"batch": [1, 2, 3], "services": [5, None, 7], "cumulative_services": [None, 9, 16]})
    assert data_package.published_totals(batches.astype("Int64")) == {(1, 1): 5, (3, 3): 7, (1, 2): 9, (1, 3): 16}


def test_a_row_too_many_and_a_file_too_few(data_copy):
    with open(data_copy / "regions.csv", encoding="utf-8") as file:
        lines = file.readlines()
    (data_copy / "regions.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    sources = (data_copy / "sources.csv").read_text(encoding="utf-8")
    first, last = sources.index("\nn600,"), sources.index("\nn607,")
    (data_copy / "sources.csv").write_text(sources[:first] + sources[last:], encoding="utf-8")
    (data_copy / "sectors.csv").unlink()
    found = "\n".join(whys(data_copy))
    assert "regions.csv: 30: expected 31 to 31 rows" in found
    assert "sectors.csv: file not found" in found
    assert "sources.csv, column source_id: n600, n601, n602, n603, n604: is missing" in found, "five of seven are named"


def test_loading_refuses_what_the_description_does_not_allow(data_copy):
    edit(data_copy, "events.csv", ",pilot,", ",pilott,")
    with pytest.raises(data_package.DataError, match="pilott: is not one of"):
        data_package.load(data_copy)


def test_types_are_applied(data):
    assert data.batches.services.dtype == "Int64"
    assert data.events.digital_yuan.dtype == bool
    assert data.published_counts.value.dtype == "Float64"
    assert data.batches.services[0] == 197
    assert (data.province("tibet").slug, data.province("tibet").province_code) == ("tibet", "54")


def test_a_file_is_written_with_its_folder(tmp_path):
    for content in (b"one", b"two"):
        data_package.write(tmp_path / "new" / "folder" / "a.txt", content)
        assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == content
    assert len(list(tmp_path.rglob("*"))) == 3, "nothing half-written stays"


def test_the_version_follows_every_byte(data, data_copy):
    assert data_package.load(data_copy).version == data.version
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    assert data_package.load(data_copy).version != data.version


def test_the_command_prints_a_line_per_problem_and_fails(data_copy):
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy)])
    assert (run.exit_code, "no problem found" in run.output) == (0, True)
    edit(data_copy, "registrations.csv", ",bank,", ",bnak,")
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy)])
    assert run.exit_code == 1
    assert len(run.output.strip().splitlines()) == 3  # the value, the name beside it, the ledger
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
    """A running total, and the sizes of later lists; list 4 lies within the total, of list 10 nothing is known."""
    made = counted.sized(data, {1: 197, 2: 309, 4: 285, 9: 348, 15: 74}, {2: 506, 8: 1821})
    assert totals.at_least(made) == 1821 + 348 + 74
    assert totals.at_least(made, 2) == 506 and totals.at_least(made, 1) == 197
