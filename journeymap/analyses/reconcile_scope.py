"""What a reconciliation says of itself: its scope and its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.analyses.funnel_words import beginning, of_order, one_of, unit_of
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.splitting import beyond_data_end
from journeymap.counting.plan import plan_of
from journeymap.counting.stage_rows import never_seen
from journeymap.counting.units import n_units

if TYPE_CHECKING:
    from journeymap.analyses.reconcile_reasons import Count, Reasons
    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey


def scope_of(
    log: EventLog,
    journey: Journey,
    found: Reasons,
    a: Counting,
    b: Counting,
    *,
    period: tuple[int, int] | None,
    count: Count,
) -> Scope:
    """Say who was counted, when, and under which two sets of rules."""
    begin, end = seen_period(log, period)
    entered = (found.under_a | found.under_b).any(axis=0)
    begun = " or ".join(dict.fromkeys([beginning(journey, a), beginning(journey, b)]))
    what = "All entries so far." if count == "customers" else "Settled entries only."
    return Scope(
        what=f"Entered {begun} under a or b",
        counted=int(entered.sum()),
        of=n_units(log, a),
        unit=unit_of(a),
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            f"a: {' '.join(a.sentences)}",
            f"b: {' '.join(b.sentences)}",
            what,
            f"Each {one_of(unit_of(a))} has one reason: the last rule on the way from a to b that changes the stages entered.",
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash(journey, period, a, b, count, log.filters),
        data=log.fingerprint,
    )


def notes_of(
    log: EventLog,
    journey: Journey,
    a: Counting,
    b: Counting,
    *,
    count: Count,
    period: tuple[int, int] | None,
) -> tuple[str, ...]:
    """Say what the reader must know of the comparison and of the log."""
    sought = plan_of(journey, a).sought[: len(journey.stages)]
    notes = [f"Stage {sought[bit].name} matches no event of the log." for bit in never_seen(log, sought)]
    if a.represent != b.represent:
        notes.append("Which of equally good attempts represents a customer changes times, not these counts.")
    if a.open != b.open and count == "customers":
        notes.append(
            "Open entries are in both counts and part the rates only; settled entries can be compared too."
        )
    notes += dict.fromkeys([*of_order(journey, a), *of_order(journey, b)])
    return (*notes, *beyond_data_end(log, period), *log.notes)
