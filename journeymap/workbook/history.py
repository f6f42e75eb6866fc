"""The rail's last line: undo one question, ask the first one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from journeymap.workbook.state import State


class History(anywidget.AnyWidget):
    """Two buttons that keep the focus, also when there is nothing left to undo.

    Attributes
    ----------
    can_undo, can_reset
        Whether there is something to go back to.
    """

    _esm = script("parts/element", "history")

    can_undo = traitlets.Bool(default_value=False).tag(sync=True)
    can_reset = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.on_msg(self._hear)
        self._show()
        state.observe(lambda _: self._show(), ["question", "made"])

    def _hear(self, _widget: object, message: object, _buffers: object) -> None:
        actions = {"undo": self._state.undo, "reset": self._state.reset}
        asked = message.get("do") if isinstance(message, dict) else None
        if isinstance(asked, str) and asked in actions:
            actions[asked]()

    def _show(self) -> None:
        self.can_undo = self._state.can_undo
        self.can_reset = self._state.question != self._state.first
