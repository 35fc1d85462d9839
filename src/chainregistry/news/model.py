"""What coding has in common: the codes of an item, the words that decided, and how words are looked for."""

import re
from dataclasses import dataclass, field
from functools import cache

from opencc import OpenCC

from chainregistry.news.words import Words

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

CHINESE = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[a-z)”\"]\.)\s")


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


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, place by place; other signs stay."""
    if not CHINESE.search(text):
        return text
    converted = _converter().convert(text)
    return converted if len(converted) == len(text) else text


def search(pattern: re.Pattern | Words, value: str, where: str, text: str) -> Found | None:
    """The first place in a field (``where``) that a pattern fits, as the reason for a value."""
    match = pattern.search(text)
    return Found(value, match[0], where, match.start()) if match else None


def first(pattern: re.Pattern | Words, texts: dict, value: str = "") -> Found | None:
    """The same in the first of several fields that has such a place."""
    return next((found for where, text in texts.items() if (found := search(pattern, value, where, text))), None)


def hidden(text: str, pattern: re.Pattern | Words) -> str:
    """The text with blanks in the place of what is to be passed over."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
