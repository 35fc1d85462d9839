"""Warm kernels: the same outputs as cold ones, nothing shared between them, nothing left behind."""

import asyncio
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time

import nbformat
import psutil
import pytest
import zmq.asyncio
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel
from jupyter_client.session import Session
from nbformat.v4 import new_code_cell, new_notebook

from chainregistry import documents
from chainregistry.collection import COLLECTION
from nbpages import Page, kernels, render

pytestmark = pytest.mark.skipif(not kernels.AVAILABLE, reason="warm kernels need Linux")


def notebook(folder, *sources):
    path = folder / "notebook.ipynb"
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources], metadata=metadata), path)
    return Page("notebook", str(path))


def outputs(executed):
    return [cell.get("outputs", []) for cell in executed.cells]


def said(folder, source):
    (printed,) = outputs(render.execute(notebook(folder, source), COLLECTION))
    return "".join(output.text for output in printed)


@pytest.mark.parametrize("name", ["asia", "explore", "gallery", "methods", "01-a-row-and-its-source"])
def test_a_notebook_gives_the_same_outputs_cold_and_warm(name):
    """What is stored came from warm kernels; a picture is compared by what it was drawn from.

    One each that draws, shows widgets, shows every form, solves and reads news, and teaches. nbval runs all, warm.
    """
    (path,) = (path for path in documents.notebooks() if path.stem == name)
    cold = documents.executed(path, "python3")
    assert without_pictures(cold) == without_pictures(path.read_text(encoding="utf-8"))


def without_pictures(text):
    return re.sub(r'"image/png": "[^"]*"', "", text)


def test_a_picture_is_the_same_cold_and_warm():
    page = Page("province", "province.ipynb", {"province": "gansu"})
    cold, warm = (outputs(render.execute(page, COLLECTION, kernel=kernel)) for kernel in ("python3", COLLECTION.kernel))
    assert cold == warm and any("image/svg+xml" in output.get("data", {}) for out in warm for output in out)


def test_a_forked_kernel_is_what_a_cold_one_would_be(tmp_path):
    source = """
import os, sys, matplotlib
print(os.path.basename(sys.argv[0]), os.getcwd(), sys.path[:1], __name__)
print(os.environ.get("CHAINREGISTRY_PROBE"), os.environ.get("MPLBACKEND"), matplotlib.get_backend())
"""
    figure = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    os.environ["CHAINREGISTRY_PROBE"] = "set after the zygote started"
    try:
        cold, warm = (
            outputs(render.execute(notebook(tmp_path, source, figure), COLLECTION, kernel=k))
            for k in ("python3", COLLECTION.kernel)
        )
    finally:
        del os.environ["CHAINREGISTRY_PROBE"]
    assert "set after the zygote started" in warm[0][0].text
    assert cold == warm
    assert "image/png" in warm[1][-1].data


def test_two_forked_kernels_draw_different_random_numbers(tmp_path):
    source = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    first, second = (said(tmp_path, source).split() for _ in range(2))
    assert first[0] != second[0] and first[1] != second[1]


def test_the_zygote_has_one_thread_and_its_kernels_have_little_memory_of_their_own():
    manager, client = start_new_kernel(kernel_name=COLLECTION.kernel)
    try:
        kernel = psutil.Process(manager.provisioner.pid)
        assert kernel.parent().num_threads() == 1
        assert kernel.parent().cmdline()[-5:-3] == ["nbpages.zygote", str(kernels.zygote_folder(COLLECTION.reference))]
        client.execute_interactive("import pandas, seaborn, scipy.optimize", timeout=30)
        warm = kernel.memory_full_info().uss
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not psutil.pid_exists(kernel.pid)
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute_interactive("import pandas, seaborn, scipy.optimize", timeout=30)
        cold = psutil.Process(manager.provisioner.pid).memory_full_info().uss
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert warm < cold / 2


