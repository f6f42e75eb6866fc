"""Scores of surveys as emotions from -2 to 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from journeymap.errors import DefinitionError, listing, nearest

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Scale: TypeAlias = str | tuple[float, float]

SCALES: dict[str, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""The worst and the best score of each survey that has a name."""


def bounds_of(scale: Any) -> tuple[float, float]:
    """Return the worst and the best score of a scale: a name, or the two themselves.

    Examples
    --------
    >>> bounds_of("csat"), bounds_of((7, 1))
    ((1, 5), (7, 1))
    """
    if isinstance(scale, str) and scale in SCALES:
        return SCALES[scale]
    if isinstance(scale, tuple | list) and len(scale) == 2:
        worst, best = scale
        if all(type(end) in (int, float) and np.isfinite(end) for end in scale) and worst != best:
            return worst, best
    close = nearest(scale, SCALES) if isinstance(scale, str) else None
    raise DefinitionError(
        f"scale={scale!r} is not known.",
        right=f"One of {listing(SCALES, last='or')}, or the worst and the best score.",
        fix=f'scale="{close}"' if close else "scale=(1, 5)",
    )


def emotion_of(scores: ArrayLike, scale: Scale) -> NDArray[np.float64]:
    """Turn scores into emotions: the worst is -2, the best 2, evenly between.

    CSAT x becomes x - 3, CES (x - 4) * 2 / 3. Where a low score is the good end, as in the first version of CES, the scale is
    ``(7, 1)``. NPS asks about the whole relationship and gives no emotion at all.

    Examples
    --------
    >>> emotion_of([1, 5], "csat").tolist(), emotion_of([4, 7], "ces").tolist(), emotion_of([9], "nps").tolist()
    ([-2.0, 2.0], [0.0, 2.0], [nan])
    """
    worst, best = bounds_of(scale)
    values = np.asarray(scores, dtype=float)
    return np.full(values.shape, np.nan) if scale == "nps" else (values - worst) / (best - worst) * 4 - 2
