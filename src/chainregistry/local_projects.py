"""Local projects of a province or of a field in words: how many, what for, how far they reach, since when."""

from collections.abc import Sized

import pandas as pd

from chainregistry import spread
from chainregistry.data import Data, split_list
from chainregistry.fields import short
from chainregistry.totals import named_by
from chainregistry.values import count, listing, lowered, opening, outlet, some


def local(tried: pd.DataFrame, counts: Sized = ()) -> str:
    """What is known of local projects, for a headline: their number, and whether all rest on doubtful reports, or that
    a count of what runs is all there is.

    ``counts`` are those of ``adoption.running``.
    """
    if tried.empty and len(counts):
        return "of local projects that ran we know only a count"
    doubt = f", from {'a doubtful report' if tried.events.sum() == 1 else 'doubtful reports only'}"
    only = len(tried) > 0 and (tried.confidence == "low").all()
    return f"we know of {count(tried, 'local project')} tried or running{doubt * bool(only)}"


def statement(name: str, services: pd.DataFrame, tried: pd.DataFrame, others: pd.DataFrame, yuan: pd.DataFrame) -> str:
    """What is known of a field, for a headline.

    ``tried`` are its local projects, ``others`` those ``fields.elsewhere``, ``yuan`` the local projects with the
    digital yuan that are not counted.
    """
    if len(yuan) and services.empty and tried.empty:
        used = f"local governments used the digital yuan in {count(yuan, 'project')}"
        return f"{name}: {used}; public sources identify no registered service, and we know of no other local project"
    found = f"public sources identify {count(services, 'registered blockchain service')}; {local(tried)}"
    if len(yuan):
        found += f", and of {len(yuan)} with the digital yuan, not counted"
    elif services.empty and tried.empty and len(others):
        found += f", only of {count(others, 'project of another body', 'projects of other bodies')}"
    return f"{name}: {found}"


NAMED = 3
"""Fields of the projects of a province that a sentence names."""
YUAN = (
    "Projects with the digital yuan are listed and not counted: the central bank runs the currency, local governments"
    " hand it out, and not all of these reports say that blockchain is used."
)
MUCH = 2
"""Provinces that hang on one document, from so many on it is told."""


def named(services: pd.DataFrame) -> str:
    """How many services of a field public sources identify, and by what, in a list of what is known; nothing for
    none."""
    return some(services, "identified service") + f" ({named_by(services).known})" * bool(len(services))


def reach(data: Data, tried: pd.DataFrame, sure: pd.DataFrame, yuan: Sized = ()) -> str:
    """In how many provinces a field was tried, in how many without doubtful reports (the projects ``sure``), and in how
    many of these if one document is left out, too (told where ``MUCH`` hang on it), in a sentence; ``YUAN`` for
    projects with the digital yuan alone."""
    number, firm = tried.province_code.nunique(), sure.province_code.nunique()
    where = data.regions.name_en[data.regions.province_code.isin(tried.province_code)]
    if not number:
        none = "No report that we read tells of a local government or court that has tried or used blockchain"
        return YUAN if len(yuan) else f"{none} in this field."
    if number == 1:
        whose = {1: "The local project is", 2: "Both local projects are"}
        return f"{whose.get(len(tried), 'All local projects are')} in {listing(where)}."
    single = sure.source_ids[sure.source_ids.map(split_list).str.len() == 1]
    left = [(sure.province_code[sure.source_ids != document].nunique(), document) for document in single.unique()]
    least, document = min(left, default=(firm, ""))
    told = [f"{firm or 'none'} if doubtful reports are left out"] * (firm < number)
    if firm - least >= MUCH:
        publisher = outlet(data.sources.set_index("source_id").publisher[document])
        how = "is, too" if told else "is left out"
        told.append(f"{least or 'none'} if one document of {publisher} {how}")
    start = f"In {number} of the {len(data.regions)} provinces" + f" ({', '.join(told)})" * bool(told)
    return f"{start} a local government or court has tried or used blockchain in this field."


