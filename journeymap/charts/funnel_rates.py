"""The right of a funnel's picture: the share of settled customers that moved on, as dots with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.intervals import newcombe
from journeymap.charts.drawing import middle_cut, one_line, text_width
from journeymap.charts.funnel_bars import BOLD, OPTIONAL, SIGN_ROOM, SMALL, STRONG, stage_name
from journeymap.charts.funnel_comparisons import are_shared
from journeymap.charts.funnel_layout import (
    BAR_MIDDLE,
    COUNTS_AT,
    FIRST_LINE,
    GAP,
    HEAD,
    LINE,
    PITCH,
    rate_lines,
)
from journeymap.charts.funnel_tips import conversion_tip, rate_about
from journeymap.charts.numbers import NARROW_SPACE, count, interval, points, share
from journeymap.charts.share_axis import Axis, axis

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from journeymap.charts.canvas import Canvas
    from journeymap.charts.funnel_layout import Layout
    from journeymap.charts.funnel_layout import Rates as Place
    from journeymap.charts.funnel_series import Row, Series
    from journeymap.journeys import Journey

TO_LABEL, TO_FEW, AT_EDGE = 6, 5, 5
INTERVAL = 4


@dataclass(frozen=True)
class Rates:
    """Draws the panel of rates; `shared` are pairs of segments that share customers, whose difference has no interval."""

    canvas: Canvas
    placed: Layout
    place: Place
    series: Sequence[Series]
    journey: Journey
    shared: Collection[tuple[str, str]] = ()

    def draw(self) -> None:
        """Draw the head, the axis, a row for each stage but the last, and first to last."""
        axis = self._axis()
        self._head(axis)
        for position in range(len(self.journey.stages) - 1):
            for number, series in enumerate(self.series):
                self._dot(axis, series, series.rows[position], self._line(position, number))
            self._detail(position)
        if self.series[0].words.of_first:
            self._first_to_last()
        if not self.place.beside:
            self._names()

    def _top(self, position: int) -> float:
        return self.place.y + HEAD + position * self.place.row

    def _line(self, position: int, number: int) -> float:
        """Return where the dots of a series stand."""
        top, series = self._top(position), len(self.series)
        if not self.place.beside:
            return top + 12 + 18 * number
        if series > 2:
            return top + FIRST_LINE + 18 * number
        return top + BAR_MIDDLE + (number - (series - 1) / 2) * PITCH

    def _axis(self) -> Axis:
        """Return the axis: as wide as the panel, unless a label then has room on neither side of its interval."""
        rows = [row for series in self.series for row in series.rows[:-1] if row["settled"]]
        low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
        wide = axis(low, high, x=self.place.x, width=self.place.width - AT_EDGE)
        if all(self._label_at(wide, row) is not None for row in rows):
            return wide
        labels = max(_label_width(row) for row in rows) + TO_LABEL
        return axis(low, high, x=self.place.x, width=self.place.width - labels)

    def _label_at(self, axis: Axis, row: Row) -> float | None:
        """Return where the label of an interval begins: right of it, or left of it."""
        width = _label_width(row)
        right, left = axis.at(row["high"]) + TO_LABEL, axis.at(row["low"]) - TO_LABEL - width
        if right + width <= self.place.x + self.place.width:
            return right
        return left if left >= self.place.x else None

    def _head(self, axis: Axis) -> None:
        x, y = self.place.x, self.place.y
        self.canvas.text(x, y + 8, "Share that moved on", size=STRONG, weight=BOLD)
        dots = f"dot and 95{NARROW_SPACE}% interval"
        full = f"settled only: {dots}" if self.series[0].words.settled else dots
        fits = text_width(full, size=SMALL) <= self.place.width
        self.canvas.text(x, y + 23, full if fits else dots, fill="ink_3")
        bottom = self._top(len(self.journey.stages) - 1) - 10
        for tick in axis.ticks:
            at = axis.at(tick)
            align = {axis.ticks[0]: "left", axis.ticks[-1]: "right"}.get(tick, "center")
            if align != "center" or axis.has_room:
                self.canvas.text(at, y + 46, axis.label(tick), fill="ink_3", align=align)
            line = min(max(at, x + 0.5), x + axis.width - 0.5)
            self.canvas.line(line, y + HEAD, line, bottom)

    def _dot(self, axis: Axis, series: Series, row: Row, y: float) -> None:
        look = series.look(mode=self.canvas.mode, settled=row["settled"])
        if not row["settled"]:
            self._nobody_settled(series, self.place.x, y)
            return
        low, at, high = (axis.at(row[name]) for name in ("low", "settled_share", "high"))
        self.canvas.line(low, y, high, y, stroke=look["stroke"], thick=INTERVAL, opacity=0.5)
        about = rate_about(series, row)
        self.canvas.dot(at, y, **look, **about)
        left = self._label_at(axis, row) or high + TO_LABEL
        text = share(row["settled_share"], row["settled"])
        few = _few(row["settled"])
        if left < low and not few:
            self.canvas.text(low - TO_LABEL, y, text, weight=BOLD, align="right")
        else:
            self.canvas.text(left, y, text, weight=BOLD)
            after = left + text_width(text, size=SMALL, weight=BOLD) + TO_FEW
            self.canvas.text(after, y, few, fill="ink_3")
        self.canvas.place(min(left, low), y - 8, max(left + _label_width(row), high), y + 8, **about)

    def _detail(self, position: int) -> None:
        """Write one line under the dots: of one series its fraction and interval, of two the difference."""
        if not rate_lines(len(self.series)):
            return
        top = self._top(position)
        y = top + COUNTS_AT if self.place.beside else top + 12 + 18 * len(self.series)
        rows = [series.rows[position] for series in self.series]
        two = len(rows) == 2
        text = self._difference(rows, moved="settled_moved_on") if two else self._fraction(rows[0])
        width = min(text_width(text, size=SMALL), self.place.width - LINE)
        self.canvas.clear(self.place.x - 1, y, self.place.x + width)
        self.canvas.text(self.place.x, y, text, fill="ink_2", limit=self.place.width)

    def _difference(self, rows: Sequence[Row], *, moved: str) -> str:
        return (
            "" if are_shared(self.series, self.shared) else difference(rows, moved=moved, settled="settled")
        )

    def _fraction(self, row: Row) -> str:
        if not row["settled"]:
            return ""
        within = interval(row["low"], row["high"], row["settled"])
        whole = f"{count(row['settled_moved_on'])} of {count(row['settled'])} {within}"
        return whole if text_width(whole, size=SMALL) <= self.place.width else within

    def _first_to_last(self) -> None:
        first, *_, last = (row["label"] for row in self.series[0].rows)
        x, y = self.place.x, self._top(len(self.journey.stages) - 1) + FIRST_LINE
        self.canvas.text(x, y, _both(first, last, self.place.width), fill="ink_3")
        for series in self.series:
            y += PITCH
            self._conversion(series, x, y)
        if rate_lines(len(self.series)):
            text = self._last_line()
            self.canvas.text(x, y + PITCH, text, fill="ink_2", limit=self.place.width)

    def _last_line(self) -> str:
        ends = [{"settled": one.rows[0]["settled"], "moved": one.rows[-1]["settled"]} for one in self.series]
        if len(ends) == 2:
            return self._difference(ends, moved="moved")
        return f"{count(ends[0]['moved'])} of {count(ends[0]['settled'])}"

    def _conversion(self, series: Series, x: float, y: float) -> None:
        row, settled = series.rows[-1], series.settled
        if not settled:
            self._nobody_settled(series, x, y)
            return
        self.canvas.sign(x + 5, y, **series.look(mode=self.canvas.mode, settled=settled))
        text = share(row["settled_of_first_share"], settled)
        self.canvas.text(x + SIGN_ROOM, y, text, weight=BOLD)
        after = x + SIGN_ROOM + text_width(text, size=SMALL, weight=BOLD) + 5
        within = interval(row["first_low"], row["first_high"], settled)
        few = f", {_few(settled)}" if _few(settled) else ""
        self.canvas.text(after, y, f"{within}{few}", fill="ink_2")
        tip = conversion_tip(series, text, within)
        self.canvas.tip(x, y - 8, x + self.place.width, y + 8, tip)

    def _nobody_settled(self, series: Series, x: float, y: float) -> None:
        """Say in place of a dot that there is no rate yet."""
        said = ": nobody settled"
        name = middle_cut(series.name, self.place.width - text_width(said, size=SMALL), size=SMALL)
        self.canvas.clear(x - 1, y, x + text_width(name + said, size=SMALL))
        self.canvas.text(x, y, f"{name}{said}", fill="ink_3")

    def _names(self) -> None:
        room = self.place.x - GAP
        middle = 12 + 9 * (len(self.series) - 1)
        rows = self.series[0].rows if self.series[0].words.of_first else self.series[0].rows[:-1]
        for position, row in enumerate(rows):
            last = position == len(self.journey.stages) - 1
            y = self._top(position) + (FIRST_LINE + PITCH if last else middle)
            stage_name(self.canvas, y, row["label"], OPTIONAL if row["optional"] else "", room=room)


def difference(rows: Sequence[Row], *, moved: str, settled: str) -> str:
    """Write the first share less the second, with its interval; nothing where one of them has nobody."""
    first, second = rows
    if not (first[settled] and second[settled]):
        return ""
    ends = newcombe((first[moved], second[moved]), (first[settled], second[settled]))
    fewer = min(first[settled], second[settled])
    return f"{points(ends[0], fewer)} {interval(*ends[1:], fewer)}"


def _few(settled: int) -> str:
    return f"n = {settled}" if settled < FEW else ""


def _label_width(row: Row) -> float:
    width = text_width(share(row["settled_share"], row["settled"]), size=SMALL, weight=BOLD)
    few = _few(row["settled"])
    return width + (TO_FEW + text_width(few, size=SMALL) if few else 0)


def _both(first: str, last: str, width: float) -> str:
    whole = f"{one_line(first)} to {one_line(last)}"
    if text_width(whole, size=SMALL) <= width:
        return whole
    half = (width - text_width(" to ", size=SMALL)) / 2
    return f"{middle_cut(first, half, size=SMALL)} to {middle_cut(last, half, size=SMALL)}"
