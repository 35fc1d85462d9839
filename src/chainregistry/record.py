"""The record as notebooks and pages see it: the data package, and the official lists imported beside it."""

from pathlib import Path

from chainregistry import data, official


def load(data_dir: str | Path | None = None) -> data.Data:
    """The data package with the rows of the imported lists in ``official``.

    Raises
    ------
    data.DataError
        as ``data.load`` and ``official.load`` do.
    """
    return data.load(data_dir).changed(official=official.load(data_dir))


def check(data_dir: str | Path | None = None) -> list[data.Problem]:
    """Everything that is wrong with the data package (see ``checks.check``) and with the imported lists."""
    from chainregistry import checks  # brings SciPy, which reading does without

    return checks.check(data_dir) + official.problems(data_dir)
