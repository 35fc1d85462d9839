"""Lists in the publisher's shape for the tests, in every format and with the quirks that published lists have."""

import csv
import html
import io
import random
from dataclasses import dataclass, replace

from hypothesis import settings
from stdnum.iso7064 import mod_11_2

from chainregistry import filing

STEADY = settings(derandomize=True, deadline=None)
"""The same examples in every run, on a machine of any speed."""
FORMATS = ["pdf", "docx", "xlsx", "xls", "html", "csv"]
QUIRKS = [
    "repeated_headers",
    "title_row",
    "blank_rows",
    "page_numbers",
    "wrapped",
    "full_width",
    "stray_spaces",
    "lower_x",
    "extra_columns",
    "split_rows",
    "long_headings",
]
COUNTIES = ["110105", "110108", "310115", "330106", "330108", "440305", "440304", "430121", "150102", "540102"]
PLACES = ["北京", "上海", "杭州", "深圳", "长沙", "呼和浩特", "拉萨"]
NAMES = ["链融", "天河", "超节点", "边界 智能", "BSN", "Hyper", "数科(中国)", "云链-Cloud"]
SERVICES = ["存证平台", "溯源系统", "IRITA 跨域互信", "数字藏品", "BaaS平台 2.0", "司法链", "版权链（NFT）"]
AWKWARD = [
    '=HYPERLINK("http://x.example","公司")',
    "<script>alert(1)</script>有限公司",
    '+公司,"引号"有限公司',
    "@总和 & <b>科技</b>",
    "-- 公司 -",
]


@dataclass(frozen=True)
class Entry:
    """A row of a list as it should come out."""

    sequence: str
    entity: str
    service: str
    number: str
    remark: str = ""


HEADS = ["序号", "主体名称", "服务名称", "备案编号", "备注"]


def cells_of(row: Entry) -> list[str]:
    """The cells of a row in the order of the headings."""
    return [row.sequence, row.entity, row.service, row.number, row.remark]


def grid(rows: list[Entry]) -> list[list[str]]:
    """Headings and rows as they are printed."""
    return [HEADS, *map(cells_of, rows)]


def number(county: str, year: int, subject: int, service: int) -> str:
    """A valid filing number."""
    code = f"{county}{year:02d}{subject:08d}{service:03d}"
    short = next(short for short, province in filing.PROVINCES.items() if province == county[:2])
    return f"{short}网信备{code}{mod_11_2.calc_check_digit(code)}号"


