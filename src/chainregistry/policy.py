"""Local projects around dates of national policy, and beside registrations: what the page shows."""

import numpy as np
import pandas as pd

from chainregistry import events as news
from chainregistry import inferred, rates
from chainregistry.association import Association
from chainregistry.bounds import Model
from chainregistry.data import Data, each_once, split_list
from chainregistry.days import date_spans
from chainregistry.projects import local, reports, single_documents, told_elsewhere
from chainregistry.values import Interval, count, decimals_beside_one, listing

DATES = {"filing rules": "2019-01-10", "Politburo session": "2019-10-24", "national pilots": "2022-01-30"}
"""Dates of national policy that are tried, by what happened; an event of the centre tells of each."""

SOURCES = ("all sources", "not only from Blocking.net", "with printed dates alone")
"""Selections of projects that numbers around a date are given for."""

ENOUGH = 19
"""Other dates without a change that make one at a date of policy as rare as 1 in 20."""

FIRST, LAST, STEP = "2018-03", "2023-03", 2
"""First and last month of the dates tried beside those of policy, and months between them."""


def around(projects: pd.DataFrame, others: pd.DataFrame, months: int) -> pd.DataFrame:
    """Projects before and after each of DATES: all, ``others``, not known from one outlet alone, and those with a
    printed date.

    Columns selection, date, before, after, ratio, low and high (95% range of the ratio), beyond: whether the range
    leaves out one, and date_and_ratio, in words, with the range.
    """
    rows = [
        rates.around(table, day, months).assign(selection=sources, date=label)
        for sources, table in _selected(projects, others).items()
        for label, day in DATES.items()
    ]
    table = pd.concat(rows, ignore_index=True)
    columns = ["selection", "date", "before", "after", "ratio", "low", "high"]
    beyond = _directions(table) != ""
    table = table[columns].replace(np.inf, np.nan).assign(beyond=beyond)
    return table.assign(date_and_ratio=[f"{row.date}: {times(row)}" for row in table.itertuples()])


