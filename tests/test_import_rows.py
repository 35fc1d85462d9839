"""Rows of an official list while they are put together: headings, numbers of Word, halves, doubts; one case each."""

import lists
import pandas as pd
import pytest
import word_lists
from lxml import etree

from chainregistry.official import headings, judge
from chainregistry.official.joining import Entry, with_halves_joined, without_page_numbers
from chainregistry.official.model import Problem
from chainregistry.official.numbering import Numbering

ONE, TWO = lists.number("110105", 20, 7, 1), lists.number("440305", 21, 8, 2)

# --- Headings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        (["序号", "主体名称", "服务名称", "备案编号", "备注"], [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]),
        (["No.", "企业", "区块链信息服务全称", "网信备案号码"], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        (["#", "备案单位全称", "服务名称", "备案号"], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        (["序 号", "主体\n名称", "区块链信息\n服务名称", "备案编号（号）"], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        (["序号", "主体名称", None, "属地", "服务名称", None, None, "备案编号"], [(0, 1), (1, 3), (4, 7), (7, 8)]),
        ([None, "", "主体名称", "服务名称", "备案编号", None], [None, (2, 3), (3, 4), (4, 6)]),
        (["主体名称", "单位名称", "服务名称", "备案编号"], [None, (0, 1), (2, 3), (3, 4)]),
    ],
)
def test_each_heading_stands_over_its_columns(cells, places):
    found = headings.columns(cells)
    expected = dict(zip(headings.HEADINGS, places, strict=False))
    assert {name: (where.start, where.stop) for name, where in found.items()} == {
        name: where for name, where in expected.items() if where
    }


def test_a_row_without_one_of_the_headings_that_are_needed_is_none():
    whole = ["序号", "主体名称", "服务名称", "备案编号", "备注"]
    for place in (1, 2, 3):
        assert headings.columns([*whole[:place], *whole[place + 1 :]]) == {}
    assert headings.columns(whole[1:4]).keys() == headings.NEEDED and headings.columns([]) == {}


def test_a_long_text_is_no_heading():
    """A heading with a remark in brackets: 59 letters with it are one, 60 are none."""
    long = lambda letters: headings.columns(["主体名称", f"服务名称（{'字' * (letters - 6)}）", "备案编号"])  # noqa: E731
    assert long(59).keys() == headings.NEEDED and long(60) == {}


# --- Numbers that Word writes by itself -------------------------------------------------------------------------

LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
LEVELS = LEVEL.format(0, 3, "decimal", "%1.") + LEVEL.format(1, 1, "decimal", "%1.%2")


def numbering(levels=LEVELS, numbers='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', styles=""):
    content = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><!-- a remark -->{numbers}'
    parts = [word_lists.part(name, part).encode() for name, part in (("numbering", content), ("styles", styles))]
    return Numbering(*parts)


def written(counted, *paragraphs):
    """Numbers before paragraphs, each given as (level, number), or as the properties of the paragraph."""
    found = []
    for given in paragraphs:
        if not isinstance(given, str):
            level, number = given
            given = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        found.append(counted.number(etree.fromstring(word_lists.part("p", f"<w:pPr>{given}</w:pPr>"))))
    return found


def test_numbers_of_two_levels_from_their_starts():
    """A deeper level begins anew below each number, and before the first it counts with the start above it."""
    found = written(numbering(), (1, 1), (0, 1), (1, 1), (1, 1), (0, 1), (1, 1))
    assert found == ["3.1", "3.", "3.1", "3.2", "4.", "4.1"]


def test_paragraphs_without_a_number():
    counted = numbering()
    assert written(counted, (0, 0), (0, 9), (5, 1), "", '<w:numPr><w:ilvl w:val="0"/></w:numPr>') == [""] * 5
    assert counted.number(etree.fromstring(word_lists.part("p", "<w:r/>"))) == ""
    assert written(counted, (0, 1)) == ["3."], "none of them was counted"
    assert written(Numbering(None, None), (0, 1)) == [""]


def test_lists_of_one_definition_count_on_unless_they_start_anew():
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    plain = '<w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"/></w:lvlOverride>'
    both = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for number, more in ((1, ""), (2, plain), (3, over))
    )
    found = written(numbering(numbers=both), (0, 1), (0, 2), (0, 3), (0, 3), (0, 1), (0, 3))
    assert found == ["3.", "4.", "7.", "8.", "9.", "10."], "the third starts anew once"
    late = written(numbering(numbers=both), (0, 3), (1, 3), (0, 2))
    assert late == ["7.", "7.1", "8."]


