"""How many customers come back, period after period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from journeymap.analyses.pushing import pushed
from journeymap.analyses.retention_table import scope_of, table_of
from journeymap.analyses.showing import Told
from journeymap.analyses.splitting import (
    EVERYBODY,
    beyond_data_end,
    checked,
    checked_log,
    checked_number,
    entry_bounds,
    instants,
    members,
)
from journeymap.counting.calendar import checked_unit
from journeymap.counting.returns import cells, returned, started
from journeymap.errors import DefinitionError
from journeymap.events.warehouse.log import WarehouseLog
from journeymap.journeys import Segment, Stage
from journeymap.rules import Rule, contains_customers, reads_until_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from journeymap.analyses.scope import Scope
    from journeymap.events.log import EventLog

Counted = Literal["on", "on or after"]


@dataclass(frozen=True, eq=False)
class Retention(Told):
    """The answer of :func:`retention`.

    Attributes
    ----------
    table
        One row per segment, cohort and period: `segment`; `cohort`, when the calendar period begins in which these customers
        started; `period`, how many periods later, 0 the one of the start; `customers` of the cohort; `returned`, how many of
        them came back in that period (all of them in period 0); `share` of the customers, with its 95 % interval `low` to
        `high`; `complete`, whether the period was over when the data ended. Periods that had not begun have no row.
    scope
        Who was counted, when and under which rules.
    notes
        What the reader must know.
    """

    table: pd.DataFrame
    scope: Scope
    notes: tuple[str, ...]
    start: Rule
    back: Rule
    unit: str
    periods: int
    counted: Counted
    segments: tuple[Segment, ...]
    log: EventLog | WarehouseLog = field(repr=False)


def retention(
    log: EventLog | WarehouseLog,
    /,
    *,
    start: Rule | Stage,
    back: Rule | Stage,
    unit: str = "week",
    periods: int = 12,
    counted: Counted = "on",
    segments: Sequence[Segment] = (),
    period: Sequence[Any] | None = None,
) -> Retention:
    """Count how many customers come back after their first start, by calendar periods in the zone of reports.

    A customer belongs to the cohort of the calendar period in which the first start of the period lies, and counts once in
    each cell. Weeks begin on Monday.

    Parameters
    ----------
    start, back
        The events that begin, and those that are a return: a condition or a stage.
    unit
        ``"hour"``, ``"day"``, ``"week"`` or ``"month"``.
    periods
        How many periods after the start, 1 to 400.
    counted
        ``"on"``: who returned in that period; ``"on or after"``: who returned in it or in a later one.
    segments
        Up to six; none is everybody.
    period
        Two dates or moments, half-open in the zone of reports. They bound the start.

    Returns
    -------
    Retention

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> days = ["2026-01-05", "2026-01-13", "2026-01-06", "2026-01-20"]
    >>> frame = pd.DataFrame({"who": ["a", "a", "b", "b"], "what": ["buy"] * 4, "when": days})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> found = jm.retention(log, start=jm.event("buy"), back=jm.event("buy"))
    >>> found.table[["period", "customers", "returned", "complete"]].values.tolist()
    [[0, 2, 2, True], [1, 2, 1, True], [2, 2, 1, False]]
    """
    checked_number("periods", periods, least=1, most=400)
    if counted not in ("on", "on or after"):
        raise DefinitionError(
            f"counted={counted!r} is not known.", right="on, or on or after.", fix='counted="on"'
        )
    asked: dict[str, Any] = {
        "start": _rule(start, "start"),
        "back": _rule(back, "back"),
        "unit": checked_unit(unit),
        "periods": periods,
        "counted": counted,
        "segments": checked(segments),
    }
    for segment in asked["segments"]:
        if reads_until_entry(segment.rule):
            raise DefinitionError(
                f'Segment {segment.name} reads until="entry", which a start is not.', right="Take it away."
            )
    if isinstance(log, WarehouseLog):
        return pushed("retention", log, period=period, **asked)
    checked_log(log)
    return _retention(log, period=period, **asked)


def _retention(
    log: EventLog,
    *,
    start: Rule,
    back: Rule,
    unit: Any,
    periods: int,
    counted: Counted,
    segments: tuple[Segment, ...],
    period: Sequence[Any] | None,
) -> Retention:
    bounds = instants(log, period)
    cohort = started(log, start, unit=unit, period=entry_bounds(log, bounds))
    found = returned(log, back, cohort, unit=unit, last_only=counted == "on or after")
    nobody = np.full(len(cohort), -1, dtype=np.int64)
    masks = {
        EVERYBODY if segment is None else segment.name: members(log, segment, at=log.visible.at, entry=nobody)
        for segment in segments or (None,)
    }
    table = table_of(cells(cohort, found, masks), log, unit=unit, periods=periods, counted=counted, tick=1)
    everybody = np.logical_or.reduce(list(masks.values())) & (cohort >= 0)
    asked = (start, back, unit, periods, counted, segments, bounds)
    scope = scope_of(log, int(everybody.sum()), asked)
    notes = (*beyond_data_end(log, bounds), *log.notes)
    return Retention(table, scope, notes, start, back, unit, periods, counted, segments, log)


def _rule(given: Rule | Stage, name: str) -> Rule:
    rule = given.rule if isinstance(given, Stage) else given
    if not isinstance(rule, Rule) or contains_customers(rule):
        raise DefinitionError(
            f"{name}={given!r} does not say which events.",
            right="A condition of jm.event, or a stage.",
            fix=f'{name}=jm.event("purchase")',
        )
    return rule
