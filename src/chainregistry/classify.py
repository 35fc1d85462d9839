"""From the name of a service to its sector, by keywords that stand in ``data/sectors.csv``.

A dictionary method (Grimmer and Stewart, Text as Data, Political Analysis 2013, section 5.1): each decision can be
read back to the word that made it, nothing is trained, and a name without a word, or with words of two sectors,
is left ``unclear``. How often it is right is measured on the rows coded by hand.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from chainregistry import data as data_package
from chainregistry.characters import ordinary
from chainregistry.data import UNSORTED, Data, DataError, split_list
from chainregistry.values import Share, share

UNCLEAR = "unclear"

Found = dict[str, str]
"""Keywords found in one name, each with its sector, in the order of the name."""


@dataclass(frozen=True)
class Lexicon:
    """The keywords of all sectors, ready to be searched.

    Chinese keywords are found anywhere in a name; English ones as whole words, in any case, singular or plural, a
    hyphen being as good as a blank. A keyword inside a longer one that was found does not count.
    """

    chinese: dict[str, tuple[str, str]]
    english: dict[str, tuple[str, str]]
    yields: dict[str, frozenset[str]]

    @classmethod
    def of(cls, sectors: pd.DataFrame) -> "Lexicon":
        """From the table of sectors; raises DataError for a keyword that stands for two of them."""
        chinese, english, yields = {}, {}, {}
        everything = frozenset(sectors.sector)
        for row in sectors.itertuples():
            chosen = frozenset(split_list(row.yields_to))
            yields[row.sector] = (everything if "*" in chosen else chosen) - {row.sector}
            forms = [(chinese, key, _normal(key)) for key in split_list(row.keywords_zh, "|")]
            forms += [
                (english, key, form) for key in split_list(row.keywords_en, "|") for form in _numbers(_plain(key))
            ]
            for table, key, form in forms:
                if table.setdefault(form, (key, row.sector))[1] != row.sector:
                    raise DataError(f"the keyword {key!r} stands for {table[form][1]} and for {row.sector}")
        return cls(chinese, english, yields)

    def find(self, name: str) -> Found:
        """Keywords in a name, as ``sectors.csv`` writes them, with their sectors."""
        text = _normal(name)
        spans = [(m.start(), m.start() + len(m[1]), self.chinese[m[1]]) for m in self._chinese.finditer(text)]
        if re.search("[A-Za-z]", text):
            spans += [
                (m.start(), m.start() + len(m[1]), self.english[m[1]]) for m in self._english.finditer(_plain(text))
            ]
        longest = sorted(spans, key=lambda span: span[0] - span[1])
        kept = []
        for start, end, hit in longest:
            if not any(left <= start and end <= right for left, right, _ in kept):
                kept.append((start, end, hit))
        return dict(hit for _, _, hit in sorted(kept, key=lambda span: span[:2]))

    @cached_property
    def _chinese(self) -> re.Pattern:
        return re.compile(f"(?=({_either(self.chinese)}))")

    @cached_property
    def _english(self) -> re.Pattern:
        return re.compile(rf"(?<![a-z0-9])(?=({_either(self.english)})(?![a-z0-9]))")


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", ordinary(text))


def _plain(text: str) -> str:
    """English without case, hyphens as blanks; as long as before, so that positions agree."""
    return re.sub(r"[-‐‑–_]", " ", _normal(text).lower())


def _numbers(word: str) -> list[str]:
    """A word and its regular plural."""
    if re.search("[^aeiou]y$", word):
        return [word, f"{word[:-1]}ies"]
    return [word, word + ("es" if re.search("(s|x|ch|sh)$", word) else "s")]


def _either(words: Iterable[str]) -> str:
    """Alternatives, the longest first: of two that fit at a place the longer one is found."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def _lexicon(sectors: pd.DataFrame | None) -> Lexicon:
    return _stored(data_package.folder()) if sectors is None else Lexicon.of(sectors)


@cache
def _stored(folder: Path) -> Lexicon:
    return Lexicon.of(data_package.load(folder).sectors)


