"""What stands in the table of a list and is no row of it, copies, titles of other lists: told, and not counted."""

from dataclasses import replace

import lists
import oddities
import pytest
from importing import FEW, expected, put, run, table

from chainregistry import facts, official

GRID = lists.grid(FEW)
PLAIN = [expected(row) for row in FEW]


def told(folder) -> list[dict[str, str]]:
    """The problems of list 3; none where all is well."""
    path = folder / "official/batch-03.problems.csv"
    return table(folder, path.name) if path.exists() else []


def with_rows(*others: list[str], places: tuple[int, ...] = (8,)) -> bytes:
    """The list with other rows after each of so many rows of its own."""
    rows = [texts for i, own in enumerate(GRID) for texts in [own, *(others if i in places else ())]]
    return oddities.separated(",", lines=[[lists.title()], *rows])


@pytest.mark.parametrize(
    "cells",
    [
        ["合计", "", "", "8"], ["合计：8"], ["共8家"], ["", "小计", "", "3家"], ["总计", "6家", "8项", ""],
        ["本页小计", "", "", "", "3"], ["合计", "=COUNTA(B2:B9)"], ["总 计（8）"], ["以上为2020年备案"],
        ["", "以上均已备案"], ["北京市"], ["一、北京市（2家）"], ["", "北京市"], ["二", "广东省", "", ""], ["2020年"],
        ["内蒙古自治区：", "", "", "", "1"], ["深圳市"], ["国家互联网信息办公室"], ["2020年4月24日"],
        ["制表人：张三", "", "", "审核：李四"], ["联系电话：010-12345678"], ["序号", "", "", "备案编号"],
        ["", "主体名称", "服务名称", ""], ["", "", "另见附件"], ["序号", "企业名称", "服务名", "备案号"],
        ["", "某办公室", "二〇二〇年四月二十四日", ""], ["", "总数", "8", ""], ["", "共8家", "8项"],
        ["", "8", "8", "8"], ["", "注", "以上均已备案"],
    ],
)  # fmt: skip
def test_a_row_without_a_number_and_two_names_is_set_aside_and_told(cells, tmp_path):
    result = run(put(tmp_path, "x.csv", with_rows(cells, places=(0, 3, 8))), folder=tmp_path)
    assert result.exit_code == 1 and "8 rows, 8 valid" in result.output, result.output
    assert table(tmp_path) == PLAIN
    why = "without a filing number, taken for a heading, a total or a note: no row of the list"
    assert [one["why"] for one in told(tmp_path)] == [f"line {line}: {why}" for line in (3, 7, 13)]
    assert all(cell in one["value"] for cell in cells for one in told(tmp_path))


@pytest.mark.parametrize(
    "cells",
    [
        ["续上表"], ["（续）"], ["接上页"], ["转下页"], ["下页续"], ["注：以上不分先后"], ["— 3 —"], ["第1页，共2页"],
        [lists.title()], ["第三批"], ["（第三批）"], ["---", "---", "---", "---", "---"], [":--", "", "—"], GRID[0],
    ],
)  # fmt: skip
def test_what_tells_nothing_of_its_own_is_no_problem(cells, tmp_path):
    result = run(put(tmp_path, "x.csv", with_rows(cells, places=(3, 8))), folder=tmp_path)
    assert result.exit_code == 0 and table(tmp_path) == PLAIN and told(tmp_path) == []


@pytest.mark.parametrize(
    "cells",
    [
        ["9", "甲有限公司", "", ""], ["", "甲有限公司", "乙平台", ""], ["9", "", "", ""],
        ["", "", "", "京网信备1101051986449155"],
        ["9", "甲有限公司", "乙平台", "", "共计3项"],
        ["九", "合计科技有限公司", "北京市平台", ""], ["", "甲有限公司", "", "11010519864491550014"],
    ],
)  # fmt: skip
def test_a_row_that_lacks_something_stays_a_row(cells, tmp_path):
    assert run(put(tmp_path, "x.csv", with_rows(cells)), folder=tmp_path).exit_code
    assert len(table(tmp_path)) == 9 and table(tmp_path)[8]["valid"] == "false"


