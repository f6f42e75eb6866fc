"""What is counted: customers, sessions or the values of a column; and the rows that one attempt of each may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import latest_before
from journeymap.events.sessions import sessions_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.counting.stage_rows import StageRows
    from journeymap.events.log import EventLog


@dataclass(frozen=True)
class Strands:
    """Rows in strands: a strand holds what one attempt may take, all rows of a unit or those that share a value or a session.

    Attributes
    ----------
    rows
        The rows; `offsets` say where those of each strand begin.
    unit
        The unit of each strand, ascending; None where strands are units.
    n_units
        How many units there are.
    over
        For each strand whether its session is over; empty where attempts are not bound to sessions.
    """

    rows: StageRows
    unit: NDArray[np.int64] | None
    n_units: int
    over: NDArray[np.bool_]


def strands_of(log: EventLog, rows: StageRows, counting: Counting) -> Strands:
    """Divide rows into the strands within which attempts are searched."""
    n_customers = len(rows.offsets) - 1
    if counting.unit == "customer" and not counting.same and not counting.in_sessions:
        return Strands(rows, None, n_customers, np.empty(0, dtype=bool))
    units, n_units = _units(log, rows, counting)
    keys = [log.codes(name)[rows.index].astype(np.int64) for name in counting.same]
    if counting.in_sessions:
        keys.append(sessions_of(log).of_event[rows.index])
    kept = np.flatnonzero(np.logical_and.reduce([key >= 0 for key in (units, *keys)]))
    order = kept[_order(rows, units, keys, kept)]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = np.logical_or.reduce([key[order[1:]] != key[order[:-1]] for key in (units, *keys)])
    first = np.flatnonzero(begins)
    over = np.empty(0, dtype=bool)
    if counting.in_sessions:
        over = sessions_of(log).over[keys[-1][order[first]]]
    return Strands(_taken(rows, order, np.append(first, len(order))), units[order[first]], n_units, over)


def unit_names(log: EventLog, counting: Counting, rows: StageRows, entry: NDArray[np.int64]) -> NDArray[Any]:
    """Return what the units that enter at some rows are called: the customer, or the value of the unit's column."""
    events = rows.index[entry]
    if counting.unit in ("customer", "session"):
        return log.store.customers[log.visible.customer[events]]
    return log.column(counting.unit).values[log.codes(counting.unit)[events]]


def n_units(log: EventLog, counting: Counting) -> int:
    """Count the units that have a visible event at all."""
    match counting.unit:
        case "customer":
            return log.n_customers
        case "session":
            return sessions_of(log).number
        case _:
            codes = log.codes(counting.unit)
            return len(np.unique(codes[codes >= 0]))


def _units(log: EventLog, rows: StageRows, counting: Counting) -> tuple[NDArray[np.int64], int]:
    """Return the unit of each row, -1 for none, and how many units there may be."""
    match counting.unit:
        case "customer":
            n_customers = len(rows.offsets) - 1
            return np.repeat(np.arange(n_customers), np.diff(rows.offsets)), n_customers
        case "session":
            sessions = sessions_of(log)
            return sessions.of_event[rows.index], sessions.number
        case column:
            codes = log.codes(column)[rows.index].astype(np.int64)
            return codes, len(log.column(column).values)


def _order(
    rows: StageRows, units: NDArray[np.int64], keys: list[NDArray[np.int64]], kept: NDArray[np.int64]
) -> NDArray[np.int64]:
    keyed = [rows.sequence[kept]] if len(rows.sequence) else []
    within: list[NDArray[np.int64]] = [rows.index[kept], *keyed, rows.at[kept]]
    strands = [key[kept] for key in reversed(keys)]
    return np.lexsort((*within, *strands, units[kept]))


def _taken(rows: StageRows, order: NDArray[np.int64], offsets: NDArray[np.int64]) -> StageRows:
    sequence = rows.sequence[order] if len(rows.sequence) else rows.sequence
    return replace(
        rows,
        offsets=offsets,
        at=rows.at[order],
        stages=rows.stages[order],
        sequence=sequence,
        index=rows.index[order],
    )


def quiet_since(log: EventLog, rows: StageRows, counting: Counting, *, grace: int) -> NDArray[np.int64]:
    """Return for each row the latest instant, more than `grace` earlier, at which its unit has any visible event."""
    visible = log.visible
    if counting.unit in ("customer", "session"):
        unit, offsets, at = visible.customer, visible.offsets, visible.at
    else:
        unit = log.codes(counting.unit)
        order = np.lexsort((visible.at, unit))
        at = visible.at[order]
        offsets = np.searchsorted(unit[order], np.arange(len(log.column(counting.unit).values) + 1))
    found = np.empty(len(rows.at), dtype=np.int64)
    latest_before(offsets, at, unit[rows.index], rows.at - grace, found)
    return found
