"""What the words around a list say: its number and date, page numbers, notes; and the lines of a cell as one."""

import re
import unicodedata
from datetime import date

from chainregistry import filing

_COUNT = "[0-9]{1,3}|[零〇一二三四五六七八九十百]{1,5}"
BATCH = re.compile(f"第({_COUNT})批")
NAMED_BATCH = re.compile(r"(?<![a-z])batch[-_ ]*0*([0-9]{1,3})(?![0-9])", re.IGNORECASE)
ELSEWHERE = re.compile(r"[(\[【]?(?:相关|延伸|推荐|热点|更多|上一[篇条]|下一[篇条]|[另参]见)")
"""How a line begins that names other documents."""
SEVERAL = re.compile(f"第({_COUNT})批?[(]?(?:至|到|及|和|与|[-—–~、,])[)]?第?({_COUNT})批")
_CELL_BATCH = re.compile(f"第?({_COUNT})批?")
_DATE = re.compile(
    r"(?<!\d)(20\d\d)(?:[-_/.]?([01]\d)[-_/.]?([0-3]\d)|\s*[-/.]\s*(\d\d?)\s*[-/.]\s*(\d\d?)|"
    r"\s*年\s*(\d\d?)\s*月\s*(\d\d?)\s*日)(?:(?!\d)|(?=\d\d:\d\d))|"
    r"(二[零〇○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
    re.ASCII,
)
_ACTS = re.compile("(发布|公布|发文|印发)|更新|修改|打印|下载|访问|制表|采集|截至|截止|(?<!意)见")
"""What was done on a day: published, or something else."""
PAGE = re.compile(r"[-—–~·]*(?:第|PAGE)?[0-9]+页?(?:(?:[-—–~·/,]|OF|共)*[0-9]+页?)?[-—–~·]*")
NOTE = re.compile(r"(?:注|备注|说明|来源)[:：]|\(?(?:续[上前]?[表页]?|接[上前][表页]|[下转接]+页续?)\)?$")
TOTAL = re.compile(r"(?:本页|本批|以上)?(?:[合总小共累]计|总[数量]|共有?(?=[0-9])|TOTAL|[附备]?注|说明)(?:[:(0-9].*)?$")
_PLACES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|"
    "贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
_POINT = r"(?:\(?[一二三四五六七八九十0-9]+\)?[、.,:])?"
GROUP = re.compile(
    rf"{_POINT}(?:(?:{_PLACES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?|20\d\d年度?)"
    r"[:：]?(?:\(?共?[0-9]+[家个项条]\)?)?"
)
"""The heading of a group of rows: a province or a year, with its rows counted or not."""
BELOW = re.compile(
    "以上(?!海)|(?:制表|填表|填报|审核|联系)[人时日电单]?|附[件表注]|.{0,12}(?:互联网信息办公室|网信办)$"
)
"""How a line begins that stands below a table: what was said above, who made it, who signs it."""
_OTHER_KIND = "注销|撤销|取消|变更|终止|失效|清退"
_TITLE = re.compile(rf"[^。;!?]*(?:清单|名单|列表|一览表|公告|通告)(?:\([^()]*\)|{BATCH.pattern})*")
_OF_KIND = re.compile(
    rf"{_POINT}已?被?({_OTHER_KIND})(?:了?的?(?:备案|区块链|信息|服务|企业|主体|编号|项目|清单|名单|表)*):?"
)
NUMBER = re.compile(r"网\s*信\s*[备備]\s*[0-9０-９]")
_PRINTED = re.compile(r"[^\s\d]?网信备[:\-—第(\[【]*[0-9][0-9X]*")
FULL = re.compile(r"[^\s\d]网信备[0-9]{19}[0-9X]")


