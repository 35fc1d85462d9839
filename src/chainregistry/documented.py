"""What a row says of itself twice must agree: its documents, names, addresses and notes.

Checks of the same form as those of ``sense``, which calls them.
"""

import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from chainregistry.data import Problem, split_list

CENSUS_2020 = 1_409_778_724
"""Residents of the 31 provinces by the census of 2020 (National Bureau of Statistics, communiqué no. 3)."""

OLDEST = 365
"""Days that a document may be older than the event that it announces."""

SECTORS = [
    (r"digital yuan|e-CNY", {"digital-currency"}),
    (r"\bcourts?\b|prosecutor|notar", {"judiciary", "copyright-ip", "government-services"}),
    (r"e?-?invoices?\b|fapiao", {"tax-invoicing", "finance", "other"}),
    (r"\b(mining|miners)\b", {"energy"}),
]
"""Sectors that an event can have whose title holds a word that the coding rules decide by."""

FIRST_HAND = {"official", "newspaper", "newswire", "trade-press"}
"""Kinds of document on which an event of high confidence rests."""

_REPORTED = re.compile(r"\b(date|day|month|year) (is )?(that )?of (the )?reports?\b|latest possible|was learnt")
_ID = re.compile(r"\b[ercsn]\d{3}\b")
_DAY = re.compile(r"(?<![\d.])(\d{4})([/-]?)(\d\d)\2(\d\d)(?!\d)|(?<![\d.])(\d{4})/(\d\d)/")


def documents(
    batches: pd.DataFrame,
    registrations: pd.DataFrame,
    published_counts: pd.DataFrame,
    events: pd.DataFrame,
    sources: pd.DataFrame,
) -> Iterator[Problem]:
    """What is said of a list is said after it; an event is not long after any of its documents."""
    published = dict(zip(sources.source_id, sources.published, strict=True))
    listed = dict(zip(batches.batch, batches.published, strict=True))
    rows = [("registrations", registrations, "batch"), ("published_counts", published_counts, "batch_last")]
    for file, table, column in rows:
        for line, row in zip(table.index, table.itertuples(), strict=True):
            number = getattr(row, column)
            day = listed.get(number, "") if pd.notna(number) else ""
            for key in split_list(row.source_ids):
                if day and (told := published.get(key, "")) and _before(told, day):
                    why = f"its document {key} is of {told}, before list {number} ({day})"
                    yield Problem(f"{file}.csv", line, column, str(number), why)
    for line, row in zip(events.index, events.itertuples(), strict=True):
        days = [published.get(key, "") for key in split_list(row.source_ids)]
        for key, told in zip(split_list(row.source_ids), days, strict=True):
            if told and _before(told, row.date) and _days(row.date) - _days(told) > OLDEST:
                yield Problem("events.csv", line, "date", row.date, f"its document {key} is much older, of {told}")
    for line, row in zip(batches.index, batches.itertuples(), strict=True):
        days = [day for key in split_list(row.source_ids) if (day := published.get(key, ""))]
        if row.date_precision == "day" and days and min(_days(day) for day in days) - _days(row.published) > OLDEST / 2:
            why = f"the first document of the list is much later, of {min(days)}"
            yield Problem("batches.csv", line, "published", row.published, why)


def addresses(sources: pd.DataFrame, created: str) -> Iterator[Problem]:
    """An address stands in its column, and a day within it is near that of publication."""
    for line, row in zip(sources.index, sources.itertuples(), strict=True):
        if re.match(r"https?://|github:", row.publisher):
            yield Problem("sources.csv", line, "publisher", row.publisher[:60], "is an address")
        if row.url and not re.match("https?://", row.url):
            yield Problem("sources.csv", line, "url", row.url[:60], "is no address")
        for found in _DAY.finditer(row.url):
            year, month = int(found[1] or found[5]), int(found[3] or found[6])
            if not 2008 <= year <= 2999 or (found[1] and not found[2] and not _days(f"{year}-{found[3]}-{found[4]}")):
                continue  # a number that is no day
            if year > int(created[:4]) or month > 12:
                yield Problem("sources.csv", line, "url", row.url[:60], f"the day in it ({found[0]}) is impossible")
            elif len(row.published) >= 7 and _days(row.published):
                months = year * 12 + month - int(row.published[:4]) * 12 - int(row.published[5:7])
                if months < -1 or (months > 1 and row.kind != "mirror"):  # that of a copy may be later
                    why = f"the address says {found[0].strip('/')}"
                    yield Problem("sources.csv", line, "published", row.published, why)


def named_places(events: pd.DataFrame, registrations: pd.DataFrame, regions: pd.DataFrame) -> Iterator[Problem]:
    """Where words of a row name a province, the code is that of one of them."""
    english = {
        row.province_code: re.compile(rf"\b{re.escape(row.name_en)}\b") for row in regions.itertuples() if row.name_en
    }
    inland = events[(events.country == "China") & (events.province_code != "")]
    for line, row in zip(inland.index, inland.itertuples(), strict=True):
        text = f"{row.title}; {row.body}; {row.city}"
        found = {code for code, form in english.items() if form.search(text)}
        if found and row.province_code not in found:
            why = f"but title, body or city name {', '.join(sorted(found))}"
            yield Problem("events.csv", line, "province_code", row.province_code, why)
    placed = registrations[registrations.province_code != ""]
    for line, row in zip(placed.index, placed.itertuples(), strict=True):
        text = f"{row.entity_zh}; {row.entity_en}; {row.service_zh}; {row.service_en}; {row.note}"
        found = {
            region.province_code
            for region in regions.itertuples()
            if (region.short_zh and region.short_zh in text) or english[region.province_code].search(text)
        }
        if found and row.province_code not in found:
            why = f"but names or note say {', '.join(sorted(found))}"
            yield Problem("registrations.csv", line, "province_code", row.province_code, why)


