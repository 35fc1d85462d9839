"""Values that print themselves in a sentence, a table or a title: ranges, shares, spans of days, names, counts."""

import math
import re
from collections.abc import Iterable, Sized
from dataclasses import dataclass

import pandas as pd

IRREGULAR = {"body": "bodies", "story": "stories", "country": "countries", "city": "cities", "county": "counties"}


def figure(number: float, spec: str = "") -> str:
    """A number as people write it: "1,500", "10.6", "−0.5", or by a format specification."""
    whole = float(number).is_integer()
    return format(number, spec or (",.0f" if whole else ",.1f")).replace("-", "−")


def percentage(share: float) -> str:
    """A share of one in percent, with a decimal where a whole number would hide something: "78%", "6.2%", "99.7%"."""
    percent = 100 * share
    whole = percent.is_integer() if isinstance(percent, float) else True
    return f"{percent:.0f}%" if whole or 9.95 <= percent < 99.5 else f"{percent:.1f}%"


def decimals_beside_one(numbers: Iterable[float]) -> int:
    """Decimals, one or more, with which no ratio that is not one reads as one.

    >>> decimals_beside_one([1.04, 4.4]), decimals_beside_one([1.0, 4.4])
    (2, 1)
    """
    apart = [abs(number - 1) for number in numbers if number != 1 and not pd.isna(number)]
    return next(digits for digits in range(1, 17) if all(f"{1 + off:.{digits}f}" != f"{1:.{digits}f}" for off in apart))


@dataclass(frozen=True)
class Interval:
    """A closed interval; ``high`` is None where nothing limits it. Prints as "2 to 5", "4" or "at least 3"."""

    low: float
    high: float | None

    @property
    def width(self) -> float:
        return math.inf if self.high is None else self.high - self.low

    def within(self, other: "Interval") -> bool:
        """Whether it reaches beyond another nowhere."""
        return self.low >= other.low and (other.high is None or (self.high is not None and self.high <= other.high))

    def __str__(self) -> str:
        return format(self)

    def __format__(self, spec: str) -> str:
        if self.high is None:
            return f"at least {figure(self.low, spec)}"
        return " to ".join(dict.fromkeys([figure(self.low, spec), figure(self.high, spec)]))

    def __add__(self, other: "Interval") -> "Interval":
        """Sum of two intervals that are taken as independent: its ends may be wider than what the facts allow."""
        open_ended = self.high is None or other.high is None
        return Interval(self.low + other.low, None if open_ended else self.high + other.high)

    def __truediv__(self, whole: "Interval | float") -> "Interval":
        """Of a number: both ends divided. Of an interval that this one is a part of: its ``Share``, never above one."""
        if not isinstance(whole, Interval):
            return Interval(self.low / whole, None if self.high is None else self.high / whole)
        least = self.low / whole.high if whole.high else 0.0
        most = 1.0 if self.high is None or not whole.low else min(1.0, self.high / whole.low)
        return Share(least, most)


ANY = "any number"


def possible(found: Interval) -> str:
    """A range in a sentence; "any number" where nothing limits it."""
    return str(found) if found.low or found.high is not None else ANY


def counted_services(found: Interval) -> str:
    """A range with its noun: "1 service", "0 to 90 services", "any number of services"."""
    one = found.low == 1 and found.high in (1, None)
    return f"{possible(found)}{' of' * (possible(found) == ANY)} service{'s' * (not one)}"


class Share(Interval):
    """A part of one. Prints as "78%", "67% to 87%", "at least 4.3%" or "not known"."""

    @property
    def part(self) -> str:
        """In words that fit before "of them": "78%" or "an unknown part"."""
        return str(self).replace("not known", "an unknown part")

    def __format__(self, spec: str) -> str:
        low, high = (format(end, spec) if spec else percentage(end) for end in (self.low, self.high))
        if self.low <= 0 and self.high >= 1:
            return "not known"
        if self.high >= 1 > self.low:
            return f"at least {low}"
        return " to ".join(dict.fromkeys([low, high]))


def over(ranges: Iterable[Interval]) -> Interval:
    """From the least to the most of several intervals; of shares a ``Share``."""
    ranges = list(ranges)
    lows, highs = zip(*((one.low, one.high) for one in ranges), strict=True)
    return type(ranges[0])(min(lows), None if None in highs else max(highs))


def share(part: float, whole: float) -> str:
    """Percentage of two known numbers: ``share(1, 16)`` is "6.2%", ``share(1, 0)`` "no share"."""
    return percentage(part / whole) if whole else "no share"


