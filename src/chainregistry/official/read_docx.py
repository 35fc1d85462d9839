"""Lines and tables of a Word document."""

from chainregistry.official.archive import repacked
from chainregistry.official.model import MAX_SPAN, Item, Line, ListError, Row


def read(content: bytes) -> list[Item]:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(repacked(content)).element.body
    marks = {qn("w:p"): "\n", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}

    def text(element) -> str:
        return "".join(node.text or "" if node.tag == qn("w:t") else marks.get(node.tag, "") for node in element.iter())

    items, tables, leaves = [], {}, set()
    for element in body.iter(qn("w:tr"), qn("w:p")):
        if element.tag == qn("w:tr"):
            if element.find(f".//{qn('w:tr')}") is None:
                leaves.add(element)
                table, above = tables.setdefault(element.getparent(), (len(tables) + 1, {}))
                items.append(Row(table, _cells(element, above, text)))
        elif next(element.iterancestors(qn("w:tr")), None) not in leaves:
            items.append(Line(text(element).strip()))
    if not tables:
        raise ListError("a DOCX file without a table")
    return items


def _cells(row, above: dict[int, str], text) -> list[str]:
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
