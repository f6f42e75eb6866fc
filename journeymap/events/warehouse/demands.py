"""Demands on values as expressions of an engine; each is true or false, never missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd

from journeymap.errors import DataError, DefinitionError
from journeymap.events.selecting import holds
from journeymap.events.warehouse.asking import answer
from journeymap.events.warehouse.instants import in_order_of_letters
from journeymap.values import Between, Demand, Glob, Is, Matches, Missing, OneOf

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_VALUES = 50_000
"""How many distinct values of a column are read to decide a pattern that engines read differently."""


def meets(values: Any, demanded: Demand, engine: str) -> Any:
    """Return whether values of a column meet a demand."""
    match demanded:
        case Missing():
            return values.isnull()
        case OneOf(demands):
            found = _false()
            for part in demands:
                found |= meets(values, part, engine)
            return found
        case Is(value):
            met = _equals(values, value)
        case Between(low, high):
            met = _between(values, low, high, engine)
        case Glob() if values.type().is_string() and demanded.pattern.replace("[*]", "").count("*") == 1:
            met = _fits(values, demanded)
        case Glob() | Matches():
            met = _among_distinct(values, demanded)
    return met.fill_null(False)  # noqa: FBT003


def wants_missing(demanded: Demand) -> bool:
    """Say whether a missing value meets a demand."""
    return isinstance(demanded, Missing) or (
        isinstance(demanded, OneOf) and any(wants_missing(part) for part in demanded.demands)
    )


def _false() -> Any:
    return ibis.literal(False)  # noqa: FBT003


def _equals(values: Any, value: Any) -> Any:
    if values.type().is_string():
        return values == _as_text(value)
    comparable = _like(values, value)
    return _false() if comparable is None else values == comparable


def _between(values: Any, low: Any, high: Any, engine: str) -> Any:
    met = ibis.literal(True)  # noqa: FBT003
    is_text = values.type().is_string()
    for bound, upper in ((low, False), (high, True)):
        if bound is None:
            continue
        comparable = ibis.literal(bound) if is_text and isinstance(bound, str) else None
        comparable = comparable if is_text else _like(values, bound)
        if comparable is None:
            raise DefinitionError(
                f"{bound!r} cannot be compared with the values of {values.get_name()}.",
                right="A bound of the same kind as the values.",
            )
        if is_text:
            key, edge = (in_order_of_letters(one, engine) for one in (values, comparable))
        else:
            key, edge = values, comparable
        met &= (key <= edge) if upper else (key >= edge)
    return met


def _fits(values: Any, demanded: Glob) -> Any:
    """Return whether texts begin and end as a pattern of one star does."""
    begin, end = (part.replace("\0", "*") for part in demanded.pattern.replace("[*]", "\0").split("*"))
    met = values.length() >= len(begin) + len(end)
    if begin:
        met &= values.startswith(begin)
    return met & values.endswith(end) if end else met


def _among_distinct(values: Any, demanded: Demand) -> Any:
    """Decide a pattern here, on the distinct values of the column, so that every engine reads it alike."""
    name = values.get_name()
    found = answer(values.as_table().distinct().limit(MOST_VALUES + 1))[name].dropna()
    if len(found) > MOST_VALUES:
        raise DataError(
            f"{name} has more than {MOST_VALUES:,} values, too many to look for {demanded!r} in them.",
            right="A pattern with one star, a list of values, or a log that is read here.",
            fix="jm.read_events(…)",
        )
    distinct: NDArray[Any] = found.to_numpy()
    picked = distinct[holds(demanded, distinct)].tolist()
    return values.isin(picked) if picked else _false()


def _like(values: Any, value: Any) -> Any:
    """Turn a value into the kind of the column, or None where it is of another kind."""
    kind = values.type()
    try:
        if kind.is_boolean():
            return {"true": True, "false": False}.get(str(value).casefold())
        if kind.is_timestamp():
            stamp = pd.Timestamp(value)
            return ibis.timestamp(stamp.isoformat(), timezone=kind.timezone) if kind.timezone else stamp
        if kind.is_date():
            return pd.Timestamp(value).date()
        if kind.is_numeric():
            return value if isinstance(value, int | float) else float(str(value))
    except (ValueError, TypeError):
        return None
    return None


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
