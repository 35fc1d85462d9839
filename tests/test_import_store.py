"""Importing official lists: from addresses, into the data folder, and beside the rows of the press."""

import hashlib
import http.server
import json
import os
import subprocess
import threading
import time
from pathlib import Path

import lists
import pytest
from importing import FEW, contents, expected, put, run, table

from chainregistry import data, official, record
from chainregistry.official import fetch, model, store

# --- Addresses -----------------------------------------------------------------------------------------------


PAGES = {
    "/a/notice.html": "<p><a href='../b/2020-04/24/list.PDF'>list</a> <a href='index.html'>home</a></p>",
    "/a/form.html": "<p>附件：<a href='downloadfile.jsp?id=7'>清单</a> <a href='downloadfile.jsp?id=7'>again</a>"
    " <a href='/app.html'>客户端下载</a></p>",
    "/a/two.html": "<p><a href='../b/list.PDF'>list</a> <a href='2.docx'>another</a></p>",
    "/a/dead.html": "<p><a href='/none'>附件</a></p>",
    "/a/round.html": "<p><a href='two.html'>附件</a></p>",
}


class Server(http.server.BaseHTTPRequestHandler):
    asked = 0
    content = lists.make("csv", FEW)

    def do_GET(self):
        Server.asked += 1
        if self.path.startswith("/loop"):
            self.answer(302, Location="/loop")
        elif self.path == "/away":
            self.answer(302, Location="file:///etc/passwd")
        elif self.path == "/moved":
            self.answer(302, Location="/2020-04/24/x.csv")
        elif self.path == "/none":
            self.answer(404)
        elif self.path in PAGES:
            self.answer(200)
            self.wfile.write(PAGES[self.path].encode())
        elif self.path == "/short":
            self.answer(200, **{"Content-Length": str(len(self.content) + 9)})
            self.wfile.write(self.content)
        elif self.path == "/large":
            self.answer(200)
            for _ in range(60):
                self.wfile.write(b" " * 1_000_000)
        elif self.path == "/drip":
            self.answer(200)
            for byte in self.content[:40]:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
        elif self.path == "/silent":
            time.sleep(1)
        else:
            self.answer(200, **{"Content-Length": str(len(self.content))})
            self.wfile.write(self.content)

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.handle_error = lambda *arguments: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_list_is_read_from_its_address(site, tmp_path):
    result = run(f"{site.replace('//', '//user:secret@')}/2020-04/24/x.csv", folder=tmp_path)
    assert result.exit_code == 0
    assert table(tmp_path) == [expected(row, published="2020-04-24") for row in FEW]
    origin = json.loads((tmp_path / "official/batch-03.json").read_text("utf-8"))
    assert origin["source"] == f"{site}/2020-04/24/x.csv"
    assert origin["sha256"] == hashlib.sha256(Server.content).hexdigest()
    assert run(f"{site}/moved", folder=tmp_path / "moved").exit_code == 0


@pytest.mark.parametrize(
    ("page", "address"),
    [("notice", "/b/2020-04/24/list.PDF"), ("form", "/a/downloadfile.jsp?id=7")],
)
def test_the_only_file_that_a_page_links_to_is_read(page, address, site, tmp_path):
    result = run(f"{site}/a/{page}.html", folder=tmp_path)
    assert result.exit_code == 0 and f"the only file that {site}/a/{page}.html links to" in result.output
    assert [row["filing_number"] for row in table(tmp_path)] == [row.number for row in FEW]
    assert json.loads((tmp_path / "official/batch-03.json").read_text("utf-8"))["source"] == site + address


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "the server answered 404"),
        ("/a/two.html", "/b/list.PDF (2 links; others: http://127.0.0.1:"),
        ("/a/dead.html", "nor does the only file that it links to: "),
        ("/a/round.html", "nor does the only file that it links to: "),
        ("/loop", "redirected more than 5 times"),
        ("/away", "cannot be reached (InvalidSchema)"),
        ("/short", f"broke off after {len(Server.content)} bytes"),
        ("/large", "larger than 50 MB"),
        ("/silent", "did not answer in time"),
        ("/drip", "not complete after"),
    ],
)
def test_addresses_that_fail_say_why(path, why, site, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "TIMEOUT", (2, 0.4))
    if path == "/drip":
        monkeypatch.setattr(fetch, "MAX_DOWNLOAD_SECONDS", 0.3)
    Server.asked = 0
    result = run(site + path, folder=tmp_path)
    assert result.exit_code == 2 and why in result.stderr and result.stderr.count("\n") == 1
    assert Server.asked == {"/loop": 6, "/a/dead.html": 2, "/a/round.html": 2}.get(path, 1)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["http://[::1", "http://", "https:///list.pdf", "http://me:secret@host:99999/"])
