"""Widgets in a bare page: their own scripts in Chromium, with a stand-in for Jupyter's model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap.workbook.assets import stylesheet
from journeymap.workbook.vega import runtime

if TYPE_CHECKING:
    from anywidget import AnyWidget
    from playwright.sync_api import Locator, Page

ADDRESS = "http://127.0.0.1/widgets"
STUB = (Path(__file__).parent / "stub_model.js").read_text("utf-8")
HTML = """<!doctype html><meta charset="utf-8"><title>Widgets</title>
<style>{css}</style><body><div class="jm-app" style="{variables}"></div><script>{stub}</script>"""


def open_page(page: Page, *, variables: str = "") -> None:
    """Go to an empty page of our own; no server answers it."""
    body = HTML.format(css=stylesheet(), stub=STUB, variables=variables)
    page.route(ADDRESS, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(ADDRESS)


class Stub:
    """One widget in the page, started with the traits that it has in Python."""

    def __init__(self, page: Page, widget: AnyWidget) -> None:
        self.page, self.widget = page, widget
        state = {name: value for name, value in widget.get_state().items() if name in _own(widget)}
        self.number = page.evaluate("([esm, state]) => mount(esm, state)", [str(widget._esm), state])

    def receive(self, **state: Any) -> None:
        """Change traits as Python does."""
        self._do("stub.model.receive(given)", state)

    def hear(self, content: dict[str, Any], *buffers: bytes) -> None:
        """Send a message as Python does."""
        self._do("stub.model.hear(...given)", [content, [list(buffer) for buffer in buffers]])

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the widget sent to Python."""
        return self._do("stub.model.messages")

    @property
    def listeners(self) -> int:
        """How many listeners the widget has at its model."""
        return self._do("stub.model.handlers.length")

    def state(self, name: str) -> Any:
        """Return a trait as the page has it."""
        return self._do(f"stub.model.get({json.dumps(name)})")

    def give_back(self) -> None:
        """Write into the Python widget what the page has saved since the last time."""
        for state in self._do("stub.model.saved.splice(0)"):
            self.widget.set_state(state)

    def until(self, condition: str) -> None:
        """Wait until a JavaScript condition on `stub` holds."""
        self.page.wait_for_function(
            f"(number) => {{ const stub = stubs[number]; return {condition}; }}", arg=self.number
        )

    def close(self) -> None:
        """Clean up as when the widget leaves the page."""
        self._do("stub.cleanup()")

    def find(self, selector: str) -> Locator:
        """Find an element of the page."""
        return self.page.locator(selector)

    def _do(self, expression: str, given: Any = None) -> Any:
        code = f"([number, given]) => {{ const stub = stubs[number]; return {expression}; }}"
        return self.page.evaluate(code, [self.number, given])


def bring_vega(page: Page) -> None:
    """Put the Vega bundle into the page."""
    Stub(page, runtime())


def _own(widget: AnyWidget) -> set[str]:
    return {name for name in widget.keys if not name.startswith("_")} - {"layout", "tabbable", "tooltip"}
