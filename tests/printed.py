"""Printed lists: PDF pages of the third list with six rows (``oddities.ROWS``), odd in one way each."""

import io
from collections.abc import Callable
from dataclasses import replace

import lists
from lists import cells_of
from oddities import GRID, HEADS, ROWS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
EDGES = [40, 75, 215, 330, 520, 555]
LINE = 24
TOP = 760
MARK = "内部资料严禁外传"
Before = Callable[[Canvas, float, float, str], None]


def pdf(*pages: Callable[[Canvas], None]) -> bytes:
    """A PDF whose pages are drawn one after the other."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=True, pageCompression=0)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def title(canvas: Canvas) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawString(150, 790, lists.title())


def table(
    canvas: Canvas,
    grid: list[list[str]] = GRID,
    bold: tuple[float, float] | None = None,
    before: Before | None = None,
    open_ends: str = "",
    sides: bool = True,
) -> None:
    """A ruled table. ``bold`` draws each text a second time with this shift; ``open_ends`` may have head and foot."""
    canvas.setFont(FONT, 8)
    for i, texts in enumerate(grid):
        for left, text in zip(EDGES, texts, strict=False):
            if before:
                before(canvas, left, TOP - i * LINE, text)
            canvas.setFillGray(0)
            for x, y in [(0, 0)] + [bold] * (bold is not None):
                canvas.drawString(left + 2 + x, TOP - i * LINE - 15 + y, text)
    foot = TOP - len(grid) * LINE
    for i in range("head" in open_ends, len(grid) + 1 - ("foot" in open_ends)):
        canvas.line(EDGES[0], TOP - i * LINE, EDGES[-1], TOP - i * LINE)
    for x in EDGES if sides else EDGES[1:-1]:
        canvas.line(x, TOP, x, foot)


def without_rows(canvas: Canvas) -> None:
    """A table with lines between its columns and none between its rows."""
    canvas.setFont(FONT, 8)
    for i, texts in enumerate(GRID):
        for left, text in zip(EDGES, texts, strict=False):
            canvas.drawString(left + 2, TOP - i * LINE - 15, text)
    foot = TOP - len(GRID) * LINE
    for x in EDGES:
        canvas.line(x, TOP, x, foot)
    for y in (TOP, foot):
        canvas.line(EDGES[0], y, EDGES[-1], y)


def plain(canvas: Canvas) -> None:
    title(canvas)
    table(canvas)


def bold(x: float, y: float) -> bytes:
    """Every text drawn twice, as some programs make bold letters."""
    return pdf(lambda canvas: (title(canvas), table(canvas, bold=(x, y))))


def watermarked(angle: float, size: float = 30, colour: tuple = (0.8, 0.8, 0.8), first: bool = False) -> bytes:
    """A text across the table, drawn before or after it."""

    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFont(FONT, size)
        canvas.setFillColorRGB(*colour)
        canvas.translate(100, 640)
        canvas.rotate(angle)
        canvas.drawString(0, 0, MARK * (3 if size < 15 else 1))
        canvas.restoreState()

    return pdf(lambda canvas: [draw(canvas) for draw in ([mark, plain] if first else [plain, mark])])


def tiled() -> bytes:
    """A small text in the colour of the list, again and again over the page."""

    def draw(canvas: Canvas) -> None:
        plain(canvas)
        canvas.setFont(FONT, 7)
        for x in range(50, 500, 120):
            for y in range(100, 800, 35):
                canvas.drawString(x, y, MARK)

    return pdf(draw)


def white_boxes(stroke: bool) -> bytes:
    """A white box under every text, or with white lines across it."""

    def box(canvas: Canvas, x: float, y: float, text: str) -> None:
        canvas.setFillGray(1)
        canvas.setStrokeGray(1)
        canvas.rect(x + 5, y - 20, 20, 16, stroke=int(stroke), fill=1)
        canvas.setStrokeGray(0)

    return pdf(lambda canvas: (title(canvas), table(canvas, before=box)))


def framed(*boxes: tuple[float, float, float, float]) -> bytes:
    """Boxes around or inside the table."""
    return pdf(lambda canvas: (plain(canvas), *(canvas.rect(*box) for box in boxes)))


def rounded() -> bytes:
    """A frame with round corners around the table."""
    return pdf(lambda canvas: (plain(canvas), canvas.roundRect(20, 300, 555, 520, 12)))


def turned(angle: int, rotate: bool) -> bytes:
    """The page printed sideways or upside down; with ``rotate`` the viewer turns it."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[angle])
        canvas.rotate(angle)
        if angle != 180:
            canvas.translate(0, -250)
        plain(canvas)

    content = pdf(draw)
    return content.replace(b"/Rotate 0", b"/Rotate %d" % angle) if rotate else content


