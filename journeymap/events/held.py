"""What a log has worked out and keeps, so that the next question need not work it out again."""

from __future__ import annotations

from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Held:
    """The latest results of a log, by what was asked; the ones not used for longest are let go.

    Examples
    --------
    >>> held = Held(most=1)
    >>> held.get("a", lambda: 1), held.get("a", lambda: 2), held.get("b", lambda: 3), held.get("a", lambda: 4)
    (1, 1, 3, 4)
    """

    def __init__(self, *, most: int = 24) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = RLock()

    def get(self, asked: Hashable, work_out: Callable[[], Any]) -> Any:
        """Return what is held for this question, or work it out and hold it."""
        with self._lock:
            if asked not in self._results:
                self._results[asked] = work_out()
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            self._results.move_to_end(asked)
            return self._results[asked]
