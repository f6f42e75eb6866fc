"""Retentioneering's own funnel: no window, so another question and other counts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import duckdb
from retentioneering import Eventstream

from tests.benchmarks.case import Case
from tests.benchmarks.questions import LENGTHS, funnel

if TYPE_CHECKING:
    from pathlib import Path


def prepare(folder: Path) -> None:
    """Its object lives in memory only: nothing can be made ready."""


def cases(folder: Path) -> list[Case]:
    frame = duckdb.execute(
        f"""
        select u as user_id, case when k > 0 then 'stage ' || k else 'e' || e end as event, make_timestamp(t * 1000) as timestamp
        from '{folder}/codes.parquet'
        """
    ).df()
    stream = Eventstream(
        frame, schema={"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "timestamp"}
    )

    def reached(n_stages: int) -> list[int]:
        steps = stream.funnel_data(steps=[f"stage {k}" for k in range(1, n_stages + 1)])["steps"]
        return [int(step["unique_paths"]) for step in steps]

    label = "Retentioneering, without a window"
    return [Case(funnel(n), label, lambda n=n: reached(n), same=False) for n in LENGTHS]
