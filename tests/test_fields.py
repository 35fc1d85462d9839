"""What services and projects are for, in the tables that pages show, on rows made for the case."""

from dataclasses import replace

import pandas as pd
import pytest

from chainregistry import events, fields, local_projects, shares, unsorted
from chainregistry.shares import Difference


def table(*codes):
    return pd.DataFrame({"sector": codes})


def named(data, rows):
    """Registrations alone, from (entity_zh, entity_en, service_zh, group, sector, confidence, source_ids, batch)."""
    columns = ["entity_zh", "entity_en", "service_zh", "group", "sector", "confidence", "source_ids", "batch"]
    some = data.registrations.iloc[: len(rows)].assign(
        service_en="", **dict(zip(columns, zip(*rows, strict=True), strict=True))
    )
    return replace(data, registrations=some.astype({"batch": "Int64"}).reset_index(drop=True))


# Services beside projects


def test_services_and_projects_of_each_field_side_by_side(data):
    """Of twelve services ten are finance, of eleven projects ten justice; what is in no field does not count."""
    services = table(*["finance"] * 10, "energy", "energy", "other", "unclear")
    both = fields.side_by_side(data, services, table(*["judiciary"] * 10, "energy", "other"))
    assert list(both.columns) == [
        "label", "sector", "services", "projects", "registered", "run", "low", "high", "apart",
    ]  # fmt: skip
    assert both.iloc[:, :4].values.tolist() == [
        ["Finance", "finance", 10, 0], ["Energy and carbon", "energy", 2, 1],
        ["Justice and evidence", "judiciary", 0, 10],
    ]  # fmt: skip
    assert both.index.tolist() == [0, 1, 2] and both.apart.tolist() == [True, False, True]
    assert both.registered.tolist() == pytest.approx([1000 / 12, 200 / 12, 0])
    assert both.run.tolist() == pytest.approx([0, 100 / 11, 1000 / 11])
    marks = lambda part, whole: pd.Series([True] * part + [False] * (whole - part))  # noqa: E731
    gaps = [shares.difference(marks(a, 12), marks(b, 11)) for a, b in ((10, 0), (2, 1), (0, 10))]
    assert both.low.tolist() == pytest.approx([100 * gap.low for gap in gaps])
    assert both.high.tolist() == pytest.approx([100 * gap.high for gap in gaps])


def test_fields_with_equal_differences_stand_in_the_order_of_their_names(data):
    even = fields.side_by_side(data, table("finance", "energy", "gaming"), table("gaming", "energy", "finance"))
    assert even.label.tolist() == ["Energy and carbon", "Finance", "Games"] and not even.apart.any()


def test_fields_compared_at_once_are_apart_only_if_chance_gives_none_of_them(data):
    """7 of 12 against 1 of 12: chance 0.027 (Fisher) for the one field and for the other, so 0.054 for two at once."""
    both = fields.side_by_side(
        data, table(*["finance"] * 7, *["energy"] * 5), table("finance", *["energy"] * 11)
    )  # fmt: skip
    assert both.apart.tolist() == [False, False] and both.low[0] > 0


@pytest.mark.parametrize("part", ["services", "projects"])
def test_nothing_is_known_of_a_difference_where_one_side_is_empty(data, part):
    rows = {"services": table(), "projects": table()} | {part: table("finance", "finance", "energy")}
    both = fields.side_by_side(data, **rows).set_index("sector")
    assert (both.low == -100).all() and (both.high == 100).all() and not both.apart.any()
    assert both[part].to_dict() == {"finance": 2, "energy": 1}
    assert both["registered" if part == "services" else "run"].tolist() == pytest.approx(
        [200 / 3, 100 / 3] if part == "services" else [100 / 3, 200 / 3]
    )
    assert (both["run" if part == "services" else "registered"] == 0).all()


