"""The file of candidates: what was read, what the words say, and what a person decided.

The file is the state: an item that stands in it is not shown again, whatever was decided. Beside it, ``.state.json``
holds what servers are asked at the next run. By default both lie in ``news/`` beside the data folder, which git
ignores; texts of others are kept there for reading only and never get into ``data/``.
"""

import csv
import hashlib
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chainregistry.data import Data, write
from chainregistry.news import dates
from chainregistry.news.code import Coder
from chainregistry.news.fetch import NewsError, fetch
from chainregistry.news.known import Events, Groups
from chainregistry.news.model import CODED, REASONS, Codes
from chainregistry.news.read import Item, read

COLUMNS = [
    "id", "accept", "group", "title", "event_title", "summary", "url", "publisher", "published", *CODED, "organisations",
    "same_project_as", "source_kind", "language", "confidence", "note", "nearest", "why", "text",
]  # fmt: skip
"""Columns of the file; those between title and note can be corrected by hand before a row is accepted."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_KINDS = [
    ("official", r"gov\.cn|court\.gov|\bcac\b|政府|人民法院|网信办"),
    ("newswire", r"xinhua|reuters|chinanews|新华|中新|bloomberg|afp"),
    ("newspaper", r"daily|times|post|日报|晚报|晨报|people\.com|人民网|报$|herald|journal"),
    ("blog", r"medium\.com|substack|weixin|mp\.weixin|sohu|blog|公众号"),
]
"""Kind of document by the words of address and publisher, for a person to confirm; else trade-press."""


@dataclass
class Run:
    """What became of the items of a run, for the summary."""

    out: Path | None
    items: int = 0
    candidates: int = 0
    groups: set[str] = field(default_factory=set)
    left_out: Counter = field(default_factory=Counter)
    unchanged: list[str] = field(default_factory=list)
    undated: int = 0
    interrupted: bool = False

    def __str__(self) -> str:
        acts = f", {_number(len(self.groups), 'act')}" if len(self.groups) != self.candidates else ""
        where = f" in {self.out}" if self.out and self.candidates else ""
        lines = [f"{_number(self.items, 'item')} read, {_number(self.candidates, 'candidate')}{acts}{where}"]
        lines += [f"  left out: {count} {reason}" for reason, count in self.left_out.most_common()]
        lines += (
            [f"  {self.undated} without a usable date (none, or one that lies in the future)"] if self.undated else []
        )
        lines += [f"  {name}: not changed since the last run" for name in self.unchanged]
        return "\n".join(lines)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def default_file(root: Path) -> Path:
    """Where candidates go if nothing is said: ``news/candidates.csv`` beside the data folder."""
    return root.resolve().parent / "news" / "candidates.csv"


def key_of(item: Item) -> str:
    """A short name of an item: the same for the same address, else for the same title and publisher."""
    told = item.url or f"{item.title}\n{item.publisher}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def candidates(
    data: Data, items: Iterator[Item], run: Run, seen: set[str], today: date | None = None
) -> Iterator[tuple[Item, str, str, Codes, dict]]:
    """Items that are worth a person's time: item, key, group, codes and the nearest event; ``run`` counts the others."""
    coder, known, groups = Coder(data), Events(data.events, data.sources), Groups()
    for item in items:
        run.items += 1
        key = key_of(item)
        if key in seen:
            run.left_out["seen before"] += 1
            continue
        seen.add(key)
        codes = coder.code(item, today)
        if codes.left_out:
            run.left_out[REASONS[codes.left_out]] += 1
            continue
        run.candidates += 1
        run.undated += not codes.values["date"]
        group = groups.join(key, item, codes)
        run.groups.add(group)
        yield item, key, group, codes, known.nearest(item, codes)


def as_json(item: Item, codes: Codes, nearest: dict) -> dict:
    """A candidate as the command prints it."""
    told = {"title": item.title, "url": item.url, "publisher": item.publisher, **codes.values}
    return told | {"why": codes.why, "nearest": nearest}


