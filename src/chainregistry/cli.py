"""The command ``chainregistry``. Heavy imports stand inside the commands, so that ``--help`` is quick."""

import io
import json
import os
import sys
from pathlib import Path

import click

from nbpages.command import command
from nbpages.files import refused

DATA = click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    help="Data folder [default: data/ of the repository].",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")


def _to_write(data_dir: Path | None) -> Path:
    """The data folder, if it is one to write to."""
    from chainregistry import folders

    folder = folders.folder(data_dir)
    if folder == folders.PACKAGED:
        raise click.UsageError("outside a checkout, name the data folder to write to with --data")
    return folder


def print_json(rows: list[dict]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


class Commands(click.Group):
    """Commands that end in one line where the system refuses something: a right, room on the disk, a folder."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends in silence
        except OSError as error:
            try:
                os.getcwd()
            except FileNotFoundError:
                raise click.ClickException("the current folder is no longer there; go to another one") from None
            raise click.ClickException(refused(error)) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chainregistry")
def main() -> None:
    """Who registers blockchain services with the Chinese state: data, numbers and pages."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign that the terminal or file cannot take is no reason to stop
            stream.reconfigure(errors="backslashreplace")


@main.command()
@DATA
@JSON
def check(data_dir: Path | None, as_json: bool) -> None:
    """Validate the whole data package; exit status 1 if anything is wrong."""
    from chainregistry import data, record

    problems = record.check(data_dir)
    if as_json:
        print_json([problem.as_dict() for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
        if not problems:
            click.echo(f"{data.folder(data_dir)}: no problem found")
    raise SystemExit(1 if problems else 0)


@main.command()
@click.argument("reason")
@DATA
def record(reason: str, data_dir: Path | None) -> None:
    """Accept rows that were added, changed or removed: show them, and write why into the ledger of the data folder.

    The REASON stands under Corrections in data/README.md. Exit status 2, and nothing written, if it is empty or a
    table cannot be read.
    """
    from chainregistry import checks, data, ledger
    from chainregistry.values import count

    if not reason.strip():
        raise click.UsageError("REASON is empty; say why the rows changed, as it shall stand under Corrections")
    folder, found = _to_write(data_dir), []

    def show(changes: list[ledger.Change]) -> None:
        found.extend(changes)
        click.echo("\n".join(ledger.shown(found)))

    try:
        entry = ledger.record(folder, reason, show)
    except UnicodeEncodeError:
        raise click.UsageError("REASON is not text in UTF-8: the terminal gives it in another encoding") from None
    except data.DataError as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from None
    if entry is None:
        click.echo(f"{folder}: nothing has changed since the last entry of the ledger")
        return
    rows = len({(change.table, change.id) for change in found})
    what = f"{count(rows, 'row')} recorded" if found else "; ".join(entry.other)
    click.echo(f"{what} on {entry.date}: {entry.reason}")
    if problems := checks.check(folder):
        click.echo(f"`chainregistry check` names {count(problems, 'problem')} in them; see to these before you commit")


main.add_command(command("chainregistry.collection:Register", "reports"), "render")


@main.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--batch", type=click.IntRange(1, 999), help="Number of the list, where the source does not say it.")
@click.option("--published", metavar="DATE", help="Date of the list, as YYYY-MM-DD.")
@click.option("--replace", is_flag=True, help="Put the list in the place of another one of the same number.")
@click.option("--remove", type=click.IntRange(1, 999), metavar="N", help="Take list N out again; its files are kept.")
@DATA
def import_(
    sources: tuple[str, ...],
    batch: int | None,
    published: str | None,
    replace: bool,
    remove: int | None,
    data_dir: Path | None,
) -> None:
    """Read official lists (PDF, DOCX, XLSX, XLS, HTML or CSV; path or address) into the data folder.

    Exit status 0 if all is clean, 1 if there are problem rows, 2 if a source cannot be read as a list.
    """
    from chainregistry import official

    if bool(sources) == bool(remove):
        raise click.UsageError("name the SOURCE of a list, or a list to --remove" + ", not both" * bool(sources))
    if remove:
        try:
            rows, aside = official.remove(remove, data_dir)
        except official.ListError as error:
            click.echo(f"Error: {error}", err=True)
            raise SystemExit(2) from None
        click.echo(f"list {remove} taken out; its {rows} row{'s are' if rows != 1 else ' is'} kept in {aside}")
        return

    if len(sources) > 1 and (batch or published):
        raise click.UsageError("--batch and --published go with one SOURCE only")
    data_dir, status = _to_write(data_dir), 0
    for source in sources:
        try:
            result = official.import_list(source, data_dir, batch, published, replace)
        except official.ListError as error:
            click.echo(f"Error: {error}", err=True)
            status = 2
        else:
            click.echo(str(result))
            status = max(status, 1 if result.problems else 0)
    raise SystemExit(status)


@main.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File of candidates, added to.")
@click.option(
    "--accept", type=click.Path(dir_okay=False, path_type=Path), help="Append the rows that say yes to the data."
)
@JSON
@DATA
def news(sources: tuple[str, ...], out: Path | None, accept: Path | None, as_json: bool, data_dir: Path | None) -> None:
    """Read feeds and exports of news (RSS, Atom, GDELT, RIS, BibTeX, CSV, XLSX; path or address) into candidates.

    They go to --out [default: news/candidates.csv beside the data folder], where each waits for a yes or no; items
    that stand there are not shown again. With --json and without --out nothing is written or remembered. Exit status
    2, and nothing written, if a source cannot be read or a row cannot be accepted.
    """
    if bool(sources) == bool(accept) or (accept and (out or as_json)):
        raise click.UsageError("name at least one SOURCE, or --accept FILE alone")
    from chainregistry import data
    from chainregistry.news import NewsError

    if accept or not (out or as_json):
        data_dir = _to_write(data_dir)
    try:
        status = _accept_news(accept, data_dir) if accept else _read_news(list(sources), out, as_json, data_dir)
    except (NewsError, data.DataError) as error:
        click.echo(f"Error: {error}", err=True)
        status = 2
    raise SystemExit(status)


def _accept_news(path: Path, data_dir: Path | None) -> int:
    from chainregistry import news

    click.echo(str(news.accept(path, data_dir)))
    return 0


def _read_news(sources: list[str], out: Path | None, as_json: bool, data_dir: Path | None) -> int:
    """Read with a progress bar; candidates wait in a file of their own until every source has been read."""
    import tempfile

    from tqdm import tqdm

    from chainregistry import data, news

    if not (out or as_json):
        out = news.default_file(data.folder(data_dir))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting, tqdm(unit=" items", disable=None) as bar:

        def emit(candidate: dict) -> None:
            waiting.write((",\n" if waiting.tell() else "") + json.dumps(candidate, ensure_ascii=False, indent=2))

        run = news.collect(data.load(data_dir), sources, out, bar.update, emit if as_json else None)
        bar.close()
        if as_json:
            waiting.seek(0)
            click.echo("[", nl=False)
            for line in waiting:
                click.echo(line, nl=False)
            click.echo("]")
    click.echo(str(run), err=as_json)
    if run.interrupted:
        click.echo("interrupted; what was read until then is kept", err=True)
        return 130
    if run.candidates and out:
        click.echo(
            f"next: decide in notebooks/review-news.ipynb, or in the column accept; then news --accept {out}",
            err=as_json,
        )
    return 0


@main.command()
@click.argument("provinces", nargs=-1, required=True, metavar="PROVINCE...")
@click.option("--lists", default="1-3", show_default=True, metavar="A-B", help="Lists to count, from A to B.")
@click.option("--claim", type=click.IntRange(0), metavar="N", help="Tell whether N can be true.")
@JSON
@DATA
def bounds(provinces: tuple[str, ...], lists: str, claim: int | None, as_json: bool, data_dir: Path | None) -> None:
    """Tell what published numbers allow for PROVINCEs (such as jiangsu): the range, and the numbers that fix it.

    Exit status 1 if the claim cannot be true of one of them, 2 if a province or the lists do not exist.
    """
    from chainregistry import claims, data, parameters, record
    from chainregistry.program import ClashError

    try:
        package = record.load(data_dir)
        for province in provinces:
            if province not in set(package.regions.slug):
                hint = parameters.suggestion(province, list(package.regions.slug))
                raise click.UsageError(f"there is no province {province!r}{hint}")
        first, last = parameters.span(package, lists)
        model = claims.Model(package)
        answers = [claims.ask(model, province, first, last, claim) for province in dict.fromkeys(provinces)]
    except (data.DataError, parameters.ParameterError, ClashError) as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json([answer.as_dict() for answer in answers])
    else:
        for answer in answers:
            click.echo(str(answer))
    raise SystemExit(1 if any(answer.possible is False for answer in answers) else 0)


@main.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@JSON
def number(texts: tuple[str, ...], as_json: bool) -> None:
    """Verify and decode the filing numbers found in TEXT; exit status 1 if one is invalid or none is found."""
    from chainregistry import filing

    findings = [finding for text in texts for finding in filing.find(text)]
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    else:
        click.echo("\n".join(map(str, findings)))
    raise SystemExit(0 if all(finding.valid for finding in findings) else 1)


@main.command()
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@JSON
def classify(texts: tuple[str, ...], as_json: bool) -> None:
    """Tell the sector of service names, Chinese or English, with the keyword that decided; "unclear" when unsure."""
    from chainregistry import classify, data

    if not all(text.strip() for text in texts):
        raise click.UsageError("TEXT is empty: give the name of a service")
    try:
        rows = classify.classify(texts).to_dict("records")
    except data.DataError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['text']}: {row['sector']}, {row['why']}")


@main.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder [default: lessons/].")
def lessons(out: Path | None) -> None:
    """Write the student editions of the lessons: without solutions, hidden tests and outputs.

    Exit status 2, and nothing written, if a lesson has a faulty marker or a file in the folder would be lost.
    """
    from chainregistry import lessons
    from chainregistry.collection import ROOT, needs_checkout
    from nbpages import UsageError

    out = out or ROOT / "lessons"
    try:
        needs_checkout()
        editions = lessons.write(out)
    except (lessons.LessonError, UsageError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from None
    for edition in editions:
        click.echo(f"{edition.path}: {edition.exercises} exercises, {edition.points} points")
    click.echo(f"{len(editions)} student editions; to work on them: jupyter lab {out}")
