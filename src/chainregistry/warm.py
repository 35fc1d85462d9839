"""Imported by the server that rendering processes are forked from: what is slow the first time is done here, once.

It takes as long as the process that kernels are forked from needs to start, and runs beside it.
"""

from contextlib import suppress

from chainregistry import batch, data, publish

with suppress(Exception):  # a page tells better what is wrong
    import papermill  # noqa: F401  (here, not above: after chainregistry.quickstart)
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    notebook = new_notebook(cells=[new_markdown_cell("# a"), new_code_cell("1")])
    publish.html(batch.Page("first", ""), notebook, data.load())
