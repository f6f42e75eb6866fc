"""The compiled search against an exhaustive one, and against itself uncompiled."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.counting import attempts as module
from tests.counting.brute_force import best_attempt, count
from tests.counting.logs import by_customer, journey_of, rows, stage_sets, windows
from tests.small_logs import small_log

COUNTS = ["customers", "moved_on", "left", "still_open", "settled", "settled_moved_on"]


def log_of(drawn, *, keyed=True, data_end=None):
    keys = [row[3] for row in drawn] if keyed else None
    return small_log([(row[0], row[1], row[2]) for row in drawn], keys=keys, data_end=data_end)


@given(drawn=rows, stages=stage_sets, window=windows, data_end=st.integers(0, 30), keyed=st.booleans())
@settings(max_examples=400, deadline=None)
def test_funnel_counts_what_exhaustive_search_counts(drawn, stages, window, data_end, keyed):
    if not keyed:
        drawn = [(*row[:3], None) for row in drawn]
    counting = jm.Counting(window=None if window is None else f"{window}s")
    table = jm.funnel(log_of(drawn, data_end=data_end), journey_of(stages), counting=counting).table
    expected = count(by_customer(drawn), stages, window=window, data_end=data_end, end=data_end + 1)
    for position, wanted in enumerate(expected):
        last = position == len(stages) - 1
        for name in COUNTS:
            undefined = (last and name not in {"customers", "settled"}) or (
                window is None and name.startswith("settled")
            )
            value = table[name][position]
            assert pd.isna(value) if undefined else value == wanted[name]


@given(drawn=rows, stages=stage_sets, window=windows, bounds=st.tuples(st.integers(0, 12), st.integers(1, 8)))
@settings(max_examples=300, deadline=None)
def test_best_attempt_is_the_furthest_then_the_earliest(drawn, stages, window, bounds):
    begin, end = bounds[0], bounds[0] + bounds[1]
    counting = jm.Counting(window=None if window is None else f"{window}s")
    found = module.attempts(log_of(drawn), journey_of(stages), counting=counting, period=(begin, end))
    for code, events in enumerate(by_customer(drawn)):
        depth, entered = best_attempt(events, stages, window=window, begin=begin, end=end)
        assert found.overall.depth[code] == depth
        assert (found.rows.at[found.overall.entry[code]] if depth else None) == entered


@given(drawn=rows, stages=stage_sets, seed=st.randoms())
@settings(max_examples=60, deadline=None)
def test_many_threads_count_as_one(drawn, stages, seed):
    with pytest.MonkeyPatch.context() as patch:
        one = jm.funnel(log_of(drawn), journey_of(stages)).table
        patch.setattr("journeymap.counting.running.WORTH_A_THREAD", 1)
        patch.setenv("JOURNEYMAP_THREADS", "3")
        assert jm.funnel(log_of(drawn), journey_of(stages)).table.equals(one)


@given(drawn=rows, stages=stage_sets, order=st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_of_rows_does_not_matter(drawn, stages, order):
    shuffled = list(drawn)
    order.shuffle(shuffled)
    first, second = (jm.funnel(log_of(some), journey_of(stages)).table for some in (drawn, shuffled))
    assert first.equals(second)


GOLDEN = [  # section 13 of the counting contract: number, events, stages, window in seconds, depth
    (1, "A1 B2 C3", "ABC", 10, 3),
    (2, "A1 A31 B46 C76", "ABC", 60, 3),
    (3, "A1 A20 B22", "AB", 10, 2),
    (4, "A1 A8 B15", "AB", 10, 2),
    (5, "A1 B2 A50 B51 C52", "ABC", 10, 3),
    (6, "A1 B2 A3 C4", "ABC", 10, 3),
    (7, "A1 B2 A8 C12", "ABC", 10, 2),
    (8, "A1 B2 A3 B4 C12", "ABC", 10, 3),
    (9, "A1 B11", "AB", 10, 2),
    (10, "A1 A5 B8", "AB", 10, 2),
    (11, "B5 A5", "AB", 10, 1),
    (12, "A5 A10 B10", "AB", 100, 2),
    (13, "A1 A5 B5 C8", "ABC", 6, 2),
    (17, "A1", "AA", 10, 1),
    (18, "A1 A4", "AA", 10, 2),
]


@pytest.mark.parametrize(("number", "events", "stages", "window", "depth"), GOLDEN)
def test_golden_cases_of_the_default_rules(number, events, stages, window, depth):
    log = small_log([("c", one[0], int(one[1:])) for one in events.split()])
    found = module.attempts(
        log, journey_of([{name} for name in stages]), counting=jm.Counting(window=f"{window}s")
    )
    assert found.overall.depth.tolist() == [depth]


def test_one_event_serves_one_stage():
    log = small_log([("c", "M", 2)])
    found = module.attempts(log, journey_of([{"M"}, {"M"}]), counting=jm.Counting(window="10s"))
    assert found.overall.depth.tolist() == [1]


@pytest.mark.parametrize(("keys", "depth"), [((1, 2), 2), ((2, 1), 1), ((None, 2), 1)])
def test_sequence_key_decides_ties(keys, depth):
    log = small_log([("c", "A", 5), ("c", "B", 5)], keys=list(keys))
    assert module.attempts(log, journey_of(["A", "B"]), counting=jm.Counting()).overall.depth.tolist() == [
        depth
    ]
