"""Processes killed at random: ``python tests/kill_processes.py [--number 100] [--seed 0] [--real]``, not a test.

Pages are rendered by the command, of a small collection made for it, or with ``--real`` of this one. In the midst one
process is killed: a kernel, a worker, the process that kernels are forked from, the command itself, the command with
``--watch``, a Dask worker. Then must hold: every page that stands there is whole, be it the old or the new one; what
outlives the kill makes all pages; the next run makes the same bytes as one that nobody disturbed; no process, temporary
file or socket stays. Every failure is said with the seed that makes it again.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

BY_OTHERS = ("kernel", "worker", "zygote", "cluster")
"""What is killed while the command goes on."""

KINDS = (*BY_OTHERS, "renderer", "watch")

GONE = 15
"""Seconds within which all processes must have ended."""

MARK = "KILL_PROCESSES"
"""Environment variable by which processes of a run are known."""

MODULE = """
from dataclasses import dataclass
from pathlib import Path
from nbpages import Collection

@dataclass(frozen=True)
class Birds(Collection):
    root: Path = Path(__file__).parent
    kernel = "birds"
    warm = True
    inputs = (Path(__file__).parent / "data",)

    def version(self):
        return (self.root / "data" / "seen.txt").read_text()
"""
KERNEL = {
    "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "birds",
    "language": "python",
    "metadata": {"kernel_provisioner": {"provisioner_name": "nbpages-warm", "config": {"collection": "birds:Birds"}}},
}
CELLS = (
    ("parameters", "bird: str = ''  # which"),
    ("setup", "seen = int(open('../data/seen.txt').read())"),
    ("other", "import time\ntime.sleep(0.1 + len(bird) % 3 / 5)\nprint((bird + ' ') * 20_000)"),
    ("answer", "time.sleep(0.1)\nprint(seen, bird)"),
)


class Small:
    """A collection of eight pages of one notebook, whose data come in two states."""

    pages = tuple(f"bird/{name}" for name in ("wren", "robin", "crow", "owl", "sparrow", "tit", "heron", "kite"))
    states = ("3", "4")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("notebooks", "data", "jupyter/kernels/birds"):
            (folder / name).mkdir(parents=True)
        (folder / "birds.py").write_text(MODULE, encoding="utf-8")
        (folder / "jupyter" / "kernels" / "birds" / "kernel.json").write_text(json.dumps(KERNEL), encoding="utf-8")
        cells = [new_markdown_cell("# How many?")]
        cells += [new_code_cell(source, metadata={"tags": [tag]}) for tag, source in CELLS]
        metadata = {"kernelspec": {"name": "birds", "display_name": "birds", "language": "python"}}
        nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "notebooks" / "bird.ipynb")
        lines = (f"{page}: {{notebook: bird.ipynb, parameters: {{bird: {page[5:]}}}}}" for page in self.pages)
        (folder / "pages.yaml").write_text("\n".join(lines), encoding="utf-8")
        self.command = [sys.executable, "-m", "nbpages", "birds:Birds"]
        path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
        self.environment = {"PYTHONPATH": path, "JUPYTER_PATH": str(folder / "jupyter")}

    def become(self, state: str) -> None:
        (self.folder / "data" / "seen.txt").write_text(state, encoding="utf-8")


class Real:
    """Some pages of this collection, whose data stay as they are."""

    pages = ("registry", "sector/finance", "province/hebei", "province/tibet", "province/hunan", "places")
    states = ("",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = [sys.executable, "-m", "nbpages", "chainregistry.collection:Register", *self.pages]
        self.environment = {}

    def become(self, state: str) -> None:
        pass


class Cluster:
    """A Dask scheduler with two workers on 127.0.0.1; a worker that was killed is replaced."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment, self.workers, self.made = folder, environment, [], 0
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", temporary=folder)
        while not (folder / "scheduler.json").exists():
            time.sleep(0.05)
        self.address = json.loads((folder / "scheduler.json").read_text(encoding="utf-8"))["address"]

    def _start(self, kind: str, *options: str, temporary: Path) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", *options]
        command += ["--scheduler-file", str(self.folder / "scheduler.json")]
        given = os.environ | self.environment | {"TMPDIR": str(temporary), MARK: str(temporary)}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=given)

    def complete(self) -> None:
        while len(self.workers) < 2:
            self.made += 1
            temporary = self.folder / f"w{self.made}"
            temporary.mkdir()
            options = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", f"{temporary}-dask")
            self.workers.append((temporary, self._start("worker", *options, temporary=temporary)))

    def lose(self, rng: random.Random) -> Path:
        """Kill a worker and return its temporary folder."""
        temporary, process = self.workers.pop(rng.randrange(2))
        process.kill()
        process.wait()
        return temporary

    def close(self) -> None:
        for process in (self.scheduler, *(process for _, process in self.workers)):
            process.kill()
            process.wait()


