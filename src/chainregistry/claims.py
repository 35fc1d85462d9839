"""Can a number be true? What the published numbers allow for a province, which of them fix it, and who printed them."""

import re
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from chainregistry.bounds import Model
from chainregistry.data import Data, DataError, split_list
from chainregistry.facts import CEILING, NAMED, Fact, only_membership, ordered_by_us, within, without_order
from chainregistry.kept import answer, aside
from chainregistry.prose import cite
from chainregistry.values import (
    RELATIONS,
    UNSAID,
    Interval,
    count,
    counted_services,
    day,
    listing,
    lists_in_words,
    lowered,
    ordinal,
    outlet,
    over,
    places,
    remark,
)


@dataclass(frozen=True)
class Support:
    """A published number behind an end of a range: ``end`` is "low", "high" or "claim" (it forbids the claim)."""

    end: str
    id: str
    what: str
    publisher: str
    date: str
    lists_inferred: bool
    documents: tuple[str, ...]

    def __str__(self) -> str:
        inferred = f", a count {UNSAID}" if self.lists_inferred else ""
        return f"{self.what} ({self.id}: {self.publisher}, {self.date or 'no date'}{inferred})"

    def as_dict(self) -> dict:
        found = asdict(self)
        return {name: found[name] for name in ("end", "id", "what", "publisher", "date", "lists_inferred")}


@dataclass(frozen=True)
class Answer:
    """What the published numbers say of one province on some lists."""

    province: str
    name: str
    first: int
    last: int
    range: Interval
    fixed_by: tuple[Support, ...]
    claim: int | None
    possible: bool | None
    """Whether the claim can be true; None without a claim."""
    document: str
    """Publisher and date of the document without which the range is widest; empty if none matters."""
    without: Interval | None
    """The range without that document."""

    def __str__(self) -> str:
        parts = [f"{self.name}, {lists_in_words(self.first, self.last)}: {self.range}"]
        if self.claim is not None:
            can = "can be true" if self.possible else "cannot be true"
            parts.append(" ".join([f"{self.claim:,} {can}", *self._by("claim")]))
        low, high = self._by("low"), self._by("high")
        if low == high:
            parts += low
        else:
            parts += [f"at least {self.range.low:,} {by}" for by in low]
            parts += [f"at most {self.range.high:,} {by}" for by in high]
        if self.without:
            parts.append(f"without {self.document}: {self.without}")
        return "; ".join(parts)

    def _by(self, end: str) -> list[str]:
        found = [str(support) for support in self.fixed_by if support.end == end]
        return [f"by {listing(found)}"] if found else []

    def as_dict(self) -> dict:
        """province, first, last, low, high (None: nothing limits it), claim, possible, fixed_by."""
        return {
            "province": self.province, "first": self.first, "last": self.last, "low": int(self.range.low),
            "high": None if self.range.high is None else int(self.range.high), "claim": self.claim,
            "possible": self.possible, "fixed_by": [support.as_dict() for support in self.fixed_by],
        }  # fmt: skip


def ask(model: Model, province: str, first: int, last: int, claim: int | None = None) -> Answer:
    """The range of a province (its slug) on the lists first to last, what fixes it, and whether a claim fits.

    A value inside the range is tried as well: sums of whole numbers may leave holes. Behind each end, and against a
    claim that cannot be true, stand published numbers that suffice for it and of which none can be spared; another
    such set may exist.

    Raises
    ------
    KeyError
        for an unknown province.
    ClashError
        if the published numbers contradict each other.
    """
    region, data = model.data.province(province), model.data
    code, terms = region.province_code, within(region.province_code, first, last)
    found = model.between(code, first, last)
    fixed = []
    if found.low > 0:
        fixed += _supports(model, code, "low", (terms, -np.inf, found.low - 1))
    if found.high is not None:
        fixed += _supports(model, code, "high", (terms, found.high + 1, np.inf))
    possible = None
    if claim is not None:
        top = min(claim, CEILING)
        if claim < found.low:
            row = (terms, -np.inf, claim)
        elif found.high is not None and claim > found.high:
            row = (terms, top, np.inf)
        else:
            row = (terms, top, top)
        possible = bool(found.high is None and claim >= CEILING) or model.program.allows([row])
        if not possible:
            fixed += _supports(model, code, "claim", row)
    # Only a document behind an end can matter to it: without any other the same numbers still suffice.
    documents = sorted(
        {support.documents[0] for support in fixed if len(support.documents) == 1 and support.end != "claim"}
    )
    wider = {document: model.without_document(document).between(code, first, last) for document in documents}
    widest = max(wider, key=lambda document: wider[document].width, default=None)
    tells = widest is not None and wider[widest] != found
    document, without = (_printed(data, [widest]), wider[widest]) if tells else ("", None)
    return Answer(province, region.name_en, first, last, found, tuple(fixed), claim, possible, document, without)


