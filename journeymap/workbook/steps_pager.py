"""Which steps of a flow are looked at where not all of them have room: earlier ones, later ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.charts.flow import fitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.analyses.flow import Flow

NARROW = 640
FEW = 3


class StepsPager(w.HBox):  # type: ignore[misc]
    """Two buttons with the steps between them; each turn keeps one step in view. Hidden where all steps fit.

    Parameters
    ----------
    picture
        The picture that is turned; where it is hidden, so are the buttons.
    on_turn
        Called by the reader's hand.
    """

    def __init__(self, picture: w.Widget, *, on_turn: Callable[[], None]) -> None:
        self._picture, self._whole = picture, True
        self._first, self._columns, self._last = 1, 0, 1
        self._said = w.HTML()
        self._earlier = w.Button(description="Earlier steps").add_class("jm-plain-button")
        self._later = w.Button(description="Later steps").add_class("jm-plain-button")
        super().__init__([self._earlier, self._said, self._later])
        self.add_class("jm-steps-pager")
        self._earlier.on_click(lambda _: self._turn(-1, on_turn))
        self._later.on_click(lambda _: self._turn(1, on_turn))
        picture.layout.observe(lambda _: self._show(), "display")
        self._show()

    def stretch(self, flow: Flow, width: int) -> tuple[int, int | None]:
        """Return the first column to draw and how many, None for all, and say so between the buttons."""
        columns = FEW if width < NARROW else fitting(width)
        self._whole = columns > flow.steps
        self._show()
        if self._whole:
            return 1, None
        self._columns, self._last = columns, flow.steps + 2 - columns
        self._first = min(self._first, self._last)
        self._earlier.disabled, self._later.disabled = self._first == 1, self._first == self._last
        end = min(self._first + columns - 1, flow.steps)
        self._said.value = f"<span role='status'>Steps {self._first} to {end} of {flow.steps}</span>"
        return self._first, columns

    def _show(self) -> None:
        self.layout.display = "none" if self._whole or self._picture.layout.display == "none" else None

    def _turn(self, by: int, on_turn: Callable[[], None]) -> None:
        self._first = max(1, min(self._first + by * (self._columns - 1), self._last))
        on_turn()
