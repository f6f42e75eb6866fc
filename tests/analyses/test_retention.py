"""Retention against a count in plain Python, and on paper."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from tests.small_logs import small_log

MONDAY = int(dt.datetime(2026, 1, 5, tzinfo=dt.UTC).timestamp())
HOUR = 3_600
rows = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from("AB"),
        st.integers(0, 24 * 40).map(lambda h: MONDAY + h * HOUR),
    ),
    min_size=1,
    max_size=12,
)


def beginning(second, unit):
    """Return when the calendar period of an instant begins, in UTC."""
    at = dt.datetime.fromtimestamp(second, dt.UTC).replace(minute=0, second=0, tzinfo=None)
    day = at.replace(hour=0)
    return {"hour": at, "day": day, "week": day - dt.timedelta(day.weekday()), "month": day.replace(day=1)}[
        unit
    ]


def following(begin, unit):
    if unit == "month":
        return (begin + dt.timedelta(32)).replace(day=1)
    return begin + {"hour": dt.timedelta(hours=1), "day": dt.timedelta(1), "week": dt.timedelta(7)}[unit]


def plain_counts(drawn, unit, counted, periods):
    """Count by walking from each cohort's period to the next."""
    starts = {
        who: min(at for w, what, at in drawn if w == who and what == "A")
        for who, what, _ in drawn
        if what == "A"
    }
    data_end = dt.datetime.fromtimestamp(max(at for *_, at in drawn), dt.UTC).replace(tzinfo=None)
    found = []
    for cohort in sorted({beginning(at, unit) for at in starts.values()}):
        members = [who for who, at in starts.items() if beginning(at, unit) == cohort]
        begin = cohort
        for period in range(periods + 1):
            if begin > data_end:
                break
            back = {
                who
                for who, what, at in drawn
                if who in members
                and what == "B"
                and (
                    beginning(at, unit) == begin or (counted == "on or after" and beginning(at, unit) > begin)
                )
            }
            end = following(begin, unit)
            over = end - dt.timedelta(seconds=1) <= data_end
            found.append((cohort, period, len(members), len(back) if period else len(members), over))
            begin = end
    return found


@given(
    drawn=rows,
    unit=st.sampled_from(["hour", "day", "week", "month"]),
    counted=st.sampled_from(["on", "on or after"]),
)
@settings(max_examples=80, deadline=None)
def test_counts_equal_a_plain_walk(drawn, unit, counted):
    table = jm.retention(
        small_log(drawn), start=jm.event("A"), back=jm.event("B"), unit=unit, counted=counted, periods=4
    ).table
    shown = zip(
        table["cohort"].dt.tz_localize(None),
        table["period"],
        table["customers"],
        table["returned"],
        table["complete"],
        strict=True,
    )
    assert list(shown) == plain_counts(drawn, unit, counted, 4)


def test_clocks_of_the_zone_decide_the_day():
    log = small_log(
        [("a", "A", MONDAY - HOUR // 2), ("a", "B", MONDAY + 24 * HOUR)], timezone="Europe/Berlin"
    )
    table = jm.retention(log, start=jm.event("A"), back=jm.event("B"), unit="day").table
    assert table["cohort"][0] == pd.Timestamp("2026-01-05", tz="Europe/Berlin")
    assert table["returned"].tolist() == [1, 1]


def test_a_segment_and_its_rest_add_up():
    log = small_log([("a", "A", MONDAY), ("a", "B", MONDAY + 24 * HOUR * 7), ("b", "A", MONDAY)])
    back = jm.Segment("Back", jm.did(jm.event("B")))
    table = jm.retention(log, start=jm.event("A"), back=jm.event("B"), segments=[back, ~back]).table
    assert table.groupby("period")[["customers", "returned"]].sum().to_numpy().tolist() == [[2, 2], [2, 1]]


@pytest.mark.parametrize(
    "wrong", [{"unit": "year"}, {"counted": "after"}, {"start": jm.where(a=1)}, {"periods": 0}]
)
def test_wrong_questions_are_refused(wrong):
    asked = {"start": jm.event("A"), "back": jm.event("B")} | wrong
    with pytest.raises(jm.DefinitionError):
        jm.retention(small_log([("a", "A", MONDAY)]), **asked)
