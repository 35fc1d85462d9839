"""What all chart forms share: words around the marks, columns found by their meaning, the bundle that is displayed."""

import functools
import inspect
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from IPython.display import display

from chainregistry.charts.letters import wrap
from chainregistry.charts.paper import PHONE, SMALL, WIDE, Paper
from chainregistry.charts.svg import svg
from chainregistry.palette import FAINT
from chainregistry.prose import headings, say, to_csv

NOTHING = "There is nothing to draw: no row fits this selection."
PHONE_MIME = "application/vnd.chart.phone+svg"
"""The drawing for phones beside the wide one: notebooks show the latter and store both."""
LABEL = ("label", "name_en", "name", "short_en", "entity_en", "title")
VALUE = ("value", "number", "count", "services", "registrations", "projects", "events", "rows")
TWINS = {
    "name_en": ("short_zh", "name_zh"),
    "entity_en": ("entity_zh",),
    "service_en": ("service_zh",),
    "short_en": ("short_zh",),
}
"""Columns with the Chinese of a column in English."""
FORMS: dict[str, Callable] = {}
"""The drawing function of each form, by name."""


@dataclass(frozen=True)
class Words:
    """What stands around the marks: finding, measure and unit, source. A small chart has none of them."""

    title: str = ""
    subtitle: str = ""
    source: str = ""


def chart(draw: Callable) -> Callable:
    """A chart of the public vocabulary, made of what draws its marks.

    ``draw(paper, table, **options)`` becomes ``form(table, **options, title, subtitle, source, empty)``. The title is
    the finding, the subtitle the measure and its unit. Without ``source`` the chart names what
    ``table.attrs["source"]`` says, which most steps of pandas hand on. An empty table is answered by the sentence
    ``empty``, or, if that is empty too, by nothing. Nothing is returned. Raises ValueError if a column that the form
    needs is not there.
    """
    name, given = draw.__name__, inspect.signature(draw)
    FORMS[name] = draw
    options = list(given.parameters.values())[1:]
    around = {"title": inspect.Parameter.empty, "subtitle": "", "source": "", "empty": NOTHING}
    kind = inspect.Parameter.KEYWORD_ONLY
    words = [inspect.Parameter(word, kind, default=default, annotation=str) for word, default in around.items()]
    signature = given.replace(parameters=[*options, *words], return_annotation=None)

    @functools.wraps(draw)
    def form(*args, **kwargs) -> None:
        bound = signature.bind(*args, **kwargs)
        about = {word: bound.arguments.pop(word, around[word]) for word in around}
        table = bound.arguments.pop("table")
        source = about["source"] or table.attrs.get("source", "")
        _show(name, table, Words(about["title"], about["subtitle"], source), about["empty"], bound.arguments)

    form.__signature__ = signature
    return form


def draw(
    kind: str, table: pd.DataFrame, words: Words, options: dict, width: float = WIDE, chinese: bool = True
) -> Paper:
    """The drawing of a chart of this vocabulary, this many pixels wide."""
    paper = Paper(width, chinese)
    title, subtitle, foot = (17, 14, SMALL) if not paper.phone else (16, 13.5, SMALL)
    paper.paragraph(words.title, title, bold=True, role="title")
    if words.subtitle:
        paper.y += 3
        paper.paragraph(words.subtitle, subtitle, FAINT, role="subtitle")
    paper.y += 10
    FORMS[kind](paper, table, **options)
    if words.source:
        paper.y += 8
        several = "s" * bool(re.search(r" and |;", words.source))
        paper.paragraph(f"Source{several}: {words.source}", foot, FAINT, role="source")
    return paper.close()


