"""What was measured of a part, in words for the editor's drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts import numbers

if TYPE_CHECKING:
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.measurements import Observation

WORDS = {
    "customers": "customers",
    "settled": "settled",
    "moved_on_share": "moved on",
    "left_share": "left",
    "moved_on": "moved on so far",
    "left": "left so far",
    "still_open": "still open",
    "median_hours": "median time",
    "emotion": "emotion",
    "negative_share": "negative answers",
    "answers": "answers",
    "reach_share": "take it",
    "events": "events",
    "mentions": "comments speak of it",
    "kpi": "measured",
    "nps": "NPS",
    "unassigned": "answers in no stage",
    "friction": "lost or unhappy a month",
    "value_at_stake": "at stake a month",
    "reach": "reached a month",
}
A_MONTH = ("friction", "value_at_stake", "reach")
COUNTS = {
    "customers",
    "settled",
    "moved_on",
    "left",
    "still_open",
    "answers",
    "events",
    "mentions",
    "unassigned",
}


def measured(journey_map: JourneyMap, part_id: str, *, persona: str = "") -> list[str]:
    """Return each number that was measured of a part, with its interval and how many it stands on.

    A persona without a number of its own is shown everybody's.

    Examples
    --------
    >>> import journeymap as jm
    >>> found = {"target": "buy", "metric": "emotion", "value": -1.3, "low": -1.5, "high": -1.1, "n": 263}
    >>> told = jm.JourneyMap("Shop", stages=["Buy"], measurements={"observations": [found]})
    >>> measured(told, "buy")[0].replace(numbers.MINUS, "minus ")
    'emotion minus 1.3 (minus 1.5 to minus 1.1), n 263'
    """
    tree = journey_map.measurements
    found = [one for one in (tree.observations if tree else ()) if one.target == part_id]
    own = {one.metric for one in found if persona and one.persona == persona}
    return [
        _said(one)
        for one in found
        if one.persona == (persona if one.metric in own else "") and one.value is not None
    ]


def _said(found: Observation) -> str:
    word = WORDS.get(found.metric, found.metric.replace("_", " "))
    value, n = found.value, found.n
    if found.metric in COUNTS:
        return f"{numbers.count(value)} {word}"
    if found.metric.endswith("_share"):
        text = f"{numbers.share(value, n)} {word}"
        ends = numbers.interval(found.low, found.high, n) if found.low is not None else ""
    elif found.metric.endswith("_hours"):
        text, ends = f"{word} {numbers.hours(value)}", ""
    else:
        text = f"{word} {_signed(value, found.metric)}"
        ends = (
            f"({_signed(found.low, found.metric)} to {_signed(found.high, found.metric)})"
            if found.low is not None
            else ""
        )
    return " ".join(filter(None, (text, ends))) + (f", n {numbers.count(n)}" if n is not None else "")


def _signed(value: float | None, metric: str) -> str:
    if value is None:
        return numbers.MISSING
    if metric in A_MONTH:
        return numbers.count(value)
    text = f"{value:+.1f}" if metric in ("emotion", "nps") else f"{value:,.4g}"
    return text.replace("-", numbers.MINUS)
