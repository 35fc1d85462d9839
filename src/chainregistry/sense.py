"""What the description of the data cannot say: dates, places, levels, projects and sums that must fit each other.

Each check is a function of the typed tables that it names as its arguments; their index is the line in the file.
"""

import re
from collections.abc import Collection, Iterator
from inspect import signature

import pandas as pd

from chainregistry import documented, filing
from chainregistry import stories as telling
from chainregistry.classify import Lexicon
from chainregistry.data import Problem, published_totals, split_list
from chainregistry.days import is_date

FIRST_YEAR = 2008
"""Year of the paper that the technology goes back to; nothing here is older."""

_LENGTHS = {"day": 10, "month": 7, "year": 4, "no-later-than": 10, "": 0}

BODIES = [
    (r"\bCourts?\b|Procuratorate", {"court"}),
    (r"Tax Service|Tax Bureau|Customs$|^State Administration of Foreign Exchange, |^People's Bank of China[, ].*branch",
     {"central-branch"}),
    (r"^State Administration of Foreign Exchange$", {"national", "central-branch"}),
    (r"^(Ministry of|State Council|National |CPC Central|Cyberspace Administration of China|People's Bank of China$)",
     {"national"}),
    (r"^[^,]*(Provincial|Autonomous Region)|^(Beijing|Shanghai|Tianjin|Chongqing) Municipal", {"provincial"}),
    (r"^[^,]*Municipal", {"prefecture", "county"}),
    (r"^[^,]*(District|County|Banner|Subdistrict|Town Government)", {"county"}),
]  # fmt: skip
"""Levels that a body of mainland China can have by its name: the first form that fits decides."""

FOREIGN = {
    "Hong Kong": {"provincial", "state-owned", "none"},
    "other": {"foreign-national", "foreign-local", "state-owned", "none"},
}
"""Levels of bodies outside mainland China."""


STAGES = {
    "registration": {"other"},
    "funding": {"funding"},
    "statement": {"policy", "other"},
    "restriction": {"policy"},
    "tally": {"live", "pilot", "other"},
    "deployment": {"announced", "pilot", "live", "closed"},
    "policy": {"policy", "announced", "pilot", "live", "closed"},
}
"""Stages that an event of a kind can have; those of other kinds are free."""

_CHINESE = r"[\u3400-\u9fff]"


def problems(tables: dict[str, pd.DataFrame], created: str, gaps: Collection[str] = ()) -> Iterator[Problem]:
    """All checks whose tables could be read; ``created`` is the day of the data, which no date is after, and ``gaps``
    are ids of projects that were given up."""
    given = tables | {"created": created, "gaps": gaps}
    for look in CHECKS:
        needs = list(signature(look).parameters)
        if set(needs) <= set(given):
            yield from look(**{name: given[name] for name in needs})


def dates(batches: pd.DataFrame, events: pd.DataFrame, sources: pd.DataFrame, created: str) -> Iterator[Problem]:
    """Not before the technology and not after the data."""
    for file, column in (("batches", batches.published), ("events", events.date), ("sources", sources.published)):
        for line, value in column[column != ""].items():
            why = ""
            if not is_date(value):
                continue  # told where the columns are looked at
            if int(value[:4]) < FIRST_YEAR:
                why = f"is before {FIRST_YEAR}"
            elif value > created[: len(value)]:
                why = f"is after {created}, the day of the data (created in datapackage.json)"
            if why:
                yield Problem(f"{file}.csv", line, str(column.name), value, why)


def precision(batches: pd.DataFrame, events: pd.DataFrame) -> Iterator[Problem]:
    """The stated precision is that of the date."""
    for file, table, column in (("batches", batches, "published"), ("events", events, "date")):
        for line, value, how in zip(table.index, table[column], table.date_precision, strict=True):
            if len(value) != _LENGTHS.get(how, len(value)):
                yield Problem(f"{file}.csv", line, column, value, f"does not have the precision {how!r}")


def order(batches: pd.DataFrame) -> Iterator[Problem]:
    """Lists come one after the other, and a registrant has at least one service."""
    before = ""
    for place, (line, row) in enumerate(_rows(batches), start=1):
        if pd.notna(row.batch) and row.batch != place:
            why = f"lists are numbered through; this is number {place}"
            yield Problem("batches.csv", line, "batch", str(row.batch), why)
        if row.published and row.published < before[: len(row.published)]:
            why = f"is before the list above it ({before})"
            yield Problem("batches.csv", line, "published", row.published, why)
        before = row.published or before
        if pd.notna(row.entities) and pd.notna(row.services) and row.entities > row.services:
            why = f"more registrants than services ({row.services})"
            yield Problem("batches.csv", line, "entities", str(row.entities), why)


