"""What the front page shows: one claim and its picture, the story, the map, the findings, the fields, what is new.

Findings and charts are read from the pages that have been made, so that they say what those pages say.
"""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from chainregistry import bounds, charts, collection, drawings, extra, layers, notes, ranges, sharing, totals
from chainregistry.data import UNSORTED, Data, field_page
from chainregistry.values import count, day, lists_in_words
from nbpages import catalogue
from nbpages.front import head

STORY, OWN = "june-2019", "official-lists"
ORDER = ("places", "sectors", "local-government", "policy", "asia", "official-lists", "methods")
"""Pages in the order of their interest for a visitor; others follow."""
NOT_SMALL = ("heatmap",)
"""Forms that a card does not show: too fine for it."""
LIST = "unsorted"
"""The page of what could not be sorted: a list, no finding."""
TOP = "registry"
"""The page whose finding and picture open the front page."""


def page(collected: collection.Register, out: Path) -> str:
    """The front page of the pages that stand below ``out``, be they all or a few."""
    data, made = collected.data, _made(collected, out)
    hidden = (STORY, LIST, TOP) if len(data.official) else (STORY, LIST, TOP, OWN)  # without a list that shows nothing
    return extra.filled(
        collected,
        "index",
        claim=claim(data),
        description=layers.known(data).sentence,
        lists=lists(data),
        picture=_figure(made.get(TOP), "lists"),
        story=made.get(STORY),
        map=provinces(collected),
        funnel=_figure(made.get("local-government"), "funnel"),
        local=notes.LOCAL,
        doubtful=notes.DOUBTFUL,
        cards=[made[name] for name in sorted(made, key=_rank) if name not in hidden],
        sectors=sectors(data),
        latest=latest(data),
    )


def claim(data: Data) -> str:
    """The one sentence of the whole collection; the lists hold as many as we know of, or more."""
    rarity = (totals.at_least(data) - 1) // max(layers.nameable(data), 1)
    share = f"fewer than one in {rarity}" if rarity > 1 else "most that we know of"
    return f"In China every blockchain service offered to the public must register. Public sources identify {share}."


def _made(collected: collection.Register, out: Path) -> dict[str, dict]:
    """The research pages that have been made: name, title, description, and the drawing that shows what the title says.

    That is the first one; if it is too fine for a card, none is shown.
    """
    found = {}
    for name in (page.name for page in catalogue.pages(collected) if "/" not in page.name):
        if story := head(out / f"{name}.html"):
            small = [figure for figure in story["figures"][:1] if figure["chart"]["kind"] not in NOT_SMALL]
            found[name] = {"name": name, **story, "first": _drawn(small[0]) if small else None}
    return found


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _drawn(figure: dict) -> dict:
    return figure | {"wide": Markup(figure["wide"]), "phone": Markup(figure["phone"])}


def _figure(made: dict | None, kind: str) -> dict | None:
    """The first drawing of a kind on a page."""
    figures = made["figures"] if made else []
    return next((_drawn(figure) for figure in figures if figure["chart"]["kind"] == kind), None)


def lists(data: Data) -> str:
    """How many lists there are at least, of how many the size is known, what they hold, and how much of it is named."""
    since, sized = day(data.batches.published[0]), data.batches.services.dropna()
    beside = layers.beside(data)
    named = totals.named_by(beside, data.official)
    unlisted = int(beside.batch.isna().sum())
    rest = f"; for {unlisted:,} of these {named.services:,} the list is not known" * (unlisted > 0)
    return (
        f"Since {since} the internet regulator has published at least {count(data.batches, 'list')}; public sources"
        f" give the size of {len(sized)}, together {sized.sum():,.0f} services. All lists together hold at least"
        f" {totals.at_least(data):,}. Public sources identify {named}{rest}."
    )


def provinces(collected: collection.Register) -> dict:
    """The map for a wide and a narrow screen: services that each province has at least, and its range."""
    table, words, options = _map(collected, collected.version())
    about = f"{words.title}. Each square leads to the page of its province."
    wide, phone = (
        Markup(drawings.on_page(charts.svg(charts.draw("tiles", table, words, options, width), words.title, about)))
        for width in (charts.WIDE, charts.PHONE)
    )
    return {"wide": wide, "phone": phone}


def picture(collected: collection.Register) -> bytes:
    """The picture that a link to the front page is shown with."""
    table, words, options = _map(collected, collected.version())
    return sharing.front(collected.data, claim(collected.data), table, replace(words, source=""), options)


@lru_cache(maxsize=1)
def _map(collected: collection.Register, version: str) -> tuple[pd.DataFrame, charts.Words, dict]:
    data = collected.data
    last = int(catalogue.declared(collected, "province.ipynb")["last_list"][1])
    model = bounds.without_inferred(bounds.Model(data))
    table = ranges.written(model.table(1, last).merge(data.regions))
    present, named = model.present(1, last), int((table.low > 0).sum())
    words = charts.Words(
        f"{present} provinces had a service on {lists_in_words(1, last)}; published counts name {named} of them",
        ranges.ON_THE_MAP,
        "published numbers, listed on the page of each province",
    )
    options = {"value": "low", "text": "range", "unit": "services, at least", "nothing": "none known"}
    return table, words, options


def sectors(data: Data) -> dict[str, list[dict]]:
    """The fields by size: name, label, services that we can name and news items of mainland China.

    And, as ``rest``, one row for what could not be sorted.
    """
    named = data.named().sector.value_counts()
    news = data.dated.sector[data.dated.country == "China"].value_counts()
    table = data.sectors.assign(
        named=data.sectors.sector.map(named).fillna(0).astype(int),
        news=data.sectors.sector.map(news).fillna(0).astype(int),
    ).sort_values(["named", "news"], ascending=False, kind="stable")
    most = max(table.named.max(), table.news[~table.sector.isin(UNSORTED)].max(), 1)
    rows = [
        {"page": field_page(row.sector), "label": row.label, "named": row.named, "news": row.news, "code": row.sector}
        | {"parts": (round(100 * row.named / most), round(100 * row.news / most))}
        for row in table.itertuples()
    ]
    return {
        "fields": [row for row in rows if row["code"] not in UNSORTED],
        "rest": table[table.sector.isin(UNSORTED)][["named", "news"]].sum().to_dict(),
    }


def latest(data: Data) -> str:
    """The last list that is known to be out."""
    last = data.batches[data.batches.published != ""].iloc[-1]
    before = "by " if last.date_precision == "no-later-than" else "on " if len(last.published) == 10 else "in "
    return f"Last list known: number {last.batch}, published {before}{day(last.published)}"
