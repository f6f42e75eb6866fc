"""The net promoter score and its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeymap.analyses.intervals import Z95

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class Nps(NamedTuple):
    """Answers of 9 and 10, of 7 and 8, and of 0 to 6."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self)

    @property
    def score(self) -> float:
        """The share of promoters less that of detractors, in points from -100 to 100."""
        return 100 * (self.promoters - self.detractors) / self.n if self.n else float("nan")

    @property
    def adjusted(self) -> tuple[float, float, float]:
        """The adjusted Wald estimate and its 95 % interval, in points.

        Three answers are added, three quarters of one to the promoters and to the detractors each: n + 3, P, D + 3/4; the variance
        of one answer is P + D - (P - D)^2. It holds with small numbers too, and lies nearer to 0 than the score itself.
        Source: Rocks 2016, The American Statistician 70, 365.

        Examples
        --------
        >>> [round(points, 1) for points in Nps(30, 15, 15).adjusted]
        [23.8, 3.4, 44.2]
        """
        n = self.n + 3
        promoters, detractors = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        middle = promoters - detractors
        half = Z95 * ((promoters + detractors - middle**2) / n) ** 0.5
        return 100 * middle, 100 * max(middle - half, -1), 100 * min(middle + half, 1)


def nps_of(scores: ArrayLike) -> Nps:
    """Count scores from 0 to 10.

    Examples
    --------
    >>> nps_of([10, 9, 8, 6, 0])
    Nps(promoters=2, passives=1, detractors=2)
    """
    values = np.asarray(scores, dtype=float)
    promoters, detractors = int((values >= 9).sum()), int((values < 7).sum())
    return Nps(promoters, len(values) - promoters - detractors, detractors)
