"""What the columns of the tables may hold: types, constraints, days of the calendar, ids of other tables.

Without it no page can be made; what else ``check`` finds is in ``checks`` and ``sense``.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from chainregistry.data import TYPES, Problem
from chainregistry.days import is_date

DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
"""Pattern of columns with dates, in ``datapackage.json``."""


def problems(tables: dict[str, pd.DataFrame], resources: Iterable[dict]) -> Iterator[Problem]:
    """What makes tables, read as text (``data.read``), unfit for use, of the resources given."""
    for resource in resources:
        yield from column_problems(tables[resource["name"]], resource)
    whole = {resource["name"]: tables[resource["name"]] for resource in resources}
    for resource in resources:
        yield from references(whole, resource)


def column_problems(table: pd.DataFrame, resource: dict) -> Iterator[Problem]:
    """Types and constraints of the single columns."""
    import pandera.pandas as pa

    def column(field: dict) -> pa.Column:
        limits, checks = field.get("constraints", {}), []
        if field["type"] in TYPES:
            form, why = TYPES[field["type"]]
            checks.append(pa.Check(lambda s, form=form: s.str.fullmatch(form), error=why))
        if "pattern" in limits:
            form = limits["pattern"]
            checks.append(pa.Check(lambda s, form=form: s.str.fullmatch(form), error=_form(field)))
        if "enum" in limits:
            allowed = [str(value) for value in limits["enum"]]
            why = f"is not one of {', '.join(allowed)}"
            checks.append(pa.Check(lambda s, allowed=allowed: s.isin(allowed), error=why))
        for limit, compare in (("minimum", "ge"), ("maximum", "le")):
            if limit in limits:
                bound = limits[limit]
                checks.append(
                    pa.Check(
                        lambda s, bound=bound, compare=compare: getattr(
                            pd.to_numeric(s, errors="coerce").fillna(bound), compare
                        )(bound),
                        error=f"is beyond the {limit} of {bound}",
                    )
                )
        return pa.Column(checks=checks, nullable=True)

    try:
        pa.DataFrameSchema({f["name"]: column(f) for f in resource["schema"]["fields"]}).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values(["index", "column"], kind="stable")
        for case in cases.itertuples():
            yield Problem(resource["path"], int(case.index), case.column, str(case.failure_case), str(case.check))
    for field in resource["schema"]["fields"]:
        limits, values = field.get("constraints", {}), table[field["name"]]
        if limits.get("pattern") == DATE:
            for line, value in values[values.str.fullmatch(DATE).fillna(False).astype(bool)].items():
                if not is_date(value):
                    yield Problem(resource["path"], line, field["name"], value, "is not a date of the calendar")
        if limits.get("required"):
            for line in values.index[values.isna()]:
                yield Problem(resource["path"], line, field["name"], "", "must not be empty")
        if limits.get("unique"):
            for line in values.index[values.notna() & values.duplicated()]:
                yield Problem(resource["path"], line, field["name"], values[line], "stands twice")


def _form(field: dict) -> str:
    """What is said of a text that does not have the form of a column."""
    pattern = field["constraints"]["pattern"]
    if pattern == DATE:
        return "does not have the form YYYY, YYYY-MM or YYYY-MM-DD"
    like = f", as {field['example']} has" if "example" in field else ""
    return f"does not have the form {pattern}{like}"


def references(tables: dict[str, pd.DataFrame], resource: dict) -> Iterator[Problem]:
    """Ids and codes that stand in no row of the table to which their column refers; tables as text."""
    table = tables[resource["name"]]
    for field in resource["schema"]["fields"]:
        other, _, key = field.get("references", "").partition(".")
        if other not in tables:
            continue
        known = set(tables[other][key])
        for line, cell in table[field["name"]].dropna().items():
            for value in cell.split(field["separator"]) if "separator" in field else [cell]:
                if value not in known:
                    why = f"is not a {key} of {other}.csv"
                    yield Problem(resource["path"], line, field["name"], value, why)
