"""The prepared store: an event log as sorted columns of small integers that kernels can run over.

Rows are ordered by customer, time, sequence key (rows without one last), event name and then every property, so the
order of rows in a file never matters. A store lives in memory or, memory-mapped, in a folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from journeymap.events.growing import mapped
from journeymap.events.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]
NANOSECONDS_IN: dict[str, int] = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
NO_KEY = np.iinfo(np.int64).max
FORMAT = 5
PIECE = 1 << 22
"""Bytes (or values) that are looked at at a time."""


@dataclass(frozen=True)
class Column:
    """A property, dictionary-coded.

    Attributes
    ----------
    codes
        One code per row (event or customer): a position in `values`, or -1 where the value is missing.
    values
        The distinct values, sorted: texts (object), float64, int64, bool or datetime64.
    """

    codes: NDArray[np.int32]
    values: NDArray[Any]

    def take(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the values of some rows as objects, None where missing."""
        padded = np.empty(len(self.values) + 1, dtype=object)
        padded[:-1] = self.values
        return padded[self.codes[rows]]


@dataclass(frozen=True)
class Store:
    """Events of all customers, sorted.

    Attributes
    ----------
    customers
        The distinct customers as texts, sorted; their position is their code. They are read like an array; of a saved
        store only those that are asked for are made.
    offsets
        Where each customer's rows begin; one longer than `customers`.
    at
        Instants, counted in `unit` since 1970-01-01 UTC.
    unit
        The coarsest unit in which no time of the log loses anything.
    event
        Codes into `event_names`, which are sorted.
    sequence
        The key that orders events of one instant, `NO_KEY` where a row has none; None if the log has no such column.
    row
        The row of the source, from 0.
    columns
        The properties of events by name.
    """

    customers: NDArray[Any] | Texts
    offsets: NDArray[np.int64]
    at: NDArray[np.int64]
    unit: Unit
    event: NDArray[Any]
    event_names: NDArray[Any]
    sequence: NDArray[np.int64] | None
    row: NDArray[np.int64]
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def n_events(self) -> int:
        """The number of rows."""
        return len(self.at)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of who did what and when; equal for equal data, whatever the order of its rows."""
        digest = blake2b(self.unit.encode(), digest_size=6)
        for array in (self.offsets, self.at, self.event):
            for begin in range(0, len(array), PIECE):
                digest.update(np.ascontiguousarray(array[begin : begin + PIECE]).data)
        for texts in (self.customers, self.event_names):
            known = texts if isinstance(texts, Texts) else Texts.of(texts)
            digest.update(np.ascontiguousarray(known.ends).data)
            digest.update(np.ascontiguousarray(known.data).data)
        return digest.hexdigest()

    def save(self, folder: Path) -> None:
        """Write the store into a folder; the caller moves it into place whole.

        An array that was made in the folder already stands there and is not written again.
        """
        arrays = {"offsets": self.offsets, "at": self.at, "event": self.event, "row": self.row}
        if self.sequence is not None:
            arrays["sequence"] = self.sequence
        arrays |= {f"column{place}": column.codes for place, column in enumerate(self.columns.values())}
        for name, array in arrays.items():
            if not (folder / f"{name}.npy").exists():
                np.save(folder / f"{name}.npy", array)
        _save_values(folder, "customers", self.customers)
        _save_values(folder, "event_names", self.event_names)
        for place, column in enumerate(self.columns.values()):
            _save_values(folder, f"column{place}_values", column.values)
        about = {
            "format": FORMAT,
            "unit": self.unit,
            "columns": list(self.columns),
            "sequence": self.sequence is not None,
            "fingerprint": self.fingerprint,
            "sums": {path.name: sum_of(path) for path in sorted(folder.glob("*.npy"))},
        }
        (folder / "store.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a saved store; its arrays are memory-mapped.

        Raises
        ------
        ValueError
            If it is of another format, or a file is not as it was written.
        """
        about = json.loads((folder / "store.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ValueError(f"store format {about['format']}, not {FORMAT}")
        changed = [name for name, known in about["sums"].items() if sum_of(folder / name) != known]
        if changed:
            raise ValueError(f"{changed[0]} is not as it was written")
        store = cls(
            customers=_load_texts(folder, "customers"),
            offsets=mapped(folder / "offsets.npy"),
            at=mapped(folder / "at.npy"),
            unit=about["unit"],
            event=mapped(folder / "event.npy"),
            event_names=np.asarray(_load_texts(folder, "event_names")),
            sequence=mapped(folder / "sequence.npy") if about["sequence"] else None,
            row=mapped(folder / "row.npy"),
            columns=_Saved(folder, about["columns"]),
        )
        store.__dict__["fingerprint"] = about["fingerprint"]
        return store


def sum_of(path: Path) -> list[int]:
    """Return the size of a file and the sum of its bytes, taken eight by eight: what tells that it was not changed."""
    total, size = 0, 0
    block = bytearray(PIECE)
    with path.open("rb", buffering=0) as file:
        while found := file.readinto(block):
            size += found
            block[found:] = bytes(PIECE - found)
            total = (total + int(np.frombuffer(block, dtype=np.uint64).sum(dtype=np.uint64))) % 2**64
    return [size, total]


def _save_values(folder: Path, name: str, values: NDArray[Any] | Texts) -> None:
    if isinstance(values, Texts) or values.dtype == object:
        texts = values if isinstance(values, Texts) else Texts.of(values)
        np.save(folder / f"{name}.text.npy", texts.data)
        np.save(folder / f"{name}.ends.npy", texts.ends)
    else:
        np.save(folder / f"{name}.npy", values)


def _load_texts(folder: Path, name: str) -> Texts:
    return Texts(mapped(folder / f"{name}.text.npy"), mapped(folder / f"{name}.ends.npy"))


class _Saved(Mapping[str, Column]):
    """The properties of a saved store; the values of each are made when it is first asked for.

    Their files are opened at once, so that a folder may be removed while a log stands on it.
    """

    def __init__(self, folder: Path, names: list[str]) -> None:
        self._files: dict[str, tuple[NDArray[Any], NDArray[Any] | Texts]] = {}
        self._opened: dict[str, Column] = {}
        for place, name in enumerate(names):
            typed = folder / f"column{place}_values.npy"
            values = mapped(typed) if typed.exists() else _load_texts(folder, f"column{place}_values")
            self._files[name] = mapped(folder / f"column{place}.npy"), values

    def __getitem__(self, name: str) -> Column:
        if name not in self._opened:
            codes, values = self._files[name]
            self._opened[name] = Column(codes, np.asarray(values))
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
