"""Published counts side by side: which contradict each other, and where services and registrants were counted both."""

import re

import pandas as pd

from chainregistry.bounds import Model
from chainregistry.claims import in_words, naming
from chainregistry.data import Data, each_once, split_list
from chainregistry.values import listing, lists_in_words, lowered, outlet, some


def disputes(data: Data) -> pd.DataFrame:
    """Contradictions between published counts: on which lists, which value is used and why; one row for each reason.

    Columns lists, used, not_used, reason and source_ids; reasons name other counts by no id. Counts of which none had
    to be set aside count different things and contradict nothing; those about imported lists alone are decided by the
    lists. Both are left out.
    """
    rows = data.published_counts[data.published_counts.conflict_group != ""]
    groups = [group for _, group in rows.groupby("conflict_group") if group.set_aside.ne("").any()]
    found = [_dispute(data, group) for group in groups if not _decided(data, group)]
    table = pd.DataFrame(found, columns=["lists", "used", "not_used", "reason", "source_ids"])
    words = dict.fromkeys(["lists", "used", "not_used"], "; ".join)
    joined = table.groupby("reason", sort=False, as_index=False).agg(words | {"source_ids": each_once})
    return joined[[*table.columns]]


def printed_of(model: Model, code: str) -> pd.DataFrame:
    """What others printed about a province: columns what (in words), used_for_ranges (yes, also where its lists are
    inferred and so not in the headline, or no with the reason), source_ids, ranked (whether it is a place in an
    order) and of_a_part (whether it is of a city or county), in the order of lists."""
    rows = naming(model.data.published_counts, code).sort_values(["batch_first", "batch_last"], kind="stable")
    what = [(text := in_words(model.data, row))[0].upper() + text[1:] for row in rows.itertuples()]
    used = [
        f"{NO}{lowered(_reason([why])).rstrip('.')}" if why else APART if row.span_inferred else "yes"
        for row in rows.itertuples()
        for why in [row.set_aside or model.needless.get(row.count_id, "")]
    ]
    columns = ["what", "used_for_ranges", "source_ids", "ranked", "of_a_part"]
    ranked, part = rows.dimension == "rank", rows.dimension.isin(["city", "county"])
    return rows.assign(what=what, used_for_ranges=pd.array(used, dtype="str"), ranked=ranked, of_a_part=part)[columns]


NO = "no: "
"""How the use of a published count that is not used begins."""
APART = "yes, but not in the headline"
"""The use of one whose lists are inferred."""


def numbers(counts: pd.DataFrame, name: str) -> str:
    """How many published numbers name a province, given them as ``printed_of``, how many of these are places in
    an order, and how many are used, in words; nothing for none."""
    orders, used = int(counts.ranked.sum()), int((~counts.used_for_ranges.str.startswith(NO)).sum())
    noun = "ranking" if orders == len(counts) else "number" + " or ranking" * bool(orders)
    told = some(
        counts,
        f"published {noun} about {'a part of ' * bool(counts.of_a_part.all())}{name}",
        f"published {noun.replace(' or', 's or')}s about {name}{' or parts of it' * bool(counts.of_a_part.any())}",
    )
    return told + (f", {used or 'none'} of them used" if len(counts) > 1 else " (not used)") * (used < len(counts))


def placed(model: Model, code: str) -> str:
    """Those published numbers in use of a province whose lists are inferred, in a list of what is known; nothing for
    none."""
    rows = naming(model.counts, code).query("span_inferred").sort_values(["batch_first", "batch_last"], kind="stable")
    words = (in_words(model.data, row, inferred=False) for row in rows.itertuples())
    return "; ".join(f"{text}; the count does not name its lists, which we infer" for text in words)


def not_used(data: Data, count_id: str) -> str:
    """A published count that is not used as an example, and why it is not, in two sentences; nothing for "none"."""
    rows = data.published_counts[data.published_counts.count_id == count_id]
    told = [f"One such number, which we do not use, is {in_words(data, row)}. The reason:" for row in rows.itertuples()]
    return " ".join([*told, lowered(_reason(rows.set_aside))]).strip()


