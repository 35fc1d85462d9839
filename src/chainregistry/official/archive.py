"""DOCX and XLSX files as the archives that they are."""

import io
import zipfile

from chainregistry.official.model import MAX_UNPACKED, ListError


def member_names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ListError("a damaged or truncated DOCX or XLSX file (its ZIP directory cannot be read)") from None


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
