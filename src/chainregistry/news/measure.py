"""How good the codes are: by column, the share decided and the share right of what is decided, with intervals.

Three sets are measured: the three quarters of the events whose words were read while the rules were written, the last
quarter, which no rule was fitted to, and headlines that somebody else wrote and coded, blind to the rules. The events are
parted by source, so that items out of one article stay together.
"""

import zlib

import pandas as pd

from chainregistry.classify import UNCLEAR
from chainregistry.data import Data
from chainregistry.news.code import Coder
from chainregistry.news.read import Item
from chainregistry.shares import wilson
from chainregistry.values import Share, percentage

COLUMNS = ["country", "province", "city", "level", "sector", "kind", "stage", "digital_yuan", "incentive"]
GOALS = {"province": (0.97, 0.80), "sector": (0.90, 0.60), "kind": (0.85, 0.0), "stage": (0.85, 0.0)}
"""Least share right of what is decided, and least share decided."""
SETS = {
    "tuned": "events that the rules were tuned on",
    "rest": "real items not used in building the rules",
    "headlines": "invented headlines",
}
CODES = {
    "relevant": "choice of items", "sector": "field", "kind": "kind of event", "level": "kind of body",
    "stage": "stage reached",
}  # fmt: skip
"""What columns are called on a page, where not by their own name."""
_FLAGS = ["digital_yuan", "incentive"]


def tuning(events: pd.DataFrame) -> pd.Series:
    """Whether an event belongs to the part that the rules were tuned on; told by its first source."""
    return events.source_ids.map(lambda cell: zlib.crc32(cell.split()[0].encode()) % 4 != 3).astype(bool)


def of_events(data: Data) -> pd.DataFrame:
    """The events as items with the right codes: title, date, publisher, text, set, relevant, and COLUMNS."""
    events = data.events
    slugs = data.regions.set_index("province_code").slug
    table = events[["title", "date", "country", "city", "level", "sector", "kind", "stage", *_FLAGS]].copy()
    table["text"], table["province"] = events.summary, events.province_code.map(slugs).fillna("")
    table["relevant"] = (events.country == "China") & ((events.level != "none") | (events.kind == "registration"))
    table["set"] = tuning(events).map({True: "tuned", False: "rest"})
    return table


def of_headlines(headlines: pd.DataFrame) -> pd.DataFrame:
    """The table of headlines in the same form; its right codes stand in columns that begin with ``true_``.

    Relevant is what ``true_relevant`` says, without such a column what the codes say, as for events.
    """
    texts = headlines.fillna("").astype(str)
    table = texts[["title", "date", "text"]].copy()
    for column in COLUMNS:
        table[column] = texts.get(f"true_{column}", pd.Series("", index=texts.index))
    for column in _FLAGS:
        table[column] = table[column].str.lower() == "true"
    if "true_relevant" in texts:
        table["relevant"] = texts.true_relevant.str.lower() == "true"
    else:
        table["relevant"] = (table.country == "China") & ((table.level != "none") | (table.kind == "registration"))
    return table.assign(set="headlines")


def coded(data: Data, table: pd.DataFrame) -> pd.DataFrame:
    """What the rules say of each row: COLUMNS, empty where they decide nothing, and left_out."""
    coder = Coder(data)
    rows = []
    for row in table.itertuples():
        codes = coder.code(Item(row.title, date=row.date, text=row.text))
        rows.append({column: codes.values[column] for column in COLUMNS} | {"left_out": codes.left_out})
    return pd.DataFrame(rows, index=table.index)


def measured(data: Data) -> pd.DataFrame:
    """Accuracy of the coding of news, by set and column.

    Returns
    -------
    pandas.DataFrame
        columns set, column, items (relevant ones whose right code is told), decided (of all relevant items), right;
        share_decided and right_share with their 95% intervals (Wilson) in share_low, share_high, right_low and
        right_high; goal_right and goal_decided where there is a goal. The column "relevant" tells of the choice of
        items: decided are those kept, right those of them that are relevant, share_decided is the share of the
        relevant that are kept.
    """
    parts = [of_events(data)] + ([of_headlines(data.headlines)] if len(data.headlines) else [])
    table = pd.concat(parts, ignore_index=True)
    return scores(table, coded(data, table))


ENOUGH = 10
"""Items below which a share tells nothing."""


def accuracy(data: Data) -> pd.DataFrame:
    """The measure for reading: what no rule was tuned on, in words; see ``measured`` for the numbers.

    Columns measured_on, question, decided (of the items that tell it) and right (of all that is decided, also where nothing
    was to be told) with its 95% interval. Codes that fewer than ENOUGH items tell, or are decided for, are left out.
    """
    found = (
        measured(data)
        .query(f"set != 'tuned' and items >= {ENOUGH} and decided >= {ENOUGH}")
        .sort_values("set", key=lambda s: s != "headlines", kind="stable")
    )
    return pd.DataFrame(
        {
            "measured_on": found["set"].map(SETS),
            "question": found.column.map(lambda name: CODES.get(name, name.replace("_", " "))),
            "decided": [f"{percentage(row.share_decided)} of {row.items:,}" for row in found.itertuples()],
            "right_of_all_decided": [
                f"{percentage(row.right_share)} of {row.decided:,} ({Share(row.right_low, row.right_high)})"
                for row in found.itertuples()
            ],
        }
    ).reset_index(drop=True)


def scores(table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Scores as ``accuracy`` gives them, from the right codes and the codes found, row by row."""
    rows = []
    for name in table["set"].unique():
        of_set = table["set"] == name
        kept = of_set & (found.left_out == "")
        both = kept & table.relevant
        rows.append(_score(name, "relevant", int((of_set & table.relevant).sum()), kept.sum(), both.sum(), both.sum()))
        relevant = of_set & table.relevant
        for column in COLUMNS:
            right_code, code = table[column], found[column].where(found.left_out == "", "")
            told = relevant & ~right_code.isin(["", False, UNCLEAR])
            decided = relevant & (code != "")
            right = decided & (code == right_code)
            rows.append(_score(name, column, told.sum(), decided.sum(), right.sum(), (told & decided).sum()))
    return pd.DataFrame(rows)


def _score(name: str, column: str, items: int, decided: int, right: int, told: int) -> dict:
    of_items, of_decided = wilson(int(told), int(items)), wilson(int(right), int(decided))
    goal_right, goal_decided = GOALS.get(column, (float("nan"),) * 2)
    return {
        "set": name, "column": column, "items": int(items), "decided": int(decided), "right": int(right),
        "share_decided": told / items if items else float("nan"), "share_low": of_items.low, "share_high": of_items.high,
        "right_share": right / decided if decided else float("nan"),
        "right_low": of_decided.low, "right_high": of_decided.high,
        "goal_right": goal_right, "goal_decided": goal_decided,
    }  # fmt: skip
