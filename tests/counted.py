"""What the tests of counts share: a register of three provinces and two lists, and lists of known sizes."""

from dataclasses import replace

import pandas as pd


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


def sized(data, services, running):
    """The lists up to the last that has a size, with these sizes and running totals alone, none of them imported."""
    lists = data.batches[data.batches.batch <= max(services)]
    lists = lists.assign(services=lists.batch.map(services), cumulative_services=lists.batch.map(running))
    lists = lists.astype({"services": "Int64", "cumulative_services": "Int64"})
    return replace(data, batches=lists, official=data.official.iloc[:0])
