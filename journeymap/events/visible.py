"""The events of a log that are left after its filters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Visible:
    """The events left after the filters, sorted as in the store.

    Attributes
    ----------
    offsets
        Where the rows of each customer of the store begin; one longer than the customers.
    at, event, sequence
        As in :class:`~journeymap.events.store.Store`.
    rows
        The row of the store of each event, or None if all are visible.
    """

    offsets: NDArray[np.int64]
    at: NDArray[np.int64]
    event: NDArray[Any]
    sequence: NDArray[np.int64] | None
    rows: NDArray[np.int64] | None

    @cached_property
    def customer(self) -> NDArray[np.int32]:
        """The customer code of each event."""
        counts = np.diff(self.offsets)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)
