"""The emotion of a map as points: what was measured and what the team says, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.maps.numbers import count, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import MapStage, Step


@dataclass(frozen=True)
class Point:
    """A step, or a whole stage where only the stage was measured.

    Attributes
    ----------
    at, where, span
        Its id, its name and its room across.
    seen
        What was measured; None without data.
    said
        What the team says, -2 to 2.
    status
        Whether that holds.
    decides
        Whether it is a moment of truth.
    counts
        Whether it belongs to the measured curve: a step of a stage that was measured as a whole does not.
    """

    at: str
    where: str
    span: Span
    seen: Observation | None = None
    said: float | None = None
    status: str | None = None
    decides: bool = False
    counts: bool = True

    @property
    def x(self) -> float:
        """Where its marker is."""
        return self.span.middle

    @property
    def value(self) -> float:
        """The number that was measured."""
        return 0.0 if self.seen is None or self.seen.value is None else float(self.seen.value)

    @property
    def low(self) -> float:
        """The lower end of its interval."""
        return self.value if self.seen is None or self.seen.low is None else max(-2.0, float(self.seen.low))

    @property
    def high(self) -> float:
        """The upper end of its interval."""
        return self.value if self.seen is None or self.seen.high is None else min(2.0, float(self.seen.high))

    @property
    def differs(self) -> bool:
        """Whether what the team says is outside of what was measured."""
        return self.seen is not None and self.said is not None and not self.low <= self.said <= self.high

    @property
    def in_words(self) -> str:
        """What it shows, for those who hear it."""
        measured = "no data"
        if self.seen is not None:
            ends = (
                f" (95 % interval {signed(self.low)} to {signed(self.high)})" if self.low < self.high else ""
            )
            few = "" if self.seen.n is None else f", n = {count(self.seen.n)}"
            measured = f"measured {signed(self.value)}{ends}{few}"
        told = "" if self.said is None else f", the team says {signed(self.said)}"
        return f"{measured}{told}{', a moment of truth' if self.decides else ''}"


def points(facts: Facts, columns: Columns) -> list[Point]:
    """Return the points of a map from left to right."""
    return [point for stage in facts.told.stages for point in _of_stage(facts, columns, stage)]


def _of_stage(facts: Facts, columns: Columns, stage: MapStage) -> list[Point]:
    here = facts.steps_of(stage.id)
    whole = facts.observed(stage.id, "emotion")
    own = any(facts.observed(step.id, "emotion") for step in here)
    if own or whole is None:
        return [
            _of_step(facts, columns.steps[step.id], step, facts.observed(step.id, "emotion")) for step in here
        ]
    if len(here) == 1:
        return [_of_step(facts, columns.stages[stage.id], here[0], whole)]
    told = [_of_step(facts, columns.steps[step.id], step, None, counts=False) for step in here]
    return [Point(stage.id, stage.name, columns.stages[stage.id], whole), *told]


def _of_step(facts: Facts, span: Span, step: Step, seen: Observation | None, *, counts: bool = True) -> Point:
    said = step.claims.emotion if step.claims is not None else None
    status = facts.status((step.id, "claims.emotion"))
    return Point(step.id, step.title, span, seen, said, status, bool(step.moment_of_truth), counts)


def runs(found: Sequence[Point]) -> list[list[Point]]:
    """Part the measured points where data is missing; each part is one curve."""
    parts: list[list[Point]] = [[]]
    for point in found:
        if not point.counts:
            continue
        if point.seen is None:
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if part]


def gaps(found: Sequence[Point]) -> list[list[Point]]:
    """Return the points without data, those beside one another together."""
    parts: list[list[Point]] = [[]]
    for point in found:
        if point.counts and point.seen is None:
            parts[-1].append(point)
        elif point.counts:
            parts.append([])
    return [part for part in parts if part]
