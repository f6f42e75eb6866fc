"""The cells of a lane: each is painted to learn how high it is, and painted again in a lane as high as the highest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from journeymap.charts.maps import icons
from journeymap.charts.maps.badges import badge, icon
from journeymap.charts.maps.columns import GAP, LABEL, MARGIN, Span
from journeymap.charts.maps.sheet import Sheet
from journeymap.charts.maps.words import SECOND, broken, collapsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Painter: TypeAlias = "Callable[[Sheet, Span, float], float]"
"""Paints from a height down inside a span, and returns where it ends."""
PAD_X, PAD_Y = 8, 6
BADGE_ROOM = 18
NOTHING = "nothing known yet"
LONGEST = 600
"""Longest text of a cell that a tooltip shows."""


@dataclass(frozen=True)
class Lane:
    """A row of the map: its name, the words left of it, and those of a cell without content."""

    name: str
    title: str
    hint: str = ""
    empty: str = NOTHING

    @property
    def sign(self) -> str:
        """Its sign, as a path."""
        return icons.LANES.get(self.name, icons.LANES["evidence"])


@dataclass(frozen=True)
class Cell:
    """One cell of a lane.

    Attributes
    ----------
    at, where
        The id and the name of the stage or step it belongs to.
    span
        Its place across.
    paint
        Paints it from a height down, and returns where it ends.
    says, status, evidence
        For those who point at it or hear it.
    ground
        What it is painted on; cards bring their own.
    """

    at: str
    where: str
    span: Span
    paint: Painter
    says: str = ""
    status: str = ""
    evidence: str = ""
    ground: str = "cell"


def draw(sheet: Sheet, lane: Lane, cells: Sequence[Cell], y: float) -> float:
    """Paint a lane from a height down; return where it ends."""
    high = max(label(Sheet(), lane, y), *(_paint(Sheet(), lane, cell, y) for cell in cells)) - y
    label(sheet, lane, y)
    for cell in cells:
        if cell.ground and cell.says.strip():
            sheet.box(cell.span.x, y, cell.span.wide, high, fill=cell.ground)
        own = _paint(sheet, lane, cell, y) - y
        if not cell.says.strip():
            tall = (high if cell.ground else own) - 1
            sheet.box(cell.span.x + 0.5, y + 0.5, cell.span.wide - 1, tall, stroke="line_strong", dash=(3, 3))
        mark(sheet, lane, cell, y, high)
    return y + high


def _paint(sheet: Sheet, lane: Lane, cell: Cell, y: float) -> float:
    return cell.paint(sheet, cell.span, y) if cell.says.strip() else _nothing(sheet, lane, cell.span, y)


def mark(sheet: Sheet, lane: Lane, cell: Cell, y: float, high: float) -> None:
    """Let a cell be hovered, picked and heard."""
    says = collapsed(cell.says) or lane.empty
    says = says if len(says) <= LONGEST else says[:LONGEST] + "…"
    parts = [f"{lane.title}, {collapsed(cell.where)}: {says}", cell.status, collapsed(cell.evidence)]
    heard = ". ".join(part.rstrip(".") for part in parts if part) + "."
    about = {"lane": lane.title, "where": collapsed(cell.where), "says": says, "description": heard}
    about |= {"status": cell.status or "\N{EN DASH}", "evidence": collapsed(cell.evidence) or "\N{EN DASH}"}
    sheet.cell(f"{lane.name}:{cell.at}", cell.span.x, y, cell.span.wide, high, **about)


def label(sheet: Sheet, lane: Lane, y: float) -> float:
    """Paint the sign and the words left of a lane; return where they end."""
    icon(sheet, lane.sign, MARGIN + 8, y + PAD_Y + 8)
    room = LABEL - 24 - GAP
    below = sheet.write(broken(lane.title, room, bold=True), MARGIN + 24, y + PAD_Y, bold=True)
    if lane.hint:
        hint = broken(lane.hint, room, size=SECOND)
        below = sheet.write(hint, MARGIN + 24, below + 1, size=SECOND, fill="ink_2")
    return below + PAD_Y


def written(texts: Sequence[str], status: str | None = None, *, most: int = 3) -> Painter:
    """Return a painter of texts one below the other, with a badge in the corner."""
    said = [text for text in map(collapsed, texts) if text]

    def paint(sheet: Sheet, span: Span, y: float) -> float:
        room = span.wide - 2 * PAD_X - (BADGE_ROOM if status else 0)
        badge(sheet, status, span.right - PAD_X - 7, y + PAD_Y + 8)
        y += PAD_Y
        for place, text in enumerate(said[:most]):
            y = sheet.write(broken(text, room), span.x + PAD_X, y + (3 if place else 0))
        return more(sheet, len(said) - most, span.x + PAD_X, y) + PAD_Y

    return paint


def more(sheet: Sheet, number: int, x: float, y: float) -> float:
    """Say how many there are beyond those that are shown."""
    return sheet.write([f"+ {number} more"], x, y + 2, size=SECOND, fill="ink_2") if number > 0 else y


def _nothing(sheet: Sheet, lane: Lane, span: Span, y: float) -> float:
    """Say in a cell that there is nothing; its ground is dashed."""
    lines = broken(lane.empty, span.wide - 2 * PAD_X, size=SECOND)
    return sheet.write(lines, span.x + PAD_X, y + PAD_Y + 1, size=SECOND, fill="ink_3", italic=True) + PAD_Y
