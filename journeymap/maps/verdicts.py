"""When a claim holds: a number against its measurement, words against their evidence, and when both are out of date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from journeymap.maps.grounds import HEARSAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.measurements import Observation

Status = Literal["assumed", "supported", "contradicted", "stale"]
FIRST_HAND = ("interview", "usability_test", "ticket", "review")
"""Kinds of evidence of which one is enough, if its words can be looked up."""
UNITS = {
    "emotion": "emotion",
    "moved_on_share": "share",
    "left_share": "share",
    "negative_share": "share",
    "reach_share": "share",
    "median_hours": "hours",
    "nps": "nps",
    "customers": "count",
    "mentions": "count",
}
"""What each metric is measured in."""
FORMS = {"emotion": "{:+.2g}", "share": "{:.1%}", "hours": "{:,.4g} h", "nps": "{:+.0f}", "count": "{:,.0f}"}
"""How a number of each unit is written."""
RELATIVE = ("hours", "count")


class Verdict(NamedTuple):
    """A status, and in a sentence or two why."""

    status: Status
    why: str


@dataclass(frozen=True)
class Distances:
    """How near is near enough, and how many are enough.

    Attributes
    ----------
    emotion, share, nps
        On the scale from -2 to 2; as a share, so that 0.05 is 5 points; in points from -100 to 100.
    hours, count
        As a share of what was measured: an hour is much beside two and little beside two hundred.
    n, mentions
        How many customers or answers a number must stand on, and how many comments a pain.
    """

    emotion: float = 0.5
    share: float = 0.05
    nps: float = 10
    hours: float = 0.25
    count: float = 0.25
    n: int = 30
    mentions: int = 10

    def of(self, unit: str, measured: float) -> float:
        """Return the distance around a measured number of a unit."""
        distance: float = getattr(self, unit)
        return distance * abs(measured) if unit in RELATIVE else distance

    def written(self, unit: str) -> str:
        """Write the distance of a unit in words."""
        distance: float = getattr(self, unit)
        if unit in RELATIVE:
            return f"{distance:.0%} of it"
        return f"{distance * 100:g} points" if unit == "share" else f"{distance:g}"


def number_verdict(said: float, found: Observation, *, unit: str, distances: Distances) -> Verdict:
    """Hold a number against what was measured; the measurement has a value.

    *Contradicted*: on enough, outside the interval and further from the estimate than the distance. *Supported*: on enough, the
    interval's half width within the distance, and the claim inside it or within the distance. Else *assumed*.
    """
    value = found.value or 0.0
    low = value if found.low is None else found.low
    high = value if found.high is None else found.high
    near, words = distances.of(unit, value), distances.written(unit)
    measured, claim = _measured(found, unit), f"The claim of {FORMS[unit].format(said)}"
    if (found.n or 0) < distances.n:
        return Verdict("assumed", f"{measured} It takes {distances.n} to say.")
    inside, close = low <= said <= high, abs(said - value) <= near
    if not inside and not close:
        beyond = "outside the interval and " if high > low else ""
        return Verdict("contradicted", f"{measured} {claim} is {beyond}more than {words} away.")
    if (high - low) / 2 > near:
        return Verdict(
            "assumed", f"{measured} {claim} may be right: the interval is wider than {words} to a side."
        )
    return Verdict("supported", f"{measured} {claim} is within {words if close else 'the interval'}.")


def _measured(found: Observation, unit: str) -> str:
    form = FORMS[unit]
    said = f"Measured {form.format(found.value)}"
    known = [] if found.n is None else [f"n = {found.n:,.0f}"]
    if found.low is not None and found.high is not None:
        known.insert(0, f"95 % interval {form.format(found.low)} to {form.format(found.high)}")
    return f"{said} ({', '.join(known)})." if known else f"{said}."


def unmeasured_verdict(
    found: Observation | None, evidence: Sequence[Evidence], *, any_fresh: bool
) -> Verdict:
    """Judge a number without a measurement: evidence in words does not carry it, but may be out of date."""
    why = "It was not measured."
    if found is not None and found.n is not None:
        why = f"Too few to measure (n = {found.n:,.0f})."
    if evidence and not any_fresh:
        return Verdict("stale", f"{why} All its evidence is out of date.")
    return Verdict("assumed", why)


def words_verdict(
    evidence: Sequence[Evidence], fresh: Sequence[Evidence], *, distances: Distances
) -> Verdict:
    """Judge words by their evidence: all that is named, and the fresh of it."""
    for one in fresh:
        if _carries(one, distances.n):
            on = f", n = {one.n:,.0f}" if one.n else ""
            return Verdict("supported", f"By {one.source} ({one.kind.replace('_', ' ')}{on}).")
    if not evidence:
        return Verdict("assumed", "There is no evidence.")
    if not fresh:
        return Verdict("stale", "All its evidence is out of date.")
    if all(one.kind in HEARSAY for one in fresh):
        return Verdict("assumed", "Its evidence is the team's own word.")
    return Verdict("assumed", f"Its evidence stands on fewer than {distances.n} and quotes nobody.")


def mentions_verdict(times: float, *, distances: Distances) -> Verdict | None:
    """Judge a pain by the comments that speak of it; None if they are too few to say."""
    if times < distances.mentions:
        return None
    return Verdict("supported", f"{times:,.0f} comments speak of it; it takes {distances.mentions}.")


def _carries(one: Evidence, enough: int) -> bool:
    if one.kind in HEARSAY:
        return False
    return (one.n or 0) >= enough or (one.kind in FIRST_HAND and bool(one.quote or one.locator))


def is_fresh(journey_map: JourneyMap, evidence: Evidence, *, today: dt.date) -> bool:
    """Say whether evidence is not out of date on a day.

    It is fresh until it expires, and for `review_every_days` after it was collected or the map was reviewed, whichever is
    later; without these dates it does not age.
    """
    expired = evidence.expires is not None and evidence.expires < today
    return not expired and in_time(journey_map, evidence.collected_at, today=today)


def in_time(journey_map: JourneyMap, day: dt.date | None, *, today: dt.date) -> bool:
    """Say whether what is from a day needs no review yet."""
    known = [one for one in (day, journey_map.reviewed_at) if one is not None]
    if not known or journey_map.review_every_days is None:
        return True
    return (today - max(known)).days <= journey_map.review_every_days


def measured_on(journey_map: JourneyMap) -> dt.date | None:
    """Return the day on which the map was measured, if it is known."""
    run = journey_map.measurements.run if journey_map.measurements else None
    try:
        return dt.date.fromisoformat(run.at[:10]) if run else None
    except ValueError:
        return None
