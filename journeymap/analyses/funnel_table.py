"""The table of a funnel: what is counted of each part, and the rates of what is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.intervals import wilson
from journeymap.events.store import NANOSECONDS_IN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts
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
COUNTS = ("customers", "moved_on", "left", "still_open", "excluded", "settled", "settled_moved_on")
_HOUR = 3_600_000_000_000


def part_rows(
    part: Part, found: Attempts, journey: Journey, *, log: EventLog, windowed: bool
) -> pd.DataFrame:
    """Count one part of the customers: one row per stage. Without a window nothing settles and there is no rate."""
    n_stages = len(journey.stages)
    depth, settled_depth = found.depth[part.counted], found.settled_depth[part.settled]
    stopped = np.bincount(depth, minlength=n_stages + 1)[1:]
    waiting = np.bincount(depth[found.still_open[part.counted]], minlength=n_stages + 1)[1:]
    reached = _at_or_beyond(stopped)
    settled = _at_or_beyond(np.bincount(settled_depth, minlength=n_stages + 1)[1:])
    columns: dict[str, Any] = {"segment": part.segment, "group": part.group}
    columns |= {"stage": journey.stage_names, "position": np.arange(1, n_stages + 1)}
    columns |= {"customers": reached, "moved_on": _next(reached), "left": _but_last(stopped - waiting)}
    columns |= {"still_open": _but_last(waiting), "excluded": _but_last(np.zeros(n_stages, np.int64))}
    columns |= {
        "share_of_first": _share(reached, reached[0]),
        "share_of_previous": _share(reached, _previous(reached)),
    }
    columns |= _rates(settled) if windowed else dict.fromkeys(RATES, np.nan)
    columns["median_hours"] = _medians(found, np.flatnonzero(part.settled), n_stages, log=log)
    return pd.DataFrame(columns)


def _rates(settled: NDArray[Any]) -> dict[str, Any]:
    following = _next(settled)
    low, high = wilson(following, settled)
    first_low, first_high = wilson(settled, settled[0])
    shares = {"settled_share": _share(following, settled), "low": low, "high": high}
    of_first = {
        "settled_of_first_share": _share(settled, settled[0]),
        "first_low": first_low,
        "first_high": first_high,
    }
    return {"settled": settled, "settled_moved_on": following, **shares, **of_first}


def _medians(found: Attempts, codes: NDArray[Any], n_stages: int, *, log: EventLog) -> list[float]:
    """Return the median hours from the stage before, over the attempts that reached the stage."""
    medians = [np.nan]
    depth = found.settled_depth[codes]
    for position in range(1, n_stages):
        reached = codes[depth > position]
        steps = found.settled_at[reached, position] - found.settled_at[reached, position - 1]
        medians.append(
            float(np.median(steps)) * NANOSECONDS_IN[log.store.unit] / _HOUR if len(steps) else np.nan
        )
    return medians


def _at_or_beyond(stopped: NDArray[Any]) -> NDArray[Any]:
    return stopped[::-1].cumsum()[::-1]


def _next(counts: NDArray[Any]) -> NDArray[Any]:
    return np.append(counts[1:].astype(float), np.nan)


def _previous(counts: NDArray[Any]) -> NDArray[Any]:
    return np.append(np.nan, counts[:-1].astype(float))


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
