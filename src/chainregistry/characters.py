"""Characters as people mean them: what looks like an ordinary character, or like nothing, made ordinary.

Printers to PDF store radicals (⽹, ⻓) where they show characters (网, 长), and other programs put signs without width
into names. Such a name matches nothing. What is changed here is changed by Unicode's own tables only: radicals and
strokes by ``EquivalentUnifiedIdeograph.txt``, compatibility ideographs by canonical equivalence (form C), blanks and
hyphens that forbid a line break by their decomposition. Full-width signs and punctuation, and characters that are
merely rare or variants (喆, 镕), stay as printed.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point of Unicode, and the interlinear annotation signs: nothing is printed for them."""
_UNUSUAL = re.compile("[\u00a0\u2007\u2010\u2011\u202f\u2e80-\u2fdf\u31c0-\u31ef\uf900-\ufaff\U0002f800-\U0002fa1f]")


@cache
def _equivalents() -> dict[int, str]:
    """Unified ideographs by radical or stroke, as in Unicode's file; hyphens and blanks that forbid a line break."""
    path, found = Path(__file__).with_name("EquivalentUnifiedIdeograph.txt"), {}
    lines = re.findall(r"^(\w+)(?:\.\.(\w+))? *; *(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    for first, last, equivalent in lines:
        for code in range(int(first, 16), int(last or first, 16) + 1):
            found[code] = chr(int(equivalent, 16))
    blanks = "\u00a0\u2007\u202f"
    return found | dict.fromkeys(map(ord, blanks), " ") | dict.fromkeys(map(ord, "\u2010\u2011"), "-")


def ordinary(text: str) -> str:
    """The text without signs that nobody sees, and with ordinary characters for those that only look like them."""
    if str.isascii(text):
        return text
    text = _UNSEEN.sub("", text)
    if _UNUSUAL.search(text):
        text = text.translate(_equivalents())
    return unicodedata.normalize("NFC", text)


def changes(texts: Iterable[str]) -> list[str]:
    """What ``ordinary`` changes in these texts, in words: at most one sentence each for characters and unseen signs."""
    whole = "".join(text for text in texts if not text.isascii())
    signs = sorted(sign for sign in set(whole) if not sign.isascii() and ordinary(sign) != sign)
    unseen = sum(whole.count(sign) for sign in signs if not ordinary(sign))
    replaced = {sign: ordinary(sign) for sign in signs if ordinary(sign).strip()}
    found = []
    if replaced:
        count = sum(map(whole.count, replaced))
        shown = ", ".join(f"U+{ord(old):04X} {new}" for old, new in [*replaced.items()][:3])
        more = f" and {len(replaced) - 3} more" if len(replaced) > 3 else ""
        found.append(f"look-alike characters made ordinary: {count} ({shown}{more})")
    if unseen:
        found.append(f"signs without width removed: {unseen}")
    return found
