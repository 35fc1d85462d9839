"""The bytes of a list, from a file or an address."""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from chainregistry.official.model import MAX_BYTES, ListError

TIMEOUT = (10, 30)
"""Seconds to connect, and between two parts of an answer."""
MAX_DOWNLOAD_SECONDS = 300
"""Longest that a download may take."""


def fetch(source: str) -> tuple[str, bytes]:
    """Name to record (a file's own name, or an address without its password) and contents of a source."""
    if is_address(source):
        return download(source)[:2]
    return read_file(source)


def is_address(source: str) -> bool:
    """Whether a source is an http(s) address; raises ListError for an address of another kind."""
    if re.match(r"https?://", source, re.IGNORECASE):
        return True
    if re.match(r"[a-z]+://", source, re.IGNORECASE):
        raise ListError(f"{source}: only http and https addresses can be read")
    return False


def read_file(source: str, what: str = "a list") -> tuple[str, bytes]:
    """Name and contents of a file; ``what`` it should be is said of one that is too large.

    Raises ListError for what is no file, cannot be read or is larger than MAX_BYTES.
    """
    path = Path(source)
    try:
        if not path.is_file():
            raise ListError(f"{source}: {'not a file' if path.exists() else 'no such file'}")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except ListError:
        raise
    except (OSError, ValueError) as error:
        raise ListError(f"{source}: cannot be read ({getattr(error, 'strerror', error)})") from None
    if len(content) > MAX_BYTES:
        raise ListError(f"{path.name}: larger than {MAX_BYTES // 10**6} MB, so not {what}")
    return path.name, content


def download(
    address: str, asked: dict[str, str] | None = None, what: str = "a list"
) -> tuple[str, bytes | None, dict[str, str]]:
    """Name and contents of an address, and the headers of its answer.

    ``asked`` are headers of the request; the contents are None where the server answers that nothing has changed.
    Raises ListError where the server cannot be reached, says no, sends too much or takes too long.
    """
    import requests
    import urllib3

    try:
        parts = urlsplit(address)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a host or port that cannot be
        complete = False
    if not complete:
        shown = re.sub("//[^/]*@", "//", address)
        raise ListError(f"{shown}: not a complete address, such as https://www.cac.gov.cn/page.htm")
    name = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    limit, chunks, size, start = MAX_BYTES, [], 0, time.monotonic()
    try:
        with requests.Session() as session:
            session.max_redirects = 5
            session.headers["Accept-Encoding"] = "identity"
            session.headers.update(asked or {})
            with session.get(address, stream=True, timeout=TIMEOUT) as answer:
                headers = dict(answer.headers)
                if asked and answer.status_code == 304:
                    return name, None, headers
                if answer.status_code != 200:
                    raise ListError(f"{name}: the server answered {answer.status_code} {answer.reason}")
                while chunk := answer.raw.read1(65_536, decode_content=True):
                    chunks.append(chunk)
                    size += len(chunk)
                    if size > limit:
                        raise ListError(f"{name}: larger than {limit // 10**6} MB, so not {what}")
                    if time.monotonic() - start > MAX_DOWNLOAD_SECONDS:
                        raise ListError(f"{name}: not complete after {MAX_DOWNLOAD_SECONDS} seconds")
    except requests.TooManyRedirects:
        raise ListError(f"{name}: redirected more than 5 times") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise ListError(f"{name}: the server did not answer in time; try again later") from None
    except urllib3.exceptions.ProtocolError:
        raise ListError(f"{name}: the connection broke off after {size} bytes; try again") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        if isinstance(error, ListError):
            raise
        raise ListError(f"{name}: cannot be reached ({type(error).__name__})") from None
    return name, b"".join(chunks), headers
