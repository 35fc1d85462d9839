"""The checks of the exercises: what counts as the expected value, and what is said of another one."""

import datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from chainregistry.marking import CheckFailed, expect, expect_error, expect_words, value_of

DAY = datetime.date(2020, 4, 24)
SAME = [
    (np.int64(3), 3),
    (3.0, 3),
    (Fraction(1, 3), 1 / 3),
    (np.float64(0.1) * 3, 0.3),
    (np.True_, True),
    (np.str_("a"), "a"),
    ((1, 2), [1, 2]),
    ([1, 2], (1, 2)),
    (pd.Series([1, 2], index=[7, 8]), [1, 2]),
    (np.array([[1, 2], [3, 4]]), [(1, 2), (3, 4)]),
    ({"a": 1}.values(), [1]),
    (pd.Series({"a": 1.5}), {"a": 1.5}),
    ({np.int64(1): (2,)}, {1: [2]}),
    (["b", "a"], {"a", "b"}),
    (pd.Timestamp("2020-04-24"), DAY),
    (None, None),
]
OTHER = [
    (1, True, "where True or False is asked"),
    (True, 1, "should give 1"),
    ("3", 3, "a text, where a number is asked"),
    (2, 3, "Yours gives 2."),
    (3.0001, 3, "Yours gives 3.0001"),
    (np.nan, None, "Yours gives nan"),
    (None, 3, "is a return missing?"),
    (pd.Series([3]), 3, ".item() takes the only value"),
    (pd.DataFrame({"a": [3]}), 3, "a table of 1 × 1 cells, where one value is asked"),
    (map(int, "12"), [1, 2], "list(...) makes a list of it"),
    ({1, 2}, [1, 2], "a set, which has no order"),
    ([2, 1], [1, 2], "Yours gives [2, 1]."),
    ([1, 2, 2], {1, 2}, "Yours gives [1, 2, 2]."),
    ([1, 2, 3, 5], [1, 2, 3, 4], "missing: [4]; too many: [5]"),
    ({"a": 1}, {"a": 1, "b": 2}, "should give {'a': 1, 'b': 2}"),
    ("a", ["a"], "where a list is asked"),
    (len, 3, "should give 3"),
    (lambda: 3, 3, "are the brackets behind its name missing?"),
    (pd.Timestamp("2020-04-24 12:00"), DAY, "should give"),
]


@pytest.mark.parametrize(("got", "expected"), SAME, ids=lambda value: type(value).__name__)
def test_a_value_counts_in_any_usual_form(got, expected):
    expect("got", expected, "that is the rule", got=got)


@pytest.mark.parametrize(("got", "expected", "words"), OTHER, ids=lambda value: type(value).__name__)
def test_another_value_is_told_in_one_line(got, expected, words):
    with pytest.raises(CheckFailed) as caught:
        expect("got", expected, "that is the rule", got=got)
    assert words in str(caught.value) and "that is the rule" in str(caught.value) and "\n" not in str(caught.value)


def stub():
    raise NotImplementedError()


def broken(n):
    return 1 / n


def test_what_an_answer_raises_is_told():
    with pytest.raises(CheckFailed, match=r"broken\(0\) stopped with ZeroDivisionError .*Expected is 5: why"):
        expect("broken(0)", 5, "why")
    with pytest.raises(CheckFailed, match="stub still waits for your answer"):
        expect("stub()", 5, "why")
    with pytest.raises(CheckFailed, match="nowhere is not there yet"):
        value_of("nowhere + 1")
    with pytest.raises(CheckFailed, match="nowhere is not there yet"):
        expect_error("nowhere(1)", NameError, "why")
    assert value_of("broken(n)", n=np.int64(4)) == 0.25


def test_an_expected_error():
    expect_error("broken(0)", ZeroDivisionError, "nothing divides by zero")
    with pytest.raises(CheckFailed, match=r"should raise a ZeroDivisionError: why. Yours gives 1.0"):
        expect_error("broken(1)", ZeroDivisionError, "why")
    with pytest.raises(CheckFailed, match=r"stopped with ZeroDivisionError .*Expected is a KeyError: why"):
        expect_error("broken(0)", KeyError, "why")
    with pytest.raises(CheckFailed, match="still waits"):
        expect_error("stub()", RuntimeError, "a stub raises a kind of RuntimeError, but no answer's")


def test_words_of_a_sentence():
    expect_words("text", ["length", ("long", "short")], "why", without=["check"], text="Length: too SHORT.")
    with pytest.raises(CheckFailed, match=r"should hold the word 'long' or 'short': why. Yours gives 'Length.'"):
        expect_words("text", [("long", "short")], "why", text="Length.")
    with pytest.raises(CheckFailed, match="should not hold 'check': why"):
        expect_words("text", ["length"], "why", without=["check"], text="Length or check")
    with pytest.raises(CheckFailed, match="should give a text: why"):
        expect_words("text", ["length"], "why", text=None)


def test_jupyter_shows_the_sentence_alone():
    with pytest.raises(CheckFailed) as caught:
        expect("1 + 1", 3, "why")
    assert caught.value._render_traceback_() == ["Not yet: 1 + 1 should give 3: why. Yours gives 2."]
