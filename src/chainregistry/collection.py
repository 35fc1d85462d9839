"""The one place that tells the engine ``nbpages`` about this collection: data, parameters, and what its pages show."""

import csv
import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import ClassVar

import nbpages
from chainregistry import drawings
from nbpages import Beside, Page, UsageError

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""
TEMPLATES = Path(__file__).resolve().parent / "template"
SITE = "China's blockchain register: the open record"
NOTICE = (
    "The regulator says in its notices that a registration is no endorsement of the registrant, its products or its "
    "services. A service that is not named here may well be registered: the public record is partial."
)
LICENCE = (
    'code MIT, data and text <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, '
    "names belong to their owners"
)
SAID = {
    "estimates": {"low": "from", "high": "to"}, "moments": {"text": "title"},
    "timeline": {"first_day": "date from", "earliest": "date from", "last_day": "date to", "latest": "date to"},
}  # fmt: skip
"""What columns of a chart are called in its table, by its form, where another name says it better."""
CHINESE = re.compile(r"[㐀-鿿豈-﫿](?:[\w·《》、，。（）]*[㐀-鿿豈-﫿）])?")
GROUPS = ("province", "sector")
"""Pages of a kind: their names begin with one of these and a slash."""
MENU = (
    ("june-2019", "June 2019"),
    ("registry", "The register"),
    ("places", "Where"),
    ("sectors", "What for"),
    ("local-government", "Local governments"),
    ("policy", "Policy"),
    ("asia", "Asia"),
    ("index#province", "Provinces"),
    ("index#sector", "Fields"),
    ("find", "Look up"),
    ("methods", "Methods"),
)


@dataclass(frozen=True)
class Register(nbpages.Collection):
    """The notebooks on China's register, and their data in ``folder`` (none: the folder that ``data.folder`` finds)."""

    root: Path = ROOT
    folder: Path | None = None

    site: ClassVar[str] = SITE
    notice: ClassVar[str] = NOTICE
    kernel: ClassVar[str] = "chainregistry"
    warm: ClassVar[bool] = True
    distribution: ClassVar[str] = "chainregistry"
    source: ClassVar[Path] = Path(__file__).resolve().parent
    preload: ClassVar[tuple[str, ...]] = (
        "chainregistry.adoption",
        "chainregistry.charts",
        "chainregistry.fields",
        "chainregistry.firsts",
        "chainregistry.official",
        "chainregistry.parameters",
        "chainregistry.policy",
        "chainregistry.press",
        "chainregistry.prose",
        "chainregistry.ranges",
        "chainregistry.register",
        "chainregistry.starts",
        "matplotlib.pyplot",
        "numpy.random",
        "pandas",
        "scipy.optimize",
    )
    later: ClassVar[tuple[str, ...]] = ("seaborn", "chainregistry.front")
    menu: ClassVar[tuple[tuple[str, str], ...]] = MENU
    extra: ClassVar[tuple[str, ...]] = ("find", "corrections")

    def __reduce__(self):
        """Another machine has its own checkout; and what has been read is better read again than sent."""
        return (Register, () if self.root == ROOT and not self.folder else (self.root, self.folder))

    @property
    def listing(self) -> Path:
        needs_checkout()
        return self.root / "reports" / "pages.yaml"

    @property
    def inputs(self) -> tuple[Path, ...]:
        from chainregistry import folders

        return (folders.folder(self.folder).resolve(),)

    @cached_property
    def data(self):
        """The data, read once for each object of this class; raises UsageError where they cannot be read."""
        from chainregistry import data, record

        try:
            return record.load(self.folder)
        except data.DataError as error:
            raise UsageError(str(error)) from None

    def version(self) -> str:
        """Of the data, and how pages are cited: their address among it."""
        return f"{self.data.version} {citation()}"

    def allowed(self, name: str) -> list[str] | range | None:
        from chainregistry import parameters

        return parameters.vocabulary(self.data, name)

    def contradiction(self, parameters: dict) -> str:
        from chainregistry.parameters import contradiction

        return contradiction(parameters)

    def environment(self, shared: Path | None = None) -> dict[str, str]:
        from chainregistry import folders

        values = {"CHAINREGISTRY_DATA": str(folders.folder(self.folder).resolve())}
        return values | ({folders.SHARED: str(shared)} if shared else {})

    def warm_up(self) -> None:
        """Load the data and what their columns are called, draw a chart.

        Nothing is solved here: HiGHS starts threads where there are many cores.
        """
        import pandas as pd

        from chainregistry import charts, data, prose, record

        with suppress(data.DataError, OSError):  # a notebook tells better what is wrong
            record.load()
            prose.headings([])
        table, words = pd.DataFrame({"label": ["a"], "value": [1]}), charts.Words("a", "a", "a")
        charts.svg(charts.draw("bars", table, words, {}), "a", "a")

    def beside(self, page: Page, question: str) -> Beside:
        """The completeness of what the page is about, its kind, and the state of the data."""
        from chainregistry import layers, values

        group = page.name.partition("/")[0]
        of = {group: page.parameters[group]} if group in GROUPS and group in page.parameters else {}
        confidence = {"confidence": page.parameters["confidence"]} if "confidence" in page.parameters else {}
        data, known = self.data, self._known(**confidence, page=page.name if page.name in layers.NEWS else "")
        return Beside(
            mark="SIMULATED" if data.simulated else "",
            head=shared(page.name),
            top=_parts().simulated(data.simulated),
            kicker=self._kicker(**of),
            below_answer=_parts().state(known.line, values.day(data.as_of), page.name),
            around=self._around(**of),
            foot=(
                ("Data", f"as of {values.day(data.as_of)}, version <code>{data.version}</code>"),
                ("Licence", LICENCE),
                ("All data", _parts().downloads("../" * page.name.count("/"))),
                ("Corrections", '<a href="page:corrections">What was changed, and why</a>'),
                ("Cite", cite(page.name, data, ": ".join(filter(None, [self._kicker(**of), question])))),
            ),
        )

    @cached_property
    def _known(self) -> Callable:
        """``layers.known`` of these data, asked once for pages of a kind."""
        from chainregistry import layers

        return cache(partial(layers.known, self.data))

    def _kicker(self, province: str = "", sector: str = "") -> str:
        """What the page is about: a province in both languages, a field."""
        if province:
            place = self.data.province(province)
            return f"{place.name_en} {place.name_zh}"
        return self.data.sectors.set_index("sector").label[sector] if sector else ""

    def _around(self, province: str = "", sector: str = "") -> str:
        """Links to the neighbours of a province, and to the page before and after this one of its kind."""
        if not (province or sector):
            return ""
        from chainregistry.data import UNSORTED

        regions = self.data.regions.sort_values("name_en")
        fields = self.data.sectors[~self.data.sectors.sector.isin(UNSORTED)]
        names = (
            {row.slug: row.name_en for row in regions.itertuples()}
            if province
            else {row.sector: row.label for row in fields.sort_values("label").itertuples()}
        )
        order, here = list(names), province or sector
        place = order.index(here)
        near = self.data.province(province).neighbours.split() if province else []
        neighbours = [(row.slug, row.name_en) for row in regions.itertuples() if row.province_code in near]
        beside = [("Previous", order[place - 1]), ("Next", order[(place + 1) % len(order)])]
        group = "province" if province else "sector"
        return _parts().around(group, neighbours, [(word, slug, names[slug]) for word, slug in beside])

    def twin(self, text: str) -> str:
        """With the addresses of the sources of each row, and the version of the data."""
        from chainregistry import prose

        header, *rows = csv.reader(io.StringIO(text))
        column = next((header.index(name) for name in ("source_ids", "sources") if name in header), None)
        if column is not None:
            header.append("source_addresses")
            for row in rows:
                row.append(" ".join(self._addresses.get(source, source) for source in row[column].split()))
        made, whole = [[*header, "data_version"], *([*row, self.data.version] for row in rows)], io.StringIO()
        csv.writer(whole, lineterminator="\n").writerows([map(prose.no_formula, row) for row in made])
        return whole.getvalue()

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return self.data.sources.set_index("source_id").url.to_dict()

    def style(self) -> str:
        return _style()

    def table(self, text: str, chart: dict | None = None) -> str:
        """The columns that the chart draws, dates and codes in words."""
        import pandas as pd

        from chainregistry import prose

        rows = pd.read_csv(io.StringIO(text))
        if chart:
            rows = rows[chart["drawn"]]
            rows = rows.rename(columns=SAID.get(chart["kind"], {}))
        return prose.markup(rows, "The chart as a table")

    def finish(self, page: str) -> str:
        return mark_chinese(drawings.on_page(page))

    def beside_page(self, page: Page, notebook) -> dict[str, bytes]:
        """The picture for those who share the page, once it has an address."""
        if not citation().get("url"):
            return {}
        from chainregistry import sharing

        return {f"{page.name}.png": sharing.picture(self.data, notebook)}

    def beside_front(self) -> dict[str, Callable[[], bytes]]:
        """The look-up page, the corrections, all data in two files, and the picture for those who share the front."""
        from chainregistry import downloads, extra, lookup

        def picture() -> bytes:
            from chainregistry import front  # slow to import

            return front.picture(self)

        shown = {"index.png": picture} if citation().get("url") else {}
        return shown | {
            f"{lookup.NAME}.html": lambda: lookup.page(self).encode(),
            f"{extra.CORRECTIONS}.html": lambda: extra.corrections(self).encode(),
            downloads.ARCHIVE: lambda: downloads.archive(self.data, self.root / "LICENSE"),
            downloads.WORKBOOK: lambda: downloads.workbook(self.data),
        }

    def front_page(self, out: Path) -> str:
        from chainregistry import front

        return front.page(self, out)


