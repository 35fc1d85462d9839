"""What a row says twice must agree: a fault of each kind in one copy of the data, and its line."""

import shutil

import pytest
from test_data import DATA, whys_of_all

FAULTS = [
    ("published_counts.csv", "c001,1,1,", "c001,1,2,", "its document s003 is of 2019-04-01, before list 2 (2019-10-18)"),
    ("batches.csv", "1,2019-03-30,day", "1,2018-03-30,day", "2018-03-30: the first document of the list is much later"),
    ("sources.csv", "China Banking News,2019-04-01", "China Banking News,2019-01-01", "the address says 2019/04/01"),
    ("sources.csv", "http://hufeng.ink/2019/04/01/", "http://hufeng.ink/2091/04/01/", "the day in it (2091/04/01) is impossible"),
    ("sources.csv", ",hufeng.ink,", ",http://hufeng.ink,", "column publisher: http://hufeng.ink: is an address"),
    ("sources.csv", "https://github.com/bianjieai/opb-faq/issues/7", "github file id 7", "github file id 7: is no address"),
    ("events.csv", ",year of building by the report of", ",month of the report of", "but the note says 'month of the report'"),
    ("events.csv", "lottery, in its Luohu district", "lottery, in Hebei", "44: but title, body or city name 13"),
    ("events.csv", "transport subsidy in digital yuan", "transport subsidy by court order", "says 'court', which is"),
    ("regions.csv", "21893095", "21893059", "the provinces add up to 1,409,778,688"),
    ("sectors.csv", "Cannot be told from the name,,", "Cannot be told from the name,none,", "yields_to: none: is no sector"),
    ("published_counts.csv", "=,197,services", "=,197,provinces", "provinces: does not fit the dimension total"),
    ("registrations.csv", "(c032)", "(c932)", "column note: c932: is no row"),
    ("registrations.csv", "China Zheshang Bank,bank,", "China Zheshang Bank,other-firm,", "other-firm: but it is named 浙商银行"),
    ("registrations.csv", "r119,,,360,360,", "r119,,360奇虎,361,360,", "361: has other numbers than 360奇虎"),
]  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return whys_of_all(FAULTS, shutil.copytree(DATA, tmp_path_factory.mktemp("documented") / "data"))


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS)
def test_rows_that_contradict_themselves_are_named(faulty, file, old, new, expected):
    assert [line for line in faulty if line.startswith(file) and expected in line], "\n".join(faulty)