def test_bullets_are_counted_and_not_written():
    levels = (
        LEVEL.format(0, 1, "bullet", "%1") + LEVEL.format(1, 1, "decimal", "%1-%2-%3") + LEVEL.format(2, 4, "none", "")
    )
    assert written(numbering(levels), (0, 1), (0, 1), (1, 1), (2, 1)) == ["", "", "2-1-4", ""]
    nine = "".join(LEVEL.format(level, level + 1, "decimal", "%9") for level in range(9))
    assert written(numbering(nine), (0, 1), (8, 1), (8, 1)) == ["9", "9", "10"]


def test_what_a_level_does_not_say_is_what_the_standard_says():
    """A start that is missing is 0, a form decimal; numbers that are none count as not given."""
    assert written(numbering('<w:lvl w:ilvl="0"><w:lvlText w:val="%1)"/></w:lvl>'), (0, 1), (0, 1)) == ["0)", "1)"]
    for start, first in (("123456", "123456"), ("1234567", "0"), ("", "0"), ("٣", "0")):
        assert written(numbering(LEVEL.format(0, start, "decimal", "%1")), (0, 1)) == [first]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride/></w:lvlOverride>'
    anew = f'<w:num w:numId="1"><w:abstractNumId w:val="{{}}"/>{anew}</w:num>'
    assert written(numbering(numbers=anew.format(0)), (0, 1), (0, 1)) == ["1.", "2."]
    assert written(numbering(numbers=anew.format(8)), (0, 1)) == [""], "there is no such definition"


STYLES = (
    '<w:style w:styleId="S"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="T"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="U"><w:pPr/></w:style><w:style w:styleId="V"/>'
    '<w:other w:styleId="V"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:other>'
)


def test_a_style_gives_number_and_level_where_the_paragraph_does_not():
    of = lambda style, own="": f'<w:pStyle w:val="{style}"/>{own}'  # noqa: E731
    counted = numbering(styles=STYLES)
    assert written(counted, of("T"), of("S"), of("S"), of("U"), of("V"), of("W")) == ["3.", "3.1", "3.2", "", "", ""]
    assert written(counted, of("T", '<w:numPr><w:numId w:val="0"/></w:numPr>')) == [""], "0 takes it away"
    assert written(counted, of("T", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')) == ["3.3"], "its own level"
    assert written(counted, of("S", '<w:numPr><w:numId w:val="1"/></w:numPr>')) == ["3.4"], "the level of the style"


def test_a_list_style_keeps_its_levels_in_another_definition():
    linked = (
        '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="L"/>{LEVEL.format(0, 6, "decimal", "(%1)")}'
        "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="gone"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/>{LEVEL.format(0, 2, "decimal", "own %1")}'
        "</w:abstractNum>"
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (4, 5, 6, 7)
    )
    assert written(numbering(numbers=linked + numbers), (0, 4), (0, 5), (0, 6), (0, 7)) == ["(6)", "(6)", "", "own 2"]


# --- Page numbers, and halves of rows ---------------------------------------------------------------------------


def row(sequence="", entity="", service="", number="", first=False, last=False, doubts=()):
    cells = {"sequence": sequence, "entity_zh": entity, "service_zh": service, "filing_number": number, "remark": ""}
    return Entry(cells, None, first, last, list(doubts))


def full(sequence, **more):
    return row(sequence, "甲", "乙", ONE, **more)


def kept(*entries):
    return [entry.cells["sequence"] or entry.cells["entity_zh"] for entry in without_page_numbers(list(entries))]


def test_the_number_of_a_row_is_one_of_up_to_nine_digits():
    texts = ("12", "（3）", "４、", "123456789", "1.0", "2.00", "四", "（十二）", "三、")
    assert [row(text).number for text in texts] == [12, 3, 4, 123456789, 1, 2, 4, 12, 3]
    assert [row(text).number for text in ("", "甲", "1234567890", "1a", "1.5", "四a")] == [None] * 6
    assert full("1").complete and row(number=ONE[:-2] + "X号").complete and not row(number=ONE[:-2]).complete


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([full("1"), full("2"), row("9"), full("3")], ["1", "2", "3"]),
        ([full("1"), row("2"), full("3")], ["1", "2", "3"]),
        ([full("1"), row("2"), full("2")], ["1", "2"]),
        ([full("1"), row("2")], ["1", "2"]),
        ([full("1"), row("3")], ["1"]),
        ([full("1"), row(entity="2"), full("2")], ["1", "2"]),
        ([full("1"), row("2", entity="甲"), full("7")], ["1", "2", "7"]),
        ([full("1"), row("第9页"), full("2")], ["1", "第9页", "2"]),
        ([full("1"), row("9", doubts=[("a", "b", "c")]), full("2")], ["1", "9", "2"]),
        ([row("7"), full("1")], ["1"]),
        ([row("1"), full("2")], ["1", "2"]),
        ([row("1"), full("1")], ["1"]),
        ([full("1"), row(entity="甲", last=True), row("2"), full("3")], ["1", "甲", "2", "3"]),
        ([full("1"), row(entity="甲"), row("2"), full("3")], ["1", "甲", "3"]),
        ([row(entity="甲", last=True), row("1"), full("2")], ["甲", "1", "2"]),
        ([row(entity="甲", last=True), row("2"), full("2")], ["甲", "2"]),
    ],
)
def test_a_bare_number_is_a_page_number_unless_it_is_the_next(entries, expected):
    assert kept(*entries) == expected


