"""The map's editor by itself, for the end of a cell or a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.workbook.maps.panel import MapPanel
from journeymap.workbook.style import css

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback


class MapEditor(w.VBox):  # type: ignore[misc]
    """A journey map to look at, to check and to edit.

    Parameters
    ----------
    source
        A map, or the path of its YAML or JSON file. A file is written whole when it is saved, and never over what somebody
        else has saved meanwhile; what is not saved is kept as a draft in the user's cache, and offered after a reload.
    log, feedback
        What the checks may look at besides the map.
    allow_saving
        Whether the file may be written. Without a word: in a notebook yes, on a published page no.

    Attributes
    ----------
    journey_map
        The map as it is on the screen, for the next cell.

    Examples
    --------
    >>> import journeymap as jm
    >>> editor = jm.MapEditor(jm.JourneyMap("Sign up", stages=["Discover", "Confirm"]))
    >>> editor.journey_map
    <JourneyMap Sign up: current state, 2 stages, 0 steps>
    """

    def __init__(
        self,
        source: JourneyMap | str | Path,
        /,
        *,
        log: EventLog | None = None,
        feedback: Feedback | None = None,
        allow_saving: bool | None = None,
    ) -> None:
        self.panel = MapPanel(source, log=log, feedback=feedback, allow_saving=allow_saving)
        self.panel.refresh()
        style = w.HTML(f"<style>{css()}</style>").add_class("jm-style")
        super().__init__([w.VBox([style]).add_class("jm-beginning"), self.panel])
        self.add_class("jm-app")

    @property
    def journey_map(self) -> JourneyMap:
        """The map as it is on the screen."""
        return self.panel.journey_map
