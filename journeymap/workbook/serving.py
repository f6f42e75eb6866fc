"""The app as a web page: Voilà in this process, on the loopback address, nothing fetched from elsewhere."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets.config import Config

from journeymap.charts.theme import role
from journeymap.errors import counted
from journeymap.workbook.launching import (
    HOST,
    bind,
    kernel_transport,
    let_kernels_find_package,
    spare_address_grammars,
    when_asked_to_end,
)
from journeymap.workbook.places import VOILA_TEMPLATE
from journeymap.workbook.style import css

with spare_address_grammars():
    from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
    from voila.app import Voila
    from voila.handler import BaseVoilaHandler
    from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
    from voila.static_file_handler import AllowListFileHandler

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

MOST_PAGES = 8
SECONDS_WITHOUT_PAGE, SECONDS_BETWEEN_LOOKS = 60, 10
WIDGET_EXTENSIONS = ["anywidget", "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]


def serve(notebook: Path, *, ready: Callable[[str], None], port: int = 0) -> None:
    """Serve one notebook as a page until Ctrl-C or SIGTERM; its kernels end with it.

    Parameters
    ----------
    notebook
        The notebook whose outputs are the page.
    ready
        Called once with the page's address, as soon as it answers.
    port
        The port on 127.0.0.1; 0 takes a free one.

    Raises
    ------
    JourneymapError
        If the port cannot be had.
    """
    let_kernels_find_package()
    app = AppServer.instance(
        opened=bind(port), ready=ready, notebook_path=str(notebook.absolute()), config=_settings()
    )
    app.initialize([])
    app.start()


class AppServer(Voila):  # type: ignore[misc]
    """Voilà with one page, our template, a port that is open already and an end without words."""

    def __init__(self, *, opened: socket.socket, ready: Callable[[str], None], **settings: Any) -> None:
        quiet = {"log_level": "ERROR", "log_format": "journeymap: %(message)s"}
        super().__init__(config_file_paths=[], **quiet, **settings)
        self.opened, self.ready = opened, ready
        self.port = opened.getsockname()[1]
        self.ioloop = IOLoop.current()
        self.log.addFilter(_only_the_reason)
        logging.getLogger("tornado").setLevel(logging.ERROR)

    def setup_template_dirs(self) -> None:
        """Put our template before Voilà's lab template, which it extends."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(VOILA_TEMPLATE))

    def init_settings(self) -> dict[str, Any]:
        """Give the error page what the app's page has, and answer to the names of this machine only."""
        settings: dict[str, Any] = super().init_settings()
        settings["voila_jinja2_env"].globals["resources"] = _resources()
        return settings | {
            "headers": {"Content-Security-Policy": _content_policy(self.port)},
            "allow_remote_access": False,
            "ws_ping_timeout": 30_000,
        }

    def init_handlers(self) -> list[Any]:
        """Put our handlers in the place of the two that fall short here."""
        ours: dict[type, list[Any]] = {
            VoilaShutdownKernelHandler: [_EndOfPage],
            AllowListFileHandler: [_NoSuchPage, {"voila_configuration": self.voila_configuration}],
        }
        return [(path, *ours.get(handler[0], handler)) for path, *handler in super().init_handlers()]

    def listen(self) -> None:
        """Answer on the open port until a signal comes."""
        when_asked_to_end(lambda: self.ioloop.add_callback_from_signal(self.ioloop.stop))
        HTTPServer(self.app).add_socket(self.opened)
        self.ready(f"http://{HOST}:{self.port}/")
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the kernels, then remove the files through which they were spoken to."""
        run_sync(self.kernel_manager.shutdown_all)(now=True)
        shutil.rmtree(self.connection_dir, ignore_errors=True)


class _EndOfPage(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Ends the kernel of a page that closes; browsers send that notice without the token Voilà asks for."""

    def check_xsrf_cookie(self) -> None:
        """Ask for no token: the address holds the kernel's id, which nobody else can know."""


class _NoSuchPage(BaseVoilaHandler):  # type: ignore[misc]
    """Says in our own words that there is nothing but the app; no file is served beside it."""

    def get(self, _path: str) -> None:
        """Find nothing."""
        raise HTTPError(404)


class _Kernels(AsyncMappingKernelManager):
    """Kernels that outlive their page by a minute, and keep the account of their own machinery off the terminal."""

    async def start_kernel(self, **asked: Any) -> str:  # type: ignore[override]  # as Jupyter's own
        """Start a kernel that speaks up only when it dies."""
        kernel_id: str = await super().start_kernel(extra_arguments=["--log-level=CRITICAL"], **asked)
        return kernel_id

    def notify_disconnect(self, kernel_id: str) -> None:
        """Count the minute from the moment the page went, however long it had been idle: it may connect again."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self:
            self.get_kernel(kernel_id).last_activity = datetime.now(UTC)  # type: ignore[attr-defined]


def _settings() -> Config:
    return Config(
        VoilaConfiguration={
            "template": "lab",
            "theme": "light",
            "strip_sources": True,
            "show_tracebacks": False,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": WIDGET_EXTENSIONS,
            "multi_kernel_manager_class": _Kernels,
            "prelaunch_hook": _refuse_when_full,
            "resources": _resources(),
        },
        KernelManager=kernel_transport(f"{tempfile.gettempdir()}/voila_12345678"),
        MappingKernelManager={
            "cull_idle_timeout": SECONDS_WITHOUT_PAGE,
            "cull_interval": SECONDS_BETWEEN_LOOKS,
            "cull_connected": False,
        },
    )


def _refuse_when_full(request: Any, **_: Any) -> None:
    if len(request.kernel_manager.list_kernel_ids()) >= MOST_PAGES:
        full = counted(MOST_PAGES, "page of this app is", "pages of this app are")
        raise HTTPError(503, reason=f"{full} open, and there is room for no more.")


def _only_the_reason(record: logging.LogRecord) -> bool:
    """Cut the account of a failed cell to what its kernel said."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, CellExecutionError):
        record.msg, record.args, record.exc_info = f"The page could not be prepared.\n{error}", (), None
    return True


def _resources() -> dict[str, str]:
    mark = (VOILA_TEMPLATE / "mark.svg").read_text(encoding="utf-8")
    coloured = re.sub(r"var\(--jm-([\w-]+)\)", lambda found: role(found[1].replace("-", "_")), mark)
    return {"journeymap_css": css(), "journeymap_icon": f"data:image/svg+xml,{quote(coloured)}"}


def _content_policy(port: int) -> str:
    """Let the page ask nobody but this server, whatever a text in the data says."""
    own = " ".join(f"ws://{name}:{port}" for name in (HOST, "localhost"))
    return (
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
        f"connect-src 'self' data: blob: {own}; frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
    )
