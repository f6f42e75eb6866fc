"""Formats of times: named by the user, checked, and suggested where they are plain."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events
from journeymap.events.reading.time_formats import HOURS, ORDERS, checked_format


def log_of(times: list[Any], **arguments: Any):
    return read_events(pd.DataFrame({"user_id": "ann", "event": "view", "ts": times}), **arguments)


def instants(times: list[str], at_format: str, **arguments: Any) -> list[str]:
    log = log_of(times, at_format=at_format, **arguments)
    return [
        format(moment, "%Y-%m-%d %H:%M:%S")
        for moment in pd.DatetimeIndex(log.moments(log.store.at)).tz_convert("UTC")
    ]


@pytest.mark.parametrize(
    ("written", "at_format", "meant"),
    [
        ("31/03/2026 14:05", "%d/%m/%Y %H:%M", "2026-03-31 14:05:00"),
        (" 3.4.2026 ", "%d.%m.%Y", "2026-04-03 00:00:00"),
        ("03/04/26 2:05 pm", "%m/%d/%y %I:%M %p", "2026-03-04 14:05:00"),
        ("31 Mar 2026, 14:05:06", "%d %b %Y, %H:%M:%S", "2026-03-31 14:05:06"),
        ("31/03/2026 14:05 +0200", "%d/%m/%Y %H:%M %z", "2026-03-31 12:05:00"),
    ],
)
def test_a_named_format_is_read(written: str, at_format: str, meant: str) -> None:
    assert instants([written], at_format) == [meant]


def test_a_named_format_is_in_the_zone_of_times() -> None:
    assert instants(["31/03/2026 14:05"], "%d/%m/%Y %H:%M", timezone="Europe/Berlin") == [
        "2026-03-31 12:05:00"
    ]


def test_what_is_written_otherwise_is_set_aside() -> None:
    times = ["31/03/2026", "2026-03-31", "31/02/2026", "31/03/2026 10:00", "", None, "31/03/1026", "1/4/2026"]
    log = log_of(times, at="ts", at_format="%d/%m/%Y")
    assert log.n_events == 2
    found = log.quality.set_aside
    unread = "a time that cannot be read"
    assert list(zip(found["line"], found["reason"], strict=True)) == [
        (2, unread),
        (3, unread),
        (4, unread),
        (5, "no time"),
        (6, "no time"),
        (7, "a time before 1990 or after 2100"),
    ]


@pytest.mark.parametrize(
    "wrong", ["", "%Q", "%d/%m", "%H:%M", "%d/%m/%Y %I:%M", "day", "'; DROP TABLE raw; --", 3]
)
def test_what_names_no_moment_is_refused(wrong: Any) -> None:
    with pytest.raises(DataError, match="does not name one moment"):
        checked_format(wrong)


def test_a_format_is_for_texts() -> None:
    with pytest.raises(DataError, match="Leave out at_format"):
        log_of([dt.datetime(2026, 3, 31)], at_format="%d/%m/%Y")


@settings(max_examples=12, deadline=None)
@given(
    order=st.sampled_from(ORDERS),
    day_first=st.booleans(),
    hour=st.sampled_from(HOURS),
    minutes=st.lists(st.integers(0, 10**6), min_size=1, max_size=6),
)
def test_the_format_that_is_suggested_reads_what_it_was_written_in(
    order: tuple[str, str], day_first: bool, hour: str, minutes: list[int]
) -> None:
    at_format = order[0 if day_first else 1] + hour
    moments = [
        dt.datetime(2026, 1, 31),
        *(dt.datetime(2026, 1, 1) + dt.timedelta(minutes=m) for m in minutes),
    ]
    times = [format(moment, at_format) for moment in moments]
    with pytest.raises(DataError, match="No column looks like the time") as caught:
        log_of(times)
    assert caught.value.fix == f'at="ts", at_format="{at_format}"'
    assert log_of(times, at_format=at_format).n_events == len(times)


def test_a_format_is_not_guessed_where_day_and_month_look_alike() -> None:
    with pytest.raises(DataError) as caught:
        log_of(["03/04/2026", "05/06/2026"], at="ts")
    assert 'told apart: at_format="%d/%m/%Y" or at_format="%m/%d/%Y"' in caught.value.right
    assert caught.value.fix == 'at_format="%d/%m/%Y"'
    with pytest.raises(DataError, match="told apart"):
        log_of(["13/04/2026", "05/16/2026"], at="ts")


def test_a_wrong_format_is_told_with_the_right_one() -> None:
    with pytest.raises(DataError) as caught:
        log_of(["31/03/2026", "30/03/2026"], at="ts", at_format="%m/%d/%Y")
    assert (
        'at_format="%m/%d/%Y" does not fit them. They are read with at_format="%d/%m/%Y".'
        in caught.value.right
    )
    assert caught.value.fix == 'at_format="%d/%m/%Y"'
