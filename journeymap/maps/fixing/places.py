"""The places of a map where friction is measured, stages and steps, and which customers were there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.counting.kernels import FOREVER
from journeymap.events.selecting import event_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.joining import Passages
    from journeymap.rules import Rule

    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Place:
    """A stage with a milestone, or a step with a match, and who was there in a settled attempt.

    Attributes
    ----------
    part, kind, name, stage
        Its id, ``"stage"`` or ``"step"``, what it is called, and the id of its stage.
    position
        Of its stage among those with a milestone, from 0.
    rule
        Its milestone or match.
    reached, moved
        For each customer of the store whether they were there, and whether they then moved on to the next stage.
    last
        Whether its stage is the last, which nobody leaves.
    """

    part: str
    kind: str
    name: str
    stage: str
    position: int
    rule: Rule
    reached: Mask
    moved: Mask
    last: bool


def places_of(journey_map: JourneyMap, log: EventLog, found: Attempts, reached: Passages) -> list[Place]:
    """Return the places of a map in its order, each stage before its steps.

    A step counts if the customer took it after the stage was reached and before the next one was, within the window.
    """
    measured = [stage for stage in journey_map.stages if stage.milestone]
    places: list[Place] = []
    for position, stage in enumerate(measured):
        last = position + 1 == len(measured)
        entered, moved = found.entered(found.settled, position), found.moved_on(found.settled, position)
        places.append(
            Place(stage.id, "stage", stage.name, stage.id, position, stage.milestone, entered, moved, last)
        )
        steps = [step for step in journey_map.steps_of(stage.id) if step.match]
        inside = _inside(log, reached, position) if steps else np.zeros(0, dtype=bool)
        for step in steps:
            took = _had(log, event_mask(log, step.match) & inside)
            places.append(
                Place(step.id, "step", step.title, stage.id, position, step.match, took, took & moved, last)
            )
    return places


def _inside(log: EventLog, reached: Passages, position: int) -> Mask:
    """Say for each visible event whether its customer was in a stage then."""
    rows = reached.stage == position
    begin = np.full(len(log.store.customers), FOREVER)
    end = np.full(len(log.store.customers), -FOREVER)
    begin[reached.customer[rows]] = reached.begin[rows]
    end[reached.customer[rows]] = np.minimum(reached.end[rows] - 1, reached.until[rows])
    at, customer = log.visible.at, log.visible.customer
    return (at >= begin[customer]) & (at <= end[customer])


def _had(log: EventLog, mask: Mask) -> Mask:
    return np.bincount(log.visible.customer[mask], minlength=len(log.store.customers)) > 0
