"""Computed sentences, tables and sources: every number in the prose of a page passes through here.

Text is text: nothing that comes out of the data can mark up, link or open a heading. What marks up is said by
``strong``, ``link`` and ``cite``, whose marks are code points that Unicode keeps out of all text.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pandas as pd
from IPython.display import display

from chainregistry import data as package
from chainregistry.data import Data, split_list
from chainregistry.stories import Story
from chainregistry.values import INFERRED, Interval, Span, count, day, decimals_beside_one, outlet, remark

STRONG, LINK, TO, CITE, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
PAGE = "page:"
"""How a link to another page of the collection begins, such as page:province/tibet: the page itself puts the path."""
HEADINGS = {
    "low": "Least", "high": "Most", "inferred": "Also from counts without list numbers",
    "date_inferred": "Date inferred",
    "named": "Identified", "services_named": "Services",
    "others": "Further documents", "width": "Width of its range", "least": "Sum of all widths shrinks by at least",
    "most": "Sum of all widths shrinks by at most", "total": "All widths together", "registered": "Services, per cent",
    "run": "Projects, per cent", "sample": "Side", "effective": "Equally frequent fields",
}  # fmt: skip
"""Headings of columns that several computed tables have."""
WORDS = {
    "level": {
        "national": "central government", "provincial": "province", "prefecture": "city",
        "county": "county or district", "central-branch": "branch of a central agency",
        "state-owned": "state-owned firm", "none": "firm, university or other body, or none named",
        "foreign-national": "foreign government", "foreign-local": "foreign province or city",
    },
    "stage": {"pilot": "tried", "live": "running", "closed": "ended"},
    "confidence": {"low": "doubtful"},
    "kind": {
        "deployment": "use or plan of a system", "tally": "count of firms, projects or uses", "market": "market news",
        "policy": "plan or rule", "restriction": "ban or warning", "mirror": "copy",
    },
}  # fmt: skip
"""What a page calls codes that do not speak for themselves, by column; of others the hyphens become blanks."""
LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "pa": "Punjabi", "pt": "Portuguese", "th": "Thai", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
HEADED = {
    "province_code": "Province", "sector": "Field", "label": "Name", "level": "Kind of body",
    "bears_on": "What it finds, and what that means here",
}  # fmt: skip
"""Headings of columns that mean the same whatever table they come from."""
PLAIN = ("year", "list", "batch", "since", "until")
"""Columns of whole numbers that are names: no comma stands in them."""
RATIOS = ("ratio", "low", "high", "from", "to")
"""Columns of ratios and of their ends: what is not one must not read as one."""
SHOWN = 12
"""Rows of a table that are shown at once; the others fold out."""

_notes: dict[str, int] = {}


@dataclass(frozen=True)
class _Names:
    """What codes are called: descriptions of fields by table, pages and names of codes by column, titles of sources."""

    tables: tuple[dict[str, dict], ...]
    pages: dict[str, dict[str, tuple[str, str]]]
    sources: dict[str, str]


@lru_cache(maxsize=1)
def _names(folder: Path) -> _Names:
    data = package.load(folder)
    tables = [
        {field["name"]: field for field in resource["schema"]["fields"]} for resource in data.description["resources"]
    ]
    pages = {
        "province_code": {
            row.province_code: (f"province/{row.slug}", row.name_en) for row in data.regions.itertuples()
        },
        "sector": {row.sector: (package.field_page(row.sector), row.label) for row in data.sectors.itertuples()},
    }
    sources = {
        row.source_id: f"{row.publisher}, {day(row.published) if row.published else 'undated'}"
        for row in data.sources.itertuples()
    }
    return _Names(tuple(tables), pages, sources)


def strong(text) -> str:
    """Words in bold."""
    return f"{STRONG}{text}{END}"


def link(page: str, text: str) -> str:
    """Words that lead to another page of the collection, such as ``link("province/tibet", "Tibet")``."""
    return f"{LINK}{page}{TO}{text}{END}"


def cite(source_ids: str) -> str:
    """Numbered notes for one or several sources, given as in the tables: "s024 s031"."""
    return "".join(f"{CITE}{source}{END}" for source in split_list(source_ids))


def say(*sentences: str) -> None:
    """Show computed sentences as one paragraph; the first letter of each becomes a capital."""
    text = " ".join(re.sub(r"^(\ufdd0?)(\w)", lambda m: m[1] + m[2].upper(), part) for part in sentences if part)
    if text:
        _show(f"<p>{_marked(text)}</p>", text)


def bullets(items: Iterable[str]) -> None:
    """Show computed sentences as a list."""
    items = list(items)
    if items:
        _show(f"<ul>{''.join(f'<li>{_marked(item)}</li>' for item in items)}</ul>", "\n".join(items))


def record_of(known: Iterable[str], unknown: Iterable[str], more: str, nothing: str = "nothing yet") -> None:
    """Show what a page rests on: what is known (else ``nothing``), a line for each part, what is not, and what would
    tell more; without empty parts (``values.some``)."""
    say(strong("What is known:"))
    bullets(f"{part[:1].upper()}{part[1:]}." for part in [*filter(None, known)] or [nothing])
    unknown = "".join(f"{part}; " for part in unknown if part)
    say(
        f"{strong('What is not known for certain:')} {unknown}{'and ' if unknown else ''}anything never reported, or"
        " reported only in sources that we did not read."
    )
    say(
        f"{strong('What would tell us more:')} {more}, the {link('official-lists', 'official lists')} themselves, or a"
        " report on local projects that names its sources."
    )


def looked_up(parts: Iterable[str], word: str) -> list[str]:
    """Parts of a listing that a page counts and does not show, and where to find all; without empty ones."""
    told = [part for part in parts if part]
    return [*told, f"the news can be {link('find', 'looked up')} under “{word}”"] if told else []


def tell(story: Story) -> None:
    """Show a story of ``stories.of``: its title, and its dated sentences with their notes; nothing for none."""
    say(strong(story.title) if story else "")
    bullets(
        f"{strong(f'{day(row.date)}{INFERRED * row.date_inferred}:')} {row.text}{cite(row.source_ids)}"
        for row in story.moments.itertuples()
    )
    say(story.remark)


def headline(statement: str) -> None:
    """Show the statement that heads the page; the notebook's question stands above it, small.

    No line breaks inside a range such as "1 to 3".
    """
    statement = statement[:1].upper() + statement[1:]
    words = re.sub(r"(?<=\d) (to|and) (?=\d)", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", _marked(statement))
    _show(f'<h1 class="statement">{words}</h1>', statement)


def _show(markup: str, text: str) -> None:
    plain = re.sub(rf"{CITE}[^{END}]*{END}|{LINK}[^{TO}]*{TO}|[{STRONG}{END}]", "", text)
    display({"text/html": markup, "text/plain": plain}, raw=True)


def _marked(text: str) -> str:
    """HTML of a sentence: everything escaped but what ``strong``, ``link`` and ``cite`` marked."""
    text = html.escape(" ".join(text.split()), quote=False)
    text = re.sub(rf"{CITE}([^{END}]*){END}", lambda note: _note(note[1]), text)
    text = re.sub(rf"{LINK}([^{TO}]*){TO}([^{END}]*){END}", rf'<a href="{PAGE}\1">\2</a>', text)
    return re.sub(rf"{STRONG}([^{END}]*){END}", r"<strong>\1</strong>", text).replace("</sup><sup", "</sup>&#8239;<sup")


def _note(source: str) -> str:
    """The number of a source on this page, in the order of first citing, leading to it in the list of sources."""
    number = _notes.setdefault(source, len(_notes) + 1)
    title = html.escape(_names(package.folder()).sources.get(source, source))
    return f'<sup class="note"><a href="#{html.escape(source)}" title="{title}">{number}</a></sup>'


def table(
    rows: pd.DataFrame,
    caption: str,
    columns: list[str] | None = None,
    bars: Iterable[str] = (),
    empty: str = "No row fits this selection.",
    shown: int = SHOWN,
) -> None:
    """Show a table with its caption; its CSV twin travels with it.

    Headings are the titles of the fields in ``datapackage.json``, first of that table with which the rows share most
    columns; a computed column is headed by its own name.
    Codes of provinces and sectors are shown by name and lead to their pages, columns ``…_zh`` are marked as Chinese,
    sources become numbered notes. Numbers stand on the right, one form a column; ``bars`` names columns whose numbers
    are drawn behind them. A date is marked where the rows say that it is inferred (``date_inferred``), chosen or not.
    A column without any entry is left out; nothing above zero is shown as zero. No more than ``shown`` rows stand open,
    the others fold out. Every cell is escaped. Without a row ``empty`` is said instead, or nothing if that is empty.
    """
    inferred = rows.get("date_inferred")
    if columns:
        rows = rows[columns]
    if rows.empty:
        say(empty)
        return
    bundle = {
        "text/html": markup(rows, caption, bars, shown, inferred),
        "text/csv": to_csv(rows),
        "text/plain": f"{caption} ({count(len(rows), 'row')})",
    }
    display(bundle, raw=True)


def markup(
    rows: pd.DataFrame,
    caption: str,
    bars: Iterable[str] = (),
    shown: int = SHOWN,
    inferred: pd.Series | None = None,
) -> str:
    """The rows as an HTML table, as ``table`` shows them; ``inferred`` says of each whether its date is."""
    fields = _fields(rows.columns)
    filled = [name for name in rows if _filled(rows[name])]
    columns = [_Column(name, rows[name], name in set(bars), fields.get(name, {})) for name in filled]
    for column in columns:
        if column.name == "date" and inferred is not None:
            column.marked = list(inferred)
    head = "".join(f'<th scope="col"{column.align}>{html.escape(column.heading)}</th>' for column in columns)
    lines = ["<tr>" + "".join(cells) + "</tr>" for cells in zip(*(column.cells() for column in columns), strict=True)]
    if len(lines) <= shown + 3:  # a fold for three rows would take more room than they do
        shown = len(lines)

    def part(title: str, lines: list[str]) -> str:
        body = "".join(lines)
        return (
            f"<table><caption>{html.escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    text = part(caption, lines[:shown])
    if lines[shown:]:
        more = part(f"{caption}, continued", lines[shown:])
        text += f'<details class="more"><summary>Show the other {len(lines) - shown} rows</summary>{more}</details>'
    return text


def _filled(values: pd.Series) -> bool:
    """Whether a column has an entry; what is true of no row leaves its cells empty."""
    if pd.api.types.is_bool_dtype(values):
        return bool(values.any())
    return bool(values.notna().any() and not values.isin(["", None]).all())


def headings(columns: Iterable[str]) -> list[str]:
    """What a reader finds above these columns of a table."""
    columns = list(columns)
    fields = _fields(columns)
    return [_heading(name, fields.get(name, {})) for name in columns]


def _heading(name: str, field: dict) -> str:
    """The title of a field in ``datapackage.json``, else what a computed column is called."""
    words = HEADINGS.get(name, name.replace("_", " "))
    return HEADED.get(name) or field.get("title") or words[:1].upper() + words[1:]


def _fields(columns: Iterable[str]) -> dict[str, dict]:
    """Descriptions of columns, of each name by the table that has most of them."""
    found: dict[str, dict] = {}
    for table in sorted(_names(package.folder()).tables, key=lambda table: -len({*table} & {*columns})):
        found = table | found
    return found


class _Column:
    """One column on its way into HTML."""

    def __init__(self, name: str, values: pd.Series, drawn: bool, field: dict) -> None:
        self.name, self.values = str(name), values
        names = _names(package.folder())
        self.pages = names.pages.get(self.name, {})
        fields = self.name == "label" and {*values} <= {words for _, words in names.pages["sector"].values()}
        self.heading = HEADED["sector"] if fields else _heading(self.name, field)
        self.codes = set(field.get("constraints", {}).get("enum", []))
        numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
        numbers = [value for value in numbers if not pd.isna(value)]
        self.numeric = bool(numbers) or all(isinstance(value, Interval) for value in values)
        whole = all(float(number).is_integer() for number in numbers)
        small = bool(numbers) and max(map(abs, numbers)) < 1
        digits = decimals_beside_one(numbers) if self.name in RATIOS else 1
        self.spec = "" if whole else ".2f" if small else f",.{digits}f"
        self.most = max(map(abs, numbers), default=0) if drawn else 0
        self.align = ' class="number"' if self.numeric else ""
        self.chinese = self.name.endswith(("_zh", "(Chinese)"))
        self.marked = [False] * len(values)
        """Of each row whether its entry is inferred, not printed."""
        dated = self.name in ("date", "published")
        if not (self.numeric or dated or self.pages) and all(map(_ranged, map(str, values))):
            self.align = ' class="number"'

    def cells(self) -> Iterable[str]:
        label = f' data-label="{html.escape(self.heading)}"'
        for value, inferred in zip(self.values, self.marked, strict=True):
            text = self.cell(value) + INFERRED * bool(inferred)
            chinese = ' lang="zh"' if self.chinese and text else ""
            drawn = f' style="--part:{100 * abs(value) / self.most:.0f}%"' if self.most and not pd.isna(value) else ""
            yield f"<td{self.align}{chinese}{drawn}{label}>{text}</td>"

    def cell(self, value) -> str:
        """HTML of one cell."""
        if pd.api.types.is_scalar(value) and pd.isna(value):
            return "not known" if self.name == "batch" else ""
        if isinstance(value, bool):
            return "yes" if value else ""
        if isinstance(value, (int, float)):
            text = f"{value:{self.spec or ('.0f' if self.name in PLAIN else ',.0f')}}"
            return f"&lt;{text[:-1]}1" if value > 0 and float(text.replace(",", "")) == 0 else text.replace("-", "−")
        if isinstance(value, pd.Timestamp):
            return str(Span(value, value))
        text = str(value)
        if self.name in ("source_ids", "sources"):
            return "".join(_note(source) for source in split_list(text))
        if text in self.pages:
            page, words = self.pages[text]
            return f'<a href="{PAGE}{html.escape(page)}">{html.escape(words)}</a>'
        if re.fullmatch(r"\d{4}(-\d\d){1,2}", text):
            text = day(text, quarter=self.name == "quarter")
        if self.name == "url" and text.startswith(("https://", "http://")):
            doi = text.partition("//doi.org/")[2]
            return f'<a href="{html.escape(text)}">{html.escape(doi or text.split("/")[2])}</a>'
        if text in self.codes:
            text = WORDS.get(self.name, {}).get(text, text.replace("-", " "))
        return html.escape(text)


def _ranged(text: str) -> bool:
    """Whether a text is a number, a range or a share."""
    return bool(re.fullmatch(r"[\d,.–]+%?", text))


def no_formula(cell: object) -> object:
    """A cell; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and re.match(r"[=+@\t\r-]", cell) else cell


