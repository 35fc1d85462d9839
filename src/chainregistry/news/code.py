"""From an item of news to codes in the vocabulary of the data package, each with the word that decided.

A dictionary method throughout, as in ``classify``: every code can be read back to a word and its place, nothing is
trained, and a column that the words do not decide stays empty. The title decides before the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from opencc import OpenCC

from chainregistry import classify, filing
from chainregistry.data import Data
from chainregistry.news import dates, words
from chainregistry.news.places import Gazetteer, Mention, Place
from chainregistry.news.read import Item

LEAD = 400
"""Characters of the text that are coded: the lead. Later sentences tell of other places and of the past."""
CODED = [
    "date", "date_precision", "country", "province", "province_code", "city", "level", "body", "sector", "kind", "stage",
    "digital_yuan", "incentive",
]  # fmt: skip
"""Columns that are coded, in the order of the output."""
REASONS = {
    "no word of blockchain": "not about blockchain",
    "another country": "about another country",
    "no sign of China": "nothing says that it is about mainland China",
    "no public body": "about no public body and not about the register",
}
"""Why an item is left out, in the words of the summary."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[a-z)”\"]\.)\s")


@dataclass(frozen=True)
class Found:
    """A word that decided: a value, the word, the field it stands in (title, text or date) and its first place there."""

    value: str
    word: str
    where: str
    at: int

    def why(self) -> dict:
        return {"word": self.word, "in": self.where, "at": self.at}


@dataclass
class Codes:
    """Codes of one item by column, and the words that decided; ``left_out`` is one of REASONS, or empty."""

    values: dict[str, str | bool] = field(default_factory=lambda: dict.fromkeys(CODED, ""))
    why: dict[str, dict] = field(default_factory=dict)
    left_out: str = ""

    def set(self, column: str, found: Found | None, value: str | bool | None = None) -> None:
        if found is not None and found.value + str(value or "") != "":
            self.values[column] = found.value if value is None else value
            self.why[column] = found.why()


@dataclass(frozen=True)
class Actor:
    """A public body or state-owned firm in a text; ``mention`` is the place that it belongs to, if one stands with it.

    The word that tells it stands at ``at``; with the place before it, it reaches from ``start`` to ``end``.
    """

    level: str
    body: str
    word: str
    where: str
    start: int
    end: int
    at: int
    mention: Mention | None = None

    def found(self, value: str) -> Found:
        return Found(value, self.word, self.where, self.at)


