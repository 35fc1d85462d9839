"""Word documents of the third list with six rows (``oddities.ROWS``), odd in one way each."""

import html
import io
import zipfile
from collections.abc import Callable

import lists

ROWS = lists.entries(6, seed=11)
GRID = lists.grid(ROWS)

OPEN = "http://schemas.openxmlformats.org/"
SPACES = {
    "w": f"{OPEN}wordprocessingml/2006/main",
    "r": f"{OPEN}officeDocument/2006/relationships",
    "mc": f"{OPEN}markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p>{properties}{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell of one paragraph, or of the paragraphs given."""
    inner = content if content.startswith(("<w:p>", "<w:tbl>", "<w:altChunk")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def word_row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def word_rows(change: Callable[[int, list[str]], str] | None = None) -> list[str]:
    """Headings and rows; ``change`` gets the number of a row (0 for the headings) and its texts."""
    plain = lambda _, texts: word_row(*(cell(run(text)) for text in texts))  # noqa: E731
    return [(change or plain)(i, texts) for i, texts in enumerate(GRID)]


def word_table(rows: list[str]) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def docx(body: str, parts: dict[str, str] | None = None, strict: bool = False) -> bytes:
    """A Word document; ``parts`` are further parts of the folder word."""
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
    title = paragraph(run(lists.title()))
    document = f"<w:document {spaces}><w:body>{title}{body}<w:sectPr/></w:body></w:document>"
    relation = f"{SPACES['r']}/officeDocument"
    if strict:
        document = document.replace(SPACES["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main")
        relation = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
        for name, text in (parts or {}).items():
            archive.writestr(f"word/{name}", text)
    return file.getvalue()


def part(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{SPACES["w"]}">{content}</w:{name}>'


def _one_cell(number: int, column: int, content: str, properties: str = "") -> bytes:
    """A document in which one cell has another content."""

    def change(i: int, texts: list[str]) -> str:
        cells = [cell(run(text)) for text in texts]
        if i == number:
            cells[column] = cell(content, properties)
        return word_row(*cells)

    return docx(word_table(word_rows(change)))


def grid_before() -> bytes:
    """The third row begins late and ends early."""

    def change(i: int, texts: list[str]) -> str:
        cells = [cell(run(text)) for text in texts]
        if i == 3:
            return word_row(*cells[1:4], properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
        return word_row(*cells)

    return docx(word_table(word_rows(change)))


def heading_over_two_columns() -> bytes:
    """The heading of the services spans two grid columns; the cells divide them in three ways."""
    wide = '<w:gridSpan w:val="2"/>'

    def change(i: int, texts: list[str]) -> str:
        wider = {0: 2, 1: 2, 3: 1, 4: 1}.get(i, 2)
        return word_row(*(cell(run(text), wide * (column == wider)) for column, text in enumerate(texts)))

    return docx(word_table(word_rows(change)))


def merged_down() -> bytes:
    """Rows 2 and 3 have one registrant, merged over both; the cell of the remark spans two columns."""

    def change(i: int, texts: list[str]) -> str:
        merge = {2: '<w:vMerge w:val="restart"/>', 3: "<w:vMerge/>"}.get(i, "")
        texts = [texts[0], "" if i == 3 else texts[1], *texts[2:]]
        return word_row(
            *(cell(run(text), merge * (c == 1) + '<w:gridSpan w:val="2"/>' * (c == 4)) for c, text in enumerate(texts))
        )

    return docx(word_table(word_rows(change)))


def tracked_changes() -> bytes:
    """Words inserted, deleted and moved in the first row; a row that is deleted after the third."""
    first = ROWS[0].service
    words = (
        f"{run(first[:2])}<w:del>{run('旧').replace('w:t', 'w:delText')}</w:del><w:ins>{run(first[2:4])}</w:ins>"
        f"<w:moveFrom>{run(first[4:])}</w:moveFrom><w:moveTo>{run(first[4:])}</w:moveTo>"
    )

    def change(i: int, texts: list[str]) -> str:
        cells = [cell(words if i == 1 and c == 2 else run(text)) for c, text in enumerate(texts)]
        gone = word_row(*(cell(f"<w:del>{run(text)}</w:del>") for text in texts), properties="<w:del/>")
        return word_row(*cells) + gone * (i == 3)

    return docx(word_table(word_rows(change)))


def numbered_by_word(style: bool = False, form: str = "decimal", text: str = "%1.", linked: bool = False) -> bytes:
    """The sequence is Word's own numbering, directly or by a style, and begins anew after a note above the table."""
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    by_style = '<w:pStyle w:val="Row"/>'
    properties = f"<w:pPr>{by_style if style else own}</w:pPr>"
    level = f'<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    definitions = f'<w:abstractNum w:abstractNumId="3">{level}</w:abstractNum>'
    if linked:
        definitions = (
            '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="L"/></w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="L"/>{level}</w:abstractNum>'
        )
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        f'{definitions}<w:num w:numId="6"><w:abstractNumId w:val="3"/></w:num>'
        f'<w:num w:numId="7"><w:abstractNumId w:val="3"/>{restart}</w:num>'
    )
    styles = f'<w:style w:styleId="Row"><w:pPr>{own}</w:pPr></w:style>'

    def change(i: int, texts: list[str]) -> str:
        first = cell(run(texts[0])) if i == 0 else cell(paragraph("", properties))
        return word_row(first, *(cell(run(text)) for text in texts[1:]))

    before = paragraph(run("说明"), '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="6"/></w:numPr></w:pPr>')
    parts = {"numbering.xml": part("numbering", numbering), "styles.xml": part("styles", styles)}
    return docx(before + word_table(word_rows(change)), parts)


def signs_of_word() -> bytes:
    """Hyphens that do not break, and a sign of a symbol font, in the fifth service."""
    head, tail = ROWS[4].service[:2], ROWS[4].service[2:]
    return _one_cell(5, 2, f'{run(head)}<w:r><w:softHyphen/><w:sym w:font="Symbol" w:char="F0E2"/></w:r>{run(tail)}')


def ruby_in_word() -> bytes:
    """Reading aids over the second registrant."""
    base, rest = ROWS[1].entity[:2], ROWS[1].entity[2:]
    return _one_cell(
        2, 1, f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('la sa')}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"
        f"{run(rest)}",
    )  # fmt: skip


def box_in_word() -> bytes:
    """A text box in a cell, stored twice as Word does."""
    inner = f"<w:txbxContent>{paragraph(run(ROWS[2].service))}</w:txbxContent>"
    return _one_cell(
        3, 2, "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>",
    )  # fmt: skip


def table_in_a_word_cell() -> bytes:
    """A small table inside the third service."""
    text = ROWS[2].service
    inner = word_table([word_row(cell(run(text[:4])), cell(run(text[4:])))])
    return _one_cell(3, 2, f"{inner}<w:p/>")


def list_in_a_word_frame() -> bytes:
    """The whole list in a cell of a table that only frames it."""
    frame = word_table([word_row(cell(run("关于发布清单的公告"))), word_row(cell(word_table(word_rows()) + "<w:p/>"))])
    return docx(frame)


def strict_word() -> bytes:
    return docx(word_table(word_rows()), strict=True)


def controls_in_word() -> bytes:
    """Rows and cells inside content controls."""

    def change(i: int, texts: list[str]) -> str:
        cells = [cell(run(text)) for text in texts]
        cells[1] = f"<w:sdt><w:sdtPr/><w:sdtContent>{cells[1]}</w:sdtContent></w:sdt>"
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{word_row(*cells)}</w:sdtContent></w:sdt>"

    return docx(word_table(word_rows(change)))


def embedded_in_word(table: bool = False) -> bytes:
    """An embedded web page, beside the table or alone."""
    return docx('<w:altChunk r:id="c1"/>' + word_table(word_rows()) * table, {"c1.html": "<html/>"})
