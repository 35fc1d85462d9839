"""Official lists: from a list as the regulator publishes it to ``official/batch-NN.csv`` in the data folder.

``fetch`` gets the bytes, ``worker`` has them read by the reader of their format, ``interpret`` finds the list in what
was read and ``judge`` says what is doubtful about it, ``store`` keeps it, ``loading`` reads it back, and ``matching``
compares it with what the press names. Each name is imported on first use: the process that reads files needs nothing of
the rest.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "matching": ["MATCH_THRESHOLD", "match"],
        "model": ["COLUMNS", "ImportResult", "ListError", "OfficialList", "Problem"],
        "loading": ["load", "origins", "problems"],
        "store": ["import_list", "read_list", "remove"],
    },
)
