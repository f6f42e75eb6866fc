"""Whether groups differ, and by how much: for the checks, which ask many such questions at once."""

from __future__ import annotations

from math import erfc, exp, lgamma, log
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


class Contrast(NamedTuple):
    """How surely and how strongly the rows of a table of counts differ: the p value and Cramér's V, 0 to 1."""

    p: float
    v: float


def chi_square(counts: ArrayLike) -> Contrast:
    """Test whether the rows of a table of counts have the same shares; empty rows and columns are left out.

    Source: Pearson's chi-squared test without correction; Cramér 1946, Mathematical Methods of Statistics, 21.9.

    Examples
    --------
    >>> p, v = chi_square([[50, 50], [70, 30]])
    >>> round(p, 5), round(v, 3)
    (0.00389, 0.204)
    """
    table = np.asarray(counts, dtype=float)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return Contrast(1.0, 0.0)
    total: Any = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    statistic = float(((table - expected) ** 2 / expected).sum())
    degrees = (table.shape[0] - 1) * (table.shape[1] - 1)
    return Contrast(beyond(statistic, degrees), float(statistic / total / (min(table.shape) - 1)) ** 0.5)


def beyond(statistic: float, degrees: int) -> float:
    """Return how likely a chi-squared value of whole degrees of freedom is larger than this one.

    Source: the finite sums of Abramowitz and Stegun 1964, 26.4.4 and 26.4.5.

    Examples
    --------
    >>> round(beyond(3.841, 1), 3), round(beyond(5.991, 2), 3), round(beyond(11.070, 5), 3)
    (0.05, 0.05, 0.05)
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    first = 0.5 if degrees % 2 else 0.0
    steps = (place + first for place in range(degrees // 2))
    total = sum(exp(step * log(half) - half - lgamma(step + 1)) for step in steps)
    return min(1.0, total + (erfc(half**0.5) if degrees % 2 else 0.0))