def test_what_is_no_whole_address_is_refused_by_name(address, tmp_path):
    result = run(address, folder=tmp_path)
    assert result.exit_code == 2 and "not a complete address" in result.stderr and result.stderr.count("\n") == 1
    assert "secret" not in result.stderr


def test_an_address_where_nobody_listens(tmp_path):
    result = run("http://127.0.0.1:9/x.pdf", folder=tmp_path)
    assert result.exit_code == 2 and "cannot be reached" in result.stderr


# --- The data folder -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [FEW, lists.with_fault(FEW, 2, entity="")], ids=["clean", "with problems"])
def test_the_same_list_again_changes_nothing(rows, tmp_path, monkeypatch):
    path = put(tmp_path, "x.pdf", lists.make("pdf", rows))
    first = run(path, folder=tmp_path)
    before = contents(tmp_path)

    class Tomorrow(store.date):
        @classmethod
        def today(cls):
            return cls(2099, 1, 1)

    monkeypatch.setattr(store, "date", Tomorrow)
    second, third = run(path, folder=tmp_path), run(path, "--replace", folder=tmp_path)
    assert (first.exit_code, contents(tmp_path)) == (second.exit_code, before)
    assert (third.exit_code, contents(tmp_path)) == (first.exit_code, before)
    assert "imported" in first.output and "unchanged" in second.output and "unchanged" in third.output


def test_another_file_is_refused_and_replaces_only_when_told(tmp_path):
    old = put(tmp_path, "x.csv", lists.make("csv", lists.with_fault(FEW, 2, entity="")))
    new = put(tmp_path, "y.csv", lists.make("csv", FEW))
    assert run(old, folder=tmp_path).exit_code == 1
    before = contents(tmp_path / "official")
    refused = run(new, folder=tmp_path)
    assert refused.exit_code == 2 and "--replace" in refused.stderr
    assert contents(tmp_path / "official") == before
    assert run(new, "--replace", folder=tmp_path).exit_code == 0
    assert table(tmp_path) == [expected(row) for row in FEW]
    after = contents(tmp_path / "official")
    aside = {name: content for name, content in after.items() if name.startswith("replaced/batch-03-")}
    assert sorted(aside.values()) == sorted(before.values())
    assert after.keys() - aside.keys() == {"batch-03.csv", "batch-03.json"}
    assert official.problems(tmp_path) == []


def test_a_failing_write_leaves_all_as_it_was(tmp_path, monkeypatch):
    first = put(tmp_path, "x.csv", lists.make("csv", lists.with_fault(FEW, 2, entity="")))
    second = put(tmp_path, "y.csv", lists.make("csv", FEW))
    real, calls = os.replace, []

    def failing(at):
        def replace_(source, target):
            calls.append(target)
            if len(calls) == at:
                raise OSError(28, "No space left on device")
            real(source, target)

        calls.clear()
        return replace_

    for at in (1, 2, 3):
        before = contents(tmp_path)
        monkeypatch.setattr(os, "replace", failing(at))
        result = run(first, folder=tmp_path)
        assert result.exit_code == 2 and "No space left" in result.stderr and len(calls) == at
        assert contents(tmp_path) == before and not (tmp_path / "official").exists()
    monkeypatch.setattr(os, "replace", real)
    assert run(first, folder=tmp_path).exit_code == 1
    for at in range(1, 6):
        before = contents(tmp_path)
        monkeypatch.setattr(os, "replace", failing(at))
        result = run(second, "--replace", folder=tmp_path)
        assert result.exit_code == 2 and len(calls) == at
        assert contents(tmp_path) == before and not (tmp_path / "official/replaced").exists()
    monkeypatch.setattr(os, "replace", real)
    monkeypatch.setattr(Path, "write_bytes", lambda *arguments: (_ for _ in ()).throw(OSError(28, "No space left")))
    assert run(second, "--replace", folder=tmp_path).exit_code == 2
    assert contents(tmp_path) == before


