"""Every filing number of a document stands in the table, or in the problems with its place, whatever the document."""

import io

import lists
import oddities
import printed
import pytest
import word_lists
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import HEADS, cells_of

from chainregistry import official

ROWS = lists.entries(60, seed=21)


@st.composite
def messy_rows(draw, start: int) -> tuple[list[list[str]], list[str]]:
    """Up to six rows of a table: proper ones, and what goes wrong with rows; the numbers that they hold."""
    grid, numbers = [], []
    for row in ROWS[start : start + draw(st.integers(0, 6))]:
        texts = cells_of(row)
        other = ROWS[59].number
        numbers.append(row.number)
        match draw(st.integers(0, 9)):
            case 0:
                texts = draw(st.permutations(texts))
            case 1:
                texts[0] = draw(st.sampled_from(["", "9", "x", row.number]))
            case 2:
                texts[draw(st.sampled_from([1, 2]))] = ""
            case 3:
                texts[3] += " " + other
                numbers.append(other)
            case 4:
                texts = [row.number, "", "", "", ""]
            case 5:
                texts = ["", "", "", "", f"原{row.number}"]
            case 6:
                texts = [*texts, f"又{other}"]
                numbers.append(other)
            case 7:  # parted in two
                cuts = [draw(st.integers(0, len(text))) for text in texts]
                cuts[3] = draw(st.sampled_from([0, len(texts[3])]))
                grid.append([text[:cut] for text, cut in zip(texts, cuts, strict=True)])
                texts = [text[cut:] for text, cut in zip(texts, cuts, strict=True)]
        grid.append(texts)
        if draw(st.integers(0, 9)) == 0:
            grid.append(draw(st.sampled_from([["— 3 —", "", "", "", ""], [lists.title(), "", "", "", ""], [""] * 5])))
    return grid, numbers


@st.composite
def documents(draw) -> tuple[list[tuple[list[list[str]], str]], set[str]]:
    """Up to three tables, each with a line of text below it, and all their numbers."""
    tables, numbers = [], []
    for i in range(draw(st.integers(1, 3))):
        grid, held = draw(messy_rows(i * 6))
        headed = draw(st.sampled_from([True, True, False])) or not i
        line = draw(st.sampled_from(["", "说明", "另见 {}", "注：{}"]))
        if "{}" in line:
            numbers.append(ROWS[50 + i].number)
        tables.append(([HEADS, *grid] if headed else grid or [[""] * 5], line.format(ROWS[50 + i].number)))
        numbers += held
    return tables, set(numbers)


def _spans(draw, grid: list[list[str]]) -> list[list[tuple[str, int, int]]]:
    """Cells with the columns and rows that they claim to cover."""
    return [
        [(text, *((draw(st.integers(0, 3)), draw(st.integers(0, 3))) if not draw(st.integers(0, 20)) else (1, 1)))
         for text in texts]
        for texts in grid
    ]  # fmt: skip


def _web(draw, tables: list) -> bytes:
    body = ""
    for grid, line in tables:
        rows = [
            "".join(f"<td colspan={across} rowspan={down}>{text}</td>" for text, across, down in texts)
            for texts in _spans(draw, grid)
        ]
        table = f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        if draw(st.integers(0, 5)) == 0:
            table = f"<table><tr><td>{table}</td></tr></table>"
        body += f"{table}<p{' hidden' * (draw(st.integers(0, 5)) == 0)}>{line}</p>"
    return oddities.page(f"<p>{lists.title()}</p>{body}")


def _word(draw, tables: list) -> bytes:
    body = ""
    for grid, line in tables:
        rows = []
        for texts in _spans(draw, grid):
            cells = [
                word_lists.cell(
                    word_lists.run(text), f'<w:gridSpan w:val="{across}"/>' + "<w:vMerge/>" * (not text and down > 1)
                )
                for text, across, down in texts
            ]
            before = draw(st.integers(0, 9)) == 0
            rows.append(word_lists.word_row(*cells, properties='<w:gridBefore w:val="1"/>' * before))
        table = word_lists.word_table(rows)
        if draw(st.integers(0, 5)) == 0:
            table = word_lists.word_table([word_lists.word_row(word_lists.cell(table + "<w:p/>"))])
        body += table + word_lists.paragraph(word_lists.run(line))
    return word_lists.docx(body)


def _sheets(draw, tables: list) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for i, (grid, line) in enumerate(tables):
        sheet = book.active if not i else book.create_sheet()
        for texts in [[lists.title()], *grid, [line]]:
            sheet.append(texts)
        if i and draw(st.booleans()):
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(draw, tables: list) -> bytes:
    lines = [[lists.title()], *(texts for grid, line in tables for texts in [*grid, [line]])]
    return oddities.separated(
        draw(st.sampled_from(",;\t")), draw(st.sampled_from(["utf-8", "utf-16", "gb18030"])), lines
    )


def _pages(draw, tables: list) -> bytes:
    def page(i: int, grid: list, line: str, ends: str) -> None:
        def draw_page(canvas) -> None:
            if not i:
                printed.title(canvas)
            printed.table(canvas, [texts[:5] for texts in grid], open_ends=ends)
            for place, text in enumerate([line, *(texts[5] for texts in grid if len(texts) > 5)]):
                canvas.drawString(40, 200 - 20 * place, text)

        return draw_page

    ends = [draw(st.sampled_from(["", "head", "foot", "head foot"])) for _ in tables]
    return printed.pdf(*(page(i, grid, line, ends[i] if i else "") for i, (grid, line) in enumerate(tables)))


WRITERS = {"html": _web, "docx": _word, "xlsx": _sheets, "csv": _text, "pdf": _pages}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_number_of_a_document_comes_out(kind, tmp_path_factory):
    folder = tmp_path_factory.mktemp(kind)
    read = []

    @settings(lists.STEADY, max_examples=60)
    @given(st.data(), documents())
    def check(data, document):
        tables, numbers = document
        (folder / f"x.{kind}").write_bytes(WRITERS[kind](data.draw, tables))
        try:
            found = official.read_list(folder / f"x.{kind}")
        except official.ListError:
            return
        read.append(found)
        rows = "|".join(found.rows[["entity_zh", "service_zh", "filing_number", "remark"]].to_numpy().ravel())
        told = "|".join(f"{problem.value} {problem.why}" for problem in found.problems)
        lost = [number for number in numbers if number.removesuffix("号") not in rows + told]
        assert not lost, (lost, tables)
        if kind == "pdf":  # texts that are printed one over the other can look like further numbers
            assert found.numbers >= len(numbers)
        else:
            assert found.numbers == len(numbers)

    check()
    assert len(read) > 20
