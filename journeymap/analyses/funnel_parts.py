"""The parts of a funnel: the customers of each segment and group, and of each outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeymap.analyses.splitting import EVERYBODY, Groups, groups, unit_members
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
    """The customers of one segment and one group, as masks over what is counted."""

    segment: str
    group: str | None
    counted: NDArray[np.bool_]
    settled: NDArray[np.bool_]


def parts_of(
    log: EventLog,
    segments: Sequence[Segment],
    found: Attempts,
    *,
    by: str | None,
    top: int,
    breakdown: str = "entry",
    stage_names: Sequence[str] = (),
) -> list[Part]:
    """Split what is counted by segment and group."""
    bests = (found.overall, found.settled)
    grouped = groups(log, by, found, read=breakdown, stage_names=stage_names, top=top)
    parts = []
    for segment in segments or (None,):
        name = EVERYBODY if segment is None else segment.name
        counted, settled = (unit_members(log, segment, found, best) for best in bests)
        parts += [
            _group_part(name, grouped, position, counted, settled) for position in range(len(grouped.names))
        ]
    return parts


def _group_part(
    name: str, grouped: Groups, position: int, counted: NDArray[np.bool_], settled: NDArray[np.bool_]
) -> Part:
    if grouped.names == [None]:
        return Part(name, None, counted, settled)
    of_unit, of_settled = grouped.of_unit == position, grouped.of_settled == position
    return Part(name, grouped.names[position], counted & of_unit, settled & of_settled)


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
    """Say for each unit whether this became of it at a stage (its position, from 0)."""
    last = position + 1 == n_stages
    if outcome is not None and outcome not in OUTCOMES:
        raise DefinitionError(
            f"outcome={outcome!r} is not known.", right=f"One of {listing(OUTCOMES)}, or None."
        )
    if last and outcome is not None:
        raise DefinitionError(
            "Nobody moves on, leaves or is still open at the last stage.", right="Leave the outcome out."
        )
    best = found.settled if outcome is not None and outcome.startswith("settled") else found.overall
    entered, moved_on = found.entered(best, position), found.moved_on(best, position)
    match outcome:
        case None:
            return entered
        case "moved_on" | "settled_moved_on":
            return moved_on
        case "left":
            return entered & ~moved_on & ~found.still_open
        case "still_open":
            return entered & ~moved_on & found.still_open
        case _:
            return entered & ~moved_on
