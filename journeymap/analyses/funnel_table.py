"""The table of a funnel: what is counted of each part, and the rates of what is settled."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.arrays import IntegerArray

from journeymap.analyses.intervals import wilson
from journeymap.counting.kernels import count_pairs, middles
from journeymap.events.store import NANOSECONDS_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.analyses.funnel_parts import Part
    from journeymap.analyses.pushed_funnel import PushedPart
    from journeymap.counting.attempts import Attempts, States
    from journeymap.counting.contract import Counting
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
COUNTS = ("customers", "moved_on", "left", "still_open", "excluded", "settled", "settled_moved_on")
_HOUR = 3_600_000_000_000


def table_of(
    parts: Sequence[Part], found: Attempts, journey: Journey, *, log: EventLog, counting: Counting
) -> pd.DataFrame:
    """Count each part: one row per stage. Where nothing settles there is no rate."""
    overall, settled = tallies(found, parts, which=0), tallies(found, parts, which=1)
    before = [found.plan.required_before(position) for position in range(len(journey.stages))]
    medians = _medians(found, parts, log=log)
    return written(parts, journey, overall, settled, medians, before=before, counting=counting)


def written(
    parts: Sequence[Part] | Sequence[PushedPart],
    journey: Journey,
    overall: Tallies,
    settled: Tallies,
    medians: NDArray[np.float64],
    *,
    before: Sequence[int | None],
    counting: Counting,
) -> pd.DataFrame:
    """Write counts, and the rates they make, as :attr:`Funnel.table` has them.

    Parameters
    ----------
    medians
        Hours from the stage before, parts x stages.
    before
        For each stage the position of the stage it must follow, None for none.
    """
    n_parts, n_stages = overall.entered.shape
    names = {
        name: pd.array([getattr(part, name) for part in parts], dtype="str").repeat(n_stages)
        for name in ("segment", "group")
    }
    places = {
        "stage": pd.array(journey.stage_names * n_parts, dtype="str"),
        "position": np.tile(np.arange(n_stages) + 1, n_parts),
    }
    shares = {
        "share_of_first": _share(overall.entered, overall.entered[:, :1]),
        "share_of_previous": _share(overall.entered, _previous(overall.entered, before)),
    }
    rates = dict.fromkeys(RATES, np.full((n_parts, n_stages), np.nan))
    if counting.settles:
        rates |= _rates(settled)
    if counting.entry == "any stage":
        shares = dict.fromkeys(shares, np.full((n_parts, n_stages), np.nan))
    elif counting.settles:
        rates |= _rates_of_first(settled.entered)
    numbers = _counts(overall) | shares | rates | {"median_hours": medians}
    columns: dict[str, Any] = {name: column.ravel() for name, column in numbers.items()}
    columns |= {name: _whole_numbers(columns[name]) for name in COUNTS}
    return pd.DataFrame(names | places | columns)


@dataclass(frozen=True)
class Tallies:
    """Counts of units, each parts x stages of the journey."""

    entered: NDArray[np.int64]
    moved_on: NDArray[np.int64]
    still_open: NDArray[np.int64]
    excluded: NDArray[np.int64]


def tallies(found: Attempts, parts: Sequence[Part], *, which: int) -> Tallies:
    """Count parts by the attempts over all entries (0) or over the settled ones (1), in one pass over each segment."""
    best = (found.overall, found.settled)[which]
    states, known = found.states(best)
    counts = np.zeros((4, len(parts), len(found.plan.required) + len(found.plan.optional)), dtype=np.int64)
    for first, n_groups in _segments(parts):
        part, of_states = parts[first], np.zeros((n_groups, len(known)), dtype=np.int64)
        count_pairs(_groups_of(part, which), states, part.members[which], of_states)
        counts[:, first : first + n_groups, list(found.plan.required)] = _by_stage(of_states, known, found)
    for place, part in enumerate(parts):
        for position in found.plan.optional:
            units = part.settled if which else part.counted
            counts[:, place, position] = _optional_stage(found, best, units, position)
    return Tallies(*counts)


def _segments(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return for each segment its first part and how many it has."""
    firsts = [place for place, part in enumerate(parts) if part.position == 0]
    return [(first, after - first) for first, after in itertools.pairwise([*firsts, len(parts)])]