@pytest.mark.parametrize("kind", lists.FORMATS)
def test_the_heading_of_a_group_on_a_new_page_is_no_half_of_a_row(kind, tmp_path):
    rows = [*FEW[:4], lists.Entry("", "广东省", "", ""), *FEW[4:]]
    run(put(tmp_path, f"x.{kind}", lists.make(kind, rows, {"repeated_headers"}, per_page=4)), folder=tmp_path)
    assert table(tmp_path) == PLAIN and [one["value"] for one in told(tmp_path)] == ["广东省"]


@pytest.mark.parametrize(
    "cells", [["", "某省网信办"], ["", "小计", "", "3家"], ["", "", "", "2020年4月24日"], ["", "2019年"]]
)
@pytest.mark.parametrize("pages", [(["— 2 —"], []), ([], ["— 2 —"])])
def test_what_stands_at_the_end_of_a_page_is_no_half_of_a_row(cells, pages, tmp_path):
    before, after = pages
    others = [texts for texts in (before, cells, after) if texts]
    run(put(tmp_path, "x.csv", with_rows(*others, places=(3,))), folder=tmp_path)
    assert table(tmp_path) == PLAIN and len(told(tmp_path)) == 1


def test_a_text_that_may_be_the_rest_of_a_name_is_told(tmp_path):
    result = run(put(tmp_path, "x.csv", with_rows(["— 2 —"], ["", "", "二期"], places=(3,))), folder=tmp_path)
    assert result.exit_code == 0 and "taken for the rest of a name over a page break: 二期 (" in result.output
    assert table(tmp_path)[2]["service_zh"] == FEW[2].service + "二期"


def test_a_remark_on_the_next_page_is_no_title(tmp_path):
    content = with_rows(["— 2 —"], ["", "", "", "", "注销"], places=(3,))
    assert run(put(tmp_path, "x.csv", content), folder=tmp_path).exit_code == 0
    assert table(tmp_path) == [*PLAIN[:2], PLAIN[2] | {"remark": "注销"}, *PLAIN[3:]]


# --- Copies ----------------------------------------------------------------------------------------------------


def two_sheets(copies: int) -> bytes:
    def change(book, sheet) -> None:
        for i in range(copies):
            book.create_sheet(f"副本{i}")
            for texts in oddities.GRID:
                book.worksheets[-1].append(texts)

    return oddities.workbook(change)


@pytest.mark.parametrize("copies", [1, 2])
def test_a_list_that_stands_twice_is_read_once(copies, tmp_path):
    once = [expected(row) for row in oddities.ROWS]
    for name, content in (
        ("x.xlsx", two_sheets(copies)),
        ("x.html", oddities.web_table(oddities.web_rows(), f"<table>{''.join(oddities.web_rows())}</table>" * copies)),
    ):
        assert run(put(tmp_path, name, content), "--replace", folder=tmp_path).exit_code == 1
        assert table(tmp_path) == once
        (why,) = [one["why"] for one in told(tmp_path)]
        assert why.endswith(f"the names and numbers of {6 * copies} rows stand in the list above: read once")


def test_a_row_that_stands_twice_is_read_once(tmp_path):
    """With its own number before it, too: none is missing then."""
    rows = [
        *FEW[:4],
        replace(FEW[1], sequence="5"),
        *(replace(row, sequence=str(i)) for i, row in enumerate(FEW[4:], 6)),
    ]
    run(put(tmp_path, "x.csv", lists.make("csv", rows)), folder=tmp_path)
    assert [row["filing_number"] for row in table(tmp_path)] == [row.number for row in FEW]
    assert [one["why"] for one in told(tmp_path)] == ["line 7: its names and number stand in the list above: read once"]


def test_of_two_services_with_one_number_one_may_be_of_any_province_or_none(tmp_path, data):
    rows = lists.with_fault(FEW, 3, number=FEW[0].number)
    run(put(tmp_path, "x.csv", lists.make("csv", rows)), folder=tmp_path)
    rows_read = official.load(tmp_path)
    found = {
        fact.id: fact.rows[0][1:] for fact in facts.of_lists(replace(data, official=rows_read), ["11", "33", "54"])
    }
    lost = sum(number[4:6] not in ("11", "33", "54") for number in rows_read.filing_number)
    first = sum(row.number[4:6] == "54" for i, row in enumerate(rows) if i != 3)
    assert found["list 3"] == (7, 8) and found["list 3/54"] == (first, first + lost + 1)


