"""The ledger: no row changes in silence; one command shows what changed, and says why for good."""

import hashlib
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from chainregistry import checks, cli, data, ledger

REASON = "The notice shows the day"


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_bytes().decode()
    assert old in text, f"{old!r} is not in {file}"
    path.write_bytes(text.replace(old, new, 1).encode())


def run(*arguments):
    return CliRunner().invoke(cli.main, ["record", *map(str, arguments)])


def told(folder):
    """What ``check`` says of the ledger, without all that it looks at besides."""
    package = data.describe(folder)
    tables = {resource["name"]: data.read(folder, resource)[0] for resource in package["resources"]}
    return "\n".join(map(str, ledger.problems(folder, package, tables)))


@pytest.fixture
def committed(data_copy):
    """A data folder under git, so that values from before a change are at hand."""
    subprocess.run(["git", "-C", str(data_copy), "init", "-q"], check=True)
    commit(data_copy)
    return data_copy


def commit(folder):
    git = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "data"], check=True)


def test_a_row_that_was_committed_with_a_cell_too_many_hinders_no_check(committed):
    edit(committed, "events.csv", "Ant Group begins", "Ant, begins")
    commit(committed)
    edit(committed, "events.csv", "Ant, begins", "Ant began")
    assert "events.csv, row 2, column title: e001: differs" in told(committed)


EDITS = [
    ("events.csv", "Ant Group begins", "Ant began", "events.csv, row 2, column title: e001: differs", "e001  title: 'Ant Group begins tr"),
    ("events.csv", "e001,p001,2016,year", "e001,p001,2016-07,month", "row 2, column date, date_precision: e001", "date: '2016' -> '2016-07'"),
    ("sectors.csv", "finance,Finance,", "finance,Finances,", "sectors.csv, row 2, column label: finance", "'Finance' -> 'Finances'"),
    ("second_coding.csv", "e017,kind,deployment,deployment", "e017,kind,deployment,policy", "row 2, column second: e017/kind", "-> 'policy'"),
    ("regions.csv", "11,beijing,Beijing", "11,beijing,Peking", "column name_en: 11", "'Beijing' -> 'Peking'"),
    ("batches.csv", "1,2019-03-30,day,197,,165", "1,2019-03-30,day,197,,", "column entities: 1", "'165' -> ''"),
    ("references.csv", "heilmann-2008,", "heilmann-2009,", "heilmann-2008: is gone", "heilmann-2009  added"),
    ("batches.csv", "2,2019-10-18,day,309", "02,2019-10-18,day,309", "02: stands in no entry", "2  removed: "),
    ("events.csv", "e001,p001", '"e001",p001', "events.csv, column hash: same values, other bytes", "same values, other bytes"),
]  # fmt: skip


def test_many_rows_whose_ids_are_words_are_counted_in_the_corrections():
    """The headlines are made up: as a list of rows they would stand on the page as if they were news."""
    line = next(line for line in ledger.corrections(data.folder()).splitlines() if "headlines" in line)
    assert "none of them news" in line and line.endswith("headlines added: 222 rows.")


def test_who_asked_for_a_change_is_left_out_of_the_corrections():
    corrections, reasons = ledger.corrections(data.folder()), [entry.reason for entry in ledger.entries(data.folder())]
    assert "After reading S15: titles say whose and what" in " ".join(reasons)
    assert ": Titles say whose and what" in corrections and ": After" not in corrections


@pytest.mark.parametrize(("file", "old", "new", "in_check", "in_record"), EDITS)
def test_a_changed_row_is_named_shown_and_accepted_only_by_record(committed, file, old, new, in_check, in_record):
    edit(committed, file, old, new)
    assert in_check in told(committed)
    assert in_record in "\n".join(ledger.shown(ledger.changes(committed)))
    assert ledger.record(committed, REASON) == ledger.entries(committed)[-1]
    assert told(committed) == "" and ledger.changes(committed) == []
    assert ledger.record(committed, "again") is None


def test_without_git_the_value_before_is_unknown_and_rows_in_another_order_are_told(data_copy):
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    lines = (data_copy / "sectors.csv").read_bytes().splitlines(keepends=True)
    (data_copy / "sectors.csv").write_bytes(b"".join([lines[0], lines[2], lines[1], *lines[3:]]))
    assert "supply-chain to finance: rows stand in another order" in told(data_copy)
    output = run(REASON, "--data", data_copy).output
    assert "title: unknown -> 'Ant began" in output and "rows stand in another order" in output
    assert told(data_copy) == ""


