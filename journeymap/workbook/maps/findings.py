"""What the checks found in the map, as a list of which each line leads to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable


class MapFindings(anywidget.AnyWidget):
    """A list of findings beside the map; all of its text is text.

    Attributes
    ----------
    shown
        Whether it is open. Opening moves the focus to its heading, closing gives it back.
    title
        How many there are of each level.
    notes
        What was not checked, and why.
    items
        ``{"level", "rule", "where", "sentence", "fix", "waived"}`` each, all texts.
    """

    _esm = script("parts/element", "map_findings")

    shown = traitlets.Bool(default_value=False).tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    notes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)

    def on_do(self, *, go: Callable[[int], object], close: Callable[[], object]) -> None:
        """Call `go` with the position of the finding that is chosen, `close` when the list is to be closed."""

        def hear(_widget: object, message: object, _buffers: object) -> None:
            if not isinstance(message, dict):
                return
            place = message.get("go")
            if message.get("do") == "close":
                close()
            elif type(place) is int and 0 <= place < len(self.items):
                go(place)

        self.on_msg(hear)
