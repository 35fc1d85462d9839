"""Lines, tables and links of a web page. Tables by the HTML standard, section 4.9.12 (forming a table)."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from chainregistry.official.decode import decoded
from chainregistry.official.model import MAX_SPAN, Aside, Doubt, Item, Line, Link, ListError, Row, Seen, Told
from chainregistry.official.refusal import full
from chainregistry.official.struck import judged

_BLOCKS = {
    "p", "div", "br", "li", "tr", "td", "th", "table", "caption", "title", "h1", "h2", "h3", "h4", "h5", "h6",
    "section", "dt", "dd", "option",
}  # fmt: skip
_GROUPS = ("thead", "tbody", "tfoot")
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|xlsm|csv|wps|et|zip|rar)([?#&]|$)|downloadfile|attach", re.IGNORECASE)
_FILE_LABEL = re.compile(r"附件|附表|\.(pdf|docx?|xlsx?)\b|点击下载", re.IGNORECASE)
_PAGE_LABEL = re.compile(r"清单|备案信息|下载")
_AWAY = re.compile(r"(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\()\s*[\"']([^\"']+)[\"']")
_STRUCK = r"text-decoration(?:-line)?\s*:[^;]*line-through"
_MARK = "\ue000table\ue000"


def read(content: bytes) -> list[Item]:
    """Links, then lines and rows in their order; of a page without a list, too, whose refusal says what it links to.

    Raises ListError for a page whose parts stand deeper in each other than its parser goes.
    """
    import lxml.html
    from lxml import etree

    text = re.sub(r"</(?:body|html)\s*>", "", decoded(content), flags=re.IGNORECASE)  # the parser would stop there
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml.html.document_fromstring(text.encode(), parser=parser)
    if any("depth" in error.message for error in parser.error_log.filter_from_fatals()):
        raise ListError("the page nests its parts so deeply that some were not read: copy the table into a workbook")
    items: list[Item] = list(_links(root))
    unseen = _styled(root, r"display\s*:\s*none")
    struck = _styled(root, _STRUCK) | {one for one in root.iter("*") if _is_struck(one)}
    no_text = ("script", "style", "template", "noscript", "rt", "rp", "rtc", etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(root, *no_text, with_tail=False)
    for element in root.iter():
        limit = "\n" if element.tag in _BLOCKS else ""
        if element.tag == "input" and element.get("type", "text").lower() == "text":
            element.text = element.get("value")
        element.text = limit * (element.tag != "br") + _collapsed(element.text)
        element.tail = limit + _collapsed(element.tail)
    hidden = []
    for element in [one for one in root.iterdescendants() if one in unseen or _is_hidden(one)]:
        if next(reversed([*element.iterancestors()])) is root:  # not inside a part that is gone already
            hidden.append(" ".join(element.text_content().split()))
            element.drop_tree()
    whole = root.text_content()
    reader = _Tables(root, struck)
    lines = [line.strip() for line in root.text_content().split("\n")]
    tables = iter(reader.outermost)
    for line in lines:
        if line == _MARK:
            items += next(tables)
        elif line:
            items.append(Line(line))
    if any(hidden):
        items += [Aside(text, "hidden parts of the page, which are left out") for text in hidden if text]
        items.append(Told("hidden parts of the page left out"))
    items.append(Seen(whole, "the page"))
    shown = re.sub(r"<(script|style)\b.*?</\1\s*>", "", text.lower(), flags=re.DOTALL)
    opened = max(shown.rfind(tag) for tag in ("<table", "<tr", "<td"))
    if opened > shown.rfind("</table") or re.search("<[^<>]{0,99}$", shown):
        items.append(Doubt("the page breaks off: rows may be missing"))
    return items


def _links(root) -> Iterator[Link]:
    """Where the page sends on to, then files, then pages that may hold a list."""
    base = root.xpath("string(//base/@href)").strip()
    for link in _own_links(root):
        yield replace(link, address=full(base, link.address)) if base else link


def _own_links(root) -> Iterator[Link]:
    for meta in root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']"):
        found = re.search(r"url\s*=\s*[\"']?\s*([^\"']+)", meta.get("content") or "", re.IGNORECASE)
        if found:
            yield Link(found[1].strip(), "onward")
    for frame in root.xpath("//frame[@src] | //iframe[@src]"):
        if frame.get("src").strip() and not re.match("about:|javascript:", frame.get("src").strip(), re.IGNORECASE):
            yield Link(frame.get("src").strip(), "page")
    if not root.xpath("//table"):
        for script in root.xpath("//script[not(@src)]"):
            for address in _AWAY.findall(script.text or ""):
                yield Link(address, "onward")
    for link in root.xpath("//a[@href]"):
        address, label = link.get("href").strip(), link.text_content()
        if not address or re.match("#|javascript:|mailto:|data:", address, re.IGNORECASE):
            continue
        if _FILE.search(address) or _FILE_LABEL.search(label):
            yield Link(address)
        elif _PAGE_LABEL.search(label):
            yield Link(address, "page")


def _styled(root, declaration: str) -> set:
    """Elements to which a simple rule of a style sheet in the page gives a declaration, such as one that hides them."""
    found = set()
    for sheet in root.xpath("//style[not(@media)]"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.text_content() or "", flags=re.DOTALL)
        rules = re.sub(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", rules)
        for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules):
            if not re.search(declaration, body):
                continue
            for name in (name.strip() for name in names.split(",")):
                if simple := re.fullmatch(r"(?:\w+)?([.#])([\w-]+)", name):
                    form = "//*[contains(concat(' ', @class, ' '), $n)]" if simple[1] == "." else "//*[@id = $n]"
                    found.update(root.xpath(form, n=f" {simple[2]} " if simple[1] == "." else simple[2]))
    return found


def _is_hidden(element) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or re.search(r"display\s*:\s*none", style, re.IGNORECASE) is not None


def _is_struck(element) -> bool:
    return element.tag in ("del", "s", "strike") or bool(re.search(_STRUCK, element.get("style") or "", re.IGNORECASE))


def _collapsed(text: str | None) -> str:
    """Text of HTML source as it is shown: a line break between Chinese characters is none."""
    text = re.sub(r"(?<=[\u2e80-\uffef])[ \t\r\n]*\n[ \t\r\n]*(?=[\u2e80-\uffef])", "", text or "")
    return re.sub(r"[ \t\r\n\f]+", " ", text)


class _Tables:
    """Rows of all tables; in the page, each outermost table is replaced by a mark."""

    def __init__(self, root, struck: set) -> None:
        self.struck = struck
        tables = [*root.iter("table")]
        self.number = {table: count for count, table in enumerate(tables, start=1)}
        self.read: set = set()
        inner: dict = {}
        for table in reversed(tables):  # those inside others come first
            outer = next(table.iterancestors("table"), None)
            parts = [*self._rows(table, inner.pop(table, {}), self.number.get(outer, 0))]
            if outer is not None:
                cell = next(one for one in table.iterancestors() if one.tag in ("td", "th", "tr", "table"))
                inner.setdefault(outer, {}).setdefault(cell, []).insert(0, parts)
            else:
                parts += [Line(line) for line in _lines(self._beside_cells(table))]
                inner.setdefault(None, {})[table] = parts
        found = inner.get(None, {})
        self.outermost = []
        for table in tables:
            if table in found:
                self.outermost.append(found[table])
                table.clear(keep_tail=True)
                table.text = f"\n{_MARK}\n"

    def _rows(self, table, inner: dict, outer: int) -> Iterator[Row | Line | Doubt]:
        """Rows of one table, the rows of those inside it after the row that holds them."""
        for caption in table.iterchildren("caption"):
            yield from map(Line, _lines(caption.text_content()))
            self.read.add(caption)
        count = 0
        for group in _row_groups(table):
            down: dict[int, tuple[str | None, int]] = {}
            for left, row in zip(range(len(group), 0, -1), group, strict=True):
                count += 1
                cells = [cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr")) is row]
                spans = [(_span(cell, "colspan", 1), _span(cell, "rowspan", left)) for cell in cells]
                held = [inner[cell] for cell in cells if cell in inner]
                self.read.update(cells)
                texts = [cell.text_content() for cell in cells]
                alone = [
                    _without_tables(cell) if cell in inner else text for cell, text in zip(cells, texts, strict=True)
                ]
                own = _spread(alone, spans, dict(down)) if held else None
                place = f"table {self.number[table]}, row {count}"
                read = Row(self.number[table], _spread(texts, spans, down), place, outer, own)
                yield from judged(read, self._pieces(cells))
                for tables in held:
                    for rows in tables:
                        yield from rows
        for tables in (tables for cell, tables in inner.items() if cell not in self.read):  # broken markup
            for rows in tables:
                yield from (replace(row, inside=0) if isinstance(row, Row) else row for row in rows)

    def _pieces(self, cells: list) -> Iterator[tuple[str, bool]]:
        """Text of cells by pieces, each struck through or not; nothing of a page without struck text."""
        for text in (text for cell in cells if self.struck for text in cell.xpath(".//text()")):
            holder = text.getparent().getparent() if text.is_tail else text.getparent()
            yield str(text), any(one in self.struck for one in (holder, *holder.iterancestors()))

    def _beside_cells(self, element) -> str:
        """Text of a table that stands in no cell, which is broken markup."""
        if element in self.read:
            return ""
        parts = [part for one in element for part in (self._beside_cells(one), one.tail or "")]
        return "".join([element.text or "", *parts])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _row_groups(table) -> list[list]:
    """Rows of a table in the order of the standard, by group: a cell reaches down to the end of its group at most."""
    groups: list[tuple[object, list]] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        group = next((one for one in row.iterancestors() if one.tag in (*_GROUPS, "table")), None)
        if not groups or groups[-1][0] is not group:
            groups.append((group, []))
        groups[-1][1].append(row)
    return [rows for last in (False, True) for group, rows in groups if (group.tag == "tfoot") is last]


def _span(cell, attribute: str, zero: int) -> int:
    """Columns or rows that a cell covers; ``zero`` is what 0 means."""
    number = re.match(r"[ \t\r\n\f]*\+?(\d{1,9})", cell.get(attribute, "1"))
    return min(int(number[1]) or zero, MAX_SPAN) if number else 1


def _without_tables(cell) -> str:
    cell = deepcopy(cell)
    for table in [*cell.iter("table")]:
        table.drop_tree()
    return cell.text_content()


def _spread(
    texts: list[str], spans: list[tuple[int, int]], down: dict[int, tuple[str | None, int]]
) -> list[str | None]:
    """Cells of one row on the grid of its table.

    A cell that spans rows is repeated in each; of one that spans columns, the further places are None. ``down``
    holds, by column, text and number of further rows of cells that reach down; it is updated.
    """
    cells: list[str | None] = []
    waiting = list(reversed([*zip(texts, spans, strict=True)]))
    while waiting or any(place >= len(cells) for place in down):
        column = len(cells)
        if column in down:
            text, rows = down.pop(column)
            if rows > 1:
                down[column] = (text, rows - 1)
            cells.append(text)
            continue
        text, (width, height) = waiting.pop() if waiting else ("", (1, 1))
        for place in range(column, column + width):
            cells.append(text if place == column else None)
            if height > 1:
                down[place] = (cells[-1], height - 1)
    return cells
