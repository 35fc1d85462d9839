"""What the words around a list say: its number and date, page numbers, notes; and the lines of a cell as one."""

import re
from datetime import date

from chainregistry import filing

BATCH = re.compile(r"第([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,5})批")
NAMED_BATCH = re.compile(r"(?<![a-z])batch[-_ ]*0*([0-9]{1,3})(?![0-9])", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_/.]?)([01]\d)[-_/.]?([0-3]\d)(?!\d)|(20\d\d)年(\d\d?)月(\d\d?)日", re.ASCII)
PAGE = re.compile(r"[-—–~·]*(?:第|PAGE)?[0-9]+页?(?:(?:[-—–~·/,]|OF|共)*[0-9]+页?)?[-—–~·]*")
NOTE = re.compile(r"(?:注|备注|说明|来源)[:：]|\(?续表\)?$")
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


def dates(text: str) -> list[str]:
    """Days of the calendar in a text, as YYYY-MM-DD."""
    found = []
    for year, _, month, day, *chinese in _DATE.findall(text):
        try:
            found.append(date(*map(int, chinese if not year else (year, month, day))).isoformat())
        except ValueError:
            continue
    return found


def is_date(text: str) -> bool:
    """Whether a text is a year, month or day of the calendar, as YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False


def clean(text: str) -> str:
    """Text without the control characters and half characters that no name holds."""
    return re.sub(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]", "", text.replace("\t", " "))


def bare(text: str) -> str:
    """A number without the signs that keep a spreadsheet from reckoning with it: ``="1"`` or ``'1``."""
    found = re.fullmatch(r'\s*=\s*"([^"]*)"\s*', text)
    return found[1] if found else re.sub(r"^\s*['‘’](?=\S)", "", text)


def sequence(text: str) -> str:
    """A sequence number as digits, without the point or bracket that may follow it."""
    plain = filing.compact(bare(text))
    found = re.fullmatch(r"\(?([0-9]{1,9})[.、)]?", plain)
    return found[1] if found else plain


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