def test_what_an_ended_import_left_is_named_and_removed_by_the_next(tmp_path, monkeypatch):
    """An import that is killed cannot clear up; one that runs is left alone."""
    first = put(tmp_path, "x.csv", lists.make("csv", FEW))
    assert run(first, folder=tmp_path).exit_code == 0
    folder, gone = tmp_path / "official", subprocess.Popen(["true"])
    gone.wait()
    left = folder / f".batch-04.json.{gone.pid}.tmp"
    running = folder / f".batch-05.json.{os.getpid()}.tmp"
    for path in (left, running):
        path.write_text("{")
    assert {problem.file: problem.why[:32] for problem in official.problems(tmp_path)} == {
        f"official/{path.name}": "was left half-written by an impo" for path in (left, running)
    }
    assert run(first, folder=tmp_path).exit_code == 0
    assert running.exists() and not left.exists()


@pytest.mark.parametrize("method", ["iterdir", "is_file", "read_bytes", "open"])
def test_a_folder_without_the_right_to_read_is_told_in_one_line(method, tmp_path, monkeypatch):
    first = put(tmp_path, "x.csv", lists.make("csv", FEW))
    (tmp_path / "data").mkdir()
    assert run(first, folder=tmp_path / "data").exit_code == 0
    real = getattr(Path, method)

    def denied(path, *arguments, **options):
        if "official" in path.parts:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, method, denied)
    for arguments in ([first], ["--remove", 3]):
        result = run(*arguments, folder=tmp_path / "data")
        assert result.exit_code == 2 and "Permission denied" in result.stderr and result.stderr.count("\n") == 1
    found = official.problems(tmp_path / "data")
    assert found and {problem.why for problem in found} == {"cannot be read: Permission denied"}
    with pytest.raises(data.DataError, match="Permission denied"):
        official.load(tmp_path / "data")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2099-04-24", "is in the future"),
        ("2099", "is in the future"),
        ("2004-04-24", "is before 2019"),
        ("2018-12", "is before 2019"),
    ],
)
def test_a_day_on_which_no_list_can_be_published_is_not_taken(day, why, tmp_path):
    given = run(put(tmp_path, "x.csv", lists.make("csv", FEW)), "--published", day, folder=tmp_path)
    assert given.exit_code == 2 and why in given.stderr and not (tmp_path / "official").exists()
    if len(day) == 10:
        titled = put(tmp_path, "y.csv", lists.make("csv", FEW, heading=f"{lists.title()} {day}"))
        assert run(titled, folder=tmp_path).exit_code == 1
        assert {row["published"] for row in table(tmp_path)} == {""}
        (problem,) = table(tmp_path, "batch-03.problems.csv")
        assert problem["value"] == day and why in problem["why"] and problem["column"] == "published"


@pytest.mark.parametrize("mark", ["title", "name"])
def test_simulated_lists_say_so_and_do_not_mix_with_real_ones(mark, tmp_path):
    title = "SIMULATED " * (mark == "title") + lists.title()
    name = "模拟.csv" if mark == "name" else "x.csv"
    simulated = put(tmp_path, name, lists.make("csv", FEW, heading=title))
    real = put(tmp_path, "真.csv", lists.make("csv", FEW, heading=lists.title("四")))
    result = run(simulated, folder=tmp_path)
    assert result.exit_code == 0 and "SIMULATED" in result.output
    assert {path.name for path in (tmp_path / "official").iterdir()} == {
        "batch-03.SIMULATED.csv",
        "batch-03.SIMULATED.json",
    }
    assert official.load(tmp_path).simulated.all()
    refused = run(real, folder=tmp_path)
    assert refused.exit_code == 2 and "use another --data folder" in refused.stderr
    other = tmp_path / "other"
    assert run(real, folder=other).exit_code == 0
    assert "use another --data folder" in run(simulated, folder=other).stderr


