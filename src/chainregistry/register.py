"""What is known of the register: its lists, the named rows, and where sources disagree."""

import pandas as pd

from chainregistry import classify, filing, official
from chainregistry.data import Data


def coverage(data: Data, confidence: str = "medium", last: int | None = None) -> pd.DataFrame:
    """One row per published list up to ``last``: its date, its size as printed, the services named.

    Columns list, published, precision, services, named, low (rows of lower confidence, not counted) and known:
    "complete" (imported: all its rows are named), "size and names", "size", "names" or "existence".
    """
    rows = data.registrations.dropna(subset="batch")
    named = data.named(confidence).groupby("batch").size()
    table = pd.DataFrame(
        {
            "list": data.batches.batch,
            "published": data.batches.published,
            "precision": data.batches.date_precision,
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


def at_least(data: Data, last: int | None = None) -> int:
    """Services on the lists up to ``last``, at least: the last running total and the later lists of known size."""
    rows = data.batches[data.batches.batch <= (last or data.batches.batch.max())]
    totals = rows.dropna(subset="cumulative_services")
    later = rows[rows.batch > (totals.batch.max() if len(totals) else 0)]
    printed = int(totals.cumulative_services.max() if len(totals) else 0) + int(later.services.sum())
    return max(printed, int((data.official.batch <= rows.batch.max()).sum()))


def printed(counts: pd.DataFrame) -> pd.DataFrame:
    """Published counts in words, one row each: what they count, their value, and whether the bounds use them."""
    pairs = zip(counts.batch_first, counts.batch_last, strict=True)
    signs = {"=": "", ">=": "at least ", "~": "about "}
    values = [
        f"{signs[relation]}{value:,g} {unit}" if relation else f"order of {unit}"
        for relation, value, unit in zip(counts.relation, counts.value, counts.unit, strict=True)
    ]
    return pd.DataFrame(
        {
            "count": counts.count_id,
            "lists": [f"{first}" if first == last else f"{first} to {last}" for first, last in pairs],
            "dimension": counts.dimension,
            "about": counts.label,
            "value": values,
            "confidence": counts.confidence,
            "used for the bounds": counts.set_aside.map(lambda reason: f"no: {reason}" if reason else "yes"),
            "sources": counts.source_ids,
        }
    )


def disagreements(data: Data) -> pd.DataFrame:
    """Published counts that contradict each other, in words, with their ``group``; one row per count."""
    rows = data.published_counts[data.published_counts.conflict_group != ""].sort_values(["conflict_group", "count_id"])
    return printed(rows).assign(group=rows.conflict_group)


def imported(data: Data) -> pd.DataFrame:
    """One row per imported list: rows, rows with a faultless filing number, printed size and the difference."""
    table = data.official.groupby("batch").agg(rows=("valid", "size"), valid=("valid", "sum")).reset_index()
    table = table.merge(data.batches[["batch", "services"]], how="left").rename(columns={"services": "printed"})
    return table.assign(difference=table["rows"] - table.printed).rename(columns={"batch": "list"})


def seats(data: Data) -> pd.DataFrame:
    """Services of the imported lists by county, from the filing numbers: province_code, county_zh, services."""
    rows = data.official[data.official.county_code != ""]
    table = rows.groupby(["province_code", "county_code", "county_zh"]).size().rename("services").reset_index()
    return table.sort_values(["services", "county_code"], ascending=[False, True], ignore_index=True)


def subjects(data: Data) -> pd.DataFrame:
    """Registrants of the imported lists, linked by the subject code: subject_code, entity_zh, services, lists."""
    rows = data.official[data.official.valid]
    table = rows.groupby("subject_code").agg(
        entity_zh=("entity_zh", "first"),
        services=("sequence", "size"),
        lists=("batch", lambda batches: ", ".join(str(batch) for batch in sorted(set(batches)))),
    )
    return table.sort_values("services", ascending=False, kind="stable").reset_index()


def official_sectors(data: Data) -> pd.DataFrame:
    """Services of the imported lists by sector, as the classifier decides: sector, services; "unclear" abstains."""
    found = classify.classify(data.official.service_zh, data.sectors).sector
    return found.value_counts().rename_axis("sector").reset_index(name="services")


def agreement(data: Data) -> pd.DataFrame:
    """Press rows beside the rows of the imported lists that fit them best, with the score of the match."""
    found = official.match(data.registrations, data.official)
    press = data.registrations[["registration_id", "entity_zh", "service_zh", "confidence"]]
    return found.merge(press, on="registration_id", suffixes=("", "_press"))


def contradicted(data: Data) -> pd.DataFrame:
    """Published totals and province counts that the imported lists do not bear out, with the lists' own number."""
    counts = data.published_counts
    counts = counts[
        counts.dimension.isin(["total", "province"]) & (counts.unit == "services") & counts.relation.isin(["=", ">="])
    ]
    counts = counts[(counts.dimension == "province") | (counts.key == "all")]
    wrong = {}
    for count in counts.itertuples():
        span = range(count.batch_first, count.batch_last + 1)
        if set(span) <= set(data.complete):
            rows = data.official[data.official.batch.isin(span)]
            codes = count.province_code.split()
            number = int(rows.province_code.isin(codes).sum()) if codes else len(rows)
            if number < count.value or (count.relation == "=" and number != count.value):
                wrong[count.count_id] = number
    table = printed(counts[counts.count_id.isin(wrong)])
    return table.assign(**{"on the list": table["count"].map(wrong)})
