"""The compiled loops: one pass over each customer's rows. Each is plain Python that numba compiles.

All take a range of customers, read shared arrays and write only the places of their customers, so that ranges can run
side by side without a lock.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from journeymap.events.store import NO_KEY

ENDED = -1
FOREVER = np.iinfo(np.int64).max


@njit(nogil=True, cache=True)
def count_marked(first, last, offsets, codes, table, counts):  # type: ignore[no-untyped-def]
    """Count each customer's rows whose code carries any mark."""
    for customer in range(first, last):
        found = 0
        for row in range(offsets[customer], offsets[customer + 1]):
            found += table[codes[row]] != 0
        counts[customer] = found


@njit(nogil=True, cache=True)
def take_marked(first, last, offsets, at, codes, table, places, to_at, to_marks, to_index):  # type: ignore[no-untyped-def]
    """Copy each customer's marked rows to their places.

    Every row is written and only the marked ones are kept: a branch that nobody can foresee costs more than a write.
    """
    for customer in range(first, last):
        place, end = places[customer], places[customer + 1]
        for row in range(offsets[customer], offsets[customer + 1]):
            if place == end:
                break
            mark = table[codes[row]]
            to_at[place] = at[row]
            to_marks[place] = mark
            to_index[place] = row
            place += mark != 0


@njit(nogil=True, cache=True)
def follows(row, earlier, at, sequence):  # type: ignore[no-untyped-def]
    """Say whether `row` may follow `earlier`: strictly later, or at one instant with a larger sequence key."""
    if at[row] != at[earlier] or len(sequence) == 0:
        return at[row] > at[earlier]
    return sequence[row] != NO_KEY and sequence[row] > sequence[earlier]


@njit(nogil=True, cache=True)
def best_attempts(  # type: ignore[no-untyped-def]  # noqa: C901
    first,
    last,
    offsets,
    at,
    marks,
    sequence,
    n_stages,
    window,
    begin,
    end,
    settled_until,
    depth,
    entry,
    still_open,
    settled_depth,
    settled_entry,
    settled_at,
):
    """Find each customer's best attempt, over all entries and over the settled ones.

    Entries are taken in order. Each chases the earliest row that may follow for every next stage. A later entry's chase
    never ends before an earlier one's, so one pointer a stage only ever moves forward, and a customer costs
    rows x stages at the most.

    Parameters
    ----------
    window
        Longest time from the entry; `FOREVER` is no limit.
    begin, end
        Entries lie in [begin, end).
    settled_until
        The last instant at which an entry is settled.
    depth, settled_depth
        Written: how many stages the best attempt reached; 0 is no entry.
    entry, settled_entry
        Written: the row of its entry, or -1.
    still_open
        Written: whether any entry is not settled.
    settled_at
        Written: the instants at which the best settled attempt reached each stage, customers x stages.
    """
    pointer = np.empty(n_stages, np.int64)
    for customer in range(first, last):
        stop = offsets[customer + 1]
        pointer[:] = offsets[customer]
        best, best_settled = 0, 0
        for row in range(offsets[customer], stop):
            if marks[row] & 1 == 0 or at[row] < begin:
                continue
            entered = at[row]
            if entered >= end or best == n_stages:
                break
            reached = 1
            previous = row
            for stage in range(1, n_stages):
                candidate = max(pointer[stage], previous + 1)
                while (
                    candidate < stop
                    and at[candidate] - entered <= window
                    and (
                        (marks[candidate] >> stage) & 1 == 0 or not follows(candidate, previous, at, sequence)
                    )
                ):
                    candidate += 1
                pointer[stage] = candidate
                if candidate >= stop or at[candidate] - entered > window:
                    break
                previous = candidate
                reached += 1
            if reached > best:
                best = reached
                entry[customer] = row
            if entered > settled_until:
                still_open[customer] = True
            elif reached > best_settled:
                best_settled = reached
                settled_entry[customer] = row
                settled_at[customer, 0] = entered
                for stage in range(1, reached):
                    settled_at[customer, stage] = at[pointer[stage]]
        depth[customer] = best
        settled_depth[customer] = best_settled


@njit(nogil=True, cache=True)
def walk_paths(first, last, offsets, at, codes, starts, begin, end, paths, origin, last_at):  # type: ignore[no-untyped-def]
    """Write each customer's path from the first start in [begin, end), adjacent repeats merged.

    Parameters
    ----------
    codes
        The node of each row; a negative code is no node and is skipped.
    starts
        For each code, whether a path may start there.
    paths
        Written: one node per step, `ENDED` after the end; one column more than the steps, so that it is seen whether
        a path goes on.
    origin
        Written: the row at which the path starts, or -1.
    last_at
        Written: the instant of the last row that belongs to the path.
    """
    steps = paths.shape[0]
    for customer in range(first, last):
        step = 0
        here = ENDED
        for row in range(offsets[customer], offsets[customer + 1]):
            code = codes[row]
            if code < 0:
                continue
            if step == 0 and (not starts[code] or at[row] < begin or at[row] >= end):
                continue
            last_at[customer] = at[row]
            if code == here:
                continue
            if step == steps:
                break
            if step == 0:
                origin[customer] = row
            paths[step, customer] = code
            here = code
            step += 1


@njit(nogil=True, cache=True)
def first_after(first, last, offsets, at, customers, after, following):  # type: ignore[no-untyped-def]
    """Write for each place the customer's first row strictly later than an instant; -1 stays where there is none."""
    for place in range(first, last):
        low, high = offsets[customers[place]], offsets[customers[place] + 1]
        stop = high
        while low < high:
            middle = (low + high) // 2
            if at[middle] <= after[place]:
                low = middle + 1
            else:
                high = middle
        if low < stop:
            following[place] = low


@njit(nogil=True, cache=True)
def count_ties(first, last, offsets, at, codes, sequence, ties):  # type: ignore[no-untyped-def]
    """Count each customer's neighbours at one instant that differ, and that no sequence key puts in order."""
    keyed = len(sequence) > 0
    for customer in range(first, last):
        for row in range(offsets[customer] + 1, offsets[customer + 1]):
            if at[row] == at[row - 1] and codes[row] != codes[row - 1]:
                ordered = keyed and sequence[row] != NO_KEY and sequence[row] != sequence[row - 1]
                ties[customer] += not ordered


@njit(nogil=True, cache=True)
def latest_before(offsets, at, units, instants, found):  # type: ignore[no-untyped-def]
    """Write for each unit and instant the latest of the unit's instants that is strictly earlier, or `-FOREVER`."""
    for place in range(len(units)):
        low, high = offsets[units[place]], offsets[units[place] + 1]
        begin = low
        while low < high:
            middle = (low + high) // 2
            if at[middle] < instants[place]:
                low = middle + 1
            else:
                high = middle
        found[place] = at[low - 1] if low > begin else -FOREVER
