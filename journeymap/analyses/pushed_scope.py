"""What a scope says of a log that stays in its engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.scope import definition_hash
from journeymap.errors import counted

if TYPE_CHECKING:
    from journeymap.events.warehouse.log import WarehouseLog


def said_of_log(log: WarehouseLog, period: tuple[int, int] | None) -> dict[str, Any]:
    """Return period, zone, data end and filters as :class:`~journeymap.analyses.scope.Scope` takes them."""
    begin, end = log.span if period is None else (log.moment(period[0]), log.moment(period[1] - 1))
    return {
        "begin": begin,
        "end": end,
        "timezone": log.timezone,
        "complete_to": log.moment(log.data_end),
        "filters": tuple(map(str, log.filters)),
    }


def data_hash(log: WarehouseLog) -> str:
    """Hash how much the log holds, so that a chart tells when the data has changed; no row is read for it."""
    return definition_hash(log.engine, log.name, log.extent, log.data_end)


def late_events(log: WarehouseLog, period: tuple[int, int] | None) -> list[str]:
    """Say how many events enter nobody, because they are later than the data end and no period names them."""
    late = 0 if period is not None else log.extent.events - log.known_extent.events
    if not late:
        return []
    return [
        counted(late, "event after the data end is no entry.", "events after the data end are no entries.")
    ]
