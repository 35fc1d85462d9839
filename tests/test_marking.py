"""The checks of the exercises: what counts as the expected value, and what is said of another one."""

import datetime
import linecache
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from chainregistry.marking import CheckFailed, agrees, expect, expect_error, expect_words, said, value_of

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
    (pd.NA, pd.NA),
    (Decimal("0.5"), 0.5),
    (1e12 + 1e-3, 1e12),
    (1e-10, 0.0),
    (np.array(3), 3),
    ({"a": 1}.keys(), ["a"]),
    ({"a": 1}.keys(), {"a"}),
    (frozenset({1}), {np.int64(1)}),
    (range(2), [0, 1]),
    (pd.array([1, 2]), (1, 2)),
    (datetime.datetime(2020, 4, 24), DAY),
    (np.datetime64("2020-04-24"), DAY),
    (datetime.datetime(2020, 4, 24, 12), datetime.datetime(2020, 4, 24, 12)),
    ([None, ("a", 1.0)], [None, ["a", 1]]),
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
    (10**17 + 1, 10**17, "should give 100000000000000000:"),
    (1.001e-5, 1e-5, "Yours gives 1.001e-05."),
    (1e12 + 1e5, 1e12, "Yours gives 1000000100000.0."),
    ("b", "a", "Yours gives 'b'."),
    (None, "a", "is a return missing?"),
    ("", None, "should give nothing (None)"),
    ({"a": 2}, {"a": 1}, "Yours gives {'a': 2}."),
    ([1], {"a": 1}, "Yours gives [1]."),
    ([1], [1, 2], "Yours gives [1]."),
    ([1, 2, 3], [1, 2, 4], "Yours gives [1, 2, 3]."),
    ([4, 1, 2, 3], [1, 2, 3, 4], "Yours gives [4, 1, 2, 3] (the order or the number differs)."),
    ((1, 2, 3), [1, 2, 3, 4], "Yours gives (1, 2, 3) (missing: [4])."),
    ([1, 2, 3, 4, 5], [1, 2, 3, 4], "Yours gives [1, 2, 3, 4, 5] (too many: [5])."),
    (np.array([[1, 2]]), {1, 2}, "an array of"),
    ([1], {1, 2}, "should give {1, 2}"),
    (frozenset({1}), (1,), "a set, which has no order"),
    ("a", ("a",), "where a tuple is asked"),
    (np.array([1, 2]), 3, ".item() takes the only value"),
    ((n for n in [1]), [1], "a generator object, which is not worked out yet: list(...) makes a list of it"),
    ("3", True, "where True or False is asked"),
    (datetime.date(2020, 4, 25), DAY, "should give datetime.date(2020, 4, 24)"),
    ("2020-04-24", DAY, "Yours gives '2020-04-24'."),
]


@pytest.mark.parametrize(("got", "expected"), SAME, ids=lambda value: type(value).__name__)
def test_a_value_counts_in_any_usual_form(got, expected):
    expect("got", expected, "that is the rule", got=got)


@pytest.mark.parametrize(("got", "expected", "words"), OTHER, ids=lambda value: type(value).__name__)
def test_another_value_is_told_in_one_line(got, expected, words):
    with pytest.raises(CheckFailed) as caught:
        expect("got", expected, "that is the rule", got=got)
    assert words in str(caught.value) and "that is the rule" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing (None)"),
        (pd.DataFrame({"a": [1, 2], "b": 1, "c": 1}), "a table of 2 × 3 cells"),
        (pd.Series([1, 2]), "a column (Series) of [1, 2]"),
        (np.array([1.5, 2]), "an array of [1.5, 2.0]"),
        (pd.Index(["a"]), "an array of ['a']"),
        (lambda: 1, "the function <lambda> itself"),
        ("a".upper, "the function upper itself"),
        (iter([1]), "a list_iterator object, which is not worked out yet"),
        (0.1 + 0.2, "0.3"),
        (np.float64(2), "2.0"),
        (1234567.891, "1.23457e+06"),
        ([np.int64(1), "a"], "[1, 'a']"),
        ("two\n lines", "'two\\n lines'"),
        ("x" * 158, repr("x" * 158)),
        ("x" * 159, "'" + "x" * 159 + " … (159 in all)"),
        (10**160, "1" + "0" * 159 + " …"),
    ],
)
def test_a_value_in_words(value, words):
    assert said(value) == words


def test_the_line_of_the_answer_that_stopped_is_quoted():
    source, name = "def answer(n):\n    return 1 / n\n", "/tmp/ipykernel_9/1.py"
    space = {}
    exec(compile(source, name, "exec"), space)
    linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
    with pytest.raises(CheckFailed) as caught:
        value_of("answer(0)", answer=space["answer"])
    del linecache.cache[name]
    assert str(caught.value) == (
        "answer(0), where answer is the function answer itself, stopped with ZeroDivisionError (division by zero), "
        "at your line “return 1 / n”."
    )


def test_a_name_that_only_the_answer_lacks_is_its_error():
    def answer():
        return lacking  # noqa: F821

    with pytest.raises(CheckFailed, match=r"stopped with NameError \(name 'lacking' is not defined\)\. Expected is 1"):
        expect("answer()", 1, "why", answer=answer)
    with pytest.raises(CheckFailed, match=r"^lacking is not there yet: run your cell of this exercise first$"):
        expect("lacking", 1, "why")
    assert not agrees(True, 1.0) and agrees(True, True) and not agrees(1, True)


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
