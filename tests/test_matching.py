"""Rows of the press beside rows of the register: which fits best, how well, and when it is the same."""

import lists
import pandas as pd
import pytest
from rapidfuzz import fuzz

from chainregistry import official

NUMBERS = [lists.number("110105", 20, subject, 1) for subject in range(1, 8)]
REGISTER = pd.DataFrame(
    [
        (3, 1, "北京百度网讯科技有限公司", "百度区块链引擎"), (3, 2, "北京百度网讯科技有限公司", "超级链"),
        (3, 3, "杭州趣链科技股份有限公司", "飞洛区块链平台"),
        (4, 1, "深圳前海微众银行股份有限公司", "WeBank (司法) 链"), (4, 2, "云南农垦集团有限责任公司", "茶叶溯源"),
        (4, 3, "有限公司", "有限公司平台"),
    ],
    columns=["batch", "sequence", "entity_zh", "service_zh"],
    index=[7, 8, 9, 10, 11, 12],
).assign(filing_number=NUMBERS[:6])  # fmt: skip


def matched(*press):
    """Of press rows (batch, registrant, service, filing number)."""
    rows = pd.DataFrame(press, columns=["batch", "entity_zh", "service_zh", "filing_number"])
    ids = [f"r{place}" for place in range(len(press))]
    return official.match(rows.assign(registration_id=ids), REGISTER).set_index("registration_id")


def places(found):
    return list(zip(found.batch, found.sequence, strict=True))


def test_press_rows_find_their_official_row():
    """Of a registrant with two services the service tells; by the registrant alone it is open which."""
    found = matched(
        (3, "百度", "超级链", ""), (None, "（北京）百度网讯科技", "百度区块链引擎", ""), (3, "百度", "", "")
    )
    assert places(found)[:2] == [(3, 2), (3, 1)] and found.matched.tolist() == [True, True, False]
    assert found.score.tolist() == [100, 100, 100] and pd.isna(found.service_score["r2"])
    assert (found.entity_zh["r0"], found.service_zh["r0"]) == ("北京百度网讯科技有限公司", "超级链")
    other = matched((3, "云南农垦集团", "茶叶溯源", "")).iloc[0]
    assert other.batch == 3 and not other.matched, "a list that is told is the only one that is looked at"
    alone = matched((3, "", "超级链", ""), (3, "趣链", "", ""))
    assert alone.score.tolist() == [100, 100] and alone.matched.all() and places(alone) == [(3, 2), (3, 3)]
    assert pd.isna(alone.entity_score["r0"]) and alone.service_score["r0"] == 100


def test_the_service_weighs_more_than_the_registrant():
    """0.4 of the likeness of the registrants and 0.6 of that of the services."""
    service = fuzz.WRatio("至信链", "飞洛区块链平台")
    found = matched((3, "杭州趣链科技", "至信链", ""), (3, "杭州趣链科技", "飞洛区块链", "")).loc["r0"]
    other = fuzz.partial_ratio("杭州趣链科技", "北京百度网讯科技"), fuzz.WRatio("至信链", "超级链")
    best = max((40 + 0.6 * service, 3), (0.4 * other[0] + 0.6 * other[1], 2))
    assert (found.score, found.sequence) == (pytest.approx(best[0]), best[1]) and not found.matched
    assert found.score == pytest.approx(0.4 * found.entity_score + 0.6 * found.service_score)
    two = matched((3, "趣链", "超级链", "")).iloc[0]
    assert two.sequence == 2, "the service of another registrant comes before the registrant of another service"


def test_the_same_is_told_from_a_score_of_85_on():
    """Of ten letters nine: 2 x 9 / 20 is 90; of ten seven: 70."""
    register = REGISTER.iloc[[0]].assign(service_zh="甲乙丙丁戊己庚辛壬癸")
    press = pd.DataFrame(
        {"registration_id": list("ab"), "batch": 3, "entity_zh": "", "filing_number": "",
         "service_zh": ["甲乙丙丁戊己庚辛壬子", "甲乙丙丁戊己庚子丑寅"]}
    )  # fmt: skip
    found = official.match(press, register)
    assert found.score.tolist() == pytest.approx([90, 70]) and found.matched.tolist() == [True, False]
    assert official.MATCH_THRESHOLD == 85


def test_a_filing_number_decides_whatever_names_and_list():
    found = matched((3, "完全不同", "别的名字", f" {NUMBERS[3].lower()[:-1]} "), (3, "", "", NUMBERS[5]))
    assert places(found) == [(4, 1), (4, 3)] and found.score.tolist() == [100, 100] and found.matched.all()
    assert found.service_score["r0"] < 50 and pd.isna(found.entity_score["r1"]) and pd.isna(found.service_score["r1"])
    other = matched((3, "百度", "超级链", NUMBERS[6]))
    assert places(other) == [(3, 2)], "a number that no list has tells nothing"


def test_of_two_rows_with_one_number_the_first_is_meant():
    twice = REGISTER.assign(filing_number=[NUMBERS[0], NUMBERS[1], NUMBERS[1], "", "", NUMBERS[1].removesuffix("号")])
    press = pd.DataFrame(
        {"registration_id": ["a", "b"], "batch": 4, "entity_zh": ["", "云南农垦"], "service_zh": "",
         "filing_number": [NUMBERS[1], ""]}
    )  # fmt: skip
    assert places(official.match(press, twice)) == [(3, 2), (4, 2)], "no number is no number that two rows share"


def test_names_are_compared_without_legal_form_brackets_blanks_and_case():
    found = matched(
        (4, "深圳前海微众银行", "webank（司法）链", ""), (4, "《云南农垦》有限公司", "“茶叶 · 溯源”", ""),
        (4, "有限公司", "", ""),
    )  # fmt: skip
    assert found.entity_score.tolist() == [100, 100, 100] and found.service_score[:2].tolist() == [100, 100]
    assert places(found) == [(4, 1), (4, 2), (4, 3)]


def test_press_rows_that_cannot_be_compared_are_left_out():
    """On a list that is not there; without any name; but not one of no known list."""
    assert matched((9, "百度", "超级链", ""), (3, "", "", ""), (None, "趣链", "飞洛区块链平台", "")).index.tolist() == [
        "r2"
    ]
    none = official.match(pd.DataFrame(columns=["batch", "entity_zh", "service_zh", "filing_number"]), REGISTER)
    assert none.empty and none.dtypes.astype(str).to_dict() == {
        "registration_id": "str", "batch": "Int64", "sequence": "Int64", "entity_score": "Float64",
        "service_score": "Float64", "score": "Float64", "matched": "bool", "entity_zh": "str", "service_zh": "str",
    }  # fmt: skip
