"""This package, asked through its public functions.

*without medians*: the table has no switch for `median_hours`, so the function that computes that column is replaced by one
that computes nothing; all other columns, the scope and the notes are made as always.
*stage rows held*: the log has answered a question about these stages before (and has its sessions, where they matter), so
only the attempts are searched.
*nothing held*: the log is prepared and open, and this is its first question.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from functools import cached_property, partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

import journeymap as jm
from journeymap.analyses import funnel_table
from journeymap.events.held import Held
from tests.benchmarks.case import Case
from tests.benchmarks.questions import (
    FLOW,
    FRESH,
    LENGTHS,
    OPTIONS,
    PLANS,
    RAW,
    RAW_AGAIN,
    SPLIT,
    STAGES,
    STEPS,
    WINDOW_DAYS,
    funnel,
    option,
)
from tests.benchmarks.rules import Asked, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts

OURS = "journeymap"
HELD = f"{OURS}, stage rows held, without medians"
HELD_ALL = f"{OURS}, stage rows held, all columns"
BARE = f"{OURS}, nothing held, without medians"
BARE_ALL = f"{OURS}, nothing held, all columns"


def read(folder: Path, columns: list[str] | None = None) -> jm.EventLog:
    """Prepare or open the log."""
    return jm.read_events(
        folder / "events.parquet", customer="customer", event="event", at="at", columns=columns
    )


def prepare(folder: Path) -> None:
    """Prepare the store in the cache."""
    os.environ["JOURNEYMAP_CACHE"] = str(folder / "cache")
    read(folder)


def cases(folder: Path) -> list[Case]:
    os.environ["JOURNEYMAP_CACHE"] = str(folder / "cache")
    log = read(folder).with_customers(str(folder / "customers.parquet"))
    fresh = FreshProcess(folder)
    raw = RawFile(folder)
    again = partial(forget, log, "attempts")
    found = [
        Case(RAW, OURS, raw.first, before=raw.clear),
        Case(RAW_AGAIN, f"{OURS}, stage rows held, all columns", raw.second, before=raw.forget),
        Case(FRESH, f"{OURS}, first call", fresh.first, own_clock=True, same=False),
        Case(FRESH, f"{OURS}, the same again in that process", fresh.second, own_clock=True, same=False),
        Case(FLOW, f"{OURS}, nothing held", partial(flow, log), before=partial(forget, log)),
        *split_cases(log),
    ]
    for n in LENGTHS:
        found += funnel_cases(log, funnel(n), default(n))
    for name in OPTIONS:
        asked = rule_of(name)
        label = f"{OURS}, stage rows held"
        found += [
            Case(option(name), f"{label}, without medians", partial(no_medians, log, asked), before=again),
            Case(option(name), f"{label}, all columns", partial(reached, log, asked), before=again),
        ]
    return found


def funnel_cases(log: jm.EventLog, name: str, asked: Asked) -> list[Case]:
    again, anew = partial(forget, log, "attempts"), partial(forget, log)
    return [
        Case(name, HELD, partial(no_medians, log, asked), before=again),
        Case(name, HELD_ALL, partial(reached, log, asked), before=again),
        Case(name, BARE, partial(no_medians, log, asked), before=anew),
        Case(name, BARE_ALL, partial(reached, log, asked), before=anew),
    ]


def split_cases(log: jm.EventLog) -> list[Case]:
    """Ask for the split and for the plain funnel, both after the funnel was asked for."""
    asked = default(5)
    hold = partial(reached, log, asked)
    return [
        Case(SPLIT, f"{OURS}, funnel held", partial(by_plan, log, asked), before=hold),
        Case(SPLIT, f"{OURS}, the funnel itself, held", hold, before=hold, same=False),
    ]


def default(n_stages: int) -> Asked:
    """Return the journey of some stages and the rules by which all contenders count."""
    stages = [jm.Stage(str(k), jm.event(list(names))) for k, names in enumerate(STAGES[:n_stages], start=1)]
    return Asked(jm.Journey("B", stages=stages), jm.Counting(window=f"{WINDOW_DAYS}d"))


def forget(log: jm.EventLog, *kinds: str) -> None:
    """Let go of what the log holds: of these kinds, or all of it."""
    if not kinds:
        object.__setattr__(log, "held", Held())
    for asked in [asked for asked in log.held._results if asked[0] in kinds]:
        del log.held._results[asked]


def reached(log: jm.EventLog, asked: Asked) -> list[int]:
    """Return the customers of each stage."""
    table = jm.funnel(log, asked.journey, counting=asked.counting, period=asked.period).table
    return [int(n) for n in table["customers"]]


def no_medians(log: jm.EventLog, asked: Asked) -> list[int]:
    """Return the same from a table that has no medians."""
    with without_medians():
        return reached(log, asked)


@contextmanager
def without_medians() -> Iterator[None]:
    def nothing(found: Attempts, parts: Sequence[Part], *, log: jm.EventLog) -> Any:
        return np.full((len(parts), len(found.plan.required) + len(found.plan.optional)), np.nan)

    kept = funnel_table._medians
    funnel_table._medians = nothing
    try:
        yield
    finally:
        funnel_table._medians = kept


def by_plan(log: jm.EventLog, asked: Asked) -> dict[str, list[int]]:
    """Return the customers of each plan and stage."""
    table = jm.funnel(log, asked.journey, counting=asked.counting, by="plan").table
    return {plan: [int(n) for n in table.loc[table["group"] == plan, "customers"]] for plan in PLANS}


def flow(log: jm.EventLog) -> int:
    """Return the customers of all links of a flow of events."""
    table = jm.flow(log, over="event", steps=STEPS, top=20).table
    return int(table.loc[table["target"] != "(left)", "customers"].sum())


class RawFile:
    """The file read into an empty cache, and the question after that."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def log(self) -> jm.EventLog:
        with TemporaryDirectory(dir=self._folder) as cache, _cache_in(cache):
            return read(self._folder, ["channel"])

    def clear(self) -> None:
        self.__dict__.pop("log", None)

    def first(self) -> list[int]:
        return reached(self.log, default(5))

    def forget(self) -> None:
        reached(self.log, default(5))
        forget(self.log, "attempts")

    def second(self) -> list[int]:
        return reached(self.log, default(5))


@contextmanager
def _cache_in(folder: str) -> Iterator[None]:
    kept, os.environ["JOURNEYMAP_CACHE"] = os.environ["JOURNEYMAP_CACHE"], folder
    try:
        yield
    finally:
        os.environ["JOURNEYMAP_CACHE"] = kept


class FreshProcess:
    """The first funnel of a new process and the same again, both timed there; imports and opening are not in the time."""

    SOURCE = """
import json, sys, time
from pathlib import Path
from tests.benchmarks.engines import this_package as ours
log, asked, said = ours.read(Path(sys.argv[1])), ours.default(5), []
ours.jm.funnel  # imports the analyses
for _ in range(2):
    ours.forget(log)
    begin = time.perf_counter()
    counts = ours.reached(log, asked)
    said.append(((time.perf_counter() - begin) * 1000, counts))
print(json.dumps(said))
"""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._again: Any = None

    def first(self) -> Any:
        command = [sys.executable, "-c", self.SOURCE, str(self._folder)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        first, self._again = json.loads(done.stdout.splitlines()[-1])
        return first

    def second(self) -> Any:
        return self._again or (self.first() and self._again)
