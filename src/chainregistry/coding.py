"""How far two coders of the same events agree: Cohen's kappa by column, and what was decided where they differ.

Both coders belong to this project. The second one saw title, summary and date of a random sample and the rules, and
had seen the codes of some twenty events before; the first codes are those that stood in ``events.csv`` when the sample
was drawn.
"""

import numpy as np
import pandas as pd

from chainregistry import prose
from chainregistry.data import Data
from chainregistry.values import count

COLUMNS = ["kind", "stage", "level", "sector", "province_code"]
"""Columns of ``events`` that were coded twice."""


def kappa(first: pd.Series, second: pd.Series) -> float:
    """Agreement beyond chance (J. Cohen, Educational and Psychological Measurement 20, 1960), at most 1.

    Two series of codes of the same things, in the same order. Not a number where both coders used one and the same
    code throughout, since chance alone would then agree as well.
    """
    return float(_kappas(*_numbers(first, second), np.arange(len(first))[None, :])[0])


def agreement(data: Data, draws: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Agreement of the two coders, one row per column of ``events``.

    Columns: column, events (their number), agree (number of equal codes), share (of them), kappa, and low and high:
    the 95% percentile interval of ``draws`` samples of events with replacement. A draw for which kappa is not defined
    is left out.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for column in COLUMNS:
        codes = data.second_coding[data.second_coding.column == column]
        one, two = _numbers(codes["first"], codes.second)
        again = _kappas(one, two, rng.integers(len(codes), size=(draws, len(codes))))
        low, high = np.nanquantile(again, [0.025, 0.975])
        agree = int((one == two).sum())
        rows.append((column, len(codes), agree, agree / len(codes), kappa(codes["first"], codes.second), low, high))
    return pd.DataFrame(rows, columns=["column", "events", "agree", "share", "kappa", "low", "high"])


def alike(data: Data) -> int:
    """How many events both coders gave the same code in every column."""
    codes = data.second_coding
    return int((codes["first"] == codes.second).groupby(codes.event_id).all().sum())


def disagreements(data: Data) -> pd.DataFrame:
    """Where the two coders differ, with title and date of the event and what was decided, in the order of columns.

    Columns: event_id, date, title, column, first, second, decision (first, second or other), reason.
    """
    table = data.second_coding
    table = table[table["first"] != table.second].merge(data.events[["event_id", "date", "title"]], on="event_id")
    place = table.column.map(COLUMNS.index)
    table = table.assign(place=place).sort_values(["place", "event_id"], ignore_index=True)
    return table[["event_id", "date", "title", "column", "first", "second", "decision", "reason"]]


def kept(data: Data) -> str:
    """Whose answers were kept where the two coders differ, in a sentence."""
    decisions = disagreements(data).decision.value_counts()
    first, second, other = (int(decisions.get(code, 0)) for code in ("first", "second", "other"))
    neither = f"; in {count(other, 'case')} neither was" * bool(other)
    return f"The first reader's answer was kept {count(first, 'time')}, the second's {count(second, 'time')}{neither}."


def overturned(data: Data) -> str:
    """How many answers on which both coders agreed stand otherwise in ``events`` now, in a sentence."""
    same = data.second_coding[data.second_coding["first"] == data.second_coding.second]
    now = data.events.set_index("event_id")
    number = sum(now[row.column].get(row.event_id) != row.second for row in same.itertuples())
    were = count(number, "was", "were") if number else "none was"
    return f"Of {count(same, 'answer')} on which both agreed, {were} corrected later."


def _numbers(first: pd.Series, second: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Both lists of codes as numbers of one vocabulary."""
    both, _ = pd.factorize(pd.concat([first, second]))
    return both[: len(first)], both[len(first) :]


def _kappas(one: np.ndarray, two: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Kappa of each row of ``draws``, which holds positions of events."""
    codes = np.arange(max(one.max(), two.max()) + 1)
    same = (one == two)[draws].mean(axis=1)
    chance = ((one[draws][..., None] == codes).mean(axis=1) * (two[draws][..., None] == codes).mean(axis=1)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance < 1, (same - chance) / (1 - chance), np.nan)


WORDS = {
    "kind": "kind of event",
    "stage": "stage reached",
    "level": "kind of body",
    "sector": "field",
    "province_code": "province",
}
"""What each column holds, in words that fit after "the"."""


def for_reading(agreement: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``agreement`` with the column ``what``, the best first."""
    named = agreement.assign(what=agreement.column.map(WORDS))
    return named.sort_values("kappa", ascending=False, ignore_index=True)[["what", "kappa", "low", "high", "events"]]


def differing(data: Data) -> pd.DataFrame:
    """Rows of ``disagreements`` with names for codes, as a page shows them.

    Columns title, column, first, second, decision (the code that was kept, in words) and reason.
    """
    table = disagreements(data)
    names = prose.WORDS | {
        "sector": data.sectors.set_index("sector").label.to_dict(),
        "province_code": data.regions.set_index("province_code").name_en.to_dict(),
    }
    word = lambda column, code: names[column].get(code, code.replace("-", " ")) or "none"  # noqa: E731
    worded = lambda codes: list(map(word, table.column, codes))  # noqa: E731
    kept = table["first"].where(table.decision == "first", table.second).where(table.decision != "other", "neither")
    return table.assign(
        first=worded(table["first"]),
        second=worded(table.second),
        decision=worded(kept),
        column=table.column.map(WORDS),
    )[["title", "column", "first", "second", "decision", "reason"]]