def purposes(data: Data, tried: pd.DataFrame) -> str:
    """What the local projects of a province are for, the most frequent fields first, and how many of them rest on
    doubtful reports alone (``local`` tells where all do), in a sentence; nothing for none."""
    if tried.empty:
        return ""
    number = spread.told(tried).sector.value_counts().reindex(data.sectors.sector).dropna().astype(int)
    number = number.sort_values(ascending=False, kind="stable")
    top = number.head(NAMED)
    if len(number) > NAMED and top.max() > number.iloc[NAMED]:
        top = top[top > number.iloc[NAMED]]  # of fields with as many each either all are named or none
    names = map(short, top.index.map(data.sectors.set_index("sector").label))
    others = len(tried) - int(top.sum())
    fields = [f"{name} ({n})" if others or len(top) > 1 else name for name, n in zip(names, top, strict=True)]
    fields += [f"other purposes ({others})"] * bool(others and fields)
    whose = "The local project is" if len(tried) == 1 else "The local projects are"
    doubted = int((tried.confidence == "low").sum())
    who = f"{lowered(opening(doubted))} of them {'rests' if doubted == 1 else 'rest'}"
    doubt = f"; {who} on doubtful reports alone" * (0 < doubted < len(tried))
    return f"{whose} {f'for {listing(fields)}' if fields else 'not sorted by purpose'}{doubt}."


def found(tried: pd.DataFrame, projects: pd.DataFrame) -> str:
    """Local projects in a list of what is known: "2 local projects (1 of them only announced)"; nothing for none."""
    more = len(projects) - len(tried)
    of_them = f"{more} of them " if len(tried) else ""
    return some(projects, "local project") + (f" ({of_them}only announced)" if more else "")


def lasting(*tables: pd.DataFrame) -> str:
    """What is open of projects: whether one lasted, or, of those only announced, came about; nothing for none."""
    stages = pd.concat([table.stage for table in tables])
    open_ = "came about" if (stages == "announced").all() else "lasted"
    return f"whether a project {open_}" if len(stages) else ""


def labelled(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Titles and days of rows, with ``label``, the name of their field: columns label, title, first_day, last_day,
    date_inferred. An inferred date is the latest possible: it has no first day.

    Empty for one or two rows, of which a picture shows no more than a table.
    """
    rows = rows if len(rows) > 2 else rows.head(0)
    named = rows.assign(
        label=rows.sector.map(data.sectors.set_index("sector").label), first_day=rows.first_day.mask(rows.date_inferred)
    )
    return named[["label", "title", "first_day", "last_day", "date_inferred"]]


def placed(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows without the names of cities that are provinces: these stand in another column, or on the page of one."""
    province = rows.province_code.map(data.regions.set_index("province_code").name_en)
    return rows.assign(city=rows.city.mask(rows.city == province, ""))


def dated(rows: pd.DataFrame) -> str:
    """What the marks of a picture of the days of projects mean, of each kind if there is one, for a subtitle."""
    open_ = (rows.first_day < rows.last_day) & ~rows.date_inferred
    years = rows.last_day - rows.first_day > pd.Timedelta(days=31)
    told = ["hollow where no day was printed"] * bool((open_ | rows.date_inferred).any())
    told += ["a bar spans the days that are possible"] * bool((open_ & years).any())
    told += ["an inferred date is the latest possible"] * bool(rows.date_inferred.any())
    return "; ".join(["By field and first date", *told])


def fullest_year(projects: pd.DataFrame) -> str:
    """How many projects there are, how many of them were only announced, and how many are first known in the fullest
    year, for a title; with how many of these by inferred dates: "6 projects, 1 of them only announced; 4 first known in
    2020, 2 by inferred dates"."""
    year = projects.first_day.dt.year
    number = year.value_counts()
    years = sorted(number.index[number == number.max()])
    announced = int((projects.stage == "announced").sum())
    many = f"{'all' if announced == len(projects) else announced} of them only announced"
    told = count(projects, "project") + (f", {many if len(projects) > 1 else 'only announced'}" if announced else "")
    if len(years) != 1 or len(number) < 2:
        return told
    inferred = int(projects.date_inferred[year == years[0]].sum())
    dates = "an inferred date" if inferred == 1 else "inferred dates"
    how = f", {'all' if inferred == number.max() else inferred} by {dates}" if inferred else ""
    first = f"; {number.max()}" if announced else f", {number.max()} of them"
    return f"{told}{first} first known in {years[0]}{how}"
