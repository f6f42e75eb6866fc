"""Columns: guessed where names and content make them plain, asked for where not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from journeymap.errors import DataError
from journeymap.events.reading.columns import plain_name
from journeymap.events.reading.read import read_events

IDS, WHAT, WHEN = ["a", "b", "c"], ["view", "view", "buy"], ["2026-03-01", "2026-03-02", "2026-03-03"]


def roles(table: dict[str, Any], **asked: str) -> dict[str, str]:
    found = read_events(pd.DataFrame(table), **asked).quality.columns
    found = found[found["role"] != "property"]
    return dict(zip(found["role"], found["column"], strict=True))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"user_id": IDS, "event": WHAT, "timestamp": WHEN}, ["user_id", "event", "timestamp"]),
        ({"CustomerID": IDS, "Event Name": WHAT, "OccurredAt": WHEN}, ["CustomerID", "Event Name", "OccurredAt"]),
        ({"distinct_id": IDS, "event": WHAT, "time": [1772366400] * 3}, ["distinct_id", "event", "time"]),
        ({"properties.$user_id": IDS, "event": WHAT, "properties.time": WHEN}, ["properties.$user_id", "event", "properties.time"]),
        ({"user_id": IDS, "context.user_id": IDS, "event": WHAT, "ts": WHEN}, ["user_id", "event", "ts"]),
        ({"user_id": IDS, "device_id": IDS, "event": WHAT, "event_type": WHAT, "ts": WHEN, "created_at": WHEN}, ["user_id", "event", "ts"]),
        ({"user_id": [None] * 3, "device_id": IDS, "event": WHAT, "ts": WHEN}, ["device_id", "event", "ts"]),
        ({"Actor": [1, 2, 3], "Action": WHAT, "Time": pd.to_datetime(WHEN)}, ["Actor", "Action", "Time"]),
        ({"user_id": IDS, "action": WHAT, "Invoice moment": pd.to_datetime(WHEN)}, ["user_id", "action", "Invoice moment"]),
        ({"user_id": IDS, "action": WHAT, "when_dated": WHEN}, ["user_id", "action", "when_dated"]),
        ({"user_id": IDS, "event": WHAT, "time": ["a", "b", "c"], "created_at": WHEN}, ["user_id", "event", "created_at"]),
        ({"user_id": IDS, "event": [1.5, 2.5, 3.5], "action": WHAT, "ts": WHEN}, ["user_id", "action", "ts"]),
    ],
)  # fmt: skip
def test_plain_columns_are_guessed(table: dict[str, Any], expected: list[str]) -> None:
    assert roles(table) == dict(zip(["customer", "event", "at"], expected, strict=True))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            {"user_id": IDS, "customer_id": IDS, "event": WHAT, "ts": WHEN},
            ["user_id and customer_id could both be the customer", 'customer="user_id"'],
        ),
        (
            {"user_id": IDS, "event": WHAT, "ts": WHEN, "time": WHEN, "at": WHEN},
            ["ts, time and at could all be the time", 'at="ts"'],
        ),
        (
            {"user_id": ["a", None, None], "device_id": IDS, "event": WHAT, "ts": WHEN},
            ["user_id is empty in most rows, device_id in fewer"],
        ),
        (
            {"campaign": IDS, "kind": WHAT, "start_date": WHEN, "end_date": WHEN},
            [
                "No column looks like the customer",
                "No column looks like the event",
                "start_date and end_date could both be the time",
                "there are campaign, kind, start_date and end_date",
            ],
        ),
        ({"user_id": IDS, "event": WHAT, "ts": ["x", "y", "z"]}, ["No column looks like the time"]),
    ],
)
def test_what_is_not_plain_is_asked_for(table: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(DataError) as caught:
        read_events(pd.DataFrame(table))
    for words in said:
        assert words in str(caught.value)


def test_what_is_given_is_taken_and_not_guessed_again() -> None:
    table = {"user_id": IDS, "event": WHAT, "action": ["x", "y", "z"], "ts": WHEN, "time": WHEN}
    assert roles(table, at="time", event="action") == {"customer": "user_id", "event": "action", "at": "time"}
    found = read_events(pd.DataFrame(table), at="time").quality.columns
    assert found["how"].tolist() == ["by its name", "by its name", "as given", "kept", "kept"]
    assert found["column"].tolist() == ["user_id", "event", "time", "action", "ts"]


def test_a_column_that_does_not_exist_is_named_with_the_nearest() -> None:
    table = pd.DataFrame({"user_id": IDS, "event": WHAT, "ts": WHEN})
    with pytest.raises(
        DataError, match=r'no column \'usr_id\'\. Did you mean user_id\? Type: customer="user_id"'
    ):
        read_events(table, customer="usr_id")
    with pytest.raises(DataError, match=r"no column 'xyz'\. It has user_id, event and ts\."):
        read_events(table, sequence="xyz")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("userId", "user_id"),
        ("HTTPRequest", "http_request"),
        ("$Device ID", "device_id"),
        ("a.b.User-Id", "user_id"),
        ("time:timestamp", "time:timestamp"),
    ],
)
def test_names_are_compared_in_one_spelling(name: str, plain: str) -> None:
    assert plain_name(name) == plain
