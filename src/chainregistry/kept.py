"""Answers that take long to solve, kept beside the data, and the many short ones that pages ask for.

An answer is named by the digest of all that it follows from: the facts as conditions, and the question. A changed
datum finds none, and the question is solved anew. ``make docs`` renews what is kept; tests check it.

Each file holds a digest of its own name and content. One that cannot be read, or does not fit its digest, is not used,
and ``check`` names it.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from chainregistry.data import RIGHT, SHARED, Problem, keep, write
from chainregistry.facts import Fact
from chainregistry.folders import folder as data_folder

RENEW = "CHAINREGISTRY_KEEP"
"""Environment variable with the folder in which newly solved answers are to be kept."""


PROGRAMS = "programs.json"
"""File with the integer programs that pages solve: digest of the program to its value (null: none fulfils it)."""

DIGITS = 24
"""Of a digest in hexadecimal, as part of a name."""

SOLVED = ".program"
"""Ending of the file of a solved program in a folder that a batch shares."""


DIGEST = "sha256"
"""Key of a file's own digest."""


def folder(data_dir: Path) -> Path:
    """Where the answers to questions about a data folder are kept."""
    return data_dir / "solved"


def answer(data_dir: Path, facts: Iterable[Fact], question: dict, solve: Callable[[], dict]) -> dict:
    """The kept answer to a question about facts, else the one that ``solve`` finds; both are JSON objects."""
    rows = [[[[*name, value] for name, value in terms.items()], *ends] for f in facts for terms, *ends in f.rows]
    digest = hashlib.sha256(json.dumps([rows, question], default=float).encode()).hexdigest()
    kept, shared, renewed = folder(data_dir) / f"{digest[:DIGITS]}.json", os.environ.get(SHARED), os.environ.get(RENEW)
    for path in (kept, *([Path(shared) / kept.name] if shared else [])):
        if stored := _read(path):
            found = stored["answer"]
            break
    else:
        found = json.loads(json.dumps(solve(), default=float))
        if shared:
            keep(Path(shared) / kept.name, _sealed(kept.name, {"answer": found}))
    if renewed and Path(renewed) == folder(data_dir):
        write(kept, _sealed(kept.name, {"question": question, "answer": found}, indent=1))
    return found


def _sealed(name: str, content: dict, **how) -> bytes:
    """A file of this name, with the digest of name and content."""
    content = json.loads(json.dumps(content, default=float))
    text = json.dumps(content | {DIGEST: _digest(name, content)}, ensure_ascii=False, **how)
    return (text + "\n").encode()


def _digest(name: str, content: dict) -> str:
    words = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{name} {words}".encode()).hexdigest()


def _read(path: Path) -> dict | None:
    """What a file holds; None where there is none, it cannot be read, or it does not fit its digest."""
    try:
        content = json.loads(path.read_bytes())
        return content if content.pop(DIGEST) == _digest(path.name, content) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def problems(data_dir: Path) -> Iterator[Problem]:
    """A line for each file that is kept and not used, since it is not what was written."""
    anew = "it is not used; take it from git, or have it solved anew by `make docs`"
    for path in sorted(folder(data_dir).glob("*.json")):
        if _read(path) is None:
            yield Problem(f"{folder(data_dir).name}/{path.name}", None, "", "", f"does not fit its own digest: {anew}")
    right = data_dir / RIGHT
    if right.exists() and not (right.is_file() and re.fullmatch(rb"[0-9a-f]{64}", right.read_bytes())):
        yield Problem(RIGHT, None, "", "", "is no digest; take it from git")


@contextmanager
def aside() -> Iterator[None]:
    """Programs solved inside are shared by the pages of a batch, and not ``collected``: they follow from an ``answer``
    that is kept as a whole."""
    shared = os.environ.get(SHARED)
    if shared:
        (Path(shared) / "aside").mkdir(exist_ok=True)
        os.environ[SHARED] = str(Path(shared) / "aside")
    try:
        yield
    finally:
        if shared:
            os.environ[SHARED] = shared


def programs() -> dict[str, int | None]:
    """The kept programs of the data in use, by digest; none while they are renewed."""
    return {} if os.environ.get(RENEW) else _programs(folder(data_folder()) / PROGRAMS)


@cache
def _programs(path: Path) -> dict[str, int | None]:
    return (_read(path) or {"programs": {}})["programs"]


def collected(shared: Path) -> bytes:
    """The programs that a batch has solved, from the folder that it shares, as they are kept."""
    found = {path.stem: json.loads(path.read_text(encoding="ascii")) for path in sorted(shared.glob(f"*{SOLVED}"))}
    return _sealed(PROGRAMS, {"programs": found}, indent=0)


@contextmanager
def renewed(data_dir: Path, whole: bool = True) -> Iterator[None]:
    """Keep what is asked of a data folder inside this context; if that is the ``whole`` of it, drop all else."""
    before, start = os.environ.get(RENEW), time.time()
    os.environ[RENEW] = str(folder(data_dir))
    try:
        yield
    finally:
        os.environ.pop(RENEW) if before is None else os.environ.update({RENEW: before})
    for path in folder(data_dir).glob("*.json") if whole else ():
        if path.name != PROGRAMS and path.stat().st_mtime < start - 1:
            path.unlink()
