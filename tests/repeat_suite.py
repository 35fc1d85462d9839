"""The suite many times with the machine loaded beside it: ``python tests/repeat_suite.py [--times 20] [--load 10]``.

Not a test. Says of each ``make test`` whether it passed, how long it took and which tests failed, and at the end how
many did. ``--load`` processes compute meanwhile; the output of a run that failed is kept.
"""

import argparse
import multiprocessing
import re
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def compute() -> None:
    while True:
        sum(range(10**6))


def main(times: int, load: int, command: list[str]) -> int:
    """Status 1 if a run failed."""
    beside = [multiprocessing.get_context("spawn").Process(target=compute, daemon=True) for _ in range(load)]
    for process in beside:
        process.start()
    failed, took = 0, []
    for run in range(1, times + 1):
        start = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        took.append(time.monotonic() - start)
        print(f"run {run}: {'failed' if done.returncode else 'passed'}, {took[-1]:.0f} s", flush=True)
        if done.returncode:
            failed += 1
            print("\n".join(re.findall(r"^(?:FAILED|ERROR) .*", done.stdout, re.MULTILINE)), flush=True)
            with tempfile.NamedTemporaryFile("w", prefix=f"run-{run}-", suffix=".log", delete=False) as log:
                log.write(done.stdout)
            print(f"all it said: {log.name}", flush=True)
    for process in beside:
        process.kill()
    print(f"{times} runs, {failed} failed; {min(took):.0f} to {max(took):.0f} s, {load} processes computing beside")
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--load", type=int, default=10)
    parser.add_argument("command", nargs="*", default=["make", "test"], help="instead of make test")
    raise SystemExit(main(**vars(parser.parse_args())))
