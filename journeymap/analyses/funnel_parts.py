"""The parts of a funnel: the customers of each segment and group, and of each outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeymap.analyses.splitting import EVERYBODY, Groups, groups, members
from journeymap.errors import DefinitionError, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment

Outcome = Literal["moved_on", "left", "still_open", "settled_moved_on", "settled_left"]
OUTCOMES: tuple[Outcome, ...] = ("moved_on", "left", "still_open", "settled_moved_on", "settled_left")


@dataclass(frozen=True)
class Part:
    """The customers of one segment and one group, as masks over the customers of the store."""

    segment: str
    group: str | None
    counted: NDArray[np.bool_]
    settled: NDArray[np.bool_]


def parts_of(
    log: EventLog, segments: Sequence[Segment], found: Attempts, *, by: str | None, top: int
) -> list[Part]:
    """Split counted customers by segment and group."""
    rows, entries = found.rows, (found.entry, found.settled_entry)
    grouped = groups(log, by, index=rows.index, entries=entries, top=top)
    parts = []
    for segment in segments or (None,):
        name = EVERYBODY if segment is None else segment.name
        counted, settled = (members(log, segment, at=rows.at, entry=entry) for entry in entries)
        parts += [
            _group_part(name, grouped, position, counted, settled) for position in range(len(grouped.names))
        ]
    return parts


def _group_part(
    name: str, grouped: Groups, position: int, counted: NDArray[np.bool_], settled: NDArray[np.bool_]
) -> Part:
    if grouped.names == [None]:
        return Part(name, None, counted, settled)
    of_customer, of_settled = grouped.of_customer == position, grouped.of_settled == position
    return Part(name, grouped.names[position], counted & of_customer, settled & of_settled)


def whole(segment: str, parts: Sequence[Part]) -> Part:
    """Put parts together again."""
    counted, settled = (
        np.logical_or.reduce(masks)
        for masks in zip(*((part.counted, part.settled) for part in parts), strict=True)
    )
    return Part(segment, None, counted, settled)


def outcome_mask(
    found: Attempts, position: int, outcome: Outcome | None, *, n_stages: int
) -> NDArray[np.bool_]:
    """Say for each customer of the store whether this became of them at a stage (its position, from 0)."""
    here, last = position + 1, position + 1 == n_stages
    if outcome is not None and outcome not in OUTCOMES:
        raise DefinitionError(
            f"outcome={outcome!r} is not known.", right=f"One of {listing(OUTCOMES)}, or None."
        )
    if last and outcome is not None:
        raise DefinitionError(
            "Nobody moves on, leaves or is still open at the last stage.", right="Leave the outcome out."
        )
    match outcome:
        case None:
            return found.depth >= here
        case "moved_on":
            return found.depth > here
        case "left":
            return (found.depth == here) & ~found.still_open
        case "still_open":
            return (found.depth == here) & found.still_open
        case "settled_moved_on":
            return found.settled_depth > here
        case _:
            return found.settled_depth == here
