"""Where in the journey a customer was: the passages of attempts through stages, and the one that an answer falls into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.counting.kernels import FOREVER
from journeymap.events.selecting import event_mask
from journeymap.events.sessions import sessions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.counting.search import Best
    from journeymap.events.log import EventLog
    from journeymap.rules import Rule

    Whole = NDArray[np.int64]

UNKNOWN, NEVER, BEFORE, BEYOND = "of customers not in the log", "of customers who never entered", "before the first stage", "beyond the window"  # fmt: skip
"""Why an answer belongs to no stage."""


@dataclass(frozen=True)
class Passages:
    """Stages that attempts reached, one row each, sorted by customer, time and position.

    Attributes
    ----------
    customer, unit
        The code of the customer, and of what is counted.
    stage
        The position of the stage, from 0.
    begin, end
        When the attempt reached it and, exclusive, the next one (never: ``FOREVER``).
    until
        The end of the attempt's window, inclusive.
    """

    customer: Whole
    unit: Whole
    stage: Whole
    begin: Whole
    end: Whole
    until: Whole


def passages(log: EventLog, found: Attempts, best: Best, *, window: str | None) -> Passages:
    """List the stages that attempts reached."""
    rows = found.rows_of(best)
    units = [np.flatnonzero(rows[:, position] >= 0) for position in range(rows.shape[1])]
    unit = np.concatenate(units)
    stage = np.repeat(np.arange(len(units)), [len(one) for one in units])
    begin = np.concatenate([found.reached_at(best, one, position) for position, one in enumerate(units)])
    order = np.lexsort((stage, begin, unit))
    unit, stage, begin = unit[order], stage[order], begin[order]
    end = np.append(np.where(unit[1:] == unit[:-1], begin[1:], FOREVER), [FOREVER] * bool(len(unit)))
    customer, until = found.customers(log, best)[unit], _until(log, found, best, window)[unit]
    columns = (customer, unit, stage, begin, end.astype(np.int64), until)
    by_customer = np.lexsort((stage, begin, customer))
    return Passages(*(column[by_customer] for column in columns))


def _until(log: EventLog, found: Attempts, best: Best, window: str | None) -> Whole:
    """Return for each unit the last instant of its attempt's window."""
    entry = np.maximum(best.entry, 0)
    if window is None or not len(found.rows.at):
        return np.full(len(entry), FOREVER)
    if window != "session":
        return found.rows.at[entry] + log.length(window)
    sessions = sessions_of(log)
    return log.visible.at[sessions.first[sessions.of_event[found.rows.index[entry]] + 1] - 1]


@dataclass(frozen=True)
class Places:
    """Where answers belong, one element each.

    Attributes
    ----------
    customer, unit, stage
        The code of the customer in the log, of the attempt's unit, and the position of the stage; -1 for none.
    step
        The position of the step among those that were asked for; -1 for none.
    why_not
        Why an answer belongs to no stage; empty if it does.
    """

    customer: Whole
    unit: Whole
    stage: Whole
    step: Whole
    why_not: NDArray[Any]


def places_of(
    log: EventLog, reached: Passages, answers: pd.DataFrame, *, steps: Sequence[tuple[int, Rule]]
) -> Places:
    """Say to which stage and step each answer belongs.

    The stage is the last one that its customer's counted attempt reached at or before the answer, if the answer lies within the
    attempt's window. The step is the one whose latest event, at or after the stage was reached and at or before the answer, is
    the latest; of an event that is several steps the first one listed.

    Parameters
    ----------
    answers
        Has the columns `customer` and `at`.
    steps
        For each step the position of its stage, and its events.
    """
    customer = customers_of(log, answers)
    at = instants_of(log, answers["at"])
    offsets = np.searchsorted(reached.customer, np.arange(len(log.store.customers) + 1))
    known = np.maximum(customer, 0)
    row = last_until(offsets, reached.begin, known, at)
    none = (customer < 0) | (row < offsets[known])
    late = ~none & (at > _taken(reached.until, row))
    entered = (customer >= 0) & (offsets[known] < offsets[known + 1])
    why_not = np.select([customer < 0, ~entered, none, late], [UNKNOWN, NEVER, BEFORE, BEYOND], "").astype(
        object
    )
    outside = none | late
    stage = np.where(outside, -1, _taken(reached.stage, row))
    unit = np.where(outside, -1, _taken(reached.unit, row))
    step = _steps(log, known, at, stage=stage, since=_taken(reached.begin, row), steps=steps)
    return Places(customer, unit, stage, step, why_not)


def customers_of(log: EventLog, answers: pd.DataFrame) -> Whole:
    """Return the code of the customer of each answer; -1 for those of whom the log, as it is filtered, has no event."""
    customer = pd.Index(np.asarray(log.store.customers)).get_indexer(answers["customer"]).astype(np.int64)
    return np.where((customer >= 0) & log.active[np.maximum(customer, 0)], customer, -1)


def _steps(
    log: EventLog,
    customer: Whole,
    at: Whole,
    *,
    stage: Whole,
    since: Whole,
    steps: Sequence[tuple[int, Rule]],
) -> Whole:
    visible = log.visible
    last = last_until(visible.offsets, visible.at, customer, at)
    found, latest = np.full(len(at), -1), np.full(len(at), -1)
    for place, (position, rule) in enumerate(steps):
        event = _taken(latest_rows(event_mask(log, rule)), last)
        inside = (stage == position) & (event >= visible.offsets[customer]) & (last >= 0)
        inside &= _taken(visible.at, event) >= since
        better = inside & (event > latest)
        found[better], latest[better] = place, event[better]
    return found


def last_until(offsets: Whole, at: Whole, group: Whole, instant: Whole) -> Whole:
    """Return the last row of each group at or before an instant; the row before the group's first if there is none.

    Rows of a group lie from `offsets` on, by time.

    Examples
    --------
    >>> offsets, at = np.array([0, 2, 3]), np.array([5, 8, 1])
    >>> last_until(offsets, at, np.array([0, 0, 1]), np.array([7, 4, 9])).tolist()
    [0, -1, 2]
    """
    low, high = offsets[group].copy(), offsets[group + 1].copy()
    while (open_ := low < high).any():
        middle = (low + high) // 2
        passed = open_ & (_taken(at, middle) <= instant)
        low, high = np.where(passed, middle + 1, low), np.where(open_ & ~passed, middle, high)
    return low - 1


def latest_rows(mask: NDArray[np.bool_]) -> Whole:
    """Return for each row the latest row up to it that is picked, -1 for none."""
    return np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))


def next_rows(mask: NDArray[np.bool_]) -> Whole:
    """Return for each row the first row from it on that is picked, and the number of rows for none."""
    return np.minimum.accumulate(np.where(mask, np.arange(len(mask)), len(mask))[::-1])[::-1]


def _taken(values: Whole, rows: Whole) -> Whole:
    """Return values at rows; any value where a row is out of bounds."""
    return values[np.clip(rows, 0, len(values) - 1)] if len(values) else np.zeros(len(rows), np.int64)


def instants_of(log: EventLog, moments: pd.Series) -> Whole:
    """Turn moments into instants of the store, rounded down."""
    plain = moments.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[ns]")
    return plain.astype(f"datetime64[{log.store.unit}]").astype(np.int64)
