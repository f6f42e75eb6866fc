"""What is compared between the columns of a funnel."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.intervals import newcombe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from journeymap.charts.funnel_series import Series


@dataclass(frozen=True)
class Comparison:
    """The settled shares of two columns, from one stage to the next, or from the first to the last.

    Attributes
    ----------
    where
        Of whom, as in "at Buy"; None is from the first stage to the last.
    moved, settled
        Numerators and denominators.
    """

    where: str | None
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


def comparisons(series: Sequence[Series], /, *, shared: Collection[tuple[str, str]] = ()) -> list[Comparison]:
    """Return what is compared: two segments of the same group or two groups of the same segment, at every required stage.

    Two segments that share customers (a pair of `shared`) are not: the test is of two groups that have nobody in common.
    """
    found = []
    for pair in combinations(series, 2):
        if pair[0].segment != pair[1].segment and pair[0].group != pair[1].group:
            continue
        if are_shared(pair, shared):
            continue
        for rows in zip(pair[0].required[:-1], pair[1].required[:-1], strict=True):
            moved, settled = ((rows[0][name], rows[1][name]) for name in ("settled_moved_on", "settled"))
            found.append(Comparison(rows[0]["where"], pair, moved, settled))
        if len(pair[0].required) > 2 and pair[0].words.of_first:
            moved = pair[0].rows[-1]["settled"], pair[1].rows[-1]["settled"]
            found.append(Comparison(None, pair, moved, (pair[0].settled, pair[1].settled)))
    return [comparison for comparison in found if min(comparison.settled) >= FEW]


def are_shared(pair: Sequence[Series], shared: Collection[tuple[str, str]]) -> bool:
    """Whether two columns are of segments that share customers."""
    names = pair[0].segment, pair[1].segment
    return names in shared or names[::-1] in shared
