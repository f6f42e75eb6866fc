"""Who stands behind a number of a funnel, and what they did next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import FOREVER, first_after
from journeymap.counting.running import over_customers
from journeymap.events.sessions import sessions_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog


@dataclass(frozen=True)
class Listed:
    """The attempts behind a number.

    Attributes
    ----------
    customers
        The codes of the customers who entered.
    events
        The visible events at which they entered.
    entered, reached
        When they entered, and when they reached the stage.
    """

    customers: NDArray[np.int64]
    events: NDArray[np.int64]
    entered: NDArray[np.int64]
    reached: NDArray[np.int64]

    def names(self, log: EventLog, column: str) -> NDArray[Any]:
        """Return the value of a column at each entry."""
        return np.asarray([str(value) for value in log.column(column).values])[log.codes(column)[self.events]]

    def did_next(self, log: EventLog, *, window: str | None) -> NDArray[Any]:
        """Return the name of the first event of each customer after the stage, None if there is none in the window."""
        visible = log.visible
        following = np.full(len(self.customers), -1, dtype=np.int64)
        places = np.arange(len(self.customers) + 1)
        over_customers(
            first_after, places, visible.offsets, visible.at, self.customers, self.reached, following
        )
        names = np.full(len(following), None, dtype=object)
        within = (following >= 0) & (visible.at[following] <= self._until(log, window))
        names[within] = log.store.event_names[visible.event[following[within]]]
        return names

    def _until(self, log: EventLog, window: str | None) -> NDArray[np.int64] | int:
        if window is None:
            return FOREVER
        if window != "session":
            return self.entered + log.length(window)
        sessions = sessions_of(log)
        return log.visible.at[sessions.first[sessions.of_event[self.events] + 1] - 1]


def listed(
    log: EventLog, found: Attempts, units: NDArray[np.int64], position: int, *, settled: bool
) -> Listed:
    """List the attempts of some units at a stage (its position, from 0)."""
    best = found.settled if settled else found.overall
    entries = best.entry[units]
    events = found.rows.index[entries]
    return Listed(
        log.visible.customer[events].astype(np.int64),
        events,
        found.rows.at[entries],
        found.reached_at(best, units, position),
    )
