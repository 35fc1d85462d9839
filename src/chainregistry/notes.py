"""What a reader has to know to read a table of news or projects: of each table only what occurs in it."""

import pandas as pd

from chainregistry.filing import MUNICIPALITIES
from chainregistry.prose import link, strong

SURE = "Confidence is our own grade of how sure we are of an entry."
HIGH = (
    "High means that an office, a newspaper, a news agency or the trade press tells it in its own words, with body,"
    " place and date."
)
CITY = "A city of prefecture rank stands for its whole prefecture."
NOTARIES = "Public notaries and arbitration commissions count with the place that they serve."
PROSECUTORS = "Prosecutors count with the courts."
COURTS = "A court's use of blockchain evidence in a case counts as a project."
BEST = "The grade of a project is that of its best report, which need not be the first."
FIRST = (
    "Projects are in the order of the first date known of them, even of an announcement; a date known only to the month"
    " or year is placed at its middle. The status is the furthest reported."
)
INFERRED = (
    "“(inferred)” marks a date that we completed because the source does not print it in full. Most such dates are"
    " those of a report, so the event itself may be earlier."
)
DOUBTED = "A project counts even where all its reports are doubtful, and is then marked as doubtful."


def bodies(projects: pd.DataFrame) -> str:
    """Who is meant by local governments and courts, in sentences: of bodies that act in some projects."""
    court = projects.level == "court"
    told = {
        NOTARIES: (projects.title.str.contains(r"\b(?:notary|arbitration)\b", case=False) & ~court).any(),
        PROSECUTORS: (projects.title.str.contains("prosecut", case=False) & court).any(),
        COURTS: court.any(),
    }
    return " ".join(sentence for sentence, holds in told.items() if holds)


def unused(counts: pd.DataFrame) -> str:
    """Where it is told why some published numbers (``claims.printed_of``) are not used; nothing where all are."""
    where = link("registry", "The page on the register")
    return f"{where} tells why some are not used." * bool((counts.used_for_ranges == "no").any())


def of(*tables: pd.DataFrame, graded: bool = False, counted: bool = False) -> str:
    """Sentences about tables of news items or of projects (``projects.projects``); nothing for those without rows.

    With ``graded`` the grades of confidence are explained, too, with ``counted`` that doubtful projects count.
    """
    rows = pd.concat(tables)
    of_projects = "event_ids" in rows
    told = {
        FIRST: of_projects and len(rows) > 1,
        CITY: of_projects and ((rows.city != "") & ~rows.province_code.isin(MUNICIPALITIES)).any(),
        f"{strong('Announced')} means that we found no report of a trial or of use.": of_projects
        and (rows.stage == "announced").any(),
        INFERRED: rows.date_inferred.any(),
        SURE: graded and len(rows) > 0,
        HIGH: graded and (rows.confidence == "high").any(),
        BEST: of_projects and (rows.events > 1).any(),
        DOUBTED: counted and (rows.confidence == "low").any(),
    }
    return " ".join(sentence for sentence, holds in told.items() if holds)