def _show(kind: str, table: pd.DataFrame, words: Words, empty: str, options: dict) -> None:
    """Display both drawings, the table as CSV and the finding as text: nbval compares all four.

    The bundle has no HTML on purpose: where a notebook is not trusted (GitHub, JupyterLab before a run) HTML is
    cleaned of its drawings and only loose labels are left, while SVG is shown as a picture or replaced by the text.
    """
    if table.empty:
        say(empty)
        return
    alt = f"Chart: {words.title} ({words.subtitle}.)" if words.subtitle else f"Chart: {words.title}"
    given = json.loads(json.dumps(options, default=str))
    shown = drawn(kind, table, given)
    about = ". ".join(filter(None, [words.subtitle, described(table, shown)]))
    wide, phone = (svg(draw(kind, table, words, options, width), words.title, about) for width in (WIDE, PHONE))
    carried = {"kind": kind, "title": words.title, "subtitle": words.subtitle, "source": words.source}
    carried |= {"columns": given, "drawn": shown}
    bundle = {"image/svg+xml": wide, PHONE_MIME: phone, "text/csv": to_csv(table), "text/plain": alt}
    display(bundle, metadata={"image/svg+xml": {"alt": alt, "chart": carried}}, raw=True)


SAID = {
    "label": "name", "short_en": "name", "low": "least", "high": "most", "batch": "list", "entities": "registrants",
    "inferred": "also from counts without list numbers",
}  # fmt: skip
"""What columns are called in the description of a drawing that have no title among the data, or another one there."""


def described(table: pd.DataFrame, shown: list[str]) -> str:
    """What a drawing says to those who cannot see it, beside its title: that its numbers can be read, and which.

    Names of the columns ``shown`` are replaced by their titles in the data package; one that is a word already stays.
    """
    titles = dict(zip(shown, headings(shown), strict=True))
    names = [SAID.get(name) or (titles[name] if "_" in name else name) for name in shown]
    rows = f"{len(table)} rows" if len(table) > 1 else "One row"
    return f"{rows} of numbers: {', '.join(name[:1].lower() + name[1:] for name in names)}"


FIRST = ("group", "panel", "row", "label")
"""Options whose columns say what a row is about."""
USUAL = {
    "label": LABEL, "row": LABEL, "panel": LABEL, "value": VALUE, "size": VALUE,
    "low": ("low", "lowest", "earliest"), "high": ("high", "highest", "latest"),
    "start": ("first_day", "earliest", "start", "date"), "end": ("last_day", "latest", "end", "date"),
}  # fmt: skip
"""Columns that a form takes for an option that is not given, where the table has them."""
OWN = {
    "band": {"day": ("day", "date", "quarter")},
    "lists": {"label": ("batch", "list", "label")},
    "moments": {"day": ("date", "day", "published"), "text": ("text", "title", "label")},
    "multiples": {"x": ("year", "quarter", "x")},
    "scatter": {"x": ("x", "projects", "events")},
    "steps": {"day": ("quarter", "first_day", "day", "month", "year")},
}
"""The same for one form alone."""
NO_COLUMN = ("highlight", "rest", "link", "names", "unit", "nothing")
"""Options whose words are not names of columns."""


def usual(kind: str, option: str) -> tuple[str, ...]:
    """Columns that a form takes for an option that is not given, the first that is there."""
    return OWN.get(kind, {}).get(option, USUAL.get(option, ()))


def drawn(kind: str, table: pd.DataFrame, options: dict) -> list[str]:
    """Those columns of a table that a chart shows, the labels first: what its numbers are to a reader.

    ``options`` are those given to the form, as the metadata of a figure carry them. Where none can be told, all are.
    """
    asked, found = inspect.signature(FORMS[kind]).parameters, []
    first = [option for option in FIRST if option in asked or (option == "label" and "day" not in asked)]
    for option in dict.fromkeys([*first, *asked]):
        given = options.get(option)
        if given is None and option in asked and isinstance(asked[option].default, str):
            given = asked[option].default
        if given is None:
            found += _usual(kind, table, option, asked, options)
        elif isinstance(given, str | list) and option not in NO_COLUMN:
            found += [name for name in ([given] if isinstance(given, str) else given) if name in table]
    return list(map(str, dict.fromkeys(found) or table))


