"""Local projects of a province or of a field in words: how many, what for, how far they reach, since when."""

from collections.abc import Iterable, Sized

import pandas as pd

from chainregistry import events as news
from chainregistry import projects, spread
from chainregistry.adoption import UNCOUNTED, titled
from chainregistry.data import Data, split_list
from chainregistry.days import fullest_years, in_order
from chainregistry.fields import SHOWN, news_left, theirs, theirs_graded, with_yuan
from chainregistry.prose import WORDS, cite
from chainregistry.values import INFERRED, count, day, listing, lowered, marked_day, some


def local(tried: pd.DataFrame) -> str:
    """What is known of local projects, for a headline: their number, and whether all rest on doubtful reports."""
    doubt = f", from {'a doubtful report' if tried.events.sum() == 1 else 'doubtful reports only'}"
    only = len(tried) > 0 and (tried.confidence == "low").all()
    number = f"{len(tried) or 'no'} local project{'s' * (len(tried) > 1)}"
    return f"we know of {number} tried or running{doubt * bool(only)}"


def statement(name: str, services: pd.DataFrame, tried: pd.DataFrame, yuan: pd.DataFrame, listed: Sized = ()) -> str:
    """What is known of a field, for a headline.

    ``services`` are those that count, ``listed`` all that its table shows; ``tried`` are its local projects, ``yuan``
    those with the digital yuan, which are not counted.
    """
    if len(yuan) and services.empty and tried.empty:
        found = "public sources identify no registered service that is clearly of this field"
        return f"{name}: we know of {with_yuan(yuan)}; {found}"
    identified = count(services, "registered blockchain service")
    if services.empty:
        beyond = "a doubtful one" if len(listed) == 1 else "doubtful ones"
        identified = "no registered blockchain service"
        identified += f" beyond {beyond}" if len(listed) else " that is clearly of this field"
    found = f"public sources identify {identified}; {local(tried)}"
    if len(yuan):
        found += f", and of {len(yuan)} with the digital yuan, not counted as such"
    return f"{name}: {found}"


NAMED = 3
"""Fields of the projects of a province that a sentence names."""
YUAN = (
    "Projects with the digital yuan are left out of our counts of local projects: the central bank runs the currency,"
    " local governments hand it out, and not all of the reports say that blockchain is used."
)
FEW = 3
"""News that a sentence tells by its titles."""
MUCH = 2
"""Provinces that hang on one document, from so many on it is told."""


def reach(data: Data, tried: pd.DataFrame, sure: pd.DataFrame, yuan: Sized, *rest: pd.DataFrame) -> str:
    """In how many provinces projects of a field are known, in how many without doubtful reports (the projects
    ``sure``), and in how many of these if one document is left out, too (told where ``MUCH`` hang on it), in a
    sentence; ``YUAN`` for projects with the digital yuan alone, and the ``rest`` (``little``) for none."""
    number, firm = tried.province_code.nunique(), sure.province_code.nunique()
    where = data.regions.name_en[data.regions.province_code.isin(tried.province_code)]
    if not number:
        return YUAN if len(yuan) else little(*rest)
    if len(tried) == 1:
        return f"The local project is in {listing(where)}: {titled(tried)}."
    if number == 1:
        whose = {2: "Both local projects are"}
        return f"{whose.get(len(tried), 'All local projects are')} in {listing(where)}{_partly_doubted(tried)}."
    single = sure.source_ids[sure.source_ids.map(split_list).str.len() == 1]
    left = [(sure.province_code[sure.source_ids != document].nunique(), document) for document in single.unique()]
    least, document = min(left, default=(firm, ""))
    hangs = firm - least >= MUCH
    told = [f"{firm or 'none'} if doubtful reports are left out"] * (firm < number and (hangs or number < len(tried)))
    if hangs:
        told.append(f"{least or 'none'} if one document{cite(document)} is left out{' with them' * bool(told)}")
    where = f"{number} of the {len(data.regions)} provinces" + f" ({'; '.join(told)})" * bool(told)
    return f"Local projects tried or running are known from {where}{_partly_doubted(tried)}.{_single(tried)}"


