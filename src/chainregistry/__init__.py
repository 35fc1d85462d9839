"""China's register of blockchain information services: data, bounds and charts for notebooks.

In a notebook: ``import chainregistry as cr``, then ``data = cr.load()``. Each name is imported on first use, so that
the command line starts quickly.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    [
        "adoption", "areas", "association", "bounds", "charts", "claims", "classify", "coding", "counts", "coverage",
        "data", "events", "explore", "fields", "filing", "firsts", "inferred", "layers", "ledger", "local_projects",
        "neighbours", "news", "notes", "official", "policy", "press", "projects", "quotients", "ranges", "rates",
        "record", "register", "shares", "spread", "starts", "stories", "totals", "unsorted", "worth",
    ],
    {
        "bounds": ["Model"],
        "data": ["split_list"],
        "filing": ["parse"],
        "parameters": ["choose"],
        "prose": [
            "bullets", "card", "cite", "headline", "link", "looked_up", "record_of", "say", "source_list", "strong",
            "table", "tell",
        ],
        "record": ["load"],
        "values": [
            "Interval", "Span", "count", "day", "listing", "lists_in_words", "lowered", "over", "runs", "share",
            "some", "spans",
        ],
    },
)  # fmt: skip
