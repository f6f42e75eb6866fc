"""The notebooks in JupyterLab: a copy that belongs to the user, on the loopback address, without news."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jupyter_core.paths import jupyter_runtime_dir

from journeymap.errors import JourneymapError, listing
from journeymap.workbook.launching import (
    HOST,
    bind,
    kernel_transport,
    let_kernels_find_package,
    prepend,
    spare_address_grammars,
    when_asked_to_end,
)
from journeymap.workbook.places import LAB_CONFIG, notebooks_folder

with spare_address_grammars():
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Copied:
    """What became of the notebooks in a folder.

    Attributes
    ----------
    folder
        Where the copies lie.
    new
        The names of those that were put there now.
    kept
        The names of those that were there before and differ from ours; they stay as they are.
    """

    folder: Path
    new: list[str]
    kept: list[str]

    @property
    def account(self) -> str:
        """Say it in plain words."""
        lines = [f"The notebooks are in {self.folder}"]
        if self.kept:
            lines.append(f"Kept as you left them: {listing(self.kept)}. Delete one to get ours again.")
        return "\n".join(lines)


def copy_notebooks(folder: Path) -> Copied:
    """Copy the notebooks into a folder; a file that is there already is never written over.

    Raises
    ------
    JourneymapError
        If the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(folder)
    except OSError as error:
        raise JourneymapError(
            f"The notebooks cannot be copied to {folder}: {error.strerror}.",
            right="Start journeymap in a folder in which you may write.",
            fix="cd ~",
        ) from error


def _copied(folder: Path) -> Copied:
    copied = Copied(folder, [], [])
    for notebook in sorted(notebooks_folder().glob("*.ipynb")):
        copy = folder / notebook.name
        if not copy.exists():
            shutil.copyfile(notebook, copy)
            copied.new.append(copy.name)
        elif copy.read_bytes() != notebook.read_bytes():
            copied.kept.append(copy.name)
    return copied


def serve_lab(folder: Path, *, opens: str, ready: Callable[[str], None], port: int = 0) -> None:
    """Serve JupyterLab on a folder until Ctrl-C or SIGTERM; its kernels end with it.

    Parameters
    ----------
    folder
        The only folder that it shows.
    opens
        The name of the notebook that is open at first.
    ready
        Called once with the address, as soon as it answers; the address holds the key to it.
    port
        The port on 127.0.0.1; 0 takes a free one.

    Raises
    ------
    JourneymapError
        If the port cannot be had.
    """
    let_kernels_find_package()
    prepend("JUPYTER_CONFIG_PATH", str(LAB_CONFIG))
    port, key, start = _free(port), secrets.token_hex(16), f"/lab/workspaces/journeymap/tree/{opens}"
    server = LabApp.initialize_server(argv=_arguments(folder, port=port, key=key, start=start))
    when_asked_to_end(lambda: server.stop(from_signal=True))
    server.io_loop.add_callback(ready, f"http://{HOST}:{port}{start}?token={key}")
    server.start()


def _free(port: int) -> int:
    with bind(port) as opened:
        number: int = opened.getsockname()[1]
    return number


def _arguments(folder: Path, *, port: int, key: str, start: str) -> list[str]:
    settings: dict[str, Any] = {
        "Application.log_level": "ERROR",
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "ServerApp.root_dir": folder.resolve(),
        "ServerApp.websocket_ping_timeout": 30_000,
        "ServerApp.jpserver_extensions": {"notebook_shim": False},  # warns of itself
        "IdentityProvider.token": key,
        "LabApp.default_url": start,
        "LabApp.extension_manager": "readonly",
    }
    settings |= {
        f"KernelManager.{name}": value for name, value in kernel_transport(jupyter_runtime_dir()).items()
    }
    return [f"--{name}={value}" for name, value in settings.items()]
