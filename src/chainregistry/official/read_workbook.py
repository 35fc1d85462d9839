"""Sheets of a workbook: those that are shown."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime

from chainregistry.official.archive import repacked
from chainregistry.official.model import Aside, Item, Line, ListError, Row, Seen, Told
from chainregistry.official.struck import Struck, in_workbook, judged


def read(content: bytes) -> list[Item]:
    """An XLSX file; raises ListError where it is protected."""

    def keep_formula(name: str, data: bytes) -> bytes:
        """A formula without a stored result becomes its own text."""
        if not name.startswith("xl/worksheets/"):
            return data
        form = rb'<c( r="[A-Z]+[0-9]+")[^>]*><f[^>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>'
        return re.sub(form, rb'<c\1 t="inlineStr"><is><t>=\2</t></is></c>', data)

    file = repacked(content, keep_formula)
    struck = in_workbook(file)
    file.seek(0)
    return [*_workbook(file, struck), *_beside(file)]


def read_xls(content: bytes) -> list[Item]:
    """An XLS file, without its fonts, so that text struck through is not seen; raises ListError if protected."""
    return _workbook(io.BytesIO(content), {})


def _workbook(file: io.BytesIO, struck: dict[str, Struck]) -> list[Item]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise ListError("the file is protected by a password: save it without one") from None
    items: list[Item] = []
    for number, sheet in enumerate(workbook.sheets_metadata, start=1):
        if sheet.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.DialogSheet, SheetTypeEnum.MacroSheet):
            continue
        rows = _rows(workbook.get_sheet_by_name(sheet.name))
        if sheet.visible == SheetVisibleEnum.Visible:
            items.append(Line(sheet.name))
            marked = struck.get(sheet.name, {})
            for i, cells in rows:
                if cells:
                    items += judged(Row(number, cells, f"sheet {sheet.name}, row {i}"), _pieces(i, cells, marked))
        else:
            texts = [(i, " ".join(cell for cell in cells if cell)) for i, cells in rows]
            why = f"the hidden sheet {sheet.name}"
            items += [Aside(text, why) for i, text in texts if text]
            items.append(Told(f"{why} left out"))
    return items


def _pieces(number: int, cells: list[str | None], struck: Struck) -> Iterator[tuple[str, bool]]:
    """Text of a row by pieces, each struck through or not; nothing of a sheet without struck text."""
    for place, cell in enumerate(cells if struck else []):
        if cell:
            pieces = struck.get((number - 1, place), [])
            yield from [(cell, True)] if pieces is None else pieces or [(cell, False)]


def _rows(sheet) -> list[tuple[int, list[str | None]]]:
    """Rows of a sheet with their numbers, cells as text; of merged cells see ``Row``."""
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in rows[top : bottom + 1]:
            if left < len(row):
                row[left] = rows[top][left]
                row[left + 1 : right + 1] = [None] * len(row[left + 1 : right + 1])
    return [(i, _trimmed(row)) for i, row in enumerate(rows, start=1)]


def _trimmed(row: list) -> list[str | None]:
    """Cells as text; of the thousands that a damaged file can have, not the empty ones at the end."""
    while row and row[-1] in ("", None):
        row.pop()
    return [cell if cell is None else _cell_text(cell) for cell in row]


def _cell_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _beside(file: io.BytesIO) -> list[Seen]:
    """Text that lies over the sheets: boxes and comments."""
    found = []
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/(?:drawings|threadedComments|comments)[^.]*\.xml", name):
                text = re.sub("<[^>]*>", "", archive.read(name).decode("utf-8", "replace"))
                found.append(Seen(text, "a box or comment over a sheet"))
    return found
