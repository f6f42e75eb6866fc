"""Bootstrap over customers: how sums over them would come out in other samples of as many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ROOM = 8_000_000
"""How many numbers are drawn at once."""


def resampled_sums(
    rows: NDArray[np.integer[Any]],
    /,
    *,
    times: int,
    seed: int,
    amount: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return the column sums of samples that draw as many customers as there are, with replacement.

    Customers with equal rows are one pattern; how often each pattern is drawn is multinomial, so that the draws are those of
    the plain bootstrap while their cost grows with the number of patterns, not of customers.

    Parameters
    ----------
    rows
        Customers x columns of whole numbers.
    times, seed
        How many samples, and the source of chance.
    amount
        Money of each customer. Within a pattern it is drawn by the normal approximation, from mean and variance of the
        pattern; its sum is then the last column.

    Returns
    -------
    numpy.ndarray
        Samples x columns.

    Notes
    -----
    Source: Efron 1979, Annals of Statistics 7, 1.

    Examples
    --------
    >>> draws = resampled_sums(np.array([[1, 1], [1, 0], [1, 0]]), times=1000, seed=0)
    >>> set(draws[:, 0]), bool(abs(draws[:, 1].mean() - 1) < 0.1)
    ({np.float64(3.0)}, True)
    """
    random = np.random.default_rng(seed)
    patterns, of_customer, sizes = _patterns(rows)
    chances = sizes / sizes.sum()
    step = max(1, ROOM // max(len(patterns), 1))
    blocks = []
    for begin in range(0, times, step):
        drawn = random.multinomial(len(rows), chances, size=min(step, times - begin)).astype(float)
        sums = drawn @ patterns.astype(float)
        if amount is not None:
            sums = np.column_stack([sums, _drawn_amounts(random, drawn, of_customer, sizes, amount)])
        blocks.append(sums)
    return np.concatenate(blocks)


def _patterns(rows: NDArray[np.integer[Any]]) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows, which of them each row is, and how often each is there.

    Rows are told apart by one number each, as sorting whole rows takes a hundred times as long; in the case, hardly to be
    met, that two rows share a number, they are sorted.
    """
    keys = np.zeros(len(rows), dtype=np.uint64)
    factors = np.random.default_rng(0).integers(1, 2**63, size=(rows.shape[1],), dtype=np.uint64)
    for column, factor in zip(rows.T, factors, strict=True):
        keys += column.astype(np.uint64) * factor
    _, first, of_row, sizes = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    patterns = rows[first]
    if (patterns[of_row] == rows).all():
        return patterns, of_row, sizes
    patterns, of_row, sizes = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    return patterns, of_row.ravel(), sizes


def _drawn_amounts(
    random: np.random.Generator,
    drawn: NDArray[np.float64],
    of_customer: NDArray[np.int64],
    sizes: NDArray[np.int64],
    amount: NDArray[np.float64],
) -> NDArray[np.float64]:
    means = np.bincount(of_customer, weights=amount) / sizes
    variances = np.bincount(of_customer, weights=(amount - means[of_customer]) ** 2) / sizes
    return drawn @ means + np.sqrt(drawn @ variances) * random.standard_normal(len(drawn))


def interval95(draws: ArrayLike, /) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 95 % percentile interval of each column; nan where a draw is not defined in most samples.

    Examples
    --------
    >>> low, high = interval95(np.arange(1001.0)[:, None])
    >>> low.tolist(), high.tolist()
    ([25.0], [975.0])
    """
    draws = np.asarray(draws, dtype=float)
    known = np.isfinite(draws).mean(axis=0) > 0.5
    ends = np.full((2, draws.shape[1]), np.nan)
    if known.any():
        ends[:, known] = np.nanpercentile(draws[:, known], [2.5, 97.5], axis=0)
    return ends[0], ends[1]


def top_share(draws: NDArray[np.float64], /, *, top: int = 3) -> NDArray[np.float64]:
    """Return for each column in what share of the samples it is among the largest; ties go to the earlier column.

    Examples
    --------
    >>> top_share(np.array([[3.0, 1.0, 2.0], [1.0, 3.0, np.nan]]), top=1).tolist()
    [0.5, 0.5, 0.0]
    """
    low = np.where(np.isfinite(draws), draws, -np.inf)
    rank = np.argsort(np.argsort(-low, axis=1, kind="stable"), axis=1, kind="stable")
    share: NDArray[np.float64] = ((rank < top) & np.isfinite(draws)).mean(axis=0)
    return share
