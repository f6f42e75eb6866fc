"""Following one attempt whose stages may come in any order: the most stages served by different events.

See :mod:`journeymap.counting.searching` for the arrays.
"""

from __future__ import annotations

import numpy as np

from journeymap.counting.compiling import inner
from journeymap.counting.kernels import follows
from journeymap.counting.searching import CHAIN, CLOCK, CURSOR, MATCH, ORIGIN, first_row


@inner
def gather(entry, begin, stop, at, marks, sequence, rules, blocks, following, hand):  # type: ignore[no-untyped-def]
    """Follow the attempt that enters at a row.

    Stages are passed block by block: within a block in any order, one block after the other. A block is a matching of
    its stages with different rows that grows along augmenting paths (Kuhn 1955), row by row in order of time.

    Returns
    -------
    How many stages it reached; `hand` holds its rows in the order in which they added a stage.
    """
    if not rules.overlapping:
        return _gather_apart(entry, begin, stop, at, sequence, rules, blocks, following, hand)
    reached, last, cursor = 0, -1, entry
    for stage in range(rules.n_stages):
        hand[MATCH, stage] = -1
    for block in range(len(blocks)):
        first, beyond = blocks[block, 0], blocks[block, 1]
        if block > 0:
            cursor = first_row(begin, stop, at, hand[CLOCK, reached - 1] - max(rules.grace, 0))
        while reached < beyond:
            row = entry
            if reached > 0:
                row = _next_useful(
                    first, beyond, cursor, last, begin, stop, at, marks, sequence, rules, following, hand
                )
            if row == stop or at[row] - at[entry] > rules.window or at[row] >= rules.until:
                return reached
            _take(row, first, beyond, marks, rules.reuse, hand)
            hand[CHAIN, reached] = row
            hand[CLOCK, reached] = max(hand[CLOCK, reached - 1], at[row]) if reached > 0 else at[row]
            cursor = first_row(begin, stop, at, at[entry]) if reached == 0 else row
            reached += 1
        last = hand[CHAIN, reached - 1]
    return reached


@inner
def _gather_apart(entry, begin, stop, at, sequence, rules, blocks, following, hand):  # type: ignore[no-untyped-def]  # noqa: C901
    """Follow an attempt where no two stages compete for a row: each stage takes its next one."""
    reached, last, cursor = 0, -1, entry
    while cursor > begin and at[cursor - 1] == at[entry]:
        cursor -= 1
    for block in range(len(blocks)):
        first, beyond = blocks[block, 0], blocks[block, 1]
        for stage in range(first, beyond):
            row = following[cursor - begin, stage]
            while row < stop and not _may_come(row, last, at, sequence, rules):
                row = following[row + 1 - begin, stage]
            if row == stop or at[row] - at[entry] > rules.window or at[row] >= rules.until:
                continue
            place = reached
            while place > first and hand[CHAIN, place - 1] > row:
                hand[CHAIN, place] = hand[CHAIN, place - 1]
                place -= 1
            hand[CHAIN, place] = row
            reached += 1
        for place in range(first, reached):
            before = hand[CLOCK, place - 1] if place > 0 else at[entry]
            hand[CLOCK, place] = max(before, at[hand[CHAIN, place]])
        if reached < beyond:
            return reached
        last = cursor = hand[CHAIN, reached - 1]
        while cursor > begin and at[cursor - 1] >= hand[CLOCK, reached - 1] - max(rules.grace, 0):
            cursor -= 1
        while at[cursor] < hand[CLOCK, reached - 1] - max(rules.grace, 0):
            cursor += 1
    return reached


@inner
def _may_come(row, last, at, sequence, rules):  # type: ignore[no-untyped-def]
    """Say whether a row may come after the last row of the block before."""
    if last < 0 or rules.grace >= 0 or (rules.reuse and row == last):
        return True
    return follows(row, last, at, sequence)


@inner
def _next_useful(first, beyond, cursor, last, begin, stop, at, marks, sequence, rules, following, hand):  # type: ignore[no-untyped-def]
    """Return the next free row by which the matching of a block grows, or `stop`."""
    useful = _useful(first, beyond, marks, rules.reuse, hand)
    while True:
        row = stop
        for stage in range(first, beyond):
            if (useful >> stage) & 1:
                row = min(row, following[cursor - begin, stage])
        if row == stop or _may_serve(row, last, at, sequence, rules, hand):
            return row
        cursor = row + 1


@inner
def _may_serve(row, last, at, sequence, rules, hand):  # type: ignore[no-untyped-def]
    if not rules.reuse:
        for stage in range(rules.n_stages):
            if hand[MATCH, stage] == row:
                return False
    return _may_come(row, last, at, sequence, rules)


@inner
def _useful(first, beyond, marks, reuse, hand):  # type: ignore[no-untyped-def]
    """Return the stages by which a new row lets the matching grow, as bits."""
    useful = np.int64(0)
    for stage in range(first, beyond):
        if hand[MATCH, stage] < 0:
            useful |= np.int64(1) << stage
    grown = not reuse
    while grown:
        grown = False
        for stage in range(first, beyond):
            row = hand[MATCH, stage]
            if row >= 0 and not (useful >> stage) & 1 and np.int64(marks[row]) & useful:
                useful |= np.int64(1) << stage
                grown = True
    return useful


@inner
def _take(row, first, beyond, marks, reuse, hand):  # type: ignore[no-untyped-def]
    """Match a row with a stage of a block, moving other rows along an augmenting path."""
    head, tail = 0, 0
    for stage in range(first, beyond):
        hand[ORIGIN, stage] = -2
        if (np.int64(marks[row]) >> stage) & 1:
            hand[ORIGIN, stage], hand[CURSOR, tail] = -1, stage
            tail += 1
    while head < tail:
        stage = hand[CURSOR, head]
        head += 1
        if hand[MATCH, stage] < 0:
            while hand[ORIGIN, stage] >= 0:
                hand[MATCH, stage] = hand[MATCH, hand[ORIGIN, stage]]
                stage = hand[ORIGIN, stage]
            hand[MATCH, stage] = row
            return
        if reuse:
            continue
        for other in range(first, beyond):
            if hand[ORIGIN, other] == -2 and (np.int64(marks[hand[MATCH, stage]]) >> other) & 1:
                hand[ORIGIN, other], hand[CURSOR, tail] = stage, other
                tail += 1
