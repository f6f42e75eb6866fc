"""Numbers of a map as people read them on it."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from journeymap.charts.numbers import MINUS, NARROW_SPACE, count, hours, share

if TYPE_CHECKING:
    from journeymap.charts.maps.facts import Facts

CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
SHARES = ("moved_on_share", "left_share", "negative_share", "reach_share")
FINEST = 3
"""How many more decimals two numbers may have, so that they can be told apart."""


def signed(value: float, /, *, more: int = 0) -> str:
    """Write an emotion or a score with its sign and one decimal.

    Examples
    --------
    >>> signed(0.94), signed(-1.26).replace(MINUS, "minus "), signed(0.04)
    ('+0.9', 'minus 1.3', '0.0')
    """
    text = f"{value:.{1 + more}f}"
    return text.lstrip("-") if not float(text) else text.replace("-", MINUS) if value < 0 else f"+{text}"


def length(value: float, /, *, more: int = 0) -> str:
    """Write a length of time, given in hours, in one unit.

    Examples
    --------
    >>> [length(value) for value in (0.01, 0.7, 2.5, 154)]
    ['36\xa0s', '42\xa0min', '2.5\xa0h', '6.4\xa0days']
    """
    seconds = value * 3600
    for below, size, unit in ((60, 1, "s"), (3600, 60, "min"), (48 * 3600, 3600, "h")):
        if seconds < below:
            return f"{_short(seconds / size, more)}\N{NO-BREAK SPACE}{unit}"
    return f"{_short(seconds / 86400, more)}\N{NO-BREAK SPACE}days"


def _short(value: float, more: int) -> str:
    if more:
        return f"{value:,.{more + (value < 10)}f}"
    return f"{value:,.0f}" if value >= 10 or f"{value:.1f}".endswith(".0") else f"{value:.1f}"


def round_share(value: float, metric: str, /, *, unit: str = "", more: int = 0) -> str:
    """Write a number that somebody chose: as `of_metric`, and whole percent without a decimal.

    Examples
    --------
    >>> round_share(0.9, "moved_on_share"), round_share(0.905, "moved_on_share")
    ('90\u202f%', '90.5\u202f%')
    """
    said = of_metric(value, metric, unit=unit, more=more)
    return said.replace(f".0{NARROW_SPACE}%", f"{NARROW_SPACE}%")


def to_tell_apart(value: float, other: float, metric: str, /, *, unit: str = "") -> int:
    """Return how many more decimals two different numbers of a metric need, so that they do not look the same.

    Examples
    --------
    >>> to_tell_apart(1.169, 1.2, "emotion"), to_tell_apart(0.9, 1.2, "emotion"), to_tell_apart(0.8996, 0.9, "left_share")
    (1, 0, 1)
    """
    if isclose(value, other):
        return 0
    written = (of_metric(value, metric, unit=unit, more=more) for more in range(FINEST))
    same = (of_metric(other, metric, unit=unit, more=more) for more in range(FINEST))
    return next((more for more, (a, b) in enumerate(zip(written, same, strict=True)) if a != b), FINEST)


def of_metric(value: float, metric: str, /, *, unit: str = "", more: int = 0) -> str:
    """Write a number of a metric in its unit, with so many more decimals than usual.

    Examples
    --------
    >>> of_metric(0.655, "moved_on_share"), of_metric(12, "nps"), of_metric(3, "", unit="stars")
    ('65.5\u202f%', '+12', '3\xa0stars')
    """
    if metric in SHARES or (unit in ("%", "share") and abs(value) <= 1):
        return share(value) if not more else f"{100 * value:.{1 + more}f}{NARROW_SPACE}%"
    if metric == "median_hours":
        return length(value, more=more)
    if metric == "emotion":
        return signed(value, more=more)
    if metric == "nps":
        return f"{value:+.{more}f}".replace("-", MINUS) if round(value, more) else "0"
    if metric in ("customers", "mentions", "friction", "value_at_stake", "reach"):
        return f"{value:,.{more}f}" if more else count(value)
    if unit in ("%", "share"):
        return f"{value:.{6 + more}g}{NARROW_SPACE}%"
    return f"{value:,.{4 + more}g}\N{NO-BREAK SPACE}{unit}".replace("-", MINUS).strip("\N{NO-BREAK SPACE} ")


def money(facts: Facts, part: str, /) -> str:
    """Write what is at stake with its interval, if it was computed."""
    found = facts.observed(part, "value_at_stake")
    if found is None or found.value is None:
        return ""
    sign = CURRENCIES.get(facts.told.currency.upper(), facts.told.currency and f"{facts.told.currency} ")
    ends = (
        "" if found.low is None or found.high is None else f" ({found.low:,.0f}\N{EN DASH}{found.high:,.0f})"
    )
    return f"{sign}{found.value:,.0f}{ends}"


__all__ = [
    "count",
    "hours",
    "length",
    "money",
    "of_metric",
    "round_share",
    "share",
    "signed",
    "to_tell_apart",
]
