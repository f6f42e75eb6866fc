"""A store is the same after it was saved and opened."""

from __future__ import annotations

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


def test_columns_are_opened_when_asked_for(log: EventLog, tmp_path: Path) -> None:
    log.store.save(tmp_path)
    (tmp_path / "column0.npy").unlink()
    opened = Store.open(tmp_path)
    assert opened.columns["n"].values.tolist() == [1.5, 2.5, 5.0]
    with pytest.raises(FileNotFoundError):
        opened.columns["text"]
    with pytest.raises(KeyError):
        opened.columns["else"]


def test_another_format_is_not_opened(log: EventLog, tmp_path: Path) -> None:
    log.store.save(tmp_path)
    about = (tmp_path / "store.json").read_text().replace('"format": ', '"format": 9')
    (tmp_path / "store.json").write_text(about)
    with pytest.raises(ValueError, match="store format"):
        Store.open(tmp_path)
