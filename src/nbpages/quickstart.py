"""Keeps ``rfc3987_syntax`` from being imported, which saves each Jupyter process some two seconds.

jsonschema imports that package for one string format which no Jupyter schema uses; at import it compiles some
35 parsers. jsonschema copes with its absence. Import this module before the first import of nbformat
(for pytest: ``-p nbpages.quickstart``). See python-jsonschema/jsonschema issue 1428.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
