"""What a log says of the steps within the stages, and of touchpoints and channels: who took them, and after how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeymap.events.selecting import event_mask
from journeymap.maps.feedback.joining import last_until, next_rows
from journeymap.maps.measuring.observing import median, observed, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from journeymap.maps.feedback.joining import Passages
    from journeymap.maps.measurements import Observation
    from journeymap.maps.measuring.stages import Counted, Group
    from journeymap.maps.parts import Channel, Step, Touchpoint
    from journeymap.rules import Rule

    Whole = NDArray[np.int64]


def of_steps(counted: Counted, groups: Sequence[Group]) -> Iterator[tuple[Group, Observation]]:
    """Say of each step who took it within its stage, among the settled attempts that entered the stage.

    A step is taken within a stage from the moment the stage was reached to the next one, or the end of the window. Its time is that
    from the first event of the step before it, or from reaching the stage where there is none.
    """
    for position, stage in enumerate(counted.stages):
        steps = [step for step in counted.journey_map.steps_of(stage.id) if step.match]
        inside = _chosen(counted.settled, counted.settled.stage == position)
        taken = [_first_at(counted, inside, step.match) for step in steps]
        before = [inside.begin, *taken][: len(taken)]
        for group in groups:
            ours = group.part.settled[inside.unit]
            for step, at, since in zip(steps, taken, before, strict=True):
                for found in _of_step(counted, step, at=at[ours], since=since[ours]):
                    yield group, found


def _of_step(counted: Counted, step: Step, *, at: Whole, since: Whole) -> Iterator[Observation]:
    took = at >= 0
    yield observed(step.id, "customers", took.sum(), n=len(at), method="count")
    if counted.settles:
        yield share(step.id, "reach_share", int(took.sum()), len(at))
    both = took & (since >= 0) & (at >= since)
    yield median(step.id, "median_hours", counted.hours(at[both] - since[both]))


def of_touchpoints(counted: Counted, groups: Sequence[Group]) -> Iterator[tuple[Group, Observation]]:
    """Say of each touchpoint and channel which of the customers who entered the map met it, within their window, and how often."""
    reached = counted.settled
    first = np.flatnonzero(_is_first(reached.unit))
    entered = _chosen(reached, first)
    parts: list[Touchpoint | Channel] = [*counted.journey_map.touchpoints, *counted.journey_map.channels]
    for part in parts:
        if part.match is None:
            continue
        events = _events_within(counted, entered, part.match)
        for group in groups:
            ours = events[group.part.settled[entered.unit]]
            met = int((ours > 0).sum())
            yield group, observed(part.id, "customers", met, n=len(ours), method="count")
            yield group, observed(part.id, "events", ours.sum(), n=len(ours), method="count")
            if counted.settles:
                yield group, share(part.id, "reach_share", met, len(ours))


def _chosen(reached: Passages, which: NDArray[np.bool_] | Whole) -> Passages:
    columns = (reached.customer, reached.unit, reached.stage, reached.begin, reached.end, reached.until)
    return type(reached)(*(column[which] for column in columns))


def _is_first(unit: Whole) -> NDArray[np.bool_]:
    """Say for each row whether it is the first of its unit."""
    _, first = np.unique(unit, return_index=True)
    mask = np.zeros(len(unit), dtype=bool)
    mask[first] = True
    return mask


def _first_at(counted: Counted, inside: Passages, rule: Rule) -> Whole:
    """Return for each passage when its customer first did something within it, -1 if never."""
    visible = counted.log.visible
    if not counted.log.n_events:
        return np.full(len(inside.unit), -1)
    start = last_until(visible.offsets, visible.at, inside.customer, inside.begin - 1) + 1
    following = np.append(next_rows(event_mask(counted.log, rule)), counted.log.n_events)[start]
    at = visible.at[np.minimum(following, counted.log.n_events - 1)]
    same = following < visible.offsets[inside.customer + 1]
    during = (at <= inside.until) & ((at < inside.end) | (at == inside.begin))
    return np.where(same & during, at, -1)


def _events_within(counted: Counted, entered: Passages, rule: Rule) -> Whole:
    """Count the events of each attempt from its entry to the end of its window."""
    visible = counted.log.visible
    before = np.concatenate([[0], np.cumsum(event_mask(counted.log, rule))])
    start = last_until(visible.offsets, visible.at, entered.customer, entered.begin - 1) + 1
    stop = last_until(visible.offsets, visible.at, entered.customer, entered.until) + 1
    return before[stop] - before[start]
