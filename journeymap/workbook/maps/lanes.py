"""The lanes of a map as the editor knows them: which parts stand in a cell, and which of their fields it edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymap.maps.document import JourneyMap
from journeymap.maps.grounds import Evidence
from journeymap.maps.parts import Channel, Gain, MapStage, Pain, Persona, Step, Touchpoint
from journeymap.maps.plans import BLUEPRINT_LANES, BlueprintItem, Kpi, Opportunity

if TYPE_CHECKING:
    from journeymap.maps.fields import Part
    from journeymap.maps.parts import Named


@dataclass(frozen=True)
class Lane:
    """A row of the map.

    Attributes
    ----------
    label
        What it is called.
    kind
        The kind of parts whose words stand in it.
    fields
        The fields of these parts that its cells edit; none means all of them.
    adds
        The kinds of parts that its cells can add.
    """

    label: str
    kind: type[Part]
    fields: tuple[str, ...] = ()
    adds: tuple[type[Named], ...] = ()


def _card(label: str) -> Lane:
    return Lane(label, BlueprintItem, adds=(BlueprintItem,))


LANES = {
    "stages": Lane("Stage", MapStage, adds=(MapStage, Step)),
    "steps": Lane("Steps", Step, adds=(Step,)),
    "measured": Lane("Measured", Step, ("title", "claims.share", "claims.hours")),
    "goals": Lane("Goals", MapStage, ("customer_goal", "business_goal", "evidence")),
    "actions": Lane("Actions", Step, ("actions", "evidence"), (Step, BlueprintItem)),
    "touchpoints": Lane("Touchpoints and channels", Step, ("touchpoints",), (Touchpoint,)),
    "thoughts": Lane("Thoughts", Step, ("thoughts", "evidence"), (Step,)),
    "emotion": Lane(
        "Emotion", Step, ("claims.emotion", "claims.label", "moment_of_truth", "evidence"), (Step,)
    ),
    "pains": Lane("Pain points", Pain, adds=(Pain,)),
    "gains": Lane("Gains", Gain, adds=(Gain,)),
    "opportunities": Lane("Opportunities", Opportunity, adds=(Opportunity,)),
    "kpis": Lane("KPIs", Kpi, adds=(Kpi,)),
    "owner": Lane("Owner", MapStage, ("owner",)),
    "evidence": _card("Physical evidence"),
    "frontstage": _card("Frontstage"),
    "backstage": _card("Backstage"),
    "support": _card("Support processes"),
    "map": Lane("The map", JourneyMap),
    "personas": Lane("Personas", Persona, adds=(Persona,)),
    "channels": Lane("Channels", Channel, adds=(Channel,)),
    "sources": Lane("Evidence", Evidence, adds=(Evidence,)),
}
WHOLE_MAP = ("map", "personas", "channels", "sources")
"""Lanes that stand in no column."""
CALLED = {
    MapStage: "stage",
    Step: "step",
    Touchpoint: "touchpoint",
    Pain: "pain point",
    Gain: "gain",
    Opportunity: "opportunity",
    Kpi: "KPI",
    BlueprintItem: "card",
    Persona: "persona",
    Channel: "channel",
    Evidence: "evidence",
    JourneyMap: "map",
}


def lane_of(cell: str) -> str:
    """Return the lane of a cell; what the editor does not know is the stage itself.

    Examples
    --------
    >>> lane_of("pains:confirm"), lane_of("stage:confirm"), lane_of("something:confirm")
    ('pains', 'stages', 'stages')
    """
    name = cell.partition(":")[0]
    near = (name, f"{name}s", name.removesuffix("s"))
    return next((known for known in near if known in LANES), "stages")


def lanes_in(journey_map: JourneyMap) -> list[str]:
    """Return the lanes of a map's columns from top to bottom; those of a blueprint only where there is one."""
    hidden = set() if has_blueprint(journey_map) else set(BLUEPRINT_LANES) - {"actions"}
    return [name for name in LANES if name not in WHOLE_MAP and name not in hidden]


def has_blueprint(journey_map: JourneyMap) -> bool:
    """Say whether a map has the rows of a service blueprint."""
    return journey_map.kind == "service_blueprint" or bool(journey_map.blueprint)


def steps_in(journey_map: JourneyMap, column: str) -> list[Step]:
    """Return the steps of a column: those of a stage, or the step itself."""
    part = journey_map.parts.get(column)
    if isinstance(part, Step):
        return [part]
    return journey_map.steps_of(column) if column else []


def stage_of(journey_map: JourneyMap, column: str) -> MapStage | None:
    """Return the stage of a column; of a step, the one that it belongs to."""
    part = journey_map.parts.get(column)
    found = journey_map.parts.get(part.stage) if isinstance(part, Step) else part
    return found if isinstance(found, MapStage) else None