def test_fields_that_are_apart_in_a_sentence_with_their_differences():
    rows = pd.DataFrame(
        [
            ("Finance", 80.0, 30.0, 20.0, 70.0, True), ("Energy and carbon", 10.0, 5.0, -8.0, 20.0, False),
            ("Justice and evidence", 10.0, 60.0, -70.0, -25.0, True),
        ],
        columns=["label", "registered", "run", "low", "high", "apart"],
    )  # fmt: skip
    words, notes = fields.apart(rows)
    larger = "a larger share of {} than of {}"
    one, other = larger.format("services", "projects"), larger.format("projects", "services")
    assert words == f"Finance: {one}; justice: {other}"
    assert notes == {
        "Finance": "difference 50 points (20 to 70)", "Justice and evidence": "difference −50 points (−70 to −25)",
    }  # fmt: skip
    assert fields.apart(rows.iloc[1:2]) == ("No difference is beyond chance", {})
    every = "in every way of counting"
    less = rows.assign(apart=rows.label == "Finance")
    assert fields.apart(rows, [rows, less]) == (f"Finance: {one} {every}", notes)
    assert fields.apart(rows, [less, rows.tail(1)])[0] == f"No difference holds {every}"


def test_fields_lead_if_they_come_first_in_some_table(data):
    tables = [table("a", "a", "b", "other", "other", "other"), table("b"), table("unclear")]
    assert fields.leading(tables) == ["a", "b"] and fields.leading([table("b", "a", "c", "c"), table("a")]) == [
        "a",
        "c",
    ]
    assert fields.leading([table("b", "a", "a", "b", "c")]) == ["a", "b"]
    first = table("judiciary", "finance", "finance", "gaming", "gaming", "gaming")
    assert fields.leaders(data, [first, table("judiciary"), table("energy"), table("finance")]) == (
        "games, finance, justice and energy"
    )
    assert set(fields.WHOLE) <= set(data.sectors.label) and fields.short("Tax and invoices") == "tax and invoices"
    assert [fields.short(label) for label in ("Identity, data and security", "Health and care")] == [
        "identity",
        "health",
    ]


def test_a_difference_of_variety_that_may_be_none_shows_nothing():
    tell = lambda low, high: fields.more_varied(Difference((low + high) / 2, low, high, 0.5))  # noqa: E731
    assert tell(0.1, 2) == "services are more varied" and tell(-2, -0.1) == "projects are more varied"
    assert {tell(-1, 1), tell(0, 1), tell(-1, 0)} == {"no clear difference in variety"}


# One other choice, and what stands in no field


def test_services_under_one_other_choice_at_a_time(data):
    """A firm with two services of one field, one known by an English name alone, one without a group."""
    small = named(data, [
        ("甲", "", "一", "G", "finance", "high", "s1", 1), ("甲", "", "二", "G", "finance", "medium", "s1 s2", 1),
        ("", "B", "三", "G", "finance", "low", "s2", 1), ("乙", "", "四", "", "finance", "high", "s2", 1),
        ("", "B", "五", "", "energy", "high", "s3 s1", 1), ("", "C", "六", "", "finance", "high", "s2", 1),
    ])  # fmt: skip
    tables = fields.variants(small, small.registrations)
    numbers = [rows.service_zh.str.cat() for rows in tables]
    assert numbers == [
        "一二三四五六", "一四五六", "一二四五六", "一二三四五六", "一三四五六", "一四五六", "二三四五六", "一二五",
    ]  # fmt: skip


