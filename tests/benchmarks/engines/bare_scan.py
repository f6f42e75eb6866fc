"""The floor: one compiled loop over customer, stage code and time of the stage rows, the depth only, on two threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
from numba import njit

from tests.benchmarks.case import Case
from tests.benchmarks.questions import LENGTHS, WINDOW_MS, funnel

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = -(2**62)
COLUMNS = ("u", "t", "k")


def prepare(folder: Path) -> None:
    """Write the stage rows of each funnel; within an instant the later stage comes first, so that ties never chain."""
    for n in LENGTHS:
        arrays = duckdb.execute(
            f"select u, t, k - 1 as k from '{folder}/codes.parquet' where k between 1 and {n} order by u, t, k desc"
        ).fetchnumpy()
        for name, kind in zip(COLUMNS, (np.int32, np.int64, np.uint8), strict=True):
            np.save(folder / f"scan{n}_{name}.npy", np.asarray(arrays[name]).astype(kind))


def cases(folder: Path) -> list[Case]:
    held = {n: [np.load(folder / f"scan{n}_{name}.npy") for name in COLUMNS] for n in LENGTHS}
    return [Case(funnel(n), "bare compiled scan", partial(scanned, *held[n], n)) for n in LENGTHS]


def scanned(u: Any, t: Any, k: Any, n_stages: int) -> list[int]:
    """Count customers per stage."""
    middle = int(np.searchsorted(u, u[len(u) // 2]))
    counts = np.zeros((2, n_stages + 1), dtype=np.int64)
    with ThreadPoolExecutor(2) as pool:
        for half, (first, last) in enumerate(((0, middle), (middle, len(u)))):
            pool.submit(scan, first, last, u, t, k, n_stages, WINDOW_MS, counts[half])
    return [int(n) for n in counts.sum(axis=0)[:0:-1].cumsum()[::-1]]


@njit(nogil=True, cache=True)
def scan(first, last, u, t, k, n_stages, window, ended):  # type: ignore[no-untyped-def]
    """Count customers by depth: per stage the latest entry whose chain stands there."""
    entries = np.full(n_stages, LONG_AGO, np.int64)
    customer, depth = -1, 0
    for row in range(first, last):
        if u[row] != customer:
            if customer >= 0:
                ended[depth] += 1
            customer, depth = u[row], 0
            entries[:] = LONG_AGO
        stage = k[row]
        if stage == 0:
            entries[0] = t[row]
            depth = max(depth, 1)
        elif t[row] - entries[stage - 1] <= window:
            entries[stage] = entries[stage - 1]
            depth = max(depth, stage + 1)
    if customer >= 0:
        ended[depth] += 1
