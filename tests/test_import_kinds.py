"""Official lists of every kind that word processors, printers, web sites and spreadsheets make."""

import csv
from dataclasses import replace

import lists
import oddities
import pandas as pd
import printed
import pytest
import word_lists
from click.testing import CliRunner
from oddities import GRID, ROWS

from chainregistry import characters, classify, filing, official
from chainregistry.cli import main

EXPECTED = [tuple(lists.cells_of(row)) for row in ROWS]
COLUMNS = ["sequence", "entity_zh", "service_zh", "filing_number", "remark"]


def read(tmp_path, name: str, content: bytes) -> official.OfficialList:
    (tmp_path / name).write_bytes(content)
    return official.read_list(tmp_path / name)


def cells(found: official.OfficialList) -> list[tuple]:
    rows = found.rows[COLUMNS].astype("str").fillna("")
    return list(rows.itertuples(index=False, name=None))


def changed(number: int, **to: str) -> list[tuple]:
    """The rows as they stand in the files, one of them with other cells."""
    places = dict(zip(COLUMNS, range(5), strict=True))
    rows = [list(row) for row in EXPECTED]
    for name, text in to.items():
        rows[number - 1][places[name]] = text
    return [tuple(row) for row in rows]


def with_remark(*numbers: int) -> list[tuple]:
    return [(*row[:4], "同") if i in numbers else row for i, row in enumerate(EXPECTED, start=1)]


WHOLE = {
    "docx": {
        "a heading over two grid columns": word_lists.heading_over_two_columns,
        "tracked changes": word_lists.tracked_changes,
        "numbered by Word": word_lists.numbered_by_word,
        "numbered by a style": lambda: word_lists.numbered_by_word(style=True),
        "numbered in Chinese": lambda: word_lists.numbered_by_word(form="chineseCounting", text="（%1）"),
        "numbered by a list style": lambda: word_lists.numbered_by_word(linked=True, text="%1、"),
        "signs": word_lists.signs_of_word,
        "ruby": word_lists.ruby_in_word,
        "a text box": word_lists.box_in_word,
        "a table in a cell": word_lists.table_in_a_word_cell,
        "a list in a frame": word_lists.list_in_a_word_frame,
        "Strict Open XML": word_lists.strict_word,
        "content controls": word_lists.controls_in_word,
    },
    "html": {
        "colspan=0": lambda: oddities.colspan("0"),
        "colspan without a number": lambda: oddities.colspan("x"),
        "a heading over two columns": oddities.heading_over_two_web_columns,
        "a table in a cell": oddities.table_in_a_web_cell,
        "a list in a frame": oddities.list_in_a_web_frame,
        "a row with hidden": lambda: oddities.hidden_web_rows("hidden"),
        "a row with display none": lambda: oddities.hidden_web_rows("style='DISPLAY : none'"),
        "a row of a hidden class": lambda: oddities.hidden_web_rows("class='row template'"),
        "ruby": oddities.ruby_on_the_web,
    },
    "csv": {
        **{f"separator {sign!r}": lambda sign=sign: oddities.separated(sign) for sign in ",;\t|，"},
        "commas in names": lambda: oddities.separated(";", lines=oddities.many_commas()),
        "UTF-16 little end first": lambda: oddities.separated("\t", "utf-16-le"),
        "UTF-16 big end first": lambda: oddities.separated(",", "utf-16-be"),
        "UTF-16 with a mark": lambda: oddities.separated(";", "utf-16"),
        "lines that end as on old Macs": lambda: oddities.separated(",").replace(b"\r\n", b"\r"),
        "GB18030": lambda: oddities.separated("|", "gb18030"),
        "sep=": lambda: oddities.separated(";", first="sep=;\r\n"),
        "protected numbers": lambda: oddities.separated(",", lines=[[*g[:3], f'="{g[3]}"', g[4]] for g in GRID]),
        "protected and quoted": lambda: oddities.separated(
            ",", lines=[[f"'{g[0]}", *g[1:3], f'"=""{g[3]}"""', g[4]] for g in GRID[:1] + GRID[1:]]
        ),
    },
    "xlsx": {
        "a hidden sheet": lambda: oddities.with_draft("hidden"),
        "a very hidden sheet": lambda: oddities.with_draft("veryHidden"),
        "a heading over two columns": oddities.merged_heading,
        "Strict Open XML": oddities.strict_workbook,
    },
    "xls": {"a hidden sheet": oddities.old_with_draft},
    "pdf": {
        **{f"bold by {shift}": lambda shift=shift: printed.bold(*shift) for shift in [(0, 0), (0.4, 0.2), (1, 0)]},
        **{
            f"a watermark at {angle}": lambda angle=angle: printed.watermarked(angle, first=angle < 0)
            for angle in (5, 45, 90, -30)
        },
        "a large red watermark": lambda: printed.watermarked(0, 40, (1, 0, 0)),
        "a light watermark": lambda: printed.watermarked(0, 8, first=True),
        "a watermark in tiles": printed.tiled,
        "white boxes": lambda: printed.white_boxes(False),
        "boxes of white lines": lambda: printed.white_boxes(True),
        "two frames": lambda: printed.framed((20, 300, 555, 520), (10, 290, 575, 540)),
        "boxes in a frame": lambda: printed.framed((25, 500, 545, 280), (25, 780, 545, 40)),
        "a frame with round corners": printed.rounded,
        "a box in a cell": lambda: printed.framed((217, 690, 100, 20)),
        "a table in a cell": lambda: printed.framed((217, 690, 50, 20), (267, 690, 50, 20)),
        **{
            f"turned by {angle}{' and back' * back}": lambda angle=angle, back=back: printed.turned(angle, back)
            for angle in (90, 180, 270)
            for back in (False, True)
        },
        "a heading printed sideways": printed.sideways_heading,
        "no lines at the sides": printed.without_sides,
        "open at the foot and the head": lambda: printed.two_pages(GRID[:4], GRID[4:]),
        "open at the foot, headings again": lambda: printed.two_pages(GRID[:4], [GRID[0], *GRID[4:]], "foot", ""),
        "the end of a name alone on a page": printed.rest_alone,
        "outside the crop box": printed.cropped,
        "the corner of the page is not at zero": printed.off_the_corner,
    },
}  # fmt: skip
ALL = [(kind, name) for kind, made in WHOLE.items() for name in made]
SAID = {
    "tracked changes": "tracked changes read as accepted",
    "ruby": "",
    "a hidden sheet": "hidden sheet 草稿 left out",
    "a very hidden sheet": "hidden sheet 草稿 left out",
    "a row of a hidden class": "hidden parts of the page left out",
    "a watermark in tiles": f"a watermark ({printed.MARK}) left out",
    "a watermark at 45": f"a watermark ({printed.MARK}) left out",
    "outside the crop box": "text outside the visible part of page 1 not read",
    "signs": "signs of symbol fonts left out: 1",
}