def family(mark: Path) -> list[psutil.Process]:
    """Living processes of a run, wherever in the tree they are now."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            alive = process.status() != psutil.STATUS_ZOMBIE
            if alive and process.environ().get(MARK) == str(mark):
                found.append(process)
    return found


def of_kind(kind: str, mark: Path) -> list[psutil.Process]:
    """Kernels, workers, or the process that kernels are forked from."""
    word = "multiprocessing.forkserver" if kind == "worker" else "nbpages.zygote"
    members = {}
    for process in family(mark):
        with suppress(psutil.Error):
            members[process.pid] = process, process.ppid(), word in " ".join(process.cmdline())
    chosen = {pid for pid, (_, _, fits) in members.items() if fits}
    return [p for p, above, fits in members.values() if fits and (above in chosen) == (kind != "zygote")]


def left(mark: Path) -> list[str]:
    """What stays of a run: processes, temporary files."""
    limit = time.monotonic() + GONE
    while time.monotonic() < limit:
        found = [f"file {Path(above, name)}" for above, folders, names in os.walk(mark) for name in folders + names]
        for process in family(mark):
            with suppress(psutil.Error):  # it has ended meanwhile
                found.append(f"process {' '.join(process.cmdline())[:150]}")
        if not found:
            return []
        time.sleep(0.1)
    return found


class Trial:
    """One kill and what must hold afterwards."""

    def __init__(self, made, cluster: Cluster, folder: Path) -> None:
        self.made, self.cluster, self.folder = made, cluster, folder
        self.out, self.mark = folder / "out", folder / "t"
        self.mark.mkdir(exist_ok=True)
        self.expected: dict[str, dict[str, bytes]] = {}
        self.seconds = 0.0

    def start(self, *options: str) -> subprocess.Popen:
        """The command, as a terminal would start it."""
        given = os.environ | self.made.environment | {"TMPDIR": str(self.mark), MARK: str(self.mark)}
        code = "import runpy, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        code += "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
        command = [sys.executable, "-u", "-c", code, *self.made.command[2:], "--out", str(self.out), *options]
        return subprocess.Popen(
            command, cwd=self.made.folder, env=given, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def completes(self, process: subprocess.Popen, state: str) -> None:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, f"exit status {process.returncode}: {said[-600:]}"
        found, expected = self.standing(), self.expected[state]
        assert found.keys() == expected.keys(), f"more or less than expected: {found.keys() ^ expected.keys()}"
        assert found == expected, f"other bytes: {[name for name in found if found[name] != expected[name]]}"

    def standing(self) -> dict[str, bytes]:
        """All files below the pages' folder; records without their seconds, which differ."""
        found = {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}
        for name, content in found.items():
            if name.endswith(".json"):
                record = json.loads(content)
                found[name] = json.dumps(record | {"seconds": 0}).encode()
        return found

    def undisturbed(self) -> None:
        """Pages of each state of the data, and the time that a run takes."""
        for state in self.made.states:
            self.made.become(state)
            shutil.rmtree(self.out, ignore_errors=True)
            started, process = time.monotonic(), self.start()
            said, _ = process.communicate()
            assert process.returncode == 0, said
            self.seconds = time.monotonic() - started
            self.expected[state] = self.standing()
        again = self.start()
        self.completes(again, state)

    def whole(self) -> int:
        """Asserts that no page is half written, and returns how many temporary files a killed writer has left."""
        parts = 0
        for name, content in self.standing().items():
            if Path(name).name.startswith("."):
                parts += 1
            elif Path(name).stem == "index":  # it tells of old pages and new ones
                assert content.rstrip().endswith((b"</html>", b"}")), f"{name} is cut off"
            else:
                assert content in [pages.get(name) for pages in self.expected.values()], (
                    f"{name} is neither old nor new"
                )
        return parts

    def run(self, kind: str, rng: random.Random) -> str:
        """How it ended; raises AssertionError where a promise is broken."""
        state = rng.choice(self.made.states)
        if len(self.made.states) == 1 or rng.random() < 0.3:
            shutil.rmtree(self.out, ignore_errors=True)
        if kind == "watch":
            ended = self._watched(state, rng)
        else:
            self.made.become(state)
            while not (ended := self._killed(kind, state, rng)):  # the run was over before
                shutil.rmtree(self.out)
        parts = self.whole()
        assert not (found := left(self.mark)), f"left behind: {found}"
        self.completes(self.start(), state)
        assert not (found := left(self.mark)), f"left behind by the next run: {found}"
        return ended + (", partial file removed by the next run" if parts else "")

    def _killed(self, kind: str, state: str, rng: random.Random) -> str:
        if kind == "cluster":
            self.cluster.complete()
            process = self.start("--cluster", self.cluster.address)
        else:
            process = self.start("--workers", "2")
        time.sleep(rng.uniform(0, self.seconds))
        match kind:
            case "renderer":
                sent = rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
                process.send_signal(sent)
                said, _ = process.communicate(timeout=30)
                assert "Traceback" not in said, said
                return f"{sent.name}, exit status {process.returncode}"
            case "cluster":
                temporary = self.cluster.lose(rng)
                assert not (found := left(temporary)), f"left behind by the Dask worker: {found}"
            case _:
                limit = time.monotonic() + self.seconds
                while not (victims := of_kind(kind, self.mark)) and time.monotonic() < limit:
                    time.sleep(0.01)
                if not victims:
                    self.completes(process, state)
                    return ""
                with suppress(psutil.Error):
                    rng.choice(victims).kill()
        self.completes(process, state)
        return "all pages made"

    def _watched(self, state: str, rng: random.Random) -> str:
        process = self.start("--watch", "--workers", "2")
        if rng.random() < 0.8:
            for line in process.stdout:
                if line.startswith("watching"):
                    break
        self.made.become(state)
        time.sleep(rng.uniform(0, self.seconds))
        sent = rng.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        process.send_signal(sent)
        said, _ = process.communicate(timeout=30)
        assert "Traceback" not in said, said
        return f"{sent.name}, exit status {process.returncode}"


