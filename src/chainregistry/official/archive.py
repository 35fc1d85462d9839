"""DOCX and XLSX files as the archives that they are."""

import io
import re
import zipfile
import zlib

from chainregistry.official.model import MAX_UNPACKED, ListError

_OTHERS = {
    "opendocument.spreadsheet": "an OpenDocument sheet (.ods): save it as XLSX",
    "opendocument.text": "an OpenDocument text (.odt): save it as DOCX",
    "xl/workbook.bin": "a binary workbook (.xlsb): save it as XLSX",
    "ppt/presentation.xml": "a presentation (.pptx): copy its table into a workbook",
}


def kind(content: bytes) -> str:
    """docx or xlsx, by what is in the archive; raises ListError for another one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise ListError(
            "a damaged or truncated DOCX or XLSX file (its ZIP directory cannot be read): download it again"
        ) from None
    for found, form in (("docx", r"word/document\d*\.xml"), ("xlsx", r"xl/workbook\d*\.xml")):
        if any(re.fullmatch(form, name) for name in names):
            return found
    for sign, what in _OTHERS.items():
        if sign in names or sign in mime:
            raise ListError(what)
    raise ListError("a ZIP archive that is neither DOCX nor XLSX: unpack it and name the list in it")


def repacked(content: bytes, change=lambda name, data: data) -> io.BytesIO:
    """The archive, packed anew from members whose true size and harmless XML are known."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(result, "w") as clean:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
            raise ListError(f"unpacks to more than {MAX_UNPACKED // 10**6} MB: refused as a ZIP bomb")
        for member in archive.infolist():
            data = archive.read(member)  # no more than its declared size, or BadZipFile
            plain = data.replace(b"\0", b"")  # UTF-16, too
            if member.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
                raise ListError(f"{member.filename} in it defines XML entities: refused as unsafe")
            clean.writestr(member.filename, change(member.filename, data))
    result.seek(0)
    return result
