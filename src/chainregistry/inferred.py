"""What ranges rest on that nobody printed: lists of counts that name none, and what a rounded share may mean."""

import numpy as np
import pandas as pd

from chainregistry.bounds import Model, without_inferred
from chainregistry.claims import in_words
from chainregistry.facts import rounded
from chainregistry.kept import answer
from chainregistry.values import UNSAID, Interval, count, counted_services, listing

FIRM = "if only counts with list numbers are used"
"""What a range rests on without these."""
PLACED = f"if counts {UNSAID} are assigned to the right lists"
"""On what else a statement rests that holds only with these."""
DATED = "Counts that do not say which lists they cover"
COUNT = "A count that does not say which lists it covers"
"""These counts, and one of them, for readers who have not yet met them."""
RESTS = ("from counts with list numbers", f"also from counts {UNSAID}")
"""What a full and a hollow mark of a range mean."""


def marked(model: Model, ranges: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Ranges of provinces with ``inferred``: whether they rest on a count whose lists are inferred, not printed."""
    return compared(ranges, without(model, ranges, first, last))


def compared(ranges: pd.DataFrame, less: pd.DataFrame) -> pd.DataFrame:
    """Ranges with ``inferred``: whether they differ from those without the counts whose lists are inferred."""
    differ = (ranges.low != less.low) | (ranges.high.fillna(-1) != less.high.fillna(-1))
    return ranges.assign(inferred=differ.astype(bool))


def without(model: Model, ranges: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Ranges of the same provinces without the counts whose lists are inferred: columns low and high."""

    def solve() -> dict:
        table = without_inferred(model).table(first, last, list(ranges.province_code))
        return {"high": [None if pd.isna(high) else int(high) for high in table.high], "low": list(map(int, table.low))}

    question = {"without inferred lists": list(ranges.province_code), "lists": [first, last]}
    found = answer(model.data.folder, model.facts, question, solve)
    return pd.DataFrame({"low": found["low"], "high": pd.array(found["high"], dtype="Int64")}, index=ranges.index)


def narrowing(model: Model, code: str, last: int) -> list[pd.DataFrame]:
    """Counts whose lists are inferred (rows) without any one of which less would be known of a province on the lists
    to ``last``: those for its services, and those for its place."""
    counts, less = model.counts[model.counts.span_inferred], without_inferred(model)

    def needed(ask) -> list[str]:
        if (known := ask(model, code, 1, last)) == ask(less, code, 1, last):
            return []
        without = {key: ask(model.variant([key], exact=True), code, 1, last) for key in counts.count_id}
        return [key for key, found in without.items() if found != known]

    solve = lambda: {"counts": [needed(Model.between), needed(Model.rank)]}  # noqa: E731
    found = answer(model.data.folder, model.facts, {"narrowing": code, "lists": [1, last]}, solve)
    return [counts[counts.count_id.isin(keys)] for keys in found["counts"]]


def effect(ranges: pd.DataFrame, less: pd.DataFrame, counts: str = f"counts {UNSAID}") -> str:
    """What the counts whose lists are inferred do to the ranges of provinces, given those ``without`` them, in words.

    Each province with one number by them, or with a greater least number or with an end, has its range without them;
    of the others it is said by how much their greatest number would be more.
    """
    rows = compared(ranges, less).assign(less_low=less.low, less_high=less.high).query("inferred")
    one = (rows.low == rows.high).fillna(False).astype(bool)  # an open end is no number
    told = rows[one | (rows.low != rows.less_low) | rows.less_high.isna()]
    could = [f"{row.name_en} {_interval(row.less_low, row.less_high)}" for row in told.itertuples()]
    if could:
        first = told.iloc[0]
        could[0] = f"{first.name_en} could have {_interval(first.less_low, first.less_high)} services"
    parts = [listing(could)] * bool(could)
    if len(rest := rows.drop(told.index)):
        by = rest.less_high - rest.high
        who = count(rest, f"{'other ' * bool(could)}province")
        by = Interval(int(by.min()), int(by.max()))
        parts.append(f"the upper limit{'s' * (len(rest) > 1)} of {who} would be {by} higher")
    return f"if {counts} are left out, {', and '.join(parts)}" if parts else ""


def _interval(low: float, high: float) -> Interval:
    return Interval(int(low), None if pd.isna(high) else int(high))


def of_shares(model: Model, code: str) -> pd.DataFrame:
    """Printed shares (rows of counts) without which a number of a province on the same lists would be less known."""
    shares = model.counts.query("unit == 'percent' and dimension in ['province', 'county'] and province_code == @code")
    moved = [
        model.between(code, first, last) != model.variant([row.count_id], exact=True).between(code, first, last)
        for row in shares.itertuples()
        for first, last in [(int(row.batch_first), int(row.batch_last))]
    ]
    return shares[np.array(moved, dtype=bool)]


def from_shares(model: Model, shares: pd.DataFrame) -> str:
    """Of shares (``of_shares``) what is a share of what, as what it is read (``facts``), and what it makes of the
    services there, in sentences; nothing for none."""
    counts, told = model.counts, []
    for row in shares.itertuples():
        part = counts[(counts.key == row.key.partition("/")[0]) & (counts.unit == "services")]
        part = part[(part.batch_first == row.batch_first) & (part.batch_last == row.batch_last)].value
        least, most = rounded(row.value)
        who, _, share = in_words(model.data, row, inferred=False).partition(": ")
        own = model.between(row.province_code, int(row.batch_first), int(row.batch_last))
        name = model.data.regions.set_index("province_code").name_en[row.province_code]
        there = "them" if row.batch_last > row.batch_first else "it"
        some = f", {part.iloc[0]:g} of them from {who}" * bool(len(part))
        told.append(
            f"{who} is said to have {share}; if this means {least:g} to {most:g} per cent, {name} has"
            f" {counted_services(own)} on {there}{some}."
        )
    return " ".join(told)