def after_sources(events: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Problem]:
    """No event is later than all of its documents."""
    published = dict(zip(sources.source_id, sources.published, strict=True))
    for line, row in _rows(events):
        days = [published.get(value, "") for value in split_list(row.source_ids)]
        if days and all(days) and all(_later(row.date, day) for day in days):
            why = f"is after all its documents (the last of {max(days)}); an event that was only planned has their day"
            yield Problem("events.csv", line, "date", row.date, why)


def places(events: pd.DataFrame) -> Iterator[Problem]:
    """A province for mainland China only, and a city in one province."""
    for line, row in _rows(events[(events.country != "China") & (events.province_code != "")]):
        yield Problem("events.csv", line, "province_code", row.province_code, f"is given for {row.country}")
    inland = events[(events.country == "China") & (events.city != "") & (events.province_code != "")]
    codes = inland.groupby("city").province_code.nunique()
    for city, rows in inland[inland.city.isin(codes.index[codes > 1])].groupby("city"):
        usual = rows.province_code.mode()[0]
        for line, row in _rows(rows[rows.province_code != usual]):
            why = f"{city} has the code {usual} elsewhere"
            yield Problem("events.csv", line, "province_code", row.province_code, why)


def levels(events: pd.DataFrame) -> Iterator[Problem]:
    """The level fits the country and, where its name decides, the body."""
    for line, row in _rows(events):
        body, why = row.body.split(";")[0].strip(), ""
        inland = row.country == "China"
        if row.level == "none" and body and "(unnamed)" not in body:
            why = f"but a public body is named ({body})"
        elif row.level not in ("none", "") and not body:
            why = "but no public body is named; for a firm or association the level is none"
        elif inland and row.level.startswith("foreign"):
            why = "is for other countries"
        elif not inland and row.level and row.level not in FOREIGN.get(row.country, FOREIGN["other"]):
            why = f"is not a level of bodies of {row.country}"
        elif inland and row.level not in ("state-owned", ""):
            allowed = next((fits for form, fits in BODIES if re.search(form, body)), {row.level})
            if row.level not in allowed:
                why = f"but by its name {body} is {' or '.join(sorted(allowed))}"
        if why:
            yield Problem("events.csv", line, "level", row.level, why)


def stages(events: pd.DataFrame) -> Iterator[Problem]:
    """The stage is one that an event of this kind can have, and a single use of evidence is a court's."""
    for line, row in _rows(events):
        allowed = STAGES.get(row.kind, {row.stage})
        if row.stage and row.stage not in allowed:
            why = f"is no stage of a {row.kind}, which is {' or '.join(sorted(allowed))}"
            yield Problem("events.csv", line, "stage", row.stage, why)
    uses = events[events.single_use != ""]
    for line, _ in _rows(uses[(uses.level != "court") | (uses.kind != "deployment")]):
        yield Problem("events.csv", line, "single_use", "evidence", "but this is no deployment of a court")


def projects(events: pd.DataFrame, gaps: Collection[str]) -> Iterator[Problem]:
    """Every deployment has a project; events of one share country, province and a name."""
    for line in events.index[(events.kind == "deployment") & (events.project_id == "")]:
        yield Problem("events.csv", line, "project_id", "", "must not be empty for a deployment")
    for line, row in _rows(events[events.kind.isin(["market", "registration"]) & (events.project_id != "")]):
        yield Problem("events.csv", line, "project_id", row.project_id, f"is given for a {row.kind}")
    numbered = set(events.project_id[events.project_id.str.fullmatch(r"p\d+")])
    last = max((int(name[1:]) for name in numbered), default=0)
    gone = sorted({f"p{number:03d}" for number in range(1, last + 1)} - numbered - set(gaps))
    if gone:
        why = "is missing; a project that was given up is named under gaps in datapackage.json"
        yield Problem("events.csv", None, "project_id", ", ".join(gone[:5]), why)
    several = events[(events.project_id != "") & events.project_id.duplicated(keep=False)]
    for project, rows in several.groupby("project_id"):
        country = rows.country.mode()[0]
        placed = (rows.province_code != "") & (rows.level != "national")  # a central body may go from one to the next
        codes = rows.province_code[placed].mode()
        names = {line: _names(row) for line, row in _rows(rows)}
        for line, row in _rows(rows):
            others = set().union(*(found for other, found in names.items() if other != line))
            why = ""
            if row.country != country:
                why = f"its other events are of {country}"
            elif placed[row.Index] and row.province_code != codes[0]:
                why = f"its other events have the province {codes[0]}, this one {row.province_code}"
            elif not names[line] & others:
                why = "this event shares no name (body, partner, title) with its other events"
            if why:
                yield Problem("events.csv", line, "project_id", project, why)


