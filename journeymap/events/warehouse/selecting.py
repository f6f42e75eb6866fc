"""Which events and which customers a rule picks, as expressions that the engine decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from journeymap.durations import nanoseconds
from journeymap.errors import DefinitionError
from journeymap.events.warehouse.demands import meets, wants_missing
from journeymap.events.warehouse.instants import in_order_of_letters
from journeymap.rules import (
    All,
    AnyOf,
    Did,
    Event,
    Not,
    Rule,
    Where,
    contains_customers,
    leaves,
    reads_until_entry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CUSTOMER, EVENT, AT = "jm_customer", "jm_event", "jm_at"
"""The columns of prepared rows: who, what, and when (microseconds since 1970 in UTC)."""


def event_filter(rows: Any, rule: Rule, engine: str) -> Any:
    """Return whether a rule picks each of some rows; it may speak of events only."""
    match rule:
        case Event(name, properties):
            met = ibis.literal(True) if name is None else meets(rows[EVENT], name, engine)  # noqa: FBT003
            for column, demanded in properties:
                met &= meets(rows[column], demanded, engine)
            return met
        case All() | AnyOf() | Not():
            return _joined(rule, lambda part: event_filter(rows, part, engine))
        case _:
            raise DefinitionError(
                f"{rule!r} picks customers, not events.", right="jm.event.", fix='jm.event("purchase")'
            )


def picked_rows(rows: Any, rule: Rule, engine: str, *, keep: bool) -> Any:
    """Return the rows that a filter keeps: those that its rule picks, or all others."""
    if not contains_customers(rule):
        met = event_filter(rows, rule, engine)
        return rows.filter(met if keep else ~met)
    if any(isinstance(leaf, Event) for leaf in leaves(rule)):
        raise DefinitionError(
            f"{rule!r} mixes events and customers, which a log that stays in {engine} cannot be filtered by.",
            right="Filter twice, or read the log here.",
            fix="jm.read_events(…)",
        )
    members = customers_of(rows, rule, engine)
    return rows.semi_join(members, CUSTOMER) if keep else rows.anti_join(members, CUSTOMER)


def customers_of(rows: Any, rule: Rule, engine: str) -> Any:
    """Return a table of the customers that a rule picks."""
    if reads_until_entry(rule):
        raise DefinitionError(
            f'until="entry" cannot be asked of a log that stays in {engine}.',
            right="Read the whole log of each customer, or read the log here.",
            fix="jm.read_events(…)",
        )
    singles = list(dict.fromkeys(leaves(rule)))
    found: dict[Rule, Callable[[Any], Any]] = {}
    measures: dict[str, Any] = {}
    for place, leaf in enumerate(singles):
        if isinstance(leaf, Did):
            rows, found[leaf] = _did(rows, leaf, engine, measures, f"jm_leaf{place}")
        elif isinstance(leaf, Where):
            rows, found[leaf] = _where(rows, leaf, engine, measures, f"jm_leaf{place}")
    counted = rows.group_by(CUSTOMER).aggregate(
        **{name: measure(rows).max() for name, measure in measures.items()}
    )
    return counted.filter(_joined_leaves(rule, lambda leaf: found[leaf](counted))).select(CUSTOMER)


def _joined_leaves(rule: Rule, decide: Callable[[Rule], Any]) -> Any:
    if isinstance(rule, All | AnyOf | Not):
        return _joined(rule, lambda part: _joined_leaves(part, decide))
    return decide(rule)


def _joined(rule: All | AnyOf | Not, decide: Callable[[Rule], Any]) -> Any:
    if isinstance(rule, Not):
        return ~decide(rule.rule)
    first, *others = (decide(part) for part in rule.rules)
    for other in others:
        first = (first & other) if isinstance(rule, All) else (first | other)
    return first


def one_if(condition: Any) -> Any:
    """Return 1 where a condition holds and 0 elsewhere."""
    return condition.ifelse(ibis.literal(1, type="int64"), ibis.literal(0, type="int64"))


def _did(
    rows: Any, leaf: Did, engine: str, measures: dict[str, Any], name: str
) -> tuple[Any, Callable[[Any], Any]]:
    """Mark each customer's matching events, and those that close a span that is short enough."""
    met = one_if(event_filter(rows, leaf.rule, engine))
    rows = rows.mutate(**{f"{name}_met": met})
    rows = rows.mutate(
        **{
            f"{name}_nth": ibis.row_number().over(
                group_by=[CUSTOMER, f"{name}_met"], order_by=_time_order(rows)
            )
        }
    )
    reached: list[Callable[[Any], Any]] = []
    for times in (leaf.at_least, None if leaf.at_most is None else leaf.at_most + 1):
        rows, decide = _at_least(rows, times, leaf.within, measures, f"{name}_{len(reached)}", name)
        reached.append(decide)
    enough, too_many = reached
    return rows, lambda counted: enough(counted) & ~too_many(counted)


