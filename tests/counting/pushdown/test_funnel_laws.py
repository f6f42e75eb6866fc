"""Funnels counted inside DuckDB equal those counted here, cell by cell."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import journeymap as jm
from tests.counting.logs import journey_of
from tests.counting.pushdown.twins import (
    EPOCH,
    frame_of,
    local_twin,
    lone_stages,
    pushed_twin,
    rows,
    same_table,
    stage_sets,
)

some = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
windows = st.one_of(st.none(), st.integers(1, 14).map(lambda n: f"{n}s"))
ends = st.integers(0, 30)


def both(put, drawn, *, data_end=None):
    return pushed_twin(put(frame_of(drawn)), data_end=data_end), local_twin(drawn, data_end=data_end)


def compare(logs, journey, **options):
    pushed, local = (jm.funnel(log, journey, **options) for log in logs)
    same_table(pushed, local)
    assert (pushed.scope.counted, pushed.scope.of) == (local.scope.counted, local.scope.of)
    assert pushed.scope.begin == local.scope.begin


@some
@given(drawn=rows, stages=stage_sets, window=windows, data_end=ends)
def test_default_rules(put, drawn, stages, window, data_end):
    compare(both(put, drawn, data_end=data_end), journey_of(stages), counting=jm.Counting(window=window))


@some
@given(
    drawn=rows,
    stages=stage_sets,
    window=windows,
    data_end=ends,
    top=st.integers(1, 2),
    by=st.sampled_from(["device", "size"]),
)
def test_breakdowns(put, drawn, stages, window, data_end, top, by):
    compare(
        both(put, drawn, data_end=data_end),
        journey_of(stages),
        by=by,
        top=top,
        counting=jm.Counting(window=window),
    )


RULES = [
    {"represent": "latest"},
    {"attempts": "first"},
    {"open": "left"},
    {"bounds": "all"},
    {"unit": "device"},
    {"same": "size"},
    {"exclude": jm.event("X")},
    {"exclude": jm.event("X"), "excluded": "removed"},
    {"attempts": "first", "represent": "latest", "bounds": "all", "same": ["device", "size"]},
]


@some
@given(
    drawn=rows,
    stages=stage_sets,
    window=windows,
    data_end=ends,
    rule=st.sampled_from(RULES),
    bounds=st.tuples(st.integers(0, 8), st.integers(1, 8)),
)
def test_other_rules(put, drawn, stages, window, data_end, rule, bounds):
    begin, length = bounds
    period = [(EPOCH + second).tz_localize("UTC") for second in map(seconds, (begin, begin + length))]
    compare(
        both(put, drawn, data_end=data_end),
        journey_of(stages),
        period=period,
        counting=jm.Counting(window=window, **rule),
    )


def seconds(number):
    import pandas as pd

    return pd.Timedelta(seconds=number)


@some
@given(drawn=rows, stages=lone_stages, window=windows, data_end=ends, latest=st.booleans())
def test_chained_ties(put, drawn, stages, window, data_end, latest):
    rule = {"represent": "latest"} if latest else {}
    compare(
        both(put, drawn, data_end=data_end),
        journey_of(stages),
        counting=jm.Counting(window=window, ties="either", **rule),
    )


@some
@given(drawn=rows, stages=stage_sets, window=windows, data_end=ends)
def test_the_rules_of_clickhouse(put, drawn, stages, window, data_end):
    counting = jm.Counting.like("clickhouse", window=window)
    compare(both(put, drawn, data_end=data_end), journey_of(stages), counting=counting)


SEGMENTS = [
    jm.Segment("first web", jm.where(device="web", pick="first")),
    jm.Segment("last web", jm.where(device="web", pick="last")),
    jm.Segment("no size", jm.where(size=None)),
    jm.Segment("twice A", jm.did(jm.event("A"), at_least=2, within="4s")),
    jm.Segment("few B", jm.did(jm.event("B", device="w*"), at_most=1)),
    jm.Segment("not large", ~jm.where(size=jm.at_least(2)) | jm.did(jm.event("X", size=[1, None]))),
]


@some
@given(
    drawn=rows,
    window=windows,
    chosen=st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=3, unique=True),
)
def test_segments(put, drawn, window, chosen):
    assume(any(row[4] for row in drawn))
    compare(both(put, drawn), journey_of(["A", "B"]), segments=chosen, counting=jm.Counting(window=window))


FILTERS = [
    jm.event("X"),
    jm.event(["A", "C"], device=jm.matches("^w")),
    jm.where(device="app"),
    ~jm.event(None, size=1),
]


@some
@given(drawn=rows, rule=st.sampled_from(FILTERS))
def test_filters(put, drawn, rule):
    pushed, local = both(put, drawn)
    try:
        filtered = local.without(rule)
    except jm.DataError:
        return
    compare((pushed.without(rule), filtered), journey_of(["A", "B"]))
