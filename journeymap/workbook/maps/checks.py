"""The checks of the map that is edited: how many findings there are, and where each leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from journeymap.errors import counted
from journeymap.workbook.maps.findings import MapFindings
from journeymap.workbook.maps.values import called

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback

LEVELS = {"error": ("error", "errors"), "warn": ("warning", "warnings"), "info": ("remark", "remarks")}


class MapChecks:
    """A button that says how many findings there are, and opens their list.

    Parameters
    ----------
    go
        Called with the id of the part that a finding is about; empty for the whole map.
    turn
        Called when the list is to be opened or closed.
    guard
        Runs what the page asks for, and says what goes wrong.
    """

    def __init__(
        self,
        log: EventLog | None,
        feedback: Feedback | None,
        *,
        go: Callable[[str], object],
        turn: Callable[[], object],
        guard: Callable[[Callable[[], object]], object],
    ) -> None:
        self._log, self._feedback = log, feedback
        self._found: list[Any] = []
        self.list = MapFindings()
        self.button = w.Button(description="Checks").add_class("jm-plain-button")
        self.button.on_click(lambda _: guard(turn))
        self.list.on_do(go=lambda place: guard(lambda: go(self._found[place].at)), close=self.shut)

    def shut(self) -> None:
        """Close the list."""
        self.list.shown = False

    def unfold(self) -> None:
        """Open the list."""
        self.list.shown = True

    def check(self, journey_map: JourneyMap) -> None:
        """Check a map, and list what is found; the log is asked only while the list is open."""
        data = {"log": self._log, "feedback": self._feedback} if self.list.shown else {}
        found = journey_map.check(**data)
        self._found = list(found)
        parts = journey_map.parts
        open_ones = [one for one in self._found if one.waived_by is None]
        counts = {level: sum(one.level == level for one in open_ones) for level in LEVELS}
        said = [counted(number, *LEVELS[level]) for level, number in counts.items() if number]
        with self.list.hold_sync():
            self.list.title = ", ".join(said) or "Nothing found"
            self.list.notes = list(found.notes)
            self.list.items = [_row(one, parts) for one in self._found]
        self.button.description = f"Checks: {len(open_ones) or 'nothing found'}"


def _row(found: Any, parts: dict[str, Any]) -> dict[str, str]:
    return {
        "level": found.level,
        "rule": found.rule,
        "where": called(parts[found.at]) if found.at in parts else "",
        "sentence": found.sentence,
        "fix": found.fix,
        "waived": _waived(found.waived_by),
    }


def _waived(waiver: Any) -> str:
    if waiver is None:
        return ""
    until = f" until {waiver.until:%d %b %Y}" if waiver.until else ""
    return f"Accepted by {waiver.by or 'somebody'}{until}. {waiver.reason}".strip()
