"""Rows on their way in: Parquet files, whatever they came from, seen as one table with plain columns."""

# ruff: noqa: S608  only names made or quoted here are put into SQL

from __future__ import annotations

import glob
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import numpy as np

from journeymap.errors import DataError, listing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


MEMORY = "2500MB"
"""What a database may take before it lays things down in its folder."""
AHEAD = "64MB"
"""How far a database may work ahead of the batches that are fetched."""


class Unsound(NamedTuple):
    """A row that could not even be taken apart: its line and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class Part:
    """One file of a source, and the Parquet file that its rows became.

    Attributes
    ----------
    name
        The name of the source file; empty for a table in memory.
    text
        The file to quote lines from, or None.
    parquet
        The rows.
    rows
        How many they are.
    places, lines
        Row `places[i]` (from 0) and those after it stand on line `lines[i]` and those after it.
    unsound
        What the file holds beside these rows.
    spared
        Lines with a delimiter behind their last field.
    mixed
        Columns that hold structures in some rows and something else in others.
    path
        The source file; None for a table in memory.
    """

    name: str
    text: Path | None
    parquet: Path
    rows: int
    places: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    lines: NDArray[np.int64] = field(default_factory=lambda: np.ones(1, dtype=np.int64))
    unsound: Sequence[Unsound] = ()
    spared: int = 0
    mixed: Sequence[str] = ()
    path: Path | None = None

    def line_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the lines of some rows of this part."""
        nearest_place = np.searchsorted(self.places, rows, side="right") - 1
        return self.lines[nearest_place] + rows - self.places[nearest_place]


class Field(NamedTuple):
    """One column: its name in the source, its column in the view, its type, and whether it is text of an unknown type."""

    name: str
    column: str
    type: str
    loose: bool


@dataclass(frozen=True)
class Table:
    """All rows of a source as the view ``raw`` of a connection: ``row`` (from 0) and ``c0``, ``c1`` and so on.

    `at_format` is how its texts write a time, if they write it in another way than those that are known.
    """

    connection: duckdb.DuckDBPyConnection
    parts: tuple[Part, ...]
    fields: tuple[Field, ...]
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    at_format: str | None = None

    @property
    def n_rows(self) -> int:
        """The rows that can be looked at."""
        return sum(part.rows for part in self.parts)

    @property
    def n_source_rows(self) -> int:
        """All rows of the source, also those that could not be taken apart."""
        return self.n_rows + sum(len(part.unsound) for part in self.parts)

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [one.name for one in self.fields]

    def field(self, name: str) -> Field:
        """Return a column by its name."""
        return self.fields[self.names.index(name)]

    def numpy(self, query: str, parameters: Any = None) -> dict[str, NDArray[Any]]:
        """Run a query and fetch its columns."""
        found: Any = self.connection.execute(query, parameters).fetchnumpy()
        return dict(found)

    def run(self, query: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Run a query and fetch its rows."""
        return list(self.connection.execute(query, parameters).fetchall())


def connected(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open a private database that spills into `folder`, asks no network and prints nothing."""
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(config=settings)
    connection.execute("SET enable_progress_bar = false").fetchall()
    connection.execute("SET TimeZone = 'UTC'").fetchall()
    connection.execute(f"SET streaming_buffer_size = '{AHEAD}'").fetchall()
    return connection


def open_table(
    connection: duckdb.DuckDBPyConnection,
    parts: Iterable[Part],
    *,
    names: Mapping[str, str] | None = None,
    loose: Collection[str] = (),
    encoding: str = "utf-8",
) -> Table:
    """See the rows of all parts as one table; structures are flattened with dots, lists and maps become JSON.

    `names` gives the names of the Parquet columns (if they are not their own), `loose` those of unknown type.
    """
    parts = tuple(parts)
    starts = np.cumsum([0, *(part.rows for part in parts)])[:-1].tolist()
    for variable, value in {
        "files": [glob.escape(str(part.parquet)) for part in parts],
        "starts": starts,
    }.items():
        connection.execute(f"SET VARIABLE {variable} = ?", [value]).fetchall()
    scan = "read_parquet(getvariable('files'), union_by_name = true)"
    try:
        relation = connection.sql(f"FROM {scan}")
    except duckdb.Error as error:
        raise _unreadable(parts, error) from error
    taken = {"file_row_number", "file_index"} & {name.lower() for name in relation.columns}
    if taken:
        raise DataError(f"A column cannot be called {listing(taken)}.", right="Give it another name.")
    leaves = [
        leaf
        for column, kind in zip(relation.columns, relation.dtypes, strict=True)
        for leaf in _leaves((names or {}).get(column, column), quoted(column), kind, loose=column in loose)
    ]
    fields = tuple(
        Field(name, f"c{place}", leaf.type, leaf.loose)
        for place, (name, leaf) in enumerate(
            zip(unrepeated(leaf.name for leaf in leaves), leaves, strict=True)
        )
    )
    chosen = "".join(f", {leaf.column} AS c{place}" for place, leaf in enumerate(leaves))
    row = "getvariable('starts')[file_index::BIGINT + 1] + file_row_number"
    connection.execute(f"CREATE VIEW raw AS SELECT {row} AS row{chosen} FROM {scan}").fetchall()
    return Table(connection, parts, fields, encoding)


def _leaves(name: str, expression: str, kind: Any, *, loose: bool) -> Iterator[Field]:
    """Yield the plain columns inside a column; here `column` is the expression that gives it."""
    if kind.id == "struct":
        for key, inner in kind.children:
            yield from _leaves(
                f"{name}.{key}", f"struct_extract({expression}, {text(key)})", inner, loose=loose
            )
    elif kind.id in ("list", "array", "map", "union", "variant"):
        yield Field(name, f"to_json({expression})::VARCHAR", "VARCHAR", loose)
    elif kind.id == "enum":
        yield Field(name, f"{expression}::VARCHAR", "VARCHAR", loose)
    else:
        yield Field(name, expression, str(kind), loose)


def quoted(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def unrepeated(names: Iterable[str]) -> list[str]:
    """Return the names, a repeated one with a number behind it.

    Examples
    --------
    >>> unrepeated(["at", "event", "at"])
    ['at', 'event', 'at_2']
    """
    result: list[str] = []
    for name in names:
        count, free = 1, name
        while free in result:
            count += 1
            free = f"{name}_{count}"
        result.append(free)
    return result


def _unreadable(parts: Sequence[Part], error: duckdb.Error) -> DataError:
    said = str(error).split("\n")[0]
    return DataError(f"{listing(part.name for part in parts)} cannot be read as Parquet: {said}")