def main(number: int, seed: int, real: bool, kinds: tuple[str, ...]) -> int:
    """Status 1 if a promise was broken."""
    ends, failed, started = Counter(), 0, time.monotonic()
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="k") as name:
        folder = Path(name)
        for inner in ("collection", "cluster"):
            (folder / inner).mkdir()
        made = (Real if real else Small)(folder / "collection")
        cluster = Cluster(folder / "cluster", made.environment)
        try:
            trial = Trial(made, cluster, folder)
            trial.undisturbed()
            for i in range(seed, seed + number):
                kind = kinds[i % len(kinds)]
                try:
                    ended = trial.run(kind, random.Random(i))
                except (AssertionError, subprocess.TimeoutExpired) as error:
                    failed, ended = failed + 1, "FAILED"
                    print(f"FAILED with seed {i} ({kind}): {error}", flush=True)
                    for process in family(trial.mark):
                        process.kill()
                    for path in trial.mark.iterdir():
                        shutil.rmtree(path, ignore_errors=True)
                    shutil.rmtree(trial.out, ignore_errors=True)
                ends[f"{kind}: {ended}"] += 1
        finally:
            cluster.close()
    for end, times in sorted(ends.items()):
        print(f"{end}: {times}")
    print(f"{number} kills, {failed} failures, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", action="store_true", help="pages of this collection, not of a small one")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    raise SystemExit(main(**vars(parser.parse_args())))