@pytest.mark.parametrize(("kind", "name"), ALL, ids=[f"{kind}: {name}" for kind, name in ALL])
def test_a_list_of_this_kind_comes_out_whole(kind, name, tmp_path):
    found = read(tmp_path, f"第三批.{kind}", WHOLE[kind][name]())
    expected = EXPECTED
    if name == "commas in names":
        expected = [
            (*row[:2], texts[2], *row[3:]) for row, texts in zip(EXPECTED, oddities.many_commas()[1:], strict=True)
        ]
    assert cells(found) == expected
    assert (found.problems, found.batch, found.numbers) == ([], 3, 6)
    assert any(SAID.get(name, "") in text for text in found.told or [""])


@pytest.mark.parametrize("column", range(5), ids=COLUMNS)
def test_a_row_parted_by_a_page_in_any_column(column, tmp_path):
    found = read(tmp_path, "x.pdf", printed.parted(column))
    assert cells(found) == changed(3, remark="变更说明") and found.problems == []


@pytest.mark.parametrize(
    ("name", "content", "expected", "problems"),
    [
        ("x.docx", word_lists.grid_before, changed(3, sequence=""), ["the row has no sequence number"]),
        ("x.docx", word_lists.merged_down, changed(3, entity_zh=ROWS[1].entity), []),
        ("x.html", lambda: oddities.rowspan("0", "</tbody><tbody>"), with_remark(2, 3, 4), []),
        ("x.html", lambda: oddities.rowspan("99", "</tbody><tbody>"), with_remark(2, 3, 4), []),
        ("x.html", lambda: oddities.rowspan("3", ""), with_remark(2, 3, 4), []),
        ("x.html", oddities.short_rows, with_remark(*range(1, 7)), []),
        ("x.pdf", printed.words_apart, changed(2, service_zh="Chain Ledger"), []),
        ("x.pdf", printed.with_form, EXPECTED, ["page 1 has form fields, which are not read: AB-9"]),
        (
            "x.docx",
            lambda: word_lists.embedded_in_word(table=True),
            EXPECTED,
            ["embedded documents (altChunk) not read: 1"],
        ),
    ],
)
def test_a_list_of_this_kind_comes_out_as_it_stands(name, content, expected, problems, tmp_path):
    found = read(tmp_path, name, content())
    assert cells(found) == expected
    assert len(found.problems) == len(problems)
    assert all(problem.why.startswith(why) for problem, why in zip(found.problems, problems, strict=True))


