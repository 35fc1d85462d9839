"""What is said above a table of news or projects, and on the look-up page of a news item: only what occurs."""

from dataclasses import replace

from chainregistry import lookup, notes


def test_a_table_explains_only_what_stands_in_it(local):
    """Four projects: one only announced, none with an inferred date; see ``counted.reports``."""
    rows = local.assign(city="", date_inferred=False)
    order, announced = notes.FIRST, "means planned, agreed, studied or being built: we found no report"
    assert order in notes.of(rows) and announced in notes.of(rows)
    one = rows[rows.stage != "announced"].head(1).assign(confidence="medium")
    assert notes.of(one) == notes.STATUS and notes.of(rows.head(0), graded=True) == ""
    of = lambda *tables, **choice: notes.of(*tables, **choice).removeprefix(notes.STATUS).strip()  # noqa: E731
    assert of(one.assign(city="Suzhou", province_code="32")) == notes.CITY
    assert of(one.assign(city="Shanghai", province_code="31")) == "", "it is a province"
    assert of(one.assign(date_inferred=True)) == notes.INFERRED
    medium = f"{notes.SURE} For projects and other news items, {notes.MEDIUM}."
    assert of(one.assign(events=1), graded=True) == medium
    high = one.assign(events=1, confidence="high")
    assert of(high, graded=True) == medium.replace(notes.MEDIUM, notes.HIGH) and of(high) == ""
    assert of(one.assign(events=2)) == notes.BEST
    assert of(one.assign(events=2), graded=True) == f"{medium} {notes.BEST}", "what a grade is comes first"
    low = one.assign(events=1, confidence="low")
    assert of(low, counted=low) == notes.DOUBTED and of(low) == "", "of others nothing counts"
    sure = low.assign(confidence="medium")
    assert of(low, counted=sure) == ""
    assert of(rows.head(0), one.assign(date_inferred=True)).endswith(notes.INFERRED), "of either"
    sentence = one.assign(events=2, date_inferred=True)
    assert of(rows.head(0), named=sentence) == notes.INFERRED, "of those in a sentence only the dates"


def test_bodies_are_explained_where_one_of_them_acts(local):
    one = local.head(1).assign(title="Hangzhou traces tea", level="prefecture")
    titles = {"Suzhou notary draws lots": notes.NOTARIES, "A court asks notaries": "", "Farms and notarised tea": ""}
    titles["Arbitration by chain"] = notes.NOTARIES
    assert {title: notes.bodies(one.assign(title=title)) for title in titles} == titles
    court = one.assign(level="court")
    assert notes.bodies(court) == notes.bodies(one) == notes.bodies(one.head(0)) == ""
    for title in ("Gusu prosecutors open a platform", "Prosecutors of Gusu open a platform"):
        assert notes.bodies(court.assign(title=title)) == notes.PROSECUTORS


def test_a_table_of_news_says_nothing_of_projects(made):
    rows = made.events.assign(date_inferred=False, city="Suzhou", stage="announced", confidence="medium")
    assert notes.of(rows) == "" and notes.of(rows, graded=True).endswith(f"{notes.MEDIUM}.")
    low, plain = rows.assign(confidence="low"), f"{notes.DOUBTFUL}."
    assert notes.doubtful(rows, rows) == "" and notes.doubtful(rows, rows, low) == plain
    assert notes.doubtful(low, rows) == f"{notes.DOUBTFUL}; a service, if {notes.SAME}.", (
        "a service is so for another reason"
    )


def test_the_grades_of_all_tables_of_a_page_are_explained_once(made):
    rows, medium = made.events.assign(confidence="high"), made.registrations.assign(confidence="medium")
    both = notes.grades(rows, rows.assign(confidence="medium"))
    assert both == f"{notes.SURE} For projects and other news items, {notes.HIGH}; {notes.MEDIUM}."
    assert notes.grades(rows.assign(confidence="low")) == notes.SURE
    assert notes.grades(rows.head(0)) == ""
    assert notes.grades(rows.head(0), medium) == f"{notes.SURE} {notes.SHOWN}"
    assert notes.grades(rows.head(0), medium.assign(confidence="low")) == notes.SURE


def test_the_look_up_says_which_items_are_doubtful_and_which_dates_inferred(made):
    def text(confidence, inferred):
        row = made.events.iloc[:1].assign(confidence=confidence, date_inferred=inferred, date="2019-04-11", title="T")
        row = row.assign(body="Ax; T", organisations="B & C; Ax")
        (places,) = lookup.events(replace(made, events=row)).values()
        return next(iter(places.values()))

    also = "<p>Ax; B &amp; C"
    assert text("low", True) == [f"T · 11 April 2019 (inferred), doubtful{also}"]
    assert text("medium", False) == [f"T · 11 April 2019{also}"]
    said = lookup.remarks(made)["News items"]
    number = f"{(made.events.confidence == 'low').sum()} of the {len(made.events)} news items"
    assert said.startswith(number) and notes.INFERRED in said


def test_the_look_up_puts_documents_of_one_outlet_together(data):
    rows = data.sources.iloc[:2].assign(publisher=["Post", "Post (copy at X)"], url=["file 1", "file 2"], published="")
    assert lookup.sources(replace(data, sources=rows)) == {"Post": ["undated, file 1", "undated, file 2 (copy at X)"]}