def parts_in(journey_map: JourneyMap, cell: str) -> list[Any]:
    """Return the parts whose words stand in a cell. Without a column: what stands in none.

    Examples
    --------
    >>> import journeymap as jm
    >>> told = jm.JourneyMap("Shop", stages=["Buy"], steps=[jm.Step("I pay", stage="buy")], pains=[jm.Pain("Slow", steps="i-pay"), "Dear"])
    >>> [pain.text for pain in parts_in(told, "pains:buy")], [pain.text for pain in parts_in(told, "pains:")]
    (['Slow'], ['Dear'])
    """
    name, column = lane_of(cell), cell.partition(":")[2]
    kind, steps = LANES[name].kind, steps_in(journey_map, column)
    here = {step.id for step in steps}
    if kind is JourneyMap:
        return [journey_map]
    if name in WHOLE_MAP:
        return list(
            {Persona: journey_map.personas, Channel: journey_map.channels}.get(kind, journey_map.evidence)
        )
    if kind is MapStage:
        stage = stage_of(journey_map, column)
        return [stage] if stage else list(journey_map.stages)
    cards = [one for one in journey_map.blueprint if one.lane == name and _meets((one.step,), here, column)]
    if kind is Step:
        return [
            *steps,
            *cards,
            *(_touchpoints(journey_map, column, steps) if name == "touchpoints" else ()),
        ]
    if kind in (Pain, Gain):
        return [part for part in getattr(journey_map, name) if _meets(part.steps, here, column)]
    if kind is Opportunity:
        pains = {pain.id for pain in journey_map.pains if _meets(pain.steps, here, column)}
        return [part for part in journey_map.opportunities if _meets(part.pains, pains, column)]
    if kind is Kpi:
        return _kpis(journey_map, column, here)
    return cards


def _meets(ids: tuple[str, ...], here: set[str], column: str) -> bool:
    """Say whether something that belongs to these ids stands in a column; in none, if it belongs to nothing."""
    named = set(filter(None, ids))
    return bool(named & here) if column else not named or bool(named & here)


def _touchpoints(journey_map: JourneyMap, column: str, steps: list[Step]) -> list[Touchpoint]:
    named = {one for step in (steps if column else journey_map.steps) for one in step.touchpoints}
    return [one for one in journey_map.touchpoints if (one.id in named) == bool(column)]


def _kpis(journey_map: JourneyMap, column: str, here: set[str]) -> list[Kpi]:
    stage = stage_of(journey_map, column)
    ids = {*here, *((stage.id,) if stage else ())}
    named = set(stage.kpis) if stage else set()
    return [one for one in journey_map.kpis if (one.of in ids or one.id in named if column else not one.of)]


def cells_of(journey_map: JourneyMap, part_id: str) -> list[str]:
    """Return the cells in which a part stands, the nearest first; one of the whole map has one cell without a column.

    Examples
    --------
    >>> import journeymap as jm
    >>> told = jm.JourneyMap("Shop", stages=["Buy"], steps=[jm.Step("I pay", stage="buy")], pains=[jm.Pain("Slow", steps="i-pay")])
    >>> cells_of(told, "slow"), cells_of(told, "buy"), cells_of(told, "")
    (['pains:i-pay', 'pains:buy'], ['stages:buy'], ['map:'])
    """
    part = journey_map.parts.get(part_id)
    if part is None:
        return ["map:"]
    lane = next((name for name, one in LANES.items() if one.kind is type(part)), "map")
    if isinstance(part, Touchpoint):
        lane = "touchpoints"
    elif isinstance(part, BlueprintItem):
        lane = part.lane or "evidence"
    columns = _columns(journey_map, part)
    return [f"{lane}:{column}" for column in columns] or [f"{lane}:"]


def _columns(journey_map: JourneyMap, part: Any) -> list[str]:
    """Return the steps that a part belongs to, then their stages."""
    if isinstance(part, MapStage):
        return [part.id]
    if isinstance(part, Step):
        steps = [part.id]
    elif isinstance(part, Touchpoint):
        steps = [step.id for step in journey_map.steps if part.id in step.touchpoints]
    elif isinstance(part, Opportunity):
        steps = [step for pain in journey_map.pains if pain.id in part.pains for step in pain.steps]
    elif isinstance(part, Kpi):
        steps = [part.of, *(stage.id for stage in journey_map.stages if part.id in stage.kpis)]
    else:
        steps = [*getattr(part, "steps", ()), getattr(part, "step", "")]
    found = [step for step in steps if step in journey_map.parts]
    stages = [stage.id for stage in (stage_of(journey_map, step) for step in found) if stage]
    return list(dict.fromkeys([*found, *stages]))
