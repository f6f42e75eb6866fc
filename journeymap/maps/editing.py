"""The verbs of a map: each answers a changed copy."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap.errors import DefinitionError
from journeymap.journeys import unknown
from journeymap.maps.fields import FORM, Part
from journeymap.maps.grounds import Change, Contributor, Waiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Named

REFERENCES = {
    "stage": "stages",
    "touchpoints": "touchpoints",
    "channel": "channels",
    "personas": "personas",
    "steps": "steps",
    "step": "steps",
    "to": "steps",
    "pains": "pains",
    "kpi": "kpis",
    "kpis": "kpis",
    "goal": "goals",
    "evidence": "evidence",
    "links": "blueprint",
    "of": "stages or steps",
}
"""Fields that hold ids, and of what; a goal's `parent` is a goal, a map's is a map."""
NAMELESS = {Contributor: "contributors", Waiver: "waivers", Change: "changelog"}
"""Kinds of parts without an id, and where they stand."""


def collection_of(journey_map: JourneyMap, part_id: str) -> str:
    """Return the name of the collection that a part stands in."""
    from journeymap.maps.document import COLLECTIONS  # the document stands on this module

    for name in COLLECTIONS.values():
        if any(part.id == part_id for part in getattr(journey_map, name)):
            return name
    raise unknown("part", part_id, list(journey_map.parts), owner=f"map {journey_map.title}")


def add(journey_map: JourneyMap, part: Part, *, before: str | None) -> JourneyMap:
    """Put a part at the end of its kind or before another; what has no id stands at the end."""
    from journeymap.maps.document import COLLECTIONS

    nameless = NAMELESS.get(type(part))
    if nameless is not None and before is None:
        return _with(journey_map, **{nameless: (*getattr(journey_map, nameless), part)})
    name = COLLECTIONS.get(type(part))
    if nameless is not None:
        raise DefinitionError(
            f"The {nameless} of a map have no ids, so none stands before {before}.",
            right="It comes last.",
            fix="map.add(part)",
        )
    if name is None:
        raise DefinitionError(
            f"{part!r} is no part of a map.",
            right="A jm.Step, jm.Pain, jm.Persona, jm.Waiver and so on.",
            fix='jm.Step("…")',
        )
    named: Any = part
    named = replace(named, id=_free(named.id, journey_map))
    return _put(journey_map, name, named, before)


def _free(part_id: str, journey_map: JourneyMap) -> str:
    taken, number, free = journey_map.parts, 2, part_id
    while free in taken:
        free, number = f"{part_id}-{number}", number + 1
    return free


def _with(journey_map: JourneyMap, **collections: Any) -> JourneyMap:
    return replace(journey_map, **collections)


def _put(journey_map: JourneyMap, name: str, part: Named, before: str | None) -> JourneyMap:
    parts = list(getattr(journey_map, name))
    place = len(parts)
    if before is not None:
        ids = [one.id for one in parts]
        if before not in ids:
            raise unknown("part", before, ids, owner=name)
        place = ids.index(before)
    return _with(journey_map, **{name: (*parts[:place], part, *parts[place:])})


def change(journey_map: JourneyMap, part_id: str, fields: dict[str, Any]) -> JourneyMap:
    """Change fields of a part, or of the map itself."""
    part: Any = journey_map.part(part_id) if part_id else journey_map
    known = [one.name for one in dataclass_fields(part) if FORM in one.metadata]
    for field in fields:
        if field not in known:
            raise unknown("field", field, known, owner=type(part).__name__)
    changed = replace(part, **fields)
    if not part_id:
        return changed
    name, renamed = collection_of(journey_map, part_id), changed.id
    if renamed != part_id and renamed in journey_map.parts:
        raise DefinitionError(f"The part_id {renamed} is taken.", right="Each part has its own.")
    parts = getattr(journey_map, name)
    place = [one.id for one in parts].index(part_id)
    journey_map = _with(journey_map, **{name: (*parts[:place], changed, *parts[place + 1 :])})
    return (
        journey_map
        if renamed == part_id
        else _with_references(journey_map, lambda said: renamed if said == part_id else said)
    )


def remove(journey_map: JourneyMap, part_id: str) -> JourneyMap:
    """Take a part away, the steps of a stage and the KPIs of either with it, and every reference to what is gone."""
    name, gone = collection_of(journey_map, part_id), {part_id}
    if name == "stages":
        gone |= {step.id for step in journey_map.steps_of(part_id)}
        journey_map = replace(
            journey_map, steps=tuple(step for step in journey_map.steps if step.stage != part_id)
        )
    measured_there = {kpi.id for kpi in journey_map.kpis if kpi.of in gone}
    journey_map = _with(
        journey_map, kpis=tuple(kpi for kpi in journey_map.kpis if kpi.id not in measured_there)
    )
    gone |= measured_there
    journey_map = _with(
        journey_map, **{name: tuple(part for part in getattr(journey_map, name) if part.id != part_id)}
    )
    return _with_references(journey_map, lambda said: "" if said in gone else said)


def move(journey_map: JourneyMap, part_id: str, *, before: str | None, stage: str | None) -> JourneyMap:
    """Put a part elsewhere among its kind, or a step into another stage."""
    name, part = collection_of(journey_map, part_id), journey_map.part(part_id)
    if stage is not None:
        journey_map.part(stage)
        part = replace(part, stage=stage)
    if before == part_id:
        return journey_map
    journey_map = _with(
        journey_map, **{name: tuple(one for one in getattr(journey_map, name) if one.id != part_id)}
    )
    return _put(journey_map, name, part, before)


def _with_references(journey_map: JourneyMap, renamed: Callable[[str], str]) -> JourneyMap:
    """Rename every part_id that something refers to; one that becomes empty goes."""

    def redone(part: Any) -> Any:
        changes: dict[str, Any] = {}
        for one in dataclass_fields(part):
            value = getattr(part, one.name)
            if one.metadata.get("of") and isinstance(value, tuple):
                changes[one.name] = tuple(filter(_leads, (redone(inner) for inner in value)))
            elif one.metadata.get("of") and isinstance(value, Part):
                changes[one.name] = redone(value)
            elif _refers(part, one.name) and value:
                many = isinstance(value, tuple)
                found = [renamed(said) for said in (value if many else (value,))]
                changes[one.name] = tuple(filter(None, found)) if many else found[0]
        different = {field: value for field, value in changes.items() if value != getattr(part, field)}
        return _unchecked(part, different)

    return redone(journey_map)


def _refers(part: Any, field: str) -> bool:
    from journeymap.maps.parts import Next
    from journeymap.maps.plans import Goal

    if field == "to":
        return isinstance(part, Next)
    return field in REFERENCES or (field == "parent" and isinstance(part, Goal))


def _leads(part: Any) -> bool:
    """Say whether a part still says something; a way to a step that is gone does not."""
    return getattr(part, "to", "something") != ""


def _unchecked(part: Any, fields: dict[str, Any]) -> Any:
    if not fields:
        return part
    copy = object.__new__(type(part))
    for one in dataclass_fields(part):
        object.__setattr__(copy, one.name, fields.get(one.name, getattr(part, one.name)))
    return copy
