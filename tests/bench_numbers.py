"""Time to verify columns of filing numbers, against a loop over python-stdnum: ``make bench``.

The loop does the same work: form, check character, province. The best of three runs counts, to leave out what
else the machine does.
"""

import re
import time

import pandas as pd
from lists import COUNTIES, number
from stdnum.iso7064 import mod_11_2

from chainregistry import filing

FORM = re.compile(r"(\S)网信备([0-9]{19}[0-9X])号?")


def loop(numbers: pd.Series) -> list[bool]:
    return [
        bool((form := FORM.fullmatch(text)) and filing.PROVINCES.get(form[1]) == form[2][:2])
        and mod_11_2.is_valid(form[2])
        for text in numbers
    ]


def seconds(function, numbers: pd.Series) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        function(numbers)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    distinct = [number(COUNTIES[i % 10], 19 + i % 7, i * 997 % 10**8, i % 1000) for i in range(100_000)]
    column = pd.Series(distinct * 10, dtype="str")
    assert filing.verify(column).all() and all(loop(column[:1000]))
    print("   numbers   verify, s   ns each   loop, s   times faster")
    for count in (10_000, 100_000, 1_000_000):
        part = column[:count]
        fast, slow = seconds(filing.verify, part), seconds(loop, part)
        print(f"{count:10,}{fast:12.4f}{fast / count * 1e9:10.0f}{slow:10.2f}{slow / fast:15.1f}")


if __name__ == "__main__":
    main()
