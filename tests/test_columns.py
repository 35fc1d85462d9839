"""What the columns may hold is told to whoever reads the data, before anything is made of it."""

import pytest
from click.testing import CliRunner
from test_data import edit

from chainregistry import cli
from chainregistry import data as data_package

FAULTS = [
    ("events.csv", "2016,year", "2016-13,month", "events.csv, row 2, column date: 2016-13: is not a date of the"),
    ("events.csv", "2016,year", "2016-02-30,day", "events.csv, row 2, column date: 2016-02-30: is not a date of the"),
    ("events.csv", "2016,year", "20167,year", "date: 20167: does not have the form YYYY, YYYY-MM or YYYY-MM-DD"),
    ("batches.csv", "2019-03-30", "2019-30-03", "batches.csv, row 2, column published: 2019-30-03: is not a date of"),
    ("sources.csv", "2019-03-30", "2019-03-32", "column published: 2019-03-32: is not a date of the calendar"),
    ("events.csv", "China,31,", "China,99,", "column province_code: 99: is not a province_code of regions.csv"),
    ("events.csv", "e001,p001", "E1,p001", "event_id: E1: does not have the form e\\d{3}, as e120 has"),
    ("datapackage.json", '"type": "integer"', '"type": "integral"', "gives registrations.batch a type that is none of"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "words"), FAULTS)
def test_who_reads_the_data_is_told_what_a_column_must_not_hold(data_copy, file, old, new, words):
    """In a line, before anything is made of it: a date that is none would end in pandas' own words."""
    edit(data_copy, file, old, new)
    with pytest.raises(data_package.DataError) as error:
        data_package.load(data_copy)
    assert words in str(error.value)


def test_a_file_that_may_not_be_read_is_one_line(data_copy, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(data_package, "sha256", refuse)
    run = CliRunner().invoke(cli.main, ["bounds", "beijing", "--data", str(data_copy)])
    assert run.exit_code == 2 and run.output.endswith("cannot be read: Permission denied\n"), run.output
