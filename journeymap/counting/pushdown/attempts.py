"""The attempts that represent each unit inside an engine: the best of all, and the best of the settled ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.counting.plan import plan_of
from journeymap.counting.pushdown.chains import Guard, chained, reached, with_depth
from journeymap.counting.pushdown.refusing import check_counting, refused
from journeymap.counting.pushdown.stage_events import Seen, seen, stage_events
from journeymap.events.warehouse.instants import in_order_of_letters
from journeymap.events.warehouse.selecting import AT, CUSTOMER, EVENT, one_if

if TYPE_CHECKING:
    from journeymap.counting.contract import Counting
    from journeymap.events.warehouse.log import WarehouseLog
    from journeymap.journeys import Journey

Period = tuple[int, int]


@dataclass(frozen=True)
class Pushed:
    """Attempts that wait in an engine.

    Attributes
    ----------
    rows
        One row for each attempt that represents a unit: `jm_customer`, when it reached each stage, `depth`, `barred`, and 0
        or 1: `overall` (it represents the unit), `settled` (it does so among settled entries), `still_open` and
        `removed` (of the unit).
    seen
        How many events each stage and each exclusion has.
    """

    rows: Any
    seen: Seen


def attempts(
    log: WarehouseLog,
    journey: Journey,
    *,
    counting: Counting,
    period: Period | None = None,
    by: str | None = None,
) -> Pushed:
    """Compile the search for the attempts of each unit.

    Parameters
    ----------
    period
        Entries lie in [from, to), in microseconds; without one they reach up to the data end.
    by
        A column whose value at the entry is wanted.
    """
    check_counting(journey, counting, log.engine)
    plan_of(journey, counting)
    rules = [stage.rule for stage in journey.stages] + [one.rule for one in counting.exclude]
    for rule in rules:
        log.check_properties(rule)
    guards = _guards(journey, counting)
    unit = CUSTOMER if counting.unit == "customer" else counting.unit
    for column in (*counting.same, *([unit] if unit != CUSTOMER else []), *([by] if by else [])):
        log.check_property(column)
    found = seen(log.rows, rules, log.engine)
    _check_reuse(counting, found, log.engine)
    order = _order_of_ties(log, by, unit)
    events = stage_events(
        log.rows,
        rules,
        log.engine,
        apart=found.most_rules <= 1,
        keep=list(dict.fromkeys([unit, *counting.same, *order, *([by] if by else [])])),
    )
    end = log.data_end + 1 if period is None else period[1]
    if counting.bounds == "all":
        events = events.filter(events[AT] < end)
    events = events.filter(*(events[name].notnull() for name in (unit, *counting.same)))
    within, together = [unit, *counting.same], counting.ties == "either"
    n_stages = len(journey.stages)
    entries = chained(events, n_stages, within=within, ties=together, guards=guards)
    entries = entries.filter(entries[AT] < end)
    if period is not None:
        entries = entries.filter(entries[AT] >= period[0])
    window = None if counting.window is None else log.length(counting.window)
    entries = with_depth(entries, n_stages, window=window, guards=guards)
    until = settled_until(log, counting, period)
    return Pushed(_representing(entries, unit, order, log.engine, counting, until), found)


def settled_until(log: WarehouseLog, counting: Counting, period: Period | None) -> int | None:
    """Return the last instant at which an entry is settled; None if every entry is."""
    whole = counting.bounds == "all" and period is not None and period[1] - log.tick <= log.data_end
    if counting.open == "left" or whole or counting.window is None:
        return None
    return log.data_end - log.length(counting.window)


def _representing(
    entries: Any, unit: str, order: list[str], engine: str, counting: Counting, until: int | None
) -> Any:
    entered = entries[reached(1)]
    is_settled = ibis.literal(1, type="int64") if until is None else one_if(entered <= until)
    entries = entries.mutate(
        of_settled=is_settled,
        first_entry=entered.min().over(group_by=unit),
        last_entry=entered.max().over(group_by=unit),
    )
    if counting.attempts == "first":
        entries = entries.filter(entries[reached(1)] == entries.first_entry)
    ties = [_tie_key(entries, name, engine) for name in order]
    if counting.represent == "latest":
        best = [entries.depth.desc(), entries.finished.asc(), entries[reached(1)].desc(), *ties]
    else:
        best = [entries.depth.desc(), entries[reached(1)].asc(), *ties]
    entries = entries.mutate(
        place=ibis.row_number().over(group_by=unit, order_by=best),
        place_settled=ibis.row_number().over(group_by=[unit, "of_settled"], order_by=best),
    )
    newest = entries.first_entry if counting.attempts == "first" else entries.last_entry
    overall = one_if(entries.place == 0)
    return _after_removal(
        entries.mutate(
            overall=overall,
            settled=one_if((entries.place_settled == 0) & (entries.of_settled == 1)),
            still_open=_still_open(newest, counting, until),
        ),
        unit,
        removing=counting.excluded == "removed" and bool(counting.exclude),
    )


def _still_open(newest: Any, counting: Counting, until: int | None) -> Any:
    if not counting.settles:
        return ibis.literal(1, type="int64")
    return ibis.literal(0, type="int64") if until is None else one_if(newest > until)


def _after_removal(entries: Any, unit: str, *, removing: bool) -> Any:
    """Take out the units whose attempt an excluded event ended, if that is the rule; keep what represents the others."""
    if not removing:
        entries = entries.mutate(removed=ibis.literal(0, type="int64"))
    else:
        lost = (entries.overall * entries.barred).max().over(group_by=unit)
        entries = entries.mutate(removed=lost)
        entries = entries.mutate(
            settled=entries.settled * (1 - entries.barred) * (1 - entries.removed),
            overall=entries.overall * (1 - entries.removed),
            removed=entries.removed * entries.overall,
        )
    return entries.filter((entries.overall == 1) | (entries.settled == 1) | (entries.removed == 1))


def _tie_key(entries: Any, name: str, engine: str) -> Any:
    value = entries[name]
    key = in_order_of_letters(value, engine) if value.type().is_string() else value
    return key.asc(nulls_first=True)


def _order_of_ties(log: WarehouseLog, by: str | None, unit: str) -> list[str]:
    """Return the columns that decide which of several entries of one instant gives the value of `by`."""
    if by is None or by in log.attribute_names:
        return []
    before = log.properties[: log.properties.index(by) + 1]
    kinds = log.rows.schema()
    ordered = [
        name
        for name in before
        if kinds[name].is_string()
        or kinds[name].is_numeric()
        or kinds[name].is_boolean()
        or kinds[name].is_temporal()
    ]
    return [*([CUSTOMER] if unit != CUSTOMER else []), EVENT, *ordered]


def _check_reuse(counting: Counting, found: Seen, engine: str) -> None:
    """Refuse chained ties where one event fits several stages, unless it may serve them all."""
    if found.most_rules > 1 and (counting.ties == "either") != counting.reuse:
        option = 'ties="either"' if counting.ties == "either" else "reuse=True"
        raise refused(
            f"{option} where one event belongs to several stages",
            engine,
            instead="Let no event fit two stages.",
        )


def _guards(journey: Journey, counting: Counting) -> list[Guard]:
    names = journey.stage_names
    guards = []
    for number, one in enumerate(counting.exclude, start=len(names) + 1):
        after = names.index(journey.stage(one.after).name) + 1 if one.after else 1
        before = names.index(journey.stage(one.before).name) + 1 if one.before else len(names)
        guards.append(Guard(number, after, before))
    return guards
