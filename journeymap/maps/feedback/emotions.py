"""The emotion of a place on the map: the answers given there, pooled, and drawn to the mean of all places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.analyses.intervals import Z95

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LEAST = 5
"""Fewer answers are not shown."""
PRIOR = 10
"""As many answers' worth of the spread of all places stand behind the spread of one."""
ROUNDING = 1 / 12
"""The variance that rounding to whole steps leaves; no place's answers are taken to vary less."""


@dataclass(frozen=True)
class Pooled:
    """The emotion of each place, one element each; missing where too few answered.

    Attributes
    ----------
    n
        How many answers there are.
    value, low, high
        The estimate and its 95 % interval, -2 to 2.
    drawn
        By how much (0 to 1) the place was drawn to the mean of all.
    mean
        The mean of all places.
    """

    n: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    drawn: NDArray[np.float64]
    mean: float


def pooled(emotions: ArrayLike, places: ArrayLike, kinds: ArrayLike, *, n_places: int) -> Pooled:
    """Estimate the emotion of each place from single answers.

    1. Within a place, each kind of answer (its scale) has a mean with the variance s²/n, where s² is the kind's variance in
       the place, held by ``PRIOR`` answers' worth of its variance within all places, and at least ``ROUNDING``. The kinds are
       pooled by inverse variance to y with the variance v.
    2. The places differ by τ² (DerSimonian and Laird 1986, Controlled Clinical Trials 7, 177: the excess of their spread over what v
       explains, not below 0), around the mean μ weighted by 1 / (v + τ²).
    3. Each is drawn to the mean by B = v / (v + τ²): (1 - B) y + B μ, with the variance (1 - B) v + B² / Σ 1 / (v + τ²), as in
       empirical Bayes (Morris 1983, Journal of the American Statistical Association 78, 47). A place with many answers stays where it is;
       the mean itself is not shrunk, and one place alone neither.

    Adding a number to all answers adds it to all estimates, as long as they stay within the scale.

    Parameters
    ----------
    emotions, places, kinds
        For each answer its emotion, the position of its place from 0, and the scale that it was given on.
    n_places
        How many places there are.

    Examples
    --------
    >>> found = pooled([-1] * 20 + [1] * 20, [0] * 20 + [1] * 20, ["csat"] * 40, n_places=3)
    >>> found.value.round(2).tolist(), found.n.tolist()
    ([-1.0, 1.0, nan], [20, 20, 0])
    """
    values, place = np.asarray(emotions, dtype=float), np.asarray(places, dtype=np.int64)
    n = np.bincount(place, minlength=n_places)
    estimate, variance = _within(values, place, np.asarray(kinds), n_places)
    shown = n >= LEAST
    value, spread, drawn = (np.full(n_places, np.nan) for _ in range(3))
    mean = float("nan")
    if shown.any():
        mean, value[shown], spread[shown], drawn[shown] = _between(estimate[shown], variance[shown])
    half = Z95 * np.sqrt(spread)
    return Pooled(n, value, np.clip(value - half, -2, 2), np.clip(value + half, -2, 2), drawn, mean)


def _within(
    values: NDArray[np.float64], place: NDArray[np.int64], kinds: NDArray[Any], n_places: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pool the answers of each place; return the means and their variances."""
    weight, weighted = np.zeros(n_places), np.zeros(n_places)
    for kind in np.unique(kinds):
        mine = kinds == kind
        n = np.bincount(place[mine], minlength=n_places)
        some = np.maximum(n, 1)
        mean = np.bincount(place[mine], values[mine], n_places) / some
        squares = np.bincount(place[mine], (values[mine] - mean[place[mine]]) ** 2, n_places)
        overall = squares.sum() / max(n.sum() - (n > 0).sum(), 1)
        spread = (squares + PRIOR * overall) / (np.maximum(n - 1, 0) + PRIOR)
        precision = n / np.maximum(spread, ROUNDING)
        weight, weighted = weight + precision, weighted + precision * mean
    known = np.where(weight > 0, weight, np.nan)
    return weighted / known, 1 / known


def _between(y: NDArray[np.float64], v: NDArray[np.float64]) -> tuple[float, Any, Any, Any]:
    """Draw means to their own mean; return it, the estimates, their variances and by how much each was drawn."""
    w = 1 / v
    centre = (w * y).sum() / w.sum()
    excess = (w * (y - centre) ** 2).sum() - (len(y) - 1)
    room = w.sum() - (w**2).sum() / w.sum()
    tau2 = max(excess / room, 0) if room > 0 else 0.0
    whole = 1 / (v + tau2)
    mean = float((whole * y).sum() / whole.sum())
    drawn = v / (v + tau2) if len(y) > 1 else np.zeros(1)
    return mean, (1 - drawn) * y + drawn * mean, (1 - drawn) * v + drawn**2 / whole.sum(), drawn
