"""The order of rows: by customer and time, then by whatever else tells two rows apart, never by where they stood."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from journeymap.events.cores import cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FEW = 32
"""Up to so many rows of a customer are put in order one by one."""


class Order:
    """An order of rows that is refined key by key; only rows that still tie are looked at again.

    Attributes
    ----------
    rows
        The rows in order.
    at
        Their times.
    offsets
        Where the rows of each customer begin, from the first customer to the last.
    new
        Whether a row differs from the one before it in any key so far.
    tied
        Where rows stand that do not differ from the one before or after.

    Examples
    --------
    >>> keys = np.array([7, 0, 3])
    >>> order = Order(customers=np.array([1, 0, 1]), at=np.array([5, 9, 5]))
    >>> order.refine(lambda rows: keys[rows])
    >>> order.rows.tolist()
    [1, 2, 0]
    """

    def __init__(self, *, customers: NDArray[Any], at: NDArray[np.int64]) -> None:
        first = int(customers.min())
        self.rows, self.offsets = _by_customer(customers, first, int(customers.max()) - first + 1)
        self.at = np.empty(len(at), dtype=np.int64)
        _by_time_in_parts(self.offsets, self.rows, at, self.at)
        self.new = np.ones(len(at), dtype=bool)
        self.new[1:] = self.at[1:] != self.at[:-1]
        self.new[self.offsets[:-1][np.diff(self.offsets) > 0]] = True
        self.tied = self._find_tied()

    def refine(self, key: Callable[[NDArray[np.int64]], NDArray[Any]]) -> None:
        """Order the rows that still tie by one more key, given for some rows; it is not even made if none do."""
        if not len(self.tied):
            return
        rows, group = self.rows[self.tied], np.cumsum(self.new[self.tied])
        values = key(rows)
        inner = np.lexsort((values, group))
        self.rows[self.tied], values = rows[inner], values[inner]
        self.new[self.tied[1:]] |= values[1:] != values[:-1]
        self.tied = self._find_tied()

    def _find_tied(self) -> NDArray[np.int64]:
        return np.flatnonzero(~self.new | ~np.append(self.new[1:], True))


@numba.njit(cache=True, nogil=True)
def _by_customer(
    customers: NDArray[np.int32], first: int, number: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows by customer, and where those of each customer begin; customers are first, first + 1 and so on."""
    offsets = np.zeros(number + 1, dtype=np.int64)
    for row in range(len(customers)):
        offsets[customers[row] - first + 1] += 1
    for customer in range(number):
        offsets[customer + 1] += offsets[customer]
    free, rows = offsets[:-1].copy(), np.empty(len(customers), dtype=np.int64)
    for row in range(len(customers)):
        customer = customers[row] - first
        rows[free[customer]] = row
        free[customer] += 1
    return rows, offsets


@numba.njit(cache=True, nogil=True)
def _by_time(
    begin: int,
    end: int,
    offsets: NDArray[np.int64],
    rows: NDArray[np.int64],
    at: NDArray[np.int64],
    out: NDArray[np.int64],
) -> None:
    """Order the rows of each of some customers by time; `out` takes the times."""
    for customer in range(begin, end):
        start, stop = offsets[customer], offsets[customer + 1]
        for place in range(start, stop):
            out[place] = at[rows[place]]
        if stop - start > FEW:
            inner = np.argsort(out[start:stop], kind="mergesort")
            rows[start:stop] = rows[start:stop][inner]
            out[start:stop] = out[start:stop][inner]
            continue
        for place in range(start + 1, stop):
            moment, row, free = out[place], rows[place], place
            while free > start and out[free - 1] > moment:
                out[free], rows[free] = out[free - 1], rows[free - 1]
                free -= 1
            out[free], rows[free] = moment, row


def _by_time_in_parts(
    offsets: NDArray[np.int64], rows: NDArray[np.int64], at: NDArray[np.int64], out: NDArray[np.int64]
) -> None:
    """Order by time on as many threads as there are cores."""
    parts = cores()
    bounds = np.searchsorted(offsets, [int(offsets[-1]) * part // parts for part in range(parts + 1)])
    bounds[0], bounds[-1] = 0, len(offsets) - 1
    with ThreadPoolExecutor(parts) as pool:
        for done in [
            pool.submit(_by_time, int(begin), int(end), offsets, rows, at, out)
            for begin, end in itertools.pairwise(bounds)
        ]:
            done.result()