def theirs_named(others: pd.DataFrame, tried: pd.DataFrame, local: pd.DataFrame) -> pd.DataFrame:
    """Projects ``fields.elsewhere`` of a province that a list of what is known names: ``FEW``, where no local project
    was ``tried``, but not without any ``local`` news, where a table shows all that there is."""
    return others.head(FEW * (tried.empty and len(local) > 0 and len(others) <= FEW))


def theirs_told(others: pd.DataFrame, tried: pd.DataFrame, local: pd.DataFrame) -> str:
    """``fields.theirs`` of a province, for a list of what is known; those of ``theirs_named`` by their titles."""
    named = theirs_named(others, tried, local)
    return f"{theirs(others)}: {titled(named)}" if len(named) else theirs_graded(others)


def little_named(announced: pd.DataFrame, others: pd.DataFrame, news: pd.DataFrame) -> pd.DataFrame:
    """Those that ``little`` tells by their titles: all if they are ``FEW``, or else the projects if these are."""
    everything, projects = (pd.concat(tables) for tables in ([announced, others, news], [announced, others]))
    return everything if len(everything) <= FEW else projects.head(FEW * (len(projects) <= FEW))


def little(announced: pd.DataFrame, others: pd.DataFrame, news: pd.DataFrame) -> str:
    """What was found of a field in which no local project was tried, in sentences: local projects only announced,
    projects ``fields.elsewhere`` and other news; those of ``little_named`` by their titles."""
    told = [
        some(announced, "local project only announced", "local projects only announced"),
        some(
            others,
            "project of a body other than a local government or court",
            "projects of bodies other than local governments or courts",
        ),
        news_left(news, [announced, others]),
    ]
    told = list(filter(None, told))
    if not told:
        return "No report that we read tells of blockchain in this field."
    named = little_named(announced, others, news)
    found = f"Apart from the register we found only {listing(told)} on mainland China in this field"
    if len(named) == len(announced) + len(others) + len(news):
        return f"{found}: {titled(named)}."
    return f"{found}." + f" The project{'s' * (len(named) > 1)}: {titled(named)}." * bool(len(named))


def not_shown(data: Data, counts: pd.DataFrame) -> str:
    """Counts of what ran (``adoption.running``) that maps and tables of projects cannot show, in a sentence."""
    where = counts.province_code.map(data.regions.set_index("province_code").name_en).fillna("no province")
    told = [
        f"{row.title}{cite(row.source_ids)} ({place}, {marked_day(row, graded=True)})"
        for row, place in zip(counts.itertuples(), where, strict=True)
    ]
    return f"{UNCOUNTED}: {'; '.join(told)}." if told else ""


def leading(data: Data, tried: pd.DataFrame, sure: pd.DataFrame) -> str:
    """Which provinces have most of some projects without doubtful reports (the projects ``sure``), in a sentence, where
    a map of all gives others; nothing where it gives the same, or shows nothing."""
    numbers = [rows.province_code.value_counts() for rows in (tried, sure)]
    first, without = (set(number.index[number == number.max()]) for number in numbers)
    if len(tried) < SHOWN or sure.empty or first == without or numbers[0].max() == 1:
        return ""
    if numbers[1].max() == 1:
        return "Without doubtful reports no province has more than one project."
    return f"If doubtful reports count, {_most(data, numbers[0], ' projects')}; if not, {_most(data, numbers[1])}."


def _most(data: Data, number: pd.Series, noun: str = "") -> str:
    """Who has most and how many: "Hubei has the most projects, 3", "Hubei and Hunan have the most, 2 each"."""
    codes = number.index[number == number.max()]
    names = listing(data.regions.name_en[data.regions.province_code.isin(codes)])
    one = len(codes) == 1
    who = names if len(codes) <= NAMED else f"{len(codes)} provinces"
    return f"{who} {'has' if one else 'have'} the most{noun}, {number.max()}{' each' * (not one)}"


