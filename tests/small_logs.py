"""Logs of a few rows, built by plain Python sorting: no reader, no engine."""

from __future__ import annotations

import numpy as np

from journeymap.events.log import EventLog
from journeymap.events.quality import Quality
from journeymap.events.store import NO_KEY, Column, Store


def small_log(rows, *, keys=None, columns=None, data_end=None, unit="s", timezone="UTC", session_gap="30min"):
    """Build a log from (customer, event, at) rows, sequence keys beside them and columns of values."""
    keys, columns = keys if keys is not None else [None] * len(rows), columns or {}
    order = sorted(
        range(len(rows)),
        key=lambda i: (
            rows[i][0],
            rows[i][2],
            keys[i] is None,
            keys[i] or 0,
            rows[i][1],
            [(values[i] is not None, str(values[i])) for values in columns.values()],
        ),
    )
    customers = sorted({row[0] for row in rows})
    names = sorted({row[1] for row in rows})
    who = [customers.index(rows[i][0]) for i in order]
    store = Store(
        customers=np.array(customers, dtype=object),
        offsets=np.searchsorted(who, np.arange(len(customers) + 1)).astype(np.int64),
        at=np.array([rows[i][2] for i in order], dtype=np.int64),
        unit=unit,
        event=np.array([names.index(rows[i][1]) for i in order], dtype=np.uint16),
        event_names=np.array(names, dtype=object),
        sequence=None
        if not any(key is not None for key in keys)
        else np.array([NO_KEY if keys[i] is None else keys[i] for i in order], dtype=np.int64),
        row=np.array(order, dtype=np.int64),
        columns={name: _column([values[i] for i in order]) for name, values in columns.items()},
    )
    end = max((row[2] for row in rows), default=0) if data_end is None else data_end
    return EventLog(
        store=store, quality=Quality(rows=len(rows)), timezone=timezone, session_gap=session_gap, data_end=end
    )


def _column(values):
    known = sorted({value for value in values if value is not None})
    kind = object if any(isinstance(value, str) for value in known) or not known else None
    codes = [-1 if value is None else known.index(value) for value in values]
    return Column(np.array(codes, dtype=np.int32), np.array(known, dtype=kind))
