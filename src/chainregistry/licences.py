"""Licences of everything that the package needs to run: ``python -m chainregistry.licences`` writes the table.

What a distribution says of itself is taken: its licence expression, else its classifiers, else its licence field.
"""

import re
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from chainregistry import data
from chainregistry.collection import ROOT

TABLE = ROOT / "THIRD-PARTY-LICENSES.md"

DUTIES = {
    "LGPL": "Using it, also in a closed program, asks for nothing. Who passes it on, alone or in a bundle, keeps its "
    "licence with it and lets others put another version of it in its place; changes to it are "
    "passed on under the LGPL.",
    "MPL": "Using it asks for nothing. Who passes on changed files of it gives these files away under the MPL; "
    "everything beside them is free of it.",
    "GPL": "Who passes on a program that contains it gives away the whole under the GPL.",
}
"""What copyleft means for a user, by the name that the licence has in its expression."""

_HEAD = """# Licences of third parties

Made by `make licences` from what the installed distributions say of themselves. This project (code MIT, data and text
CC BY 4.0) contains none of them: `pip` fetches each from its makers. All but those under "Copyleft" ask for no more
than that their notice stays with them.
"""


def runtime(name: str = "chainregistry") -> dict[str, metadata.Distribution]:
    """All distributions that a plain install brings on this machine, by canonical name, without the package itself."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [(name, frozenset())]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        distribution = metadata.distribution(name)
        found[canonicalize_name(name)] = distribution
        for text in distribution.requires or []:
            needed = Requirement(text)
            wanted = [{"extra": extra} for extra in extras or {""}]
            if needed.marker is None or any(needed.marker.evaluate(extra) for extra in wanted):
                key = canonicalize_name(needed.name), frozenset(needed.extras)
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)
    del found["chainregistry"]
    return dict(sorted(found.items()))


def licence(distribution: metadata.Distribution) -> str:
    """Licence as the distribution states it, in a few words."""
    stated = distribution.metadata
    if expression := stated.get("License-Expression"):
        return expression
    names = [line.split(" :: ")[-1] for line in stated.get_all("Classifier", []) if line.startswith("License ::")]
    if names := [re.sub(r" License$", "", name) for name in names if name != "OSI Approved"]:
        return ", ".join(names)
    first = (stated.get("License") or "").strip().split("\n")[0]
    return first if 0 < len(first) < 60 else "not stated; see its files"


def copyleft(text: str) -> str:
    """The family of DUTIES that a licence belongs to; empty for the others."""
    short = text.replace("Lesser General Public", "LGPL").replace("Mozilla Public", "MPL")
    return next((family for family in DUTIES if re.search(rf"\b{family}", short)), "")


def table() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    known = {name: licence(distribution) for name, distribution in runtime().items()}
    yield _HEAD
    yield "## Copyleft\n\n| distribution | licence | what it means |\n|---|---|---|"
    for name, text in known.items():
        if family := copyleft(text):
            yield f"| {name} | {text} | {DUTIES[family]} |"
    yield "\n## All\n\n| distribution | licence |\n|---|---|"
    yield from (f"| {name} | {text} |" for name, text in known.items())


if __name__ == "__main__":
    data.write(TABLE, table().encode())
    print(f"written: {TABLE}")
