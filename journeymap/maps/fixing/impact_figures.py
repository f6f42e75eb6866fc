"""The figure of a KPI in one period, and how far two of them are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.intervals import newcombe
from journeymap.counting.attempts import attempts
from journeymap.events.store import NANOSECONDS_IN
from journeymap.maps.comparing.measured import of_means
from journeymap.maps.feedback import joining
from journeymap.maps.fixing.places import places_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.fixing.places import Place
    from journeymap.maps.plans import Kpi

COMPARED = ("moved_on_share", "left_share", "reach_share", "median_hours", "negative_share", "emotion", "nps")
_HOUR = 3_600_000_000_000


@dataclass(frozen=True)
class Figure:
    """A number of one period.

    Attributes
    ----------
    value, n
        The number, and how many customers or answers it stands on.
    successes
        Of a share, its numerator.
    spread
        Of a mean, its standard error.
    """

    value: float
    n: int
    successes: int | None = None
    spread: float | None = None

    def difference(self, before: Figure) -> tuple[float, float, float]:
        """Return this less an earlier figure, with the 95 % interval; nan where there is none."""
        if self.successes is not None and before.successes is not None:
            return newcombe((self.successes, before.successes), (self.n, before.n))
        if self.spread is not None and before.spread is not None:
            return of_means(before.value, self.value, before.spread, self.spread)[:3]
        return self.value - before.value, float("nan"), float("nan")


@dataclass(frozen=True)
class Side:
    """What customers did and said in one of the two periods.

    Attributes
    ----------
    found, reached, places
        Attempts of entries of the period, the stages they passed, and the places of the map.
    bounds
        The period, in instants of the store.
    """

    journey_map: JourneyMap
    log: EventLog
    feedback: Feedback | None
    found: Attempts
    reached: joining.Passages
    places: list[Place]
    bounds: tuple[int, int]

    @property
    def customers(self) -> NDArray[np.bool_]:
        """For each customer of the store whether a settled entry of theirs lies in the period."""
        return self.found.settled.depth > 0

    def figure(self, kpi: Kpi) -> Figure | None:
        """Return the figure of a KPI; None if it cannot be computed or stands on nobody."""
        if kpi.metric == "nps":
            return self._nps()
        place = next((place for place in self.places if place.part == kpi.of), None)
        if place is None:
            return None
        if kpi.metric in ("negative_share", "emotion"):
            return self._mood(place, kpi.metric)
        return self._hours(place) if kpi.metric == "median_hours" else self._share(place, kpi.metric)

    def _share(self, place: Place, metric: str) -> Figure | None:
        whole, part = place.reached, place.moved
        if metric == "reach_share":
            stage = next(one for one in self.places if one.part == place.stage)
            whole, part = stage.reached, place.reached
        elif place.last:
            return None
        n, successes = int(whole.sum()), int(part.sum())
        if metric == "left_share":
            successes = n - successes
        return Figure(successes / n, n, successes=successes) if n else None

    def _hours(self, place: Place) -> Figure | None:
        if place.kind != "stage" or place.last or not place.moved.any():
            return None
        units, best = np.flatnonzero(place.moved), self.found.settled
        took = self.found.reached_at(best, units, place.position + 1) - self.found.reached_at(
            best, units, place.position
        )
        return Figure(float(np.median(took)) * NANOSECONDS_IN[self.log.store.unit] / _HOUR, len(units))

    def _mood(self, place: Place, metric: str) -> Figure | None:
        if self.feedback is None:
            return None
        frame = self.feedback.frame[self.feedback.frame["emotion"].notna()]
        steps = [(place.position, place.rule)] if place.kind == "step" else []
        placed = joining.places_of(self.log, self.reached, frame, steps=steps)
        here = placed.step == 0 if place.kind == "step" else placed.stage == place.position
        emotion = frame["emotion"].to_numpy(dtype=float)[here]
        if not len(emotion):
            return None
        if metric == "negative_share":
            successes = int((emotion < 0).sum())
            return Figure(successes / len(emotion), len(emotion), successes=successes)
        return _mean(emotion)

    def _nps(self) -> Figure | None:
        if self.feedback is None:
            return None
        frame = self.feedback.frame
        frame = frame[joining.customers_of(self.log, frame) >= 0]
        begin, end = (self.log.moment(at) for at in self.bounds)
        score = frame.loc[(frame["scale"] == "nps") & (frame["at"] >= begin) & (frame["at"] < end), "score"]
        told = np.where(score >= 9, 100.0, np.where(score <= 6, -100.0, 0.0))
        return _mean(told) if len(told) else None


def _mean(values: NDArray[np.float64]) -> Figure:
    spread = float(values.std(ddof=1)) / len(values) ** 0.5 if len(values) > 1 else None
    return Figure(float(values.mean()), len(values), spread=spread)


def side_of(
    journey_map: JourneyMap,
    log: EventLog,
    feedback: Feedback | None,
    *,
    bounds: tuple[int, int],
    counting: Counting,
) -> Side:
    """Count the entries of one period."""
    journey = journey_map.journey
    assert journey is not None  # noqa: S101 - as impact has seen
    found = attempts(log, journey, counting=counting, period=bounds)
    reached = joining.passages(log, found, found.settled, window=counting.window)
    return Side(
        journey_map, log, feedback, found, reached, places_of(journey_map, log, found, reached), bounds
    )