def test_a_page_breaks_where_its_number_stood():
    entries = [full("1"), full("2"), row("9"), full("3"), full("4")]
    found = without_page_numbers(entries)
    assert [entry.last for entry in found] == [False, True, False, False]
    assert [entry.first for entry in found] == [False, False, True, False]
    assert [entry.last for entry in without_page_numbers([full("1"), row("9")])] == [True]
    assert [entry.first for entry in without_page_numbers([row("9"), full("1")])] == [True]


def halves(*entries, numbered=True):
    """Cells of each row that comes out, without empty ones."""
    return [[text for text in entry.cells.values() if text] for entry in with_halves_joined(list(entries), numbered)]


UPPER, LOWER = row("2", "甲", "乙", last=True), row("", "", "丙", TWO, first=True)


def copies(*entries):
    """with_halves_joined changes what it is given."""
    return [Entry(dict(one.cells), one.batch, one.first, one.last, list(one.doubts)) for one in entries]


def test_halves_become_one_row_with_the_doubts_and_the_end_of_both():
    upper, lower = copies(UPPER, LOWER)
    upper.doubts, lower.doubts, lower.last = [("a", "", "")], [("b", "", "")], True
    found = with_halves_joined([full("1"), upper, lower, full("3")], True)
    assert len(found) == 3 and list(found[1].cells.values()) == ["2", "甲", "乙\n丙", TWO, ""]
    assert found[1].doubts == [("a", "", ""), ("b", "", "")] and found[1].last and not found[0].last


@pytest.mark.parametrize(
    ("change", "joined"),
    [
        ({}, True),
        ({"before": None}, True),  # the first row of the list
        ({"after": None}, True),  # the last row of the list
        ({"before": full("2")}, False),  # the numbering leaves a place for a row more
        ({"before": full("甲")}, True),
        ({"after": full("4")}, False),
        ({"after": full("乙")}, True),
        ({"upper": row("2", "甲", "乙", last=False)}, False),  # no page breaks there
        ({"lower": row("", "", "丙", TWO, first=False)}, False),
        ({"lower": row("3", "", "丙", TWO, first=True)}, False),  # both have a number
        ({"upper": row("", "甲", "乙", last=True)}, False),  # none has
        ({"upper": row("", "甲", "乙", last=True), "lower": row("2", "", "", TWO, first=True)}, True),
        ({"upper": row("2", "甲", "乙", ONE, last=True)}, False),  # both are complete
        ({"upper": row("2", "甲", "乙", ONE, last=True), "lower": row("", "", "丙", first=True)}, True),
        ({"upper": row("2", "甲", "", ONE, last=True), "lower": row("", "", "丙", first=True), "after": None}, True),
        ({"upper": row("2", "甲", "乙", "京", last=True), "after": None}, False),  # a number too much
        ({"upper": row("2", "甲", "乙", "京", last=True)}, True),
        ({"upper": row("甲", "甲", "乙", last=True)}, False),  # of no number nothing is known
        ({"upper": row("甲", "甲", "乙", TWO[:9]), "lower": row(number=TWO[9:])}, True),  # but one filing number tells
        ({"upper": row("2", "甲", "乙", TWO[:9]), "lower": row(number=TWO[9:])}, True),  # so it does within a page
        ({"upper": row("2", "甲", "乙", TWO[:9]), "lower": row(number=TWO[9:]), "after": full("4")}, False),
    ],
)
def test_numbered_halves_are_joined_only_where_no_row_is_missing(change, joined):
    parts = {"before": full("1"), "upper": UPPER, "lower": LOWER, "after": full("3")} | change
    entries = copies(*(entry for entry in parts.values() if entry))
    assert len(with_halves_joined(entries, True)) == len([entry for entry in parts.values() if entry]) - joined


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        (row("", "甲", "乙", last=True), row("", "", "", TWO, first=True), True),
        (row("", "甲", "乙", last=True), row("", "丙", "", TWO, first=True), True),
        (row("", "甲", "乙", last=True), row("", "丙", "丁", TWO, first=True), False),  # a whole row
        (row("", "甲", "", TWO, last=True), row("", "", "乙", first=True), True),
        (row("", "甲", "", TWO, last=True), row("", "", "乙", "京", first=True), False),  # two numbers
        (row("", "甲", "乙", last=True), row("", "", "丙", first=True), False),  # no number
        (row("", "甲", "乙", last=True), row("", "", "", TWO), False),  # no page breaks there
        (row("", "甲", "乙", TWO[:9]), row("", "丙", "丁", TWO[9:]), True),  # one filing number
    ],
)
def test_halves_of_lists_without_numbers_are_told_by_what_they_lack(upper, lower, joined):
    assert len(with_halves_joined(copies(full(""), upper, lower), False)) == 3 - joined


