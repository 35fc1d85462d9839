"""Answers kept beside the data: found for the same question only, renewed, and true."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner

from chainregistry import association, bounds, claims, cli, kept, neighbours, ranges, system, worth
from chainregistry import data as data_package
from chainregistry.facts import Fact, within
from chainregistry.program import Program

FACTS = [Fact("c001", "five", (), (({("x", "11", 1): 1.0}, 5.0, 5.0),))]


def never():
    raise AssertionError("solved anew")


def test_an_answer_is_found_for_the_same_question_and_facts_only(tmp_path):
    ask = lambda facts, question, solve: kept.answer(tmp_path, facts, question, solve)  # noqa: E731
    assert ask(FACTS, {"q": 1}, lambda: {"a": 7}) == {"a": 7}
    assert not kept.folder(tmp_path).exists(), "kept only where that is asked for"
    with kept.renewed(tmp_path):
        assert ask(FACTS, {"q": 1}, lambda: {"a": 7}) == {"a": 7}
    assert ask(FACTS, {"q": 1}, never) == {"a": 7}
    other = [replace(FACTS[0], rows=(({("x", "11", 1): 1.0}, 5.0, 6.0),))]
    for facts, question in ((other, {"q": 1}), (FACTS, {"q": 2}), ([], {"q": 1})):
        with pytest.raises(AssertionError, match="solved anew"):
            ask(facts, question, never)


ANSWERS = sorted(
    {*kept.folder(data_package.folder()).glob("*.json")} - {kept.folder(data_package.folder()) / kept.PROGRAMS}
)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_a_stored_answer_belongs_to_the_data_and_what_it_shows_is_possible(path, data):
    """The ends are attained by numbers that fulfil all facts; that none lies beyond is what took so long to solve."""
    found = json.loads(path.read_text(encoding="utf-8"))
    question = found["question"]
    model = bounds.Model(data, include=["c010"] if "clash" in question else [])
    if {"range and rank without each document", "order of neighbours without each document"} & {*question}:
        model = bounds.without_inferred(model)
    assert kept.answer(data.folder, model.facts, question, never) == found["answer"], "run make docs"
    if "clash" in question:
        clash = model.clash()
        fits = lambda facts: Program(facts, model.provinces).feasible  # noqa: E731
        assert not fits(clash) and all(fits([other for other in clash if other != fact]) for fact in clash)
        return
    first, last = question["lists"]
    if "association" in question:
        other = pd.Series(question["association"])
        solved = association.rank_association(model, other, first, last)
        assert solved.sure.low <= solved.attained.low <= solved.attained.high <= solved.sure.high
        for at, end in zip(solved.at, (solved.attained.low, solved.attained.high), strict=True):
            rows = [(within(code, first, last), services, services) for code, services in at.items()]
            assert model.program.allows(rows) and association.somers(pd.Series(at), other) == pytest.approx(end)
    elif "worth of" in question:
        row = worth.worth(model, [question["worth of"]], first, last).iloc[0]
        for value, less in ((row.least_at, row.least), (row.most_at, row.most)):
            told = model.variant(given={(row.province_code, first, last): int(value)}, exact=True).table(first, last)
            assert row.total - (told.high - told.low).sum() == less
    elif (key := "range and rank without each document") in question:
        rows = claims.without_each(model, question[key], last)
        for row in rows[:1]:
            less = model.without_document(row.document)
            assert (less.between(question[key], first, last), less.rank(question[key], first, last)) == row[1:]
    elif (key := "order of neighbours without each document") in question:
        for document, left in list(found["answer"]["left"].items())[:1]:
            less = model.without_document(document)
            near = neighbours.near_to(less, data.regions, question[key][0], last).set_index("province_code")
            assert near.side[near.side != 0].to_dict() == left
    elif "without each document" in question:
        codes = question["without each document"]
        table = ranges.without_each(model, codes, first, last)
        row = table.iloc[len(table) // 2]
        assert model.without_document(row.source_ids).between(codes, first, last) == row.together


LAST = 3
"""Of the lists that pages speak of, if nothing else is asked for."""


def asked(data, code: str) -> list:
    """What the page of a province asks, as text."""
    model = bounds.without_inferred(bounds.Model(data))
    tables = ranges.of_one(model, code, LAST), neighbours.beside(model, data.regions, code, LAST)
    return [*(table.to_csv() for table in tables), str(model.rank(code, 1, LAST))]


def test_pages_of_the_data_as_they_are_need_not_solve(data, monkeypatch):
    monkeypatch.setattr(system, "milp", lambda *given, **options: pytest.fail("run make docs"))
    for code in data.regions.province_code:
        assert asked(data, code)


@pytest.mark.parametrize("slug", ["jiangsu", "guizhou"])
def test_kept_programs_have_the_values_that_solving_finds(data, slug, monkeypatch):
    code = data.province(slug).province_code
    known = asked(data, code)
    monkeypatch.setenv(kept.RENEW, "anew")
    monkeypatch.delenv(data_package.SHARED, raising=False)
    assert asked(data, code) == known


def test_a_batch_leaves_the_programs_that_it_has_solved(data, tmp_path, monkeypatch):
    monkeypatch.setenv(kept.RENEW, "anew")
    monkeypatch.setenv(data_package.SHARED, str(tmp_path))
    assert bounds.Model(data).between("11", 1, LAST)
    found = json.loads(kept.collected(tmp_path))["programs"]
    stored = json.loads((kept.folder(data.folder) / kept.PROGRAMS).read_text())["programs"]
    assert found and found.items() <= stored.items()
    with kept.aside():
        assert bounds.Model(data).between("12", 1, LAST)
    assert json.loads(kept.collected(tmp_path))["programs"] == found, (
        "what an answer that is kept was solved from is not kept"
    )
    assert bounds.Model(data).between("12", 1, LAST) and len(json.loads(kept.collected(tmp_path))["programs"]) > len(
        found
    )


def five_more(content: bytes) -> bytes:
    stored = json.loads(content)
    return json.dumps(
        stored | {"programs": {name: value and value + 5 for name, value in stored["programs"].items()}}
    ).encode()


DAMAGES = {
    "other values": five_more,
    "a merge": lambda content: b"<<<<<<< HEAD\n" + content,
    "cut off": lambda content: content[:500],
    "another object": lambda content: b"{}",
    "no object": lambda content: b"[1]",
    "nested without end": lambda content: b"[" * 100_000,
    "not text": lambda content: b"\xff\xfe",
    "without a digest": lambda content: json.dumps({"programs": json.loads(content)["programs"]}).encode(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_of_answers_is_named_and_not_used(damage, data_copy, monkeypatch):
    monkeypatch.setenv("CHAINREGISTRY_DATA", str(data_copy))
    path = kept.folder(data_copy) / kept.PROGRAMS
    path.write_bytes(damage(path.read_bytes()))
    named = [str(problem) for problem in kept.problems(data_copy)]
    assert len(named) == 1 and named[0].startswith("solved/programs.json: does not fit its own digest")
    assert kept.programs() == {}


def test_ranges_are_the_same_without_the_answers_that_are_kept(data_copy):
    path = kept.folder(data_copy) / kept.PROGRAMS
    path.write_bytes(five_more(path.read_bytes()))
    command = [sys.executable, "-m", "chainregistry", "bounds", "tibet"]
    folders = (data_copy, data_package.folder())
    damaged, right = (
        subprocess.run(command, env=os.environ | {"CHAINREGISTRY_DATA": str(folder)}, capture_output=True, text=True)
        for folder in folders
    )
    assert damaged.stdout == right.stdout != "" and damaged.returncode == right.returncode == 0


def test_check_names_answers_that_are_damaged_or_stand_in_for_others_and_they_are_solved_anew(data_copy):
    with kept.renewed(data_copy, whole=False):
        kept.answer(data_copy, FACTS, {"q": 1}, lambda: {"a": 7})
        kept.answer(data_copy, FACTS, {"q": 2}, lambda: {"a": 8})
    first, second = (path for path in sorted(kept.folder(data_copy).glob("*.json")) if '"q"' in path.read_text())
    first.write_bytes(second.read_bytes())
    (data_copy / data_package.RIGHT).write_bytes(b"\xff")
    run = CliRunner().invoke(cli.main, ["check", "--data", str(data_copy)])
    assert run.exit_code == 1 and "Traceback" not in run.output
    assert [line.partition(":")[0] for line in run.output.splitlines()] == [f"solved/{first.name}", data_package.RIGHT]
    answers = [kept.answer(data_copy, FACTS, {"q": q}, lambda: {"a": 9})["a"] for q in (1, 2)]
    assert sorted(answers) in ([7, 9], [8, 9])
