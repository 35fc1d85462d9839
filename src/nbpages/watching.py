"""Pages made again as soon as what they are made from changes, by a process that stays warm: ``render --watch``."""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nbpages import batch, catalogue
from nbpages.collection import Collection, Page, UsageError, find
from nbpages.files import refused
from nbpages.records import FrontError
from nbpages.render import Result, describe_failure


def watch(
    reference: str, names: tuple[str, ...], given: dict[str, str], out: Path, options: dict, say: Callable[[str], None]
) -> bool:
    """Make pages again until interrupted, and say in a line what was done.

    After a change of notebooks, data or the list of pages, those pages are made that it concerns.

    Returns
    -------
    bool
        whether source code has changed: what this process has imported is out of date, and a new one must go on
    """
    from watchfiles import Change, DefaultFilter, watch

    collection, options = find(reference), options | {"force": False}
    code = [folder for folder in (Path(__file__).parent, collection.source) if folder]
    inputs = [collection.notebooks, collection.listing, *collection.inputs]
    folders = {path if path.is_dir() else path.parent for path in [*inputs, *code]}  # who saves may replace a file
    told = DefaultFilter(
        ignore_dirs=[*DefaultFilter.ignore_dirs, ".ipynb_checkpoints"],
        ignore_entity_patterns=[*DefaultFilter.ignore_entity_patterns, r"^\."],  # files half written
    )

    def concerns(change: Change, path: str) -> bool:
        return told(change, path) and any(Path(path).is_relative_to(one) for one in [*inputs, *code])

    ready = f"watching {', '.join(_shown(path, collection) for path in [*inputs, *code])}; Ctrl-C ends"
    often = {"step": 50, "debounce": 400, "rust_timeout": 200, "yield_on_timeout": True}  # milliseconds
    try:
        for changes in watch(*folders, watch_filter=concerns, raise_interrupt=True, **often):
            if ready:  # not before it is so
                say(ready)
                ready = ""
            if not changes:
                continue
            changed = sorted({Path(path) for _, path in changes})
            words = ", ".join(_shown(path, collection) for path in changed[:3]) + (", …" if len(changed) > 3 else "")
            if any(path.is_relative_to(folder) for path in changed for folder in code):
                say(f"{words} changed: starting anew")
                return True
            _again(find(reference), changed, names, given, out, options, partial(_tell, say, words))
    except KeyboardInterrupt:
        say("no longer watching")
    return False


def _tell(say: Callable[[str], None], words: str, what: str) -> None:
    say(f"{words} changed: {what}")


def _again(
    collection: Collection, changed: list[Path], names: tuple, given: dict, out: Path, options: dict, say: Callable
) -> None:
    """Make the pages that a change concerns, and say what became of them as soon as they stand there.

    The front page, which may show what they say, follows.
    """
    started, results = time.perf_counter(), []
    concerned = True

    def report(result: Result) -> None:
        results.append(result)
        if len(results) == len(chosen):
            made = [result.page.name for result in results if not result.unchanged and not result.error]
            failed = [f"failed: {result.page.name}: {result.error}" for result in results if result.error]
            seconds = f"{time.perf_counter() - started:.1f} s"
            said = [f"{made[0] if len(made) == 1 else f'{len(made)} pages'} made in {seconds}"] if made else []
            say("; ".join([*said, *failed]) or (_same(chosen) if concerned else "no page here is made from that"))

    try:
        chosen = catalogue.plan(collection, names, given)
        own = {collection.notebooks / page.notebook for page in chosen}
        concerned = not all(path.is_relative_to(collection.notebooks) and path not in own for path in changed)
        batch.render(collection, chosen, out, report=report, **options)
    except (UsageError, FrontError) as error:
        say("; ".join(str(error).replace(":\n", ": ").splitlines()))
    except OSError as error:
        say(refused(error))
    except Exception as error:  # whatever it is, the next change may mend it
        say(describe_failure(error))


def _same(chosen: list[Page]) -> str:
    return f"{chosen[0].name} is as it was" if len(chosen) == 1 else f"the {len(chosen)} pages are as they were"


def _shown(path: Path, collection: Collection) -> str:
    """A path as it is known in the collection."""
    return os.path.relpath(path, collection.root) if path.is_relative_to(collection.root) else path.name