def sideways_heading() -> bytes:
    def draw(canvas: Canvas) -> None:
        title(canvas)
        table(canvas, [["", *HEADS[1:]], *GRID[1:]])
        canvas.translate(60, TOP - 20)
        canvas.rotate(90)
        canvas.drawString(0, 0, HEADS[0])

    return pdf(draw)


def two_pages(
    first: list[list[str]], second: list[list[str]], open_first: str = "foot", open_second: str = "head"
) -> bytes:
    return pdf(
        lambda canvas: (title(canvas), table(canvas, first, open_ends=open_first)),
        lambda canvas: table(canvas, second, open_ends=open_second),
    )


def parted(column: int) -> bytes:
    """The third row is parted within one column; the other columns stand whole on the first page."""
    texts = cells_of(replace(ROWS[2], remark="变更说明"))
    cut = [0, 4, 3, 9, 2][column]
    first = [text[:cut] if i == column else text for i, text in enumerate(texts)]
    rest = [text[cut:] if i == column else "" for i, text in enumerate(texts)]
    return two_pages([*GRID[:3], first], [rest, *GRID[4:]])


def rest_alone() -> bytes:
    """The second page holds no more than the end of the last name."""
    last = GRID[6]
    return two_pages([*GRID[:6], [last[0], last[1][:4], *last[2:]]], [["", last[1][4:], "", "", ""]])


def without_sides() -> bytes:
    return pdf(lambda canvas: (title(canvas), table(canvas, sides=False)))


def cropped() -> bytes:
    """A remark of the printer outside the part of the page that is shown."""

    def draw(canvas: Canvas) -> None:
        plain(canvas)
        canvas.drawString(400, 30, "打印校样")
        canvas.setCropBox((0, 100, 595, 842))

    return pdf(draw)


def off_the_corner() -> bytes:
    """A page whose lower left corner is at 9 and 8 points, not at 0."""
    content = pdf(lambda canvas: (canvas.translate(9, 8), plain(canvas)))
    assert b"[ 0 0 595 842 ]" in content
    return content.replace(b"[ 0 0 595 842 ]", b"[ 9 8 604 850 ]")


def words_apart() -> bytes:
    """The service of the second row in two words with room between them and no blank printed."""

    def draw(canvas: Canvas) -> None:
        title(canvas)
        table(canvas, [*GRID[:2], [*GRID[2][:2], "Chain", *GRID[2][3:]], *GRID[3:]])
        width = pdfmetrics.stringWidth("Chain", FONT, 8)
        canvas.drawString(EDGES[2] + 2 + width + 5, TOP - 2 * LINE - 15, "Ledger")

    return pdf(draw)


def with_form() -> bytes:
    return pdf(lambda canvas: (plain(canvas), canvas.acroForm.textfield(value="AB-9", x=100, y=100, name="a")))


def unmapped_headings() -> bytes:
    """Headings in a font that does not say which characters it shows."""
    from matplotlib import get_data_path
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Unmapped", f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf"))

    def draw(canvas: Canvas) -> None:
        title(canvas)
        table(canvas, [[""] * 5, *GRID[1:]])
        canvas.setFont("Unmapped", 8)
        for left, text in zip(EDGES, ["№", "ЖЖЖЖ", "ЯЯЯЯ", "ЩЩЩЩ", "ЮЮ"], strict=False):
            canvas.drawString(left + 2, TOP - 15, text)

    return pdf(draw).replace(b"/ToUnicode", b"/ToNothing")
