"""All data in two files: the tables with their description as one archive, and a workbook for spreadsheets.

Both are the same bytes each time: nothing in them tells when they were written.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd

from chainregistry.data import Data

ARCHIVE, WORKBOOK = "download/china-blockchain-register.zip", "download/china-blockchain-register.xlsx"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that an archive can hold."""
SHEET = 31
"""Letters that the name of a sheet may have."""


def archive(data: Data, licence: Path) -> bytes:
    """The tables as they are stored, their description and dictionary, the licence, and a file with the version."""
    names = ["datapackage.json", "README.md", *(resource["path"] for resource in data.description["resources"])]
    files = {name: (data.folder / name).read_bytes() for name in names if (data.folder / name).is_file()}
    if licence.is_file():
        files["LICENSE"] = licence.read_bytes()
    files["VERSION"] = f"data version {data.version} of {data.as_of}; data and text: CC BY 4.0\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"china-blockchain-register/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, content)
    return buffer.getvalue()


def workbook(data: Data) -> bytes:
    """One sheet for each table, as text where a spreadsheet could take it for something else, and one on the data."""
    buffer = io.BytesIO()
    about = [
        ("Data version", data.version),
        ("State of", data.as_of),
        ("Licence", "data and text CC BY 4.0; names belong to their owners"),
        ("Please note", "A registration is no endorsement by the regulator. The public record is partial."),
        *((resource["title"], resource["description"]) for resource in data.description["resources"]),
    ]
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"title": data.description["title"], "created": datetime(*EPOCH)})
        pd.DataFrame(about, columns=["what", "about"]).to_excel(writer, sheet_name="about", index=False)
        for resource in data.description["resources"]:
            table = getattr(data, resource["name"])
            table.to_excel(writer, sheet_name=resource["name"][:SHEET], index=False)
            writer.sheets[resource["name"][:SHEET]].freeze_panes(1, 0)
    return buffer.getvalue()
