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


def known(data: Data, confidence: str = "medium", page: str = "") -> Known:
    """What is known of the whole register; some pages have a line of their own."""
    whole, named = max(totals.at_least(data), 1), nameable(data, confidence)
    line = f"Nationwide, public sources identify {named:,} of at least {whole:,} registered services"
    return Known(
        sentence=f"China makes blockchain services register. Its lists hold at least {whole:,};"
        f" public sources identify {named:,}.",
        line=NEWS[page](data) if page else line,
    )


def numbered(data: Data) -> str:
    """What the lists are, and which of them were not seen, in a sentence."""
    lists = "The internet regulator publishes registered services in numbered lists"
    if set(data.batches.batch) <= set(data.complete):
        return f"{lists}."
    some = "" if data.official.empty else "all of "
    return (
        f"{lists}; we have not seen {some}these, only what others printed from them and the filing numbers that"
        " registrants show on their sites."
    )


def _tried(data: Data) -> str:
    return f"{count(data.events, 'news item')}, {count(projects.adoption(data), 'local project')} tried or running"


def _announced(data: Data) -> str:
    return f"{count(projects.local(data), 'local project')}, announced ones included"


def _of_asia(data: Data) -> str:
    from chainregistry import areas  # SciPy, which other pages do without

    found = areas.sorted_projects(data)
    whose = count(found.country.nunique(), "country or territory", "countries and territories")
    return f"{count(found, 'project')} of {whose}"


def _read_twice(data: Data) -> str:
    return f"{count(data.events, 'news item')}, {data.second_coding.event_id.nunique():,} of them sorted twice"


def _on_record(data: Data) -> str:
    seen = int(data.registrations.filing_number.ne("").sum())
    printed = count(data.published_counts, "published number or ranking", "published numbers and rankings")
    return f"{printed} on record, {count(seen, 'filing number')} found printed"


NEWS = {
    "local-government": _tried, "policy": _announced, "asia": _of_asia, "methods": _read_twice, "registry": _on_record,
}  # fmt: skip
"""What the line of a page says, by the page: one about news, or one whose answer says what others' lines say."""
