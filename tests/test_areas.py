"""China beside the rest of Asia, and a report beside the record."""

import pandas as pd

from chainregistry import areas, press


def test_digital_money_of_states_is_left_out_in_all_countries(data):
    table = areas.sorted_projects(data)
    assert not table.digital_yuan.any() and areas.MONEY not in set(table.sector)
    assert areas.MONEY in set(data.events.sector[data.events.country != "China"])


def test_the_field_by_which_china_stands_out(data):
    """Two of four at home and none of six abroad: justice. Finance is as frequent at home and abroad."""
    home, away = [areas.HOME] * 4, ["Japan"] * 6
    sectors = ["judiciary", "judiciary", "finance", "finance", *["finance"] * 3, *["energy"] * 3]
    table = pd.DataFrame({"area": home + away, "sector": sectors})
    best = areas.standing_out(data, table)
    assert (best.home, best.all_home, best.away, best.all_away) == (2, 4, 0, 6) and "justice" in best.field
    assert areas.standing_out(data, table, "finance")[1:] == (2, 4, 3, 6)


def test_the_shortest_run_of_years_with_two_thirds():
    years = pd.DataFrame({"area": "A", "year": [2017, 2018, 2019, 2021], "projects": [1, 3, 3, 2]})
    assert areas.most_years(years, "A") == "2018 to 2019"
    assert areas.most_years(years.head(1), "A") == "2017" and areas.most_years(years, "B") == "no year"


def test_percentages_of_an_area_add_up_and_small_areas_stand_together(data):
    table = areas.sorted_projects(data)
    fields = areas.by_field(data, table)
    assert fields.groupby("area").percent.sum().round(6).eq(100).all()
    assert f"{areas.HOME} ({(table.area == areas.HOME).sum()})" in set(fields.area)
    assert {"Japan", "India"} <= set(areas.others(table)) and "South Korea" not in areas.others(table)


def test_the_most_frequent_field_of_the_areas():
    rows = [("Justice", "Mainland China (9)", 60), ("Games", "Mainland China (9)", 40), ("Games", "Japan (5)", 100)]
    fields = pd.DataFrame(rows, columns=["label", "area", "percent"])
    told = "Justice: the most frequent field in mainland China, and in none of 1 other areas"
    assert areas.leading(fields) == told
    assert areas.leading(fields[2:]) == "Mainland China has too few projects here to be compared"


def test_the_documents_of_a_list_tell_of_its_publication_too(data):
    first = data.batches[data.batches.batch == 1].iloc[0]
    told = press.citing(data, "n207").set_index("event_id").others
    own = data.events.set_index("event_id").source_ids["e194"].split()
    official = set(data.sources.source_id[data.sources.kind == "official"])
    assert official & set(first.source_ids.split()), "the list itself, which nobody here has read"
    assert told["e194"] == len({*own, *first.source_ids.split()} - official) - 1 > len(own) - 1
    assert told["e218"] == 0


def test_a_sequel_belongs_to_its_story(data):
    stories = press.citing(data, "n207").query("country != 'China'")
    later = press.aftermath(data, stories, 2026).set_index("event_id").story
    assert later["e550"] == "e225" and set(stories.event_id) <= set(later)
    assert "e550" not in press.aftermath(data, stories, 2021).event_id.tolist()
