"""Speed of ``chainregistry news``: 10,000 items of a made-up export, and whether memory grows with their number.

Run by ``make bench``. The items are made from the events of the data (titles, varied by place and number) and from
items about other things, in English and Chinese.
"""

import csv
import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chainregistry import data as data_package

ITEMS = 10_000
GOAL = 20
"""Seconds for so many items on two cores."""
CHINESE = (
    "{place}市区块链电子发票平台上线 第{n}号",
    "{place}市印发区块链产业发展行动方案（第{n}版）",
    "{place}法院启用区块链存证平台 {n}",
    "足球新闻第{n}条",
)
PLACES = ["杭州", "深圳", "贵阳", "青岛", "厦门", "合肥", "长沙", "成都", "西安", "沈阳"]


def write(path: Path, items: int) -> None:
    """An export of so many different items."""
    data = data_package.load()
    titles = itertools.cycle(data.events.title)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "date", "source", "url", "text"])
        for n in range(items):
            form = CHINESE[n % len(CHINESE)]
            title = form.format(place=PLACES[n % 7], n=n) if n % 2 else f"{next(titles)} ({n})"
            day = f"{2017 + n % 9}-{1 + n % 12:02d}-{1 + n % 28:02d}"
            text = f"The report tells more of it in a few sentences, and number {n} is one of them. " * 4
            writer.writerow([title, day, "Made Up Daily", f"https://example.org/{n}", text])


def run(items: int) -> tuple[float, float, float, str]:
    """Seconds, seconds of the processor, peak memory in MB and summary of one run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "export.csv"
        write(source, items)
        code = (
            "import resource, sys\nfrom chainregistry.cli import main\n"
            "try:\n    main(sys.argv[1:])\nfinally:\n"
            "    used = resource.getrusage(resource.RUSAGE_SELF)\n"
            "    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, file=sys.stderr)"
        )
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, "news", str(source), "--out", f"{folder}/candidates.csv"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        used, memory = map(float, done.stderr.split()[-2:])
        return time.perf_counter() - start, used, memory, done.stdout.splitlines()[0]


def main() -> None:
    few = run(ITEMS // 10)
    many = run(ITEMS)
    for items, (seconds, used, memory, _) in ((ITEMS // 10, few), (ITEMS, many)):
        print(f"news: {items:,} items in {seconds:.1f} s ({used:.1f} s of one core), peak memory {memory:.0f} MB")
    kept = "kept" if many[0] < GOAL else "missed"
    print(f"news: goal {ITEMS:,} items in {GOAL} s on two free cores: {kept} ({many[3].partition(' in ')[0]})")
    print(f"news: ten times the items take {many[2] / few[2]:.2f} times the memory")


if __name__ == "__main__":
    main()
