"""How the searches are compiled.

They allocate nothing, so numba need not count who holds an array: it would at every call of an inner function, which
costs more than the search itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

kernel: Callable[[Any], Any] = njit(nogil=True, cache=True, _nrt=False)  # type: ignore[call-overload]
"""Compile a function that is called from Python; the machine code is kept on disk."""
inner: Callable[[Any], Any] = njit(nogil=True, forceinline=True, _nrt=False)  # type: ignore[call-overload]
"""Compile a function that becomes part of every function that calls it."""
