"""The look-up page: every registrant, service, place, event and source, with a box that filters while one types.

Services stand by field, news items by field and place, sources by outlet: what many rows share is said, and linked,
once.
"""

import html

import pandas as pd
from markupsafe import Markup

from chainregistry import collection, extra, notes
from chainregistry.data import Data, field_page, split_list
from chainregistry.values import INFERRED, count, day, outlet, remark

NAME = "find"
NOUNS = {"Registered services": "service", "Places": "place", "News items": "news item", "Sources": "source"}
"""What the rows of each part are."""
Groups = dict[str, list[str]]
"""Rows in HTML by what they share, in HTML too."""


def page(collected: collection.Register) -> str:
    """HTML of the page; without scripts it is the whole list."""
    data = collected.data
    groups = {
        "Registered services": {"": services(data)},
        "Places": {"": places(data)},
        "News items": events(data),
        "Sources": {"": sources(data)},
    }
    said = remarks(data)
    shown = {
        title: (
            count(sum(len(rows) for part in parts.values() for rows in part.values()), NOUNS[title]),
            said.get(title, ""),
            [(Markup(head), Markup(_list(part))) for head, part in parts.items()],
        )
        for title, parts in groups.items()
    }
    return extra.filled(collected, NAME, groups=shown)


def remarks(data: Data) -> dict[str, str]:
    """What stands below the number of rows of a part: how many are doubtful, and what its words mean."""
    services, items = _doubtful(data.registrations, "service"), _doubtful(data.events, "news item")
    left = f"{services} and not counted on other pages. A service is doubtful if {notes.SAME}. " * bool(services)
    told = f"{items}; other pages count the doubtful ones as well. {notes.DOUBTFUL}. " * bool(items)
    return {
        "Registered services": f"{left}“List 1” and so on are the numbered lists of the internet regulator.",
        "News items": told + notes.INFERRED,
        "Sources": "Each date is that of a document and leads to it if we know its address; “undated” means that the"
        " document shows no date.",
    }


def _doubtful(table: pd.DataFrame, noun: str) -> str:
    """How many rows are doubtful: "22 of the 120 services are doubtful"; nothing for none."""
    number = int((table.confidence == "low").sum())
    return f"{number} of the {count(table, noun)} {'is' if number == 1 else 'are'} doubtful" * bool(number)


def _list(groups: Groups) -> str:
    """The rows under what they share. End tags that HTML does not need are left out: there are thousands."""
    lines = (line for head, rows in groups.items() for line in [f"<dt>{head}", *(f"<dd>{row}" for row in rows)])
    return "\n".join(['<dl class="rows">', *lines, "</dl>"])


def _link(to: str, words: str) -> str:
    """Words that lead to an address, or nowhere if it is empty."""
    return f'<a href="{html.escape(to)}">{html.escape(words)}</a>' if to else html.escape(words)


def services(data: Data) -> Groups:
    """Rows of the registrations that sources name by field, and at last those of the imported lists."""
    led, fields, found = _places(data), _fields(data), _by_field(data)
    for row in data.registrations.itertuples():
        name = " · ".join(filter(None, (row.entity_en, row.entity_zh, row.service_en, row.service_zh)))
        on = [f"list {row.batch}" if pd.notna(row.batch) else "list not known"]
        on += [_link(*led[row.province_code])] if row.province_code in led else []
        on += ["doubtful"] * (row.confidence == "low")
        found[fields[row.sector]].append(f"{_bold(name or f'filing number {row.filing_number}')} {', '.join(on)}")
    imported = [
        f"{_bold(f'{row.entity_zh} · {row.service_zh}')} {html.escape(f'list {row.batch}, {row.filing_number}')}"
        + (f", {_link(*led[row.province_code])}" if row.province_code in led else "")
        for row in data.official.itertuples()
    ]
    return {head: rows for head, rows in (found | {"Imported lists": imported}).items() if rows}


def places(data: Data) -> Groups:
    """Each province, and the cities in it that news items name; one that is a province stands once."""
    led = _places(data)
    found = {
        row.province_code: [f"{_bold(f'{row.name_en} {row.name_zh}')} unit of province level"]
        for row in data.regions.itertuples()
    }
    cities = data.events[(data.events.city != "") & (data.events.province_code != "")]
    for (code, city), items in cities.groupby(["province_code", "city"]):
        if city != led[code][1]:
            found[code].append(f"{_bold(city)} {count(len(items), 'news item')}")
    return {_link(*led[code]): rows for code, rows in found.items()}


def events(data: Data) -> dict[str, Groups]:
    """Rows of the news items by field and place, provinces before countries; of each the oldest first.

    What else is searched, and shown where it fits, stands last: those who act, where the title does not name them.
    """
    led, fields = _places(data), _fields(data)
    found: dict[str, Groups] = {head: {} for head in _by_field(data)}
    country = data.dated.country.replace({"China": "China, no single province"})
    places = [led.get(code, ("", name)) for code, name in zip(data.dated.province_code, country, strict=True)]
    rows = data.dated.assign(place=places, abroad=[not to for to, _ in places], name=[name for _, name in places])
    chinese = data.regions.set_index("province_code").name_zh
    for row in rows.sort_values(["abroad", "name", "date"], kind="stable").itertuples():
        doubt = ", doubtful" if row.confidence == "low" else ""
        text = f"{row.title} · {day(row.date)}{INFERRED * row.date_inferred}{doubt}"
        bodies = dict.fromkeys(split_list(f"{row.body};{row.organisations}", ";"))
        also = html.escape("; ".join(body for body in bodies if body not in text), quote=False)
        where = f"{_link(*row.place)} {chinese.get(row.province_code, '')}".strip()
        found[fields[row.sector]].setdefault(where, []).append(
            html.escape(text, quote=False) + f"<p>{also}" * bool(also)
        )
    return {head: rows for head, rows in found.items() if rows}


def sources(data: Data) -> Groups:
    """Rows of the documents by outlet, by the date that each shows; one without a web address has what it has."""
    found: Groups = {}
    names = data.sources.publisher.map(outlet)
    order = data.sources.assign(outlet=names, name=names.str.casefold(), undated=data.sources.published == "")
    for row in order.sort_values(["name", "undated", "published"], kind="stable").itertuples():
        when = day(row.published) if row.published else "undated"
        web = row.url.startswith(("http://", "https://"))
        text = _link(row.url, when) if web else html.escape(", ".join(filter(None, [when, row.url])))
        about = f" ({html.escape(remark(row.publisher))})" if remark(row.publisher) else ""
        found.setdefault(html.escape(row.outlet), []).append(text + about)
    return found


def _bold(name: str) -> str:
    return f"<b>{html.escape(name)}</b>"


def _places(data: Data) -> dict[str, tuple[str, str]]:
    """Address and name of each province, by code."""
    return {row.province_code: (f"page:province/{row.slug}", row.name_en) for row in data.regions.itertuples()}


def _fields(data: Data) -> dict[str, str]:
    """The linked name of each field, by code."""
    return {row.sector: _link(f"page:{field_page(row.sector)}", row.label) for row in data.sectors.itertuples()}


def _by_field(data: Data) -> Groups:
    """No rows yet for each field, in the order of the alphabet."""
    fields = _fields(data)
    return {fields[sector]: [] for sector in data.sectors.sort_values("label").sector}
