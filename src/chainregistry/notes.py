"""What a reader has to know to read a table of news or projects: of each table only what occurs in it."""

import pandas as pd

from chainregistry.prose import strong

SURE = "Confidence is our own grade of how sure an entry is."
CITY = "A city means the whole prefecture, if it is one."
MUNICIPALITIES = ("11", "12", "31", "50")
"""Cities that are provinces: none stands for a prefecture."""
LOCAL = (
    "Public notaries and arbitration commissions count with the place that they serve, prosecutors with the courts, and"
    " a court's use of blockchain evidence in a case counts as a project."
)
"""Who is meant by local governments and courts."""
BEST = "The grade of a project is that of its best report, which need not be the first."
FIRST = (
    "The earliest project comes first, a month or a year alone by its middle, with the furthest status that was"
    " reported."
)
INFERRED = (
    "A date is marked as inferred where a part of it was not printed; most of these are the day of a report, and then"
    " the latest possible."
)
DOUBTED = "A project counts even where all its reports are doubtful, and is then marked as doubtful."


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
        BEST: of_projects and (rows.events > 1).any(),
        DOUBTED: counted and (rows.confidence == "low").any(),
    }
    return " ".join(sentence for sentence, holds in told.items() if holds)
