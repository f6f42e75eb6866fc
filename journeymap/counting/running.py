"""Run a kernel over all customers, on as many threads as there are cores."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.events.cores import cores

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

WORTH_A_THREAD = 100_000


def over_customers(kernel: Callable[..., None], offsets: NDArray[np.int64], *arguments: Any) -> None:
    """Call ``kernel(first, last, *arguments)`` over ranges of customers that hold about equally many rows.

    Parameters
    ----------
    kernel
        A function that lets go of the interpreter's lock and writes only what belongs to its customers.
    offsets
        Where the rows of each customer begin; one longer than the customers.
    """
    customers, rows = len(offsets) - 1, int(offsets[-1])
    parts = max(1, min(cores(), rows // WORTH_A_THREAD))
    bounds = np.searchsorted(offsets, [rows * part // parts for part in range(parts + 1)])
    bounds[0], bounds[-1] = 0, customers
    if parts == 1:
        kernel(0, customers, *arguments)
        return
    with ThreadPoolExecutor(parts) as pool:
        for done in [pool.submit(kernel, int(a), int(b), *arguments) for a, b in itertools.pairwise(bounds)]:
            done.result()
