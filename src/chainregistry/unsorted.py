"""Registered services that stand in no field, and why."""

import pandas as pd

from chainregistry.data import UNSORTED, Data, grades
from chainregistry.values import listing, some

WHY = [
    "the name shows no purpose",
    "the service is not named",
    "none of the fields fits",
]
"""Why a service stands in no field."""
SORTED = "sorted into a field"


def reasons(left: pd.DataFrame, named: int) -> pd.DataFrame:
    """Services of ``services`` by why they are, and the others of ``named``: columns why and services."""
    number = left.why.value_counts()
    table = pd.DataFrame({"why": WHY, "services": [int(number.get(why, 0)) for why in WHY]})
    return pd.concat([table, pd.DataFrame({"why": [SORTED], "services": [named - len(left)]})], ignore_index=True)


def why(left: pd.DataFrame) -> str:
    """Why services of ``services`` stand in no field, with their numbers, the commonest reason first, in a sentence."""
    words = {
        WHY[0]: ("has a name that shows no purpose", "have a name that shows no purpose"),
        WHY[1]: ("is identified without a name", "are identified without a name"),
        WHY[2]: ("fits no field", "fit no field"),
    }
    found = [some(int(number), *words[why]) for why, number in left.why.value_counts().items()]
    return f"Of those that we could not sort, {listing(found)}." if found else ""


def left_open(left: pd.DataFrame) -> str:
    """How many of ``services`` could belong to any field, in a sentence; nothing for none."""
    number = int((left.why != WHY[2]).sum())
    which = "one" if number == 1 else number
    return f"The {which} whose purpose we do not know may belong to any field." if number else ""


def commonest(left: pd.DataFrame) -> str:
    """The commonest of these reasons, for a title."""
    number = left.why.value_counts()
    why = "Why services stand in no field: most often"
    return f"{why} {number.index[0]} ({number.iloc[0]} of {len(left)})" if len(number) else "Each stands in a field"


def services(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Services that stand in no field, with ``why``, in the order of WHY, those known by a number alone after those
    with a registrant; those that are not counted come last.

    Columns registration_id, why, batch, entity_zh, entity_en, service_zh, service_en, filing_number, confidence,
    source_ids and counted.
    """
    rows = data.registrations[data.registrations.sector.isin(UNSORTED)]
    named = (rows.service_zh != "") | (rows.service_en != "")
    reason = rows.sector.map({"other": WHY[2]}).fillna(named.map({True: WHY[0], False: WHY[1]}))
    rows = rows.assign(why=pd.Categorical(reason, WHY, ordered=True), counted=rows.confidence.isin(grades(confidence)))
    rows["bare"] = ~named & (rows.entity_zh == "") & (rows.entity_en == "")
    order = ["counted", "why", "bare", "batch"]
    rows = rows.sort_values(order, ascending=[False, True, True, True]).astype({"why": str})
    columns = ["batch", "entity_zh", "entity_en", "service_zh", "service_en", "filing_number"]
    return rows[["registration_id", "why", *columns, "confidence", "source_ids", "counted"]].reset_index(drop=True)