def titles(events: pd.DataFrame) -> Iterator[Problem]:
    """Sector and marks that a word of the title decides."""
    for line, row in zip(events.index, events.itertuples(), strict=True):
        for word, allowed in SECTORS:
            if (found := re.search(word, row.title, re.IGNORECASE)) and row.sector not in allowed:
                why = f"but the title says {found[0]!r}, which is {' or '.join(sorted(allowed))}"
                yield Problem("events.csv", line, "sector", row.sector, why)
        if re.search(r"digital yuan|e-CNY", row.title, re.IGNORECASE) and not row.digital_yuan:
            yield Problem("events.csv", line, "digital_yuan", "false", "but the title names it")


def reported_dates(events: pd.DataFrame) -> Iterator[Problem]:
    """A date that by the note is that of the report, the latest possible one, is marked as inferred."""
    for line, row in zip(events.index, events.itertuples(), strict=True):
        if (found := _REPORTED.search(row.note)) and not row.date_inferred:
            yield Problem("events.csv", line, "date_inferred", "false", f"but the note says {found[0]!r}")


def grades(events: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Problem]:
    """High confidence rests on a document in the words of who told it first, and on a date that is printed whole."""
    kinds = dict(zip(sources.source_id, sources.kind, strict=True))
    high = events[events.confidence == "high"]
    for line, row in zip(high.index, high.itertuples(), strict=True):
        if not {kinds.get(key, "") for key in split_list(row.source_ids)} & FIRST_HAND:
            why = f"but no document is {' or '.join(sorted(FIRST_HAND))}"
            yield Problem("events.csv", line, "confidence", "high", why)
        elif row.date_inferred:
            yield Problem("events.csv", line, "confidence", "high", "but a part of the date is inferred")


def named(registrations: pd.DataFrame) -> Iterator[Problem]:
    """High confidence of a service rests on its printed number or on several documents."""
    high = registrations[(registrations.confidence == "high") & (registrations.filing_number == "")]
    for line in high.index[high.source_ids.map(split_list).str.len() < 2]:
        why = "but no filing number is printed and one document alone names it"
        yield Problem("registrations.csv", line, "confidence", "high", why)


def banks(registrations: pd.DataFrame) -> Iterator[Problem]:
    """A registrant named a bank is one, and numbers in both forms of a name are the same."""
    for line, row in zip(registrations.index, registrations.itertuples(), strict=True):
        if re.search(r"银行(股份有限公司)?$", row.entity_zh) and row.entity_type != "bank":
            yield Problem("registrations.csv", line, "entity_type", row.entity_type, f"but it is named {row.entity_zh}")
        for name in ("entity", "service"):
            chinese, english = getattr(row, f"{name}_zh"), getattr(row, f"{name}_en")
            numbers = [set(re.findall(r"\d+", text)) for text in (chinese, english)]
            if chinese and english and numbers[0] != numbers[1]:
                why = f"has other numbers than {chinese}"
                yield Problem("registrations.csv", line, f"{name}_en", english, why)


def notes(
    registrations: pd.DataFrame,
    batches: pd.DataFrame,
    published_counts: pd.DataFrame,
    events: pd.DataFrame,
    sources: pd.DataFrame,
) -> Iterator[Problem]:
    """Rows that a note names exist."""
    known = {*registrations.registration_id, *published_counts.count_id, *events.event_id, *sources.source_id}
    tables = {
        "registrations": registrations,
        "batches": batches,
        "published_counts": published_counts,
        "events": events,
    }
    for name, table in tables.items():
        for line, note in table.note.items():
            for key in _ID.findall(note):
                if key not in known:
                    yield Problem(f"{name}.csv", line, "note", key, "is no row")


def residents(regions: pd.DataFrame) -> Iterator[Problem]:
    """The provinces add up to what the census printed for all."""
    total = regions.population_2020.sum()
    if len(regions) == 31 and total != CENSUS_2020:
        why = f"the provinces add up to {total:,}, the census has {CENSUS_2020:,}"
        yield Problem("regions.csv", None, "population_2020", "", why)


def yielding(sectors: pd.DataFrame) -> Iterator[Problem]:
    """A sector gives way to sectors, or to all."""
    known = {*sectors.sector, "*"}
    for line, cell in sectors.yields_to.items():
        for value in split_list(cell):
            if value not in known:
                yield Problem("sectors.csv", line, "yields_to", value[:60], "is no sector")


def subjects(published_counts: pd.DataFrame) -> Iterator[Problem]:
    """Counts that contradict each other are of one subject, or rank it; the unit fits the dimension."""
    grouped = published_counts[published_counts.conflict_group != ""]
    for group, rows in grouped.groupby("conflict_group"):
        usual = rows.dimension.mode()[0]
        for line in rows.index[(rows.dimension != usual) & (rows.dimension != "rank")]:
            why = f"its other counts are of the dimension {usual}, this one of {rows.dimension[line]}"
            yield Problem("published_counts.csv", line, "conflict_group", group, why)
    for line, row in zip(published_counts.index, published_counts.itertuples(), strict=True):
        if (row.unit == "provinces") != (row.dimension == "provinces-present"):
            yield Problem("published_counts.csv", line, "unit", row.unit, f"does not fit the dimension {row.dimension}")


def _before(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _days(text: str) -> int:
    """A date as a number of days, the first of those that it may be; 0 if it is none."""
    try:
        return date.fromisoformat((text + "-01-01")[:10]).toordinal()
    except ValueError:
        return 0


CHECKS = [
    documents,
    addresses,
    named_places,
    titles,
    reported_dates,
    grades,
    named,
    banks,
    notes,
    residents,
    yielding,
    subjects,
]
