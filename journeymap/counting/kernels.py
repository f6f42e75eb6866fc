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
def walk_paths(  # type: ignore[no-untyped-def]
    first, last, offsets, at, codes, sequence, starts, begin, end, paths, origin, last_at, ties, read
):
    """Write each customer's path from the first start in [begin, end), adjacent repeats merged.

    Parameters
    ----------
    codes
        The node of each row; a negative code is no node and is skipped.
    sequence
        Sequence keys, or an empty array.
    starts
        For each code, whether a path may start there.
    paths
        Written: one node per step, `ENDED` after the end; one column more than the steps, so that it is seen whether
        a path goes on.
    origin
        Written: the row at which the path starts, or -1.
    last_at
        Written: the instant of the last row that belongs to the path.
    ties, read
        Written: up to that instant, the neighbours at one instant that only their names put in order, and the rows that
        have a node.
    """
    steps, keyed = paths.shape[0], len(sequence) > 0
    for customer in range(first, last):
        step, here, previous, full = 0, ENDED, -1, False
        for row in range(offsets[customer], offsets[customer + 1]):
            code = codes[row]
            if code < 0 or (step == 0 and (not starts[code] or at[row] < begin or at[row] >= end)):
                continue
            full |= code != here and step == steps
            if full and at[row] > at[previous]:
                break
            read[customer] += 1
            if previous >= 0 and code != codes[previous] and at[row] == at[previous]:
                ordered = keyed and sequence[row] != NO_KEY and sequence[row] != sequence[previous]
                ties[customer] += not ordered
            previous = row
            if full or code == here:
                continue
            if step == 0:
                origin[customer] = row
            paths[step, customer] = code
            here = code
            step += 1
        if previous >= 0:
            last_at[customer] = at[previous]


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
def latest_before(first, last, offsets, at, units, instants, found):  # type: ignore[no-untyped-def]
    """Write for each unit and instant the latest of the unit's instants that is strictly earlier, or `-FOREVER`."""
    for place in range(first, last):
        low, high = offsets[units[place]], offsets[units[place] + 1]
        begin = low
        while low < high:
            middle = (low + high) // 2
            if at[middle] < instants[place]:
                low = middle + 1
            else:
                high = middle
        found[place] = at[low - 1] if low > begin else -FOREVER


@njit(nogil=True, cache=True)
def bring_together(first, last, offsets, codes, n_codes, order, begins):  # type: ignore[no-untyped-def]
    """Bring the rows of each unit together by a code, in the order in which codes and rows come.

    Parameters
    ----------
    order
        Written: the rows in their new order, those without a code (-1) left out; -1 fills up the unit's places.
    begins
        Written: where the rows of another code begin.
    """
    slot = np.full(n_codes, -1, np.int64)
    for unit in range(first, last):
        begin, stop = offsets[unit], offsets[unit + 1]
        seen = np.empty(stop - begin, np.int64)
        places = np.zeros(stop - begin + 1, np.int64)
        n_seen = 0
        for row in range(begin, stop):
            code = codes[row]
            if code >= 0 and slot[code] < 0:
                slot[code], seen[n_seen] = n_seen, code
                n_seen += 1
            if code >= 0:
                places[slot[code] + 1] += 1
        for which in range(n_seen):
            places[which + 1] += places[which]
            begins[begin + places[which]] = True
        for row in range(begin, stop):
            if codes[row] >= 0:
                order[begin + places[slot[codes[row]]]] = row
                places[slot[codes[row]]] += 1
        for which in range(n_seen):
            slot[seen[which]] = -1


@njit(nogil=True, cache=True)
def count_nodes(paths, counted, counts):  # type: ignore[no-untyped-def]
    """Count the counted customers at each node of each column; the last place of a column is the end of a path."""
    for column in range(counts.shape[0]):
        for customer in range(len(counted)):
            counts[column, paths[column, customer]] += counted[customer]


@njit(nogil=True, cache=True)
def count_links(slots, counted, counts):  # type: ignore[no-untyped-def]
    """Count the counted customers of each link between neighbouring columns (columns - 1 x sources x targets)."""
    for step in range(counts.shape[0]):
        for customer in range(len(counted)):
            counts[step, slots[step, customer], slots[step + 1, customer]] += counted[customer]


@njit(nogil=True, cache=True)
def count_codes(codes, counted, lowest, counts):  # type: ignore[no-untyped-def]
    """Count the counted units by their code; the lowest code has the first place."""
    for unit in range(len(codes)):
        counts[codes[unit] - lowest] += counted[unit]


@njit(nogil=True, cache=True)
def count_pairs(groups, codes, counted, counts):  # type: ignore[no-untyped-def]
    """Count the counted units by group and code (groups x codes); a unit beyond the groups is in none."""
    for unit in range(len(codes)):
        if counted[unit] and groups[unit] < counts.shape[0]:
            counts[groups[unit], codes[unit]] += 1


@njit(nogil=True, cache=True)
def middles(units, steps, groups, counted, sizes, lower, upper):  # type: ignore[no-untyped-def]
    """Write for each group the two middle steps of its counted units; steps are given in ascending order.

    Parameters
    ----------
    sizes
        Written: how many units each group has.
    lower, upper
        Written: the middle step, or the two between which the middle lies.
    """
    for place in range(len(units)):
        if counted[units[place]] and groups[units[place]] < len(sizes):
            sizes[groups[units[place]]] += 1
    seen = np.zeros(len(sizes), np.int64)
    for place in range(len(units)):
        group = groups[units[place]]
        if counted[units[place]] and group < len(sizes):
            if seen[group] == (sizes[group] - 1) // 2:
                lower[group] = steps[place]
            if seen[group] == sizes[group] // 2:
                upper[group] = steps[place]
            seen[group] += 1