def test_several_files_at_once(tmp_path):
    good = put(tmp_path, "x.csv", lists.make("csv", FEW))
    other = put(tmp_path, "y.xlsx", lists.make("xlsx", lists.with_fault(FEW, 1, number=""), heading=lists.title("四")))
    bad = put(tmp_path, "z.txt", b"nothing")
    result = run(good, bad, other, folder=tmp_path)
    assert result.exit_code == 2 and len(result.stdout.splitlines()) == 2 and len(result.stderr.splitlines()) == 1
    register = official.load(tmp_path)
    assert register.batch.tolist() == [3] * 8 + [4] * 8
    assert register.valid.sum() == 15
    assert register.dtypes.astype(str).to_dict() == {
        **dict.fromkeys([*model.COLUMNS], "str"),
        **dict.fromkeys(["batch", "sequence", "year"], "Int64"),
        **dict.fromkeys(["valid", "simulated"], "bool"),
    }


def test_one_row_is_one_row(tmp_path):
    result = run(put(tmp_path, "x.csv", lists.make("csv", FEW[:1])), folder=tmp_path)
    assert "; 1 row, 1 valid; 1 different filing number in" in result.output
    assert "its 1 row is kept in" in run("--remove", 3, folder=tmp_path).output


def test_nothing_imported_is_an_empty_table(tmp_path):
    assert list(official.load(tmp_path).columns) == [*model.COLUMNS, "simulated"]
    assert official.load(tmp_path).empty and official.problems(tmp_path) == []


def test_a_folder_in_the_place_of_a_list_is_told(data_copy):
    (data_copy / "official" / "batch-01.csv").mkdir(parents=True)
    with pytest.raises(data.DataError, match=r"official/batch-01\.csv: does not belong here"):
        record.load(data_copy)


def edit(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("change", "file", "column", "why"),
    [
        (lambda o: (o / "notes.txt").write_text("x"), "notes.txt", "", "does not belong here"),
        (lambda o: (o / "batch-03.json").unlink(), "batch-03.json", "", "file not found"),
        (lambda o: (o / "batch-03.csv").unlink(), "batch-03.csv", "", "file not found"),
        (lambda o: (o / "batch-03.json").write_text("[]"), "batch-03.json", "", "is not the record"),
        (lambda o: edit(o / "batch-03.csv", ",true,", ",false,"), "batch-03.csv", "valid", "should be true"),
        (lambda o: edit(o / "batch-03.csv", "\n3,", "\n4,"), "batch-03.csv", "batch", "should be 3"),
        (lambda o: edit(o / "batch-03.csv", "科技", "技术"), "batch-03.csv", "hash", "changed since"),
        (lambda o: edit(o / "batch-03.csv", "3,,1,", "3,2999-12-31,1,"), "batch-03.csv", "published", "in the future"),
        (lambda o: (o / ".DS_Store").write_text("x"), ".DS_Store", "", "writes to this folder; delete it"),
        (lambda o: edit(o / "batch-03.csv", "remark", "note"), "batch-03.csv", "", "the columns are not"),
        (lambda o: (o / "batch-04.SIMULATED.csv").write_text("x"), "", "", "simulated and real"),
    ],
)
def test_the_folder_is_checked(change, file, column, why, tmp_path):
    run(put(tmp_path, "x.csv", lists.make("csv", FEW)), folder=tmp_path)
    assert official.problems(tmp_path) == []
    change(tmp_path / "official")
    found = official.problems(tmp_path)
    assert any(p.file == f"official/{file}" and p.column == column and p.why.find(why) >= 0 for p in found), found
    with pytest.raises(data.DataError):
        official.load(tmp_path)
