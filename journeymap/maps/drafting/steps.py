"""The steps of a drafted map: the events by which most customers pass within each stage, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeymap.conditions import event
from journeymap.counting.attempts import attempts
from journeymap.events.selecting import event_mask
from journeymap.maps.drafting.order import turned
from journeymap.maps.drafting.voice import voiced
from journeymap.maps.parts import Next, Step, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey
    from journeymap.maps.parts import MapStage
    from journeymap.rules import Event, Rule

LEAST_SHARE = 0.1
"""Share of a stage's customers who do an event that is drawn, and of a step's customers who go on to a step it leads to."""
MOST_WAYS = 2
LOG = "log"
"""The id of the log among the evidence."""


class Drafted(NamedTuple):
    """A step that is to be drawn: the place of its stage, its title, its rule, and the events of the log that are it."""

    place: int
    title: str
    rule: Rule
    rows: NDArray[np.int64]


def stages_of_events(log: EventLog, journey: Journey, *, counting: Counting) -> NDArray[np.int64]:
    """Return the stage in which the customer was at each visible event, by its place; -1 before the first and after the window."""
    found = attempts(log, journey, counting=counting)
    reached = found.rows_of(found.overall)
    visible, customer = log.visible, log.visible.customer
    stage = np.full(log.n_events, -1, dtype=np.int64)
    entry = np.full(len(reached), np.iinfo(np.int64).max)
    for place in range(len(journey.stages)):
        units = np.flatnonzero(reached[:, place] >= 0)
        at = np.full(len(reached), np.iinfo(np.int64).max)
        at[units] = found.reached_at(found.overall, units, place)
        entry = np.minimum(entry, at)
        stage[visible.at >= at[customer]] = place
    if counting.window not in (None, "session"):
        stage[(stage >= 0) & (visible.at - entry[customer] > log.length(str(counting.window)))] = -1
    return stage


def chosen(log: EventLog, journey: Journey, stage: NDArray[np.int64], *, top: int) -> list[Drafted]:
    """Choose the steps of every stage, at most `top` each: what its rule names, then what most of its customers do."""
    masks = [event_mask(log, one.rule) for one in journey.stages]
    steps = [_own(log, journey, place, masks[place], stage, top) for place in range(len(masks))]
    drawn = {int(code) for mask in masks for code in np.unique(log.visible.event[mask])}
    counts, there = _counts(log, stage, len(journey.stages))
    counts[(counts < LEAST_SHARE * there[:, None])] = 0
    counts[:, sorted(drawn)] = 0
    for code in np.argsort(-counts.max(axis=0), kind="stable"):
        place = int(counts[:, code].argmax())
        if counts[place, code] and len(steps[place]) < top:
            name = str(log.store.event_names[code])
            rows = np.flatnonzero((log.visible.event == code) & (stage == place))
            steps[place].append(Drafted(place, voiced(name), named(name), rows))
    return [step for ones in steps for step in ones]


def _own(
    log: EventLog,
    journey: Journey,
    place: int,
    mask: NDArray[np.bool_],
    stage: NDArray[np.int64],
    top: int,
) -> list[Drafted]:
    """Return a step for each name that the rule of a stage picks, or one for the stage if these are many."""
    here, events = mask & (stage == place), log.visible.event
    codes, rule = np.unique(events[here]), journey.stages[place].rule
    if not 1 <= len(codes) <= top:
        name = journey.stages[place].name
        return [Drafted(place, voiced(name[:1].lower() + name[1:]), rule, np.flatnonzero(here))]
    ordered = sorted(codes, key=lambda code: -len(np.unique(log.visible.customer[here & (events == code)])))
    steps = []
    for code in ordered:
        name = str(log.store.event_names[code])
        whole = bool(mask[events == code].all())
        only = named(name) if whole else named(name) & rule
        steps.append(Drafted(place, voiced(name), only, np.flatnonzero(here & (events == code))))
    return steps


def _counts(
    log: EventLog, stage: NDArray[np.int64], n_stages: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the customers in each stage who do each event there (stages x names), and all customers in each stage."""
    n_names, n_customers = len(log.store.event_names), len(log.store.customers)
    inside = np.flatnonzero(stage >= 0)
    visible = log.visible
    cells = (stage[inside] * n_names + visible.event[inside]) * n_customers + visible.customer[inside]
    people = stage[inside] * n_customers + visible.customer[inside]
    done = np.bincount(np.unique(cells) // n_customers, minlength=n_stages * n_names)
    there = np.bincount(np.unique(people) // n_customers, minlength=n_stages)
    return done.reshape(n_stages, n_names), there


def named(name: str) -> Event:
    """Return the rule of the events of one name, whatever stars it has."""
    return event(name.replace("*", "[*]"))


def steps_of(
    log: EventLog,
    drafted: Sequence[Drafted],
    stages: Sequence[MapStage],
    touchpoints: Sequence[tuple[str, ...]],
    taken: set[str],
) -> list[Step]:
    """Make the steps, with ids that are free and the ways that customers go on, or back to what most of them take later."""
    others = set(taken)
    ids = [_id(step.title, others, taken) for step in drafted]
    ways = [
        list(dict.fromkeys([*on, *back]))
        for on, back in zip(_ways(log, drafted), turned(log, drafted), strict=True)
    ]
    return [
        Step(
            title=step.title,
            id=ids[number],
            stage=stages[step.place].id,
            touchpoints=touchpoints[number],
            next=tuple(Next(ids[to]) for to in ways[number]),
            match=step.rule,
            evidence=(LOG,),
        )
        for number, step in enumerate(drafted)
    ]


def _id(title: str, others: set[str], taken: set[str]) -> str:
    """Return an id that is not taken; one that a part of another kind has says that this is a step."""
    name = slug(title)
    return free(f"step-{name}" if name in others else name, taken)


def free(part_id: str, taken: set[str]) -> str:
    """Return an id that is not taken, with a number if need be, and take it."""
    number, found = 2, part_id
    while found in taken:
        found, number = f"{part_id}-{number}", number + 1
    taken.add(found)
    return found


def _ways(log: EventLog, drafted: Sequence[Drafted]) -> list[list[int]]:
    """Return the steps to which enough customers go straight from each step, the most frequent first."""
    step = np.full(log.n_events, -1, dtype=np.int64)
    for number, one in enumerate(drafted):
        step[one.rows] = number
    rows = np.flatnonzero(step >= 0)
    customer, at = log.visible.customer[rows].astype(np.int64), step[rows]
    onward = (customer[1:] == customer[:-1]) & (at[1:] != at[:-1])
    n, n_customers = len(drafted), len(log.store.customers)
    went = np.unique((at[:-1][onward] * n + at[1:][onward]) * n_customers + customer[1:][onward])
    counts = np.bincount(went // n_customers, minlength=n * n).reshape(n, n)
    took = [len(np.unique(customer[at == number])) for number in range(n)]
    return [
        [
            int(to)
            for to in np.argsort(-counts[number], kind="stable")[:MOST_WAYS]
            if counts[number, to] and counts[number, to] >= LEAST_SHARE * took[number]
        ]
        for number in range(n)
    ]