# --- Titles ----------------------------------------------------------------------------------------------------


def with_batches(*batches: str, heading: str = "批次") -> bytes:
    lines = [[*lists.HEADS, heading], *([*lists.cells_of(row), text] for row, text in zip(FEW, batches, strict=True))]
    return oddities.separated(",", lines=lines)


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("x.csv", lambda: with_batches(*["第三批"] * 2, *["第四批"] * 6), "more than one list (3 and 4)"),
        ("x.csv", lambda: with_batches(*["3"] * 7, "四", heading="公布批次"), "more than one list (3 and 4)"),
        ("x.csv", lambda: with_rows(["（第四批）"], places=(4,)), "more than one list (3 and 4)"),
        ("x.csv", lambda: with_rows(["第四批："], places=(4,)), "more than one list (3 and 4)"),
        ("x.csv", lambda: with_rows(["（第四批）", "", "", "共4家"], places=(4,)), "more than one list (3 and 4)"),
        *((kind, lambda kind=kind: lists.make("csv", FEW, heading=kind), "speaks of more than one list") for kind in (
            "境内区块链信息服务备案清单（第一批至第三批）", "区块链信息服务备案清单（第1-3批）", "第一、二批备案清单",
            "第一批、第二批备案清单",
        )),
        ("第一批至第三批.csv", lambda: lists.make("csv", FEW, heading="备案清单"), "speaks of more than one list"),
        ("注销清单.csv", lambda: lists.make("csv", FEW, heading="第三批"), "its name says 注销"),
        *((kind, lambda kind=kind: lists.make("csv", FEW, heading=kind), "its title says ") for kind in (
            "境内区块链信息服务注销备案清单（第三批）", "境内区块链信息服务备案变更清单（第三批）",
            "关于撤销区块链信息服务备案的公告",
            "区块链信息服务备案取消名单", "已注销的服务",
        )),
        ("x.csv", lambda: with_rows(["备案注销名单"], places=(4,)), "4 of its rows stand under the title 备案注销名单"),
        ("x.csv", lambda: with_rows(["二、已注销"], places=(4,)), "rows stand under the title 二、已注销, which"),
        ("x.csv", lambda: with_rows(["已注销"], places=(4,)), "4 of its rows stand under the title 已注销, which says"),
    ],
)  # fmt: skip
def test_a_title_of_another_kind_or_of_several_lists_is_refused(name, make, why, tmp_path):
    path = put(tmp_path, name if name.endswith(".csv") else "x.csv", make())
    for given in ([], ["--batch", "4"]):
        result = run(path, *given, folder=tmp_path)
        assert result.exit_code == 2 and result.stderr.count("\n") == 1 and not (tmp_path / "official").exists()
        assert why in result.stderr or given, result.stderr


@pytest.mark.parametrize(
    "heading",
    [
        "境内区块链信息服务备案清单（第三批）（含变更、注销）",
        "第三批备案清单（第二批见2019年10月18日公告）",
        "备案清单：主体变更的应当注销，第三批",
    ],
)
def test_a_title_that_only_mentions_another_kind_is_none_of_it(heading, tmp_path):
    result = run(put(tmp_path, "第三批.csv", lists.make("csv", FEW, heading=heading)), folder=tmp_path)
    assert result.exit_code == 0 and table(tmp_path) == PLAIN


@pytest.mark.parametrize("text", ["境内区块链信息服务备案清单（第二批）2019-10-18", "境内区块链信息服务备案注销公告"])
def test_what_a_page_links_to_is_not_its_title(text, tmp_path):
    content = oddities.web_table(oddities.web_rows()).replace(b"<table>", f"<p>相关阅读：{text}</p><table>".encode())
    assert run(put(tmp_path, "x.html", content), folder=tmp_path).exit_code == 0
    assert table(tmp_path) == [expected(row) for row in oddities.ROWS]


