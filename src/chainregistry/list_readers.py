"""Readers of published lists: from the bytes of a file to its lines and table rows, in order of the document.

Nothing here knows what the rows mean; ``official`` does. The files come from elsewhere, and their parsers can
be made to crash, hang or fill the memory. So ``read`` works in a process of its own, with limits of time and
memory.
"""

import atexit
import contextlib
import csv
import io
import logging
import os
import pickle
import re
import subprocess
import sys
import threading
import zipfile
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

MAX_BYTES = 50_000_000
"""Largest file that is read; published lists have well below one megabyte."""
MAX_UNPACKED = 200_000_000
"""Largest size of the contents of a DOCX or XLSX file."""
MAX_SPAN = 1000
MAX_MEMORY = 3 * 2**30
MAX_SECONDS = 300


class ListError(ValueError):
    """The source cannot be read as a list; the message is one line for the user."""


@dataclass(frozen=True)
class Line:
    """Text outside the tables."""

    text: str


@dataclass(frozen=True)
class Link:
    """Address of a document to which a page links."""

    address: str


@dataclass(frozen=True)
class Doubt:
    """A sentence about a part of the file that could not be read."""

    text: str


@dataclass(frozen=True)
class Row:
    """A row of a table. A cell merged over rows is repeated in each; ``table`` numbers the tables."""

    table: int
    cells: list[str]


Item = Line | Link | Doubt | Row


def kind_of(content: bytes) -> str:
    """Format of a file by its first bytes: pdf, docx, xlsx, xls, html or csv.

    Raises ListError for what is none of these.
    """
    if not content.strip():
        raise ListError("the file is empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        names = _member_names(content)
        for kind, member in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
            if member in names:
                return kind
        raise ListError("a ZIP archive that is neither DOCX nor XLSX: unpack it and name the list in it")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ListError("the file is protected by a password: save it without one")
        if "WordDocument".encode("utf-16-le") in content:
            raise ListError("an old Word file (.doc): save it as DOCX")
        return "xls"
    text = _text(content)
    if re.search(r"<(?:!doctype html|html|head|body|table|div|meta)\b", text[:20_000], re.IGNORECASE):
        return "html"
    return "csv"


def read(content: bytes, kind: str) -> list[Item]:
    """Lines and rows of a file, in order; raises ListError where it cannot be read, in whatever way."""
    with _Worker.lock:
        answer = _Worker.ask(kind, content)
    if isinstance(answer, str):
        raise ListError(answer)
    return answer


class _Worker:
    """A process that reads files, one after the other; a new one is started when it ends or has to be ended."""

    lock = threading.Lock()
    process: subprocess.Popen | None = None
    owner = 0

    @classmethod
    def ask(cls, kind: str, content: bytes) -> list[Item] | str:
        if cls.owner != os.getpid() or cls.process.poll() is not None:  # a fork must not share its parent's pipes
            command = [sys.executable, "-c", f"from {__name__} import _serve; _serve()"]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL  # native parsers print when they crash
            cls.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)
            cls.owner = os.getpid()
            atexit.register(cls.process.kill)
        late = threading.Event()
        timer = threading.Timer(MAX_SECONDS, lambda: (late.set(), cls.process.kill()))
        timer.start()
        try:
            pickle.dump((kind, content), cls.process.stdin)
            cls.process.stdin.flush()
            return pickle.load(cls.process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            cls.process.kill()
            cls.process.wait()
            if late.is_set():
                return f"reading took longer than {MAX_SECONDS} seconds: the file is damaged or not a list"
            return f"the {kind.upper()} file is damaged: its reader stopped without a result"
        except BaseException:  # an interrupt between question and answer
            cls.process.kill()
            raise
        finally:
            timer.cancel()


def _serve() -> None:
    """Body of the worker: answer each file with its lines and rows, or with the sentence why there are none."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(EOFError):
        while True:
            kind, content = pickle.load(questions)
            pickle.dump(_answer(kind, content), answers)
            answers.flush()


def _answer(kind: str, content: bytes) -> list[Item] | str:
    try:
        return _READERS[kind](content)
    except ListError as error:
        return str(error)
    except MemoryError:
        return f"the contents of the {kind.upper()} file are too large to be a list"
    except BaseException as error:  # parsers raise many kinds, Rust panics among them, for a damaged file
        return f"not a {kind.upper()} file that can be read ({type(error).__name__}): damaged or incomplete"


def _text(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding).replace("\0", "\ufffd")  # parsers stop at a NUL
    raise ListError("not a PDF, DOCX, XLSX, XLS, HTML or CSV file, or text in neither UTF-8 nor GB18030")


def _csv(content: bytes) -> list[Item]:
    text = _text(content)
    delimiter = max(",\t;", key=text.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ListError(f"not a proper CSV file: {error}") from None
    return [Row(1, row) for row in rows]


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


def _html(content: bytes) -> list[Item]:
    import lxml.html
    from lxml import etree

    text = re.sub(r"</(?:body|html)\s*>", "", _text(content), flags=re.IGNORECASE)  # the parser would stop there
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


def _member_names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ListError("a damaged or truncated DOCX or XLSX file (its ZIP directory cannot be read)") from None


def _repacked(content: bytes, change=lambda name, data: data) -> io.BytesIO:
    """The archive, packed anew from members whose true size and harmless XML are known."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(result, "w") as clean:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
            raise ListError(f"unpacks to more than {MAX_UNPACKED // 10**6} MB: refused as a ZIP bomb")
        for member in archive.infolist():
            data = archive.read(member)  # no more than its declared size, or BadZipFile
            plain = data.replace(b"\0", b"")  # UTF-16, too
            if member.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
                raise ListError(f"{member.filename} in it defines XML entities: refused as unsafe")
            clean.writestr(member.filename, change(member.filename, data))
    result.seek(0)
    return result


def _docx(content: bytes) -> list[Item]:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(_repacked(content)).element.body
    marks = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}

    def text(element) -> str:
        return "".join(node.text or "" if node.tag == qn("w:t") else marks.get(node.tag, "") for node in element.iter())

    items, tables, leaves = [], {}, set()
    for element in body.iter(qn("w:tr"), qn("w:p")):
        if element.tag == qn("w:tr"):
            if element.find(f".//{qn('w:tr')}") is None:
                leaves.add(element)
                table, above = tables.setdefault(element.getparent(), (len(tables) + 1, {}))
                items.append(Row(table, _docx_cells(element, above, text)))
        elif next(element.iterancestors(qn("w:tr")), None) not in leaves:
            items.append(Line(text(element).strip()))
    if not tables:
        raise ListError("a DOCX file without a table")
    return items


