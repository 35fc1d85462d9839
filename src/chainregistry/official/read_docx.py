"""Lines and tables of a Word document (ECMA-376, Transitional and Strict): its text as accepted and printed."""

import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from chainregistry.official.archive import repacked
from chainregistry.official.model import MAX_SPAN, Aside, Doubt, Item, Line, ListError, Row, Seen, Told
from chainregistry.official.numbering import Numbering, child, is_on, local, value, whole
from chainregistry.official.struck import judged

_LEFT_OUT = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr",
    "sectPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "object", "txbxContent", "tbl",
}  # fmt: skip
"""What is no part of the text where it stands: deleted, instructions, properties, reading aids; boxes come after it."""
_STRIKES = ("strike", "dstrike")
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}


def read(content: bytes) -> list[Item]:
    """Lines, tables and notes in their order, then what was done to them; raises ListError without a table."""
    with zipfile.ZipFile(repacked(content)) as archive:
        names = archive.namelist()
        main = _main_part(archive)
        folder = posixpath.dirname(main)

        def part(name: str) -> bytes | None:
            path = posixpath.join(folder, name)
            return archive.read(path) if path in names else None

        styles = part("styles.xml")
        reader = _Reader(Numbering(part("numbering.xml"), styles), _struck_styles(styles))
        for name in sorted(names):
            kind = re.fullmatch(r"([a-z]+)\d*\.xml", posixpath.basename(name))
            if posixpath.dirname(name) == folder and kind and kind[1] in _NOTES:
                reader.beside(etree.fromstring(archive.read(name)), _NOTES[kind[1]])
        root = etree.fromstring(archive.read(main))
        reader.strikes = next(root.iter("{*}strike", "{*}dstrike"), None) is not None or bool(reader.struck_styles)
        reader.body(root)
    if not reader.tables:
        raise ListError(_without_table(root, names))
    chunks = sum(local(element) == "altChunk" for element in root.iter())
    if chunks:
        reader.items.append(
            Doubt(f"embedded documents (altChunk) not read: {chunks}; open the file in Word and save anew")
        )
    return [*reader.items, *reader.said(), *_once_more(root)]


def _struck_styles(styles: bytes | None) -> frozenset[str]:
    """Styles of characters and paragraphs that strike text through."""
    return frozenset(
        value(style, "styleId")
        for style in (etree.fromstring(styles) if styles else ())
        if any(is_on(child(style, "rPr", name)) for name in _STRIKES)
    )


def _once_more(root) -> Iterator[Seen]:
    """Text with filing numbers, wherever it stands in a damaged document; not that of rows which are deleted."""
    reader = _Reader(Numbering(None, None))
    for paragraph in root.iter():
        if local(paragraph) == "p" and "备" in (text := reader.text(paragraph)):
            rows = [one for one in paragraph.iterancestors() if local(one) == "tr"]
            if not any(child(row, "trPr", "del") is not None for row in rows):
                yield Seen(text, "in the text of the document")


def _main_part(archive: zipfile.ZipFile) -> str:
    """Name of the main part, by the relationships of the package."""
    try:
        relations = etree.fromstring(archive.read("_rels/.rels"))
        targets = [value(one, "Target") for one in relations if value(one, "Type").endswith("/officeDocument")]
    except (KeyError, etree.XMLSyntaxError):
        targets = []
    names = [target.lstrip("/") for target in targets] + ["word/document.xml"]
    return next(name for name in names if name in archive.namelist())


def _without_table(root, names: list[str]) -> str:
    if any(local(element) == "altChunk" for element in root.iter()):
        return (
            "the DOCX file only embeds another document (altChunk), such as a web page: open it in Word and save anew"
        )
    if any("/embeddings/" in name for name in names):
        return "a DOCX file without a table, but with an embedded file: open that by a double click and save it"
    if any("/media/" in name for name in names):
        return "a DOCX file with pictures and without a table: run the pictures through OCR first"
    return "a DOCX file without a table: put the list into one, or take another edition of it"


