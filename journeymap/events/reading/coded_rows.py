"""Coded rows: every row of a source as small integers, a batch at a time, and the dictionaries they point into."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from journeymap.events.reading.coding import identifiers, typed_values
from journeymap.events.reading.times import ABSURD, COUNTED, MISSING, UNREADABLE, Times, query_of_times
from journeymap.events.store import NO_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.coding import Dictionary
    from journeymap.events.reading.columns import Role
    from journeymap.events.reading.tables import Field, Table
    from journeymap.events.texts import Texts

VECTORS = 128
"""How much is fetched at a time; a vector has 2,048 rows."""


@dataclass(frozen=True)
class Values:
    """The distinct values that coded rows point into, and how many rows each customer has at most.

    Attributes
    ----------
    customers, events, columns
        The values of each, sorted.
    rows
        For each customer how many rows.
    keyed
        Whether rows have a sequence key.
    """

    customers: NDArray[Any] | Texts
    events: NDArray[Any] | Texts
    columns: Mapping[str, NDArray[Any] | Texts]
    rows: NDArray[np.int64]
    keyed: bool

    @property
    def codes(self) -> list[str]:
        """What the code of each property is called in a coded row."""
        return [f"p{place}" for place in range(len(self.columns))]

    @property
    def record(self) -> np.dtype[Any]:
        """The type of one coded row: customer, event, instant in nanoseconds, row of the source, one code per property."""
        names = [("row", np.int64), ("at", np.int64), ("customer", np.int32), ("event", np.int32)]
        keys = [("sequence", np.int64)] if self.keyed else []
        return np.dtype([*names, *keys, *((name, np.int32) for name in self.codes)])


class CodedRows(Protocol):
    """Where coded rows come from."""

    values: Values

    def batches(self) -> Iterator[NDArray[Any]]:
        """Yield the usable rows, each once, in any order."""

    def hashes(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return a hash of what is not coded of some rows, so that rows which differ only there are told apart."""


@dataclass
class TableRows:
    """The coded rows of a table.

    Attributes
    ----------
    fate
        For each row of the table the number of the reason against it, or 0; known once all batches were seen.
    times
        What the times of the batches seen so far were like.
    """

    table: Table
    customers: Dictionary
    events: Dictionary
    at: Field
    properties: Mapping[str, Dictionary]
    sequence: Dictionary | None
    unread: Sequence[Field]
    times: Times
    fate: NDArray[np.int8] = field(init=False)

    def __post_init__(self) -> None:
        self.fate = np.zeros(self.table.n_rows, dtype=np.int8)
        self.values = Values(
            self.customers.values,
            self.events.values,
            {name: one.values for name, one in self.properties.items()},
            self.customers.rows,
            self.sequence is not None,
        )

    def batches(self) -> Iterator[NDArray[Any]]:
        """Yield the usable rows; note of the others why they are not."""
        found = self.table.connection.execute(self._query())
        while len(batch := found.fetch_df_chunk(VECTORS)):
            columns = {name: batch[name].to_numpy() for name in batch.columns}
            at = self.times.read(columns["instant"], columns["how"])
            fate = _fate(columns["customer"], columns["event"], columns["how"])
            self.fate[columns["row"]] = fate
            records = np.empty(len(batch), dtype=self.values.record)
            for name in records.dtype.names or ():
                records[name] = (
                    at
                    if name == "at"
                    else self._keys(columns["key"])
                    if name == "sequence"
                    else columns[name]
                )
            yield np.take(records, np.flatnonzero(fate == 0)) if fate.any() else records

    def _query(self) -> str:
        """Return SQL for row, instant, how and all codes."""
        coded = {"customer": self.customers, "event": self.events}
        coded |= dict(zip(self.values.codes, self.properties.values(), strict=True))
        if self.sequence:
            coded["key"] = self.sequence
        codes = "".join(f", coalesce({one.name}.code, -1) AS {name}" for name, one in coded.items())
        joins = " ".join(
            f"LEFT JOIN {one.name} ON raw.{one.field.column} = {one.name}.v" for one in coded.values()
        )
        source = f"(SELECT raw.row AS row, raw.{self.at.column}{codes} FROM raw {joins})"
        return query_of_times(self.table, self.at, source=source, passing=", ".join(["row", *coded]))

    @property
    def has_whole_keys(self) -> bool:
        """Whether the keys that order events of one instant are whole numbers."""
        values = self.sequence.values if self.sequence else None
        return isinstance(values, np.ndarray) and values.dtype == np.int64

    def _keys(self, codes: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return the keys that order events of one instant: whole numbers as they are, anything else by its rank."""
        values = self.sequence.values if self.sequence else np.empty(0)
        keys = np.asarray(values) if self.has_whole_keys else np.arange(len(values))
        return np.append(keys, NO_KEY).astype(np.int64)[codes]

    def hashes(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return a hash of the columns that are not kept."""
        if not self.unread:
            return np.zeros(len(rows), dtype=np.uint64)
        names = ", ".join(sorted(one.column for one in self.unread))
        self.table.connection.register("wanted", {"row": rows})
        found = self.table.numpy(
            f"SELECT row, hash({names}) AS hash FROM raw SEMI JOIN wanted USING (row) ORDER BY row"
        )
        self.table.connection.unregister("wanted")
        return np.asarray(found["hash"])[np.searchsorted(found["row"], rows)]


def coded_rows(
    table: Table,
    roles: Mapping[str, Role],
    properties: Sequence[Field],
    *,
    timezone: str,
    step: Callable[[str], None],
    before: Mapping[str, Sequence[int]] | None = None,
) -> TableRows:
    """Make the dictionaries of a table.

    Parameters
    ----------
    before
        What was counted of each property (and of the sequence key) in rows that are known already.
    """
    counted = before or {}
    step("coding customers")
    customers = identifiers(table, roles["customer"].field, name="of_customers")
    step("coding events")
    events = identifiers(table, roles["event"].field, name="of_events")
    kept = {}
    for place, one in enumerate(properties):
        step(f"coding {one.name}")
        kept[one.name] = typed_values(table, one, name=f"of_property{place}", before=counted.get(one.name))
    key = roles["sequence"].field if "sequence" in roles else None
    sequence = typed_values(table, key, name="of_keys", before=counted.get(key.name)) if key else None
    known = {role.field for role in roles.values()} | set(properties)
    unread = [one for one in table.fields if one not in known]
    times = Times(roles["at"].field.name, timezone=timezone)
    return TableRows(table, customers, events, roles["at"].field, kept, sequence, unread, times)


def _fate(customers: NDArray[np.int32], events: NDArray[np.int32], how: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return for each row the number of the first reason against it, or 0."""
    reason_of_time = np.zeros(COUNTED[-1] + 1, dtype=np.int8)
    reason_of_time[[MISSING, UNREADABLE, ABSURD]] = 3, 4, 5
    fate = reason_of_time[how]
    fate[events < 0] = 2
    fate[customers < 0] = 1
    return fate
