"""Sheets of a workbook: those that are shown."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime

from chainregistry.official.archive import repacked
from chainregistry.official.model import Aside, Item, Line, ListError, Row, Seen, Told
from chainregistry.official.struck import Struck, column, in_workbook, judged
from chainregistry.official.wording import NUMBER

MAX_CELLS = 20_000_000
"""Most cells of a sheet, from its corner to the last one; its reader takes some 40 bytes for each, empty or not."""


def read(content: bytes) -> list[Item]:
    """An XLSX file; raises ListError where it is protected, has a cell far away or only formulas without results."""
    formulas: list[str] = []

    def keep_formula(name: str, data: bytes) -> bytes:
        """A formula without a stored result becomes its own text."""
        if not name.startswith("xl/worksheets/"):
            return data
        _refuse_far(data)
        form = rb'<c( r="([A-Z]+[0-9]+)")[^>]*><f[^>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>'
        formulas.extend(cell.decode() for _, cell, _ in re.findall(form, data))
        return re.sub(form, rb'<c\1 t="inlineStr"><is><t>=\3</t></is></c>', data)

    file = repacked(content, keep_formula)
    struck = in_workbook(file)
    file.seek(0)
    items = [*_workbook(file, struck), *_beside(file)]
    if formulas:
        told = f"formulas without stored results, read as their own text: {len(formulas)} ({formulas[0]}"
        told += " and others" * (len(formulas) > 1) + ")"
        if not any(NUMBER.search(cell) for item in items if isinstance(item, Row) for cell in item.cells if cell):
            raise ListError(f"no cell shows a filing number; {told}: open and save it in a spreadsheet program first")
        items.append(Told(told))
    return items


def read_xls(content: bytes) -> list[Item]:
    """An XLS file, without its fonts, so that text struck through is not seen; raises ListError if protected."""
    return _workbook(io.BytesIO(content), {})


def _refuse_far(sheet: bytes) -> None:
    """Raise ListError for a sheet whose reader would need more cells than fit into memory."""
    cells = re.findall(rb'<(?:\w+:)?c (?:[^>]* )?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>(?!</)', sheet)
    places = [(int(row), column(letters.decode()) + 1) for letters, row in set(cells)]
    height, width = (max((place[i] for place in places), default=0) for i in (0, 1))
    if height * width > MAX_CELLS:
        row, letters = max((int(row) / 2**20 + column(name.decode()) / 2**14, (row, name)) for name, row in cells)[1]
        far = f"{letters.decode()}{row.decode()}"
        raise ListError(f"a cell stands far away from the others, at {far}: delete what stands there and save anew")


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
