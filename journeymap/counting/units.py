"""What is counted: customers, sessions or the values of a column; and the rows that one attempt of each may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import bring_together, latest_before
from journeymap.counting.running import over_customers
from journeymap.events.sessions import sessions_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.contract import Counting
    from journeymap.counting.stage_rows import StageRows
    from journeymap.events.log import EventLog


MOST_CODES = 1 << 20
"""Beyond this many combinations of values only those that occur get a code."""


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
    if not counting.same and counting.unit in ("customer", "session"):
        return _in_sessions(log, rows, by_customer=counting.unit == "customer")
    rows, n_units = _by_unit(log, rows, counting)
    codes = [log.codes(name)[rows.index].astype(np.int64) for name in counting.same]
    sizes = [len(log.column(name).values) for name in counting.same]
    if counting.in_sessions:
        codes.append(_sessions_within(log, rows))
        sizes.append(int(codes[-1].max(initial=-1)) + 1)
    unit_of_row = np.repeat(np.arange(n_units), np.diff(rows.offsets))
    joint, n_joint = _joint(codes, sizes, len(rows.at))
    order, begins = np.full(len(rows.at), -1), np.zeros(len(rows.at), dtype=bool)
    over_customers(bring_together, rows.offsets, rows.offsets, joint, n_joint, order, begins)
    kept = order >= 0
    order, first = order[kept], np.flatnonzero(begins[kept])
    over = np.empty(0, dtype=bool)
    if counting.in_sessions:
        sessions = sessions_of(log)
        over = sessions.over[sessions.of_event[rows.index[order[first]]]]
    return Strands(
        _taken(rows, order, np.append(first, len(order))), unit_of_row[order[first]], n_units, over
    )


def _in_sessions(log: EventLog, rows: StageRows, *, by_customer: bool) -> Strands:
    """Make each session a strand; its rows stand together already."""
    sessions = sessions_of(log)
    session = sessions.of_event[rows.index]
    first = np.flatnonzero(np.diff(session, prepend=-1))
    over, n_customers = sessions.over[session[first]], len(rows.offsets) - 1
    in_strands = replace(rows, offsets=np.append(first, len(session)))
    if not by_customer:
        return Strands(in_strands, None, len(first), over)
    return Strands(in_strands, log.visible.customer[rows.index[first]].astype(np.int64), n_customers, over)


def _by_unit(log: EventLog, rows: StageRows, counting: Counting) -> tuple[StageRows, int]:
    """Bring rows together by unit, in order of time; those of no unit are left out."""
    if counting.unit == "customer":
        return rows, len(rows.offsets) - 1
    if counting.unit == "session":
        sessions = sessions_of(log)
        offsets = np.searchsorted(sessions.of_event[rows.index], np.arange(sessions.number + 1))
        return replace(rows, offsets=offsets), sessions.number
    unit, n_units = log.codes(counting.unit)[rows.index], len(log.column(counting.unit).values)
    order = _in_order(unit, rows)
    order = order[np.searchsorted(unit[order], 0) :]
    return _taken(rows, order, np.searchsorted(unit[order], np.arange(n_units + 1))), n_units


def _in_order(unit: NDArray[Any], rows: StageRows) -> NDArray[np.int64]:
    """Return the order by unit, time, sequence key and row; unit and time are sorted as one number where they fit into it."""
    begin = int(rows.at.min(initial=0))
    bits = (int(rows.at.max(initial=0)) - begin).bit_length()
    if len(rows.sequence) or bits + int(unit.max(initial=0)).bit_length() > 62:
        keys: list[NDArray[Any]] = [*([rows.sequence] if len(rows.sequence) else []), rows.at, unit]
        return np.lexsort(keys)
    key = (unit.astype(np.int64) << bits) | (rows.at - begin)
    order = np.argsort(key)
    key = key[order]
    same = np.flatnonzero(key[1:] == key[:-1])
    tied = np.union1d(same, same + 1)
    order[tied] = order[tied[np.lexsort((order[tied], key[tied]))]]
    return order


def _sessions_within(log: EventLog, rows: StageRows) -> NDArray[np.int64]:
    """Return the session of each row, counted from the first of its unit so that codes stay small."""
    session = sessions_of(log).of_event[rows.index]
    longest = np.repeat(np.minimum.reduceat(np.append(session, 0), rows.offsets[:-1]), np.diff(rows.offsets))
    return session - longest if len(session) else session


def _joint(codes: list[NDArray[np.int64]], sizes: list[int], n_rows: int) -> tuple[NDArray[np.int64], int]:
    """Return one code for each combination, -1 where any is missing, and how many there may be."""
    joint, n_joint = np.zeros(n_rows, dtype=np.int64), 1
    for code, size in zip(codes, sizes, strict=True):
        joint = np.where((joint < 0) | (code < 0), -1, joint * size + code)
        n_joint *= max(size, 1)
        if n_joint > MOST_CODES:
            values, joint = np.unique(joint, return_inverse=True)
            joint = joint - int((values < 0).any())
            n_joint = len(values)
    return joint, n_joint


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


def quiet_since(log: EventLog, rows: StageRows, counting: Counting) -> NDArray[np.int64]:
    """Return for each row the latest earlier instant at which its unit has any visible event."""
    visible = log.visible
    if counting.unit in ("customer", "session"):
        unit, offsets, at = visible.customer, visible.offsets, visible.at
    else:
        unit = log.codes(counting.unit)
        order = np.lexsort((visible.at, unit))
        at = visible.at[order]
        offsets = np.searchsorted(unit[order], np.arange(len(log.column(counting.unit).values) + 1))
    found = np.empty(len(rows.at), dtype=np.int64)
    places = np.arange(len(found) + 1)
    over_customers(latest_before, places, offsets, at, unit[rows.index], rows.at, found)
    return found
