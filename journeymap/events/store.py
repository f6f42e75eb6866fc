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

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]
NANOSECONDS_IN: dict[str, int] = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
NO_KEY = np.iinfo(np.int64).max
FORMAT = 4


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
        The distinct customers as texts, sorted; their position is their code.
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

    customers: NDArray[Any]
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
            digest.update(np.ascontiguousarray(array).data)
        digest.update("\0".join([*self.customers, *self.event_names]).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def save(self, folder: Path) -> None:
        """Write the store into an empty folder; the caller moves it into place whole."""
        arrays = {"offsets": self.offsets, "at": self.at, "event": self.event, "row": self.row}
        if self.sequence is not None:
            arrays["sequence"] = self.sequence
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array)
        _save_texts(folder / "customers", self.customers)
        _save_texts(folder / "event_names", self.event_names)
        for position, column in enumerate(self.columns.values()):
            np.save(folder / f"column{position}.npy", column.codes)
            _save_values(folder / f"column{position}_values", column.values)
        about = {
            "format": FORMAT,
            "unit": self.unit,
            "columns": list(self.columns),
            "sequence": self.sequence is not None,
        }
        (folder / "store.json").write_text(
            json.dumps(about | {"fingerprint": self.fingerprint}), encoding="utf-8"
        )

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a saved store; its arrays are memory-mapped."""
        about = json.loads((folder / "store.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ValueError(f"store format {about['format']}, not {FORMAT}")
        store = cls(
            customers=_load_texts(folder / "customers"),
            offsets=_mapped(folder / "offsets.npy"),
            at=_mapped(folder / "at.npy"),
            unit=about["unit"],
            event=_mapped(folder / "event.npy"),
            event_names=_load_texts(folder / "event_names"),
            sequence=_mapped(folder / "sequence.npy") if about["sequence"] else None,
            row=_mapped(folder / "row.npy"),
            columns=_Saved(folder, about["columns"]),
        )
        store.__dict__["fingerprint"] = about["fingerprint"]
        return store


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _save_texts(path: Path, texts: NDArray[Any]) -> None:
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    np.save(path.with_suffix(".ends.npy"), np.cumsum(lengths))
    path.with_suffix(".txt").write_bytes("".join(texts).encode("utf-8", "surrogatepass"))


def _load_texts(path: Path) -> NDArray[Any]:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8", "surrogatepass")
    ends = np.load(path.with_suffix(".ends.npy"), allow_pickle=False).tolist()
    texts = np.empty(len(ends), dtype=object)
    texts[:] = [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    return texts


def _save_values(path: Path, values: NDArray[Any]) -> None:
    if values.dtype == object:
        _save_texts(path, values)
    else:
        np.save(path.with_suffix(".npy"), values)


def _load_values(path: Path) -> NDArray[Any]:
    typed = path.with_suffix(".npy")
    return np.load(typed, allow_pickle=False) if typed.exists() else _load_texts(path)


class _Saved(Mapping[str, Column]):
    """The properties of a saved store; each is opened when it is first asked for."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self._paths = {name: folder / f"column{position}" for position, name in enumerate(names)}
        self._opened: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        if name not in self._opened:
            path = self._paths[name]
            codes, values = (
                _mapped(path.with_suffix(".npy")),
                _load_values(path.with_name(f"{path.name}_values")),
            )
            self._opened[name] = Column(codes, values)
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
