"""Filing numbers of the register of blockchain information services.

A number such as ``京网信备11010519864491550014号`` consists of the one-character name of the province,
``网信备``, a six-digit county code (GB/T 2260), two digits of a year, eight of the registrant ("subject"),
three of the service of that registrant, a check character (ISO 7064 MOD 11-2 over the twenty characters)
and ``号``.
The structure was read off public page footers by this project; the regulator has not published it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from stdnum import numdb
from stdnum.iso7064 import mod_11_2

from chainregistry.characters import ordinary

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PROVINCES = dict(
    re.findall(
        r"(\S)(\d\d)",
        "京11 津12 冀13 晋14 蒙15 辽21 吉22 黑23 沪31 苏32 浙33 皖34 闽35 赣36 鲁37 豫41 鄂42 湘43 粤44 "
        "桂45 琼46 渝50 川51 贵52 云53 藏54 陕61 甘62 青63 宁64 新65",
    )
)
"""One-character name of each province-level division and the first two digits of its GB/T 2260 code."""

FIRST_YEAR = 2019
"""Year of the rules that make services file, of the first filing numbers and of the first list."""

MUNICIPALITIES = ("11", "12", "31", "50")
"""Codes of Beijing, Tianjin, Shanghai and Chongqing, which are provinces and cities in one."""

_FORM = re.compile(r"(?P<abbreviation>\S)网信备(?P<code>[0-9]{19}[0-9X])号?")
_CODE = re.compile(r"[0-9]{19}[0-9X]")

SIMPLIFIED = str.maketrans("網備號粵蘇雲遼滬閩贛魯瓊貴陝寧", "网备号粤苏云辽沪闽赣鲁琼贵陕宁")
"""For ``str.translate``: traditional forms of the characters that a number is made of."""

_OTHER_REGISTERS = {
    r"网 ?信 ?算 ?备[ :]?[0-9 ]*号?": "is an algorithm filing (网信算备), another register",
    r"[^\W\d_]? ?ICP ?[备证][ :]?[0-9 ]*号?(?: ?- ?[0-9]+)?": "is an ICP number (website), another register",
    r"[^\W\d_]? ?公 ?网 ?安 ?备[ :]?[0-9 ]*号?": "is a public-security filing (website), another register",
}
_CANDIDATE = re.compile(
    r"(?P<before>[^ ]?) ?网 ?信 ?备 ?(?P<beside>[(\[【〔] ?20[0-9]{2} ?[)\]】〕])? ?[:\-—第(\[【]* ?"
    r"(?P<code>(?=[XOIL]? ?[0-9])[0-9XOIL](?: ?[0-9XOIL])*) ?(?P<end>号?)|"
    + "|".join(f"(?P<other{i}>{pattern})" for i, pattern in enumerate(_OTHER_REGISTERS)),
    re.IGNORECASE,
)


class FilingNumberError(ValueError):
    """The text does not have the form of a filing number."""


@dataclass(frozen=True)
class County:
    """A county-level division: its names, and the years in which the name is in force (empty: no limit)."""

    code: str
    province: str
    prefecture: str
    name: str
    years: str

    def __str__(self) -> str:
        return "".join(dict.fromkeys(part for part in (self.province, self.prefecture, self.name) if part))


@dataclass(frozen=True)
class FilingNumber:
    """A filing number, taken apart. ``problems()`` says what is wrong with it; no problem means valid."""

    abbreviation: str
    county_code: str
    year: int
    subject: str
    service_no: str
    check: str

    def __str__(self) -> str:
        return f"{self.abbreviation}网信备{self.code}号"

    @property
    def code(self) -> str:
        """The twenty characters between the words, check character included."""
        return f"{self.county_code}{self.year % 100:02d}{self.subject}{self.service_no}{self.check}"

    @property
    def province_code(self) -> str:
        return self.county_code[:2]

    @property
    def county(self) -> County | None:
        """County by its code and the year of the number; None if python-stdnum does not have the code."""
        return county(self.county_code, self.year)

    @property
    def valid(self) -> bool:
        return not self.problems()

    def problems(self) -> list[str]:
        """What is wrong, one sentence each."""
        wrong = []
        expected = mod_11_2.calc_check_digit(self.code[:-1])
        if self.check != expected:
            wrong.append(f"check character is {self.check}, but the other digits call for {expected}")
        named = PROVINCES.get(self.abbreviation)
        if named is None:
            wrong.append(f"{self.abbreviation} is not the short name of a province")
        elif named != self.province_code:
            wrong.append(f"{self.abbreviation} is province {named}, but the code begins with {self.province_code}")
        return wrong


def compact(text: str) -> str:
    """The number in its normal form: half-width, without blanks, upper-case X."""
    return re.sub(r"\s+", "", _half_width(text)).upper()


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", ordinary(text))


def parse(text: str) -> FilingNumber:
    """Take a filing number apart.

    Raises
    ------
    FilingNumberError
        if the text does not have the form of a filing number. A wrong check character is no such error:
        it is reported by ``FilingNumber.problems()``.
    """
    found = _FORM.fullmatch(compact(text))
    if not found:
        raise FilingNumberError(
            f"{text!r} is not a filing number: expected a province, 网信备, nineteen digits, a digit or X, 号"
        )
    return _parts(found["abbreviation"], found["code"])


def _parts(abbreviation: str, code: str) -> FilingNumber:
    return FilingNumber(abbreviation, code[:6], 2000 + int(code[6:8]), code[8:16], code[16:19], code[19])


@dataclass(frozen=True)
class Finding:
    """What a text holds in the place of a filing number.

    ``number`` is in normal form, None where the text holds none; ``why`` says what is wrong (empty: valid);
    ``parts`` is there for a number of the right length; ``repairs`` are the valid numbers one character away.
    """

    text: str
    number: str | None
    why: str
    parts: FilingNumber | None = None
    repairs: list[str] = field(default_factory=list)

    @property
    def valid(self) -> bool:
        return not self.why

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.text!r} {self.why}"
        lines = [f"{self.number}: {'valid' if self.valid else f'not valid: {self.why}'}"]
        if self.parts:
            place = self.parts.county
            years = f" ({place.years})" if place and place.years else ""
            lines += [
                f"  county   {self.parts.county_code} {place or '(not in the table of counties)'}{years}",
                f"  year     {self.parts.year}{_of_no_filing(self.parts.year)}",
                f"  subject  {self.parts.subject}, service {self.parts.service_no}",
                f"  check    {self.parts.check}",
            ]
        if self.repairs:
            lines += ["  one character away and valid (which one is meant, the number cannot tell):"]
            lines += [f"    {repair}" for repair in self.repairs]
        return "\n".join(lines)

    def as_dict(self) -> dict:
        """The finding as one flat object, with the same keys for every finding."""
        parts = self.parts
        place = parts.county if parts else None
        return {
            "text": self.text,
            "number": self.number,
            "valid": self.valid,
            "why": self.why,
            "province_code": parts.province_code if parts else None,
            "province_zh": place.province if place else None,
            "county_code": parts.county_code if parts else None,
            "county_zh": str(place) if place else None,
            "county_years": place.years if place else None,
            "year": parts.year if parts else None,
            "subject": parts.subject if parts else None,
            "service_no": parts.service_no if parts else None,
            "check": parts.check if parts else None,
            "repairs": self.repairs,
        }


def _of_no_filing(year: int) -> str:
    """A remark on a year in which nothing was filed. Valid is a number by its own digits, whatever day it is."""
    if year < FIRST_YEAR:
        return f" (no number is of then: the first were given in {FIRST_YEAR})"
    return " (still to come: no number is of then yet)" if year > date.today().year else ""


def find(text: str) -> list[Finding]:
    """Every filing number in a text, in order; one finding without a number where there is none.

    Full-width characters, blanks inside the number, a lower-case x and traditional characters are accepted.
    Something that looks like a filing number but has a wrong length or a wrong character is found too, with
    the reason, and so are numbers of the registers most often taken for this one.
    """
    plain = re.sub(r"\s+", " ", _half_width(text).translate(SIMPLIFIED))
    findings, position = [], 0
    while found := _CANDIDATE.search(plain, position):
        position = found.end()
        if found["code"]:
            code, length = _cut(found["code"].upper(), bool(found["end"]))
            if length < len(found["code"]):
                position = found.start("code") + length
            findings.append(_judge(text, found["before"], code, (found["beside"] or "").replace(" ", "")))
        else:
            which = next(i for i in range(len(_OTHER_REGISTERS)) if found[f"other{i}"])
            number = found[f"other{which}"].replace(" ", "")
            findings.append(Finding(text, number, list(_OTHER_REGISTERS.values())[which]))
    return findings or [Finding(text, None, "holds no filing number of the blockchain register")]


def _cut(code: str, ended: bool) -> tuple[str, int]:
    """The part of a run of digits and blanks that is the number, and its length in the text.

    A number without 号 can be followed by other digits: it ends at the blank, or letter, after its twentieth
    character, else at the first blank from which it is long enough to be one.
    """
    ends = [m.end() for m in re.finditer(r"[^ ]", code)]
    if len(ends) > 20 and not ended:
        first, after = code[: ends[19]], code[ends[19]]
        if _CODE.fullmatch(first.replace(" ", "")) and after not in "0123456789X":
            return first.replace(" ", ""), len(first)
        for blank in (m.start() for m in re.finditer(" ", code)):
            if len(code[:blank].replace(" ", "")) >= 19:
                return code[:blank].replace(" ", ""), blank
    return code.replace(" ", ""), len(code)


def _judge(text: str, before: str, code: str, beside: str) -> Finding:
    """The finding for a code, where ``beside`` is a year in brackets before it, as papers are numbered."""
    abbreviation = before if before in PROVINCES else ""
    number = f"{abbreviation}网信备{beside}{code}号"
    right_form = _CODE.fullmatch(code)
    parts = _parts(abbreviation, code) if right_form else None
    wrong = [f"{beside} before the digits is no part of a number"] if beside else []
    wrong += parts.problems() if parts and abbreviation else []
    if len(code) != 20:
        wrong.append(f"has {len(code)} characters between 网信备 and 号, not 20")
    elif not right_form:
        places = [i + 1 for i, sign in enumerate(code) if not (sign.isdecimal() or (sign == "X" and i == 19))]
        wrong += [f"character {place} of the code is {code[place - 1]}, not a digit" for place in places]
    if not abbreviation:
        named = next((short for short, province in PROVINCES.items() if code.startswith(province)), None)
        wanted = f"the code begins with {code[:2]}: {f'{named} is expected' if named else 'no province'}"
        what = f"{before} before 网信备 is not the short name of a province" if before else "no province before 网信备"
        wrong.append(f"{what} ({wanted})")
        if parts and parts.check != (expected := mod_11_2.calc_check_digit(code[:-1])):
            wrong.append(f"check character is {parts.check}, but the other digits call for {expected}")
    return Finding(text, number, "; ".join(wrong), parts, repairs(abbreviation, code) if wrong else [])


def repairs(abbreviation: str, code: str) -> list[str]:
    """Valid filing numbers that differ from a wrong one by one character: changed, missing or in excess.

    Parameters
    ----------
    abbreviation
        the character before 网信备; empty where it is missing
    code
        the characters between 网信备 and 号: 20, or 19 or 21 where one is missing or in excess
    """
    signs = "0123456789X"
    if len(code) == 20:
        tries = [(short, code) for short in PROVINCES]
        tries += [(abbreviation, code[:i] + sign + code[i + 1 :]) for i in range(20) for sign in signs]
    elif len(code) == 19:
        tries = [(abbreviation, code[:i] + sign + code[i:]) for i in range(20) for sign in signs]
    elif len(code) == 21:
        tries = [(abbreviation, code[:i] + code[i + 1 :]) for i in range(21)]
    else:
        tries = []
    return [
        f"{short}网信备{new}号"
        for short, new in dict.fromkeys(tries)
        if PROVINCES.get(short) == new[:2] and _CODE.fullmatch(new) and mod_11_2.is_valid(new)
    ]


def verify(numbers: "pd.Series | np.ndarray | list[str]") -> "np.ndarray":
    """Whether each filing number is valid: form, check character, and province agreeing with the code.

    Parameters
    ----------
    numbers
        n numbers in normal form (see ``compact``), with or without 号; anything missing is not valid

    Returns
    -------
    numpy array of n booleans, the same as ``parse(number).valid`` for each
    """
    import numpy as np

    provinces = np.zeros(0x10000, dtype=np.uint8)
    for short, code in PROVINCES.items():
        provinces[ord(short)] = int(code)
    texts = np.asarray(numbers, dtype=object)
    valid = np.zeros(len(texts), dtype=bool)
    size = 20_000  # a piece fits the cache, so that time grows linearly
    for start in range(0, len(texts), size):
        signs = texts[start : start + size].astype("U26").view(np.uint32).reshape(-1, 26).T
        digits = np.minimum(signs[4:24] - ord("0"), 99).astype(np.uint8)
        last = digits[19]
        last[last == 10] = 99
        last[signs[23] == ord("X")] = 10
        good = (digits[:19].max(axis=0) < 10) & (last < 11)
        for place, sign in enumerate("网信备", start=1):
            good &= signs[place] == ord(sign)
        good &= ((signs[24] == 0) | (signs[24] == ord("号"))) & (signs[25] == 0)
        province = provinces[np.minimum(signs[0], 0xFFFF)]
        good &= (province > 0) & (province == digits[0] * 10 + digits[1])
        total = np.zeros(len(good), dtype=np.uint16)
        for place, digit in enumerate(digits):
            total += digit * np.uint16(2 ** (19 - place) % 11)
        valid[start : start + size] = good & (total % 11 == 1)
    return valid


@cache
def county(code: str, year: int) -> County | None:
    """Names of a county by its six-digit GB/T 2260 code, as in force in a year.

    Source: the table ``cn/loc`` of python-stdnum (after the lists of the Ministry of Civil Affairs).
    Returns None where the table does not hold the code; for a year outside the code's years of validity the
    nearest name is given.
    """
    names = _place(code, "county")
    if not names:
        return None
    spans = [
        (int(start or 0), int(end or 9999), name)
        for start, end, name in re.findall(r"(?:\[(\d*)-(\d*)\])?([^,\[\]]+)", names)
    ]
    start, end, name = min(spans, key=lambda span: max(span[0] - year, year - span[1], 0))
    limits = [f"since {start}"] * (start > 0) + [f"until {end}"] * (end < 9999)
    return County(code, _place(code, "province"), _prefecture(code), name, ", ".join(limits))


@cache
def city(code: str) -> tuple[str, str]:
    """Code and name of the city that a six-digit county code belongs to.

    That is the prefecture-level division, by the first four digits; a municipality such as Beijing is a city itself
    (two digits). The name is empty where the table ``cn/loc`` of python-stdnum does not hold the code. Counties
    that a province governs directly share one code, whose name says so.
    """
    province, prefecture = _place(code, "province"), _prefecture(code)
    if prefecture:
        return code[:4], province + prefecture
    return (code[:2], province) if _place(code[:4] + "00", "county") else (code[:4], "")


def _prefecture(code: str) -> str:
    """Name of a county's prefecture; empty for a municipality, which has none, and for an unknown code."""
    name = re.sub(r"\[[\d-]*\]", "", _place(code[:4] + "00", "county").split(",")[-1])
    return "" if name in ("市辖区", "县") else name


def _place(code: str, level: str) -> str:
    return next((props[level] for _, props in numdb.get("cn/loc").info(code) if level in props), "")
