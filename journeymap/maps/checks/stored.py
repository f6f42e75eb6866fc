"""What answers said when a map was last measured: kept where it is measured anew without answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.measurements import Observation

METRICS = frozenset({"emotion", "negative_share", "answers", "unassigned", "nps", "mentions"})
"""What stands on answers."""


def from_answers(journey_map: JourneyMap) -> tuple[Observation, ...]:
    """Return what a map holds of answers, KPIs of them too.

    Examples
    --------
    >>> import journeymap as jm
    >>> from journeymap.maps.measurements import Measurements, Observation
    >>> found = Measurements(observations=[Observation("see", metric) for metric in ("customers", "emotion")])
    >>> [one.metric for one in from_answers(jm.JourneyMap("Shop", stages=["See"], measurements=found))]
    ['emotion']
    """
    told = journey_map.measurements.observations if journey_map.measurements else ()
    kpis = {kpi.id for kpi in journey_map.kpis if kpi.metric in METRICS}
    return tuple(one for one in told if one.metric in METRICS or (one.metric == "kpi" and one.target in kpis))


def with_answers(measured: JourneyMap, earlier: JourneyMap) -> JourneyMap:
    """Return a map that was measured without answers with what an earlier state of it holds of them."""
    if measured.measurements is None:
        return measured
    observations = (*measured.measurements.observations, *from_answers(earlier))
    return replace(measured, measurements=replace(measured.measurements, observations=observations))


def note_on(earlier: JourneyMap) -> str:
    """Say that numbers of answers are those of an earlier time."""
    run = earlier.measurements.run if earlier.measurements else None
    when = f" on {run.at[:10]}" if run and run.at else ""
    return f"Emotions and other numbers of answers are those that the map holds, measured{when}."
