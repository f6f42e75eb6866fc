"""A hundred million events: seconds and memory of preparing them and of the first questions.

    python -m tests.benchmarks.large [--events 100000000] [--folder FOLDER]

The log is written in steps of ten million events; each question is asked in a process of its own, whose peak of memory is
printed: all of it, and what is left without the pages of files, which the system takes back when it needs them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from tests.benchmarks.generate import generate
from tests.benchmarks.questions import STAGES

STEP = 10_000_000
N_STAGES = 5
CASES = ("prepare", "open", "funnel", "funnel again")


def generate_in_steps(folder: Path, events: int) -> None:
    """Write a log of several files; the customers of each file are others, but their names stand between those of the rest."""
    import duckdb

    duckdb.execute("set enable_progress_bar = false")
    for part, begin in enumerate(range(0, events, STEP)):
        path = folder / f"part{part:02}.parquet"
        if path.exists():
            continue
        with TemporaryDirectory(dir=folder) as scratch:
            generate(Path(scratch), min(STEP, events - begin))
            renamed = (
                f"select * replace (customer || '-{part:02}' as customer) from '{scratch}/events.parquet'"
            )
            duckdb.execute(f"copy ({renamed}) to '{path}'")


class Peak:
    """The peak of memory outside of files, looked at a hundred times a second."""

    def __init__(self) -> None:
        self.private, self._over = 0, Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            lines = Path("/proc/self/status").read_text().splitlines()
            anonymous = next((int(line.split()[1]) for line in lines if line.startswith("RssAnon")), 0)
            self.private = max(self.private, anonymous)

    def close(self) -> None:
        self._over.set()
        self._thread.join()


def ask(case: str, folder: Path) -> None:
    """Answer one question in this process and print what it took."""
    import resource

    import journeymap as jm
    from journeymap.events.held import Held

    jm.funnel, jm.read_events  # noqa: B018  imports are not part of the question
    peak, begin = Peak(), time.perf_counter()
    log = jm.read_events(str(folder / "part*.parquet"), customer="customer", event="event", at="at")
    said = ""
    if case.startswith("funnel"):
        journey = jm.Journey(
            "B", stages=[jm.Stage(str(k), jm.event(list(names))) for k, names in enumerate(STAGES[:N_STAGES])]
        )
        for _ in range(2 if case == "funnel again" else 1):
            object.__setattr__(log, "held", Held())
            begin = time.perf_counter()
            said = jm.funnel(log, journey, counting=jm.Counting(window="7d")).table["customers"].tolist()
    seconds = time.perf_counter() - begin
    peak.close()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, whole / 1e6, peak.private / 1e6, f"{log.n_events:,} events {said}"]))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000_000)
    parser.add_argument(
        "--folder", type=Path, help="where the log is written and left; without it, a temporary folder"
    )
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.case:
        ask(asked.case, asked.folder)
        return
    with TemporaryDirectory(dir=asked.folder) as scratch:
        folder = asked.folder or Path(scratch)
        generate_in_steps(folder, asked.events)
        environment = os.environ | {"JOURNEYMAP_CACHE": f"{scratch}/cache", "JOURNEYMAP_THREADS": "2"}
        print(f"{'':14}{'seconds':>9}{'GB':>7}{'GB without files':>18}")
        for case in CASES:
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.large",
                "--case",
                case,
                "--folder",
                str(folder),
            ]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            seconds, whole, private, said = json.loads(done.stdout.splitlines()[-1])
            print(f"{case:14}{seconds:9.1f}{whole:7.2f}{private:18.2f}  {said}", flush=True)


if __name__ == "__main__":
    main()
