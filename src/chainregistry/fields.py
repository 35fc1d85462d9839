"""What services and projects are for, in the tables that pages show: two samples side by side, years, specialities."""

from collections.abc import Iterable

import pandas as pd

from chainregistry import events as news
from chainregistry import shares, spread
from chainregistry.classify import classify
from chainregistry.data import RANKS, Data, grades, split_list
from chainregistry.projects import projects as projects_of
from chainregistry.projects import reports
from chainregistry.prose import cite
from chainregistry.quotients import Luck, location_quotients
from chainregistry.values import (
    RELATIONS,
    Interval,
    count,
    figure,
    listing,
    lists_in_words,
    lowered,
    percentage,
    some,
)


def side_by_side(data: Data, services: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Services and projects by field, as numbers and as per cent of those that could be sorted.

    Columns label, sector, services, projects, registered and run (per cent), low and high (95% range of registered
    less run, in points) and apart: whether the two differ by more than chance, of all fields compared at once (5%,
    Holm). In the order of registered less run.
    """
    table = pd.DataFrame(
        {
            "services": spread.told(services).sector.value_counts(),
            "projects": spread.told(projects).sector.value_counts(),
        }
    ).fillna(0)
    table = table.astype(int).rename_axis("sector").reset_index()
    table["registered"] = 100 * table.services / max(table.services.sum(), 1)
    table["run"] = 100 * table.projects / max(table.projects.sum(), 1)
    table["label"] = table.sector.map(data.sectors.set_index("sector").label)
    table = table.assign(gap=table.registered - table.run, low=-100.0, high=100.0, apart=False)
    if table.services.sum() and table.projects.sum():
        found = [
            shares.difference(_marks(row.services, table.services), _marks(row.projects, table.projects))
            for row in table.itertuples()
        ]
        table["low"], table["high"] = ([100 * getattr(gap, end) for gap in found] for end in ("low", "high"))
        table["apart"] = [chance < 0.05 for chance in spread.holm([gap.chance for gap in found])]
    table = table.sort_values(["gap", "label"], ascending=[False, True], ignore_index=True)
    return table[["label", "sector", "services", "projects", "registered", "run", "low", "high", "apart"]]


def _marks(part: int, column: pd.Series) -> pd.Series:
    """One value for each row of a whole: whether it is of the part."""
    return pd.Series([True] * part + [False] * int(column.sum() - part))


def tried(data: Data, services: pd.DataFrame, projects: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """``side_by_side`` under one other choice at a time: ``variants`` of services, and of projects all after the first.

    Those of the same numbers once.
    """
    pairs = [(table, projects[0]) for table in variants(data, services)] + [(services, table) for table in projects]
    number = lambda rows: tuple(sorted(spread.told(rows).sector.value_counts().items()))  # noqa: E731
    return [side_by_side(data, *pair) for pair in {tuple(map(number, pair)): pair for pair in pairs}.values()]


def apart(table: pd.DataFrame, others: Iterable[pd.DataFrame] = ()) -> tuple[str, dict[str, str]]:
    """Fields of ``side_by_side`` that are apart: in a sentence those that are so in ``others``, too (``tried``), and
    the difference of each by label."""
    rows = table[table.apart]
    firm = set(rows.label).intersection(*(other.label[other.apart] for other in others))
    more, kept = rows.registered > rows.run, rows.label.isin(firm)
    sides = {"services": rows.label[more & kept], "projects": rows.label[~more & kept]}
    always = " in every way of counting" * (len(firm) < len(rows))
    told = [
        f"{listing(map(short, labels))}: a larger share of {side} than of {other}{always}"
        for (side, labels), other in zip(sides.items(), reversed(sides), strict=True)
        if len(labels)
    ]
    title = "; ".join(told) or f"no difference {f'holds{always}' if len(rows) else 'is beyond chance'}"
    gaps = zip(rows.label, rows.registered - rows.run, rows.low, rows.high, strict=True)
    notes = {
        label: f"difference {figure(gap, '.0f')} points ({Interval(low, high):.0f})" for label, gap, low, high in gaps
    }
    return f"{title[0].upper()}{title[1:]}", notes


def leading(tables: list[pd.DataFrame]) -> list[str]:
    """Fields that come first in at least one of some tables with the column sector."""
    counts = [spread.told(table).sector.value_counts() for table in tables]
    return sorted({field for count in counts for field in count.index[count == count.max()]})


def leaders(data: Data, tables: list[pd.DataFrame]) -> str:
    """Short names of the ``leading`` fields in a sentence, in the order of their numbers in the first table."""
    codes = leading(tables)
    number = tables[0].sector.value_counts().reindex(codes, fill_value=0).sort_values(ascending=False, kind="stable")
    return listing(short(label) for label in number.index.map(data.sectors.set_index("sector").label))


WHOLE = ("Tax and invoices", "Agriculture and food")
"""Fields of which the first thing would mislead."""


def short(label: str) -> str:
    """The first thing that the name of a field tells, for titles that list fields: "justice" of justice and evidence;
    both of those ``WHOLE``.

    >>> short("Identity, data and security"), short("Blockchain platforms")
    ('identity', 'blockchain platforms')
    """
    return lowered(label if label in WHOLE else label.split(",")[0].split(" and ")[0])


def variants(data: Data, services: pd.DataFrame) -> list[pd.DataFrame]:
    """Services, and what they are under one other choice.

    Of each least confidence, one for each registrant, one for each group of firms, and without each document on which
    a service rests alone.
    """
    registrant = services.entity_zh.where(services.entity_zh != "", services.entity_en)
    group = services.group.where(services.group != "", registrant)
    once = [services[~services.assign(who=who).duplicated(["who", "sector"])] for who in (registrant, group)]
    cells = services.source_ids.map(split_list)
    alone = cells[cells.str.len() == 1].str[0]
    without = [services.drop(alone.index[alone == document]) for document in sorted(alone.unique())]
    return [services, *map(data.named, RANKS), *once, *without]


def more_varied(gap: shares.Difference) -> str:
    """What a difference of the variety of services and projects tells, in words."""
    if gap.low <= 0 <= gap.high:
        return "no clear difference in variety"
    return f"{'services' if gap.low > 0 else 'projects'} are more varied"


BY_OTHERS = "count or ranking by others who had full lists", "counts or rankings by others who had full lists"
"""What the rows of ``printed`` of one field are, one and several."""
BY_DATE = " (inferred from the date of the count, which names no lists)"
"""What stands behind lists that are inferred."""


def printed(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """Numbers by field that somebody counted on full lists, and which field they found first.

    Columns lists (with BY_DATE where they are inferred), sector, counted (in words), share (empty for what came first),
    source_ids.
    """
    rows = spread.published_shares(data, confidence)
    shares = [
        f"{RELATIONS[row.relation]}{percentage(row.share)}" + f", though the source itself says {beside}" * bool(beside)
        if pd.notna(row.share)
        else "not known"
        for row, beside in ((row, printed_beside(data, row)) for row in rows.itertuples())
    ]
    counted = (
        rows.relation.map(RELATIONS) + rows.value.map("{:,.0f} ".format) + rows.unit.replace("entities", "registrants")
    )
    ranks = ranked(data, confidence)
    ranks = ranks[ranks.sector.isin(data.sectors.sector)]
    columns = ["lists", "sector", "counted", "share", "source_ids", "inferred"]
    found = pd.concat([rows.assign(counted=counted, share=shares), ranks.assign(share="")])
    found = found.sort_values(["batch_first", "batch_last"], kind="stable", ignore_index=True)
    said = found.inferred.map({True: BY_DATE, False: ""})
    return found.assign(lists=found.lists.str.replace(r"^\S+ ", "", regex=True) + said)[columns[:-1]]


def ranked(data: Data, confidence: str = "medium") -> pd.DataFrame:
    """What somebody found most frequent on full lists: a field, or words in names.

    Columns lists, batch_first, batch_last, sector (of several words: these), counted (in words), source_ids, inferred.
    """
    counts = data.published_counts
    kept = counts.confidence.isin(grades(confidence)) & (counts.set_aside == "") & (counts.unit == "services")
    rows = counts[kept & (counts.dimension == "rank") & (counts.province_code == "")]
    one = rows.key.isin(data.sectors.sector)
    return rows.assign(
        lists=[lists_in_words(*span) for span in zip(rows.batch_first, rows.batch_last, strict=True)],
        sector=rows.key.str.replace(">", ", "),
        counted=one.map({True: "the most frequent field", False: "words in names"}),
        inferred=rows.span_inferred,
    )[["lists", "batch_first", "batch_last", "sector", "counted", "source_ids", "inferred"]]


def came_first(data: Data, confidence: str = "medium") -> str:
    """What those found who counted full lists, in a sentence: the most frequent fields, and the largest share.

    Documents that have none in common are those of several writers.
    """
    rows, label = ranked(data, confidence), data.sectors.set_index("sector").label
    rows = rows[rows.sector.isin(label.index)]
    shares = spread.published_shares(data, confidence).query("unit == 'services' and share.notna()")
    fields: dict[str, list[str]] = {}
    for row in rows.itertuples():
        found = f"{lowered(label[row.sector])} to be the most frequent field on {row.lists}{BY_DATE * row.inferred}"
        fields.setdefault(row.source_ids, []).append(found)
    told = [(ids, f"found {listing(found)}") for ids, found in fields.items()]
    if len(shares):
        most = shares.loc[shares.share.idxmax()]
        on = f"{most.lists}{BY_DATE * bool(most.inferred)}"
        number = f"{RELATIONS[most.relation]}{most.value:,.0f} of the {most.whole:,.0f} services on {on}"
        counted = f"counted {number} under {lowered(label[most.sector])}"
        if aside := printed_beside(data, most):
            counted += f": {RELATIONS[most.relation]}{percentage(most.share)}, though the source itself says {aside}"
        told.append((most.source_ids, counted))
    seen: set[str] = set()
    sentences = []
    for ids, what in told:
        again = "the same" if seen & {*split_list(ids)} else "another"
        sentences.append(f"{again if seen else 'A writer who had full lists of the regulator'} {what}")
        seen |= {*split_list(ids)}
    return f"{'; '.join(sentences)}." if told else ""


def printed_beside(data: Data, row) -> str:
    """The share that a text prints beside a number of ``spread.published_shares``, which it contradicts, in words;
    nothing for none."""
    counts = data.published_counts[(data.published_counts.set_aside != "") & (data.published_counts.unit == "percent")]
    same = (counts.dimension == "sector") & (counts.key == row.sector) & (counts.batch_first == row.batch_first)
    same &= (counts.batch_last == row.batch_last) & (row.unit == "services")
    own = {*split_list(row.source_ids)}
    words = [
        f"{RELATIONS[aside.relation]}{percentage(aside.value / 100)}"
        for aside in counts[same].itertuples()
        if own & {*split_list(aside.source_ids)}
    ]
    return listing(words, "")


def counted_on(table: pd.DataFrame) -> str:
    """How many services of a field somebody counted on full lists, given its rows of ``printed``, in a sentence; those
    whose lists are inferred are told apart. Counts that all share a document are those of one writer."""
    rows = table[table.counted.str.endswith(" services")]
    inferred, lists = rows.lists.str.endswith(BY_DATE), rows.lists.str.removesuffix(BY_DATE)
    words = lists.map(lambda text: f"{'lists' if ' ' in text else 'list'} {text}")
    number = rows.counted.str.removesuffix(" services")
    share = rows.share.map(lambda share: f" ({share})" * (share != "not known"))
    firm = list((number + " on " + words + share)[~inferred])
    if firm:  # the first says of what it is a number and a share
        one, on, part = (column[~inferred].iloc[0] for column in (number, words, share))
        firm[0] = f"{one} services of this field on {on}{part.replace('%', '% of all there', 1)}"
    ids = [{*split_list(cell)} for cell in rows.source_ids[~inferred]]
    own = ", each by a definition of their own" * (len(firm) > 1 and not set.intersection(*ids))
    told = [f"others who had full lists counted {listing(firm)}{own}"] * bool(firm)
    found = " found " + number + f"{' services of this field' * (not firm)}"
    told += list(("a count that, to judge by its date, covers " + words + found + share)[inferred])
    text = "; ".join(told)
    return f"{text[0].upper()}{text[1:]}." if text else ""


MEANT = {
    "BaaS": "blockchain as a service", "points": "loyalty points", "evidence": "evidence storage (存证)",
    "preservation": "evidence preservation (保全)",
}  # fmt: skip
"""Words in names that do not explain themselves."""


def words_in_names(data: Data, confidence: str = "medium", sector: str = "all") -> str:
    """Words that somebody found in the names on whole lists, in a sentence with its notes; nothing for none.

    Of one field those that the classifier sorts there.
    """
    rows = ranked(data, confidence)
    rows = rows[~rows.sector.isin(data.sectors.sector)]
    told = []
    for row in rows.itertuples():
        words = [MEANT.get(word, word.replace("supply-", "supply ")) for word in row.sector.split(", ")]
        sorted_in = classify(words, data.sectors).sector
        words = [word for word, of in zip(words, sorted_in, strict=True) if sector in ("all", of)]
        terms = (
            "frequent terms in the names of services are" if words[1:] else "one frequent term in names of services is"
        )
        start = f"According to a text about {row.lists}, {terms}"
        told += [f"{start} {listing(words)}.{cite(row.source_ids)}"] * bool(words)
    return " ".join(told)


def specialised(luck: Luck) -> str:
    """Whether provinces have specialities, in a sentence."""
    shown = "no speciality is shown" if luck.observed <= luck.usual else "some provinces may have a speciality"
    told = f"in 95% of the random assignments {luck.usual} or fewer do, so {shown}"
    return f"Of {count(luck.pairs, 'pair')} of province and field, {luck.observed} stand out; {told}."


def by_year(data: Data, projects: pd.DataFrame) -> pd.DataFrame:
    """Projects by field and the year of their first date: columns label, year and number, the fullest field first."""
    label = data.sectors.set_index("sector").label
    rows = spread.told(projects).assign(year=lambda table: table.first_day.dt.year)
    rows = rows.assign(label=rows.sector.map(label))
    order = rows.label.value_counts().index
    counts = rows.groupby(["label", "year"]).size().rename("number").reset_index()
    counts["label"] = pd.Categorical(counts.label, order, ordered=True)
    return counts.sort_values(["label", "year"], ignore_index=True).astype({"label": str})


def specialities(projects: pd.DataFrame) -> pd.DataFrame:
    """Fields that a province has more of than its share, for certain (95%): those whose range lies above one.

    Columns province_code, sector, projects, expected, times_its_share, least and most.
    """
    table = location_quotients(spread.told(projects), "province_code")
    names = ["province_code", "sector", "projects", "expected", "times_its_share", "least", "most"]
    return table[table.low > 1].sort_values("low", ascending=False, ignore_index=True).set_axis(names, axis=1)


def begun_before(data: Data, projects: pd.DataFrame, day: str) -> pd.DataFrame:
    """Each field with the dates of its first project, in the order of these.

    Columns label, sector, earliest, latest, before and date_inferred: of some project that may be the first one.
    ``before`` says whether it had begun before a day for certain.
    """
    rows = spread.told(projects)
    may_be_first = rows.first_day <= rows.groupby("sector").last_day.transform("min")
    first = (
        rows.assign(date_inferred=rows.date_inferred & may_be_first)
        .groupby("sector", as_index=False)
        .agg(earliest=("first_day", "min"), latest=("last_day", "min"), date_inferred=("date_inferred", "any"))
    )
    first["label"] = first.sector.map(data.sectors.set_index("sector").label)
    first["before"] = first.latest < pd.Timestamp(day)
    return first.sort_values(["earliest", "label"], ignore_index=True)


SHOWN = 3
"""Rows that a picture has at least: of fewer it shows no more than a table."""


def by_province(data: Data, projects: pd.DataFrame) -> pd.DataFrame:
    """Provinces with their number of projects: names, slug, place on the map, and projects.

    Empty for fewer than ``SHOWN`` projects.
    """
    number = projects.province_code.value_counts()
    table = data.regions[["province_code", "slug", "name_en", "short_zh", "grid_row", "grid_col"]]
    table = table.assign(projects=table.province_code.map(number).fillna(0).astype(int))
    return table if len(projects) >= SHOWN else table.head(0)


def _mainland(data: Data, sector: str, province_code: str, **choice) -> pd.DataFrame:
    """News items of mainland China in a field ("all": in any), and in a province if its code is given."""
    rows = news.select(data, sector=sector, **choice)
    return rows[(rows.country == "China") & ((rows.province_code == province_code) | (province_code == ""))]


def elsewhere(data: Data, sector: str = "all", province_code: str = "") -> pd.DataFrame:
    """Projects of mainland China in a field, or in a province, in which no one local government or court has a part.

    Bodies of several provinces, and courts above them, are among these: they stand in no province. Of such bodies
    ``level`` says "several provinces", but of courts.
    """
    rows = _mainland(data, sector, province_code, digital_yuan=True)
    here = rows.level.isin(news.LOCAL)
    local = here & (rows.province_code != "") & (rows.kind == "deployment")
    theirs = reports(data, sector=sector, digital_yuan=True).project_id
    several = here & (rows.province_code == "") & (rows.level != "court")
    rows = rows.assign(level=rows.level.mask(several, "several provinces"))
    return projects_of(rows[~local & ~rows.project_id.isin(theirs)])


def theirs(others: pd.DataFrame) -> str:
    """How many projects there are ``elsewhere``, in a list of what is known; nothing for none."""
    return some(others, "project of another body", "projects of other bodies")


def theirs_graded(others: pd.DataFrame) -> str:
    """The same, with whether all rest on doubtful reports, where no title with its grade stands beside it."""
    doubt = f"known only from {'a doubtful report' if others.events.sum() == 1 else 'doubtful reports'}"
    return theirs(others) + f" ({doubt})" * bool(len(others) and (others.confidence == "low").all())


def news_left(rows: pd.DataFrame, told: Iterable[pd.DataFrame]) -> str:
    """How many ``other_news`` there are, in a list of what is known that counts other tables of news and projects
    before; nothing for none."""
    return some(rows, f"{'other ' * any(map(len, told))}news item")


def yuan_trials(data: Data, sector: str = "all", province: str = "all") -> pd.DataFrame:
    """Projects of local governments with the digital yuan: a currency of the central bank, so that no page counts them
    as local projects. A count of what was paid in it is none of them."""
    rows = reports(data, province=province, sector=sector, digital_yuan=True)
    return projects_of(rows[rows.digital_yuan & (rows.kind == "deployment")])


def with_yuan(projects: pd.DataFrame) -> str:
    """How many projects of ``yuan_trials`` there are, and how many only announced, in words; nothing for none."""
    told = some(projects, "digital yuan project of a local government", "digital yuan projects of local governments")
    planned = int((projects.stage == "announced").sum())
    return told + f" ({planned} only announced)" * bool(planned)


def other_news(data: Data, sector: str = "all", province_code: str = "", shown: Iterable[pd.DataFrame] = ()):
    """News items of mainland China in a field, or in a province, that tell of no known project: plans, statements,
    counts, offers. Those that a page has ``shown`` are left out."""
    rows = _mainland(data, sector, province_code)
    known = {key for table in shown for key in table.event_id}
    return rows[(rows.kind != "deployment") & (rows.project_id == "") & ~rows.event_id.isin(known)]
