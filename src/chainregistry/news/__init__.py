"""News in: from feeds and exports to coded candidates, and from accepted candidates to rows of the data.

``collect`` reads and codes, ``accept`` appends what a person accepted, ``panel`` shows one candidate at a time, and
``accuracy`` measures the codes. What was not accepted is in no table and on no page. Each name is imported on first
use: the readers and the gazetteer take a moment.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "acceptance": ["accept"],
        "code": ["Coder"],
        "fetch": ["NewsError"],
        "measure": ["accuracy", "measured"],
        "read": ["Item"],
        "review": ["panel"],
        "store": ["collect", "default_file"],
    },
)
