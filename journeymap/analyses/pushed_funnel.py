"""The funnel of a log that stays in its engine: the same table, from sums that the engine made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd

from journeymap.analyses.funnel import Funnel
from journeymap.analyses.funnel_scope import notes_of, written_scope
from journeymap.analyses.funnel_table import Tallies, written
from journeymap.analyses.splitting import (
    EVERYBODY,
    NOT_SET,
    OTHER,
    as_text,
    beyond_data_end,
    checked,
    checked_number,
    instants,
    told_apart,
)
from journeymap.counting.contract import Counting
from journeymap.counting.plan import plan_of
from journeymap.counting.pushdown.attempts import attempts
from journeymap.counting.pushdown.refusing import refused
from journeymap.counting.pushdown.tallies import (
    ANY_SEGMENT,
    GROUP,
    SEGMENT,
    Values,
    in_segments,
    tallies,
    values_at_entry,
)
from journeymap.counting.pushdown.units import n_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey, Segment

_HOUR = 3_600_000_000


@dataclass(frozen=True)
class PushedPart:
    """One segment and one group: what they are called, and their places in the counts."""

    segment: str
    group: str | None
    places: tuple[int, int]


@dataclass(frozen=True, eq=False)
class PushedFunnel(Funnel):
    """A funnel whose customers stay in their engine."""

    def customers(self, **_: Any) -> NoReturn:
        """Refuse the list: only counts leave the engine."""
        raise refused("The list of customers behind a number", self.log.engine)  # type: ignore[attr-defined]

    def did_next(self, **_: Any) -> NoReturn:
        """Refuse the list: only counts leave the engine."""
        raise refused("What customers did next", self.log.engine)  # type: ignore[attr-defined]

    def customers_who_did_next(self, _event: str, /, **_: Any) -> NoReturn:
        """Refuse the list: only counts leave the engine."""
        raise refused("What customers did next", self.log.engine)  # type: ignore[attr-defined]


def pushed_funnel(
    log: WarehouseLog,
    journey: Journey,
    /,
    *,
    segments: Sequence[Segment],
    by: str | None,
    period: Sequence[Any] | None,
    counting: Counting | None,
    top: int,
) -> PushedFunnel:
    """Count a funnel inside the engine; see :func:`journeymap.funnel`."""
    checked_number("top", top, least=1, most=10_000)
    counting, segments = counting or Counting(), checked(segments)
    bounds = instants(log, period)
    found = attempts(log, journey, counting=counting, period=bounds, by=by)
    values = None if by is None else values_at_entry(found.rows, by, top=top)
    counts = tallies(in_segments(found.rows, log, segments), len(journey.stages), by=by, values=values)
    groups = _groups(values)
    parts = _parts(segments, groups)
    n_stages = len(journey.stages)
    overall, settled = (_tallies(counts, parts, n_stages, which=which) for which in ("entered", "settled"))
    before = [None, *range(n_stages - 1)]
    medians = _medians(counts, parts, n_stages)
    table = written(parts, journey, overall, settled, medians, before=before, counting=counting)
    whole = counts[counts[SEGMENT] == (ANY_SEGMENT if len(segments) > 1 else 0)]
    removed = int(whole["removed"].sum())
    scope = written_scope(
        log,
        journey,
        counted=int(whole["entered_1"].sum()),
        of=n_units(log, counting),
        settled=int(whole["settled_1"].sum()),
        removed=[f"{removed:,} removed by an exclusion."] if removed else [],
        segments=segments,
        by=by,
        period=bounds,
        counting=counting,
    )
    unseen = [place for place, events in enumerate(found.seen.events) if not events]
    notes = notes_of(log, journey, plan_of(journey, counting).sought, unseen, table, counting)
    return PushedFunnel(
        table,
        scope,
        (*beyond_data_end(log, bounds), *notes),
        journey,
        segments,
        by,
        counting,
        log,  # type: ignore[arg-type]
        tuple(parts),  # type: ignore[arg-type]
        None,  # type: ignore[arg-type]
        bounds,
    )


def _parts(segments: Sequence[Segment], groups: dict[int, str | None]) -> list[PushedPart]:
    names = [segment.name for segment in segments] or [EVERYBODY]
    return [
        PushedPart(name, group, (segment, place))
        for segment, name in enumerate(names)
        for place, group in groups.items()
    ]


def _groups(values: Values | None) -> dict[int, str | None]:
    """Return what each group is called, by its place in the counts."""
    if values is None:
        return {0: None}
    shown = [told_apart(as_text(value), ours=(OTHER, NOT_SET)) for value in values.shown]
    named: dict[int, str | None] = dict(enumerate(shown))
    if values.others:
        named[len(shown)] = OTHER
    if values.missing or not named:
        named[len(shown) + 1] = NOT_SET
    return named


def _tallies(counts: pd.DataFrame, parts: Sequence[PushedPart], n_stages: int, *, which: str) -> Tallies:
    """Take the counts of all entries ("entered") or of the settled ones ("settled") as a funnel has them."""
    entered = _sums(counts, parts, which, n_stages)
    moved_on = np.pad(entered[:, 1:], ((0, 0), (0, 1)))
    return Tallies(
        entered, moved_on, _sums(counts, parts, "open", n_stages), _sums(counts, parts, "barred", n_stages)
    )


def _sums(counts: pd.DataFrame, parts: Sequence[PushedPart], name: str, n_stages: int) -> NDArray[np.int64]:
    """Return a sum for each part and stage, 0 where the engine counted nothing."""
    columns = [f"{name}_{k}" for k in range(1, n_stages + 1)]
    return np.array([_of(counts, part)[columns].sum() for part in parts], dtype=np.int64)


def _medians(counts: pd.DataFrame, parts: Sequence[PushedPart], n_stages: int) -> NDArray[np.float64]:
    """Return the middle gap before each stage in hours, for each part."""
    medians = np.full((len(parts), n_stages), np.nan)
    for place, part in enumerate(parts):
        for row in _of(counts, part).to_dict("records"):
            for k in range(2, n_stages + 1):
                if pd.notna(row[f"low_{k}"]):
                    medians[place, k - 1] = (int(row[f"low_{k}"]) + int(row[f"high_{k}"])) / 2 / _HOUR
    return medians


def _of(counts: pd.DataFrame, part: PushedPart) -> pd.DataFrame:
    segment, group = part.places
    return counts[(counts[SEGMENT] == segment) & (counts[GROUP] == group)]
