"""What a flow says of itself: its scope and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.splitting import reading_of
from journeymap.durations import in_words
from journeymap.errors import counted

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.events.log import EventLog
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey, Segment


def scope_of(
    log: EventLog | WarehouseLog,
    journey: Journey | None,
    everybody: int,
    *,
    over: str,
    start: str | None,
    steps: int,
    top: int,
    segments: tuple[Segment, ...],
    period: tuple[int, int] | None,
) -> Scope:
    """Say who was counted (`everybody`, how many), when and under which rules."""
    begin, end = seen_period(log, period)
    things = {"stage": "stages", "event": "events"}.get(over, f"values of {over}")
    read = reading_of(segments)
    rules = [
        "First occurrence, whole history, adjacent repeats merged.",
        f"The {top} largest {things} of each column, the rest in (other).",
    ]
    return Scope(
        what=f"First {start}"
        if start
        else {"stage": "First stage", "event": "First event"}.get(over, f"First {over}"),
        counted=everybody,
        of=log.n_customers,
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            *rules,
            *read,
            "Every column adds up to the customers of its segment."
            if len(segments) > 1
            else f"Every column adds up to {everybody:,}.",
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(
            journey if over == "stage" else None, over, start, steps, top, segments, period, log.filters
        ),
        data=log.fingerprint,
    )


def notes_of(
    log: EventLog | WarehouseLog, nodes: pd.DataFrame, *, over: str, skipped: int, ties: int
) -> tuple[str, ...]:
    """Say what the reader must know of the flow and of the log.

    Parameters
    ----------
    skipped, ties
        How many events had no node, and how many pairs of one instant were put in order by their names.
    """
    recent, notes = int(nodes["recent"].sum()), []
    if recent:
        notes.append(
            counted(recent, "customer in (left) was", "customers in (left) were")
            + f" active in the last {in_words(log.session_gap)} before the data ends, and may come back."
        )
    if skipped:
        notes.append(
            counted(skipped, "event", "events")
            + (" of no stage" if over == "stage" else f" without {over}")
            + " skipped."
        )
    if ties:
        notes.append(
            counted(ties, "time", "times") + " two events of one instant were put in order by their names."
        )
    return (*notes, *log.notes)
