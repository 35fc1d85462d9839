"""China beside the rest of Asia."""

from dataclasses import replace

import pandas as pd

from chainregistry import areas
from chainregistry.days import fullest_years


def sized(**areas_of_fields):
    """Projects from area=(field, number, field, number, ...); the country of one is its area."""
    rows = [
        (area, area, field)
        for area, given in areas_of_fields.items()
        for field, number in zip(given[::2], given[1::2], strict=True)
        for _ in range(number)
    ]
    return pd.DataFrame(rows, columns=["area", "country", "sector"])


def test_digital_money_of_states_is_left_out_in_all_countries(data):
    table = areas.sorted_projects(data)
    assert not table.digital_yuan.any() and areas.MONEY not in set(table.sector)
    assert areas.MONEY in set(data.events.sector[data.events.country != "China"])


def test_projects_of_all_countries_by_who_runs_them(made):
    """Five of China, announced ones too; a court, a county, cities and provinces are public, and so is Korea."""
    table = areas.sorted_projects(made).set_index("project_id")
    assert table.runner.to_dict() == {
        "p1": "public bodies", "p2": "public bodies", "p3": "public bodies", "p4": "public bodies",
        "p5": "state-owned firms", "p6": "others", "p7": "public bodies",
    }  # fmt: skip
    assert table.area.to_dict() == dict.fromkeys(["p1", "p2", "p3", "p4", "p5"], areas.HOME) | {
        "p6": "Japan", "p7": "South Korea",
    }  # fmt: skip
    assert areas.runners(table).values.tolist() == [["public bodies", 4], ["state-owned firms", 1], ["others", 0]]
    rows = made.events.replace({"country": {"Japan": "Laos"}, "level": {"state-owned": "central-branch"}})
    rows = rows.assign(sector=rows.sector.where(rows.event_id != "e07", areas.MONEY))
    other = areas.sorted_projects(replace(made, events=rows)).set_index("project_id")
    assert "p7" not in other.index, "money of a state is left out in all countries"
    assert other.area["p6"] == "South-East Asia without Singapore" and other.runner["p5"] == "public bodies"


def test_branches_of_central_agencies_and_the_digital_yuan_may_be_left_out(made):
    rows = made.events.replace({"level": {"state-owned": "central-branch"}})
    told = replace(made, events=rows.assign(digital_yuan=rows.event_id == "e06"))
    chosen = lambda **choice: set(areas.select(told, **choice).event_id)  # noqa: E731
    assert set(rows.event_id) - chosen() == {"e06"} and chosen(digital_yuan=True) == set(rows.event_id)
    assert set(rows.event_id) - chosen(branches=False) == {"e05", "e06"}
    assert "p5" not in set(areas.sorted_projects(told, branches=False).project_id)


def test_languages_of_the_documents_on_both_sides(data):
    """Of China one document in English, one in Korean; a project of Japan rests on one of them, too."""
    sources = pd.DataFrame({"source_id": ["n1", "n2", "n3"], "language": ["en", "ko", "zh"]})
    table = pd.DataFrame({"area": [areas.HOME, "Japan"], "source_ids": ["n1 n2", "n2"]})
    told = lambda rows: areas.languages(replace(data, sources=sources), rows)  # noqa: E731
    home = "2 documents on projects in mainland China 1 are in English and 1 in other languages"
    away = "1 document on projects elsewhere 1 are in other languages."
    assert told(table) == f"of {home}; of {away}" and told(table.tail(1)) == f"of {away}" and told(table[:0]) == ""


def test_the_field_by_which_china_stands_out(data):
    """Two of four at home and none of six abroad: justice. Finance is as frequent at home and abroad."""
    home, away = [areas.HOME] * 4, ["Japan"] * 6
    sectors = ["judiciary", "judiciary", "finance", "finance", *["finance"] * 3, *["energy"] * 3]
    table = pd.DataFrame({"area": home + away, "sector": sectors})
    best = areas.standing_out(data, table)
    assert (best.home, best.all_home, best.away, best.all_away) == (2, 4, 0, 6) and "justice" in best.field
    assert areas.standing_out(data, table, "finance")[1:] == (2, 4, 3, 6)
    assert str(best) == "justice and evidence, 2 of 4, against 0 of 6"


def test_no_field_stands_out_where_one_side_is_empty(data):
    """Then the first of the table of fields stands there, of none at home or of none abroad."""
    first = data.sectors.label[0].lower()
    home = pd.DataFrame({"area": [areas.HOME] * 2, "sector": ["judiciary", "finance"]})
    assert areas.standing_out(data, home) == (first, 1, 2, 0, 0)
    assert areas.standing_out(data, home.assign(area="Japan")) == (first, 0, 0, 1, 2)


