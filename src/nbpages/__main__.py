"""``python -m nbpages MODULE:CLASS [PAGE]...``: pages of a collection, into its folder ``pages``."""

import sys

from nbpages.command import command

if len(sys.argv) < 2 or ":" not in sys.argv[1]:
    raise SystemExit("usage: python -m nbpages MODULE:CLASS [PAGE]... (--help after MODULE:CLASS for more)")
command(sys.argv.pop(1), "pages")(prog_name="python -m nbpages MODULE:CLASS")
