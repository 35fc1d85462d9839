"""Importing official lists: every format with every quirk, cell for cell; bad input; the data folder."""

import csv
import hashlib
import http.server
import io
import json
import os
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import lists
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from chainregistry import data, filing, official
from chainregistry.cli import main
from chainregistry.official import fetch, model, store, worker

ROWS = lists.entries(200)
FEW = lists.entries(8, seed=3)


def run(*arguments, folder):
    return CliRunner().invoke(main, ["import", *map(str, arguments), "--data", str(folder)])


def table(folder, name="batch-03.csv"):
    with open(folder / "official" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def expected(entry: lists.Entry, batch="3", published="") -> dict[str, str]:
    parts = filing.parse(entry.number)
    return {
        "batch": batch,
        "published": published,
        "sequence": entry.sequence,
        "entity_zh": entry.entity,
        "service_zh": entry.service,
        "filing_number": entry.number,
        "valid": "true",
        "province_code": entry.number[4:6],
        "county_code": entry.number[4:10],
        "county_zh": str(parts.county or ""),
        "year": f"20{entry.number[10:12]}",
        "subject_code": entry.number[12:20],
        "service_no": entry.number[20:23],
        "remark": entry.remark,
    }


# --- Every format and quirk ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", lists.FORMATS)
@pytest.mark.parametrize("quirks", [(), *((quirk,) for quirk in lists.QUIRKS), tuple(lists.QUIRKS)], ids="-".join)
def test_every_cell_of_every_format_and_quirk(kind, quirks, tmp_path):
    rows = ROWS if len(quirks) != 1 or kind != "pdf" else ROWS[:80]
    path = put(tmp_path, f"list.{kind}", lists.make(kind, rows, set(quirks)))
    result = run(path, folder=tmp_path)
    assert result.exit_code == 0, result.output
    assert table(tmp_path) == [expected(row) for row in rows]
    assert list(table(tmp_path)[0]) == model.COLUMNS
    assert not (tmp_path / "official/batch-03.problems.csv").exists()


@pytest.mark.parametrize("kind", lists.FORMATS)
def test_five_thousand_rows(kind, tmp_path):
    rows = [replace(row, entity=row.entity[-4:], service=f"链{row.sequence}") for row in lists.entries(5000, seed=2)]
    path = put(tmp_path, f"list.{kind}", lists.make(kind, rows, {"repeated_headers"}, per_page=100))
    found = official.read_list(path)
    assert found.problems == []
    columns = ["sequence", "entity_zh", "service_zh", "filing_number", "remark"]
    read = found.rows[columns].astype("str").itertuples(index=False, name=None)
    assert list(read) == [(row.sequence, row.entity, row.service, row.number, row.remark) for row in rows]
    assert found.rows.valid.all()


def test_cells_merged_over_rows_stand_in_each(tmp_path):
    first, second = FEW[0], replace(FEW[1], entity=FEW[0].entity)
    head = "<table><tr><th>序号</th><th>主体名称</th><th>服务名称</th><th>备案编号</th></tr>"
    text = (
        f"{lists.title()}{head}<tr><td>1</td><td rowspan=2>{first.entity}</td><td>{first.service}</td>"
        f"<td>{first.number}</td></tr><tr><td>2</td><td>{second.service}</td><td>{second.number}</td></tr></table>"
    )
    run(put(tmp_path, "a.html", text.encode()), folder=tmp_path)
    assert [row["entity_zh"] for row in table(tmp_path)] == [first.entity] * 2

    import docx

    document = docx.Document()
    document.add_paragraph(lists.title())
    grid = document.add_table(0, 4)
    for cells in (
        ["序号", "主体名称", "服务名称", "备案编号"],
        *([r.sequence, r.entity, r.service, r.number] for r in (first, second)),
    ):
        for cell, value in zip(grid.add_row().cells, cells, strict=True):
            cell.text = value
    grid.cell(1, 1).merge(grid.cell(2, 1)).text = first.entity
    file = io.BytesIO()
    document.save(file)
    found = official.read_list(put(tmp_path, "a.docx", file.getvalue()))
    assert found.rows.entity_zh.tolist() == [first.entity] * 2 and found.problems == []


def test_a_row_number_without_more_is_kept_and_a_page_number_is_not(tmp_path):
    lines = [["序号", "主体名称", "服务名称", "备案编号"]]
    lines += [[row.sequence, row.entity, row.service, row.number] for row in FEW]
    lines[4][1:] = ["", "", ""]  # row 4 of the list: its number, and nothing else
    lines.insert(3, ["7", "", "", ""])  # a page number in the column of the sequence
    lines.append(["说明：以上排名不分先后", "", "", ""])
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    result = run(put(tmp_path, "第三批.csv", text.encode()), folder=tmp_path)
    assert result.exit_code == 1
    assert [row["sequence"] for row in table(tmp_path)] == [row.sequence for row in FEW]
    assert table(tmp_path)[3]["filing_number"] == "" and table(tmp_path)[3]["valid"] == "false"
    assert json.loads((tmp_path / "official/batch-03.json").read_text())["notes"] == ["说明：以上排名不分先后"]


@pytest.mark.parametrize(
    ("heading", "name", "batch", "published"),
    [
        ("境内区块链信息服务备案清单（第十二批）", "x.csv", 12, ""),
        ("境内区块链信息服务备案清单（第２０批）", "x.csv", 20, ""),
        ("备案清单", "第二百零三批.csv", 203, ""),
        ("备案清单", "batch-07 2022-03-04.csv", 7, "2022-03-04"),
        ("第四批境内区块链信息服务备案清单 2020年10月30日", "x.csv", 4, "2020-10-30"),
    ],
)
def test_number_and_date_of_the_list_come_from_title_or_name(heading, name, batch, published, tmp_path):
    found = official.read_list(put(tmp_path, name, lists.make("csv", FEW, heading=heading)))
    assert (found.batch, found.published) == (batch, published)


def test_number_and_date_can_be_given(tmp_path):
    path = put(tmp_path, "x.csv", lists.make("csv", FEW, heading="清单"))
    assert "add --batch" in run(path, folder=tmp_path).stderr
    assert run(path, "--batch", 5, "--published", "2021-06-18", folder=tmp_path).exit_code == 0
    assert table(tmp_path, "batch-05.csv")[0] == expected(FEW[0], "5", "2021-06-18")
    titled = put(tmp_path, "y.csv", lists.make("csv", FEW))
    assert "its title says list 3, not 5" in run(titled, "--batch", 5, folder=tmp_path).stderr
    assert "not a date" in run(titled, "--published", "2021-13-01", folder=tmp_path).stderr
    assert run(path, titled, "--batch", 5, folder=tmp_path).exit_code == 2


# --- Problem rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "column", "why"),
    [
        ({"number": "京网信备11010519864491550015号"}, "filing_number", "check character is 5"),
        ({"number": "沪网信备11010519864491550014号"}, "filing_number", "沪 is province 31"),
        ({"number": ""}, "filing_number", "is missing"),
        ({"number": FEW[0].number}, "filing_number", "stands in row 1, too"),
        ({"number": "网信算备110105219685401240017号"}, "filing_number", "is an algorithm filing"),
        ({"number": FEW[2].number + "\n" + FEW[1].number[:-1]}, "filing_number", "holds 2 filing numbers"),
        ({"entity": ""}, "entity_zh", "is empty"),
        ({"service": ""}, "service_zh", "is empty"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_problem_rows_stay_and_are_explained(kind, changes, column, why, tmp_path):
    rows = lists.with_fault(FEW, 3, **changes)
    result = run(put(tmp_path, f"x.{kind}", lists.make(kind, rows)), folder=tmp_path)
    assert result.exit_code == 1 and "8 rows, 7 valid" in result.output
    got, (problem,) = table(tmp_path), table(tmp_path, "batch-03.problems.csv")
    assert [row["valid"] for row in got] == ["true"] * 3 + ["false"] + ["true"] * 4
    printed = {"entity_zh": rows[3].entity, "service_zh": rows[3].service}
    printed["filing_number"] = rows[3].number.replace("\n", "")
    assert {name: got[3][name] for name in printed} == printed
    assert (problem["row"], problem["sequence"], problem["column"]) == ("5", "4", column)
    assert problem["why"].startswith(why)


@pytest.mark.parametrize(
    ("sequence", "why"), [("9", "follows 3"), ("3", "stands twice"), ("四", "is not a whole"), ("", "the row has no")]
)
def test_doubts_about_the_numbering_are_explained(sequence, why, tmp_path):
    rows = lists.with_fault(FEW, 3, sequence=sequence)
    assert run(put(tmp_path, "x.csv", lists.make("csv", rows)), folder=tmp_path).exit_code == 1
    assert [row["valid"] for row in table(tmp_path)] == ["true"] * 8
    assert table(tmp_path, "batch-03.problems.csv")[0]["why"].startswith(why)


def test_halves_are_joined_only_where_the_numbering_leaves_no_place_for_a_row(tmp_path):
    rows = [[row.sequence, row.entity, row.service, row.number, ""] for row in FEW]
    rows[3:4] = [[*rows[3][:3], "", ""], ["— 2 —", "", "", "", ""], ["", "", "", rows[3][3], ""]]
    head = ["序号", "主体名称", "服务名称", "备案编号", "备注"]
    whole = "\n".join(",".join(cells) for cells in [head, *rows])
    run(put(tmp_path, "第三批.csv", whole.encode()), folder=tmp_path)
    assert len(table(tmp_path)) == 8 and not (tmp_path / "official/batch-03.problems.csv").exists()
    lacking = whole.replace("\n5,", "\n6,")  # a row may be missing between the two
    assert run(put(tmp_path, "第四批.csv", lacking.encode()), folder=tmp_path).exit_code == 1
    assert len(table(tmp_path, "batch-04.csv")) == 9


def test_a_number_in_the_place_of_a_name_is_noticed(tmp_path):
    text = lists.make("csv", lists.with_fault(FEW, 2, service=f"链 {FEW[5].number}"))
    run(put(tmp_path, "x.csv", text), folder=tmp_path)
    (problem,) = table(tmp_path, "batch-03.problems.csv")
    assert problem["column"] == "service_zh" and problem["why"].startswith("holds a filing number")


def test_the_name_of_a_file_yields_to_the_number_that_is_given(tmp_path):
    path = put(tmp_path, "第七批.csv", lists.make("csv", FEW, heading="清单"))
    assert official.read_list(path).batch_from == "name"
    assert run(path, "--batch", 5, folder=tmp_path).exit_code == 0 and table(tmp_path, "batch-05.csv")


def test_rows_run_together_are_noticed(tmp_path):
    text = lists.make("csv", FEW).decode().replace("\r\n5,", ",5,")
    assert run(put(tmp_path, "x.csv", text.encode()), folder=tmp_path).exit_code == 1
    assert any("run together" in row["why"] for row in table(tmp_path, "batch-03.problems.csv"))


def test_a_number_outside_the_table_is_noticed(tmp_path):
    lost = lists.entries(9, seed=4)[8].number
    page = lists.make("html", FEW).decode().replace("</body>", f"<p>9 某公司 {lost}</p></body>")
    assert run(put(tmp_path, "x.html", page.encode()), folder=tmp_path).exit_code == 1
    assert [lost in row["value"] for row in table(tmp_path, "batch-03.problems.csv")] == [True]


def without_lines(pdf):
    """The PDF without the ruling of its last page."""
    at = pdf.rindex(b"\nstream")
    return pdf[:at] + pdf[at:].replace(b" l S", b" m n")


def test_cells_merged_over_rows_of_a_sheet_stand_in_each(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([lists.title()])
    book.active.append(["序号", "服务名称", "备案编号", "主体名称"])
    for row in FEW[:2]:
        book.active.append([int(row.sequence), row.service, row.number, row.entity])
    book.active.merge_cells("D3:D4")
    file = io.BytesIO()
    book.save(file)
    found = official.read_list(put(tmp_path, "a.xlsx", file.getvalue()))
    assert found.rows.entity_zh.tolist() == [FEW[0].entity] * 2 and found.problems == []


@pytest.mark.parametrize(
    ("kind", "damage", "why"),
    [
        ("pdf", lambda c: c.replace(b"5 0 R ]", b"9 9 R ]"), "pages in the PDF: 2; pages that could be read: 1"),
        ("pdf", without_lines, "page 2 of the PDF holds no table"),
        ("html", lambda c: c[: c.rindex(b"<tr>", 0, c.rindex(b"</table>", 0, -200))], "the page breaks off"),
    ],
)
def test_a_part_that_cannot_be_read_is_noticed(kind, damage, why, tmp_path):
    content = lists.make(kind, FEW, {"repeated_headers"}, per_page=5)
    result = run(put(tmp_path, f"x.{kind}", damage(content)), folder=tmp_path)
    assert result.exit_code == 1
    assert any(why in row["why"] for row in table(tmp_path, "batch-03.problems.csv"))


def test_the_total_is_compared_with_the_published_one(tmp_path):
    (tmp_path / "batches.csv").write_text("batch,published,date_precision,services\n3,2020-04-24,day,9\n", "utf-8")
    result = run(put(tmp_path, "x.csv", lists.make("csv", FEW)), folder=tmp_path)
    assert result.exit_code == 0 and "1 fewer than the 9 of batches.csv" in result.output
    origin = json.loads((tmp_path / "official/batch-03.json").read_text("utf-8"))
    assert (origin["expected"], origin["difference"], origin["published"]) == (9, -1, "2020-04-24")


# --- Bad input -----------------------------------------------------------------------------------------------


def zipped(archive, change):
    """A DOCX or XLSX file, each member changed by ``change(name, content)``; a list for the name of a format."""
    archive = lists.make(archive, FEW) if isinstance(archive, str) else archive
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return result.getvalue()


def entities(name, content):
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    if not name.endswith(("document.xml", "sheet1.xml")):
        return content
    return b'<?xml version="1.0"?>' + evil + content[content.find(b"?>") + 2 if b"?>" in content else 0 :]


def bomb(name, content):
    return content + b" " * 210_000_000 if name.endswith(("document.xml", "sheet1.xml")) else content


def lying_bomb(kind):
    """A member that unpacks to far more than its directory entry says."""
    content = zipped(
        kind, lambda name, c: c + b" " * 60_000_000 if name.endswith(("document.xml", "sheet1.xml")) else c
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = max(member.file_size for member in archive.infolist())
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def empty_docx():
    import docx

    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def far_cell():
    """A sheet that takes 8 GB when its empty cells are filled in."""
    return zipped("xlsx", lambda name, c: c.replace(b'r="A10"', b'r="XFD20000"') if name.endswith("sheet1.xml") else c)


def csv_list(*lines):
    return "\n".join(lines).encode()


def other_register():
    return csv_list("序号,算法名称,主体名称,备案编号", "1,推荐算法,某公司,网信算备110105219685401240017号")


def mixed_registers():
    filed = ["网信算备110105219685401240017号", "网信算备110105219685401240025号", FEW[0].number]
    return csv_list("序号,主体名称,服务名称,备案编号", *(f"{i},a,b,{text}" for i, text in enumerate(filed, start=1)))


BAD = {
    "empty.csv": (lambda: b"", "is empty"),
    "text.txt": (lambda: b"hello\nworld", "no table has the columns"),
    "binary.bin": (lambda: bytes(range(128, 256)) * 20, "not a PDF, DOCX"),
    "page.html": (lambda: b"<html><body><p>hello</p></body></html>", "no table has the columns"),
    "link.html": (lambda: b"<html><a href='/a/list.pdf'>x</a></html>", "try the address /a/list.pdf"),
    "headings.csv": (lambda: csv_list("序号,主体名称,服务名称,备案编号"), "its table has no rows"),
    "none.csv": (lambda: csv_list("序号,主体名称,服务名称,备案编号", "1,a,b,c"), "no row has a filing number"),
    "quote.csv": (lambda: csv_list("序号,主体名称,服务名称,备案编号", '1,"a,b,c'), "not a proper CSV"),
    "other.csv": (other_register, "algorithm filings (网信算备), which is another register"),
    "mixed.csv": (mixed_registers, "algorithm filings (网信算备), which is another register"),
    "icp.csv": (lambda: csv_list("序号,主体名称,服务名称,备案号", "1,a,b,京ICP备19012345号"), "ICP numbers"),
    "encrypted.pdf": (lambda: lists.encrypted_pdf(FEW), "an encrypted PDF"),
    "truncated.pdf": (lambda: lists.make("pdf", FEW)[:-900], "a truncated PDF"),
    "scanned.pdf": (lists.scanned_pdf, "a scanned PDF"),
    "notable.docx": (empty_docx, "a DOCX file without a table"),
    "truncated.docx": (lambda: lists.make("docx", FEW)[:-900], "damaged or truncated DOCX or XLSX"),
    "truncated.xls": (lambda: lists.make("xls", FEW)[:2000], "damaged"),
    "other.zip": (lambda: zipped("docx", lambda name, c: c).replace(b"word/", b"wurd/"), "neither DOCX nor XLSX"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le") * 50, "an old Word file"),
    "locked.xlsx": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 50, "by a password"),
    "entities.docx": (lambda: zipped("docx", entities), "defines XML entities"),
    "entities.xlsx": (lambda: zipped("xlsx", entities), "defines XML entities"),
    "bomb.docx": (lambda: zipped("docx", bomb), "refused as a ZIP bomb"),
    "bomb.xlsx": (lambda: zipped("xlsx", bomb), "refused as a ZIP bomb"),
    "lying.docx": (lambda: lying_bomb("docx"), "damaged"),
    "lying.xlsx": (lambda: lying_bomb("xlsx"), "damaged"),
    "far.xlsx": (far_cell, "xlsx"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_one_clear_line_and_nothing_written(name, tmp_path):
    make, why = BAD[name]
    path, folder = put(tmp_path, name, make()), tmp_path / "data"
    folder.mkdir()
    started = time.monotonic()
    result = run(path, "--batch", 3, folder=folder)
    assert result.exit_code == 2 and why in result.stderr
    assert result.stderr.startswith(f"Error: {name}: ") and result.stderr.count("\n") == 1
    assert not any(folder.iterdir())
    assert time.monotonic() - started < 30


def test_a_200_mb_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    result = run(path, folder=tmp_path)
    assert result.exit_code == 2 and "larger than 50 MB" in result.stderr


def test_missing_files_and_folders_are_named(tmp_path):
    assert "no such file" in run(tmp_path / "none.pdf", folder=tmp_path).stderr
    assert "not a file" in run(tmp_path, folder=tmp_path).stderr
    assert "only http and https" in run("ftp://127.0.0.1/x.pdf", folder=tmp_path).stderr


@pytest.mark.parametrize("kind", lists.FORMATS)
def test_two_lists_in_one_file_are_refused(kind, tmp_path):
    second = [replace(row, sequence=str(i)) for i, row in enumerate(lists.entries(8, seed=9), start=1)]
    content = lists.two_lists(kind, FEW, second)
    result = run(put(tmp_path, f"x.{kind}", content), folder=tmp_path)
    assert result.exit_code == 2 and "more than one list (3 and 4)" in result.stderr
    assert not (tmp_path / "official").exists()


def test_formulas_and_markup_stay_text(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([lists.title()])
    book.active.append(["序号", "主体名称", "服务名称", "备案编号"])
    book.active.append([1, '=HYPERLINK("http://x.example","甲")', "<b>链</b>", FEW[0].number])
    book.active.append([2, "+乙", "=1+1", "=A1"])
    file = io.BytesIO()
    book.save(file)
    run(put(tmp_path, "x.xlsx", file.getvalue()), folder=tmp_path)
    first, second = table(tmp_path)
    assert (first["entity_zh"], first["service_zh"]) == ('=HYPERLINK("http://x.example","甲")', "<b>链</b>")
    assert (second["entity_zh"], second["service_zh"], second["filing_number"]) == ("+乙", "=1+1", "=A1")
    assert [row["value"] for row in table(tmp_path, "batch-03.problems.csv")] == ["'=A1"]


def test_a_reader_that_dies_or_hangs_is_ended(monkeypatch, tmp_path):
    path = put(tmp_path, "x.csv", lists.make("csv", FEW))
    real = worker._Worker.ask.__func__
    official.read_list(path)
    worker._Worker.process.kill()
    worker._Worker.process.wait()
    assert len(official.read_list(path).rows) == 8
    monkeypatch.setattr(worker, "MAX_SECONDS", 0.0)
    with pytest.raises(official.ListError, match="longer than"):
        official.read_list(put(tmp_path, "x.pdf", lists.make("pdf", ROWS)))
    monkeypatch.undo()
    assert real is worker._Worker.ask.__func__ and len(official.read_list(path).rows) == 8


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


def test_nothing_imported_is_an_empty_table(tmp_path):
    assert list(official.load(tmp_path).columns) == [*model.COLUMNS, "simulated"]
    assert official.load(tmp_path).empty and official.problems(tmp_path) == []


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


# --- Press and register --------------------------------------------------------------------------------------


def test_press_rows_find_their_official_row(tmp_path):
    number_a, number_b, number_c = (row.number for row in FEW[:3])
    rows = [
        lists.Entry("1", "北京百度网讯科技有限公司", "百度区块链引擎", number_a),
        lists.Entry("2", "北京百度网讯科技有限公司", "超级链", number_b),
        lists.Entry("3", "杭州趣链科技有限公司", "飞洛区块链平台", number_c),
    ]
    run(put(tmp_path, "x.csv", lists.make("csv", rows)), folder=tmp_path)
    press = pd.DataFrame(
        [
            ("a", 3, "百度", "超级链", ""),
            ("b", None, "（北京）百度网讯科技", "百度区块链引擎", ""),
            ("c", 3, "完全不同", "别的名字", f" {number_c.lower()[:-1]} "),
            ("d", 3, "百度", "", ""),
            ("e", 3, "腾讯", "至信链", ""),
            ("f", 9, "百度", "超级链", ""),
            ("g", 3, "", "", ""),
            ("h", 3, "趣链", "飞洛区块链平台", ""),
        ],
        columns=["registration_id", "batch", "entity_zh", "service_zh", "filing_number"],
    )
    found = official.match(press, official.load(tmp_path)).set_index("registration_id")
    assert found.index.tolist() == ["a", "b", "c", "d", "e", "h"]
    assert found.sequence[["a", "b", "c"]].tolist() == [2, 1, 3]
    assert found.matched.tolist() == [True, True, True, False, False, True]
    assert found.score["a"] == found.score["c"] == 100 and found.service_score["c"] < 50
    weighed = 0.4 * found.entity_score["e"] + 0.6 * found.service_score["e"]
    assert found.score["e"] == pytest.approx(weighed) and found.entity_score["e"] != found.service_score["e"]
    assert pd.isna(found.service_score["d"]) and found.score["e"] < official.MATCH_THRESHOLD


# --- Random damage -------------------------------------------------------------------------------------------


SAMPLES = {kind: lists.make(kind, FEW, {"repeated_headers"}, per_page=5) for kind in lists.FORMATS}
MEMBERS = {
    "docx": ["word/document.xml"],
    "xlsx": ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"],
}


def damage(draw, content):
    """Up to four bytes or runs of bytes changed, removed, repeated, put in or cut off."""
    content = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        place, length = draw(st.integers(0, max(0, len(content) - 1))), draw(st.integers(1, 40))
        match draw(st.sampled_from(["change", "remove", "repeat", "insert", "cut"])):
            case "change":
                content[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "remove":
                del content[place : place + length]
            case "repeat":
                content[place:place] = content[place : place + length]
            case "insert":
                content[place:place] = draw(st.binary(min_size=1, max_size=4))
            case "cut":
                del content[max(place, len(content) // 2) :]
    return bytes(content)


@st.composite
def damaged(draw):
    """A list of eight rows with damage to the file or, inside an archive, to a member."""
    kind = draw(st.sampled_from(lists.FORMATS))
    if kind not in MEMBERS or draw(st.integers(0, 3)) == 0:
        return kind, damage(draw, SAMPLES[kind])
    target = draw(st.sampled_from(MEMBERS[kind]))
    return kind, zipped(SAMPLES[kind], lambda name, content: damage(draw, content) if name == target else content)


@settings(lists.STEADY, max_examples=int(os.environ.get("CHAINREGISTRY_EXAMPLES", 300)))
@given(damaged())
def test_a_damaged_file_is_refused_or_read_without_a_silent_loss(tmp_path_factory, case):
    kind, content = case
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "batches.csv").write_text("batch,services\n3,8\n", "utf-8")
    result = run(put(folder, f"list.{kind}", content), "--batch", "3", folder=folder)
    assert result.exit_code in (0, 1, 2) and "Traceback" not in result.output, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code == 2:
        assert result.stderr.count("\n") == 1 and not (folder / "official").exists()
        return
    rows = table(folder, next(p.name for p in (folder / "official").glob("*.csv") if "problems" not in p.name))
    said = result.exit_code == 1 or (kind == "csv" and "fewer than" in result.output)  # a CSV can end anywhere
    bare = lambda number: number.removesuffix("号")  # noqa: E731 (a number is valid without it)
    missing = {bare(row.number) for row in FEW} - {bare(row["filing_number"]) for row in rows}
    assert said or (len(rows) == 8 and not missing), (len(rows), missing)
    assert [p for p in official.problems(folder) if p.column != "published"] == []
