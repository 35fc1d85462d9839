"""Bytes of a text file to text."""

import contextlib

from chainregistry.official.model import ListError


def decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding).replace("\0", "\ufffd")  # parsers stop at a NUL
    raise ListError("not a PDF, DOCX, XLSX, XLS, HTML or CSV file, or text in neither UTF-8 nor GB18030")
