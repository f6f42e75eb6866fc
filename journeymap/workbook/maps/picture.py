"""The map as a picture and as a table; in both, a cell can be picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.charts.maps.drawing import drawing
from journeymap.errors import JourneymapError
from journeymap.workbook.choices import Choices
from journeymap.workbook.maps.cells import twin
from journeymap.workbook.maps.grid import MapGrid
from journeymap.workbook.vega import VegaView

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.workbook.maps.state import Seen

LEAST_WIDTH, STAGE_WIDTH = 180, 140
"""What the picture needs, in px: for the names of lanes, and for each stage; what does not fit is scrolled to."""


class MapPicture(w.VBox):  # type: ignore[misc]
    """The canvas, and its twin for the arrow keys.

    Parameters
    ----------
    on_pick
        Called with the id of the cell that is picked (empty if it is let go) and what takes the focus when it is closed.
    guard
        Runs what the page asks for, and says what goes wrong.
    """

    def __init__(
        self,
        *,
        on_pick: Callable[[str, Callable[[], object]], object],
        guard: Callable[[Callable[[], object]], object],
    ) -> None:
        self._on_pick, self._seen = on_pick, None
        self.view, self.grid = VegaView(watch=["cell"]), MapGrid()
        self.choice = Choices(
            [("Picture", "Picture"), ("Table", "Table")], description="Picture or table"
        ).add_class("jm-segmented")
        super().__init__([self.view, self.grid])
        self.add_class("jm-map-main")
        self.view.observe(lambda _: guard(self._draw), "width")
        self.view.observe(lambda _: guard(self._pick_drawn), "signals")
        self.view.observe(lambda change: guard(lambda: _refuse(change["new"])), "problem")
        self.grid.on_pick(lambda cell: guard(lambda: on_pick(cell, self.grid.focus_cell)))
        self.choice.observe(lambda _: self._choose_twin(), "value")
        self._choose_twin()

    _seen: Seen | None

    def show(self, seen: Seen) -> None:
        """Draw a map, as one persona has it or all."""
        self._seen, told = seen, seen.journey_map
        shown = twin(told.for_persona(seen.persona) if seen.persona else told)
        with self.grid.hold_sync():
            self.grid.columns, self.grid.rows = shown["columns"], shown["rows"]
        self._draw()

    def mark(self, cell: str) -> None:
        """Show which cell is open."""
        self.grid.picked = cell
        self.view.set_signals(cell={"cell": [cell]} if cell else {})

    @property
    def cells(self) -> list[str]:
        """The ids of the cells that are drawn."""
        return [row["cell"] for row in self.view.data.get("cells", [])]

    def _draw(self) -> None:
        seen = self._seen
        if seen is None or self.view.width == 0:
            return
        width = max(self.view.width, LEAST_WIDTH + STAGE_WIDTH * len(seen.journey_map.stages))
        drawn = drawing(seen.journey_map, width=width, persona=seen.persona or None)
        rest = {name: part for name, part in drawn.spec.items() if name != "datasets"}
        self.view.show(rest, data=drawn.spec["datasets"], description=drawn.description)

    def _choose_twin(self) -> None:
        table = self.choice.value == "Table"
        self.view.layout.display = "none" if table else None
        self.grid.layout.display = None if table else "none"

    def _pick_drawn(self) -> None:
        """Pick the cell that was clicked, if the picture has it."""
        signal: Any = self.view.signals.get("cell")
        picked = (signal.get("cell") if isinstance(signal, dict) else None) or [""]
        if picked[0] == "" or picked[0] in self.cells:
            self._on_pick(str(picked[0]), self.view.focus)


def _refuse(problem: str) -> None:
    if problem:
        raise JourneymapError(
            "The picture could not be drawn; the table says the same.", right=f"The page says: {problem}"
        )
