"""Why a document is not read as a list, and what to do instead: one line for the user."""

import re
from urllib.parse import urljoin

from chainregistry.official.model import Aside, Item, Line, Link, ListError, OnlyLinks, Row
from chainregistry.official.wording import NUMBER, plain_numbers

_UNREADABLE = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")


def of(items: list[Item], source: str, headings: bool) -> ListError:
    """The refusal of a document without a list; ``headings`` tells whether the headings of a list were found."""
    rows = [item for item in items if isinstance(item, Row)]
    cells = "|".join(map(_plain, rows))
    lines = plain_numbers("|".join(item.text for item in items if isinstance(item, Line)))
    if other := _other_register(cells, lines):
        return ListError(f"{other}, which is another register")
    links = {kind: [] for kind in ("onward", "file", "page")}
    for item in items:
        if isinstance(item, Link) and item.address not in links[item.kind]:
            links[item.kind].append(item.address)
    if links["onward"]:
        address = full(source, links["onward"][0])
        where = _of_the_site(address)
        return ListError(f"the page holds no list, but sends on to another address: import {address} instead{where}")
    if links["file"]:
        shown = [full(source, address) for address in links["file"]]
        more = f" ({len(shown)} links; others: {', '.join(shown[1:4])})" if len(shown) > 1 else ""
        return OnlyLinks(
            f"the page holds no list, but links to files: try the address {shown[0]}{more}{_of_the_site(shown[0])}",
            links["file"],
        )
    if re.search("ICP[备证]", cells):
        return ListError("a list of ICP numbers of websites, which is another register")
    if headings:
        return ListError("not a list of this register: no row has a filing number with 网信备")
    if hidden := sorted({item.why for item in items if isinstance(item, Aside) and NUMBER.search(item.text)}):
        return ListError(f"its filing numbers stand only in {' and '.join(hidden)}: make that visible and save anew")
    if NUMBER.search(cells):
        return _unheaded(rows)
    if "网信备" in lines and NUMBER.search(lines):
        return ListError(
            "it has filing numbers, but not in a table with the columns 主体名称, 服务名称 and 备案编号: "
            "put the list into a table, or take another edition of it"
        )
    if links["page"]:
        shown = ", ".join(full(source, address) for address in links["page"][:3])
        return ListError(f"the page holds no list, but links to pages that may: try {shown}{_of_the_site(shown)}")
    return ListError("not a list of this register: no table has the columns 主体名称, 服务名称 and 备案编号")


def _plain(row: Row) -> str:
    """The cells of a row as filing numbers are looked for in them."""
    return plain_numbers("|".join(cell for cell in row.cells if cell))


def full(source: str, address: str) -> str:
    """The whole address of a link on a page from some source; as it stands where it is none."""
    try:
        return urljoin(source, address)
    except ValueError:
        return address


def _of_the_site(address: str) -> str:
    """What to know of an address that a saved page leaves without its site."""
    return "" if re.match("[a-z]+:", address, re.IGNORECASE) else " (on the site that the page was saved from)"


def _other_register(cells: str, lines: str) -> str:
    """The register that a document belongs to, if it is another one of the same regulator."""
    ours = len(re.findall("网信备[0-9]", cells))
    if cells.count("网信算备") > ours:
        if "深度合成" in lines or ("深度合成" in cells and "算法推荐" not in cells):
            return "a list of deep synthesis services (深度合成), algorithm filings (网信算备)"
        return "a list of algorithm filings (网信算备)"
    if not ours and "模型名称" in cells and re.search("生成式人工智能|备案|登记", cells + lines):
        return "a list of generative AI services (生成式人工智能服务备案)"
    titles = [line for line in lines.split("|") if len(line) <= 80 and re.search("清单|公告|信息|名单", line)]
    if not ours and cells:
        for word, what in (
            ("生成式人工智能服务", "a list of generative AI services (生成式人工智能服务备案)"),
            ("深度合成服务", "a list of deep synthesis services (深度合成), algorithm filings (网信算备)"),
            ("互联网信息服务算法备案", "a list of algorithm filings (网信算备)"),
        ):
            if any(word in line and re.search("备案|登记", line) for line in titles):
                return what
    return "a list of algorithm filings (网信算备)" if "网信算备" in lines and not ours else ""


def _unheaded(rows: list[Row]) -> ListError:
    """A table has filing numbers, but no row of headings could be read."""
    first = next(i for i, row in enumerate(rows) if NUMBER.search(_plain(row)))
    table = rows[first].table
    above = [row for row in rows[:first] if row.table == table and any(cell and cell.strip() for cell in row.cells)]
    if any(len(NUMBER.findall(cell)) > 1 for cell in _plain(rows[first]).split("|")):
        return ListError(
            f"its rows of filing numbers ({rows[first].place}) stand together in one, as in a table without lines "
            "between its rows: copy the table into a workbook, one row for each service"
        )
    if not above:
        return ListError(
            f"its table of filing numbers ({rows[first].place}) has no row of headings: "
            "put 序号, 主体名称, 服务名称 and 备案编号 above its columns"
        )
    shown = " | ".join(" ".join(cell.split()) for cell in above[-1].cells if cell and cell.strip())[:120]
    if _UNREADABLE.search(shown):
        return ListError(
            f"its headings ({above[-1].place}) are set in a font that does not say which characters it shows: "
            "copy the table into a workbook and write 序号, 主体名称, 服务名称 and 备案编号 above its columns"
        )
    return ListError(
        f"no table has the columns 主体名称, 服务名称 and 备案编号: the row above the first filing number "
        f"({above[-1].place}) reads {shown}; name its columns so in a copy"
    )
