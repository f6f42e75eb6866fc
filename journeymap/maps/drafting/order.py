"""In which order customers first take the steps of a draft."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.intervals import wilson
from journeymap.events.selecting import event_mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.maps.drafting.steps import Drafted

    Firsts = tuple[NDArray[np.int64], NDArray[np.int64]]


def in_order(log: EventLog, drafted: Sequence[Drafted]) -> list[Drafted]:
    """Put the steps of each stage in the order in which most customers who take two of them first take them there."""
    steps: list[Drafted] = []
    for _, ones in groupby(drafted, key=lambda one: one.place):
        of_stage = list(ones)
        firsts = [_firsts(log, one.rows) for one in of_stage]
        before = [0] * len(of_stage)
        for a, b in combinations(range(len(of_stage)), 2):
            forth, back = _counts(firsts[a], firsts[b])
            before[a] += forth > back
            before[b] += back > forth
        steps += [of_stage[number] for number in sorted(range(len(of_stage)), key=lambda one: -before[one])]
    return steps


def turned(log: EventLog, drafted: Sequence[Drafted]) -> list[list[int]]:
    """Return for each step the steps drawn before it that most customers who take both first take after it, beyond chance."""
    firsts = [_firsts(log, np.flatnonzero(event_mask(log, one.rule))) for one in drafted]
    found: list[list[int]] = [[] for _ in drafted]
    for a, b in combinations(range(len(drafted)), 2):
        forth, back = _counts(firsts[a], firsts[b])
        if forth + back >= FEW and wilson(back, forth + back)[0] > 0.5:
            found[b].append(a)
    return found


def _firsts(log: EventLog, rows: NDArray[np.int64]) -> Firsts:
    """Return the customers of some events, and when each of them first had one."""
    customers, places = np.unique(log.visible.customer[rows], return_index=True)
    return customers.astype(np.int64), log.visible.at[rows][places]


def _counts(a: Firsts, b: Firsts) -> tuple[int, int]:
    """Count the customers of both who had the first before the second, and the second before the first."""
    _, of_a, of_b = np.intersect1d(a[0], b[0], assume_unique=True, return_indices=True)
    at_a, at_b = a[1][of_a], b[1][of_b]
    return int((at_a < at_b).sum()), int((at_a > at_b).sum())
