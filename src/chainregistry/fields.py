"""What services and projects are for, in the tables that pages show: two samples side by side, years, specialities."""

import pandas as pd

from chainregistry import events as news
from chainregistry import spread
from chainregistry.data import UNSORTED, Data, grades
from chainregistry.projects import projects as projects_of
from chainregistry.quotients import location_quotients
from chainregistry.values import listing, percentage

WHY = ["its name shows no purpose", "no source names the service", "it fits none of the fields"]
"""Why a service stands in no field."""
SORTED = "sorted into a field"


def reasons(left: pd.DataFrame, named: int) -> pd.DataFrame:
    """Services of ``unsorted`` by why they are, and the others of ``named``: columns why and services."""
    number = left.why.value_counts()
    table = pd.DataFrame({"why": WHY, "services": [int(number.get(why, 0)) for why in WHY]})
    return pd.concat([table, pd.DataFrame({"why": [SORTED], "services": [named - len(left)]})], ignore_index=True)


def side_by_side(data: Data, services: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Services and projects by field, as numbers and as percent of those that could be sorted.

    Columns label, sector, services, projects, registered and run (percent), in the order of registered less run.
    """
    table = pd.DataFrame(
        {
            "services": spread.told(services).sector.value_counts(),
            "projects": spread.told(projects).sector.value_counts(),
        }
    ).fillna(0)
    table = table.astype(int).rename_axis("sector").reset_index()
    table["registered"] = 100 * table.services / max(table.services.sum(), 1)
    table["run"] = 100 * table.projects / max(table.projects.sum(), 1)
    table["label"] = table.sector.map(data.sectors.set_index("sector").label)
    gap = (table.registered - table.run).rename("gap")
    table = table.join(gap).sort_values(["gap", "label"], ascending=[False, True], ignore_index=True)
    return table[["label", "sector", "services", "projects", "registered", "run"]]


def largest(table: pd.DataFrame, column: str) -> str:
    """The fields with the largest number of a column, in a sentence."""
    return listing(table.label[table[column] == table[column].max()].str.lower())


def printed(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Numbers by field that somebody counted on whole lists: columns lists, sector, counted, share, source_ids."""
    rows = spread.published_shares(data, confidence)
    signs, units = {"=": "", ">=": "at least ", "~": "about "}, {"entities": "registrants"}
    shares = [
        f"{signs[relation]}{percentage(share)}" if pd.notna(share) else "not known"
        for relation, share in zip(rows.relation, rows.share, strict=True)
    ]
    counted = rows.relation.map(signs) + rows.value.map("{:,.0f} ".format) + rows.unit.replace(units)
    return rows.assign(counted=counted, share=shares)[["lists", "sector", "counted", "share", "source_ids"]]


def by_year(data: Data, projects: pd.DataFrame) -> pd.DataFrame:
    """Projects by field and the year of their first report: columns label, year and number, the fullest field first."""
    label = data.sectors.set_index("sector").label
    rows = spread.told(projects).assign(year=lambda table: table.first_day.dt.year)
    rows = rows.assign(label=rows.sector.map(label))
    order = rows.label.value_counts().index
    counts = rows.groupby(["label", "year"]).size().rename("number").reset_index()
    counts["label"] = pd.Categorical(counts.label, order, ordered=True)
    return counts.sort_values(["label", "year"], ignore_index=True).astype({"label": str})


def specialities(projects: pd.DataFrame) -> pd.DataFrame:
    """Fields that a province has more of than its share, for certain (95%): those whose range lies above one.

    Columns province_code, sector, projects, expected, times_its_share, least and most.
    """
    table = location_quotients(spread.told(projects), "province_code")
    names = ["province_code", "sector", "projects", "expected", "times_its_share", "least", "most"]
    return table[table.low > 1].sort_values("low", ascending=False, ignore_index=True).set_axis(names, axis=1)


def begun_before(data: Data, projects: pd.DataFrame, day: str) -> pd.DataFrame:
    """Each field with the dates of its first project: columns label, sector, earliest, latest and before.

    ``before`` says whether it was reported before a day for certain.
    """
    rows = spread.told(projects)
    first = rows.groupby("sector", as_index=False).agg(earliest=("first_day", "min"), latest=("last_day", "min"))
    first["label"] = first.sector.map(data.sectors.set_index("sector").label)
    first["before"] = first.latest < pd.Timestamp(day)
    return first.sort_values(["earliest", "label"], ignore_index=True)


def labelled(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Titles and days of rows, with ``label``, the name of their field: columns label, title, first_day, last_day.

    Empty for one or two rows, of which a picture shows no more than a table.
    """
    rows = rows if len(rows) > 2 else rows.head(0)
    named = rows.assign(label=rows.sector.map(data.sectors.set_index("sector").label))
    return named[["label", "title", "first_day", "last_day"]]


def by_province(data: Data, projects: pd.DataFrame) -> pd.DataFrame:
    """Provinces with their number of projects: names, slug, place on the map, and projects. Empty without projects."""
    number = projects.province_code.value_counts()
    table = data.regions[["province_code", "slug", "name_en", "short_zh", "grid_row", "grid_col"]]
    table = table.assign(projects=table.province_code.map(number).fillna(0).astype(int))
    return table if len(projects) else table.head(0)


def elsewhere(data: Data, sector: str) -> pd.DataFrame:
    """Projects of mainland China in a field in which no one local government or court has a part.

    Courts of several provinces, and those above them, are among these: they stand in no province.
    """
    rows = news.select(data, sector=sector, digital_yuan=True)
    rows = rows[rows.country == "China"]
    theirs = rows.level.isin(news.LOCAL) & (rows.province_code != "")
    local = rows.project_id[theirs]
    return projects_of(rows[~theirs & ~rows.project_id.isin(local[local != ""])])


def unsorted(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that stand in no field, with ``why``, in the order of WHY; those that are not counted come last.

    Columns why, batch, entity_zh, entity_en, service_zh, service_en, confidence, source_ids and counted.
    """
    rows = data.registrations[data.registrations.sector.isin(UNSORTED)]
    named = (rows.service_zh != "") | (rows.service_en != "")
    why = rows.sector.map({"other": WHY[2]}).fillna(named.map({True: WHY[0], False: WHY[1]}))
    rows = rows.assign(why=pd.Categorical(why, WHY, ordered=True), counted=rows.confidence.isin(grades(confidence)))
    rows = rows.sort_values(["counted", "why", "batch"], ascending=[False, True, True]).astype({"why": str})
    columns = ["batch", "entity_zh", "entity_en", "service_zh", "service_en", "confidence", "source_ids", "counted"]
    return rows[["why", *columns]].reset_index(drop=True)


def lowered(words: str) -> str:
    """A definition that goes on in a sentence: its first letter small, unless it begins a name such as NFT."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
