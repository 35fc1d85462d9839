"""Projects instead of events, and how firmly a number stands when one choice changes.

A project is one system of one body, told of in one or more events. Projects are counted, events are cited.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter

import pandas as pd

from chainregistry import events as news
from chainregistry.data import RANKS, Data, each_once, split_list
from chainregistry.days import in_order, middle

STAGES = ["announced", "pilot", "live", "closed"]
"""How far a project got, in order; a closed one was in use before."""
TRIED = STAGES[1:]
"""Tried or running, now or once: what "adoption" means."""


def projects(events: pd.DataFrame, tried: bool = False) -> pd.DataFrame:
    """One row for each project among events with day spans (``events.select``, ``reports``).

    Events of kind "deployment" make a project, and so does a count of what a known one has reached (kind "tally"): it
    ran by then, and when it began is not known. With ``tried`` only those in trial or in use count. An event without a
    project is one of its own. The row has the columns of the first of these events, by the middles of their days, so
    that it can stand wherever events do, and: project_id; first_day and last_day, between which the first of them
    lies; stage, the furthest that they reach; date_inferred, where the first of them has no printed date, or no event
    with one may be as early as one without; confidence, the best of theirs, or of those of a trial or of use if there
    are any. From all events of the project, of whatever kind (with ``tried``, from those of a trial or of use):
    organisations, all that they name; events, their number; event_ids and source_ids, separated by blanks. In the
    order of the first date.
    """
    rows = _reports(events)
    rows = rows.assign(first_day=_first_days(rows))
    if tried:
        rows = rows[rows.stage.isin(TRIED)]
    rows = rows.sort_values(["first_day", "last_day", "event_id"])
    told: dict[str, list[tuple]] = {}
    for place, row in enumerate(rows.itertuples()):
        told.setdefault(row.project_id, []).append((place, row))
    made = sorted((found for items in told.values() if (found := _project(items))), key=itemgetter(1, 0))
    place, *columns = zip(*made, strict=True) if made else [()] * (1 + len(_PUT_TOGETHER))
    kinds = dict(rows.dtypes) | {"events": "int64", "event_ids": "str"}
    table = {name: pd.array(list(cells), kinds[name]) for name, cells in zip(_PUT_TOGETHER, columns, strict=True)}
    return in_order(rows.iloc[list(place)].reset_index(drop=True).assign(**table))


_PUT_TOGETHER = [
    "first_day", "last_day", "stage", "date_inferred", "confidence", "organisations", "source_ids", "events",
    "event_ids",
]  # fmt: skip
"""What a project takes from several of its events."""


def _project(told: list[tuple]) -> tuple | None:
    """Place of the first event of a project, and what is put together from all; None where none of them makes one.

    The events come with their places, in the order of their first days.
    """
    rows, made, printed, inferred = [row for _, row in told], [], [], []
    ran = [row for row in rows if row.stage in TRIED]
    for place, row in told:
        counted = row.kind == "tally"
        if row.kind == "deployment" or (counted and row.stage in TRIED):
            day = row.last_day if counted else row.first_day
            guessed = counted or row.date_inferred
            made.append((middle(day, row.last_day), row.event_id, place, day, row.last_day, guessed, row.stage))
            if guessed:
                inferred.append(row.last_day)
            else:
                printed.append(row.first_day)
    if not made:
        return None
    _, _, place, first_day, _, guessed, _ = min(made)
    return (
        place,
        first_day,
        min(last_day for *_, last_day, _, _ in made),
        max((stage for *_, stage in made), key=STAGES.index),
        guessed or (bool(inferred) and not (printed and min(printed) <= min(inferred))),
        min((row.confidence for row in ran or rows), key=RANKS.index),
        each_once((row.organisations for row in rows), ";"),
        each_once(row.source_ids for row in rows),
        len(rows),
        " ".join(row.event_id for row in rows),
    )


def _first_days(rows: pd.DataFrame) -> pd.Series:
    """First days of events: a trial or use not before a printed day on which its project was only announced."""
    announced = rows.first_day.where((rows.stage == "announced") & ~rows.date_inferred)
    known = announced.groupby(rows.project_id).transform("min")
    return rows.first_day.mask(rows.stage.isin(TRIED) & (rows.first_day < known) & (known <= rows.last_day), known)


def _reports(events: pd.DataFrame) -> pd.DataFrame:
    """Events that tell of a project: those of kind "deployment", and others with a project's id."""
    rows = events[(events.kind == "deployment") | (events.project_id != "")]
    return rows.assign(project_id=rows.project_id.where(rows.project_id != "", rows.event_id))


