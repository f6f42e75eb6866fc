"""How many units a log has inside an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymap.counting.contract import Counting
    from journeymap.events.warehouse.log import WarehouseLog


def n_units(log: WarehouseLog, counting: Counting) -> int:
    """Count the units that have a visible event at all."""
    if counting.unit == "customer":
        return log.n_customers
    rows = log.rows.filter(log.rows[counting.unit].notnull())
    return int(rows.select(counting.unit).distinct().count().execute())
