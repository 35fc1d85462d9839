"""Lines and ruled tables of a PDF."""

import io
import logging
from bisect import bisect_right

from chainregistry.official.model import Doubt, Item, Line, ListError, Row


def read(content: bytes) -> list[Item]:
    import pdfplumber
    from pdfplumber.utils.text import chars_to_textmap

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
    items, tables, signs, unreadable, pictures = [], 0, 0, 0, False
    for number, page in enumerate(pages, start=1):
        _read_only_places(page)
        signs += len(page.chars)
        unreadable += sum(char["text"].startswith("(cid:") for char in page.chars)
        pictures = pictures or bool(page.images)
        parts, outside, before = [], page.chars, tables
        for table in page.find_tables():
            tables += 1
            rows, outside = _rows(table, outside)
            parts.append((table.bbox[1], [Row(tables, cells) for cells in rows]))
        if outside:
            lines = chars_to_textmap(outside).extract_text_lines(return_chars=False)
            parts += [(line["top"], [Line(line["text"])]) for line in lines]
        items += [item for _, group in sorted(parts, key=lambda part: part[0]) for item in group]
        if 0 < before == tables:
            items.append(Doubt(f"page {number} of the PDF holds no table: rows may be missing"))
        page.close()
    if (said := _said_pages(document)) != len(pages):
        items.append(Doubt(f"pages in the PDF: {said}; pages that could be read: {len(pages)}; rows may be missing"))
    if not signs:
        if pictures:
            raise ListError("a scanned PDF: it holds pictures of pages and no text; run it through OCR first")
        raise ListError("a PDF without text")
    if unreadable > signs / 10:
        raise ListError("the PDF does not say which characters its fonts show: copy the list from another source")
    if not tables:
        raise ListError("a PDF without a ruled table")
    return [*items, *(Doubt(text) for text in dict.fromkeys(losses.texts))]


def _said_pages(document) -> object:
    """Number of pages that a PDF says it has; the parser passes over a damaged one without a word."""
    from pdfminer.pdftypes import resolve1

    tree = resolve1(document.doc.catalog.get("Pages"))
    return resolve1(tree.get("Count", "not said")) if isinstance(tree, dict) else "not said"


def _read_only_places(page) -> None:
    """Let pdfplumber take text and place of each character, not its colours and the like: 1.5 times as fast."""
    from pdfminer.layout import LTChar

    whole, (left, top) = page.process_object, page.mediabox[:2]

    def process(thing) -> dict:
        if not isinstance(thing, LTChar):
            return whole(thing)
        above = page.height - thing.y1 + top
        return {
            "object_type": "char",
            "text": thing.get_text(),
            "x0": thing.x0 + left,
            "x1": thing.x1 + left,
            "top": above,
            "bottom": above + thing.height,
            "doctop": page.initial_doctop + above,
            "upright": thing.upright,
            "size": thing.size,
        }

    page.process_object = process


def _rows(table, chars: list[dict]) -> tuple[list[list[str]], list[dict]]:
    """Cells of a table in a PDF, and the characters outside it.

    Printed blanks are kept; a hair's breadth between Latin and Chinese is none.
    """
    from pdfplumber.utils import extract_text

    columns: dict[float, list[tuple]] = {}
    for cell in sorted(table.cells, key=lambda cell: cell[1]):
        columns.setdefault(cell[0], []).append(cell)
    tops = {left: [cell[1] for cell in cells] for left, cells in columns.items()}
    inside, outside = {cell: [] for cell in table.cells}, []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for left, cells in columns.items():
            place = bisect_right(tops[left], y) - 1
            if left <= x and place >= 0 and x < cells[place][2] and y < cells[place][3]:
                inside[cells[place]].append(char)
                break
        else:
            outside.append(char)
    texts = {c: extract_text(found, x_tolerance_ratio=0.3, keep_blank_chars=True) for c, found in inside.items()}
    rows, above = [], {}
    for row in table.rows:
        cells = []
        for column, box in enumerate(row.cells):
            above[column] = box or above.get(column)
            reaches = above[column] and above[column][3] > row.bbox[1] + 1
            cells.append(texts[above[column]] if reaches else "")
        rows.append(cells)
    return rows, outside


class _Losses(logging.Handler):
    """Collects what the PDF parser could not decompress: it goes on without it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record: logging.LogRecord) -> None:
        if "Data-loss" in record.getMessage():
            self.texts.append("a part of the PDF is damaged: rows may be missing")
