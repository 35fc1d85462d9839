"""News in: from feeds and exports to coded candidates, and from accepted candidates to rows of the data.

``collect`` reads and codes, ``accept`` appends what a person accepted, ``panel`` shows one candidate at a time, and
``accuracy`` measures the codes. What was not accepted is in no table and on no page.
"""

from importlib import import_module

_HOMES = {
    "Coder": "code",
    "Item": "read",
    "NewsError": "fetch",
    "accept": "acceptance",
    "accuracy": "measure",
    "collect": "store",
    "default_file": "store",
    "measured": "measure",
    "panel": "review",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str):
    """Import on first use: the readers and the gazetteer take a moment."""
    if name in _HOMES:
        return getattr(import_module(f"chainregistry.news.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'chainregistry.news' has no attribute {name!r}")
