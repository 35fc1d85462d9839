"""Parameterised notebooks to pages of HTML, many and fast. README.md beside this file says how to use it."""

from nbpages import quickstart  # noqa: F401  (before the first import of nbformat, wherever that is)
from nbpages.collection import Beside, Collection, Page, UsageError

__all__ = ["Beside", "Collection", "Page", "UsageError"]
