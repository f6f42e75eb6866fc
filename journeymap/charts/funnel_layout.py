"""Where everything in a funnel's picture stands, in px: columns of bars, rows of stages, panel of rates."""

from __future__ import annotations

import math
from dataclasses import dataclass

from journeymap.charts.theme import tokens

NARROW_BELOW = 640
ONE_COLUMN_BELOW = 480
BESIDE_FROM = {1: 700, 2: 740}
BESIDE_FROM_MANY = 900
LEAST_COLUMN = 150
LEAST_NAMES, MOST_NAMES = 96, 190
NAMES_SHARE = {1: 0.26}
NAMES_SHARE_MANY = 0.2
LEAST_RATES, MOST_RATES = 176, 270
GAP, NARROW_GAP = 18, 40
HEAD, NARROW_HEAD = 56, 44
NAME_ABOVE = 27
LINE = 14
PITCH = 17
TEXTS = 76

BAR_TOP = 19
BAR_MIDDLE = 34
COUNTS_AT = 59
FIRST_LINE = 9


@dataclass(frozen=True)
class Column:
    """The place of one series: its left edge, the top of its head, its width."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Rates:
    """The place of the panel of rates: where it begins, its width, and the height of a stage."""

    x: float
    y: float
    width: float
    row: float
    beside: bool


@dataclass(frozen=True)
class Layout:
    """The whole picture.

    Attributes
    ----------
    width, height
        Of the picture.
    names
        The width of the column of stage names; 0 where they stand above the bars.
    columns
        One per series.
    head, row
        The height of the columns' heads and of one stage.
    rates
        None where there is none.
    """

    width: int
    height: int
    names: float
    columns: tuple[Column, ...]
    head: float
    row: float
    rates: Rates | None

    @property
    def narrow(self) -> bool:
        """Whether stage names stand above the bars."""
        return self.names == 0

    def top(self, column: Column, position: int) -> float:
        """Return the top of a stage (`position` is from 0), where the line of its count begins."""
        return column.y + self.head + position * self.row + (NAME_ABOVE if self.narrow else 0)


@dataclass(frozen=True)
class Wanted:
    """What there is to place.

    Attributes
    ----------
    series, stages
        How many.
    names
        The width that the longest stage name would need.
    counts
        How wide the counts under a bar are on one line, and how many lines they may take; (0, 0) for none.
    rates
        Whether there is any rate.
    arrivals
        Whether there is a rate from the first stage to the last.
    """

    series: int
    stages: int
    names: float
    counts: float
    rates: bool
    arrivals: bool = True


def layout(wanted: Wanted, /, *, width: int) -> Layout:
    """Place the columns and rows of a funnel.

    Examples
    --------
    >>> placed = layout(Wanted(series=2, stages=5, names=60, counts=200, rates=True), width=756)
    >>> [round(column.width) for column in placed.columns], placed.rates.beside, placed.height
    ([215, 215], True, 496)
    """
    grid = _grid(wanted, width)
    narrow = grid.names == 0
    head = NARROW_HEAD if narrow else HEAD
    row = _row_height(wanted, grid)
    band = head + row * wanted.stages
    columns = tuple(
        Column(grid.x(place % grid.across), place // grid.across * (band + GAP), grid.column)
        for place in range(wanted.series)
    )
    bottom = columns[-1].y + band
    rates = _rates(wanted, grid, bottom, row) if wanted.rates else None
    return Layout(width, math.ceil(_height(wanted, bottom, rates)), grid.names, columns, head, row, rates)


def rate_lines(series: int) -> int:
    """Return how many lines of text stand under the dots: one for one or two series, none for more."""
    return 1 if series <= 2 else 0


@dataclass(frozen=True)
class _Grid:
    """What is across the picture: names, columns, and the panel of rates if it is beside them (else 0)."""

    width: int
    names: float
    beside: float
    across: int

    @property
    def gap(self) -> int:
        wide_gap = self.names == 0 and self.width >= ONE_COLUMN_BELOW and self.across <= 2
        return NARROW_GAP if wide_gap else GAP

    @property
    def column(self) -> float:
        if self.across == 1 and self.beside:
            return self.width / 2
        room = self.width - self.names - (self.beside + GAP if self.beside else 0)
        return (room - (self.across - 1) * self.gap) / self.across

    def x(self, place: int) -> float:
        return self.names + place * (self.column + self.gap)


def _grid(wanted: Wanted, width: int) -> _Grid:
    if width < NARROW_BELOW:
        return _Grid(width, 0, 0, 1 if width < ONE_COLUMN_BELOW else _across(wanted, width))
    most_names = min(MOST_NAMES, width * NAMES_SHARE.get(wanted.series, NAMES_SHARE_MANY))
    names = _clamp(wanted.names, LEAST_NAMES, most_names) + GAP
    beside = _beside(wanted, width, width - names)
    if beside:
        return _Grid(width, names, beside, wanted.series)
    return _Grid(width, names, 0, _across(wanted, width - names))


def _across(wanted: Wanted, room: float) -> int:
    """Return how many columns stand side by side: in as few rows as there is room for, and as even ones."""
    most = max(1, int((room + GAP) // (LEAST_COLUMN + GAP)))
    return math.ceil(wanted.series / math.ceil(wanted.series / most))


def _beside(wanted: Wanted, width: int, room: float) -> float:
    """Return the width of the panel of rates beside the bars, or 0 if it goes below or is not there."""
    if not wanted.rates or width < BESIDE_FROM.get(wanted.series, BESIDE_FROM_MANY):
        return 0
    if wanted.series == 1:
        return room - width / 2 - GAP
    rates = _clamp(width * 0.2, LEAST_RATES, MOST_RATES)
    return rates if room - rates >= wanted.series * (LEAST_COLUMN + GAP) else 0


def _row_height(wanted: Wanted, grid: _Grid) -> float:
    lines = counts_lines(wanted, grid.column)
    if grid.names == 0:
        return NAME_ABOVE + TEXTS - (1 - lines) * LINE
    rates = 20 + 18 * wanted.series if grid.beside else 0
    return max(tokens()["size_px"]["funnel_row"] + max(0, lines - 1) * LINE, rates)


def counts_lines(wanted: Wanted, column_width: float) -> int:
    """Return on how many lines the counts under a bar stand."""
    if wanted.series > 2:
        return 0
    return 1 if wanted.counts <= column_width else 2


def _rates(wanted: Wanted, grid: _Grid, bottom: float, row: float) -> Rates:
    if grid.beside:
        return Rates(grid.width - grid.beside, 0, grid.beside, row, beside=True)
    x = grid.names or _clamp(wanted.names, LEAST_NAMES, grid.width * 0.3) + GAP
    height = 24 + 18 * wanted.series + 18 * rate_lines(wanted.series)
    return Rates(x, bottom + 2 * GAP, grid.width - x, height, beside=False)


def _height(wanted: Wanted, bottom: float, rates: Rates | None) -> float:
    if rates is None or rates.beside:
        return bottom
    last = FIRST_LINE + PITCH * (1 + wanted.series + rate_lines(wanted.series)) if wanted.arrivals else 0
    return rates.y + HEAD + rates.row * (wanted.stages - 1) + last


def _clamp(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))
