"""Room for words in a crowded picture: of several places, the one that hides least."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

APART = 3
"""How far words stand apart from what is beside them, in px."""


@dataclass(frozen=True)
class Area:
    """A rectangle, in px."""

    x: float
    y: float
    wide: float
    high: float

    def shared(self, other: Area) -> float:
        """Return how large the part is that both cover."""
        across = min(self.x + self.wide, other.x + other.wide) - max(self.x, other.x)
        down = min(self.y + self.high, other.y + other.high) - max(self.y, other.y)
        return across * down if across > 0 and down > 0 else 0.0

    def outside(self, other: Area) -> float:
        """Return how large the part is that lies outside of another one."""
        return self.wide * self.high - self.shared(other)


@dataclass
class Places:
    """What is taken in a picture.

    Examples
    --------
    >>> places = Places(Area(0, 0, 100, 100), [Area(0, 0, 50, 20)])
    >>> places.best([(Area(10, 5, 30, 10), 0), (Area(60, 5, 30, 10), 3)])
    Area(x=60, y=5, wide=30, high=10)
    """

    whole: Area
    taken: list[Area] = field(default_factory=list)
    crossed: Callable[[Area], float] = lambda _: 0.0

    def best(self, options: Iterable[tuple[Area, float]], *, most: float = float("inf")) -> Area | None:
        """Take the place that hides least, each given with what it costs anyway; None if all hide more than `most`."""
        found = [(self.cost(area) + anyway, place, area) for place, (area, anyway) in enumerate(options)]
        cost, _, area = min(found)
        if cost > most:
            return None
        self.taken.append(area)
        return area

    def cost(self, area: Area) -> float:
        """Return how much of a place is taken, crossed or outside."""
        wider = Area(area.x - APART, area.y, area.wide + 2 * APART, area.high)
        hidden = sum(wider.shared(other) for other in self.taken)
        return hidden + 4 * area.outside(self.whole) + self.crossed(area)
