"""Reading events: every kind of source, every kind of dirt, and the laws that hold for all of them."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import DataError, JourneymapError
from journeymap.events.reading.read import read_events

if TYPE_CHECKING:
    from journeymap.events.log import EventLog

ROOT = Path(__file__).parents[3]
ROWS = [
    ("ann", "view", "2026-03-01T10:00:00", "mobile", 12.5),
    ("bob", "view", "2026-03-01T11:00:00", "desktop", None),
    ("ann", "buy", "2026-03-01T10:05:00.250", "mobile", 3.0),
    ("NA", "view", "2026-03-02T00:10:00", None, None),
]
NAMES = ["user_id", "event", "ts", "device", "price"]


def frame() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=NAMES)


def contents(log: EventLog) -> list[tuple[Any, ...]]:
    """List the rows of a log in its order."""
    store = log.store
    customers = np.repeat(store.customers, np.diff(store.offsets))
    rows = np.arange(store.n_events)
    times = store.at.astype(f"datetime64[{store.unit}]").astype("datetime64[ns]").astype(str)
    columns = [column.take(rows) for column in store.columns.values()]
    return list(zip(customers, store.event_names[store.event], times, *columns, strict=True))


EXPECTED = [
    ("NA", "view", "2026-03-02T00:10:00.000000000", None, None),
    ("ann", "view", "2026-03-01T10:00:00.000000000", "mobile", 12.5),
    ("ann", "buy", "2026-03-01T10:05:00.250000000", "mobile", 3.0),
    ("bob", "view", "2026-03-01T11:00:00.000000000", "desktop", None),
]


def written(folder: Path, kind: str) -> Any:
    """Write the rows as one kind of source."""
    table = frame()
    path = folder / f"events.{kind}"
    if kind in ("csv", "csv.gz"):
        table.to_csv(path, index=False)
    elif kind == "csv.zst":
        duckdb.from_df(table).to_csv(str(path), compression="zstd")
    elif kind == "tsv":
        table.to_csv(path, index=False, sep="\t")
    elif kind == "txt":
        table.to_csv(path, index=False, sep=";")
    elif kind == "parquet":
        duckdb.from_df(table).write_parquet(str(path))
    else:
        lines = [
            json.dumps({k: v for k, v in row.items() if not pd.isna(v)}) for row in table.to_dict("records")
        ]
        data = "\n".join(lines).encode()
        path.write_bytes(gzip.compress(data) if kind.endswith("gz") else data)
    return path


@pytest.mark.parametrize(
    "kind", ["csv", "csv.gz", "csv.zst", "tsv", "txt", "parquet", "jsonl", "json", "ndjson", "jsonl.gz"]
)
def test_every_kind_of_file_gives_the_same_log(tmp_path: Path, kind: str) -> None:
    log = read_events(written(tmp_path, kind))
    assert contents(log) == EXPECTED
    assert log.store.unit == "ms"
    assert log.quality.rows == 4
    assert log.quality.set_aside.empty


@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy", "pyarrow", "duckdb", "ibis"])
def test_every_kind_of_table_gives_the_same_log(kind: str) -> None:
    table: Any = frame()
    if kind in ("polars", "lazy"):
        polars = pytest.importorskip("polars")
        table = polars.DataFrame(ROWS, schema=NAMES, orient="row")
        table = table.lazy() if kind == "lazy" else table
    elif kind == "pyarrow":
        table = pytest.importorskip("pyarrow").Table.from_pandas(table)
    elif kind == "duckdb":
        table = duckdb.from_df(table)
    elif kind == "ibis":
        table = pytest.importorskip("ibis").memtable(pytest.importorskip("pyarrow").Table.from_pandas(table))
    assert contents(read_events(table)) == EXPECTED


def test_several_files_are_united_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("user_id,event,ts,device\nann,view,2026-03-01,mobile\n")
    (tmp_path / "b.csv").write_text("ts,price,event,user_id\n2026-03-02,5,buy,ann\n")
    log = read_events(str(tmp_path / "*.csv"))
    assert contents(log) == [
        ("ann", "view", "2026-03-01T00:00:00.000000000", "mobile", None),
        ("ann", "buy", "2026-03-02T00:00:00.000000000", None, 5),
    ]
    assert contents(read_events([tmp_path / "b.csv", tmp_path / "a.csv"])) == [
        ("ann", "view", "2026-03-01T00:00:00.000000000", None, "mobile"),
        ("ann", "buy", "2026-03-02T00:00:00.000000000", 5, None),
    ]
    assert contents(read_events(tmp_path)) == contents(log)


def test_parquet_files_are_united_by_name(tmp_path: Path) -> None:
    duckdb.sql(
        "SELECT 'ann' AS user_id, 'view' AS event, TIMESTAMP '2026-03-01' AS ts, 1 AS n"
    ).write_parquet(str(tmp_path / "a.parquet"))
    duckdb.sql("SELECT TIMESTAMP '2026-03-02' AS ts, 'buy' AS event, 'ann' AS user_id").write_parquet(
        str(tmp_path / "b.parquet")
    )
    log = read_events(str(tmp_path / "*.parquet"))
    assert [row[1] for row in contents(log)] == ["view", "buy"]
    assert [row[3] for row in contents(log)] == [1, None]
    assert log.store.row.tolist() == [0, 1]


DIRTY = b"""user_id,event,ts,comment

