"""The words in the emotion lane: values with their n, what the team said where it differs, and where there is no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps.badges import badge
from journeymap.charts.maps.numbers import count, signed
from journeymap.charts.maps.places import Area
from journeymap.charts.maps.points import gaps
from journeymap.charts.maps.words import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.charts.maps.emotion import Plot
    from journeymap.charts.maps.points import Point

VALUE, SMALL = 12, 11
NARROW = 74
HIGH = 15
SHIFTS = (0, 12, 24, 38, -12, -24, -38)


def write(plot: Plot) -> None:
    """Write all words, those first that must not be missed."""
    for point in plot.found:
        if plot.way == "beside" and point.differs and point.status != "supported":
            _said(plot, point)
    for point in plot.found:
        if point.seen is not None:
            _value(plot, point)
        elif point.said is not None and not (plot.way == "planned" and _has_data(plot)):
            _typed(plot, point)
    if _has_data(plot):
        for part in gaps(plot.found):
            _no_data(plot, part)
        if plot.way == "planned":
            _planned(plot)


def _has_data(plot: Plot) -> bool:
    return any(point.seen for point in plot.found)


def _value(plot: Plot, point: Point) -> None:
    """Write value and n beyond the band, on the side away from what the team says, moved against the slope."""
    value = signed(point.value)
    few = (
        ""
        if point.span.wide < NARROW or point.seen is None or point.seen.n is None
        else f"n {count(point.seen.n)}"
    )
    above = point.said < point.value if point.said is not None and point.differs else point.value >= 0
    wide = text_width(value, size=VALUE, bold=True) + (4 + text_width(few, size=SMALL) if few else 0)
    area = plot.places.best(_around(plot, point, wide, above=above))
    if area is None:
        return
    plot.sheet.write([value], area.x, area.y, size=VALUE, bold=True, halo=True)
    if few:
        x = area.x + text_width(value, size=VALUE, bold=True) + 4
        plot.sheet.write([few], x, area.y + 0.9, size=SMALL, fill="ink_2", halo=True)


def _around(plot: Plot, point: Point, wide: float, *, above: bool) -> Iterator[tuple[Area, float]]:
    """List the places above and below a point, each with what it costs."""
    slope = _slope(plot, point)
    for side in (above, not above):
        against = -1 if (slope < 0) == side else 1
        for shift in SHIFTS:
            x = point.x - wide / 2 + shift * against
            edge = _edge(plot, point, x, x + wide, above=side)
            y = edge - 3 - HIGH if side else edge + 3
            cost = (25 if side != above else 0) + abs(shift) * 0.5 + (6 if shift < 0 else 0)
            yield Area(x, y, wide, HIGH), cost + max(0.0, abs(edge - plot.at(point.value)) - 40)


def _slope(plot: Plot, point: Point) -> float:
    """Return whether the curve falls (more than 0) or rises at a point, in px."""
    for upper, _ in plot.curves:
        if upper.xs[0] <= point.x <= upper.xs[-1]:
            return upper.at(point.x + 20) - upper.at(point.x - 20)
    return 0.0


def _edge(plot: Plot, point: Point, left: float, right: float, *, above: bool) -> float:
    """Return how far the band and the marker reach up or down between two places."""
    y = plot.at(point.value)
    far = 12 if point.decides else 7
    edges = [y - far, plot.at(point.high)] if above else [y + far, plot.at(point.low)]
    for upper, lower in plot.curves:
        for part in range(7):
            x = left + (right - left) * part / 6
            if upper.xs[0] <= x <= upper.xs[-1] and upper is not lower:
                edges.append(upper.at(x) if above else lower.at(x))
    return min(edges) if above else max(edges)


def _said(plot: Plot, point: Point) -> None:
    """Write beside its bar what the team said."""
    contradicted = point.status == "contradicted"
    words = f"{'said' if point.span.wide < NARROW else 'team said'} {signed(point.said or 0)}"
    sign = 18 if contradicted else 0
    wide = text_width(words, size=SMALL, bold=contradicted) + sign
    y = plot.at(point.said or 0)
    over = (point.said or 0) > point.value
    tops = (y - 5 - HIGH, y + 5) if over else (y + 5, y - 5 - HIGH)
    sides = [
        (Area(point.x - wide / 2 + shift, top, wide, HIGH), abs(shift) * 0.5 + 20 * place)
        for place, top in enumerate(tops)
        for shift in (-sign / 2, 16, -16, 32, -32)
    ]
    sides += [(Area(x, y - HIGH / 2, wide, HIGH), 12) for x in (point.x + 16, point.x - 16 - wide)]
    area = plot.places.best(sides)
    if area is None:
        return
    if contradicted:
        badge(plot.sheet, "contradicted", area.x + 7, area.y + HIGH / 2)
    fill = "left_text" if contradicted else "ink_2"
    plot.sheet.write(
        [words], area.x + sign, area.y + 0.2, size=SMALL, bold=contradicted, fill=fill, halo=True
    )


def _typed(plot: Plot, point: Point) -> None:
    """Write a value that nobody measured."""
    value = signed(point.said or 0)
    wide = text_width(value, size=SMALL)
    y = plot.at(point.said or 0)
    far = 10 if point.decides else 6
    above = (point.said or 0) >= 0
    tops = (y - far - HIGH, y + far) if above else (y + far, y - far - HIGH)
    sides = [
        (Area(point.x - wide / 2 + shift, top, wide, HIGH), abs(shift) * 0.5 + 20 * place)
        for place, top in enumerate(tops)
        for shift in (0, 14, -14)
    ]
    area = plot.places.best(sides)
    if area is not None:
        plot.sheet.write([value], area.x, area.y, size=SMALL, fill="ink_2", halo=True)


def _planned(plot: Plot) -> None:
    """Write what is planned for the steps that decide, where there is room."""
    for point in plot.found:
        if point.said is None or not (point.decides or point.seen is None):
            continue
        words = f"plan {signed(point.said)}"
        wide = text_width(words, size=SMALL)
        y = plot.at(point.said)
        tops = (y - 6 - HIGH, y + 6) if point.said > point.value else (y + 6, y - 6 - HIGH)
        sides = [
            (Area(point.x - wide / 2 + shift, top, wide, HIGH), abs(shift) * 0.2)
            for top in tops
            for shift in (0, 16, -16, 30, -30)
        ]
        area = plot.places.best(sides, most=30)
        if area is not None:
            plot.sheet.write([words], area.x, area.y, size=SMALL, fill="ok", halo=True)


def _no_data(plot: Plot, part: list[Point]) -> None:
    words = "no data"
    wide = text_width(words, size=SMALL)
    middle = (part[0].x + part[-1].x) / 2
    sides = [
        (Area(middle - wide / 2, plot.at(0) + down, wide, HIGH), abs(down))
        for down in (4, -4 - HIGH, 24, -24 - HIGH)
    ]
    area = plot.places.best(sides)
    if area is not None:
        plot.sheet.write([words], area.x, area.y, size=SMALL, italic=True, fill="ink_2", halo=True)