def entries(count: int, seed: int = 1) -> list[Entry]:
    """Rows with distinct valid numbers and names of many kinds, some of them awkward."""
    rng, found = random.Random(seed), []
    for i in range(1, count + 1):
        entity = f"{rng.choice(PLACES)}{rng.choice(NAMES)}{rng.choice(['网络', '区块链'])}科技有限公司"
        service = f"{rng.choice(PLACES)}{rng.choice(SERVICES)}第{i}号"
        if i % 41 == 0:
            entity = AWKWARD[i // 41 % len(AWKWARD)]
        filed = number(rng.choice(COUNTIES), rng.randint(19, 25), rng.randrange(10**8), i % 1000)
        found.append(Entry(str(i), entity, service, filed, "注销" if i % 29 == 0 else ""))
    return found


SHARES = {"11": 25, "44": 25, "31": 12, "33": 10, "32": 7}
"""Weights of provinces in the simulated register; the others weigh one each, Tibet and Xinjiang nothing."""
EMPTY = ["54", "65"]
MORE_COUNTIES = {
    "11": ["110105", "110108", "110102", "110115"],
    "44": ["440305", "440304", "440106", "440605", "440402"],
    "31": ["310115", "310104", "310112"],
    "33": ["330106", "330108", "330114", "330203"],
    "32": ["320507", "320106", "320214"],
}


def register(rows: int = 5000, batches: int = 20, seed: int = 7) -> dict[int, list[Entry]]:
    """A simulated register: lists of equal size by number, registrants with services on several of them."""
    rng, found = random.Random(seed), {}
    codes = [code for code in filing.PROVINCES.values() if code not in EMPTY]
    weights = [SHARES.get(code, 1) for code in codes]
    holders = []
    for subject in range(1, rows * 3 // 5):
        code = rng.choices(codes, weights)[0]
        county = rng.choice(MORE_COUNTIES.get(code, [f"{code}0102", f"{code}0103", f"{code}0303"]))
        name = f"{rng.choice(PLACES)}{rng.choice(NAMES)}{subject}号科技有限公司"
        if subject % 97 == 0:
            name = AWKWARD[subject // 97 % len(AWKWARD)]
        holders.append((name, county, rng.randint(14, 24), 10_000_000 + subject))
    filed = dict.fromkeys(range(len(holders)), 0)
    for batch in range(1, batches + 1):
        entries = []
        for i in range(1, rows // batches + 1):
            which = int(rng.paretovariate(0.3)) % len(holders) if i % 5 == 0 else rng.randrange(len(holders))
            name, county, year, subject = holders[which]
            filed[which] += 1
            service = f"{rng.choice(PLACES)}{rng.choice(SERVICES)}第{batch}-{i}号"
            entries.append(Entry(str(i), name, service, number(county, year, subject, filed[which])))
        found[batch] = entries
    return found


def title(batch: str = "三") -> str:
    return f"境内区块链信息服务备案清单（第{batch}批）"


def _cut(text: str) -> int:
    """A place between two Chinese characters, where a line can break and no blank can be meant."""
    places = [i for i in range(1, len(text)) if "\u4e00" <= text[i - 1] <= "\u9fff" and "\u4e00" <= text[i] <= "\u9fff"]
    return places[len(places) // 2] if places else len(text)


def _wrapped(text: str) -> str:
    cut = _cut(text)
    return f"{text[:cut]}\n{text[cut:]}" if cut < len(text) else text


def _full_width(text: str) -> str:
    return text.translate({ord(str(digit)): ord("０") + digit for digit in range(10)})


def pages(rows: list[Entry], quirks: set[str], per_page: int) -> list[list[list[str]]]:
    """The printed table, page by page and row by row, headings and quirks included."""
    service = "区块链信息\n服务名称" if "long_headings" in quirks else "服务名称"
    header = ["序 号" if "stray_spaces" in quirks else "序号", "主体名称", service, "备案编号", "备注"]
    printed, found = [], []
    for row in rows:
        cells = [row.sequence, row.entity, row.service, row.number, row.remark]
        if "lower_x" in quirks:
            cells[3] = cells[3].replace("X", "x")
        if "full_width" in quirks:
            cells[0], cells[3] = _full_width(cells[0]), _full_width(cells[3])
        if "stray_spaces" in quirks:
            cells = [f" {cells[0]}\u3000", f"\u3000{cells[1]} ", f" {cells[2]}\u3000", cells[3], cells[4]]
            cells[3] = f"{cells[3][:4]} {cells[3][4:10]}\u3000{cells[3][10:]} "
        if "wrapped" in quirks:
            cells = [cells[0], _wrapped(cells[1]), _wrapped(cells[2]), f"{cells[3][:9]}\n{cells[3][9:]}", cells[4]]
        printed.append(cells)
    for start in range(0, len(printed), per_page):
        page = printed[start : start + per_page]
        if "split_rows" in quirks and found:
            last = found[-1][-1]
            whole = "repeated_headers" in quirks and len(found) % 2  # else only the number tells the halves
            cuts = [len(last[0]), _cut(last[1]), _cut(last[2]), len(last[3]) if whole else 14, len(last[4])]
            found[-1][-1] = [cell[:cut] for cell, cut in zip(last, cuts, strict=True)]
            page = [[cell[cut:] for cell, cut in zip(last, cuts, strict=True)], *page]
        found.append(page)
    for i, page in enumerate(found):
        if "blank_rows" in quirks:
            page.insert(0 if i else len(page) // 2, [""] * 5)
        if not i or "repeated_headers" in quirks:
            page.insert(0, header)
    if "extra_columns" in quirks:
        found = [[[*r[:2], "属地" if r[1] == "主体名称" else "某地" if r[0] else "", *r[2:]] for r in p] for p in found]
    return found


def make(
    kind: str, rows: list[Entry], quirks: set[str] = frozenset(), heading: str | None = None, per_page: int = 35
) -> bytes:
    """A list as a file."""
    heading = title() if heading is None else heading
    sheets = pages(rows, quirks, per_page)
    return {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "xls": _xls, "html": _html, "csv": _csv}[kind](
        sheets, quirks, heading
    )


def _flat(sheets: list[list[list[str]]], quirks: set[str], heading: str) -> list[list[str]]:
    """All pages as one table, as after a conversion to a spreadsheet."""
    width, rows = len(sheets[0][0]), []
    for i, page in enumerate(sheets, start=1):
        if i == 1 or "title_row" in quirks:
            rows.append([heading, *[""] * (width - 1)])
        rows += page
        if "page_numbers" in quirks:
            rows.append([f"— {i} —" if i % 2 else str(i), *[""] * (width - 1)])
    return rows


def _csv(sheets: list, quirks: set[str], heading: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(_flat(sheets, quirks, heading))
    return file.getvalue().encode("gb18030" if "full_width" in quirks else "utf-8-sig")


def _value(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdecimal() else text


def _xlsx(sheets: list, quirks: set[str], heading: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for i, row in enumerate(_flat(sheets, quirks, heading), start=1):
        for j, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(i, j, _value(text))
                cell.data_type = "n" if isinstance(cell.value, int) else "s"
        if row[0] == heading:
            sheet.merge_cells(start_row=i, end_row=i, start_column=1, end_column=len(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xls(sheets: list, quirks: set[str], heading: str) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("清单")
    for i, row in enumerate(_flat(sheets, quirks, heading)):
        if row[0] == heading:
            sheet.write_merge(i, i, 0, len(row) - 1, heading)
            continue
        for j, text in enumerate(row):
            if text:
                sheet.write(i, j, _value(text))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _html(sheets: list, quirks: set[str], heading: str) -> bytes:
    parts = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>公告</title><script>var a='<table>';</script></head>",
        "<body><table><tr><td><a href='/'>首页</a></td><td>新闻</td></tr></table>",
        "<p>相关：<a href='1.html'>境内区块链信息服务备案清单（第一批）</a></p>",
        f"<h1>{html.escape(heading)}</h1>",
    ]
    for i, page in enumerate(sheets, start=1):
        parts.append("<table>\n")
        if "title_row" in quirks:
            parts.append(f"<tr><th colspan='{len(page[0])}'>{html.escape(heading)}</th></tr>")
        for row in page:
            cells = (html.escape(text).replace("\n", "<br>") for text in row)
            parts.append(f"<tr>{''.join(f'<td> <p>{cell}</p> </td>' for cell in cells)}</tr>\n")
        parts.append("</table>" + (f"<p>- {i} -</p>" if "page_numbers" in quirks else ""))
    parts.append("<table><tr><td>京ICP备19012345号</td><td>版权所有</td></tr></table>")
    parts.append("<p>境内区块链信息服务备案清单（第二批）</p></body></html>")
    return "".join(parts).encode()


def _docx(sheets: list, quirks: set[str], heading: str) -> bytes:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def paragraphs(text: str) -> str:
        lines = text.split("\n")
        if "full_width" in quirks:
            text = "</w:t><w:br/><w:t>".join(map(html.escape, lines))
            return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        return "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>' for line in lines)

    document = docx.Document()
    document.add_paragraph(heading)
    for i, page in enumerate(sheets, start=1):
        rows = ["".join(f"<w:tc>{paragraphs(text)}</w:tc>" for text in row) for row in page]
        if "title_row" in quirks:
            span = f'<w:tcPr><w:gridSpan w:val="{len(page[0])}"/></w:tcPr>'
            rows.insert(0, f"<w:tc>{span}{paragraphs(heading)}</w:tc>")
        table = f"<w:tbl {nsdecls('w')}>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
        document.add_paragraph(f"第 {i} 页" if "page_numbers" in quirks else "")._p.addnext(parse_xml(table))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pdf(sheets: list, quirks: set[str], heading: str, encrypt: str | None = None, later: str = "") -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font, size, line = "STSong-Light", 7, 9
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(650, 1000), encrypt=encrypt, invariant=True, pageCompression=0)
    width = len(sheets[0][0])
    edges = [20, 60, 220, 250, 400, 590, 630] if width == 6 else [20, 60, 220, 400, 590, 630]
    for i, page in enumerate(sheets, start=1):
        canvas.setFont(font, size)
        y = 980
        if "title_row" not in quirks:
            canvas.drawString(200, y, heading if i == 1 else later)
        y = top = y - 6
        tops = [y]
        if "title_row" in quirks:
            canvas.drawString(200, y - line + 2, heading)
            y -= line + 2
            tops.append(y)
        under_title = y
        for row in page:
            lines = [text.split("\n") for text in row]
            for left, cell in zip(edges, lines, strict=False):
                for k, text in enumerate(cell, start=1):
                    canvas.drawString(left + 2, y - k * line + 2, text)
            y -= line * max(map(len, lines)) + 2
            tops.append(y)
        for height in tops:
            canvas.line(edges[0], height, edges[-1], height)
        for k, edge in enumerate(edges):
            canvas.line(edge, top if k in (0, len(edges) - 1) else under_title, edge, y)
        if "page_numbers" in quirks:
            canvas.drawString(310, 15, f"— {i} —" if i % 2 else str(i))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def encrypted_pdf(rows: list[Entry]) -> bytes:
    return _pdf(pages(rows, set(), 35), set(), title(), encrypt="secret")


def two_lists(kind: str, first: list[Entry], second: list[Entry]) -> bytes:
    """The third list and the fourth in one file."""
    heading = title("四")
    if kind == "html":
        return make(kind, first) + make(kind, second, heading=heading)
    if kind == "pdf":
        both = [pages(rows, set(), len(rows))[0] for rows in (first, second)]
        return _pdf(both, set(), title(), later=heading)
    return make(kind, [*first, Entry(heading, "", "", ""), *second])


def scanned_pdf() -> bytes:
    """A page that is one picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    # The smallest way to a picture without Pillow's drawing: a grey PPM of 2 x 2 pixels.
    picture = ImageReader(io.BytesIO(b"P6 2 2 255 " + bytes([90] * 12)))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.drawImage(picture, 0, 0, 500, 700)
    canvas.save()
    return file.getvalue()


def with_fault(rows: list[Entry], index: int, **changes: str) -> list[Entry]:
    """The rows, with one of them changed."""
    return [replace(row, **changes) if i == index else row for i, row in enumerate(rows)]
