"""One contender in a process of its own: it is told a case by its number and answers with time, counts and peak memory.

    python -m tests.benchmarks.worker ENGINE FOLDER [prepare]

Lines of JSON on the standard streams; whatever a library prints goes to the standard error.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.case import Case

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget_peak() -> None:
    """Begin a new measurement of the peak, where the system can."""
    if CLEAR.exists():
        CLEAR.write_text("5")


def peak_mb() -> float:
    """Return the largest memory of this process since the last :func:`forget_peak`."""
    if STATUS.exists():
        return next(int(line.split()[1]) / 1024 for line in STATUS.open() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answer(case: Case) -> dict[str, Any]:
    """Ask once."""
    if case.before:
        case.before()
    gc.collect()
    forget_peak()
    begin, worked = time.perf_counter(), time.process_time()
    counts = case.ask()
    taken, cpu = (time.perf_counter() - begin) * 1000, (time.process_time() - worked) * 1000
    if case.own_clock:
        taken, counts = counts
    return {"ms": taken, "cpu": cpu, "counts": counts, "peak": peak_mb()}


def main() -> None:
    engine, folder, *rest = sys.argv[1:]
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def say(said: Any) -> None:
        out.write(json.dumps(said) + "\n")
        out.flush()

    try:
        module = import_module(f"tests.benchmarks.engines.{engine}")
    except ImportError as missing:
        say({"absent": f"{missing.name or missing} is not installed"})
        return
    begin = time.perf_counter()
    if rest == ["prepare"]:
        module.prepare(Path(folder))
        say({"ms": (time.perf_counter() - begin) * 1000, "peak": peak_mb()})
        return
    cases = module.cases(Path(folder))
    say({"cases": [{"name": c.name, "label": c.label, "same": c.same} for c in cases]})
    for line in sys.stdin:
        say(answer(cases[int(line)]))


if __name__ == "__main__":
    main()
