"""Computed sentences and tables: every number in the prose of a page passes through here."""

import html
import re
from collections.abc import Iterable

import pandas as pd
from IPython.display import display

from chainregistry.data import Data, split_list

IRREGULAR = {"body": "bodies", "story": "stories", "country": "countries", "city": "cities", "county": "counties"}


def count(number: int, noun: str) -> str:
    """``count(1, "list")`` is "1 list", ``count(20, "list")`` "20 lists", ``count(0, "list")`` "no lists"."""
    head, _, last = noun.rpartition(" ")
    plural = IRREGULAR.get(last, last + "s")
    words = noun if number == 1 else f"{head} {plural}".strip()
    return f"{number:,} {words}" if number else f"no {words}"


def listing(items: Iterable[str]) -> str:
    """Items in a sentence: "a, b and c"."""
    items = list(items)
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def share(part: float, whole: float) -> str:
    """Percentage, with one decimal below ten: ``share(1, 16)`` is "6.2%"."""
    if not whole:
        return "no share"
    percent = 100 * part / whole
    return f"{percent:.0f}%" if percent >= 10 or percent == 0 else f"{percent:.1f}%"


def say(*sentences: str) -> None:
    """Show computed sentences as one paragraph; the first letter of each becomes a capital."""
    first = re.compile(r"^(\*\*Finding\.\*\* )?(\w)")
    _speak(" ".join(first.sub(lambda m: (m[1] or "") + m[2].upper(), sentence) for sentence in sentences if sentence))


def bullets(items: Iterable[str]) -> None:
    """Show computed sentences as a list."""
    _speak("\n".join(f"* {item}" for item in items))


def heading(text: str) -> None:
    """Show a computed title of the page (level 1)."""
    _speak(f"# {text}")


def _speak(text: str) -> None:
    """Show text, if any, in which only stars and hashes mark up: names cannot bring in HTML, links or pictures."""
    if not text:
        return
    markdown = re.sub(r"([\[\]`_\\])", r"\\\1", html.escape(text, quote=False))
    display({"text/markdown": markdown, "text/plain": re.sub(r"\*\*|^# ", "", text)}, raw=True)


def table(
    rows: pd.DataFrame, caption: str, empty: str = "No row fits this selection.", shown: int | None = None
) -> None:
    """Show a table with its caption; its CSV twin travels with it.

    Columns whose name ends in "(Chinese)" are marked as Chinese. In the column "sources" each id becomes a link
    into the list of sources at the foot of the page. Every cell is escaped. Without a row the sentence ``empty``
    is shown instead. With ``shown``, no more rows than that are shown, as the caption says; the CSV twin has all.
    """
    if rows.empty:
        say(empty)
        return
    if shown and len(rows) > shown:
        caption = f"{caption} (the first {shown} rows; the download has {len(rows):,})"
    bundle = {
        "text/html": markup(rows.head(shown or len(rows)), caption),
        "text/csv": to_csv(rows),
        "text/plain": f"{caption} ({count(len(rows), 'row')})",
    }
    display(bundle, raw=True)


def markup(rows: pd.DataFrame, caption: str) -> str:
    """The rows as an HTML table, as ``table`` shows them."""
    head = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(_cell(name, value) for name, value in zip(rows.columns, row, strict=True)) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    title = f"<caption>{html.escape(caption)}</caption>"
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def to_csv(rows: pd.DataFrame) -> str:
    """CSV text; a cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    safe = rows.map(lambda cell: f"'{cell}" if isinstance(cell, str) and re.match(r"[=+@\t\r-]", cell) else cell)
    return safe.to_csv(index=False, lineterminator="\n")


def _cell(name: str, value) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "<td></td>"
    if isinstance(value, float):
        value = f"{value:,.2f}".rstrip("0").rstrip(".")
    elif isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:,}" if abs(value) >= 10_000 else str(value)  # years and lists have no comma
    text = html.escape(str(value))
    if str(name) == "sources":
        text = " ".join(f'<a href="#{source}">{source}</a>' for source in split_list(text))
    number = ' class="number"' if isinstance(value, str) and re.fullmatch(r"[\d,.–-]+%?", value) else ""
    chinese = ' lang="zh"' if str(name).endswith("(Chinese)") and text else ""
    return f"<td{number}{chinese}>{text}</td>"


def source_list(data: Data, *columns: pd.Series) -> None:
    """Show the documents behind some rows, given their columns of source ids, as a list to link to."""
    used = {source for column in columns for cell in column for source in split_list(cell)}
    rows = data.sources[data.sources.source_id.isin(used)]
    items = "".join(f'<li id="{row.source_id}">{_source(row)}</li>' for row in rows.itertuples())
    text = f"{count(len(rows), 'source')} used on this page"
    display({"text/html": f'<ul class="sources">{items}</ul>', "text/plain": text}, raw=True)


def _source(row) -> str:
    """One document; an address that is no web address is shown, not linked."""
    name = f"{row.source_id}: {html.escape(row.publisher)}"
    about = ", ".join(part for part in (row.published, row.kind, row.language) if part)
    if row.url.startswith(("http://", "https://")):
        return f'<a href="{html.escape(row.url)}">{name}</a> ({about})'
    return f"{name} ({about}{'; ' + html.escape(row.url) if row.url else ''})"


def card(data: Data, minutes: int, need: str, learn: str) -> None:
    """Show the opening card of a notebook: time, what you need, what you will learn, state of the data."""
    rows = {
        "Time": f"about {count(minutes, 'minute')}",
        "You need": need,
        "You will learn": learn,
        "Data as of": f"{data.as_of}, version {data.version}",
    }
    bullets(f"**{name}**: {value}" for name, value in rows.items())