def purposes(data: Data, tried: pd.DataFrame) -> str:
    """What the local projects of a province are for, the most frequent fields first, and how many of them rest on
    doubtful reports alone (``local`` tells where all do), in a sentence; nothing for none."""
    if tried.empty:
        return ""
    number = spread.told(tried).sector.value_counts().reindex(data.sectors.sector).dropna().astype(int)
    number = number.sort_values(ascending=False, kind="stable")
    top = number.head(NAMED + (len(number) == NAMED + 1))  # one field left is named as well
    if len(number) > len(top) and top.max() > number.iloc[NAMED]:
        top = top[top > number.iloc[NAMED]]  # of fields with as many each either all are named or none
    names = map(lowered, top.index.map(data.sectors.set_index("sector").label))
    others = len(tried) - int(top.sum())
    fields = [f"{name} ({n})" if others or len(top) > 1 else name for name, n in zip(names, top, strict=True)]
    fields += [f"other purposes ({others})"] * bool(others and fields)
    whose = "The local project is" if len(tried) == 1 else "The local projects are"
    what = f"for {listing(fields)}" if fields else "not sorted by purpose"
    return f"{whose} {what}{_partly_doubted(tried)}.{_single(tried)}"


def _single(tried: pd.DataFrame) -> str:
    """How many of some projects are a court's use of blockchain evidence in one case or a few, in a sentence; nothing
    for none."""
    number = int((tried.single_use != "").sum())
    which = "is a court's use" if number == 1 else "are courts' uses"
    return f" {number} of the {len(tried)} {which} of blockchain evidence in one case or a few." * bool(number)


def _partly_doubted(tried: pd.DataFrame) -> str:
    """How many of some projects are doubtful, to end a sentence; nothing where none is or all are, which a headline
    tells."""
    doubted = int((tried.confidence == "low").sum())
    told = f"; for {doubted} of the {len(tried)} projects only doubtful reports tell of a trial or of use"
    return told * (0 < doubted < len(tried))


def found(tried: pd.DataFrame, projects: pd.DataFrame) -> str:
    """Local projects in a list of what is known: "2 local projects (1 of them only announced)"; nothing for none."""
    more = len(projects) - len(tried)
    announced = f" ({f'{more} of them ' if len(tried) else ''}only announced)" * bool(more)
    return some(projects, "local project") + announced


def lasting(*tables: pd.DataFrame) -> str:
    """What is open of projects: how long they ran, or, of those only announced, whether any came about; nothing for
    none."""
    stages, one = pd.concat([table.stage for table in tables]), sum(map(len, tables)) == 1
    if stages.empty:
        return ""
    if (stages == "announced").all():
        return f"whether {'the project' if one else 'any of the projects'} came about"
    return (
        "how long the project ran, or whether it still runs"
        if one
        else "how long the projects ran, and which still run"
    )


