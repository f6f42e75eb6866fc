"""Arrays that grow piece by piece: in memory, or in a file that is an ordinary .npy as soon as it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import DTypeLike, NDArray


class Growing:
    """An array of one dimension whose length is known only at its end; in memory where it has no path.

    Parameters
    ----------
    room
        How many values are expected; more make it slower, no more.

    Examples
    --------
    >>> growing = Growing(None, np.int64)
    >>> growing.append(np.array([1, 2]))
    >>> growing.append(np.array([3]))
    >>> growing.finished().tolist()
    [1, 2, 3]
    """

    def __init__(self, path: Path | None, dtype: DTypeLike, *, room: int = 0) -> None:
        self._path, self._dtype, self._length = path, np.dtype(dtype), 0
        self._values = np.empty(0 if path else room, self._dtype)
        if path:
            with path.open("wb") as file:
                self._write_heading(file)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the values."""
        return self._dtype

    def __len__(self) -> int:
        return self._length

    def _write_heading(self, file: Any) -> None:
        """Write what comes before the values; numpy leaves room in it for a length that grows."""
        about = {"descr": npy.dtype_to_descr(self._dtype), "fortran_order": False, "shape": (self._length,)}
        npy.write_array_header_1_0(file, about)

    def append(self, piece: NDArray[Any]) -> None:
        """Put values behind the others."""
        piece = np.ascontiguousarray(piece, dtype=self._dtype)
        self._length += len(piece)
        if self._path is None:
            if self._length > len(self._values):
                self._values = np.append(self._values, np.empty(self._length, self._dtype))
            begin = self._length - len(piece)
            self._values[begin : self._length].view(np.uint8)[:] = piece.view(
                np.uint8
            )  # records are slow to assign
            return
        with self._path.open("ab") as file:
            file.write(piece.view(np.uint8).data)

    def finished(self) -> NDArray[Any]:
        """Return all values; those of a file are memory-mapped."""
        if self._path is None:
            return self._values[: self._length]
        with self._path.open("r+b") as file:
            self._write_heading(file)
        return mapped(self._path)


def mapped(path: Path) -> NDArray[Any]:
    """Open the array of a file without reading it."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:  # an empty array cannot be mapped
        return np.asarray(np.load(path, allow_pickle=False))
