"""Getting a source of news: a file, or an http(s) address that is asked whether it has changed since the last time."""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MAX_BYTES = 50_000_000
"""Larger sources are refused."""
TIMEOUT = (10, 30)
"""Seconds to connect, and between two parts of an answer."""
MAX_SECONDS = 300


class NewsError(ValueError):
    """One line for the user: the source cannot be reached or read, or a row cannot be accepted."""


@dataclass(frozen=True)
class Fetched:
    """What came of a source: ``content`` is None where the server says that nothing has changed.

    ``name`` is a file's own name or an address without its password; ``asked`` are the headers of the next request.
    """

    name: str
    content: bytes | None
    asked: dict[str, str]


def fetch(source: str, asked: dict[str, str] | None = None) -> Fetched:
    """Contents of a path or an http(s) address.

    Parameters
    ----------
    asked
        headers If-None-Match and If-Modified-Since, as a former call returned them

    Raises
    ------
    NewsError
        the file cannot be read, the server does not answer in time or says no, or there are too many bytes.
    """
    if re.match(r"https?://", source, re.IGNORECASE):
        return _download(source, asked or {})
    if re.match(r"[a-z]+://", source, re.IGNORECASE):
        raise NewsError(f"{source}: only http and https addresses can be read")
    path = Path(source)
    try:
        if not path.is_file():
            raise NewsError(f"{source}: {'not a file' if path.exists() else 'no such file'}")
        if path.stat().st_size > MAX_BYTES:
            raise NewsError(_too_large(path.name))
        return Fetched(path.name, path.read_bytes(), {})
    except OSError as error:
        raise NewsError(f"{source}: cannot be read ({error.strerror})") from None


def _too_large(name: str) -> str:
    return f"{name}: larger than {MAX_BYTES // 10**6} MB; export fewer items at a time"


def _download(address: str, asked: dict[str, str]) -> Fetched:
    import requests
    import urllib3

    parts = urlsplit(address)
    name = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    content, start = bytearray(), time.monotonic()
    try:
        with requests.Session() as session:
            session.max_redirects = 5
            session.headers |= {"Accept-Encoding": "identity", **asked}
            with session.get(address, stream=True, timeout=TIMEOUT) as answer:
                if answer.status_code == 304:
                    return Fetched(name, None, asked)
                if answer.status_code != 200:
                    raise NewsError(f"{name}: the server answered {answer.status_code} {answer.reason}")
                while chunk := answer.raw.read1(65_536, decode_content=True):
                    content += chunk
                    if len(content) > MAX_BYTES:
                        raise NewsError(_too_large(name))
                    if time.monotonic() - start > MAX_SECONDS:
                        raise NewsError(f"{name}: not complete after {MAX_SECONDS} seconds")
                pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
                renewed = {ask: answer.headers[told] for ask, told in pairs if told in answer.headers}
    except requests.TooManyRedirects:
        raise NewsError(f"{name}: redirected more than 5 times") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise NewsError(f"{name}: the server did not answer in time; try again later") from None
    except urllib3.exceptions.ProtocolError:
        raise NewsError(f"{name}: the connection broke off after {len(content)} bytes; try again") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise NewsError(f"{name}: cannot be reached ({type(error).__name__})") from None
    return Fetched(name, bytes(content), renewed)
