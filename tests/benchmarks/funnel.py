"""Prepared funnel and flow at ten million events, beside DuckDB's own SQL in the same run.

    python -m tests.benchmarks.funnel [--events 10000000] [--rounds 7]

Both sides use two threads and hold their data ready: this package its store, DuckDB a table of integer codes sorted by
customer and time. Rounds are interleaved; medians are printed, and ratios are what to quote. Both sides must count the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb

os.environ["JOURNEYMAP_THREADS"] = "2"

import journeymap as jm
from journeymap.events.held import Held

START = "2026-01-01"
STAGES = [("e01",), ("e02", "e03"), ("e05",), ("e07",), ("e09",)]
WINDOW_MS = 7 * 86_400_000
STEPS = 6


def generate(path: Path, events: int) -> None:
    """Write a synthetic log: Pareto events per customer (mean about 25), 20 event types, 90 days, 1 % ties, text ids."""
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
                   'ch' || (h0 % 6)::varchar as channel
            from drawn
            order by h
        ) to '{path}' (format parquet)
        """
    )


def prepared_table(path: Path) -> duckdb.DuckDBPyConnection:
    """Load the same rows into DuckDB: integer codes, sorted by customer and time."""
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(
        f"""
        create table log as
        select dense_rank() over (order by customer)::int as u, substr(event, 2)::utinyint as e, epoch_ms("at") as t
        from '{path}' order by u, t, e
        """
    )
    return connection


def asof_funnel(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Count customers per stage by a chain of as-of joins that carry the latest entry."""
    chain = ["s1 as (select u, t, t as entry from log where e in (1))"]
    for k, names in enumerate(STAGES[1:], start=2):
        codes = ", ".join(str(int(name[1:])) for name in names)
        chain.append(
            f"s{k} as (select r.u, r.t, p.entry from (select u, t from log where e in ({codes})) r "
            f"asof join s{k - 1} p on r.u = p.u and r.t > p.t where r.t - p.entry <= {WINDOW_MS})"
        )
    counts = ", ".join(f"(select count(distinct u) from s{k})" for k in range(1, len(STAGES) + 1))
    return list(connection.execute(f"with {', '.join(chain)} select {counts}").fetchone())


def window_flow(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the links of a flow of events by window functions; return their number."""
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


def our_flow(log: jm.EventLog) -> int:
    """Count the same links by this package."""
    table = jm.flow(log, over="event", steps=STEPS, top=20).table
    return int(table.loc[~table["target"].isin(["(left)"]), "customers"].sum())


def fresh(log: jm.EventLog) -> jm.EventLog:
    """Return the log as if nothing had been asked of it yet."""
    object.__setattr__(log, "held", Held())
    return log


def clocked(action) -> tuple[float, object]:
    """Return milliseconds and the result."""
    begin = time.perf_counter()
    result = action()
    return (time.perf_counter() - begin) * 1000, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ["JOURNEYMAP_CACHE"] = f"{folder}/cache"
        path = Path(folder) / "events.parquet"
        generate(path, asked.events)
        connection = prepared_table(path)
        preparing, log = clocked(lambda: jm.read_events(path, customer="customer", event="event", at="at"))
        opening, _ = clocked(lambda: jm.read_events(path, customer="customer", event="event", at="at"))
        journey = jm.Journey(
            "B", stages=[jm.Stage(str(k), jm.event(list(names))) for k, names in enumerate(STAGES)]
        )
        counting = jm.Counting(window="7d")

        def funnel():
            return jm.funnel(log, journey, counting=counting).table["customers"].tolist()

        warm, _ = clocked(funnel)
        print(
            f"{log.n_events:,} events, {log.n_customers:,} customers; prepared in {preparing / 1000:.1f} s, opened again in {opening:.0f} ms"
        )
        print(f"first funnel in this process, kernels loaded or compiled: {warm:.0f} ms")
        jm.flow(log, over="event", steps=STEPS, top=20)
        cases = {
            "funnel, whole table": lambda: (fresh(log), funnel())[1],
            "funnel, stage rows held, other window": lambda: (
                log.held,
                jm.funnel(log, journey, counting=jm.Counting(window="8d")),
            )[1],
            "split by channel at entry, funnel held": lambda: jm.funnel(
                log, journey, counting=counting, by="channel"
            ),
            "funnel, DuckDB as-of joins": lambda: asof_funnel(connection),
            "flow of 6 steps": lambda: (fresh(log), our_flow(log))[1],
            "flow of 6 steps, DuckDB windows": lambda: window_flow(connection),
        }
        times: dict[str, list[float]] = {name: [] for name in cases}
        results: dict[str, object] = {}
        for _ in range(asked.rounds):
            for name, case in cases.items():
                if name.startswith("funnel, stage rows"):
                    log.held._results.pop(
                        next((k for k in log.held._results if k[0] == "attempts"), None), None
                    )
                taken, results[name] = clocked(case)
                times[name].append(taken)
        for name, taken in times.items():
            print(f"{name:44} median {median(taken):8.1f} ms   min {min(taken):8.1f}")
        print(
            f"funnel: DuckDB / journeymap = {median(times['funnel, DuckDB as-of joins']) / median(times['funnel, whole table']):.1f}"
        )
        print(
            f"flow:   DuckDB / journeymap = {median(times['flow of 6 steps, DuckDB windows']) / median(times['flow of 6 steps']):.1f}"
        )
        assert results["funnel, whole table"] == results["funnel, DuckDB as-of joins"], results
        assert results["flow of 6 steps"] == results["flow of 6 steps, DuckDB windows"], results
        print(f"the same counts: {results['funnel, whole table']}, {results['flow of 6 steps']:,} links")
        print(
            f"peak memory of the process, DuckDB and generator included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )


if __name__ == "__main__":
    main()