def reports(data: Data, branches: bool = False, **choice) -> pd.DataFrame:
    """Events that tell of projects of local governments and courts, for ``choice`` see ``events.local``.

    What a local government tells of the project of another body is none of them.
    """
    levels = [*news.LOCAL, news.BRANCH] if branches else news.LOCAL
    runs = data.events[data.events.kind == "deployment"]
    others = set(runs.project_id) - set(runs.project_id[runs.level.isin(levels)])
    rows = news.local(data, branches=branches, statements=True, **choice)
    return _reports(rows[~rows.project_id.isin(others)])


def local(data: Data, tried: bool = False, **choice) -> pd.DataFrame:
    """Projects of local governments and courts, for ``choice`` see ``events.local``; with ``inferred`` False only those
    whose first date is printed."""
    return _chosen(data, reports, tried, **choice)


def adoption(data: Data, **choice) -> pd.DataFrame:
    """Projects of local governments and courts that were tried or are running; for ``choice`` see ``events.local``."""
    return local(data, tried=True, **choice)


def _chosen(data: Data, select: Callable[..., pd.DataFrame], tried: bool, **choice) -> pd.DataFrame:
    """``projects`` of the events that a function gives for choices."""
    table = projects(select(data, **choice), tried)
    return table if choice.get("inferred", True) else table[~table.date_inferred]


VARIANTS: dict[str, dict] = {
    "all": {},
    "without low confidence": {"confidence": "medium"},
    "without inferred dates": {"inferred": False},
    "without Blocking.net alone": {"outlet": False},
    "without single uses of evidence": {"single_uses": False},
    "with branches of central agencies": {"branches": True},
}
"""Selections that a number is tried on, as changes of the choices of ``reports``."""

STRICT = {"confidence": "medium", "inferred": False}
"""The two rules that leave out most, as choices of ``reports`` to be made at once."""
STRICTEST = "without doubtful reports, with printed dates only"
"""Name of that selection among those of ``variants``."""


def variants(
    data: Data, select: Callable[..., pd.DataFrame] = reports, tried: bool = True, **choice
) -> list[tuple[str, pd.DataFrame, str]]:
    """Tables of projects under one change at a time, to try numbers on: (selection, projects, document left out).

    A line for each of VARIANTS, one in which each event counts as a project, and one for each document that some
    event rests on alone, without those events. ``select`` gives the events for choices (``reports``, or a
    function with the same choices), ``choice`` holds in each line, ``tried`` leaves out what was announced only.
    """
    rows = [
        (selection, _chosen(data, select, tried, **choice | change), "")
        for selection, change in VARIANTS.items()
        if not change.items() & choice.items() or not change
    ]
    events = select(data, **choice)
    rows.append(("with each news item as a project", projects(events.assign(project_id=""), tried), ""))
    return rows + [("without one document", table, document) for document, table in _without_each(events, tried)]


def single_documents(events: pd.DataFrame, tried: bool = False) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What each document that some event rests on alone does to ``projects``: all of them, touched and changed.

    Touched are the projects with such events, by document: columns without (its source id) and project_id. Changed are
    those of them that are left without these events, put together anew: the columns of projects, and without.
    """
    rows = _reports(events)
    alone = rows.source_ids.where(rows.source_ids.map(split_list).str.len() == 1)
    touched = rows.assign(without=alone)[["without", "project_id"]].dropna().drop_duplicates(ignore_index=True)
    left = rows.assign(_alone=alone).merge(touched, on="project_id")
    left = left[left._alone != left.without].drop(columns="_alone")
    changed = projects(left.assign(project_id=left.without + " " + left.project_id), tried)
    whole = projects(events, tried)
    changed["without"] = changed.project_id.str.split(" ", n=1).str[0]
    changed["project_id"] = changed.project_id.str.split(" ", n=1).str[1].astype(whole.project_id.dtype)
    return whole, touched, changed[[*whole.columns, "without"]]


def _without_each(events: pd.DataFrame, tried: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each of ``single_documents``, and the projects without the events that rest on it alone."""
    whole, touched, changed = single_documents(events, tried)
    changed = dict(list(changed.groupby("without")))
    for document, names in touched.groupby("without").project_id:
        same = whole[~whole.project_id.isin(names)]
        parts = [same, changed[document][whole.columns]] if document in changed else [same]
        yield document, in_order(pd.concat(parts, ignore_index=True))


def told_elsewhere(data: Data, chosen: pd.DataFrame) -> pd.DataFrame:
    """Projects that not only the over-represented outlet tells of, each with the first date that any source gives it.

    To leave the outlet's documents out instead would move the first dates of others to a later day.
    """
    alone = set(data.events.event_id[news.outlet_alone(data)])
    return chosen[[not set(split_list(cell)) <= alone for cell in chosen.event_ids]]
