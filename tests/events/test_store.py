"""A store is the same after it was saved and opened."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from journeymap.events.reading.read import read_events
from journeymap.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.log import EventLog


@pytest.fixture
def log() -> EventLog:
    table = pd.DataFrame(
        {
            "user_id": ["zoë", "a\x00b", "𝄞", "", "ann"],
            "event": ["view", "päy", "view", "view", "view"],
            "ts": "2026-03-01 10:00:00.25",
            "seq": [1, None, 3, 4, 5],
            "text": ["x", None, "𝄞é", "y", "x"],
            "n": [1.5, 2.5, None, 4, 5],
            "whole": [1, 2, 3, 4, 5],
            "yes": [True, False, True, True, False],
            "day": pd.to_datetime(["2026-01-01"] * 5),
            "nothing": None,
            "odd/name": "z",
        }
    )
    return read_events(table, sequence="seq")


def test_saving_and_opening(log: EventLog, tmp_path: Path) -> None:
    log.store.save(tmp_path)
    opened = Store.open(tmp_path)
    assert opened.unit == log.store.unit == "ms"
    assert opened.fingerprint == log.store.fingerprint
    for name in ("customers", "offsets", "at", "event", "event_names", "sequence", "row"):
        np.testing.assert_array_equal(getattr(opened, name), getattr(log.store, name))
    assert list(opened.columns) == list(log.store.columns)
    for name, column in log.store.columns.items():
        np.testing.assert_array_equal(opened.columns[name].codes, column.codes)
        assert opened.columns[name].values.tolist() == column.values.tolist()
        assert opened.columns[name].values.dtype == column.values.dtype


def test_a_store_stays_readable_when_its_folder_is_gone(log: EventLog, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    log.store.save(folder)
    opened = Store.open(folder)
    shutil.rmtree(folder)
    assert opened.columns["n"].values.tolist() == [1.5, 2.5, 5.0]
    assert (
        opened.columns["text"].take(np.arange(4)).tolist()
        == log.store.columns["text"].take(np.arange(4)).tolist()
    )
    assert opened.customers.tolist() == log.store.customers.tolist()
    with pytest.raises(KeyError):
        opened.columns["else"]


@pytest.mark.parametrize("damage", ["flipped", "cut off", "longer", "gone"])
def test_a_file_that_is_not_as_it_was_written_is_noticed(log: EventLog, tmp_path: Path, damage: str) -> None:
    log.store.save(tmp_path)
    for path in sorted(tmp_path.glob("*.npy")):
        whole = path.read_bytes()
        changed = {
            "flipped": whole[:-1] + bytes([whole[-1] ^ 1]),
            "cut off": whole[:-1],
            "longer": whole + b"\0",
        }
        path.write_bytes(changed.get(damage, b""))
        if damage == "gone":
            path.unlink()
        with pytest.raises((ValueError, FileNotFoundError), match=path.name):
            Store.open(tmp_path)
        path.write_bytes(whole)
    assert Store.open(tmp_path).fingerprint == log.store.fingerprint


def test_another_format_is_not_opened(log: EventLog, tmp_path: Path) -> None:
    log.store.save(tmp_path)
    about = (tmp_path / "store.json").read_text().replace('"format": ', '"format": 9')
    (tmp_path / "store.json").write_text(about)
    with pytest.raises(ValueError, match="store format"):
        Store.open(tmp_path)
