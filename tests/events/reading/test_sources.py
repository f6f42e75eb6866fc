"""Sources: any file or table as a pandas table, and ids of customers in one spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events
from journeymap.events.reading.sources import frame, text_ids

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = "id,plan,age,score,vip,empty\n007,free,31,1.5,true,\n8,,NA,,False,\n"


def test_a_text_file_gets_types_from_its_values(tmp_path: Path) -> None:
    path = tmp_path / "profiles.csv"
    path.write_text(PROFILES)
    found = frame(path)
    expected = pd.DataFrame(
        {
            "id": ["007", "8"],
            "plan": pd.Series(["free", None], dtype="str"),
            "age": [31.0, None],
            "score": [1.5, None],
            "vip": pd.Series([True, False], dtype="boolean"),
            "empty": pd.Series([None, None], dtype="str"),
        }
    )
    pd.testing.assert_frame_equal(found, expected)
    assert found.attrs["notes"] == ["age holds numbers; NA and the like in it were read as missing."]


def test_the_key_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "profiles.csv"
    path.write_text("id,age\n1e5,31\n2,32\n")
    assert frame(path)["id"].tolist() == [100_000, 2]
    assert frame(path, key="id")["id"].tolist() == ["1e5", "2"]


def test_rows_that_cannot_be_taken_apart_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "profiles.csv"
    path.write_bytes(b"id,plan\n1,free\n2\n3,\xff\n")
    found = frame(path)
    assert found["id"].tolist() == [1]
    assert found.attrs["notes"] == ["2 rows could not be taken apart and were set aside."]


def test_other_kinds_of_sources(tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["a", "b"], "n": [1, 2]})
    assert frame(table) is table
    for source in (
        duckdb.from_df(table),
        pytest.importorskip("polars").DataFrame({"id": ["a", "b"], "n": [1, 2]}),
    ):
        pd.testing.assert_frame_equal(frame(source), table)
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "a", "at": {"city": "Brno"}}\n{"id": "b"}\n')
    assert frame(path)["at.city"].tolist()[0] == "Brno"
    path = tmp_path / "people.doc"
    path.write_text("x")
    with pytest.raises(DataError, match="no known type"):
        frame(path)


IDS = st.one_of(
    st.text(alphabet=" \t\u00a0ab0.1-", max_size=6),
    st.sampled_from(["NA", "null", "1.0", "01.0", "-3.00", "1.0.0", "nan", None]),
    st.integers(-(10**6), 10**6).map(lambda number: f"{number}.0"),
)


@settings(max_examples=30, deadline=None)
@given(
    ids=st.lists(IDS, max_size=8)
    | st.lists(st.floats(-1e6, 1e6, width=32).map(lambda x: round(x, 2)) | st.none(), max_size=8)
)
def test_ids_are_written_as_customers_of_a_log_are(ids: list[object]) -> None:
    column = pd.Series([*ids, "zoë"] if any(isinstance(one, str) for one in ids) else [*ids, 3.0])
    table = pd.DataFrame({"user_id": column, "event": "view", "ts": "2026-03-01"})
    written = text_ids(column)
    assert sorted(set(written.dropna())) == read_events(table).store.customers.tolist()
    assert written.index.equals(column.index)


def test_an_empty_column_of_ids() -> None:
    assert text_ids(pd.Series([], dtype="str")).tolist() == []
    assert text_ids(pd.Series([None, None])).tolist() == [None, None]
