"""Numbers as observations: plain, rounded, missing where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.analyses.intervals import Z95, wilson
from journeymap.maps.measurements import Observation

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGITS = 6
WILSON = "share, Wilson interval"


def observed(target: str, metric: str, value: Any, *, method: str = "", **numbers: Any) -> Observation:
    """Write a number and what belongs to it (`n`, `num`, `den`, `low`, `high`) as an observation.

    Examples
    --------
    >>> observed("pay", "emotion", float("nan"), n=np.int64(3))
    Observation(extra={}, target='pay', metric='emotion', persona='', window='', value=None, n=3, num=None, ...
    """
    plain: dict[str, Any] = {name: _plain(number) for name, number in {"value": value, **numbers}.items()}
    return Observation(target=target, metric=metric, method=method, **plain)


def _plain(number: Any) -> float | None:
    if number is None or number != number:  # noqa: PLR0124 - nan
        return None
    plain = number.item() if isinstance(number, np.generic) else number
    if isinstance(plain, float):
        return int(plain) if plain.is_integer() else round(plain, DIGITS)
    return int(plain)


def share(
    target: str, metric: str, num: Any, den: Any, *, least: int = 1, method: str = WILSON
) -> Observation:
    """Write a share with its interval; of fewer than `least` only how many they are."""
    if den < least:
        return observed(target, metric, None, n=den, num=num, den=den, method=method)
    low, high = wilson(num, den)
    return observed(
        target, metric, num / den, n=den, num=num, den=den, low=float(low), high=float(high), method=method
    )


def median(target: str, metric: str, hours: NDArray[np.float64]) -> Observation:
    """Write the median of hours, with the interval between two of them that holds it in 95 of 100 samples.

    Its ends are the sorted values of the ranks j and n + 1 - j, j = n / 2 - 1.96 √n / 2 rounded down, from the sign test (Conover
    1999, Practical Nonparametric Statistics, chapter 3). Fewer than six have no such interval.
    """
    n = len(hours)
    if not n:
        return observed(target, metric, None, n=0, method="median")
    ordered, half = np.sort(hours), Z95 * n**0.5 / 2
    first = max(int(n / 2 - half), 1) - 1
    low, high = (ordered[first], ordered[n - 1 - first]) if n >= 6 else (None, None)
    value = np.median(ordered)
    return observed(target, metric, value, n=n, low=low, high=high, method="median, interval by ranks")