def basis(registrations: pd.DataFrame) -> Iterator[Problem]:
    """A province and what it was taken from stand together."""
    for line, row in _rows(registrations):
        if row.province_code and not row.province_basis:
            why = f"must say what the province ({row.province_code}) was taken from"
            yield Problem("registrations.csv", line, "province_basis", "", why)
        if row.province_basis and not row.province_code:
            yield Problem("registrations.csv", line, "province_code", "", f"has a basis ({row.province_basis}) only")
        if row.province_basis == "filing-number" and not row.filing_number:
            yield Problem("registrations.csv", line, "province_basis", row.province_basis, "but there is no number")


def languages(registrations: pd.DataFrame, regions: pd.DataFrame) -> Iterator[Problem]:
    """Chinese names stand in the Chinese columns only."""
    for file, table in (("registrations", registrations), ("regions", regions)):
        for column in [name for name in table if name.endswith(("_zh", "_en"))]:
            names = table[column][table[column] != ""]
            if column.endswith("_zh"):
                wrong, why = ~names.str.contains(_CHINESE), "is not in Chinese"
            else:
                wrong, why = names.str.contains(_CHINESE) & ~names.str.contains("[A-Za-z]"), "is in Chinese"
            for line in names.index[wrong]:
                yield Problem(f"{file}.csv", line, column, names[line], why)


def numbers(registrations: pd.DataFrame) -> Iterator[Problem]:
    """Filing numbers are right in themselves and agree with the province of the row."""
    for line, row in _rows(registrations[registrations.filing_number != ""]):
        try:
            number = filing.parse(row.filing_number)
        except filing.FilingNumberError:  # its form is told already
            continue
        wrong = number.problems()
        if row.province_code and row.province_code != number.province_code:
            wrong.append(f"the row says province {row.province_code}")
        for why in wrong:
            yield Problem("registrations.csv", line, "filing_number", row.filing_number, why)


def keywords(sectors: pd.DataFrame) -> Iterator[Problem]:
    """A keyword decides for one sector, in singular and plural, whatever its hyphens."""
    twice = False
    for column in ("keywords_zh", "keywords_en"):
        seen: dict[str, str] = {}
        for line, row in _rows(sectors):
            for word in split_list(getattr(row, column), "|"):
                if word.lower() in seen:
                    twice = True
                    yield Problem("sectors.csv", line, column, word, f"stands already in {seen[word.lower()]}")
                seen.setdefault(word.lower(), row.sector)
    if not twice:
        try:
            Lexicon.of(sectors)
        except ValueError as error:
            yield Problem("sectors.csv", None, "keywords_en", "", str(error))


def tiles(regions: pd.DataFrame) -> Iterator[Problem]:
    """Each province has a tile of its own on the map."""
    taken: dict[tuple, str] = {}
    for line, row in _rows(regions):
        tile = (row.grid_row, row.grid_col)
        if tile in taken:
            yield Problem("regions.csv", line, "grid_col", str(row.grid_col), f"is the tile of {taken[tile]}")
        taken.setdefault(tile, row.name_en)


def neighbours(regions: pd.DataFrame) -> Iterator[Problem]:
    """A border has two sides."""
    of = {row.province_code: split_list(row.neighbours) for _, row in _rows(regions)}
    for line, row in _rows(regions):
        for code in split_list(row.neighbours):
            if row.province_code not in of.get(code, [row.province_code]):
                yield Problem("regions.csv", line, "neighbours", code, f"does not name {row.province_code} in turn")


def conflicts(published_counts: pd.DataFrame) -> Iterator[Problem]:
    """A contradiction needs two."""
    groups = published_counts.conflict_group[published_counts.conflict_group != ""]
    for line in groups.index[~groups.duplicated(keep=False)]:
        yield Problem("published_counts.csv", line, "conflict_group", groups[line], "no other row has this group")


def spans(published_counts: pd.DataFrame) -> Iterator[Problem]:
    """Lists from first to last, provinces as in the key, and one place for one key."""
    place: dict[tuple, str] = {}
    for line, row in _rows(published_counts):
        if pd.notna(row.batch_first) and pd.notna(row.batch_last) and row.batch_first > row.batch_last:
            why = f"is before the first list ({row.batch_first})"
            yield Problem("published_counts.csv", line, "batch_last", str(row.batch_last), why)
        in_key = [part for part in re.split(r"[+>/]", row.key) if re.fullmatch(r"\d\d", part)]
        usual = place.setdefault((row.dimension, row.key), row.province_code)
        if in_key and sorted(in_key) != sorted(split_list(row.province_code)):
            why = f"does not agree with the key {row.key}"
            yield Problem("published_counts.csv", line, "province_code", row.province_code, why)
        elif row.province_code != usual:
            why = f"{row.key} has {usual or 'no province'} in another row"
            yield Problem("published_counts.csv", line, "province_code", row.province_code, why)


