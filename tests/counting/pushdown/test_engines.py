"""Every option on every engine: counted as here, cell by cell, or refused by a sentence, as the table of the docs says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import pytest

import journeymap as jm
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.connecting import connect
from tests.counting.pushdown.engines import RUN, lacking, running
from tests.counting.pushdown.questions import QUESTIONS, random_log

OPTIONS = Path(__file__).parent / "options.json"
OTHERS = [pytest.param(name, marks=pytest.mark.warehouse) for name in RUN if name != "duckdb"]


def outcome(question, pushed, local):
    """Say whether an engine counts the same or refuses; anything else fails."""
    try:
        found = question(pushed)
    except jm.DefinitionError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert pushed.engine in refusal
        assert "read_events" in refusal
        return "refused"
    expected = question(local)
    pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12, atol=0)
    if hasattr(expected, "nodes"):
        pd.testing.assert_frame_equal(found.nodes, expected.nodes)
    assert (found.scope.counted, found.scope.of) == (expected.scope.counted, expected.scope.of)
    return "exact"


@pytest.mark.parametrize("name", ["duckdb", *OTHERS])
@pytest.mark.filterwarnings("ignore")
def test_options(name):
    if lacking(name):
        pytest.skip(f"{name} needs {lacking(name)}")
    frame = random_log(4_000, 150)
    local = jm.read_events(frame, customer="who", event="what", at="at")
    with running(name) as engine:
        pushed = jm.connect(
            engine.connection, table=engine_table(engine, frame), customer="who", event="what", at="at"
        )
        found = {option: outcome(question, pushed, local) for option, question in QUESTIONS.items()}
    known = json.loads(OPTIONS.read_text()) if OPTIONS.exists() else {}
    if os.environ.get("JOURNEYMAP_WRITE_OPTIONS"):
        merged = {option: known.get(option, {}) | {name: found[option]} for option in QUESTIONS}
        OPTIONS.write_text(json.dumps(merged, indent=1) + "\n")
        known = merged
    assert {option: of_engine[name] for option, of_engine in known.items()} == found


@pytest.mark.warehouse
@pytest.mark.filterwarnings("ignore")
def test_postgres_never_reads_its_rows_once_more_for_each_customer():
    if lacking("postgres"):
        pytest.skip(f"postgres needs {lacking('postgres')}")
    with running("postgres") as engine:
        asked = engine.connection.sql("SELECT current_setting('enable_nestloop') AS chosen")
        assert answer(asked)["chosen"].tolist() == ["off"]
        assert asked.execute()["chosen"].tolist() == ["on"]


def engine_table(engine, frame):
    engine.put("random_events", frame)
    return "random_events"


def written(options):
    """Write the options as the docstring of `jm.connect` has them."""
    names = {"duckdb": "DuckDB", "postgres": "PostgreSQL", "clickhouse": "ClickHouse", "pyspark": "Spark"}
    width = max(map(len, options))
    edge = "  ".join(["=" * width, *("=" * len(name) for name in names.values())])
    lines = [edge, "  ".join(["option".ljust(width), *names.values()]), edge]
    for option, of_engine in options.items():
        marks = [
            ("yes" if of_engine[key] == "exact" else "no").ljust(len(name)) for key, name in names.items()
        ]
        lines.append("  ".join([option.ljust(width), *marks]).rstrip())
    return "\n".join([*lines, edge])


def test_the_docs_print_the_table_that_the_tests_made():
    documented = "\n".join(line.strip() for line in connect.__doc__.splitlines())
    assert written(json.loads(OPTIONS.read_text())) in documented
