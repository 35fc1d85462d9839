"""What the tests of the importer share: importing through the command, and looking at what it wrote."""

import csv

import lists
from click.testing import CliRunner

from chainregistry import filing
from chainregistry.cli import main

ROWS = lists.entries(200)
FEW = lists.entries(8, seed=3)


def run(*arguments, folder):
    return CliRunner().invoke(main, ["import", *map(str, arguments), "--data", str(folder)])


def table(folder, name="batch-03.csv"):
    with open(folder / "official" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def expected(entry: lists.Entry, batch="3", published="") -> dict[str, str]:
    parts = filing.parse(entry.number)
    return {
        "batch": batch,
        "published": published,
        "sequence": entry.sequence,
        "entity_zh": entry.entity,
        "service_zh": entry.service,
        "filing_number": entry.number,
        "valid": "true",
        "province_code": entry.number[4:6],
        "county_code": entry.number[4:10],
        "county_zh": str(parts.county or ""),
        "year": f"20{entry.number[10:12]}",
        "subject_code": entry.number[12:20],
        "service_no": entry.number[20:23],
        "remark": entry.remark,
    }