def _docx_cells(row, above: dict[int, str], text) -> list[str]:
    """Cells of a row of a Word table; ``above`` holds the text of vertically merged cells and is updated."""
    cells = []
    for cell in row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc"):
        merge, column = cell.xpath("./w:tcPr/w:vMerge"), len(cells)
        restart = not merge or merge[0].xpath("@w:val") == ["restart"]
        content = text(cell) if restart else above.get(column, "")
        above[column] = content
        width = next(iter(cell.xpath("./w:tcPr/w:gridSpan/@w:val")), "1")
        cells += [content] + [""] * (min(int(width), MAX_SPAN) - 1)
    return cells


def _xlsx(content: bytes) -> list[Item]:
    def keep_formula(name: str, data: bytes) -> bytes:
        """A formula without a stored result becomes its own text."""
        if not name.startswith("xl/worksheets/"):
            return data
        form = rb'<c( r="[A-Z]+[0-9]+")[^>]*><f[^>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>'
        return re.sub(form, rb'<c\1 t="inlineStr"><is><t>=\2</t></is></c>', data)

    return _workbook(_repacked(content, keep_formula))


def _xls(content: bytes) -> list[Item]:
    return _workbook(io.BytesIO(content))


def _workbook(file: io.BytesIO) -> list[Item]:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise ListError("the file is protected by a password: save it without one") from None
    items = []
    for number, name in enumerate(workbook.sheet_names, start=1):
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
            for row in rows[top + 1 : bottom + 1]:
                row[left : left + 1] = rows[top][left : left + 1]
        items += [Line(name), *(Row(number, _trimmed(row)) for row in rows)]
    return items


def _trimmed(row: list) -> list[str]:
    """Cells as text; of the thousands that a damaged file can have, not the empty ones at the end."""
    while row and row[-1] == "":
        row.pop()
    return [_cell_text(cell) for cell in row]


def _cell_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _pdf(content: bytes) -> list[Item]:
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
            rows, outside = _pdf_rows(table, outside)
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


def _pdf_rows(table, chars: list[dict]) -> tuple[list[list[str]], list[dict]]:
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


_READERS = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "xls": _xls, "html": _html, "csv": _csv}
