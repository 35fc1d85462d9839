"""Bytes of a text file to text."""

import contextlib

from chainregistry.official.model import ListError


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 (with or without a mark) or GB18030; raises ListError for what is none of these."""
    for encoding in _encodings(content):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding).replace("\0", "\ufffd")  # parsers stop at a NUL
    raise ListError("not a PDF, DOCX, XLSX, XLS, HTML or CSV file, or text in neither UTF-8, UTF-16 nor GB18030")


def _encodings(content: bytes) -> list[str]:
    """Encodings to try, best first. Without a mark, the halves of digits and separators that are zero tell UTF-16."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    start = content[: min(len(content), 20_000) // 2 * 2]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 20 > len(start) // 2 and min(even, odd) * 5 <= max(even, odd):
        return ["utf-16-le" if odd > even else "utf-16-be", "utf-8-sig", "gb18030"]
    return ["utf-8-sig", "gb18030"]
