"""What is known of the register: its lists, the named rows, and where sources disagree."""

import re
from typing import TYPE_CHECKING

import pandas as pd

from chainregistry import classify, days, filing, official
from chainregistry.data import Data, each_once
from chainregistry.values import RELATIONS, count, opening, ordinal

if TYPE_CHECKING:
    from chainregistry import bounds


def coverage(data: Data, confidence: str = "medium", last: int | None = None) -> pd.DataFrame:
    """One row per published list up to ``last``: its date, its size as printed, the services named.

    Columns list, published (in words), services, named, low (rows of lower confidence, not counted) and known:
    "complete" (imported: all its rows are named), "size and names", "size", "names" or "existence".
    """
    rows = data.registrations.dropna(subset="batch")
    named = data.named(confidence).groupby("batch").size()
    table = pd.DataFrame(
        {
            "list": data.batches.batch,
            "published": days.published(data.batches),
            "services": data.batches.services,
            "named": data.batches.batch.map(named).fillna(0).astype(int),
        }
    )
    table["low"] = data.batches.batch.map(rows.groupby("batch").size()).fillna(0).astype(int) - table.named
    known = {
        (True, True): "size and names",
        (True, False): "size",
        (False, True): "names",
        (False, False): "existence",
    }
    table["known"] = [known[pd.notna(size), named > 0] for size, named in zip(table.services, table.named, strict=True)]
    rows_of = data.official.groupby("batch").size()
    imported = table["list"].isin(data.complete)
    table.loc[imported, ["services", "named"]] = table["list"][imported].map(rows_of).astype(int)
    table.loc[imported, "known"] = "complete"
    return table[table["list"] <= (last or table["list"].max())].reset_index(drop=True)


def years(data: Data, last: int) -> str:
    """Years in which the lists up to ``last`` were published, in words: "2019 to 2020"."""
    found = [date[:4] for date in data.batches.published[data.batches.batch <= last] if date]
    return " to ".join(dict.fromkeys([found[0], found[-1]]))


SHOWN = ["batch", "entity_zh", "entity_en", "service_zh", "service_en", "sector", "confidence", "source_ids"]
"""Columns of registrations that a page shows."""


def registrants(data: Data) -> pd.DataFrame:
    """Registrants of the first list by their number of services there: columns whose_services
    and services_each (in words), entities, services.

    Counted on the list itself if it is imported (a row with a faulty number by its registrant's name), else as a blog
    printed it that had the whole list; ``source_ids`` is empty for the list itself.
    """
    if 1 in data.complete:
        rows = data.official[data.official.batch == 1]
        each = rows.subject_code.where(rows.valid, rows.entity_zh).value_counts()
        several, source_ids = each[each > 1], ""
        entities, services = [len(each) - len(several), len(several)], [len(each) - len(several), int(several.sum())]
    else:
        counts = data.published_counts.query("batch_last == 1 and dimension == 'multi-registrants'")
        counts = counts[counts.province_code == ""]
        value = counts.set_index(["key", "unit"]).value.astype(int)
        entities = [value["one-service", "entities"], value["all", "entities"]]
        services = [entities[0], value["all", "services"]]
        source_ids = " ".join(dict.fromkeys(counts.source_ids))
    one, several = entities
    words = [
        "service of the registrant with one" if one == 1 else f"services of the {one} registrants with one each",
        f"services of the {several} with several",
    ]
    columns = {"whose_services": words, "services_each": ["one service", "several services"]}
    table = pd.DataFrame(columns | {"entities": entities, "services": services})
    return table.assign(source_ids=source_ids)


ROLES = {"service": "for users", "technology": "for other providers", "unclear": "unclear"}
"""What a registered service is for, by the two kinds of provider."""


