"""The stages of a map as chevrons, each with the customer's question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.maps.numbers import length
from journeymap.charts.maps.words import SECOND, broken, collapsed, line_height, text_width

if TYPE_CHECKING:
    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.maps.parts import MapStage

SIZES = (15, 13, 12)
TIP, PAD = 8, 7
BEFORE_FIRST, BEFORE, AFTER = 10, 15, 4
NARROW = 100


@dataclass(frozen=True)
class Chevron:
    """One stage: its words, and where they stand."""

    stage: MapStage
    span: Span
    number: int
    is_last: bool
    second: str

    @property
    def left(self) -> float:
        """How far its words stand from its left edge, where the notch is."""
        return BEFORE_FIRST if self.number == 1 else BEFORE - (2 if self.span.wide < NARROW else 0)

    @property
    def room(self) -> float:
        """How wide its words may be."""
        return self.span.wide - self.left - AFTER - (TIP if self.is_last else 0)

    @property
    def name(self) -> str:
        """Its number and its name."""
        return f"{self.number} {collapsed(self.stage.name)}"

    def lines(self, size: float) -> tuple[list[str], list[str]]:
        """Return the lines of its name and those below."""
        below = broken(self.second, self.room, size=SECOND, most=2) if self.second.strip() else []
        return broken(self.name, self.room, size=size, bold=True, most=2), below

    def high(self, size: float) -> float:
        """Return how high its lines are together."""
        name, below = self.lines(size)
        return len(name) * line_height(size) + len(below) * line_height(SECOND)

    def fits(self, size: float) -> bool:
        """Say whether no word of its name has to be cut."""
        words = self.name.split(" ")
        return max(text_width(word, size=size, bold=True) for word in words) <= self.room


def draw(sheet: Sheet, facts: Facts, columns: Columns, y: float) -> float:
    """Paint the stages from a height down, all names in the largest size that cuts none; return where they end."""
    found = _chevrons(facts, columns)
    size = next((size for size in SIZES if all(one.fits(size) for one in found)), SIZES[-1])
    high = max((one.high(size) for one in found), default=0) + 2 * PAD
    for one in found:
        _paint(sheet, one, y, high, size)
        _mark(sheet, one, columns.until_next(one.span), y, high)
    return y + high


def _chevrons(facts: Facts, columns: Columns) -> list[Chevron]:
    stages = facts.told.stages
    return [
        Chevron(stage, columns.stages[stage.id], number, number == len(stages), _second(facts, stage))
        for number, stage in enumerate(stages, start=1)
    ]


def _second(facts: Facts, stage: MapStage) -> str:
    hours = facts.number(stage.id, "median_hours")
    timed = hours is not None and facts.told.kind == "service_blueprint"
    return f"median {length(hours)}" if timed and hours is not None else stage.question


def _paint(sheet: Sheet, one: Chevron, y: float, high: float, size: float) -> None:
    wide = one.span.wide - (TIP if one.is_last else 0)
    notch = "" if one.number == 1 else f"L{TIP},{high / 2:.1f}"
    path = f"M0,0L{wide:.1f},0L{wide + TIP:.1f},{high / 2:.1f}L{wide:.1f},{high:.1f}L0,{high:.1f}{notch}Z"
    sheet.shape(path, one.span.x, y, fill="head")
    name, below = one.lines(size)
    x, top = one.span.x + one.left, y + (high - one.high(size)) / 2
    top = sheet.write(name, x, top, size=size, bold=True, fill="on_head")
    sheet.write(below, x, top, size=SECOND, fill="head_second")


def _mark(sheet: Sheet, one: Chevron, span: Span, y: float, high: float) -> None:
    asks = collapsed(one.stage.question)
    about = {"lane": "Stage", "where": collapsed(one.stage.name), "says": asks or "\N{EN DASH}"}
    about |= {"status": "\N{EN DASH}", "evidence": "\N{EN DASH}"}
    said = f"Stage {one.number}, {collapsed(one.stage.name)}. {asks}".strip()
    sheet.cell(f"stages:{one.stage.id}", span.x, y, span.wide, high, description=said, **about)
