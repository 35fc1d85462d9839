"""The front page: what it can read from the pages that have been made, so that it says what they say."""

import html
import json
import re
from pathlib import Path

from bs4 import BeautifulSoup

from nbpages.catalogue import pages
from nbpages.collection import Collection

FRAMED = re.compile(r'<div class="chart-(?:wide|phone)">(.*?)</div>(?=<div class="chart-|\s*<figcaption)', re.DOTALL)
"""What a page shows of a figure with two drawings."""


def head(path: Path) -> dict | None:
    """Title and description of a page that has been made, with its drawings; None where no such page stands there.

    ``figures`` are those drawn as SVG: ``chart`` is what the notebook gave as the figure's metadata "chart", ``wide``
    and ``phone`` are the two drawings (the same where there is but one).
    """
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    top = BeautifulSoup(text.partition("<style>")[0], "html.parser")
    about = top.find("meta", {"name": "description"})
    if not (top.title and about):
        return None
    found = {"title": top.title.get_text(), "description": about["content"], "figures": []}
    for tag, inside in re.findall(r"<figure([^>]*)>(.*?)</figure>", text, re.DOTALL):
        drawings = FRAMED.findall(inside) or re.findall(r"<svg.*?</svg>", inside, re.DOTALL)
        told = re.search(r'data-chart="([^"]*)"', tag)
        if drawings and told:
            chart = json.loads(html.unescape(told[1]))
            found["figures"].append({"chart": chart, "wide": drawings[0], "phone": drawings[:2][-1]})
    return found


def page(collection: Collection, out: Path) -> str:
    """A plain front page: the pages that have been made, each with its title and its answer."""
    entries = ""
    for name in (page.name for page in pages(collection)):
        if made := head(out / f"{name}.html"):
            title, answer = html.escape(made["title"]), html.escape(made["description"])
            entries += f'<li><a href="{html.escape(name)}.html">{title}</a> {answer}</li>\n'
    site, notice = html.escape(collection.site), html.escape(collection.notice)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{site}</title>
<style>{collection.style()}</style>
</head>
<body>
<main id="text">
<h1>{site}</h1>
<ul>
{entries}</ul>
<footer><p>{notice}</p></footer>
</main>
</body>
</html>
"""
