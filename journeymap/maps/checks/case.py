"""What a rule looks at: a map, what was measured, the data, the day and the limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from journeymap.errors import listing
from journeymap.maps.checks.data import unreadable
from journeymap.maps.checks.findings import plain
from journeymap.maps.checks.limits import Limits
from journeymap.maps.measurements import Measurements, Observation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey
    from journeymap.maps.claims import Claim
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.parts import Named, Step


@dataclass(frozen=True)
class Case:
    """One map under the checks.

    Attributes
    ----------
    journey_map
        With its measurements, if there are any.
    today
        The day to judge by.
    log, feedback
        The data, where it is given.
    baseline
        An earlier state of the map: the current map of a future one, or the one that holds the numbers of last time.
    unmeasured
        Why it could not be measured on the log, if so.
    """

    journey_map: JourneyMap
    today: dt.date
    limits: Limits = field(default_factory=Limits)
    log: EventLog | None = None
    feedback: Feedback | None = None
    baseline: JourneyMap | None = None
    unmeasured: str = ""

    def name(self, part_id: str) -> str:
        """Write what a part is called, in quotes."""
        part = self._parts.get(part_id)
        return f'"{plain(called(part) if part else part_id)}"' if part_id else "the whole map"

    @cached_property
    def _parts(self) -> dict[str, Named]:
        return self.journey_map.parts

    def names(self, part_ids: Iterable[str], *, most: int = 5) -> str:
        """Write what some parts are called."""
        return listing((self.name(one) for one in part_ids), most=most)

    @cached_property
    def journey(self) -> Journey | None:
        """The journey of the map; None if it has none, or none that can be followed in the log."""
        if self.log is None or self.unmeasured or unreadable(self.log, self.journey_map):
            return None
        return self.journey_map.journey

    @property
    def measured(self) -> Measurements:
        """What was measured; empty if nothing was."""
        return self.journey_map.measurements or Measurements()

    def number(self, target: str, metric: str, *, persona: str = "") -> Observation | None:
        """Return a measured number that has a value."""
        found = self._numbers.get((target, metric, persona))
        return found if found is not None and found.value is not None else None

    @cached_property
    def _numbers(self) -> dict[tuple[str, str, str], Observation]:
        return {(one.target, one.metric, one.persona): one for one in reversed(self.measured.observations)}

    @cached_property
    def claims(self) -> list[Claim]:
        """Every claim of the map, and whether it holds."""
        from journeymap.maps.claims import claims

        return claims(self.journey_map, today=self.today)

    @cached_property
    def _evidence(self) -> dict[str, Evidence]:
        return {one.id: one for one in self.journey_map.evidence}

    def evidence(self, ids: Iterable[str]) -> list[Evidence]:
        """Return the evidence of some ids, unknown ones left out."""
        return [self._evidence[one] for one in ids if one in self._evidence]

    def channels_of(self, step: Step) -> list[str]:
        """Return the ids of the channels that a step happens on."""
        parts = {one.id: one.channel for one in self.journey_map.touchpoints}
        return list(dict.fromkeys(filter(None, (parts.get(one) for one in step.touchpoints))))


def called(part: object) -> str:
    """Return what a part is called: its first field.

    Examples
    --------
    >>> from journeymap.maps.parts import Pain
    >>> called(Pain("It is slow"))
    'It is slow'
    """
    return next(
        (str(getattr(part, name)) for name in ("title", "name", "text", "source") if hasattr(part, name)), ""
    )
