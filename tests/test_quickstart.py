"""The start-up shortcut still works and is still needed."""

import subprocess
import sys


def imported(first: str) -> bool:
    """Whether jsonschema, imported after ``first``, brings in the slow package."""
    code = f"import sys; {first}; import jsonschema; print(sys.modules.get('rfc3987_syntax') is not None)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_it_keeps_the_slow_import_out():
    assert not imported("import nbpages.quickstart")


def test_it_is_still_needed():
    assert imported("pass"), "jsonschema no longer imports rfc3987_syntax by itself: nbpages.quickstart can go"


def test_help_imports_nothing_heavy():
    heavy = "'pandas', 'numpy', 'nbformat'"
    code = f"import sys; from chainregistry import cli; print([m for m in ({heavy}) if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
