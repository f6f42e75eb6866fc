"""What the page and JupyterLab need alike before they start: a port of this machine and kernels that fit."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import zmq

from journeymap.errors import JourneymapError
from journeymap.workbook.places import checkout_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
LONGEST_FOLDER = 50  # systems stop at 104 bytes, and the name of a socket file takes 51


def bind(port: int) -> socket.socket:
    """Open a port of the loopback address; 0 takes a free one.

    Raises
    ------
    JourneymapError
        If the port cannot be had.
    """
    try:
        opened = socket.create_server((HOST, port))
    except OSError as error:
        used = error.errno == errno.EADDRINUSE
        raise JourneymapError(
            f"Port {port} is {'in use already' if used else 'not open to you'}.",
            right="A number from 1024 to 65535 that nothing else uses, or none: then a free one is taken.",
            fix=f"--port {port + 1 if 1024 <= port < 65535 else 8866}",
        ) from error
    opened.settimeout(0)
    return opened


def let_kernels_find_package() -> None:
    """Make kernels that are started from now on import the very package that runs now.

    The environment of this Python comes first, so that no other of the user answers for it; a checkout that
    is not installed is put on their path.
    """
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    checkout = checkout_folder()
    if checkout:
        prepend("PYTHONPATH", str(checkout))


def prepend(variable: str, folder: str) -> None:
    """Put a folder first in a list of folders of the environment.

    Examples
    --------
    >>> os.environ["SOME_PATH"] = "/there"
    >>> prepend("SOME_PATH", "/here")
    >>> os.environ.pop("SOME_PATH").split(os.pathsep)
    ['/here', '/there']
    """
    others = [known for known in os.environ.get(variable, "").split(os.pathsep) if known and known != folder]
    os.environ[variable] = os.pathsep.join([folder, *others])


def kernel_transport(folder: str) -> dict[str, str]:
    """Say how to talk to kernels: by socket files in their folder, or else by ports with encryption.

    Socket files are closed to other users of the machine and never in use by somebody else.

    Examples
    --------
    >>> kernel_transport("/a/folder/with/a/name/that/is/too/long/for/the/sockets/of/a/kernel")
    {'transport_encryption': 'auto'}
    """
    if os.name == "posix" and len(os.fsencode(folder)) <= LONGEST_FOLDER:
        return {"transport": "ipc"}
    return {"transport_encryption": "auto" if zmq.has("curve") else "disabled"}


def when_asked_to_end(stop: Callable[[], None]) -> None:
    """Call `stop` at Ctrl-C, when the process is asked to end, and when its terminal closes."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), lambda *_: stop())


@contextmanager
def spare_address_grammars() -> Iterator[None]:
    """Import Jupyter without its grammars of web addresses: a second to build, and of no use here."""
    spared = "rfc3987_syntax" not in sys.modules and "jsonschema" not in sys.modules
    if spared:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # importing it now fails, as if not there
    try:
        yield
    finally:
        if spared:
            sys.modules.pop("rfc3987_syntax", None)