@pytest.mark.parametrize(("number", "left"), [("3", "123456"), ("4", "12456")])
def test_halves_of_a_row_are_joined_only_where_its_number_follows(number, left, tmp_path):
    """A row after the second, its filing number parted in two rows."""
    row = GRID[3]
    halves = [[number, *row[1:3], row[3][:9], ""], ["", "", "", row[3][9:], ""]]
    found = read(tmp_path, "x.csv", oddities.separated(",", lines=[*GRID[:3], *halves, *GRID[int(number) + 1 :]]))
    assert "".join(texts[0] for texts in cells(found)) == left
    assert len(found.rows) == 6 and bool(found.problems) == (number == "4")


def test_quotation_marks_that_are_not_doubled_are_taken_as_printed(tmp_path):
    lines = [g if i != 2 else [g[0], '"样本"链科技有限公司', *g[2:]] for i, g in enumerate(GRID)]
    found = read(tmp_path, "第三批.csv", oddities.separated(",", lines=lines))
    assert cells(found) == changed(2, entity_zh='"样本"链科技有限公司')
    assert found.told == ["quotation marks within cells taken as printed (line 3)"] and found.problems == []


# --- Numbers that no row holds -------------------------------------------------------------------------------

LOST = lists.entries(7, seed=12)[6].number


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("x.xlsx", lambda: oddities.with_draft("hidden+"), "the hidden sheet 草稿"),
        ("x.xlsx", oddities.with_comment, "a box or comment over a sheet"),
        ("x.html", lambda: oddities.web_table(oddities.web_rows(), f"<p hidden>7 某公司 {LOST}</p>"), "hidden parts"),
        (
            "x.html",
            lambda: oddities.web_table(oddities.web_rows(), f"<table><tr><td>{LOST}</td></tr></table>"),
            "table 2",
        ),
        (
            "x.docx",
            lambda: word_lists.docx(
                word_lists.word_table(word_lists.word_rows()),
                {"footnotes.xml": word_lists.part("footnotes", word_lists.paragraph(word_lists.run(f"另见 {LOST}")))},
            ),
            "footnotes",
        ),
        (
            "x.csv",
            lambda: oddities.separated(
                ",", lines=[[*g, "原编号" if not i else LOST if i == 4 else ""] for i, g in enumerate(GRID)]
            ),
            "line 5",
        ),
        (
            "x.pdf",
            lambda: printed.pdf(lambda c: (printed.plain(c), c.drawString(40, 90, f"7 某公司 {LOST}"))),
            "page 1",
        ),
    ],
    ids=["hidden sheet", "comment", "hidden text", "another table", "footnote", "another column", "below the table"],
)
def test_a_number_that_no_row_holds_is_told_with_its_place(name, content, where, tmp_path):
    found = read(tmp_path, name, content())
    assert cells(found) == EXPECTED and found.numbers == 7
    (problem,) = found.problems
    assert LOST.removesuffix("号") in problem.value and problem.column == "filing_number" and problem.row is None
    assert (
        problem.why.startswith(f"{LOST.removesuffix('号')} stands outside the rows of the list")
        and where in problem.why
    )


# --- Characters ----------------------------------------------------------------------------------------------

ODD = {
    "网": "⽹",
    "文": "⽂",
    "生": "⽣",
    "活": "\u200b活",
    "长": "⻓",
    "例": "\uf9b5",
    "北": "\ufeff北",
    "城": "\u00ad城",
}


def odd(text: str) -> str:
    return "".join(ODD.get(sign, sign) for sign in text)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "html"])
def test_lookalikes_become_what_people_mean(kind, tmp_path):
    meant = oddities.lookalikes()
    rows = [lists.Entry(row.sequence, odd(row.entity), row.service, odd(row.number), row.remark) for row in meant]
    found = read(tmp_path, f"x.{kind}", lists.make(kind, rows))
    assert cells(found) == [tuple(lists.cells_of(row)) for row in meant] and found.problems == []
    made, removed = found.told
    assert (
        made.startswith("look-alike characters made ordinary: 21 (U+2ED3 长, ")
        and removed == "signs without width removed: 12"
    )


