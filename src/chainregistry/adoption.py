"""How local governments took the technology up, in the tables that pages show: fields, steps, first dates, vendors."""

import pandas as pd

from chainregistry import events as news
from chainregistry import fields, firsts, spread
from chainregistry.data import Data, split_list
from chainregistry.projects import STRICT, STRICTEST, TRIED, VARIANTS, adoption, local
from chainregistry.prose import cite
from chainregistry.values import Interval, count, listing, lowered, marked_day

ALI = ["Ant Group", "Ant Financial", "Alipay", "Alibaba", "Alibaba Cloud", "Ali Health", "AntChain"]
GROUPS = dict.fromkeys(ALI, "Ant/Alibaba") | {"CAICT": "CAICT (state telecoms academy)"}
"""Firms of one group are one vendor, under the name that the register's table of groups uses; what an abbreviation
means stands beside it."""

MONTH = 30.44
"""Days of a month, on average."""

FEW = 4
"""From so many on, provinces are counted in a title, not named."""

SELECTIONS = {
    "all": "as on this page", "without low confidence": "without doubtful reports",
    "without inferred dates": "with printed dates only",
    "without Blocking.net alone": "without reports found only on Blocking.net",
    "without single uses of evidence": "without courts' uses of blockchain evidence in a case",
}  # fmt: skip
"""What selections of ``projects.variants`` are called in tables for readers."""

WEIGHTIEST = "without the one document on which the most projects rest"
WRITTEN = "with written plans, rules and money alone as policy"
"""The selection of ``held`` that leaves out parks, zones, centres and associations that public bodies set up."""


def leaving_out(exclude: str) -> dict[str, bool]:
    """Choices of ``events.select`` for a parameter ``exclude``: none, lists, outlet or both."""
    return {"listed": exclude not in ("lists", "both"), "outlet": exclude not in ("outlet", "both")}


def places(data: Data, province: str) -> pd.DataFrame:
    """The provinces that a selection is about: one (a slug), or all."""
    return data.regions[(data.regions.slug == province) | (province == "all")]


BODIES = {"court": "courts", "provincial": "provinces", "prefecture": "cities", "county": "counties"}
"""Whose projects are, by the level."""


