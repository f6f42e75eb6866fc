"""The table of a funnel: what is counted of each part, and the rates of what is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.intervals import wilson
from journeymap.events.store import NANOSECONDS_IN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts
    from journeymap.counting.contract import Counting
    from journeymap.counting.plan import Plan
    from journeymap.counting.search import Best
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

RATES = (
    "settled",
    "settled_moved_on",
    "settled_share",
    "low",
    "high",
    "settled_of_first_share",
    "first_low",
    "first_high",
)
OF_FIRST = ("share_of_first", "share_of_previous", "settled_of_first_share", "first_low", "first_high")
"""The columns that compare with an earlier stage, which has no meaning where an attempt may begin at any."""
COUNTS = ("customers", "moved_on", "left", "still_open", "excluded", "settled", "settled_moved_on")
_HOUR = 3_600_000_000_000


def part_rows(
    part: Part, found: Attempts, journey: Journey, *, log: EventLog, counting: Counting
) -> pd.DataFrame:
    """Count one part of the customers: one row per stage. Where nothing settles there is no rate."""
    plan = found.plan
    overall = _tally(found, found.overall, part.counted)
    settled = _tally(found, found.settled, part.settled)
    stopped = overall.entered - overall.moved_on
    columns: dict[str, Any] = {"segment": part.segment, "group": part.group}
    columns |= {"stage": journey.stage_names, "position": np.arange(1, len(journey.stages) + 1)}
    columns |= {"customers": overall.entered, "moved_on": _but_last(overall.moved_on)}
    columns |= {"left": _but_last(stopped - overall.still_open), "still_open": _but_last(overall.still_open)}
    columns |= {"excluded": _but_last(overall.excluded)}
    columns |= {"share_of_first": _share(overall.entered, overall.entered[0])}
    columns |= {"share_of_previous": _share(overall.entered, _previous(overall.entered, plan))}
    columns |= _rates(settled) if counting.settles else dict.fromkeys(RATES, np.nan)
    if counting.settles and counting.entry == "first stage":
        columns |= _rates_of_first(settled.entered)
    if counting.entry == "any stage":
        columns |= dict.fromkeys(OF_FIRST, np.nan)
    columns["median_hours"] = _medians(found, part.settled, log=log)
    return pd.DataFrame(columns)


@dataclass(frozen=True)
class _Tally:
    """Counts per stage of the journey."""

    entered: NDArray[np.int64]
    moved_on: NDArray[np.int64]
    still_open: NDArray[np.int64]
    excluded: NDArray[np.int64]


def _tally(found: Attempts, best: Best, units: NDArray[np.bool_]) -> _Tally:
    n, plan = len(found.plan.required), found.plan
    depth, start, still_open = best.depth[units], best.start[units], found.still_open[units]
    began = np.bincount(start[depth > 0], minlength=n).cumsum()
    ended = np.bincount(depth, minlength=n + 1)[1:].cumsum()
    waiting = np.bincount(depth[still_open], minlength=n + 1)[1:]
    barred = np.bincount(depth[best.excluded[units] & ~still_open], minlength=n + 1)[1:]
    counts = np.zeros((4, n + len(plan.optional)), dtype=np.int64)
    counts[:, list(plan.required)] = began - np.append(0, ended[:-1]), began - ended, waiting, barred
    for position in plan.optional:
        entered = found.entered(best, position) & units
        stopped = entered & ~found.moved_on(best, position)
        counts[:, position] = (
            entered.sum(),
            entered.sum() - stopped.sum(),
            (stopped & found.still_open).sum(),
            (stopped & best.excluded & ~found.still_open).sum(),
        )
    return _Tally(*counts)


def _rates(settled: _Tally) -> dict[str, Any]:
    entered, moved_on = settled.entered, _but_last(settled.moved_on)
    low, high = wilson(moved_on, entered)
    shares = {"settled_share": _share(moved_on, entered), "low": low, "high": high}
    return {"settled": entered, "settled_moved_on": moved_on, **shares, **dict.fromkeys(OF_FIRST[2:], np.nan)}


def _rates_of_first(entered: NDArray[np.int64]) -> dict[str, Any]:
    low, high = wilson(entered, entered[0])
    return dict(zip(OF_FIRST[2:], (_share(entered, entered[0]), low, high), strict=True))


def _medians(found: Attempts, units: NDArray[np.bool_], *, log: EventLog) -> list[float]:
    """Return the median hours from the required stage before, over the attempts that passed both."""
    best, plan = found.settled, found.plan
    at = found.reached_at(best)
    medians = []
    for position in range(at.shape[1]):
        before = _required_before(plan, position)
        if before is None:
            medians.append(np.nan)
            continue
        passed = np.flatnonzero(units & found.entered(best, position) & found.entered(best, before))
        steps = at[passed, position] - at[passed, before]
        hours = float(np.median(steps)) * NANOSECONDS_IN[log.store.unit] / _HOUR if len(steps) else np.nan
        medians.append(hours)
    return medians


def _required_before(plan: Plan, position: int) -> int | None:
    return max((k for k in plan.required if k < position), default=None)


def _previous(counts: NDArray[Any], plan: Plan) -> NDArray[Any]:
    """Return the counts at the required stage before each stage."""
    before = [_required_before(plan, position) for position in range(len(counts))]
    return np.array([np.nan if k is None else counts[k] for k in before])


def _but_last(counts: NDArray[Any]) -> NDArray[Any]:
    return np.append(counts[:-1].astype(float), np.nan)


def _share(part: NDArray[Any], whole: Any) -> NDArray[Any]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(part, dtype=float) / np.asarray(whole, dtype=float)
    return np.where(np.isfinite(share), share, np.nan)


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns their types: counts that may be missing, and texts."""
    return table.astype(
        dict.fromkeys(COUNTS, "Int64")
        | {"segment": "str", "group": "str", "stage": "str", "position": "int64"}
    )
