"""Kernels that are ready at once: forked from a process that has imported everything.

A kernel whose specification names the provisioner "nbpages-warm", and in its ``config`` a collection, is started by
``WarmProvisioner``: so ``render``, ``papermill -k NAME``, nbval and JupyterLab all get such kernels by that name. Where
fork is not to be had, they get an ordinary one, and a line in the log says so.
"""

import json
import logging
import os
import pickle
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty
from weakref import WeakSet

import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode, default

from nbpages.start import ADDRESS, AVAILABLE, Zygote, socket_folder, source_state
from nbpages.zygote import LOOK, RAISED, READY, REQUESTS

PROVISIONER = "nbpages-warm"
"""Name of the provisioner in the specifications of warm kernels."""

SILENT = 10
"""Seconds after which a kernel that does not answer is given up."""

START = 20
"""Seconds within which a forked kernel must be there, and again within which it must be ready; it takes about 0.1."""

IMPORT = 60
"""Seconds that a zygote may take to import everything."""

log = logging.getLogger(__name__)


_own: dict[str, Zygote] = {}
"""The zygotes of this process, by the reference of their collection."""

_given_up: set[str] = set()
"""Folders of zygotes that made no kernel when they were asked."""

_lock = threading.Lock()


def zygote_folder(reference: str) -> Path | None:
    """Folder of the zygote to use: the shared one, else this process's own, made when needed, outdated or lost."""
    shared = os.environ.get(ADDRESS)
    if shared and shared not in _given_up and os.path.isdir(shared):
        return Path(shared)
    with _lock:
        own = _own.get(reference)
        if own is None or own.source != source_state(reference) or _lost(own):
            _own[reference] = own = Zygote(reference)
        return None if str(own.folder) in _given_up else own.folder


def _lost(own: Zygote) -> bool:
    """Whether a zygote that was ready makes no more kernels; one that never got ready would not do so next time."""
    return own.ready() and (str(own.folder) in _given_up or not own.running())


_running: WeakSet["ForkedProcess"] = WeakSet()


def end_all() -> None:
    """Kill the kernels of this process, whose clients then give up."""
    for process in [*_running]:
        with suppress(OSError):
            process.kill()


class ForkedProcess:
    """A fork of the zygote in a folder, with the part of ``subprocess.Popen`` that Jupyter uses.

    Raises OSError where the zygote makes none; then it is given up.
    """

    stdin = stdout = stderr = None

    def __init__(self, folder: Path, cwd: str, env: dict[str, str], **wanted):
        self.returncode: int | None = None
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.settimeout(START if (folder / READY).exists() else IMPORT + START)
        try:
            self._connection.connect(str(folder / REQUESTS))
            self._connection.sendall(json.dumps({"cwd": cwd, "env": env, **wanted}).encode() + b"\n")
            self._answers = self._connection.makefile()
            answer = self._answers.readline()
            if not answer:
                raise ConnectionError("it ended")
        except OSError:
            _given_up.add(str(folder))
            raise
        self.pid = int(answer)
        _running.add(self)

    def poll(self) -> int | None:
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Exit status, negative for a signal; None if the process is still running after ``timeout`` seconds."""
        if self.returncode is None and select.select([self._connection], [], [], timeout)[0]:
            self.returncode = int(self._answers.readline() or -signal.SIGKILL)
            self._answers.close()
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def call(zygote: Path, function: Callable, *arguments) -> bool:
    """Call a function in a fork of the zygote in a folder; what it raises is raised here.

    Returns
    -------
    bool
        whether it was called and came to an end
    """
    if str(zygote) in _given_up:
        return False
    error = None
    try:
        with tempfile.NamedTemporaryFile(dir=zygote, prefix="call-") as told:
            told.write(pickle.dumps((function, arguments)))
            told.flush()
            status = ForkedProcess(zygote, os.getcwd(), dict(os.environ), call=told.name).wait()
            if status == RAISED:
                error = _loaded(Path(told.name))
    except OSError:
        return False
    if error:
        raise error
    return status == 0


def _loaded(path: Path) -> Exception:
    """An error that another process has left in a file, as it was or, if it cannot be had so, in its words."""
    try:
        return pickle.loads(path.read_bytes())
    except Exception as error:
        return RuntimeError(f"what went wrong in a forked process could not be told ({type(error).__name__}: {error})")


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of the zygote, or as an ordinary process where that cannot be."""

    collection = Unicode(config=True, help="module:class of the collection that the kernel is for")

    async def launch_kernel(self, cmd: list[str], **kwargs):
        env, cwd = kwargs.get("env") or dict(os.environ), str(kwargs.get("cwd") or os.getcwd())
        reason = _why_cold(cmd, env)
        folder = None if reason else zygote_folder(self.collection)
        try:
            self.process = ForkedProcess(folder, cwd, env, argv=cmd[3:]) if folder else None
        except OSError as error:
            reason = f"the process to fork from makes none ({error})"
        if self.process is None:
            log.warning("an ordinary kernel is started: %s", reason or "the process to fork from could not be started")
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        if isinstance(self.process, ForkedProcess):
            self.process.wait(1)  # gone in a few milliseconds; the manager would look again after 100


