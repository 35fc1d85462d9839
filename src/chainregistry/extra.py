"""Pages that no notebook makes, and what they and the front page have in common; here the corrections of the data."""

import re

import jinja2
from markupsafe import Markup

from chainregistry import collection
from chainregistry.values import day
from nbpages import publish

CORRECTIONS = "corrections"
TITLES = {"find": "Look up", CORRECTIONS: "Corrections"}
"""How these pages are cited; the front page has the name of the whole."""
TOLD, ROWS = "What was put right", "Corrections"
"""Titles of the parts of the README of the data that the page of corrections shows."""


def filled(collected: collection.Register, name: str, **values) -> str:
    """HTML of the page of that name from the template of that name; ``values`` are escaped unless they are Markup."""
    data = collected.data
    loader = jinja2.FileSystemLoader(collection.TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    environment.filters["day"] = day
    text = environment.get_template(f"{name}.html.j2").render(
        site=collected.site,
        style=Markup(collected.style()),
        shared=Markup(collection.shared(name)),
        menu=collected.menu,
        name=name,
        simulated=data.simulated,
        notice=collected.notice,
        as_of=day(data.as_of),
        version=data.version,
        licence=Markup(collection.LICENCE),
        cite=Markup(collection.cite(name, data, TITLES.get(name, ""))),
        **values,
    )
    return collection.mark_chinese(publish.linked(text, collected, ""))


def corrections(collected: collection.Register) -> str:
    """HTML of the dated corrections that the README of the data lists: of what pages said, and of rows."""
    path = collected.data.folder / "README.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return filled(collected, CORRECTIONS, told=dated(text, TOLD), rows=dated(text, ROWS))


def dated(text: str, title: str) -> list[tuple[str, list[Markup]]]:
    """Days and their corrections, the latest first, from Markdown with a part of that title of dated bullets.

    Of the marks of Markdown, code and emphasis become HTML; all else is text. What follows "Rows: " is folded.
    """
    part = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    found: dict[str, list[Markup]] = {}
    for date, change in re.findall(r"^[*-] (\d{4}-\d\d-\d\d): (.+)$", part[1] if part else "", re.MULTILINE):
        safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(Markup.escape(change)))
        safe = re.sub(r"\*([^*]+)\*", r"<em>\1</em>", safe)
        safe = re.sub(r" Rows: (.+)$", r" <details><summary>Rows</summary>\1</details>", safe)
        found.setdefault(date, []).insert(0, Markup(safe))
    return sorted(found.items(), reverse=True)
