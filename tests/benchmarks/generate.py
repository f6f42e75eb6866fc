"""The synthetic log: raw Parquet with text ids, the same rows as integer codes, and the customers with a plan each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from tests.benchmarks.questions import PLANS, STAGES

if TYPE_CHECKING:
    from pathlib import Path

START = "2026-01-01"


def generate(folder: Path, events: int) -> None:
    """Write ``events.parquet``, ``customers.parquet`` and ``codes.parquet`` into a folder."""
    _write_events(folder / "events.parquet", events)
    plans = ", ".join(f"'{plan}'" for plan in PLANS)
    duckdb.execute(
        f"""
        copy (
            select distinct customer, [{plans}][1 + substr(customer, 2)::int % {len(PLANS)}] as plan
            from '{folder}/events.parquet' order by customer
        ) to '{folder}/customers.parquet' (format parquet)
        """
    )
    stage = " ".join(
        f"when event in ({', '.join(map(repr, names))}) then {k}" for k, names in enumerate(STAGES, start=1)
    )
    duckdb.execute(
        f"""
        copy (
            select substr(customer, 2)::int as u, epoch_ms("at") as t, substr(event, 2)::utinyint as e,
                   (case {stage} else 0 end)::utinyint as k
            from '{folder}/events.parquet' order by u, t, e
        ) to '{folder}/codes.parquet' (format parquet)
        """
    )


def _write_events(path: Path, events: int) -> None:
    """Write Pareto events per customer (mean about 25), 20 event types, 90 days, 1 % ties, in no order of time."""
    duckdb.execute(
        f"""
        copy (
            with customers as (
                select i as customer, greatest(1, least(2000, (10 / power(1 - (hash(i) % 1000000) / 1000000.0, 0.62))::int)) as n
                from range({events // 26}) r(i)
            ),
            rows as (select customer, unnest(range(n)) as k, n from customers),
            drawn as (
                select customer, hash(customer * 7919 + k) as h, hash(customer) as h0,
                       case when hash(customer * 31 + k) % 100 = 0 then k - 1 else k end as tick, n from rows
            )
            select 'c' || lpad(customer::varchar, 9, '0') as customer,
                   'e' || lpad((1 + floor(20 * power((h % 100000) / 100000.0, 1.6)))::int::varchar, 2, '0') as event,
                   timestamp '{START}' + to_milliseconds(
                       ((h0 % 7776000000) * 0.6 + tick * 7776000000.0 * 0.4 / greatest(n, 40))::bigint) as "at",
                   'ch' || (h0 % 6)::varchar as channel, 'firm' || (h0 % {1 + events // 260})::varchar as company
            from drawn
            order by h
        ) to '{path}' (format parquet)
        """
    )
