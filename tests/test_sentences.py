"""The sentences of all pages: one number for one quantity, and none of the traps of computed prose."""

import html
import re
from collections import defaultdict

import pytest
from bs4 import BeautifulSoup

from chainregistry import notes

QUANTITIES = {
    "services named": [
        r"blockchain services; public sources identify (\d+)",
        r"ources identify (\d+): \d+ by the service",
        r"public sources identify (\d+) of at least [\d,]+ registered services",
        r"registered services, (\d+) can be named",
        r"of the (\d+) services that public sources identify",
        r"Of (\d+) services that public sources identify",
        r"to which province \d+ of the (\d+) services that public sources identify",
        r"registered \d+ of the (\d+) services that public sources identify",
        r" registered \d+ of (\d+) identified services",
    ],
    "services at least": [
        r"China has listed at least ([\d,]+) blockchain services",
        r"of at least ([\d,]+) registered services identified",
        r"Its lists hold at least ([\d,]+);",
        r"All lists together hold at least ([\d,]+)",
        r"^At least ([\d,]+) services, and how",
    ],
    "lists": [
        r"at least (\d+) lists",
        r"is not known of (\d+) lists",
        r"We know the size of \d+ of at least (\d+) lists",
        r"of the regulator's (\d+) or more lists",
    ],
    "local projects": [
        r"reports of (\d+) projects tried or running",
        r"with (\d+) projects of local governments and courts, tried or running",
        r"news items, (\d+) local projects tried or running",
    ],
    "without doubtful reports": [
        r"such projects \((\d+) if doubtful reports",
        r"tried or running, (\d+) if doubtful reports are left out",
    ],
    "provinces reached": [r"tried or running, in (\d+) of 31 provinces"],
    "four provinces": [r"have (\d+) of the 730 services", r"had (\d+) of 730", r"The four have (\d+) of 730"],
    "news items": [
        r"(\d+) news items, \d+ projects if",
        r"(\d+) news items, \d+ local",
        r"Of the (\d+) news items",
    ],
}
"""Sentences in which a quantity is stated, wherever it stands; the number is the group."""

NOUNS = ["service", "project", "province", "report", "registrant", "registration", "place", "field", "row", "count"]
MANY = "|".join(f"{noun}s" for noun in [*NOUNS, "list", "group", "pair", "item", "source", "outlet", "month", "date"])
TRAPS = {
    "one of many": rf"(?<![.,])\b1 (?:{MANY})\b",
    "many of one": rf"\b(?:[2-9]|\d\d+) (?:{'|'.join(NOUNS)})\b(?! (?:that|has|is|of)\b)",
    "from a year to the same": r"\bfrom (\d{4}) to \1\b",
    "nothing of nothing": r"\bno \w+(?: \w+){0,3} (?:of|in) no\b",
    "doubled stop": r"(?<!\.)\.\.(?!\.)|,,|;\.|\.,",
    "a doubled word": r"\b(?!had\b|that\b)([A-Za-z]{2,}) \1\b",
    "no value": r"\b(?:nan|NaN|NaT|None|NA|inf)\b|<NA>",
    "a space before a stop": r"\w [,.;:](?= |$)",
    "a hyphen for a minus": r"(?<![\w–-])-\d",
    "an id": r"\b[rcesnp]\d{3,4}\b",
    "the first of one": r"\bfirst [01]\b|\bthe only [2-9]",
    "a word explained by itself": r"\b(\w+) (?i:holds? \1)\b",
    "none with a singular": r"\bno (?:services|projects|counts|reports) (?:is|has|was|belongs|shows)\b",
    "none of what is listed": r"public sources (?:name|identify) none",
    "a field that is none": r"(?i)\bservices? for (?:other|unclear)\b|\b(?:other|unclear): \w+ services\b",
    "private words": r"\b(?:effective sectors?|surely|quotients?|Somers|named rows?|set aside|pinned?|bounded)\b",
}


DEFINITIONS = {
    "A local project is": notes.LOCAL, "A report is doubtful": notes.DOUBTFUL,
    "machine translations, loose": notes.DOUBTFUL.partition(" only on ")[2],
}  # fmt: skip
"""How a definition begins, and its words."""


@pytest.fixture(scope="module")
def pages(rendered):
    """What each page says in computed words: page name to a list of sentences, titles and captions."""
    found = {}
    for path in sorted(rendered.rglob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for part in soup.select(".labels, details.sources, table, .code"):
            part.decompose() if part.name != "table" else part.replace_with(part.caption or "")
        parts = soup.select(".said p, .said li, h1, caption, figure title, figure desc, .state, section.opening")
        texts = [" ".join(part.get_text(" ").split()) for part in parts]
        found[str(path.relative_to(rendered).with_suffix(""))] = texts
    return found


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_one_quantity_has_one_number_on_all_pages(pages, quantity):
    stated = defaultdict(set)
    for name, texts in pages.items():
        for text in texts:
            for pattern in QUANTITIES[quantity]:
                for number in re.findall(pattern, text):
                    stated[number.replace(",", "")].add(name)
    assert len(stated) == 1, dict(stated)


@pytest.mark.parametrize("begins", DEFINITIONS)
def test_a_word_is_defined_in_the_same_words_on_all_pages(rendered, begins):
    told = {}
    for path in sorted(rendered.rglob("*.html")):
        text = html.unescape(path.read_text(encoding="utf-8"))
        if begins in text:
            told[path.stem] = text.count(begins) == text.count(DEFINITIONS[begins])
    assert {"index", "local-government", "sectors", "judiciary"} <= set(told) and all(told.values()), told


@pytest.mark.parametrize("trap", TRAPS)
def test_no_sentence_falls_into_a_trap(pages, trap):
    found = [
        (name, match[0], text[max(0, match.start() - 40) : match.end() + 40])
        for name, texts in pages.items()
        for text in texts
        for match in re.finditer(TRAPS[trap], text)
    ]
    assert not found, found[:8]
