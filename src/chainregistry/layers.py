"""How much a page knows: what can be named, in its words and numbers."""

from dataclasses import dataclass

import pandas as pd

from chainregistry import projects, totals
from chainregistry.data import Data
from chainregistry.values import count


@dataclass(frozen=True)
class Known:
    """The statement of completeness of a page.

    ``line`` says in a few words what can be named, ``sentence`` the same of the whole register for those who know
    nothing of it.
    """

    sentence: str
    line: str


def beside(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that others name beside the imported lists: those of other lists, or of no known list.

    A service of which nobody says on which list it stands is left out if an imported list has its filing number, or
    if all known lists are imported: it must be one of their rows, or stand on a list of which nothing was found.
    """
    rows = data.named(confidence)
    rows = rows[~rows.batch.isin(data.complete)]
    held = rows.batch.isna() & rows.filing_number.ne("") & rows.filing_number.isin(data.official.filing_number)
    return rows[~held & ~(rows.batch.isna() & ({*data.batches.batch} <= {*data.complete}))]


def nameable(data: Data, confidence: str = "medium") -> int:
    """Services that can be named: the rows of the imported lists, and those ``beside`` them."""
    return len(data.official) + len(beside(data, confidence))


def known(data: Data, confidence: str = "medium", news: bool = False) -> Known:
    """What is known of the whole register, or of the news."""
    whole, named = max(totals.at_least(data), 1), nameable(data, confidence)
    line = f"{count(named, 'service')} named, at least {whole:,} listed"
    if news:
        tried = projects.adoption(data)
        line = f"{count(data.events, 'news item')}, {count(tried, 'local project')} tried or running"
    return Known(
        sentence=f"China makes blockchain services register. Its lists hold at least {whole:,};"
        f" public sources identify {named:,}.",
        line=line,
    )
