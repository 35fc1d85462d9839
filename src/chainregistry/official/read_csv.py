"""Rows of a text file with separators."""

import csv
import io

from chainregistry.official.decode import decoded
from chainregistry.official.headings import columns
from chainregistry.official.model import Item, ListError, Row, Told
from chainregistry.official.wording import NUMBER, bare

_SEPARATORS = ",;\t|，；"


def read(content: bytes) -> list[Item]:
    """Rows, each with the line it begins at.

    The separator is the one that makes the headings of a list, else the one that makes most cells.

    Raises ListError, with the line, where a quotation mark is never closed.
    """
    text = decoded(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):
        text, skipped = rest, 1
    separator = _separator(text)
    rows, told = _rows(text, separator)
    rows = [Row(1, [bare(cell) for cell in cells], f"line {line + skipped}") for line, cells in rows]
    return [*rows, *told]


def _separator(text: str) -> str:
    best = max(_SEPARATORS, key=text.count)
    lines = [line for line in text.splitlines() if "备案" in line or "服务" in line or NUMBER.search(line)][:50]
    for separator in sorted(_SEPARATORS, key=text.count, reverse=True):
        if any(columns([cell.strip(' "\ufeff') for cell in line.split(separator)]) for line in lines):
            return separator
    return best


def _rows(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], list[Told]]:
    """Rows with the line that each begins at."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, begun = [], 1
    try:
        for cells in reader:
            rows.append((begun, cells))
            begun = reader.line_num + 1
    except csv.Error:
        return _loose_rows(text, separator)
    return rows, []


def _loose_rows(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], list[Told]]:
    """Rows of a text whose quotation marks are not doubled: a cell ends at a mark only before a separator or line end.

    A cell that begins with a mark that ends elsewhere is taken as printed, marks and all.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows, cells, loose = [], [], []
    line = begun = 1
    place, size = 0, len(text)
    while place < size:
        value, end = _quoted(text, place, separator) if text[place] == '"' else (None, place)
        if value is None:
            end = min((found for sign in (separator, "\n") if (found := text.find(sign, place)) >= 0), default=size)
            value = text[place:end]
            if value.startswith('"'):
                if value.count('"') % 2:
                    raise ListError(
                        f"not a proper CSV file: line {line}: a quotation mark is never closed before "
                        f"{value[:20]!r}: mend it, or save the list as XLSX"
                    )
                loose.append(line)
        cells.append(value)
        line += value.count("\n")
        if end >= size or text[end] == "\n":
            rows.append((begun, cells))
            cells, line = [], line + 1
            begun = line
        place = end + 1
        if place >= size and end < size and text[end] == separator:
            cells.append("")
    if cells:
        rows.append((begun, cells))
    shown = ", ".join(map(str, dict.fromkeys(loose[:3]))) + (" and others" if len(loose) > 3 else "")
    return rows, [Told(f"quotation marks within cells taken as printed (line {shown})")] if loose else []


def _quoted(text: str, place: int, separator: str) -> tuple[str | None, int]:
    """A quoted cell and the place after it; None where it does not end before a separator or the end of a line."""
    end = place + 1
    while (end := text.find('"', end)) >= 0:
        if text.startswith('""', end):
            end += 2
            continue
        after = text[end + 1 : end + 2]
        if after in ("", separator, "\n"):
            return text[place + 1 : end].replace('""', '"'), end + 1
        return None, place
    return None, place
