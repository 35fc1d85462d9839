"""Sheets of a workbook."""

import io
import re
from datetime import datetime

from chainregistry.official.archive import repacked
from chainregistry.official.model import Item, Line, ListError, Row


def read(content: bytes) -> list[Item]:
    def keep_formula(name: str, data: bytes) -> bytes:
        """A formula without a stored result becomes its own text."""
        if not name.startswith("xl/worksheets/"):
            return data
        form = rb'<c( r="[A-Z]+[0-9]+")[^>]*><f[^>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>'
        return re.sub(form, rb'<c\1 t="inlineStr"><is><t>=\2</t></is></c>', data)

    return _workbook(repacked(content, keep_formula))


def read_xls(content: bytes) -> list[Item]:
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
