"""Which movements between the measured steps of a map the map explains, and which customers made in a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step
    from journeymap.rules import Rule

BY_ORDER, BY_NEXT, BACK, SKIPS = "order", "next", "goes back", "skips a stage"


@dataclass(frozen=True)
class Node:
    """Where a customer can be seen on the map: a step with a match, or a stage with a milestone and no such step.

    Attributes
    ----------
    stage
        The position of its stage among those that can be seen, from 0.
    """

    part: str
    name: str
    stage: int
    rule: Rule


def nodes_of(journey_map: JourneyMap) -> list[Node]:
    """Return the nodes of a map in its order."""
    found: list[Node] = []
    for stage in journey_map.stages:
        seen = [(step.id, step.title, step.match) for step in journey_map.steps_of(stage.id) if step.match]
        if not seen and stage.milestone:
            seen = [(stage.id, stage.name, stage.milestone)]
        place = found[-1].stage + 1 if found else 0
        found += [Node(part, name, place, rule) for part, name, rule in seen]
    return found


def explanations(journey_map: JourneyMap, nodes: list[Node]) -> NDArray[Any]:
    """Say for each two nodes (from, to) why a movement is explained, or what it does instead."""
    stage, place = np.array([node.stage for node in nodes]), np.arange(len(nodes))
    further = stage[None, :] - stage[:, None]
    forward = ((further == 0) & (place[None, :] > place[:, None])) | (further == 1)
    why = np.where(forward, BY_ORDER, np.where(further > 1, SKIPS, BACK)).astype(object)
    place_of = {node.part: k for k, node in enumerate(nodes)}
    for source, step in ((place_of.get(step.id), step) for step in journey_map.steps):
        if source is None:
            continue
        for part in _led_to(journey_map, step, set(place_of)):
            if not forward[source, place_of[part]]:
                why[source, place_of[part]] = BY_NEXT
    return why


def _led_to(journey_map: JourneyMap, step: Step, seen_parts: set[str]) -> set[str]:
    """Return the nodes to which `next` leads, through steps that no log can show."""
    steps = {one.id: one for one in journey_map.steps}
    waiting, passed, found = [follow.to for follow in step.next], set[str](), set[str]()
    while waiting:
        part = waiting.pop()
        if part in passed or part not in steps:
            continue
        passed.add(part)
        if part in seen_parts:
            found.add(part)
        else:
            waiting += [follow.to for follow in steps[part].next] or _after(journey_map, steps[part])
    return found


def _after(journey_map: JourneyMap, step: Step) -> list[str]:
    """Return the step that the order of the map has after another, which may be the first of the next stage."""
    ordered = [one.id for stage in journey_map.stages for one in journey_map.steps_of(stage.id)]
    place = ordered.index(step.id) + 1 if step.id in ordered else len(ordered)
    return ordered[place : place + 1]


@dataclass(frozen=True)
class Movements:
    """What customers did between nodes.

    Attributes
    ----------
    table
        `source, target, movements, customers, explained, why`, most first; source and target are ids.
    moving, fitting, still
        How many customers moved at all, how many of them only as the map explains, and how many were at one node only.
    """

    table: pd.DataFrame
    moving: int
    fitting: int
    still: int


def movements_of(
    customers: NDArray[np.int32], codes: NDArray[np.int64], nodes: list[Node], why: NDArray[Any]
) -> Movements:
    """Count movements.

    Parameters
    ----------
    customers, codes
        Customer and node of each event that is at a node, customer by customer, in order.
    """
    n = len(nodes)
    fresh = np.ones(len(codes), dtype=bool)
    fresh[1:] = (customers[1:] != customers[:-1]) | (codes[1:] != codes[:-1])
    who, where = customers[fresh], codes[fresh]
    same = who[1:] == who[:-1]
    moved, pair = who[1:][same], (where[:-1] * n + where[1:])[same]
    explained = np.isin(why, (BY_ORDER, BY_NEXT)).ravel() if n else np.zeros(0, dtype=bool)
    people_of = [_distinct(one) for one in (who, moved, moved[~explained[pair]])]
    distinct = np.unique(pair * (int(who.max(initial=0)) + 1) + moved) // (int(who.max(initial=0)) + 1)
    counts, people = (np.bincount(one, minlength=n * n) for one in (pair, distinct))
    seen = np.flatnonzero(counts)
    seen = seen[np.argsort(-counts[seen], kind="stable")]
    names = np.array([node.part for node in nodes], dtype=object)
    table = pd.DataFrame(
        {
            "source": pd.Series(names[seen // n] if n else [], dtype="str"),
            "target": pd.Series(names[seen % n] if n else [], dtype="str"),
            "movements": counts[seen],
            "customers": people[seen],
            "explained": explained[seen],
            "why": pd.Series(why.ravel()[seen], dtype="str"),
        }
    )
    seen_at_all, moving, astray = people_of
    return Movements(table, moving, moving - astray, seen_at_all - moving)


def _distinct(customers: NDArray[np.int32]) -> int:
    return int(np.count_nonzero(np.bincount(customers)))
