"""How local governments took the technology up, in the tables that pages show: fields, steps, first dates, vendors."""

import pandas as pd

from chainregistry import events as news
from chainregistry.data import Data
from chainregistry.projects import projects
from chainregistry.values import Span, count, spans

GROUPS = dict.fromkeys(["Ant Group", "Ant Financial", "Alipay", "Alibaba", "Alibaba Cloud", "AntChain"], "Ant/Alibaba")
"""Firms of one group are one vendor, under the name that the register's table of groups uses."""


def leaving_out(exclude: str) -> dict[str, bool]:
    """Choices of ``events.select`` for a parameter ``exclude``: none, lists, outlet or both."""
    return {"listed": exclude not in ("lists", "both"), "outlet": exclude not in ("outlet", "both")}


def places(data: Data, province: str) -> pd.DataFrame:
    """The provinces that a selection is about: one (a slug), or all."""
    return data.regions[(data.regions.slug == province) | (province == "all")]


def by_level(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects by field and level, the fullest field first.

    Columns label, sector, courts, provincial, prefecture, county and projects.
    """
    table = pd.crosstab(chosen.sector, chosen.level).reindex(columns=news.LOCAL, fill_value=0)
    table = table.rename(columns={"court": "courts"}).assign(projects=table.sum(axis=1)).reset_index()
    table["label"] = table.sector.map(data.sectors.set_index("sector").label)
    order = ["label", "sector", "courts", "provincial", "prefecture", "county", "projects"]
    table = table.sort_values(["projects", "label"], ascending=[False, True], ignore_index=True)[order]
    return table.rename_axis(columns=None)


def largest(fields: pd.DataFrame) -> str:
    """The largest field of ``by_level`` in a sentence, and the part of the courts in it."""
    if fields.empty:
        return ""
    first = fields.iloc[0]
    return f"Largest field: {first.label.lower()}, {first.courts} of {count(first.projects, 'project')} at courts"


def funnel(data: Data, **choice) -> pd.DataFrame:
    """From all news items to well-documented projects: columns step and number, for choices of ``events.local``."""
    everything = news.local(data, **choice, statements=True, digital_yuan=True)
    told = news.local(data, **choice)
    tried = projects(told, tried=True)
    steps = [
        ("news items", len(data.events)),
        ("of mainland China", int((data.events.country == "China").sum())),
        ("about local governments", len(everything)),
        ("reports of projects", int((told.kind == "deployment").sum())),
        ("projects", len(projects(told))),
        ("tried or running", len(tried)),
        ("well documented", len(projects(news.local(data, **choice | {"confidence": "medium"}), tried=True))),
    ]
    return pd.DataFrame(steps, columns=["step", "number"])


def course(first: pd.DataFrame) -> pd.DataFrame:
    """How many provinces had begun by each day at which that changes: columns day, low and high.

    ``first`` is what ``firsts.observed`` gives; ``low`` counts those that had begun for certain.
    """
    begun = first[first.censoring != "right"]
    earliest = begun.earliest.fillna(begun.latest.min())
    days = sorted({*earliest, *begun.latest})
    low = [int((begun.latest <= day).sum()) for day in days]
    high = [int((earliest <= day).sum()) for day in days]
    return pd.DataFrame({"day": days, "low": low, "high": high})


def first_dates(chosen: pd.DataFrame, first: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Provinces that had begun, in the order of their first dates.

    Columns province_code, name_zh, first (a Span, or "by" a Span) and projects.
    """
    begun = first[first.censoring != "right"].merge(data.regions[["province_code", "name_zh"]])
    begun = begun.sort_values(["latest", "province_code"], ignore_index=True)
    left = begun.censoring == "left"
    when = spans(begun.earliest.fillna(begun.latest), begun.latest)
    number = chosen.province_code.value_counts()
    return begun.assign(
        first=[
            f"by {Span(last, last)}" if before else str(span)
            for before, span, last in zip(left, when, begun.latest, strict=True)
        ],
        projects=begun.province_code.map(number).fillna(0).astype(int),
    )


def only_counted(first: pd.DataFrame, data: Data) -> pd.Series:
    """Names of the provinces whose start is known only from a count of what already ran."""
    names = data.regions.set_index("province_code").name_en
    return first.province_code[first.censoring == "left"].map(names)


def not_begun(first: pd.DataFrame, data: Data) -> pd.Series:
    """Names of the provinces of which no first date is known."""
    names = data.regions.set_index("province_code").name_en
    return first.province_code[first.censoring == "right"].map(names)


def half(when: tuple[pd.Timestamp, pd.Timestamp | None]) -> str:
    """A range of days of ``firsts.reached_range`` in words."""
    first, last = when
    if first == pd.Timestamp.max:
        return "on no date that we know"
    return f"between {first:%B %Y} and {last:%B %Y}" if last is not None else f"after {first:%B %Y}, if at all"


def lags_in_months(causes: pd.DataFrame, effects: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Months from the first cause to the first effect by province: name_en, slug, low and high, leads first."""
    days = news.lags(causes, effects, ["province_code"]).merge(data.regions)
    months = days.assign(low=days.low / 30.44, high=days.high / 30.44)
    return months[["name_en", "slug", "short_zh", "low", "high"]].sort_values("low", ascending=False, ignore_index=True)


def vendors(chosen: pd.DataFrame) -> pd.DataFrame:
    """Groups and institutes named with projects: columns organisation, projects, provinces, the most first."""
    table = news.organisations(chosen)
    table = table.assign(organisation=table.organisation.replace(GROUPS))
    found = table.groupby("organisation", as_index=False).agg(
        projects=("project_id", "nunique"), provinces=("province_code", "nunique")
    )
    return found.sort_values(["projects", "organisation"], ascending=[False, True], ignore_index=True)


def held(data: Data, variants: list[tuple[str, pd.DataFrame, str]]) -> pd.DataFrame:
    """Projects, provinces and the largest field under one change at a time (``projects.variants``).

    Columns selection, projects, provinces, field and projects_there. Of the selections without one document only the
    one with fewest projects stands.
    """
    label = data.sectors.set_index("sector").label
    rows = []
    for selection, table, document in variants:
        counts = table.sector.value_counts()
        field, most = (label[counts.index[0]], int(counts.iloc[0])) if len(counts) else ("none", 0)
        rows.append((selection, len(table), table.province_code.nunique(), field, most, document))
    found = pd.DataFrame(rows, columns=["selection", "projects", "provinces", "field", "projects_there", "document"])
    single = found[found.document != ""].nsmallest(1, "projects").assign(selection="without the weightiest document")
    return pd.concat([found[found.document == ""], single], ignore_index=True).drop(columns="document")
