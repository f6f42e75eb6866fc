"""Parquet files as one table: odd names, odd paths, odd types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pytest

from journeymap.errors import DataError
from journeymap.events.reading.read import read_events
from journeymap.events.reading.tables import Part, unrepeated

if TYPE_CHECKING:
    from pathlib import Path

WHO = "SELECT 'ann' AS user_id, 'view' AS event, TIMESTAMP '2026-03-01' AS ts"


def test_odd_paths_are_values(tmp_path: Path) -> None:
    for name in ("we'ird [1] *?.parquet", "it's; DROP TABLE raw; --.parquet", '"quoted".parquet'):
        duckdb.sql(WHO).write_parquet(str(tmp_path / name))
        assert read_events(tmp_path / name).n_events == 1
    assert read_events(tmp_path).n_events == 3


def test_odd_names_and_types(tmp_path: Path) -> None:
    path = tmp_path / "odd.parquet"
    duckdb.sql(
        f"""{WHO}, 1 AS "Q""uote'", 2 AS "row", 3 AS "raw", {{'x y': {{'z''': 1}}}} AS s, map {{'k': 1}} AS m, 1.5::DECIMAL(5, 2) AS d,
        TIME '10:00' AS tm, DATE '2026-01-01' AS day, 5::HUGEINT AS h, 'infinity'::TIMESTAMP AS never, 'x'::BLOB AS b"""
    ).write_parquet(str(path))
    columns = read_events(path).store.columns
    found = {name: column.take(np.arange(1)).tolist()[0] for name, column in columns.items()}
    assert str(found.pop("day")) == "2026-01-01 00:00:00"
    assert found == {
        "Q\"uote'": 1,
        "row": 2,
        "raw": 3,
        "s.x y.z'": 1,
        "m": '{"k":1}',
        "d": 1.5,
        "tm": "10:00:00",
        "h": 5,
        "never": None,
        "b": "x",
    }


def test_names_that_the_reader_needs_itself_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.parquet"
    duckdb.sql(f"{WHO}, 7 AS file_row_number").write_parquet(str(path))
    with pytest.raises(DataError, match="cannot be called file_row_number"):
        read_events(path)


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(DataError, match=r"broken\.parquet cannot be read as Parquet"):
        read_events(path)


def test_types_that_do_not_go_together_become_texts(tmp_path: Path) -> None:
    duckdb.sql(f"{WHO}, 1 AS what").write_parquet(str(tmp_path / "a.parquet"))
    duckdb.sql(f"{WHO}, 'x' AS what").write_parquet(str(tmp_path / "b.parquet"))
    assert read_events(tmp_path).store.columns["what"].values.tolist() == ["1", "x"]


def test_lines_of_a_part() -> None:
    part = Part("x", None, None, 5, np.array([0, 2, 3]), np.array([2, 7, 9]))  # type: ignore[arg-type]
    assert part.line_of(np.arange(5)).tolist() == [2, 3, 7, 9, 10]


def test_repeated_names_get_a_free_one() -> None:
    assert unrepeated(["x", "x", "x_2", "x"]) == ["x", "x_2", "x_2_2", "x_3"]
