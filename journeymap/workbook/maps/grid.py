"""The map as a table: the twin of its picture, on which the arrow keys walk from cell to cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from journeymap.workbook.assets import script

if TYPE_CHECKING:
    from collections.abc import Callable


class MapGrid(anywidget.AnyWidget):
    """One stop of the Tab key; arrows move, Enter opens a cell. All of its text is text.

    Attributes
    ----------
    columns
        The names of the stages.
    rows
        ``{"label": text, "cells": [{"id", "text", "status"}]}`` each.
    picked
        The id of the cell that is open.

    Examples
    --------
    >>> MapGrid(columns=["Discover"], rows=[{"label": "Goals", "cells": []}]).picked
    ''
    """

    _esm = script("parts/element", "parts/status", "map_grid")

    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    picked = traitlets.Unicode("").tag(sync=True)

    def on_pick(self, answer: Callable[[str], object]) -> None:
        """Call `answer` with the id of the cell that is chosen; what is no cell of the table is passed over."""

        def hear(_widget: object, message: object, _buffers: object) -> None:
            asked = message.get("cell") if isinstance(message, dict) else None
            if asked in [cell["id"] for row in self.rows for cell in row["cells"]]:
                answer(str(asked))

        self.on_msg(hear)

    def focus_cell(self) -> None:
        """Give the focus back to the cell that had it last."""
        self.send({"do": "focus"})
