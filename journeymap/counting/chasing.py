"""Following one attempt through its stages in order. See :mod:`journeymap.counting.searching` for the arrays."""

from __future__ import annotations

import numpy as np

from journeymap.counting.compiling import inner
from journeymap.counting.kernels import FOREVER, follows
from journeymap.counting.searching import (
    BEST,
    BEST_CLOCK,
    CHAIN,
    CHASES,
    CLOCK,
    CURSOR,
    EARLIEST,
    EXHAUSTED,
    first_row,
    next_excluded,
)

TOO_LATE, NOT_THIS, FITS = -1, 0, 1


@inner
def chase(entry, start, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Follow the attempt that enters at a row and at a stage.

    Returns
    -------
    One beyond the last stage it reached; the rows are in `hand`, and whether no entry after this one can get any further.
    """
    hand[CHAIN, start], hand[CLOCK, start] = entry, at[entry]
    if rules.gapped or (rules.overlapping and rules.grace >= 0):
        return _explore(start, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand)
    previous, clock, grace = entry, at[entry], max(rules.grace, 0)
    for stage in range(start + 1, rules.n_stages):
        if rules.grace < 0:
            row = following[previous + (0 if rules.reuse else 1) - begin, stage]
            while row < stop and not (
                follows(row, previous, at, sequence) or (rules.reuse and row == previous)
            ):
                row = following[row + 1 - begin, stage]
        else:
            low = previous
            while low > begin and at[low - 1] >= clock - grace:
                low -= 1
            while at[low] < clock - grace:
                low += 1
            row = following[low - begin, stage]
        if row == stop or at[row] - at[entry] > rules.window or at[row] >= rules.until:
            hand[EXHAUSTED, 0] = row == stop
            return stage
        if rules.strict and quiet[row] > clock:
            return stage
        if len(spans) > 0 and _interrupted(row, stage, start, begin, stop, at, spans, following, hand):
            return stage
        previous, clock = row, max(clock, at[row])
        hand[CHAIN, stage], hand[CLOCK, stage] = row, clock
    return rules.n_stages


@inner
def _explore(start, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Follow an attempt where the earliest row that may follow is not the whole truth, and other rows are tried too.

    Under gap limits that is every row, and where equal times chain those about the first that serve other stages.
    """
    hand[BEST, start], hand[BEST_CLOCK, start] = hand[CHAIN, start], hand[CLOCK, start]
    hand[CHASES, 0] += 1
    reached = stage = start + 1
    if stage < rules.n_stages:
        _set_out(stage, begin, stop, at, rules, following, hand)
    while start < stage < rules.n_stages:
        found = _next_fitting(
            stage, start, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand
        )
        if found < 0:
            stage -= 1
            continue
        hand[CURSOR, stage] = following[found + 1 - begin, stage]
        hand[EARLIEST, stage] = min(hand[EARLIEST, stage], at[found])
        hand[CHAIN, stage] = found
        hand[CLOCK, stage] = max(hand[CLOCK, stage - 1], at[found])
        stage += 1
        trading = not rules.gapped
        if stage > reached or (trading and stage == reached and _passes_earlier(start, stage, hand)):
            reached = stage
            for place in range(start + 1, reached):
                hand[BEST, place], hand[BEST_CLOCK, place] = hand[CHAIN, place], hand[CLOCK, place]
        if stage < rules.n_stages:
            _set_out(stage, begin, stop, at, rules, following, hand)
        elif trading:
            stage -= 1
    for place in range(start + 1, reached):
        hand[CHAIN, place], hand[CLOCK, place] = hand[BEST, place], hand[BEST_CLOCK, place]
    return reached


@inner
def _lowest(stage, begin, stop, at, rules, hand):  # type: ignore[no-untyped-def]
    """Return the first row that might follow at a stage."""
    if rules.grace >= 0:
        return first_row(begin, stop, at, hand[CLOCK, stage - 1] - rules.grace)
    return hand[CHAIN, stage - 1] + (0 if rules.reuse else 1)


@inner
def _set_out(stage, begin, stop, at, rules, following, hand):  # type: ignore[no-untyped-def]
    hand[CURSOR, stage] = following[_lowest(stage, begin, stop, at, rules, hand) - begin, stage]
    hand[EARLIEST, stage] = FOREVER


@inner
def _passes_earlier(start, stage, hand):  # type: ignore[no-untyped-def]
    """Say whether the attempt passes its stages earlier than the best one so far."""
    for place in range(start, stage):
        if hand[CLOCK, place] != hand[BEST_CLOCK, place]:
            return hand[CLOCK, place] < hand[BEST_CLOCK, place]
    return False


@inner
def _next_fitting(stage, start, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Return the next row to try at a stage, or -1."""
    row, first, tried = hand[CURSOR, stage], hand[EARLIEST, stage], rules.n_bits + stage
    while row < stop:
        fit = _fit(row, stage, start, begin, stop, at, sequence, quiet, rules, gaps, spans, following, hand)
        if fit == TOO_LATE or (rules.grace >= 0 and first != FOREVER and at[row] > first + rules.grace):
            return -1
        if fit == FITS:
            if rules.gapped:
                if following[row - begin, tried] != hand[CHASES, 0]:
                    following[row - begin, tried] = hand[CHASES, 0]
                    return row
            elif first == FOREVER or not _like_an_earlier(
                row, stage, start, begin, stop, at, marks, rules, following, hand
            ):
                return row
        row = following[row + 1 - begin, stage]
    return -1


@inner
def _fit(row, stage, start, begin, stop, at, sequence, quiet, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Say whether a row of the stage may follow the attempt, or may not, or comes too late, as all rows after it."""
    now = hand[CLOCK, stage - 1]
    if at[row] - at[hand[CHAIN, start]] > rules.window or at[row] >= rules.until:
        return TOO_LATE
    if rules.grace < 0:
        previous = hand[CHAIN, stage - 1]
        if not (follows(row, previous, at, sequence) or (rules.reuse and row == previous)):
            return NOT_THIS
    elif not rules.reuse and _used(row, stage, start, hand):
        return NOT_THIS
    if rules.gapped:
        if at[row] - now > gaps[stage, 1]:
            return TOO_LATE
        if at[row] - now < gaps[stage, 0]:
            return NOT_THIS
    if rules.strict and quiet[row] > now:
        return TOO_LATE
    if _interrupted(row, stage, start, begin, stop, at, spans, following, hand):
        return TOO_LATE
    return FITS


@inner
def _interrupted(row, stage, start, begin, stop, at, spans, following, hand):  # type: ignore[no-untyped-def]
    """Say whether an excluded event stands between the attempt and a row."""
    for guard in range(len(spans)):
        after, before = spans[guard, 1], spans[guard, 2]
        if after < start or not after < stage <= before:
            continue
        found = next_excluded(guard, begin, stop, at, spans, following, hand)
        if found < stop and at[found] < at[row]:
            return True
    return False


@inner
def _used(row, stage, start, hand):  # type: ignore[no-untyped-def]
    for place in range(start, stage):  # noqa: SIM110 - numba knows no generators
        if hand[CHAIN, place] == row:
            return True
    return False


@inner
def _like_an_earlier(row, stage, start, begin, stop, at, marks, rules, following, hand):  # type: ignore[no-untyped-def]
    """Say whether a free row before this one serves the same stages from here on, so that this one adds nothing."""
    ahead = (np.int64(1) << rules.n_stages) - (np.int64(1) << stage)
    other = following[_lowest(stage, begin, stop, at, rules, hand) - begin, stage]
    while other < row:
        same = (np.int64(marks[other]) & ahead) == (np.int64(marks[row]) & ahead)
        if same and not _used(other, stage, start, hand):
            return True
        other = following[other + 1 - begin, stage]
    return False
