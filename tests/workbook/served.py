"""A server of the workbook in a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import psutil

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

CHECKOUT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")
SERVE = (
    "from pathlib import Path; from journeymap.workbook.serving import serve; serve(Path({!r}), ready=print)"
)


class Served:
    """A running server: its process, what it said so far and its address."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.said = process, ""
        while not (found := ADDRESS.search(self.said)):
            line = process.stdout.readline()
            assert line, f"ended with {process.wait()} after saying: {self.said}"
            self.said += line
        self.url = found[0]

    @property
    def kernels(self) -> list[psutil.Process]:
        """The processes of its kernels."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if any("ipykernel" in word for word in child.cmdline())]

    def end(self, number: signal.Signals) -> str:
        """Send a signal, wait, and return what it said at last."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=30)
        return said


@contextmanager
def running(*arguments: str, folder: Path) -> Iterator[Served]:
    """Run Python with these arguments in a folder until it has said its address; end it afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-u", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Served(process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=30)


@contextmanager
def serving(folder: Path, code: str, *, before: str = "") -> Iterator[Served]:
    """Serve a notebook of one cell; `before` is run in the server's process first."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)],
        metadata={"title": "journeymap", "kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "page.ipynb")
    with running("-c", before + SERVE.format(str(folder / "page.ipynb")), folder=folder) as served:
        yield served


def wait_until(true: Callable[[], bool], *, page: Page | None = None) -> None:
    """Wait until something is true, at most 15 seconds; the requests of `page` go on meanwhile."""
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        page.wait_for_timeout(50) if page else time.sleep(0.05)
