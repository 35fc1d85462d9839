"""Is it known already? Candidates beside the events of the data, and beside each other."""

import re
from collections import defaultdict
from datetime import date

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process, utils

from chainregistry.days import date_spans
from chainregistry.news.model import Codes
from chainregistry.news.read import Item

WEIGHTS = {"words": 40, "place": 20, "date": 20, "sector": 12, "kind": 8}
"""What each kind of agreement counts in the score. What one side does not tell is left out of it."""
LEAST_WEIGHT = 75
"""A score in which less could be compared, as with titles in two languages, stays below 100 by what is missing."""
LIKELY = 200
"""Events whose words are compared: those that agree best in the rest."""
NEAR_DAYS = 60
"""Days at which two dates no longer agree at all."""
SAME_WORDS, SAME_DAYS = 70, 10
"""Least likeness of titles (0 to 100) and most days between items that tell the same act."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_EMPTY_WORDS = re.compile(
    r"\b(?:block ?chain(?:-based)?|china(?:'s)?|chinese|first|the|an?|of|in|on|to|for|with|and|its|by|as)\b"
)


def _words(title: str) -> str:
    return _EMPTY_WORDS.sub(" ", utils.default_process(title))


class Events:
    """The events of the data package, ready to be compared with candidates."""

    def __init__(self, table: pd.DataFrame, sources: pd.DataFrame) -> None:
        spans = date_spans(table.date)
        self.ids = table.event_id.to_numpy()
        self.first = spans.first_day.to_numpy("datetime64[D]").astype(int)
        self.last = spans.last_day.to_numpy("datetime64[D]").astype(int)
        self.titles = [_words(title) for title in table.title]
        self.columns = {
            name: table[name].to_numpy(str) for name in ("province_code", "city", "sector", "kind", "country")
        }
        urls = dict(zip(sources.source_id, sources.url, strict=True))
        self.by_url = {
            urls[source]: row.event_id
            for row in table.itertuples()
            for source in row.source_ids.split()
            if urls.get(source)
        }

    def nearest(self, item: Item, codes: Codes) -> dict:
        """The event that a candidate is most like: its id and the score, 0 to 100; empty without any event.

        An item whose address is a source of an event scores 100 with it.
        """
        if item.url and item.url in self.by_url:
            return {"event": self.by_url[item.url], "score": 100.0}
        if not len(self.ids):
            return {}
        total, weight = np.zeros(len(self.ids)), np.zeros(len(self.ids))

        def add(name: str, agreement: np.ndarray, told: np.ndarray | bool = True) -> None:
            total[:] += np.where(told, WEIGHTS[name] * agreement, 0)
            weight[:] += np.where(told, WEIGHTS[name], 0)

        values = codes.values
        if values["province_code"]:
            theirs = self.columns["province_code"]
            same = (theirs == values["province_code"]).astype(float)
            cities = self.columns["city"]
            if values["city"]:  # another city of the province is half a sign
                same[(cities != "") & (cities != values["city"])] /= 2
            add("place", same, theirs != "")
        for name in ("sector", "kind"):
            if values[name]:
                add(name, (self.columns[name] == values[name]).astype(float))
        if values["date"]:
            unit = "YMD"[values["date"].count("-")]
            day = np.datetime64(values["date"], unit)
            low = int(day.astype("datetime64[D]").astype(int))
            high = int((day + 1).astype("datetime64[D]").astype(int)) - 1
            apart = np.maximum(0, np.maximum(self.first - high, low - self.last))
            add("date", np.maximum(0, 1 - apart / NEAR_DAYS))
        if not _CHINESE.search(item.title):
            likely = np.argsort(-total, kind="stable")[:LIKELY]
            alike, told = np.zeros(len(self.ids)), np.zeros(len(self.ids), bool)
            titles = [self.titles[i] for i in likely]
            alike[likely] = process.cdist([_words(item.title)], titles, scorer=fuzz.token_set_ratio, dtype=np.float32)[
                0
            ]
            told[likely] = True
            add("words", alike / 100, told)
        score = 100 * total / np.maximum(weight, LEAST_WEIGHT)
        best = int(score.argmax())
        return {"event": str(self.ids[best]), "score": round(float(score[best]), 1)}


class Groups:
    """Puts items that tell the same act together, one after the other as they come."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._near: dict[tuple[str, int], list[tuple[str, str, int, tuple]]] = defaultdict(list)

    def join(self, key: str, item: Item, codes: Codes) -> str:
        """The group of an item: the key of the first item that tells its act, which is itself for a new act."""
        plain = re.sub(r"\W+", "", item.title).lower()
        if plain in self._titles:
            return self._titles[plain]
        values = codes.values
        group, day = key, _day(values["date"])
        place, act = values["province_code"], (values["city"], values["sector"], values["kind"])
        if day is not None:
            chinese = bool(_CHINESE.search(item.title))
            months = {(day - SAME_DAYS) // 30, day // 30, (day + SAME_DAYS) // 30}
            for other, title, their_day, their_act in (near for month in months for near in self._near[place, month]):
                if abs(their_day - day) > SAME_DAYS:
                    continue
                if chinese == bool(_CHINESE.search(title)):
                    same = (fuzz.ratio if chinese else fuzz.token_set_ratio)(
                        item.title if chinese else _words(item.title), title, score_cutoff=SAME_WORDS
                    )
                else:  # in two languages the codes must speak
                    same = place and all(act) and act == their_act and abs(their_day - day) <= 2
                if same:
                    group = other
                    break
            self._near[place, day // 30].append((group, item.title if chinese else _words(item.title), day, act))
        self._titles[plain] = group
        return group


def _day(text: str) -> int | None:
    return date.fromisoformat(text).toordinal() if len(text) == 10 else None
