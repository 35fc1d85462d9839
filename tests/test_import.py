"""Importing official lists: every format with every quirk, cell for cell, and rows with problems."""

import io
import json
from dataclasses import replace

import lists
import pytest
from importing import FEW, ROWS, expected, put, run, table

from chainregistry import official
from chainregistry.official import model

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
def test_thousands_of_rows(kind, tmp_path):
    """Of a PDF, which is read sheet by sheet, a thousand on ten sheets."""
    number = 1000 if kind == "pdf" else 5000
    rows = [replace(row, entity=row.entity[-4:], service=f"链{row.sequence}") for row in lists.entries(number, seed=2)]
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
        ("备案清单", "第百二十批.csv", 120, ""),
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
        ({"number": FEW[0].number}, "filing_number", "stands in row 2, too"),
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
    ("sequence", "why"), [("9", "follows 3"), ("3", "stands twice"), ("四号", "is not a whole"), ("", "the row has no")]
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
