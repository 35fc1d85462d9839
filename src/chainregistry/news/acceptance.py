"""From accepted candidates to rows of ``data/events.csv`` and ``data/sources.csv``: all of them, or none."""

import csv
import io
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from chainregistry import data as data_package
from chainregistry import ledger
from chainregistry.data import Data
from chainregistry.news import store
from chainregistry.news.fetch import NewsError
from chainregistry.values import count

YES = {"yes", "y", "true", "1", "x", "ja", "是"}
OPEN = {"no", "n", "false", "0", "later", "", "否", "稍后"}
CHANGED = ("events.csv", "sources.csv", *ledger.FILES)


@dataclass(frozen=True)
class Accepted:
    """What an acceptance changed: ids of new events with their titles, and of new sources with their publishers."""

    folder: Path
    events: dict[str, str]
    sources: dict[str, str]

    def __str__(self) -> str:
        if not self.events:
            return "nothing to accept: no row says yes in its column accept"
        lines = [f"  {key}  {title}" for key, title in self.events.items()]
        lines += [f"  {key}  {publisher}" for key, publisher in self.sources.items()]
        new = f"{count(self.events, 'event')} and {count(self.sources, 'source')} added to {self.folder}"
        return "\n".join(
            [
                new,
                *lines,
                "see `git diff data`; `make docs` brings what is generated up to date, `make reports` the pages",
            ]
        )


def accept(path: Path, data_dir: Path | None = None) -> Accepted:
    """Append the rows of a file of candidates that say yes; rows of one group become one event with several sources.

    The new rows get an entry of the ledger, which names the file.

    The data are changed only if the whole package passes ``data.check`` with the new rows in it.

    Raises
    ------
    NewsError
        one line for each thing that is wrong, with the line of the row; nothing is written then.
    """
    table = list(store.rows(path))
    data = data_package.load(data_dir)
    wrong, chosen = [], {}
    for line, row in enumerate(table, start=2):
        said = row["accept"].strip().lower()
        if said in YES:
            chosen.setdefault(row["group"] or row["id"], []).append((line, row))
        elif said not in OPEN and not re.fullmatch(r"e\d{3,}", said):
            wrong.append(f"line {line}: accept says {row['accept']!r}; yes, no or later is needed")
    maker = _Maker(data)
    for rows in chosen.values():
        wrong += maker.add(rows)
    if wrong:
        raise NewsError("\n".join(f"{path.name}, {what}" for what in wrong))
    if chosen:
        _append(data, maker.events, maker.sources, f"News read and accepted one by one, from {path.name}")
        for row in table:
            row["accept"] = maker.taken.get(row["id"], row["accept"])
        store.save(path, table)
    return Accepted(
        data.folder,
        {row["event_id"]: row["title"] for row in maker.events},
        {row["source_id"]: row["publisher"] for row in maker.sources},
    )


