"""What the front page shows: findings with small charts, the provinces, the sectors, and what is new.

Findings and charts are read from the pages that have been made, so that they say what those pages say.
"""

import base64
import re
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup

from chainregistry import bounds, charts, collection, layers
from chainregistry.data import Data
from chainregistry.prose import count
from nbpages import catalogue
from nbpages.front import head

SMALL = 700
"""Pixels across a small chart, twice those it is shown on."""
STEPS = [0, 10, 50, 100]
"""A province is shaded the darker, the more of these numbers its services surely exceed."""
LATEST = 5
"""Dated lines of what is new."""


def page(register: collection.Register, out: Path) -> str:
    """The front page of the pages that stand below ``out``, be they all or a few."""
    loader = jinja2.FileSystemLoader(collection.TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    names, data = [page.name for page in catalogue.pages(register)], register.data
    told = stories(out, register)
    others = [name for name in names if "/" in name and name.partition("/")[0] not in collection.GROUPS]
    text = environment.get_template("index.html.j2").render(
        site=register.site,
        style=Markup(register.style()),
        lead=next((story for story in told if story["name"] == "registry"), None),
        stories=told,
        known=layers.known(data),
        provinces=provinces(out, register),
        key=key(),
        span=f"1 to {span(register)}",
        sectors=sectors(out, data),
        others=[{"name": name, **made} for name in others if (made := head(out / f"{name}.html"))],
        news=news(data),
        picture=(out / "social.png").is_file(),
        as_of=data.as_of,
        version=data.version,
        simulated=data.simulated,
        notice=register.notice,
    )
    return collection.mark_chinese(text)


def stories(out: Path, register: collection.Register) -> list[dict]:
    """One finding per research page that has been made: name, question, answer, and its first chart, small."""
    found = []
    for page in catalogue.pages(register):
        if "/" not in page.name and (story := head(out / f"{page.name}.html")):
            if "chart" in story:
                picture = charts.image(charts.redraw(story["chart"], story.pop("csv")), SMALL)
                story["picture"] = base64.b64encode(charts.png(picture)).decode()
                story["width"], story["height"] = picture.width // 2, picture.height // 2
            found.append({"name": page.name, **story})
    return found


def provinces(out: Path, register: collection.Register) -> list[dict]:
    """All provinces as tiles of a map, those with a page with the bounds of their services on the first lists."""
    data = register.data
    model, last = bounds.Model(data), span(register)
    tiles = []
    for region in data.regions.itertuples():
        name = f"province/{region.slug}"
        tile = {
            "row": region.grid_row + 1,
            "column": region.grid_col + 1,
            "words": [charts.LAST_SYLLABLE.sub("\\1\u00ad\\2", word) for word in region.name_en.split()],
            "chinese": region.short_zh,
        }
        if (out / f"{name}.html").is_file():
            known = model.between(region.province_code, 1, last)
            tile |= {"name": name, "text": short(known), "step": sum(known.low > step for step in STEPS)}
        tiles.append(tile)
    return tiles


def short(known: bounds.Interval) -> str:
    """An interval in few characters: 5–16, 63, 3+."""
    return f"{known:,}".replace(" to ", "–") if known.high is not None else f"{known.low:,}+"


def key() -> list[str]:
    """What each shade of the map means, the palest first."""
    return ["perhaps none", *(f"surely more than {step}" if step else "surely one or more" for step in STEPS)]


def span(register: collection.Register) -> int:
    """The last list that province pages bound by default."""
    return int(catalogue.declared(register, "province.ipynb")["last_list"][1])


def sectors(out: Path, data: Data) -> list[dict]:
    """The sectors with a page: name, label, named registrations and events in mainland China."""
    named = data.named().sector.value_counts()
    news = data.events[data.events.country == "China"].sector.value_counts()
    return [
        {
            "name": f"sector/{row.sector}",
            "label": row.label,
            "text": f"{count(int(named.get(row.sector, 0)), 'registration')} named, "
            f"{count(int(news.get(row.sector, 0)), 'event')} in the news",
        }
        for row in data.sectors.itertuples()
        if (out / f"sector/{row.sector}.html").is_file()
    ]


def news(data: Data) -> list[tuple[str, str]]:
    """The latest dated changes of the record: lists published or imported, and corrections of the data."""
    lines = []
    for row in data.batches[data.batches.published != ""].itertuples():
        size = "its size is not known" if pd.isna(row.services) else count(int(row.services), "service")
        lines.append((row.published, f"The regulator publishes list {row.batch}; {size}."))
    readme = data.folder / "README.md"
    if readme.is_file():
        dated = re.findall(r"^\* (\d{4}-\d\d-\d\d): (.+)$", readme.read_text(encoding="utf-8"), re.MULTILINE)
        lines += [(day, f"Data: {text.replace('`', '')}") for day, text in dated]
    return sorted(lines, key=lambda line: line[0], reverse=True)[:LATEST]
