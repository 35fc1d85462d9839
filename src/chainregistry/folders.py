"""Where the data are, and what the processes of a batch share; without pandas, which is slow to import."""

import os
from pathlib import Path

SHARED = "CHAINREGISTRY_SHARED"
"""Environment variable with a folder where the processes of one batch share what they have read and solved.

A file is named by the digest of all that it follows from, so only the same question finds it.
"""

CHECKOUT = Path(__file__).resolve().parents[2] / "data"
"""The data of the repository, if there is one."""

PACKAGED = Path(__file__).resolve().with_name("tables")
"""The data that come with a wheel, only to be read."""


def folder(data_dir: str | Path | None = None) -> Path:
    """Folder of the data: the argument, else ``CHAINREGISTRY_DATA``, else ``data`` of the repository.

    Without a repository, where the package was installed from a wheel, the data that came with it.
    """
    return Path(data_dir or os.environ.get("CHAINREGISTRY_DATA") or (CHECKOUT if CHECKOUT.is_dir() else PACKAGED))
