"""Every notebook holds for every value of its parameters: a sample of combinations, drawn by Hypothesis.

The cells run in this process, asserts and all, and what they show is looked through for traces of missing values.
"""

import re
from dataclasses import replace

import nbformat
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from chainregistry import association, charts, documents, parameters, prose
from chainregistry.collection import COLLECTION
from nbpages import catalogue

MADE = {page.notebook for page in catalogue.pages(COLLECTION)}
NOTEBOOKS = [path for path in documents.notebooks() if path.name in MADE]

EXAMPLES = {"methods": 1}
"""Combinations tried of a notebook that solves many programs for each; of the others two."""


def values(name: str, kind: str, default):
    """All values that a parameter may take."""
    allowed = COLLECTION.allowed(name)
    if isinstance(allowed, range):
        return st.integers(allowed[0], allowed[-1])
    if allowed is not None:
        return st.sampled_from([*allowed, *(["all"] if default == "all" else [])])
    assert kind == "bool"
    return st.booleans()


def shown_by(path, chosen: dict) -> str:
    """Text that a notebook shows when run with these parameters."""
    seen = []

    def record(bundle, metadata=None, raw=False):
        markup = re.sub(r'<details class="sources">.*', "", bundle.get("text/html", ""), flags=re.DOTALL)
        seen.append(markup + bundle["text/plain"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "display", record)
        patch.setattr(charts.form, "display", record)
        patch.setattr(association, "NODES", 1)  # its limits are then wider, and still true
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
    combinations = combinations.filter(lambda chosen: not parameters.contradiction(chosen))

    @settings(
        max_examples=EXAMPLES.get(path.stem, 2),
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
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


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"province": "sichuen"}, "did you mean 'sichuan'"),
        ({"province": "all", "every": ()}, "province has no value 'all'"),
        ({"last_list": 0}, "last_list must be 1 to 20, not 0"),
        ({"last_list": 10**20}, "last_list must be 1 to 20, not 1"),
        ({"last_list": "5"}, "last_list must be a whole number, not '5'"),
        ({"months": 10**9}, "months must be 1 to 60"),
        ({"since": 1}, r"since must be 2016 to 20\d\d, not 1"),
        ({"outlet": "no"}, "outlet must be True or False, not 'no'"),
        ({"since": 2020, "until": 2019}, "until must not be before since: 2019 is before 2020"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_in_one_sentence(data, values, why):
    with pytest.raises(parameters.ParameterError, match=why):
        parameters.choose(data, **values)
    assert parameters.vocabulary(data, "since")[-1] == int(data.as_of[:4])


def test_what_each_parameter_may_be(data):
    may = lambda *names: [parameters.vocabulary(data, name) for name in names]  # noqa: E731
    assert may("confidence", "seat", "outlet") == [["high", "medium", "low"], ["city", "county"], None]
    assert may("level") == [["provincial", "prefecture", "county", "court"]]
    assert may("include", "exclude") == [
        ["none", "statements", "digital-yuan", "both"],
        ["none", "lists", "outlet", "both"],
    ]
    assert may("last_list", "months") == [range(1, 21), range(1, 61)]
    assert may("since") == may("until") == [range(2016, int(data.as_of[:4]) + 1)]
    later = replace(data, events=data.events.assign(date="2019-05-01"))
    assert parameters.vocabulary(later, "since")[0] == 2019
    provinces, regions, sectors, areas, countries, facts = may(
        "province", "region", "sector", "area", "country", "extra_fact"
    )
    assert len(provinces) == 31 and provinces[0] == "beijing"
    assert len(regions) == len(set(regions)) > 3 and set(regions) == set(data.regions.region)
    assert sectors == list(data.sectors.sector) and len(areas) == 8 and areas[-1] == "Other Asia"
    assert countries == sorted(set(data.events.country)) and facts[:2] == ["none", "c001"]


def test_all_may_stand_for_a_word_only_where_that_is_said(data):
    parameters.choose(data, province="all", sector="all", months=60, outlet=True)
    parameters.choose(data, province="all", sector="finance", every=["province"])
    with pytest.raises(parameters.ParameterError, match="sector has no value 'all'"):
        parameters.choose(data, province="all", sector="all", every=["province"])


@pytest.mark.parametrize(
    ("lists", "found"), [("1-3", (1, 3)), ("2", (2, 2)), (" 3 – 5 ", (3, 5)), ("20", (20, 20)), ("1-20", (1, 20))]
)
def test_lists_from_one_to_another(data, lists, found):
    assert parameters.span(data, lists) == found


@pytest.mark.parametrize(
    ("lists", "why"),
    [
        ("3-1", "there are no lists 3-1: did you mean '1-3'? They are 1 to 20."),
        ("0-2", "there are no lists 0-2: did you mean '1-2'? They are 1 to 20."),
        ("4-99", "there are no lists 4-99: did you mean '4-20'? They are 1 to 20."),
        ("21", "there are no lists 21: did you mean '20-20'? They are 1 to 20."),
        ("first", "lists has no value 'first': did you mean '1-3'? It is A-B, from 1 to 20."),
    ],
)
def test_lists_that_are_not_there_are_refused_with_those_that_are(data, lists, why):
    with pytest.raises(parameters.ParameterError) as refused:
        parameters.span(data, lists)
    assert str(refused.value) == why


def test_a_notebook_shows_the_sentence_and_no_traceback():
    source = "import chainregistry as cr\ncr.choose(cr.load(), province='sichuen')"
    shell = InteractiveShell.instance()
    with capture_output() as shown:
        shell.run_cell(source)
    InteractiveShell.clear_instance()
    assert shown.stdout.startswith("ParameterError: province has no value 'sichuen': did you mean 'sichuan'?")
    assert len(shown.stdout.strip().splitlines()) == 1