def classify(names: Iterable[str], sectors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Sector of each service name, with the keyword that decided and the reason.

    Parameters
    ----------
    names
        names in Chinese, English or both; a missing one counts as empty
    sectors
        table with the columns sector, yields_to, keywords_zh and keywords_en (default: that of the data package)

    Returns
    -------
    pandas.DataFrame
        one row per name, in their order: text, sector ("unclear" where the classifier abstains), keyword (several of
        the same sector joined by ", "; empty where it abstains), why. The index is that of ``names`` if it has one.
    """
    lexicon = _lexicon(sectors)
    texts = ["" if pd.isna(name) else str(name) for name in names]
    rows = [(text, *decide(lexicon.find(text), lexicon.yields)) for text in texts]
    return pd.DataFrame(
        rows, columns=["text", "sector", "keyword", "why"], index=names.index if isinstance(names, pd.Series) else None
    )


def decide(found: Found, yields: dict[str, frozenset[str]]) -> tuple[str, str, str]:
    """Sector, deciding keywords and reason, from the keywords found in one name.

    A sector yields to those named in ``yields`` where keywords of both occur; one sector left decides.
    """
    if not found:
        return UNCLEAR, "", "no keyword found"
    present = set(found.values())
    left = {sector for sector in present if not yields[sector] & present}
    if len(left) != 1:
        first, *others = _named(found, left or present)
        return UNCLEAR, "", f"{first} competes with {' and '.join(others)}"
    sector = left.pop()
    keyword = ", ".join(key for key, its in found.items() if its == sector)
    weaker = _named(found, present - {sector})
    return (
        sector,
        keyword,
        " and ".join(_named(found, {sector})) + (f" before {' and '.join(weaker)}" if weaker else ""),
    )


def _named(found: Found, sectors: set[str]) -> list[str]:
    return [f"{key} ({sector})" for key, sector in found.items() if sector in sectors]


def coded_names(registrations: pd.DataFrame) -> pd.DataFrame:
    """Registrations whose service is named: columns text, code (by hand), holder; the index stays.

    The text is the Chinese name where one is printed, else the English one. ``holder`` is the group, or the row
    itself where it shows none: names of one group share their wording and must not test each other.
    """
    text = registrations.service_zh.where(registrations.service_zh != "", registrations.service_en)
    holder = registrations.group.where(registrations.group != "", registrations.registration_id)
    return pd.DataFrame({"text": text, "code": registrations.sector, "holder": holder})[text != ""]


def cross_validate(names: pd.DataFrame, sectors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Classify the names of each holder with the keywords that the names of all other holders confirm.

    Leave-one-group-out (Roberts et al., Ecography 2017). A keyword is dropped for a holder unless it decided more often
    rightly than wrongly on the names of the others: one that never decided there might have been written for the very
    name it is tested on. A dropped keyword still hides the shorter ones within it.

    Parameters
    ----------
    names
        as from ``coded_names``

    Returns
    -------
    pandas.DataFrame
        the columns text, sector, keyword, why, index as in ``names``
    """
    lexicon = _lexicon(sectors)
    found = [lexicon.find(text) for text in names.text]
    decisions = [decide(keys, lexicon.yields) for keys in found]
    balance: dict[str, Counter] = {}
    for (sector, keyword, _), code, holder in zip(decisions, names.code, names.holder, strict=True):
        for key in split_list(keyword, ","):
            balance.setdefault(key, Counter())[holder] += 1 if sector == code else -1
    rows = []
    for text, keys, holder in zip(names.text, found, names.holder, strict=True):
        trusted = {key: its for key, its in keys.items() if _trusted(balance.get(key, Counter()), holder)}
        rows.append((text, *decide(trusted, lexicon.yields)))
    return pd.DataFrame(rows, columns=["text", "sector", "keyword", "why"], index=names.index)


def _trusted(balance: Counter, holder: str) -> bool:
    return sum(score for name, score in balance.items() if name != holder) > 0


def score(code: pd.Series, sector: pd.Series) -> dict[str, float]:
    """How a classification agrees with codes by hand.

    Keys: rows; told (rows whose code names a sector); decided, of the told ones; overreach (decided although the
    code is "other" or "unclear"); right; accuracy = right / (decided + overreach) and its 95% interval
    low, high, NaN if nothing was decided.
    """
    from chainregistry.shares import wilson  # SciPy, which classifying itself does without

    told, decided = ~code.isin(UNSORTED), sector != UNCLEAR
    right, answers = int((told & (code == sector)).sum()), int(decided.sum())
    accuracy = wilson(right, answers) if answers else Share(float("nan"), float("nan"))
    return {
        "rows": len(code),
        "told": int(told.sum()),
        "decided": int((told & decided).sum()),
        "overreach": int((~told & decided).sum()),
        "right": right,
        "accuracy": right / answers if answers else float("nan"),
        "low": accuracy.low,
        "high": accuracy.high,
    }


LEARNT = "all keywords, the names they may have been written for"
FAIR = [
    "names of services, with only the keywords that proved right on names from other corporate groups",
    "titles of news items about systems in mainland China",
]
"""The tests of the classifier; FAIR are those that use no word learnt from the very name."""


def trials(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Scores of the classifier in three tests of growing independence: column test, then those of ``score``."""
    names = coded_names(data.named(confidence))
    titles = data.events.query("country == 'China' and kind == 'deployment'")
    pairs = {
        LEARNT: (names.code, classify(names.text, data.sectors)),
        FAIR[0]: (names.code, cross_validate(names, data.sectors)),
        FAIR[1]: (titles.sector, classify(titles.title, data.sectors)),
    }
    return pd.DataFrame([{"test": test, **score(code, found.sector)} for test, (code, found) in pairs.items()])


def for_reading(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores of ``trials`` that use no keyword learnt from the very name, in words.

    Columns texts_tested, sorted_by_a_reader (of these), decided, right, wrong (also where reading tells no field),
    share_right (of all decided) and its 95% range.
    """
    scores = scores[scores.test.isin(FAIR)].reset_index(drop=True)
    ranges = [Share(low, high) for low, high in zip(scores.low, scores.high, strict=True)]
    answers = scores.decided + scores.overreach
    return pd.DataFrame(
        {
            "texts_tested": scores.test,
            "sorted_by_a_reader": [
                f"{told:,} of {rows:,}" for told, rows in zip(scores.told, scores.rows, strict=True)
            ],
            "decided": answers,
            "right": scores.right,
            "wrong": answers - scores.right,
            "share_right": [share(part, whole) for part, whole in zip(scores.right, answers, strict=True)],
            "95% range": [f"{some:.0%}" if some.low == some.low else "" for some in ranges],
        }
    )