def test_a_hundred_rows_are_one_line_and_one_entry(data_copy):
    text = (data_copy / "events.csv").read_text(encoding="utf-8")
    row, line = text.splitlines()[-1], len(data.load(data_copy).events) + 2
    last, known = int(row[1:4]), len(ledger.entries(data_copy))
    new = f"e{last + 1} to e{last + 100}"
    with open(data_copy / "events.csv", "a", encoding="utf-8", newline="") as file:
        file.writelines(f"e{last + number}{row[4:]}\n" for number in range(1, 101))
    assert f"events.csv, row {line}, column event_id: {new}: stands in no entry" in "\n".join(
        map(str, checks.check(data_copy))
    )
    output = run(REASON, "--data", data_copy).output
    assert f"events.csv  {new}  added\n100 rows recorded" in output and "names 1 problem in them" not in output
    assert "nothing has changed" in run("again", "--data", data_copy).output
    assert ledger.entries(data_copy)[-1].added == {"events": [new]}
    package = data.load(data_copy)
    assert [entry.reason for entry in ledger.record_of(package, "events", f"e{last + 50}")] == [REASON]
    others = ledger.record_of(package, "events", f"e{last}") + ledger.record_of(package, "sources", f"e{last + 50}")
    assert len(ledger.entries(data_copy)) == known + 1 and ledger.entries(data_copy)[-1] not in others
    assert f": {REASON}. Rows: events added: {new}." in ledger.corrections(data_copy)


def test_one_row_that_check_names_once_is_told_in_the_singular(data_copy):
    edit(data_copy, "events.csv", "Ant Group begins", "Ant Group begins ")
    edit(data_copy, "events.csv", "begins  tracking charity donations on blockchain", "begins tracking donations ")
    output = run(REASON, "--data", data_copy).output
    assert f"1 row recorded on {ledger.entries(data_copy)[-1].date}" in output and "names 1 problem in them" in output


def test_an_entry_names_the_rows_of_its_cells_ids_and_ranges_of_ids():
    cell = {"table": "events", "id": "e050", "column": "date", "before": "", "after": "2020"}
    entry = ledger.Entry(
        "2026-01-01", "why", "", [cell], {"events": ["e002 to e009", "e020"]}, {"sources": ["n1 to n3", "a/b"]}
    )
    named = [
        key for key in ("e001", "e002", "e009", "e010", "e020", "e021", "e050", "n005") if entry.names("events", key)
    ]
    assert named == ["e002", "e009", "e020", "e050"]
    assert [key for key in ("n1", "n2", "n3", "n4", "a/b", "e002", "e050", "2") if entry.names("sources", key)] == [
        "n1", "n2", "n3", "a/b",
    ]  # fmt: skip


def test_consecutive_ids_are_one_range():
    ids = ["e001", "e002", "e003", "e005", "f006", "e009", "e010", "e010", "a/b", "heilmann-2008", "heilmann-2009"]
    assert ledger.spans(ids) == [
        "e001 to e003", "e005", "f006", "e009 to e010", "e010", "a/b", "heilmann-2008", "heilmann-2009",
    ]  # fmt: skip
    assert ledger.spans([]) == [] and ledger.spans(["e1"]) == ["e1"]


