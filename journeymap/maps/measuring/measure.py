"""Measuring a map: what a log and the answers of customers say of each of its parts, in a tree of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from journeymap import __version__
from journeymap.analyses.funnel import Funnel, funnel
from journeymap.analyses.splitting import MOST_SEGMENTS, checked_log
from journeymap.errors import DefinitionError
from journeymap.journeys import Segment
from journeymap.maps.feedback.reading import Feedback
from journeymap.maps.measurements import Measurements, Observation, Run
from journeymap.maps.measuring.answers import heard, of_answers
from journeymap.maps.measuring.stages import Counted, Group, of_stages, of_whole
from journeymap.maps.measuring.steps import of_steps, of_touchpoints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap


def measure(
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None = None,
    /,
    *,
    counting: Counting | None = None,
    period: Sequence[Any] | None = None,
    at: dt.datetime | None = None,
) -> JourneyMap:
    """Return the map with its measurements replaced; nothing that is told changes.

    Everything is measured for everybody and for each persona that has a `segment_rule`. Counts are those of
    :func:`journeymap.funnel` for the stages that have a milestone.

    - a stage: `customers`, `settled`, `moved_on`, `left`, `still_open`; `moved_on_share` and `left_share` of the settled
      (Wilson); `median_hours` to the next stage;
    - a step: `customers` of the stage's settled attempts who took it before the next stage, `reach_share` of these,
      `median_hours` since the step before;
    - a touchpoint or channel: `customers`, `events` and `reach_share` within the window of the settled attempts;
    - a stage or step with answers: `answers`, `emotion` (see :func:`journeymap.maps.feedback.emotions.pooled`), `negative_share`; from scores
      where there are any, else from words;
    - a pain with a theme: `mentions`, the comments that contain its words;
    - a KPI with a metric: `kpi`, that metric of its part;
    - the whole map (target ``""``): `customers`, `moved_on_share` from the first stage to the last, `answers`, `unassigned`,
      `emotion`, `negative_share`, `nps`.

    Parameters
    ----------
    feedback
        Answers of :func:`journeymap.maps.feedback.reading.read_feedback`. An answer belongs to the last stage that its customer's counted
        attempt reached at or before it, within the window; and to the step whose event came last before it in that stage.
        Answers of customers of whom the log, as it is filtered, has no event are counted in `unassigned` alone.
        With a period, the whole map has the answers given in it, and stages those of the attempts that entered in it.
    counting, period
        As for :func:`journeymap.funnel`.
    at
        When the map was measured; now if not given.

    Raises
    ------
    DefinitionError
        If fewer than two stages have a milestone.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-03-01")
    >>> stages = [jm.MapStage(name, milestone=jm.event(name)) for name in ("see", "buy")]
    >>> found = measure(jm.JourneyMap("Shop", stages=stages), log).measurements
    >>> found.of("see", "moved_on_share").value, found.of("see", "median_hours").value
    (0.5, 24)
    """
    checked_log(log)
    if feedback is not None and not isinstance(feedback, Feedback):
        raise DefinitionError(
            f"A {type(feedback).__name__} is no feedback.", right="Read it first.", fix="jm.read_feedback(…)"
        )
    counted = _counted(journey_map, log, counting, period)
    window = _window(counted.funnel)
    found = [
        replace(one, persona=group.persona, window=window) for group, one in _observations(counted, feedback)
    ]
    run = _run(counted, feedback, period, at or dt.datetime.now(tz=dt.UTC))
    return replace(journey_map, measurements=Measurements(run=run, observations=tuple(found)))


def _counted(
    journey_map: JourneyMap, log: EventLog, counting: Counting | None, period: Sequence[Any] | None
) -> Counted:
    journey = journey_map.journey
    if journey is None:
        raise DefinitionError(
            f"Fewer than two stages of {journey_map.title} say which events they are.",
            right="Give a milestone to at least two.",
            fix='journey_map.change("stage-id", milestone=jm.event("purchase"))',
        )
    whole = funnel(log, journey, counting=counting, period=period)
    groups = [Group("", whole.table, whole.parts[0])]
    segments = [Segment(one.id, one.segment_rule) for one in journey_map.personas if one.segment_rule]
    for first in range(0, len(segments), MOST_SEGMENTS):
        some = segments[first : first + MOST_SEGMENTS]
        split = funnel(log, journey, segments=some, counting=counting, period=period)
        groups += [
            Group(part.segment, split.table[split.table["segment"] == part.segment], part)
            for part in split.parts
        ]
    return Counted(journey_map, whole, tuple(groups))


def _observations(counted: Counted, feedback: Feedback | None) -> Iterator[tuple[Group, Observation]]:
    found = [
        (group, one)
        for group in counted.groups
        for one in (*of_whole(counted, group), *of_stages(counted, group))
    ]
    found += [*of_steps(counted, counted.groups), *of_touchpoints(counted, counted.groups)]
    if feedback is not None:
        told = heard(counted, feedback)
        found += [(group, one) for group in counted.groups for one in of_answers(told, group)]
    yield from found
    known = {(group.persona, one.target, one.metric): one for group, one in found}
    for group in counted.groups:
        for kpi in counted.journey_map.kpis:
            one = known.get((group.persona, kpi.of, kpi.metric))
            if one is not None:
                yield group, replace(one, target=kpi.id, metric="kpi")


def _window(whole: Funnel) -> str:
    scope = whole.scope
    return f"{scope.begin:%Y-%m-%d} to {scope.end:%Y-%m-%d} {scope.timezone}"


def _run(counted: Counted, feedback: Feedback | None, period: Sequence[Any] | None, at: dt.datetime) -> Run:
    params = {
        "counting": repr(counted.funnel.counting),
        "period": [str(day) for day in period] if period else [],
        "filters": list(counted.funnel.scope.filters),
        "personas": [group.persona for group in counted.groups if group.persona],
        "feedback": feedback.scope if feedback is not None else "",
    }
    data = f"{counted.log.fingerprint}{feedback.fingerprint if feedback is not None else ''}"
    data_hash = hashlib.blake2b(data.encode(), digest_size=16).hexdigest()
    name = hashlib.blake2b(f"{data_hash}{params}{__version__}".encode(), digest_size=6).hexdigest()
    return Run(
        id=name, at=at.isoformat(timespec="seconds"), version=__version__, params=params, data_hash=data_hash
    )
