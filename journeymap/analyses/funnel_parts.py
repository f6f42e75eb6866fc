"""The parts of a funnel: the customers of each segment and group, and of each outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from journeymap.analyses.splitting import EVERYBODY, groups, unit_members
from journeymap.errors import DefinitionError, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment

    Pair = tuple[NDArray[Any], NDArray[Any]]

Outcome = Literal["moved_on", "left", "still_open", "settled_moved_on", "settled_left"]
OUTCOMES: tuple[Outcome, ...] = ("moved_on", "left", "still_open", "settled_moved_on", "settled_left")


@dataclass(frozen=True)
class Part:
    """One segment and one group of what is counted.

    Attributes
    ----------
    members
        For each unit whether it belongs to the segment, by its attempt over all entries and over the settled ones.
    places
        For each unit the position of its group, by either attempt; None where nothing is broken down.
    position
        Which of the groups this is.
    """

    segment: str
    group: str | None
    members: Pair
    places: Pair | None = None
    position: int = 0

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """For each unit whether it is in this part."""
        return self._mask(0)

    @cached_property
    def settled(self) -> NDArray[np.bool_]:
        """For each unit whether it is in this part by its settled attempt."""
        return self._mask(1)

    def _mask(self, which: int) -> NDArray[np.bool_]:
        if self.places is None:
            return self.members[which]
        return self.members[which] & (self.places[which] == self.position)


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
    """Split what is counted by segment and group; the parts of a segment stand together."""
    bests = (found.overall, found.settled)
    grouped = groups(log, by, found, read=breakdown, stage_names=stage_names, top=top)
    places = None if grouped.names == [None] else (grouped.of_unit, grouped.of_settled)
    parts = []
    for segment in segments or (None,):
        name = EVERYBODY if segment is None else segment.name
        members = (unit_members(log, segment, found, bests[0]), unit_members(log, segment, found, bests[1]))
        parts += [
            Part(name, group, members, places, position) for position, group in enumerate(grouped.names)
        ]
    return parts


def whole(segment: str, parts: Sequence[Part]) -> Part:
    """Put parts together again, all the groups of their segments."""
    segments = list({part.segment: part.members for part in parts}.values())
    counted, settled = (np.logical_or.reduce(masks) for masks in zip(*segments, strict=True))
    return Part(segment, None, (counted, settled))


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
