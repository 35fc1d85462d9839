"""From an item of news to codes in the vocabulary of the data package, each with the word that decided.

A dictionary method throughout, as in ``classify``: every code can be read back to a word and its place, nothing is
trained, and a column that the words do not decide stays empty. The title decides before the text.
"""

from datetime import date, timedelta

from chainregistry.data import Data
from chainregistry.news import dates, words
from chainregistry.news.acts import INCENTIVE, kind_of
from chainregistry.news.bodies import DESIGNATED, JUSTICE, Actor, Actors, acting, government, level_of, surely_chinese
from chainregistry.news.model import CHINESE, SENTENCE, Codes, Found, first, search, simplified
from chainregistry.news.places import Gazetteer, Mention, Place
from chainregistry.news.read import Item
from chainregistry.news.settle import place_of
from chainregistry.news.subjects import Sectors

LEAD = 400
"""Characters of the text that are coded: the lead. Later sentences tell of other places and of the past."""

_CENTRAL = ("national", "state-owned")
Located = tuple[Place, Mention, str] | None
"""The place of an act, the name that told it, and the field where it stands."""


class Coder:
    """Codes items by the vocabulary, provinces and keywords of a data package."""

    def __init__(self, data: Data) -> None:
        self.slugs = dict(zip(data.regions.province_code, data.regions.slug, strict=True))
        self.gazetteer = Gazetteer(data.regions)
        self.sectors = Sectors(data.sectors)
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
        if not first(words.BLOCKCHAIN, whole):
            codes.left_out = "no word of blockchain"
            return codes
        self._date(codes, item, texts, today or date.today())
        places = {where: self.gazetteer.find(text) for where, text in texts.items()}
        place = place_of(self.gazetteer, texts, places)
        actors = Actors(texts, places)
        actor = acting(actors, texts, places)
        self._country(codes, texts, places, place, actor)
        if not codes.left_out:
            self._level(codes, texts, place, actor)
            self._kind(codes, texts, actor)
            self._sector(codes, texts, actors)
            codes.set("digital_yuan", first(words.DIGITAL_YUAN, texts), True)
            where = texts if codes.values["kind"] in ("policy", "funding") else {"title": texts["title"]}
            codes.set("incentive", first(INCENTIVE, where), True)
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
        opening = SENTENCE.split(texts["text"], maxsplit=1)[0]
        for where, text in (("title", texts["title"]), ("text", opening)):
            if precision == "day" and (act := dates.of_act(text, day)):
                found = Found(act[0], text[act[1] : act[2]], where, act[1])
                break
        codes.set("date", found)
        codes.set("date_precision", found, precision)

    def _country(self, codes: Codes, texts: dict, places: dict, place: Located, actor: Actor | None) -> None:
        """China, or why the item is left out. A foreign name in the title counts more than a Chinese one in the text."""
        abroad = words.ABROAD.find(texts["title"])
        china = first(words.CHINA, {"title": texts["title"]}, "China")
        if place and place[2] == "title":
            china = Found("China", place[1].word, "title", place[1].start)
        elif actor and actor.where == "title":
            chinese = surely_chinese(actor) or (not abroad and (actor.level in _CENTRAL or CHINESE.search(actor.word)))
            china = china or (actor.found("China") if chinese else None)
        if abroad and not china:
            codes.left_out = "another country"
            codes.set("country", Found(abroad[0], abroad[1][0], "title", abroad[1].start()))
            return
        hint = first(words.CHINA_HINT, {"title": texts["title"]})
        if not (china or place or hint) and words.ABROAD.find(texts["text"]):
            codes.left_out = "another country"
            return
        if not china and place:
            china = Found("China", place[1].word, place[2], place[1].start)
        named = next(((m, w) for w in texts for m in places[w] if m.qualified != "bare"), None)
        if not china and named:
            china = Found("China", named[0].word, named[1], named[0].start)
        china = china or first(words.CHINA, {"text": texts["text"]}, "China") or first(words.CHINA_HINT, texts, "China")
        china = china or first(words.REGISTER, {w: t for w, t in texts.items() if CHINESE.search(t)}, "China")
        china = china or first(words.DIGITAL_YUAN, texts, "China")
        if not china and actor and CHINESE.search(actor.word):
            china = actor.found("China")
        if china:
            codes.set("country", china)
            if place:
                found = Found(place[0].province, place[1].word, place[2], place[1].start)
                codes.set("province_code", found)
                codes.set("province", found, self.slugs[place[0].province])
                if city := self.gazetteer.city(place[0]):
                    codes.set("city", found, city)
            if not actor and not first(words.REGISTER, texts) and not first(words.DIGITAL_YUAN, texts):
                codes.left_out = "no public body"
        else:
            codes.left_out = "no sign of China"

    def _level(self, codes: Codes, texts: dict, place: Located, actor: Actor | None) -> None:
        """Level and name of the body; a place that acts by itself stands for its government."""
        if not actor:
            return
        after = texts[actor.where][actor.mention.end :] if actor.mention else None
        level = level_of(actor, place[0] if place and place[2] == actor.where else None, after)
        if given := search(DESIGNATED, "national", "title", texts["title"]):
            codes.set("level", given)
            return
        if level in self.levels:
            codes.set("level", actor.found(level))
        body = actor.body
        if not body and place and actor.mention:
            own = [p for p in actor.mention.places if p.level == level and (p.within(place[0]) or place[0].within(p))]
            body = government(own[0]) if own else ""
        if body:
            codes.set("body", actor.found(body))

    def _kind(self, codes: Codes, texts: dict, actor: Actor | None) -> None:
        firm = bool(actor and actor.level in ("state-owned", "none"))
        for where, text in (("title", texts["title"]), ("text", self._telling(texts["text"]))):
            kind, stage = kind_of(text, where, firm)
            if kind:
                codes.set("kind", kind)
                codes.set("stage", stage)
                return

    def _sector(self, codes: Codes, texts: dict, actors: Actors) -> None:
        """Sector by the keywords; names of bodies count only where nothing else tells."""
        if found := search(words.DIGITAL_YUAN, "digital-currency", "title", texts["title"]):
            codes.set("sector", found)
            return
        for where, text in (("title", texts["title"]), ("text", self._telling(texts["text"]))):
            bodies = [(actor.start, actor.end) for actor in actors[where]]
            found, told = self.sectors.find(text, where, bodies)
            judge = next((a for a in actors[where] if a.level == "court" or JUSTICE.search(a.word)), None)
            if judge and found and found.value not in ("judiciary", "copyright-ip"):
                found = judge.found("judiciary")  # whatever the case is about, courts and notaries do justice
            codes.set("sector", found)
            if told:
                return
            why = codes.why.get("kind", {})
            general = codes.values["kind"] in ("policy", "funding", "registration", "restriction") or (
                codes.values["kind"] == "statement" and codes.values["stage"]
            )
            if where == "title" and general:
                codes.set("sector", Found("other", why["word"], why["in"], why["at"]))
                return

    @staticmethod
    def _telling(text: str) -> str:
        """The first sentence with a word of blockchain, at its place, the rest being blank; others tell of other things."""
        start = 0
        for end in [*(match.end() for match in SENTENCE.finditer(text)), len(text)]:
            if words.BLOCKCHAIN.search(text[start:end]):
                return " " * start + text[start:end]
            start = end
        return ""
