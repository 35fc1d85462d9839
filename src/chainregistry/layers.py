"""How complete a page is: what is named, published, bounded and complete, in the words and numbers of the page."""

from dataclasses import dataclass

import pandas as pd

from chainregistry import totals
from chainregistry.data import Data
from chainregistry.prose import count, listing


@dataclass(frozen=True)
class Known:
    """The statement of completeness of a page.

    ``line`` says in a few words what can be named; ``named`` and ``complete`` are percentages of the services that
    the lists have at least; ``picture`` says the same in words; ``layers`` are pairs of the name of a layer
    and what is known of it here.
    """

    named: float
    complete: float
    picture: str
    layers: list[tuple[str, str]]
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
    rows, counts, news = data.registrations, data.published_counts, data.events
    news = news[news.country == "China"] if province or sector else news
    about = ""
    if province:
        place = data.province(province)
        about = f" of {place.name_en}"
        rows = rows[rows.province_code == place.province_code]
        counts = counts[[place.province_code in codes.split() for codes in counts.province_code]]
        news = news[news.province_code == place.province_code]
    elif sector:
        about = f" for {data.sectors.set_index('sector').label[sector].lower()}"
        rows, counts = rows[rows.sector == sector], counts[counts.key == sector]
        news = news[news.sector == sector]
    named = rows.registration_id.isin(everything.registration_id).sum()
    sized = int(data.batches.services.notna().sum())
    layers = {
        "Named": f"{count(named, 'registration')}{about}"
        + (f", {len(rows) - named} more of low confidence shown but not counted" if len(rows) > named else ""),
        "Published": f"{count(len(counts), 'count')}{' that mention it' if about else ''} printed by others",
        "Bounded": f"the rest, by computing, on the {sized} of {count(len(data.batches), 'list')} whose size is known",
        "Complete": f"{'list' if len(data.complete) == 1 else 'lists'} {listing(map(str, data.complete))}, imported"
        if data.complete
        else "no list has been imported",
        "News": f"{count(len(news), 'event')}; how many there were, nobody knows",
    }
    return Known(
        named=round(100 * others / whole, 1),
        complete=round(100 * listed / whole, 1),
        picture=f"Of at least {whole:,} services on the lists {others} are named by the press"
        + (f" and {listed:,} stand on imported lists." if listed else "; no list has been imported."),
        layers=list(layers.items()),
        line=f"{count(named, 'service')}{about} named"
        if about
        else f"{others + listed:,} of at least {whole:,} services named",
    )
