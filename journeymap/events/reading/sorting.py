"""Sorting: coded rows in any order become a store.

Rows are dealt out to buckets, each of which holds all rows of some customers and fits into memory. The buckets are
then put in order one after the other and written behind one another.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.events.cores import cores
from journeymap.events.growing import Growing
from journeymap.events.reading.ordering import Order
from journeymap.events.store import NANOSECONDS_IN, Column, Store
from journeymap.events.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from journeymap.events.reading.coded_rows import CodedRows, Values
    from journeymap.events.store import Unit

BUCKET = 1 << 29
"""Bytes of coded rows that are put in order at once."""
BLOCK = 1 << 20
"""Rows that are taken out of a bucket at once."""
UNITS: tuple[Unit, ...] = ("s", "ms", "us", "ns")


@dataclass(frozen=True)
class Sorted:
    """What sorting gives: the store, the rows that repeat another in every column, the rows tied in customer and time."""

    store: Store
    repeats: int
    tied: int


class Buckets:
    """Coded rows, dealt out by customer; in memory if there is one bucket or no folder."""

    def __init__(self, values: Values, folder: Path | None) -> None:
        kind, rows = values.record, np.cumsum(values.rows)
        number = -(-int(rows[-1]) * kind.itemsize // BUCKET) if len(rows) else 1
        self._bounds = np.searchsorted(rows, np.linspace(0, rows[-1] if len(rows) else 0, number + 1)[1:-1])
        self._paths = [
            folder / f"bucket{place}.npy" if folder and number > 1 else None for place in range(number)
        ]
        self._rows = [Growing(path, kind, room=int(rows[-1]) // number + 1) for path in self._paths]

    def add(self, records: NDArray[Any]) -> None:
        """Deal out some rows."""
        if len(self._rows) == 1:
            self._rows[0].append(records)
            return
        bucket = np.searchsorted(self._bounds, records["customer"], side="left")
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(np.bincount(bucket, minlength=len(self._rows)))
        for rows, piece in zip(self._rows, np.split(np.take(records, order), ends[:-1]), strict=True):
            rows.append(piece)

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """Take the buckets out, those of the first customers first."""
        for place, path in enumerate(self._paths):
            rows = self._rows[place].finished()
            self._rows[place] = Growing(None, rows.dtype)
            if len(rows):
                yield np.array(rows) if path else rows
            if path:
                path.unlink()


class _Used:
    """Which values the rows have: only these stay in a store."""

    def __init__(self, values: Values) -> None:
        coded = [("event", values.events), *zip(values.codes, values.columns.values(), strict=True)]
        self._values = dict(coded)
        self._seen = {name: np.zeros(len(one) + 1, dtype=bool) for name, one in coded}
        """One longer than the values, as the code -1 says that there is none."""

    def see(self, records: NDArray[Any]) -> None:
        """Take note of the values of some rows."""
        for name, seen in self._seen.items():
            seen[records[name]] = True

    def values(self, name: str) -> NDArray[Any]:
        """Return the values of a column that some row has."""
        values, seen = self._values[name], self._seen[name][:-1]
        return np.asarray(values if seen.all() else values[seen])

    def codes(self, name: str, codes: NDArray[np.int32]) -> NDArray[np.int32]:
        """Turn codes into codes of the values that are left."""
        seen = self._seen[name][:-1]
        return codes if seen.all() else np.append(np.cumsum(seen) - 1, -1).astype(np.int32)[codes]


def sort(rows: CodedRows, *, duplicates: str, folder: Path | None, scratch: Path | None) -> Sorted | None:
    """Put coded rows in order; None if there are none.

    Parameters
    ----------
    duplicates
        "keep" or "drop": what to do with rows that repeat another in every column.
    folder
        Where the arrays of the store are written; in memory without one.
    scratch
        Where rows are laid down between; in memory without one.
    """
    buckets, used, unit = Buckets(rows.values, scratch), _Used(rows.values), UNITS[0]
    for records in rows.batches():
        buckets.add(records)
        used.see(records)
        unit = coarsest_unit(records["at"], least=unit)
    writer = _Writer(rows.values, used, unit, folder)
    tied = repeats = 0
    for records in buckets:
        order = Order(customers=records["customer"], at=records["at"])
        tied += len(order.tied)
        _refine(order, records, rows)
        again = ~order.new
        repeats += int(again.sum())
        order.refine(lambda places, records=records: records["row"][places])  # type: ignore[misc]
        writer.write(records, order, ~again if duplicates == "drop" and again.any() else None)
    store = writer.finished()
    return Sorted(store, repeats, tied) if store.n_events else None


def coarsest_unit(at: NDArray[np.int64], *, least: Unit = "s") -> Unit:
    """Return the coarsest of s, ms, us and ns, none coarser than `least`, in which no time loses anything.

    Examples
    --------
    >>> coarsest_unit(np.array([1_500_000_000, 2_000_000_000]))
    'ms'
    """
    for unit in UNITS[UNITS.index(least) : -1]:
        if all(not (some % NANOSECONDS_IN[unit]).any() for some in (at[:1000], at)):
            return unit
    return "ns"


def _refine(order: Order, records: NDArray[Any], rows: CodedRows) -> None:
    """Order the rows of one customer and instant by everything else that is known of them."""
    names = records.dtype.names or ()
    for name in ("sequence", "event", *rows.values.codes):
        if name in names:
            order.refine(lambda places, name=name: records[name][places])  # type: ignore[misc]
    order.refine(lambda places: rows.hashes(records["row"][places]))


class _Writer:
    """Writes buckets behind one another."""

    def __init__(self, values: Values, used: _Used, unit: Unit, folder: Path | None) -> None:
        self._values, self._used, self._unit = values, used, unit
        self._events = used.values("event")
        kinds: dict[str, Any] = {
            "at": np.int64,
            "row": np.int64,
            "event": np.uint16 if len(self._events) <= 1 << 16 else np.uint32,
        }
        kinds |= {"sequence": np.int64} if values.keyed else {}
        kinds |= {f"p{place}": np.int32 for place in range(len(values.columns))}
        files = {name: name.replace("p", "column") for name in kinds if name.startswith("p")}
        self._arrays = {
            name: Growing(folder and folder / f"{files.get(name, name)}.npy", kind)
            for name, kind in kinds.items()
        }
        self._counts = np.zeros(len(values.customers), dtype=np.int64)

    def write(self, records: NDArray[Any], order: Order, chosen: NDArray[np.bool_] | None) -> None:
        """Write the rows of a bucket in their order, all of them or those that are chosen."""
        rows, at, counts = order.rows, order.at, np.diff(order.offsets)
        if chosen is not None:
            rows, at = rows[chosen], at[chosen]
            counts = np.diff(np.append(0, np.cumsum(chosen))[order.offsets])
        first = int(records["customer"][rows[0]])
        self._counts[first : first + len(counts)] += counts
        self._arrays["at"].append(at if self._unit == "ns" else at // NANOSECONDS_IN[self._unit])
        blocks = [rows[begin : begin + BLOCK] for begin in range(0, len(rows), BLOCK)]
        with ThreadPoolExecutor(cores()) as pool:
            for begin in range(0, len(blocks), cores()):
                some = blocks[begin : begin + cores()]
                for taken in pool.map(lambda places: self._taken(records, places), some):
                    for name, values in taken.items():
                        self._arrays[name].append(values)

    def _taken(self, records: NDArray[Any], rows: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Take rows out of a bucket as columns of the store."""
        taken, plain = np.take(records, rows), ("row", "sequence")
        return {
            name: np.ascontiguousarray(
                taken[name] if name in plain else self._used.codes(name, taken[name]), array.dtype
            )
            for name, array in self._arrays.items()
            if name != "at"
        }

    def finished(self) -> Store:
        """Return what was written as a store."""
        arrays = {name: array.finished() for name, array in self._arrays.items()}
        present = self._counts > 0
        customers = self._values.customers
        columns = {
            name: Column(arrays[code], self._used.values(code))
            for code, name in zip(self._values.codes, self._values.columns, strict=True)
        }
        return Store(
            customers=customers if present.all() else Texts.of(customers[present]),
            offsets=np.append(0, np.cumsum(self._counts[present])),
            at=arrays["at"],
            unit=self._unit,
            event=arrays["event"],
            event_names=self._events,
            sequence=arrays.get("sequence"),
            row=arrays["row"],
            columns=columns,
        )