def test_changes_in_words_before_they_are_accepted():
    """Up to eight rows that came or went are shown in full; a value up to 200 letters."""
    cell = ledger.Change("changed", "events", "e001", "title", "x" * 200, "y" * 201)
    assert str(cell) == f"events.csv  e001  title: '{'x' * 200}' -> '{'y' * 199}…'"
    assert str(ledger.Change("changed", "events", "e001", "title")) == "events.csv  e001  title: unknown -> ''"
    gone = [ledger.Change("removed", "events", f"e{number:03d}", before="2020; a") for number in range(1, 10)]
    assert list(ledger.shown(gone[:8])) == [f"events.csv  e00{number}  removed: 2020; a" for number in range(1, 9)]
    assert list(ledger.shown(gone)) == ["events.csv  e001 to e009  removed"]
    assert list(ledger.shown([*gone[:7], *[cell] * 9])) == [*map(str, gone[:7]), *[str(cell)] * 9], "each cell"
    rest = [
        ledger.Change("added", "regions", "11"),
        ledger.Change("order", "regions", "11 to 12"),
        ledger.Change("form", "a"),
    ]
    assert list(ledger.shown(rest)) == [
        "regions.csv  11  added", "regions.csv  rows stand in another order (11 to 12)",
        "a.csv  same values, other bytes (quotation marks, line ends)",
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_empty_reason_is_refused(data_copy, reason):
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    before = {path.name: path.read_bytes() for path in data_copy.iterdir() if path.is_file()}
    result = run(reason, "--data", data_copy)
    assert result.exit_code == 2 and "REASON is empty" in result.output
    assert before == {path.name: path.read_bytes() for path in data_copy.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("events.csv", b"\xff\xfe", "events.csv: saved as UTF-16"),
        ("ledger.jsonl", b"{}\n", "ledger.jsonl, line 1: not an entry"),
        ("ledger.jsonl", b"\xff", "ledger.jsonl: cannot be read (not text in UTF-8); take the file from git"),
        ("ledger.jsonl", b"", "ledger.jsonl: it is gone or empty, but rows.sha256, which goes with it, is there"),
        ("rows.sha256", b"e001\t1\n", "rows.sha256, line 1: not a line of digests"),
        ("rows.sha256", None, "rows.sha256: cannot be read (Is a directory)"),
        ("events.csv", None, "events.csv: cannot be read: Is a directory"),
        ("datapackage.json", None, "datapackage.json cannot be read: Is a directory"),
        ("datapackage.json", b"[" * 100_000, "datapackage.json is not JSON"),
        ("datapackage.json", b"[]", "datapackage.json has no list of resources; take it from git"),
    ],
)
def test_what_cannot_be_read_is_one_line(data_copy, file, content, words):
    if content is None:
        (data_copy / file).unlink()
        (data_copy / file).mkdir()
    else:
        (data_copy / file).write_bytes(content)
    result = run(REASON, "--data", data_copy)
    assert result.exit_code == 2 and words in result.output and "Traceback" not in result.output
    assert words in "\n".join(map(str, checks.check(data_copy)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"created"', '"creation"', "does not say when the data were created"),
        ('"schema"', '"scheme"', "describes its resource 1 otherwise than a table"),
        ('"pattern": "', '"pattern": "(', "describes its resource 1 otherwise than a table"),
        ('"name": "batches"', '"name": "lists"', "does not describe each table once: see batches, lists"),
    ],
)
def test_a_description_of_other_tables_is_refused_by_whoever_reads_it(data_copy, old, new, words):
    edit(data_copy, "datapackage.json", old, new)
    for arguments in (["check"], ["bounds", "jiangsu"], ["record", "why"]):
        run = CliRunner().invoke(cli.main, [*arguments, "--data", str(data_copy)])
        assert run.exit_code and words in run.output.splitlines()[-1], run.output


def test_a_number_beyond_all_measure_and_a_table_without_rows_are_named(data_copy):
    edit(data_copy, "batches.csv", ",197,", f",{'9' * 20},")
    (data_copy / "sources.csv").write_text(
        (data_copy / "sources.csv").read_text(encoding="utf-8").partition("\n")[0], encoding="utf-8"
    )
    wrong = "\n".join(map(str, checks.check(data_copy)))
    assert f"column services: {'9' * 20}: is not a whole number of at most 15 digits" in wrong
    with pytest.raises(data.DataError, match=r"(?s)sources.csv: holds no row.*not a whole number"):
        data.load(data_copy)


def test_digests_renewed_past_the_ledger_are_told(data_copy):
    entries = (data_copy / "ledger.jsonl").read_bytes()
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    ledger.record(data_copy, REASON)
    (data_copy / "ledger.jsonl").write_bytes(entries)
    known = len(ledger.entries(data_copy))
    assert f"ledger.jsonl: it has {known} entries, and {known + 1} were written by record" in told(data_copy)
    (data_copy / "ledger.jsonl").unlink()
    assert "take it from git" in told(data_copy)
    (data_copy / "rows.sha256").unlink()
    assert "there is no ledger yet" in told(data_copy)


