"""Vocabularies of the notebooks' parameters: what a value may be, checked before anything runs."""

from chainregistry.data import RANKS, Data
from chainregistry.events import LOCAL, MAIN_AREAS
from nbpages.parameters import ParameterError, suggestion


def vocabulary(data: Data, name: str) -> list[str] | None:
    """Allowed values of a parameter, without "all"; None where any value of its type will do."""
    events = data.events
    lists = {
        "province": lambda: list(data.regions.slug),
        "sector": lambda: list(data.sectors.sector),
        "confidence": lambda: RANKS,
        "level": lambda: LOCAL,
        "country": lambda: sorted(events.country.unique()),
        "region": lambda: list(dict.fromkeys(data.regions.region)),
        "include": lambda: ["none", "statements", "digital-yuan", "both"],
        "exclude": lambda: ["none", "lists", "outlet", "both"],
        "area": lambda: [*MAIN_AREAS, "Other Asia"],
        "extra_fact": lambda: ["none", *data.published_counts.count_id],
    }
    return lists[name]() if name in lists else None


def choose(data: Data, **values: str) -> None:
    """Check values of parameters; raises ParameterError for the first that is out of its vocabulary."""
    for name, value in values.items():
        allowed = [*(vocabulary(data, name) or []), "all"]
        if value not in allowed:
            raise ParameterError(f"{name} has no value {value!r}{suggestion(value, allowed)}")
