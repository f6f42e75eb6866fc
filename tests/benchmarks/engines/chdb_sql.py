"""ClickHouse in the process (chdb): windowFunnel, made exact where events share an instant.

One row for each event and stage matched, integer codes, rows of stages only. The time is multiplied and a stage's rank
from behind is added, so that a later stage comes first within an instant and never follows an earlier one there.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from chdb.session import Session

from tests.benchmarks.case import Case
from tests.benchmarks.questions import (
    LENGTHS,
    OPTIONS,
    PLANS,
    RAW,
    RETENTION,
    SPLIT,
    STAGES,
    WINDOW_MS,
    funnel,
    option,
)

if TYPE_CHECKING:
    from pathlib import Path

SPREAD = 8
"""What the time is multiplied by: at least the number of stages."""
WEEK_MS = 7 * 86_400_000
EXACT = "chdb windowFunnel, stage rows only"


def prepare(folder: Path) -> None:
    """Load the codes, the stage rows of each funnel, and the customers."""
    session = _open(folder)
    session.query("create database if not exists b engine = Atomic")
    codes = f"file('{folder}/codes.parquet', Parquet)"
    columns = (
        "toUInt32(assumeNotNull(u)) as u, toInt64(assumeNotNull(t)) as t, toUInt8(assumeNotNull(k)) as k"
    )
    session.query(f"create table b.log engine = MergeTree order by (u, t) as select {columns} from {codes}")
    for n in LENGTHS:
        session.query(
            f"create table b.rows{n} engine = MergeTree order by (u, t) as "
            f"select {columns} from {codes} where k between 1 and {n}"
        )
    customers = f"file('{folder}/customers.parquet', Parquet)"
    plans = ", ".join(f"'{plan}'" for plan in PLANS)
    session.query(
        "create table b.customers engine = MergeTree order by u as "
        f"select toUInt32(substring(assumeNotNull(customer), 2)) as u, toUInt8(indexOf([{plans}], assumeNotNull(plan))) as plan from {customers}"
    )
    for table in ("log", *(f"rows{n}" for n in LENGTHS)):
        session.query(f"optimize table b.{table} final")
    session.close()


def cases(folder: Path) -> list[Case]:
    session = _open(folder)
    exact = [Case(funnel(n), EXACT, partial(window_funnel, session, f"b.rows{n}", n)) for n in LENGTHS]
    all_rows = [
        Case(funnel(n), "chdb windowFunnel, all rows", partial(window_funnel, session, "b.log", n))
        for n in LENGTHS
    ]
    rules = [
        Case(option(name), EXACT, partial(window_funnel, session, "b.rows5", 5), same=False)
        for name in OPTIONS
    ]
    return [
        *exact,
        *all_rows,
        Case(RETENTION, "chdb", partial(retention, session)),
        Case(SPLIT, "chdb windowFunnel again, joined", partial(split, session)),
        Case(RAW, "chdb from Parquet", partial(from_parquet, session, folder)),
        *rules,
    ]


def _open(folder: Path) -> Session:
    return Session(str(folder / "chdb"))


def _rows(session: Session, sql: str) -> list[list[Any]]:
    said = session.query(f"{sql} settings max_threads = 2", "JSONCompact")
    return [[int(value) for value in row] for row in json.loads(said.data())["data"]]


def _depths(source: str, n_stages: int, customer: str = "u") -> str:
    """Return the query of every customer's depth."""
    stages = ", ".join(f"k = {k}" for k in range(1, n_stages + 1))
    clock = f"toUInt64(t * {SPREAD} + ({n_stages} - k))"
    return (
        f"select {customer}, windowFunnel({WINDOW_MS * SPREAD})({clock}, {stages}) as depth "
        f"from {source} where k between 1 and {n_stages} group by {customer}"
    )


def _reached(rows: list[list[Any]], n_stages: int) -> list[int]:
    """Turn customers per depth into customers per stage."""
    ended = dict(rows)
    return [sum(n for depth, n in ended.items() if depth >= k) for k in range(1, n_stages + 1)]


def window_funnel(session: Session, table: str, n_stages: int) -> list[int]:
    """Count customers per stage."""
    return _reached(
        _rows(session, f"select depth, count() from ({_depths(table, n_stages)}) group by depth"), n_stages
    )


def split(session: Session) -> dict[str, list[int]]:
    """Count customers per plan and stage."""
    rows = _rows(
        session,
        f"select plan, depth, count() from ({_depths('b.rows5', 5)}) d join b.customers c on d.u = c.u group by plan, depth",
    )
    return {
        plan: _reached([row[1:] for row in rows if row[0] == place], 5)
        for place, plan in enumerate(PLANS, start=1)
    }


def from_parquet(session: Session, folder: Path) -> list[int]:
    """Count customers per stage straight from the file with its texts."""
    stage = ", ".join(
        f"event in ({', '.join(map(repr, names))}), {k}" for k, names in enumerate(STAGES[:5], 1)
    )
    source = (
        f"(select assumeNotNull(customer) as customer, toUnixTimestamp64Milli(assumeNotNull(toDateTime64(at, 3))) as t, "
        f"multiIf({stage}, 0) as k from file('{folder}/events.parquet', Parquet))"
    )
    return _reached(
        _rows(session, f"select depth, count() from ({_depths(source, 5, 'customer')}) group by depth"), 5
    )


def retention(session: Session) -> list[list[int]]:
    """Count customers by the week of their first event and the weeks since."""
    return _rows(
        session,
        f"""
        select cohort, since, count() from (
            select arrayJoin(groupUniqArray(intDiv(t, {WEEK_MS})) as weeks) - arrayMin(weeks) as since, arrayMin(weeks) as cohort
            from b.log group by u
        ) group by cohort, since order by cohort, since
        """,
    )
