"""JM19, broken references: ids that lead nowhere, and ids that two parts share."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from journeymap.errors import nearest
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.document import COLLECTIONS
from journeymap.maps.editing import REFERENCES
from journeymap.maps.fields import Part
from journeymap.maps.parts import Next
from journeymap.maps.plans import Goal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case
    from journeymap.maps.document import JourneyMap

found = partial(Finding, "JM19")


def told(case: Case) -> Iterator[Finding]:
    """Say which ids lead nowhere, and which are taken twice."""
    journey_map = case.journey_map
    ids = {name: {part.id for part in getattr(journey_map, name)} for name in COLLECTIONS.values()}
    for owner, field, said in references(journey_map):
        names = target_of(field).split(" or ")
        known = set().union(*(ids[name] for name in names))
        if said not in known:
            near = nearest(said, known)
            yield found(
                "error",
                owner,
                f"{case.name(owner)} refers to {plain(said)!r} ({field}), which is not among the {plain(' or '.join(names))} of the map.",
                {"field": field, "id": said},
                f"Write {plain(near)}." if near else "Add the part, or take the reference out.",
            )
    taken = Counter(part.id for name in COLLECTIONS.values() for part in getattr(journey_map, name))
    for part_id, times in taken.items():
        if times > 1:
            yield found(
                "error",
                part_id,
                f"{times} parts have the id {plain(part_id)!r}, so nobody can tell which is meant.",
                {"times": times},
                "Give each an id of its own.",
            )
    for waiver in journey_map.waivers:
        if waiver.at and waiver.at not in taken:
            yield found(
                "warn",
                "",
                f"A waiver is for {plain(waiver.at)!r}, which is no part of the map.",
                {"id": waiver.at},
                "Correct it, or take it out.",
            )


def measured(case: Case) -> Iterator[Finding]:
    """Find nothing: ids are of the document alone."""
    del case
    return iter(())


def target_of(field: str) -> str:
    """Return the collections that a field refers to."""
    return "goals" if field == "parent" else REFERENCES[field]


def references(journey_map: JourneyMap) -> Iterator[tuple[str, str, str]]:
    """Yield every reference: the id of the part that refers, the field, and the id it says."""
    for name in COLLECTIONS.values():
        for part in getattr(journey_map, name):
            yield from _references_of(part, part.id)


def _references_of(part: Part, owner: str) -> Iterator[tuple[str, str, str]]:
    for one in fields(part):
        value: Any = getattr(part, one.name)
        if isinstance(value, Part):
            yield from _references_of(value, owner)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Part) and isinstance(value, tuple):
                yield from _references_of(inner, owner)
            elif isinstance(inner, str) and inner and _refers(part, one.name):
                yield owner, one.name, inner


def _refers(part: Part, field: str) -> bool:
    if field == "parent":
        return isinstance(part, Goal)
    return field in REFERENCES and (field != "to" or isinstance(part, Next))
