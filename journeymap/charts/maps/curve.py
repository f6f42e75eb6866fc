"""A smooth curve through points that never swings beyond them: monotone cubic pieces, as a path and as heights.

The slopes are those of F. N. Fritsch and R. E. Carlson, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal. 17 (1980),
in the weighted harmonic form of F. N. Fritsch and J. Butland (1984).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Curve:
    """A curve through points whose x grows.

    Examples
    --------
    >>> curve = Curve((0, 10, 20), (0, 4, 4))
    >>> curve.at(10), curve.at(15), round(curve.at(5), 2)
    (4.0, 4.0, 2.75)
    >>> curve.path
    'M0.0,0.0C3.3,2.0 6.7,4.0 10.0,4.0C13.3,4.0 16.7,4.0 20.0,4.0'
    """

    xs: Sequence[float]
    ys: Sequence[float]

    @cached_property
    def slopes(self) -> list[float]:
        """The slope at each point."""
        if len(self.xs) < 2:
            return [0.0] * len(self.xs)
        wide = [after - before for before, after in pairwise(self.xs)]
        rises = [
            (after - before) / step for (before, after), step in zip(pairwise(self.ys), wide, strict=True)
        ]
        inner = [_inner(*pair) for pair in zip(pairwise(rises), pairwise(wide), strict=True)]
        return [_end(rises[0], inner[:1]), *inner, _end(rises[-1], inner[-1:])]

    def at(self, x: float) -> float:
        """Return the height at a place; beyond an end, that of the end."""
        x = min(max(x, self.xs[0]), self.xs[-1])
        for place in range(len(self.xs) - 1):
            if x <= self.xs[place + 1]:
                return self._between(place, x)
        return float(self.ys[-1])

    def _between(self, place: int, x: float) -> float:
        step = self.xs[place + 1] - self.xs[place]
        part = (x - self.xs[place]) / step
        rest = 1 - part
        start, end = self.ys[place], self.ys[place + 1]
        into, out = self.slopes[place] * step, self.slopes[place + 1] * step
        heads = start * (1 + 2 * part) * rest**2 + end * (3 - 2 * part) * part**2
        return float(heads + into * part * rest**2 - out * rest * part**2)

    def _pieces(self) -> Iterator[tuple[tuple[float, float], ...]]:
        for place, (start, end) in enumerate(pairwise(zip(self.xs, self.ys, strict=True))):
            third = (end[0] - start[0]) / 3
            yield (
                start,
                (start[0] + third, start[1] + third * self.slopes[place]),
                (end[0] - third, end[1] - third * self.slopes[place + 1]),
                end,
            )

    @property
    def path(self) -> str:
        """The curve as a path from left to right."""
        return f"M{_point((self.xs[0], self.ys[0]))}" + "".join(
            f"C{_points(piece[1:])}" for piece in self._pieces()
        )

    @property
    def back(self) -> str:
        """The curve from right to left, to go on with after a path that ends above or below its last point."""
        pieces = [f"C{_points(piece[2::-1])}" for piece in reversed(list(self._pieces()))]
        return f"L{_point((self.xs[-1], self.ys[-1]))}" + "".join(pieces)


def _inner(rises: tuple[float, float], wide: tuple[float, float]) -> float:
    before, after = rises
    if before * after <= 0:
        return 0.0
    first, second = 2 * wide[1] + wide[0], wide[1] + 2 * wide[0]
    return (first + second) / (first / before + second / after)


def _end(rise: float, beside: Sequence[float]) -> float:
    slope = (3 * rise - beside[0]) / 2 if beside else rise
    if slope * rise <= 0:
        return 0.0
    return slope if abs(slope) <= 3 * abs(rise) else 3 * rise


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(map(_point, points))


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
