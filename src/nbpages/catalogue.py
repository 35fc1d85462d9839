"""Which pages there are, from which notebook and with which parameters.

``pages()`` reads them from the list of a collection, ``plan()`` chooses some and checks their parameters.
"""

from dataclasses import replace

import yaml

from nbpages.collection import Collection, Page, UsageError
from nbpages.notebook import NotebookError, parameters
from nbpages.notebook import checked as checked_notebook
from nbpages.parameters import checked, suggestion


def pages(collection: Collection) -> list[Page]:
    """All pages of the list, "each" expanded; a page with an entry of its own is not made a second time."""
    listing = collection.listing
    try:
        entries = yaml.safe_load(listing.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{listing}: cannot be read: {error}") from None
    found = []
    for name, entry in entries.items():
        fixed = entry.get("parameters", {})
        if not (collection.notebooks / entry["notebook"]).is_file():
            raise UsageError(f"{listing}: page {name}: there is no notebooks/{entry['notebook']}")
        if "each" not in entry:
            found.append(Page(name, entry["notebook"], fixed))
            continue
        for value in collection.allowed(entry["each"]) or []:
            if (one := name.format(each=value)) not in entries:
                found.append(Page(one, entry["notebook"], {**fixed, entry["each"]: value}))
    return found


def plan(collection: Collection, names: tuple[str, ...], given: dict[str, str]) -> list[Page]:
    """The pages asked for (none: all) with the parameters given on the command line, all checked.

    Raises UsageError for an unknown page, an unknown parameter or a value out of its vocabulary or type.
    """
    known = {page.name: page for page in pages(collection)}
    for name in names:
        if name not in known:
            raise UsageError(f"there is no page {name!r}{suggestion(name, list(known))}")
    chosen = [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
    return [replace(page, parameters=_parameters(collection, page, given)) for page in chosen]


def _parameters(collection: Collection, page: Page, given: dict[str, str]) -> dict:
    """Defaults of the notebook, then those of the page, then those given; the latter two checked."""
    try:
        known = declared(collection, page.notebook)
    except NotebookError:
        return page.parameters | given  # it costs its own page only, which says so when its turn comes
    values = {name: default for name, (_, default) in known.items()}
    for name, value in [*page.parameters.items(), *given.items()]:
        if name not in known:
            raise UsageError(f"page {page.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        if name in given and name in page.parameters and str(value) != str(page.parameters[name]):
            raise UsageError(f"page {page.name} fixes {name} = {page.parameters[name]}; choose another page instead")
        kind, default = known[name]
        values[name] = checked(name, str(value), collection.allowed(name), kind, every=default == "all")
    return values


def declared(collection: Collection, notebook: str) -> dict[str, tuple[str, object]]:
    """Parameters of a notebook: name to type and default, from its cell tagged "parameters"."""
    return parameters(checked_notebook(collection.notebooks / notebook))
