"""The editor's bar: undo, redo, save, and whether everything is saved; it also asks now and then whether the file changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class MapBar(anywidget.AnyWidget):
    """Buttons that keep the focus, also when there is nothing to do.

    Attributes
    ----------
    can_undo, can_redo, can_save
        Whether there is something to take back, to make again, to save.
    said
        Whether everything is saved, in words; read out when it changes.
    why_not
        Why nothing can be saved here; then the button to save is not there.
    looks
        Whether the page asks now and then (``{"do": "look"}``) if the file has changed: every 15 seconds while somebody works.
    warns
        Whether the browser asks before the page with unsaved edits is left, as no draft is kept.
    """

    _esm = script("parts/element", "map_bar")

    can_undo = traitlets.Bool(default_value=False).tag(sync=True)
    can_redo = traitlets.Bool(default_value=False).tag(sync=True)
    can_save = traitlets.Bool(default_value=False).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    why_not = traitlets.Unicode("").tag(sync=True)
    looks = traitlets.Bool(default_value=False).tag(sync=True)
    warns = traitlets.Bool(default_value=False).tag(sync=True)

    def on_do(self, answers: Mapping[str, Callable[[], object]]) -> None:
        """Call the answer to ``"undo"``, ``"redo"``, ``"save"`` and ``"look"``."""

        def hear(_widget: object, message: object, _buffers: object) -> None:
            asked = message.get("do") if isinstance(message, dict) else None
            if isinstance(asked, str) and asked in answers:
                answers[asked]()

        self.on_msg(hear)
