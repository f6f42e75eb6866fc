"""Where the columns of a map stand: stages across, as wide as their steps need, and steps inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.parts import Step

MARGIN, LABEL = 24, 118
GAP, STEP_GAP = 8, 6
LEAST_STEP = 88
MORE_PER_STEP = 0.5


@dataclass(frozen=True)
class Span:
    """A part of the width, in px."""

    x: float
    wide: float

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return self.x + self.wide / 2

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.wide


@dataclass(frozen=True)
class Columns:
    """The columns of one map.

    Attributes
    ----------
    whole
        From the first stage to the last.
    stages
        The column of each stage by its id.
    steps
        The room of each step inside the column of its stage, by its id; beside one another they always have some, to mark
        a point in.
    side_by_side
        Whether each step is wide enough for words of its own; else the steps are listed inside their stage.
    """

    whole: Span
    stages: dict[str, Span]
    steps: dict[str, Span]
    side_by_side: bool

    def until_next(self, span: Span) -> Span:
        """Return a column with the gap after it, for what crosses gaps."""
        starts = [
            one.x for one in (*self.stages.values(), *self.steps.values()) if one.x > span.x + span.wide - 1
        ]
        return Span(span.x, round(min([*starts, self.whole.right]) - span.x, 1))


def columns(journey_map: JourneyMap, /, *, width: int, least_step: float = LEAST_STEP) -> Columns:
    """Place the columns of a map on a sheet of a width; steps narrower than `least_step` are listed.

    Examples
    --------
    >>> import journeymap as jm
    >>> told = jm.JourneyMap("Shop", stages=["Look", "Buy"], steps=[jm.Step("I pay", stage="buy")])
    >>> columns(told, width=400).stages["buy"]
    Span(x=263.0, wide=113.0)
    """
    whole = Span(MARGIN + LABEL, width - 2 * MARGIN - LABEL)
    inside = {stage.id: journey_map.steps_of(stage.id) for stage in journey_map.stages}
    weights = [1 + MORE_PER_STEP * max(len(its) - 1, 0) for its in inside.values()]
    beside = _placed(inside, weights, whole, side_by_side=any(inside.values()))
    if all(room.wide >= least_step for room in beside.steps.values()):
        return beside
    return _placed(inside, [1.0] * len(inside), whole, side_by_side=False)


def _placed(
    inside: dict[str, list[Step]], weights: Sequence[float], whole: Span, *, side_by_side: bool
) -> Columns:
    stages = _stages(list(inside), weights, whole)
    steps = {
        step.id: room
        for stage, its in inside.items()
        for step, room in zip(its, _shared(stages[stage], len(its)), strict=True)
    }
    return Columns(whole, stages, steps, side_by_side)


def _stages(stages: Sequence[str], weights: Sequence[float], whole: Span) -> dict[str, Span]:
    each = (whole.wide - GAP * max(len(stages) - 1, 0)) / max(sum(weights), 1)
    found, x = {}, whole.x
    for stage, weight in zip(stages, weights, strict=True):
        found[stage] = Span(round(x, 1), round(each * weight, 1))
        x += each * weight + GAP
    return found


def _shared(room: Span, parts: int) -> list[Span]:
    """Part a column into equal rooms."""
    if not parts:
        return []
    wide = (room.wide - STEP_GAP * (parts - 1)) / parts
    return [Span(round(room.x + place * (wide + STEP_GAP), 1), round(wide, 1)) for place in range(parts)]
