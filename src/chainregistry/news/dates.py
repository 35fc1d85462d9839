"""Dates as feeds, databases and Chinese texts print them, with the precision that is really there."""

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: i
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = [
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?\d{2,6}Z?)?(?!\d)"),
    re.compile(rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s-]+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.年]\s?(?P<m>\d{1,2})(?!\d)"),
    re.compile(rf"{_MONTH},?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)"),
]
_ACT = re.compile(
    r"(?<![\d年/])(?P<m>\d{1,2})月(?P<d>\d{1,2})日|"
    rf"\b[Oo]n (?:[A-Z][a-z]+day,? )?(?:{_MONTH} (?P<d2>\d{{1,2}})|(?P<d3>\d{{1,2}}) {_MONTH.replace('name', 'name2')})\b",
    re.IGNORECASE,
)
RECENT = timedelta(days=14)
"""A day named without a year is that of the act if it lies at most so long before the publication."""


def parse(text: str) -> tuple[str, str]:
    """A printed date as YYYY, YYYY-MM or YYYY-MM-DD and its precision (year, month, day); both empty if it is none.

    Where day and month cannot be told apart (3/4/2020), only the year is taken.
    """
    text = text.strip()
    for form in _FORMS:
        found = form.search(text)
        if not found:
            continue
        parts = found.groupdict()
        year, month, day = int(parts["y"]), int(parts.get("m") or 0), int(parts.get("d") or 0)
        if parts.get("name"):
            month = _MONTHS[parts["name"].lower()]
        if parts.get("a"):
            first, second = int(parts["a"]), int(parts["b"])
            if first > 12 or second > 12 or first == second:
                day, month = max(first, second), min(first, second)
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            continue
        if day:
            return f"{year}-{month:02d}-{day:02d}", "day"
        return (f"{year}-{month:02d}", "month") if month else (str(year), "year")
    try:
        return parsedate_to_datetime(text).date().isoformat(), "day"
    except (ValueError, TypeError, IndexError):
        return "", ""


def of_act(text: str, published: str) -> tuple[str, int, int] | None:
    """The day that a text names without a year ("10月28日", "on October 28"), seen from the day of publication.

    Returns the day and its place in the text, or None: no such day, or it does not lie shortly before.
    """
    found = _ACT.search(text)
    if not found:
        return None
    parts = found.groupdict()
    name = parts.get("name") or parts.get("name2")
    month = int(parts["m"]) if parts["m"] else _MONTHS[name.lower()]
    day = int(parts["d"] or parts["d2"] or parts["d3"])
    last = date.fromisoformat(published)
    for year in (last.year, last.year - 1):
        try:
            act = date(year, month, day)
        except ValueError:
            return None
        if timedelta(0) < last - act <= RECENT:
            return act.isoformat(), *found.span()
    return None
