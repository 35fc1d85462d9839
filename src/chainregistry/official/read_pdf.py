"""Lines and ruled tables of a PDF."""

import contextlib
import io
import logging
import math
import os
import pickle
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from chainregistry.official import grid, signs, struck
from chainregistry.official.grid import Grid
from chainregistry.official.model import MAX_SECONDS, Aside, Doubt, Item, Line, ListError, Row, Seen, Told
from chainregistry.official.signs import Sign

LONG = 40
"""Pages from which on two processes read a document."""
_BARE = " of the PDF holds no table: rows may be missing"


def read(content: bytes) -> list[Item]:
    """Lines and rows page by page, then doubts; raises ListError for one locked, cut off, scanned or unruled."""
    import pdfplumber

    if b"%%EOF" not in content[-2048:]:
        raise ListError("a truncated PDF: its end is missing; download it again")
    losses = _Losses()
    logging.getLogger("pdfminer").addHandler(losses)
    try:
        document = pdfplumber.open(io.BytesIO(content))
        pages = document.pages
    except Exception as error:
        if "Password" in repr(error) or "Encrypt" in repr(error):
            raise ListError("an encrypted PDF: save it without a password") from None
        raise
    reader = _read_pages(pages)
    begun = next((i for i, item in enumerate(reader.items) if isinstance(item, Row)), 0)  # before it stands a cover
    items = [item for i, item in enumerate(reader.items) if i > begun or not _is_bare(item)]
    if (said := _said_pages(document)) != len(pages):
        items.append(Doubt(f"pages in the PDF: {said}; pages that could be read: {len(pages)}; rows may be missing"))
    if not reader.count:
        if reader.pictures:
            raise ListError("a scanned PDF: it holds pictures of pages and no text; run it through OCR first")
        raise ListError("a PDF without text")
    if reader.unreadable > reader.count / 10:
        raise ListError("the PDF does not say which characters its fonts show: copy the list from another source")
    if not reader.tables:
        raise ListError("a PDF without a ruled table: copy the list into a workbook, or take another edition of it")
    told = [Told(f"a watermark ({mark}) left out") for mark in dict.fromkeys(reader.marks)]
    losses.texts += reader.losses
    logging.getLogger("pdfminer").removeHandler(losses)
    return [*items, *told, *(Doubt(text) for text in dict.fromkeys(losses.texts)), *_second_reading(content)]


def _second_reading(content: bytes) -> Iterator[Seen]:
    """The text of each page by PDFium, which reads some damaged pages that the parser here passes over."""
    import pypdfium2

    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(content)
        for number in range(len(document)):
            with contextlib.suppress(pypdfium2.PdfiumError):
                text = document[number].get_textpage().get_text_range()
                if "备" in text or "備" in text:
                    yield Seen(text, f"page {number + 1}, read a second time")


def _read_pages(pages: list) -> "_Reader":
    """All pages; of a long document the second half is read by another process at the same time."""
    half = len(pages) // 2 if len(pages) >= LONG and (os.cpu_count() or 1) > 1 and hasattr(os, "fork") else len(pages)
    if half == len(pages):
        return _Reader().pages(pages, 1)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException), os.fdopen(theirs, "wb") as pipe:
            os.close(ours)
            signal.alarm(MAX_SECONDS)  # if nobody waits any more
            losses = _Losses()
            logging.getLogger("pdfminer").addHandler(losses)
            later = _Reader().pages(pages[half:], half + 1)
            later.losses = losses.texts
            pickle.dump(later, pipe)
        os._exit(0)
    os.close(theirs)
    try:
        with os.fdopen(ours, "rb") as pipe:
            reader = _Reader().pages(pages[:half], 1)
            reader.go_on(pickle.load(pipe))
        return reader
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _is_bare(item: Item) -> bool:
    return isinstance(item, Doubt) and item.text.endswith(_BARE)


