"""Who came back when: the calendar period of each customer's start, and those in which they returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.counting.calendar import period_of
from journeymap.events.selecting import event_mask
from journeymap.events.store import NANOSECONDS_IN
from journeymap.events.warehouse.zones import SECOND, changes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journeymap.counting.calendar import Unit
    from journeymap.events.log import EventLog
    from journeymap.rules import Rule

COHORT, OFFSET, CUSTOMERS = "cohort", "offset", "customers"


def started(log: EventLog, start: Rule, *, unit: Unit, period: tuple[int, int]) -> NDArray[np.int64]:
    """Return for each customer of the store the calendar period of the first start in [from, to), -1 for none."""
    at = log.visible.at
    rows = np.flatnonzero(event_mask(log, start) & (at >= period[0]) & (at < period[1]))
    customers, first = np.unique(log.visible.customer[rows], return_index=True)
    cohort = np.full(len(log.store.customers), -1, dtype=np.int64)
    cohort[customers] = period_of(shown(log, at[rows[first]]), unit, second=_second(log))
    return cohort


def returned(
    log: EventLog, back: Rule, cohort: NDArray[np.int64], *, unit: Unit, last_only: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return customers and the periods after their start in which they returned, each pair once; or the last of them."""
    visible = log.visible
    rows = np.flatnonzero(
        event_mask(log, back) & (visible.at <= log.data_end) & (cohort[visible.customer] >= 0)
    )
    customer = visible.customer[rows].astype(np.int64)
    offset = period_of(shown(log, visible.at[rows]), unit, second=_second(log)) - cohort[customer]
    customer, offset = customer[offset > 0], offset[offset > 0]
    if last_only:
        last = np.zeros(len(cohort), dtype=np.int64)
        np.maximum.at(last, customer, offset)
        customer = np.flatnonzero(last)
        return customer, last[customer]
    pairs = np.unique(np.stack([customer, offset]), axis=1) if len(customer) else np.zeros((2, 0), np.int64)
    return pairs[0], pairs[1]


def cells(
    cohort: NDArray[np.int64],
    found: tuple[NDArray[np.int64], NDArray[np.int64]],
    masks: Mapping[str, NDArray[np.bool_]],
) -> dict[str, pd.DataFrame]:
    """Count the customers of each segment by cohort and offset; offset 0 is the cohort itself."""
    customer, offset = found
    parts = {}
    for name, mask in masks.items():
        chosen = mask[customer]
        frame = pd.DataFrame(
            {
                COHORT: np.concatenate([cohort[mask & (cohort >= 0)], cohort[customer[chosen]]]),
                OFFSET: np.concatenate([np.zeros((mask & (cohort >= 0)).sum(), np.int64), offset[chosen]]),
            }
        )
        parts[name] = frame.value_counts([COHORT, OFFSET]).rename(CUSTOMERS).reset_index()
    return parts


def shown(log: EventLog, at: NDArray[np.int64]) -> NDArray[Any]:
    """Return what the clocks of the zone of reports show at instants, in the unit of the store."""
    if not len(at):
        return at
    size = NANOSECONDS_IN[log.store.unit]
    first, last = (int(edge) * size // 1_000 for edge in (at.min(), at.max()))
    changes = changes_of(log.zone, first, last)
    begins = np.array([-(-begin * 1_000 // size) for begin, _ in changes], dtype=np.int64)
    offsets = np.array([offset * 1_000 // size for _, offset in changes], dtype=np.int64)
    return at + offsets[np.maximum(np.searchsorted(begins, at, side="right") - 1, 0)]


def _second(log: EventLog) -> int:
    return SECOND * 1_000 // NANOSECONDS_IN[log.store.unit]
