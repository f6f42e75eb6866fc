"""Times: every way to write one, zones and their gaps, and the unit that loses nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events
from journeymap.events.reading.sorting import coarsest_unit
from journeymap.events.reading.times import checked_zone, end_of_data, in_utc

if TYPE_CHECKING:
    from journeymap.events.log import EventLog


def log_of(times: Any, **arguments: Any) -> EventLog:
    return read_events(pd.DataFrame({"user_id": "ann", "event": "view", "at": times}), at="at", **arguments)


def nanoseconds(log: EventLog) -> list[int]:
    return log.store.at.astype(f"datetime64[{log.store.unit}]").astype("datetime64[ns]").astype(int).tolist()


NOON = pd.Timestamp("2026-03-01 12:00", tz="UTC").value
TEXTS = {
    "2026-03-01 12:00": NOON,
    "2026-03-01T12:00:00": NOON,
    "2026-03-01  12:00:00": NOON,
    "2026-03-01T12:00:00Z": NOON,
    "2026-03-01 12:00:00 UTC": NOON,
    "2026-03-01T14:00:00+02:00": NOON,
    "2026-03-01T14:00:00+0200": NOON,
    "2026-03-01T14:00+02": NOON,
    "2026-03-01 08:30:00 -03:30": NOON,
    " 2026-03-01 12:00\t": NOON,
    "2026/3/1 12:00": NOON,
    "2026-03-01 12:00:00.5": NOON + 500_000_000,
    "2026-03-01 12:00:00,25": NOON + 250_000_000,
    "2026-03-01T12:00:00.123456789Z": NOON + 123_456_789,
    "2026-03-01": NOON - 12 * 3600 * 10**9,
    "20260301": NOON - 12 * 3600 * 10**9,
    "1772366400": NOON,
    "1772366400.000000001": NOON + 1,
    "1772366400123": NOON + 123_000_000,
    "1772366400123456": NOON + 123_456_000,
    "1772366400123456789": NOON + 123_456_789,
    "1.7723664e9": NOON,
}
UNREADABLE = [
    "03/01/2026",
    "1.3.2026",
    "12:00",
    "2026-02-30",
    "2026-03-01 25:00",
    "2026-03-01 12:00 PM",
    "now",
    "x",
]
ABSURD = ["1066-10-14", "9999-12-31", "0", "-5", "12345", "1989-12-31 23:59", "99999999999999999999"]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_that_are_times(text: str) -> None:
    assert nanoseconds(log_of([text])) == [TEXTS[text]]


def test_texts_of_all_kinds_in_one_column() -> None:
    log = log_of([*TEXTS, *UNREADABLE, *ABSURD, None, " "])
    assert nanoseconds(log) == sorted(TEXTS.values())
    found = log.quality.set_aside
    by_reason = {reason: group["line"].tolist() for reason, group in found.groupby("reason")}
    first = len(TEXTS) + 1
    assert by_reason == {
        "a time that cannot be read": list(range(first, first + len(UNREADABLE))),
        "a time before 1990 or after 2100": list(range(first + 8, first + 8 + len(ABSURD))),
        "no time": [first + 15, first + 16],
    }


@pytest.mark.parametrize(
    ("numbers", "unit", "said"),
    [
        ([1772366400], "s", "seconds since 1970"),
        ([1772366400.25], "ms", "seconds since 1970"),
        ([1772366400123], "ms", "milliseconds since 1970"),
        ([1772366400123456], "us", "microseconds since 1970"),
        ([1772366400123456789], "ns", "nanoseconds since 1970"),
        ([20260301], "s", "dates such as 20260331"),
    ],
)
def test_the_size_of_a_number_tells_what_it_counts(numbers: list[float], unit: str, said: str) -> None:
    log = log_of(numbers)
    assert log.store.unit == unit
    assert any(said in note and note.startswith("The numbers in at were read as") for note in log.notes)


def test_numbers_as_small_and_large_as_can_be() -> None:
    instants = [pd.Timestamp("1990-01-01"), pd.Timestamp("2100-12-31 23:59:59")]
    for size in (1, 10**3, 10**6, 10**9):
        log = log_of([instant.value // 10**9 * size for instant in instants])
        assert nanoseconds(log) == [instant.value for instant in instants]
        beyond = [(instants[0].value // 10**9 - 1) * size, (instants[1].value // 10**9 + 1) * size]
        with pytest.raises(DataError, match="2 with a time before 1990 or after 2100"):
            log_of(beyond)


@pytest.mark.parametrize(
    "kind",
    ["DATE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMPTZ", "TIMESTAMPTZ_NS"],
)
def test_times_that_are_native(kind: str) -> None:
    zone = "+00" if "TZ" in kind else ""
    rows = duckdb.sql(
        f"SELECT 'ann' AS user_id, 'view' AS event, t::{kind} AS at "
        f"FROM (VALUES ('2026-03-01 00:00:00{zone}'), ('1066-10-14'), (NULL)) AS rows(t)"
        if kind not in ("TIMESTAMP_NS", "TIMESTAMPTZ_NS")
        else f"SELECT 'ann' AS user_id, 'view' AS event, t::{kind} AS at "
        f"FROM (VALUES ('2026-03-01 00:00:00{zone}'), ('1700-01-01'), (NULL)) AS rows(t)"
    )
    log = read_events(rows, timezone="Asia/Tokyo")
    midnight = pd.Timestamp("2026-03-01", tz="UTC" if "TZ" in kind else "Asia/Tokyo")
    assert nanoseconds(log) == [midnight.as_unit("ns").value]
    assert log.quality.set_aside["reason"].tolist() == ["a time before 1990 or after 2100", "no time"]


def test_tables_of_pandas_keep_their_nanoseconds() -> None:
    naive = pd.Series(pd.to_datetime(["2026-03-01"]).as_unit("ns") + pd.Timedelta(1, "ns"))
    midnight = pd.Timestamp("2026-03-01").value
    assert nanoseconds(log_of(naive)) == [midnight + 1]
    assert nanoseconds(log_of(naive.dt.tz_localize("America/New_York"))) == [midnight + 5 * 3600 * 10**9 + 1]


def test_times_without_a_zone_are_in_the_zone_of_the_log() -> None:
    log = log_of(["2026-07-01 12:00", "2026-07-01T12:00Z"], timezone="Europe/Berlin")
    assert [log.moment(at).isoformat() for at in log.store.at.tolist()] == [
        "2026-07-01T12:00:00+02:00",
        "2026-07-01T14:00:00+02:00",
    ]


def test_hours_that_the_clocks_repeat_or_skip() -> None:
    texts = ["2025-10-26 02:30", "2025-10-26 01:30", "2026-03-29 02:30", "2026-03-29 03:15"]
    log = log_of(texts, timezone="Europe/Berlin")
    assert [log.moment(at).tz_convert("UTC").strftime("%d %H:%M") for at in log.store.at.tolist()] == [
        "25 23:30",
        "26 00:30",
        "29 01:15",
        "29 01:30",
    ]
    assert any("Times that the clocks of Europe/Berlin repeat or skip: 2" in note for note in log.notes)


MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 12, 31))


@settings(max_examples=200, deadline=None)
@given(
    moments=st.lists(MOMENTS, min_size=1, max_size=5),
    zone=st.sampled_from(
        ["Europe/Berlin", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
    ),
    near=st.booleans(),
)
def test_local_times_mean_what_the_standard_library_says(
    moments: list[dt.datetime], zone: str, near: bool
) -> None:
    moments = [moment.replace(fold=0) for moment in moments]
    if near:
        moments = [
            moment.replace(month=3 if moment.day % 2 else 10, day=25 + moment.day % 7, hour=moment.hour % 4)
            for moment in moments
        ]
    local = np.array([np.datetime64(moment, "ns").astype(np.int64) for moment in moments])
    expected = [
        np.datetime64(
            moment.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC).replace(tzinfo=None), "ns"
        ).astype(int)
        for moment in moments
    ]
    assert in_utc(local, ZoneInfo(zone))[0].tolist() == expected


@given(
    times=st.lists(st.integers(10**9, 10**12), min_size=1),
    size=st.sampled_from([1, 10**3, 10**6, 10**9]),
)
def test_the_unit_loses_nothing_and_a_coarser_one_would(times: list[int], size: int) -> None:
    at = np.array(times) * size % 10**18
    sizes = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
    unit = coarsest_unit(at)
    assert not (at % sizes[unit]).any()
    assert all((at % coarser).any() for name, coarser in sizes.items() if coarser > sizes[unit])


def test_dates_without_a_time_are_told_of() -> None:
    assert any("equal times never chain" in note for note in log_of(["2026-03-01", "2026-03-02"]).notes)
    mixed = log_of(["2026-03-01", *[f"2026-03-01 10:00:{second}" for second in range(10, 50)]])
    assert any(note.startswith("2% of the times are exactly midnight") for note in mixed.notes)
    assert log_of(["2026-03-01 10:00"]).notes == ()


@pytest.mark.parametrize("times", [[1772323200, 1772366400], [1772323200_000], ["1772323200", "1772366400"]])
def test_counts_since_1970_are_no_dates(times: list[Any]) -> None:
    assert not any("midnight" in note for note in log_of(times).notes)


def test_times_that_cannot_be_read_are_quoted() -> None:
    accepted = "ISO texts such as 2026-01-14 10:00, or counts since 1970: seconds to nanoseconds"
    with pytest.raises(DataError, match=f"look like 'Tuesday'. Times are {accepted}"):
        log_of(["Tuesday", "Friday"])
    with pytest.raises(DataError, match=f"at holds values such as 'Tuesday'. Times are {accepted}"):
        read_events(pd.DataFrame({"user_id": "ann", "event": "view", "at": ["Tuesday"]}))
    most = log_of(["2026-01-14", "Tuesday", "Friday"])
    assert any(note.startswith("Times in at that cannot be used look like 'Tuesday'.") for note in most.notes)
    few = log_of(["2026-01-14", "2026-01-15", "Tuesday"])
    assert not any("look like" in note for note in few.notes)


def test_ties_are_told_of() -> None:
    notes = log_of(["2026-03-01 10:00"] * 3 + ["2026-03-01 11:00"]).notes
    assert "75% of the rows share customer and time with another row; equal times never chain." in notes


@pytest.mark.parametrize("timezone", ["Europe/Berln", "", "/etc/passwd", "../UTC", None, 3])
def test_what_is_no_zone_is_refused(timezone: Any) -> None:
    with pytest.raises(DataError, match="There is no time zone"):
        checked_zone(timezone)


def test_the_end_of_data_is_the_end_of_a_day_or_the_moment_itself() -> None:
    def in_berlin(moment: Any) -> pd.Timestamp:
        return pd.Timestamp(end_of_data(moment, timezone="Europe/Berlin"), tz="UTC")

    assert in_berlin("2026-03-29") == pd.Timestamp("2026-03-29 21:59:59.999999999", tz="UTC")
    assert in_berlin(dt.date(2026, 1, 1)) == pd.Timestamp("2026-01-01 22:59:59.999999999", tz="UTC")
    assert in_berlin(dt.datetime(2026, 1, 1, 6)) == pd.Timestamp("2026-01-01 05:00", tz="UTC")
    assert in_berlin("2026-01-01T06:00Z") == pd.Timestamp("2026-01-01 06:00", tz="UTC")
    for wrong in ("soon", None, pd.NaT, 20260331.5, []):
        with pytest.raises(DataError, match="no date and no time"):
            in_berlin(wrong)