class Coder:
    """Codes items by the vocabulary, provinces and keywords of a data package."""

    def __init__(self, data: Data) -> None:
        self.slugs = dict(zip(data.regions.province_code, data.regions.slug, strict=True))
        self.gazetteer = Gazetteer(data.regions)
        self.lexicon = classify.Lexicon.of(_with_news_words(data.sectors))
        fields = {
            column["name"]: column.get("constraints", {}).get("enum", [])
            for resource in data.description["resources"]
            if resource["name"] == "events"
            for column in resource["schema"]["fields"]
        }
        self.levels = set(fields["level"])

    def code(self, item: Item, today: date | None = None) -> Codes:
        """Codes of one item; an item that is left out keeps what was coded until then."""
        texts = {"title": simplified(item.title), "text": simplified(item.text[:LEAD])}
        codes = Codes()
        whole = texts | {"text": simplified(item.text)}
        if not _first(words.BLOCKCHAIN, whole):
            codes.left_out = "no word of blockchain"
            return codes
        self._date(codes, item, texts, today or date.today())
        places = {where: self.gazetteer.find(text) for where, text in texts.items()}
        place = self._place(texts, places)
        actors = self._actors(texts, places)
        actor = self._acting(actors, texts, places)
        self._country(codes, texts, places, place, actor)
        if not codes.left_out:
            self._level(codes, texts, place, actor)
            self._kind(codes, texts, actor)
            self._sector(codes, texts, actors)
            codes.set("digital_yuan", _first(words.DIGITAL_YUAN, texts), True)
            where = texts if codes.values["kind"] in ("policy", "funding") else {"title": texts["title"]}
            codes.set("incentive", _first(words.INCENTIVE, where), True)
        for why in codes.why.values():  # the words as they are printed, which may be in traditional characters
            printed = {"title": item.title, "text": item.text}.get(why["in"], why["word"])
            why["word"] = printed[why["at"] : why["at"] + len(why["word"])] if why["in"] != "date" else why["word"]
        body = codes.values["body"]
        for where, printed in (("title", item.title), ("text", item.text)):
            if (start := texts[where].find(body)) >= 0 and body:
                codes.values["body"] = printed[start : start + len(body)]
                break
        return codes

    def _date(self, codes: Codes, item: Item, texts: dict, today: date) -> None:
        day, precision = dates.parse(item.date)
        found = Found(day, item.date, "date", 0)
        if not day or day > (today + timedelta(days=1)).isoformat():
            return
        first = _SENTENCE.split(texts["text"], maxsplit=1)[0]
        for where, text in (("title", texts["title"]), ("text", first)):
            if precision == "day" and (act := dates.of_act(text, day)):
                found = Found(act[0], text[act[1] : act[2]], where, act[1])
                break
        codes.set("date", found)
        codes.set("date_precision", found, precision)

    # --- Places --------------------------------------------------------------------------------------------------

    def _place(self, texts: dict, places: dict[str, list[Mention]]) -> tuple[Place, Mention, str] | None:
        """The most exact place that the title, else the first sentences, agree on; None if they name two provinces."""
        everywhere = [mention for found in places.values() for mention in found]
        sure = {p for mention in everywhere if not mention.qualified == "bare" for p in _one(mention.places)}
        for where in ("title", "text"):
            settled = [
                (place, mention)
                for mention in places[where]
                if (
                    place := _settle(
                        mention, sure - set(mention.places) if len(mention.places) > 1 else sure, everywhere
                    )
                )
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
            place = self.gazetteer.provinces[number.parts.province_code]
            where = next(name for name, text in texts.items() if number.parts.code[:8] in text)
            start = texts[where].find(number.parts.code[:8])
            return place, Mention(start, start + 8, number.number, (place,)), where
        return None

    def _country(self, codes: Codes, texts: dict, places: dict, place, actor: Actor | None) -> None:
        """China, or why the item is left out. A foreign name in the title counts more than a Chinese one in the text."""
        abroad = {w: [f for n, p in words.ABROAD.items() if (f := _search(p, n, w, texts[w]))] for w in texts}
        china = _first(words.CHINA, {"title": texts["title"]}, "China")
        if place and place[2] == "title":
            china = Found("China", place[1].word, "title", place[1].start)
        elif actor and actor.where == "title" and (actor.level in ("national", "state-owned") or not abroad["title"]):
            china = china or actor.found("China")
            china = china if actor.level in ("national", "state-owned") or _CHINESE.search(texts["title"]) else (
                china if china.word != actor.word else None)  # fmt: skip
        if abroad["title"] and not china:
            codes.left_out = "another country"
            codes.set("country", min(abroad["title"], key=lambda found: found.at))
            return
        if not china and place:
            china = Found("China", place[1].word, place[2], place[1].start)
        named = next(((m, w) for w in texts for m in places[w] if m.qualified != "bare"), None)
        if not china and named and not abroad[named[1]]:
            china = Found("China", named[0].word, named[1], named[0].start)
        china = china or _first(words.CHINA, {"text": texts["text"]}, "China")
        china = china or _first(words.REGISTER, {w: t for w, t in texts.items() if _CHINESE.search(t)}, "China")
        china = china or _first(words.DIGITAL_YUAN, texts, "China")
        if not china and actor and _CHINESE.search(actor.word) and not abroad["text"]:
            china = actor.found("China")
        if china:
            codes.set("country", china)
            if place:
                found = Found(place[0].province, place[1].word, place[2], place[1].start)
                codes.set("province_code", found)
                codes.set("province", found, self.slugs[place[0].province])
                if city := self.gazetteer.city(place[0]):
                    codes.set("city", found, city)
            if not actor and not _first(words.REGISTER, texts) and not _first(words.DIGITAL_YUAN, texts):
                codes.left_out = "no public body"
        else:
            codes.left_out = "another country" if abroad["text"] else "no sign of China"

    # --- Bodies --------------------------------------------------------------------------------------------------

    def _actors(self, texts: dict, places: dict[str, list[Mention]]) -> list[Actor]:
        """Public bodies and state-owned firms in the order of title and text."""
        found = []
        for where, text in texts.items():
            actors = []
            for body, level, pattern in words.NATIONAL:
                actors += [
                    Actor(level, body or m[0], m[0], where, *m.span(), m.start())
                    for m in pattern.finditer(text)
                    if m[0].strip()
                ]
            taken = [(actor.start, actor.end) for actor in actors]
            for level, pattern in (
                ("court", words.COURT), ("central-branch", words.CENTRAL_BRANCH), ("local", words.LOCAL),
                ("state-owned", words.STATE_OWNED), ("none", words.PUBLIC_SERVICE),
            ):  # fmt: skip
                for match in pattern.finditer(text):
                    if any(start < match.end() and match.start() < end for start, end in taken):
                        continue
                    taken.append(match.span())
                    near = _beside(match, places[where], text)
                    start = near.start if near else match.start()
                    body = text[start : match.end()]
                    named = near or _CHINESE.search(body) or body[:1].isupper()
                    actors.append(
                        Actor(level, body if named else "", match[0], where, start, match.end(), match.start(), near)
                    )
            found += sorted(actors, key=lambda actor: actor.start)
        return found

    def _acting(self, actors: list[Actor], texts: dict, places: dict[str, list[Mention]]) -> Actor | None:
        """The body that acts: the first of the title, a place at its head counting as its government."""
        first = [actor for actor in actors if actor.where == "title"]
        head = next(iter(places["title"]), None)
        if head and _opens(texts["title"], head) and head.qualified != "bare":
            last = head
            for mention in places["title"][1:]:
                if len(texts["title"][last.end : mention.start].strip("'’s ,的")) == 0:
                    last = mention
            if not first or first[0].start > last.end + 14 or first[0].level == "state-owned":
                if not (first and first[0].level == "state-owned" and first[0].start <= last.end + 2):
                    return Actor("local", "", head.word, "title", head.start, last.end, head.start, last)
        if first:
            return first[0]
        return next((actor for actor in actors if actor.level != "state-owned"), next(iter(actors), None))

    def _level(self, codes: Codes, texts: dict, place, actor: Actor | None) -> None:
        if not actor:
            return
        found = actor.found(actor.level)
        if actor.level == "local":
            level = _level_of_word(actor.word) or (_level_of_place(actor.mention) if actor.mention else "")
            if actor.mention and (own := _level_of_place(actor.mention)) and _level_of_word(actor.word) != "county":
                level = own
            if not level and place and actor.where == place[2]:
                level = place[0].level
            found = actor.found(level)
        if found.value in self.levels:
            codes.set("level", found)
        elif found.value == "central-branch" and place:  # a package without that level counts them where they act
            codes.set(
                "level", found, "provincial" if "海关" in found.word or "ustoms" in found.word else place[0].level
            )
        if actor.body:
            codes.set("body", actor.found(_trim(actor.body)))

    # --- Kind, stage, sector -------------------------------------------------------------------------------------

    def _kind(self, codes: Codes, texts: dict, actor: Actor | None) -> None:
        for where in ("title", "text"):
            text = _SENTENCE.split(texts[where], maxsplit=2)[0] if where == "text" else texts[where]
            kind, stage = _kind_of(text, where, bool(actor and actor.level == "state-owned"))
            if kind and not codes.values["kind"]:
                codes.set("kind", kind)
                codes.set("stage", stage)
                return

    def _sector(self, codes: Codes, texts: dict, actors: list[Actor]) -> None:
        """Sector by the keywords; names of bodies count only where nothing else tells."""
        if found := _search(words.DIGITAL_YUAN, "digital-currency", "title", texts["title"]):
            codes.set("sector", found)
            return
        for where in ("title", "text"):
            text = _hidden(texts[where], words.NO_SECTOR)
            without = text
            for actor in (actor for actor in actors if actor.where == where):
                without = without[: actor.start] + " " * (actor.end - actor.start) + without[actor.end :]
            for part in (without, text):
                found = self.lexicon.find(part)
                sector, word = self._choose(found)
                if sector:
                    at = re.sub(r"[-‐‑–_]", " ", part.lower()).find(re.sub(r"[-‐‑–_]", " ", word.lower()))
                    codes.set("sector", Found(sector, word, where, at))
                if found:
                    return  # words of two sectors: more text would only add more of them
            if where == "title" and codes.values["kind"] not in ("", "deployment", "market"):
                why = codes.why["kind"]
                codes.set("sector", Found("other", why["word"], why["in"], why["at"]))
                return

    def _choose(self, found: dict[str, str]) -> tuple[str, str]:
        """The sector of the keywords and the first of them; of two that compete, see ``words.STRONG``; else empty."""
        sector, keyword, _ = classify.decide(found, self.lexicon.yields)
        if sector != classify.UNCLEAR:
            return sector, keyword.split(", ")[0]
        for strong, pattern in words.STRONG.items():
            if word := next((key for key, its in found.items() if its == strong and pattern.search(key)), None):
                return strong, word
        return "", ""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, place by place; other signs stay."""
    if not _CHINESE.search(text):
        return text
    converted = _converter().convert(text)
    return converted if len(converted) == len(text) else text


def _with_news_words(sectors):
    """The table of sectors with the keywords of the news."""
    table = sectors.copy()
    for column, extra in (("keywords_en", words.SECTOR_WORDS), ("keywords_zh", words.SECTOR_WORDS_ZH)):
        table[column] = [
            "|".join(part for part in (keywords, extra.get(sector, "")) if part)
            for sector, keywords in zip(table.sector, table[column], strict=True)
        ]
    return table


def _search(pattern: re.Pattern, value: str, where: str, text: str) -> Found | None:
    match = pattern.search(text)
    return Found(value, match[0], where, match.start()) if match else None


def _first(pattern: re.Pattern, texts: dict, value: str = "") -> Found | None:
    return next((found for where, text in texts.items() if (found := _search(pattern, value, where, text))), None)


def _hidden(text: str, pattern: re.Pattern) -> str:
    """The text with blanks in the place of what is to be passed over."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


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
    ends = [match.start() for match in _SENTENCE.finditer(text)] + [len(text)]
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


def _opens(text: str, mention: Mention) -> bool:
    """Whether a name stands at the head of a text, where it is the one that acts."""
    return not re.sub(r"[\W_]|^(?:the|china['’]s|in|中国|国内|全国)", "", text[: mention.start], flags=re.IGNORECASE)


def _subject(settled: list[tuple[Place, Mention]], text: str) -> tuple[Place, Mention] | None:
    """Of places in two provinces the one at the head, where the others stand behind a preposition."""
    place, mention = settled[0]
    others = [m for p, m in settled[1:] if p.province != place.province]
    behind = all(
        re.search(r"\b(?:with|from|for|to|and other|visit\w*)\s(?:\w+\s)?$|[与和同向赴为对]$", text[: m.start])
        for m in others
    )
    joined = any(re.fullmatch(r"\s*(?:,|and|、|和|与|&)\s*", text[mention.end : m.start]) for m in others)
    return (place, mention) if _opens(text, mention) and behind and not joined else None


def _beside(match: re.Match, places: list[Mention], text: str) -> Mention | None:
    """The place whose body a word names: it stands before the word, with no more than a name between."""
    near = [m for m in places if m.end <= match.start() and re.fullmatch(
        r"(?:['’]s?)?[\s\-]*(?:(?:city|province|district|county|new|area|zone|development|high-tech|economic|internet|big|data|rail|"
        r"municipal|provincial|[A-Z]\w+)\s*){0,4}|[\u4e00-\u9fff]{0,6}",
        text[m.end : match.start()])]  # fmt: skip
    return near[-1] if near else None


def _level_of_place(mention: Mention) -> str:
    levels = {place.level for place in mention.places}
    if mention.qualified in ("district", "county", "banner", "subdistrict", "town", "township"):
        return "county"
    return levels.pop() if len(levels) == 1 else ("prefecture" if "prefecture" in levels else "")


def _level_of_word(word: str) -> str:
    """Level that the name of a body tells by itself."""
    low = word.lower()
    if re.search(r"district|county|区委|县委|区政府|县政府|街道|区长|县长", low):
        return "county"
    if re.search(r"provinc|governor|[\u4e00-\u9fff]厅|省委|省政府|省长", low):
        return "provincial"
    return "prefecture" if re.search(r"municipal|mayor|市委|市政府|市长", low) else ""


def _trim(body: str) -> str:
    return re.sub(r"^['’]s\s+|\s+$", "", body)


_VERBS = {
    "closed": words.CLOSED,
    "announced": words.ANNOUNCED,
    "pilot": words.PILOT,
    "live": words.LIVE,
}


def _kind_of(text: str, where: str, firm: bool) -> tuple[Found | None, Found | None]:
    """Kind and stage of what a sentence tells; ``firm`` says that a firm of the state acts.

    In this order: the register; a ban; a work report; a fund; a document that speaks; a count; a speech; a document;
    else an act. An act is announced if a word of that comes before one of use, else pilot, else live; one that
    serves the industry is a policy.
    """
    search = lambda pattern, value: _search(pattern, value, where, text)  # noqa: E731
    for pattern, kind, stage in (
        (words.REGISTER, "registration", "other"),
        (words.RESTRICTION, "restriction", "policy"),
        (words.REPORT, "statement", "policy"),
        (words.FUNDING, "funding", "funding"),
        (words.SUBJECT_POLICY, "policy", "policy"),
        (words.TALLY, "tally", "pilot" if words.DIGITAL_YUAN.search(text) else "live"),
    ):
        if found := search(pattern, kind):
            return found, Found(stage, found.word, where, found.at)
    staged = _hidden(text, words.NO_STAGE)
    stages = {stage: _search(pattern, stage, where, staged) for stage, pattern in _VERBS.items()}
    speech, policy = search(words.SPEECH, "statement"), search(words.POLICY, "policy")
    system = search(words.SYSTEM, "deployment")
    if speech and not (policy and "《" in policy.word):
        reported = system and stages["live"] and re.search(r"report|表示|称|透露", speech.word)
        if not reported:
            told = words.PROMISE.search(speech.word)
            return speech, Found("policy", speech.word, where, speech.at) if told else None
    if policy and firm:
        return Found("market", policy.word, where, policy.at), Found("other", policy.word, where, policy.at)
    if policy:
        return policy, Found("policy", policy.word, where, policy.at)
    stage = _stage(stages)
    if not stage:
        return None, None
    about = search(words.INDUSTRY, "market" if firm else "policy")
    kind = about if about and not system else Found("deployment", stage.word, where, stage.at)
    if stage.value == "live" and words.WEAK.fullmatch(stage.word):
        surer = next((m for m in words.LIVE.finditer(staged) if not words.WEAK.fullmatch(m[0])), None)
        stage = Found("live", surer[0], where, surer.start()) if surer else None
    return kind, stage


def _stage(stages: dict[str, Found | None]) -> Found | None:
    """Of the words that tell a stage the one that counts."""
    closed, announced, pilot, live = (stages[name] for name in ("closed", "announced", "pilot", "live"))
    if closed:
        return closed
    if announced and not any(found and found.at < announced.at for found in (pilot, live)):
        return announced
    return pilot or live or announced
