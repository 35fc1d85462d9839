"""Parameters of notebooks: what a value may be, checked before anything runs."""

import difflib

from nbpages.collection import UsageError


class ParameterError(UsageError):
    """A parameter does not exist or its value is out of its vocabulary or range."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the sentence. Where in the code it was raised helps nobody who mistyped a value."""
        return [f"{type(self).__name__}: {self}"]


def checked(name: str, value: object, allowed: list[str] | range | None, kind: str = "", every: bool = False):
    """A value, or its text, in the type of the parameter.

    Parameters
    ----------
    allowed
        a vocabulary, a range of whole numbers, or None where anything of the type will do
    kind
        name of the type: "bool", "int", "float"; anything else is text
    every
        whether "all" belongs to the vocabulary too

    Raises ParameterError, in one sentence, for what is not of the type, or not allowed.
    """
    if isinstance(allowed, range) or kind == "int":
        number = _number(name, value, int, "a whole number")
        if allowed is not None and number not in allowed:
            raise ParameterError(f"{name} must be {allowed[0]} to {allowed[-1]}, not {value}")
        return number
    if allowed is not None:
        words = [*allowed, *(["all"] if every else [])]
        if value not in words:
            raise ParameterError(f"{name} has no value {value!r}{suggestion(value, words)}")
        return value
    if kind == "bool":
        if str(value).lower() not in ("true", "false"):
            raise ParameterError(f"{name} must be true or false, not {value!r}")
        return str(value).lower() == "true"
    return _number(name, value, float, "a number") if kind == "float" else value


def _number(name: str, value: object, kind: type, expected: str):
    try:
        if isinstance(value, bool) or (kind is int and isinstance(value, float)):
            raise ValueError
        return kind(value)
    except (TypeError, ValueError):
        raise ParameterError(f"{name} must be {expected}, not {value!r}") from None


def suggestion(value: str, allowed: list[str]) -> str:
    """A hint for a mistyped value: the nearest one, and the whole list where it is short."""
    near = difflib.get_close_matches(str(value), allowed, n=1)
    hint = f": did you mean {near[0]!r}?" if near else ""
    return (hint or ".") + (f" It may be {', '.join(map(str, allowed))}." if len(allowed) <= 40 or not near else "")
