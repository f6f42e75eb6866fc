"""The order of rows: by customer and time, then by whatever else tells two rows apart, never by where they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Order:
    """An order of rows that is refined key by key; only rows that still tie are looked at again.

    Examples
    --------
    >>> order = Order(np.arange(3), customers=np.array([1, 0, 1]), at=np.array([5, 9, 5]))
    >>> order.refine(lambda: np.array([7, 0, 3]))
    >>> order.rows.tolist()
    [1, 2, 0]
    """

    def __init__(self, rows: NDArray[np.int64], *, customers: NDArray[Any], at: NDArray[np.int64]) -> None:
        order, self.customers, self.at = _sorted(customers[rows], at[rows])
        self.rows = rows[order]
        self.new = np.ones(len(rows), dtype=bool)
        """Whether a row differs from the one before it in any key so far."""
        self.new[1:] = (self.customers[1:] != self.customers[:-1]) | (self.at[1:] != self.at[:-1])
        self.tied = self._find_tied()
        """Where rows stand that do not differ from the one before or after."""

    def refine(self, key: Callable[[], NDArray[Any]]) -> None:
        """Order the rows that still tie by one more key, given for all rows; it is not even made if none do."""
        if not len(self.tied):
            return
        rows, group = self.rows[self.tied], np.cumsum(self.new)[self.tied]
        values = key()[rows]
        inner = np.lexsort((values, group))
        self.rows[self.tied], values = rows[inner], values[inner]
        self.new[self.tied[1:]] |= values[1:] != values[:-1]
        self.tied = self._find_tied()

    def _find_tied(self) -> NDArray[np.int64]:
        return np.flatnonzero(~self.new | ~np.append(self.new[1:], True))


def _sorted(
    customers: NDArray[Any], at: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[Any], NDArray[np.int64]]:
    """Return the order by customer and time, the customers and the times in it; sorted as one key where both fit into it."""
    first = at.min()
    bits = int(at.max() - first).bit_length()
    if bits + int(customers.max()).bit_length() > 63:
        order = np.lexsort((at, customers))
        return order, customers[order], at[order]
    key = (customers.astype(np.int64) << bits) | (at - first)
    order = np.argsort(key)
    key = key[order]
    return order, (key >> bits).astype(customers.dtype), (key & ((1 << bits) - 1)) + first
