"""Official lists: from a list as the regulator publishes it to ``official/batch-NN.csv`` in the data folder.

``fetch`` gets the bytes, ``worker`` has them read by the reader of their format, ``interpret`` finds the list in
what was read and ``judge`` says what is doubtful about it, ``store`` keeps it, and ``matching`` compares it with what
the press names.
"""

from importlib import import_module

_HOMES = {
    "COLUMNS": "model",
    "MATCH_THRESHOLD": "matching",
    "ImportResult": "model",
    "ListError": "model",
    "OfficialList": "model",
    "Problem": "model",
    "import_list": "store",
    "load": "store",
    "match": "matching",
    "origins": "store",
    "problems": "store",
    "read_list": "store",
    "remove": "store",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str):
    """Import on first use: the process that reads files needs nothing of the rest."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
