"""Mainland China beside the rest of Asia: who runs projects, and for what, in the tables that the page shows."""

from typing import NamedTuple

import pandas as pd

from chainregistry import events as news
from chainregistry import shares
from chainregistry.data import Data, split_list
from chainregistry.days import fullest_years
from chainregistry.projects import projects
from chainregistry.values import Interval, count, listing, lowered

STATE = "state-owned"
HOME = news.MAIN_AREAS[0]
PARTS = {"South-East Asia": "South-East Asia without Singapore"}
"""Areas that are written with what they leave out."""
PLURAL = {"Philippines", "United Arab Emirates"}
"""Countries whose name takes an article."""
OTHERS = "the others"
SIDES = (HOME, "The rest of Asia")
"""The two sides that are compared."""
TONGUES = {"en": "English", "zh": "Chinese"}
"""Languages that most documents are in."""
ENOUGH = 20
"""Projects below which the shares of an area are not compared."""
RUNNERS = ["public bodies", "state-owned firms", "others"]


MONEY = "digital-currency"
"""The field of money issued by a state: China's has news of its own, so it is left out in all countries."""


def select(data: Data, digital_yuan: bool = False, branches: bool = True, **choice) -> pd.DataFrame:
    """Events of all countries for ``projects.variants``: choices of ``events.select``, and ``branches``."""
    events = news.select(data, digital_yuan=digital_yuan, **choice)
    return events if branches else events[events.level != news.BRANCH]


def sorted_projects(data: Data, **choice) -> pd.DataFrame:
    """Projects of all countries, announced ones too, with the columns area and runner (one of RUNNERS).

    Without those with the digital yuan, and with the digital money of other states.
    """
    table = projects(select(data, **choice)).query("sector != @MONEY")
    runner = table.level.map({STATE: RUNNERS[1], "none": RUNNERS[2]}).fillna(RUNNERS[0])
    return table.assign(area=news.area(table.country).replace(PARTS), runner=runner)


