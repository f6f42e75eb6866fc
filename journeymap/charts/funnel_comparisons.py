"""What is compared between the columns of a funnel."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.intervals import newcombe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.charts.funnel_series import Series


@dataclass(frozen=True)
class Comparison:
    """The settled shares of two columns, from one stage to the next, or from the first to the last.

    Attributes
    ----------
    stage
        From where; None is from the first stage to the last.
    moved, settled
        Numerators and denominators.
    """

    stage: str | None
    series: tuple[Series, Series]
    moved: tuple[int, int]
    settled: tuple[int, int]

    @property
    def shares(self) -> tuple[float, float]:
        """The two shares."""
        return self.moved[0] / self.settled[0], self.moved[1] / self.settled[1]

    @property
    def ends(self) -> tuple[float, float, float]:
        """The first share less the second, and the ends of its interval."""
        return newcombe(self.moved, self.settled)

    @property
    def holds_zero(self) -> bool:
        """Whether the interval of the difference does not say which share is larger."""
        return self.ends[1] <= 0 <= self.ends[2]


def comparisons(series: Sequence[Series], /) -> list[Comparison]:
    """Return what is compared: two segments of the same group or two groups of the same segment, at every stage."""
    found = []
    for pair in combinations(series, 2):
        if pair[0].segment != pair[1].segment and pair[0].group != pair[1].group:
            continue
        for rows in zip(pair[0].rows[:-1], pair[1].rows[:-1], strict=True):
            moved, settled = ((rows[0][name], rows[1][name]) for name in ("settled_moved_on", "settled"))
            found.append(Comparison(rows[0]["stage"], pair, moved, settled))
        if len(pair[0].rows) > 2:
            moved = pair[0].rows[-1]["settled"], pair[1].rows[-1]["settled"]
            found.append(Comparison(None, pair, moved, (pair[0].settled, pair[1].settled)))
    return [comparison for comparison in found if min(comparison.settled) >= FEW]
