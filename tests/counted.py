"""What the tests of counts share: a register of three provinces and two lists."""

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