def test_why_services_stand_in_no_field(data):
    """Those that count first, in the order of the reasons; of one reason in the order of the lists."""
    small = named(data, [
        ("甲", "", "", "", "unclear", "high", "s1", 2), ("乙", "", "", "", "other", "high", "s1", 1),
        ("丙", "", "三", "", "unclear", "low", "s1", 1), ("丁", "", "四", "", "unclear", "medium", "s1", 3),
        ("戊", "", "五", "", "unclear", "high", "s1", 2), ("己", "", "六", "", "finance", "high", "s1", 1),
    ])  # fmt: skip
    left = unsorted.services(small)
    assert list(left.columns) == [
        "registration_id", "why", "batch", "entity_zh", "entity_en", "service_zh", "service_en", "filing_number",
        "confidence", "source_ids", "counted",
    ]  # fmt: skip
    shows, source, none = unsorted.WHY
    assert left[["entity_zh", "why", "counted"]].values.tolist() == [
        ["戊", shows, True], ["丁", shows, True], ["甲", source, True], ["乙", none, True], ["丙", shows, False],
    ]  # fmt: skip
    assert left.index.tolist() == [0, 1, 2, 3, 4]
    assert unsorted.services(small, "high").counted.tolist() == [True, True, True, False, False]
    english = small.registrations.assign(service_zh="", service_en=["", "", "", "", "E", ""])
    assert unsorted.services(replace(small, registrations=english)).why.tolist()[:2] == [shows, source]
    assert unsorted.why(left) == (
        "Of those that we could not sort, 3 have a name that shows no purpose, 1 is identified without a name and 1"
        " fits no field."
    )
    assert unsorted.why(left[left.why != shows].iloc[[1, 0, 0]]).startswith("Of those that we could not sort, 2 are"), (
        "most first"
    )
    assert unsorted.commonest(left) == f"Why services stand in no field: most often {shows} (3 of 5)"
    assert unsorted.commonest(left.head(0)) == "Each stands in a field"
    assert unsorted.why(left[left.why == none]) == "Of those that we could not sort, 1 fits no field."
    told = "The {} whose purpose we do not know may belong to any field."
    assert unsorted.left_open(left) == told.format(4), "of five left one fits no field"
    assert unsorted.left_open(left[left.why == shows].head(1)) == told.format("one")
    assert unsorted.left_open(left[left.why == none]) == ""
    assert unsorted.why(left.head(0)) == ""
    assert unsorted.reasons(left, 12).values.tolist() == [
        [shows, 3],
        [source, 1],
        [none, 1],
        ["sorted into a field", 7],
    ]
    assert unsorted.reasons(left.iloc[:2], 3).services.tolist() == [2, 0, 0, 1]


def test_services_known_by_a_number_alone_come_after_those_with_a_registrant(data):
    small = named(data, [
        ("", "", "", "", "unclear", "high", "s1", 1), ("", "A", "", "", "unclear", "high", "s1", 2),
        ("甲", "", "", "", "unclear", "high", "s1", 3), ("乙", "", "", "", "other", "high", "s1", 1),
    ])  # fmt: skip
    left = unsorted.services(small)
    assert left[["entity_zh", "entity_en"]].agg("".join, axis=1).tolist() == ["A", "甲", "", "乙"]


# Specialities


def test_specialities_lie_above_their_share_for_certain():
    rows = [("44", "energy")] * 20 + [("33", "gaming")] * 20 + [("33", "energy"), ("33", "other")]
    table = fields.specialities(pd.DataFrame(rows, columns=["province_code", "sector"]))
    assert list(zip(table.province_code, table.sector, table.projects, strict=True)) == [
        ("33", "gaming", 20), ("44", "energy", 20),
    ]  # fmt: skip
    assert (table.least > 1).all() and (table.most >= table.times_its_share).all()
    assert table.index.tolist() == [0, 1] and table.least.is_monotonic_decreasing
    assert table.expected.tolist() == pytest.approx([21 * 20 / 41, 20 * 21 / 41])


# Projects by field


def test_projects_by_field_and_year_the_fullest_field_first(made, local):
    more = local.tail(1).assign(project_id="p9", sector="tax-invoicing")
    early = more.assign(first_day=pd.Timestamp("2018-05-01"), project_id="p8")
    found = fields.by_year(made, pd.concat([local, more, early, more.assign(sector="other")]))
    assert found.values.tolist() == [
        ["Tax and invoices", 2018, 1], ["Tax and invoices", 2020, 3], ["Justice and evidence", 2019, 2],
    ]  # fmt: skip
    assert list(found.columns) == ["label", "year", "number"] and found.index.tolist() == [0, 1, 2]


