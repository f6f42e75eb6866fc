"""A first map from a log: what customers do, stage by stage, measured at once; nothing is said of what they feel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.pushing import check_read
from journeymap.counting.contract import Counting
from journeymap.errors import DefinitionError, listing
from journeymap.maps.document import JourneyMap, Scope
from journeymap.maps.drafting.order import in_order
from journeymap.maps.drafting.steps import LEAST_SHARE, LOG, chosen, free, stages_of_events, steps_of
from journeymap.maps.drafting.touchpoints import channels_of, touchpoints_of
from journeymap.maps.grounds import Change, Evidence
from journeymap.maps.parts import LIFECYCLES, MapStage, Persona, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey, Segment, Stage
    from journeymap.maps.drafting.steps import Drafted
    from journeymap.maps.feedback.reading import Feedback

MOST_UNUSED = 40


def from_log(
    log: EventLog,
    journey: Journey,
    /,
    *,
    personas: Iterable[Segment | Persona] = (),
    title: str = "",
    top: int = 4,
    channel: str | None = None,
    touchpoint: str | None = None,
    feedback: Feedback | None = None,
    counting: Counting | None = None,
) -> JourneyMap:
    """Draft a map from a log.

    Stages are those of the journey. The steps of a stage are the events that its rule names, then those that at least a tenth of
    the customers in it do before the next stage, in the order in which most of them first do them there. Their titles are the
    events' names, said in the customer's voice where that is plain; `next` leads where customers went, and back to a step that most
    of them take later than its stage stands. Channels and touchpoints come from the log's properties. What customers think and feel no log
    tells: that is left empty, for people to fill.

    Parameters
    ----------
    personas
        Segments, or personas with a rule; the map is measured for each.
    title
        The journey's name if it is not given.
    top
        The most steps of a stage.
    channel, touchpoint
        The properties that name them. If they are not given: the first of the usual names (``channel``, ``utm_source``,
        ``device``; ``page``, ``screen``, then those of channels) that half of the customers, or of the events, have.
    feedback
        Answers to measure with; see :func:`journeymap.maps.feedback.reading.read_feedback`.
    counting
        The rules of counting; as :func:`journeymap.maps.measuring.measure.measure` has them if they are not given.

    Returns
    -------
    JourneyMap
        A draft, measured. ``extra["notes"]`` says how it was drawn and which events are no step.

    Raises
    ------
    DefinitionError
        If `top` is below 1, a rule cannot be read, or a property is not known.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> rows = [("a", "page_view", 1), ("a", "add_to_cart", 2), ("a", "purchase", 3), ("b", "page_view", 1), ("b", "add_to_cart", 2)]
    >>> frame = pd.DataFrame(rows, columns=["who", "what", "day"])
    >>> frame["when"] = pd.to_datetime("2026-01-01") + pd.to_timedelta(frame["day"], "D")
    >>> log = jm.read_events(frame[["who", "what", "when"]], customer="who", event="what", at="when")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("page_view")), jm.Stage("Buy", jm.event("purchase"))])
    >>> draft = jm.JourneyMap.from_log(log, journey)
    >>> [(step.stage, step.title) for step in draft.steps]
    [('see', 'I view page'), ('see', 'I add to cart'), ('buy', 'I purchase')]
    """
    check_read(log, "JourneyMap.from_log")
    if top < 1:
        raise DefinitionError(f"A stage of {top} steps shows nothing.", right="At least one.", fix="top=4")
    stage = stages_of_events(log, journey, counting=_plain(counting))
    drafted = in_order(log, chosen(log, journey, stage, top=top))
    told = _map(log, journey, drafted, list(personas), title, channel, touchpoint)
    options = {} if counting is None else {"counting": counting}
    return told.measure(log, feedback, **options)


def _plain(counting: Counting | None) -> Counting:
    """Return the rules by which events are placed in stages: each customer's best attempt within the window."""
    return Counting() if counting is None else Counting(window=counting.window)


def _map(
    log: EventLog,
    journey: Journey,
    drafted: Sequence[Drafted],
    personas: list[Segment | Persona],
    title: str,
    channel: str | None,
    touchpoint: str | None,
) -> JourneyMap:
    taken = {LOG, *(one.id for one in personas if isinstance(one, Persona))}
    stages = tuple(_stage(one, taken) for one in journey.stages)
    people = tuple(_persona(one, taken) for one in personas)
    channels = channels_of(log, channel, taken)
    met = touchpoints_of(log, drafted, touchpoint, channels, taken)
    return JourneyMap(
        title or journey.name,
        scope=Scope(start=journey.stages[0].name, end=journey.stages[-1].name),
        personas=people,
        stages=stages,
        channels=tuple(channels[0]),
        touchpoints=tuple(met.touchpoints),
        steps=tuple(steps_of(log, drafted, stages, met.of_steps, taken)),
        evidence=(_evidence(log),),
        changelog=(Change(f"Drafted from {log.name}", on=log.span[1].date()),),
        extra={"notes": _notes(log, drafted)},
    )


def _persona(one: Segment | Persona, taken: set[str]) -> Persona:
    if isinstance(one, Persona):
        return one
    return Persona(name=one.name, id=free(slug(one.name), taken), segment_rule=one.rule, evidence=(LOG,))


def _stage(one: Stage, taken: set[str]) -> MapStage:
    return MapStage(
        name=one.name,
        id=free(slug(one.name), taken),
        lifecycle=one.lifecycle if one.lifecycle in LIFECYCLES else "",
        milestone=one.rule,
        evidence=(LOG,),
    )


def _evidence(log: EventLog) -> Evidence:
    first, last = (format(moment, "%d %b %Y") for moment in log.span)
    return Evidence(
        source=f"Event log {log.name}",
        id=LOG,
        kind="events",
        window=f"{first} to {last} {log.timezone}",
        n=log.n_customers,
        method=f"{log.n_events:,} events",
        collected_at=log.span[1].date(),
    )


def _notes(log: EventLog, drafted: Sequence[Drafted]) -> list[str]:
    """Say how the map was drawn, and what of the log is not in it."""
    drawn = {int(code) for one in drafted for code in np.unique(log.visible.event[one.rows])}
    places = {str(name): code for code, name in enumerate(log.store.event_names)}
    unused = [f"{name} ({n:,})" for name, n in log.event_counts.items() if places[str(name)] not in drawn]
    said = [
        "Drafted from events alone: what customers think and feel is left for people to say.",
        f"A step is an event of the stage's rule, or one that at least {LEAST_SHARE:.0%} of the customers in the stage do.",
    ]
    return [*said, f"Events that are no step: {listing(unused, most=MOST_UNUSED)}."] if unused else said
