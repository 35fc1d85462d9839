"""Importing official lists: bad input and random damage."""

import functools
import io
import os
import time
import zipfile
from dataclasses import replace

import lists
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import FEW, ROWS, put, run, table

from chainregistry import official
from chainregistry.official import worker

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


def formulas_alone():
    """A sheet of formulas as a program writes it that does not reckon."""
    book = openpyxl.Workbook()
    for row in [lists.HEADS, *([f'="{text[:2]}"&"{text[2:]}"' for text in lists.cells_of(entry)] for entry in FEW)]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def corrupt():
    """A document of which some packed bytes are others."""
    content = bytearray(zipped("docx", lambda name, c: c))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    content[start : start + 40] = b"\xff" * 40
    return bytes(content)


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
    "far.xlsx": (far_cell, "at XFD20000: delete what stands there"),
    "formulas.xlsx": (formulas_alone, "(A2 and others): open and save it in a spreadsheet program first"),
    "corrupt.docx": (corrupt, "the DOCX file cannot be read: damaged or incomplete"),
    "deep.html": (
        lambda: lists.make("html", FEW).replace(b"<body>", b"<body>" + b"<div>" * 3000),
        "nests its parts so",
    ),
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
    assert run(tmp_path / "none.pdf", folder=tmp_path).stderr == f"Error: {tmp_path / 'none.pdf'}: no such file\n"
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


# --- Random damage -------------------------------------------------------------------------------------------


@functools.cache
def sample(kind):
    """A list of eight rows without damage."""
    return lists.make(kind, FEW, {"repeated_headers"}, per_page=5)


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
        return kind, damage(draw, sample(kind))
    target = draw(st.sampled_from(MEMBERS[kind]))
    return kind, zipped(sample(kind), lambda name, content: damage(draw, content) if name == target else content)


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
