"""A question goes down, an answer comes up: what is asked as one value, and what is known about it, worked out when looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from journeymap.analyses.flow import Flow, flow
from journeymap.analyses.funnel import Funnel, funnel
from journeymap.counting.contract import Counting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey, Segment


@dataclass(frozen=True)
class FlowOptions:
    """How a flow is drawn out: over what, from where, how far, how wide.

    Attributes
    ----------
    over
        ``"stage"``, ``"event"`` or a property of events.
    start
        Where paths start; None is each customer's first.
    steps, top
        How many columns, and how many nodes in each.
    """

    over: str = "stage"
    start: str | None = None
    steps: int = 6
    top: int = 7


@dataclass(frozen=True)
class Question:
    """All that is asked at one time. It prints as the code that asks it again.

    Attributes
    ----------
    journey, segments, by, period, counting
        As in :func:`journeymap.funnel`.
    flow
        The options of the flow.

    Examples
    --------
    >>> import journeymap as jm
    >>> question = jm.Question(jm.Journey("Shop", stages=[jm.Stage("Buy", jm.event("buy"))]), by="channel")
    >>> print(question)
    journey = jm.Journey('Shop', stages=[
        jm.Stage('Buy', jm.event('buy')),
    ])
    answer = jm.ask(log, journey, by='channel')
    """

    journey: Journey
    segments: tuple[Segment, ...] = ()
    by: str | None = None
    period: tuple[str, str] | None = None
    counting: Counting = field(default_factory=Counting)
    flow: FlowOptions = field(default_factory=FlowOptions)

    def __str__(self) -> str:
        default = Question(self.journey)
        asked = {name: getattr(self, name) for name in ("segments", "by", "period", "counting")}
        changed = {name: value for name, value in asked.items() if value != getattr(default, name)}
        options = [
            f"{name}={list(value) if name == 'segments' else value!r}" for name, value in changed.items()
        ]
        options += [
            f"{one.name}={getattr(self.flow, one.name)!r}"
            for one in fields(self.flow)
            if getattr(self.flow, one.name) != one.default
        ]
        return f"journey = {self.journey!r}\nanswer = jm.ask({', '.join(['log', 'journey', *options])})"

    def changed(self, **parts: Any) -> Question:
        """Return this question with some parts replaced."""
        return replace(self, **parts)


class Answer:
    """The answer to a question. Each result is worked out when it is first looked at, once.

    Attributes
    ----------
    log, question
        What was asked of what.
    """

    def __init__(self, log: EventLog, question: Question) -> None:
        self.log, self.question = log, question

    def __repr__(self) -> str:
        return f"<Answer on {self.log.name}: {self.question.journey.name}>"

    @cached_property
    def funnel(self) -> Funnel:
        """How many customers reach each stage."""
        asked = self.question
        return funnel(
            self.log,
            asked.journey,
            segments=asked.segments,
            by=asked.by,
            period=asked.period,
            counting=asked.counting,
        )

    @cached_property
    def flow(self) -> Flow:
        """What customers do, step by step."""
        asked, options = self.question, self.question.flow
        return flow(
            self.log,
            asked.journey,
            over=options.over,
            start=options.start,
            steps=options.steps,
            top=options.top,
            segments=asked.segments,
            period=asked.period,
        )


def ask(
    log: EventLog,
    journey: Journey,
    /,
    *,
    segments: Sequence[Segment] = (),
    by: str | None = None,
    period: Sequence[Any] | None = None,
    counting: Counting | None = None,
    over: str = "stage",
    start: str | None = None,
    steps: int = 6,
    top: int = 7,
) -> Answer:
    """Ask everything about a journey at once; nothing is counted before it is looked at.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> answer = jm.ask(log, jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))]))
    >>> answer.funnel.table["customers"].tolist()
    [2, 1]
    """
    when = None if period is None else tuple(str(moment) for moment in period)
    options = FlowOptions(over, start, steps, top)
    return Answer(log, Question(journey, tuple(segments), by, when, counting or Counting(), options))  # type: ignore[arg-type]