def _supports(model: Model, code: str, end: str, row: tuple) -> list[Support]:
    counts = model.data.published_counts.set_index("count_id")
    inferred = set(counts.index[counts.span_inferred])
    order = lambda fact: (fact.id in inferred, fact.id.startswith(NAMED), code not in fact.provinces)  # noqa: E731
    return [_support(model.data, fact, end, model.confidence) for fact in model.program.forbidding([row], order)]


def _support(data: Data, fact: Fact, end: str, confidence: str) -> Support:
    counts = data.published_counts.set_index("count_id")
    if fact.id in counts.index:
        row = counts.loc[fact.id]
        documents = split_list(row.source_ids)
        what, inferred = in_words(data, row, inferred=False), bool(row.span_inferred)
    elif fact.id.startswith(NAMED):
        named, (code, batch) = data.named(confidence), fact.id.removeprefix(NAMED).split("/")
        named = named[(named.province_code == code) & (named.batch == int(batch))]
        documents = list(dict.fromkeys(source for cell in named.source_ids for source in split_list(cell)))
        what, inferred = f"{len(named)} named services of {_names(data, [code])} on list {batch}", False
    else:
        (_, least, most), batch = fact.rows[0], fact.id.partition("/")[0]
        of = f" of {_names(data, list(fact.provinces))}" * bool(fact.provinces)
        what = f"{int(least)} to " * (least < most) + f"{count(most, 'service')}{of} on {batch}"
        date = data.official.published[data.official.batch == int(batch.removeprefix("list "))].iloc[0]
        return Support(end, fact.id, what, "imported list", date, False, ())
    date = _source(data, documents[0]).published
    return Support(end, fact.id, what, _printed(data, documents, date=False), date, inferred, tuple(documents))


def _source(data: Data, key: str) -> pd.Series:
    """The row of a document; raises DataError where a count names one that there is not."""
    sources = data.sources.set_index("source_id")
    if key not in sources.index:
        raise DataError(f"{key} is not a source_id of sources.csv; `chainregistry check` names all that is wrong")
    return sources.loc[key]


def _printed(data: Data, documents: list[str], date: bool = True) -> str:
    """Publisher of the first of some documents, with its date, and how many more there are."""
    source = _source(data, documents[0])
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    return f"{source.publisher}{more}" + (f" ({source.published or 'no date'})" if date else "")


def _names(data: Data, codes: list[str]) -> str:
    names = data.regions.set_index("province_code").name_en
    return listing(names[code] for code in codes)


def further(model: Model, code: str, last: int) -> str:
    """How many services a province has, exactly or at least, on the lists from the first to one after ``last`` for
    which a number of its own was printed, in words; nothing where that tells of no more."""
    own = model.counts[model.counts.province_code == code]
    end = max([last, *own.batch_last.astype(int)])
    found = model.between(code, 1, end)
    if found.low == model.between(code, 1, last).low:
        return ""
    return f"{'at least ' * bool(found.width)}{count(found.low, 'service')} on {lists_in_words(1, end)}"


class Without(NamedTuple):
    """The number and the place of a province that are possible without one document."""

    document: str
    services: Interval
    place: Interval


