"""Compiling ahead: the searches are compiled once for a machine, better while a file is read than when somebody asks."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import numpy as np

from journeymap.counting.kernels import FOREVER
from journeymap.counting.search_kernels import choose_attempts, trace_attempts
from journeymap.counting.searching import Rules, in_room

if TYPE_CHECKING:
    from numpy.typing import NDArray


def warm_up() -> Thread:
    """Compile the searches that most questions need, or load them from disk, in the background."""
    thread = Thread(target=_search_nothing, daemon=True)
    thread.start()
    return thread


def _search_nothing() -> None:
    rules = Rules(1, 1, FOREVER, 0, 1, FOREVER, -1, *[False] * 8)
    longs, bits, flags = np.zeros(1, np.int64), np.ones(1, np.uint8), np.zeros(1, np.bool_)
    none: NDArray[np.int64] = np.empty(0, np.int64)
    offsets = np.array([0, 1])
    searched = (
        offsets,
        longs,
        bits,
        none,
        none,
        rules,
        np.zeros((1, 2), np.int64),
        np.empty((0, 3), np.int64),
    )
    depths = np.zeros(1, np.int8)
    best = (depths, depths.copy(), longs.copy(), flags.copy(), longs.copy())
    settled = tuple(vector.copy() for vector in best)
    in_room(choose_attempts, 1)(0, 1, *searched, 0, flags[:0], flags.copy(), *best, *settled)
    reached = np.full((1, 1), -1)
    in_room(trace_attempts, 1)(
        0, 1, *searched, np.empty((0, 2), np.int64), longs, longs, longs, reached, reached[:, :0]
    )
