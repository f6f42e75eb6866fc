"""What one customer did, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.errors import DataError, listing

if TYPE_CHECKING:
    from journeymap.events.log import EventLog


def timeline_of(log: EventLog, customer: str) -> pd.DataFrame:
    """List the visible events of one customer, as :meth:`~journeymap.events.log.EventLog.timeline` does."""
    code = int(np.searchsorted(log.store.customers, customer))
    if code >= len(log.store.customers) or log.store.customers[code] != customer:
        raise DataError(
            f"There is no customer {customer!r} in the log.",
            right=f"There is {listing(log.store.customers, most=3)}.",
        )
    begin, end = log.visible.offsets[code : code + 2]
    rows = np.arange(begin, end) if log.visible.rows is None else log.visible.rows[begin:end]
    taken = {"at", "event"}
    properties = {
        f"{name} (property)" if name in taken else name: column.take(rows)
        for name, column in log.store.columns.items()
    }
    names = log.store.event_names[log.store.event[rows]]
    return pd.DataFrame({"at": log.moments(log.store.at[rows]), "event": names, **properties})
