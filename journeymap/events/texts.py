"""Many texts in little memory: their bytes stand in one piece, and only the texts that are asked for are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

PIECE = 100_000
"""How many texts are made at a time."""


class Texts:
    """Texts that are read like an array of them: by position, by positions, by a mask or one after the other.

    Parameters
    ----------
    data
        Their bytes in UTF-8, one text behind the other.
    ends
        Where each ends in `data`.

    Examples
    --------
    >>> texts = Texts.of(["ann", "bob", "zoë"])
    >>> len(texts), texts[2], texts[np.array([1, 0])].tolist()
    (3, 'zoë', ['bob', 'ann'])
    """

    def __init__(self, data: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.data, self.ends = data, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Take up texts."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        ends = np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)))
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, places: Any) -> Any:
        if isinstance(places, (int, np.integer)):
            return self._made(np.array([range(len(self))[int(places)]]))[0]
        return self._made(np.arange(len(self))[places])

    def _made(self, places: NDArray[np.int64]) -> NDArray[Any]:
        ends = self.ends[places].tolist()
        begins = np.where(places > 0, self.ends[places - 1], 0).tolist() if len(places) else []
        made = np.empty(len(places), dtype=object)
        for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            made[place] = self.data[begin:end].tobytes().decode("utf-8", "surrogatepass")
        return made

    def __iter__(self) -> Iterator[str]:
        for begin in range(0, len(self), PIECE):
            yield from self._following(begin)

    def _following(self, begin: int) -> list[str]:
        """Make the texts of one piece."""
        ends = self.ends[begin : begin + PIECE]
        first = int(self.ends[begin - 1]) if begin else 0
        data, places = self.data[first : int(ends[-1])].tobytes(), (ends - first).tolist()
        pairs = zip([0, *places], places, strict=False)
        return [data[start:end].decode("utf-8", "surrogatepass") for start, end in pairs]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:  # noqa: FBT001
        made = np.empty(len(self), dtype=object)
        for begin in range(0, len(self), PIECE):
            made[begin : begin + PIECE] = self._following(begin)
        return made

    def tolist(self) -> list[str]:
        """Make all of them."""
        return list(self)
