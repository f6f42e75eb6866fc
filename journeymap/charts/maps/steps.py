"""The steps of a map: in the customer's words, with a star where one decides and a badge where the team says a number of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps.badges import STATUSES, badge, star
from journeymap.charts.maps.cells import PAD_X, PAD_Y, Cell, Lane, Painter
from journeymap.charts.maps.numbers import length, share
from journeymap.charts.maps.words import SECOND, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.maps.parts import Step

STEPS = Lane("steps", "Steps", "in the customer\N{RIGHT SINGLE QUOTATION MARK}s words")
SIGN, NARROW = 16, 120
NUMBERS: dict[str, tuple[str, Callable[[float], str]]] = {
    "share": ("reach_share", share),
    "hours": ("median_hours", length),
}
"""What the team may say of a step besides its emotion: what it is measured by, and how it is written."""


def steps(facts: Facts, columns: Columns) -> list[Cell]:
    """Return the steps, side by side or listed inside their stages."""
    if columns.side_by_side:
        return [_cell(facts, step.id, step.title, columns.steps[step.id], [step]) for step in in_order(facts)]
    return [
        _cell(facts, stage.id, stage.name, columns.stages[stage.id], facts.steps_of(stage.id))
        for stage in facts.told.stages
    ]


def in_order(facts: Facts) -> list[Step]:
    """Return the steps as they stand on the map."""
    return [step for stage in facts.told.stages for step in facts.steps_of(stage.id)]


def _cell(facts: Facts, at: str, where: str, span: Span, here: Sequence[Step]) -> Cell:
    said = [one for step in here for one in _claims(step)]
    status = facts.status(*said)
    words = STATUSES[status].replace("claim ", "") if status else ""
    heard = "; ".join(_in_words(facts, step) for step in here)
    return Cell(at, where, span, _painter(facts, here), heard, words, facts.why(*said), ground="step")


def _claims(step: Step) -> list[tuple[str, str]]:
    return [(step.id, f"claims.{name}") for name in NUMBERS]


def _in_words(facts: Facts, step: Step) -> str:
    """Say a step, how many take it and how long they need, and what the team says of that."""
    parts = [step.title]
    for name, (metric, write) in NUMBERS.items():
        found, said = facts.number(step.id, metric), getattr(step.claims, name, None)
        verb = "taken by" if name == "share" else "after a median of"
        told = "" if said is None else f"the team says {write(said)}"
        measured = "" if found is None else f"{verb} {write(found)}"
        parts += [f"{measured} ({told})" if measured and told else measured or told]
    parts += [f"a moment of truth: {step.moment_of_truth}" if step.moment_of_truth else ""]
    return ", ".join(filter(None, parts))


def _painter(facts: Facts, here: Sequence[Step]) -> Painter:
    numbers = {step.id: place for place, step in enumerate(in_order(facts), start=1)}
    beside = PAD_X + (14 if len(numbers) < 10 else 20)

    def paint(sheet: Sheet, span: Span, y: float) -> float:
        y += PAD_Y
        for step in here:
            x, lowest = _signs(sheet, facts, step, span, y)
            number = [str(numbers[step.id])]
            sheet.write(number, span.x + PAD_X, y + 0.5, size=SECOND, bold=True, fill="ink_2")
            bottom = sheet.write(broken(step.title, x - span.x - beside), span.x + beside, y)
            y = max(bottom, lowest) + 2
        return y - 2 + PAD_Y

    return paint


def _signs(sheet: Sheet, facts: Facts, step: Step, span: Span, y: float) -> tuple[float, float]:
    """Paint star and badge of a step; return where its words must end to the right, and how far down the signs reach.

    In a narrow cell the badge stands below the star.
    """
    x, middle = span.right - PAD_X - 5, y + 8
    status = facts.status(*_claims(step))
    if step.moment_of_truth:
        star(sheet, x, middle)
    if step.moment_of_truth and status and span.wide < NARROW:
        badge(sheet, status, x, middle + SIGN)
        return x - SIGN + 5, middle + SIGN + 7
    x -= SIGN if step.moment_of_truth else 0
    if status:
        badge(sheet, status, x - 1, middle)
        x -= SIGN
    return x + 5, y