def without_each(model: Model, code: str, last: int) -> list[Without]:
    """Range and rank of a province on the lists to ``last`` without each document of all that are used, one at a time:
    those that move either."""
    own = model.like[code]  # one answer for all provinces that no fact tells apart

    def solve() -> dict:
        services, place = model.between(own, 1, last), model.rank(own, 1, last)
        anywhere = place == Interval(1, len(model.provinces))  # with fewer facts a place is no better known
        found = {}
        with aside():
            for document in model.documents():
                without = model.without_document(document)
                found[document] = without.between(own, 1, last), place if anywhere else without.rank(own, 1, last)
        moved = {document: ends for document, ends in found.items() if ends != (services, place)}
        return {"rows": [[document, *([end.low, end.high] for end in ends)] for document, ends in moved.items()]}

    question = {"range and rank without each document": own, "lists": [1, last]}
    rows = answer(model.data.folder, model.facts, question, solve)["rows"]
    return [Without(document, Interval(*services), Interval(*place)) for document, services, place in rows]


def by_one_document(model: Model, code: str, last: int) -> str:
    """What is left of the number and the place of a province on the lists to ``last`` whichever document is left out,
    and on which most depends, with its note, in a sentence; nothing where none moves them."""
    rows = without_each(model, code, last)
    if not rows:
        return ""
    most = max(rows, key=lambda row: (row.services.width, row.place.width, -row.services.low))
    name = model.data.regions.set_index("province_code").name_en[code]
    what = f"The {'range' if model.between(code, 1, last).width else 'number'} in the headline depends"
    on = f"on one {_described(model.data, most.document)}"
    alike = any(row[1:] == most[1:] for row in rows if row is not most)
    rest = ("no more" if alike else "less") if len(rows) > 1 else "nothing"
    end = _beyond(model.data, name, rows, most) or f"leaving out any other document changes {rest}"
    depends, without = f"{what}{' most' * (len(rows) > 1)} {on}", _allowed(*most[1:])
    return f"{depends}: without it, by counts that say which lists they cover, {name} could have {without}; {end}."


def _beyond(data: Data, name: str, rows: list[Without], most: Without) -> str:
    """Which ends go beyond those without the document on which most depends, and without which other documents."""
    services, place = over(row.services for row in rows), over(row.place for row in rows)
    ends = {
        f"have as few as {services.low:,}": lambda row: row.services.low == services.low < most.services.low,
        f"have as many as {services.high or 0:,}": lambda row: row.services.high == services.high != most.services.high,
        f"rank as high as {ordinal(place.low)}": lambda row: row.place.low == place.low < most.place.low,
        f"rank as low as {ordinal(place.high or 0)}": lambda row: row.place.high == place.high != most.place.high,
    }
    told: dict[tuple[str, ...], list[str]] = {}
    for words, reached in ends.items():
        if documents := tuple(f"another {_described(data, row.document)}" for row in rows if reached(row)):
            told.setdefault(documents, []).append(words)
    return "; ".join(
        f"if {listing(documents, last='or')} were left out instead, {name} could {listing(words, '', last='or')}"
        for documents, words in told.items()
    )


def _allowed(services: Interval, place: Interval) -> str:
    """The number and the place of a province that are possible."""
    return f"{counted_services(services)} and rank {places(place)}"


def _described(data: Data, document: str) -> str:
    """A document in a sentence, with its note: "document (123rong.com, undated, copy of Securities Daily)"."""
    source = _source(data, document)
    parts = outlet(source.publisher), day(source.published) or "undated", remark(source.publisher)
    return f"document{cite(document)} ({', '.join(filter(None, parts))})"


def naming(counts: pd.DataFrame, code: str) -> pd.DataFrame:
    """Those published counts that name a province."""
    return counts[counts.province_code.map(lambda codes: code in split_list(codes)).astype(bool)]


def in_words(data: Data, count, inferred: bool = True) -> str:
    """A published count in English: "83 services of Beijing on list 3".

    It ends in words that say what the source calls services (``CALLED``) and, with ``inferred``, where its lists are.
    """
    remarks = [f"the source calls them {other}" for other in CALLED.findall(count.note) if count.unit == "services"]
    remarks += ["lists inferred"] * bool(inferred and count.span_inferred)
    remarks += ["the order follows from other counts"] * ordered_by_us(count)
    return _counted(data, count) + f" ({'; '.join(remarks)})" * bool(remarks)


