"""Every notebook holds for every value of its parameters: a sample of combinations, drawn by Hypothesis.

The cells run in this process, asserts and all, and what they show is looked through for traces of missing values.
"""

import re

import nbformat
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chainregistry import charts, documents, prose
from chainregistry.collection import COLLECTION
from nbpages import catalogue

MADE = {page.notebook for page in catalogue.pages(COLLECTION)}
NOTEBOOKS = [path for path in documents.notebooks() if path.name in MADE]
RANGES = {
    "last_list": st.integers(1, 6), "since": st.integers(2015, 2026), "until": st.integers(2015, 2026),
    "months": st.sampled_from([1, 6, 12, 24]),
}  # fmt: skip


def values(name: str, kind: str, default):
    """All values that a parameter may take."""
    allowed = COLLECTION.allowed(name)
    if allowed is not None:
        return st.sampled_from([*allowed, *(["all"] if default == "all" else [])])
    return st.booleans() if kind == "bool" else RANGES[name]


def shown_by(path, chosen: dict) -> str:
    """Text that a notebook shows when run with these parameters."""
    seen = []

    def record(bundle, metadata=None, raw=False):
        seen.append(re.sub(r'<ul class="sources">.*', "", bundle.get("text/html", "")) + bundle["text/plain"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "display", record)
        patch.setattr(charts, "display", record)
        patch.setattr(charts, "png", lambda figure: b"")
        space = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.name} {cell.id} {chosen}", "exec"), space)
                if "parameters" in cell.metadata.get("tags", []):
                    space |= chosen
    return "\n".join(seen)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_any_parameters_hold(path):
    declared = catalogue.declared(COLLECTION, path.name)
    combinations = st.fixed_dictionaries({name: values(name, *about) for name, about in declared.items()})

    @settings(max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(combinations)
    def holds(chosen):
        text = shown_by(path, chosen)
        assert not re.search(r"\bnan\b|NaT|<NA>|\bNone\b|\binf\b", text), chosen

    holds()


def test_the_sample_would_see_a_failing_assert(tmp_path):
    copy = tmp_path / "registry.ipynb"
    text = (documents.ROOT / "notebooks" / "registry.ipynb").read_text(encoding="utf-8")
    copy.write_text(text.replace("assert kinds", "assert not kinds", 1), encoding="utf-8")
    with pytest.raises((AssertionError, ValueError)):
        shown_by(copy, {})
