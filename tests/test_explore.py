"""Exploring: what a selection holds and says, and the panel that changes it. No browser; test_lab.py has one."""

import re
import shutil

import lists
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainregistry import data as data_package
from chainregistry import documents, events, explore, official, parameters, record

DATA = record.load(documents.ROOT / "data")
EXPLORE = documents.ROOT / "notebooks" / "explore.ipynb"


def test_a_list_without_a_date_lies_between_its_neighbours(data):
    """List 6 has no date: it came after list 5 (June 2021) and before list 7 (March 2022)."""
    years = explore.list_years(data)
    assert tuple(years.loc[1]) == (2019, 2019)
    assert tuple(years.loc[6]) == (2021, 2022)
    assert (years["first"] <= years["last"]).all() and years["first"].is_monotonic_increasing


def test_a_row_of_unknown_year_province_or_sector_may_fit_but_is_not_counted(data):
    everything = explore.Selection(data)
    assert len(everything.registrations) == len(data.named()) and everything.perhaps == 0
    rows = data.named()
    unplaced = int((rows.province_code == "").sum())
    guangdong = explore.Selection(data, province="guangdong")
    assert set(guangdong.registrations.province_code) == {"44"} and guangdong.perhaps == unplaced
    first_year = explore.Selection(data, since=2019, until=2019)
    assert set(first_year.registrations.batch) == {1, 2} == set(first_year.lists)
    assert first_year.perhaps == rows.batch.isna().sum()


def test_the_level_narrows_the_events_alone(data):
    court, whole = explore.Selection(data, level="court"), explore.Selection(data)
    assert set(court.events.level) == {"court"}
    assert len(court.registrations) == len(whole.registrations)


def test_it_counts_the_deployments_that_the_pages_count(data):
    acts = events.local(data)
    used = acts[(acts.kind == "deployment") & (acts.stage != "announced")]
    said = explore.Selection(data, confidence="low").sentences()["In the news"]
    assert f"; {len(used)} of them are deployments" in said


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(
    st.sampled_from(["all", *DATA.regions.slug]),
    st.sampled_from(["all", *DATA.sectors.sector]),
    st.sampled_from(["all", *events.LOCAL]),
    st.integers(2015, 2026),
    st.integers(0, 11),
    st.sampled_from(data_package.RANKS),
)
def test_any_selection_lies_within_the_whole(province, sector, level, since, years, confidence):
    part = explore.Selection(DATA, province, sector, level, since, since + years, confidence)
    whole = explore.Selection(DATA, confidence=confidence)
    assert set(part.registrations.registration_id) <= set(whole.registrations.registration_id)
    assert set(part.events.event_id) <= set(whole.events.event_id) and part.perhaps >= 0
    assert list(part.sentences()) == ["Named", "Published", "Bounded", "In the news"]
    assert not re.search(r"\bnan\b|<NA>|\bNone\b|\b0\.\d", " ".join(part.sentences().values()))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"province": "guangdon"}, "did you mean 'guangdong'"),
        ({"level": "village"}, "level has no value 'village'"),
        ({"confidence": "all"}, "confidence has no value 'all'"),
        ({"since": 2021, "until": 2020}, r"since \(2021\) lies after until \(2020\)"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_one_line(data, choice, words):
    with pytest.raises(parameters.ParameterError, match=words):
        explore.panel(data, **choice)


def test_a_change_in_the_panel_changes_sentences_and_tables(data):
    panel = explore.panel(data, province="zhejiang")
    assert len(panel.tables["Events"].df) == len(explore.Selection(data, province="zhejiang").events)
    before = panel.summary.value
    panel.controls["province"].value = "guangdong"
    panel.controls["period"].value = (2018, 2020)
    chosen = explore.Selection(data, province="guangdong", since=2018, until=2020)
    assert len(panel.selection.events) == len(panel.tables["Events"].df) == len(chosen.events) > 0
    assert panel.summary.value != before and "Guangdong" in panel.summary.value


def test_tables_show_all_rows_with_chinese_marked_and_sources_linked(data):
    whole = explore.Selection(data, confidence="low")
    panel = explore.panel(data, confidence="low")
    table = panel.tables["Events"]
    assert len(table.df) == len(whole.events) and not table._dt_args.get("downsampling_warning")
    assert table.df.sources.str.contains('<a href="http', regex=False).all()
    names = panel.tables["Registrations"].df["registrant (Chinese)"]
    assert names.str.fullmatch(r'<span lang="zh">[^<]*</span>').all()


def test_imported_lists_come_in_marked_and_harmless(tmp_path):
    """Names of an imported list are escaped, and a simulated list is called so."""
    folder = shutil.copytree(documents.ROOT / "data", tmp_path / "data")
    source = tmp_path / "SIMULATED-batch-01.csv"
    source.write_bytes(lists.make("csv", lists.entries(60, seed=1), heading=lists.title("一")))
    official.import_list(source, folder, batch=1)
    data = record.load(folder)
    hostile = "<script>alert(1)</script>"
    data.official.loc[0, "service_zh"] = hostile
    panel = explore.panel(data)
    assert "60 services of the simulated lists (1) fit" in panel.summary.value
    cells = panel.tables["Imported lists"].df
    assert len(cells) == 60 and not cells.map(lambda cell: hostile in str(cell)).any(axis=None)
    panel.controls["sector"].value = "finance"
    assert len(panel.tables["Imported lists"].df) < 60


def test_the_notebook_is_stored_the_same_each_time():
    """Widgets carry random ids; make docs leaves them out, so that a second run changes nothing."""
    assert documents.executed(EXPLORE) == EXPLORE.read_text(encoding="utf-8"), "run make docs"