def _time_order(rows: Any) -> list[Any]:
    return [rows[AT].asc()]


def _at_least(
    rows: Any, times: int | None, within: str | None, measures: dict[str, Any], column: str, leaf: str
) -> tuple[Any, Callable[[Any], Any]]:
    if times is None or times == 0:
        return rows, lambda _: ibis.literal(times == 0)
    close = (rows[f"{leaf}_met"] == 1) & (rows[f"{leaf}_nth"] >= times - 1)
    if within is not None and times > 1:
        earlier = rows[AT].lag(times - 1).over(group_by=[CUSTOMER, f"{leaf}_met"], order_by=_time_order(rows))
        rows = rows.mutate(**{f"{column}_since": earlier})
        span = nanoseconds(within) // 1_000
        close = close & (rows[AT] - rows[f"{column}_since"] <= span).fill_null(False)  # noqa: FBT003
    rows = rows.mutate(**{f"{column}_hit": one_if(close)})
    measures[f"{column}_hit"] = lambda table: table[f"{column}_hit"]
    return rows, lambda counted: counted[f"{column}_hit"] == 1


def _where(
    rows: Any, leaf: Where, engine: str, measures: dict[str, Any], name: str
) -> tuple[Any, Callable[[Any], Any]]:
    """Mark the rows whose value is the one that counts and meets the demand."""
    parts: list[tuple[str, bool]] = []
    for place, (column, demanded) in enumerate(leaf.properties):
        known, hit = f"{name}_{place}_known", f"{name}_{place}_hit"
        rows = rows.mutate(**{known: one_if(rows[column].notnull())})
        met = (rows[known] == 1) & meets(rows[column], demanded, engine)
        if leaf.pick != "any":
            order = row_order(rows, engine, backwards=leaf.pick == "last")
            first = ibis.row_number().over(group_by=[CUSTOMER, known], order_by=order)
            rows = rows.mutate(**{f"{hit}_place": first})
            met = met & (rows[f"{hit}_place"] == 0)
        rows = rows.mutate(**{hit: one_if(met)})
        measures[known], measures[hit] = (lambda table, one=one: table[one] for one in (known, hit))
        parts.append((f"{name}_{place}", wants_missing(demanded)))
    return rows, lambda counted: _has_all(counted, parts)


def _has_all(counted: Any, parts: Sequence[tuple[str, bool]]) -> Any:
    met = ibis.literal(True)  # noqa: FBT003
    for name, missing_counts in parts:
        one = counted[f"{name}_hit"] == 1
        met &= (one | (counted[f"{name}_known"] == 0)) if missing_counts else one
    return met


def row_order(rows: Any, engine: str, *, backwards: bool = False) -> list[Any]:
    """Return the order of a customer's rows: time, the event's name, then every property, missing ones first."""
    keys = [rows[AT], in_order_of_letters(rows[EVENT], engine)]
    directed = [key.desc() if backwards else key.asc() for key in keys]
    for name, kind in rows.schema().items():
        if name.startswith("jm_") or not (
            kind.is_string() or kind.is_numeric() or kind.is_boolean() or kind.is_temporal()
        ):
            continue
        key = in_order_of_letters(rows[name], engine) if kind.is_string() else rows[name]
        directed.append(key.desc(nulls_first=False) if backwards else key.asc(nulls_first=True))
    return directed
