"""How many units a log has inside an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.events.warehouse.asking import answer

if TYPE_CHECKING:
    from journeymap.counting.contract import Counting
    from journeymap.events.warehouse.log import WarehouseLog


def n_units(log: WarehouseLog, counting: Counting) -> int:
    """Count the units that have a visible event at all."""
    if counting.unit == "customer":
        return log.n_customers
    rows = log.rows.filter(log.rows[counting.unit].notnull())
    return int(answer(rows.select(counting.unit).distinct().count().as_table()).iloc[0, 0])
