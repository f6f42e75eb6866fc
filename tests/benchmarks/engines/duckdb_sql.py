"""DuckDB's best SQL: a chain of as-of joins on one packed key, window functions for the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from tests.benchmarks.case import Case
from tests.benchmarks.questions import FLOW, LENGTHS, RETENTION, STAGES, STEPS, WINDOW_MS, funnel

if TYPE_CHECKING:
    from pathlib import Path

SHIFT = 34
"""Bits of the packed key for the time: more than the span of the log and the window together."""
WEEK_MS = 7 * 86_400_000


def prepare(folder: Path) -> None:
    """Load the log sorted by customer and time, and once more by event with one key of customer and time."""
    connection = _connect(folder)
    connection.execute(f"create table log as select u, t, e from '{folder}/codes.parquet' order by u, t, e")
    connection.execute(
        f"""
        create table keys as
        select e, (u::bigint << {SHIFT}) + t - (select min(t) from log) as g from log order by e, g
        """
    )
    connection.close()


def cases(folder: Path) -> list[Case]:
    connection = _connect(folder)
    funnels = [Case(funnel(n), "DuckDB as-of joins", lambda n=n: asof_funnel(connection, n)) for n in LENGTHS]
    return [
        *funnels,
        Case(FLOW, "DuckDB windows", lambda: window_flow(connection)),
        Case(RETENTION, "DuckDB", lambda: retention(connection)),
    ]


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(folder / "duckdb.db", config={"threads": 2})


def asof_funnel(connection: duckdb.DuckDBPyConnection, n_stages: int) -> list[int]:
    """Count customers per stage by as-of joins that carry the latest entry."""
    chain = []
    for k, names in enumerate(STAGES[:n_stages], start=1):
        codes = ", ".join(str(int(name[1:])) for name in names)
        rows = f"select g from keys where e in ({codes})"
        chain.append(
            f"s1 as (select g, g as entry from ({rows}))"
            if k == 1
            else f"s{k} as (select r.g, p.entry from ({rows}) r asof join s{k - 1} p on r.g > p.g "
            f"where r.g - p.entry <= {WINDOW_MS})"
        )
    counts = ", ".join(f"(select count(distinct g >> {SHIFT}) from s{k})" for k in range(1, n_stages + 1))
    return list(connection.execute(f"with {', '.join(chain)} select {counts}").fetchone())


def window_flow(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the customers of all links of a flow of events."""
    rows = connection.execute(
        f"""
        with changes as (
            select u, t, e from (select u, t, e, lag(e) over (partition by u order by t, e) as before from log)
            where before is null or before <> e
        ),
        steps as (select u, e, row_number() over (partition by u order by t, e) as step from changes),
        links as (select u, step, e, lead(e) over (partition by u order by step) as target from steps where step <= {STEPS + 1})
        select step, e, target, count(*) from links where step <= {STEPS} group by all
        """
    ).fetchall()
    return sum(customers for _, _, target, customers in rows if target is not None)


def retention(connection: duckdb.DuckDBPyConnection) -> list[list[int]]:
    """Count customers by the week of their first event and the weeks since."""
    return [
        list(row)
        for row in connection.execute(
            f"""
            with weeks as (select distinct u, t // {WEEK_MS} as week from log),
            cohorts as (select u, week, min(week) over (partition by u) as cohort from weeks)
            select cohort, week - cohort as since, count(*) from cohorts group by all order by all
            """
        ).fetchall()
    ]
