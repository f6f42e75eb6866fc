"""Preparing: rows become sorted columns of small integers, so that kernels can run over them."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.errors import DataError
from journeymap.events.reading.coding import coded_identifiers, coded_property, compact
from journeymap.events.reading.ordering import Order
from journeymap.events.reading.time_formats import how_to_read
from journeymap.events.reading.times import (
    ABSURD,
    COUNTED,
    MISSING,
    UNREADABLE,
    coarsest_unit,
    example_of,
    read_times,
)
from journeymap.events.store import NANOSECONDS_IN, NO_KEY, Column, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.columns import Role
    from journeymap.events.reading.tables import Field, Table
    from journeymap.events.reading.time_formats import Suggestion
    from journeymap.events.store import Unit

REASONS = (
    "",
    "no customer",
    "no event",
    "no time",
    "a time that cannot be read",
    "a time before 1990 or after 2100",
)
"""Why a row is set aside, by number; 0 is a row that is kept."""


@dataclass(frozen=True)
class Prepared:
    """What preparing gives.

    Attributes
    ----------
    store
        The rows that could be used.
    fate
        For each row of the table the number of its reason in `REASONS`.
    duplicates
        Rows that repeat another in every column.
    notes
        What the reader must know.
    """

    store: Store
    fate: NDArray[np.int8]
    duplicates: int
    notes: tuple[str, ...]


def prepare(
    table: Table,
    roles: Mapping[str, Role],
    properties: Sequence[Field],
    *,
    timezone: str,
    duplicates: str,
    step: Callable[[str], None],
) -> Prepared:
    """Code and sort the rows of a table.

    Parameters
    ----------
    properties
        The columns to keep beside those with a role.
    timezone
        The zone of times that name none.
    duplicates
        "keep" or "drop": what to do with rows that repeat another in every column.
    step
        Told before each step what it is.
    """
    step("coding customers")
    customers = coded_identifiers(table, roles["customer"].field)
    step("coding events")
    events = coded_identifiers(table, roles["event"].field)
    step("reading times")
    times = read_times(table, roles["at"].field, timezone=timezone)
    fate = _fate(customers.codes, events.codes, times.how)
    kept = np.flatnonzero(fate == 0)
    unread = _unread_times(table, roles["at"].field, fate)
    if not len(kept):
        raise _nothing(fate, unread)
    notes_on_times = [unread.sentence] if unread else []
    unit = coarsest_unit(times.at[kept])
    at = times.at // NANOSECONDS_IN[unit]
    step("sorting")
    order = Order(kept, customers=customers.codes, at=at)
    ties = _note_on_ties(len(order.tied) / len(kept))
    sequence = _sequence(table, roles["sequence"].field) if "sequence" in roles else None
    if sequence is not None:
        order.refine(lambda: sequence)
    order.refine(lambda: events.codes)
    columns, notes = _coded_properties(table, properties, order, step)
    others = set(table.fields) - set(properties) - {role.field for role in roles.values()}
    order.refine(lambda: _hashes(table, others))
    repeats = ~order.new
    order.refine(lambda: np.arange(table.n_rows))
    step("writing columns")
    kept_in_order = ~repeats if duplicates == "drop" else np.ones_like(repeats)
    store = _store(order, kept_in_order, unit, customers, events, sequence, columns)
    return Prepared(
        store, fate, int(repeats.sum()), (*table.notes, *notes_on_times, *times.notes, *ties, *notes)
    )


def _store(
    order: Order,
    chosen: NDArray[np.bool_],
    unit: Unit,
    customers: Column,
    events: Column,
    sequence: NDArray[np.int64] | None,
    columns: Mapping[str, Column],
) -> Store:
    """Bring every column into the order of rows; only values that are left stay in it."""
    rows = order.rows if chosen.all() else order.rows[chosen]
    with ThreadPoolExecutor() as pool:
        names, *properties = pool.map(
            lambda column: compact(column.codes[rows], column.values), [events, *columns.values()]
        )
    people = compact(order.customers[chosen], customers.values)
    return Store(
        customers=people.values,
        offsets=np.append(0, np.cumsum(np.bincount(people.codes, minlength=len(people.values)))),
        at=order.at[chosen],
        unit=unit,
        event=names.codes.astype(np.uint16 if len(names.values) <= 1 << 16 else np.uint32),
        event_names=names.values,
        sequence=None if sequence is None else sequence[rows],
        row=rows,
        columns=dict(zip(columns, properties, strict=True)),
    )


def _note_on_ties(share: float) -> list[str]:
    """Tell how many rows are tied, if many are."""
    if share < 0.05:
        return []
    return [f"{share:.0%} of the rows share customer and time with another row; equal times never chain."]


def _fate(customers: NDArray[np.int32], events: NDArray[np.int32], how: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return for each row the number of the first reason against it, or 0."""
    reason_of_time = np.zeros(COUNTED[-1] + 1, dtype=np.int8)
    reason_of_time[[MISSING, UNREADABLE, ABSURD]] = 3, 4, 5
    fate = reason_of_time[how]
    fate[events < 0] = 2
    fate[customers < 0] = 1
    return fate


def _unread_times(table: Table, one: Field, fate: NDArray[np.int8]) -> Suggestion | None:
    """Quote a time that could not be read, if most of them could not, and say what can be."""
    wrong = (fate == 4) | (fate == 5)
    if 2 * np.count_nonzero(wrong) <= np.count_nonzero(wrong | (fate == 0)):
        return None
    said = how_to_read(table, one)
    example = example_of(table, one, int(wrong.argmax()))
    sentence = f"Times in {one.name} that cannot be used look like {example}. {said.sentence}"
    return said._replace(sentence=sentence)


def _nothing(fate: NDArray[np.int8], unread: Suggestion | None) -> DataError:
    counts = np.bincount(fate, minlength=len(REASONS))
    said = ", ".join(f"{count:,} with {REASONS[reason]}" for reason, count in enumerate(counts) if count)
    wrong = f"No row can be used: {said or 'there are none'}."
    if unread and unread.fix:
        return DataError(wrong, right=unread.sentence, fix=unread.fix)
    check = "Check which columns hold the customer, the event and the time."
    return DataError(
        wrong,
        right=f"{unread.sentence} {check}" if unread else check,
        fix='customer="…", event="…", at="…"',
    )


def _coded_properties(
    table: Table, properties: Sequence[Field], order: Order, step: Callable[[str], None]
) -> tuple[dict[str, Column], list[str]]:
    columns, notes = {}, []
    for one in properties:
        step(f"coding {one.name}")
        column, said = coded_property(table, one)
        columns[one.name] = column
        notes += said
        order.refine(lambda codes=column.codes: codes)  # type: ignore[misc]
    return columns, notes


def _sequence(table: Table, one: Field) -> NDArray[np.int64]:
    """Return the keys that order events of one instant: whole numbers as they are, anything else by its rank."""
    column, _ = coded_property(table, one)
    keys = column.values if column.values.dtype == np.int64 else np.arange(len(column.values))
    return np.append(keys, NO_KEY).astype(np.int64)[column.codes]


def _hashes(table: Table, unread: set[Field]) -> NDArray[Any]:
    """Return a hash of the columns that are not kept, so that rows which differ only there are no duplicates."""
    result = np.zeros(table.n_rows, dtype=np.uint64)
    if unread:
        names = ", ".join(sorted(one.column for one in unread))
        found = table.numpy(f"SELECT row, hash({names}) AS hash FROM raw")
        result[found["row"]] = found["hash"]
    return result
