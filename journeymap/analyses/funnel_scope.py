"""What a funnel says of itself: its scope and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.funnel_parts import whole
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.splitting import EVERYBODY, reading_of
from journeymap.counting.stage_rows import never_seen
from journeymap.durations import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.analyses.funnel_parts import Part
    from journeymap.counting.attempts import Attempts
    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey, Segment

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
    settled = int((found.settled_depth[everybody.settled] > 0).sum())
    rates = (
        [f"{settled:,} settled; rates use these only.", "Intervals 95 %: Wilson."]
        if counting.window
        else ["No window, so no rate."]
    )
    read = reading_of(segments)
    broken = [f"Broken down by {by}{'' if by in log.attributes else ' at entry'}."] if by else []
    begin, end = seen_period(log, period)
    return Scope(
        what=f"Entered {journey.stages[0].name}",
        counted=int((found.depth[everybody.counted] > 0).sum()),
        of=log.n_customers,
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(*counting.sentences, *read, *broken, *rates),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(journey, segments, by, period, counting, log.filters),
        data=log.store.fingerprint,
    )


def notes_of(log: EventLog, journey: Journey, table: pd.DataFrame, counting: Counting) -> tuple[str, ...]:
    """Say what the reader must know of the counts and of the log."""
    empty = never_seen(log, journey.stages)
    notes = [f"Stage {journey.stages[position].name} matches no event of the log." for position in empty]
    if counting.window and (table["settled_share"].notna() & (table["settled"] < FEW)).any():
        notes.append(f"Where fewer than {FEW} customers are settled, the rates are uncertain.")
    if counting.window and table["customers"].sum() and not (table["settled"].fillna(0) > 0).any():
        notes.append(
            f"No entry has had its whole window of {in_words(counting.window)} yet, so there is no rate."
        )
    return (*notes, *log.notes)