CALLED = re.compile(r"\b[Pp]rinted as ([a-z ]+)(?=[,;.])")
"""What a source calls that which is counted, in the note of a count."""


def _counted(data: Data, count) -> str:
    lists = lists_in_words(count.batch_first, count.batch_last)
    codes = split_list(count.province_code)
    sign = RELATIONS.get(count.relation, "")
    unit = {"entities": "registrants", "percent": "per cent"}.get(count.unit, count.unit)
    number = "" if pd.isna(count.value) else f"{sign}{round(count.value) if sign == 'about ' else count.value:,g}"
    some = f"{number} {unit.removesuffix('s') if number == '1' else unit}"
    label, thing = (
        count.label.replace("entities", "registrants").replace("one entity", "one registrant"),
        _thing(data, count),
    )
    match count.dimension:
        case "rank" if codes and only_membership(count):
            return f"{_names(data, codes)} among the first ten by {unit} on {lists}"
        case "rank" if codes and without_order(count):
            return f"{_names(data, codes)} named as the first {len(codes)} by {unit} on {lists}"
        case "rank" if number:
            return f"{_names(data, codes)} in {ordinal(int(count.value))} place by {unit} on {lists}"
        case "rank":
            names = data.regions.set_index("province_code").name_en
            order = [names[code] for code in codes] or count.key.split(">")
            by = f"by {unit} on {lists}"
            return f"the order {', '.join(order)} {by}" if len(order) > 1 else f"{order[0]} first {by}"
        case "provinces-present" if codes and count.batch_first > 1:
            some = f"{len(codes)} province{'s' * (len(codes) > 1)}"
            return f"{some}, {_names(data, codes)}, that appear{'s' * (len(codes) == 1)} on {lists} for the first time"
        case "provinces-present" if codes:
            return f"a service in {_names(data, codes)} on {lists}"
        case "provinces-present":
            return f"{count.value:g} {count.label} on {lists}"
        case "concentration":
            return (
                f"{listing(map(_title, count.key.split('+')))} together: {number} per cent of all services on {lists}"
            )
        case "total" | "multi-registrants" if label.startswith(("share of", "most ")):
            return f"{label} on {lists}: {number}" + " per cent" * (count.unit == "percent")
        case "total":
            return f"{some} in all on {lists}"
        case "province":
            return _part(_names(data, codes), some, count.unit, lists) or f"{some} of {_names(data, codes)} on {lists}"
        case "multi-registrants" if codes:
            return f"{some} of {_names(data, codes)} with several services on {lists}"
        case "multi-registrants":
            return f"{number} {label} on {lists}"
        case "sector":
            field = data.sectors.set_index("sector").label.get(count.key, count.label)
            return _part(field, some, count.unit, lists) or f"{some} for {lowered(field)} on {lists}"
        case "entity-type" if count.unit == "entities":
            return f"{some} that are {thing} on {lists}"
        case "county" if count.unit == "percent":
            whole = count.key.partition("/")[2]
            whole = _names(data, codes) if whole in codes else _title(whole)
            return f"{thing}: {some} of the services of {whole} on {lists}"
        case _:
            of = f" in {_names(data, codes)}" if codes else ""
            return f"{some} of {thing}{of} on {lists}"


def _part(name: str, some: str, unit: str, lists: str) -> str:
    """A share of all services in words; nothing for a number."""
    return f"{name}: {some} of all services on {lists}" if unit == "percent" else ""


def _thing(data: Data, count) -> str:
    """What a count is about, in English: its label; for one in Chinese the registrant of that name, else its key."""
    if count.dimension == "county":
        county, _, city = count.key.partition("/")[0].partition("-")
        return f"{_title(county)} ({_title(city)})"
    if count.label.isascii():
        return count.label
    rows = data.registrations[data.registrations.entity_en != ""]
    named = rows.entity_en[rows.entity_zh.str.contains(count.label, regex=False)]
    match count.dimension:
        case "entity-type":
            return count.key.replace("-", " ")
        case "entity" if len(named):
            return named.iloc[0]
    return _title(count.key)


def _title(key: str) -> str:
    """The name in a key: "China Zheshang Bank"."""
    return key.replace("-", " ").title()
