"""What tests share that count by hand: a register of three provinces and two lists, lists of known sizes, reports."""

from dataclasses import replace

import pandas as pd

from chainregistry import days


def tiny(data, counts):
    """Three provinces, two lists, and counts given as (batch_first, batch_last, dimension, key, relation, value)."""
    rows = [
        {
            "count_id": f"c{i:03d}", "batch_first": first, "batch_last": last, "span_inferred": False,
            "dimension": dimension, "key": key,
            "province_code": key.replace("all", "").replace("+", " ").replace(">", " "), "label": "",
            "relation": relation, "value": value,
            "unit": "provinces" if dimension == "provinces-present" else "services",
            "source_ids": "", "confidence": "high", "conflict_group": "", "set_aside": "", "note": "",
        }
        for i, (first, last, dimension, key, relation, value) in enumerate(counts)
    ]  # fmt: skip
    return replace(
        data,
        regions=data.regions.iloc[:3],
        batches=data.batches.iloc[:2],
        published_counts=pd.DataFrame(rows),
        registrations=data.registrations.iloc[:0],
    )


COLUMNS = ["event_id", "project_id", "date", "level", "sector", "province_code", "stage", "kind", "country"]
ROWS = [
    ("e01", "p1", "2019-03-01", "court", "judiciary", "44", "live", "deployment", "China"),
    ("e02", "p2", "2019-05", "county", "judiciary", "33", "pilot", "deployment", "China"),
    ("e03", "p3", "2020-01-01", "prefecture", "tax-invoicing", "44", "announced", "deployment", "China"),
    ("e04", "p4", "2020-06-01", "provincial", "tax-invoicing", "11", "live", "deployment", "China"),
    ("e05", "p5", "2020", "state-owned", "finance", "", "live", "deployment", "China"),
    ("e06", "p6", "2018-01-01", "none", "finance", "", "live", "deployment", "Japan"),
    ("e07", "p7", "2018-02-01", "foreign-national", "finance", "", "live", "deployment", "South Korea"),
    ("e08", "", "2019-01-01", "county", "judiciary", "33", "", "statement", "China"),
    ("e09", "", "2019-10-24", "national", "other", "", "", "policy", "China"),
    ("e10", "p1", "2019-04-01", "none", "judiciary", "44", "live", "deployment", "China"),
    ("e11", "", "2017-09-04", "national", "finance", "", "", "restriction", "China"),
    ("e12", "", "2018-09-04", "national", "finance", "11", "", "policy", "China"),
]
TOLD = {"e01": "Ant Group; Xin", "e02": "Alipay; Alibaba", "e04": "Xin"}


def reports(data):
    """The data with these reports alone; that of e04 is not well documented."""
    rows = pd.DataFrame(ROWS, columns=COLUMNS)
    rows = rows.assign(
        organisations=rows.event_id.map(TOLD).fillna(""), source_ids="n1", date_inferred=False, digital_yuan=False,
        list_group="", single_use="",
        confidence=["low" if name == "e04" else "high" for name in rows.event_id], title=rows.event_id,
    )  # fmt: skip
    return replace(data, events=rows)


def sized(data, services, running):
    """The lists up to the last that has a size, with these sizes and running totals alone, none of them imported."""
    lists = data.batches[data.batches.batch <= max(services)]
    lists = lists.assign(services=lists.batch.map(services), cumulative_services=lists.batch.map(running))
    lists = lists.astype({"services": "Int64", "cumulative_services": "Int64"})
    return replace(data, batches=lists, official=data.official.iloc[:0])


def dated(*rows):
    """Events with spans of days from (event_id, province_code, date, date_inferred)."""
    return days.with_spans(pd.DataFrame(rows, columns=["event_id", "province_code", "date", "date_inferred"]))


def begun(*rows):
    """What is known of first projects (``firsts.observed``), from (province, first day, last day, censoring)."""
    table = pd.DataFrame(rows, columns=["province_code", "earliest", "latest", "censoring"])
    return table.astype({"earliest": "datetime64[us]", "latest": "datetime64[us]"})


SPAN = [("33", "2019-05-01", "2019-05-31", "span")]
FIRST = begun(
    *SPAN, ("11", None, "2018-12-31", "left"),
    ("44", "2019-03-01", "2019-03-01", "span"), ("12", "2022-01-01", None, "right"),
)  # fmt: skip
