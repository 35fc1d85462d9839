"""How many services the register has at least, what adds up to it, and how many of them sources name."""

from typing import NamedTuple

import pandas as pd

from chainregistry.data import Data
from chainregistry.values import count, day, listing, lists_in_words, runs, some


def at_least(data: Data, last: int | None = None, inferred: bool = True) -> int:
    """Services on the lists up to ``last``, at least: what ``sums`` adds up."""
    return int(sums(data, last, inferred).services.sum())


def sums(data: Data, last: int | None = None, inferred: bool = True) -> pd.DataFrame:
    """What ``at_least`` adds up: the last running total, and the later lists of known size.

    Without ``inferred`` no running total is taken whose lists were inferred from its date.

    Imported lists count by their rows, and in the place of a running total if all of its lists are imported or
    these alone hold more. Columns part (in words), services, note and source_ids.
    """
    rows = data.batches[data.batches.batch <= (last or data.batches.batch.max())]
    own = data.official.groupby("batch").size()
    rows = rows.assign(services=rows.batch.map(own).fillna(rows.services))
    counts = data.published_counts.query("dimension == 'total' and key == 'all' and unit == 'services'")
    counts = counts[counts.set_aside == ""].set_index(["batch_first", "batch_last"])
    if not inferred:
        guessed = [batch for first, batch in counts.index[counts.span_inferred] if first == 1]
        rows = rows.assign(cumulative_services=rows.cumulative_services.mask(rows.batch.isin(guessed)))
    totals = rows.dropna(subset="cumulative_services").tail(1)
    through = int(totals.batch.max()) if len(totals) else 0
    if own[own.index <= through].sum() > totals.cumulative_services.sum() or {*range(1, through + 1)} <= {*own.index}:
        totals, through = totals.head(0), 0
    later = rows[rows.batch > through].dropna(subset="services")
    parts = [
        _printed(counts, (1, r.batch), r.cumulative_services, r, "as one running total") for r in totals.itertuples()
    ]
    parts += [
        (f"list {r.batch}, by its rows", r.services, "", "")
        if r.batch in own
        else _printed(counts, (r.batch, r.batch), r.services, r)
        for r in later.itertuples()
    ]
    return pd.DataFrame(parts, columns=["part", "services", "note", "source_ids"])


def resting(data: Data, last: int | None = None) -> str:
    """What the sum is made of, to go on after it: lists of printed size, and a running total that names no list;
    nothing where no such total is in it."""
    whole, printed = at_least(data, last), at_least(data, last, inferred=False)
    if printed >= whole:
        return ""
    ids = sums(data, last).source_ids[0].split()
    dates = filter(None, data.sources.published[data.sources.source_id.isin(ids)])
    date = min(dates, key=lambda date: (-len(date), date), default="")  # a day says more than its month
    when = f" {'on' if len(date) == 10 else 'in'} {day(date)}" * bool(date)
    through = data.batches[data.batches.batch <= (last or data.batches.batch.max())]
    total = through.dropna(subset="cumulative_services").iloc[-1]
    return (
        f"{printed:,} {'is' if printed == 1 else 'are'} on lists whose size was printed; {whole - printed:,} more"
        f" follow{'s' * (whole - printed == 1)} from a total of {total.cumulative_services:,} printed{when}, when"
        f" {count(total.batch, 'list was', 'lists were')} out"
    )


def _printed(counts: pd.DataFrame, span: tuple[int, int], number: float, row, how: str = "") -> tuple:
    """A part of the sum with the documents of its own count; those of the list where no count is in use."""
    words, found = ", ".join(filter(None, [lists_in_words(*span), how])), counts[counts.index.isin([span])]
    if found.empty:
        return words, number, "", row.source_ids
    count = found.iloc[0]
    inferred = " (lists inferred from its date)" if count.span_inferred else ""
    return words + inferred, number, count.note, count.source_ids


