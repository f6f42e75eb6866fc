"""Refreshing: what a log was read from is read again, and what was added to the log is added again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError
from journeymap.events.reading.read import read_log

if TYPE_CHECKING:
    from journeymap.events.log import EventLog


def refreshed(log: EventLog, table: Any) -> EventLog:
    """Read files again where they were read from, or a table that is given; see :meth:`EventLog.refresh`."""
    if log.origin is None or (table is None) == (log.origin.paths is None):
        raise DataError(
            "This log was read from a table." if table is None else "This log was not read from a table.",
            right="Give the table as it is now."
            if table is None
            else "Files are read again without an argument.",
            fix="log.refresh(table)" if table is None else "log.refresh()",
        )
    if table is None:
        fresh = read_log(log.origin.paths, log.origin.arguments, known=log.origin.reading)
    else:
        fresh = read_log(table, log.origin.arguments)
    for profiles, customer in log.profiles:
        fresh = fresh.with_customers(profiles, customer=customer)
    for told in log.filters:
        fresh = fresh.only(told.rule) if told.kind == "only" else fresh.without(told.rule)
    return fresh
