"""Run a kernel over all customers, on as many threads as there are cores."""

from __future__ import annotations

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

WORTH_A_THREAD = 100_000


def threads() -> int:
    """How many threads kernels use: the cores of the machine, or ``JOURNEYMAP_THREADS``."""
    return int(os.environ.get("JOURNEYMAP_THREADS", "0")) or os.cpu_count() or 1


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
    parts = max(1, min(threads(), rows // WORTH_A_THREAD))
    bounds = np.searchsorted(offsets, np.linspace(0, rows, parts + 1)).clip(0, customers)
    bounds[0], bounds[-1] = 0, customers
    if parts == 1:
        kernel(0, customers, *arguments)
        return
    with ThreadPoolExecutor(parts) as pool:
        for done in [pool.submit(kernel, int(a), int(b), *arguments) for a, b in itertools.pairwise(bounds)]:
            done.result()
