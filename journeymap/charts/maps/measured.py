"""The measured lane: one ribbon as high as there are customers, and below it who moved on, who left, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.charts.maps import icons
from journeymap.charts.maps.badges import icon
from journeymap.charts.maps.cells import PAD_X, Cell, Lane, label, mark
from journeymap.charts.maps.numbers import count, length, share
from journeymap.charts.maps.sheet import Sheet
from journeymap.charts.maps.words import SECOND, line_height, text_width

if TYPE_CHECKING:
    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.maps.parts import MapStage

MEASURED = Lane("measured", "Measured", "ribbon height = customers")
RIBBON, ROW, TURN = 42, 16, 26
NUMBER = 16
ABOVE = 20
"""How far above the ribbon a number begins; with less room it stands inside."""
SIGN = 14


def has_ribbon(facts: Facts) -> bool:
    """Say whether it was measured how many customers came to a stage."""
    return any(facts.number(stage.id, "customers") is not None for stage in facts.told.stages)


def draw(sheet: Sheet, facts: Facts, columns: Columns, y: float, *, framed: str) -> float:
    """Paint the lane from a height down; what the framed stage lost stands out. Return where the lane ends."""
    _ribbon(sheet, facts, columns, y)
    label(sheet, MEASURED, y)
    bottom = max(label(Sheet(), MEASURED, y), y + RIBBON + 4 + 3 * ROW + 2)
    for stage in facts.told.stages:
        span = columns.stages[stage.id]
        _head(sheet, facts, stage.id, span, y)
        below = y + RIBBON + 5
        for row in _rows(facts, stage.id, stands_out=stage.id == framed):
            _row(sheet, row, span, below)
            below += ROW
        cell = Cell(
            stage.id, stage.name, columns.until_next(span), lambda _, __, y: y, _in_words(facts, stage)
        )
        mark(sheet, MEASURED, cell, y, bottom - y)
    return bottom


def _high(facts: Facts, stage: str) -> float:
    most = max((facts.number(one.id, "customers") or 0 for one in facts.told.stages), default=0)
    return RIBBON * (facts.number(stage, "customers") or 0) / max(most, 1)


def _ribbon(sheet: Sheet, facts: Facts, columns: Columns, y: float) -> None:
    """Paint the ribbon: level in each stage, and a soft step to the next."""
    ground = y + RIBBON
    ids = [stage.id for stage in facts.told.stages]
    tops = [ground - _high(facts, stage) for stage in ids]
    path = f"M{columns.whole.x:g},{ground:g}L{columns.whole.x:g},{tops[0]:.1f}"
    for stage, here, after in zip(ids, tops, [*tops[1:], tops[-1]], strict=True):
        right = columns.stages[stage].right
        end = right if stage == ids[-1] else right + 8
        turn = min(TURN, columns.stages[stage].wide / 3)
        path += f"L{end - turn:.1f},{here:.1f}C{end - turn / 2:.1f},{here:.1f} {end - turn / 2:.1f},{after:.1f} {end:.1f},{after:.1f}"
    sheet.shape(f"{path}L{columns.whole.right:g},{ground:g}Z", fill="ribbon", width=0)
    sheet.line(columns.whole.x, ground, columns.whole.right, ground, stroke="moved_on", width=1.6)


def _head(sheet: Sheet, facts: Facts, stage: str, span: Span, y: float) -> None:
    """Write how many customers came, on the ribbon or just above it."""
    customers = facts.number(stage, "customers")
    if customers is None:
        lines = ["not measured"]
        sheet.write(lines, span.x + PAD_X, y + RIBBON - 18, size=SECOND, italic=True, fill="ink_3")
        return
    edge = y + RIBBON - _high(facts, stage)
    top = edge - ABOVE if edge - ABOVE >= y - 1 else edge + 2
    said = count(customers)
    x = span.x + PAD_X
    sheet.write([said], x, top, size=NUMBER, bold=True)
    wide = text_width(said, size=NUMBER, bold=True)
    if wide + 6 + text_width("customers", size=SECOND) < span.wide - PAD_X:
        sheet.write(["customers"], x + wide + 6, top + 4.8, size=SECOND, fill="ink_2")


@dataclass(frozen=True)
class _Row:
    """A line below the ribbon: a sign, words from long to short, and a number at the right."""

    path: str
    paint: str
    words: tuple[str, ...]
    number: str = ""
    filled: bool = False
    stands_out: bool = False


@dataclass(frozen=True)
class _Fates:
    """What became of the customers of a stage; with a window of the settled ones, and the rest is open."""

    moved_on: float | None
    left: float | None
    still_open: float | None
    moved_on_share: float | None = None
    left_share: float | None = None


def _fates(facts: Facts, stage: str) -> _Fates:
    on, left = facts.observed(stage, "moved_on_share"), facts.observed(stage, "left_share")
    customers = facts.number(stage, "customers")
    if on is None or left is None or on.den is None or customers is None:
        return _Fates(*(facts.number(stage, metric) for metric in ("moved_on", "left", "still_open")))
    return _Fates(on.num, left.num, customers - on.den, on.value, left.value)


def _rows(facts: Facts, stage: str, *, stands_out: bool) -> list[_Row]:
    rows, fates = [], _fates(facts, stage)
    if fates.moved_on is not None:
        said = count(fates.moved_on)
        words = (f"{said} moved on", f"{said} on", said)
        rows.append(_Row(icons.SMALL_ARROW, "moved_on", words, _said(fates.moved_on_share)))
    if fates.left is not None:
        lost, sign = count(fates.left), icons.triangle(4, up=False)
        shown = (f"{lost} left", lost)
        rows.append(_Row(sign, "left", shown, _said(fates.left_share), filled=True, stands_out=stands_out))
    hours = facts.number(stage, "median_hours")
    waiting = f"{count(fates.still_open)} open" if fates.still_open else ""
    if hours is not None:
        said = length(hours)
        rows.append(_Row(icons.SMALL_CLOCK, "ink_2", (f"median {said}", said), waiting))
    elif waiting:
        rows.append(_Row(icons.circle(3.4), "ink_2", (waiting.replace(" open", " still open"), waiting)))
    return rows


def _said(value: float | None) -> str:
    return "" if value is None else share(value)


def _row(sheet: Sheet, row: _Row, span: Span, y: float) -> None:
    x = span.x + PAD_X + 5
    middle = y + line_height(SECOND) / 2
    if row.filled:
        sheet.shape(row.path, x, middle, fill=row.paint)
    else:
        icon(sheet, row.path, x, middle, stroke=row.paint, width=1.4 if row.paint == "moved_on" else 1.1)
    ink = "left_text" if row.stands_out else "ink" if row.paint != "ink_2" else "ink_2"
    look = {"size": SECOND, "bold": row.stands_out, "fill": ink}
    room = span.wide - 2 * PAD_X - SIGN
    number = row.number
    needed = text_width(number, size=SECOND, bold=row.stands_out) + 6 if number else 0
    fitting = [one for one in row.words if text_width(one, size=SECOND, bold=row.stands_out) <= room - needed]
    if number and not fitting and row.paint == "ink_2":
        number, fitting = "", [one for one in row.words if text_width(one, size=SECOND) <= room]
    sheet.write([(fitting or row.words[-1:])[0]], x + SIGN - 5 + 2, y, **look)  # type: ignore[arg-type]
    if number and fitting:
        sheet.write([number], span.right - PAD_X, y, align="right", **look)  # type: ignore[arg-type]


def _in_words(facts: Facts, stage: MapStage) -> str:
    customers = facts.number(stage.id, "customers")
    if customers is None:
        return "not measured"
    fates = _fates(facts, stage.id)
    numbers = {"moved on": fates.moved_on, "left": fates.left, "still open": fates.still_open}
    parts = [f"{count(customers)} customers"]
    parts += [f"{count(number)} {said}" for said, number in numbers.items() if number is not None]
    if fates.moved_on_share is not None:
        parts.append(f"{share(fates.moved_on_share)} of the settled moved on")
    hours = facts.number(stage.id, "median_hours")
    return ", ".join([*parts, *([f"median {length(hours)}"] if hours is not None else [])])
