"""Choosing among the attempts of each unit: the best, the first or every one, over all entries and over the settled ones.

See :mod:`journeymap.counting.searching` for the arrays.
"""

from __future__ import annotations

import numpy as np

from journeymap.counting.chasing import chase
from journeymap.counting.compiling import inner, kernel
from journeymap.counting.gathering import gather
from journeymap.counting.kernels import FOREVER, follows
from journeymap.counting.searching import CHAIN, CLOCK, EXHAUSTED, ended_by, first_row, index_rows

NO_ATTEMPT = (0, 0, -1, 0, FOREVER)
"""What is kept of an attempt: one beyond the last stage it reached, the stage and the row of its entry, when it got that far,
and when an excluded event ended it (FOREVER: none did)."""


@kernel
def choose_attempts(  # type: ignore[no-untyped-def]
    first, last, offsets, at, marks, sequence, quiet, rules, gaps, spans, following, hand,
    settled_until, closed, still_open,
    depth, start, entry, excluded, finished,
    settled_depth, settled_start, settled_entry, settled_excluded, settled_finished,
):  # fmt: skip
    """Search every attempt of each unit and keep the one that represents it.

    Parameters
    ----------
    settled_until
        The last instant at which an entry is settled.
    closed
        For each unit whether all its entries are settled, as its session is over; empty if units are no sessions.
    still_open
        Written: whether any entry is not settled.
    depth, start, entry, excluded, finished
        Written: the attempt that represents each unit, as in :class:`~journeymap.counting.attempts.Best`, and when it got
        that far; then the same over settled entries.
    """
    earliest_is_enough = _earliest_is_enough(rules)
    for unit in range(first, last):
        begin, stop = offsets[unit], offsets[unit + 1]
        index_rows(begin, stop, marks, rules.n_bits, following)
        best, best_settled = NO_ATTEMPT, NO_ATTEMPT
        hand[EXHAUSTED, 0] = 0
        row = _next_entry(begin, begin, stop, at, rules, spans, following)
        first_at = at[row] if row < stop else FOREVER
        while row < stop and at[row] < rules.end and not (rules.first_only and at[row] > first_at):
            if best[0] == rules.n_stages and at[row] > (best[3] if rules.latest else at[best[2]]):
                break
            settled = at[row] <= settled_until or (len(closed) > 0 and closed[unit])
            still_open[unit] |= not settled
            if not (earliest_is_enough and hand[EXHAUSTED, 0]):
                found = _attempt(
                    row, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand
                )
                best = found if best[0] == 0 or _beats(found, best, at, rules.latest) else best
                if settled:
                    better = best_settled[0] == 0 or _beats(found, best_settled, at, rules.latest)
                    best_settled = found if better else best_settled
            row += 1
            if earliest_is_enough and hand[EXHAUSTED, 0]:
                row = first_row(row, stop, at, min(settled_until, FOREVER - 1) + 1)
            row = _next_entry(row, begin, stop, at, rules, spans, following)
        _write(unit, best, depth, start, entry, excluded, finished)
        _write(
            unit,
            best_settled,
            settled_depth,
            settled_start,
            settled_entry,
            settled_excluded,
            settled_finished,
        )


@kernel
def every_attempt(  # type: ignore[no-untyped-def]
    first, last, offsets, at, marks, sequence, quiet, rules, gaps, spans, following, hand,
    depth, start, entry, excluded, finished,
):  # fmt: skip
    """Write at each row that starts an attempt what became of it; elsewhere `depth` stays 0.

    A new attempt starts only after the one before converted, timed out or was ended by an excluded event. Entries of one
    instant are one start; the one that gets furthest counts.
    """
    for unit in range(first, last):
        begin, stop = offsets[unit], offsets[unit + 1]
        index_rows(begin, stop, marks, rules.n_bits, following)
        row = _next_entry(begin, begin, stop, at, rules, spans, following)
        while row < stop and at[row] < rules.end:
            place, instant, best = row, at[row], NO_ATTEMPT
            while row < stop and at[row] == instant:
                found = _attempt(
                    row, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand
                )
                best = found if best[0] == 0 or _beats(found, best, at, rules.latest) else best
                row = _next_entry(row + 1, begin, stop, at, rules, spans, following)
            _write(place, best, depth, start, entry, excluded, finished)
            over = best[3]
            if best[0] < rules.n_stages:
                over = min(best[4], FOREVER if rules.window == FOREVER else instant + rules.window)
            while row < stop and at[row] <= over:
                row = _next_entry(row + 1, begin, stop, at, rules, spans, following)


@kernel
def choose_strands(units, depth, start, entry, finished, at, latest, first_only, winner):  # type: ignore[no-untyped-def]
    """Write for each unit the strand whose attempt represents it, given one attempt of each strand; -1 stays for none."""
    for strand in range(len(units)):
        if entry[strand] < 0:
            continue
        rival = winner[units[strand]]
        if rival >= 0:
            earlier = at[entry[strand]] < at[entry[rival]]
            if at[entry[strand]] != at[entry[rival]] and first_only:
                if not earlier:
                    continue
            else:
                found = (depth[strand], start[strand], entry[strand], finished[strand], 0)
                kept = (depth[rival], start[rival], entry[rival], finished[rival], 0)
                if not _beats(found, kept, at, latest):
                    continue
        winner[units[strand]] = strand


