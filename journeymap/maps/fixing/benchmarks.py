"""What the drop-off of a place is held against: a target, a number, an earlier period, or the best of some groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.splitting import checked, instants, unit_members
from journeymap.counting.attempts import attempts
from journeymap.errors import DefinitionError, listing
from journeymap.journeys import Segment, unknown
from journeymap.maps.feedback.joining import passages
from journeymap.maps.fixing.numbers import ratio
from journeymap.maps.fixing.places import places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.fixing.places import Place

TARGETED = ("moved_on_share", "left_share")


@dataclass(frozen=True)
class Benchmark:
    """The share who may leave each place.

    Attributes
    ----------
    shares
        One for each place, nan where there is none.
    reached, moved
        If it was measured: for each place, who reached it and who moved on (customers x places); then it varies with the
        customers who are drawn.
    sentence
        What it is, for the scope.
    notes
        What the reader must know of it.
    """

    shares: NDArray[np.float64]
    sentence: str
    notes: tuple[str, ...] = ()
    reached: NDArray[np.bool_] | None = None
    moved: NDArray[np.bool_] | None = None


def benchmark_of(
    asked: Any,
    journey_map: JourneyMap,
    log: EventLog,
    found: Attempts,
    places: Sequence[Place],
    *,
    counting: Counting,
) -> Benchmark:
    """Return what is asked for: None, ``"target"``, ``"persona"``, a share, shares by id, a period, or segments."""
    match asked:
        case None:
            return Benchmark(
                np.full(len(places), np.nan),
                "No benchmark: drop-off is shown as it is.",
                ("Not all drop-off is friction; without a benchmark nobody can say how much of it is.",),
            )
        case "target":
            return _target(journey_map, places)
        case "persona":
            personas = [
                Segment(one.name, one.segment_rule) for one in journey_map.personas if one.segment_rule
            ]
            return _best_group(personas, log, found, places, of="persona")
        case Mapping():
            return _told(asked, places)
        case bool() | str():
            pass
        case int() | float():
            return _told(dict.fromkeys((place.stage for place in places), asked), places)
        case Sequence() if asked and all(isinstance(one, Segment) for one in asked):
            return _best_group(checked(asked), log, found, places, of="segment")
        case Sequence() if len(asked) == 2:
            return _earlier(asked, journey_map, log, places, counting=counting)
    raise DefinitionError(
        f"benchmark={asked!r} is not known.",
        right="None, 'target', 'persona', a share, shares by stage, two dates, or a list of segments.",
        fix="benchmark=0.2",
    )


def _told(asked: Mapping[str, float], places: Sequence[Place]) -> Benchmark:
    known = {place.part for place in places}
    for part, share in asked.items():
        if part not in known:
            raise unknown("stage or step", part, sorted(known), owner="the measured map")
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise DefinitionError(
                f"{share!r} is no share who may leave.", right="From 0 to 1.", fix="benchmark=0.2"
            )
    shares = [float(asked.get(place.part, asked.get(place.stage, np.nan))) for place in places]
    return Benchmark(np.array(shares), "Drop-off is held against given shares.")


def _target(journey_map: JourneyMap, places: Sequence[Place]) -> Benchmark:
    """Take the targets of KPIs; a step without one has that of its stage."""
    targets: dict[str, float] = {}
    for kpi in journey_map.kpis:
        if kpi.metric in TARGETED and kpi.target is not None:
            targets.setdefault(kpi.of, kpi.target if kpi.metric == "left_share" else 1 - kpi.target)
    shares = np.array([targets.get(place.part, targets.get(place.stage, np.nan)) for place in places])
    missing = [
        place.name
        for place, share in zip(places, shares, strict=True)
        if np.isnan(share) and place.kind == "stage" and not place.last
    ]
    notes = (
        [f"No KPI with a target says how many may leave {listing(missing)}: no friction there."]
        if missing
        else []
    )
    return Benchmark(shares, "Drop-off is held against the targets of the KPIs.", tuple(notes))


def _earlier(
    period: Sequence[Any],
    journey_map: JourneyMap,
    log: EventLog,
    places: Sequence[Place],
    *,
    counting: Counting,
) -> Benchmark:
    bounds = instants(log, period)
    journey = journey_map.journey
    if bounds is None or journey is None:
        raise DefinitionError("A benchmark needs a period and stages.", right="Two dates.")
    found = attempts(log, journey, counting=counting, period=bounds)
    before = places_of(journey_map, log, found, passages(log, found, found.settled, window=counting.window))
    reached, moved = (
        np.column_stack([getattr(one, name) for one in before]) for name in ("reached", "moved")
    )
    shares = _drop(reached, moved)
    few = [
        place.name for place, n in zip(places, reached.sum(axis=0), strict=True) if n < FEW and not place.last
    ]
    notes = (f"The earlier period has fewer than {FEW} settled customers at {listing(few)}.",) if few else ()
    sentence = f"Drop-off is held against that of entries from {period[0]} to before {period[1]}."
    return Benchmark(shares, sentence, notes, reached, moved)


def _best_group(
    segments: Sequence[Segment], log: EventLog, found: Attempts, places: Sequence[Place], *, of: str
) -> Benchmark:
    """Take at each place the group with the least drop-off, among those of whom enough were there."""
    if len(segments) < 2:
        raise DefinitionError(
            f"The best {of} cannot be found among {len(segments)}.",
            right=f"It takes two or more: {'personas with a segment_rule' if of == 'persona' else 'segments'}.",
        )
    members = [unit_members(log, segment, found, found.settled) for segment in segments]
    reached, moved = [], []
    for place in places:
        groups = [(place.reached & member, place.moved & member) for member in members]
        enough = [group for group in groups if group[0].sum() >= FEW] or [(place.reached, place.moved)]
        best = min(enough, key=lambda group: 1 - group[1].sum() / max(group[0].sum(), 1))
        reached.append(best[0])
        moved.append(best[1])
    stacked = np.column_stack(reached), np.column_stack(moved)
    sentence = f"Drop-off is held against the best {of} at each place, of {len(segments)} with {FEW} customers or more."
    note = "The best of several groups looks better than it is, so friction against it is rather too large."
    return Benchmark(_drop(*stacked), sentence, (note,), *stacked)


def _drop(reached: NDArray[np.bool_], moved: NDArray[np.bool_]) -> NDArray[np.float64]:
    return 1 - ratio(moved.sum(axis=0), reached.sum(axis=0))
