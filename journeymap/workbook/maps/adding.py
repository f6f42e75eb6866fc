"""Adding a part in a cell of the map: it stands there, and what leads to it does too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.errors import DefinitionError
from journeymap.maps.parts import Gain, MapStage, Pain, Step, Touchpoint
from journeymap.maps.plans import BlueprintItem, Kpi, Opportunity
from journeymap.workbook.maps.lanes import CALLED, LANES, has_blueprint, lane_of, parts_in, stage_of, steps_in

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap

LONGEST = 400
BELOW_STEPS = (Touchpoint, Pain, Gain, BlueprintItem)


def additions(journey_map: JourneyMap, cell: str) -> list[dict[str, str]]:
    """Return what can be added in a cell, each with the reason if it cannot for now."""
    column, found = cell.partition(":")[2], []
    for kind in LANES[lane_of(cell)].adds:
        if kind is BlueprintItem and not has_blueprint(journey_map):
            continue
        lost = kind in BELOW_STEPS and column and not steps_in(journey_map, column)
        lost = lost or (kind is Step and stage_of(journey_map, column) is None)
        why = (
            f"A {CALLED[kind]} belongs to a {'stage' if kind is Step else 'step'}; add one first."
            if lost
            else ""
        )
        found.append({"kind": kind.__name__, "label": CALLED[kind], "why": why})
    return found


def added(journey_map: JourneyMap, cell: str, *, kind: str, words: str) -> tuple[JourneyMap, str]:
    """Return the map with one more part in a cell, and the id of the part.

    Raises
    ------
    DefinitionError
        If the cell adds no such part, or the words are none.

    Examples
    --------
    >>> import journeymap as jm
    >>> told = jm.JourneyMap("Shop", stages=["Buy"], steps=[jm.Step("I pay", stage="buy")])
    >>> told, part_id = added(told, "pains:buy", kind="Pain", words="It is slow")
    >>> told.part(part_id).steps
    ('i-pay',)
    """
    offered = {one["kind"]: one["why"] for one in additions(journey_map, cell)}
    if kind not in offered or offered[kind]:
        raise DefinitionError(offered.get(kind, "That cannot be added here."))
    if not words.strip() or len(words) > LONGEST:
        raise DefinitionError("It needs a name.", right=f"A few words, at most {LONGEST} characters.")
    wanted = next(one for one in LANES[lane_of(cell)].adds if one.__name__ == kind)
    before = set(journey_map.parts)
    following = _following(journey_map, wanted, cell.partition(":")[2])
    journey_map = journey_map.add(
        wanted(words.strip(), **_place(journey_map, wanted, cell)), before=following
    )
    part_id = next(one for one in journey_map.parts if one not in before)
    if wanted is Touchpoint:
        for step in steps_in(journey_map, cell.partition(":")[2]):
            journey_map = journey_map.change(step.id, touchpoints=(*step.touchpoints, part_id))
    return journey_map, part_id


def _place(journey_map: JourneyMap, kind: type[Any], cell: str) -> dict[str, Any]:
    """Return the fields by which a new part belongs to a cell."""
    column = cell.partition(":")[2]
    steps = tuple(step.id for step in steps_in(journey_map, column))
    if kind is Step:
        stage = stage_of(journey_map, column)
        return {"stage": stage.id if stage else ""}
    if kind in (Pain, Gain):
        return {"steps": steps}
    if kind is Opportunity and column:
        return {"pains": tuple(pain.id for pain in parts_in(journey_map, f"pains:{column}"))}
    if kind is Kpi:
        return {"of": column}
    return {"lane": lane_of(cell), "step": steps[0] if steps else ""} if kind is BlueprintItem else {}


def _following(journey_map: JourneyMap, kind: type[Any], column: str) -> str | None:
    """Return the stage or step before which a new one stands, so that it comes right after its column."""
    there = [part.id for part in (journey_map.stages if kind is MapStage else journey_map.steps)]
    if kind not in (MapStage, Step) or column not in there[:-1]:
        return None
    return there[there.index(column) + 1]
