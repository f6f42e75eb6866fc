"""Intervals of shares and of their differences."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

Z95 = NormalDist().inv_cdf(0.975)


def wilson(successes: ArrayLike, trials: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the 95 % Wilson score interval of successes out of trials; undefined (nan) where there is no trial.

    Source: Wilson 1927, Journal of the American Statistical Association 22, 209.

    Examples
    --------
    >>> low, high = wilson(7, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.397, 0.892)
    """
    n = np.where(np.asarray(trials) > 0, trials, np.nan).astype(float)
    p = np.asarray(successes) / n
    scale = 1 + Z95**2 / n
    centre = (p + Z95**2 / (2 * n)) / scale
    half = Z95 / scale * np.sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2))
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def newcombe(successes: tuple[int, int], trials: tuple[int, int]) -> tuple[float, float, float]:
    """Return the difference of two shares (first less second) and its 95 % interval.

    Source: Newcombe 1998, Statistics in Medicine 17, 873, method 10 (from the two Wilson intervals).

    Examples
    --------
    >>> [round(number, 4) for number in newcombe((56, 48), (70, 80))]
    [0.2, 0.0524, 0.3339]
    """
    p1, p2 = successes[0] / trials[0], successes[1] / trials[1]
    (low1, low2), (high1, high2) = (bounds.tolist() for bounds in wilson(successes, trials))
    below = ((p1 - low1) ** 2 + (high2 - p2) ** 2) ** 0.5
    above = ((high1 - p1) ** 2 + (p2 - low2) ** 2) ** 0.5
    return p1 - p2, p1 - p2 - below, p1 - p2 + above


def difference_p_value(successes: tuple[int, int], trials: tuple[int, int]) -> float:
    """Return the two-sided p value of the pooled z test that two shares are equal; 1 where both are 0 or 1.

    Examples
    --------
    >>> round(difference_p_value((56, 48), (70, 80)), 4)
    0.008
    """
    pooled = sum(successes) / sum(trials)
    spread = (pooled * (1 - pooled) * (1 / trials[0] + 1 / trials[1])) ** 0.5
    if spread == 0:
        return 1.0
    z = abs(successes[0] / trials[0] - successes[1] / trials[1]) / spread
    return 2 * NormalDist().cdf(-z)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p values of several planned comparisons so that all of them hold together.

    Source: Holm 1979, Scandinavian Journal of Statistics 6, 65.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, floor = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        floor = max(floor, min(1.0, p_values[i] * (len(p_values) - rank)))
        adjusted[i] = floor
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjust p values of a screen over many candidates, so that few of those that are found are false.

    Source: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57, 289.

    Examples
    --------
    >>> [round(p, 3) for p in benjamini_hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i], reverse=True)
    adjusted, ceiling = [0.0] * len(p_values), 1.0
    for rank, i in enumerate(order):
        ceiling = min(ceiling, p_values[i] * len(p_values) / (len(p_values) - rank))
        adjusted[i] = ceiling
    return adjusted