class _Reader:
    """Collects lines and rows, page by page."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.tables = self.count = self.unreadable = 0
        self.pictures = False
        self.marks: list[str] = []
        self.struck: list[grid.Box] = []
        self.losses: list[str] = []
        self.first: tuple[Grid, int] | None = None
        self.head: tuple[Grid, int] | None = None
        self.last: tuple[Grid, int] | None = None

    def pages(self, pages: list, number: int) -> "_Reader":
        """Read pages, the first of which has this number."""
        for i, page in enumerate(pages):
            self.page(page, f"page {number + i}")
            if not i:
                self.first = self.head
            page.close()
        return self

    def go_on(self, later: "_Reader") -> None:
        """Take over what was read of the following pages: their first table may be the rest of the last one here."""
        numbers = {number: number + self.tables for number in range(1, later.tables + 1)} | {0: 0}
        if later.first and self.last and later.first[0].goes_on(self.last[0]):
            numbers[later.first[1]] = self.last[1]
        for item in later.items:
            if isinstance(item, Row):
                item = replace(item, table=numbers[item.table], inside=numbers[item.inside])
            self.items.append(item)
        self.tables += later.tables
        self.count += later.count
        self.unreadable += later.unreadable
        self.pictures = self.pictures or later.pictures
        self.marks += later.marks
        self.losses += later.losses
        if later.last:
            self.last = later.last[0], numbers[later.last[1]]

    def page(self, page, place: str) -> None:
        _read_only_places(page)
        printed: list[Sign] = page.chars
        self.count += len(printed)
        self.unreadable += sum(sign["text"].startswith("(cid:") for sign in printed)
        self.pictures = self.pictures or bool(page.images)
        self._fields(page, place)
        printed = self._within(page, printed, place)
        whole = "".join(sign["text"] for sign in printed)
        printed = signs.once(printed)
        angle, size = signs.direction(printed), (float(page.width), float(page.height))
        left, top = page.mediabox[:2]
        edges = grid.edges_of(page)
        if angle or left or top:
            printed = [signs.moved(_shifted(sign, left, top), angle, *size) for sign in printed]
            edges = [_turned(_shifted(edge, left, top), angle, *size) for edge in edges]
        found = grid.tables(edges)
        marks = signs.watermarks(printed, [cell for table in found for cell in table.cells])
        if marks:
            gone = {id(sign) for run in marks for sign in run}
            printed = [sign for sign in printed if id(sign) not in gone]
            for run in marks:
                text = "".join(sign["text"] for sign in run).strip()
                if text:
                    self.marks.append(text)
                    self.items.append(Aside(text, f"a watermark on {place}, which is left out"))
        self.struck = struck.lines(edges, printed)
        if self.struck:
            found = grid.tables([edge for edge in edges if not struck.is_on_line(edge, self.struck)])
        self.head = None
        self.items.append(Line(""))  # a page may part a row
        self._layout(found, printed, place)
        if "备" in whole or "備" in whole:
            self.items.append(Seen(whole, place))
        if not found:
            self.items.append(Doubt(f"{place}{_BARE}"))

    def _within(self, page, printed: list[Sign], place: str) -> list[Sign]:
        """The characters inside the part of the page that its crop box shows."""
        if page.cropbox == page.mediabox:
            return printed
        x0, top, x1, bottom = page.cropbox
        shown = [
            sign
            for sign in printed
            if x0 <= (sign["x0"] + sign["x1"]) / 2 <= x1 and top <= (sign["top"] + sign["bottom"]) / 2 <= bottom
        ]
        if len(shown) < len(printed):
            kept = {id(sign) for sign in shown}
            for _, text in signs.lines([sign for sign in printed if id(sign) not in kept]):
                self.items.append(Aside(text, f"text outside the visible part of {place}, which is not read"))
            self.items.append(Told(f"text outside the visible part of {place} not read"))
        return shown

    def _fields(self, page, place: str) -> None:
        """What is typed into form fields and notes over the page stands in no text of the page."""
        texts = []
        with contextlib.suppress(Exception):  # damaged notes are no reason to refuse a list
            texts = [text for annotation in page.annots if (text := _typed(annotation["data"]))]
        if texts:
            self.items.append(Doubt(f"{place} has form fields, which are not read: {' | '.join(texts)[:2000]}"))

    def _layout(self, found: list[Grid], printed: list[Sign], place: str) -> None:
        """Lines and tables of a page in their order, every character in the innermost cell around it."""
        cells = {id(table): {cell: [] for cell in table.cells} for table in found}
        outside: list[Sign] = []
        inner_first = sorted(found, key=lambda table: -table.depth)
        for run in signs.unbroken(printed):
            places = [self._cell(inner_first, sign) for sign in run]
            if places[0] != places[-1]:  # a text too long for its cell goes on over the next
                places = [Counter(places).most_common(1)[0][0]] * len(run)
            for sign, place_of in zip(run, places, strict=True):
                if place_of:
                    cells[place_of[0]][place_of[1]].append(sign)
                else:
                    outside.append(sign)
        found = sorted(found, key=lambda table: (table.box[1], table.box[0]))
        groups: list[tuple[float, list[Item]]] = [(top, [Line(text, place)]) for top, text in signs.lines(outside)]
        first = True
        for table in found:
            if table.outer is None:
                groups.append((table.box[1], self._rows(table, 0, found, cells, place, first)))
                first = False
        self.items += [item for _, group in sorted(groups, key=lambda group: group[0]) for item in group]

    @staticmethod
    def _cell(inner_first: list[Grid], sign: Sign) -> tuple[int, grid.Box] | None:
        """Table and cell in which the middle of a character lies."""
        x, y = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
        for table in inner_first:
            if cell := table.cell_at(x, y):
                return id(table), cell
        return None

    def _rows(self, table: Grid, outer: int, found: list[Grid], cells: dict, place: str, first: bool) -> list[Item]:
        if first and self.last and table.goes_on(self.last[0]):
            number = self.last[1]
        else:
            self.tables += 1
            number = self.tables
        inner: dict[grid.Box, list[Grid]] = {}
        for other in found:
            if other.outer and other.outer[0] is table:
                inner.setdefault(other.outer[1], []).append(other)
        own = {cell: signs.text(held) for cell, held in cells[id(table)].items()}
        texts = {cell: signs.text(_all(table, cell, found, cells)) for cell in inner}
        items, done = [], set()
        for row in table.rows():
            both = [
                [texts.get(cell, own[cell]) if begins else None if cell else "" for cell, begins in row],
                [own[cell] if begins else None if cell else "" for cell, begins in row],
            ]
            held = [other for cell, _ in row if cell in inner and cell not in done for other in inner[cell]]
            done.update(cell for cell, _ in row)
            read = Row(number, both[0], place, outer, both[1] if any(cell in inner for cell, _ in row) else None)
            items += struck.judged(read, self._pieces(table, row, cells))
            for other in held:
                items += self._rows(other, number, found, cells, place, False)
        if not outer:
            self.last = table, number
            self.head = self.head or self.last if first else self.head
        return items

    def _pieces(self, table: Grid, row: list, cells: dict) -> Iterator[tuple[str, bool]]:
        """Text of a row by cells and characters, each struck through or not; nothing of a page without such lines."""
        begun = [cell for cell, begins in row if cell and begins] if self.struck else []
        top = max((cell[1] for cell in begun), default=0)
        band = table.box[0], top, table.right, min((cell[3] for cell in begun), default=0)
        for cell in begun:
            if cell[1] == top:
                for is_struck, held in groupby(
                    cells[id(table)][cell], key=lambda sign: struck.is_struck(sign, band, self.struck)
                ):
                    yield "".join(sign["text"] for sign in held), is_struck


def _all(table: Grid, cell: grid.Box, found: list[Grid], cells: dict) -> list[Sign]:
    """Characters of a cell and of the tables inside it."""
    whole = list(cells[id(table)][cell])
    for other in found:
        if other.outer and other.outer[0] is table and other.outer[1] == cell:
            for inner in other.cells:
                whole += _all(other, inner, found, cells)
    return whole


def _shifted(thing: dict, left: float, top: float) -> dict:
    """A thing on a page whose corner is at 0."""
    return thing | {
        "x0": thing["x0"] - left, "x1": thing["x1"] - left, "top": thing["top"] - top, "bottom": thing["bottom"] - top
    }  # fmt: skip


def _turned(edge: dict, angle: int, width: float, height: float) -> dict:
    x0, top, x1, bottom = grid.turned((edge["x0"], edge["top"], edge["x1"], edge["bottom"]), angle, width, height)
    size = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    sides = {"v": "h", "h": "v"} if angle in (90, 270) else {"v": "v", "h": "h"}
    return size | {"orientation": sides[edge["orientation"]], "object_type": "line"}


def _typed(annotation: dict) -> str:
    """Text of a form field or of a note written over the page."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    kind = getattr(annotation.get("Subtype"), "name", "")
    if kind == "Widget":
        value = resolve1(annotation.get("V")) or resolve1((resolve1(annotation.get("Parent")) or {}).get("V"))
    elif kind == "FreeText":
        value = resolve1(annotation.get("Contents"))
    else:
        return ""
    return decode_text(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _said_pages(document) -> object:
    """Number of pages that a PDF says it has; the parser passes over a damaged one without a word."""
    from pdfminer.pdftypes import resolve1

    tree = resolve1(document.doc.catalog.get("Pages"))
    return resolve1(tree.get("Count", "not said")) if isinstance(tree, dict) else "not said"


def _read_only_places(page) -> None:
    """Let pdfplumber take of each character what is needed here: 1.5 times as fast."""
    from pdfminer.layout import LTChar

    whole, (left, top) = page.process_object, page.mediabox[:2]

    def process(thing) -> dict:
        if not isinstance(thing, LTChar):
            return whole(thing)
        above = page.height - thing.y1 + top
        a, b = thing.matrix[:2]
        state = thing.graphicstate
        return {
            "object_type": "char",
            "text": thing.get_text(),
            "x0": thing.x0 + left,
            "x1": thing.x1 + left,
            "top": above,
            "bottom": above + thing.height,
            "size": thing.size,
            "angle": 0 if b == 0 and a > 0 else _angle(a, b),
            "colour": tuple(state.ncolor) if isinstance(state.ncolor, list) else state.ncolor,
        }

    page.process_object = process


def _angle(a: float, b: float) -> int | None:
    """The right angle at which a character runs, counter-clockwise; None where it is slanting."""
    degrees = math.degrees(math.atan2(b, a))
    right = round(degrees / 90) * 90
    return right % 360 if abs(degrees - right) <= 2 else None


class _Losses(logging.Handler):
    """Collects what the PDF parser could not decompress: it goes on without it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record: logging.LogRecord) -> None:
        if "Data-loss" in record.getMessage():
            self.texts.append("a part of the PDF is damaged: rows may be missing")
