"""What is generated and committed is current: ledger, dictionary, README and its picture."""

import io
import re
from fnmatch import fnmatch

import pytest
from PIL import Image, ImageChops

from chainregistry import charts, documents, ledger


def test_generated_sections_are_current():
    generated = documents.generated()
    assert len(generated) > 1
    for path, sections in generated.items():
        text = path.read_text(encoding="utf-8")
        assert documents.with_sections(text, sections) == text, f"run make docs: {path}"


def test_nothing_is_waiting_to_be_accepted():
    assert ledger.changes(documents.ROOT / "data") == [], "chainregistry record"


def test_the_picture_shows_what_the_notebooks_store():
    with Image.open(documents.OVERVIEW) as committed:
        drawn = Image.open(io.BytesIO(charts.png(documents.overview())))
        assert not ImageChops.difference(committed.convert("RGB"), drawn.convert("RGB")).getbbox(), "run make docs"


def test_answers_that_were_kept_or_dropped_on_the_way_are_told(tmp_path, monkeypatch, capsys):
    solved = tmp_path / "data" / "solved"
    solved.mkdir(parents=True)
    (solved / "old.json").touch()

    def made():
        (solved / "old.json").unlink()
        (solved / "new.json").touch()
        yield tmp_path / "page.md", b"text"

    monkeypatch.setattr(documents, "ROOT", tmp_path)
    monkeypatch.setattr(documents, "_made", made)
    documents.main()
    assert capsys.readouterr().out == "written: page.md, data/solved/new.json\ndropped: data/solved/old.json\n"
    monkeypatch.setattr(documents, "_made", lambda: iter(()))
    documents.main()
    assert capsys.readouterr().out == "everything was up to date\n"


def test_a_missing_section_is_an_error():
    with pytest.raises(ValueError, match="no section 'x'"):
        documents.with_sections("text", {"x": "y"})


def test_no_number_is_typed_into_the_readme_outside_the_generated_parts():
    text = (documents.ROOT / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"<!-- (\w+)\b.*?<!-- /\1 -->", "", text, flags=re.DOTALL)
    text = re.sub(r"```.*?```|`[^`]*`|CC BY 4\.0|Python 3\.11|\b20\d\d\b|\]\([^)]*\)", "", text, flags=re.DOTALL)
    assert not re.search(r"\d", text), re.search(r".{0,40}\d.{0,40}", text)[0]


def test_files_that_the_documents_name_exist():
    for name in ("README.md", "data/README.md", "CONTRIBUTING.md"):
        text = (documents.ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert ((documents.ROOT / name).parent / target).exists(), target


def test_the_maintainers_page_tells_of_every_test_and_of_no_other():
    text = (documents.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("## What each test protects")[2].partition("\n## ")[0]
    told = re.findall(r"`([\w*/]+(?:\.py)?)`", " ".join(re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)))
    names = {path.name.removesuffix(".py") for path in (documents.ROOT / "tests").iterdir()} - {"__pycache__"}
    names = {name for name in names if re.fullmatch(r"\w+", name)}
    patterns = [name.removesuffix(".py").rstrip("/") for name in told]
    assert [name for name in sorted(names) if not any(fnmatch(name, one) for one in patterns)] == []
    assert [one for one in patterns if not any(fnmatch(name, one) for name in names)] == []


def test_coding_examples_say_what_the_rows_say(data):
    """Each example of a coding rule in data/README.md names a row that carries the code."""
    text = (documents.ROOT / "data" / "README.md").read_text(encoding="utf-8")
    rows = data.registrations.set_index("registration_id")
    column, checked = "", 0
    for line in text.splitlines():
        if head := re.match(r"\*\*`(\w+)`\*\*", line):
            column = head[1]
        if column and (example := re.match(r"\| `([\w-]+)` \| (r\d{3}),", line)):
            assert rows.loc[example[2], column] == example[1], line
            checked += 1
    assert checked >= 15
