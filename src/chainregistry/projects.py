"""Projects instead of events, and how firmly a number stands when one choice changes.

A project is one system of one body, told of in one or more events. Projects are counted, events are cited.
"""

from collections.abc import Callable, Iterator
from numbers import Real

import pandas as pd

from chainregistry import events as news
from chainregistry.data import RANKS, Data, split_list

STAGES = ["announced", "pilot", "live", "closed"]
"""How far a project got, in order; a closed one was in use before."""
TRIED = STAGES[1:]
"""Tried or running, now or once: what "adoption" means."""


def projects(events: pd.DataFrame, tried: bool = False) -> pd.DataFrame:
    """One row for each project among events with day spans (``events.select``, ``events.local``).

    Only events of kind "deployment" make a project; with ``tried`` only those in trial or in use. An event without a
    project is one of its own. The row has the columns of the project's first event, so that it can stand wherever
    events do, and: project_id; first_day and last_day, between which the first of its events lies; stage, the
    furthest that its events reach; confidence, the best of theirs; events, their number; event_ids and source_ids,
    those of all its events, separated by blanks; date_inferred, where no event with a printed date may be as early as
    one without. In the order of the first date.
    """
    rows = events[events.kind == "deployment"]
    if tried:
        rows = rows[rows.stage.isin(TRIED)]
    rows = rows.assign(project_id=rows.project_id.where(rows.project_id != "", rows.event_id))
    rows = rows.assign(_stage=rows.stage.map(STAGES.index), _grade=rows.confidence.map(RANKS.index))
    rows = rows.sort_values(["first_day", "last_day", "event_id"])
    groups = rows.groupby("project_id", sort=False)
    first = groups.head(1).set_index("project_id")
    printed = rows.first_day.mask(rows.date_inferred).groupby(rows.project_id).min()
    inferred = rows.last_day.where(rows.date_inferred).groupby(rows.project_id).min()
    table = first.assign(
        first_day=groups.first_day.min(),
        last_day=groups.last_day.min(),
        stage=groups._stage.max().map(dict(enumerate(STAGES))),
        confidence=groups._grade.min().map(dict(enumerate(RANKS))),
        events=groups.size(),
        event_ids=groups.event_id.agg(" ".join),
        source_ids=groups.source_ids.agg(lambda cells: " ".join(dict.fromkeys(" ".join(cells).split()))),
        date_inferred=inferred.notna() & ~(printed <= inferred),
    )
    return news.in_order(table.drop(columns=["_stage", "_grade"]).reset_index())[
        [*events.columns, "events", "event_ids"]
    ]


def adoption(data: Data, **choice) -> pd.DataFrame:
    """Projects of local governments and courts that were tried or are running; for ``choice`` see ``events.local``."""
    return projects(news.local(data, **choice), tried=True)


VARIANTS: dict[str, dict] = {
    "all": {},
    "without low confidence": {"confidence": "medium"},
    "without inferred dates": {"inferred": False},
    "without Blocking.net alone": {"outlet": False},
    "with branches of central agencies": {"branches": True},
}
"""Selections that a number is tried on, as changes of the choices of ``events.local``."""

STRICT = {"confidence": "medium", "inferred": False}
"""The two rules that leave out most, as choices of ``events.local`` to be made at once."""
STRICTEST = "well documented, with certain dates"
"""Name of that selection among those of ``variants``."""


def variants(
    data: Data, select: Callable[..., pd.DataFrame] = news.local, tried: bool = True, **choice
) -> list[tuple[str, pd.DataFrame, str]]:
    """Tables of projects under one change at a time, to try numbers on: (selection, projects, document left out).

    A line for each of VARIANTS, one in which each event counts as a project, and one for each document that some
    event rests on alone, without those events. ``select`` gives the events for choices (``events.local``, or a
    function with the same choices), ``choice`` holds in each line, ``tried`` leaves out what was announced only.
    """
    rows = [
        (selection, projects(select(data, **choice | change), tried), "")
        for selection, change in VARIANTS.items()
        if not change.items() & choice.items() or not change
    ]
    events = select(data, **choice)
    rows.append(("by event instead of project", projects(events.assign(project_id=""), tried), ""))
    return rows + [("without one document", table, document) for document, table in _without_each(events, tried)]


def _without_each(events: pd.DataFrame, tried: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each document that some event rests on alone, and the ``projects`` without those events.

    Only projects that have such events are put together anew, for all documents at once.
    """
    rows = events[events.kind == "deployment"]
    rows = rows.assign(project_id=rows.project_id.where(rows.project_id != "", rows.event_id))
    alone = rows.source_ids.where(rows.source_ids.map(split_list).str.len() == 1)
    touched = rows.assign(without=alone)[["without", "project_id"]].dropna().drop_duplicates()
    left = rows.assign(_alone=alone).merge(touched, on="project_id")
    left = left[left._alone != left.without].drop(columns="_alone")
    changed = projects(left.assign(project_id=left.without + " " + left.project_id), tried)
    whole = projects(events, tried)
    changed["project_id"] = changed.project_id.str.split(" ", n=1).str[1].astype(whole.project_id.dtype)
    changed = dict(list(changed.groupby("without")))
    for document, names in touched.groupby("without").project_id:
        same = whole[~whole.project_id.isin(names)]
        parts = [same, changed[document][whole.columns]] if document in changed else [same]
        yield document, news.in_order(pd.concat(parts, ignore_index=True))


def told_elsewhere(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects that not only the over-represented outlet tells of, each with the first date that any source gives it.

    To leave the outlet's documents out instead would move the first dates of others to a later day.
    """
    alone = set(data.events.event_id[news.outlet_alone(data)])
    return chosen[[not set(split_list(cell)) <= alone for cell in chosen.event_ids]]


def robustness(data: Data | list, statistic: Callable[[pd.DataFrame], object], **choice) -> pd.DataFrame:
    """A headline number under one change at a time.

    Parameters
    ----------
    data
        the data, or what ``variants`` made of them, to try several numbers without selecting anew
    statistic
        the number, as a function of a table of ``projects``; it may also give a word
    choice
        choices for ``variants``

    Returns
    -------
    pandas.DataFrame
        columns selection, value, projects (their number) and document (its source id). A line for each selection; of
        those without one document only the least and the most (numbers), or each other value (words), with a
        document that does it.
    """
    tables = data if isinstance(data, list) else variants(data, **choice)
    rows = [(selection, statistic(table), len(table), document) for selection, table, document in tables]
    shown, single = [row for row in rows if not row[3]], [row for row in rows if row[3]]
    if single and all(isinstance(row[1], Real) for row in single):
        ends = [("least", min(single, key=lambda row: row[1])), ("most", max(single, key=lambda row: row[1]))]
    else:
        ends = list({row[1]: ("changed", row) for row in single if row[1] != rows[0][1]}.values())
    shown += [(f"without one document: {end}", *row[1:]) for end, row in ends]
    return pd.DataFrame(shown, columns=["selection", "value", "projects", "document"])
