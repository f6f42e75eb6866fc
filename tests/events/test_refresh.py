"""A refreshed log equals one that is read from the beginning, and keeps its attributes and filters."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import journeymap as jm
from journeymap.errors import DataError
from journeymap.events.reading import making, sorting

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.log import EventLog


def _rows(seed: int, rows: int = 400) -> pd.DataFrame:
    """Make rows with ties, repeats, gaps and rows that cannot be used."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "user_id": random.choice(
                ["ann", "bob", "zoë", "", *(f"c{n}" for n in range(seed * 5, seed * 5 + 9))], rows
            ),
            "event": random.choice(["view", "buy", f"only {seed}"], rows),
            "ts": pd.Timestamp("2026-03-01") + pd.to_timedelta(random.integers(0, 60, rows), unit="min"),
            "seq": random.choice([1, 2, 3], rows),
            "price": random.choice(["1.5", "2", "NA", ""], rows),
            "page": random.choice(["/a", f"/{seed}", None], rows),
        }
    )
    table["ts"] = table["ts"].astype("str")
    table.loc[seed, "ts"] = f"2026-03-02 10:00:00.{seed:03}"
    table.loc[seed + 1, "ts"] = "never"
    return table


def _write(folder: Path, name: str, table: pd.DataFrame) -> None:
    path = folder / name
    if path.suffix == ".parquet":
        table.assign(price=pd.to_numeric(table["price"], errors="coerce")).to_parquet(path)
    elif path.suffix == ".jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_csv(path, index=False)


def _equal(one: EventLog, other: EventLog) -> None:
    assert one.store.fingerprint == other.store.fingerprint
    assert one.store.unit == other.store.unit
    assert (one.notes, one.name, one.data_end) == (other.notes, other.name, other.data_end)
    for name in ("offsets", "at", "event", "row"):
        np.testing.assert_array_equal(getattr(one.store, name), getattr(other.store, name))
    assert list(one.store.columns) == list(other.store.columns)
    for name, column in one.store.columns.items():
        every = np.arange(one.store.n_events)
        assert column.take(every).tolist() == other.store.columns[name].take(every).tolist()
        assert column.values.dtype == other.store.columns[name].values.dtype
    pd.testing.assert_frame_equal(one.quality.set_aside, other.quality.set_aside)
    pd.testing.assert_frame_equal(one.quality.columns, other.quality.columns)
    assert (one.quality.rows, one.quality.duplicates) == (other.quality.rows, other.quality.duplicates)


