"""Numbers of a map in tables: with their interval, and a dash where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.charts.maps.numbers import SHARES, of_metric
from journeymap.charts.numbers import MISSING, interval, share

if TYPE_CHECKING:
    from journeymap.maps.measurements import Observation


def number(
    value: float | None, metric: str = "", /, *, n: float | None = None, unit: str = "", more: int = 0
) -> str:
    """Write a number of a metric; a share of fewer than 100 customers in whole percent.

    Examples
    --------
    >>> number(0.46, "left_share"), number(0.46, "left_share", n=50), number(1.26, "emotion"), number(None, "nps") == MISSING
    ('46.0\\u202f%', '46\\u202f%', '+1.3', True)
    """
    if value is None:
        return MISSING
    plain = metric in SHARES and not more
    return share(value, n) if plain else of_metric(value, metric, unit=unit, more=more)


def ends(found: Observation | None, metric: str, /, *, more: int = 0) -> str:
    """Write the 95 % interval of a number.

    Examples
    --------
    >>> from journeymap.maps.measurements import Observation
    >>> ends(Observation(low=0.6, high=1, n=80), "emotion")
    '(+0.6 to +1.0)'
    """
    if found is None or found.low is None or found.high is None:
        return MISSING
    if metric in SHARES and not more:
        return interval(found.low, found.high, found.n)
    return f"({number(found.low, metric, more=more)} to {number(found.high, metric, more=more)})"


def measured(found: Observation | None, metric: str, /, *, unit: str = "", more: int = 0) -> str:
    """Write a number with its interval, if it has one.

    Examples
    --------
    >>> from journeymap.maps.measurements import Observation
    >>> measured(Observation(value=1.3, low=1, high=1.6, n=80), "emotion"), measured(None, "emotion") == MISSING
    ('+1.3 (+1.0 to +1.6)', True)
    """
    if found is None or found.value is None:
        return MISSING
    said = number(found.value, metric, n=found.n, unit=unit, more=more)
    around = ends(found, metric, more=more)
    return said if around == MISSING else f"{said} {around}"
