"""Connecting to an engine: addresses, names, times, and what is said when something is not there."""

from __future__ import annotations

import builtins
import socket

import duckdb
import pandas as pd
import pytest

import journeymap as jm
from journeymap.events.warehouse.addresses import opened

pytest.importorskip("ibis")

COLUMNS = {"customer": "who", "event": "what", "at": "at"}
JOURNEY = jm.Journey("J", stages=[jm.Stage("A", jm.event("A")), jm.Stage("B", jm.event("B"))])


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Return the address of a file of DuckDB with events and customers."""
    path = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    events = pd.DataFrame(
        {
            "who": ["a", "a", "b", "", None],
            "what": ["A", "B", "A", "A", "A"],
            "at": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"]),
        }
    )
    people = pd.DataFrame({"id": ["a", "b"], "plan": ["free", None]})
    with duckdb.connect(str(path)) as connection:
        for name, frame in (("events", events), ("people", people)):
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        connection.execute("CREATE TABLE twice AS SELECT * FROM people UNION ALL SELECT * FROM people")
        connection.execute('CREATE TABLE texts AS SELECT who, what, "at"::VARCHAR AS "at" FROM events')
        connection.execute('CREATE TABLE fine AS SELECT who, what, "at"::TIMESTAMP_NS AS "at" FROM events')
    return f"duckdb://{path}?access_mode=read_only"


def test_an_address_a_connection_and_a_table_are_the_same_log(shop):
    log = jm.connect(shop, table="events", **COLUMNS)
    connection = opened(shop)
    assert (log.n_events, log.n_customers) == (3, 2)
    assert jm.connect(connection, table="events", **COLUMNS).extent == log.extent
    assert jm.funnel(log, JOURNEY).table["customers"].tolist() == [2, 1]


def test_attributes_of_customers_split_a_funnel(shop):
    log = jm.connect(shop, table="events", **COLUMNS).with_customers("people", customer="id")
    table = jm.funnel(log, JOURNEY, by="plan", segments=[jm.Segment("Free", jm.where(plan="free"))]).table
    assert table[["group", "customers"]].to_numpy().tolist() == [
        ["free", 1],
        ["free", 1],
        ["(not set)", 0],
        ["(not set)", 0],
    ]
    with pytest.raises(jm.DataError, match=r"no table 'peple' .* Type: 'people'$"):
        jm.connect(shop, table="events", **COLUMNS).with_customers("peple", customer="id")
    with pytest.raises(jm.DataError, match="twice"):
        jm.connect(shop, table="events", **COLUMNS).with_customers("twice", customer="id")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "evnts"}, r"no table 'evnts' in duckdb\..* Type: 'events'$"),
        ({"table": None}, "events"),
        ({"customer": "whoo"}, r"no column 'whoo' in table events\..* Type: 'who'$"),
        ({"timezone": "Berlin"}, "Europe/Berlin"),
        ({"table": "texts"}, "timestamps"),
        ({"table": "fine"}, "microsecond"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(shop, change, said):
    with pytest.raises(jm.DataError, match=said):
        jm.connect(shop, **({"table": "events"} | COLUMNS | change))


@pytest.mark.parametrize(
    ("address", "said"), [("clikhouse://here", "clickhouse://"), ("shop.db", "duckdb://")]
)
def test_unknown_addresses_are_refused(address, said):
    with pytest.raises(jm.DataError, match=said):
        jm.connect(address, table="events", **COLUMNS)


def test_what_must_be_installed_is_said(monkeypatch):
    real = builtins.__import__

    def without_spark(name, *more, **others):
        if name.startswith("pyspark"):
            raise ImportError(name)
        return real(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", without_spark)
    with pytest.raises(jm.DataError, match=r"pip install 'journeymap\[spark\]'"):
        jm.connect("spark://127.0.0.1:7077", table="events", **COLUMNS)


def test_spark_that_does_not_run_is_said_before_java_starts(monkeypatch):
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.delattr(sql.SparkSession, "builder")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(
            jm.DataError, match=rf"^pyspark does not answer at 127\.0\.0\.1:{port}: .*refused"
        ):
            jm.connect(f"spark://127.0.0.1:{port}", table="events", **COLUMNS)


def test_what_an_engine_cannot_count_is_refused_by_one_sentence(shop):
    log = jm.connect(shop, table="events", **COLUMNS)
    with pytest.raises(
        jm.DefinitionError, match=r'^order="any" cannot be counted exactly inside duckdb\. .*read_events'
    ):
        jm.funnel(log, JOURNEY, counting=jm.Counting(order="any"))
    with pytest.raises(jm.DefinitionError, match="list of customers"):
        jm.funnel(log, JOURNEY).customers(stage="A")


def test_a_column_of_sequence_is_refused_by_its_name(shop):
    with pytest.raises(jm.DefinitionError, match=r"^sequence='nth' .*read_events"):
        jm.connect(shop, table="events", sequence="nth", **COLUMNS)


def test_rows_that_came_since_count_after_a_refresh(tmp_path):
    path = tmp_path / "growing.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE events AS SELECT 'a' AS who, 'A' AS what, TIMESTAMP '2026-01-01' AS \"at\""
        )
    connection = opened(f"duckdb://{path}")
    log = jm.connect(connection, table="events", **COLUMNS).only(jm.event("A"))
    before = (log.n_events, log.data_end)
    connection.con.execute(
        "INSERT INTO events VALUES ('b', 'A', TIMESTAMP '2026-01-02'), ('b', 'B', TIMESTAMP '2026-01-03')"
    )
    assert (log.n_events, log.data_end) == before
    now = log.refresh()
    assert (now.n_events, now.moment(now.data_end)) == (2, pd.Timestamp("2026-01-03", tz="UTC"))
    connection.disconnect()


def test_blanks_around_ids_and_names_are_cut_as_in_reading(tmp_path):
    frame = pd.DataFrame(
        {
            "who": ["c1", " c1 ", "  ", "c2", "c2"],
            "what": ["A", "B", "A", " A", "B "],
            "at": pd.to_datetime([f"2026-01-01 1{hour}:00" for hour in range(5)]),
        }
    )
    path = tmp_path / "blanks.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.register("frame", frame)
        connection.execute("CREATE TABLE events AS SELECT * FROM frame")
    there = jm.connect(
        f"duckdb://{path}?access_mode=read_only", table="events", complete_to="2026-03-01", **COLUMNS
    )
    here = jm.read_events(frame, complete_to="2026-03-01", **COLUMNS)
    counts = [jm.funnel(log, JOURNEY).table["customers"].tolist() for log in (there, here)]
    assert counts == [[2, 2], [2, 2]]


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(jm.DataError, match="no file"):
        jm.connect(f"duckdb://{tmp_path}/no.duckdb", table="events", **COLUMNS)
    assert not list(tmp_path.iterdir())
