"""Every customer's path through stages, events or values: the vectors from which flows are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.attempts import taken
from journeymap.counting.kernels import ENDED, first_after, walk_paths
from journeymap.counting.running import over_customers
from journeymap.counting.stage_rows import stage_rows
from journeymap.journeys import unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Period
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey


@dataclass(frozen=True)
class Paths:
    """One place per customer of the store.

    Attributes
    ----------
    names
        What each node is called; a node is a position in this array.
    steps
        The node at each step, -1 after the end (steps + 1 x customers, so that it is seen whether a path goes on).
    origin
        The visible event at which the path starts, or -1.
    last_at
        The instant of the last event that was read into the path.
    skipped
        How many visible events of the path belong to no node.
    ties
        How many neighbours of the path at one instant only their names put in order.
    """

    names: NDArray[Any]
    steps: NDArray[np.int16 | np.int32]
    origin: NDArray[np.int64]
    last_at: NDArray[np.int64]
    skipped: NDArray[np.int64]
    ties: NDArray[np.int64]


@dataclass(frozen=True)
class Nodes:
    """Rows in order, each with its node; a negative code is none."""

    names: NDArray[Any]
    offsets: NDArray[np.int64]
    at: NDArray[np.int64]
    codes: NDArray[np.int32]
    sequence: NDArray[np.int64]
    index: NDArray[np.int64] | None


def smallest(n_nodes: int) -> type[np.int16 | np.int32]:
    """Return the smallest type that holds so many nodes and a few more."""
    return np.int16 if n_nodes < np.iinfo(np.int16).max - 8 else np.int32


def paths(
    log: EventLog, journey: Journey | None, *, over: str, start: str | None, steps: int, period: Period
) -> Paths:
    """Follow each customer from the first start in the period; held by the log."""
    rules = tuple(stage.rule for stage in journey.stages) if journey is not None and over == "stage" else None
    return log.held.get(
        ("paths", over, rules, start, steps, period),
        lambda: _walk(log, _nodes(log, journey, over), over=over, start=start, steps=steps, period=period),
    )


def _nodes(log: EventLog, journey: Journey | None, over: str) -> Nodes:
    visible = log.visible
    if over == "stage" and journey is not None:
        rows = stage_rows(log, journey.stages)
        lowest = rows.stages & (~rows.stages + rows.stages.dtype.type(1))
        codes = np.log2(lowest.astype(np.float64)).astype(np.int32)
        names = np.asarray(journey.stage_names, dtype=object)
        return Nodes(names, rows.offsets, rows.at, codes, rows.sequence, rows.index)
    keys = np.empty(0, dtype=np.int64) if visible.sequence is None else visible.sequence
    if over == "event":
        return Nodes(log.store.event_names, visible.offsets, visible.at, visible.event, keys, None)
    return Nodes(log.column(over).values, visible.offsets, visible.at, log.codes(over), keys, None)


def _walk(log: EventLog, nodes: Nodes, *, over: str, start: str | None, steps: int, period: Period) -> Paths:
    n_customers = len(nodes.offsets) - 1
    found = np.full((steps + 1, n_customers), ENDED, dtype=smallest(len(nodes.names)))
    origin = np.full(n_customers, -1, dtype=np.int64)
    last_at = np.zeros(n_customers, dtype=np.int64)
    ties, read = np.zeros(n_customers, dtype=np.int64), np.zeros(n_customers, dtype=np.int64)
    rows = (nodes.offsets, nodes.at, nodes.codes, nodes.sequence)
    starts = _starts(nodes.names, start, over)
    over_customers(walk_paths, nodes.offsets, *rows, starts, *period, found, origin, last_at, ties, read)
    if nodes.index is not None:
        origin = taken(nodes.index, origin, missing=-1)
    skipped = np.zeros(n_customers, dtype=np.int64)
    if over != "event":
        skipped = np.where(origin >= 0, _end(log, last_at) - origin - read, 0)
    return Paths(nodes.names, found, origin, last_at, skipped, ties)


def _starts(names: NDArray[Any], start: str | None, over: str) -> NDArray[np.bool_]:
    if start is None:
        return np.ones(len(names), dtype=bool)
    starts = np.asarray([str(name) == str(start) for name in names], dtype=bool)
    if not starts.any():
        raise unknown(
            over if over in {"stage", "event"} else f"value of {over}",
            start,
            [str(name) for name in names],
            owner="the log",
        )
    return starts


def _end(log: EventLog, last_at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the visible event after the last one of each path."""
    visible, found = log.visible, np.full(len(last_at), -1, dtype=np.int64)
    customers = np.arange(len(last_at))
    over_customers(first_after, visible.offsets, visible.offsets, visible.at, customers, last_at, found)
    return np.where(found < 0, visible.offsets[1:], found)
