"""Why two sets of rules count differently: one reason for each customer on whom they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeymap.counting.attempts import attempts
from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts, Period
    from journeymap.counting.contract import Counting
    from journeymap.counting.search import Best
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

Count = Literal["customers", "settled"]

REASONS: dict[str, tuple[str, ...]] = {
    "date range": ("bounds",),
    "unsettled": ("open",),
    "tie": ("ties", "tolerance"),
    "window": ("window",),
    "attempt": ("attempts", "represent", "entry"),
    "exclusion": ("exclude", "excluded"),
    "event reuse": ("reuse",),
    "order": ("order", "anchored"),
    "held the same": ("same",),
}
"""The reasons in the order in which the rules are changed, each with its fields of :class:`journeymap.Counting`."""


@dataclass(frozen=True)
class Reasons:
    """What became of each unit under two sets of rules, and which rule their difference is put down to.

    Attributes
    ----------
    names
        The reasons for which rules were changed, in that order.
    of_unit
        For each unit the place of its reason among the names, or -1 where the rules agree on it.
    under_a, under_b
        Which stages each unit entered (stages x units).
    entered_a, entered_b
        When each unit's attempt entered; undefined where there is none.
    """

    names: tuple[str, ...]
    of_unit: NDArray[np.int64]
    under_a: NDArray[np.bool_]
    under_b: NDArray[np.bool_]
    entered_a: NDArray[np.int64]
    entered_b: NDArray[np.int64]


def reasons_of(
    log: EventLog, journey: Journey, a: Counting, b: Counting, *, period: Period, count: Count
) -> Reasons:
    """Change the rules of `a` into those of `b`, one reason after another, and see whose result each change changes.

    A unit's reason is the last change that changed the stages it entered: from there on its result is that under `b`.
    """
    stages = len(journey.stages)

    def searched(counting: Counting) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        found = attempts(log, journey, counting=counting, period=period)
        best = found.overall if count == "customers" else found.settled
        return np.stack([found.entered(best, k) for k in range(stages)]), _entered_at(found, best)

    under_a, entered_a = searched(a)
    under_b, entered_b = under_a, entered_a
    of_unit = np.full(under_a.shape[1], -1, dtype=np.int64)
    names: list[str] = []
    for reason, counting in changes(a, b):
        before = under_b
        under_b, entered_b = searched(counting)
        of_unit[(under_b != before).any(axis=0)] = len(names)
        names.append(reason)
    of_unit[(under_a == under_b).all(axis=0)] = -1
    return Reasons(tuple(names), of_unit, under_a, under_b, entered_a, entered_b)


def changes(a: Counting, b: Counting) -> Iterator[tuple[str, Counting]]:
    """Yield the rules on the way from `a` to `b`, each with the reason whose rules were changed last.

    A rule that has no meaning before a later one is changed (an exclusion, as long as stages may come in any order) is
    changed together with that one, under its name.

    Examples
    --------
    >>> from journeymap.counting.contract import Counting
    >>> [reason for reason, _ in changes(Counting(), Counting(window="7d", ties="either"))]
    ['tie', 'window']
    """
    waiting: dict[str, object] = {}
    for reason, fields in REASONS.items():
        waiting |= {name: getattr(b, name) for name in fields if getattr(a, name) != getattr(b, name)}
        if not waiting:
            continue
        try:
            a = replace(a, **waiting)  # type: ignore[arg-type]
        except DefinitionError:
            continue
        waiting = {}
        yield reason, a


def _entered_at(found: Attempts, best: Best) -> NDArray[np.int64]:
    if not len(found.rows.at):
        return np.zeros(len(best.entry), dtype=np.int64)
    return found.rows.at[np.maximum(best.entry, 0)]
