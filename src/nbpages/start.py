"""Starting the process that kernels are forked from, first of all: without Jupyter, which is slow to import."""

import atexit
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from nbpages.collection import Collection
from nbpages.zygote import INLINE, READY, REQUESTS

ADDRESS = "NBPAGES_ZYGOTE"
"""Environment variable with the folder of a zygote that child processes share."""

COLLECTION = "NBPAGES_COLLECTION"
"""Environment variable with the reference of the collection that child processes serve."""

SOCKETS = "NBPAGES_SOCKETS"
"""Environment variable with the folder in which the server of rendering processes listens."""

AVAILABLE = sys.platform == "linux" and hasattr(os, "pidfd_open")
"""macOS can fork too, but its system libraries may not survive it."""

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process with threads cannot be forked safely."""

ZYGOTE = [sys.executable, "-P", "-Xfrozen_modules=off", "-m", "nbpages.zygote"]


def socket_folder(parent: Path | None = None) -> Path:
    """A new folder, closed to other users, for sockets, whose path may have 107 bytes at most."""
    with short_temporary_folder():
        parent = parent or Path(tempfile.gettempdir())
    return Path(tempfile.mkdtemp(prefix="nbpages-", dir=parent))


@contextmanager
def short_temporary_folder() -> Iterator[None]:
    """Temporary files made meanwhile go to /tmp where the path of ``TMPDIR`` is too long for sockets in it."""
    before = tempfile.gettempdir()
    tempfile.tempdir = before if len(os.fsencode(before)) < 50 else "/tmp"
    try:
        yield
    finally:
        tempfile.tempdir = before


class Zygote:
    """A process to fork kernels from; it ends, with all its kernels and its folder, when its owner does."""

    def __init__(self, reference: str, folder: Path | None = None):
        self.folder = folder or socket_folder()
        self.source = source_state(reference)
        end, self._lifeline = os.pipe()
        # open before the process is there: who asks early waits, and hears of it if the process dies meanwhile
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.folder / REQUESTS))
            listener.listen(128)
            handles = [end, listener.fileno()]
            self._process = subprocess.Popen(
                [*ZYGOTE, str(self.folder), *map(str, handles), reference],
                env=os.environ | ONE_THREAD | {"MPLBACKEND": INLINE},
                stdin=subprocess.DEVNULL,
                pass_fds=handles,
                start_new_session=True,
            )
        os.close(end)
        atexit.register(self.close)

    def ready(self) -> bool:
        """Whether it has imported everything, and makes kernels."""
        return (self.folder / READY).exists()

    def running(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Make no more kernels; the process ends with the last of them."""
        atexit.unregister(self.close)
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
        try:
            if not self.ready():
                self._process.kill()  # still importing, and not needed any more
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Processes started meanwhile see these variables too."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def source_state(reference: str) -> tuple:
    """Changes whenever a file of the engine, or of the package that the collection stands in, does."""
    package = find_spec(reference.partition(":")[0].partition(".")[0])
    folders = {Path(__file__).parent, *map(Path, package.submodule_search_locations or [] if package else [])}
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


@contextmanager
def shared_zygote(collection: Collection, kept: Path | None = None) -> Iterator[str]:
    """Folder of a zygote for the kernels of one batch, and of what they share; empty where there is none to be had.

    It is not waited for: it imports while its owner does other things. What is shared lies in ``kept`` for the next
    batch too, until source or data change, else it goes with the zygote.
    """
    if not (AVAILABLE and collection.warm):
        yield ""
        return
    folder = socket_folder()
    _shared(folder, collection, kept)
    with environment(collection.environment(shared_folder(str(folder))) | _instead_of_home(folder)):
        zygote = Zygote(collection.reference, folder)
        try:
            yield str(folder)
        finally:
            zygote.close()


def _instead_of_home(folder: Path) -> dict[str, str]:
    """Folders for IPython and matplotlib if the home folder is not to be written to, as often in a container.

    Each kernel would make a temporary one, and leave it.
    """
    if os.access(os.path.expanduser("~"), os.W_OK):
        return {}
    places = {"IPYTHONDIR": str(folder / "ipython"), "MPLCONFIGDIR": str(folder / "matplotlib")}
    return {name: os.environ.get(name, place) for name, place in places.items()}


def _shared(folder: Path, collection: Collection, kept: Path | None) -> None:
    """Make the folder of what is shared, or the way to what the last batch has left."""
    if kept is None:
        (folder / "shared").mkdir()
        return
    inputs = sorted(path for place in collection.inputs for path in place.rglob("*") if path.is_file())
    states = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in inputs]
    state = hashlib.sha256(repr([sys.version, source_state(collection.reference), states]).encode()).hexdigest()[:16]
    for other in kept.glob("*"):
        if other.name != state:
            shutil.rmtree(other, ignore_errors=True)
    (kept / state).mkdir(parents=True, exist_ok=True)
    (folder / "shared").symlink_to((kept / state).resolve())


def shared_folder(zygote: str) -> Path:
    """Folder of what the processes of a batch share."""
    return Path(zygote) / "shared"
