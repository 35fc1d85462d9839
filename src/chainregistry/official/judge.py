"""What is doubtful about the rows of a list."""

import re

import pandas as pd

from chainregistry import filing
from chainregistry.official.model import Problem
from chainregistry.official.wording import NUMBER

_NO_NAME = re.compile(r"\W*(?:同[上前])?\W*")
"""Signs alone, or the words "as above"."""
FIRST = 2
"""Line of the first row in the file of a list: the headings are line 1, as ``check`` counts."""


def sequence_problems(printed: list[str], numbers: list[int | None]) -> list[Problem]:
    """Numbers before the rows that are none, stand twice or do not follow each other; both lists have one for a row.

    A row without a number takes the place of the one that was due.
    """
    found, seen, last = [], set(), 0
    for row, (text, number) in enumerate(zip(printed, numbers, strict=True), start=FIRST):
        if number is None:
            why = "is not a whole number" if text else "the row has no sequence number"
            found.append(Problem(row, "sequence", text, why))
        elif number in seen:
            found.append(Problem(row, "sequence", text, "stands twice"))
        elif number != last + 1:
            found.append(Problem(row, "sequence", text, f"follows {last}: rows may be missing or out of order"))
        seen.add(number)
        last = last + 1 if number is None else number
    return found


def repeated(rows: pd.DataFrame) -> pd.Series:
    """Whether the number of a row stands in an earlier row of its list (by ``batch``, if there are several), too."""
    numbers = rows.filing_number.str.removesuffix("号").to_frame()
    return numbers.assign(batch=rows.get("batch")).duplicated() & (rows.filing_number != "")


def valid_rows(rows: pd.DataFrame) -> pd.Series:
    """Whether a row has both names, written out, and a valid number that no earlier row has."""
    unnamed = rows.entity_zh.str.fullmatch(_NO_NAME) | rows.service_zh.str.fullmatch(_NO_NAME)
    return (~unnamed & filing.verify(rows.filing_number) & ~repeated(rows)).astype(bool)


def row_problems(rows: pd.DataFrame) -> list[Problem]:
    """Names that are missing or run together, and filing numbers that are missing, wrong or stand twice."""
    found, again, right = [], repeated(rows), filing.verify(rows.filing_number)
    places = {}
    for row, (entity, service, number) in enumerate(
        zip(rows.entity_zh, rows.service_zh, rows.filing_number, strict=True), start=FIRST
    ):
        for column, name in (("entity_zh", entity), ("service_zh", service)):
            if not name:
                found.append(Problem(row, column, "", "is empty"))
            elif "\ufffd" in name or "(cid:" in name:
                found.append(Problem(row, column, name, "holds a character that could not be read"))
            elif _NO_NAME.fullmatch(name):
                found.append(Problem(row, column, name, "is no name of its own: the one above may be meant"))
            elif NUMBER.search(name):
                found.append(Problem(row, column, name, "holds a filing number: rows may have run together"))
        if not number:
            found.append(Problem(row, "filing_number", "", "is missing"))
        elif not right[row - FIRST]:
            found.append(Problem(row, "filing_number", number, _why_invalid(number)))
        if again.iloc[row - FIRST]:
            why = f"stands in row {places[number.removesuffix('号')]}, too"
            found.append(Problem(row, "filing_number", number, why))
        places.setdefault(number.removesuffix("号"), row)
    return found


def _why_invalid(number: str) -> str:
    findings = filing.find(number)
    if len(findings) > 1:
        return f"holds {len(findings)} filing numbers: rows may have run together"
    return findings[0].why or f"has further characters beside {findings[0].number}"
