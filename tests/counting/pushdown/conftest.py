"""DuckDB for the laws of pushdown."""

from __future__ import annotations

import itertools

import pytest

from journeymap.events.warehouse.asking import quietly


@pytest.fixture(scope="session")
def put():
    """Return a function that puts a frame into DuckDB and returns its Ibis table."""
    connection = pytest.importorskip("ibis").duckdb.connect()
    numbers = itertools.count()

    def putting(frame):
        name = f"events_{next(numbers) % 50}"
        connection.con.register("frame_of_events", frame)
        connection.con.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM frame_of_events')
        connection.con.unregister("frame_of_events")
        with quietly():
            return connection.table(name)

    yield putting
    connection.disconnect()