def test_a_forked_kernel_can_be_interrupted_restarted_and_read_from():
    manager, client = start_new_kernel(kernel_name=COLLECTION.kernel)
    try:
        request = client.execute("import time; time.sleep(60)")
        time.sleep(0.3)
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=10)
        assert reply["parent_header"]["msg_id"] == request and reply["content"]["ename"] == "KeyboardInterrupt"
        first = manager.provisioner.pid
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=20)
        assert manager.provisioner.pid != first and not psutil.pid_exists(first)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_request_whose_arrival_was_missed_is_answered_all_the_same():
    """The signal of its arrival is lost on purpose: the thread that reads requests looks at the socket too early."""
    lose = """
import time
from ipykernel.kernelapp import IPKernelApp
stream = IPKernelApp.instance().kernel.shell_stream
stream.io_loop.add_callback(stream.io_loop.call_later, 0.3, lambda: (time.sleep(1), stream.socket.EVENTS))
"""
    manager, client = start_new_kernel(kernel_name=COLLECTION.kernel)
    try:
        client.execute_interactive(lose, timeout=20)
        time.sleep(0.6)
        request = client.execute("1 + 1")
        assert client.get_shell_msg(timeout=20)["parent_header"]["msg_id"] == request
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_message_whose_arrival_the_client_has_missed_is_read_all_the_same():
    """Nobody tells it of the arrival: it looks by itself."""

    async def read() -> dict:
        session = Session(key=b"secret")
        with zmq.asyncio.Context() as context, context.socket(zmq.PAIR) as sender, context.socket(zmq.PAIR) as socket:
            sender.bind("inproc://missed")
            socket.connect("inproc://missed")
            channel = kernels.AttentiveChannel(socket, session)
            reading = asyncio.create_task(channel.get_msg(timeout=60))
            await asyncio.sleep(0.1)
            asyncio.get_running_loop().remove_reader(socket.FD)
            session.send(zmq.Socket.shadow(sender.underlying), "status", {"told": "all the same"})
            return await asyncio.wait_for(reading, 20)

    assert asyncio.run(read())["content"] == {"told": "all the same"}


def test_a_kernel_ends_with_the_process_that_asked_for_it():
    code = """
import os, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="chainregistry")
from nbpages import kernels
(zygote,) = kernels._own.values()
print(manager.provisioner.pid, zygote._process.pid, zygote.folder, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    kernel, zygote, folder = done.stdout.split()
    limit = time.monotonic() + 10
    while (psutil.pid_exists(int(kernel)) or psutil.pid_exists(int(zygote))) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not psutil.pid_exists(int(kernel)) and not psutil.pid_exists(int(zygote))
    assert not os.path.exists(folder)


def test_what_few_notebooks_need_is_imported_when_there_is_time(tmp_path):
    kernels.zygote_folder(COLLECTION.reference)
    limit, has = time.monotonic() + 30, "import sys; print('seaborn' in sys.modules)"
    while said(tmp_path, has) != "True\n" and time.monotonic() < limit:
        time.sleep(1.5)
    assert said(tmp_path, has) == "True\n"


def test_a_function_is_called_in_a_fork_and_what_it_raises_is_raised_here(tmp_path):
    zygote, made = kernels.zygote_folder(COLLECTION.reference), tmp_path / "made"
    assert kernels.call(zygote, os.mkdir, str(made)) and made.is_dir()
    with pytest.raises(FileExistsError) as told:
        kernels.call(zygote, os.mkdir, str(made))
    assert told.value.filename == str(made)
    assert not kernels.call(zygote, signal.raise_signal, signal.SIGKILL), "it did not come to an end"
    assert not kernels.call(tmp_path, os.mkdir, str(made)), "no zygote there"
    assert not list(zygote.glob("call-*"))


def test_edited_source_means_a_new_zygote(monkeypatch):
    first = kernels.zygote_folder(COLLECTION.reference)
    assert kernels.zygote_folder(COLLECTION.reference) == first
    monkeypatch.setattr(kernels, "source_state", lambda reference: ("edited",))
    second = kernels.zygote_folder(COLLECTION.reference)
    assert second != first
    kernels._own.pop(COLLECTION.reference).close()
    assert not second.exists()


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("AVAILABLE", False, "need Linux"), ("zygote_folder", lambda reference: None, "could not be started")],
)
def test_an_ordinary_kernel_is_started_where_fork_is_not_to_be_had_and_it_is_said(
    tmp_path, monkeypatch, caplog, name, value, why
):
    monkeypatch.setattr(kernels, name, value)
    with caplog.at_level(logging.WARNING, "nbpages.kernels"):
        assert said(tmp_path, "print(1 + 1)") == "2\n"
    assert "an ordinary kernel is started" in caplog.text and why in caplog.text


def test_the_kernel_is_there_for_papermill_and_jupyterlab(tmp_path):
    spec = KernelSpecManager().get_kernel_spec(COLLECTION.kernel)
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == kernels.PROVISIONER
    notebook(tmp_path, "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read())")
    command = ["-m", "papermill", "-k", COLLECTION.kernel, "--no-progress-bar", "notebook.ipynb", "out.ipynb"]
    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True, capture_output=True)
    assert "nbpages.zygote" in json.dumps(json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8")))
