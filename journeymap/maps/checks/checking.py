"""The checks: the nine common mistakes of journey maps and ten more, read from the document and from data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from journeymap.analyses.pushing import check_read
from journeymap.analyses.splitting import checked_log
from journeymap.errors import DefinitionError
from journeymap.events.held import Held
from journeymap.maps.checks import (
    assumptions,
    channels,
    data,
    extras,
    feelings,
    freshness,
    goals,
    kinds,
    lifecycle,
    order,
    personas,
    privacy,
    references,
    size,
    validation,
)
from journeymap.maps.checks.case import Case, called
from journeymap.maps.checks.findings import Finding, Findings, plain, waived
from journeymap.maps.checks.limits import Limits
from journeymap.maps.measurements import Measurements

if TYPE_CHECKING:
    from journeymap.events.log import EventLog
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.feedback.reading import Feedback

__all__ = ["Finding", "Findings", "Limits", "check"]

RULES = (
    assumptions,
    order,
    lifecycle,
    personas,
    size,
    channels,
    feelings,
    validation,
    freshness,
    goals,
    extras,
    kinds,
    privacy,
    references,
)
"""Each has `told`, which reads the document, and `measured`, which reads what data tells."""

MOST_MASKS = 48
"""How many rules' events are kept while a map is checked."""


def check(
    journey_map: JourneyMap,
    /,
    *,
    log: EventLog | None = None,
    feedback: Feedback | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
    baseline: JourneyMap | Measurements | None = None,
) -> Findings:
    """Say what is wrong with a map: with the document, and, where there is data, with what it claims.

    The document is always checked. What was measured (the map's measurements, else what the log and the feedback give now) is
    held against the claims; the log itself is asked what the map leaves out.

    Parameters
    ----------
    log, feedback
        The data. Without a log only the document and its measurements are checked.
    today
        The day to judge by; the present one if not given.
    limits
        The thresholds.
    baseline
        An earlier state: the map whose measurements are the snapshot that drift is told from, or of a future map that of today.

    Returns
    -------
    Findings

    Examples
    --------
    >>> import journeymap as jm
    >>> found = check(jm.JourneyMap("Shop", stages=["See"], steps=[jm.Step("I look", stage="sea")]))
    >>> print(found.at_least("error")[1].sentence)
    "I look" refers to 'sea' (stage), which is not among the stages of the map.
    """
    if isinstance(baseline, Measurements):
        baseline = replace(journey_map, measurements=baseline)
    today = today or dt.datetime.now(tz=dt.UTC).date()
    if not _is_of_today(journey_map):
        log = feedback = None
    if log is not None:
        check_read(log, "check")
        checked_log(log)
        log = replace(log, held=Held(most=MOST_MASKS))  # what is worked out here is let go with it
    read, why_not = measured_now(journey_map, log, feedback, today=today)
    case = Case(read, today, limits or Limits(), log, feedback, baseline, why_not)
    found = [finding for rule in RULES for finding in rule.told(case)]
    if _is_of_today(journey_map) and (read.measurements is not None or log is not None):
        found += [finding for rule in RULES for finding in rule.measured(case)]
    names = {part_id: plain(called(part)) for part_id, part in journey_map.parts.items()}
    return Findings(
        tuple(waived(found, journey_map.waivers, today=today)),
        assumptions.coverage(case),
        plain(journey_map.title),
        names,
        tuple(_unchecked(case)),
    )


def measured_now(
    journey_map: JourneyMap, log: EventLog | None, feedback: Feedback | None, *, today: dt.date
) -> tuple[JourneyMap, str]:
    """Return the map with its measurements, measured now if it has none; and why it could not be measured."""
    if log is None or data.unreadable(log, journey_map):
        return journey_map, ""
    try:
        if journey_map.measurements is None and journey_map.journey is not None:
            midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
            return journey_map.measure(log, feedback, at=midnight), ""
    except DefinitionError as error:
        return journey_map, error.wrong
    return journey_map, ""


def _is_of_today(journey_map: JourneyMap) -> bool:
    return journey_map.kind != "future_state"


def _unchecked(case: Case) -> list[str]:
    """Say what was left out for want of data."""
    if not _is_of_today(case.journey_map):
        return [
            "A map of the future is not held against what customers do today: only the document was checked."
        ]
    notes = []
    if case.log is None:
        notes.append(
            "No events were given: order, channels, customers without a persona and events without a place were not checked."
            if case.journey_map.measurements is not None
            else "Only the document was checked; with events its claims are held against what customers did."
        )
    if case.log is not None and case.journey_map.measurements is None:
        notes.append("Nothing could be measured: at least two stages need a milestone that the log can tell.")
    if case.feedback is None and case.log is not None:
        notes.append("No feedback was given: themes of comments, and who answered, were not checked.")
    if case.baseline is None and (case.log is not None or case.journey_map.measurements is not None):
        notes.append("No earlier state was given: nothing is said of drift.")
    return notes
