"""Lines, tables and links of a web page."""

import re

from chainregistry.official.decode import decoded
from chainregistry.official.model import MAX_SPAN, Doubt, Item, Line, Link, Row

_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "table",
    "caption",
    "title",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
}
_ROW = "\ue000row\ue000"


def read(content: bytes) -> list[Item]:
    import lxml.html
    from lxml import etree

    text = re.sub(r"</(?:body|html)\s*>", "", decoded(content), flags=re.IGNORECASE)  # the parser would stop there
    root = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    hidden = ("script", "style", "template", "noscript", etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(root, *hidden, with_tail=False)
    for element in root.iter():
        limit = "\n" if element.tag in _BLOCKS else ""
        element.text = limit * (element.tag != "br") + _collapsed(element.text)
        element.tail = limit + _collapsed(element.tail)
    rows, tables = [], {}
    for tr in root.xpath("//tr[not(.//tr)]"):
        table, spans = tables.setdefault(next(tr.iterancestors("table"), root), (len(tables) + 1, {}))
        cells = tr.xpath("./td | ./th")
        parts = [(cell.text_content(), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells]
        rows.append(Row(table, _spread(parts, spans)))
        tr.clear(keep_tail=True)
        tr.text = f"\n{_ROW}\n"
    lines = [line.strip() for line in root.text_content().split("\n")]
    following = iter(rows)
    links = root.xpath(
        "//a/@href[re:test(., '\\.(pdf|docx?|xlsx?)$', 'i')]",
        namespaces={"re": "http://exslt.org/regular-expressions"},
    )
    items = [next(following) if line == _ROW else Line(line) for line in lines if line]
    shown = re.sub(r"<(script|style)\b.*?</\1\s*>", "", text.lower(), flags=re.DOTALL)
    opened = max(shown.rfind(tag) for tag in ("<table", "<tr", "<td"))
    if opened > shown.rfind("</table") or re.search("<[^<>]{0,99}$", shown):
        items.append(Doubt("the page breaks off: rows may be missing"))
    return [*items, *(Link(str(link)) for link in links)]


def _collapsed(text: str | None) -> str:
    """Text of HTML source as it is shown: a line break between Chinese characters is none."""
    text = re.sub(r"(?<=[\u2e80-\uffef])[ \t\r\n]*\n[ \t\r\n]*(?=[\u2e80-\uffef])", "", text or "")
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _span(cell, attribute: str) -> int:
    number = re.match(r"\s*\+?(\d{1,9})", cell.get(attribute, "1"))
    return min(int(number[1]), MAX_SPAN) or MAX_SPAN if number else 1


def _spread(parts: list[tuple[str, int, int]], spans: dict[int, tuple[str, int]]) -> list[str]:
    """Cells of one row on the grid of its table.

    A cell that spans rows is repeated in each; of one that spans columns, the further places are empty.
    ``spans`` holds, by column, text and number of further rows of cells that reach down; it is updated.
    """
    cells, waiting = [], list(reversed(parts))
    while waiting or len(cells) in spans:
        column = len(cells)
        if column in spans:
            text, rows = spans.pop(column)
            if rows > 1:
                spans[column] = (text, rows - 1)
            cells.append(text)
            continue
        text, width, height = waiting.pop()
        for place in range(column, column + width):
            cells.append(text if place == column else "")
            if height > 1:
                spans[place] = (cells[-1], height - 1)
    return cells
