"""Local projects around dates of national policy, and beside registrations: the tables that the page shows."""

import numpy as np
import pandas as pd

from chainregistry import events as news
from chainregistry import rates
from chainregistry.bounds import Model
from chainregistry.data import Data
from chainregistry.values import Interval

DATES = {"filing rules": "2019-01-10", "Politburo session": "2019-10-24", "national pilots": "2022-01-30"}
"""Dates of national policy that are often named, by what happened; events of kind policy tell of each."""

SOURCES = ("all sources", "without Blocking.net alone")
"""Both selections of sources that numbers around a date are given for."""


def around(projects: pd.DataFrame, others: pd.DataFrame, months: int) -> pd.DataFrame:
    """Projects before and after each of DATES, of all sources and without those of one outlet alone.

    Columns selection, date, before, after, ratio, low and high (95% range of the ratio), and beyond: whether the
    range leaves out one.
    """
    rows = [
        rates.around(table, day, months).assign(selection=sources, date=label)
        for sources, table in zip(SOURCES, (projects, others), strict=True)
        for label, day in DATES.items()
    ]
    table = pd.concat(rows, ignore_index=True)
    columns = ["selection", "date", "before", "after", "ratio", "low", "high"]
    beyond = (table.low > 1) | (table.high < 1)
    return table[columns].replace(np.inf, np.nan).assign(beyond=beyond)


def factor(row) -> Interval:
    """The range of a ratio of ``around``; where nothing came before, it has no upper end."""
    return Interval(row.low if pd.notna(row.low) else 0.0, row.high if pd.notna(row.high) else None)


def quarters(projects: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """New projects by quarter: columns quarter (its first day), others, and blocking, those of one outlet alone."""
    both = [news.per_quarter(table).set_index("quarter").events for table in (projects, others)]
    table = pd.DataFrame(dict(zip(["all", "others"], both, strict=True))).fillna(0.0)
    table["blocking"] = (table["all"] - table.others).clip(lower=0)
    table["others"] = table["all"] - table.blocking
    starts = pd.PeriodIndex(table.index, freq="Q").start_time
    return table.assign(quarter=starts).reset_index(drop=True)[["quarter", "others", "blocking"]]


def placebos(projects: pd.DataFrame, months: int) -> pd.DataFrame:
    """The ratio of after to before for the first day of every second month: month, ratio, low, high and above.

    ``above`` says whether the range lies above one.
    """
    table = rates.placebos(projects, months, "2018-03", "2021-03").iloc[::2]
    table = table.replace(np.inf, np.nan).dropna(subset=["ratio", "low", "high"])
    return table.assign(month=table.day.dt.strftime("%b %Y"), above=table.low > 1)[
        ["month", "ratio", "low", "high", "above"]
    ].reset_index(drop=True)


def by_province(data: Data, facts: Model, projects: pd.DataFrame, last: int) -> pd.DataFrame:
    """Projects and the range of services of each province.

    Columns province_code, name_en, short_zh, projects, low and high.
    """
    table = facts.table(1, last).merge(data.regions[["province_code", "name_en", "short_zh"]])
    number = projects.province_code.value_counts()
    table["projects"] = table.province_code.map(number).fillna(0).astype(int)
    return table[["province_code", "name_en", "short_zh", "projects", "low", "high"]]


def national(data: Data) -> pd.DataFrame:
    """National policies and bans of mainland China, in the order of their dates."""
    events = data.events
    keep = (events.country == "China") & (events.level == "national") & events.kind.isin(["policy", "restriction"])
    return events[keep & (events.province_code == "") & ~events.digital_yuan].sort_values("date", ignore_index=True)
