"""What stands below a folder of pages: each file written whole, with a record of what it was made from.

What would come out the same is left alone. No import of this module is slow: parts of it are called in forks of a
process that has imported what they need.
"""

import hashlib
import json
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from nbpages.collection import Collection
from nbpages.files import digest_of, sha256, write

RECORD = ".rendered"
"""Folder beside the pages with what each was made from."""


class FrontError(RuntimeError):
    """What stands beside the pages could not be made; the message names each file and says why."""


def digest(made_from: list) -> str:
    return hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()


ENGINE = ("ipykernel", "jupyter_client", "nbclient", "nbconvert", "papermill")
"""Distributions that this package stands on."""


@cache
def software(collection: Collection) -> str:
    """Digest of the source of engine and collection, and of the versions of what they stand on."""
    folders = [folder for folder in (Path(__file__).parent, collection.source) if folder]
    files = [(folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    source = [
        [folder.name, str(path.relative_to(folder)), sha256(path)] for folder, path in files if path.suffix != ".pyc"
    ]
    wanted = metadata.requires(collection.distribution) or [] if collection.distribution else []
    names = {re.match(r"[\w.-]+", line)[0] for line in wanted if "extra ==" not in line} | {*ENGINE}
    versions = [platform.python_version(), *(f"{name} {metadata.version(name)}" for name in sorted(names))]
    return digest([source, versions])


def record(out: Path, name: str) -> dict:
    """What is recorded of a page or another file: key, files (sha256 by path), seconds; empty if nothing is."""
    try:
        return json.loads((out / RECORD / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def unchanged(out: Path, recorded: dict, key: str) -> bool:
    """Whether what is recorded was made from the same, and all of its files stand as they were written."""
    files = recorded.get("files", {}) if recorded.get("key") == key else {}
    return bool(files) and all((out / name).is_file() and sha256(out / name) == files[name] for name in files)


def foreign(out: Path, pages: Iterable[str], collection: Collection) -> list[Path]:
    """Files in the place of pages, or of what stands beside them, that no render has made."""
    wanted = {name: f"{name}.html" for name in (*pages, "index")}
    if any(out.glob("[!.]*")):
        wanted |= {name: name for name in collection.beside_front()}
    standing = {name: file for name, file in wanted.items() if os.path.lexists(out / file)}
    return [out / file for name, file in standing.items() if file not in record(out, name).get("files", {})]


def keep(out: Path, name: str, key: str, files: dict[str, str | bytes], **more) -> None:
    """Write files, and before them the record of what they are made from: what stands without one is another's."""
    digests = {path: digest_of(content) for path, content in files.items()}
    path = out / RECORD / f"{name}.json"
    before = path.read_bytes() if path.is_file() else None
    write(path, json.dumps({"key": key, "files": digests, **more}))
    try:
        for file, content in files.items():
            write(out / file, content)
    except OSError:
        with suppress(OSError):
            path.unlink() if before is None else write(path, before)
        raise


def keep_index(out: Path, collection: Collection, elsewhere: Callable) -> None:
    """Write the front page unless it would come out the same; once more if another render made pages meanwhile.

    ``elsewhere`` is called with the function that makes it, and what that is called with.
    """
    own, before = {out / "index.html", *map(out.joinpath, collection.beside_front())}, None
    while before != (now := {path: path.stat().st_mtime_ns for path in sorted(out.rglob("*.html")) if path not in own}):
        made, before = [f"{path.relative_to(out)} {sha256(path)}" for path in now], now
        key = digest([software(collection), collection.version(), made])
        if not unchanged(out, record(out, "index"), key):
            elsewhere(_keep_front, out, collection, key)


def _keep_front(out: Path, collection: Collection, key: str) -> None:
    with _named("index.html"):
        page = collection.front_page(out)
    keep(out, "index", key, {"index.html": page})


@contextmanager
def _named(file: str) -> Iterator[None]:
    """What goes wrong while a file is made is told with its name."""
    from nbpages.render import describe_failure

    try:
        yield
    except Exception as error:
        raise FrontError(f"{file}: {describe_failure(error)}") from None


def keep_beside(out: Path, collection: Collection, elsewhere: Callable) -> None:
    """Write those files beside the front page that would not come out the same; they follow from the data alone.

    ``elsewhere`` as for ``keep_index``.
    """
    keys = {name: digest([software(collection), collection.version(), name]) for name in collection.beside_front()}
    if changed := {name: key for name, key in keys.items() if not unchanged(out, record(out, name), key)}:
        elsewhere(_keep_beside, out, collection, changed)


def _keep_beside(out: Path, collection: Collection, keys: dict[str, str]) -> None:
    made, failed = collection.beside_front(), []
    for name, key in keys.items():
        try:
            with _named(name):
                content = made[name]()
        except FrontError as error:
            failed.append(str(error))
        else:
            keep(out, name, key, {name: content})
    if failed:
        raise FrontError("; ".join(failed))
