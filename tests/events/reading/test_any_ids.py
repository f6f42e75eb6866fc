"""Customers of any kind, times of any resolution over any span, and more event names than two bytes can tell apart."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import journeymap as jm
from journeymap.events.reading.read import read_events

if TYPE_CHECKING:
    from pathlib import Path

IDS = [uuid.UUID(int=5), uuid.UUID("7d444840-9dc0-11d1-b245-5ffdce74fad2")]
TEXTS = [str(one) for one in IDS]
AT = [pd.Timestamp("2026-03-01 10:00"), pd.Timestamp("2026-03-02 10:00")]


def _arrow(ids: pa.Array) -> pa.Table:
    return pa.table({"user_id": ids, "event": ["view", "buy"], "ts": AT})


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (pd.DataFrame({"user_id": IDS, "event": ["view", "buy"], "ts": AT}), TEXTS),
        (_arrow(pa.array([one.bytes for one in IDS], pa.uuid())), TEXTS),
        (_arrow(pa.array([one.bytes for one in IDS], pa.binary(16))), [one.hex for one in IDS]),
        (_arrow(pa.array([b"ann", "zoë".encode()], pa.binary())), ["ann", "zoë"]),
        (_arrow(pa.array([2**63 - 1, -7], pa.int64())), ["-7", "9223372036854775807"]),
        (_arrow(pa.array([2**64 - 1, 0], pa.uint64())), ["0", "18446744073709551615"]),
        (
            pl.DataFrame({"user_id": [2**62, 2**62 + 1], "event": ["view", "buy"], "ts": AT}),
            [str(2**62), str(2**62 + 1)],
        ),
        (
            duckdb.sql(f"SELECT '{IDS[1]}'::UUID AS user_id, 'view' AS event, TIMESTAMP '2026-03-01' AS ts"),
            TEXTS[1:],
        ),
    ],
    ids=[
        "python uuid",
        "arrow uuid",
        "bytes",
        "bytes of text",
        "int64",
        "uint64",
        "polars int64",
        "duckdb uuid",
    ],
)
def test_customers_of_any_kind(table: Any, expected: list[str]) -> None:
    log = read_events(table)
    assert log.store.customers.tolist() == expected
    assert log.timeline(expected[0])["event"].tolist() in (["view"], ["buy"])


@pytest.mark.parametrize(("unit", "size"), [("us", 10**3), ("ns", 1)])
@pytest.mark.parametrize("place", ["frame", "parquet"])
def test_years_keep_their_resolution(tmp_path: Path, unit: str, size: int, place: str) -> None:
    """Neighbouring instants at both ends of twenty years stay apart, and a step of one unit is no tie."""
    ends = [pd.Timestamp("2005-01-01 00:00:00").value, pd.Timestamp("2025-12-31 23:59:59").value]
    at = np.array([end + step * size for end in ends for step in (0, 1)]).astype("datetime64[ns]")
    table = pd.DataFrame({"user_id": ["ann", "ann", "bob", "bob"], "event": ["view", "buy"] * 2, "ts": at})
    if place == "parquet":
        table.to_parquet(tmp_path / "events.parquet")
    log = read_events(tmp_path / "events.parquet" if place == "parquet" else table)
    assert log.store.unit == unit
    assert (log.store.at * size).tolist() == at.view(np.int64).tolist()
    journey = jm.Journey("J", stages=[jm.Stage(name, jm.event(name)) for name in ("view", "buy")])
    assert jm.funnel(log, journey).table["customers"].tolist() == [2, 2]
    tied = table.assign(ts=np.repeat(at[[0, 2]], 2))
    assert jm.funnel(read_events(tied), journey).table["customers"].tolist() == [2, 0]


def test_microseconds_count_against_the_window() -> None:
    at = [
        "2026-03-01 00:00:00.000001",
        "2026-03-02 00:00:00.000001",
        "2026-03-01 00:00:00",
        "2026-03-02 00:00:00.000001",
    ]
    table = pd.DataFrame({"user_id": ["ann", "ann", "bob", "bob"], "event": ["view", "buy"] * 2, "ts": at})
    journey = jm.Journey("J", stages=[jm.Stage(name, jm.event(name)) for name in ("view", "buy")])
    counted = jm.funnel(
        read_events(table, complete_to="2026-04-01"), journey, counting=jm.Counting(window="1d")
    )
    assert counted.table["customers"].tolist() == [2, 1]


@pytest.mark.parametrize("number", [1 << 16, (1 << 16) + 1, 70_000])
def test_more_event_names_than_two_bytes_can_tell_apart(number: int) -> None:
    names = [f"e{place:06}" for place in range(number)]
    table = pd.DataFrame(
        {
            "user_id": "ann",
            "event": [*names, names[-1]],
            "ts": pd.Timestamp("2026-03-01"),
            "n": np.arange(number + 1),
        }
    )
    table["ts"] += pd.to_timedelta(np.arange(number + 1), unit="s")
    log = read_events(table)
    assert log.store.event.dtype == (np.uint16 if number == 1 << 16 else np.uint32)
    assert log.store.event_names[log.store.event].tolist() == table["event"].tolist()
    assert log.event_counts[names[-1]] == 2
    stages = [jm.Stage("first", jm.event(names[0])), jm.Stage("last", jm.event(names[-1]))]
    assert jm.funnel(log, jm.Journey("J", stages=stages)).table["customers"].tolist() == [1, 1]
    flow = jm.flow(log, over="event", start=names[-2], steps=2)
    assert names[-1] in set(flow.table["target"])


def test_more_marks_of_stages_than_two_bytes_can_tell_apart() -> None:
    """Seventeen conditions that are met in every combination give more than 65,536 marks."""
    every = np.arange(1 << 17)
    bits = {f"b{bit}": (every >> bit & 1).astype(bool) for bit in range(17)}
    table = pd.DataFrame({"user_id": "ann", "event": "view", "ts": pd.Timestamp("2026-03-01"), **bits})
    table["ts"] += pd.to_timedelta(every, unit="s")
    stages = [jm.Stage(name, jm.event("view", {name: True})) for name in bits]
    assert (
        jm.funnel(read_events(table), jm.Journey("J", stages=stages)).table["customers"].tolist() == [1] * 17
    )