def collect(
    data: Data,
    sources: list[str],
    out: Path | None = None,
    report: Callable[[], object] = lambda: None,
    emit: Callable[[dict], None] | None = None,
) -> Run:
    """Read sources into coded candidates.

    Parameters
    ----------
    out
        file of candidates to add to; None writes nothing and knows of no former run
    report
        called after each item, for a progress bar
    emit
        called with each candidate as ``as_json`` makes it

    Raises
    ------
    NewsError
        a source cannot be read; nothing is written then. Ctrl-C keeps what was coded and sets ``interrupted``.
    """
    run, state = Run(out), _state(out)
    seen = {row["id"] for row in rows(out)} if out and out.exists() else set()
    asked: dict[str, dict] = {}

    def items() -> Iterator[Item]:
        for source in sources:
            fetched = fetch(source, state.get(source))
            if fetched.content is None:
                run.unchanged.append(fetched.name)
                continue
            for item in read(fetched.content, fetched.name):
                report()
                yield item
            if fetched.asked:
                asked[source] = fetched.asked

    with _Appending(out) as file:
        try:
            for item, key, group, codes, nearest in candidates(data, items(), run, seen):
                if out:
                    file.add(_row(item, key, group, codes, nearest))
                if emit:
                    emit(as_json(item, codes, nearest))
        except KeyboardInterrupt:
            run.interrupted = True
    if out and asked and out.exists():
        write(_state_file(out), json.dumps(state | asked, indent=1).encode())
    return run


def _row(item: Item, key: str, group: str, codes: Codes, nearest: dict) -> dict:
    published = dates.parse(item.date)[0]
    return {
        "id": key,
        "group": group,
        "title": item.title,
        "url": item.url,
        "publisher": item.publisher,
        "published": published if published <= date.today().isoformat() else "",
        **{column: "true" if value is True else value for column, value in codes.values.items()},
        "source_kind": source_kind(item.url, item.publisher),
        "language": "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in item.title) else "en",
        "confidence": "low",
        "nearest": json.dumps(nearest),
        "why": json.dumps(codes.why, ensure_ascii=False),
        "text": item.text,
    }


def source_kind(url: str, publisher: str) -> str:
    """Kind of document by the words of its address and publisher, as a proposal."""
    told = f"{url.split('/')[2] if url.count('/') > 1 else ''} {publisher}".lower()
    return next((kind for kind, words in _KINDS if re.search(words, told)), "trade-press")


class _Appending:
    """The file of candidates with rows added: whole, or as it was. Rows are written as they come, so memory is flat."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def __enter__(self) -> "_Appending":
        self.added = False
        if self.path:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.partial")
                self._file = self._partial.open("w", encoding="utf-8", newline="")
            except OSError as error:
                raise NewsError(f"{self.path}: cannot be written ({error.strerror})") from None
            self._writer = csv.DictWriter(self._file, COLUMNS, restval="", lineterminator="\n")
            self._writer.writeheader()
            for row in rows(self.path) if self.path.exists() else ():
                self._writer.writerow(_guarded(row))
        return self

    def add(self, row: dict) -> None:
        self._writer.writerow(_guarded(row))
        self.added = True

    def __exit__(self, kind, error, trace) -> None:
        if self.path:
            self._file.close()
            if kind is None and self.added:
                os.replace(self._partial, self.path)
            self._partial.unlink(missing_ok=True)


def _guarded(row: dict) -> dict:
    """Cells that a spreadsheet would run as a formula get an apostrophe before them."""
    return {name: f"'{cell}" if str(cell).startswith(_FORMULA) else cell for name, cell in row.items()}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a file of candidates, with a value for each of COLUMNS; raises NewsError if it is none."""
    csv.field_size_limit(10_000_000)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise NewsError(f"{path}: is no file of candidates (column {missing[0]} is missing)")
            for row in reader:
                if None in row or None in row.values():
                    raise NewsError(f"{path}: line {reader.line_num} has another number of cells than the first line")
                yield {name: _unguarded(row[name]) for name in COLUMNS}
    except FileNotFoundError:
        raise NewsError(f"{path}: no such file") from None
    except OSError as error:
        raise NewsError(f"{path}: cannot be read ({error.strerror})") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise NewsError(f"{path}: is not a CSV file in UTF-8 ({error})") from None


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def save(path: Path, table: list[dict[str, str]]) -> None:
    """Write a file of candidates whole or not at all."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_guarded, table))
    write(path, text.getvalue().encode())


def _state_file(out: Path) -> Path:
    return out.with_suffix(".state.json")


def _state(out: Path | None) -> dict[str, dict]:
    """What servers were told at the last run; without the file of candidates nothing may count as seen."""
    if not out or not out.exists():
        return {}
    try:
        return json.loads(_state_file(out).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
