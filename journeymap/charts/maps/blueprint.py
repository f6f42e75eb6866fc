"""A service blueprint: columns of steps, five rows of cards, three lines between them, and arrows across the lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from journeymap.charts.maps.badges import failure, waiting
from journeymap.charts.maps.cells import PAD_X, PAD_Y, Cell, Lane, label, mark
from journeymap.charts.maps.columns import MARGIN
from journeymap.charts.maps.numbers import length
from journeymap.charts.maps.sheet import Sheet
from journeymap.charts.maps.words import SECOND, broken, line_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.parts import Step
    from journeymap.maps.plans import BlueprintItem

ROWS = {
    "evidence": Lane("evidence", "Physical evidence"),
    "actions": Lane("owner", "Customer actions"),
    "frontstage": Lane("frontstage", "Frontstage", "what the customer sees"),
    "backstage": Lane("backstage", "Backstage", "people and work out of sight"),
    "support": Lane("support", "Support processes", "systems and partners"),
}
LINES = {
    "actions": ("LINE OF INTERACTION", (10, 5)),
    "frontstage": ("LINE OF VISIBILITY", (5, 5)),
    "backstage": ("LINE OF INTERNAL INTERACTION", (2, 4)),
}
"""Below each row, its line."""
OUT_OF_SIGHT = ("backstage", "support")
ROW_GAP, LINE_ROOM, ARROW, SIGN_ROOM, CARD_GAP = 10, 48, 18, 22, 6


@dataclass(frozen=True)
class Card:
    """A card below a step: an item of the blueprint, or the step's own actions."""

    at: str
    text: str
    second: str = ""
    fails: bool = False
    waits: bool = False
    evidence: str = ""


def draw(sheet: Sheet, facts: Facts, columns: Columns, y: float) -> float:
    """Paint all rows from a height down; return where the last ends."""
    steps = [step for stage in facts.told.stages for step in facts.steps_of(stage.id)]
    shown = [
        row for row in ROWS if row in ("actions", *LINES) or any(_cards(facts, row, step) for step in steps)
    ]
    bottoms: dict[str, float] = {}
    tops: dict[str, float] = {}
    for place, row in enumerate(shown):
        tops[row] = y
        bottoms[row] = y = _row(sheet, facts, columns, row, steps, y)
        if row in LINES and place < len(shown) - 1:
            _line(sheet, row, columns, y)
            y += LINE_ROOM
        elif place < len(shown) - 1:
            y += ROW_GAP
    _triggers(sheet, facts, columns, steps, tops, bottoms)
    return y + 4


def _cards(facts: Facts, row: str, step: Step) -> list[Card]:
    items = [item for item in facts.told.blueprint if item.lane == row and item.step == step.id]
    cards = [_of_item(item) for item in items]
    if row == "actions" and not cards:
        hours = facts.number(step.id, "median_hours")
        second = "" if hours is None else f"{length(hours)} at the median"
        return [Card(step.id, "; ".join(step.actions) or step.title, second)]
    return cards


def _of_item(item: BlueprintItem) -> Card:
    second = " · ".join(filter(None, [item.owner, item.system, item.duration]))
    return Card(item.id, item.text, second, item.fail_point, item.wait_point)


def _row(sheet: Sheet, facts: Facts, columns: Columns, row: str, steps: Sequence[Step], y: float) -> float:
    cards = {step.id: _cards(facts, row, step) for step in steps}
    heights = [
        sum(_height(card, columns.steps[step]) for card in its) + CARD_GAP * (len(its) - 1)
        for step, its in cards.items()
        if its
    ]
    lane = ROWS[row]
    high = max([label(Sheet(), lane, y) - y, *heights])
    if row in OUT_OF_SIGHT:
        sheet.box(MARGIN, y - 4, columns.whole.right - MARGIN, high + 8, fill="out_of_sight")
    label(sheet, lane, y)
    for step in steps:
        _column(sheet, cards[step.id], columns.steps[step.id], row, y, high)
        about = Cell(step.id, step.title, columns.steps[step.id], lambda _, __, y: y, _heard(cards[step.id]))
        named = Lane(row, lane.title)
        mark(sheet, named, about, y, high)
    return y + high


