"""What a funnel says of itself: its scope and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.funnel_parts import whole
from journeymap.analyses.funnel_words import beginning, of_order, of_stages, one_of, unit_of
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.splitting import EVERYBODY, reading_of
from journeymap.counting.units import n_units
from journeymap.durations import in_words
from journeymap.errors import counted
from journeymap.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts
    from journeymap.counting.contract import Counting
    from journeymap.counting.search import Best
    from journeymap.events.log import EventLog
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey, Segment, Stage

FEW = 30


def scope_of(
    log: EventLog,
    journey: Journey,
    parts: Sequence[Part],
    found: Attempts,
    *,
    segments: tuple[Segment, ...],
    by: str | None,
    period: tuple[int, int] | None,
    counting: Counting,
) -> Scope:
    """Say who was counted, when and under which rules."""
    everybody = whole(EVERYBODY, parts)
    return written_scope(
        log,
        journey,
        counted=_entered(found.overall, everybody.counted),
        of=_out_of(log, counting, found),
        settled=_entered(found.settled, everybody.settled),
        removed=[_removed(found.removed, counting)] if found.removed else [],
        segments=segments,
        by=by,
        period=period,
        counting=counting,
    )


def _entered(best: Best, units: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero((best.depth > 0) & units))


def written_scope(
    log: EventLog | WarehouseLog,
    journey: Journey,
    *,
    counted: int,
    of: int,
    settled: int,
    removed: Sequence[str],
    segments: tuple[Segment, ...],
    by: str | None,
    period: tuple[int, int] | None,
    counting: Counting,
) -> Scope:
    """Write the scope of a funnel from its numbers.

    Parameters
    ----------
    removed
        What to say of those who were removed, nothing if nobody was.
    """
    broken = [f"Broken down by {by}{_where_read(by, log, counting)}."] if by else []
    begin, end = seen_period(log, period)
    return Scope(
        what=f"Entered {beginning(journey, counting)}",
        counted=counted,
        of=of,
        unit=unit_of(counting),
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            *counting.sentences,
            *of_stages(journey),
            *reading_of(segments),
            *broken,
            *removed,
            *_rates(settled, counting),
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(journey, segments, by, period, counting, log.filters),
        data=log.fingerprint,
    )


def _where_read(by: str, log: EventLog | WarehouseLog, counting: Counting) -> str:
    if by in log.attribute_names:
        return ""
    named = {
        "entry": " at entry",
        "first": ", first value of the attempt",
        "last": ", last value of the attempt",
    }
    return named.get(counting.breakdown, f" at {counting.breakdown}")


def _out_of(log: EventLog, counting: Counting, found: Attempts) -> int:
    return len(found.overall.depth) if counting.attempts == "every" else n_units(log, counting)


def _rates(settled: int, counting: Counting) -> list[str]:
    if not counting.settles:
        return ["No window, so no rate."]
    whose = (
        "Rates use all who entered."
        if counting.open == "left"
        else f"{settled:,} settled; rates use these only."
    )
    return [whose, "Intervals 95 %: Wilson."]


def _removed(number: int, counting: Counting) -> str:
    unit = unit_of(counting)
    who = counted(number, f"{one_of(unit)} was", f"{unit} were")
    return f"In the whole log {who} removed by an exclusion."


def notes_of(
    log: EventLog | WarehouseLog,
    journey: Journey,
    sought: Sequence[Stage],
    unseen: Sequence[int],
    table: pd.DataFrame,
    counting: Counting,
) -> tuple[str, ...]:
    """Say what the reader must know of the counts and of the log.

    Parameters
    ----------
    sought
        Stages of the journey, then excluded events, as :class:`~journeymap.counting.plan.Plan` has them.
    unseen
        The places of those that no event matches.
    """
    notes = [
        f"Stage {sought[place].name} matches no event of the log."
        if place < len(journey.stages)
        else f"No event of the log is excluded by {words_of(sought[place].rule)}."
        for place in unseen
    ]
    if counting.settles and (table["settled_share"].notna() & (table["settled"] < FEW)).any():
        became = "have entered" if counting.open == "left" else "are settled"
        notes.append(f"Where fewer than {FEW} {unit_of(counting)} {became}, the rates are uncertain.")
    if counting.settles and table["customers"].sum() and not (table["settled"].fillna(0) > 0).any():
        whole_of = (
            "session" if counting.window in (None, "session") else f"window of {in_words(counting.window)}"
        )
        notes.append(f"No entry has had its whole {whole_of} yet, so there is no rate.")
    ended = int(table["excluded"].fillna(0).sum())
    if ended:
        notes.append(f"An excluded event ended the attempt of {ended:,} of those who left.")
    return (*of_order(journey, counting), *notes, *log.notes)
