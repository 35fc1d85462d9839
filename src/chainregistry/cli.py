"""The command ``chainregistry``. Heavy imports stand inside the commands, so that ``--help`` is quick."""

import json
from pathlib import Path

import click

DATA = click.option(
    "--data",
    "data_dir",
    type=click.Path(path_type=Path),
    help="Data folder [default: data/ of the repository].",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")


def print_json(rows: list[dict]) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chainregistry")
def main() -> None:
    """Who registers blockchain services with the Chinese state: data, numbers and pages."""


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
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter.")
@click.option("--list", "list_only", is_flag=True, help="List the pages, with their notebooks and parameters.")
@click.option("--workers", type=click.IntRange(1), help="Processes of this machine [default: one per core].")
@click.option("--cluster", metavar="ADDRESS", help="Use a Dask cluster, such as tcp://host:8786, instead.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder [default: reports/].")
@click.option("--force", is_flag=True, help="Make pages again that have not changed.")
@click.option("--timeout", type=click.IntRange(1), help="Seconds that a cell may take [default: 600].")
def render(
    pages: tuple[str, ...],
    parameters: tuple[tuple[str, str], ...],
    list_only: bool,
    workers: int | None,
    cluster: str | None,
    out: Path | None,
    force: bool,
    timeout: int | None,
) -> None:
    """Render pages (none named: all of them) and the index.

    Pages that stand there and would come out the same are left alone. Exit status 1 if a page failed (the others are
    made), 2 if something asked for does not exist (nothing is run).
    """
    from chainregistry import catalogue, data, record

    if cluster and workers:
        raise click.UsageError("--workers is for this machine; a cluster has its own number of them")
    try:
        package = record.load()
        chosen = catalogue.plan(package, pages, dict(parameters))
    except (data.DataError, catalogue.UsageError) as error:
        raise click.UsageError(str(error)) from None
    if list_only:
        for page in chosen:
            values = " ".join(f"{name}={value}" for name, value in page.parameters.items())
            click.echo(f"{page.name}  notebooks/{page.notebook}  {values}".rstrip())
        return
    out = out or catalogue.REPOSITORY / "reports"
    options = {"workers": workers or 0, "force": force} | ({"timeout": timeout} if timeout else {})
    raise SystemExit(_render(chosen, out, cluster, package.folder, options))


def _render(chosen: list, out: Path, cluster: str | None, data_dir: Path, options: dict) -> int:
    """Render with a progress bar, say what became of the pages, and return the exit status."""
    import signal

    from tqdm import tqdm

    from chainregistry import batch, catalogue

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to end is as good as Ctrl-C
    done: list = []
    try:
        with tqdm(total=len(chosen), unit="page", disable=None) as bar:

            def report(result) -> None:
                done.append(result)
                bar.set_postfix_str(result.page.name)
                bar.update()

            if cluster:
                with batch.cluster(cluster, str(data_dir)) as (executor, threads):
                    batch.render(chosen, out, report=report, executor=executor, **options | {"workers": threads})
            else:
                batch.render(chosen, out, report=report, **options)
    except catalogue.UsageError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"Error: {error.strerror}: {error.filename}", err=True)
    except KeyboardInterrupt:
        click.echo("interrupted; the pages that were finished stay", err=True)
    failed = [result for result in done if result.error]
    made = [result for result in done if not result.error and not result.unchanged]
    for result in failed:
        click.echo(f"failed: {result.page.name}: {result.error}", err=True)
    if len(made) > 1:
        slowest = sorted(made, key=lambda result: -result.seconds)[:3]
        click.echo(f"slowest: {', '.join(f'{result.page.name} {result.seconds:.1f} s' for result in slowest)}")
    unchanged = sum(result.unchanged for result in done)
    kept = f", {unchanged} unchanged" if unchanged else ""
    click.echo(f"{len(made)} of {len(chosen)} pages rendered{kept}: {out / 'index.html'}")
    return 0 if len(made) + unchanged == len(chosen) else 1


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
        click.echo(f"list {remove} taken out; its {rows} rows are kept in {aside}")
        return

    if len(sources) > 1 and (batch or published):
        raise click.UsageError("--batch and --published go with one SOURCE only")
    status = 0
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
    from chainregistry import classify

    rows = classify.classify(texts).to_dict("records")
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
    from chainregistry import catalogue, lessons

    out = out or catalogue.REPOSITORY / "lessons"
    try:
        editions = lessons.write(out)
    except (lessons.LessonError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from None
    for edition in editions:
        click.echo(f"{edition.path}: {edition.exercises} exercises, {edition.points} points")
    click.echo(f"{len(editions)} student editions; to work on them: jupyter lab {out}")
