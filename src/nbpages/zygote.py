"""The process that warm kernels are forked from: ``python -m nbpages.zygote FOLDER LIFELINE LISTENER COLLECTION``.

It imports what the notebooks of a collection import, lets the collection warm up, and then answers at the socket
LISTENER, which its owner has opened in FOLDER. One connection is one kernel: a line of JSON asks for it, a line with
its process id answers, a line with its exit status ends it. A connection that closes, because its owner died, takes its
kernel with it. When the pipe LIFELINE closes, no new kernel is made, and the process ends with its last one. (The idea
is that of Android's zygote.) What needs the same imports can be done in such a fork too: instead of a kernel it then
calls a function.
"""

import contextlib
import gc
import importlib
import json
import os
import pickle
import random
import selectors
import shutil
import signal
import socket
import sys
from pathlib import Path

from nbpages.collection import Collection, find

INLINE = "module://matplotlib_inline.backend_inline"
"""Value of MPLBACKEND that shows figures in the notebook."""

PRELOADED = [
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "tornado.platform.asyncio",
]
"""What a kernel imports; not ``matplotlib_inline.backend_inline``: imported before a shell, it shows no figure."""

RAISED = 3
"""Exit status of a fork whose function has raised an error."""

REQUESTS = "requests"
"""Name of the socket in the folder of such a process."""

READY = "ready"
"""Name of the file there that says that everything is imported."""

LOOK = 1
"""Seconds after which a kernel sees to requests that it has missed."""


def main() -> None:
    folder, lifeline, listener, collection = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), find(sys.argv[4])
    gc.disable()  # nothing of what is imported goes away: without collections a fifth of the time is saved
    preload(collection)
    gc.enable()
    gc.freeze()
    wanted = _serve(folder, lifeline, listener, [*collection.later])
    if wanted is None:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)  # tearing the interpreter down takes a tenth of a second
    elif "call" in wanted:
        _call(**wanted)
    else:
        _become_kernel(**wanted)


def preload(collection: Collection) -> None:
    """Import what notebooks import, and do once what is slow the first time."""
    for name in [*collection.preload, *PRELOADED]:
        importlib.import_module(name)
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp().parse_command_line([])  # makes what is made once for each of its classes
    if backends := sys.modules.get("matplotlib.backends"):
        backends.backend_registry.is_valid_backend("inline")  # reads the entry points of all packages
    collection.warm_up()


def _serve(folder: Path, lifeline: int, requests: int, later: list[str]) -> dict | None:
    """Fork a child per request. Returns the request in the child, and None in the parent when all is over.

    When for a second no kernel was asked for, a module of ``later`` is imported.
    """
    children: dict[int, tuple[int, socket.socket]] = {}  # by descriptor of the process: its id, its connection
    # poll, not epoll: a child must be able to close its copy without touching the parent's
    with selectors.PollSelector() as selector, socket.socket(fileno=requests) as listener:
        (folder / READY).touch()
        selector.register(listener, selectors.EVENT_READ, "request")
        selector.register(lifeline, selectors.EVENT_READ, "end")
        while children or listener.fileno() >= 0:
            events = selector.select(1 if later else None)
            if later and not events:
                importlib.import_module(later.pop())
            for key, _ in events:
                if selector.get_map().get(key.fd) is not key:
                    continue  # an earlier event of this round has ended it
                match key.data:
                    case "end":
                        selector.unregister(lifeline)
                        selector.unregister(listener)
                        listener.close()
                    case "request":
                        connection, _ = listener.accept()
                        wanted = json.loads(connection.makefile().readline() or "null")
                        if wanted is None:
                            connection.close()
                            continue
                        child = os.fork()
                        if child == 0:
                            for handle, (_, other) in children.items():
                                os.close(handle)
                                other.close()
                            connection.close()
                            os.close(lifeline)
                            return wanted
                        handle = os.pidfd_open(child)
                        children[handle] = child, connection
                        selector.register(handle, selectors.EVENT_READ, "exit")
                        selector.register(connection, selectors.EVENT_READ, child)
                        _tell(connection, child)
                    case "exit":
                        child, connection = children.pop(key.fd)
                        _, status = os.waitpid(child, 0)
                        _tell(connection, os.waitstatus_to_exitcode(status))
                        for other in (key.fd, connection):
                            if other in selector.get_map():
                                selector.unregister(other)
                        os.close(key.fd)
                        connection.close()
                    case child:
                        selector.unregister(key.fileobj)
                        _kill(child)
    return None


def _tell(connection: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # its owner is gone; the connection's end is seen next
        connection.sendall(b"%d\n" % number)


def _kill(child: int) -> None:
    for kill in (os.killpg, os.kill):  # no group before the child made its own
        try:
            return kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _call(call: str, cwd: str, env: dict[str, str]) -> None:
    """Call what is pickled in a file, function and arguments, and end; an error is left in the same file."""
    _prepare(cwd, env)
    status = 0
    try:
        function, arguments = pickle.loads(Path(call).read_bytes())
        function(*arguments)
    except Exception as error:
        Path(call).write_bytes(pickle.dumps(error))
        status = RAISED
    os._exit(status)


def _prepare(cwd: str, env: dict[str, str]) -> None:
    """A place of its own for a fresh child."""
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def _become_kernel(argv: list[str], cwd: str, env: dict[str, str]) -> None:
    """Turn a fresh child into the kernel that a cold start would have made."""
    _prepare(cwd, env)
    sys.argv = ["ipykernel_launcher.py", *argv]
    _reseed()
    _prefer_as_victim()
    from ipykernel.kernelapp import IPKernelApp

    if matplotlib := sys.modules.get("matplotlib"):
        matplotlib.rcParams["backend"] = env.get("MPLBACKEND", INLINE)
    app = IPKernelApp.instance(parent_handle=os.getppid())  # its default was read in the parent
    # in memory: many kernels at once would wait for one file, and say so on the page
    app.initialize([*argv, "--HistoryManager.hist_file=:memory:"])
    if app.kernel.shell_channel_thread:
        loop = app.kernel.shell_stream.io_loop
        loop.add_callback(loop.call_later, LOOK, _look_again, app.kernel)
    app.start()


def _look_again(kernel) -> None:
    """Once a second, see to requests whose arrival the kernel has missed.

    The readiness of a ZeroMQ socket is told once, on an edge. Whatever reads the socket's state in between loses it,
    and the request lies there until another client connects: the kernel idles, its client waits. That is ipykernel's
    issue 1554; after its pull request 1529 it was still seen here once, in ipykernel 7.4.0 under load. A test brings
    it about.
    """
    stream = kernel.shell_stream
    if not stream.closed():
        # to register the handler anew makes the stream look; flush() would lose what comes while it flushes
        stream.on_recv(kernel.shell_channel_thread_main, copy=False)
        stream.io_loop.call_later(LOOK, _look_again, kernel)


def _reseed() -> None:
    """Without it all kernels would draw the same random numbers."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _prefer_as_victim() -> None:
    """Where memory runs out, the system should end a kernel, not what supervises it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


if __name__ == "__main__":
    main()
