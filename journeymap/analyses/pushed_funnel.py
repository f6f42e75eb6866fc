"""The funnel of a log that stays in its engine: the same table, from sums that the engine made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd

from journeymap.analyses.funnel import Funnel
from journeymap.analyses.funnel_scope import FEW
from journeymap.analyses.funnel_table import RATES, typed
from journeymap.analyses.intervals import wilson
from journeymap.analyses.pushed_scope import data_hash, late_events, said_of_log
from journeymap.analyses.scope import Scope, definition_hash
from journeymap.analyses.splitting import (
    EVERYBODY,
    NOT_SET,
    OTHER,
    as_text,
    checked,
    checked_number,
    instants,
    reading_of,
    told_apart,
)
from journeymap.counting.contract import Counting
from journeymap.counting.pushdown.attempts import attempts
from journeymap.counting.pushdown.refusing import refused
from journeymap.counting.pushdown.tallies import ANY_SEGMENT, Values, in_segments, tallies, values_at_entry
from journeymap.counting.pushdown.units import n_units
from journeymap.durations import in_words
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.counting.pushdown.stage_events import Seen
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey, Segment

_HOUR = 3_600_000_000


@dataclass(frozen=True)
class PushedPart:
    """The name of one segment and one group."""

    segment: str
    group: str | None


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
    bounds = instants(log, period)  # type: ignore[arg-type]
    found = attempts(log, journey, counting=counting, period=bounds, by=by)
    values = None if by is None else values_at_entry(found.rows, by, top=top)
    counts = tallies(in_segments(found.rows, log, segments), len(journey.stages), by=by, values=values)
    groups = _groups(values)
    names = [segment.name for segment in segments] or [EVERYBODY]
    parts = [PushedPart(name, group) for name in names for group in groups.values()]
    table = pd.concat(
        [
            _rows(_sums(counts, i, place, len(journey.stages)), PushedPart(name, group), journey, counting)
            for i, name in enumerate(names)
            for place, group in groups.items()
        ],
        ignore_index=True,
    )
    whole = counts[counts["jm_segment"] == (ANY_SEGMENT if len(segments) > 1 else 0)]
    scope = _scope(log, journey, whole, segments=segments, by=by, period=bounds, counting=counting)
    return PushedFunnel(
        typed(table),
        scope,
        (*late_events(log, bounds), *_notes(log, journey, found.seen, table, counting)),
        journey,
        segments,
        by,
        counting,
        log,  # type: ignore[arg-type]
        tuple(parts),  # type: ignore[arg-type]
        None,  # type: ignore[arg-type]
        bounds,
    )


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


def _sums(counts: pd.DataFrame, segment: int, group: int, n_stages: int) -> dict[str, np.ndarray[Any, Any]]:
    """Return each sum of a part for all stages, 0 where the engine counted nothing, and the middle gaps in hours."""
    row = counts[(counts["jm_segment"] == segment) & (counts["jm_group"] == group)]
    sums = {
        name: np.array([int(row[f"{name}_{k}"].sum()) for k in range(1, n_stages + 1)])
        for name in ("entered", "open", "barred", "settled")
    }
    middle = [np.nan] * n_stages
    for k in range(2, n_stages + 1):
        if len(row) and pd.notna(row[f"low_{k}"].iloc[0]):
            middle[k - 1] = (int(row[f"low_{k}"].iloc[0]) + int(row[f"high_{k}"].iloc[0])) / 2 / _HOUR
    return sums | {"median_hours": np.array(middle)}


def _rows(
    sums: dict[str, np.ndarray[Any, Any]], part: PushedPart, journey: Journey, counting: Counting
) -> pd.DataFrame:
    """Write the counts of a part as :attr:`Funnel.table` has them."""
    entered, settled = sums["entered"], sums["settled"]
    moved_on, settled_moved_on = _next(entered), _next(settled)
    columns: dict[str, Any] = {"segment": part.segment, "group": part.group}
    columns |= {"stage": journey.stage_names, "position": np.arange(1, len(entered) + 1)}
    columns |= {"customers": entered, "moved_on": moved_on}
    columns |= {
        "left": entered - moved_on - sums["open"],
        "still_open": _but_last(sums["open"]),
        "excluded": _but_last(sums["barred"]),
    }
    columns |= {"share_of_first": _share(entered, entered[0])}
    columns |= {"share_of_previous": _share(entered, np.append(np.nan, entered[:-1]))}
    if counting.settles:
        low, high = wilson(settled_moved_on, settled)
        first_low, first_high = wilson(settled, settled[0])
        rates = (settled, settled_moved_on, _share(settled_moved_on, settled), low, high)
        columns |= dict(zip(RATES, (*rates, _share(settled, settled[0]), first_low, first_high), strict=True))
    else:
        columns |= dict.fromkeys(RATES, np.nan)
    return pd.DataFrame(columns | {"median_hours": sums["median_hours"]})


def _next(counts: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.append(counts[1:].astype(float), np.nan)


def _but_last(counts: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.append(counts[:-1].astype(float), np.nan)


def _share(part: np.ndarray[Any, Any], whole: Any) -> np.ndarray[Any, Any]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(part, dtype=float) / np.asarray(whole, dtype=float)
    return np.where(np.isfinite(share), share, np.nan)


def _scope(
    log: WarehouseLog,
    journey: Journey,
    whole: pd.DataFrame,
    *,
    segments: tuple[Segment, ...],
    by: str | None,
    period: tuple[int, int] | None,
    counting: Counting,
) -> Scope:
    settled, removed = int(whole["settled_1"].sum()), int(whole["removed"].sum())
    rates = (
        [f"{settled:,} settled; rates use these only.", "Intervals 95 %: Wilson."]
        if counting.settles
        else ["No window, so no rate."]
    )
    where_read = "" if by in log.attribute_names else " at entry"
    broken = [f"Broken down by {by}{where_read}."] if by else []
    left_out = [f"{removed:,} removed by an exclusion."] if removed else []
    return Scope(
        what=f"Entered {journey.stages[0].name}",
        counted=int(whole["entered_1"].sum()),
        of=n_units(log, counting),
        unit="customers" if counting.unit == "customer" else f"values of {counting.unit}",
        rules=(*counting.sentences, *reading_of(segments), *broken, *left_out, *rates),
        definition=definition_hash(journey, segments, by, period, counting, log.filters),
        **said_of_log(log, period),
        data=data_hash(log),
    )


def _notes(
    log: WarehouseLog, journey: Journey, found: Seen, table: pd.DataFrame, counting: Counting
) -> tuple[str, ...]:
    stages = len(journey.stages)
    notes = [
        f"Stage {journey.stages[i].name} matches no event of the log."
        if i < stages
        else f"No event of the log is excluded by {words_of(counting.exclude[i - stages].rule)}."
        for i, events in enumerate(found.events)
        if not events
    ]
    if counting.settles and (table["settled_share"].notna() & (table["settled"] < FEW)).any():
        notes.append(f"Where fewer than {FEW} customers are settled, the rates are uncertain.")
    if counting.settles and table["customers"].sum() and not (table["settled"].fillna(0) > 0).any():
        notes.append(
            f"No entry has had its whole window of {in_words(str(counting.window))} yet, so there is no rate."
        )
    return (*notes, *log.notes)
