"""How long it takes to read a list of 5,000 rows, by format: ``python tests/bench_import.py [ROWS]``, no test.

The PDF has full names wrapped over two lines on 143 pages, which is the hardest case. Memory is the most that the
process which reads the files has held so far, so it can only grow from line to line.
"""

import sys
import tempfile
import time
from pathlib import Path

import lists

from chainregistry import official
from chainregistry.official import worker


def peak() -> float:
    """Most memory that the reading process has held, in MB."""
    status = Path(f"/proc/{worker._Worker.process.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM")), float("nan"))


def main(count: int) -> None:
    rows = lists.entries(count, seed=2)
    with tempfile.TemporaryDirectory() as folder:
        for kind in ["csv", "csv", *(kind for kind in lists.FORMATS[::-1] if kind != "csv")]:  # the first starts all up
            path = Path(folder) / f"list.{kind}"
            path.write_bytes(lists.make(kind, rows, {"repeated_headers", "wrapped"}, per_page=35))
            wall, cpu = time.monotonic(), _cpu()
            found = official.read_list(path)
            wall, cpu = time.monotonic() - wall, _cpu() - cpu
            print(
                f"{kind:5} {len(found.rows)} rows, {len(found.problems)} problems: {wall:.1f} s, of which {cpu:.1f} s "
                f"computing; at most {peak():.0f} MB",
                flush=True,
            )


def _cpu() -> float:
    """Seconds that this process and the reading one have computed."""
    own, path = time.process_time(), Path(f"/proc/{getattr(worker._Worker.process, 'pid', 0)}/stat")
    if not path.exists():
        return own
    ticks = path.read_text().rpartition(")")[2].split()
    return own + sum(map(int, ticks[11:15])) / 100  # its own, and that of processes which it started


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["5000"])[0]))
