"""The rows of a log that belong to any stage of a journey, with the stages that each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.kernels import count_marked, take_marked
from journeymap.counting.running import over_customers
from journeymap.errors import DefinitionError, listing, nearest
from journeymap.events.selecting import event_mask, holds
from journeymap.rules import AnyOf, Event, Rule, property_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.journeys import Stage

MOST_STAGES = 63


@dataclass(frozen=True)
class StageRows:
    """Events of any stage, sorted as in the store.

    Attributes
    ----------
    offsets
        Where the rows of each customer begin.
    at
        Instants, in the unit of the store.
    stages
        One bit for each stage that the event belongs to, the first stage lowest.
    sequence
        Sequence keys, or an empty array if the log has none.
    index
        The visible event of each row.
    """

    offsets: NDArray[np.int64]
    at: NDArray[np.int64]
    stages: NDArray[Any]
    sequence: NDArray[np.int64]
    index: NDArray[np.int64]

    @cached_property
    def longest(self) -> int:
        """The most rows of any customer."""
        return int(np.diff(self.offsets).max(initial=0))


def stage_rows(log: EventLog, stages: Sequence[Stage]) -> StageRows:
    """Find the rows of stages; held by the log, as the next question asks for the same."""
    rules = [stage.rule for stage in stages]
    for position in range(len(stages)):
        check_properties(log, stages, position)
    return log.held.get(("stage rows", *rules), lambda: _find(log, rules))


def never_seen(log: EventLog, stages: Sequence[Stage]) -> list[int]:
    """Return the positions of the stages to which no visible event belongs."""
    rows = stage_rows(log, stages)
    asked = ("stages seen", *(stage.rule for stage in stages))
    seen = log.held.get(asked, lambda: int(np.bitwise_or.reduce(rows.stages, initial=0)))
    return [bit for bit in range(len(stages)) if not seen >> bit & 1]


def check_properties(log: EventLog, stages: Sequence[Stage], position: int) -> None:
    """Refuse a stage that asks for a property that the log does not have."""
    stage, known = stages[position], [*log.attributes, *log.store.columns]
    for name in property_names(stage.rule):
        if name not in known:
            near = nearest(name, known)
            raise DefinitionError(
                f'Stage {stage.name} asks for the property "{name}", which the log does not have.',
                right=f"The log has {listing(known)}." if known else "",
                fix=near or "",
                path=("stages", position),
            )


def _find(log: EventLog, rules: Sequence[Rule]) -> StageRows:
    if len(rules) > MOST_STAGES:
        raise DefinitionError(f"{len(rules)} stages are too many.", right=f"At most {MOST_STAGES}.")
    visible = log.visible
    codes, table = _marks(log, rules)
    counts = np.zeros(len(visible.offsets), dtype=np.int64)
    over_customers(count_marked, visible.offsets, visible.offsets, codes, table, counts[1:])
    offsets = np.cumsum(counts)
    at, index = np.empty(offsets[-1], dtype=np.int64), np.empty(offsets[-1], dtype=np.int64)
    stages = np.empty(offsets[-1], dtype=table.dtype)
    over_customers(
        take_marked, visible.offsets, visible.offsets, visible.at, codes, table, offsets, at, stages, index
    )
    sequence = np.empty(0, dtype=np.int64) if visible.sequence is None else visible.sequence[index]
    return StageRows(offsets, at, stages, sequence, index)


def _marks(log: EventLog, rules: Sequence[Rule]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return a code for each event and the stage bits of each code; event names serve as codes where they suffice."""
    kind: Any = next(
        kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if len(rules) <= np.iinfo(kind).bits
    )
    if all(_by_name_alone(rule) for rule in rules):
        table: NDArray[Any] = np.zeros(len(log.store.event_names), dtype=kind)
        for bit, rule in enumerate(rules):
            table |= _names_of(rule, log.store.event_names).astype(kind) << kind(bit)
        return log.visible.event, table
    marks: NDArray[Any] = np.zeros(log.n_events, dtype=kind)
    for bit, rule in enumerate(rules):
        marks |= event_mask(log, rule).astype(kind) << kind(bit)
    distinct, codes = np.unique(marks, return_inverse=True)
    return codes.astype(np.uint16 if len(distinct) < 2**16 else np.uint32), distinct


def _by_name_alone(rule: Rule) -> bool:
    match rule:
        case Event(name, ()):
            return name is not None
        case AnyOf(rules):
            return all(_by_name_alone(part) for part in rules)
        case _:
            return False


def _names_of(rule: Rule, names: NDArray[Any]) -> NDArray[np.bool_]:
    if isinstance(rule, AnyOf):
        return np.logical_or.reduce([_names_of(part, names) for part in rule.rules])
    assert isinstance(rule, Event)  # noqa: S101 - as _by_name_alone has seen
    assert rule.name is not None  # noqa: S101
    return holds(rule.name, names)