def test_the_shortest_run_of_years_with_two_thirds():
    years = pd.Series({2017: 1, 2018: 3, 2019: 3, 2021: 2})
    assert fullest_years(years) == [2018, 2019], "what they hold"
    assert fullest_years(years.head(1)) == [2017, 2017] and fullest_years(years.head(0)) == []
    assert fullest_years(pd.Series({2017: 2, 2018: 4, 2019: 3})) == [2018, 2019], "of two of a length the fuller one"
    assert fullest_years(pd.Series({2017: 4, 2018: 2})) == [2017, 2017]
    assert fullest_years(pd.Series({2019: 9, 2018: 0})) == [2019, 2019]


def test_both_sides_are_told_for_the_same_years():
    """Six of nine in China from 2018 to 2019; elsewhere one of five, though four of five date from 2017."""
    rows = [(areas.HOME, 2017, 1), (areas.HOME, 2018, 3), (areas.HOME, 2019, 3), (areas.HOME, 2021, 2)]
    away = [(areas.SIDES[1], 2017, 4), (areas.SIDES[1], 2019, 1)]
    years = pd.DataFrame([*rows, *away], columns=["area", "year", "projects"])
    assert areas.most_years(years) == ("In mainland China 6 of 9 projects date from 2018 to 2019, elsewhere 1 of 5")
    assert areas.most_years(years.head(1)) == "In mainland China 1 of 1 project dates from 2017"
    assert areas.most_years(years.tail(2)) == "Elsewhere 4 of 5 projects date from 2017"
    assert areas.most_years(years.head(0)) == "No project is known"


def test_projects_by_year_on_both_sides():
    rows = pd.DataFrame(
        {
            "area": [areas.HOME, "Japan", "South Korea", "Japan", areas.HOME],
            "first_day": pd.to_datetime(["2019-05-01", "2018-01-01", "2018-12-31", "2019-01-01", "2019-06-01"]),
        }
    )
    assert areas.by_year(rows).values.tolist() == [
        ["Mainland China", 2019, 2], ["The rest of Asia", 2018, 2], ["The rest of Asia", 2019, 1],
    ]  # fmt: skip
    assert list(areas.by_year(rows).columns) == ["area", "year", "projects"]


def test_shares_of_fields_in_areas_with_enough_projects(data):
    """Of 20 in China 5 are justice, of 20 in Korea 5 finance; 19 of Japan and 1 of India stand together."""
    china = ("judiciary", 5, "finance", 15)
    table = sized(**{areas.HOME: china}, Korea=("energy", 15, "finance", 5), Japan=("energy", 19), India=("finance", 1))
    fields = areas.by_field(data, table)
    assert list(fields.columns) == ["label", "area", "percent"]
    assert fields.label.drop_duplicates().tolist() == ["Finance", "Justice and evidence", "Energy and carbon"]
    assert fields.pivot(index="label", columns="area", values="percent").to_dict() == {
        "Korea (20)": {"Finance": 25, "Justice and evidence": 0, "Energy and carbon": 75},
        "Mainland China (20)": {"Finance": 75, "Justice and evidence": 25, "Energy and carbon": 0},
        "the others (20)": {"Finance": 5, "Justice and evidence": 0, "Energy and carbon": 95},
    }
    assert areas.others(table) == ["India", "Japan"]
    abroad = areas.by_field(data, table[table.area != areas.HOME])
    assert abroad.label.drop_duplicates().tolist() == ["Energy and carbon", "Finance"], "the most frequent of all"


def test_percentages_of_an_area_add_up_and_small_areas_stand_together(data):
    table = areas.sorted_projects(data)
    fields = areas.by_field(data, table)
    assert fields.groupby("area").percent.sum().round(6).eq(100).all()
    assert f"{areas.HOME} ({(table.area == areas.HOME).sum()})" in set(fields.area)
    assert {"Japan", "India"} <= set(areas.others(table)) and "Thailand" not in areas.others(table)


def test_the_share_of_the_field_on_both_sides_in_words():
    """A title that holds whichever field is the most frequent one of an area."""
    both = areas.Standing("justice and evidence", 40, 200, 1, 50)
    assert areas.leading(both) == (
        "Justice and evidence: 20% of the projects that we found in mainland China, 2% elsewhere"
    )
    alone = areas.Standing("games", 1, 4, 0, 0)
    assert areas.leading(alone) == "Games: 25% of the projects that we found in mainland China"
    assert (
        areas.leading(areas.Standing("games", 0, 0, 1, 300))
        == "Games: under 1% of the projects that we found elsewhere"
    )
    assert areas.leading(areas.Standing("games", 0, 0, 0, 0)) == "Games: none"
    assert areas.lead(alone) == ""
    assert areas.lead(both) == (
        "The difference is 18 percentage points, 8 to 24 if chance alone is allowed for (95% range); as we picked"
        " the field with the clearest difference, the true difference may be smaller."
    )


def test_a_country_whose_name_takes_an_article_has_it_in_a_sentence():
    rows = sized(**{"Other Asia": ("finance", 2)}).assign(country=["United Arab Emirates", "India"])
    assert areas.others(rows) == ["India", "the United Arab Emirates"]
