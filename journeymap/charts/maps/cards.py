"""Cards inside a stage: pains with their severity and mentions, gains, and opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.maps.badges import STATUSES, badge
from journeymap.charts.maps.cells import BADGE_ROOM, PAD_X, PAD_Y, Cell, Lane, Painter, more
from journeymap.charts.maps.numbers import money
from journeymap.charts.maps.words import SECOND, broken, line_height, text_width
from journeymap.charts.numbers import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.pages import Page
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.maps.parts import Gain, Pain
    from journeymap.maps.plans import Opportunity

PAINS = Lane("pains", "Pain points", "severity 1\N{EN DASH}5, mentions")
GAINS = Lane("gains", "Gains", "weight 1\N{EN DASH}5")
PAIN, GAIN, CHANCE = ("pain", "left"), ("gain", "moved_on"), ("chance", "ok")
"""What each kind of card is painted in, and its stripe."""
CARD_GAP, BAR = 6, 3
SQUARE, SQUARE_STEP = 8, 10


@dataclass(frozen=True)
class Card:
    """A card: its words, a badge, and below them squares and second words."""

    text: str
    second: str
    fill: str
    stripe: str
    status: str | None = None
    squares: int | None = None
    bold: bool = False


def pains(facts: Facts, columns: Columns, *, page: Page) -> list[Cell]:
    """Return what hurts in each stage."""
    return [
        _cell(facts, columns.stages[stage.id], stage.id, stage.name, facts.pains_of(stage.id), PAIN, page)
        for stage in facts.told.stages
    ]


def gains(facts: Facts, columns: Columns, *, page: Page) -> list[Cell]:
    """Return what pleases in each stage."""
    return [
        _cell(facts, columns.stages[stage.id], stage.id, stage.name, facts.gains_of(stage.id), GAIN, page)
        for stage in facts.told.stages
    ]


def _cell(
    facts: Facts,
    span: Span,
    at: str,
    where: str,
    parts: Sequence[Pain | Gain],
    look: tuple[str, str],
    page: Page,
) -> Cell:
    said = [(part.id, "text") for part in parts]
    cards = [
        Card(part.text, _mentions(facts, part), *look, facts.status((part.id, "text")), _weight(part))
        for part in parts
    ]
    heard = "; ".join(", ".join(filter(None, [card.text, _in_words(card), card.second])) for card in cards)
    status = facts.status(*said)
    words = STATUSES[status].replace("claim ", "") if status else ""
    return Cell(at, where, span, _painter(cards, page), heard, words, facts.why(*said), ground="")


def _weight(part: Pain | Gain) -> int | None:
    return None if part.severity is None else round(part.severity)


def _in_words(card: Card) -> str:
    return "" if card.squares is None else f"{card.squares} of 5"


def _mentions(facts: Facts, part: Pain | Gain) -> str:
    times = facts.number(part.id, "mentions")
    return "" if times is None else f"{times:,.0f}\N{NO-BREAK SPACE}mention{'' if times == 1 else 's'}"


def opportunities_lane(facts: Facts) -> Lane:
    """Return the lane of opportunities, which says what its money is, if there is any."""
    valued = any(money(facts, one.id) for one in facts.told.opportunities)
    return Lane("opportunities", "Opportunities", "value at stake a month" if valued else "", "none yet")


def opportunities(facts: Facts, columns: Columns, *, page: Page) -> list[Cell]:
    """Return what is to be done in each stage."""
    found = []
    for stage in facts.told.stages:
        cards = [
            Card(one.title, _second(facts, one), *CHANCE, bold=True)
            for one in facts.opportunities_of(stage.id)
        ]
        heard = "; ".join(f"{card.text} ({card.second})" if card.second else card.text for card in cards)
        span = columns.stages[stage.id]
        found.append(Cell(stage.id, stage.name, span, _painter(cards, page), heard, ground=""))
    return found


def _second(facts: Facts, one: Opportunity) -> str:
    """Say what is at stake, who does it, how far it is and until when."""
    due = f"due {day(one.due)}" if one.due else ""
    shipped = f"shipped {day(one.shipped_at)}" if one.shipped_at else one.status
    state = ", ".join(filter(None, [shipped, "" if one.shipped_at else due]))
    return " · ".join(filter(None, [money(facts, one.id), one.owner or one.team, state]))


def _painter(cards: Sequence[Card], page: Page) -> Painter:
    def paint(sheet: Sheet, span: Span, y: float) -> float:
        for place, card in enumerate(cards[: page.cards]):
            y = _card(sheet, card, span, y + (CARD_GAP if place else 0), most=page.lines)
        return more(sheet, len(cards) - page.cards, span.x + PAD_X, y)

    return paint


def _card(sheet: Sheet, card: Card, span: Span, y: float, *, most: int) -> float:
    x = span.x + BAR + PAD_X - 2
    room = span.right - PAD_X - x
    lines = broken(card.text, room - (BADGE_ROOM if card.status else 0), bold=card.bold, most=most)
    squares = card.squares if card.squares is not None else 0
    beside = 5 * SQUARE_STEP + 6 if squares else 0
    wrapped = bool(beside) and text_width(card.second, size=SECOND) > room - beside
    second = (
        broken(card.second, room - (0 if wrapped else beside), size=SECOND, most=3) if card.second else []
    )
    body = y + PAD_Y + len(lines) * line_height(12)
    rows = len(second) + (1 if wrapped else 0) if second else (1 if beside else 0)
    bottom = body + rows * line_height(SECOND) + (2 if rows else 0) + PAD_Y - 1
    sheet.box(span.x, y, span.wide, bottom - y, fill=card.fill)
    sheet.box(span.x, y, BAR, bottom - y, fill=card.stripe, radius=0)
    sheet.write(lines, x, y + PAD_Y, bold=card.bold)
    badge(sheet, card.status, span.right - PAD_X - 6, y + PAD_Y + 8)
    if beside:
        _severity(sheet, squares, x, body + 5, card.stripe)
    down = line_height(SECOND) if wrapped else 0
    sheet.write(second, x + (0 if wrapped else beside), body + 2 + down, size=SECOND, fill="ink_2")
    return bottom


def _severity(sheet: Sheet, filled: int, x: float, y: float, paint: str) -> None:
    sheet.used.add("severity")
    for place in range(5):
        fill = paint if place < filled else "surface"
        sheet.box(
            x + place * SQUARE_STEP + 0.5, y, SQUARE - 1, SQUARE - 1, fill=fill, stroke=paint, radius=1.5
        )
