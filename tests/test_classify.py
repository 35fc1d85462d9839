"""The classifier from service names to sectors: rules, hand-worked names, scores."""

import json
import time

import pandas as pd
import pytest
from click.testing import CliRunner

from chainregistry import classify, cli
from chainregistry.values import percentage

WORKED = {
    "基于区块链的供应链金融服务平台": "finance",
    "交通银行区块链平台": "finance",
    "农业保险区块链": "finance",
    "版权存证平台": "copyright-ip",
    "影视版权交易平台": "copyright-ip",
    "农产品溯源系统": "agriculture-food",
    "食品安全追溯区块链服务": "agriculture-food",
    "珠宝防伪溯源平台": "supply-chain",
    "数字藏品平台": "digital-collectibles",
    "文旅数字藏品": "digital-collectibles",
    "区块链电子发票": "tax-invoicing",
    "可信区块链电子票据": "tax-invoicing",
    "药品追溯": "healthcare",
    "医疗数据共享平台": "healthcare",
    "区块链电子处方流转": "healthcare",
    "区块链电子合同存证平台": "judiciary",
    "采用电子签名的平台": "judiciary",
    "基于区块链的政务数据共享平台": "government-services",
    "电子证照": "government-services",
    "区块链学历证书": "education",
    "电力交易区块链": "energy",
    "跨境贸易单证": "logistics-trade",
    "二手车交易": "transport",
    "不动产登记": "real-estate-land",
    "链游平台": "gaming",
    "区块链积分通兑平台": "retail-loyalty",
    "数字身份认证DID": "identity-data-security",
    "ＢａａＳ平台": "baas-infrastructure",
    "区块链浏览器": "baas-infrastructure",
    "链上公益捐赠平台": "public-welfare",
    "数字人民币钱包": "digital-currency",
    "Supply-Chain Finance platform": "finance",
    "VEHICLES and parking": "transport",
    "E-Invoices": "tax-invoicing",
    "Notaries of the city": "judiciary",
    "Blockchain infrastructure": "baas-infrastructure",
    # no word, only a brand, or words of two sectors
    "长安链": "unclear",
    "某某区块链平台": "unclear",
    "医疗保险理赔": "unclear",
    "碳资产管理平台": "unclear",
    "unfarmed": "unclear",
    "gamete": "unclear",
    "": "unclear",
}
SECTORS = pd.DataFrame(
    [
        ("money", "", "金融|基金", "fund"),
        ("goods", "money", "供应链|溯源", "goods"),
        ("both", "", "供应链金融", "goods fund"),
        ("tools", "*", "底层|FUND平台", "tool"),
        ("means", "*", "加密", ""),
    ],
    columns=["sector", "yields_to", "keywords_zh", "keywords_en"],
)


@pytest.mark.parametrize(("name", "sector"), WORKED.items())
def test_hand_worked_names(data, name, sector):
    assert classify.classify([name], data.sectors).sector[0] == sector


@pytest.mark.parametrize(
    ("name", "sector", "keyword", "why"),
    [
        ("供应链金融", "both", "供应链金融", "供应链金融 (both)"),
        ("供应链基金", "money", "基金", "基金 (money) before 供应链 (goods)"),
        ("底层溯源", "goods", "溯源", "溯源 (goods) before 底层 (tools)"),
        ("金融 FUNDS", "money", "金融, fund", "金融 (money) and fund (money)"),
        ("供应链金融基金", "unclear", "", "供应链金融 (both) competes with 基金 (money)"),
        ("底层加密", "unclear", "", "底层 (tools) competes with 加密 (means)"),
        ("FUND平台", "tools", "FUND平台", "FUND平台 (tools)"),
        ("a goods fund", "both", "goods fund", "goods fund (both)"),
        ("refunds", "unclear", "", "no keyword found"),
    ],
)
def test_longest_match_then_yielding_then_abstaining(name, sector, keyword, why):
    row = classify.classify([name], SECTORS).iloc[0]
    assert (row.sector, row.keyword, row.why) == (sector, keyword, why)


def test_a_keyword_within_a_longer_one_does_not_count_in_either_language():
    words = pd.DataFrame(
        [("tools", "", "BaaS", ""), ("clouds", "", "", "baas cloud"), ("law", "", "电子合同", "")],
        columns=["sector", "yields_to", "keywords_zh", "keywords_en"],
    )
    table = classify.classify(["BaaS cloud", "BaaS", "电子合同 BaaS cloud"], words)
    assert table.sector.tolist() == ["clouds", "tools", "unclear"]
    assert table.why[2] == "电子合同 (law) competes with baas cloud (clouds)", "in the order of the name"