def second_codes(second_coding: pd.DataFrame, events: pd.DataFrame) -> Iterator[Problem]:
    """Where two coders differ it is decided, with a reason, and the event has the code that was decided for, or, where
    neither was right, another one."""
    stored = events.drop_duplicates("event_id").set_index("event_id")
    for line, row in _rows(second_coding):
        differ = row.first != row.second
        if differ != bool(row.decision) or differ != bool(row.reason):
            why = "must be decided, with a reason" if differ else "is given, though both codes are the same"
            yield Problem("second_coding.csv", line, "decision", row.decision, why)
        elif differ and row.event_id in stored.index and row.column in stored:
            code, codes = stored.at[row.event_id, row.column], {"first": row.first, "second": row.second}
            wrong = code in codes.values() if row.decision == "other" else code != codes.get(row.decision, code)
            if wrong:
                decided = codes.get(row.decision, "another code") or "no code"
                why = f"decided for {decided}, but events.csv has {code or 'no code'}"
                yield Problem("second_coding.csv", line, "decision", row.decision, why)


def sums(registrations: pd.DataFrame, batches: pd.DataFrame, published_counts: pd.DataFrame) -> Iterator[Problem]:
    """List sizes against running and published totals; provinces, registrants and named rows against totals."""
    totals = published_totals(batches)
    for line, row in _rows(batches):
        if pd.isna(row.cumulative_services) or pd.isna(row.batch) or row.batch == 1:
            continue
        parts = [totals.get((batch, batch)) for batch in range(1, row.batch + 1)]
        if None not in parts and sum(parts) != row.cumulative_services:
            why = f"the lists so far add up to {sum(parts)}"
            yield Problem("batches.csv", line, "cumulative_services", str(row.cumulative_services), why)
    printed = published_counts.query("set_aside == '' and relation == '='").dropna(
        subset=["value", "batch_first", "batch_last"]
    )
    sized = batches.dropna(subset=["batch", "entities"])
    entities = dict(zip(sized.batch, sized.entities, strict=True))
    for line, row in _rows(printed[(printed.dimension == "total") & (printed.key == "all")]):
        total = totals.get((row.batch_first, row.batch_last)) if row.unit == "services" else (
            entities.get(row.batch_first) if row.batch_first == row.batch_last else None
        )  # fmt: skip
        if total is None and row.unit == "services" and row.batch_first == row.batch_last:
            why = f"batches.csv has no size for list {row.batch_first}"
            yield Problem("published_counts.csv", line, "value", f"{row.value:g}", why)
        if total is not None and total != row.value:
            why = f"batches.csv has {total} for the same lists; set one aside with a reason"
            yield Problem("published_counts.csv", line, "value", f"{row.value:g}", why)
    counts = printed[printed.unit == "services"]
    provinces = counts[(counts.dimension == "province") & ~counts.key.str.contains("+", regex=False)]
    for (first, last), group in provinces.groupby(["batch_first", "batch_last"]):
        total, together = totals.get((first, last)), group.value.sum()
        if total is not None and together > total:
            why = f"provinces of lists {first} to {last} add up to {together:g}, more than all services ({total})"
            yield Problem("published_counts.csv", group.index[0], "value", "", why)
    for batch, named in registrations.query("confidence != 'low'").groupby("batch").size().items():
        if (batch, batch) in totals and named > totals[batch, batch]:
            why = f"names {named} services of list {batch}, which has {totals[batch, batch]}"
            yield Problem("registrations.csv", None, "batch", str(batch), why)


CHECKS = [
    dates,
    precision,
    order,
    after_sources,
    places,
    levels,
    stages,
    projects,
    basis,
    languages,
    numbers,
    keywords,
    tiles,
    neighbours,
    spans,
    conflicts,
    second_codes,
    sums,
    *documented.CHECKS,
    telling.problems,
]


def _rows(table: pd.DataFrame) -> Iterator[tuple]:
    """Line and row, one after the other."""
    return zip(table.index, table.itertuples(), strict=True)


def _later(one: str, other: str) -> bool:
    """Whether a date is after another, as far as the less precise of them tells."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


_COMMON = {"Blockchain", "Government", "Municipal", "Provincial", "District", "First", "The"}


def _names(event) -> set[str]:
    """Words with a capital in title, body and partners, but those that say nothing."""
    words = re.findall(r"\b[A-Z][\w']+", f"{event.title}; {event.body}; {event.organisations}")
    return {re.sub(r"'s?$", "", word) for word in words} - _COMMON
