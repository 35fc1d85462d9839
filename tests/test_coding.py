"""Agreement of two coders: values worked by hand."""

import numpy as np
import pandas as pd
import pytest

from chainregistry import coding


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[20, 5], [10, 15]], 0.4),  # 35 of 50 agree, 25 by chance
        ([[25, 0], [0, 25]], 1.0),
        ([[0, 25], [25, 0]], -1.0),
        ([[30, 10], [10, 0]], -0.25),  # as many as four fifths alike, and still less than chance
    ],
)
def test_kappa_of_a_table_worked_by_hand(table, expected):
    cells = [(a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)]
    first, second = (pd.Series([f"code {cell[i]}" for cell in cells]) for i in (0, 1))
    assert coding.kappa(first, second) == pytest.approx(expected)
    assert coding.kappa(second, first) == pytest.approx(expected)


def test_kappa_is_not_defined_where_both_use_one_code():
    same = pd.Series(["finance"] * 5)
    assert np.isnan(coding.kappa(same, same))
