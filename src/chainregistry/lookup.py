"""The look-up page: every registrant, service, place, event and source, with a box that filters while one types."""

import html
from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from chainregistry import collection, extra
from chainregistry.data import Data, field_page
from chainregistry.values import count, day

NAME = "find"


def page(collected: collection.Register) -> str:
    """HTML of the page; without scripts it is the whole list."""
    data = collected.data
    groups = {
        "Registered services": [*services(data)],
        "Places": [*places(data)],
        "News items": [*events(data)],
        "Sources": [*sources(data)],
    }
    shown = {title: (count(len(rows), "row"), [Markup(row) for row in rows]) for title, rows in groups.items()}
    return extra.filled(collected, NAME, groups=shown)


def _row(name: str, about: str, *links: tuple[str, str]) -> str:
    """One row: what it is called, what is to be said of it, and where it is used; only ``links`` lead anywhere."""
    led = " ".join(
        f'<a href="{html.escape(to)}">{html.escape(words)}</a>' if to else html.escape(words) for to, words in links
    )
    called = f"<b>{html.escape(name)}</b> {html.escape(about)} " if name else ""
    return f"<li>{called}{led}</li>"


def services(data: Data) -> Iterator[str]:
    """Rows of the registrations that sources name, and of the imported lists."""
    places, fields = _places(data), _fields(data)
    for row in data.registrations.itertuples():
        name = " · ".join(filter(None, (row.entity_en, row.entity_zh, row.service_en, row.service_zh)))
        on = f"list {row.batch}" if pd.notna(row.batch) else "list not known"
        doubt = ", doubtful" if row.confidence == "low" else ""
        links = [places.get(row.province_code), fields[row.sector]]
        yield _row(name or row.filing_number, on + doubt, *filter(None, links))
    for row in data.official.itertuples():
        links = [places[row.province_code]] if row.province_code in places else []
        yield _row(f"{row.entity_zh} · {row.service_zh}", f"list {row.batch}, {row.filing_number}", *links)


def places(data: Data) -> Iterator[str]:
    """Rows of the provinces, and of the cities that news items name."""
    led = _places(data)
    for row in data.regions.itertuples():
        yield _row(f"{row.name_en} {row.name_zh}", "province", led[row.province_code])
    cities = data.events[(data.events.city != "") & (data.events.province_code != "")]
    for (code, city), found in cities.groupby(["province_code", "city"]):
        yield _row(city, count(len(found), "news item"), led[code])


def events(data: Data) -> Iterator[str]:
    """Rows of the news items."""
    led, fields = _places(data), _fields(data)
    for row in data.events.itertuples():
        place = led.get(row.province_code) or ("", row.country)
        yield _row(row.title, day(row.date), place, fields[row.sector])


def sources(data: Data) -> Iterator[str]:
    """Rows of the documents."""
    for row in data.sources.itertuples():
        when = day(row.published) if row.published else "undated"
        web = row.url.startswith(("http://", "https://"))
        yield _row("", "", (row.url, f"{row.publisher}, {when}")) if web else _row(row.publisher, f"{when}, {row.url}")


def _places(data: Data) -> dict[str, tuple[str, str]]:
    return {row.province_code: (f"page:province/{row.slug}", row.name_en) for row in data.regions.itertuples()}


def _fields(data: Data) -> dict[str, tuple[str, str]]:
    return {row.sector: (f"page:{field_page(row.sector)}", row.label.lower()) for row in data.sectors.itertuples()}