def test_names_that_are_coded_by_hand_and_who_holds_them(data):
    rows = data.registrations.iloc[:4].assign(
        registration_id=list("abcd"), group=["G", "", "", "G"], service_zh=["一", "", "", "四"],
        service_en=["one", "two", "", ""], sector=["finance", "energy", "gaming", "other"],
    )  # fmt: skip
    assert classify.coded_names(rows).values.tolist() == [
        ["一", "finance", "G"], ["two", "energy", "b"], ["四", "other", "G"],
    ]  # fmt: skip


def test_a_missing_name_is_empty_and_the_index_stays():
    table = classify.classify(pd.Series(["基金", None], index=["a", "b"]), SECTORS)
    assert list(table.index) == ["a", "b"] and list(table.sector) == ["money", "unclear"] and table.text["b"] == ""
    assert list(classify.classify([], SECTORS).columns) == ["text", "sector", "keyword", "why"]


def test_no_keyword_stands_for_two_sectors():
    twice = pd.concat([SECTORS, SECTORS.iloc[[0]].assign(sector="more")])
    with pytest.raises(ValueError, match=r"金融.*money.*more"):
        classify.classify(["x"], twice)


def test_a_keyword_that_fails_on_other_groups_is_dropped():
    names = pd.DataFrame(
        {"text": ["基金", "溯源", "溯源", "溯源"], "code": ["money", "goods", "tools", "tools"], "holder": list("abcc")}
    )
    found = classify.cross_validate(names, SECTORS)
    wrong = classify.cross_validate(names.assign(code=["goods", "goods", "energy", "energy"]), SECTORS)
    assert list(wrong.sector) == ["unclear", "unclear", "goods", "goods"], "a wrong decision speaks against any sector"
    # 溯源 is right once for b and wrong twice for c: only for c do all the others speak for it; 基金 stands in one name
    assert list(found.sector) == ["unclear", "unclear", "goods", "goods"]


def test_scores_of_a_hand_worked_table():
    code = pd.Series(["a", "a", "b", "other", "unclear", "b"])
    sector = pd.Series(["a", "b", "unclear", "a", "unclear", "b"])
    found = classify.score(code, sector)
    assert (found["rows"], found["told"], found["decided"], found["overreach"], found["right"]) == (6, 4, 3, 1, 2)
    assert found["accuracy"] == 0.5
    assert classify.score(code[:0], sector[:0])["accuracy"] != classify.score(code[:0], sector[:0])["accuracy"]


def test_trials_on_the_data(data):
    scores = classify.trials(data)
    assert (scores.accuracy > 0.8).all() and scores.decided[1] < scores.decided[0]
    told = classify.for_reading(scores)
    assert list(told.texts_tested) == classify.FAIR == list(scores.test[1:]), "not what the words were learnt from"
    assert (told.right + told.wrong == told.decided).all()
    assert (told.wrong > list(scores.overreach[1:])).any(), "an answer may be wrong where reading tells a field, too"
    assert told.right[0] == scores.right[1] and told.share_right[1] == percentage(scores.accuracy[2])


def test_thousands_of_names_per_second(data):
    names = list(WORKED) * 100
    started = time.perf_counter()
    classify.classify(names, data.sectors)
    assert len(names) / (time.perf_counter() - started) > 1000


def test_command():
    texts = ["版权存证平台", "长安链"]
    result = CliRunner().invoke(cli.main, ["classify", "--json", *texts])
    rows = json.loads(result.output)
    assert result.exit_code == 0 and [row["text"] for row in rows] == texts
    assert [(row["sector"], row["keyword"]) for row in rows] == [("copyright-ip", "版权存证"), ("unclear", "")]
    plain = CliRunner().invoke(cli.main, ["classify", *texts])
    assert plain.output.splitlines() == [
        "版权存证平台: copyright-ip, 版权存证 (copyright-ip)",
        "长安链: unclear, no keyword found",
    ]
    assert CliRunner().invoke(cli.main, ["classify"]).exit_code == 2
    assert "TEXT is empty" in CliRunner().invoke(cli.main, ["classify", "长安链", " "]).stderr


def test_the_command_without_data_ends_in_a_line():
    result = CliRunner().invoke(cli.main, ["classify", "x"], env={"CHAINREGISTRY_DATA": __file__})
    assert result.exit_code == 2 and "datapackage.json not found" in result.stderr.splitlines()[-1]


def test_what_the_terminal_cannot_show_is_no_reason_to_stop():
    result = CliRunner(charset="latin-1").invoke(cli.main, ["classify", "长安链"])
    assert result.exit_code == 0 and r"\u957f\u5b89\u94fe: unclear" in result.stdout
