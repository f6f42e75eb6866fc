"""What the team tells, lane by lane: goals, actions, touchpoints, thoughts and owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps import icons
from journeymap.charts.maps.badges import STATUSES, icon
from journeymap.charts.maps.cells import PAD_X, PAD_Y, Cell, Lane, Painter, more, written
from journeymap.charts.maps.steps import in_order
from journeymap.charts.maps.words import SECOND, broken, collapsed, cut, line_height, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.parts import MapStage, Step, Touchpoint

GOALS = Lane("goals", "Customer goals")
ACTIONS = Lane("actions", "Actions")
TOUCHPOINTS = Lane("touchpoints", "Touchpoints and channels")
THOUGHTS = Lane("thoughts", "Thoughts")
OWNER = Lane("owner", "Owner", empty="nobody yet")
MOST_QUOTES, MOST_TEXTS, MOST_ROWS = 2, 3, 3
CHIP, CHIP_GAP = 22, 8


def goals(facts: Facts, columns: Columns) -> list[Cell]:
    """Return what the customer is after in each stage."""
    return [
        _cell(facts, columns.stages[stage.id], stage, [stage.customer_goal], [(stage.id, "customer_goal")])
        for stage in facts.told.stages
    ]


def actions(facts: Facts, columns: Columns) -> list[Cell]:
    """Return what the customer does: at each step, or in each stage where the steps are listed."""
    if columns.side_by_side:
        by_step = {step.id: step for step in in_order(facts)}
        return [
            _cell(facts, span, by_step[name], by_step[name].actions, [(name, "actions")])
            for name, span in columns.steps.items()
        ]
    found = []
    for stage in facts.told.stages:
        here = facts.steps_of(stage.id)
        texts = [text for step in here for text in step.actions]
        found.append(
            _cell(facts, columns.stages[stage.id], stage, texts, [(step.id, "actions") for step in here])
        )
    return found


def _cell(
    facts: Facts, span: Span, part: MapStage | Step, texts: Sequence[str], said: Sequence[tuple[str, str]]
) -> Cell:
    status = facts.status(*said) if any(texts) else None
    where = part.title if hasattr(part, "title") else part.name
    words = STATUSES[status].replace("claim ", "") if status else ""
    return Cell(
        part.id,
        where,
        span,
        written(texts, status, most=MOST_TEXTS),
        "; ".join(texts),
        words,
        facts.why(*said),
    )


def touchpoints(facts: Facts, columns: Columns) -> list[Cell]:
    """Return what the customer meets in each stage, with the sign of its channel."""
    found = []
    for stage in facts.told.stages:
        met = facts.touchpoints_of(stage.id)
        said = "; ".join(f"{one.name} ({facts.channel_kind(one)})" for one in met)
        found.append(Cell(stage.id, stage.name, columns.stages[stage.id], _chips(facts, met), said))
    return found


def _chips(facts: Facts, met: Sequence[Touchpoint]) -> Painter:
    def paint(sheet: Sheet, span: Span, y: float) -> float:
        room = span.wide - 2 * PAD_X
        x, top, row = span.x + PAD_X, y + PAD_Y - 1, 1
        for place, one in enumerate(met):
            name = cut(one.name, room - CHIP - 4)
            wide = CHIP + 4 + text_width(name)
            if x > span.x + PAD_X and x + wide > span.right - PAD_X:
                x, top, row = span.x + PAD_X, top + CHIP + 2, row + 1
            if row > MOST_ROWS:
                return more(sheet, len(met) - place, x, top) + PAD_Y
            sheet.box(x, top, 20, 20, fill="surface", stroke="line")
            icon(sheet, icons.CHANNELS[facts.channel_kind(one)], x + 10, top + 10)
            sheet.write([name], x + CHIP + 4, top + 2)
            x += wide + CHIP_GAP
        return top + CHIP + PAD_Y - 2

    return paint


def thoughts(facts: Facts, columns: Columns) -> list[Cell]:
    """Return what customers think in each stage, with where it was heard."""
    found = []
    for stage in facts.told.stages:
        here = [step for step in facts.steps_of(stage.id) if step.thoughts]
        said = [(step.id, "thoughts") for step in here]
        quotes = [(text, source_of(facts, step)) for step in here for text in step.thoughts]
        status, heard = facts.status(*said), "; ".join(text for text, _ in quotes)
        words = STATUSES[status].replace("claim ", "") if status else ""
        paint = _quotes(quotes)
        found.append(
            Cell(stage.id, stage.name, columns.stages[stage.id], paint, heard, words, facts.why(*said))
        )
    return found


def source_of(facts: Facts, step: Step) -> str:
    """Say where the thoughts of a step were heard.

    The best evidence is named first; without any, they are the team's own words.
    """
    heard = [one for one in facts.evidence_of(step) if one.kind not in ("workshop", "assumption")]
    return _source(heard[0]) if heard else "as the team tells it"


def _source(one: Evidence) -> str:
    kind = one.kind.replace("_", " ")
    count = f", n\N{NO-BREAK SPACE}{one.n:,.0f}" if one.n else ""
    return f"{one.source if one.source.lower().startswith(kind) else f'{kind}: {one.source}'}{count}"


def _quotes(quotes: Sequence[tuple[str, str]]) -> Painter:
    def paint(sheet: Sheet, span: Span, y: float) -> float:
        x, room = span.x + PAD_X + 8, span.wide - 2 * PAD_X - 8
        y += PAD_Y
        for place, (text, source) in enumerate(quotes[:MOST_QUOTES]):
            top = y + (5 if place else 0)
            y = sheet.write(broken(f"“{collapsed(text)}”", room, most=3), x, top, italic=True)
            y = sheet.write(broken(source, room, size=SECOND, most=2), x, y, size=SECOND, fill="ink_2")
            sheet.box(span.x + PAD_X, top + 1, 2, y - top - 2, fill="quote", radius=0)
        return more(sheet, len(quotes) - MOST_QUOTES, x, y) + PAD_Y

    return paint


def owners(facts: Facts, columns: Columns) -> list[Cell]:
    """Return who answers for each stage."""
    return [
        Cell(stage.id, stage.name, columns.stages[stage.id], _owner(stage.owner), stage.owner)
        for stage in facts.told.stages
    ]


def _owner(name: str) -> Painter:
    def paint(sheet: Sheet, span: Span, y: float) -> float:
        icon(sheet, icons.PERSON, span.x + PAD_X + 7, y + PAD_Y + line_height(12) / 2)
        lines = broken(name, span.wide - 2 * PAD_X - 20, most=2)
        return sheet.write(lines, span.x + PAD_X + 20, y + PAD_Y) + PAD_Y

    return paint
