"""What a run found: the table, the targets and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.running import Contender, Prepared


@dataclass
class Run:
    """All answers at one number of events."""

    events: int
    prepared: list[Prepared] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    cases: dict[str, list[Contender]] = field(default_factory=dict)

    @property
    def unequal(self) -> list[str]:
        """The cases in which two contenders were asked the same and counted differently."""
        return [name for name, found in self.cases.items() if not _agree(found)]

    def ms(self, case: str, label: str) -> float | None:
        """Return the median of the first contender whose label begins so."""
        found = (one.median_ms for one in self.cases.get(case, ()) if one.label.startswith(label))
        return next(found, None)

    def peak(self, case: str, label: str) -> float | None:
        found = (max(one.peaks) for one in self.cases.get(case, ()) if one.label.startswith(label))
        return next(found, None)


def _agree(found: list[Contender]) -> bool:
    counts = [one.counts for one in found if one.same]
    return all(other == counts[0] for other in counts)


def opening(run: Run) -> list[str]:
    """Say what was prepared, and who is left out."""
    said = [f"{run.events:,} events asked for; medians, each case interleaved; two threads each", ""]
    said += [
        f"  {one.engine:24} ready in {one.seconds:7.1f} s, peak {one.peak:7,.0f} MB" for one in run.prepared
    ]
    return said + [f"  {engine:24} left out: {why}" for engine, why in run.absent.items()]


def table(name: str, found: list[Contender]) -> list[str]:
    """Write a case as text: the ratio is a contender's median over that of the first one.

    The work of all threads together stands beside it, as a busy machine stretches the clock and not the work.
    """
    heads = f"{'ratio':>8} {'median ms':>10} {'least ms':>10} {'cpu ms':>10} {'peak MB':>8}"
    said = ["", f"{name:58} {heads}"]
    if not _agree(found):
        said.append(f"  !!! COUNTS DIFFER: {[(one.label, one.counts) for one in found if one.same]}")
    said += [_line(one, found[0]) for one in found]
    if not any(one.label.startswith("journeymap") for one in found):
        said.append("  journeymap does not answer this yet")
    return said


def _line(one: Contender, first: Contender) -> str:
    ratio, other = one.median_ms / first.median_ms, "" if one.same else "  other counts"
    return f"  {one.label:56} {ratio:8.2f} {one.median_ms:10.1f} {min(one.ms):10.1f} {median(one.cpu):10.1f} {max(one.peaks):8,.0f}{other}"


def as_json(run: Run) -> dict[str, Any]:
    """Return a run as values that JSON can hold."""
    return {
        "events": run.events,
        "prepared": [vars(one) for one in run.prepared],
        "absent": run.absent,
        "unequal": run.unequal,
        "cases": {
            name: [
                {
                    "label": one.label,
                    "same_question": one.same,
                    "ratio": one.median_ms / found[0].median_ms,
                    "ms": one.ms,
                    "cpu_ms": one.cpu,
                    "peak_mb": max(one.peaks),
                    "counts": one.counts,
                }
                for one in found
            ]
            for name, found in run.cases.items()
        },
    }
