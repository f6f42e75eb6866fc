"""The table and the scope of retention, from counts by cohort and offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.intervals import wilson
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.splitting import reading_of
from journeymap.counting.calendar import begin_of
from journeymap.counting.returns import COHORT, CUSTOMERS, OFFSET
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journeymap.counting.calendar import Unit
    from journeymap.events.log import EventLog
    from journeymap.events.warehouse.log import WarehouseLog


def table_of(
    parts: Mapping[str, pd.DataFrame],
    log: EventLog | WarehouseLog,
    *,
    unit: Unit,
    periods: int,
    counted: str,
    tick: int,
) -> pd.DataFrame:
    """Write counts as :attr:`Retention.table` has them.

    Parameters
    ----------
    parts
        For each segment customers by cohort and offset; with ``counted="on or after"`` by the last offset of each.
    tick
        The least difference between two instants of the log.
    """
    rows = []
    for segment, cells in parts.items():
        of_each: Any = cells.groupby(COHORT)
        for cohort, of_cohort in of_each:
            numbers = dict(zip(of_cohort[OFFSET].astype(int), of_cohort[CUSTOMERS].astype(int), strict=True))
            size = numbers.pop(0)
            begin = begin_of(int(cohort), unit, log.zone)
            for period in range(periods + 1):
                if log.instant(begin_of(int(cohort) + period, unit, log.zone)) > log.data_end:
                    break
                over = log.instant(begin_of(int(cohort) + period + 1, unit, log.zone)) - tick <= log.data_end
                back = size if period == 0 else _returned(numbers, period, counted)
                rows.append((segment, begin, period, size, back, over))
    names = ["segment", "cohort", "period", "customers", "returned", "complete"]
    table = pd.DataFrame(rows, columns=names)
    table["cohort"] = pd.to_datetime(table["cohort"], utc=True).dt.tz_convert(log.zone)
    table = table.astype(
        {"segment": "str", "period": "int64", "customers": "int64", "returned": "int64", "complete": "bool"}
    )
    low, high = wilson(table["returned"], table["customers"])
    table.insert(5, "share", table["returned"] / np.maximum(table["customers"], 1))
    table.insert(6, "low", low)
    table.insert(7, "high", high)
    return table


def _returned(numbers: Mapping[int, int], period: int, counted: str) -> int:
    if counted == "on":
        return numbers.get(period, 0)
    return sum(customers for last, customers in numbers.items() if last >= period)


def scope_of(
    log: EventLog | WarehouseLog,
    number: int,
    asked: tuple[Any, ...],
) -> Scope:
    """Say who was counted, when and under which rules; `asked` is start, back, unit, periods, counted, segments, period."""
    start, back, unit, _, counted, segments, bounds = asked
    begin, end = seen_period(log, bounds)
    when = "in that or a later one" if counted == "on or after" else "in that one"
    return Scope(
        what=f"First {words_of(start)}",
        counted=number,
        of=log.n_customers,
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            f"Return: {words_of(back)}, by calendar {unit}, {when}.",
            *reading_of(segments),
            "Shares of all who started. Intervals 95 %: Wilson.",
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(*asked, log.filters),
        data=log.fingerprint,
    )
