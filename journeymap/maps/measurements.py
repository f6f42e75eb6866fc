"""What was measured, beside what is told: a run of measuring and the numbers it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeymap.maps import fields
from journeymap.maps.fields import Part


@dataclass(frozen=True)
class Run(Part):
    """When and how was measured: `at` an ISO time, `params` what was asked, `data_hash` of the log and the feedback."""

    id: str = fields.name()
    at: str = fields.text()
    version: str = fields.text()
    seed: float | None = fields.number()
    params: Any = fields.mapping()
    data_hash: str = fields.text()


@dataclass(frozen=True)
class Observation(Part):
    """One number.

    Attributes
    ----------
    target
        The id of a part of the map; empty for the whole map.
    metric
        Such as ``"emotion"``, ``"moved_on_share"``, ``"median_hours"``, ``"nps"``.
    persona
        The id of a persona; empty for everybody.
    window
        What of the log was counted, in words.
    value, low, high
        The number and its 95 % interval; missing where nothing could be measured.
    n, num, den
        How many it stands on; numerator and denominator of a share.
    method
        How it was computed.
    """

    target: str = fields.text()
    metric: str = fields.text()
    persona: str = fields.text()
    window: str = fields.text()
    value: float | None = fields.number()
    n: float | None = fields.number(0)
    num: float | None = fields.number()
    den: float | None = fields.number()
    low: float | None = fields.number()
    high: float | None = fields.number()
    method: str = fields.text()


@dataclass(frozen=True)
class Measurements(Part):
    """The numbers of one run.

    Examples
    --------
    >>> found = Measurements(observations=[Observation(target="wait", metric="emotion", value=-1.3, n=263)])
    >>> found.of("wait", "emotion").value, found.of("wait", "nps") is None
    (-1.3, True)
    """

    run: Run | None = fields.one(Run)
    observations: tuple[Observation, ...] = fields.many(Observation)

    def of(self, target: str, metric: str, *, persona: str = "") -> Observation | None:
        """Return one number, or None if it was not measured."""
        for found in self.observations:
            if (found.target, found.metric, found.persona) == (target, metric, persona):
                return found
        return None
