"""Lists as they come from word processors, printers, web sites and spreadsheets: documents for the tests of kinds.

Each function makes a file of the third list with six rows (``ROWS``), odd in one way.
"""

import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import lists
import word_lists

ROWS = lists.entries(6, seed=11)
HEADS = lists.HEADS
OLD_HEADS = ["序號", "主體名稱", "服務名稱", "備案編號"]
NAMES = ["北京样本网文生活科技有限公司", "北京范例长城数据有限公司"]


GRID = lists.grid(ROWS)

# --- Web pages -----------------------------------------------------------------------------------------------


def tags(texts: list[str], name: str = "td") -> str:
    return "".join(f"<{name}>{html.escape(text)}</{name}>" for text in texts)


def web_rows() -> list[str]:
    return [f"<tr>{tags(texts)}</tr>" for texts in GRID]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def web_table(rows: list[str], inner: str = "") -> bytes:
    return page(f"<p>{lists.title()}</p><table>{''.join(rows)}</table>{inner}")


def rowspan(value: str, end: str) -> bytes:
    """One remark for rows 2 to 4, which is where the group of rows ends, whatever the number says."""
    rows = [f"<tr>{tags(texts)}</tr>" for texts in GRID]
    rows[2] = f"<tr>{tags(GRID[2][:4])}<td rowspan='{value}'>同</td></tr>"
    rows[3:5] = [f"<tr>{tags(texts[:4])}</tr>" for texts in GRID[3:5]]
    return web_table(["<tbody>", *rows[:5], end, *rows[5:]])


def colspan(value: str) -> bytes:
    """A span of nothing, which is one column, on a service."""
    rows = web_rows()
    rows[3] = f"<tr>{tags(GRID[3][:2])}<td colspan='{value}'>{GRID[3][2]}</td>{tags(GRID[3][3:])}</tr>"
    return web_table(rows)


def heading_over_two_web_columns() -> bytes:
    rows = [f"<tr>{tags(HEADS[:2])}<td colspan=2>{HEADS[2]}</td>{tags(HEADS[3:])}</tr>"]
    for i, texts in enumerate(GRID[1:]):
        wide = 1 if i % 2 else 2
        rows.append(
            "<tr>" + "".join(f"<td{' colspan=2' * (c == wide)}>{t}</td>" for c, t in enumerate(texts)) + "</tr>"
        )
    return web_table(rows)


def short_rows() -> bytes:
    """Rows that end early beside a remark that reaches down from the first."""
    rows = [f"<tr>{tags(HEADS)}</tr>", f"<tr>{tags(GRID[1][:4])}<td rowspan=6>同</td></tr>"]
    return web_table(rows + [f"<tr>{tags(texts[:4])}</tr>" for texts in GRID[2:]])


def table_in_a_web_cell() -> bytes:
    rows = web_rows()
    inner = f"<table><tr><td>{GRID[3][2][:4]}</td><td>{GRID[3][2][4:]}</td></tr></table>"
    rows[3] = f"<tr>{tags(GRID[3][:2])}<td>{inner}</td>{tags(GRID[3][3:])}</tr>"
    return web_table(rows)


def list_in_a_web_frame() -> bytes:
    table = f"<table>{''.join(web_rows())}</table>"
    return page(
        f"<table><tr><td>菜单</td><td><table><tr><td><h1>{lists.title()}</h1>{table}</td></tr></table></td></tr></table>"
    )


def hidden_web_rows(how: str) -> bytes:
    """A row of a template, hidden by an attribute, a style or a rule."""
    extra = f"<tr {how}>{tags(['0', '{{name}}', '{{service}}', '{{number}}', ''])}</tr>"
    return page(
        f"<p>{lists.title()}</p><table>{web_rows()[0]}{extra}{''.join(web_rows()[1:])}</table>",
        "<style>.menu, tr.template { display : none } @media print { p { display: none } }</style>",
    )


def ruby_on_the_web() -> bytes:
    rows = web_rows()
    rows[2] = rows[2].replace(
        ROWS[1].entity[:2], f"<ruby>{ROWS[1].entity[:2]}<rp>(</rp><rt>lasa</rt><rp>)</rp></ruby>", 1
    )
    return web_table(rows)


# --- Text with separators ------------------------------------------------------------------------------------


def separated(sign: str, encoding: str = "utf-8", lines: list[list[str]] | None = None, first: str = "") -> bytes:
    text = first + "".join(sign.join(texts) + "\r\n" for texts in lines or GRID)
    return text.encode(encoding)


def many_commas() -> list[list[str]]:
    return [[*texts[:2], texts[2] + ",存证,溯源,确权,交易,监管" * (i > 0), *texts[3:]] for i, texts in enumerate(GRID)]


# --- Workbooks -----------------------------------------------------------------------------------------------


def workbook(change: Callable, old: bool = False) -> bytes:
    """A workbook whose first sheet is the list; ``change(book, sheet)`` makes it odd."""
    if old:
        import xlwt

        book = xlwt.Workbook()
        sheet = book.add_sheet("清单")
        for i, texts in enumerate([[lists.title()], *GRID]):
            for j, text in enumerate(texts):
                sheet.write(i, j, text)
    else:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "清单"
        for texts in [[lists.title()], *GRID]:
            sheet.append(texts)
    change(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_draft(state: str) -> bytes:
    """A hidden sheet with an older draft: one number of it stands nowhere else if ``state`` ends with +."""

    def change(book, sheet) -> None:
        draft = book.create_sheet("草稿")
        for texts in GRID:
            draft.append([*texts[:2], texts[2] + "（旧）", *texts[3:]])
        if state.endswith("+"):
            draft.append(lists.cells_of(lists.entries(7, seed=12)[6]))
        draft.sheet_state = state.removesuffix("+")

    return workbook(change)


def old_with_draft() -> bytes:
    def change(book, sheet) -> None:
        draft = book.add_sheet("草稿")
        for j, text in enumerate(GRID[1]):
            draft.write(0, j, text)
        draft.visibility = 1

    return workbook(change, old=True)


def only_hidden() -> bytes:
    def change(book, sheet) -> None:
        book.create_sheet("封面").append(["封面"])
        sheet.sheet_state = "hidden"

    return workbook(change)


def strict_workbook() -> bytes:
    """As Excel saves it as Strict Open XML."""
    plain, file = workbook(lambda book, sheet: None), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            content = content.replace(
                f"{word_lists.OPEN}spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            content = content.replace(word_lists.SPACES["r"], "http://purl.oclc.org/ooxml/officeDocument/relationships")
            new.writestr(name, content)
    return file.getvalue()


def merged_heading() -> bytes:
    """The heading of the services over two columns, the services in the first or the second of them."""

    def change(book, sheet) -> None:
        sheet.insert_cols(4)
        sheet.merge_cells("C2:D2")
        sheet["D4"] = sheet["C4"].value
        sheet["C4"] = None

    return workbook(change)


def with_comment() -> bytes:
    """A number in a comment over the sheet, and nowhere else."""

    def change(book, sheet) -> None:
        from openpyxl.comments import Comment

        sheet["A3"].comment = Comment(lists.entries(7, seed=12)[6].number, "a")

    return workbook(change)


# --- Files of other formats ----------------------------------------------------------------------------------


def archive(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def lookalikes() -> list[lists.Entry]:
    """Names with radicals, a compatibility ideograph and signs without width, and the same as people mean them."""
    return [replace(row, entity=name) for row, name in zip(ROWS, NAMES * 3, strict=True)]