def unclear_sizes(data: Data, last: int) -> str:
    """Printed sizes of single lists up to ``last`` that contradict no other number and are not used all the same, with
    the reason, in sentences; nothing for none."""
    rows = data.published_counts.query("dimension == 'total' and key == 'all' and batch_first == batch_last <= @last")
    rows = rows[(rows.set_aside != "") & (rows.conflict_group == "")]
    return " ".join(
        f"One printed size of a list, {in_words(data, row)}, is not used although no other number contradicts it:"
        f" {lowered(_worded(row.set_aside)).rstrip('.')}."
        for row in rows.itertuples()
    )


def _decided(data: Data, counts: pd.DataFrame) -> bool:
    """Whether all lists that some published counts speak of are imported."""
    return {*range(counts.batch_first.min(), counts.batch_last.max() + 1)} <= {*data.complete}


def _dispute(data: Data, rows: pd.DataFrame) -> dict[str, str]:
    rows = rows.sort_values(["batch_first", "batch_last"], kind="stable")
    words = pd.Series([in_words(data, row) for row in rows.itertuples()], index=rows.index)
    aside = rows.set_aside != ""
    return {
        "lists": lists_in_words(rows.batch_first.min(), rows.batch_last.max()),
        "used": "; ".join(dict.fromkeys(words[~aside])),
        "not_used": "; ".join(dict.fromkeys(words[aside])),
        "reason": _reason(rows.set_aside[aside]),
        "source_ids": each_once([*rows.source_ids[~aside], *rows.source_ids[aside]]),
    }


def _reason(aside: pd.Series) -> str:
    """Why counts are not used, without ids."""
    reason = re.sub(r"\s*\([^)]*\bc\d{3}[^)]*\)", "", " ".join(aside))
    reason = re.sub(r"c\d{3}(?:(?:, | and | with | to )c\d{3})+( has)?", _plural, reason)
    return _sentence(re.sub(r"c\d{3}", "another count", reason))


def _plural(found: re.Match) -> str:
    return "other counts have" if found[1] else "other counts"


def _sentence(text: str) -> str:
    return _worded(text[:1].upper() + text[1:])


def _worded(text: str) -> str:
    return text.replace("entities", "registrants")


def averages(data: Data) -> pd.DataFrame:
    """Lists of which both services and registrants were counted.

    Columns lists, services, entities, services_per_registrant, lists_inferred and source_ids.

    ``services_per_registrant`` is a mean; ``lists_inferred`` tells that those of the registrants are inferred.
    ``source_ids`` are the documents that print both numbers, else those of either; ``together`` tells which.
    """
    counts = data.published_counts.query(
        "dimension == 'total' and key == 'all' and relation == '=' and set_aside == ''"
    )
    span = ["batch_first", "batch_last"]
    firms = counts[counts.unit == "entities"].drop_duplicates(span)
    both = firms.merge(counts[counts.unit == "services"], on=span, suffixes=("", "_services")).sort_values(span)
    cells = zip(both.source_ids_services, both.source_ids, strict=True)
    pairs = [(split_list(services), split_list(firms)) for services, firms in cells]
    shared = [" ".join(key for key in one if key in other) for one, other in pairs]
    either = [each_once([*one, *other]) for one, other in pairs]
    return pd.DataFrame(
        {
            "lists": list(map(lists_in_words, both.batch_first, both.batch_last)),
            "services": both.value_services.astype(int),
            "entities": both.value.astype(int),
            "services_per_registrant": both.value_services / both.value,
            "lists_inferred": both.span_inferred,
            "source_ids": [some or every for some, every in zip(shared, either, strict=True)],
            "together": list(map(bool, shared)),
        }
    ).reset_index(drop=True)


def apart(averages: pd.DataFrame) -> str:
    """Of which lists no document prints both services and registrants, in a sentence; nothing for none."""
    rows = averages[~averages.together]
    unnamed = ", and the count of registrants does not say which lists it covers" * bool(rows.lists_inferred.all())
    return f"For {listing(rows.lists)} the two numbers come from different documents{unnamed}." if len(rows) else ""


def who_counted(data: Data, source_ids: str) -> str:
    """Who had the list that registrants were counted on, by outlet and kind; "the list" without a document."""
    rows = data.sources[data.sources.source_id.isin(split_list(source_ids))]
    told = (f"{outlet(row.publisher)} ({row.kind}), which had the list" for row in rows.itertuples())
    return listing(told, "the list")
