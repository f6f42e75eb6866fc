"""What the compiled searches share: the rules as numbers, the index of next rows, and excluded events.

A unit's rows are the events of any stage, in order of time. An index of the next row of each stage makes an attempt cost
stages, not rows. The searches all take the same arrays, one by one, as a bundle of them would be counted at every call:

- `at`, `marks`, `sequence`, `quiet`: per row its instant, its bits, its sequence key (or empty) and, under strict order, the
  visible instant before it;
- `rules`, `gaps`, `spans`: the rules as numbers, per stage the least and the most time since the stage before, and the
  excluded events as (bit, stage after which, stage before which) or, in any order, the blocks of stages;
- `following`, `hand`: room for the index of next rows, and for the attempt that is being followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journeymap.counting.compiling import inner
from journeymap.counting.kernels import FOREVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CHAIN, CLOCK, BEST, BEST_CLOCK, CURSOR, EARLIEST, MATCH, ORIGIN, EXHAUSTED, CHASES = range(10)
"""The rows of `hand`, each with a place per stage: the rows of the attempt, when it passed each stage, both for the best
attempt so far, the next row to try, the earliest that was; matched rows, where a stage came from; whether the attempt ended for
want of any later row of its stage; how many chases there were."""


class Rules(NamedTuple):
    """The counting rules as numbers.

    Bits 0 to `n_stages` - 1 of a row are the required stages, the bits above them optional stages and excluded events.
    Entries lie in [begin, end), every event before `until`. `grace` is how far an event may come before the one it
    follows; -1 is not even at the same instant. `overlapping` says whether a row may serve several stages but only one of
    them in an attempt.
    """

    n_stages: int
    n_bits: int
    window: int
    begin: int
    end: int
    until: int
    grace: int
    reuse: bool
    overlapping: bool
    strict: bool
    gapped: bool
    any_order: bool
    any_start: bool
    first_only: bool
    latest: bool


def in_room(search: Callable[..., None], longest: int) -> Callable[..., None]:
    """Return a search of some units that is given `following` and `hand`, with room for the `longest` number of rows."""

    def searched(first: int, last: int, offsets: NDArray[np.int64], *arguments: Any) -> None:
        *rows, rules, gaps, spans = arguments[:7]
        following = np.full((longest + 1, rules.n_bits + rules.gapped * rules.n_stages), -1, dtype=np.int64)
        hand = np.zeros((CHASES + 1, rules.n_stages), dtype=np.int64)
        search(first, last, offsets, *rows, rules, gaps, spans, following, hand, *arguments[7:])

    return searched


@inner
def index_rows(begin, stop, marks, n_bits, following):  # type: ignore[no-untyped-def]
    """For each row and bit of one unit, write the next row (itself included) that carries the bit; `stop` is none."""
    for bit in range(n_bits):
        following[stop - begin, bit] = stop
    for row in range(stop - 1, begin - 1, -1):
        place, carried = row - begin, np.int64(marks[row])
        for bit in range(n_bits):
            following[place, bit] = row if (carried >> bit) & 1 else following[place + 1, bit]


@inner
def first_row(begin, stop, at, instant):  # type: ignore[no-untyped-def]
    """Return the first row in [begin, stop) that is not before an instant."""
    low, high = begin, stop
    while low < high:
        middle = (low + high) // 2
        if at[middle] < instant:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def ended_by(reached, start, begin, stop, at, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Return when an excluded event ended the attempt in hand, or FOREVER if none did."""
    ended, entered = FOREVER, at[hand[CHAIN, start]]
    for guard in range(len(spans)):
        if spans[guard, 1] < start or not spans[guard, 1] < reached <= spans[guard, 2]:
            continue
        found = next_excluded(guard, begin, stop, at, spans, following, hand)
        if found == stop or at[found] - entered > rules.window or at[found] >= rules.until:
            continue
        if rules.gapped and at[found] - hand[CLOCK, reached - 1] > gaps[reached, 1]:
            continue
        ended = min(ended, at[found])
    return ended


@inner
def next_excluded(guard, begin, stop, at, spans, following, hand):  # type: ignore[no-untyped-def]
    """Return the first excluded row after the stage from which a guard stands."""
    bit, after = spans[guard, 0], spans[guard, 1]
    found = following[hand[CHAIN, after] - begin, bit]
    while found < stop and at[found] <= hand[CLOCK, after]:
        found = following[found + 1 - begin, bit]
    return found
