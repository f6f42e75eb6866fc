"""How much the conversion depends on the rules of the count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.analyses.funnel_words import beginning, of_order, unit_of
from journeymap.analyses.intervals import wilson
from journeymap.analyses.pushing import check_read
from journeymap.analyses.scope import Scope, definition_hash, seen_period
from journeymap.analyses.sensitivity_settings import Setting, settings_of
from journeymap.analyses.showing import Shown
from journeymap.analyses.splitting import beyond_data_end, checked_log, entry_bounds, instants
from journeymap.counting.attempts import attempts
from journeymap.counting.contract import Counting
from journeymap.counting.units import n_units
from journeymap.errors import DefinitionError, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journeymap.counting.attempts import Period
    from journeymap.events.log import EventLog
    from journeymap.journeys import Journey

OWN = "Each row counts the entries that are settled under its own rules; the longer the window, the fewer."
IN_SESSIONS = "The session gap is tried on the best attempt within one session."


@dataclass(frozen=True, eq=False)
class Sensitivity(Shown):
    """The answer of :func:`sensitivity`.

    Attributes
    ----------
    table
        One row per rule and value: `rule` ("window", "attempts", "session gap" or "ties"), `value` in words, `chosen` (whether
        it is what was chosen); `settled` customers, of whom `arrived` at the last stage, `arrived_share` with its 95 %
        interval `low` to `high` (Wilson). Missing where nobody is settled.
    scope
        Who was counted, when and under which rules.
    notes
        What the reader must know.
    settings
        The rules of each row.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    journey: Journey
    counting: Counting
    log: EventLog = field(repr=False)
    settings: tuple[Setting, ...] = field(repr=False)


def sensitivity(
    log: EventLog,
    journey: Journey,
    /,
    *,
    counting: Counting | None = None,
    period: Sequence[Any] | None = None,
) -> Sensitivity:
    """Count the settled share that gets from the first stage to the last with one rule changed at a time.

    Tried are window lengths around the chosen one, attempt rules, session gaps from 10 minutes to 4 hours, and ways to
    take events of about one instant. Each number is that of a funnel with these rules.

    Parameters
    ----------
    counting
        The chosen rules; None is the default.
    period
        Two dates or moments, half-open in the zone of reports.

    Returns
    -------
    Sensitivity

    Raises
    ------
    DefinitionError
        If the chosen rules make no such share: without a second stage, or where an attempt may begin at any stage; or if the
        log stays in its engine (:func:`journeymap.connect`).

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-05", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when", complete_to="2026-04-01")
    >>> journey = jm.Journey("Shop", stages=[jm.Stage("See", jm.event("see")), jm.Stage("Buy", jm.event("buy"))])
    >>> found = jm.sensitivity(log, journey).table
    >>> found[found["rule"] == "window"].set_index("value")["arrived_share"].dropna().to_dict()
    {'1 day': 0.0, '3 days': 0.0, '7 days': 0.5, '14 days': 0.5, '30 days': 0.5, '60 days': 0.5, '90 days': 0.5}
    """
    check_read(log, "sensitivity")
    checked_log(log)
    counting = counting or Counting()
    _check(journey, counting)
    bounds = instants(log, period)
    entered = entry_bounds(log, bounds)
    _settled(log, journey, counting, entered)
    tried, refused = [], []
    for setting in settings_of(log, counting):
        try:
            tried.append((setting, *_settled(setting.log, journey, setting.counting, entered)))
        except DefinitionError:
            refused.append(f"{setting.rule} {setting.value}")
    notes = [f"Not with this journey: {listing(refused)}."] if refused else []
    notes += [OWN] if counting.in_sessions else [OWN, IN_SESSIONS]
    settings = tuple(setting for setting, *_ in tried)
    return Sensitivity(
        _table(tried),
        _scope(
            log,
            journey,
            counting,
            bounds,
            ways=len({(one.log.session_gap, one.counting) for one in settings}),
        ),
        (*notes, *of_order(journey, counting), *beyond_data_end(log, bounds), *log.notes),
        journey,
        counting,
        log,
        settings,
    )


def _check(journey: Journey, counting: Counting) -> None:
    if len(journey.stages) < 2:
        raise DefinitionError(
            f"{journey.name} has one stage, so there is no share that arrives.", right="It takes two stages."
        )
    if counting.entry == "any stage":
        raise DefinitionError(
            "Where an attempt may begin at any stage, there is no share of the first stage.",
            right="Let attempts begin at the first stage.",
            fix='jm.Counting(entry="first stage")',
        )


def _settled(log: EventLog, journey: Journey, counting: Counting, period: Period) -> tuple[int, int]:
    """Return how many are settled, and how many of them arrived at the last stage; nobody where nothing settles."""
    found = attempts(log, journey, counting=counting, period=period)
    if not counting.settles:
        return 0, 0
    last = len(journey.stages) - 1
    return int(found.entered(found.settled, 0).sum()), int(found.entered(found.settled, last).sum())


def _table(tried: list[tuple[Setting, int, int]]) -> pd.DataFrame:
    settled, arrived = (np.array([row[place] for row in tried], dtype=np.int64) for place in (1, 2))
    low, high = wilson(arrived, settled)
    return pd.DataFrame(
        {
            "rule": pd.Series([setting.rule for setting, *_ in tried], dtype="str"),
            "value": pd.Series([setting.value for setting, *_ in tried], dtype="str"),
            "chosen": [setting.chosen for setting, *_ in tried],
            "settled": settled,
            "arrived": arrived,
            "arrived_share": arrived / np.where(settled > 0, settled, np.nan),
            "low": low,
            "high": high,
        }
    )


def _scope(
    log: EventLog, journey: Journey, counting: Counting, period: tuple[int, int] | None, *, ways: int
) -> Scope:
    begin, end = seen_period(log, period)
    found = attempts(log, journey, counting=counting, period=entry_bounds(log, period))
    every = counting.attempts == "every"
    return Scope(
        what=f"Entered {beginning(journey, counting)}",
        counted=int((found.overall.depth > 0).sum()),
        of=len(found.overall.depth) if every else n_units(log, counting),
        unit=unit_of(counting),
        begin=begin,
        end=end,
        timezone=log.timezone,
        complete_to=log.moment(log.data_end),
        rules=(
            f"Chosen: {' '.join(counting.sentences)}",
            f"Counted in {ways} ways, one rule changed at a time.",
            "Settled only; intervals 95 %: Wilson.",
        ),
        filters=tuple(map(str, log.filters)),
        definition=definition_hash("sensitivity", journey, period, counting, log.filters),
        data=log.fingerprint,
    )
