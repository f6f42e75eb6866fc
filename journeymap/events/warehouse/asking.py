"""Asking an engine: expressions go out, small tables come back."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def quietly() -> Iterator[None]:
    """Keep to itself what Ibis and the clients of engines say to each other of names that will change."""
    with warnings.catch_warnings():
        for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning, ResourceWarning):
            warnings.simplefilter("ignore", kind)
        warnings.filterwarnings("ignore", message=".*infer_string.*")
        yield


def answer(expression: Any) -> Any:
    """Let the engine work out an expression, and return it as a pandas table."""
    with quietly():
        return expression.execute()
