"""Filing numbers: finding, verifying, decoding, repairing."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lists import STEADY, number
from stdnum.iso7064 import mod_11_2

from chainregistry import filing
from chainregistry.cli import main

GOOD = "京网信备11010519864491550014号"
WITH_X = "京网信备1101082276223860002X号"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "网站底部 京网信备11010519864491550014号，版权所有",
        "京 网 信 备 １１０１０５１９８６４４９１５５００１４ 号",
        "京网信备\u3000110105 1986449155 0014",
        "京网信备11010519864491550014 010-12345678",
        "京網信備11010519864491550014號",
        "京网信\u200b备：11010519864491550014号",
        "京网信备11010519864491550014Copyright 2020",
    ],
)
def test_a_number_is_found_in_any_text(text):
    found = filing.find(text)
    assert [(finding.number, finding.valid) for finding in found] == [(GOOD, True)]


def test_lower_case_x_and_several_numbers_in_order():
    found = filing.find(f"{WITH_X.lower()}和{GOOD}")
    assert [finding.number for finding in found] == [WITH_X, GOOD]
    assert all(finding.valid for finding in found)


def test_the_parts_of_a_number_are_named():
    parts = filing.find("沪网信备31011521343153030049号")[0].as_dict()
    assert parts | {"repairs": []} == {
        "text": "沪网信备31011521343153030049号",
        "number": "沪网信备31011521343153030049号",
        "valid": True,
        "why": "",
        "province_code": "31",
        "province_zh": "上海市",
        "county_code": "310115",
        "county_zh": "上海市浦东新区",
        "county_years": "since 1992",
        "year": 2021,
        "subject": "34315303",
        "service_no": "004",
        "check": "9",
        "repairs": [],
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("京网信备11010519864491550015号", "check character is 5, but the other digits call for 4"),
        ("沪网信备11010519864491550014号", "沪 is province 31, but the code begins with 11"),
        ("台网信备11010519864491550014号", "台 before 网信备 is not the short name of a province"),
        ("网信备11010519864491550014号", "no province before 网信备"),
        ("京网信备1101051986449155001号", "has 19 characters between 网信备 and 号, not 20"),
        ("京网信备110105198644915500144号", "has 21 characters between 网信备 and 号, not 20"),
        ("京网信备11O10519864491550014号", "character 3 of the code is O, not a digit"),
        ("京网信备（2019）11010519864491550014号", "(2019) before the digits is no part of a number"),
        (
            "京 网信备 〔2019〕 第1101051986449155001号",
            "〔2019〕 before the digits is no part of a number; has 19 characters",
        ),
    ],
)
def test_what_is_wrong_is_said_and_the_true_number_is_among_the_repairs(text, why):
    (finding,) = filing.find(text)
    assert not finding.valid and finding.why.startswith(why)
    assert GOOD in finding.repairs
    assert len(finding.repairs) < 40


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("网信算备110105219685401240017号", "algorithm"),
        ("京ICP备19012345号-1", "ICP"),
        ("京ICP证030173号", "ICP"),
        ("京公网安备 11010502030143号", "public-security"),
    ],
)
def test_numbers_of_other_registers_are_named_and_not_valid(text, why):
    (finding,) = filing.find(text)
    assert not finding.valid and why in finding.why and finding.number == text.replace(" ", "")


@pytest.mark.parametrize(
    ("code", "year", "name", "years"),
    [
        ("130502", 2019, "河北省邢台市桥东区", "since 1983, until 2019"),
        ("130502", 2020, "河北省邢台市襄都区", "since 2020"),
        ("511403", 2005, "四川省眉山市李渡区", "since 1995, until 1997"),  # 8 years after, 9 before the next
        ("511403", 2006, "四川省眉山市彭山区", "since 2014"),
        ("110109", 1950, "北京市门头沟区", ""),
    ],
)
def test_the_name_of_a_county_in_a_year_or_the_nearest(code, year, name, years):
    found = filing.county(code, year)
    assert (str(found), found.years) == (name, years)


def test_cities_and_codes_that_no_table_has():
    assert [filing.city(code) for code in ("440305", "110105", "999999")] == [
        ("4403", "广东省深圳市"), ("11", "北京市"), ("9999", ""),
    ]  # fmt: skip
    (finding,) = filing.find(number("119999", 19, 1, 1))
    assert (
        "  county   119999 (not in the table of counties)\n" in str(finding) and filing.county("119999", 2019) is None
    )
    assert "110105 北京市朝阳区" in str(filing.find(GOOD)[0]) and "since" in str(
        filing.find(number("130502", 20, 1, 1))[0]
    )


@pytest.mark.parametrize("text", ["", "no number", "国家网信备案系统"])
def test_a_text_without_a_number_gives_one_finding_without_one(text):
    (finding,) = filing.find(text)
    assert finding.number is None and not finding.valid


def test_digits_of_other_scripts_are_no_digits():
    with pytest.raises(filing.FilingNumberError):
        filing.parse("京网信备" + "\u0663" * 20 + "号")


numbers = st.builds(
    number,
    st.sampled_from(["110105", "310115", "440305", "540102", "330108"]),
    st.integers(19, 25),
    st.integers(0, 10**8 - 1),
    st.integers(0, 999),
)


@STEADY
@given(numbers, st.integers(0, 19), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_noticed_and_can_be_repaired(good, place, sign):
    code = good[4:24]
    wrong = f"{good[0]}网信备{code[:place]}{sign}{code[place + 1 :]}号"
    (finding,) = filing.find(wrong)
    assert finding.valid == (wrong == good)
    assert finding.valid or good in finding.repairs
    for repair in finding.repairs:
        assert filing.parse(repair).valid
        assert sum(a != b for a, b in zip(repair, wrong, strict=True)) == 1


@STEADY
@given(numbers, st.integers(0, 19))
def test_a_missing_or_doubled_character_can_be_repaired(good, place):
    shorter, longer = good[: 4 + place] + good[5 + place :], good[: 5 + place] + good[4 + place :]
    for wrong in (shorter, longer):
        (finding,) = filing.find(wrong)
        assert not finding.valid and good in finding.repairs


@settings(STEADY, max_examples=300)
@given(st.text(alphabet="京台网信备算ICP证公安号0123456789Xx０ \u3000()（第:", max_size=80))
def test_no_text_breaks_the_search(text):
    for finding in filing.find(text):
        assert finding.valid == bool(finding.number and filing.verify([finding.number])[0])


def test_a_long_text_is_searched_in_linear_time():
    assert len(filing.find("京网信备" * 20_000 + " " * 200_000 + "1" * 200_000)) == 1


mutants = st.builds(
    lambda good, place, sign: good[:place] + sign + good[place + 1 :],
    numbers,
    st.integers(0, 25),
    st.sampled_from("0123456789X:;xĀ京沪网号 "),
)


@STEADY
@given(st.lists(st.one_of(numbers, mutants, st.text(max_size=30), st.none()), max_size=30))
def test_the_column_verifier_agrees_with_the_single_one(column):
    def valid(text):
        try:
            return filing.parse(text).valid and text == filing.compact(text)
        except (filing.FilingNumberError, TypeError):
            return False

    expected = [valid(text) for text in column]
    assert filing.verify(column).tolist() == expected
    assert filing.verify(np.array(column, dtype=object)).tolist() == expected
    assert filing.verify(pd.Series(column, dtype="str")).tolist() == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "沪" + GOOD[1:],
        "台" + GOOD[1:],
        "台网信备" + "00" * 9 + "0" + mod_11_2.calc_check_digit("0" * 19) + "号",
        WITH_X.replace("X", ":"),
        WITH_X.replace("X", "x"),
        GOOD.replace("网", "國"),
        GOOD + "号",
        GOOD.replace("号", "號"),
        "\U00020000" + GOOD[1:],
    ],
)
def test_the_column_verifier_refuses_what_only_looks_right(wrong):
    assert filing.verify([GOOD, wrong, WITH_X]).tolist() == [True, False, True]


def test_the_column_verifier_works_over_its_pieces():
    column = pd.Series([GOOD, GOOD.replace("4号", "5号"), GOOD[:-1]] * 15_000)
    assert filing.verify(column).tolist() == [True, False, True] * 15_000
    assert filing.verify(column)[40_000:].sum() == 3333


def test_the_check_character_is_that_of_python_stdnum():
    for sample in (GOOD, WITH_X):
        assert mod_11_2.is_valid(sample[4:24])


def run(*arguments):
    return CliRunner().invoke(main, ["number", *arguments])


def test_command_status_and_text():
    good, bad, none = run(GOOD), run(GOOD, "沪网信备11010519864491550014号"), run("nothing")
    assert (good.exit_code, bad.exit_code, none.exit_code) == (0, 1, 1)
    assert "110105 北京市朝阳区" in good.output and "valid" in good.output
    assert f"    {GOOD}" in bad.output
    assert "no filing number" in none.output


def test_command_json_keeps_the_order_and_has_the_same_keys_for_all():
    result = run("--json", "nothing", f"{GOOD} {WITH_X}", "网信算备110105219685401240017号")
    rows = json.loads(result.output)
    assert [(row["number"], row["valid"]) for row in rows] == [
        (None, False),
        (GOOD, True),
        (WITH_X, True),
        ("网信算备110105219685401240017号", False),
    ]
    assert [row["text"] for row in rows][:2] == ["nothing", f"{GOOD} {WITH_X}"]
    assert len({tuple(row) for row in rows}) == 1
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("made", "remark"),
    [
        ("京网信备11010599123456780010号", "2099 (still to come: no number is of then yet)"),
        ("京网信备11010500123456780010号", "2000 (no number is of then: the first were given in 2019)"),
        (GOOD, "2019"),
    ],
)
def test_a_year_in_which_nothing_was_filed_is_remarked_on(made, remark):
    """The number itself may be right by its digits, so that what is stored as valid is so on any day."""
    assert f"  year     {remark}\n" in run(made).output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_what_the_system_refuses_is_one_line():
    command = [sys.executable, "-m", "chainregistry"]
    with open("/dev/full", "w") as full:
        run = subprocess.run([*command, "number", GOOD], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (run.returncode, run.stderr) == (1, "Error: No space left on device\n")


def test_a_folder_that_was_removed_is_one_line(tmp_path):
    gone = f"cd {tmp_path}; rmdir {tmp_path}; exec {sys.executable} -m chainregistry check"
    run = subprocess.run(["sh", "-c", gone], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "Error: the current folder is no longer there; go to another one\n")
