"""Imported by the server that rendering processes are forked from: what is slow the first time is done here, once.

It takes as long as the process that kernels are forked from needs to start, and runs beside it.
"""

import atexit
import gc
import os
import shutil
from contextlib import suppress

from nbpages.start import SOCKETS

if folder := os.environ.pop(SOCKETS, ""):  # multiprocessing leaves it there if its owner is killed
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
gc.disable()  # as in the zygote
with suppress(Exception):  # a page tells better what is wrong
    import papermill  # noqa: F401
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    from nbpages import batch, collection, publish, start  # noqa: F401

    page = collection.Page("first", "")
    cells = [new_markdown_cell("# a"), new_code_cell("1")]
    notebook, collected = new_notebook(cells=cells), collection.find(os.environ[start.COLLECTION])
    collected.beside_page(page, notebook)
    publish.html(page, notebook, collected)
gc.enable()
gc.freeze()