@kernel
def trace_attempts(  # type: ignore[no-untyped-def]
    first, last, offsets, at, marks, sequence, quiet, rules, gaps, spans, following, hand,
    optional, places, units, entries, required_rows, optional_rows,
):  # fmt: skip
    """Write the rows of attempts given by their entries.

    Parameters
    ----------
    optional
        The optional stages: bit, and the required stage after which each stands.
    places, units
        Which attempts are traced, and the unit whose rows hold each of them.
    entries
        The entry of every attempt.
    required_rows, optional_rows
        Written at those places: the row of each required stage reached, and of each optional stage taken.
    """
    indexed = -1
    for which in range(first, last):
        place, unit = places[which], units[which]
        begin, stop = offsets[unit], offsets[unit + 1]
        if indexed != unit:
            index_rows(begin, stop, marks, rules.n_bits, following)
            indexed = unit
        reached, start, _, _, _ = _attempt(
            entries[place], begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand
        )
        for stage in range(start, reached):
            required_rows[place, stage] = hand[CHAIN, stage]
        for stage in range(len(optional)):
            _take_optional(
                stage,
                start,
                reached,
                begin,
                stop,
                at,
                sequence,
                rules,
                optional,
                following,
                hand,
                optional_rows[place],
            )


@inner
def _earliest_is_enough(rules):  # type: ignore[no-untyped-def]
    """Say whether of attempts that get equally far the earliest counts, and a later entry finds no row that it did not."""
    tied = rules.reuse and rules.grace < 0
    return not (rules.latest or rules.any_order or rules.any_start or tied)


@inner
def _next_entry(row, begin, stop, at, rules, spans, following):  # type: ignore[no-untyped-def]
    """Return the first row, from this one on, that may enter; `stop` is none."""
    stages = 1
    if rules.any_start:
        stages = rules.n_stages
    elif rules.any_order:
        stages = spans[0, 1]
    while True:
        found = stop
        for stage in range(stages):
            found = min(found, following[row - begin, stage])
        if found == stop or at[found] >= rules.begin:
            return found
        row = found + 1


@inner
def _attempt(row, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand):  # type: ignore[no-untyped-def]
    """Follow the attempt that enters at a row, from the stage that leads furthest; return what is kept of it."""
    furthest, start = 0, 0
    if rules.any_order:
        furthest = gather(row, begin, stop, at, marks, sequence, rules, spans, following, hand)
        return furthest, start, row, hand[CLOCK, furthest - 1], FOREVER
    stages, tried = rules.n_stages if rules.any_start else 1, 0
    for turn in range(stages + 1):
        stage = turn if turn < stages else start
        if (turn == stages and tried == start) or not (np.int64(marks[row]) >> stage) & 1:
            continue
        reached = chase(
            row, stage, begin, stop, at, marks, sequence, quiet, rules, gaps, spans, following, hand
        )
        tried = stage
        if reached > furthest:
            furthest, start = reached, stage
    ended = FOREVER
    if len(spans) > 0 and furthest < rules.n_stages:
        ended = ended_by(furthest, start, begin, stop, at, rules, gaps, spans, following, hand)
    return furthest, start, row, hand[CLOCK, furthest - 1], ended


@inner
def _beats(found, kept, at, latest):  # type: ignore[no-untyped-def]
    """Say whether an attempt represents rather than another."""
    if found[0] != kept[0]:
        return found[0] > kept[0]
    if latest and found[3] != kept[3]:
        return found[3] < kept[3]
    if at[found[2]] != at[kept[2]]:
        return (at[found[2]] > at[kept[2]]) == latest
    return found[1] < kept[1]


@inner
def _write(place, best, depth, start, entry, excluded, finished):  # type: ignore[no-untyped-def]
    depth[place], start[place], entry[place], finished[place] = best[0], best[1], best[2], best[3]
    excluded[place] = best[4] != FOREVER


@inner
def _take_optional(which, start, reached, begin, stop, at, sequence, rules, optional, following, hand, taken):  # type: ignore[no-untyped-def]
    """Write the earliest free row of an optional stage between its required neighbours, if there is one."""
    bit, after = optional[which, 0], optional[which, 1]
    if after < start or after >= reached:
        return
    until, entered = FOREVER, at[hand[CHAIN, start]]
    if after + 1 < reached:
        until = hand[CLOCK, after + 1] + max(rules.grace, 0)
    low = first_row(begin, stop, at, hand[CLOCK, after] - max(rules.grace, 0))
    row = following[low - begin, bit]
    while row < stop and at[row] - entered <= rules.window and at[row] < rules.until and at[row] <= until:
        stands = _may_stand(hand[CHAIN, after], row, at, sequence, rules)
        if after + 1 < reached:
            stands &= _may_stand(row, hand[CHAIN, after + 1], at, sequence, rules)
        if stands and (rules.reuse or _free(row, start, reached, which, hand, taken)):
            taken[which] = row
            return
        row = following[row + 1 - begin, bit]


@inner
def _may_stand(before, row, at, sequence, rules):  # type: ignore[no-untyped-def]
    """Say whether a row may come after another."""
    if rules.grace >= 0:
        return at[row] >= at[before] - rules.grace
    return follows(row, before, at, sequence) or (rules.reuse and row == before)


@inner
def _free(row, start, reached, which, hand, taken):  # type: ignore[no-untyped-def]
    """Say whether no other stage of the attempt has taken a row."""
    for place in range(start, reached):
        if hand[CHAIN, place] == row:
            return False
    for other in range(which):  # noqa: SIM110 - numba knows no generators
        if taken[other] == row:
            return False
    return True
