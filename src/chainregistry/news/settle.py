"""Which of the places that a title and a text name is the place of the act."""

import re
from collections.abc import Iterable

from chainregistry import filing
from chainregistry.news.bodies import opens
from chainregistry.news.model import SENTENCE
from chainregistry.news.places import Gazetteer, Mention, Place


def place_of(
    gazetteer: Gazetteer, texts: dict[str, str], places: dict[str, list[Mention]]
) -> tuple[Place, Mention, str] | None:
    """The most exact place that the title, else the first sentences, agree on; None if they name two provinces."""
    everywhere = [mention for found in places.values() for mention in found]
    sure = {p for mention in everywhere if mention.qualified != "bare" for p in _one(mention.places)}
    for where in ("title", "text"):
        settled = [
            (place, mention)
            for mention in places[where]
            if (place := _settle(mention, sure - set(mention.places) if len(mention.places) > 1 else sure, everywhere))
        ]
        if where == "text":
            settled = _lead(settled, texts["text"])
        unsettled = [m for m in places[where] if len(m.places) > 1 and m.qualified != "bare"]
        unsettled = [m for m in unsettled if m not in [mention for _, mention in settled]]
        provinces = {place.province for place, _ in settled}
        if len(provinces) == 1 and not unsettled:
            return *_deepest(settled), where
        if len(provinces) > 1 or unsettled:
            subject = _subject(settled, texts[where]) if where == "title" and not unsettled else None
            return (*subject, where) if subject else None
    number = next((f for f in filing.find(" ".join(texts.values())) if f.valid and f.parts), None)
    if number:
        place = gazetteer.provinces[number.parts.province_code]
        where = next(name for name, text in texts.items() if number.parts.code[:8] in text)
        start = texts[where].find(number.parts.code[:8])
        return place, Mention(start, start + 8, number.number, (place,)), where
    return None


def _one(places: Iterable[Place]) -> list[Place]:
    places = list(places)
    return places if len({place.province for place in places}) == 1 else []


def _settle(mention: Mention, sure: set[Place], all_of_them: list[Mention]) -> Place | None:
    """What a name means: the only place of that name, or the one in or around a place that is sure.

    Two names of which each may mean several places settle each other where one place lies in the other.
    """
    if mention.qualified != "bare" and _one(mention.places):
        return min(mention.places, key=lambda place: len(place.code))
    around = [p for p in mention.places if any(p.within(s) or s.within(p) for s in sure if s.level == "prefecture")]
    beside = [m for m in all_of_them if m is not mention and abs(m.start - mention.end) < 20]
    pairs = [p for p in mention.places for m in beside for q in m.places if p != q and _nested(p, q)]
    for fitting in (around, pairs):
        if fitting and _one(fitting):
            return fitting[0]
    if mention.qualified == "bare":  # a county's romanised name alone may be anybody's
        return None
    fitting = [p for p in mention.places if any(p.province == s.province for s in sure)]
    return fitting[0] if fitting and _one(fitting) else None


def _nested(one: Place, other: Place) -> bool:
    """Whether one of two places lies in the other and below the province."""
    return (one.within(other) and other.level == "prefecture") or (other.within(one) and one.level == "prefecture")


def _lead(settled: list[tuple[Place, Mention]], text: str) -> list[tuple[Place, Mention]]:
    """Places of the first sentence that names one."""
    ends = [match.start() for match in SENTENCE.finditer(text)] + [len(text)]
    for end in ends:
        first = [pair for pair in settled if pair[1].start < end]
        if first:
            return first
    return settled


def _deepest(settled: list[tuple[Place, Mention]]) -> tuple[Place, Mention]:
    """The innermost place if the others lie around it, else what they share: the first one's province or city."""
    place, mention = max(settled, key=lambda pair: ("county", "prefecture", "provincial")[::-1].index(pair[0].level))
    if all(
        place.within(other) or place.prefecture == other.prefecture
        for other, _ in settled
        if other.level != "provincial"
    ):
        return place, mention
    return min(settled, key=lambda pair: len(pair[0].code))


def _subject(settled: list[tuple[Place, Mention]], text: str) -> tuple[Place, Mention] | None:
    """Of places in two provinces the one at the head, where the others stand behind a preposition."""
    place, mention = settled[0]
    others = [m for p, m in settled[1:] if p.province != place.province]
    behind = all(
        re.search(r"\b(?:with|from|for|to|and other|visit\w*)\s(?:\w+\s)?$|[与和同向赴为对]$", text[: m.start])
        for m in others
    )
    joined = any(re.fullmatch(r"\s*(?:,|and|、|和|与|&)\s*", text[mention.end : m.start]) for m in others)
    return (place, mention) if opens(text, mention) and behind and not joined else None