class _Reader:
    """Collects lines and rows, and what is left out of them."""

    def __init__(self, numbering: Numbering, struck_styles: frozenset[str] = frozenset()) -> None:
        self.numbering = numbering
        self.struck_styles = struck_styles
        self.items: list[Item] = []
        self.tables = 0
        self.strikes = False
        self.hidden: list[str] = []
        self.counts = dict.fromkeys(("tracked changes, read as accepted", "reading aids (ruby)", "symbols"), 0)

    def said(self) -> list[Item]:
        found: list[Item] = [Aside(text, "hidden text, which is left out") for text in self.hidden]
        if self.hidden:
            found.append(Told("hidden text left out"))
        changed, ruby, symbols = self.counts.values()
        if changed:
            found.append(Told(f"tracked changes read as accepted: {changed}"))
        if ruby:
            found.append(Told(f"reading aids (ruby) left out: {ruby}"))
        if symbols:
            found.append(Told(f"signs of symbol fonts left out: {symbols}"))
        return found

    def beside(self, root, place: str) -> None:
        """Lines of a header, footer or note."""
        for paragraph in root.iter():
            if local(paragraph) == "p" and (text := self.text(paragraph).strip()):
                self.items.append(Line(text, place))

    def body(self, element) -> None:
        """Lines and tables below an element that is no row of a table."""
        for one in element:
            name = local(one)
            if name == "tbl":
                self.table(one)
            elif name == "p":
                self.items.append(Line(self.text(one).strip()))
                self.boxes(one)
            elif name == "AlternateContent":
                self.body(_chosen(one))
            elif name not in _LEFT_OUT:
                self.body(one)

    def boxes(self, element) -> None:
        """Text boxes of a paragraph, once each."""
        for one in element:
            name = local(one)
            if name == "txbxContent":
                self.body(one)
            elif name == "AlternateContent":
                self.boxes(_chosen(one))
            elif name not in _LEFT_OUT:
                self.boxes(one)

    def table(self, element, inside: int = 0) -> None:
        self.tables += 1
        number, above = self.tables, {}
        for count, row in enumerate(_members(element, "tr"), start=1):
            properties = child(row, "trPr")
            if properties is not None and any(local(one) == "del" for one in properties):
                self.counts["tracked changes, read as accepted"] += 1
                continue
            place, at = f"table {number}, row {count}", len(self.items)
            cells, own, inner = self.row(row, properties, above)
            self.items += judged(Row(number, cells, place, inside, own if inner else None), self.pieces(row))
            for table in inner:
                self.table(table, number)
            if is_on(child(properties, "hidden")):
                self.hidden += [" ".join(cell for cell in cells if cell)]
                del self.items[at:]

    def pieces(self, row) -> Iterator[tuple[str, bool]]:
        """Text of a row by runs, each struck through or not; nothing of a row without struck text."""
        if not self.strikes:
            return
        for run in row.iter("{*}r"):
            if any(local(one) in _LEFT_OUT for one in run.iterancestors() if local(one) not in ("tbl", "txbxContent")):
                continue
            own = [one for name in _STRIKES if (one := child(run, "rPr", name)) is not None]
            paragraph = next((one for one in run.iterancestors() if local(one) == "p"), None)
            named = {value(child(run, "rPr", "rStyle")), value(child(paragraph, "pPr", "pStyle"))}
            struck = any(map(is_on, own)) if own else bool(named & self.struck_styles)
            yield "".join(one.text or "" for one in run if local(one) == "t"), struck

    def row(self, row, properties, above: dict[int, str]) -> tuple[list[str | None], list[str | None], list]:
        """Cells with and without the tables inside them, and these; ``above`` holds the texts of cells merged down."""
        before, after = (min(whole(value(child(properties, name))), MAX_SPAN) for name in ("gridBefore", "gridAfter"))
        cells: list[str | None] = [""] * before
        own, inner = [*cells], []
        for cell in _members(row, "tc"):
            properties = child(cell, "tcPr")
            if child(properties, "cellDel") is not None:
                continue
            merge, column = child(properties, "vMerge"), len(cells)
            reads_on = merge is not None and value(merge) != "restart"
            tables = [] if reads_on else list(_tables(cell))
            alone = above.get(column, "") if reads_on else self.cell(cell, nested=False)
            text = self.cell(cell, nested=True) if tables else alone
            inner += tables
            above[column] = text
            across = child(properties, "hMerge")
            if across is not None and value(across) != "restart" and cells:
                cells.append(None)
                own.append(None)
                continue
            width = child(properties, "gridSpan")
            covered = [None] * (min(max(whole(value(width), 1), 1), MAX_SPAN) - 1)
            cells += [text, *covered]
            own += [alone, *covered]
        return cells + [""] * after, own + [""] * after, inner

    def cell(self, cell, nested: bool) -> str:
        """Text of a cell, paragraph by paragraph, boxes after the paragraph that holds them."""
        lines: list[str] = []

        counted = not nested  # a paragraph is counted once, though its cell may be read twice

        def collect(element) -> None:
            for one in element:
                name = local(one)
                if name == "p":
                    text = self.text(one)
                    lines.append(text if text.strip() or not counted else self.numbering.number(one))
                    collect_boxes(one)
                elif name == "tbl":
                    if nested:
                        collect(one)
                elif name == "AlternateContent":
                    collect(_chosen(one))
                elif name not in _LEFT_OUT:
                    collect(one)

        def collect_boxes(element) -> None:
            for one in element:
                name = local(one)
                if name == "txbxContent":
                    collect(one)
                elif name == "AlternateContent":
                    collect_boxes(_chosen(one))
                elif name not in _LEFT_OUT:
                    collect_boxes(one)

        collect(cell)
        return "\n".join(line for line in lines if line.strip())

    def text(self, element) -> str:
        """Text of a paragraph as accepted: what is inserted, without what is deleted, moved away or hidden."""
        parts: list[str] = []
        self._text(element, parts)
        return "".join(parts)

    def _text(self, element, parts: list[str]) -> None:
        for one in element:
            name = local(one)
            if name == "t":
                text = one.text or ""
                parts.append(text if value(one, "space") == "preserve" else text.strip(" \t\r\n"))
            elif name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name == "sym":
                self.counts["symbols"] += 1
            elif name == "AlternateContent":
                self._text(_chosen(one), parts)
            elif name == "r" and (properties := child(one, "rPr")) is not None and is_on(child(properties, "vanish")):
                hidden: list[str] = []
                self._run(one, hidden)
                self.hidden.append("".join(hidden))
            elif name not in _LEFT_OUT:
                self._text(one, parts)
            elif name in ("del", "moveFrom"):
                self.counts["tracked changes, read as accepted"] += 1
            elif name == "rt":
                self.counts["reading aids (ruby)"] += 1

    def _run(self, run, parts: list[str]) -> None:
        for one in run:
            if local(one) == "t":
                parts.append(one.text or "")


def _chosen(alternatives):
    """The one of several alternatives of the same content that is read: the first, else the fallback."""
    chosen = child(alternatives, "Choice")
    return next((one for one in (chosen, child(alternatives, "Fallback")) if one is not None), ())


def _members(element, name: str):
    """Rows of a table or cells of a row, those in content controls and the like among them."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) == "AlternateContent":
            yield from _members(_chosen(one), name)
        elif local(one) in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _members(one, name)


def _tables(element):
    """Tables inside a cell, outermost only."""
    for one in element:
        if local(one) == "tbl":
            yield one
        elif local(one) == "AlternateContent":
            yield from _tables(_chosen(one))
        elif local(one) not in _LEFT_OUT - {"txbxContent"}:
            yield from _tables(one)
