"""KPIs on a map: the number, a bar with its interval, and the tick of the target."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from journeymap.charts.maps import icons
from journeymap.charts.maps.cells import PAD_X, PAD_Y, Cell, Lane, Painter
from journeymap.charts.maps.cells import more as beyond
from journeymap.charts.maps.numbers import SHARES, of_metric, round_share, to_tell_apart
from journeymap.charts.maps.words import SECOND, broken, cut, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.maps.columns import Columns, Span
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet
    from journeymap.maps.measurements import Observation
    from journeymap.maps.plans import Kpi

KPIS = Lane("kpis", "KPIs", "against target", "none yet")
MOST, BETWEEN = 2, 6
VALUE, BAR = 13, 5


def kpis(facts: Facts, columns: Columns) -> list[Cell]:
    """Return the KPIs of each stage and its steps."""
    found = []
    for stage in facts.told.stages:
        here = [(kpi, facts.observed(kpi.id, "kpi")) for kpi in facts.kpis_of(stage.id)]
        heard = "; ".join(in_words(kpi, seen) for kpi, seen in here)
        found.append(
            Cell(
                stage.id,
                stage.name,
                columns.stages[stage.id],
                _painter(here),
                heard,
                ground="cell" if here else "",
            )
        )
    return found


def in_words(kpi: Kpi, seen: Observation | None) -> str:
    """Say a KPI in words, for those who hear it."""
    value, more = (None, 0) if seen is None else (seen.value, decimals(kpi, seen.value))
    target = "no target" if kpi.target is None else _target(kpi, more)
    if seen is None or value is None:
        return f"{kpi.name}: not measured, {target}"
    met = {None: "", True: ", met", False: ", missed"}[is_met(kpi, value)]
    interval = (
        ""
        if seen.low is None or seen.high is None
        else (f" (95 % interval {_number(kpi, seen.low, more)} to {_number(kpi, seen.high, more)})")
    )
    return f"{kpi.name}: {_number(kpi, value, more)}{interval}, {target}{met}"


def is_met(kpi: Kpi, value: float, /) -> bool | None:
    """Say whether a value, before it is rounded, meets the target of a KPI; None if it has none.

    Examples
    --------
    >>> import journeymap as jm
    >>> is_met(jm.Kpi("Mood", metric="emotion", target=1.2), 1.169)
    False
    """
    if kpi.target is None:
        return None
    if isclose(value, kpi.target):
        return True
    return value > kpi.target if kpi.direction == "up" else value < kpi.target


def decimals(kpi: Kpi, value: float | None, /) -> int:
    """Return how many more decimals a KPI and its target need, so that what is missed does not look met."""
    if value is None or kpi.target is None:
        return 0
    return to_tell_apart(value, kpi.target, kpi.metric, unit=kpi.unit)


def _number(kpi: Kpi, value: float, more: int) -> str:
    return of_metric(value, kpi.metric, unit=kpi.unit, more=more)


def _target(kpi: Kpi, more: int) -> str:
    return f"target {round_share(kpi.target or 0, kpi.metric, unit=kpi.unit, more=more)}"


def _painter(here: Sequence[tuple[Kpi, Observation | None]]) -> Painter:
    def paint(sheet: Sheet, span: Span, y: float) -> float:
        y += PAD_Y
        for place, (kpi, seen) in enumerate(here[:MOST]):
            y = _kpi(sheet, kpi, seen, span, y + (BETWEEN if place else 0))
        return beyond(sheet, len(here) - MOST, span.x + PAD_X, y) + PAD_Y

    return paint


def _kpi(sheet: Sheet, kpi: Kpi, seen: Observation | None, span: Span, y: float) -> float:
    x, right = span.x + PAD_X, span.right - PAD_X
    y = sheet.write(broken(kpi.name, right - x, size=SECOND, most=2), x, y, size=SECOND, fill="ink_2")
    value = None if seen is None else seen.value
    more = decimals(kpi, value)
    said = "not measured" if value is None else _number(kpi, value, more)
    met = None if value is None else is_met(kpi, value)
    if met is not None:
        sheet.used.add("met" if met else "lost")
        sheet.shape(
            icons.triangle(4.6, up=met),
            x + 5,
            y + 9,
            fill="moved_on" if met else "left",
            stroke="surface",
            width=0.6,
        )
    beside = 14 if met is not None else 0
    size, fill = (SECOND, "ink_3") if value is None else (VALUE, "ink")
    sheet.write(
        [said], x + beside, y + (1.5 if value is None else 0), size=size, bold=value is not None, fill=fill
    )
    used = beside + text_width(said, size=size, bold=value is not None) + 6
    if kpi.target is not None:
        target = _target(kpi, more)
        if text_width(target, size=SECOND) > right - x - used:
            y += 16
            used = 0
        sheet.write(
            [cut(target, right - x - used, size=SECOND)],
            right,
            y + 1.5,
            size=SECOND,
            fill="ink_2",
            align="right",
        )
    return _bar(sheet, kpi, seen, (x, right), y + 21)


def _bar(sheet: Sheet, kpi: Kpi, seen: Observation | None, ends: tuple[float, float], y: float) -> float:
    """Paint the bar from its least possible value, the line of its interval and the tick of its target."""
    values = [kpi.target, *([seen.value, seen.low, seen.high] if seen else [])]
    known = [value for value in values if value is not None]
    if not known:
        return y - 2
    low, high = _ends(kpi, known)
    left, right = ends

    def at(value: float) -> float:
        return left + (right - left) * max(0.0, min(1.0, (value - low) / (high - low)))

    sheet.used.add("kpi")
    sheet.box(left, y, right - left, BAR, fill="track", radius=1)
    if seen is not None and seen.value is not None:
        sheet.box(left, y, at(seen.value) - left, BAR, fill="bar", radius=1)
        if seen.low is not None and seen.high is not None:
            sheet.line(at(seen.low), y + BAR / 2, at(seen.high), y + BAR / 2, stroke="ink", width=1.6)
    if kpi.target is not None:
        sheet.shape("M0,-5.5L0,5.5", at(kpi.target), y + BAR / 2, stroke="ink", width=2.4)
    return y + BAR + 4


def _ends(kpi: Kpi, known: Sequence[float]) -> tuple[float, float]:
    """Return where the scale of a bar begins and ends."""
    if kpi.metric in SHARES or (kpi.unit in ("%", "share") and max(known) <= 1):
        return 0, 1
    if kpi.metric in ("emotion", "nps"):
        return (-2, 2) if kpi.metric == "emotion" else (-100, 100)
    least = min([0, *known])
    most = max(known)
    return least, most + 0.15 * (most - least) if most > least else least + 1
