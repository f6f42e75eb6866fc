"""Count the same questions here and inside engines at a million events, and compare every cell.

Run ``python -m tests.warehouse_million duckdb postgres clickhouse pyspark``; ``--events`` takes another number.
"""

from __future__ import annotations

import argparse
import time
import warnings

import pandas as pd

import journeymap as jm
from tests.counting.pushdown.engines import RUN, lacking, running
from tests.counting.pushdown.questions import QUESTIONS, random_log

ASKED = (
    "funnel",
    "by a property",
    "segments",
    'represent="latest"',
    "exclude",
    "flow over stages",
    "flow over events",
    "retention on",
    "retention on or after",
)


def main():
    """Print how long each question took, here and there, and whether every cell is equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", default=RUN, choices=RUN)
    parser.add_argument("--events", type=int, default=1_000_000)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    frame = random_log(asked.events, asked.events // 20, days=120)
    local = jm.read_events(frame, customer="who", event="what", at="at")
    here = {option: timed(QUESTIONS[option], local) for option in ASKED}
    for name in asked.engines:
        if lacking(name):
            print(f"{name}: needs {lacking(name)}")
            continue
        with running(name) as engine:
            engine.put("events", frame)
            log = jm.connect(engine.connection, table="events", customer="who", event="what", at="at")
            _, first = timed(lambda one: one.span, log)
            print(f"{name}, {asked.events:,} events; extent {first:.1f} s", flush=True)
            for option in ASKED:
                found, there = timed(QUESTIONS[option], log)
                expected, at_home = here[option]
                print(
                    f"  {option:24} {there:7.2f} s, here {at_home:6.3f} s, {compared(found, expected)}",
                    flush=True,
                )


def timed(question, log):
    """Return an answer and the seconds it took."""
    start = time.perf_counter()
    return question(log), time.perf_counter() - start


def compared(found, expected):
    """Say how many cells are equal; a difference is an error."""
    pd.testing.assert_frame_equal(found.table, expected.table, rtol=1e-12, atol=0)
    return f"{found.table.size:,} cells equal"


if __name__ == "__main__":
    main()
