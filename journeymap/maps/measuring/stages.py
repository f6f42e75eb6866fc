"""What a funnel says of the stages of a map, and of the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from journeymap.events.store import NANOSECONDS_IN
from journeymap.maps.feedback.joining import Passages, passages
from journeymap.maps.measuring.observing import median, observed, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from journeymap.analyses.funnel import Funnel
    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.measurements import Observation
    from journeymap.maps.parts import MapStage

HOUR = 3_600_000_000_000


@dataclass(frozen=True)
class Group:
    """Everybody, or the customers of one persona: their rows of the funnel, and who they are among its units."""

    persona: str
    table: pd.DataFrame
    part: Part


@dataclass(frozen=True)
class Counted:
    """A map's funnel and the passages of its attempts.

    Attributes
    ----------
    stages
        The stages with a milestone, which are those of the funnel.
    groups
        Everybody, then each persona that has a rule.
    """

    journey_map: JourneyMap
    funnel: Funnel
    groups: tuple[Group, ...]

    @property
    def log(self) -> EventLog:
        """What was counted."""
        return self.funnel.log

    @property
    def found(self) -> Attempts:
        """The attempts."""
        return self.funnel.attempts

    @property
    def settles(self) -> bool:
        """Whether attempts are ever settled, so that there are rates."""
        return self.funnel.counting.settles

    @cached_property
    def stages(self) -> list[MapStage]:
        """The stages that are counted."""
        return [stage for stage in self.journey_map.stages if stage.milestone]

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each stage that is counted, by its id."""
        return {stage.id: position for position, stage in enumerate(self.stages)}

    @cached_property
    def reached(self) -> Passages:
        """The passages of the attempts over all entries."""
        return passages(self.log, self.found, self.found.overall, window=self.funnel.counting.window)

    @cached_property
    def settled(self) -> Passages:
        """The passages of the settled attempts (of all, where nothing settles)."""
        return passages(self.log, self.found, self.found.settled, window=self.funnel.counting.window)

    def hours(self, lengths: NDArray[np.int64]) -> NDArray[np.float64]:
        """Turn lengths in units of the store into hours."""
        return lengths * NANOSECONDS_IN[self.log.store.unit] / HOUR


def of_stages(counted: Counted, group: Group) -> Iterator[Observation]:
    """Say how many customers entered each stage, moved on and left, and how long they took."""
    for stage, row in zip(counted.stages, group.table.to_dict("records"), strict=True):
        yield observed(stage.id, "customers", row["customers"], n=row["customers"], method="count")
        last = row["position"] == len(counted.stages)
        if counted.settles:
            yield observed(stage.id, "settled", row["settled"], n=row["settled"], method="count")
        if last:
            continue
        for metric in ("moved_on", "left", "still_open"):
            yield observed(stage.id, metric, row[metric], n=row["customers"], method="count")
        if counted.settles:
            yield from _rates(stage.id, row["settled_moved_on"], row["settled"])
        units, lengths = counted.found.steps_to(row["position"])
        yield median(stage.id, "median_hours", counted.hours(lengths[group.part.settled[units]]))


def of_whole(counted: Counted, group: Group) -> Iterator[Observation]:
    """Say how many customers entered the map, and which share of the settled ones got to its end."""
    first, last = group.table.iloc[0], group.table.iloc[-1]
    yield observed("", "customers", first["customers"], n=first["customers"], method="count")
    if counted.settles and counted.funnel.counting.entry == "first stage":
        yield from _rates("", last["settled"], first["settled"])


def _rates(target: str, moved_on: Any, settled: Any) -> Iterator[Observation]:
    yield share(target, "moved_on_share", int(moved_on), int(settled))
    yield share(target, "left_share", int(settled) - int(moved_on), int(settled))
