"""What a reader has to know to read a table of news or projects: of each table only what occurs in it."""

import pandas as pd

from chainregistry.filing import MUNICIPALITIES
from chainregistry.prose import strong

SURE = "Confidence is our own grade of how sure an entry is."
CITY = "A city of prefecture rank stands for its whole prefecture."
LOCAL = (
    "Public notaries and arbitration commissions count with the place that they serve, prosecutors with the courts, and"
    " a court's use of blockchain evidence in a case counts as a project."
)
"""Who is meant by local governments and courts."""
BEST = "The grade of a project is that of its best report, which need not be the first."
FIRST = (
    "Projects are in the order of the first date known of them, even of an announcement; one known only to the month"
    " or year stands at its middle. The status is the furthest reported."
)
INFERRED = (
    "“(inferred)” marks a date of which we had to work out a part that is shown here; most of these are the date of a"
    " report, which is then the latest day possible."
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
