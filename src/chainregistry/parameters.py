"""What the notebooks' parameters may be: vocabularies and ranges, checked by the command and by the notebooks."""

import re
from collections.abc import Iterable

from chainregistry.data import RANKS, Data
from chainregistry.events import LOCAL, MAIN_AREAS
from nbpages.parameters import ParameterError, checked, suggestion

__all__ = ["ParameterError", "choose", "suggestion", "vocabulary"]

MONTHS = range(1, 61)
"""Lengths of the windows around a date; beyond five years they would reach past the record at one end."""


def vocabulary(data: Data, name: str) -> list[str] | range | None:
    """Allowed values of a parameter, without "all": words, or a range of whole numbers.

    None where any value of its type will do.
    """
    events = data.events
    years = lambda: range(int(events.date.str[:4].min()), int(data.as_of[:4]) + 1)  # noqa: E731
    lists = {
        "province": lambda: list(data.regions.slug),
        "sector": lambda: list(data.sectors.sector),
        "confidence": lambda: RANKS,
        "level": lambda: LOCAL,
        "country": lambda: sorted(events.country.unique()),
        "seat": lambda: ["city", "county"],
        "region": lambda: list(dict.fromkeys(data.regions.region)),
        "include": lambda: ["none", "statements", "digital-yuan", "both"],
        "exclude": lambda: ["none", "lists", "outlet", "both"],
        "area": lambda: [*MAIN_AREAS, "Other Asia"],
        "extra_fact": lambda: ["none", *data.published_counts.count_id],
        "last_list": lambda: range(1, int(data.batches.batch.max()) + 1),
        "since": years,
        "until": years,
        "months": lambda: MONTHS,
    }
    return lists[name]() if name in lists else None


def choose(data: Data, *, every: Iterable[str] | None = None, **values: str | int | bool) -> None:
    """Check values of parameters: words of their vocabulary, whole numbers in their range, True or False.

    Parameters
    ----------
    every
        names of the parameters that may be "all", where not each of them may
    values
        all parameters of the notebook, by name

    Raises
    ------
    ParameterError
        for the first value that is not allowed; a notebook shows its one sentence and no traceback.
    """
    for name, value in values.items():
        allowed = vocabulary(data, name)
        if isinstance(allowed, range) and not isinstance(value, int):
            raise ParameterError(f"{name} must be a whole number, not {value!r}")
        if allowed is None and not isinstance(value, bool):
            raise ParameterError(f"{name} must be True or False, not {value!r}")
        checked(name, value, allowed, every=every is None or name in every)
    if wrong := contradiction(values):
        raise ParameterError(wrong)


def contradiction(values: dict) -> str:
    """Why values of which each is allowed cannot be together; empty where they can."""
    since, until = values.get("since"), values.get("until")
    if isinstance(since, int) and isinstance(until, int) and until < since:
        return f"until must not be before since: {until} is before {since}"
    return ""


def span(data: Data, lists: str) -> tuple[int, int]:
    """First and last list of "A-B", or of "A" alone; raises ParameterError if there are no such lists."""
    known = int(data.batches.batch.max())
    found = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", lists)
    if not found:
        raise ParameterError(f"lists has no value {lists!r}: did you mean '1-3'? It is A-B, from 1 to {known}.")
    first, last = int(found[1]), int(found[2] or found[1])
    low, high = sorted((min(max(first, 1), known), min(max(last, 1), known)))
    if (first, last) != (low, high):
        raise ParameterError(f"there are no lists {lists}: did you mean '{low}-{high}'? They are 1 to {known}.")
    return first, last
