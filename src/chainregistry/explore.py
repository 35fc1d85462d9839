"""Exploring the rows: a selection with what is known of it, and a panel of widgets that redraws it.

``Selection`` needs no widgets and works anywhere; ``panel`` is for a running JupyterLab. The widgets' scripts come
with the installed packages, so nothing is fetched from the network.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape

import pandas as pd

from chainregistry import bounds, charts, classify, events, parameters, prose, register, values
from chainregistry.data import RANKS, UNSORTED, Data, split_list

EXACT = ("day", "month")
"""Precisions of a list's date that tell its year."""


@dataclass(frozen=True)
class Selection:
    """Registrations and news events of mainland China that fit a choice, and how complete they are.

    Parameters
    ----------
    province, sector, level
        a slug of ``regions``, a sector, a level of ``events.LOCAL``, or "all"; a registration has no level, so that
        the level narrows the events alone
    since, until
        first and last year; of a registration counts the year of its list
    confidence
        least confidence of a row
    models
        models of the bounds by confidence; selections of the same data share them, as solving them takes time

    Raises
    ------
    parameters.ParameterError
        for a value out of its vocabulary, or a period that ends before it begins.
    """

    data: Data = field(repr=False)
    province: str = "all"
    sector: str = "all"
    level: str = "all"
    since: int = 0
    until: int = 9999
    confidence: str = "medium"
    models: dict[str, bounds.Model] = field(default_factory=dict, repr=False)

    def __post_init__(self):
        parameters.choose(self.data, province=self.province, sector=self.sector, level=self.level)
        if self.confidence not in RANKS:
            hint = parameters.suggestion(self.confidence, RANKS)
            raise parameters.ParameterError(f"confidence has no value {self.confidence!r}{hint}")
        if self.since > self.until:
            raise parameters.ParameterError(f"since ({self.since}) lies after until ({self.until})")

    @cached_property
    def registrations(self) -> pd.DataFrame:
        """Named registrations that surely fit, as rows of ``data.registrations``."""
        return self._named(sure=True)

    @cached_property
    def perhaps(self) -> int:
        """Number of named registrations that may fit: no source gives their province, purpose or list."""
        return len(self._named(sure=False)) - len(self.registrations)

    @cached_property
    def events(self) -> pd.DataFrame:
        """News events of mainland China that fit, of every kind, with the span of days of each date."""
        found = events.select(
            self.data, sector=self.sector, since=self.since, until=self.until, confidence=self.confidence
        )
        keep = found.country == "China"
        if self.province != "all":
            keep &= found.province_code == self._place.province_code
        if self.level != "all":
            keep &= found.level == self.level
        return found[keep]

    @cached_property
    def imported(self) -> pd.DataFrame:
        """Services of the imported lists that fit, as rows of ``data.official``; sectors by the classifier."""
        rows = self.data.official
        rows = rows[rows.batch.isin(self.lists)]
        if self.province != "all":
            rows = rows[rows.province_code == self._place.province_code]
        if self.sector != "all" and len(rows):
            found = classify.classify(rows.service_zh, self.data.sectors).sector
            rows = rows[found.to_numpy() == self.sector]
        return rows

    @cached_property
    def lists(self) -> list[int]:
        """Numbers of the lists that were surely published in the period."""
        years = list_years(self.data)
        return [int(n) for n in years[(years["first"] >= self.since) & (years["last"] <= self.until)].index]

    def sentences(self) -> dict[str, str]:
        """What is known of the selection, by layer of knowledge: named, published, bounded, complete, and the news."""
        found = {"Named": self._named_sentence(), "Published": self._published(), "Bounded": self._bounded()}
        if self.data.complete:
            kind = "simulated" if self.data.simulated else "imported"
            known = values.listing(str(batch) for batch in self.data.complete)
            found["Complete"] = f"{values.count(len(self.imported), 'service')} of the {kind} lists ({known}) fit."
        return {**found, "In the news": self._news()}

    def describe(self) -> None:
        """Show the sentences as a list."""
        prose.bullets(f"{prose.strong(layer)}: {sentence}" for layer, sentence in self.sentences().items())

    def chart(self) -> None:
        """Show the events by year and by the first of sector, province and kind that is left open."""
        by = "sector" if self.sector == "all" else "province" if self.province == "all" else "kind"
        names = {
            "sector": self.events.sector.map(_labels(self.data)),
            "province": self.events.province_code.map(_names(self.data)),
            "kind": self.events.kind.str.capitalize(),
        }[by]
        rows = pd.DataFrame({by: names, "year": "’" + self.events.date.str[2:4]})[names != ""]
        order = rows[by].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        rest = order.index.isin(self.data.sectors.label[self.data.sectors.sector.isin(UNSORTED)])
        order, outside = pd.concat([order[~rest], order[rest]]), order[rest].sum()
        first, last = _years(self.data)
        charts.heatmap(
            rows.groupby([by, "year"]).size().rename("events").reset_index(),
            by,
            "year",
            "events",
            title=f"{order.index[0]} leads with {order.iloc[0]} of {values.count(len(rows), 'event')}"
            + (f"; {outside} fit no field" if outside else "")
            if len(order) > 1
            else f"{values.listing(order.index)}: {values.count(len(rows), 'event')}",
            subtitle=f"News events of {self._where} by {by} and year",
            source=f"news events, see the table; they favour {events.outlet_read(self.data)}",
            rows=list(order.index),
            columns=[f"’{year % 100}" for year in range(max(first, self.since), min(last, self.until) + 1)],
            empty="There is nothing to draw: no event fits this selection.",
        )

    @cached_property
    def _place(self) -> pd.Series:
        return self.data.province(self.province)

    @cached_property
    def _all_grades(self) -> "Selection":
        return replace(self, confidence=RANKS[-1])

    @property
    def _where(self) -> str:
        return "mainland China" if self.province == "all" else self._place.name_en

    def _named(self, sure: bool) -> pd.DataFrame:
        """Named rows that fit for sure, or that nothing known keeps from fitting."""
        rows, years = self.data.named(self.confidence), list_years(self.data)
        first = rows.batch.map(years["first"]).fillna(years["first"].min())
        last = rows.batch.map(years["last"]).fillna(years["last"].max())
        early, late = (first, last) if sure else (last, first)
        keep = (early >= self.since) & (late <= self.until)
        if self.province != "all":
            keep &= rows.province_code.isin([self._place.province_code] + ([] if sure else [""]))
        if self.sector != "all":
            keep &= rows.sector.isin([self.sector] + ([] if sure else ["unclear"]))
        return rows[keep]

    def _named_sentence(self) -> str:
        found, aside = len(self.registrations), len(self._all_grades.registrations) - len(self.registrations)
        return (
            f"{values.count(found, 'registration')} {'fits' if found == 1 else 'fit'}"
            + (f", {aside} of lower confidence aside" if aside else "")
            + (f"; {self.perhaps} more may, as no source gives their province, purpose or list" if self.perhaps else "")
            + "."
        )

    def _published(self) -> str:
        lists = self.data.batches[self.data.batches.batch.isin(self.lists)]
        if lists.empty:
            return "no list is surely of this period."
        known = lists.services.dropna()
        said = (
            f"{values.count(len(lists), 'list')} appeared in this period; the size of {len(known)} is known, "
            f"{values.count(int(known.sum()), 'service')} together"
        )
        if self.province == "all":
            return said + "."
        counts = self.data.published_counts
        counts = counts[counts.batch_first.isin(self.lists) & counts.batch_last.isin(self.lists)]
        about = sum(self._place.province_code in codes.split() for codes in counts.province_code)
        return f"{said}; {values.count(about, 'printed count')} {'tells' if about == 1 else 'tell'} of {self._where}."

    def _bounded(self) -> str:
        if self.sector != "all":
            return "bounds are computed by province and list, not by sector."
        if not self.lists:
            return "without a list there is nothing to bound."
        if self.confidence not in self.models:
            self.models[self.confidence] = bounds.Model(self.data, confidence=self.confidence)
        model = self.models[self.confidence]
        span = (self.lists[0], self.lists[-1])
        number = model.total(*span) if self.province == "all" else model.between(self._place.province_code, *span)
        noun = "service" if str(number) in ("1", "at least 1") else "services"
        return f"by all published facts together {self._where} has {number} {noun} on {values.lists_in_words(*span)}."

    def _news(self) -> str:
        found = self.events
        acts = events.local(self.data, confidence=self.confidence)
        used = acts[acts.event_id.isin(found.event_id) & (acts.kind == "deployment") & (acts.stage != "announced")]
        aside = len(self._all_grades.events) - len(found)
        return (
            f"{values.count(len(found), 'event')} {'fits' if len(found) == 1 else 'fit'}"
            + (f", {aside} of lower confidence aside" if aside else "")
            + f"; {len(used) or 'none'} of them {'is a deployment' if len(used) == 1 else 'are deployments'} by local "
            "governments or courts, in trial or in use. Silence of the news is no proof of absence."
        )


