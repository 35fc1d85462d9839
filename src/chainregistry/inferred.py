"""What ranges rest on that nobody printed: lists of counts that name none, and what a rounded share may mean."""

import pandas as pd

from chainregistry.bounds import Model, without_inferred
from chainregistry.facts import rounded
from chainregistry.kept import answer
from chainregistry.values import RELATIONS, Interval, count, listing, lists_in_words

UNSAID = "that name no list"
"""What is said of counts whose lists are inferred."""
FIRM = "if only counts that name their lists are used"
"""What a range rests on without these."""
DATED = f"Counts {UNSAID}, assigned to lists by their date,"
"""These counts at the head of a sentence, for readers who have not yet met them."""
RESTS = ("by counts that name their lists", "also by a count that names no list")
"""What a full and a hollow mark of a range mean."""
STARRED = f"; * by counts {UNSAID}"
"""What a star behind a range means, in the caption of a map."""


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
    return f"without {counts} {', and '.join(parts)}" if parts else ""


def _interval(low: float, high: float) -> Interval:
    return Interval(int(low), None if pd.isna(high) else int(high))


def from_shares(model: Model, code: str) -> str:
    """Which numbers of a province follow from a printed share, and as what that is read (``facts``), in sentences;
    nothing for none."""
    shares = model.counts.query("unit == 'percent' and dimension in ['province', 'county'] and province_code == @code")
    told = []
    for row in shares.itertuples():
        first, last = int(row.batch_first), int(row.batch_last)
        known, without = (
            some.between(code, first, last) for some in (model, model.variant([row.count_id], exact=True))
        )
        least, most = rounded(row.value)
        share = f"{RELATIONS[row.relation]}{row.value:g} per cent, read as {least:g} to {most:g}"
        words = f"The number on {lists_in_words(first, last)} follows from a share printed as {share}."
        told += [words] * (known != without)
    return " ".join(told)