# --- What is doubtful ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "problems"),
    [
        (["1", "2", "3"], []),
        (["1", "", "甲", "4"], [(2, "", "the row has no sequence number"), (3, "甲", "is not a whole number")]),
        (["", "2"], [(1, "", "the row has no sequence number")]),
        (["2", "3"], [(1, "2", "follows 0: rows may be missing or out of order")]),
        (["1", "2", "2", "3"], [(3, "2", "stands twice")]),
        (["1", "2", "5", "6"], [(3, "5", "follows 2: rows may be missing or out of order")]),
        (["1", "3", "2"], [(2, "3", "follows 1: rows may be missing or out of order"),
                           (3, "2", "follows 3: rows may be missing or out of order")]),
    ],
)  # fmt: skip
def test_doubts_about_sequence_numbers(printed, problems):
    """A row of a problem is the line of the file of the list, where the headings are line 1."""
    numbers = [int(text) if text.isascii() and text else None for text in printed]
    assert judge.sequence_problems(printed, numbers) == [
        Problem(place + 1, "sequence", text, why) for place, text, why in problems
    ]


LOST, GLYPH = "甲\ufffd", "甲(cid:7)"
ROWS = pd.DataFrame(
    [
        ("甲", "乙", ONE), ("", "乙", TWO), ("甲", "", ONE[:-1]), (LOST, GLYPH, ""),
        (f"甲{TWO}", "乙", ONE[:-2] + "Y号"),
        ("甲", "乙", f"{TWO}等"), ("甲", "乙", ""), ("甲", "乙", f"{ONE}{TWO}"), ("甲", "乙", ONE),
    ],
    columns=["entity_zh", "service_zh", "filing_number"],
)  # fmt: skip


def test_a_row_is_valid_with_two_names_and_a_right_number_that_is_not_there_yet():
    assert judge.valid_rows(ROWS).tolist() == [True, *[False] * 8]
    assert judge.valid_rows(ROWS.iloc[::-1]).tolist() == [True, *[False] * 8], "of one number the first that stands"
    assert judge.valid_rows(ROWS.iloc[[0, 5]].assign(filing_number=[ONE, TWO[:-1]])).tolist() == [True, True]


def test_doubts_about_rows():
    found = [(one.row, one.column, one.value, one.why) for one in judge.row_problems(ROWS)]
    lost = "holds a character that could not be read"
    assert found[:7] == [
        (3, "entity_zh", "", "is empty"), (4, "service_zh", "", "is empty"),
        (4, "filing_number", ONE[:-1], "stands in row 2, too"),
        (5, "entity_zh", LOST, lost), (5, "service_zh", GLYPH, lost), (5, "filing_number", "", "is missing"),
        (6, "entity_zh", f"甲{TWO}", "holds a filing number: rows may have run together"),
    ]  # fmt: skip
    assert found[7][:3] == (6, "filing_number", ONE[:-2] + "Y号") and found[7][3]
    assert found[8:] == [
        (7, "filing_number", f"{TWO}等", f"has further characters beside {TWO}"),
        (8, "filing_number", "", "is missing"),
        (9, "filing_number", f"{ONE}{TWO}", "holds 2 filing numbers: rows may have run together"),
        (10, "filing_number", ONE, "stands in row 2, too"),
    ]  # fmt: skip
