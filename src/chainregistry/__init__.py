"""China's register of blockchain information services: data, bounds and charts for notebooks.

In a notebook: ``import chainregistry as cr``, then ``data = cr.load()``.
"""

from importlib import import_module

_HOMES = {
    "load": "record",
    "split_list": "data",
    "Model": "bounds",
    "choose": "parameters",
    "parse": "filing",
    "bullets": "prose",
    "card": "prose",
    "cite": "prose",
    "count": "values",
    "day": "values",
    "headline": "prose",
    "Interval": "values",
    "link": "prose",
    "listing": "values",
    "say": "prose",
    "share": "values",
    "source_list": "prose",
    "Span": "values",
    "spans": "values",
    "strong": "prose",
    "table": "prose",
}
_MODULES = {
    "adoption", "areas", "association", "bounds", "charts", "claims", "classify", "coding", "coverage", "data",
    "events", "explore", "fields", "filing", "firsts", "layers", "ledger", "news", "official", "policy", "press",
    "projects", "quotients", "ranges", "rates", "record", "register", "shares", "spread", "totals", "worth",
}  # fmt: skip

__all__ = sorted([*_HOMES, *_MODULES])


def __getattr__(name: str):
    """Import on first use, so that the command line starts quickly."""
    if name in _HOMES:
        return getattr(import_module(f"chainregistry.{_HOMES[name]}"), name)
    if name in _MODULES:
        return import_module(f"chainregistry.{name}")
    raise AttributeError(f"module 'chainregistry' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