def _heard(cards: Sequence[Card]) -> str:
    signs = {(True, False): "fail point", (False, True): "wait point", (True, True): "fail and wait point"}
    parts = [[card.text, card.second, signs.get((card.fails, card.waits), "")] for card in cards]
    return "; ".join(", ".join(filter(None, part)) for part in parts)


def _height(card: Card, span: Span) -> float:
    return _words(Sheet(), card, span, 0) + PAD_Y


def _words(sheet: Sheet, card: Card, span: Span, y: float) -> float:
    room = span.wide - 2 * PAD_X
    signs = SIGN_ROOM * (card.fails + card.waits)
    y = sheet.write(broken(card.text, room - signs), span.x + PAD_X, y + PAD_Y)
    second = broken(card.second, room - (0 if line_height(12) * 2 <= y else signs), size=SECOND, most=2)
    return sheet.write(second, span.x + PAD_X, y, size=SECOND, fill="ink_2") if card.second else y


def _column(sheet: Sheet, cards: Sequence[Card], span: Span, row: str, y: float, high: float) -> None:
    """Paint the cards of one step in one row; one alone is as high as the row."""
    if not cards:
        return
    spare = (high - sum(_height(card, span) for card in cards) - CARD_GAP * (len(cards) - 1)) / len(cards)
    for card in cards:
        tall = _height(card, span) + spare
        edge, width = ("bad", 2) if card.fails else ("edge", 1)
        fill = "step" if row == "actions" else "surface"
        sheet.box(span.x + 0.5, y + 0.5, span.wide - 1, tall - 1, fill=fill, stroke=edge, width=width)
        _words(sheet, card, span, y)
        x = span.right - PAD_X - 7
        if card.fails:
            failure(sheet, x, y + 15)
        if card.waits:
            waiting(sheet, x - (SIGN_ROOM if card.fails else 0), y + 15)
        y += tall + CARD_GAP


def _line(sheet: Sheet, row: str, columns: Columns, y: float) -> None:
    """Paint a line across all columns, with its name in the label column, where no arrow crosses."""
    said, dash = LINES[row]
    middle = y + LINE_ROOM / 2 - 2
    lines = broken(said, columns.whole.x - MARGIN - 6, size=SECOND, bold=True, most=2)
    sheet.write(lines, MARGIN, middle - len(lines) * line_height(SECOND) / 2, size=SECOND, bold=True)
    sheet.line(columns.whole.x, middle, columns.whole.right, middle, stroke="ink", width=1.8, dash=dash)


def _triggers(
    sheet: Sheet,
    facts: Facts,
    columns: Columns,
    steps: Sequence[Step],
    tops: dict[str, float],
    bottoms: dict[str, float],
) -> None:
    """Paint what triggers what: down across each line where both rows have a card, and from step to step."""
    for row, below in (("actions", "frontstage"), ("frontstage", "backstage"), ("backstage", "support")):
        for step in steps:
            if row in tops and below in tops and _cards(facts, row, step) and _cards(facts, below, step):
                _arrow(sheet, columns.steps[step.id].x + ARROW, bottoms[row], tops[below])
    middle = tops["actions"] + 18
    for before, after in pairwise(steps):
        start, end = columns.steps[before.id].right, columns.steps[after.id].x
        sheet.line(start, middle, end - 2, middle, stroke="ink", width=1.3)
        sheet.shape("M-6,-3.8L0,0L-6,3.8Z", end + 1, middle, fill="ink")


def _arrow(sheet: Sheet, x: float, y: float, y2: float) -> None:
    sheet.used.add("triggers")
    sheet.line(x, y, x, y2 - 5, stroke="ink", width=1.3)
    sheet.shape("M-3.8,-6.5L3.8,-6.5L0,0Z", x, y2, fill="ink")
