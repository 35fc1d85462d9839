"""How wide a text is, how it wraps, and how a number is written.

Readers' fonts differ. Widths are those of DejaVu Sans, which is wider than what systems show by default, and one em
for each Chinese sign: a text that fits here fits everywhere.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags

CHINESE = re.compile(r"[㐀-鿿豈-﫿](?:[\w·《》、，。（）]*[㐀-鿿豈-﫿）])?")
"""Words in Chinese inside a text."""
FONTS = Path(mpl.get_data_path(), "fonts", "ttf")


@cache
def _advance(sign: str, bold: bool) -> float:
    """Width of one sign in em."""
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    font = get_font(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))
    font.set_size(100, 72)
    return font.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of a line of text in pixels, ``size`` being that of its letters."""
    return size * sum(_advance(sign, bold) for sign in text)


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Lines that are no wider than ``room`` pixels, as far as their words allow; Chinese parts anywhere."""
    lines = [""]
    for word in text.split():
        parts = [word] if width(word, size, bold) <= room else re.findall(r"[⺀-鿿豈-﫿＀-｠]|[^⺀-鿿豈-﫿＀-｠]+", word)
        for number, part in enumerate(parts):
            longer = f"{lines[-1]}{' ' if lines[-1] and not number else ''}{part}"
            if not lines[-1] or width(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


LAST_SYLLABLE = re.compile(r"([aeiou](?:ng|n)?)((?:[csz]h|[b-df-hj-np-tv-z])[aeiou]+(?:ng|n)?)$")
"""Where a name in Latin letters may be cut."""


def hyphenated(name: str, size: float, room: float) -> list[str]:
    """The words of a name, one a line; a word too wide is cut before its last syllable: "Guang-", "dong"."""
    words = (word if width(word, size) <= room else LAST_SYLLABLE.sub("\\1-\n\\2", word) for word in name.split())
    return [line for word in words for line in word.split("\n")]


def decimals(values: Iterable[float]) -> int:
    """Decimals that all numbers of a chart are written with: none for whole ones, else one, two below one."""
    known = [abs(float(value)) for value in values if not pd.isna(value) and np.isfinite(float(value))]
    if all(abs(value - round(value)) < 1e-9 for value in known):
        return 0
    return 1 if max(known) >= 1 else 2


def number(value: float, digits: int = 0) -> str:
    """A number as charts write it: "1,234", "−3", "0.5"."""
    return f"{round(float(value), digits) + 0.0:,.{digits}f}".replace("-", "−")


def _outward(limit: float, digits: int, rounding: Callable[[float], int]) -> float:
    """A limit rounded up or down; one decimal more, as a table has it, is rounded to the nearest before."""
    return rounding(round(limit, digits + 1) * 10**digits) / 10**digits


def interval(low: float, high: float, digits: int = 0) -> str:
    """An interval in few characters: "2–5", "7", "−3 to 2", "at least 3" and "at most 3" where nothing limits it;
    an end that would be rounded to nothing is "<0.1". A single limit is rounded away from what it excludes, and
    one below zero is "−3 or less".
    """
    if pd.isna(low) and pd.isna(high):
        return "not known"
    if pd.isna(high):
        return f"at least {number(_outward(low, digits, math.floor), digits)}"
    if pd.isna(low):
        most = number(_outward(high, digits, math.ceil), digits)
        return f"{most} or less" if high < 0 else f"at most {most}"
    least = f"<{10.0**-digits:.{digits}f}"
    ends = list(dict.fromkeys(least if 0 < end < 0.5 * 10.0**-digits else number(end, digits) for end in (low, high)))
    return (" to " if low < 0 else "–").join(ends)