def roles(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that we can name by the kind of their provider: columns role and services_named."""
    number = data.named(confidence).role.value_counts()
    return pd.DataFrame({"role": list(ROLES.values()), "services_named": [int(number.get(role, 0)) for role in ROLES]})


def whom(roles: pd.DataFrame) -> str:
    """How many services serve whom, and of how many that is unclear, in a sentence."""
    users, others, unclear = roles.services_named
    serve = [f"{number or 'none'} serve{'s' * (number == 1)}" for number in (users, others)]
    told = f"{serve[0].capitalize()} users and {serve[1]} other providers"
    return told + f"; the role of {unclear} is unclear" * bool(unclear)


def for_reading(registrations: pd.DataFrame) -> pd.DataFrame:
    """Registrations with the columns that a reader of a page wants, in words."""
    names = {
        "registration_id": "row",
        "batch": "list",
        "entity_en": "registrant",
        "entity_zh": "registrant (Chinese)",
        "service_en": "service",
        "service_zh": "service (Chinese)",
        "sector": "sector",
        "confidence": "confidence",
        "source_ids": "sources",
    }
    return registrations[list(names)].rename(columns=names)


def uncounted(rows: pd.DataFrame, counted: pd.DataFrame) -> str:
    """How many of the ``rows`` that a page lists are not sure enough to be ``counted``, in a sentence; else nothing."""
    more = len(rows) - len(counted)
    low = (rows.confidence == "low").sum() == more
    which = f"{'doubtful' if low else 'less certain'} {'service is' if more == 1 else 'services are'}"
    return f"{opening(more)} {which} listed below and not counted." if more else ""


def numbers(data: Data) -> pd.DataFrame:
    """One row per filing number seen: its parts, its county, and whether its check character holds."""
    rows = data.registrations[data.registrations.filing_number != ""]
    parsed = [filing.parse(number) for number in rows.filing_number]
    return pd.DataFrame(
        {
            "registration_id": rows.registration_id.to_numpy(),
            "list": rows.batch.to_numpy(),
            "number": rows.filing_number.to_numpy(),
            "county": [str(number.county or number.county_code) for number in parsed],
            "province_code": [number.province_code for number in parsed],
            "year": [number.year for number in parsed],
            "subject": [number.subject for number in parsed],
            "service_no": [int(number.service_no) for number in parsed],
            "valid": [number.valid for number in parsed],
        }
    )


def groups(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that we can name by the group that their registrants belong to, the largest first.

    Columns group, entity_zh (the registrants as printed), services_named and source_ids; only groups
    with several.
    """
    rows = data.named(confidence)
    table = (
        rows[rows.group != ""]
        .groupby("group", as_index=False)
        .agg(
            entity_zh=("entity_zh", lambda names: "、".join(dict.fromkeys(filter(None, names)))),
            services_named=("registration_id", "size"),
            source_ids=("source_ids", each_once),
        )
    )
    several = table[table.services_named > 1]
    return several.sort_values(["services_named", "group"], ascending=[False, True], ignore_index=True)


FINANCE = "bank or other financial firm"
KINDS = {"association-academia": "association or university", "bank": FINANCE, "other-financial": FINANCE}
"""Kinds of registrants whose codes are no words; those of one trade are one kind."""


def kinds(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that we can name by the kind of their registrant: columns entity_type and services_named.

    The most frequent kind first, "unclear" last.
    """
    types = data.named(confidence).entity_type
    number = types.replace(KINDS).str.replace("-", " ").value_counts()
    order = [kind for kind in number.index if kind != "unclear"] + ["unclear"]
    return pd.DataFrame({"entity_type": order, "services_named": [int(number.get(kind, 0)) for kind in order]})


PLURALS = {"association or university": "associations and universities", FINANCE: "banks and other financial firms"}
"""Kinds of registrants of which several are not called by the kind and an s."""


SETTLED = 3
"""Services by which a kind must lead the next one to be named after the first: one service sorted otherwise moves one
from either to the other."""


def most_often(kinds: pd.DataFrame) -> str:
    """Which kinds of registrants most of the ``kinds`` of services belong to, in a sentence: the first, and the second
    where one service sorted otherwise would not bring it level with the third."""
    found = kinds[kinds.entity_type != "unclear"]
    lead = found.services_named - found.services_named.shift(-1, fill_value=0)
    first, *others = (
        (PLURALS.get(row.entity_type, re.sub("y$", "ie", row.entity_type) + "s"), row.services_named)
        for row in found.head(2 if (lead.iloc[1:2] >= SETTLED).all() else 1).itertuples()
    )
    more = "".join(f", {many} {number}" for many, number in others)
    whole = count(kinds.services_named.sum(), "identified service")
    return f"{first[0][:1].upper()}{first[0][1:]} registered {first[1]} of {whole}{more}"


UNITS = {"区": "district", "市": "county-level city"}
"""What units of the rank of a county are, by the last character of their names; others are counties."""


def parts(data: Data, number: str) -> pd.DataFrame:
    """A filing number taken apart: columns part and meaning."""
    from chainregistry.news.places import english  # pypinyin, which the register itself does without

    found = filing.parse(number)
    province = data.regions.set_index("province_code").name_en.get(found.province_code, "unknown")
    county = "unknown"
    if found.county:
        county = f"{english(found.county.name)} {str(found.county).removeprefix(found.county.province)}"
    rows = [
        (found.abbreviation, f"province: {province}"),
        ("网信备", "filed with the internet regulator"),
        (found.county_code, f"a {UNITS.get(county[-1:], 'county')} of {province}: {county}"),
        (f"{found.year % 100:02d}", "year, it seems"),
        (found.subject, "registrant"),
        (found.service_no, "which of the registrant's services, it seems"),
        (found.check, "check character"),
    ]
    return pd.DataFrame(rows, columns=["part", "meaning"])


def printed(counts: pd.DataFrame, model: "bounds.Model | None" = None) -> pd.DataFrame:
    """Published counts in words, one row each: what they count, their value, and whether the bounds use them.

    With a model, those that its imported lists make needless or impossible are said not to be used.
    """
    needless = model.needless if model else {}
    pairs = zip(counts.batch_first, counts.batch_last, strict=True)
    values = [
        f"{RELATIONS[relation]}{value:,g} {unit}"
        if relation
        else f"order of {unit}"
        if pd.isna(value)
        else f"{ordinal(int(value))} by {unit}"
        for relation, value, unit in zip(counts.relation, counts.value, counts.unit, strict=True)
    ]
    return pd.DataFrame(
        {
            "count": counts.count_id,
            "lists": [
                (f"{first}" if first == last else f"{first} to {last}") + (" (inferred)" if inferred else "")
                for (first, last), inferred in zip(pairs, counts.span_inferred, strict=True)
            ],
            "dimension": counts.dimension,
            "about": counts.label,
            "value": values,
            "confidence": counts.confidence,
            "used for the bounds": [
                f"no: {why}" if (why := reason or needless.get(count, "")) else "yes"
                for count, reason in zip(counts.count_id, counts.set_aside, strict=True)
            ],
            "sources": counts.source_ids,
        }
    )


def disagreements(data: Data, model: "bounds.Model | None" = None) -> pd.DataFrame:
    """Published counts that contradict each other, in words, with their ``group``; one row per count."""
    rows = data.published_counts[data.published_counts.conflict_group != ""].sort_values(["conflict_group", "count_id"])
    return printed(rows, model).assign(group=rows.conflict_group)


def implied(numbers: pd.DataFrame) -> int:
    """Services behind some filing numbers (as ``numbers`` gives them) if three of their digits count a registrant's."""
    return int(numbers.groupby("subject").service_no.max().sum())


def imported(data: Data) -> pd.DataFrame:
    """One row per imported list: its rows, those with a faultless number, the size printed elsewhere, its source.

    Columns list, rows, faultless, printed (missing where nobody printed it), difference, source, sha256 (its first
    twelve digits).
    """
    table = data.official.groupby("batch").agg(rows=("valid", "size"), faultless=("valid", "sum")).reset_index()
    table = table.merge(data.batches[["batch", "services"]], how="left").rename(columns={"services": "printed"})
    table = table.assign(difference=table["rows"] - table.printed)
    table = table.merge(official.origins(data.folder)[["batch", "source", "sha256"]], how="left")
    return table.assign(sha256=table.sha256.str[:12]).rename(columns={"batch": "list"})


def listed(data: Data) -> pd.DataFrame:
    """Rows of the imported lists with the columns city_code, city_zh, sector and keyword beside their own.

    The city is that of the filing number (``filing.city``), with its code for a name where that is not known; the
    sector is the classifier's, "unclear" where it abstains.
    """
    rows = data.official
    found = classify.classify(rows.service_zh, data.sectors)
    cities = [filing.city(code) if code else ("", "") for code in rows.county_code]
    return rows.assign(
        city_code=[code for code, _ in cities],
        city_zh=[name or code for code, name in cities],
        county_zh=rows.county_zh.where(rows.county_zh != "", rows.county_code),
        sector=found.sector,
        keyword=found.keyword,
    )


CARRIED = 400
"""Rows of imported lists that a page carries at most: more would make it heavy, and the lists are files anyway."""


def listed_for_reading(rows: pd.DataFrame, sectors: pd.Series) -> pd.DataFrame:
    """Rows of ``listed`` for a page, the newest list first, ``CARRIED`` at most; ``sectors`` are labels by sector.

    A column "faultless" is there only where not every row is.
    """
    rows = rows.sort_values(["batch", "sequence"], ascending=[False, True], kind="stable").head(CARRIED)
    table = pd.DataFrame(
        {
            "list": rows.batch,
            "registrant (Chinese)": rows.entity_zh,
            "service (Chinese)": rows.service_zh,
            "filing number": rows.filing_number,
            "county (Chinese)": rows.county_zh,
            "sector": rows.sector.map(sectors),
            "keyword (Chinese)": rows.keyword,
            "faultless": rows.valid.map({True: "yes", False: "no"}),
        }
    )
    return table.drop(columns="faultless") if rows.valid.all() else table


def carried(number: int) -> str:
    """What a caption says where a page does not carry all of so many rows; nothing where it does."""
    return f", {CARRIED} of {number:,} (data/official holds all)" if number > CARRIED else ""


def seats(rows: pd.DataFrame, level: str = "city") -> pd.DataFrame:
    """Rows of ``listed`` counted by the seat of the registrant, the largest number first.

    Columns code, place (Chinese), services, registrants (distinct subject codes), lists; ``level`` is "city" or
    "county". Rows whose number shows no place are left out.
    """
    rows = rows[rows[f"{level}_code"] != ""]
    table = rows.groupby(f"{level}_code").agg(
        place=(f"{level}_zh", "last"),
        services=("sequence", "size"),
        registrants=("subject_code", "nunique"),
        lists=("batch", "nunique"),
    )
    table = table.rename_axis("code").rename(columns={"place": "place (Chinese)"}).reset_index()
    return table.sort_values(["services", "code"], ascending=[False, True], ignore_index=True)


def subjects(rows: pd.DataFrame) -> pd.DataFrame:
    """Registrants of imported lists, linked by the subject code of their numbers, the most services first.

    Columns subject, registrant (Chinese) (the name on the first list), names (how many are printed), services,
    lists (how many), which (their numbers). Rows with a faulty number are left out.
    """
    rows = rows[rows.valid]
    table = rows.groupby("subject_code").agg(
        name=("entity_zh", "first"),
        names=("entity_zh", "nunique"),
        services=("sequence", "size"),
        lists=("batch", "nunique"),
        which=("batch", lambda batches: ", ".join(str(batch) for batch in sorted(set(batches)))),
    )
    table = table.rename_axis("subject").rename(columns={"name": "registrant (Chinese)"}).reset_index()
    return table.sort_values(["services", "subject"], ascending=[False, True], ignore_index=True)


def by_sector(rows: pd.DataFrame, sectors: pd.Series) -> pd.DataFrame:
    """Rows of ``listed`` counted by sector: sector (in words), services; the abstentions of the classifier last."""
    found = rows.sector.value_counts()
    order = sorted(found.index, key=lambda sector: (sector == classify.UNCLEAR, -found[sector], sector))
    words = [sectors[sector] if sector != classify.UNCLEAR else "the name does not tell" for sector in order]
    return pd.DataFrame({"sector": words, "services": [int(found[sector]) for sector in order]})


def agreement(data: Data, confidence: str = "low") -> pd.DataFrame:
    """Press rows beside the rows of the imported lists that fit them best, with the score of the match."""
    named = data.named(confidence)
    found = official.match(named, data.official)
    press = named[["registration_id", "entity_zh", "service_zh", "confidence"]]
    return found.merge(press, on="registration_id", suffixes=("", "_press"))


def contradicted(data: Data) -> pd.DataFrame:
    """Published counts that the imported lists do not bear out, with the lists' own number where it is one."""
    from chainregistry import bounds  # SciPy takes a while to import, and what renders pages has no need of it

    counts = data.published_counts[data.published_counts.count_id.isin(bounds.refuted(data))]
    numbers = []
    for row in counts.itertuples():
        rows = data.official[data.official.batch.between(row.batch_first, row.batch_last)]
        codes = row.province_code.split()
        plain = row.unit == "services" and row.dimension in ("total", "province")
        numbers.append(str(int(rows.province_code.isin(codes).sum()) if codes else len(rows)) if plain else "")
    return printed(counts).assign(**{"on the list": numbers})
