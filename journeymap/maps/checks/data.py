"""What the rules read from a log: which events a rule picks, when customers first did something, what they can be split by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journeymap.analyses.splitting import as_text
from journeymap.errors import DefinitionError
from journeymap.events.selecting import customer_mask, event_mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.limits import Limits
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Persona
    from journeymap.rules import Rule

    Mask = NDArray[np.bool_]

RULE_FIELDS = ("milestone", "match")
"""Fields that pick events."""


def picked(log: EventLog, rule: Rule) -> Mask | None:
    """Say for each visible event whether a rule picks it; None if the log lacks what it speaks of."""

    def decide() -> Mask | None:
        try:
            return event_mask(log, rule)
        except DefinitionError:
            return None

    return log.held.get(("checked", rule), decide)


def event_rules(journey_map: JourneyMap) -> Iterator[tuple[str, Rule]]:
    """Yield every rule of events, with the id of its part."""
    parts = (*journey_map.stages, *journey_map.steps, *journey_map.touchpoints, *journey_map.channels)
    for part in parts:
        for field in RULE_FIELDS:
            rule = getattr(part, field, None)
            if rule is not None:
                yield part.id, rule


def unreadable(log: EventLog, journey_map: JourneyMap) -> dict[str, str]:
    """Return why rules cannot be decided on a log, by the id of their part."""
    why = {}
    for part_id, rule in event_rules(journey_map):
        if picked(log, rule) is None:
            why[part_id] = _refusal(lambda rule=rule: event_mask(log, rule))
    for persona in journey_map.personas:
        if persona.segment_rule is not None and customers_of(log, journey_map, persona) is None:
            why[persona.id] = _refusal(lambda one=persona: _members(log, journey_map, one))
    return why


def _refusal(decide: Any) -> str:
    try:
        decide()
    except DefinitionError as error:
        return error.wrong
    return ""


def customers_of(log: EventLog, journey_map: JourneyMap, persona: Persona) -> Mask | None:
    """Say for each customer of the store whether they are of a persona; None if the log cannot tell."""
    if persona.segment_rule is None:
        return None
    try:
        return _members(log, journey_map, persona)
    except DefinitionError:
        return None


def _members(log: EventLog, journey_map: JourneyMap, persona: Persona) -> Mask:
    at = _first_milestone(log, journey_map)
    before = np.where(np.isfinite(at), at, np.iinfo(np.int64).max // 2).astype(np.int64)
    return customer_mask(log, persona.segment_rule, before=before) & log.active


def entered(log: EventLog, journey_map: JourneyMap) -> Mask:
    """Say for each customer of the store whether they entered the map; without a milestone, whether they did anything."""
    at = _first_milestone(log, journey_map)
    return np.isfinite(at) if np.isfinite(at).any() else log.active


def _first_milestone(log: EventLog, journey_map: JourneyMap) -> NDArray[np.float64]:
    rule = next((stage.milestone for stage in journey_map.stages if stage.milestone is not None), None)
    mask = picked(log, rule) if rule is not None else None
    return first_at(log, np.zeros(log.n_events, dtype=bool) if mask is None else mask)


def first_at(log: EventLog, mask: Mask) -> NDArray[np.float64]:
    """Return when each customer of the store first did what a mask of events marks; infinite where never."""
    first = np.full(len(log.store.customers), np.inf)
    rows = np.flatnonzero(mask)[::-1]
    first[log.visible.customer[rows]] = log.visible.at[rows]
    return first


def customers_of_events(log: EventLog, mask: Mask) -> dict[str, int]:
    """Count the customers of each event that a mask marks, most first."""
    names = log.store.event_names
    pairs = np.unique(log.visible.customer[mask].astype(np.int64) * len(names) + log.visible.event[mask])
    counts = np.bincount(pairs % len(names), minlength=len(names))
    return {
        str(names[code]): int(counts[code]) for code in np.argsort(-counts, kind="stable") if counts[code]
    }


def union(log: EventLog, rules: list[Rule]) -> Mask:
    """Say for each visible event whether any of some rules picks it."""
    masks = [mask for rule in rules if (mask := picked(log, rule)) is not None]
    return np.logical_or.reduce(masks) if masks else np.zeros(log.n_events, dtype=bool)


class Split(NamedTuple):
    """A property by which customers fall into a few groups: the group of each customer of the store, -1 for none."""

    name: str
    groups: list[str]
    of_customer: NDArray[np.int64]


def splits(log: EventLog, customers: Mask, limits: Limits) -> list[Split]:
    """List the properties that are known of most of some customers and have few values; of events, the first one counts."""
    found = []
    for name in (*log.attributes, *log.properties):
        column = log.column(name)
        if not 2 <= len(column.values) <= limits.groups:
            continue
        of_customer = _first_known(log, name)
        known = (of_customer[customers] >= 0).mean() if customers.any() else 0
        if known >= limits.known and len(np.unique(of_customer[customers & (of_customer >= 0)])) > 1:
            found.append(Split(name, [as_text(value) for value in column.values], of_customer))
    return found


def _first_known(log: EventLog, name: str) -> NDArray[np.int64]:
    column = log.column(name)
    if name in log.attributes:
        return np.asarray(column.codes, dtype=np.int64)
    codes, of_customer = log.codes(name), np.full(len(log.store.customers), -1, dtype=np.int64)
    rows = np.flatnonzero(codes >= 0)[::-1]
    of_customer[log.visible.customer[rows]] = codes[rows]
    return of_customer