def test_fields_that_had_begun_before_a_day_for_certain(made, local):
    """Tax began on 1 January 2020, justice on 1 March 2019; some day of that year is not for certain before its end."""
    begun = fields.begun_before(made, local.iloc[::-1], "2020-01-01")
    assert set(begun.columns) == {"label", "sector", "earliest", "latest", "before", "date_inferred"}
    assert begun.label.tolist() == ["Justice and evidence", "Tax and invoices"] and begun.index.tolist() == [0, 1]
    assert (
        [f"{day:%F}" for day in begun.earliest] == [f"{day:%F}" for day in begun.latest] == ["2019-03-01", "2020-01-01"]
    )
    assert begun.before.tolist() == [True, False] and not begun.date_inferred.any()
    marked = fields.begun_before(made, local.assign(date_inferred=local.event_id.isin(["e01", "e04"])), "2020-01-01")
    assert marked.date_inferred.tolist() == [True, False], "of the first project of each"
    day = local.last_day.mask(local.event_id == "e01", pd.Timestamp("2019-05-31"))
    same = local.assign(first_day=day.where(local.event_id == "e01", local.first_day), last_day=day)
    marked = fields.begun_before(made, same.assign(date_inferred=same.event_id == "e02"), "2020-01-01")
    assert marked.date_inferred.tolist() == [True, False], "some day of May may be the first"
    month = local.assign(first_day=local.first_day.mask(local.event_id == "e02", pd.Timestamp("2019-02-01")))
    marked = fields.begun_before(made, month.assign(date_inferred=month.event_id == "e02"), "2020-01-01")
    assert marked.date_inferred.tolist() == [True, False], "what is printed later does not date the first"
    named = fields.begun_before(made, local.replace({"sector": {"judiciary": "transport"}}), "2020-01-01")
    assert named.sector.tolist() == ["transport", "tax-invoicing"] and named.index.tolist() == [0, 1]
    assert fields.begun_before(made, local, "2020-01-02").before.all()
    some = local[local.event_id == "e02"].assign(first_day=pd.Timestamp("2019-01-01"))
    assert not fields.begun_before(made, some, "2019-05-31").before.any()
    assert fields.begun_before(made, some, "2019-06-01").before.all()
    assert fields.begun_before(made, local.assign(sector="other"), "2020-01-01").empty


def test_a_picture_of_dates_needs_three_of_them(made, local):
    shown = local_projects.labelled(made, local.head(3))
    assert list(shown.columns) == ["label", "title", "first_day", "last_day", "date_inferred"]
    assert shown[["label", "title"]].values.tolist() == [
        ["Justice and evidence", "e01"], ["Justice and evidence", "e02"], ["Tax and invoices", "e03"],
    ]  # fmt: skip
    assert local_projects.labelled(made, local.head(2)).empty


def test_projects_of_each_province_on_the_map(made, local):
    found = fields.by_province(made, local)
    assert list(found.columns) == ["province_code", "slug", "name_en", "short_zh", "grid_row", "grid_col", "projects"]
    number = found.set_index("slug").projects
    assert number[number > 0].to_dict() == {"beijing": 1, "zhejiang": 1, "guangdong": 2} and len(number) == 31
    assert len(fields.by_province(made, local.head(3))) == 31
    assert fields.by_province(made, local.head(2)).empty, "two rows of a table show as much"


def test_projects_by_kind_of_body_for_a_field_without_another_picture(made, local):
    """From the centre to firms; announced ones are marked."""
    others = local.head(2).assign(level=["none", "national"], stage=["live", "announced"], event_id=["o1", "o2"])
    found = local_projects.whose(local, others, beside=[local.head(0)])
    assert (
        found.kind_of_body.tolist()[0] == "central government"
        and found.kind_of_body.tolist()[-1] == "firm, university or other body, or none named"
    )
    assert (
        len(found) == len(local) + 2
        and found.tried_or_running.tolist()[0] is False
        and found.tried_or_running.tolist()[-1] is True
    )
    assert found[found.kind_of_body == "court"].title.tolist() == local[local.level == "court"].title.tolist()
    assert local_projects.whose(local, others, beside=[local.head(0), local]).empty, "the page has a picture"
    assert local_projects.whose(local.head(1), others.head(1)).empty, "two rows of a table show as much"
    assert local_projects.of_whom("Energy", 3, others) == "Energy: 5 known projects, 3 of local governments or courts"
    assert (
        local_projects.of_whom("Energy", 0, others) == "Energy: 2 known projects, none of local governments or courts"
    )