SLIPS = {
    "an old line is gone": lambda lines: lines[:3] + lines[4:],
    "only the last line is left": lambda lines: lines[-1:],
    "the last line is gone": lambda lines: lines[:-1],
    "the last line stands twice": lambda lines: [*lines, lines[-1]],
    "two lines changed places": lambda lines: [lines[1], lines[0], *lines[2:]],
    "another word in an old reason": lambda lines: [lines[0].replace("begins", "began"), *lines[1:]],
    "another word in the last reason": lambda lines: [*lines[:-1], lines[-1].replace(REASON, "The notice shows it")],
    "a line without its seal": lambda lines: [*lines[:-1], json.dumps(json.loads(lines[-1]) | {"seal": ""}) + "\n"],
    "the end of the last line is gone": lambda lines: [*lines[:-1], lines[-1].rstrip("\n")],
    "the ledger is gone": lambda lines: [],
    "the digests are gone": None,
}


def test_a_ledger_that_record_did_not_write_is_named_and_nothing_is_recorded_in_it(data_copy):
    """Whatever else has changed: an entry that is lost would be lost for good."""
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    ledger.record(data_copy, REASON)
    assert told(data_copy) == "" and ledger.record(data_copy, "again") is None
    path, rows = data_copy / "ledger.jsonl", (data_copy / "rows.sha256").read_bytes()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    edit(data_copy, "sectors.csv", "finance,Finance,", "finance,Finances,")
    for slip, made in SLIPS.items():
        path.write_text("".join(made(lines) if made else lines), encoding="utf-8")
        (data_copy / "rows.sha256").write_bytes(rows if made else b"")
        before = {file.name: file.read_bytes() for file in data_copy.iterdir() if file.is_file()}
        assert "from git" in told(data_copy), slip
        result = run("again", "--data", data_copy)
        assert result.exit_code == 2 and "from git" in result.output and result.output.count("\n") == 1, slip
        assert before == {file.name: file.read_bytes() for file in data_copy.iterdir() if file.is_file()}, slip


def test_entries_older_than_the_seals_are_sealed_once(data_copy):
    path = data_copy / "ledger.jsonl"
    old = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = (data_copy / "rows.sha256").read_text(encoding="utf-8")
    rows = rows.partition("\n")[2] if rows.startswith("entries") else rows
    (data_copy / "rows.sha256").write_text(rows, encoding="utf-8")
    old[-1]["state"] = hashlib.sha256(rows.encode()).hexdigest()
    lines = [json.dumps({name: part for name, part in entry.items() if name != "seal"}) + "\n" for entry in old]
    path.write_text("".join(lines), encoding="utf-8")
    assert told(data_copy) == ""
    assert (
        f"none; the {len(old)} entries before this one are sealed by it on " in run(REASON, "--data", data_copy).output
    )
    assert told(data_copy) == "" and ledger.entries(data_copy)[-1].seal
    assert "nothing has changed" in run("again", "--data", data_copy).output
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    assert f"it has {len(old)} entries, and {len(old) + 1} were written" in told(data_copy)


def test_of_two_who_record_at_once_one_does(data_copy):
    edit(data_copy, "events.csv", "Ant Group begins", "Ant began")
    known = len(ledger.entries(data_copy))
    command = [sys.executable, "-m", "chainregistry", "record", REASON, "--data", str(data_copy)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = "".join(process.communicate()[0] for process in both)
    assert said.count("1 row recorded") == said.count("nothing has changed") == 1, said
    assert len(ledger.entries(data_copy)) == known + 1 and told(data_copy) == ""


def test_a_reason_in_another_encoding_is_refused(data_copy):
    result = run(b"\xff".decode(errors="surrogateescape"), "--data", data_copy)
    assert result.exit_code == 2 and "REASON is not text in UTF-8" in result.output


def test_an_entry_holds_what_stood_there_and_a_correction_names_it(committed):
    edit(committed, "events.csv", "e001,p001,2016,year", "e001,p001,2016-07,month")
    ledger.record(committed, f"  {REASON}\n")
    entry = json.loads((committed / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert entry["changed"][0] == {
        "table": "events",
        "id": "e001",
        "column": "date",
        "before": "2016",
        "after": "2016-07",
    }
    assert f"{REASON}. Rows: events: e001 (date, date_precision)." in ledger.corrections(committed)
