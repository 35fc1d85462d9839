"""Rows of a CSV file."""

import csv
import io

from chainregistry.official.decode import decoded
from chainregistry.official.model import Item, ListError, Row


def read(content: bytes) -> list[Item]:
    text = decoded(content)
    delimiter = max(",\t;", key=text.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ListError(f"not a proper CSV file: {error}") from None
    return [Row(1, row) for row in rows]
