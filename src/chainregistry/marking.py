"""Checks of exercises that say in words what was expected and what came.

The check cells of the lessons use them. An expression is given as a text, so that a message can quote it, and is
evaluated among the names of the notebook: what an answer returns, that it raises, or that it is not there yet, all end
in one sentence. A value counts in whatever usual form it comes: a tuple for a list, NumPy's numbers for Python's.
"""

import datetime
import linecache
import math
import re
import sys
import traceback
import types
from collections.abc import Iterable, Iterator, KeysView, Mapping, ValuesView
from decimal import Decimal
from numbers import Real

import numpy as np
import pandas as pd

TOLERANCE = 1e-9
"""Relative and absolute difference up to which two numbers are the same; whole numbers are compared exactly."""

_SEQUENCES = (list, tuple, range, np.ndarray, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)
_LONG = 160


class CheckFailed(AssertionError):
    """An answer is not the expected one. Jupyter shows the sentence alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"Not yet: {self}"]


def expect(expression: str, expected: object, because: str, **names: object) -> None:
    """Pass if an expression has the expected value, in any usual form.

    Parameters
    ----------
    expression
        Python, evaluated among the names of the calling notebook; the message quotes it.
    expected
        None, a bool, number, text or date, or a list, tuple, set or dictionary of such values. The order counts in
        lists and tuples, of which either may come for the other.
    because
        The rule of the exercise that this case shows; it ends the message.
    names
        Further names that the expression uses.

    Raises
    ------
    CheckFailed
        if the value is another one, or cannot be had; in words.
    """
    try:
        got = _evaluate(expression, names, sys._getframe(1).f_globals)
    except CheckFailed as failed:
        if _waits(failed.__cause__, expression):
            raise
        raise CheckFailed(f"{failed} Expected is {said(expected)}: {because}.") from failed.__cause__
    if not agrees(got, expected):
        raise CheckFailed(
            f"{_quoted(expression, names)} should give {said(expected)}: {because}. {_came(got, expected)}"
        )


def expect_error(expression: str, kind: type[Exception], because: str, **names: object) -> None:
    """Pass if an expression raises an exception of a kind; else, or if it raises another one, raise CheckFailed."""
    try:
        got = _evaluate(expression, names, sys._getframe(1).f_globals)
    except CheckFailed as failed:
        if _waits(failed.__cause__, expression):
            raise
        if isinstance(failed.__cause__, kind):
            return
        raise CheckFailed(f"{failed} Expected is a {kind.__name__}: {because}.") from failed.__cause__
    raise CheckFailed(
        f"{_quoted(expression, names)} should raise a {kind.__name__}: {because}. Yours gives {said(got)}."
    )


def expect_words(
    expression: str, words: Iterable[str | tuple[str, ...]], because: str, without: Iterable[str] = (), **names: object
) -> None:
    """Pass if a value is a text with all of some words and none of others, in capital or small letters.

    For a tuple among ``words`` one of its words is enough. Raises CheckFailed as ``expect`` does.
    """
    got = _evaluate(expression, names, sys._getframe(1).f_globals)
    quoted = _quoted(expression, names)
    if not isinstance(got, str):
        raise CheckFailed(f"{quoted} should give a text: {because}. {_came(got, '')}")
    for wanted in words:
        several = (wanted,) if isinstance(wanted, str) else wanted
        if not any(word.casefold() in got.casefold() for word in several):
            asked = " or ".join(map(repr, several))
            raise CheckFailed(f"{quoted} should hold the word {asked}: {because}. Yours gives {said(got)}.")
    for word in without:
        if word.casefold() in got.casefold():
            raise CheckFailed(f"{quoted} should not hold {word!r}: {because}. Yours gives {said(got)}.")


def value_of(expression: str, **names: object) -> object:
    """The value of an expression, NumPy's single values as Python's; raises CheckFailed where there is none."""
    return _plain(_evaluate(expression, names, sys._getframe(1).f_globals))


def agrees(got: object, expected: object) -> bool:
    """Whether a value is the expected one in one of its usual forms; see ``expect``."""
    got = _plain(got)
    if expected is None or expected is pd.NA:
        return got is expected
    if isinstance(expected, bool):
        return isinstance(got, bool) and got == expected
    if isinstance(expected, Real):
        if isinstance(got, bool) or not isinstance(got, Real | Decimal):
            return False
        if isinstance(got, int) and isinstance(expected, int):
            return got == expected
        return math.isclose(float(got), float(expected), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    if isinstance(expected, str):
        return isinstance(got, str) and got == expected
    if isinstance(expected, Mapping):
        if isinstance(got, pd.Series):
            got = got.to_dict()
        if not isinstance(got, Mapping):
            return False
        given = {_plain(key): value for key, value in got.items()}
        return given.keys() == expected.keys() and all(agrees(given[key], expected[key]) for key in expected)
    if isinstance(expected, set | frozenset):
        if not isinstance(got, (*_SEQUENCES, set, frozenset, KeysView)) or np.ndim(got) > 1:
            return False
        return len(got) == len(expected) and {_plain(value) for value in got} == expected
    if isinstance(expected, list | tuple):
        if not isinstance(got, (*_SEQUENCES, KeysView, ValuesView)) or len(got) != len(expected):
            return False
        return all(agrees(*pair) for pair in zip(got, expected, strict=True))
    if isinstance(expected, datetime.date) and not isinstance(expected, datetime.datetime):
        if isinstance(got, datetime.datetime) and got.time() == datetime.time():
            got = got.date()
        return isinstance(got, datetime.date) and got == expected
    return bool(got == expected)


def said(value: object) -> str:
    """A value in words, in one line, as a message tells it."""
    value = _plain(value)
    if value is None:
        return "nothing (None)"
    if isinstance(value, pd.DataFrame):
        return f"a table of {len(value)} × {len(value.columns)} cells"
    if isinstance(value, pd.Series):
        return f"a column (Series) of {_shortened(list(map(_plain, value)))}"
    if isinstance(value, np.ndarray | pd.Index | pd.api.extensions.ExtensionArray):
        return f"an array of {_shortened(list(map(_plain, value)))}"
    if isinstance(value, types.FunctionType | types.MethodType | types.BuiltinFunctionType):
        return f"the function {value.__name__} itself"
    if isinstance(value, Iterator):
        return f"a {type(value).__name__} object, which is not worked out yet"
    if isinstance(value, float):
        return f"{value:.6g}" if value % 1 else f"{value:.1f}"
    if isinstance(value, list):
        return _shortened([_plain(item) for item in value])
    return _shortened(value)


def _shortened(value: object) -> str:
    text = " ".join(repr(value).split())
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG]} …" + (f" ({len(value)} in all)" if hasattr(value, "__len__") else "")


def _came(got: object, expected: object) -> str:
    """What came instead, and what it takes to make it the expected one where that is a matter of form."""
    words = f"Yours gives {said(got)}"
    single = expected is None or isinstance(expected, Real | str)
    if got is None:
        return f"{words}: is a return missing?"
    if isinstance(got, types.FunctionType | types.MethodType):
        return f"{words}: are the brackets behind its name missing?"
    if isinstance(got, Iterator):
        return f"{words}: list(...) makes a list of it."
    if single and isinstance(got, pd.Series | pd.Index | np.ndarray | pd.DataFrame):
        return f"{words}, where one value is asked: .item() takes the only value of a column."
    if isinstance(expected, Real) and not isinstance(expected, bool) and isinstance(got, str):
        return f"{words}, a text, where a number is asked."
    if isinstance(expected, bool) and not isinstance(_plain(got), bool):
        return f"{words}, where True or False is asked."
    if isinstance(expected, list | tuple) and isinstance(got, set | frozenset):
        return f"{words}, a set, which has no order."
    if isinstance(expected, list | tuple) and not isinstance(got, _SEQUENCES):
        return f"{words}, where a {'list' if isinstance(expected, list) else 'tuple'} is asked."
    if isinstance(expected, list) and isinstance(got, _SEQUENCES) and len(expected) > 3:
        return f"{words}{_difference(list(map(_plain, got)), expected)}."
    return f"{words}."


def _difference(got: list, expected: list) -> str:
    missing = [value for value in expected if not any(agrees(one, value) for one in got)]
    extra = [value for value in got if not any(agrees(value, one) for one in expected)]
    parts = [f"missing: {_shortened(missing)}"] * bool(missing) + [f"too many: {_shortened(extra)}"] * bool(extra)
    return f" ({'; '.join(parts) or 'the order or the number differs'})"


def _evaluate(expression: str, names: Mapping[str, object], space: dict) -> object:
    """The value of an expression; whatever it raises becomes a CheckFailed with that as its cause."""
    try:
        return eval(expression, {**space, **names})  # one namespace, so that a comprehension sees all names
    except NotImplementedError as error:
        called = expression.partition("(")[0]
        raise CheckFailed(
            f"{called} still waits for your answer, in the place of raise NotImplementedError()"
        ) from error
    except NameError as error:
        if _waits(error, expression):
            raise CheckFailed(f"{error.name} is not there yet: run your cell of this exercise first") from error
        raise CheckFailed(_crashed(expression, names, error)) from error
    except Exception as error:
        raise CheckFailed(_crashed(expression, names, error)) from error


def _waits(error: BaseException | None, expression: str) -> bool:
    """Whether an exception only says that there is no answer yet: a stub, or a name of the expression not defined."""
    if isinstance(error, NameError):
        return bool(re.search(rf"\b{re.escape(str(error.name))}\b", expression))
    return isinstance(error, NotImplementedError)


def _crashed(expression: str, names: Mapping[str, object], error: Exception) -> str:
    """That the answer raised an exception: which one, and at which line of the student's."""
    about = " ".join(str(error).split())[:_LONG]
    words = f"{_quoted(expression, names)} stopped with {type(error).__name__}{f' ({about})' if about else ''}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ipykernel_" in frame.filename]
    line = linecache.getline(frames[-1].filename, frames[-1].lineno or 0).strip() if frames else ""
    return f"{words}, at your line “{line}”." if line else f"{words}."


def _quoted(expression: str, names: Mapping[str, object]) -> str:
    told = ", ".join(f"{name} is {said(value)}" for name, value in names.items())
    return f"{expression}, where {told}," if told else expression


def _plain(value: object) -> object:
    """A single value of NumPy or pandas as Python's own; everything else as it is."""
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    return value
