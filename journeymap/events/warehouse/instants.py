"""Times inside an engine: whole microseconds since 1970 in UTC, and what the clocks of a zone show at them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import ibis

from journeymap.events.warehouse.zones import SECOND

if TYPE_CHECKING:
    from journeymap.events.warehouse.zones import Changes


def microseconds(time: Any, engine: str) -> Any:
    """Return a column of timestamps as microseconds since 1970; one without a zone counts as its clock shows."""
    zoned = time.type().timezone is not None
    match engine:
        case "duckdb":
            return _function("epoch_us", time)
        case "clickhouse":
            return _function("toUnixTimestamp64Micro", time.cast("timestamp(6)"))
        case "pyspark" | "databricks":
            return _function("unix_micros", time if zoned else time.cast("timestamp('UTC')"))
        case "postgres" if zoned:
            seconds = _function("date_part", "epoch", time, returns="float64")
            return (seconds * float(SECOND)).round().cast("int64")
        case _:
            start = ibis.timestamp("1970-01-01 00:00:00", **({"timezone": "UTC"} if zoned else {}))
            return time.delta(start, unit="microsecond")


def _function(name: str, *values: Any, returns: str = "int64") -> Any:
    types = tuple(ibis.literal(value).type() if isinstance(value, str) else value.type() for value in values)

    def called(*_: Any) -> Any: ...

    parameters = [f"x{i}" for i in range(len(values))]
    return ibis.udf.scalar.builtin(
        _with_parameters(called, parameters), name=name, signature=(types, ibis.dtype(returns))
    )(*values)


def _with_parameters(function: Any, names: list[str]) -> Any:
    from inspect import Parameter, Signature

    function.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])
    return function


def in_order_of_letters(text: Any, engine: str) -> Any:
    """Return a key that orders texts by their letters' numbers, as Python does, whatever the engine's language is."""
    if engine == "postgres":
        return _function("convert_to", text, "UTF8", returns="binary")
    return text


def shown_at(at: Any, changes: Changes) -> Any:
    """Return what the clocks of a zone show at instants of UTC."""
    return at + _stepwise(at, changes)


def in_utc(shown: Any, changes: Changes) -> Any:
    """Return the instants at which the clocks of a zone show times.

    A time that they show twice is taken for the first; a time that they skip is read with the offset from before.
    """
    by_clock = [changes[0]]
    for (_, before), (at, offset) in pairwise(changes):
        by_clock.append((at + max(before, offset), offset))
    return shown - _stepwise(shown, by_clock)


def _stepwise(at: Any, changes: Changes) -> Any:
    (_, first), *later = changes
    if not later:
        return ibis.literal(first, type="int64")
    branches = [(at >= begin, ibis.literal(offset, type="int64")) for begin, offset in reversed(later)]
    return ibis.cases(*branches, else_=ibis.literal(first, type="int64"))
