"""Polars: as-of joins on sorted keys of customer and time, one table of keys for each event held in memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from tests.benchmarks.case import Case
from tests.benchmarks.questions import LENGTHS, STAGES, WINDOW_MS, funnel

if TYPE_CHECKING:
    from pathlib import Path

SHIFT = 34


def prepare(folder: Path) -> None:
    """Write the keys of each event, sorted."""
    codes = pl.scan_parquet(folder / "codes.parquet")
    key = (pl.col("u").cast(pl.Int64) * 2**SHIFT + pl.col("t") - pl.col("t").min()).alias("g")
    codes.select("e", key).sort("e", "g").collect().write_ipc(folder / "keys.arrow")


def cases(folder: Path) -> list[Case]:
    keys = pl.read_ipc(folder / "keys.arrow")
    parts = {f"e{e:02}": part.select("g") for (e,), part in keys.partition_by("e", as_dict=True).items()}
    return [Case(funnel(n), "Polars as-of joins", partial(asof_funnel, parts, n)) for n in LENGTHS]


def asof_funnel(parts: dict[str, pl.DataFrame], n_stages: int) -> list[int]:
    """Count customers per stage by as-of joins that carry the latest entry."""
    reached, before = [], None
    for names in STAGES[:n_stages]:
        rows = pl.concat([parts[name] for name in names if name in parts])
        rows = (rows.sort("g") if len(names) > 1 else rows).set_sorted("g")
        if before is None:
            before = rows.with_columns(entry="g")
        else:
            before = (
                rows.lazy()
                .join_asof(before.lazy(), on="g", strategy="backward", allow_exact_matches=False)
                .filter(pl.col("g") - pl.col("entry") <= WINDOW_MS)
                .collect()
                .set_sorted("g")
            )
        reached.append((before["g"] // 2**SHIFT).rle_id().max())
    return [0 if last is None else last + 1 for last in reached]
