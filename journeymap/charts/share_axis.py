"""An axis of shares, as short as what stands on it allows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from journeymap.charts.drawing import text_width
from journeymap.charts.numbers import NARROW_SPACE
from journeymap.charts.theme import tokens

SMALL = tokens()["type_px"]["chart_label"]
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 250, 500)
LABEL_ROOM, MOST_STEPS = 50, 5


@dataclass(frozen=True)
class Axis:
    """Shares on the screen: ends in thousandths, printed with every step."""

    low: int
    high: int
    step: int
    x: float
    width: float

    def at(self, value: float) -> float:
        """Return where a share stands."""
        return self.x + (1000 * value - self.low) / (self.high - self.low) * self.width

    @property
    def ticks(self) -> list[float]:
        """The shares that are printed."""
        return [tick / 1000 for tick in range(self.low, self.high + 1, self.step)]

    @property
    def has_room(self) -> bool:
        """Whether labels of all steps have room beside one another; those of the ends always have."""
        first, *inner, last = (text_width(self.label(tick), size=SMALL) for tick in self.ticks)
        beside_an_end = max(first, last) + max(inner, default=0) / 2
        return max(beside_an_end, *inner) + 2 <= self.width / (len(self.ticks) - 1)

    def label(self, tick: float) -> str:
        """Write one of them."""
        return f"{100 * tick:.{1 if self.step % 10 else 0}f}{NARROW_SPACE}%"


def axis(low: float, high: float, *, x: float, width: float) -> Axis:
    """Choose the shortest axis with round ends that holds all intervals and has room for its labels.

    Examples
    --------
    >>> axis(0.44, 0.77, x=0, width=164).ticks
    [0.4, 0.6, 0.8]
    """
    most = max(2, min(MOST_STEPS, int(width // LABEL_ROOM)))
    for step in STEPS:
        begin, end = math.floor(1000 * low / step) * step, math.ceil(1000 * high / step) * step
        if begin < end <= 1000 and (end - begin) / step <= most:
            return Axis(begin, end, step, x, width)
    return Axis(0, 1000, 500, x, width)