def list_years(data: Data) -> pd.DataFrame:
    """First and last year in which each list may have been published: columns first and last, indexed by list.

    Lists come out in their order, so that one without a date lies between its neighbours.
    """
    lists = data.batches.set_index("batch").sort_index()
    years = pd.to_numeric(lists.published.str[:4])
    exact = years.where(lists.date_precision.isin(EXACT))
    return pd.DataFrame({"first": exact.ffill().fillna(years.min()), "last": years.bfill().fillna(years.max())})


def registrations_table(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Registrations for reading, as HTML cells: Chinese marked as such, each source a link."""
    table = register.for_reading(rows).drop(columns="row")
    table.insert(1, "province", rows.province_code.map(_names(data)))
    return _cells(data, table.assign(sector=rows.sector.map(_labels(data))))


def events_table(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Events for reading, as HTML cells, each source a link."""
    table = pd.DataFrame(
        {
            "date": rows.date,
            "event": rows.title + ". " + rows.summary,
            "province": rows.province_code.map(_names(data)),
            "level": rows.level,
            "sector": rows.sector.map(_labels(data)),
            "kind": rows.kind.where(rows.kind == rows.stage, rows.kind + ", " + rows.stage),
            "confidence": rows.confidence,
            "sources": rows.source_ids,
        }
    )
    return _cells(data, table)


def imported_table(data: Data, rows: pd.DataFrame) -> pd.DataFrame:
    """Services of imported lists for reading, as HTML cells."""
    names = {
        "batch": "list",
        "entity_zh": "registrant (Chinese)",
        "service_zh": "service (Chinese)",
        "filing_number": "filing number",
        "county_zh": "county (Chinese)",
    }
    return _cells(data, rows[list(names)].rename(columns=names))


def panel(data: Data, **choice) -> "Panel":
    """Widgets to choose a selection by, and what it holds; ``choice`` is the selection to begin with.

    As the last line of a cell it shows itself; ``panel.selection`` is what is chosen at the moment.
    """
    return Panel(Selection(data, **choice))


class Panel:
    """The panel that ``panel`` makes: ``controls`` by name, the ``summary`` and the ``tables`` by name."""

    def __init__(self, selection: Selection):
        import ipywidgets as widgets
        from itables.widget import ITable

        self.selection = selection
        data = selection.data
        first, last = _years(data)
        lists = {
            "province": [("All provinces", "all"), *zip(_bilingual(data), data.regions.slug, strict=True)],
            "sector": [("All sectors", "all"), *zip(data.sectors.label, data.sectors.sector, strict=True)],
            "level": [("All levels", "all"), *((level.capitalize(), level) for level in events.LOCAL)],
            "confidence": [("High only", "high"), ("High and medium", "medium"), ("Low as well", "low")],
        }
        wide = {"layout": widgets.Layout(width="auto")}
        self.controls = {
            name: widgets.Dropdown(
                description=name.capitalize(), options=options, value=getattr(selection, name), **wide
            )
            for name, options in lists.items()
        }
        self.controls["period"] = widgets.IntRangeSlider(
            description="Period",
            min=first,
            max=last,
            value=(max(first, min(selection.since, last)), min(last, max(selection.until, first))),
            continuous_update=False,
            **wide,
        )
        self.summary = widgets.HTML()
        self.tables = {name: ITable(pd.DataFrame(), **_LOOK) for name in self._rows(selection)}
        self._tabs = widgets.Tab(list(self.tables.values()))
        chart = widgets.interactive_output(self._choose, self.controls)
        side = widgets.VBox([*self.controls.values(), self.summary], layout=widgets.Layout(flex="1 1 320px"))
        chart.layout = widgets.Layout(flex="1 1 400px", max_width="600px")
        head = widgets.HBox([side, chart], layout=widgets.Layout(flex_flow="row wrap"))
        self._view = widgets.VBox([head, self._tabs])

    def _repr_mimebundle_(self, **options):
        return self._view._repr_mimebundle_(**options)

    def _choose(self, period: tuple[int, int], **choice) -> None:
        """Show another selection: draws its chart, which the caller places, and renews text and tables."""
        self.selection = chosen = replace(self.selection, since=period[0], until=period[1], **choice)
        items = (f"<li><b>{layer}</b>: {escape(sentence)}</li>" for layer, sentence in chosen.sentences().items())
        self.summary.value = f'<ul style="line-height: 1.45; padding-left: 1.2em">{"".join(items)}</ul>'
        for position, (name, (rows, table)) in enumerate(self._rows(chosen).items()):
            self.tables[name].update(table(chosen.data, rows), **_LOOK)
            self._tabs.set_title(position, f"{name} ({len(rows):,})")
        chosen.chart()

    @staticmethod
    def _rows(chosen: Selection) -> dict:
        """The tables of a selection, each with the function that prepares it for reading."""
        tables = {
            "Registrations": (chosen.registrations, registrations_table),
            "Events": (chosen.events, events_table),
        }
        if chosen.data.complete:
            tables["Imported lists"] = (chosen.imported, imported_table)
        return tables


_LOOK = {
    "allow_html": True,  # links and language marks; every other cell is escaped
    "maxBytes": 0,  # all rows: a sample would look like the whole
    "showIndex": False,
    "classes": "display compact",
    "style": "width:100%",
    "pageLength": 10,
}

_WIDTHS = {"date": "6em", "event": "15em"}
"""Columns that would break into too many lines; a table wider than the screen scrolls in its own box."""


def _years(data: Data) -> tuple[int, int]:
    """First and last year of any event or list."""
    years = pd.concat([data.events.date, data.batches.published[data.batches.published != ""]]).str[:4].astype(int)
    return int(years.min()), int(years.max())


def _names(data: Data) -> dict[str, str]:
    return {"": "", **data.regions.set_index("province_code").name_en}


def _labels(data: Data) -> pd.Series:
    return data.sectors.set_index("sector").label


def _bilingual(data: Data) -> pd.Series:
    return data.regions.name_en + " " + data.regions.short_zh


def _cells(data: Data, table: pd.DataFrame) -> pd.DataFrame:
    """Every cell escaped; Chinese marked as such; each source id a link to its document."""
    links = {row.source_id: _link(row) for row in data.sources.itertuples()}
    table = table.copy()
    for name in table.columns:
        if name == "sources":
            table[name] = [" ".join(links[source] for source in split_list(cell)) for cell in table[name]]
        elif pd.api.types.is_string_dtype(table[name]):
            table[name] = table[name].map(escape)
            if name.endswith("(Chinese)"):
                table[name] = '<span lang="zh">' + table[name] + "</span>"
            elif name in _WIDTHS:
                table[name] = f'<div style="min-width: {_WIDTHS[name]}">' + table[name] + "</div>"
    return table


def _link(source) -> str:
    """One document; an address that is no web address is not linked."""
    about = escape(", ".join(part for part in (source.publisher, source.published) if part))
    if source.url.startswith(("http://", "https://")):
        return (
            f'<a href="{escape(source.url)}" title="{about}" target="_blank" rel="noopener" '
            f'style="color: var(--jp-content-link-color); text-decoration: underline">{source.source_id}</a>'
        )
    return f'<span title="{about}">{source.source_id}</span>'
