"""From a feed or an export of a news database to items: title, address, publisher, date and text.

RSS and Atom are read by feedparser after a pass of defusedxml that refuses entities and broken XML; RIS by rispy,
BibTeX by bibtexparser, XLSX by python-calamine; GDELT's lists as JSON or CSV; any other CSV by its headings.
"""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from chainregistry.news.fetch import NewsError

MAX_UNPACKED = 400_000_000
"""Bytes that an XLSX file may hold; more is refused as a bomb."""
_LONGEST = {"title": 500, "text": 4000, "url": 2000, "publisher": 200, "date": 60}
"""Characters that are kept of a field; the text is read to code an item and is not stored in the data."""

_HEADINGS = {
    "title": "title headline articletitle documenttitle newstitle 标题 题名 篇名 新闻标题 文章标题 題名 標題 新聞標題",
    "date": "date published publicationdate pubdate publishedat publisheddate datepublished publishdate publishedon "
    "seendate loaddate articledate datetime time py year 日期 发布日期 发布时间 发表时间 发表日期 出版日期 发稿时间 刊出日期 时间 "
    "報紙日期 發布日期 發佈日期 時間",
    "publisher": "publisher publication publicationtitle pubtitle newspaper outlet journal media sourcetitle sourcename "
    "source domain site 媒体 媒体名称 来源 来源媒体 新闻来源 报纸名称 文献来源 出处 刊名 发布机构 網站 來源 媒體 報紙名稱",
    "url": "url link address weblink documenturl articleurl permalink webaddress href 链接 网址 原文链接 链接地址 地址 url链接 "
    "連結 網址 鏈接",
    "text": "text abstract summary description content body fulltext snippet lead excerpt leadparagraph 摘要 正文 内容 全文 导语 "
    "简介 文摘 內容 導語",
    "language": "language lang 语言 語言",
}
"""Headings by column, the surest first; compared without case, blanks and punctuation."""
_COLUMNS = {column: headings.split() for column, headings in _HEADINGS.items()}
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)|</?[A-Za-z!?][^<>]*(?:>|$)", re.I | re.S)
_CJK = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_SPACED = re.compile(rf"(?<=[{_CJK}]) +(?=[{_CJK}0-9])|(?<=[0-9]) +(?=[{_CJK}])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Item:
    """One item of news as its source gives it, as plain text; what is missing is empty. ``date`` is as printed."""

    title: str
    url: str = ""
    publisher: str = ""
    date: str = ""
    text: str = ""
    language: str = ""


def read(content: bytes, name: str) -> Iterator[Item]:
    """Items of a source, one after the other; those without a title are left out.

    Raises
    ------
    NewsError
        one line: what the source is instead of a feed or an export, or where it is broken. It may come after some
        items, since a long file is not read twice.
    """
    try:
        for fields in _reader(content)(content):
            item = _item(fields)
            if item.title:
                yield item
    except NewsError as error:
        raise NewsError(f"{name}: {error}") from None


def _item(fields: dict[str, object]) -> Item:
    texts = {column: clean(value)[: _LONGEST.get(column, 40)] for column, value in fields.items() if value is not None}
    if not re.match(r"https?://", texts.get("url", ""), re.IGNORECASE):
        texts["url"] = ""
    return Item(**{"title": "", **texts})


def clean(value: object) -> str:
    """A value as plain text in one line: without mark-up, invisible signs, and blanks between Chinese characters."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
        text = _TAG.sub(" ", text) if "<" in text else text
    return _SPACED.sub("", " ".join(_INVISIBLE.sub("", text).split()))


def _reader(content: bytes):
    """The function that reads this kind of content; told by its first bytes, never by a name."""
    start = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = start.lower()
    if not start:
        raise NewsError("is empty")
    if start.startswith(b"PK\x03\x04"):
        return _sheets
    for sign, kind in ((b"%pdf", "a PDF"), (b"\x89png", "a picture"), (b"\xd0\xcf\x11\xe0", "an old Office file")):
        if low.startswith(sign):
            raise NewsError(f"is {kind}, not a feed or an export; CSV, XLSX, RIS, BibTeX, JSON, RSS and Atom are read")
    if low.startswith((b"<!doctype html", b"<html")):
        raise NewsError("is a web page, not a feed; look on it for a link named RSS, Atom or feed")
    if low.startswith(b"<") or (content[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<\x00" in content[:8]):
        return _feed
    if low.startswith((b"{", b"[")):
        return _json
    if re.search(rb"(?m)^TY {1,2}- ", start):
        return _ris
    if re.search(rb"(?mi)^\s*@(?:article|misc|newspaper|online|inproceedings|book|electronic|techreport)\s*\{", start):
        return _bibtex
    return _csv


def decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030, which Chinese databases still export."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = re.findall(r"[^\x00-\x7f]", text[:200_000])
        known = re.findall(rf"[{_CJK}\u2010-\u2030·]", "".join(foreign))
        if encoding != "gb18030" or len(known) > 0.9 * len(foreign):
            if "\x00" in text:
                raise NewsError("holds zero bytes, so it is no text; export it again as CSV in UTF-8")
            return text
    raise NewsError("is neither in UTF-8 nor in GB 18030; save it again as UTF-8")


def _feed(content: bytes) -> Iterator[dict]:
    import feedparser

    _safe_xml(content)
    found = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if not found.version:
        raise NewsError("is XML, but neither RSS nor Atom")
    outlet = found.feed.get("title", "")
    for entry in found.entries:
        body = entry.get("summary") or next((part.get("value") for part in entry.get("content", [])), "")
        yield {
            "title": entry.get("title", ""),
            "url": entry.get("link", "") or entry.get("id", ""),
            "publisher": entry.get("source", {}).get("title") or entry.get("publisher") or outlet,
            "date": entry.get("published") or entry.get("updated") or entry.get("created") or "",
            "text": body,
            "language": entry.get("language") or found.feed.get("language", ""),
        }


def _safe_xml(content: bytes) -> None:
    """Refuse entities, which hide bombs and files of the machine, and XML that breaks off."""
    from xml.sax import SAXParseException

    import defusedxml.sax
    from defusedxml import DefusedXmlException
    from xml.sax.handler import ContentHandler  # isort: skip

    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd, parser.forbid_entities, parser.forbid_external = False, True, True
    parser.setContentHandler(ContentHandler())
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException:
        raise NewsError("declares XML entities, which no feed needs and which can be a bomb; not read") from None
    except SAXParseException as error:
        if "undefined entity" not in error.getMessage():  # &nbsp; and its like, which feedparser knows
            where = f"line {error.getLineNumber()}: {error.getMessage()}"
            raise NewsError(f"is broken XML ({where}); fetch it again") from None
    except (LookupError, ValueError) as error:
        raise NewsError(f"is XML in an encoding that cannot be read ({error})") from None


def _json(content: bytes) -> Iterator[dict]:
    try:
        found = json.loads(decode(content), strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        raise NewsError(f"is broken JSON ({getattr(error, 'msg', 'too deeply nested')})") from None
    if found == {}:
        return  # what GDELT answers if it finds nothing
    rows = found if isinstance(found, list) else found.get("articles", found.get("items"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NewsError("is JSON without a list of articles")
    if rows:
        columns = _columns(list(dict.fromkeys(key for row in rows[:50] for key in row)))
        for row in rows:
            yield _pick(columns, row.get)


def _ris(content: bytes) -> Iterator[dict]:
    import rispy

    text = decode(content)
    if len(re.findall(r"(?m)^TY {1,2}-", text)) != len(re.findall(r"(?m)^ER {1,2}-", text)):
        raise NewsError("is RIS that breaks off: not every entry (TY) has its end (ER)")
    try:
        entries = rispy.loads(text, skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise NewsError(f"is broken RIS ({error})") from None
    for entry in entries:
        first = lambda *keys, entry=entry: next((entry[key] for key in keys if entry.get(key)), "")  # noqa: E731
        urls = first("urls")
        yield {
            "title": first("title", "primary_title", "short_title", "translated_title"),
            "url": urls[0] if isinstance(urls, list) else urls,
            "publisher": first("journal_name", "alternate_title3", "secondary_title", "alternate_title2", "publisher"),
            "date": first("date", "publication_year", "year", "access_date"),
            "text": first("abstract", "notes_abstract"),
            "language": first("language"),
        }


def _bibtex(content: bytes) -> Iterator[dict]:
    import logging

    import bibtexparser
    from bibtexparser.middlewares import LatexDecodingMiddleware

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs is said below
    library = bibtexparser.parse_string(decode(content), append_middleware=[LatexDecodingMiddleware()])
    if library.failed_blocks:
        block = library.failed_blocks[0]
        raise NewsError(f"is broken BibTeX (entry at line {(block.start_line or 0) + 1})")
    for entry in library.entries:
        fields = {key.lower(): field.value for key, field in entry.fields_dict.items()}
        first = lambda *keys, fields=fields: next((fields[key] for key in keys if fields.get(key)), "")  # noqa: E731
        month = f"{first('month')} " if not first("date") and first("month") else ""
        yield {
            "title": re.sub("[{}]", "", str(first("title"))),
            "url": first("url", "link"),
            "publisher": first("journal", "journaltitle", "publisher", "howpublished", "organization"),
            "date": first("date") or f"{month}{first('year')}",
            "text": first("abstract", "note"),
            "language": first("language", "langid"),
        }


def _sheets(content: bytes) -> Iterator[dict]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
        if unpacked > MAX_UNPACKED:
            raise NewsError(f"unpacks to more than {MAX_UNPACKED // 10**6} MB; not read")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, NewsError):
            raise
        raise NewsError("is no readable XLSX file; save it again, or as CSV in UTF-8") from None
    sheet = next((rows for rows in sheets if rows), None)
    if sheet is None:
        raise NewsError("is a workbook without rows")
    yield from _rows(iter(enumerate(sheet, start=1)))


def _csv(content: bytes) -> Iterator[dict]:
    text = decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from _rows((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise NewsError(f"is broken CSV (line {reader.line_num}: {error})") from None


def _rows(rows: Iterable[tuple[int, list]]) -> Iterator[dict]:
    """Rows of a table under their headings; lines of notes above the headings, as databases print them, are passed."""
    filled = ((line, [clean(cell) for cell in row]) for line, row in rows if any(str(cell).strip() for cell in row))
    above: list[list[str]] = []
    columns: dict[str, list[int]] = {}
    for _, row in filled:
        if len(row) > 1 and any(_heading(cell) in _COLUMNS["title"] for cell in row):
            columns, width = _columns(row, by_place=True), len(row)
            break
        above.append(row)
        if len(above) > 20:
            break
    if not columns:
        if any(_heading(cell) in _COLUMNS["title"] for row in above for cell in row):
            raise NewsError("has one column only; beside the title it needs at least a date or an address (url)")
        seen = ", ".join(above[0][:8])[:200] if above else ""
        raise NewsError(f"has no heading title, headline or 标题 (its first line: {seen})")
    for line, row in filled:
        if any(row[width:]):
            raise NewsError(f"line {line} has {len(row)} cells, but {width} headings; are texts with commas in quotes?")
        yield _pick(columns, lambda place, row=row: row[place] if place < len(row) else "")


def _heading(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _columns(headings: list[str], by_place: bool = False) -> dict[str, list]:
    """Where each column of an item stands, the surest heading first; raises NewsError without a title or with two."""
    names = [_heading(str(heading)) for heading in headings]
    known = [name for name in names if any(name in candidates for candidates in _COLUMNS.values())]
    if double := next((name for name in known if known.count(name) > 1), None):
        raise NewsError(f"has the heading {headings[names.index(double)]!r} twice; name each column once")
    found = {
        column: [names.index(name) if by_place else headings[names.index(name)] for name in candidates if name in names]
        for column, candidates in _COLUMNS.items()
    }
    if not found["title"]:
        raise NewsError(f"has no title among its names ({', '.join(map(str, headings[:8]))})")
    return found


def _pick(columns: dict[str, list], cell) -> dict:
    """For each column the first that is filled."""
    return {
        column: next((value for place in places if (value := cell(place)) not in (None, "")), "")
        for column, places in columns.items()
    }
