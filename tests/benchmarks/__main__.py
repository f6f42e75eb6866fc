"""The benchmarks: this package beside chdb, Polars, DuckDB, Retentioneering and a bare compiled scan, in one run.

    python -m tests.benchmarks [--events 1000000 10000000] [--rounds 5] [--cases funnel flow …] [--json FILE]

Each contender holds its data in a process of its own and uses two threads; they are asked in turn. The targets are meant
at ten million events. Milliseconds are this machine's: quote the ratios.
"""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import results, targets
from tests.benchmarks.generate import generate
from tests.benchmarks.results import Run
from tests.benchmarks.running import ENGINES, Absent, Contender, contenders, prepare, race

DEFAULT_EVENTS = [1_000_000, 10_000_000]


def measure(events: int, rounds: int, wanted: list[str], folder: Path) -> Run:
    """Make the data, open all contenders, ask them case by case and print each case as it is done."""
    run, found = Run(events), list[Contender]()
    generate(folder, events)
    with ExitStack() as opened:
        for engine in ENGINES:
            try:
                run.prepared.append(prepare(engine, folder, events))
                worker, its = contenders(engine, folder, wanted)
            except Absent as why:
                run.absent[engine] = str(why)
                continue
            opened.callback(worker.close)
            found += its
        _say(results.opening(run))
        for name in dict.fromkeys(one.case for one in found):
            run.cases[name] = [one for one in found if one.case == name]
            race(run.cases[name], rounds)
            _say(results.table(name, run.cases[name]))
    return run


def _say(lines: list[str]) -> None:
    print("\n".join(lines), flush=True)


def main(asked: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=DEFAULT_EVENTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cases", nargs="+", default=[], help="words that the names of cases contain")
    parser.add_argument("--folder", type=Path, help="where to put the data; a temporary folder without it")
    parser.add_argument("--json", type=Path, help="a file for the same as JSON")
    given = parser.parse_args(asked)
    runs = []
    for events in given.events:
        with TemporaryDirectory(dir=given.folder, ignore_cleanup_errors=True) as folder:
            run = measure(events, given.rounds, given.cases, Path(folder))
        _say(["", "targets", *targets.lines(run), ""])
        runs.append(run)
    if given.json:
        given.json.write_text(json.dumps([results.as_json(run) for run in runs], indent=1), encoding="utf-8")
    return 1 if any(run.unequal for run in runs) else 0


if __name__ == "__main__":
    raise SystemExit(main())
