"""A pane at the right in which something of the rail is edited: a heading, its parts, a way to close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import ipywidgets as w
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class PaneHead(anywidget.AnyWidget):
    """A heading that takes the focus, and a button that closes; Esc anywhere in the pane closes it, too."""

    _esm = script("parts/element", "pane_head")

    title = traitlets.Unicode("").tag(sync=True)

    def lead(self) -> None:
        """Take the focus."""
        self.send({"do": "focus"})


class SidePane(w.VBox):  # type: ignore[misc]
    """A pane that is closed until it is opened; opening moves the focus to its heading.

    Parameters
    ----------
    closed
        Called when the reader closed it: it takes the focus back.
    """

    def __init__(self, title: str, parts: Sequence[Any], *, closed: Callable[[], object]) -> None:
        self._on_close = closed
        self.head = PaneHead(title=title)
        self.parts = w.VBox(list(parts)).add_class("jm-pane-parts")
        super().__init__([w.VBox([self.head, self.parts]).add_class("jm-pane-inner")])
        self.add_class("jm-pane")
        self.head.on_msg(lambda *_: self._close())
        self.shut()

    @property
    def opened(self) -> bool:
        """Whether it can be seen."""
        return self.layout.display != "none"

    def unfold(self) -> None:
        """Open it, and move the focus to its heading."""
        self.layout.display = None
        self.fill()
        self.head.lead()

    def shut(self) -> None:
        """Close it; the focus stays where it is."""
        self.layout.display = "none"

    def fill(self) -> None:
        """Bring its parts in line with the question; a closed pane need not be."""

    def _close(self) -> None:
        self.shut()
        self._on_close()
