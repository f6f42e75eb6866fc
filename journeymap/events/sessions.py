"""Sessions: a customer's visible events with no pause longer than the session gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.events.log import EventLog


@dataclass(frozen=True)
class Sessions:
    """The sessions of a log, in order of customer and time.

    Attributes
    ----------
    of_event
        The session of each visible event, from 0.
    first
        The visible event that begins each session; one longer than the sessions.
    over
        Whether each session is over: a pause longer than the gap has passed, or would have by the data end.
    """

    of_event: NDArray[np.int64]
    first: NDArray[np.int64]
    over: NDArray[np.bool_]

    @property
    def number(self) -> int:
        """How many sessions there are."""
        return len(self.over)


def sessions_of(log: EventLog, *, gap: str | None = None) -> Sessions:
    """Divide the visible events into sessions; held by the log.

    Parameters
    ----------
    gap
        The longest pause within a session; None is the log's own.
    """
    gap = gap or log.session_gap
    return log.held.get(("sessions", gap), lambda: _divide(log, log.length(gap)))


def _divide(log: EventLog, gap: int) -> Sessions:
    visible = log.visible
    begins = np.ones(len(visible.at), dtype=bool)
    begins[1:] = np.diff(visible.at) > gap
    offsets = visible.offsets[:-1]
    begins[offsets[offsets < len(begins)]] = True
    first = np.append(np.flatnonzero(begins), len(begins))
    over = visible.at[first[1:] - 1] + gap <= log.data_end
    return Sessions(np.cumsum(begins) - 1, first, over)