@dataclass(frozen=True)
class Span:
    """First and last day that a date may mean. Prints as a day, a month, a year, or "between … and …"."""

    first: pd.Timestamp
    last: pd.Timestamp

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first == last:
            return f"{first.day} {first:%B %Y}"
        if (first.day, last) == (1, first + pd.offsets.MonthEnd(0)):
            return f"{first:%B %Y}"
        if (first.day_of_year, last) == (1, first + pd.offsets.YearEnd(0)):
            return f"{first:%Y}"
        return f"between {first.day} {first:%B %Y} and {last.day} {last:%B %Y}"

    def __lt__(self, other: "Span") -> bool:
        return (self.first, self.last) < (other.first, other.last)


def spans(first: pd.Series, last: pd.Series) -> pd.Series:
    """One Span for each pair of days."""
    return pd.Series([Span(*pair) for pair in zip(first, last, strict=True)], index=first.index, dtype=object)


INFERRED = " (inferred)"
"""What stands behind a date that is inferred, not printed."""


def outlet(publisher: str) -> str:
    """Who published a document, without the remark in brackets that tells copies and translations apart.

    >>> outlet("Blocking.net (machine translation)")
    'Blocking.net'
    """
    return publisher.partition(" (")[0]


def remark(publisher: str) -> str:
    """That remark: "machine translation"; nothing where there is none."""
    return publisher.partition(" (")[2].removesuffix(")")


def day(date: str, quarter: bool = False) -> str:
    """A date of the tables as people write it: "2020-01-17" is "17 January 2020", "2020-01" "January 2020".

    The first day of a ``quarter`` stands for it: "2020-01-01" is "January to March 2020".
    """
    if len(date) <= 4:
        return date
    time = pd.Timestamp(date)
    if quarter:
        return f"{time:%B} to {time + pd.DateOffset(months=2):%B %Y}"
    return f"{time:%B %Y}" if len(date) == 7 else f"{time.day} {time:%B %Y}"


def marked_day(row, graded: bool = False) -> str:
    """The date of a news item or project: "June 2020", "2 June 2020, inferred"; if ``graded`` also whether it is
    doubtful: "June 2020, doubtful"."""
    return day(row.date) + ", inferred" * bool(row.date_inferred) + ", doubtful" * (graded and row.confidence == "low")


def count(number: int | Sized, noun: str, plural: str = "") -> str:
    """A number, or the size of a table or list, with its noun (and verb, where its plural is given).

    >>> count(1, "list"), count(["a", "b"], "city"), count(0, "province is", "provinces are")
    ('1 list', '2 cities', 'no provinces are')
    """
    number = len(number) if isinstance(number, Sized) else int(number)
    head, _, last = noun.rpartition(" ")
    words = noun if number == 1 else plural or f"{head} {IRREGULAR.get(last, last + 's')}".strip()
    return f"{number:,} {words}" if number else f"no {words}"


def some(number: int | Sized, noun: str, plural: str = "") -> str:
    """The same for a list of what there is: nothing for none.

    >>> some(2, "list"), some([], "list")
    ('2 lists', '')
    """
    return count(number, noun, plural) if (len(number) if isinstance(number, Sized) else number) else ""


def ordinal(number: int) -> str:
    """A place in an order: "1st", "2nd", "13th", "21st"."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


def places(place: Interval) -> str:
    """Places that are possible: "1st", "4th or 5th", "4th to 25th"."""
    low, high = int(place.low), int(place.high)
    return f"{' to ' if high - low > 1 else ' or '}".join(dict.fromkeys([ordinal(low), ordinal(high)]))


SPELLED = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]


def opening(number: int) -> str:
    """A number at the head of a sentence: spelled out below ten."""
    return SPELLED[number] if number < len(SPELLED) else f"{number:,}"


def lowered(words: str) -> str:
    """Words that go on in a sentence: their first letter small, unless they begin with a name such as NFT."""
    return words if re.match("[A-Z]{2}", words) else words[:1].lower() + words[1:]


UNSAID = "without list numbers"
"""What is said of counts that name no list, so that their lists are inferred."""
RELATIONS = {"=": "", ">=": "at least ", "~": "about "}
"""Words before a published number, by the sign of its relation to the true one."""


def lists_in_words(first: int, last: int) -> str:
    """Lists of the register, by their first and last number: "list 1", "lists 1 and 2", "lists 1 to 3"."""
    return f"list {first}" if first == last else f"lists {first} {'and' if last == first + 1 else 'to'} {last}"


def runs(numbers: Iterable[int]) -> str:
    """Whole numbers in a sentence, three or more neighbours joined: "6, 7 and 10 to 14"; "none" for no number."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return listing(part for run in found for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run))


def listing(items: Iterable, empty: str = "none", last: str = "and") -> str:
    """Items in a sentence: "a, b and c", with another word before the ``last``; the word ``empty`` for no item."""
    items = [str(item) for item in items]
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items) or empty
