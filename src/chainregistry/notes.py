"""What a reader has to know to read a table of news or projects: of each table only what occurs in it."""

import pandas as pd

from chainregistry.filing import MUNICIPALITIES
from chainregistry.prose import strong

SURE = "Confidence is our own grade of how far we trust the sources of an entry."
HIGH = (
    "high means that a public office, a newspaper, a news agency or the trade press reports the event in its own"
    " words, with body, place and date"
)
MEDIUM = (
    "medium means that a part of the entry is inferred, or that a copy, a blog or a firm's own text is all there is"
)
DOUBTFUL = (
    "A report is doubtful if it rests only on machine translations, loose retellings, bare headlines or texts of"
    " unclear origin or year"
)
LOCAL = (
    "A local project is one system of one local body, however often it was reported (several begun at once count as"
    " one), or a court's use of blockchain evidence in a case. Local bodies are provincial, city and county"
    " governments, with their towns, subdistricts, communities and development zones, and courts, with prosecutors,"
    " up to the provincial level. Branches of central agencies, such as tax and customs offices, are not counted, nor"
    " are projects that only hand out or use the digital yuan, nor those shared by bodies of several provinces."
)
SAME = "it may be the same as another one, or rests on a hint or one weak source only"
SHOWN = (
    "For services, high is given only with a printed filing number or several documents; what is neither high nor"
    " doubtful is medium."
)
CITY = (
    "The column City names the prefecture, prefecture-level city or state-level new area; counties and county-level"
    " cities stand under the one to which they belong."
)
NOTARIES = "Public notaries and arbitration commissions count with the place that they serve."
PROSECUTORS = "Prosecutors count with the courts."
BEST = (
    "The confidence of a project is that of its best report, which need not be the first; if it was tried or ran, only"
    " reports of the trial or the use count for this."
)
FIRST = (
    "Projects are in the order of their first known date, even if it is that of an announcement; a date known only to"
    " the month or year is placed at its middle."
)
STATUS = "The status is the furthest reported; what has become of a project since then is not known."
ANNOUNCED = (
    f"{strong('Announced')} means planned, agreed, studied or being built: we found no report of a trial or of use."
)
INFERRED = (
    "“(inferred)” marks a date that the source does not print in full as that of the event. Where it is the date of a"
    " report or of a count, the event itself may be earlier."
)
DOUBTED = (
    "A project counts even where all its reports, or all those of a trial or of use, are doubtful, and is then marked"
    " as doubtful."
)

NONE = pd.DataFrame(columns=["city", "province_code", "stage", "events", "confidence", "date_inferred"])
"""No projects."""


def bodies(projects: pd.DataFrame) -> str:
    """Who is meant by local governments and courts, in sentences: of bodies that act in some projects."""
    court = projects.level == "court"
    told = {
        NOTARIES: (projects.title.str.contains(r"\b(?:notary|arbitration)\b", case=False) & ~court).any(),
        PROSECUTORS: (projects.title.str.contains("prosecut", case=False) & court).any(),
    }
    return " ".join(sentence for sentence, holds in told.items() if holds)


def doubtful(listed: pd.DataFrame, *news: pd.DataFrame) -> str:
    """What makes a report doubtful, or a service that is ``listed``, in a sentence; nothing where none is."""
    service = (listed.confidence == "low").any()
    told = f"{DOUBTFUL}{f'; a service, if {SAME}' * bool(service)}."
    return told * any((table.confidence == "low").any() for table in (listed, *news))


def grades(*tables: pd.DataFrame) -> str:
    """What confidence is, and what the grades of services, and of news items and projects, mean: those that occur in
    some tables, in sentences; nothing where nothing is graded."""
    services, news = (
        {grade for table in tables if name in table for grade in table.confidence}
        for name in ("registration_id", "date_inferred")
    )
    told = [HIGH] * ("high" in news) + [MEDIUM] * ("medium" in news)
    of_news = f" For projects and other news items, {'; '.join(told)}." * bool(told)
    return f"{SURE}{f' {SHOWN}' * bool(services - {'low'})}{of_news}" * any(map(len, tables))


def of(*tables: pd.DataFrame, graded: bool = False, named: pd.DataFrame = NONE, counted: pd.DataFrame = NONE) -> str:
    """Sentences about tables of news items and of projects (``projects.projects``); nothing for those without rows.

    With ``graded`` the ``grades`` are explained, too; ``named`` are those that a sentence names with their
    dates, ``counted`` the projects that count as local ones.
    """
    rows = pd.concat(tables)
    projects = pd.concat([NONE, *(table for table in tables if "event_ids" in table)])
    told = {
        FIRST: len(projects) > 1,
        STATUS: len(projects) > 0,
        CITY: ((projects.city != "") & ~projects.province_code.isin(MUNICIPALITIES)).any(),
        ANNOUNCED: (projects.stage == "announced").any(),
        INFERRED: rows.date_inferred.any() or named.date_inferred.any(),
        grades(rows): graded and len(rows) > 0,
        BEST: (projects.events > 1).any(),
        DOUBTED: (counted.confidence == "low").any(),
    }
    return " ".join(sentence for sentence, holds in told.items() if holds)
