"""Retention counted inside DuckDB equals that counted here, cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.events.warehouse.asking import answer
from tests.counting.pushdown.test_funnel_laws import SEGMENTS, some
from tests.counting.pushdown.twins import frame_of, local_twin, pushed_twin

HOUR = 3600
spread = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("ABCX"),
        st.integers(0, 70 * 24).map(lambda hours: hours * HOUR),
        st.sampled_from([None, "web", "app"]),
        st.sampled_from([1, 2]),
    ),
    min_size=1,
    max_size=16,
)


@some
@given(
    drawn=spread,
    unit=st.sampled_from(["hour", "day", "week", "month"]),
    counted=st.sampled_from(["on", "on or after"]),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]),
    segments=st.lists(st.sampled_from(SEGMENTS), max_size=2, unique=True),
    data_end=st.one_of(st.none(), st.integers(0, 70 * 24).map(lambda hours: hours * HOUR - 1)),
)
def test_retention(put, drawn, unit, counted, zone, segments, data_end):
    frame = frame_of(drawn).assign(at=lambda table: table["at"].dt.tz_localize("UTC"))
    logs = (
        pushed_twin(put(frame), timezone=zone, data_end=data_end),
        local_twin(drawn, timezone=zone, data_end=data_end),
    )
    pushed, local = (
        jm.retention(
            log,
            start=jm.event("A"),
            back=jm.event(["A", "B"]),
            unit=unit,
            counted=counted,
            periods=5,
            segments=segments,
        )
        for log in logs
    )
    pd.testing.assert_frame_equal(pushed.table, local.table)
    assert (pushed.scope.counted, pushed.notes) == (local.scope.counted, local.notes)


def test_times_without_a_zone_are_of_the_zone_of_reports(put):
    frame = pd.DataFrame(
        {
            "who": ["a", "a", "a"],
            "what": ["A", "B", "C"],
            "at": pd.to_datetime(["2026-03-29 01:30", "2026-03-29 02:30", "2026-10-25 02:30"]),
        }
    )
    log = jm.connect(put(frame), customer="who", event="what", at="at", timezone="Europe/Berlin")
    here = jm.read_events(frame, customer="who", event="what", at="at", timezone="Europe/Berlin")
    assert log.span == here.span
    assert sorted(answer(log.rows)["jm_at"] // 10**6) == sorted(here.store.at)


@pytest.mark.parametrize("unit", ["fortnight"])
def test_unknown_periods_are_refused(put, unit):
    with pytest.raises(jm.DefinitionError, match="calendar period"):
        jm.retention(
            pushed_twin(put(frame_of([("a", "A", 1, None, None)]))),
            start=jm.event("A"),
            back=jm.event("A"),
            unit=unit,
        )
