"""Which events and which customers a rule picks: decided on the distinct values, then spread over the rows."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.errors import DefinitionError
from journeymap.rules import All, AnyOf, Did, Event, Not, Rule, Where
from journeymap.values import Between, Demand, Glob, Is, Matches, Missing, OneOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog

    Mask = NDArray[np.bool_]


def event_mask(log: EventLog, rule: Rule) -> Mask:
    """Say for each visible event whether a rule picks it; rules about customers pick all their events."""
    if not isinstance(rule, Rule):
        raise DefinitionError(
            f"{rule!r} is no condition.",
            right="jm.event, jm.where or jm.did.",
            fix=f"jm.event({str(rule)!r})",
        )
    match rule:
        case Event(name, properties):
            mask = _named(log, name)
            for column, demanded in properties:
                mask = mask & _with_property(log, column, demanded)
            return mask
        case All(rules):
            return np.logical_and.reduce([event_mask(log, part) for part in rules])
        case AnyOf(rules):
            return np.logical_or.reduce([event_mask(log, part) for part in rules])
        case Not(inner):
            return ~event_mask(log, inner)
        case _:
            return customer_mask(log, rule)[log.visible.customer]


def customer_mask(log: EventLog, rule: Rule, *, before: NDArray[np.int64] | None = None) -> Mask:
    """Say for each customer of the store whether a rule picks them.

    Parameters
    ----------
    before
        For each customer the instant of the entry; conditions with ``until="entry"`` read only what came earlier.
    """
    match rule:
        case Where(properties, pick, until):
            seen = _seen(log, until, before)
            return np.logical_and.reduce(
                [_has(log, name, demanded, pick, seen) for name, demanded in properties]
            )
        case Did():
            return _did(log, rule, _seen(log, rule.until, before))
        case All(rules):
            return np.logical_and.reduce([customer_mask(log, part, before=before) for part in rules])
        case AnyOf(rules):
            return np.logical_or.reduce([customer_mask(log, part, before=before) for part in rules])
        case Not(inner):
            return ~customer_mask(log, inner, before=before)
        case _:
            raise DefinitionError(
                f"{rule!r} picks events, not customers.", right="Wrap it in jm.did.", fix=f"jm.did({rule!r})"
            )


def holds(demanded: Demand, values: NDArray[Any]) -> Mask:
    """Say for each distinct value whether it meets a demand.

    Examples
    --------
    >>> from journeymap.values import at_least, demand
    >>> holds(at_least(5), np.array([2.0, 5.0, 9.5])).tolist()
    [False, True, True]
    >>> holds(demand("/shop*"), np.array(["/cart", "/shop/a"], dtype=object)).tolist()
    [False, True]
    """
    match demanded:
        case Is(value):
            return _equal(values, value)
        case OneOf(demands):
            return _any_of(demands, values)
        case Glob():
            return _texts_match(values, re.compile(demanded.regex, re.DOTALL).fullmatch)
        case Matches(pattern):
            return _texts_match(values, re.compile(pattern).search)
        case Between(low, high):
            return _between(values, low, high)
        case _:
            return _none(values)


def _none(values: NDArray[Any]) -> Mask:
    return np.zeros(len(values), dtype=bool)


def _any_of(demands: Sequence[Demand], values: NDArray[Any]) -> Mask:
    """Say which values meet any of some demands; all plain texts among these are looked up at once."""
    texts = (
        {_as_text(part.value) for part in demands if isinstance(part, Is)}
        if values.dtype == object
        else set()
    )
    found = np.fromiter((value in texts for value in values), bool, len(values)) if texts else _none(values)
    rest = [part for part in demands if not (texts and isinstance(part, Is))]
    return np.logical_or.reduce([found, *(holds(part, values) for part in rest)], axis=0)


def _wants_missing(demanded: Demand) -> bool:
    return isinstance(demanded, Missing) or (
        isinstance(demanded, OneOf) and any(_wants_missing(part) for part in demanded.demands)
    )


def _equal(values: NDArray[Any], value: object) -> Mask:
    if values.dtype == object:
        return np.asarray(values == _as_text(value), dtype=bool) if len(values) else _none(values)
    comparable = _like(values, value)
    return _none(values) if comparable is None else np.asarray(values == comparable, dtype=bool)


def _between(values: NDArray[Any], low: object, high: object) -> Mask:
    mask = np.ones(len(values), dtype=bool)
    if not len(values):
        return mask
    for bound, upper in ((low, False), (high, True)):
        if bound is None:
            continue
        comparable = _as_text(bound) if values.dtype == object else _like(values, bound)
        if comparable is None or (values.dtype == object and not isinstance(bound, str)):
            raise DefinitionError(
                f"{bound!r} cannot be compared with values such as {values.tolist()[0]!r}.",
                right="A bound of the same kind as the values.",
            )
        mask &= (values <= comparable) if upper else (values >= comparable)
    return mask


def _like(values: NDArray[Any], value: object) -> Any:
    """Turn a value into the kind of the column, or None where it is of another kind."""
    try:
        if values.dtype.kind == "M":
            stamp = pd.Timestamp(value)  # type: ignore[arg-type]
            return (stamp.tz_convert("UTC").tz_localize(None) if stamp.tz else stamp).to_datetime64()
        if values.dtype.kind == "b":
            return {"true": True, "false": False}.get(str(value).casefold())
        return value if isinstance(value, int | float) else float(str(value))
    except (ValueError, TypeError):
        return None


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _texts_match(values: NDArray[Any], match: Any) -> Mask:
    return np.fromiter(
        (match(_as_text(value)) is not None for value in values.tolist()), dtype=bool, count=len(values)
    )


def _named(log: EventLog, name: Demand | None) -> Mask:
    if name is None:
        return np.ones(log.n_events, dtype=bool)
    return holds(name, log.store.event_names)[log.visible.event]


def _with_property(log: EventLog, name: str, demanded: Demand) -> Mask:
    met = np.append(holds(demanded, log.column(name).values), _wants_missing(demanded))
    return met[log.codes(name)]


def _seen(log: EventLog, until: str | None, before: NDArray[np.int64] | None) -> Mask | None:
    if until is None:
        return None
    if before is None:
        raise DefinitionError(
            'until="entry" needs an attempt to end at.', right="Use it in the segments of a funnel."
        )
    return log.visible.at < before[log.visible.customer]


def _has(log: EventLog, name: str, demanded: Demand, pick: str, seen: Mask | None) -> Mask:
    column = log.column(name)
    met = np.append(holds(demanded, column.values), _wants_missing(demanded))
    if name in log.attributes:
        return met[column.codes]
    codes, customer = log.codes(name), log.visible.customer
    known = codes >= 0 if seen is None else (codes >= 0) & seen
    rows = np.flatnonzero(known)
    if pick == "any":
        result = np.bincount(customer[rows[met[codes[rows]]]], minlength=len(log.store.customers)) > 0
    else:
        of_customer = np.full(len(log.store.customers), -1, dtype=np.int64)
        ordered = rows[::-1] if pick == "first" else rows
        of_customer[customer[ordered]] = codes[ordered]
        result = met[of_customer] & (of_customer >= 0)
    if _wants_missing(demanded):
        result |= np.bincount(customer[rows], minlength=len(log.store.customers)) == 0
    return result


def _did(log: EventLog, rule: Did, seen: Mask | None) -> Mask:
    picked = event_mask(log, rule.rule)
    rows = np.flatnonzero(picked if seen is None else picked & seen)
    result = _at_least(log, rows, rule.at_least, rule.within)
    if rule.at_most is not None:
        result &= ~_at_least(log, rows, rule.at_most + 1, rule.within)
    return result


def _at_least(log: EventLog, rows: NDArray[np.int64], times: int, within: str | None) -> Mask:
    n_customers = len(log.store.customers)
    if times == 0:
        return np.ones(n_customers, dtype=bool)
    customer = log.visible.customer[rows]
    if within is None:
        return np.bincount(customer, minlength=n_customers) >= times
    at = log.visible.at[rows]
    last = times - 1
    close = (customer[: len(rows) - last] == customer[last:]) & (
        at[last:] - at[: len(rows) - last] <= log.length(within)
    )
    return np.bincount(customer[last:][close], minlength=n_customers) > 0
