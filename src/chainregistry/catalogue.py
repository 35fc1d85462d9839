"""Which pages there are, from which notebook and with which parameters.

``pages()`` reads them from ``reports/pages.yaml``, ``plan()`` chooses some and checks their parameters.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import yaml

from chainregistry import data as data_package
from chainregistry import parameters as vocabularies
from chainregistry import quickstart  # noqa: F401  (before the first import of nbformat)

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Page:
    """One page to be made: ``name`` is its path without ``.html``."""

    name: str
    notebook: str
    parameters: dict = field(default_factory=dict)


class UsageError(ValueError):
    """What was asked for cannot be done; nothing was run."""


def pages(data: data_package.Data, listing: Path = REPOSITORY / "reports" / "pages.yaml") -> list[Page]:
    """All pages of ``pages.yaml``, "each" expanded."""
    try:
        entries = yaml.safe_load(listing.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{listing}: cannot be read: {error}") from None
    found = []
    for name, entry in entries.items():
        fixed = entry.get("parameters", {})
        if not (REPOSITORY / "notebooks" / entry["notebook"]).is_file():
            raise UsageError(f"{listing}: page {name}: there is no notebooks/{entry['notebook']}")
        if "each" not in entry:
            found.append(Page(name, entry["notebook"], fixed))
            continue
        for value in vocabularies.vocabulary(data, entry["each"]) or []:
            found.append(Page(name.format(each=value), entry["notebook"], {**fixed, entry["each"]: value}))
    return found


def plan(data: data_package.Data, names: tuple[str, ...], given: dict[str, str]) -> list[Page]:
    """The pages asked for (none: all) with the parameters given on the command line, all checked.

    Raises UsageError for an unknown page, an unknown parameter or a value out of its vocabulary or type.
    """
    known = {page.name: page for page in pages(data)}
    for name in names:
        if name not in known:
            raise UsageError(f"there is no page {name!r}{vocabularies.suggestion(name, list(known))}")
    chosen = [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
    return [replace(page, parameters=_parameters(data, page, given)) for page in chosen]


def _parameters(data: data_package.Data, page: Page, given: dict[str, str]) -> dict:
    """Defaults of the notebook, then those of the page, then those given; the latter two checked."""
    known = declared(page.notebook)
    values = {name: default for name, (_, default) in known.items()}
    for name, value in [*page.parameters.items(), *given.items()]:
        if name not in known:
            raise UsageError(f"page {page.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        if name in given and name in page.parameters and str(value) != str(page.parameters[name]):
            raise UsageError(f"page {page.name} fixes {name} = {page.parameters[name]}; choose another page instead")
        kind, default = known[name]
        values[name] = _value(data, name, str(value), kind, default)
    return values


@cache
def declared(notebook: str) -> dict[str, tuple[str, object]]:
    """Parameters of a notebook: name to type and default, from its cell tagged "parameters"."""
    from papermill.inspection import inspect_notebook

    found = inspect_notebook(str(REPOSITORY / "notebooks" / notebook))
    return {name: (p["inferred_type_name"], yaml.safe_load(p["default"])) for name, p in found.items()}


def _value(data: data_package.Data, name: str, text: str, kind: str, default):
    """A value in the type that the notebook declares."""
    allowed = vocabularies.vocabulary(data, name)
    if allowed is not None:
        allowed = [*allowed, *(["all"] if default == "all" else [])]
        if text not in allowed:
            raise UsageError(f"{name} has no value {text!r}{vocabularies.suggestion(text, allowed)}")
        return text
    try:
        match kind:
            case "bool":
                return {"true": True, "false": False}[text.lower()]
            case "int":
                return int(text)
            case "float":
                return float(text)
            case _:
                return text
    except (KeyError, ValueError):
        expected = {"bool": "true or false", "int": "a whole number", "float": "a number"}[kind]
        raise UsageError(f"{name} must be {expected}, not {text!r}") from None
