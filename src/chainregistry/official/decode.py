"""Bytes of a text file to text."""

import contextlib
import re

from chainregistry.official.model import ListError

_WORDS = re.compile("备案|備案|网信|網信|服务|服務|主体|主體")
"""Words of every list: in a text that has none of them in GB18030, they may be there in Big5."""


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 (with or without a mark) GB18030 or Big5; raises ListError for what is none of these."""
    for encoding in _encodings(content):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding).replace("\0", "\ufffd")  # parsers stop at a NUL
            if encoding == "gb18030" and not _WORDS.search(text):
                with contextlib.suppress(UnicodeDecodeError):
                    if _WORDS.search(traditional := content.decode("big5")):
                        return traditional
            return text
    raise ListError("not a PDF, DOCX, XLSX, XLS, HTML or CSV file, or text in no encoding of Chinese that is read")


def _encodings(content: bytes) -> list[str]:
    """Encodings to try, best first. Without a mark, the halves of digits and separators that are zero tell UTF-16."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    start = content[: min(len(content), 20_000) // 2 * 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 20 > len(start) // 2 and min(even, odd) * 5 <= max(even, odd):
        return ["utf-16-le" if odd > even else "utf-16-be", "utf-8-sig", "gb18030"]
    return ["utf-8-sig", "gb18030"]
