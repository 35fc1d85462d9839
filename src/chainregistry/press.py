"""What one document tells, who else tells it, and what became of it: a report checked against the record."""

import pandas as pd

from chainregistry import values
from chainregistry.data import Data, split_list
from chainregistry.days import with_spans
from chainregistry.events import LOCAL
from chainregistry.values import count


def citing(data: Data, source: str) -> pd.DataFrame:
    """Events that rest on a document, in the order of their dates.

    With the column ``others``: how many further documents tell the same; all are in ``source_ids``. For the publication
    of a list of the register these include the documents of that list, but not the list itself, unless it was imported:
    else nobody here has read it.
    """
    lists = data.batches[data.batches.date_precision == "day"].set_index("published").source_ids
    read = data.batches.source_ids[data.batches.batch.isin(data.complete)]
    unread = set(data.sources.source_id[data.sources.kind == "official"]) - set(split_list(" ".join(read)))
    published = (data.events.kind == "registration") & (data.events.country == "China")
    more = data.events.date.map(lists).fillna("").where(published, "")
    more = more.map(lambda cell: [key for key in split_list(cell) if key not in unread])
    cited = data.events.source_ids.map(split_list)
    cited = pd.Series([list(dict.fromkeys(own + also)) for own, also in zip(cited, more, strict=True)], cited.index)
    found = data.events.assign(others=cited.map(len) - 1, source_ids=cited.map(" ".join))
    found = found[cited.map(lambda ids: source in ids)]
    return found.sort_values(["date", "event_id"], ignore_index=True)


PLACES = ("first", "second", "third", "fourth", "fifth")


def tally(claims: pd.DataFrame) -> str:
    """How many claims (``citing``) further documents tell, for a headline; they correct the first if they tell it."""
    number = int((claims.others > 0).sum())
    partly = ", and that only in part" if number == 1 else ", one of them only in part"
    return f"we could confirm {number or 'none'}{partly * bool(claims.others.head(1).gt(0).any())}"


def confirmed(claims: pd.DataFrame, correction: str) -> str:
    """Which of up to five claims (``citing``) further documents tell, by their places, and how they correct the first
    if they tell it, in a sentence."""
    places = [place for place, others in zip(PLACES, claims.others, strict=False) if others]
    told = f"Only the {values.listing(places)} of these {'is' if len(places) == 1 else 'are'} confirmed"
    if len(places) == len(claims):
        told = "Each of these is confirmed"
    if not places:
        told = "None of these is confirmed"
    if PLACES[0] in places:
        told += f", {'and' if len(claims) > len(places) == 1 else 'the first'} with a correction: {correction}"
    return f"{told}."


def alone(claims: pd.DataFrame) -> str:
    """How many claims (``citing``) no further document tells, for a title."""
    number = int((claims.others == 0).sum())
    return f"We found {number or 'none'} of the {count(claims, 'claim')} in this report alone"


def naming(data: Data, names: list[str]) -> pd.DataFrame:
    """Events that name one of these organisations, in the order of their dates."""
    said = data.events[["title", "summary", "organisations"]].agg(" ".join, axis=1)
    found = data.events[said.map(lambda text: any(name in text for name in names))]
    return found.sort_values(["date", "event_id"], ignore_index=True)


def traces(data: Data, names: list[str], told: pd.DataFrame, confidence: str = "medium") -> list[str]:
    """What is on record of organisations that a report (``citing``) names, in sentences: news items, registrations."""
    news, theirs = naming(data, names), len(registered(data, names))
    number, others, placed = len(news), (~news.event_id.isin(told.event_id)).sum(), (news.province_code != "").sum()
    come = f"{ {1: 'it comes', 2: 'both come'}.get(number, 'all come') } from this report"
    if others:
        come = f"{others} of them {'comes' if others == 1 else 'come'} from other reports"
    where = {1: "it names no place", 2: "neither names a place"}.get(number, "none names a place")
    if placed:
        where = f"{placed} of them {'names' if placed == 1 else 'name'} a place"
    about = f"; {come}, and {where}" * bool(number)
    some = f"{number or 'none'} {'name' if number > 1 else 'names'} {values.listing(names, last='or')}"
    if theirs:
        bear = count(theirs, "registration bears", "registrations bear")
        held = f"Doubtful ones included, {bear} one of these names."
    else:
        held = (
            f"Of the {count(data.named(confidence), 'service')} that sources identify, none bears one of these names."
        )
    return [f"Of the {count(data.events, 'news item')}, {some}{about}.", held]


def registered(data: Data, names: list[str]) -> pd.DataFrame:
    """Registrations whose registrant, group or service bears one of these names, doubtful ones too."""
    columns = ["entity_en", "entity_zh", "group", "service_en", "service_zh"]
    said = data.registrations[columns].agg(" ".join, axis=1)
    return data.registrations[said.map(lambda text: any(name in text for name in names))].reset_index(drop=True)


def incentives(data: Data) -> pd.DataFrame:
    """Money, office space and tax relief offered by local governments of mainland China, without gifts of digital yuan
    to residents.

    With the column ``tax``: whether the report mentions it.
    """
    events = data.events
    keep = events.incentive & (events.country == "China") & events.level.isin(LOCAL) & ~events.digital_yuan
    found = events[keep].sort_values(["date", "event_id"], ignore_index=True)
    return found.assign(tax=(found.title + " " + found.summary).str.contains(r"\btax", case=False))


OFFERED = "money, office space or tax relief"
"""What ``incentives`` are, in words."""


def support(offered: pd.DataFrame) -> str:
    """How many reports of ``incentives`` there are, and how many mention tax, in a sentence."""
    tax = int(offered.tax.sum())
    mention = f"; {tax or 'none'} {'mention' if tax > 1 else 'mentions'} tax" * bool(len(offered))
    return f"We found {count(offered, 'report')} of {OFFERED} that local governments offered{mention}."


def aftermath(data: Data, stories: pd.DataFrame, until: int) -> pd.DataFrame:
    """Stories, and what is on record since of the organisation that each names first, to the end of a year.

    With the column ``story``: the ids of those that an event belongs to.
    """
    first = stories.organisations.map(lambda cell: split_list(cell, ";")[0])
    start = dict(zip(first, stories.date.str[:4], strict=True))
    named = data.events.organisations.map(lambda cell: [name for name in split_list(cell, ";") if name in start])
    dates = data.events.date
    later = [
        date[:4] <= str(until) and any(date[:4] >= start[name] for name in names)
        for date, names in zip(dates, named, strict=True)
    ]
    of = dict(zip(first, stories.event_id, strict=True))
    found = data.events.assign(story=[" ".join(of[name] for name in names) for names in named])[later]
    return with_spans(found).reset_index(drop=True)
