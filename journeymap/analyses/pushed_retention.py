"""The retention of a log that stays in its engine: the same table, from counts that the engine made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeymap.analyses.retention import Retention
from journeymap.analyses.retention_table import scope_of, table_of
from journeymap.analyses.splitting import EVERYBODY, beyond_data_end, instants
from journeymap.counting.pushdown.returns import counted_returns
from journeymap.counting.pushdown.tallies import ANY_SEGMENT, SEGMENT
from journeymap.counting.returns import CUSTOMERS, OFFSET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.analyses.retention import Counted
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Segment
    from journeymap.rules import Rule


def pushed_retention(
    log: WarehouseLog,
    /,
    *,
    start: Rule,
    back: Rule,
    unit: Any,
    periods: int,
    counted: Counted,
    segments: tuple[Segment, ...],
    period: Sequence[Any] | None,
) -> Retention:
    """Count retention inside the engine; see :func:`journeymap.retention`."""
    bounds = instants(log, period)
    last_only = counted == "on or after"
    cells = counted_returns(
        log, start, back, unit=unit, period=bounds, last_only=last_only, segments=segments
    )
    names = [segment.name for segment in segments] or [EVERYBODY]
    parts = {name: cells[cells[SEGMENT] == place] for place, name in enumerate(names)}
    everybody = cells[(cells[SEGMENT] == (ANY_SEGMENT if len(segments) > 1 else 0)) & (cells[OFFSET] == 0)]
    table = table_of(parts, log, unit=unit, periods=periods, counted=counted, tick=log.tick)
    asked = (start, back, unit, periods, counted, segments, bounds)
    scope = scope_of(log, int(everybody[CUSTOMERS].sum()), asked)
    notes = (*beyond_data_end(log, bounds), *log.notes)
    return Retention(table, scope, notes, start, back, unit, periods, counted, segments, log)
