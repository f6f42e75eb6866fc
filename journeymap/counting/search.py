"""The search for attempts: one for each unit, or every one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.running import over_customers
from journeymap.counting.search_kernels import choose_attempts, choose_strands, every_attempt
from journeymap.counting.searching import in_room

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.plan import Numbers
    from journeymap.counting.searching import Rules
    from journeymap.counting.stage_rows import StageRows
    from journeymap.counting.units import Strands


@dataclass(frozen=True)
class Best:
    """The attempt that represents each unit.

    Attributes
    ----------
    depth
        How many required stages it got to, those before its entry included; 0 is no attempt.
    start
        The required stage at which it entered, from 0; not 0 only where attempts may begin at any stage.
    entry
        The row at which it entered, or -1.
    excluded
        Whether an excluded event ended it.
    """

    depth: NDArray[np.int8]
    start: NDArray[np.int8]
    entry: NDArray[np.int64]
    excluded: NDArray[np.bool_]

    @property
    def vectors(self) -> tuple[NDArray[Any], ...]:
        """The four, in this order."""
        return self.depth, self.start, self.entry, self.excluded

    def only(self, kept: NDArray[np.bool_]) -> Best:
        """Return this with no attempt where nothing is kept."""
        return Best(
            np.where(kept, self.depth, 0).astype(np.int8),
            np.where(kept, self.start, 0).astype(np.int8),
            np.where(kept, self.entry, -1),
            self.excluded & kept,
        )


def searched_arrays(rows: StageRows, quiet: NDArray[np.int64], numbers: Numbers) -> tuple[Any, ...]:
    """Return the arrays that every search takes, in their order."""
    return (
        rows.offsets,
        rows.at,
        rows.stages,
        rows.sequence,
        quiet,
        numbers.rules,
        numbers.gaps,
        numbers.spans,
    )


def best_attempt_of(
    strands: Strands, quiet: NDArray[np.int64], numbers: Numbers, settled_until: int
) -> tuple[Best, Best, NDArray[np.bool_]]:
    """Return the attempt that represents each unit, over all entries and over the settled ones, and who is still open."""
    offsets, rules = strands.rows.offsets, numbers.rules
    n_strands = len(offsets) - 1
    overall, settled = _nothing(n_strands), _nothing(n_strands)
    finished, settled_finished = np.zeros(n_strands, dtype=np.int64), np.zeros(n_strands, dtype=np.int64)
    still_open = np.zeros(n_strands, dtype=bool)
    over_customers(
        in_room(choose_attempts, strands.rows.longest),
        offsets,
        *searched_arrays(strands.rows, quiet, numbers),
        settled_until,
        strands.over,
        still_open,
        *overall.vectors,
        finished,
        *settled.vectors,
        settled_finished,
    )
    if strands.unit is None:
        return overall, settled, still_open
    best = _best_of_strands(overall, finished, strands, rules)
    best_settled = _best_of_strands(settled, settled_finished, strands, rules)
    open_units = np.zeros(strands.n_units, dtype=bool)
    if rules.first_only:
        entered = np.flatnonzero(best.entry >= 0)
        open_units[entered] = still_open[_strand_of(strands.rows, best.entry[entered])]
    else:
        open_units[strands.unit[still_open]] = True
    return best, best_settled, open_units


def every_attempt_of(
    strands: Strands, quiet: NDArray[np.int64], numbers: Numbers, settled_until: int
) -> tuple[Best, Best, NDArray[np.bool_]]:
    """Return every attempt, the settled ones among them, and which are still open."""
    rows = strands.rows
    started, finished = _nothing(len(rows.at)), np.zeros(len(rows.at), dtype=np.int64)
    over_customers(
        in_room(every_attempt, rows.longest),
        rows.offsets,
        *searched_arrays(rows, quiet, numbers),
        *started.vectors,
        finished,
    )
    places = np.flatnonzero(started.depth)
    overall = Best(*(vector[places] for vector in started.vectors))
    is_settled = rows.at[places] <= settled_until
    if len(strands.over):
        is_settled |= strands.over[_strand_of(rows, places)]
    return overall, overall.only(is_settled), ~is_settled


def _strand_of(rows: StageRows, entries: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(rows.offsets, entries, side="right") - 1


def _best_of_strands(found: Best, finished: NDArray[np.int64], strands: Strands, rules: Rules) -> Best:
    """Choose among the strands of each unit as among attempts."""
    winner = np.full(strands.n_units, -1)
    merits = (found.depth, found.start, found.entry, finished, strands.rows.at)
    choose_strands(strands.unit, *merits, rules.latest, rules.first_only, winner)
    best, units = _nothing(strands.n_units), np.flatnonzero(winner >= 0)
    for vector, of_strands in zip(best.vectors, found.vectors, strict=True):
        vector[units] = of_strands[winner[units]]
    return best


def _nothing(n: int) -> Best:
    """Return room for the attempts of so many units, none so far."""
    return Best(np.zeros(n, np.int8), np.zeros(n, np.int8), np.full(n, -1), np.zeros(n, np.bool_))