def _selected(projects: pd.DataFrame, others: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return dict(zip(SOURCES, (projects, others, projects[~projects.date_inferred]), strict=True))


def times(row) -> str:
    """The ratio of a row of ``around`` with its range, in words; where nothing came before, there is none.

    With as many decimals as tell an end from one.
    """
    if pd.isna(row.ratio):
        return "none before"
    high = row.high if pd.notna(row.high) else None
    spec = f".{decimals_beside_one([row.low, row.high])}f"
    return f"{row.ratio:{spec}} times ({Interval(row.low, high):{spec}})"


def as_many(row, after: str) -> str:
    """``times`` in a sentence on the projects ``after`` ("the 12 months after X") and before: "1.3 times as many date
    from the 12 months after X as from those before (95% range 0.8 to 2.2)"."""
    if pd.isna(row.ratio):
        return f"{row.after:.0f} date{'s' * (round(row.after) == 1)} from {after}, none from those before"
    return times(row).replace(" times (", f" times as many date from {after} as from those before (95% range ")


def firmness(data: Data, change: pd.DataFrame, months: int, **choice) -> pd.DataFrame:
    """Rows of ``around`` that are beyond chance, and what each depends on.

    For the choices of ``projects.local``. Columns date, selection, direction (rise or fall), and on_doubtful and
    documents: whether it is so no more without doubtful reports, and without how many documents, each alone.
    """
    table = change[change.beyond]
    table = table[["date", "selection"]].assign(direction=_directions(table))
    if table.empty:
        return table.assign(on_doubtful=False, documents=0)
    sure = local(data, **choice | {"confidence": "medium"})
    sure = around(sure, told_elsewhere(data, sure), months)
    less = _without_single_documents(data, months, **choice)
    doubtful, documents = (
        [
            (_directions(rows[(rows.date == row.date) & (rows.selection == row.selection)]) != row.direction).sum()
            for row in table.itertuples()
        ]
        for rows in (sure, less)
    )
    return table.assign(on_doubtful=np.array(doubtful) > 0, documents=documents)


def _directions(ranges: pd.DataFrame) -> pd.Series:
    """What ranges of ratios show beyond chance: rise, fall or, where they hold one, nothing."""
    return pd.Series(np.select([ranges.low > 1, ranges.high < 1], ["rise", "fall"], ""), ranges.index, dtype=object)


def _without_single_documents(data: Data, months: int, **choice) -> pd.DataFrame:
    """Ranges of ratios as in ``around`` without each document that some event rests on alone, a row for each.

    Columns date, selection, low and high.
    """
    whole, touched, changed = single_documents(reports(data, **choice))
    both = pd.concat([whole, changed], ignore_index=True)
    days = pd.DatetimeIndex(DATES.values())
    inside = np.concatenate([news.shares(both, *window) for window in rates.windows(days, months)]).T
    rows = touched.merge(whole[["project_id"]].assign(place=range(len(whole))), on="project_id")
    found = []
    for selection, table in _selected(both, told_elsewhere(data, both)).items():
        number = pd.DataFrame(inside * both.index.isin(table.index)[:, None])
        lost = number.iloc[rows.place].groupby(rows.without.to_numpy()).sum()
        gained = number.iloc[len(whole) :].groupby(changed.without.to_numpy()).sum()
        left = (number.iloc[: len(whole)].sum() - lost.sub(gained, fill_value=0)).round(9)
        for place, date in enumerate(DATES):
            before, after = left[place], left[place + len(days)]
            found.append(pd.DataFrame({"date": date, "selection": selection, "before": before, "after": after}))
    table = pd.concat(found, ignore_index=True)
    table[["low", "high"]] = [rates.ratio(*pair)[1:] for pair in zip(table.before, table.after, strict=True)]
    return table[["date", "selection", "low", "high"]]


def _stands(firmness: pd.DataFrame) -> pd.Series:
    return ~firmness.on_doubtful & (firmness.documents == 0)


def _in_all(firmness: pd.DataFrame) -> pd.DataFrame:
    """Changes that all selections show, each with what any of these depends on."""
    groups = firmness.groupby(["date", "direction"], sort=False)
    said = {
        "selections": ("selection", "size"),
        "on_doubtful": ("on_doubtful", "any"),
        "documents": ("documents", "max"),
    }
    table = groups.agg(**said).reset_index()
    return table[table.selections == len(SOURCES)]


def verdict(firmness: pd.DataFrame) -> str:
    """Whether there is a change beyond chance, of the rows of ``firmness`` for one date.

    What doubtful reports or a single document make of a range is not taken for more than chance.
    """
    stands = firmness[_stands(firmness)]
    if len(_in_all(stands)):
        return "more than chance would make"
    return "maybe by chance" if stands.empty else "beyond chance by some comparisons only"


def _without(row) -> list[str]:
    """What a change does not stand without."""
    documents = "one document" if row.documents == 1 else f"any one of {row.documents} documents"
    return ["doubtful reports"] * row.on_doubtful + [documents] * (row.documents > 0)


def hangs(firmness: pd.DataFrame) -> str:
    """Without what the range of all projects is no more beyond chance, of the rows for one date, in a sentence; nothing
    where it is none, or stays so."""
    rows = firmness[~_stands(firmness) & (firmness.selection == SOURCES[0])]
    left_out = [", or ".join(_without(row)) for row in rows.itertuples()]
    return " ".join(f"Leave out {what}, and the range includes a ratio of 1 (no change)." for what in left_out)


def firm(firmness: pd.DataFrame) -> str:
    """Dates after which a change is beyond chance whatever is left out (``firmness``), with its direction, and what the
    others depend on, in a sentence."""
    shown = _in_all(firmness)
    stands = _stands(shown)
    named = listing(f"a {row.direction} after the {row.date}" for row in shown[stands].itertuples())
    others = [
        f"the {row.direction} after the {row.date} does not stand without {' nor without '.join(_without(row))}"
        for row in shown[~stands].itertuples()
    ]
    none = f"No change is firm{': none is beyond chance in every comparison' * shown.empty}"
    first = f"Firm: {named}" if stands.any() else none
    return "; ".join([first, *others])


def tried(placebo: pd.DataFrame) -> str:
    """How many of the dates tried (``placebos``) are far enough from those of policy to be compared with these, in
    words."""
    others = int(placebo.counted.sum())
    far = f"{'only ' * (0 < others < ENOUGH)}{others or 'none'} {'are' if others > 1 else 'is'}"
    few = ": too few to tell" * (others < ENOUGH)
    return f"Of {count(len(placebo), 'other date')}, {far} far enough from the policy dates to compare{few}"


def tilt(change: pd.DataFrame) -> str:
    """What the projects known from one outlet alone do to each ratio of ``around``, as printed, in a sentence."""
    pairs = [(date, *rows.ratio.round(1)[:2]) for date, rows in change.groupby("date", sort=False)]
    told = [
        f"{size} for {listing(f'the {date}' for date in dates)}"
        for size, sign in (("larger", 1), ("smaller", -1))
        if (dates := [date for date, with_, less in pairs if sign * (with_ - less) > 0])
    ]
    return f"Its reports make the ratio {listing(told)}." if told else "Here its reports change no ratio."


def documents(data: Data, day: str) -> tuple[int, int]:
    """Documents of the over-represented outlet that are dated before a day for certain, and after it."""
    published = news.outlet_documents(data).published
    dates = date_spans(published[published != ""])
    return int((dates.last_day < pd.Timestamp(day)).sum()), int((dates.first_day > pd.Timestamp(day)).sum())


ALONE = "Blocking.net alone"
"""Column of new projects that one outlet alone tells of, as readers find it."""


def quarters(projects: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """New projects by quarter: columns quarter (its first day), other_sources, and ALONE."""
    every, told = (news.per_quarter(table).set_index("quarter").events for table in (projects, others))
    table = pd.DataFrame({"every": every, "told": told}).fillna(0.0)
    table[ALONE] = (table.every - table.told).clip(lower=0).round(9)  # shares of days leave a residue
    table["other_sources"] = table.every - table[ALONE]
    table["quarter"] = pd.PeriodIndex(table.index, freq="Q").start_time
    return table[["quarter", "other_sources", ALONE]].reset_index(drop=True)


def peak(course: pd.DataFrame) -> str:
    """The year with most new projects by ``quarters``, and which it is without those of one outlet alone, in words.

    Where both are the same, how many of its projects this outlet alone tells of.
    """
    year = course.groupby(course.quarter.dt.year)[["other_sources", ALONE]].sum()
    (when, most), (elsewhere, fewer) = _most(year.sum(axis=1)), _most(year.other_sources)
    if when != elsewhere:
        return f"Most new projects in {when} ({most}); without those known from {ALONE}, in {elsewhere} ({fewer})"
    alone = round(year[ALONE][year.sum(axis=1).idxmax()]) or "none"
    return f"Most new projects in {when}: {most}, {alone} of them reported by one site alone"


def _most(year: pd.Series) -> tuple[str, str]:
    """The years with the greatest whole number, and that number, in words."""
    number = year.round().astype(int)
    when = number.index[number == number.max()]
    return listing(when), f"{number.max()}{' each' * (len(when) > 1)}"


def placebos(projects: pd.DataFrame, months: int) -> pd.DataFrame:
    """The ratio of after to before for the first day of every second month from FIRST to LAST.

    Columns month, ratio, low, high, above and below: whether the range lies above one, and below it; and counted:
    whether it is as far as ``months`` from each of DATES. The times after two nearer dates overlap, and so a change
    after one of them is seen after the other, too.
    """
    table = rates.placebos(projects, months, FIRST, LAST).iloc[::STEP]
    table = table.replace(np.inf, np.nan).dropna(subset=["ratio", "low", "high"])
    window = pd.DateOffset(months=months)
    near = [
        (table.day + window > policy) & (table.day < policy + window) for policy in map(pd.Timestamp, DATES.values())
    ]
    table = table.assign(month=table.day.dt.strftime("%b %Y"), above=table.low > 1, below=table.high < 1)
    table["counted"] = ~np.any(near, axis=0)
    return table[["month", "ratio", "low", "high", "above", "below", "counted"]].reset_index(drop=True)


def ordered(order: Association, services: str) -> str:
    """Whether provinces with more projects have more services, named as ``services``, in a sentence."""
    if order.sure.low <= 0 <= order.sure.high:
        return f"Whether provinces with more projects have more {services} cannot be told"
    return f"Provinces with more projects tend to have {'more' if order.sure.low > 0 else 'fewer'} {services}"


def by_province(data: Data, facts: Model, projects: pd.DataFrame, last: int) -> pd.DataFrame:
    """Projects and the range of services of each province.

    Columns province_code, name_en, short_zh, projects, low, high and inferred: whether the range rests on a count whose
    lists are inferred.
    """
    table = inferred.marked(facts, facts.table(1, last), 1, last)
    table = table.merge(data.regions[["province_code", "name_en", "short_zh"]])
    number = projects.province_code.value_counts()
    table["projects"] = table.province_code.map(number).fillna(0).astype(int)
    return table[["province_code", "name_en", "short_zh", "projects", "low", "high", "inferred"]]


def resting(both: pd.DataFrame, facts: Model, last: int) -> str:
    """What counts whose lists are inferred do to the ranges of ``by_province``, in a sentence; nothing for nothing."""
    told = inferred.effect(both, inferred.without(facts, both, 1, last))
    return f"{told[0].upper()}{told[1:]}." if told else ""


def national(data: Data) -> pd.DataFrame:
    """Policies, funds and bans of central bodies of mainland China, also those about one place and those of the Supreme
    Court, and what else happened on DATES, in the order of their dates; of one day those about the whole country first.

    What one of the documents of such a one, of the same day and kind, tells of a single place is no row of its own; the
    other documents that tell of the place stand with the whole.
    """
    events = data.events
    keep = events.kind.isin(["policy", "funding", "restriction"]) | events.date.isin(DATES.values())
    supreme = (events.level == "court") & (events.province_code == "")
    keep &= (events.country == "China") & ((events.level == "national") | supreme)
    chosen = events[keep & ~events.digital_yuan].sort_values(["date", "province_code", "event_id"], ignore_index=True)
    rows = chosen[["date", "kind", "source_ids"]].assign(row=chosen.index)
    pairs = rows[chosen.province_code == ""].merge(rows[chosen.province_code != ""], on=["date", "kind"])
    for pair in pairs.itertuples():
        if not set(split_list(pair.source_ids_x)).isdisjoint(split_list(pair.source_ids_y)):
            chosen.loc[pair.row_x, "source_ids"] = each_once([chosen.source_ids[pair.row_x], pair.source_ids_y])
            chosen = chosen.drop(index=pair.row_y, errors="ignore")
    return chosen.reset_index(drop=True)
