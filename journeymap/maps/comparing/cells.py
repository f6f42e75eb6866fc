"""Where a number stands on the canvas of a map: the cells that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step

FELT = ("emotion", "negative_share")


def cells_of(row: Mapping[str, Any], journey_map: JourneyMap) -> list[str]:
    """Return the cells, such as ``"emotion:confirm"``, that show what was measured of a part; none for the whole map.

    Examples
    --------
    >>> import journeymap as jm
    >>> shop = jm.JourneyMap("Shop", stages=["See"], touchpoints=[jm.Touchpoint("Search")],
    ...     steps=[jm.Step("I look", stage="see", touchpoints=["search"])])
    >>> cells_of({"part": "search", "field": "reach_share"}, shop), cells_of({"part": "", "field": "nps"}, shop)
    (['touchpoints:see'], [])
    """
    part, metric = row["part"], row["field"]
    kinds = ("stages", "steps", "pains", "touchpoints", "channels")
    kind = next((one for one in kinds if any(own.id == part for own in getattr(journey_map, one))), "")
    match kind:
        case "stages" if metric in FELT:
            return [f"emotion:{one}" for one in _points(part, journey_map)]
        case "stages":
            return [f"measured:{part}"]
        case "steps":
            return [f"{'emotion' if metric in FELT else 'steps'}:{part}"]
        case "pains":
            steps = {step for pain in journey_map.pains if pain.id == part for step in pain.steps}
            return _in_stages("pains", [one for one in journey_map.steps if one.id in steps])
        case "touchpoints" | "channels":
            met = {one.id for one in journey_map.touchpoints if part in (one.id, one.channel)}
            return _in_stages("touchpoints", [one for one in journey_map.steps if met & set(one.touchpoints)])
    return []


def _in_stages(lane: str, steps: list[Step]) -> list[str]:
    return [f"{lane}:{stage}" for stage in dict.fromkeys(step.stage for step in steps)]


def _points(stage: str, journey_map: JourneyMap) -> list[str]:
    """Return whose points the emotion of a stage is drawn with: its steps', where they have emotions or there is but one."""
    steps = [step.id for step in journey_map.steps_of(stage)]
    told = journey_map.measurements.observations if journey_map.measurements else ()
    own = any(one.metric == "emotion" and one.target in steps and one.value is not None for one in told)
    return steps if own or len(steps) == 1 else [stage]