def runners(chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects of mainland China by who runs or plans them: columns run_or_planned_by (one of RUNNERS) and projects."""
    number = chosen.runner[chosen.area == HOME].value_counts()
    return pd.DataFrame({"run_or_planned_by": RUNNERS, "projects": [int(number.get(runner, 0)) for runner in RUNNERS]})


class Standing(NamedTuple):
    """The field by which mainland China stands out, with its projects there and in the rest of Asia."""

    field: str
    home: int
    all_home: int
    away: int
    all_away: int

    def __str__(self) -> str:
        return f"{self.field}, {self.home} of {self.all_home}, against {self.away} of {self.all_away}"


def standing_out(data: Data, chosen: pd.DataFrame, field: str = "") -> Standing:
    """The field whose share in mainland China most certainly exceeds that in the rest of Asia, or a given one.

    Most certainly: by the lower end of the range of the difference (``shares.difference``).
    """
    home = chosen.area == HOME
    labels = data.sectors.set_index("sector").label
    sectors = sorted(chosen.sector.unique()) if home.any() and not home.all() else []
    lead = lambda one: shares.difference(chosen.sector[home] == one, chosen.sector[~home] == one).low  # noqa: E731
    codes = {lowered(labels[sector]): sector for sector in labels.index}
    sector = codes[field] if field else max(sectors, key=lead, default=labels.index[0])
    here = chosen.sector == sector
    return Standing(
        lowered(labels[sector]),
        int((home & here).sum()),
        int(home.sum()),
        int((~home & here).sum()),
        int((~home).sum()),
    )


def by_field(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Per cent of an area's projects in each field, for areas with enough of them: columns label, area and percent.

    An area is written with its number of projects; those with fewer than ENOUGH stand together as "the others". The
    most frequent field of mainland China, or of all where it has no projects, comes first.
    """
    size = chosen.area.value_counts()
    area = chosen.area.where(chosen.area.map(size) >= ENOUGH, OTHERS)
    area = area + area.map(area.value_counts()).map(" ({})".format)
    label = chosen.sector.map(data.sectors.set_index("sector").label)
    table = pd.crosstab(label, area, normalize="columns") * 100
    home = [name for name in table if name.startswith(HOME)] or list(table)
    order = table[home].sum(axis=1).sort_values(ascending=False, kind="stable").index
    long = table.loc[order].rename_axis(columns="area").stack().rename("percent").reset_index()
    return long.set_axis(["label", "area", "percent"], axis=1)


def leading(best: Standing) -> str:
    """What share of the projects found the field of ``standing_out`` has on both sides, in words."""
    sides = [(best.home, best.all_home, "in mainland China"), (best.away, best.all_away, "elsewhere")]
    parts = [f"{_rounded(part / whole)} of the projects that we found {where}" for part, whole, where in sides if whole]
    parts[1:] = [part.replace(" of the projects that we found", "") for part in parts[1:]]
    return f"{best.field[:1].upper()}{best.field[1:]}: {', '.join(parts) or 'none'}"


def _rounded(share: float) -> str:
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def lead(best: Standing) -> str:
    """By how much the share of that field in mainland China exceeds that elsewhere, with its range, in a sentence;
    nothing where one side has no project."""
    if not (best.all_home and best.all_away):
        return ""
    gap = shares.difference_of_counts(best.home, best.all_home, best.away, best.all_away)
    points, ends = (Interval(100 * low, 100 * high) for low, high in ((gap.value, gap.value), (gap.low, gap.high)))
    return (
        f"The difference is {points:.0f} percentage points, {ends:.0f} if chance alone is allowed for (95% range); as"
        " we picked the field with the clearest difference, the true difference may be smaller."
    )


def others(chosen: pd.DataFrame) -> list[str]:
    """Countries of the areas that stand together as "the others" in ``by_field``, as a sentence writes them."""
    size = chosen.groupby("area").area.transform("size")
    names = chosen.country[size < ENOUGH].unique()
    return [f"the {name}" if name in PLURAL else name for name in sorted(names)]


def languages(data: Data, chosen: pd.DataFrame) -> str:
    """In which languages the documents of the projects on both sides are, in a sentence; nothing for none."""
    told = []
    for here, where in ((True, "in mainland China"), (False, "elsewhere")):
        ids = split_list(" ".join(chosen.source_ids[(chosen.area == HOME) == here]))
        tongue = data.sources.language[data.sources.source_id.isin(ids)]
        number = tongue.map(TONGUES).fillna("other languages").value_counts()
        if len(number):
            parts = listing(
                f"{rows}{' are' * (not place)} in {name}" for place, (name, rows) in enumerate(number.items())
            )
            told.append(f"of {count(len(tongue), 'document')} on projects {where} {parts}")
    return f"{'; '.join(told)}." if told else ""


def by_year(chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects by the year of their first report, of mainland China and of the rest: columns area, year, projects."""
    area = chosen.area.where(chosen.area == HOME, SIDES[1])
    rows = chosen.assign(area=area, year=chosen.first_day.dt.year)
    return rows.groupby(["area", "year"]).size().rename("projects").reset_index()


def most_years(years: pd.DataFrame) -> str:
    """How many projects of both sides fall into the years that hold most of the first side's (``days.fullest_years``),
    for a title: the same years on both sides."""
    number = {side: rows.set_index("year").projects for side, rows in years.groupby("area")}
    if not number:
        return "No project is known"
    first, last = fullest_years(number.get(HOME, next(iter(number.values()))))
    span = " to ".join(dict.fromkeys([str(first), str(last)]))
    where = {HOME: "in mainland China", SIDES[1]: "elsewhere"}
    sides = [(where[side], number[side].loc[first:last].sum(), number[side].sum()) for side in SIDES if side in number]
    side, part, whole = sides[0]
    told = f"{side} {part} of {count(whole, 'project')} {'dates' if part == 1 else 'date'} from {span}"
    return ", ".join([told[:1].upper() + told[1:], *(f"{side} {part} of {whole}" for side, part, whole in sides[1:])])
