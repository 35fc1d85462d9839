"""Rows that are struck through are no rows of a list: set aside, each with a problem line."""

import io

import lists
import oddities
import openpyxl
import printed
import pytest
import word_lists
from importing import put
from oddities import GRID, ROWS
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from reportlab.pdfbase.pdfmetrics import stringWidth

from chainregistry import official

STRUCK = 3
"""Number of the row that is struck through."""
OLD = "旧名有限公司"


def workbook(change) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for texts in [[lists.title()], *GRID]:
        sheet.append(texts)
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_fonts(sheet) -> None:
    for cell in sheet[STRUCK + 2][1:4]:  # its sequence number and remark are not
        cell.font = Font(strike=True)


def by_runs(sheet) -> None:
    for cell in sheet[STRUCK + 2]:
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), str(cell.value or " ")))


def in_word(properties: str, styles: str = "") -> bytes:
    def change(i: int, texts: list[str]) -> str:
        how = f"<w:rPr>{properties}</w:rPr>" * (i == STRUCK)
        return word_lists.word_row(*(word_lists.cell(word_lists.run(text, how)) for text in texts))

    space = f"xmlns:w='{word_lists.SPACES['w']}'"
    parts = {"styles.xml": f"<w:styles {space}>{styles}</w:styles>"}
    return word_lists.docx(word_lists.word_table(word_lists.word_rows(change)), parts)


def on_the_web(row: str = "", cell: str = "{}", head: str = "") -> bytes:
    rows = oddities.web_rows()
    rows[STRUCK] = f"<tr {row}>{''.join(f'<td>{cell.format(text)}</td>' for text in GRID[STRUCK])}</tr>"
    return oddities.page(f"<p>{lists.title()}</p><table>{''.join(rows)}</table>", head)


def in_print(how: str) -> bytes:
    def draw(canvas) -> None:
        printed.plain(canvas)
        y = printed.TOP - STRUCK * printed.LINE - 15 + 0.35 * 8
        if how == "across":
            canvas.line(printed.EDGES[0], y, printed.EDGES[-1], y)
        for left, text in zip(printed.EDGES, GRID[STRUCK], strict=False):
            width = stringWidth(text, printed.FONT, 8)
            if how == "box":
                canvas.rect(left + 2, y - 0.25, width, 0.5, stroke=0, fill=1)
            elif how == "texts" and text:
                canvas.line(left + 2, y, left + 2 + width, y)

    return printed.pdf(draw)


WHOLE = {
    "fonts.xlsx": lambda: workbook(by_fonts),
    "runs.xlsx": lambda: workbook(by_runs),
    "strike.docx": lambda: in_word("<w:strike/>"),
    "twice.docx": lambda: in_word("<w:dstrike w:val='1'/>"),
    "style.docx": lambda: in_word(
        "<w:rStyle w:val='Gone'/>", "<w:style w:styleId='Gone'><w:rPr><w:strike/></w:rPr></w:style>"
    ),
    "del.html": lambda: on_the_web(cell="<del>{}</del>"),
    "s.html": lambda: on_the_web(cell="<p><s>{}</s></p>"),
    "style.html": lambda: on_the_web("style='color: red; TEXT-DECORATION: underline line-through'"),
    "class.html": lambda: on_the_web("class=gone", head="<style>tr.gone { text-decoration-line:line-through }</style>"),
    "across.pdf": lambda: in_print("across"),
    "texts.pdf": lambda: in_print("texts"),
    "boxes.pdf": lambda: in_print("box"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_row_that_is_struck_through_is_told_and_no_row_of_the_list(name, tmp_path):
    found = official.read_list(put(tmp_path, name, WHOLE[name]()))
    left = [lists.cells_of(row)[3] for i, row in enumerate(ROWS, start=1) if i != STRUCK]
    assert found.rows.filing_number.tolist() == left and found.rows.valid.all()
    assert found.numbers == len(ROWS)
    told = [problem for problem in found.problems if "struck through, so not taken for a row" in problem.why]
    assert len(told) == 1 and ROWS[STRUCK - 1].number in told[0].value and ROWS[STRUCK - 1].entity in told[0].value
    assert not any("stands outside" in problem.why for problem in found.problems)


def corrected(sheet) -> None:
    old = TextBlock(InlineFont(strike=True), OLD)
    sheet.cell(STRUCK + 2, 2).value = CellRichText(old, TextBlock(InlineFont(), ROWS[STRUCK - 1].entity))


def corrected_in_word(i: int, texts: list[str]) -> str:
    cells = [word_lists.run(text) for text in texts]
    cells[1] = word_lists.run(OLD, "<w:rPr><w:strike/></w:rPr>") * (i == STRUCK) + cells[1]
    return word_lists.word_row(*map(word_lists.cell, cells))


PART = {
    "part.xlsx": lambda: workbook(corrected),
    "part.docx": lambda: word_lists.docx(word_lists.word_table(word_lists.word_rows(corrected_in_word))),
    "part.html": lambda: oddities.web_table(
        [row.replace("<td>", f"<td><s>{OLD}</s>", 2).replace(f"<s>{OLD}</s>", "", 1) if i == STRUCK else row
         for i, row in enumerate(oddities.web_rows())]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PART)
def test_a_name_that_is_struck_through_in_part_is_kept_as_printed_and_told(name, tmp_path):
    found = official.read_list(put(tmp_path, name, PART[name]()))
    assert found.rows.filing_number.tolist() == [row.number for row in ROWS] and found.rows.valid.all()
    assert found.rows.entity_zh[STRUCK - 1] == OLD + ROWS[STRUCK - 1].entity
    assert [problem.value for problem in found.problems] == [OLD]
    assert "struck through, read as printed" in found.problems[0].why


def test_what_only_looks_like_a_line_through_text_strikes_nothing(tmp_path):
    """Lines under names, styles that switch the line off."""

    def underlined(canvas) -> None:
        printed.plain(canvas)
        for i, texts in enumerate(GRID[1:], start=1):
            y = printed.TOP - i * printed.LINE - 16
            canvas.line(printed.EDGES[1] + 6, y, printed.EDGES[1] + 2 + stringWidth(texts[1], printed.FONT, 8), y)

    def off(sheet) -> None:
        for cell in sheet[STRUCK + 2]:
            cell.font = Font(strike=False)

    for name, content in {
        "under.pdf": printed.pdf(underlined),
        "off.docx": in_word("<w:strike w:val='0'/>"),
        "off.xlsx": workbook(off),
        "ins.html": on_the_web(cell="<ins>{}</ins>"),
    }.items():
        found = official.read_list(put(tmp_path, name, content))
        assert found.rows.filing_number.tolist() == [row.number for row in ROWS] and not found.problems, name
