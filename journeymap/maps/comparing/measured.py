"""What two runs of measuring found different, held against chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from journeymap.analyses.intervals import Z95, benjamini_hochberg, difference_p_value, newcombe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.document import JourneyMap
    from journeymap.maps.measurements import Observation

    Row = dict[str, Any]

SHARES = ("moved_on_share", "negative_share", "reach_share", "mentions")
"""Told by numerator and denominator; `left_share` is the rest of `moved_on_share` and is no second test."""
MEANS = ("emotion", "nps", "median_hours")
"""Told by a value and its interval."""
FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True)
class Floors:
    """How large a difference must be to count, however certain it is.

    Attributes
    ----------
    share
        Of shares: 0.05 is 5 points.
    emotion
        On the scale from -2 to 2.
    nps
        On the scale from -100 to 100.
    hours
        As a share of the hours before.
    """

    share: float = 0.05
    emotion: float = 0.5
    nps: float = 10
    hours: float = 0.2

    def of(self, metric: str, before: float) -> float:
        """Return the floor of a metric."""
        if metric in SHARES:
            return self.share
        return {"emotion": self.emotion, "nps": self.nps}.get(metric, self.hours * abs(before))


def measured_changes(before: JourneyMap, after: JourneyMap, *, floors: Floors) -> list[Row]:
    """List what was measured in both maps, or in one alone, with the test of each difference (after less before).

    The p values are adjusted together (Benjamini and Hochberg); `significant` is what is beyond chance and the floor.
    """
    rows = _once(list(_rows(before, after, floors)), after)
    tested = [row for row in rows if row["p"] is not None]
    for row, q in zip(tested, benjamini_hochberg([row["p"] for row in tested]), strict=True):
        row["q"] = q
        enough = abs(row["difference"]) >= row.pop("floor") - 1e-12
        row["significant"] = q < FALSE_DISCOVERIES and enough
        row["why"] = _why(row["significant"], q, enough)
    return rows


def _once(rows: list[Row], after: JourneyMap) -> list[Row]:
    """Leave out the row of a channel that says the same as that of one of its touchpoints."""
    channel_of = {one.id: one.channel for one in after.touchpoints if one.channel}
    said = {(channel_of[row["part"]], *_said(row)) for row in rows if row["part"] in channel_of}
    return [row for row in rows if (row["part"], *_said(row)) not in said]


def _said(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("field", "persona", "before", "after", "low", "high"))


def _why(significant: bool, q: float, enough: bool) -> str:  # noqa: FBT001 - two findings, not two modes
    if significant:
        return "beyond chance and large enough to matter"
    return "too small to matter" if q < FALSE_DISCOVERIES and not enough else "within chance"


def _rows(before: JourneyMap, after: JourneyMap, floors: Floors) -> Iterator[Row]:
    old, new = _found(before), _found(after)
    for key in dict.fromkeys([*old, *new]):
        earlier, later = old.get(key), new.get(key)
        values = [None if one is None else _value(one) for one in (earlier, later)]
        row = _row(key, *values)
        if earlier is None or later is None:
            yield row | {"why": "measured only after" if earlier is None else "measured only before"}
            continue
        tested = _tested(earlier, later)
        if tested is None:
            yield row | {"difference": values[1] - values[0], "why": "without an interval, so not tested"}  # type: ignore[operator]
            continue
        difference, low, high, p = tested
        floor = floors.of(key[1], earlier.value or 0)
        yield row | {"difference": difference, "low": low, "high": high, "p": p, "floor": floor}


def _found(journey_map: JourneyMap) -> dict[tuple[str, str, str], Observation]:
    observations = journey_map.measurements.observations if journey_map.measurements else ()
    return {
        (one.target, one.metric, one.persona): one
        for one in observations
        if one.metric in (*SHARES, *MEANS) and one.value is not None
    }


def _value(one: Observation) -> float | None:
    """Return the number that is compared: of shares always the share, also of mentions."""
    return one.num / one.den if one.metric in SHARES and one.den and one.num is not None else one.value


def _row(key: tuple[str, str, str], before: float | None, after: float | None) -> Row:
    target, metric, persona = key
    blank = dict.fromkeys(("difference", "low", "high", "p", "q"))
    told = {"kind": "measured", "part": target, "field": metric, "persona": persona}
    return told | {"before": before, "after": after} | blank | {"significant": False}


def _tested(before: Observation, after: Observation) -> tuple[float, float, float, float] | None:
    """Return the difference (after less before), its interval and its p value; None where nothing is known of chance."""
    if before.metric in SHARES:
        if not (before.den and after.den) or before.num is None or after.num is None:
            return None
        parts = (int(after.num), int(before.num)), (int(after.den), int(before.den))
        return *newcombe(*parts), difference_p_value(*parts)
    spreads = [_spread(one) for one in (before, after)]
    if before.value is None or after.value is None or None in spreads:
        return None
    return of_means(before.value, after.value, spreads[0] or 0.0, spreads[1] or 0.0)


def _spread(one: Observation) -> float | None:
    """Return the standard error that a 95 % interval stands for."""
    return None if one.low is None or one.high is None else (one.high - one.low) / (2 * Z95)


def of_means(
    before: float, after: float, spread_before: float, spread_after: float
) -> tuple[float, float, float, float]:
    """Return the difference of two independent means, its 95 % interval and its p value, by the normal approximation.

    Examples
    --------
    >>> [round(number, 3) for number in of_means(0.2, 0.5, 0.06, 0.08)]
    [0.3, 0.104, 0.496, 0.003]
    """
    difference, spread = after - before, sqrt(spread_before**2 + spread_after**2)
    half = Z95 * spread
    if spread == 0:
        return difference, difference, difference, 0.0 if difference else 1.0
    p = 2 * NormalDist().cdf(-abs(difference) / spread)
    return difference, difference - half, difference + half, p
