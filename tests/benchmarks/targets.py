"""The targets, held against a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.questions import FLOW, FRESH, OPTIONS, RAW, SPLIT, funnel, option

if TYPE_CHECKING:
    from tests.benchmarks.results import Run

HELD = "journeymap, stage rows held, without medians"
WINDOW_FUNNEL = "chdb windowFunnel, stage rows only"


def lines(run: Run) -> list[str]:
    """Say of each target what was measured; those whose cases were not asked are left out."""
    five = funnel(5)
    ours, clickhouse = run.ms(five, HELD), run.ms(five, WINDOW_FUNNEL)
    said = [
        _at_least("funnel of 5: chdb windowFunnel / journeymap", clickhouse, ours, 5),
        _at_most("funnel of 5: journeymap / bare scan", ours, run.ms(five, "bare"), 3),
        _at_least("flow: DuckDB / journeymap", run.ms(FLOW, "DuckDB"), run.ms(FLOW, "journeymap"), 20),
        _at_most("raw Parquet: journeymap / chdb", run.ms(RAW, "journeymap"), run.ms(RAW, "chdb"), 4),
        *(_rule(run, name) for name in OPTIONS),
    ]
    split, plain = run.ms(SPLIT, "journeymap, funnel held"), run.ms(SPLIT, "journeymap, the funnel itself")
    if split is not None and plain is not None:
        said.append(_said("split once the funnel is held, more", split - plain, "ms", 5))
    first, again = run.ms(FRESH, "journeymap, first"), run.ms(FRESH, "journeymap, the same")
    if first is not None and again is not None:
        said.append(_said("first call in a fresh process", first, "ms", 500))
        said.append(_said("first call in a fresh process, beyond the second", first - again, "ms", 500))
    if run.events >= 100_000_000 and ours is not None:
        said.append(_said("funnel of 5 at 100 million", ours, "ms", 2000))
        said.append(_said("its peak memory", run.peak(five, "journeymap") or 0, "MB", 4096))
    return [line for line in said if line]


def _rule(run: Run, name: str) -> str:
    """Hold every column but the medians against windowFunnel, which has none, and say what it is with them."""
    whole, ours, clickhouse = (
        run.ms(option(name), label) for label in ("journeymap, stage rows held, all", HELD, WINDOW_FUNNEL)
    )
    said = _at_most(f"{option(name)}: journeymap / windowFunnel", ours, clickhouse, 1)
    return f"{said}  with medians {whole / clickhouse:.2f}" if said and whole and clickhouse else said


def _at_least(what: str, theirs: float | None, ours: float | None, target: float) -> str:
    if theirs is None or ours is None:
        return ""
    ratio = theirs / ours
    return f"  {_met(ratio >= target)}  {what:70} {ratio:8.2f}  (at least {target})"


def _at_most(what: str, ours: float | None, theirs: float | None, target: float) -> str:
    if theirs is None or ours is None:
        return ""
    ratio = ours / theirs
    return f"  {_met(ratio <= target)}  {what:70} {ratio:8.2f}  (at most {target})"


def _said(what: str, value: float, unit: str, target: float) -> str:
    return f"  {_met(value <= target)}  {what:70} {value:8.1f} {unit}  (at most {target})"


def _met(met: bool) -> str:
    return "met   " if met else "MISSED"
