"""The parent's side: one process for each contender, asked in turn, round by round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import IO

ROOT = Path(__file__).parent.parent.parent
ENGINES = ("this_package", "chdb_sql", "bare_scan", "polars_asof", "duckdb_sql", "retentioneering_stream")
RETENTIONEERING = "JOURNEYMAP_RETENTIONEERING"
"""The environment variable that names the Python of the environment that has Retentioneering."""
MOST_FOR_RETENTIONEERING = 10_000_000
TWO_THREADS = {"JOURNEYMAP_THREADS": "2", "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}


class Absent(Exception):  # noqa: N818
    """A contender that cannot be run here, and why."""


class Worker:
    """One contender in a process of its own."""

    def __init__(self, engine: str, folder: Path, *more: str) -> None:
        command = [_python(engine), "-m", "tests.benchmarks.worker", engine, str(folder), *more]
        environment = os.environ | TWO_THREADS | {"PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        self.said = self._hear()
        if "absent" in self.said:
            self.close()
            raise Absent(self.said["absent"])

    def ask(self, number: int) -> dict[str, Any]:
        _open(self._process.stdin).write(f"{number}\n")
        _open(self._process.stdin).flush()
        return self._hear()

    def close(self) -> None:
        with self._process:
            _open(self._process.stdin).close()

    def _hear(self) -> dict[str, Any]:
        line = _open(self._process.stdout).readline()
        if not line:
            raise RuntimeError(f"{' '.join(map(str, self._process.args))} ended")  # type: ignore[arg-type]
        said: dict[str, Any] = json.loads(line)
        return said


@dataclass
class Contender:
    """What one contender answered to one case."""

    case: str
    label: str
    same: bool
    worker: Worker
    number: int
    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    counts: Any = None

    @property
    def median_ms(self) -> float:
        return median(self.ms)

    def ask(self, *, warm: bool = False) -> None:
        said = self.worker.ask(self.number)
        self.counts = said["counts"]
        if not warm:
            self.ms.append(said["ms"])
            self.cpu.append(said["cpu"])
            self.peaks.append(said["peak"])


@dataclass
class Prepared:
    """How long a contender took to make its data ready, and the memory of that."""

    engine: str
    seconds: float
    peak: float


def prepare(engine: str, folder: Path, events: int) -> Prepared:
    """Make the data of a contender ready in a process of its own, so that it does not count as memory of answers."""
    if engine == "retentioneering_stream" and events > MOST_FOR_RETENTIONEERING:
        raise Absent(f"not asked beyond {MOST_FOR_RETENTIONEERING:,} events")
    worker = Worker(engine, folder, "prepare")
    worker.close()
    return Prepared(engine, worker.said["ms"] / 1000, worker.said["peak"])


def contenders(engine: str, folder: Path, wanted: Sequence[str]) -> tuple[Worker, list[Contender]]:
    """Open a contender; keep the cases whose name contains one of these words."""
    worker = Worker(engine, folder)
    found = [
        Contender(case["name"], case["label"], case["same"], worker, number)
        for number, case in enumerate(worker.said["cases"])
        if not wanted or any(word in case["name"] for word in wanted)
    ]
    return worker, found


def race(found: Iterable[Contender], rounds: int) -> None:
    """Ask all contenders of one case in turn, after one round that is not timed; who begins changes by the round."""
    found = list(found)
    for one in found:
        one.ask(warm=True)
    for turn in range(rounds):
        for place in range(len(found)):
            found[(turn + place) % len(found)].ask()


def _python(engine: str) -> str:
    if engine != "retentioneering_stream":
        return sys.executable
    if not os.environ.get(RETENTIONEERING):
        raise Absent(f"{RETENTIONEERING} does not name the Python of its environment")
    return os.environ[RETENTIONEERING]


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
