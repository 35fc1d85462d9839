"""Files: written whole or not at all, and told apart by their digest."""

import hashlib
import os
from pathlib import Path


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; text in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
