"""Buckets: however small they are and wherever they are laid down, the store is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from journeymap.events.reading import coded_rows, sorting
from journeymap.events.reading.read import read_events

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.store import Store


def _table(rows: int) -> pd.DataFrame:
    """Make rows full of ties, repeats, gaps and rows that cannot be used; one customer has half of them."""
    random = np.random.default_rng(7)
    customer = np.where(random.random(rows) < 0.5, "c050", [f"c{n:03}" for n in random.integers(0, 99, rows)])
    table = pd.DataFrame(
        {
            "user_id": np.where(random.random(rows) < 0.02, "", customer),
            "event": random.choice(["view", "buy", "search"], rows),
            "ts": pd.Timestamp("2026-03-01") + pd.to_timedelta(random.integers(0, 400, rows), unit="ms"),
            "seq": random.choice([1.0, 2.0, np.nan], rows),
            "price": random.choice([1.5, 2.0, np.nan], rows),
            "page": random.choice(["/a", "/b", None], rows),
        }
    )
    table.loc[rows // 2, ["user_id", "event", "page"]] = ["", "only here", "/only here"]
    return table


def _same(one: Store, other: Store) -> None:
    assert one.fingerprint == other.fingerprint
    assert list(one.customers) == list(other.customers)
    assert one.event_names.tolist() == other.event_names.tolist()
    for name in ("offsets", "at", "event", "sequence", "row"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    for name, column in one.columns.items():
        np.testing.assert_array_equal(column.codes, other.columns[name].codes)
        assert column.values.tolist() == other.columns[name].values.tolist()


@pytest.mark.parametrize("duplicates", ["keep", "drop"])
@pytest.mark.parametrize("bucket", [100, 5_000])
@pytest.mark.parametrize("place", ["memory", "folder"])
def test_small_buckets_give_the_same_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, bucket: int, duplicates: str
) -> None:
    table = _table(5_000)
    table.to_parquet(tmp_path / "events.parquet")
    whole = read_events(table, sequence="seq", duplicates=duplicates)
    assert "only here" not in whole.store.event_names
    monkeypatch.setattr(sorting, "BUCKET", bucket)
    monkeypatch.setattr(sorting, "BLOCK", 64)
    monkeypatch.setattr(coded_rows, "VECTORS", 1)
    source = table if place == "memory" else tmp_path / "events.parquet"
    parts = read_events(source, sequence="seq", duplicates=duplicates)
    _same(whole.store, parts.store)
    assert (whole.quality.duplicates, whole.notes) == (parts.quality.duplicates, parts.notes)
    assert whole.quality.set_aside["line"].tolist() == parts.quality.set_aside["line"].tolist()


def test_a_bucket_is_laid_down_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    _table(3_000).to_parquet(tmp_path / "events.parquet")
    seen: list[int] = []
    whole = sorting.Buckets.__iter__

    def spied(self: sorting.Buckets) -> object:
        seen.extend(len(list(cache.rglob("bucket*.npy"))) for _ in [0])
        return whole(self)

    monkeypatch.setattr(sorting, "BUCKET", 5_000)
    monkeypatch.setattr(sorting.Buckets, "__iter__", spied)
    read_events(tmp_path / "events.parquet")
    assert seen[0] > 1
    assert not list(cache.rglob("bucket*.npy"))
