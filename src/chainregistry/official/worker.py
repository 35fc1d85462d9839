"""Reading a file in a process of its own, with limits of time and memory.

The files come from elsewhere, and their parsers can be made to crash, hang or fill the memory.
"""

import atexit
import contextlib
import os
import pickle
import re
import subprocess
import sys
import threading
from importlib import import_module

from chainregistry.official.archive import kind as archive_kind
from chainregistry.official.decode import decoded
from chainregistry.official.model import MAX_SECONDS, Item, ListError

MAX_MEMORY = 2 * 2**30
"""Bytes that the reading process may take."""
_OLDER = {
    r"urn:schemas-microsoft-com:office:spreadsheet": "an XML Spreadsheet 2003 (often called .xls): save it as XLSX",
    r"schemas\.microsoft\.com/office/word/2003/wordml": "a Word 2003 XML document: save it as DOCX",
    r"schemas\.microsoft\.com/office/2006/xmlPackage": "a Word document as flat XML: save it as DOCX",
    r"urn:oasis:names:tc:opendocument": "a flat OpenDocument file: save it as XLSX or DOCX",
    r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/(?:related|mixed|alternative)": (
        "a web archive (.mht, .mhtml, or called .xls or .doc): save it as XLSX or DOCX"
    ),
}
"""Older formats of text, and how they are refused by name."""


def kind_of(content: bytes) -> str:
    """Format of a file by its first bytes: pdf, docx, xlsx, xls, html or csv.

    Raises ListError for what is none of these.
    """
    if not content.strip():
        raise ListError("the file is empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return archive_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ListError("the file is protected by a password: save it without one")
        if "WordDocument".encode("utf-16-le") in content:
            raise ListError("an old Word file (.doc): save it as DOCX")
        return "xls"
    if content.startswith(b"{\\rtf"):
        raise ListError("an RTF file: save it as DOCX")
    text = decoded(content)
    start = text[:20_000].lstrip("\ufeff \r\n\t")
    for form, what in _OLDER.items():
        if re.search(form, start, re.IGNORECASE):
            raise ListError(what)
    if re.search(r"\A<[a-z!?]|<(?:!doctype html|html|head|body|table|div|meta)\b", start, re.IGNORECASE):
        return "html"
    return "csv"


def read(content: bytes, kind: str) -> list[Item]:
    """Lines and rows of a file, in order; raises ListError where it cannot be read, in whatever way."""
    with _Worker.lock:
        answer = _Worker.ask(kind, content)
    if isinstance(answer, str):
        raise ListError(answer)
    return answer


class _Worker:
    """A process that reads files, one after the other; a new one is started when it ends or has to be ended."""

    lock = threading.Lock()
    process: subprocess.Popen | None = None
    owner = 0

    @classmethod
    def ask(cls, kind: str, content: bytes) -> list[Item] | str:
        if cls.owner != os.getpid() or cls.process.poll() is not None:  # a fork must not share its parent's pipes
            command = [sys.executable, "-c", f"from {__name__} import _serve; _serve()"]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL  # native parsers print when they crash
            cls.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)
            cls.owner = os.getpid()
            atexit.register(cls.process.kill)
        late = threading.Event()
        timer = threading.Timer(MAX_SECONDS, lambda: (late.set(), cls.process.kill()))
        timer.start()
        try:
            pickle.dump((kind, content), cls.process.stdin)
            cls.process.stdin.flush()
            return pickle.load(cls.process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            cls.process.kill()
            cls.process.wait()
            if late.is_set():
                return f"reading took longer than {MAX_SECONDS} seconds: the file is damaged or not a list"
            return f"the {kind.upper()} file is damaged: its reader stopped without a result"
        except BaseException:  # an interrupt between question and answer
            cls.process.kill()
            raise
        finally:
            timer.cancel()


def _serve() -> None:
    """Body of the worker: answer each file with its lines and rows, or with the sentence why there are none."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(EOFError):
        while True:
            kind, content = pickle.load(questions)
            pickle.dump(_answer(kind, content), answers)
            answers.flush()


def _reader(kind: str):
    module = import_module(f"chainregistry.official.read_{'workbook' if kind in ('xlsx', 'xls') else kind}")
    return module.read_xls if kind == "xls" else module.read


def _answer(kind: str, content: bytes) -> list[Item] | str:
    try:
        return _reader(kind)(content)
    except ListError as error:
        return str(error)
    except MemoryError:
        return f"the contents of the {kind.upper()} file are too large to be a list"
    except BaseException:  # parsers raise many kinds, Rust panics among them, for a damaged file
        return f"the {kind.upper()} file cannot be read: damaged or incomplete"