def test_the_number_of_a_list_stands_in_a_column(tmp_path):
    result = run(put(tmp_path, "x.csv", with_batches(*["第三批"] * 8)), folder=tmp_path)
    assert result.exit_code == 0 and table(tmp_path) == PLAIN


def test_rows_above_the_title_are_told(tmp_path):
    lines = [*GRID[:4], [lists.title()], *GRID[4:]]
    assert run(put(tmp_path, "x.csv", oddities.separated(",", lines=lines)), folder=tmp_path).exit_code == 1
    assert [one["why"] for one in told(tmp_path)] == [
        "3 rows stand above the title of list 3: they may be of another list"
    ]


def test_a_name_that_contradicts_the_title_is_told(tmp_path):
    assert run(put(tmp_path, "第四批.csv", lists.make("csv", FEW)), folder=tmp_path).exit_code == 1
    (problem,) = told(tmp_path)
    assert problem["why"] == "the file's name says list 4, its title list 3: taken for list 3"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["发布时间：2020-04-24 18:00", "更新时间：2021年1月2日"], "2020-04-24"),
        (["关于征求意见的公告 2020-04-24"], "2020-04-24"), (["附件下载 发布时间：2020-04-24"], "2020-04-24"),
        (["发布时间：2020-04-24 18:00 更新时间：2021-01-02 来源：某办"], "2020-04-24"),
        (["2021-01-02", "发布日期：2020/4/24"], "2020-04-24"),
        (["更新时间：2021年1月2日"], ""), (["打印日期：2021-01-02", "2020.4.24"], "2020-04-24"),
        (["2020-04-2418:00"], "2020-04-24"), (["2020年 4 月 24 日 10:30"], "2020-04-24"),
        (["二〇二〇年四月二十四日"], "2020-04-24"), (["二○二〇年十月一日"], "2020-10-01"),
        (["2020-04-24", "2021-01-02"], ""), (["2020/13/1"], ""), (["2020年4月31日"], ""), (["1.2020.4.245"], ""),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_the_one_that_is_called_so(lines, day, tmp_path):
    text = "".join(f"<p>{line}</p>" for line in lines)
    run(put(tmp_path, "x.html", oddities.page(text + f"<table>{''.join(oddities.web_rows())}</table>")), "--batch", 3,
        folder=tmp_path)  # fmt: skip
    assert {row["published"] for row in table(tmp_path)} == {day}


# --- Rows in one another ----------------------------------------------------------------------------------------


def test_a_row_with_many_lines_in_each_cell_is_many_rows(tmp_path):
    columns = ["<br>".join(texts) for texts in zip(*oddities.GRID[1:], strict=True)]
    row = "".join(f"<td>{text}</td>" for text in columns)
    result = run(
        put(tmp_path, "x.html", oddities.web_table([oddities.web_rows()[0], f"<tr>{row}</tr>"])), folder=tmp_path
    )
    assert result.exit_code == 0 and "a row with 6 lines in each cell read as 6 rows (table 1, row 2)" in result.output
    assert table(tmp_path) == [expected(row) for row in oddities.ROWS]
    lacking = row.replace("<br>", "", 1)  # the rows before the numbers cannot be told apart
    path = put(tmp_path, "x.html", oddities.web_table([oddities.web_rows()[0], f"<tr>{lacking}</tr>"]))
    assert "6 of its 6 filing numbers stand in 1 rows: rows have run together" in run(path, folder=tmp_path).stderr


@pytest.mark.parametrize("name", ["同上", "（同上）", "〃", "″", "—", "同前"])
def test_as_above_is_no_name(name, tmp_path):
    rows = lists.with_fault(FEW, 3, entity=name)
    assert run(put(tmp_path, "x.csv", lists.make("csv", rows)), folder=tmp_path).exit_code == 1
    (problem,) = told(tmp_path)
    assert (problem["row"], problem["column"], problem["value"]) == ("5", "entity_zh", name)
    assert problem["why"] == "is no name of its own: the one above may be meant"
    assert [row["valid"] for row in table(tmp_path)] == ["true"] * 3 + ["false"] + ["true"] * 4
