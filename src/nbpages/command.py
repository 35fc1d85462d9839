"""The command that makes pages: ``python -m nbpages MODULE:CLASS [PAGE]...``, or ``command()`` as part of another one.

Heavy imports stand inside, so that ``--help`` is quick.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from nbpages.collection import Collection, UsageError, find
from nbpages.files import refused


class Folder(click.Path):
    """A folder to write to, which need not be there."""

    def convert(self, value, param, ctx):
        if not str(value):
            self.fail("is empty; for the current folder say .", param, ctx)
        if os.path.islink(value) and not os.path.exists(value):
            self.fail(f"{value} is a link that leads nowhere", param, ctx)
        try:
            os.stat(value)
        except FileNotFoundError:
            pass
        except OSError as error:
            self.fail(f"{error.strerror}: {value}", param, ctx)
        return super().convert(value, param, ctx)


def command(reference: str, out_name: str) -> click.Command:
    """The command ``render`` of a collection; pages go to its folder ``out_name`` if not said otherwise."""

    @click.command()
    @click.argument("pages", nargs=-1, metavar="[PAGE]...")
    @click.option("-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="Set a parameter.")
    @click.option("--list", "list_only", is_flag=True, help="List the pages, with their notebooks and parameters.")
    @click.option("--workers", type=click.IntRange(1), help="Processes of this machine [default: one per core].")
    @click.option("--cluster", metavar="ADDRESS", help="Use a Dask cluster, such as tcp://host:8786, instead.")
    @click.option("--out", type=Folder(file_okay=False, path_type=Path), help=f"Folder [default: {out_name}/].")
    @click.option(
        "--force", is_flag=True, help="Make pages again that have not changed, over files that render did not make."
    )
    @click.option("--watch", is_flag=True, help="Go on: make pages again when what they are made from changes.")
    @click.option("--timeout", type=click.IntRange(1), help="Seconds that a cell may take [default: 600].")
    def render(
        pages: tuple[str, ...],
        parameters: tuple[tuple[str, str], ...],
        list_only: bool,
        workers: int | None,
        cluster: str | None,
        out: Path | None,
        force: bool,
        watch: bool,
        timeout: int | None,
    ) -> None:
        """Render pages (none named: all of them) and the index.

        Pages that stand there and would come out the same are left alone. Exit status 1 if a page failed (the others
        are made), 2 if something asked for does not exist (nothing is run).
        """
        from nbpages import catalogue, start

        if cluster is not None and not cluster.strip():
            raise click.UsageError("--cluster is empty; it needs the ADDRESS of a scheduler")
        twice = {name for name, _ in parameters if [other for other, _ in parameters].count(name) > 1}
        if twice:
            raise click.UsageError(f"the parameter {min(twice)} is given twice")
        if cluster and workers:
            raise click.UsageError("--workers is for this machine; a cluster has its own number of them")
        if watch and (cluster or list_only):
            raise click.UsageError("--watch makes pages on this machine, and goes neither with --cluster nor --list")
        collection = find(reference)
        options = {"workers": workers or 0, "force": force} | ({"timeout": timeout} if timeout else {})
        folder = out or collection.root / out_name
        kept = folder / ".rendered" / "shared" if (folder / ".rendered").is_dir() else None
        with ExitStack() as stack:
            if not (list_only or cluster):  # what takes longest to start begins first
                options["zygote"] = stack.enter_context(start.shared_zygote(collection, kept))
            try:
                chosen = catalogue.plan(collection, pages, dict(parameters))
            except UsageError as error:
                raise click.UsageError(str(error)) from None
            if list_only:
                for page in chosen:
                    values = " ".join(f"{name}={value}" for name, value in page.parameters.items())
                    click.echo(f"{page.name}  notebooks/{page.notebook}  {values}".rstrip())
                return
            status = _render(collection, chosen, folder, cluster, options)
            if watch:
                from nbpages import watching

                anew = watching.watch(reference, pages, dict(parameters), folder, options, click.echo)
                status = 0
        if watch and anew:
            os.execv(sys.executable, sys.orig_argv)
        raise SystemExit(status)

    return render


def _render(collection: Collection, chosen: list, out: Path, cluster: str | None, options: dict) -> int:
    """Render with a progress bar, say what became of the pages, and return the exit status."""
    import signal

    from tqdm import tqdm

    from nbpages import batch, records

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to end is as good as Ctrl-C
    done: list = []
    interrupted = unwritten = False
    try:
        with tqdm(total=len(chosen), unit="page", disable=None) as bar:

            def report(result) -> None:
                done.append(result)
                bar.set_postfix_str(result.page.name)
                bar.update()

            if cluster:
                with batch.cluster(cluster, collection) as (executor, threads):
                    given = options | {"workers": threads}
                    batch.render(collection, chosen, out, report=report, executor=executor, **given)
            else:
                batch.render(collection, chosen, out, report=report, **options)
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    except records.FrontError as error:
        unwritten = True
        click.echo(f"failed: {error}", err=True)
    except OSError as error:
        unwritten = True
        click.echo(f"Error: {refused(error)}", err=True)
    except KeyboardInterrupt:
        interrupted = True
        click.echo("interrupted; the pages that were finished stay", err=True)
    failed = [result for result in done if result.error]
    made = [result for result in done if not result.error and not result.unchanged]
    for result in done:
        if result.again and not result.error:
            click.echo(f"made at the second attempt: {result.page.name}: {result.again}", err=True)
    for result in failed:
        click.echo(f"failed: {result.page.name}: {result.error}", err=True)
    if len(made) > 1:
        slowest = sorted(made, key=lambda result: -result.seconds)[:3]
        click.echo(f"slowest: {', '.join(f'{result.page.name} {result.seconds:.1f} s' for result in slowest)}")
    unchanged = sum(result.unchanged for result in done)
    kept = f", {unchanged} unchanged" if unchanged else ""
    where = f": {out / 'index.html'}" if os.path.isfile(out / "index.html") else ""
    click.echo(f"{len(made)} of {len(chosen)} pages rendered{kept}{where}")
    status = 0 if not unwritten and len(made) + unchanged == len(chosen) else 1
    if interrupted:
        raise SystemExit(status)  # and does not go on to watch
    return status
