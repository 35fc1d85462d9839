"""Kernels that talk over sockets in a private folder instead of open network ports."""

import shutil
import tempfile
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class PrivateKernelManager(AsyncKernelManager):
    """A kernel manager with sockets of its own.

    Plain ``transport="ipc"`` would let parallel kernels share the same socket names and answer for each other.
    """

    @default("transport")
    def _transport(self) -> str:
        return "ipc"

    @default("ip")
    def _ip(self) -> str:
        self._folder = tempfile.mkdtemp(prefix="chainregistry-")
        return str(Path(self._folder) / "kernel")

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart and hasattr(self, "_folder"):
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
