"""What is at stake, written beside the other numbers of a map, so that the canvas and the slides show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.maps.fixing.opportunities import opportunities
from journeymap.maps.measurements import Measurements, Observation

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fixing.friction import Friction

METRICS = ("friction", "value_at_stake", "reach")

OF_OPPORTUNITIES = {
    "value_at_stake": ("value", "value_low", "value_high"),
    "reach": ("reach", "none", "none"),
}


def with_stakes(journey_map: JourneyMap, found: Friction, /) -> JourneyMap:
    """Return a map with the friction of its stages and steps, and what they and its opportunities are worth a month.

    The observations are called `friction`, `value_at_stake` and, of opportunities, `reach`; those of an earlier run go.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b", "c"], "what": ["see", "buy", "see", "see"],
    ...     "when": ["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-31"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-03")
    >>> stages = [{"name": "See", "milestone": jm.event("see")}, {"name": "Buy", "milestone": jm.event("buy")}]
    >>> shop = jm.JourneyMap("Shop", stages=stages)
    >>> found = jm.friction(shop, log, benchmark=1 / 3, value=30)
    >>> round(with_stakes(shop, found).measurements.of("see", "value_at_stake").value)
    29
    """
    told = journey_map.measurements or Measurements()
    kept = [one for one in told.observations if one.metric not in METRICS]
    method = f"a month; {found.scope.rules[-1]}" if found.scope.rules else "a month"
    rows = found.table.to_dict("records")
    new = [
        _observed(row["part"], "friction", row, ("friction", "friction_low", "friction_high")) for row in rows
    ]
    new += [
        _observed(row["part"], "value_at_stake", row, ("value_at_stake", "value_low", "value_high"))
        for row in rows
    ]
    new += [
        _observed(row["opportunity"], metric, row, columns)
        for row in opportunities(journey_map, found).table.assign(none=None).to_dict("records")
        for metric, columns in OF_OPPORTUNITIES.items()
    ]
    written = [replace(one, method=method) for one in new if one is not None]
    return replace(journey_map, measurements=replace(told, observations=(*kept, *written)))


def _observed(
    target: str, metric: str, row: dict[Any, Any], columns: tuple[str, str, str]
) -> Observation | None:
    value, low, high = (None if pd.isna(row[name]) else float(row[name]) for name in columns)
    return None if value is None else Observation(target, metric, value=value, low=low, high=high)
