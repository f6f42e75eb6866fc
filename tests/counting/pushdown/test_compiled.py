"""What engines that no test can run are asked: compiled for each, kept as text, and answered by DuckDB in their place."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import ibis
import pandas as pd
import pytest

import journeymap as jm
from tests.counting.pushdown.questions import QUESTIONS, random_log

ENGINES = ("bigquery", "snowflake", "trino", "databricks")
SNAPSHOTS = Path(__file__).parent / "snapshots"
KEPT = ("funnel", "by a property", "flow over stages", "retention on")
ASKED = [
    *KEPT,
    "segments",
    "exclude",
    "same",
    'reuse with ties="either"',
    "retention on or after",
    "flow over a property",
]


@pytest.fixture
def compiled(monkeypatch):
    """Collect what is asked, compiled for the engine that stands first."""
    collected, run = {}, ibis.expr.types.core.Expr.execute

    def execute(expression, **options):
        for engine, texts in collected.items():
            texts.append(ibis.to_sql(expression, dialect=engine))
        return run(expression, **options)

    monkeypatch.setattr(ibis.expr.types.core.Expr, "execute", execute)
    return collected


@pytest.fixture(scope="module")
def logs():
    frame = random_log(300, 20)
    connection = ibis.duckdb.connect()
    connection.con.register("frame_of_events", frame)
    connection.con.execute("CREATE TABLE random_events AS SELECT * FROM frame_of_events")
    connection.con.execute("CREATE MACRO unix_micros(moment) AS epoch_us(moment)")
    connection.con.execute("SET TimeZone = 'UTC'")
    pushed = jm.connect(connection, table="random_events", customer="who", event="what", at="at")
    yield pushed, jm.read_events(frame, customer="who", event="what", at="at")
    connection.disconnect()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.filterwarnings("ignore")
def test_every_engine_is_asked_the_same(engine, logs, compiled):
    pushed, local = replace(logs[0], engine=engine), logs[1]
    kept = []
    for option in ASKED:
        compiled[engine] = []
        found, expected = QUESTIONS[option](pushed), QUESTIONS[option](local)
        pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12, atol=0)
        if option in KEPT:
            kept.append(f"-- {option}\n{compiled[engine][-1]};\n")
    path, text = SNAPSHOTS / f"{engine}.sql", "\n".join(kept)
    if os.environ.get("JOURNEYMAP_WRITE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(text, newline="")
    assert text == path.read_bytes().decode()


def test_snapshots_use_nothing_that_an_engine_lacks():
    for path in SNAPSHOTS.glob("*.sql"):
        text = path.read_text().upper()
        assert not [word for word in ("ASOF", "ARRAY_AGG", "MEDIAN(", "APPROX") if word in text], path.name