def _groups_of(part: Part, which: int) -> NDArray[Any]:
    if part.places is None:
        return np.zeros(len(part.members[which]), dtype=np.int8)
    return part.places[which]


def _by_stage(of_states: NDArray[np.int64], known: States, found: Attempts) -> NDArray[np.int64]:
    """Turn counts of states (groups x states) into counts of stages (4 x groups x required stages)."""
    stage = np.arange(len(found.plan.required))[:, None]
    entered = (known.start <= stage) & (known.depth > stage)
    stopped = entered & (known.depth == stage + 1)
    excluded = stopped & known.excluded & ~known.still_open
    of_stages = np.stack([entered, entered & ~stopped, stopped & known.still_open, excluded])
    return np.einsum("gs,cks->cgk", of_states, of_stages)


def _optional_stage(found: Attempts, best: Best, units: NDArray[np.bool_], position: int) -> list[int]:
    entered = found.entered(best, position) & units
    stopped = entered & ~found.moved_on(best, position)
    excluded = stopped & best.excluded & ~found.still_open
    return [int(mask.sum()) for mask in (entered, entered & ~stopped, stopped & found.still_open, excluded)]


def _counts(overall: Tallies) -> dict[str, NDArray[Any]]:
    left = overall.entered - overall.moved_on - overall.still_open
    parts = {
        "moved_on": overall.moved_on,
        "left": left,
        "still_open": overall.still_open,
        "excluded": overall.excluded,
    }
    return {"customers": overall.entered} | {name: _but_last(counts) for name, counts in parts.items()}


def _rates(settled: Tallies) -> dict[str, NDArray[Any]]:
    entered, moved_on = settled.entered, _but_last(settled.moved_on)
    low, high = wilson(moved_on, entered)
    share = _share(moved_on, entered)
    return {
        "settled": entered,
        "settled_moved_on": moved_on,
        "settled_share": share,
        "low": low,
        "high": high,
    }


def _rates_of_first(entered: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    first = np.broadcast_to(entered[:, :1], entered.shape)
    low, high = wilson(entered, first)
    return {"settled_of_first_share": _share(entered, first), "first_low": low, "first_high": high}


def _medians(found: Attempts, parts: Sequence[Part], *, log: EventLog) -> NDArray[np.float64]:
    """Return the median hours from the required stage before, over the settled attempts that passed both."""
    medians = np.full((len(parts), len(found.plan.required) + len(found.plan.optional)), np.nan)
    for position in range(medians.shape[1]):
        units, steps = found.steps_to(position)
        for first, n_groups in _segments(parts) if len(units) else ():
            sizes, lower, upper = np.zeros((3, n_groups), dtype=np.int64)
            middles(units, steps, _groups_of(parts[first], 1), parts[first].members[1], sizes, lower, upper)
            middle = np.where(sizes > 0, (lower + upper) / 2, np.nan)
            medians[first : first + n_groups, position] = middle * NANOSECONDS_IN[log.store.unit] / _HOUR
    return medians


def _previous(counts: NDArray[Any], before: Sequence[int | None]) -> NDArray[Any]:
    previous = counts[:, [k or 0 for k in before]].astype(float)
    previous[:, [k is None for k in before]] = np.nan
    return previous


def _but_last(counts: NDArray[Any]) -> NDArray[Any]:
    cut = counts.astype(float)
    cut[:, -1] = np.nan
    return cut


def _share(part: NDArray[Any], whole: Any) -> NDArray[Any]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(part, dtype=float) / np.asarray(whole, dtype=float)
    return np.where(np.isfinite(share), share, np.nan)


def _whole_numbers(column: NDArray[Any]) -> IntegerArray:
    missing = np.isnan(column)
    return IntegerArray(np.where(missing, 0, column).astype(np.int64), missing)