ann,view,2026-03-01,"one
line
break"
,view,2026-03-01,nobody
bob,view,yesterday,unreadable
bob,,2026-03-01,nothing

bob,view,2026-03-01
bob,view,2026-03-01,too,many
bob,view,1066-10-14,long ago
bob,view,,no time
b\xffb,view,2026-03-01,bytes
"cy"d,view,2026-03-01,quotes
dan,"never closed,2026-03-01,x
   ,view,2026-03-01,"blank
customer"
eve,view,2026-03-01,sound
"""


def test_bad_rows_are_set_aside_with_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dirty.csv"
    path.write_bytes(DIRTY)
    log = read_events(path)
    assert log.store.customers.tolist() == ["ann", "eve"]
    found = log.quality.set_aside
    assert list(zip(found["line"], found["reason"], found["text"], strict=True)) == [
        (6, "no customer", ",view,2026-03-01,nobody"),
        (7, "a time that cannot be read", "bob,view,yesterday,unreadable"),
        (8, "no event", "bob,,2026-03-01,nothing"),
        (10, "3 fields where 4 are expected", "bob,view,2026-03-01"),
        (11, "5 fields where 4 are expected", "bob,view,2026-03-01,too,many"),
        (12, "a time before 1990 or after 2100", "bob,view,1066-10-14,long ago"),
        (13, "no time", "bob,view,,no time"),
        (14, "bytes that are not the text encoding of the file", "b\\xffb,view,2026-03-01,bytes"),
        (15, "a quote that is not closed as it should be", '"cy"d,view,2026-03-01,quotes'),
        (16, "a quote that is not closed as it should be", 'dan,"never closed,2026-03-01,x'),
        (17, "no customer", '   ,view,2026-03-01,"blank\ncustomer"'),
    ]
    assert set(found["source"]) == {"dirty.csv"}
    assert log.quality.rows == 13
    assert any("Rows set aside: 11 of 13" in note for note in log.notes)


def test_rows_of_files_of_one_name_say_which_file(tmp_path: Path) -> None:
    for day in ("may", "june"):
        folder = tmp_path / day / "eu"
        folder.mkdir(parents=True)
        (folder / "shop.csv").write_text(f"user_id,event,ts\nann,view,2026-03-01\n,view,{day}\n")
    (tmp_path / "web.csv").write_text("user_id,event,ts\nbob,view,2026-03-01\n,view,2026-03-01\n")
    (tmp_path / "june" / "web.csv").write_text("")
    log = read_events(f"{tmp_path}/**/*.csv")
    found = log.quality.set_aside
    told = dict(zip(found["source"], found["text"], strict=True))
    assert told == {
        str(Path("may/eu/shop.csv")): ",view,may",
        str(Path("june/eu/shop.csv")): ",view,june",
        "web.csv": ",view,2026-03-01",
    }
    assert f"{Path('june/web.csv')} is empty and was left out." in log.notes


def test_a_structure_among_texts_is_told_of(tmp_path: Path) -> None:
    row = '{"user_id": "ann", "event": "view", "ts": "2026-03-01", "device": %s, "n": %s, "in": {"deep": %s}}'
    kinds = [('{"os": "iOS"}', "1", "null"), ('"iOS"', "1.5", "[1]"), ("null", '"x"', '{"a": 1}')]
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(row % kind for kind in kinds))
    log = read_events(tmp_path)
    assert log.store.columns["device"].values.tolist() == ["iOS", '{"os":"iOS"}']
    assert [note for note in log.notes if "structures" in note] == [
        f"{name} holds structures in some rows and something else in others; it was read as JSON text."
        for name in ("device", "in.deep")
    ]


def test_what_spreadsheets_write_around_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        "sep=;\n# exported on Monday\nuser_id;event;ts\nann;view;2026-03-01;\nbob;;2026-03-02\n", "utf-8"
    )
    log = read_events(path)
    assert log.quality.set_aside[["line", "reason", "text"]].to_numpy().tolist() == [
        [5, "no event", "bob;;2026-03-02"]
    ]
    assert (log.quality.rows, log.n_events) == (2, 1)


def test_broken_json_lines_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "dirty.jsonl"
    path.write_bytes(
        b'{"user_id": "ann", "event": "view", "ts": 1772323200}\n'
        b"\n"
        b'{"user_id": "ann", "event": \n'
        b"[1, 2]\n"
        b'{"user_id": "\xff", "event": "view", "ts": 1772323200}\n'
        b'{"user_id": null, "event": "view", "ts": 1772323200}\r\n'
        b'{"user_id": "null", "event": "buy", "ts": 1772323260.5, "device": {"os": "iOS", "tags": ["a", 1]}}'
    )
    log = read_events(path)
    found = log.quality.set_aside
    assert list(zip(found["line"], found["reason"], strict=True)) == [
        (3, "no JSON object, or a broken one"),
        (4, "no JSON object, or a broken one"),
        (5, "bytes that are not the text encoding of the file"),
        (6, "no customer"),
    ]
    assert found["text"][0] == '{"user_id": "ann", "event": '
    assert log.store.customers.tolist() == ["ann", "null"]
    assert log.store.columns["device.os"].take(np.arange(2)).tolist() == [None, "iOS"]
    assert log.store.columns["device.tags"].values.tolist() == ['["a",1]']


def test_bad_rows_of_a_table_have_the_number_of_the_row() -> None:
    table = frame()
    table.loc[1, "user_id"] = None
    table.loc[3, "ts"] = "soon"
    found = read_events(table).quality.set_aside
    assert found["line"].tolist() == [2, 4]
    assert json.loads(found["text"][1]) == {"user_id": "NA", "event": "view", "ts": "soon"}


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([17850.0, float("nan"), 12.5], ["12.5", "17850"]),
        (["007", " 7 ", ""], ["007", "7"]),
        (["NA", "null", None], ["NA", "null"]),
        (["17850.0", "0.50", "1.0.0"], ["0.50", "1.0.0", "17850"]),
        ([1, 2, 3], ["1", "2", "3"]),
        (["\u00a0x\u3000", "\t", "x"], ["x"]),
    ],
)
def test_customers_are_texts(ids: list[Any], expected: list[str]) -> None:
    table = pd.DataFrame({"user_id": ids, "event": "view", "ts": "2026-03-01"})
    assert read_events(table).store.customers.tolist() == expected


def test_future_rows_are_kept_but_do_not_move_the_data_end() -> None:
    table = frame()
    table.loc[0, "ts"] = "2099-01-01T00:00:00"
    log = read_events(table)
    assert log.quality.future == 1
    assert log.n_events == 4
    assert log.moment(log.data_end) == pd.Timestamp("2026-03-02 00:10", tz="UTC")
    assert any("Events in the future: 1;" in note for note in log.notes)


@pytest.mark.parametrize(
    ("complete_to", "expected"),
    [
        ("2026-03-31", "2026-03-31 21:59:59.999"),
        (pd.Timestamp("2026-03-31").date(), "2026-03-31 21:59:59.999"),
        ("2026-03-31 12:00", "2026-03-31 10:00"),
        ("2026-03-31T12:00+00:00", "2026-03-31 12:00"),
        (pd.Timestamp("2026-03-31"), "2026-03-30 22:00"),
    ],
)
def test_a_date_of_completeness_means_its_whole_day(complete_to: Any, expected: str) -> None:
    log = read_events(frame(), timezone="Europe/Berlin", complete_to=complete_to)
    assert log.moment(log.data_end) == pd.Timestamp(expected, tz="UTC")


def test_events_after_the_data_end_are_told_of() -> None:
    log = read_events(frame(), complete_to="2026-03-01")
    assert log.n_events == 4
    assert "Events after the data end, 2026-03-01: 1." in log.notes


def test_a_data_end_before_every_event_is_told_of() -> None:
    log = read_events(frame(), complete_to="2020-01-01")
    assert log.notes == ("All 4 events are after the data end, 2020-01-01; perhaps another day is meant.",)


def test_a_data_end_in_the_future_is_told_of_truthfully() -> None:
    table = frame()
    table.loc[:1, "ts"] = ["2098-01-01", "2099-12-31"]
    (after, future) = read_events(table, complete_to="2099-01-01").notes[-2:]
    assert after == "Events after the data end, 2099-01-01: 1."
    assert (
        future == "Events in the future: 2; they are kept, and the data end, 2099-01-01, is after 1 of them."
    )
    assert read_events(table, complete_to="2026-03-31").notes[-1].endswith("the data ends before them.")


def test_an_empty_file_among_others_is_left_out(tmp_path: Path) -> None:
    frame().to_csv(tmp_path / "a.csv", index=False)
    (tmp_path / "c.csv").write_text("")
    for source in (tmp_path, f"{tmp_path}/*.csv", [tmp_path / "c.csv", tmp_path / "a.csv"]):
        log = read_events(source)
        assert contents(log) == EXPECTED
        assert "c.csv is empty and was left out." in log.notes
    with pytest.raises(DataError, match=r"c\.csv is empty"):
        read_events(tmp_path / "c.csv")


@pytest.mark.parametrize(
    ("name", "first"), [("a.csv", b"user_id,event,ts\n"), ("a.jsonl", b"")], ids=["csv", "jsonl"]
)
def test_a_file_of_another_encoding_throughout_names_the_argument(
    tmp_path: Path, name: str, first: bytes
) -> None:
    row = (
        '{"user_id": "Zoë", "event": "view", "ts": "2026-03-01"}\n'
        if "json" in name
        else "Zoë,view,2026-03-01\n"
    )
    path = tmp_path / name
    path.write_bytes(first + row.encode("cp1252") * 3)
    with pytest.raises(DataError, match=r'another text encoding\. Type: encoding="cp1252"'):
        read_events(path)
    assert read_events(path, encoding="cp1252").store.customers.tolist() == ["Zoë"]


def test_duplicates_are_counted_kept_and_dropped_on_request() -> None:
    table = pd.concat([frame(), frame().iloc[[0, 0, 2]]])
    kept, dropped = read_events(table), read_events(table, duplicates="drop")
    assert (kept.n_events, kept.quality.duplicates, kept.quality.duplicates_dropped) == (7, 3, 0)
    assert (dropped.n_events, dropped.quality.duplicates, dropped.quality.duplicates_dropped) == (4, 3, 3)
    assert contents(dropped) == EXPECTED


def test_rows_that_differ_only_in_a_column_left_out_are_no_duplicates() -> None:
    table = pd.concat([frame().iloc[[0]]] * 3).assign(order=["a", "b", "b"])
    log = read_events(table, columns=["device"], duplicates="drop")
    assert list(log.store.columns) == ["device"]
    assert (log.n_events, log.quality.duplicates) == (2, 1)


def test_a_sequence_orders_events_of_one_instant() -> None:
    table = pd.DataFrame(
        {
            "user_id": "ann",
            "event": ["a", "b", "c", "d"],
            "ts": "2026-03-01",
            "seq": [10, 9, None, 2],
        }
    )
    log = read_events(table, sequence="seq")
    assert [row[1] for row in contents(log)] == ["d", "b", "a", "c"]
    assert log.store.sequence is not None
    assert log.store.sequence.tolist() == [2, 9, 10, np.iinfo(np.int64).max]
    assert "seq" not in log.store.columns


def test_texts_may_be_a_sequence() -> None:
    table = pd.DataFrame({"user_id": "ann", "event": ["x", "y"], "ts": "2026-03-01", "seq": ["b", "a"]})
    assert [row[1] for row in contents(read_events(table, sequence="seq"))] == ["y", "x"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "20", ""], [1, 20, None]),
        (["1.5", "2", ""], [1.5, 2.0, None]),
        (["1.0", "2.00", "3"], [1, 2, 3]),
        (["01", "2", "3"], ["01", "2", "3"]),
        (["true", "False", " "], [True, False, None]),
        (["1", "NA", "3"], [1, None, 3]),
        (["red", "NA", "3"], ["red", "NA", "3"]),
        (["NA", "NA", ""], ["NA", "NA", None]),
        (["12345678901234567890", "1", "2"], ["12345678901234567890", "1", "2"]),
        (["1e3", "-2.5", "+3"], ["1e3", "-2.5", "+3"]),
        (["1e3", "-2.5", ".5"], [1000.0, -2.5, 0.5]),
        (["2026-03-01", "x", "y"], ["2026-03-01", "x", "y"]),
    ],
)
def test_properties_of_texts_get_the_type_of_all_their_values(
    tmp_path: Path, values: list[str], expected: list[Any]
) -> None:
    path = tmp_path / "typed.csv"
    lines = [f"{place},view,2026-03-01,{value}" for place, value in enumerate(values)]
    path.write_text("\n".join(["user_id,event,ts,what", *lines]))
    found = read_events(path).store.columns["what"].take(np.arange(3)).tolist()
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_texts_of_a_table_stay_texts() -> None:
    table = frame().assign(code=["1", "2", "3", "NA"])
    assert read_events(table).store.columns["code"].values.tolist() == ["1", "2", "3", "NA"]


def test_nothing_usable_is_one_error() -> None:
    with pytest.raises(DataError, match=r"No row can be used: 4 with a time that cannot be read\."):
        read_events(frame().assign(ts="soon"), at="ts")


WITHOUT = """
import importlib.abc, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("pyarrow", "polars", "ibis", "zstandard"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
import pandas as pd
from journeymap.events.reading.read import read_events
from journeymap.events.reading.sources import frame
for path in sys.argv[1:]:
    print(read_events(path).store.fingerprint, frame(path).shape)
print(read_events(pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)).store.fingerprint)
"""


def test_neither_pyarrow_nor_polars_nor_ibis_is_needed(tmp_path: Path) -> None:
    paths = [written(tmp_path, kind) for kind in ("csv", "csv.zst", "parquet", "jsonl.gz")]
    run = [sys.executable, "-W", "error", "-c", WITHOUT, *map(str, paths)]
    said = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    fingerprint = read_events(paths[0]).store.fingerprint
    assert said.splitlines() == [*[f"{fingerprint} (4, 5)"] * 4, fingerprint]


@pytest.mark.parametrize("source", [3, None, {"a": 1}, ["a.csv", 3], pd.Series(["a"])])
def test_what_is_no_source_is_refused(source: Any) -> None:
    with pytest.raises(DataError, match="Events cannot be read from a"):
        read_events(source)


def test_a_connection_is_no_table() -> None:
    with (
        duckdb.connect() as connection,
        pytest.raises(DataError, match="Events cannot be read from a DuckDB"),
    ):
        read_events(connection)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"duplicates": "remove"}, '"keep" or "drop"'),
        ({"timezone": "Europe/Berln"}, 'timezone="Europe/Berlin"'),
        ({"session_gap": "soon"}, "not a length of time"),
        ({"complete_to": "soon"}, "no date and no time"),
        ({"customer": "usr_id"}, 'customer="user_id"'),
        ({"columns": ["devices"]}, 'columns=["device"]'),
    ],
)
def test_what_was_typed_wrong_is_named(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(JourneymapError) as caught:
        read_events(frame(), **arguments)
    assert said in str(caught.value)


ANY_ROW = st.tuples(
    st.sampled_from(["ann", "bob", "", "7", "7.0", None]),
    st.sampled_from(["view", "buy", None]),
    st.sampled_from(["2026-03-01", "2026-03-01 10:00", "2026-03-01T10:00:00.5Z", "soon", None]),
    st.sampled_from([None, 1.0, 2.5]),
    st.sampled_from([None, "x", "y"]),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ANY_ROW, min_size=1, max_size=12), data=st.data())
def test_order_does_not_matter_and_every_row_is_accounted_for(
    tmp_path: Path, rows: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    names = ["user_id", "event", "ts", "n", "text"]
    given_rows = [("ann", "view", "2026-03-01", None, None), *rows]
    shuffled = data.draw(st.permutations(given_rows))
    roles = {"customer": "user_id", "event": "event", "at": "ts", "sequence": "n"}
    logs = []
    for place, order in enumerate((given_rows, shuffled)):
        path = tmp_path / f"rows{place}.csv"
        pd.DataFrame(order, columns=names).to_csv(path, index=False)
        logs.append(read_events(path, **roles))
    one, other = logs
    assert contents(one) == contents(other)
    assert one.store.fingerprint == other.store.fingerprint
    assert one.quality.duplicates == other.quality.duplicates
    for log in logs:
        assert log.quality.rows == len(given_rows) == log.n_events + len(log.quality.set_aside)
    assert contents(read_events(pd.DataFrame(given_rows, columns=names), **roles)) == contents(one)