def by_level(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects by field and level, the fullest field first.

    Columns label, sector, courts, provinces, cities, counties and projects.
    """
    table = pd.crosstab(chosen.sector, chosen.level).reindex(columns=news.LOCAL, fill_value=0)
    table = table.rename(columns=BODIES).assign(projects=table.sum(axis=1)).reset_index()
    table["label"] = table.sector.map(data.sectors.set_index("sector").label)
    order = ["label", "sector", *BODIES.values(), "projects"]
    table = table.sort_values(["projects", "label"], ascending=[False, True], ignore_index=True)[order]
    return table.rename_axis(columns=None)


def found(table: pd.DataFrame, projects: pd.DataFrame, sure: pd.DataFrame) -> str:
    """How many projects we know of, how many of them without doubtful reports (``sure``), and the two largest fields of
    ``by_level``, in a sentence."""
    told = f"We found reports of {count(projects, 'such project')}"
    if projects.empty:
        return f"{told}."
    rows = [
        f"{lowered(row.label)} ({row.projects}{f', {row.courts} of them by courts' * bool(row.courts)})"
        for row in table.head(2).itertuples()
    ]
    largest = "field is" if len(rows) == 1 else "fields are"
    return f"{told} ({len(sure) or 'none'} if doubtful reports are left out); the largest {largest} {listing(rows)}."


def largest(table: pd.DataFrame, variants: list[tuple[str, pd.DataFrame, str]]) -> str:
    """The field of ``by_level`` that leads, and the next one, with their projects; where others lead under some choice
    (``projects.variants``), or are level with it, that is said."""
    if table.empty:
        return "Largest field: none"
    ahead = [fields.leading([chosen]) for _, chosen, _ in variants]
    leaders = {codes[0] for codes in ahead if len(codes) == 1}
    named = {code for codes in ahead for code in codes}
    leading = table[table.sector.isin(named)]
    if len(leaders | {*ahead[0]}) > 1:
        text = ", ".join(
            f"{lowered(label)} {number}" for label, number in zip(leading.label, leading.projects, strict=True)
        )
        return f"{text[0].upper()}{text[1:]}; which leads depends on the news items counted"
    first = table[table.sector.isin(ahead[0])].iloc[0]
    told = f"{first.label} leads with {count(first.projects, 'project')}"
    rest = table[(table.sector != first.sector) & (table.projects > 0)]
    if len(rest):
        told += f", ahead of {lowered(rest.label.iloc[0])} with {rest.projects.iloc[0]}"
    level = [
        (SELECTIONS.get(name, name), chosen)
        for (name, chosen, _), codes in zip(variants, ahead, strict=True)
        if len(codes) > 1
    ]
    if len(level) > 1:
        return f"{told}; level with another field in {len(level)} of {len(variants)} selections"
    for name, chosen in level:
        told += f"; level with another field ({spread.told(chosen).sector.value_counts().max()} each) {name}"
    return told


def most(table: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The fields of ``by_level`` before the one after ``rows`` and those with as many: no equal is left out."""
    return table[table.projects > (table.projects[rows] if len(table) > rows else 0)]


def funnel(data: Data, **choice) -> pd.DataFrame:
    """From all news items to projects without doubtful reports: columns step and number.

    By choices of ``events.local``.
    """
    everything = news.local(data, **choice, statements=True, digital_yuan=True)
    every = local(data, **choice)
    steps = [
        ("news items", len(data.events)),
        ("on mainland China", int((data.events.country == "China").sum())),
        ("about local governments and courts", len(everything)),
        ("news items on projects", int(every.events.sum())),
        ("local projects", len(every)),
        ("tried or running", len(adoption(data, **choice))),
        ("without doubtful reports", len(adoption(data, **choice | {"confidence": "medium"}))),
    ]
    return pd.DataFrame(steps, columns=["step", "number"])


def reached(variants: list[tuple[str, pd.DataFrame, str]]) -> Interval:
    """In how many provinces projects are known, from fewest to most by any selection (``projects.variants``)."""
    number = [table.province_code.nunique() for _, table, _ in variants]
    return Interval(min(number), max(number))


def first_projects(chosen: pd.DataFrame, counts: pd.DataFrame, where: pd.DataFrame, data: Data) -> pd.DataFrame:
    """What is known of the first date of each of some provinces (``firsts.observed``); ``counts`` are those of what
    ran (``running``)."""
    return firsts.observed(chosen, list(where.province_code), data.as_of, counts)


def running(data: Data, **choice) -> pd.DataFrame:
    """Counts of what local governments already run (kind "tally"), for choices of ``events.local``; what one known
    project has reached is told with that (``projects.projects``)."""
    told = news.local(data, **choice, statements=True)
    return told[(told.kind == "tally") & told.stage.isin(TRIED) & (told.project_id == "")]


def titled(rows: pd.DataFrame) -> str:
    """Titles of news or projects with their notes, dates and marks, in a part of a sentence."""
    return "; ".join(f"{row.title}{cite(row.source_ids)} ({marked_day(row, graded=True)})" for row in rows.itertuples())


def counted_in_words(counts: pd.DataFrame, tried: pd.DataFrame) -> str:
    """What the counts of ``running`` of one province tell, with marks of doubt and notes, beside the projects ``tried``
    there, in sentences: without these with all that they tell; nothing for none."""
    return " ".join([f"{UNCOUNTED}: {titled(counts)}.", *(counts.summary if tried.empty else [])]) * bool(len(counts))


UNCOUNTED = "A total, not counted as projects"
"""What counts of ``running`` are, to begin a sentence."""


def censored(first: pd.DataFrame, data: Data, censoring: str) -> pd.Series:
    """Names of the provinces whose first date is open on one side: "left" or "right" (``firsts.observed``)."""
    names = data.regions.set_index("province_code").name_en
    return first.province_code[first.censoring == censoring].map(names)


def only_counted(counts: pd.DataFrame, chosen: pd.DataFrame, data: Data) -> dict[str, str]:
    """Provinces without a project of which a count of what ran is known (``running``), with their counts in words."""
    rows = counts[~counts.province_code.isin(chosen.province_code)].merge(data.regions)
    told = rows.assign(words=[titled(rows.iloc[[place]]) for place in range(len(rows))])
    return told.groupby("name_en", sort=False).words.agg("; ".join).to_dict()


def by_counts(only: dict[str, str]) -> str:
    """The provinces of ``only_counted`` in a sentence; nothing for none."""
    totals = "a total" if len(only) == 1 else "totals"
    return f"In {listing(only)} we count no project, but know {totals}: {'; '.join(only.values())}." if only else ""


def without(first: pd.DataFrame, projects: pd.DataFrame, data: Data, only: dict[str, str]) -> str:
    """Provinces of which nothing tried or running is known, in sentences: those with counts alone (``only_counted``),
    and of those that had not begun as far as the record shows (``firsts.observed``) the ones with a project only
    announced, apart from those without any."""
    known = first.province_code.isin(projects.province_code)
    announced, none = (censored(first[rows], data, "right") for rows in (known, ~known))
    told = [f"in {listing(announced)} we found only announced projects"] * bool(len(announced))
    told += [f"in {listing(none)} {'' if told else 'we found '}no local project of their own"] * bool(len(none))
    text = ", ".join(told)
    return f"{by_counts(only)} {text[:1].upper()}{text[1:]}{'.' * bool(text)}".strip()


def plans(told: pd.DataFrame, written: bool = False) -> pd.DataFrame:
    """Events that support the technology: policies and funds; only ``written`` ones leave out what is set up or
    announced."""
    support = told[told.kind.isin(["policy", "funding"])]
    return support[support.stage.isin(["policy", "funding"])] if written else support


def lags_in_months(causes: pd.DataFrame, first: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Months from the first cause to the first project by province, leads first.

    ``causes`` are events with day spans, ``first`` is what ``firsts.observed`` gives; first dates of causes are found
    in the same way. Columns name_en, slug, short_zh, low (missing: the project may have begun any time before) and
    high (missing: so may the cause).
    """
    begun = first[first.censoring != "right"]
    cause = firsts.observed(causes, list(first.province_code), data.as_of)
    both = cause[cause.censoring != "right"].merge(begun, on="province_code", suffixes=("_cause", ""))
    both = both.merge(data.regions)
    low, high = both.earliest - both.latest_cause, both.latest - both.earliest_cause
    both = both.assign(low=low.dt.days / MONTH, high=high.dt.days / MONTH)
    order = ["_most", "low", "province_code"]
    both = both.assign(_most=both.high.fillna(both.low)).sort_values(order, ascending=[False, False, True])
    return both[["name_en", "slug", "short_zh", "low", "high"]].reset_index(drop=True)


def orders(lags: pd.DataFrame) -> tuple[int, int]:
    """In how many provinces of ``lags_in_months`` the policy came first, and in how many the project."""
    return int((lags.low > 0).sum()), int((lags.high < 0).sum())


def which_first(lags: pd.DataFrame, held: pd.DataFrame) -> str:
    """In how many provinces of ``lags_in_months`` the policy came first, in how many the project; names of the rest,
    or, where ``held`` has another order by written policies alone, that order."""
    policy, project = orders(lags)
    told = f"Policy came first in {count(policy, 'province')}, a project in {project or 'none'}"
    other = held[held.selection == WRITTEN]
    if ((other.policy_first - other.project_first) * (policy - project) < 0).any():
        first, second = (other[name].iloc[0] or "none" for name in ("policy_first", "project_first"))
        return f"{told}; {WRITTEN}, in {first} and {second}"
    rest = lags.name_en[~(lags.low > 0) & ~(lags.high < 0)]
    unknown = f"; in {listing(rest) if len(rest) < FEW else len(rest)} the order is unknown" if len(rest) else ""
    return told + unknown


def undrawn(lags: pd.DataFrame) -> str:
    """Provinces of ``lags_in_months`` of which nothing is known of the order, in a sentence; nothing for none."""
    names = lags.name_en[lags.low.isna() & lags.high.isna()]
    if names.empty:
        return ""
    return f"No bar is drawn for {listing(names)}: there both dates are only the latest possible ones."


def order_held(held: pd.DataFrame, lags: pd.DataFrame) -> str:
    """What came first over all lines of ``held``, which side is the more frequent in how many of them, and whether the
    open ones of ``lags_in_months`` could reverse that, in one or two sentences."""
    policy, project = (Interval(held[name].min(), held[name].max()) for name in ("policy_first", "project_first"))
    more = held.policy_first - held.project_first
    sides = {"policy leads": more > 0, "both are level": more == 0, "projects lead": more < 0}
    found = [(side, int(rows.sum())) for side, rows in sides.items() if rows.any()]
    ahead = f"in each of its rows {found[0][0]}"
    if len(found) > 1:
        ahead = listing(
            f"in {count(number, 'row')}{' of that table' * (not place)} {side}"
            for place, (side, number) in enumerate(found)
        )
    unsure = len(lags) - sum(orders(lags))
    if not policy.high and not project.high:
        return "With no choice of the last table of this page is it known of any province which came first."
    told = (
        f"With the choices of the last table of this page, policy came first in {policy} of the provinces and a project"
        f" in {project}: {ahead}."
    )
    if not unsure:
        return told
    lead = abs(more.iloc[0])
    could = f"{'enough' if unsure > lead else 'too few'} to {'reverse the result' if lead else 'decide it'}"
    compared = f"the {count(lags, 'province')} compared"
    return f"{told} With this page's own choice the order is unknown in {unsure} of {compared}, {could}."


def vendors(chosen: pd.DataFrame) -> pd.DataFrame:
    """Firms and institutes named with projects, those of one group as one.

    Columns organisation, projects and provinces, the most projects first.
    """
    table = news.organisations(chosen)
    table = table.assign(organisation=table.organisation.replace(GROUPS))
    found = table.groupby("organisation", as_index=False).agg(
        projects=("project_id", "nunique"), provinces=("province_code", "nunique")
    )
    return found.sort_values(["projects", "organisation"], ascending=[False, True], ignore_index=True)


def often_named(vendors: pd.DataFrame) -> str:
    """How many of ``vendors`` are named with several projects, in words."""
    several = int((vendors.projects > 1).sum())
    named = count(vendors, "firm or other partner", "firms and other partners")
    return f"{several or 'None'} of {named} {'are' if several > 1 else 'is'} named with several projects"


def named_in(projects: pd.DataFrame) -> str:
    """How many projects firms and other partners are named with, in a sentence; nothing for none."""
    named = int((projects.organisations != "").sum()) or "none"
    told = f"For {named} of {count(projects, 'project')} the reports of a trial or of use name a firm or other partner;"
    return f"{told} what part it had, and for what money, they seldom tell." if len(projects) else ""


def documents(data: Data, projects: pd.DataFrame) -> str:
    """How many documents projects rest on, and how many of them are in English, in a sentence; nothing for none."""
    used = data.sources[data.sources.source_id.isin(split_list(" ".join(projects.source_ids)))]
    english = int((used.language == "en").sum()) or "none"
    told = f"The projects rest on {count(used, 'document')}, {english} of them in English."
    return told if len(projects) else ""


def held(data: Data, variants: list[tuple[str, pd.DataFrame, str]], **choice) -> pd.DataFrame:
    """Projects, provinces, the largest field and what came first under one change at a time (``projects.variants``).

    Columns selection, projects, provinces, largest_field (all that are level), projects_in_that_field, and policy_first
    and project_first, in provinces (``orders``). Of the selections without one document only the one with fewest
    projects stands; the last row is by WRITTEN policies.
    """
    label = data.sectors.set_index("sector").label
    single = min((row for row in variants if row[2]), key=lambda row: len(row[1]), default=None)
    lines = [(row, False) for row in variants if not row[2]] + [(single, False)] * bool(single) + [(variants[0], True)]
    rows = []
    for (selection, table, document), written in lines:
        counts = table.sector.value_counts()
        most = int(counts.max()) if len(counts) else 0
        field = "; ".join(sorted(label[counts.index[counts == most]])) or "none"
        changed = choice | {**VARIANTS, STRICTEST: STRICT}.get(selection, {})
        told = news.local(data, **changed)
        told, counted = (events[events.source_ids != document] for events in (told, running(data, **changed)))
        first = first_projects(table, counted, data.regions, data)
        name = WRITTEN if written else WEIGHTIEST if document else SELECTIONS.get(selection, selection)
        order = orders(lags_in_months(plans(told, written), first, data))
        rows.append((name, len(table), table.province_code.nunique(), field, most, *order))
    columns = ["selection", "projects", "provinces", "largest_field", "projects_in_that_field"]
    return pd.DataFrame(rows, columns=[*columns, "policy_first", "project_first"])