def test_news_of_a_field_that_tells_of_no_project(made):
    assert list(fields.other_news(made, "judiciary").event_id) == ["e08"]
    assert list(fields.other_news(made, "finance").event_id) == ["e11", "e12"]
    assert list(fields.other_news(made, province_code="11").event_id) == ["e12"]
    shown = [made.events[made.events.event_id == name] for name in ("e01", "e11")]
    assert list(fields.other_news(made, "finance", shown=shown).event_id) == ["e12"]
    known = made.events.project_id.where(made.events.event_id != "e08", "p2")
    assert fields.other_news(replace(made, events=made.events.assign(project_id=known)), "judiciary").empty
    abroad = made.events.assign(country=made.events.country.where(made.events.event_id != "e11", "Japan"))
    assert list(fields.other_news(replace(made, events=abroad), "finance").event_id) == ["e12"]


def test_trials_of_the_digital_yuan_are_told_apart(made):
    yuan = replace(made, events=made.events.assign(digital_yuan=made.events.event_id.isin(["e02", "e08"])))
    assert list(fields.yuan_trials(yuan).event_id) == ["e02"] and fields.yuan_trials(made).empty
    assert list(fields.yuan_trials(yuan, "judiciary", "zhejiang").event_id) == ["e02"]
    assert fields.theirs(fields.elsewhere(made).head(0)) == ""
    one = yuan.events.head(1).assign(confidence="medium", events=1)
    assert fields.theirs(one) == fields.theirs_graded(one) == "1 project of another body"
    low = one.assign(confidence="low")
    assert fields.theirs_graded(low) == "1 project of another body (known only from a doubtful report)"
    assert fields.theirs_graded(pd.concat([low, low])).endswith("bodies (known only from doubtful reports)")
    assert fields.theirs_graded(low.assign(events=2)).endswith("body (known only from doubtful reports)")
    assert fields.theirs_graded(pd.concat([one, low])) == "2 projects of other bodies" and fields.theirs(
        low
    ) == fields.theirs(one)
    assert fields.yuan_trials(yuan, "finance").empty and fields.yuan_trials(yuan, province="guangdong").empty
    counted = yuan.events.kind.where(yuan.events.event_id != "e02", "tally")
    assert fields.yuan_trials(replace(yuan, events=yuan.events.assign(kind=counted))).empty, "a count is no payment"
    assert "e02" not in set(events.local(yuan, sector="judiciary").event_id)


def test_projects_elsewhere_have_no_local_government(made):
    assert list(fields.elsewhere(made, "finance").project_id) == ["p5"]
    assert fields.elsewhere(made, "judiciary").empty, "one report names a court"
    assert fields.elsewhere(made, province_code="11").empty and len(fields.elsewhere(made)) == 1
    abroad = made.events.country.replace("Japan", "Cambodia")
    yuan = replace(made, events=made.events.assign(country=abroad, digital_yuan=made.events.event_id == "e05"))
    assert list(fields.elsewhere(yuan, "finance").project_id) == ["p5"], "news of the digital yuan is not left out"
    several = made.events.province_code.where(made.events.event_id != "e03", "")
    courts = replace(made, events=made.events.assign(province_code=several))
    found = fields.elsewhere(courts, "tax-invoicing")
    assert (list(found.project_id), list(found.level)) == (["p3"], ["several provinces"])
    assert "several provinces" not in set(fields.elsewhere(made).level)


def test_local_reports_without_a_project_leave_others_without_one(made):
    """e08, of a county, and e12, of the centre, tell of no project; the second is one of its own."""
    rows = made.events.assign(sector="finance").set_index("event_id", drop=False)
    rows.loc["e12", "kind"], rows.loc["e12", "stage"] = "deployment", "live"
    found = fields.elsewhere(replace(made, events=rows.reset_index(drop=True)), "finance")
    assert sorted(found.project_id) == ["e12", "p5"]
    told = replace(made, events=rows.reset_index(drop=True))
    assert list(fields.elsewhere(told, province_code="11").project_id) == ["e12"]
    assert fields.elsewhere(told, province_code="44").empty and len(fields.elsewhere(told)) == 2
