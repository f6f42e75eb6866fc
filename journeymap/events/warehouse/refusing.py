"""What cannot be done with a log that stays in its engine, and names that its engine does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.errors import DataError, DefinitionError, listing, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


def only_read(
    what: str, engine: str, *, right: str = "Export the events and read them here."
) -> DefinitionError:
    """Return the error for what needs the rows themselves.

    Examples
    --------
    >>> print(only_read("jm.reconcile", "duckdb"))
    jm.reconcile cannot be asked of a log that stays in duckdb. Export the events and read them here. Type: jm.read_events("events.parquet", …)
    """
    return DefinitionError(
        f"{what} cannot be asked of a log that stays in {engine}.",
        right=right,
        fix='jm.read_events("events.parquet", …)',
    )


def absent(kind: str, name: object, known: Sequence[str], *, owner: str) -> DataError:
    """Return the error for a table or a column that is not there, with the nearest that is.

    Examples
    --------
    >>> print(absent("column", "usr", ["user", "at"], owner="table events"))
    There is no column 'usr' in table events. There is user and at. Type: 'user'
    """
    close = nearest(str(name), known)
    return DataError(
        f"There is no {kind} {name!r} in {owner}.",
        right=f"There is {listing(known, most=40)}." if known else "",
        fix=repr(close) if close else "",
    )
