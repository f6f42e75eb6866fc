"""Tables in memory: every type of pandas, and the libraries beside it."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events


def read_back(values: Any) -> tuple[list[Any], list[type]]:
    table = pd.DataFrame({"user_id": ["a", "b"], "event": "view", "ts": "2026-03-01"})
    table["what"] = values
    found = read_events(table).store.columns["what"].take(np.arange(2)).tolist()
    return found, [type(value) for value in found]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], [1, 2]),
        ([1.0, np.nan], [1, None]),
        ([1.5, np.inf], [1.5, None]),
        (np.array([0.1, 0.25], dtype="float32"), [0.1, 0.25]),
        (pd.array([1, None], dtype="Int64"), [1, None]),
        (pd.array([1.5, None], dtype="Float64"), [1.5, None]),
        (pd.array([True, None], dtype="boolean"), [True, None]),
        (pd.array(["x", None], dtype="string"), ["x", None]),
        (pd.Series([True, None], dtype=object), [True, None]),
        (pd.Series([1, None], dtype=object), [1, None]),
        (pd.Series([decimal.Decimal("1.5"), 2], dtype=object), [1.5, 2.0]),
        (pd.Series([2**70, 1], dtype=object), ["1180591620717411303424", "1"]),
        (pd.Series([1, "1"], dtype=object), ["1", "1"]),
        (pd.Series([{"a": 1}, [1, "é"]], dtype=object), ['{"a": 1}', '[1, "é"]']),
        (pd.Series([b"a\xff", "\ud800"], dtype=object), ["a\\xff", "?"]),
        (pd.Categorical(["x", None]), ["x", None]),
        (pd.Categorical([2, 1]), [2, 1]),
        (pd.arrays.SparseArray([0, 3]), [0, 3]),
        (pd.period_range("2026-01", periods=2, freq="M"), ["2026-01", "2026-02"]),
        (pd.to_timedelta([1, None], "s"), ["0 days 00:00:01", None]),
        (pd.Series([dt.date(2026, 1, 1), None], dtype=object), ["2026-01-01", None]),
        (pd.to_datetime(["2026-01-01", None]), [dt.datetime(2026, 1, 1), None]),
        (
            pd.Series(pd.to_datetime(["2026-01-01", None])).dt.tz_localize("Asia/Tokyo"),
            [dt.datetime(2025, 12, 31, 15), None],
        ),
        (["", "  "], [None, None]),
    ],
)  # fmt: skip
def test_properties_of_pandas_keep_their_values(values: Any, expected: list[Any]) -> None:
    assert read_back(values) == (expected, [type(value) for value in expected])


def test_arrow_types_of_pandas() -> None:
    pytest.importorskip("pyarrow")
    assert read_back(pd.array([1, None], dtype="int64[pyarrow]"))[0] == [1, None]
    assert read_back(pd.array(["x", None], dtype="string[pyarrow]"))[0] == ["x", None]


def test_a_named_index_is_a_column() -> None:
    table = pd.DataFrame({"event": ["x"], "ts": ["2026-03-01"]}, index=pd.Index(["ann"], name="user_id"))
    assert read_events(table).store.customers.tolist() == ["ann"]


def test_names_that_are_no_texts_or_stand_twice() -> None:
    table = pd.DataFrame([["ann", "view", "2026-03-01", 1, 2, 3]], columns=[0, 1, 2, "x", "x", "X"])
    log = read_events(table, customer="0", event="1", at="2")
    assert {name: column.values.tolist() for name, column in log.store.columns.items()} == {
        "x": [1],
        "x_2": [2],
        "X": [3],
    }


def test_structures_are_flattened_and_lists_become_json() -> None:
    polars = pytest.importorskip("polars")
    table = polars.DataFrame(
        {
            "user_id": ["ann"],
            "event": ["view"],
            "ts": [dt.datetime(2026, 3, 1)],
            "device": [{"os": "iOS", "screen": {"w": 390}}],
            "tags": [["a", "b"]],
        }
    )
    columns = read_events(table).store.columns
    assert {name: column.values.tolist() for name, column in columns.items()} == {
        "device.os": ["iOS"],
        "device.screen.w": [390],
        "tags": ['["a","b"]'],
    }


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(DataError, match="has no row"):
        read_events(pd.DataFrame({"user_id": [], "event": [], "ts": []}))


def test_a_table_without_columns_is_refused() -> None:
    tables = [pd.DataFrame(), pd.DataFrame(index=[1, 2])]
    tables += [pytest.importorskip("polars").DataFrame(), pytest.importorskip("pyarrow").table({})]
    for table in tables:
        with pytest.raises(DataError, match="The table has no columns"):
            read_events(table)
