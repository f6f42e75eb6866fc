"""Appending: what was prepared and the rows of new files become one store, as if all files had been read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.events.reading.coded_rows import Values
from journeymap.events.reading.coding import Changed
from journeymap.events.store import NANOSECONDS_IN
from journeymap.events.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.coded_rows import TableRows
    from journeymap.events.store import Store

BLOCK = 1 << 18
"""Rows of the store that are taken at once."""


@dataclass(frozen=True)
class Shift:
    """Where the rows of parts stand among those of all parts.

    Attributes
    ----------
    begins
        The first row of each part as it was numbered.
    starts
        The first row of each part as it is numbered now.
    """

    begins: NDArray[np.int64]
    starts: NDArray[np.int64]

    def __call__(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where rows stand now."""
        part = np.searchsorted(self.begins, rows, side="right") - 1
        return self.starts[part] + rows - self.begins[part]


class AppendedRows:
    """The rows of a store and those of a table as coded rows with common dictionaries.

    Raises
    ------
    Changed
        If the values of a property are of another kind in the table.
    """

    def __init__(self, store: Store, table: TableRows, *, of_known: Shift, of_new: Shift) -> None:
        self._store, self._table, self._of_known, self._of_new = store, table, of_known, of_new
        new = table.values
        if new.keyed and not table.has_whole_keys:
            raise Changed("the keys of events of one instant are no whole numbers")
        customers, *self._customers = united(store.customers, new.customers)
        events, *self._events = united(store.event_names, new.events)
        columns = {}
        self._codes: dict[str, list[NDArray[np.int32]]] = {}
        for name, column in store.columns.items():
            columns[name], *self._codes[name] = united(
                column.values, new.columns.get(name, column.values[:0])
            )
        rows = np.zeros(len(customers), dtype=np.int64)
        rows[self._customers[0]] += np.diff(store.offsets)
        rows[self._customers[1]] += new.rows
        self.values = Values(customers, events, columns, rows, new.keyed)

    def batches(self) -> Iterator[NDArray[Any]]:
        """Yield the rows of the store, then those of the table."""
        for begin in range(0, self._store.n_events, BLOCK):
            yield self._known(slice(begin, begin + BLOCK))
        for records in self._table.batches():
            yield self._new(records)

    def _known(self, rows: slice) -> NDArray[Any]:
        store = self._store
        at = store.at[rows]
        records = np.empty(len(at), dtype=self.values.record)
        records["at"] = at * NANOSECONDS_IN[store.unit]
        records["row"] = self._of_known(store.row[rows])
        places = np.arange(rows.start, rows.start + len(at))
        records["customer"] = self._customers[0][np.searchsorted(store.offsets, places, side="right") - 1]
        records["event"] = self._events[0][store.event[rows]]
        if store.sequence is not None:
            records["sequence"] = store.sequence[rows]
        for code, (name, column) in zip(self.values.codes, store.columns.items(), strict=True):
            records[code] = np.append(self._codes[name][0], np.int32(-1))[column.codes[rows]]
        return records

    def _new(self, found: NDArray[Any]) -> NDArray[Any]:
        records = np.empty(len(found), dtype=self.values.record)
        records["at"], records["row"] = found["at"], self._of_new(found["row"])
        records["customer"] = self._customers[1][found["customer"]]
        records["event"] = self._events[1][found["event"]]
        if self.values.keyed:
            records["sequence"] = found["sequence"]
        known = dict(zip(self._table.values.columns, self._table.values.codes, strict=True))
        for code, name in zip(self.values.codes, self.values.columns, strict=True):
            absent = np.full(len(found), -1, dtype=np.int32)
            codes = found[known[name]] if name in known else absent
            records[code] = np.append(self._codes[name][1], np.int32(-1))[codes]
        return records

    def hashes(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Tell nothing apart; columns that are not kept cannot be asked of rows that were prepared before."""
        if self._table.unread:
            raise Changed("some rows can be told apart only by columns that are not kept")
        return np.zeros(len(rows), dtype=np.uint64)


def united(
    known: NDArray[Any] | Texts, new: NDArray[Any] | Texts
) -> tuple[NDArray[Any] | Texts, NDArray[np.int32], NDArray[np.int32]]:
    """Return the sorted values of both, and where those of each stand among them.

    Examples
    --------
    >>> values, known, new = united(Texts.of(["ann", "eve"]), Texts.of(["bob", "eve"]))
    >>> values.tolist(), known.tolist(), new.tolist()
    (['ann', 'bob', 'eve'], [0, 2], [1, 2])
    """
    if not isinstance(known, Texts) and known.dtype != object and known.dtype != np.asarray(new).dtype:
        raise Changed("a property holds values of another kind now")
    if not isinstance(known, Texts) and known.dtype != object:
        values = np.union1d(known, np.asarray(new))
        return values, _places(values, known), _places(values, np.asarray(new))
    texts = sorted({*known, *new})
    place_of: Mapping[str, int] = {text: place for place, text in enumerate(texts)}
    of_known, of_new = (
        np.fromiter((place_of[text] for text in one), np.int32, len(one)) for one in (known, new)
    )
    return Texts.of(texts), of_known, of_new


def _places(values: NDArray[Any], some: NDArray[Any]) -> NDArray[np.int32]:
    return np.searchsorted(values, some).astype(np.int32)


def shifts(old: Mapping[Any, int], new: Mapping[Any, int], order: Sequence[Any]) -> tuple[Shift, Shift]:
    """Return where the rows of files that were known and of new ones stand among those of all.

    Parameters
    ----------
    old, new
        The rows of each file (or of what is new in it), in the order in which they were numbered.
    order
        All of them in their order now.
    """
    sizes = {**old, **new}
    starts = dict(zip(order, np.cumsum([0, *(sizes[name] for name in order)]).tolist(), strict=False))
    return _shift(old, starts), _shift(new, starts)


def _shift(sizes: Mapping[Any, int], starts: Mapping[Any, int]) -> Shift:
    begins = np.cumsum([0, *sizes.values()])[:-1]
    filled = [
        (begin, starts[name]) for begin, (name, size) in zip(begins, sizes.items(), strict=True) if size
    ]
    return Shift(*(np.array(column, dtype=np.int64) for column in zip(*filled, strict=True)))
