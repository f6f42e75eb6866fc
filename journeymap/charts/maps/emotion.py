"""The emotion lane: a zero line, the measured curve in its band, and beside it what the team says or plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journeymap.charts.maps import badges as map_badges
from journeymap.charts.maps import emotion_words as map_emotion_words
from journeymap.charts.maps.badges import STATUSES
from journeymap.charts.maps.cells import Cell, Lane, label, mark
from journeymap.charts.maps.curve import Curve
from journeymap.charts.maps.places import Area, Places
from journeymap.charts.maps.points import Point, gaps, points, runs

if TYPE_CHECKING:
    from journeymap.charts.maps.columns import Columns
    from journeymap.charts.maps.facts import Facts
    from journeymap.charts.maps.sheet import Sheet

HEIGHT, EDGE, ROOMY = 172, 20, 130
BAR = (22.0, 5.0)


@dataclass
class Plot:
    """The emotion lane while it is painted.

    Attributes
    ----------
    y, height
        Its upper end, and how high it is.
    way
        What the typed values are: ``"told"`` where nothing was measured, ``"planned"`` in a future state, else ``"beside"``.
    """

    sheet: Sheet
    facts: Facts
    columns: Columns
    y: float
    height: float
    way: str
    found: list[Point]
    places: Places = field(init=False)
    curves: list[tuple[Curve, Curve]] = field(default_factory=list)
    scale: list[tuple[str, Area]] = field(default_factory=list)

    def __post_init__(self) -> None:
        whole = self.columns.whole
        self.places = Places(
            Area(whole.x + 2, self.y + 2, whole.wide - 4, self.height - 4), crossed=self.hidden
        )

    def at(self, value: float) -> float:
        """Return the height of a value."""
        return self.y + EDGE + (2 - value) * (self.height - 2 * EDGE) / 4

    def hidden(self, area: Area) -> float:
        """Return how much of the curves would be hidden by words in a place."""
        cost = 0.0
        for place in range(7):
            x = area.x + area.wide * place / 6
            for upper, lower in self.curves:
                if upper.xs[0] <= x <= upper.xs[-1]:
                    over = min(area.y + area.high, lower.at(x)) - max(area.y, upper.at(x))
                    cost += max(0.0, over) * area.wide / 7
        return cost


def has_curve(facts: Facts) -> bool:
    """Say whether there is any emotion, measured or told."""
    told = any(step.claims is not None and step.claims.emotion is not None for step in facts.told.steps)
    parts = [*facts.told.stages, *facts.told.steps]
    return told or any(facts.observed(part.id, "emotion") for part in parts)


def draw(
    sheet: Sheet, facts: Facts, columns: Columns, y: float, *, height: float = HEIGHT, framed: str = ""
) -> float:
    """Paint the lane from a height down, with words beside the edges of the framed stage; return where the lane ends."""
    found = points(facts, columns)
    measured = any(point.seen for point in found)
    way = "planned" if facts.told.kind == "future_state" else "beside" if measured else "told"
    plot = Plot(sheet, facts, columns, y, height, way, found)
    lane = Lane("emotion", "Emotion", _hint(plot, measured=measured))
    label(sheet, lane, y)
    _ground(plot)
    if framed:
        span = columns.stages[framed]
        plot.places.taken += [Area(x - 3, y, 6, height) for x in (span.x - 4, span.right + 4)]
    if measured:
        _measured(plot)
    if way != "beside":
        _told(plot)
    _markers(plot)
    map_emotion_words.write(plot)
    _scale(plot)
    for point in found:
        if point.counts or point.said is not None:
            words = STATUSES[point.status].replace("claim ", "") if point.status else ""
            cell = Cell(
                point.at,
                point.where,
                columns.until_next(point.span),
                lambda _, __, y: y,
                point.in_words,
                words,
            )
            mark(sheet, lane, cell, y, height)
    return y + height


def _hint(plot: Plot, *, measured: bool) -> str:
    scale = "+2\N{NO-BREAK SPACE}delighted, \N{MINUS SIGN}2\N{NO-BREAK SPACE}furious"
    if not measured:
        return f"{scale}, as {'planned' if plot.way == 'planned' else 'the team tells it'}"
    return f"{scale}, band 95\N{NO-BREAK SPACE}%{', dashed = planned' if plot.way == 'planned' else ''}"


def _ground(plot: Plot) -> None:
    whole, sheet = plot.columns.whole, plot.sheet
    sheet.box(whole.x, plot.y, whole.wide, plot.height, fill="surface", stroke="line", radius=0)
    for value in (2, 1, -1, -2):
        sheet.line(whole.x, plot.at(value), whole.right, plot.at(value), width=1)
    sheet.line(whole.x, plot.at(0), whole.right, plot.at(0), stroke="ink", width=1.4)
    plot.places.taken.append(Area(whole.x, plot.at(0) - 1, whole.wide, 2))
    for value, said in ((2, "+2"), (0, "0"), (-2, "\N{MINUS SIGN}2")):
        top = plot.at(value) + (2 if value > 0 and plot.height >= ROOMY else -16)
        plot.scale.append((said, Area(whole.x + 3, top, 18, 14)))
    plot.places.taken += [area for _, area in plot.scale]


def _scale(plot: Plot) -> None:
    """Write the values of the axis, but for those in whose place something of a point had to stand."""
    for said, area in plot.scale:
        if not any(area.shared(other) for other in plot.places.taken if other is not area):
            plot.sheet.write([said], area.x + 2, area.y, size=11, fill="ink_2")


def _measured(plot: Plot) -> None:
    """Paint band and curve; where data is missing the curve ends, and a point alone has an upright bar."""
    for part in runs(plot.found):
        xs = [point.x for point in part]
        if len(part) == 1:
            x, point = xs[0], part[0]
            if point.low < point.high:
                high = plot.at(point.low) - plot.at(point.high)
                upright = f"M-4,0L4,0L4,{high:.1f}L-4,{high:.1f}Z"
                plot.sheet.shape(upright, x, plot.at(point.high), fill="band", stroke="band_edge", width=0.8)
            continue
        upper = Curve(xs, [plot.at(point.high) for point in part])
        lower = Curve(xs, [plot.at(point.low) for point in part])
        plot.curves.append((upper, lower))
        plot.sheet.shape(f"{upper.path}{lower.back}Z", fill="band", stroke="band_edge", width=0.8)
        middle = Curve(xs, [plot.at(point.value) for point in part])
        plot.sheet.shape(middle.path, stroke="ink", width=2.2)
        plot.sheet.used.add("curve")


def _told(plot: Plot) -> None:
    """Paint the curve of what the team says: thin as told, dashed as planned."""
    said = [point for point in plot.found if point.said is not None]
    planned = plot.way == "planned"
    plot.sheet.used.add(plot.way)
    if len(said) < 2:
        return
    curve = Curve([point.x for point in said], [plot.at(point.said or 0) for point in said])
    look = {"stroke": "ok", "width": 2.0, "dash": (6, 4)} if planned else {"stroke": "ink_2", "width": 1.4}
    plot.sheet.shape(curve.path, **look)  # type: ignore[arg-type]
    plot.curves.append((curve, curve))


def _markers(plot: Plot) -> None:
    """Paint what the team says as open bars, and upon it what was measured."""
    for point in plot.found:
        starred = point.decides and point.seen is None
        if (
            point.said is not None
            and not starred
            and not (plot.way == "planned" and any(one.seen for one in plot.found))
        ):
            _bar(plot, point)
    for point in plot.found:
        if point.seen is not None:
            x, y = point.x, plot.at(point.value)
            map_badges.emotion(plot.sheet, point.value, x, y, n=point.seen.n, decides=point.decides)
            plot.places.taken.append(Area(x - 7, y - 7, 14, 14))
        elif point.decides and point.said is not None:
            map_badges.star(plot.sheet, point.x, plot.at(point.said), radius=9)


def _bar(plot: Plot, point: Point) -> None:
    wide, high = BAR
    x, y = point.x, plot.at(point.said or 0)
    if plot.way == "beside" and point.differs:
        end = plot.at(point.value)
        stroke = "bad" if point.status == "contradicted" else "ink_2"
        plot.sheet.line(x, y, x, end, stroke=stroke, width=1.5, dash=(2, 3))
    path = f"M{-wide / 2},{-high / 2}L{wide / 2},{-high / 2}L{wide / 2},{high / 2}L{-wide / 2},{high / 2}Z"
    stroke = "bad" if plot.way == "beside" and point.status == "contradicted" else "ink"
    plot.sheet.shape(path, x, y, fill="surface", stroke=stroke, width=1.2)
    plot.places.taken.append(Area(x - wide / 2, y - high / 2, wide, high))
    plot.sheet.used.add("typed")


__all__ = ["draw", "gaps", "has_curve"]