def _from_the_beginning(folder: Path, cache: Path, **arguments: object) -> EventLog:
    shutil.rmtree(cache)
    return jm.read_events(str(folder / "*.*"), **arguments)


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
@pytest.mark.parametrize("new", ["c", "b", "a"], ids=["behind the others", "between them", "before them"])
@pytest.mark.parametrize("sequence", [None, "seq"])
def test_new_files_are_added(
    tmp_path: Path, cache: Path, suffix: str, new: str, sequence: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    for seed, name in enumerate(sorted({"a", "b", "c"} - {new})):
        _write(folder, f"{name}.{suffix}", _rows(seed))
    log = jm.read_events(str(folder / "*.*"), sequence=sequence, timezone="Europe/Berlin")
    _write(folder, f"{new}.{suffix}", _rows(2))
    read: list[int] = []
    whole = making.open_source
    monkeypatch.setattr(
        making, "open_source", lambda files, **more: (read.append(len(files)), whole(files, **more))[1]
    )
    refreshed = log.refresh()
    assert read == [1]
    _equal(refreshed, _from_the_beginning(folder, cache, sequence=sequence, timezone="Europe/Berlin"))
    assert refreshed.n_events > log.n_events


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
@pytest.mark.parametrize("which", ["a", "b"])
def test_new_rows_of_a_file_are_added(
    tmp_path: Path, cache: Path, suffix: str, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    for seed, name in enumerate("ab"):
        _write(folder, f"{name}.{suffix}", _rows(seed))
    log = jm.read_events(str(folder / "*.*"))
    _write(tmp_path, f"more.{suffix}", _rows(3))
    lines = (tmp_path / f"more.{suffix}").read_text().splitlines(keepends=True)[suffix == "csv" :]
    with (folder / f"{which}.{suffix}").open("a") as file:
        file.writelines([*lines, *(['"broken,view\n', "too,few\n"] if suffix == "csv" else ["{broken\n"])])
    read: list[int] = []
    whole = making.open_source

    def spied(files: list[Path], **more: object) -> object:
        table = whole(files, **more)
        read.append(table.n_rows)
        return table

    monkeypatch.setattr(making, "open_source", spied)
    refreshed = log.refresh()
    assert read == [400]
    _equal(refreshed, _from_the_beginning(folder, cache))
    assert refreshed.quality.set_aside["line"].max() > 800


def test_a_row_that_changed_in_a_file_that_grew_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("user_id,event,ts\nann,view,2026-03-01\nann,buys,2026-03-02\n")
    log = jm.read_events(path)
    path.write_text("user_id,event,ts\nann,buys,2026-03-01\nann,view,2026-03-02\nbob,view,2026-03-02\n")
    refreshed = log.refresh()
    assert refreshed.notes[-1] == "All files were read anew: a.csv has changed."
    assert refreshed.timeline("ann")["event"].tolist() == ["buys", "view"]


def test_nothing_new_is_read_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.csv", _rows(1))
    log = jm.read_events(str(tmp_path / "*.csv"))
    monkeypatch.setattr(making, "open_source", lambda *_, **__: pytest.fail("it was read again"))
    _equal(log.refresh(), log)


@pytest.mark.parametrize("change", ["content", "gone", "columns", "kind", "dropped", "unread"])
def test_all_is_read_anew_where_it_must_be(tmp_path: Path, cache: Path, change: str) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    for seed, name in enumerate("ab"):
        _write(folder, f"{name}.csv", _rows(seed))
    arguments = {"dropped": {"duplicates": "drop"}, "unread": {"columns": []}}.get(change, {})
    log = jm.read_events(str(folder / "*.*"), **arguments)
    new = _rows(3)
    if change == "content":
        _write(folder, "a.csv", _rows(7))
    elif change == "gone":
        (folder / "a.csv").unlink()
    elif change == "columns":
        new["more"] = 1
    elif change == "kind":
        new["price"] = "dear"
    _write(folder, "c.csv", new)
    refreshed = log.refresh()
    assert "All files were read anew:" in refreshed.notes[-1]
    from_the_beginning = _from_the_beginning(folder, cache, **arguments)
    assert refreshed.notes[:-1] == from_the_beginning.notes
    assert refreshed.store.fingerprint == from_the_beginning.store.fingerprint


def test_attributes_and_filters_stay(tmp_path: Path) -> None:
    _write(tmp_path, "a.csv", _rows(0))
    people = pd.DataFrame({"id": ["ann", "c10", "c11"], "plan": ["free", "paid", "paid"]})
    log = jm.read_events(str(tmp_path / "*.csv")).with_customers(people, customer="id")
    log = log.without(jm.event("buy")).only(jm.where(plan=["free", "paid"]))
    assert log.n_customers == 1
    _write(tmp_path, "b.csv", _rows(2))
    refreshed = log.refresh()
    assert refreshed.n_customers == 3
    assert refreshed.filters == log.filters
    assert "buy" not in refreshed.event_names


def test_a_table_is_given_again() -> None:
    table = _rows(1)
    log = jm.read_events(table, sequence="seq").without(jm.event("buy"))
    more = pd.concat([table, _rows(2)], ignore_index=True)
    _equal(log.refresh(more), jm.read_events(more, sequence="seq").without(jm.event("buy")))
    with pytest.raises(DataError, match=r"read from a table.*log\.refresh\(table\)"):
        log.refresh()


def test_files_are_not_replaced_by_a_table(tmp_path: Path) -> None:
    _write(tmp_path, "a.csv", _rows(1))
    with pytest.raises(DataError, match=r"not read from a table.*log\.refresh\(\)"):
        jm.read_events(tmp_path / "a.csv").refresh(_rows(2))


def test_small_buckets_add_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.parquet", _rows(1))
    log = jm.read_events(str(tmp_path / "*.parquet"))
    _write(tmp_path, "b.parquet", _rows(2))
    whole = log.refresh()
    shutil.rmtree(os.environ["JOURNEYMAP_CACHE"])
    monkeypatch.setattr(sorting, "BUCKET", 2_000)
    _equal(log.refresh(), whole)
