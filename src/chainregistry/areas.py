"""Mainland China beside the rest of Asia: who runs projects, and for what, in the tables that the page shows."""

import pandas as pd

from chainregistry import events as news
from chainregistry import shares
from chainregistry.data import Data
from chainregistry.projects import projects
from chainregistry.values import share

STATE = "state-owned"
HOME = news.MAIN_AREAS[0]
ENOUGH = 20
"""Projects below which the shares of an area are not compared."""
CLOSE = 2
"""Percentage points within which two fields of an area count as equally frequent."""
RUNNERS = ["public bodies", "firms of the state", "others"]


def select(data: Data, digital_yuan: bool = False, branches: bool = True, **choice) -> pd.DataFrame:
    """Events of all countries for ``projects.variants``: choices of ``events.select``, and ``branches``."""
    events = news.select(data, digital_yuan=digital_yuan, **choice)
    return events if branches else events[events.level != news.BRANCH]


def sorted_projects(data: Data, **choice) -> pd.DataFrame:
    """Projects of all countries, announced ones too, with the columns area and runner (one of RUNNERS)."""
    table = projects(select(data, **choice))
    runner = table.level.map({STATE: RUNNERS[1], "none": RUNNERS[2]}).fillna(RUNNERS[0])
    return table.assign(area=news.area(table.country), runner=runner)


def runners(chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects by area and who runs them: columns area, the RUNNERS, and projects; the largest area first."""
    table = pd.crosstab(chosen.area, chosen.runner).reindex(columns=RUNNERS, fill_value=0)
    table = table.assign(projects=table.sum(axis=1)).sort_values("projects", ascending=False)
    return table.rename_axis(columns=None).reset_index()


def first(table: pd.DataFrame) -> str:
    """The largest area of ``runners`` in a sentence: what part of its projects public bodies run."""
    if table.empty:
        return ""
    row = table.iloc[0]
    return f"Run by public bodies in {row.area}: {share(row[RUNNERS[0]], row.projects)} of {row.projects} projects"


def public(chosen: pd.DataFrame, state: bool) -> shares.Difference:
    """Share of public bodies in mainland China less that in the rest of Asia; ``state`` counts firms of the state too.

    With a 95% range; projects are taken as independent.
    """
    counted = chosen.runner.isin(RUNNERS[: 1 + state])
    if (chosen.area == HOME).all() or (chosen.area != HOME).all():
        return shares.Difference(0.0, -1.0, 1.0, 1.0)  # nothing to compare allows every difference
    return shares.difference(counted[chosen.area == HOME], counted[chosen.area != HOME])


def by_field(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Percent of an area's projects in each field, for areas with enough of them: columns label, area and percent.

    Areas with fewer than ENOUGH projects stand together as "the others".
    """
    size = chosen.area.value_counts()
    area = chosen.area.where(chosen.area.map(size) >= ENOUGH, "the others")
    label = chosen.sector.map(data.sectors.set_index("sector").label)
    table = pd.crosstab(label, area, normalize="columns") * 100
    order = table.sum(axis=1).sort_values(ascending=False).index
    long = table.loc[order].rename_axis(columns="area").stack().rename("percent").reset_index()
    return long.set_axis(["label", "area", "percent"], axis=1).round({"percent": 0})


def leading(fields: pd.DataFrame) -> dict[str, str]:
    """The most frequent fields of each area of ``by_field``, in lower case: those within CLOSE points of the first."""
    best = fields[fields.percent >= fields.groupby("area").percent.transform("max") - CLOSE]
    return best.groupby("area").label.agg(lambda labels: ", ".join(labels.str.lower())).to_dict()


def by_year(chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects by area and the year of their first report, areas with enough of them: columns area, year, projects."""
    large = chosen.groupby("area").area.transform("size") >= ENOUGH
    rows = chosen[large].assign(year=chosen.first_day.dt.year)
    return rows.groupby(["area", "year"]).size().rename("projects").reset_index()
