"""The rail's stand-in on a narrow page: a button that opens it, and what is chosen as chips."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

if TYPE_CHECKING:
    from journeymap.workbook.rail import Rail
    from journeymap.workbook.state import State


class Filters(w.HBox):  # type: ignore[misc]
    """Shown by the stylesheet only where the rail has no room beside the panel."""

    def __init__(self, state: State, rail: Rail) -> None:
        self._state, self._rail = state, rail
        self._button = w.ToggleButton(description="Filters").add_class("jm-filters-button")
        self._chips = w.HTML().add_class("jm-chips")
        super().__init__([self._button, self._chips])
        self.add_class("jm-filters")
        self._show()
        self._button.observe(self._turn, "value")
        state.observe(lambda _: self._show(), "question")

    def _turn(self, change: dict[str, bool]) -> None:
        (self._rail.add_class if change["new"] else self._rail.remove_class)("jm-open")

    def _show(self) -> None:
        asked = self._state.question
        chosen = [segment.name for segment in asked.segments]
        chosen += [f"by {asked.by}"] if asked.by else []
        chosen += [f"{asked.period[0][:10]} to {asked.period[1][:10]}"] if asked.period else []
        chosen += [f"window {asked.counting.window or 'none'}"] if asked.counting.changed else []
        self._button.description = f"Filters ({len(chosen)})" if chosen else "Filters"
        self._chips.value = (
            "".join(f"<span>{escape(text)}</span>" for text in chosen) or "<span>Everybody</span>"
        )