def ordinal(text: str) -> int:
    """A number up to 999 in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    digits = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (digits.get(hundreds[-1:], 1) if "百" in text else 0)
    return value + 10 * (digits.get(tens[-1:], 1) if ten else 0) + digits.get(ones[-1:], 0)


def batch_alone(text: str) -> re.Match | None:
    """The title 第三批 in a text in normal form that holds nothing else, but perhaps brackets."""
    return BATCH.fullmatch(text.strip("()[]【】:."))


def batch_in_cell(text: str) -> int | None:
    """The number of a list in a cell of a column for it: 第三批, 三 or 3; None where the cell holds none."""
    found = _CELL_BATCH.fullmatch(filing.compact(text))
    return ordinal(found[1]) if found else None


def other_kind(text: str) -> str | None:
    """Of the title of a list in normal form (see ``filing.compact``) the word that makes it a list of another kind.

    That is a list of filings that were cancelled or changed. Empty for a title of filings, None for what is no title.
    """
    if found := _OF_KIND.fullmatch(text):
        return found[1]
    if len(text) > 80 or not re.search("区块链|备案", text) or not _TITLE.fullmatch(text):
        return None
    found = re.search(_OTHER_KIND, re.sub("含[^)]*", "", text))
    return found[0] if found else ""


def is_day(text: str) -> bool:
    """Whether a text in normal form is the day that stands below a document, and nothing else."""
    return bool(_DATE.fullmatch(text))


def dates(text: str) -> list[str]:
    """Days of the calendar in a text, as YYYY-MM-DD."""
    return [day for day, _ in _dated(text)]


def published(text: str) -> list[tuple[str, bool]]:
    """Days in a text on which it may have been published, and whether it says so; not those of another act."""
    plain = unicodedata.normalize("NFKC", text)
    found = _dated(plain) or _dated(filing.compact(plain))  # of digits set apart the blanks are no part
    acts = [(day, list(_ACTS.finditer(said))) for day, said in found]
    return [(day, bool(done)) for day, done in acts if not done or done[-1][1]]


def _dated(text: str) -> list[tuple[str, str]]:
    """Days in a text, each with the words between it and the day before."""
    found, end = [], 0
    for match in _DATE.finditer(text):
        said, end = text[end : match.start()], match.end()
        year, *rest, year_zh, month_zh, day_zh = match.groups()
        if year:
            parts = [int(year), *(int(part) for part in rest if part)]
        else:
            digits = "".join(str(ordinal(sign)) for sign in year_zh.replace("○", "〇"))
            parts = [int(digits), ordinal(month_zh), ordinal(day_zh)]
        try:
            found.append((date(*parts).isoformat(), said))
        except ValueError:
            continue
    return found


def clean(text: str) -> str:
    """Text without the control characters and half characters that no name holds."""
    return re.sub(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]", "", text.replace("\t", " "))


def bare(text: str) -> str:
    """A number without the signs that keep a spreadsheet from reckoning with it: ``="1"`` or ``'1``."""
    found = re.fullmatch(r'\s*=\s*"([^"]*)"\s*', text)
    return found[1] if found else re.sub(r"^\s*['‘’](?=\S)", "", text)


def sequence(text: str) -> str:
    """A sequence number as digits, without the point or bracket that may follow it; Chinese numerals are read."""
    plain = filing.compact(bare(text))
    found = re.fullmatch(r"\(?(?:([0-9]{1,9})(?:\.0+)?|([一二三四五六七八九十百〇零]{1,5}))[.、)]?", plain)
    return plain if not found else found[1] or str(ordinal(found[2]))


def joined(text: str) -> str:
    """Lines of a wrapped cell as one: a blank stays, or comes between Latin words, never within Chinese or a number."""
    whole = ""
    for line in text.splitlines():
        left, right = whole.rstrip(), line.lstrip()
        blank = len(left) + len(right) < len(whole) + len(line)
        latin = re.search(r"[A-Za-z0-9.,;:&)]$", left) and re.match(r"[A-Za-z0-9(&]", right)
        latin = latin and not re.fullmatch("[0-9]{2}", left[-1:] + right[:1])
        chinese = left[-1:] > "\u2e7f" and right[:1] > "\u2e7f"
        whole = left + (" " if left and right and (latin or (blank and not chinese)) else "") + right
        whole += line[len(line.rstrip()) :] if right else ""
    return whole


def plain_numbers(text: str) -> str:
    """A text as filing numbers are looked for in it: in normal form, simplified characters, no blanks."""
    return filing.compact(text).translate(filing.SIMPLIFIED)


def printed_numbers(text: str) -> list[str]:
    """What begins like a filing number in a text, right or wrong, without 号; of a right one, no digit more."""
    if "备" not in text and "備" not in text:
        return []
    return [(FULL.match(found) or [found])[0] for found in _PRINTED.findall(plain_numbers(text))]
