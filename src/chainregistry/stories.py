"""Stories that pages tell: dated sentences in our own words, each filled from the news items that it cites.

They stand in ``data/stories.csv``. Part 0 of a story is its title. A sentence names what it takes from an item, such
as ``{e106.city}``; every other number in it must stand in the title or summary of an item that it cites.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from chainregistry.data import Data, Problem, each_once, split_list
from chainregistry.events import BRANCH
from chainregistry.values import listing, outlet

FILLED = re.compile(r"\{(\w+)\.(\w+)\}")
"""What a sentence takes from an item: its id and one of TAKEN."""
TAKEN = {"city": lambda row: row.city, "year": lambda row: row.date[:4]}
NUMBER = re.compile(r"\d[\d,.]*(?<![,.])")
MOMENT = ["date", "text", "source_ids", "date_inferred"]
DOUBT = " (doubtful report)"
"""What stands behind a moment that rests on such reports alone."""


@dataclass(frozen=True)
class Story:
    """A title, and moments: columns date, text, source_ids, date_inferred.

    ``remark`` says why it is not counted where it is told.
    """

    title: str
    moments: pd.DataFrame
    remark: str = ""
    subtitle: str = ""

    def __bool__(self) -> bool:
        return not self.moments.empty


def of(data: Data, province_code: str = "", sector: str = "") -> Story:
    """The story of a province or of a field, in the order of the dates; an empty one where there is none."""
    rows = data.stories
    rows = rows[rows.province_code == province_code] if province_code else rows[rows.sector == sector]
    keys = {key for cell in rows.event_ids for key in split_list(cell)}
    items = {row.event_id: row for row in data.dated[data.dated.event_id.isin(keys)].itertuples()}
    told = []
    for row in rows.itertuples():
        cited = [items[key] for key in split_list(row.event_ids)]
        doubt = DOUBT if all(item.confidence == "low" for item in cited) else ""
        sources = each_once(item.source_ids for item in cited)
        told.append(
            (
                row.part,
                cited[0].date,
                filled(row.sentence, items) + doubt,
                sources,
                cited[0].first_day,
                cited[0].date_inferred,
            )
        )
    table = pd.DataFrame(told, columns=["part", "date", "text", "source_ids", "first_day", "date_inferred"])
    moments = table[table.part > 0].sort_values(["first_day", "part"], ignore_index=True)
    levels = {item.level for item in items.values()}
    return Story(
        title="".join(filled(sentence, items) for sentence in rows.sentence[rows.part == 0]),
        moments=_sourced(data, moments[MOMENT]),
        remark="The projects of this story are led by branches of central agencies, such as tax offices, and so are not"
        " counted as local."
        if levels == {BRANCH}
        else "",
        subtitle=f"Some moments, by the date of the event or of its report{hollow(moments)}",
    )


def doubted(rows: pd.DataFrame) -> pd.Series:
    """Titles of news items or projects, with a mark where they rest on doubtful reports alone."""
    return rows.title + (rows.confidence == "low").map({True: DOUBT, False: ""})


def hollow(rows: pd.DataFrame) -> str:
    """What a subtitle adds where a date of some moments is inferred; else nothing."""
    return "; a hollow mark: part of the date is inferred" if rows.date_inferred.any() else ""


def _sourced(data: Data, moments: pd.DataFrame) -> pd.DataFrame:
    """Moments whose chart names their publishers."""
    used = {key for cell in moments.source_ids for key in split_list(cell)}
    publishers = data.sources.publisher[data.sources.source_id.isin(used)]
    moments.attrs["source"] = listing(dict.fromkeys(map(outlet, publishers)))
    return moments


def filled(sentence: str, items: dict) -> str:
    """A sentence with what it takes from items, given as rows of ``events`` by id."""
    return FILLED.sub(lambda found: TAKEN[found[2]](items[found[1]]), sentence)


def _numbers(items: Iterable) -> set[str]:
    """Numbers that items print."""
    return {number for item in items for number in NUMBER.findall(f"{item.title} {item.summary}")}


def problems(stories: pd.DataFrame, events: pd.DataFrame) -> Iterator[Problem]:
    """What a story says stands in the items that it cites, and they belong where it is told."""
    items = {row.event_id: row for row in events.itertuples()}
    for line, row in zip(stories.index, stories.itertuples(), strict=True):
        cited = [items[key] for key in split_list(row.event_ids) if key in items]
        for key, name in FILLED.findall(row.sentence):
            if key not in split_list(row.event_ids) or name not in TAKEN:
                why = f"must be an item that the row cites, and one of {', '.join(TAKEN)}"
                yield Problem("stories.csv", line, "sentence", f"{{{key}.{name}}}", why)
        printed = _numbers(cited)
        sure = _numbers(item for item in cited if item.confidence != "low")
        for number in NUMBER.findall(FILLED.sub("", row.sentence)):
            if number not in printed:
                yield Problem("stories.csv", line, "sentence", number, "stands in no item that the row cites")
            elif row.part == 0 and number not in sure and "reported" not in row.sentence:
                why = "rests on doubtful items alone: the title must say that it is reported"
                yield Problem("stories.csv", line, "sentence", number, why)
        for item in cited:
            if row.province_code and item.province_code not in (row.province_code, ""):
                why = f"but {item.event_id} happened in {item.province_code}"
                yield Problem("stories.csv", line, "province_code", row.province_code, why)
            if row.sector and item.sector != row.sector:
                yield Problem("stories.csv", line, "sector", row.sector, f"but {item.event_id} is {item.sector}")
    for name, rows in stories.groupby("story"):
        if not (rows.part == 0).any():
            yield Problem("stories.csv", rows.index[0], "part", name, "has no title (part 0)")
        if rows[["province_code", "sector"]].drop_duplicates().shape[0] > 1:
            yield Problem("stories.csv", rows.index[0], "story", name, "is told of several provinces or sectors")
