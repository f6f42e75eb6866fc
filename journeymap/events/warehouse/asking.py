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
    backends, _ = expression._find_backends()  # noqa: SLF001 - Ibis names the backend of an expression nowhere else
    with quietly(), _planned(backends):
        return expression.execute()


@contextmanager
def _planned(backends: list[Any]) -> Iterator[None]:
    """Have PostgreSQL match customers by a hash or in order, for this one question.

    It takes what it has worked out along the way for a handful of rows, and would read it once more for each customer.
    """
    if not backends or backends[0].name != "postgres":
        yield
        return
    connection = backends[0].con
    with connection.transaction():
        connection.execute("SET LOCAL enable_nestloop = off")
        yield