def _usual(kind: str, table: pd.DataFrame, option: str, asked: Mapping, options: dict) -> list[str]:
    """The column that a form takes for an option that is not given, if any: a usual name, else the first that fits."""
    if option == "label" and ("panel" in asked or "row" in asked):
        return []
    names = usual(kind, option)
    if found := [name for name in names if name in table][:1]:
        return found
    numeric = [pd.api.types.is_numeric_dtype(table[name]) for name in table]
    texts = [name for name, number in zip(table, numeric, strict=True) if not number]
    numbers = [name for name, number in zip(table, numeric, strict=True) if number]
    if kind == "heatmap" and option in ("row", "column"):
        return texts[:1] if option == "row" else texts[1:2]
    if option in ("label", "row", "panel"):
        return texts[:1] if option in asked else []
    return numbers[:1] if option in ("value", "size") and not options.get("parts") else []


def redraw(chart: dict, csv: str, words: Words | None = None, rows: int = 7, width: float = PHONE) -> Paper:
    """A chart drawn anew for a picture, small: of many rows the first few, which a subtitle says, without words
    unless some are given.

    ``chart`` is what its drawing carries in the metadata, ``csv`` its CSV twin. Chinese is left out: the letters of
    a picture are those of DejaVu Sans.
    """
    table = pd.read_csv(io.StringIO(csv), dtype={chart["columns"].get("text"): str})
    if chart["kind"] in ("bars", "intervals", "estimates", "diverging", "dumbbells"):
        whole, table = len(table), table.head(rows)
        if words and words.subtitle and len(table) < whole:
            words = replace(words, subtitle=f"{words.subtitle} (the first {len(table)} of {whole})")
    options = chart["columns"] | ({"key": False} if chart["kind"] == "tiles" and not words else {})
    return draw(chart["kind"], table, words or Words(), options, width, chinese=False)


def column(table: pd.DataFrame, given: str | None, usual: Iterable[str], what: str) -> str:
    """The name of a column: the one given, else the first usual one that is there."""
    names = [given] if given else [name for name in usual if name in table]
    if not names or names[0] not in table:
        asked = f"no column {given!r}" if given else f"none of the usual columns for it ({', '.join(usual)})"
        raise ValueError(f"cannot draw {what}: the table has {asked}; it has {', '.join(map(str, table.columns))}")
    return names[0]


def labels(table: pd.DataFrame, given: str | None) -> tuple[str, list[str], list[str]]:
    """The column of labels (default: a usual name, else the first of text), its texts, and these with their Chinese."""
    texts = [name for name in table if not pd.api.types.is_numeric_dtype(table[name])]
    name = column(table, given, [*LABEL, *texts], "labels")
    plain = list(table[name].astype(str))
    twin = next((other for other in TWINS.get(name, ()) if other in table), None)
    if not twin:
        return name, plain, plain
    both = (
        f"{one} {other}" if pd.notna(other) and other else one for one, other in zip(plain, table[twin], strict=True)
    )
    return name, plain, list(both)


def values(table: pd.DataFrame, given: str | None, what: str = "values") -> pd.Series:
    """A column of numbers (default: a usual name, else the first column of numbers), a missing one as NaN."""
    numeric = [name for name in table if pd.api.types.is_numeric_dtype(table[name])]
    return table[column(table, given, [*VALUE, *numeric], what)].astype(float)


def ends(table: pd.DataFrame, low: str | None, high: str | None) -> tuple[pd.Series, pd.Series]:
    """Lower and upper ends of ranges; where nothing limits one from above, the upper is NaN."""
    lows = table[column(table, low, USUAL["low"], "ranges")]
    return lows.astype(float), table[column(table, high, USUAL["high"], "ranges")].astype(float)


def linked_to(kind: str, slugs: Iterable) -> list[str]:
    """Addresses of pages ("page:province/beijing"), which the publisher turns into links; none for a missing slug."""
    return [f"page:{kind}/{slug}" if isinstance(slug, str) and slug else "" for slug in slugs]


def wrapped(names: Iterable[str], size: float, room: float) -> list[list[str]]:
    """The lines of each name, no wider than ``room`` pixels in letters of this size."""
    return [wrap(name, size, room) for name in names]
