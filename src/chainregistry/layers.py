"""How much a page knows: what can be named, in its words and numbers."""

from dataclasses import dataclass

import pandas as pd

from chainregistry import totals
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


def known(data: Data, province: str = "", sector: str = "", confidence: str = "medium") -> Known:
    """What is known of one province, of one sector (by their slugs), or of the whole register."""
    everything, whole = data.named(confidence), max(totals.at_least(data), 1)
    others, listed = len(beside(data, confidence)), len(data.official)
    line = f"{others + listed:,} of at least {whole:,} services named"
    if province:
        place = data.province(province)
        line = (
            f"{count(int((everything.province_code == place.province_code).sum()), 'service')} of {place.name_en} named"
        )
    elif sector:
        label = data.sectors.set_index("sector").label[sector].lower()
        line = f"{count(everything[everything.sector == sector], 'service')} for {label} named"
    return Known(
        sentence=f"China makes blockchain services register. Of at least {whole:,} on its lists,"
        f" {others + listed:,} can be named from public sources.",
        line=line,
    )
