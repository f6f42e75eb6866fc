"""How the searches are compiled.

They allocate nothing, so numba need not count who holds an array: it would at every call of an inner function, which
costs more than the search itself. What is kept on disk belongs to the sources it was made of, all of them: numba alone
looks only at the file of the outer function.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numba import njit
from numba.core.caching import FunctionCache

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = blake2b(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).digest()

inner: Callable[[Any], Any] = njit(nogil=True, forceinline=True, _nrt=False)  # type: ignore[call-overload]
"""Compile a function that becomes part of every function that calls it."""


def kernel(function: Callable[..., None]) -> Callable[..., None]:
    """Compile a function that is called from Python; the machine code is kept on disk."""
    compiled: Any = njit(nogil=True, _nrt=False)(function)  # type: ignore[call-overload]
    if hasattr(compiled, "enable_caching"):
        compiled._cache = _Kept(function)  # type: ignore[no-untyped-call]  # noqa: SLF001 - numba has no other way
    return compiled


class _Kept(FunctionCache):
    """Machine code on disk, looked up by the sources, too."""

    def _index_key(self, signature: Any, codegen: Any) -> tuple[Any, ...]:
        return (*super()._index_key(signature, codegen), SOURCES)  # type: ignore[no-untyped-call]
