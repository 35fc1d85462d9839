"""How many services the register has at least, and what adds up to it."""

import pandas as pd

from chainregistry.data import Data


def at_least(data: Data, last: int | None = None) -> int:
    """Services on the lists up to ``last``, at least: what ``sums`` adds up."""
    return int(sums(data, last).number.sum())


def sums(data: Data, last: int | None = None) -> pd.DataFrame:
    """What ``at_least`` adds up: the last running total, and the later lists of known size.

    Imported lists count by their rows, and in the place of a running total if all of its lists are imported or
    these alone hold more. Columns part (in words), number (of services) and source_ids.
    """
    rows = data.batches[data.batches.batch <= (last or data.batches.batch.max())]
    own = data.official.groupby("batch").size()
    rows = rows.assign(services=rows.batch.map(own).fillna(rows.services))
    totals = rows.dropna(subset="cumulative_services").tail(1)
    through = int(totals.batch.max()) if len(totals) else 0
    if own[own.index <= through].sum() > totals.cumulative_services.sum() or {*range(1, through + 1)} <= {*own.index}:
        totals, through = totals.head(0), 0
    later = rows[rows.batch > through].dropna(subset="services")
    counts = data.published_counts.query("dimension == 'total' and key == 'all' and batch_first == 1 and span_inferred")
    inferred = dict.fromkeys(counts.batch_last, " (which lists, by its date)")
    parts = [
        (f"lists 1 to {r.batch}, as one running total{inferred.get(r.batch, '')}", r.cumulative_services, r.source_ids)
        for r in totals.itertuples()
    ]
    parts += [
        (f"list {r.batch}, by its rows", r.services, "")
        if r.batch in own
        else (f"list {r.batch}", r.services, r.source_ids)
        for r in later.itertuples()
    ]
    return pd.DataFrame(parts, columns=["part", "number", "source_ids"])