def test_rare_and_full_width_characters_stay(tmp_path):
    names = ["喆镕㛃科技（北京）有限公司", "ＡＢＣ：链，平台！"]
    assert [characters.ordinary(name) for name in names] == names
    assert characters.changes(names) == []


def test_every_radical_of_unicode_has_its_ordinary_character():
    kangxi = [chr(code) for code in range(0x2F00, 0x2FD6)]
    assert all("\u4e00" <= characters.ordinary(sign) <= "\u9fff" for sign in kangxi)
    assert characters.ordinary("⻅⻋⻔⻛⻢⻩⻰⺠⻄豈\U0002f800") == "见车门风马黄龙民西豈丽"


def test_classifier_numbers_and_matching_take_lookalikes_as_people_mean_them():
    plain = "网络版权保护平台"
    first, second = classify.classify([plain, odd(plain)]).sector
    assert first == second != "unclear"
    number = ROWS[0].number
    assert filing.find(odd(number).replace("备", "\u200b备"))[0].valid and filing.parse(odd(number)).valid
    register = pd.DataFrame(
        {"batch": [3], "sequence": [1], "entity_zh": ["长城网络"], "service_zh": ["存证"], "filing_number": [number]}
    )
    press = pd.DataFrame(
        {
            "registration_id": ["a"],
            "batch": [3],
            "entity_zh": [odd("长城网络")],
            "service_zh": [""],
            "filing_number": [""],
        }
    )
    assert official.match(press, register).entity_score.tolist() == [100.0]


def test_a_list_printed_by_a_browser_comes_out_whole(printer, tmp_path):
    """Chromium stores radicals for some characters, and parts rows at the foot of a page without a line."""
    rows = [replace(row, entity=oddities.NAMES[i % 2], service=f"存证平台第{row.sequence}号", remark="备注文字较长" * 8)
            for i, row in enumerate(lists.entries(40, seed=13))]  # fmt: skip
    lines = "".join(f"<tr>{oddities.tags(lists.cells_of(row))}</tr>" for row in rows)
    page = printer.new_page()
    style = "<style>table{border-collapse:collapse} td,th{border:1px solid}</style>"
    heads = oddities.tags(oddities.HEADS, "th")
    page.set_content(f"{style}<p>{lists.title()}</p><table><thead><tr>{heads}</tr></thead>{lines}</table>")
    found = read(tmp_path, "x.pdf", page.pdf())
    assert cells(found) == [tuple(lists.cells_of(row)) for row in rows]
    assert (found.problems, found.numbers) == ([], 40)


# --- Taking a list out again ---------------------------------------------------------------------------------


def test_a_list_can_be_taken_out_again(tmp_path):
    run = lambda *arguments: CliRunner().invoke(main, ["import", *map(str, arguments), "--data", str(tmp_path)])  # noqa: E731
    (tmp_path / "SIMULATED.csv").write_bytes(lists.make("csv", lists.with_fault(ROWS, 2, entity="")))
    imported = run(tmp_path / "SIMULATED.csv")
    assert "6 rows, 5 valid; 6 different filing numbers in the document; 1 problem" in imported.output
    before = {path.name: path.read_bytes() for path in (tmp_path / "official").iterdir()}
    result = run("--remove", 3)
    assert result.exit_code == 0 and result.output.startswith("list 3 taken out; its 6 rows are kept in ")
    (kept,) = (tmp_path / "official").iterdir()
    assert kept.name == "replaced" and sorted(p.read_bytes() for p in kept.iterdir()) == sorted(before.values())
    with open(result.output.split(" kept in ")[1].strip(), encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 6
    assert official.load(tmp_path).empty and official.problems(tmp_path) == []
    again = run("--remove", 3)
    assert again.exit_code == 2 and "list 3 has not been imported" in again.stderr
    assert run("--remove", 3, tmp_path / "SIMULATED.csv").exit_code == run().exit_code == 2
    assert run(tmp_path / "SIMULATED.csv").exit_code == 1


def test_a_failing_removal_leaves_all_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "第三批.csv").write_bytes(lists.make("csv", ROWS))
    official.import_list(tmp_path / "第三批.csv", tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "official").iterdir()}

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(official.ListError, match="cannot be written"):
        official.remove(3, tmp_path)
    assert {path.name: path.read_bytes() for path in (tmp_path / "official").iterdir()} == before