def labelled(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Titles and days of rows, with ``label``, the name of their field: columns label, title, first_day, last_day,
    date_inferred, in the order of the middles of these spans, where a chart puts their marks.

    Empty for fewer than ``SHOWN`` rows.
    """
    rows = rows if len(rows) >= SHOWN else rows.head(0)
    named = in_order(rows.assign(label=rows.sector.map(data.sectors.set_index("sector").label)))
    return named[["label", "title", "first_day", "last_day", "date_inferred"]]


def placed(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Projects as tables show them: without the names of cities that are provinces, which stand in another column, or
    on the page of one; a court's use of evidence in one case or a few has no status but this. One that stands with the
    day of an earlier stage says by when it had reached its own (``since``)."""
    province = rows.province_code.map(data.regions.set_index("province_code").name_en)
    by = since(data, rows)
    told = rows.stage.replace(WORDS["stage"]) + rows.project_id.map(lambda project: by.get(project, ""))
    stage = rows.stage.mask(rows.project_id.isin(by), told).mask(rows.single_use != "", "used in court")
    return rows.assign(city=rows.city.mask(rows.city == province, ""), stage=stage)


def since(data: Data, rows: pd.DataFrame) -> dict[str, str]:
    """By when projects whose row is that of an earlier stage reached theirs, in words, by project: " by May 2021".

    A year that is inferred is no latest day, and stands alone: ", 2021 (inferred)".
    """
    events = news.select(data)
    later = rows[rows.event_id.map(events.set_index("event_id").stage) != rows.stage]
    stages = {key: row.stage for row in later.itertuples() for key in split_list(row.event_ids)}
    reached = projects.projects(events[events.event_id.map(stages) == events.stage], tried=True)
    guessed = reached.date_inferred & (reached.date.str.len() == 4)
    by = guessed.map({True: ", ", False: " by "}) + reached.date.map(day)
    return dict(zip(reached.project_id, by + reached.date_inferred.map({True: INFERRED, False: ""}), strict=True))


BODIES = [
    "national", "several provinces", "provincial", "prefecture", "county", "court", "central-branch", "state-owned",
    "none",
]  # fmt: skip
"""Kinds of body of mainland China in the order of a picture."""


def whose(*projects: pd.DataFrame, beside: Iterable[pd.DataFrame] = ()) -> pd.DataFrame:
    """Projects with ``kind_of_body``, whose they are, and ``tried_or_running``, whether they were.

    Kinds of body in the order of ``BODIES``, in each the projects in that of their first dates. Empty for fewer than
    ``SHOWN`` projects, and where a table ``beside`` them has rows, since another picture of the page shows that.
    """
    rows = pd.concat(projects)
    rows = rows if len(rows) >= SHOWN and not any(map(len, beside)) else rows.head(0)
    rows = in_order(rows).sort_values("level", key=lambda level: level.map(BODIES.index), kind="stable")
    rows = rows.assign(kind_of_body=rows.level.replace(WORDS["level"]), tried_or_running=rows.stage != "announced")
    return rows[["kind_of_body", "title", "first_day", "last_day", "date_inferred", "tried_or_running"]]


def of_whom(name: str, local: int, others: Sized) -> str:
    """How many projects of a field are ``local``, of how many known in all, for a title."""
    known = count(local + len(others), "known project")
    return f"{name}: {known}, {local or 'none'} of local governments or courts"


def dated(rows: pd.DataFrame, what: str = "field and first date of trial or use") -> str:
    """What the marks of a picture of the days of projects mean, of each kind if there is one, for a subtitle."""
    open_ = rows.first_day < rows.last_day
    told = [
        "a dot is hollow where no day was printed"
        + " or part of the date was inferred" * bool(rows.date_inferred.any())
    ]
    told *= bool((open_ | rows.date_inferred).any())
    told += ["a bar spans the days that the date leaves open, where it is wider than the dot"] * bool(open_.any())
    return "; ".join([f"By {what}", *told])


ENOUGH = 4
"""Projects of one year from which on a title tells of it."""


def fullest_year(projects: pd.DataFrame) -> str:
    """How many of some projects there are that were tried or run, and how many of them date from the
    fullest year, where these are ``ENOUGH``, with how many of these dates are inferred, for a title: "12 local projects
    tried or running; 9 date from 2019 (6 of these dates are inferred)"."""
    year = projects.first_day.dt.year
    number = year.value_counts()
    years = sorted(number.index[number == number.max()])
    told = f"{count(projects, 'local project')} tried or running"
    if len(years) != 1 or len(number) < 2 or number.max() < ENOUGH:
        return told
    inferred = int(projects.date_inferred[year == years[0]].sum())
    part = "all" if inferred == number.max() else inferred
    how = f" ({part} of these dates {'is' if inferred == 1 else 'are'} inferred)" * bool(inferred)
    return f"{told}; {number.max()} date from {years[0]}{how}"


def most_years(tables: list[pd.DataFrame]) -> str:
    """In which years most sorted projects of the first of some tables are first known (``days.fullest_years``), for a
    title; the year that leads only if none has more in any of them, such as those of ``projects.variants``."""
    numbers = [spread.told(table).first_day.dt.year.value_counts() for table in tables]
    number = numbers[0]
    if number.empty:
        return "No first date is known"
    first, last = fullest_years(number)
    part = number[(number.index >= first) & (number.index <= last)].sum()
    years = f"{first}" if first == last else f"{first} to {last}"
    told = f"Most local projects have their first date in {years}: {part} of {number.sum()}"
    leading = [set(number.index[number == number.max()]) for number in numbers]
    if first == last:
        return told
    if len(leading[0]) > 1 or not all(leading[0] <= years for years in leading):
        return f"{told}; which year leads depends on the reports counted"
    told = f"{told}; {min(leading[0])} has the most ({number.max()})"
    tied = [years - leading[0] for years in leading if years != leading[0]]
    others = listing(sorted(set().union(*tied)), last="or")
    ways = f"{len(tied)} of {len(tables) - 1} other ways of counting"
    return f"{told}, but in {ways} {others} has as many" if tied else told