def to_csv(rows: pd.DataFrame) -> str:
    """CSV text without formulas."""
    return rows.map(no_formula).to_csv(index=False, lineterminator="\n")


def source_list(data: Data, *columns: pd.Series) -> None:
    """Show all documents that the page cites, each with the number of its note, and then those behind some rows, given
    their columns of source ids, both by outlet. Without any nothing is shown."""
    used = {source for column in columns for cell in column for source in split_list(cell)} | set(_notes)
    rows = data.sources[data.sources.source_id.isin(used)]
    rows = rows.assign(outlet=rows.publisher.map(outlet), behind=~rows.source_id.isin(set(_notes)))
    rows = rows.assign(order=rows.outlet.str.casefold())
    rows = rows.sort_values(["behind", "order", "outlet", "published", "source_id"])
    if rows.empty:
        return
    groups = "".join(
        f"<li><b>{html.escape(name)}</b><ul>{''.join(map(_source, group))}</ul></li>"
        for (_, name), group in groupby(rows.itertuples(), lambda row: (row.behind, row.outlet))
    )
    text = count(len(rows), "source")
    if behind := int(rows.behind.sum()):
        text += f": {len(rows) - behind} cited above, {behind} more behind charts and tables" * (behind < len(rows))
    markup = f'<details class="sources"><summary>{text}</summary><ul>{groups}</ul></details>'
    display({"text/html": markup, "text/plain": text}, raw=True)


def _source(row) -> str:
    """One document; an address that is no web address is shown, not linked."""
    number = f"{_notes[row.source_id]}: " if row.source_id in _notes else ""
    when = day(row.published) if row.published else "undated"
    kind, language = WORDS["kind"].get(row.kind, row.kind.replace("-", " ")), LANGUAGES.get(row.language, "")
    said = remark(row.publisher) if remark(row.publisher) not in (row.kind, kind, language) else ""
    about = html.escape(", ".join(filter(None, [kind * (kind not in said), f"in {language}" * bool(language), said])))
    address = html.escape(row.url)
    web = row.url.startswith(("http://", "https://"))
    where = f'<a href="{address}">{when}</a>' if web else ", ".join(filter(None, [when, address]))
    return f'<li id="{row.source_id}">{number}{where} ({about})</li>'


def card(data: Data, minutes: int, need: str, learn: str) -> None:
    """Show the card of a notebook: time, what you need, what you will learn, state of the data."""
    bullets(
        [
            f"{strong('Time')}: about {count(minutes, 'minute')}",
            f"{strong('You need')}: {need}",
            f"{strong('You will learn')}: {learn}",
            f"{strong('Data as of')}: {data.as_of}, version {data.version}",
        ]
    )
