"""Flows counted inside DuckDB equal those counted here, cell by cell."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from tests.counting.logs import journey_of
from tests.counting.pushdown.test_funnel_laws import SEGMENTS, both, some
from tests.counting.pushdown.twins import rows, stage_sets


def compare(logs, journey=None, **options):
    pushed, local = (jm.flow(log, journey, **options) for log in logs)
    pd.testing.assert_frame_equal(pushed.table, local.table)
    pd.testing.assert_frame_equal(pushed.nodes, local.nodes)
    assert pushed.notes == local.notes
    assert (pushed.goals, pushed.scope.counted) == (local.goals, local.scope.counted)


@some
@given(
    drawn=rows,
    stages=stage_sets,
    steps=st.integers(2, 4),
    top=st.integers(1, 3),
    data_end=st.integers(0, 2000),
)
def test_over_stages(put, drawn, stages, steps, top, data_end):
    compare(both(put, drawn, data_end=data_end), journey_of(stages), steps=steps, top=top)


@some
@given(drawn=rows, steps=st.integers(2, 4), top=st.integers(1, 3), started=st.booleans())
def test_over_events(put, drawn, steps, top, started):
    compare(both(put, drawn), over="event", start=drawn[0][1] if started else None, steps=steps, top=top)


@some
@given(
    drawn=rows,
    over=st.sampled_from(["device", "size"]),
    segments=st.lists(st.sampled_from(SEGMENTS), max_size=2, unique=True),
)
def test_over_a_property(put, drawn, over, segments):
    compare(both(put, drawn), over=over, steps=3, top=2, segments=segments)


@some
@given(drawn=rows)
def test_stages_that_a_property_tells_apart(put, drawn):
    stages = [jm.Stage("web", jm.event("A", device="web")), jm.Stage("other", jm.event(["A", "B"]))]
    compare(both(put, drawn), jm.Journey("J", stages=stages), start="other")
