"""Imported by the server that rendering processes are forked from: what is slow the first time is done here, once.

It takes as long as the process that kernels are forked from needs to start, and runs beside it.
"""

import gc
from contextlib import suppress

gc.disable()  # as in the zygote
with suppress(Exception):  # a page tells better what is wrong
    from chainregistry import batch, publish, record

    page, read = batch.Page("first", ""), record.load()
    import papermill  # noqa: F401  (like nbformat after chainregistry.quickstart)
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    publish.html(page, new_notebook(cells=[new_markdown_cell("# a"), new_code_cell("1")]), read)
gc.enable()
gc.freeze()
