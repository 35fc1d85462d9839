"""``python -m chainregistry``: the command, where its script is not on the path (as in a notebook)."""

from chainregistry.cli import main

main(prog_name="chainregistry")
