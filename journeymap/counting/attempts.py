"""Every customer's best attempt at a journey: the vectors from which funnels, splits and lists are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import FOREVER, best_attempts
from journeymap.counting.running import over_customers
from journeymap.counting.stage_rows import StageRows, stage_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

Period = tuple[int, int]
ALWAYS: Period = (-FOREVER, FOREVER)


@dataclass(frozen=True)
class Attempts:
    """One place per customer of the store.

    Attributes
    ----------
    depth, settled_depth
        How many stages the best attempt reached, over all entries and over the settled ones; 0 is no entry.
    entry, settled_entry
        The row of `rows` at which it entered, or -1.
    still_open
        Whether any entry is not settled.
    settled_at
        When the best settled attempt reached each stage, customers x stages; undefined beyond its depth.
        Without a window every entry counts here, as none ever settles.
    rows
        The rows that were searched.
    """

    depth: NDArray[np.int8]
    entry: NDArray[np.int64]
    still_open: NDArray[np.bool_]
    settled_depth: NDArray[np.int8]
    settled_entry: NDArray[np.int64]
    settled_at: NDArray[np.int64]
    rows: StageRows


def attempts(log: EventLog, journey: Journey, *, counting: Counting, period: Period = ALWAYS) -> Attempts:
    """Search each customer's best attempt; held by the log, so that splits of it cost no new search.

    Parameters
    ----------
    period
        Entries lie in [from, to), in instants of the store.
    """
    rules = [stage.rule for stage in journey.stages]
    asked = ("attempts", *rules, counting, period)
    window = _window(log, counting)
    return log.held.get(
        asked, lambda: _search(log, stage_rows(log, journey.stages), len(rules), window=window, period=period)
    )


def reached_at(
    log: EventLog, journey: Journey, *, counting: Counting, period: Period = ALWAYS
) -> NDArray[np.int64]:
    """Return when the best attempt of each customer, settled or not, reached each stage (customers x stages)."""
    rows = stage_rows(log, journey.stages)
    window = _window(log, counting)
    return _search(
        log, rows, len(journey.stages), window=window, period=period, settled_until=FOREVER
    ).settled_at


def taken(values: NDArray[Any], rows: NDArray[Any], *, missing: int) -> NDArray[Any]:
    """Return the values at some rows, and `missing` where the row is -1."""
    if not len(values):
        return np.full(len(rows), missing, dtype=np.int64)
    return np.where(rows >= 0, values[rows], missing)


def _window(log: EventLog, counting: Counting) -> int | None:
    return None if counting.window is None else log.length(counting.window)


def _search(
    log: EventLog,
    rows: StageRows,
    n_stages: int,
    *,
    window: int | None,
    period: Period,
    settled_until: int | None = None,
) -> Attempts:
    n_customers = len(rows.offsets) - 1
    if settled_until is None:
        settled_until = FOREVER if window is None else log.data_end - window
    found = Attempts(
        depth=np.zeros(n_customers, np.int8),
        entry=np.full(n_customers, -1, np.int64),
        still_open=np.zeros(n_customers, np.bool_),
        settled_depth=np.zeros(n_customers, np.int8),
        settled_entry=np.full(n_customers, -1, np.int64),
        settled_at=np.zeros((n_customers, n_stages), np.int64),
        rows=rows,
    )
    limits: tuple[Any, ...] = (n_stages, FOREVER if window is None else window, *period, settled_until)
    vectors = (
        found.depth,
        found.entry,
        found.still_open,
        found.settled_depth,
        found.settled_entry,
        found.settled_at,
    )
    over_customers(
        best_attempts, rows.offsets, rows.offsets, rows.at, rows.stages, rows.sequence, *limits, *vectors
    )
    if window is None:
        found.still_open[:] = found.depth > 0
    return found