def needs_checkout() -> None:
    """Raises UsageError where the package was installed without the notebooks."""
    if not (ROOT / "notebooks").is_dir():
        raise UsageError("this needs the notebooks: run it in a checkout of the collection, installed from there")


COLLECTION = Register()
"""This checkout with its own data."""


@cache
def citation() -> dict:
    """What ``CITATION.cff`` says; its ``url``, once there is one, is the address of the pages."""
    import yaml

    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def cite(name: str, data, title: str) -> str:
    """How to cite a page of that name and title, in HTML: in words and as BibTeX."""
    from chainregistry import values

    return _parts().cite(name, title, SITE, data.as_of, values.day(data.as_of), data.version, citation())


def shared(name: str) -> str:
    """What the head of a page tells those who share it: its picture, once the pages have an address, since crawlers
    want an absolute one. Pages that no notebook makes share the picture of the front page."""
    return _parts().shared("index" if name in COLLECTION.extra else name, citation())


@cache
def _parts():
    """Macros that pages and front page share."""
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    return environment.get_template("parts.html.j2").module


@cache
def _style() -> str:
    from chainregistry import palette

    return palette.css() + "\n" + (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()


def mark_chinese(body: str) -> str:
    """The page with its Chinese words marked as Chinese; attributes, style and title cannot be marked."""
    parts = re.split(r"(<style>.*?</style>|<title.*?</title>|<svg.*?</svg>|<[^>]*>)", body, flags=re.DOTALL)
    for place in range(0, len(parts), 2):  # texts stand between tags
        if not (place and 'lang="zh"' in parts[place - 1]):
            parts[place] = CHINESE.sub(r'<span lang="zh">\g<0></span>', parts[place])
    return "".join(parts)
