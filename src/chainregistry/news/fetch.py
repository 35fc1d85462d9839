"""Getting a source of news: a file, or an http(s) address that is asked whether it has changed since the last time."""

from dataclasses import dataclass

from chainregistry.official import fetch as source_bytes
from chainregistry.official.model import ListError

_CONDITIONS = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}


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
    """Contents of a path or an http(s) address, with the limits and time-outs of ``official.fetch``.

    Parameters
    ----------
    asked
        headers If-None-Match and If-Modified-Since, as a former call returned them

    Raises
    ------
    NewsError
        the file cannot be read, the server does not answer in time or says no, or there are too many bytes.
    """
    what = "news; export fewer items at a time"
    try:
        if not source_bytes.is_address(source):
            return Fetched(*source_bytes.read_file(source, what), {})
        name, content, headers = source_bytes.download(source, asked, what)
    except ListError as error:
        raise NewsError(str(error)) from None
    if content is None:
        return Fetched(name, None, asked or {})
    told = {name.lower(): value for name, value in headers.items()}
    return Fetched(name, content, {ask: told[tell] for ask, tell in _CONDITIONS.items() if tell in told})
