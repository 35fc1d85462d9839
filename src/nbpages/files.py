"""Files: written whole or not at all, and told apart by their digest."""

import hashlib
import os
from pathlib import Path


def write(path: Path, content: str | bytes) -> str:
    """Write a file whole or not at all, text in UTF-8, and return the digest of what was written.

    It is not read again: meanwhile another process may have written the same file.
    """
    content = _bytes(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error  # the name that was asked for
    finally:
        partial.unlink(missing_ok=True)
    return hashlib.sha256(content).hexdigest()


def digest_of(content: str | bytes) -> str:
    """The digest of a file with this content."""
    return hashlib.sha256(_bytes(content)).hexdigest()


def refused(error: OSError) -> str:
    """What the system refused, and of which file if it says so, in a line."""
    return ": ".join(str(part) for part in (error.strerror, error.filename) if part) or str(error)


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def remove_partial(folder: Path) -> None:
    """Remove what writers left below a folder that were killed in the midst; those that live keep theirs."""
    for partial in folder.rglob(".*.partial"):
        process = partial.name.split(".")[-2]
        if process.isdigit() and not _lives(int(process)):
            partial.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return isinstance(error, PermissionError)  # it is another user's
    return True


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