def unsized(data: Data, last: int | None = None) -> tuple[list[int], int, list[int]]:
    """Lists whose size is not known: those inside the running total of ``sums``, the services of these together,
    and those that come on top."""
    rows = data.batches[data.batches.batch <= (last or data.batches.batch.max())]
    rows = rows[~rows.batch.isin(data.complete)]
    total = rows.dropna(subset="cumulative_services").tail(1)
    through = int(total.batch.max()) if len(total) and "running total" in sums(data, last).part[0] else 0
    known = data.batches[(data.batches.batch <= through)].services.sum()
    unknown = rows[rows.services.isna()].batch
    inside = [int(n) for n in unknown if n <= through]
    rest = int(total.cumulative_services.sum() - known) if inside else 0
    return inside, rest, [int(n) for n in unknown if n > through]


def unsized_in_words(data: Data, last: int | None = None) -> list[str]:
    """The same in sentences: the lists inside the running total, and those that are not in the sum."""
    inside, together, beyond = unsized(data, last)
    number, hold = ("numbers", "together they hold") if len(inside) > 1 else ("number", "it holds")
    left, are = _lists(beyond).capitalize(), "are" if len(beyond) > 1 else "is"
    return [
        f"The running total includes {_lists(inside)}, whose {number} of services we did not find: {hold}"
        f" {count(together, 'service')}." * bool(inside),
        f"{left} {are} not in the sum, which is therefore a lower limit." * bool(beyond),
    ]


def _lists(numbers: list[int]) -> str:
    return f"list{'s' * (len(numbers) > 1)} {runs(numbers)}"


ITSELF = "by the service or its site"
"""By what a service is known of which not only the registrant or a number is."""


class NamedBy(NamedTuple):
    """Registered services that sources identify, by what: prints as "100: 70 by the service or its site, …"."""

    services: int
    """All of them."""
    by_service: int
    """Those whose own name is known, or that of the site that they run on."""
    by_registrant: int
    """Those of which the registrant is known and not the service."""
    by_number: int
    """Those of which a filing number is known and not the service, or nothing else."""

    def __str__(self) -> str:
        return f"{self.services:,}: {self.how}" if self.services else "none"

    @property
    def only(self) -> str:
        """By what alone those are known whose service is not: "the registrant, a filing number or both"."""
        known = ["the registrant"] * bool(self.by_registrant) + ["a filing number"] * bool(self.by_number)
        others = self.services - self.by_service
        both = self.by_registrant + self.by_number - others
        return " and ".join(known) if both == others else listing([*known, *["both"] * bool(both)], last="or")

    @property
    def how(self) -> str:
        """By what, in words: "70 by the service or its site, the others only by the registrant"; empty for none."""
        others, only = self.services - self.by_service, f"only by {self.only}"
        if not self.services:
            return ""
        if not others:
            return f"{ {1: '', 2: 'both '}.get(self.services, 'all ') }{ITSELF}"
        if not self.by_service:
            return only
        return f"{self.by_service:,} {ITSELF}, the other{'s' * (others > 1)} {only}"


def unsure(listed: pd.DataFrame, counted: pd.DataFrame) -> str:
    """How many of the services that a page lists are not sure enough to be ``counted``, in a list of what is known;
    nothing for none."""
    more = len(listed) - len(counted)
    low = (listed.confidence == "low").sum() == more
    return some(more, f"{'doubtful' if low else 'less certain'} service")


def named_by(*rows: pd.DataFrame) -> NamedBy:
    """What identifies registered services, given as rows of registrations or of imported lists.

    A service without a name is known by its site, which shows its number, where that tells its purpose.
    """
    columns = ["service_zh", "service_en", "entity_zh", "entity_en", "filing_number", "sector"]
    known = pd.concat([part.reindex(columns=columns, fill_value="") for part in rows]).fillna("")
    known = known.replace({"sector": {"unclear": ""}}) != ""
    service = known.service_zh | known.service_en | (known.sector & known.filing_number)
    registrant = known.entity_zh | known.entity_en
    found = service, registrant & ~service, (known.filing_number | ~registrant) & ~service
    return NamedBy(len(known), *(int(rows.sum()) for rows in found))
