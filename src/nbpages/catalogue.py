"""Which pages there are, from which notebook and with which parameters.

``pages()`` reads them from the list of a collection, ``plan()`` chooses some and checks their parameters.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

import yaml

from nbpages.collection import Collection, Page, UsageError
from nbpages.notebook import NotebookError, parameters
from nbpages.notebook import checked as checked_notebook
from nbpages.parameters import ParameterError, checked, suggestion

EACH = "{each}"
KEYS = ("notebook", "parameters", "each")
"""What an entry of the list may say."""
_NAME = re.compile(r"\w(?:[\w .-]*[\w-])?(?:/\w(?:[\w .-]*[\w-])?)*")
"""A name that is a path below the pages and stands unchanged in a link."""


class _Once(yaml.SafeLoader):
    """YAML in which no key stands twice: of two entries of one name PyYAML would drop the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else key)
        return super().construct_mapping(node, deep)


def pages(collection: Collection) -> list[Page]:
    """All pages of the list, "each" expanded; a page with an entry of its own is not made a second time.

    Raises UsageError, in one line with the file and the entry, for a list that is not one. Parameters are checked by
    ``plan``.
    """
    entries = _entries(collection)
    found: dict[str, Page] = {}
    for name, entry in entries.items():
        if wrong := next(_lacks(collection, name, entry), None):
            raise UsageError(f"{collection.listing}: page {name}: {wrong}")
        fixed = entry.get("parameters", {})
        if "each" not in entry:
            found[name] = Page(name, entry["notebook"], fixed)
            continue
        for value in collection.allowed(entry["each"]):
            one = name.replace(EACH, str(value))
            if one in entries:
                continue
            if one in found:
                raise UsageError(f"{collection.listing}: page {name}: another entry makes {one}, too")
            found[one] = Page(one, entry["notebook"], {**fixed, entry["each"]: value})
    return list(found.values())


def _entries(collection: Collection) -> dict:
    """The list as it stands in its file: name to entry."""
    listing = collection.listing
    try:
        entries = _parsed(listing.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{listing}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{listing}: is not text in UTF-8") from None
    except RecursionError:
        raise UsageError(f"{listing}: is nested too deeply") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{listing}: cannot be read: {_in_one_line(error)}") from None
    if not isinstance(entries, dict) or not entries:
        raise UsageError(f"{listing}: lists no page; an entry is like NAME: {{notebook: FILE}}")
    return entries


@lru_cache(maxsize=1)
def _parsed(text: str) -> object:
    """The content of the list, parsed once for all pages of a process."""
    return yaml.load(text, _Once)


def _in_one_line(error: yaml.YAMLError) -> str:
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error).splitlines()[0]
    return f"line {error.problem_mark.line + 1}: {', '.join(filter(None, (error.context, error.problem)))}"


def _lacks(collection: Collection, name: object, entry: object) -> Iterator[str]:
    """What is wrong with an entry of the list, the first thing first."""
    if not isinstance(name, str):
        yield "its name is no text; put it in quotation marks"
    elif not _NAME.fullmatch(name.replace(EACH, "each")):
        yield "its name is a path of letters, digits, blanks and the signs . - _ between slashes"
    elif name in ("index", *collection.extra):
        yield "a page of this name is made without a notebook; choose another one"
    if not isinstance(entry, dict):
        yield "its entry is not like {notebook: FILE}"
        return
    for key in entry:
        if key not in KEYS:
            yield f"its entry has no {key!r}{suggestion(str(key), list(KEYS))}"
    notebook = entry.get("notebook")
    if not isinstance(notebook, str):
        yield "its entry names no notebook"
    elif {"..", "/"} & {*PurePosixPath(notebook).parts} or not os.path.isfile(collection.notebooks / notebook):
        yield f"there is no notebooks/{notebook}"
    fixed = entry.get("parameters", {})
    if not isinstance(fixed, dict):
        yield "its parameters are not like {NAME: VALUE}"
        return
    for parameter, value in fixed.items():
        if not isinstance(value, str | int | float | date):
            yield f"its parameter {parameter} has no single value"
    each = entry.get("each")
    if "each" not in entry:
        if EACH in name:
            yield f"its name has {EACH}, but its entry no each: PARAMETER"
    elif not isinstance(each, str) or collection.allowed(each) is None:
        yield f"each: {each} is no parameter that has a list of values"
    elif EACH not in name:
        yield f"its name needs {EACH}, in the place of which the value comes"
    elif each in fixed:
        yield f"{each} cannot be both each and a parameter"


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
        where = "" if name in given else f"{collection.listing}: "
        if name not in known:
            raise UsageError(f"{where}page {page.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        if name in given and name in page.parameters and str(value) != str(page.parameters[name]):
            raise UsageError(f"page {page.name} fixes {name} = {page.parameters[name]}; choose another page instead")
        kind, default = known[name]
        try:
            values[name] = checked(name, str(value), collection.allowed(name), kind, every=default == "all")
        except ParameterError as error:
            raise UsageError(f"{where}page {page.name}: {error}") from None
    if wrong := collection.contradiction(values):
        raise UsageError(f"page {page.name}: {wrong}")
    return values


def declared(collection: Collection, notebook: str) -> dict[str, tuple[str, object]]:
    """Parameters of a notebook: name to type and default, from its cell tagged "parameters"."""
    return parameters(checked_notebook(collection.notebooks / notebook))