class _Maker:
    """Turns candidates into rows of events and sources, with new ids that follow the highest ones."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.codes = dict(zip(data.regions.slug, data.regions.province_code, strict=True))
        self.by_url = {url: key for key, url in zip(data.sources.source_id, data.sources.url, strict=True) if url}
        self.projects = dict(zip(data.events.event_id, data.events.project_id, strict=True))
        self.next = {
            "e": _highest(data.events.event_id), "n": _highest(data.sources.source_id[data.sources.source_id.str[0] == "n"]),
            "p": _highest(data.events.project_id),
        }  # fmt: skip
        self.events: list[dict] = []
        self.sources: list[dict] = []
        self.taken: dict[str, str] = {}

    def _new(self, letter: str) -> str:
        self.next[letter] += 1
        return f"{letter}{self.next[letter]:03d}"

    def add(self, rows: list[tuple[int, dict]]) -> list[str]:
        """One event of the rows of a group; returns what is wrong with them."""
        line, row = rows[0]
        wrong = [f"line {line}: {what}" for what in self._problems(row)]
        wrong += [f"line {other}: {what}" for other, its in rows for what in _source_problems(its)]
        if wrong:
            return wrong
        event = {name: row.get(name, "") for name in self.data.events.columns}
        event |= {
            "event_id": self._new("e"),
            "project_id": self._project(row),
            "date_inferred": "true" if _inferred(row) else "false",
            "title": row["event_title"] or row["title"],
            "province_code": self.codes.get(row["province"], ""),
            "sector": row["sector"] or "unclear",
            "digital_yuan": row["digital_yuan"].lower() or "false",
            "incentive": row["incentive"].lower() or "false",
            "list_group": "",
            "source_ids": " ".join(dict.fromkeys(self._source(its) for _, its in rows)),
        }
        self.events.append(event)
        self.taken |= {its["id"]: event["event_id"] for _, its in rows}
        return []

    def _project(self, row: dict) -> str:
        """The project named, or that of an event named, or for a deployment a new one."""
        named = row["same_project_as"].strip()
        if re.fullmatch(r"e\d+", named):
            named = self.projects.get(named, "")
        return named or (self._new("p") if row["kind"] == "deployment" else "")

    def _problems(self, row: dict) -> list[str]:
        wrong = [
            f"{name} is empty; it has to be filled before the row is accepted"
            for name in ("date", "date_precision", "country", "level", "kind", "stage")
            if not row[name]
        ]
        if row["level"] not in ("", "none") and not row["body"]:
            wrong.append(f"body is empty, but the level is {row['level']}; name the body that acts")
        if row["province"] and row["province"] not in self.codes:
            wrong.append(f"province says {row['province']!r}, which is no slug of regions.csv")
        elif row["province_code"] and row["province_code"] != self.codes.get(row["province"]):
            wrong.append(f"province says {row['province']!r}, province_code {row['province_code']!r}; change both")
        if (named := row["same_project_as"].strip()) and named not in {*self.projects, *self.projects.values()}:
            wrong.append(f"same_project_as says {named!r}, which is no event and no project")
        return wrong

    def _source(self, row: dict) -> str:
        if row["url"] and row["url"] in self.by_url:
            return self.by_url[row["url"]]
        source = dict.fromkeys(self.data.sources.columns, "") | {
            "source_id": self._new("n"),
            "url": row["url"],
            "publisher": row["publisher"],
            "published": row["published"],
            "kind": row["source_kind"],
            "language": row["language"],
        }
        self.sources.append(source)
        if row["url"]:
            self.by_url[row["url"]] = source["source_id"]
        return source["source_id"]


def _source_problems(row: dict) -> list[str]:
    wrong = [f"{name} is empty" for name in ("publisher", "source_kind", "language") if not row[name]]
    if row["url"] and not re.match(r"https?://", row["url"], re.IGNORECASE):
        wrong.append(f"url says {row['url']!r}, which is no web address")
    return wrong


def _highest(ids) -> int:
    return max((int(key[1:]) for key in ids if re.fullmatch(r"[a-z]\d+", key)), default=0)


def _inferred(row: dict) -> bool:
    """Whether the date is that of an act which the text names without a year."""
    try:
        field = json.loads(row["why"] or "{}").get("date", {}).get("in")
    except (ValueError, AttributeError):  # somebody wrote into the column
        return False
    return field in ("title", "text") and row["date"] != row["published"]


def _append(data: Data, events: list[dict], sources: list[dict], reason: str) -> None:
    """Try the new rows on a copy of the package; change the real one only if nothing is wrong."""
    with ledger.alone(data.folder):
        _append_alone(data, events, sources, reason)


def _append_alone(data: Data, events: list[dict], sources: list[dict], reason: str) -> None:
    from chainregistry import checks

    root = data.folder
    ledger.whole(root)  # one that is broken is told with its own name, not that of the copy
    if waiting := ledger.changes(root):
        shown = "\n".join(list(ledger.shown(waiting))[:10])
        raise NewsError(f'{root} holds changes that nobody accepted; first `chainregistry record "REASON"`:\n{shown}')
    with tempfile.TemporaryDirectory() as place:
        trial = Path(shutil.copytree(root, Path(place) / "data"))
        for name, rows, columns in (
            ("events.csv", events, list(data.events.columns)), ("sources.csv", sources, list(data.sources.columns)),
        ):  # fmt: skip
            old = (trial / name).read_text(encoding="utf-8")
            (trial / name).write_text(old.rstrip("\n") + "\n" + _lines(rows, columns), encoding="utf-8", newline="")
        ledger.record(trial, reason)
        if problems := checks.check(trial):
            shown = "\n".join(map(str, problems[:10]))
            raise NewsError(f"the data would not pass `chainregistry check` any more, so nothing was written:\n{shown}")
        before = {name: (root / name).read_bytes() for name in CHANGED}
        try:
            for name in CHANGED:
                data_package.write(root / name, (trial / name).read_bytes())
        except OSError as error:
            for name, content in before.items():
                data_package.write(root / name, content)
            raise NewsError(f"{root}: cannot be written ({error.strerror}); it is as it was") from None


def _lines(rows: list[dict], columns: list[str]) -> str:
    text = io.StringIO()
    csv.DictWriter(text, columns, lineterminator="\n").writerows(rows)
    return text.getvalue()