def _why_cold(cmd: list[str], env: dict[str, str]) -> str:
    """Why a forked kernel would differ from what is asked for; empty if it would not."""
    if not AVAILABLE:
        return f"warm kernels need Linux, this is {sys.platform}"
    if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
        return f"warm kernels do not run {' '.join(cmd[:3])}"
    if any(env.get(name) != os.environ.get(name) for name in ("PYTHONPATH", "PYTHONHASHSEED", "LD_LIBRARY_PATH")):
        return "its environment changes how Python starts"
    return ""


def _collection(specification: KernelSpec | None) -> str:
    """Reference of the collection that a warm kernel is for; empty for any other kernel."""
    provisioner = specification.metadata.get("kernel_provisioner", {}) if specification else {}
    return provisioner["config"]["collection"] if provisioner.get("provisioner_name") == PROVISIONER else ""


def _ends(message: dict, asked: str) -> bool:
    """Whether it says that a kernel is done with a request."""
    return message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle"


class AttentiveChannel(AsyncZMQSocketChannel):
    """Looks for a message again every second, and notes to which requests those belong that came.

    As in the kernel (``zygote._look_again``): the readiness of a ZeroMQ socket is told once, and whoever misses it
    waits until its time is up. nbclient waits for a reply as long as a cell may take: under load a page stood for
    600 seconds, and then went on.
    """

    def __init__(self, *given):
        super().__init__(*given)
        self.heard: set[str] = set()

    async def get_msg(self, timeout: float | None = None) -> dict:
        limit = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            left = limit - time.monotonic()
            try:
                message = await super().get_msg(max(min(left, LOOK), 0))
            except Empty:
                if left <= LOOK:
                    raise
            else:
                self.heard.add(message["parent_header"].get("msg_id", ""))
                return message


class PromptClient(AsyncKernelClient):
    """The only client of a new kernel: it is ready when it has answered once, and there is nothing else to wait for.

    The stock client listens for 0.2 seconds more, for messages to others. And it waits for ever for a kernel whose
    process is there, but does not answer.
    """

    iopub_channel_class = shell_channel_class = AttentiveChannel
    _asked = ""
    _silent = 0

    @default("context")
    def _context(self) -> zmq.asyncio.Context:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.RECONNECT_IVL, 2)  # milliseconds; by default 100, more than a warm kernel takes to start
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        timeout = float("inf") if timeout is None else timeout
        if isinstance(self.parent.provisioner.process, ForkedProcess):
            timeout = min(timeout, START)
        limit = time.monotonic() + timeout
        while time.monotonic() < limit:
            with suppress(Empty):  # its greeting to a new subscriber (ipykernel 7); what it told before that is lost
                await self.iopub_channel.get_msg(timeout=1)
            with suppress(Empty):
                asked = self.kernel_info()
                while (reply := await self.shell_channel.get_msg(timeout=1))["parent_header"]["msg_id"] != asked:
                    pass
                while not _ends(await self.iopub_channel.get_msg(timeout=1), asked):
                    pass
                self._handle_kernel_info_reply(reply)
                return
            if not await self.parent.is_alive():
                raise RuntimeError("the kernel died before it was ready")
        raise RuntimeError(f"the kernel was not ready after {timeout:g} seconds")

    def execute(self, *given, **named) -> str:
        self.iopub_channel.heard.clear()
        self._asked = super().execute(*given, **named)
        return self._asked

    async def is_alive(self) -> bool:
        """Whether the kernel is there and answers; nbclient asks it every second while a cell runs.

        The questions are counted, not the seconds: neither a render that was suspended itself nor a machine that slept
        means that the kernel was silent.
        """
        self._silent = 0 if self._answers() else self._silent + 1
        if self._silent >= SILENT:
            log.warning("kernel %s has not answered for %s seconds", self.parent.provisioner.pid, SILENT)
            return False
        return await super().is_alive()

    def _answers(self) -> bool:
        """Whether the kernel reacts: its heart beats, and it has begun with what it was asked or computes all the same.

        Its heart beats in a thread that needs no Python; the word that it has begun may wait while a cell keeps all
        threads from running, as ``sum(range(10**9))`` does.
        """
        if not self.hb_channel.is_beating():
            return False
        if not self._asked or self._asked in self.iopub_channel.heard:
            return True
        import psutil

        with suppress(psutil.Error):
            return psutil.Process(self.parent.provisioner.pid).status() != psutil.STATUS_SLEEPING
        return True


class PrivateKernelManager(AsyncKernelManager):
    """A kernel manager with sockets and connection file in a folder of its own.

    Plain ``transport="ipc"`` would let parallel kernels share the same socket names and answer for each other.
    """

    @default("client_factory")
    def _client_factory(self) -> type:
        return PromptClient

    @default("transport")
    def _transport(self) -> str:
        return "ipc"

    @default("ip")
    def _ip(self) -> str:
        return str(self._private / "kernel")

    @default("connection_file")
    def _connection_file(self) -> str:
        return str(self._private / "connection.json")

    @property
    def _private(self) -> Path:
        if not hasattr(self, "_folder"):
            reference = _collection(self.kernel_spec) if AVAILABLE else ""
            zygote = zygote_folder(reference) if reference else None
            self._folder = socket_folder(zygote)  # goes with the zygote, whatever happens here
        return self._folder

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart and hasattr(self, "_folder"):
            shutil.rmtree(self._folder, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
