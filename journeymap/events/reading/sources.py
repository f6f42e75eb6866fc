"""What can be read: files and tables in memory, as one table."""

from __future__ import annotations

import glob
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

from journeymap.errors import DataError
from journeymap.events.reading.coding import BLANKS, WHOLE, coded, notes_on, typed_values
from journeymap.events.reading.delimited import delimited_to_parquet
from journeymap.events.reading.files import common_kind, find_files, telling_names, without_empty
from journeymap.events.reading.frames import frame_to_parquet, is_frame
from journeymap.events.reading.json_lines import json_to_parquet
from journeymap.events.reading.tables import Part, Table, connected, open_table
from journeymap.events.store import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _say_nothing(step: str) -> None:
    """Take note of a step."""


def open_source(
    source: Any, *, folder: Path, encoding: str = "utf-8", step: Callable[[str], None] = _say_nothing
) -> Table:
    """Open files (already found) or a table in memory; what has to be written on the way goes into `folder`."""
    connection = connected(folder)
    if is_frame(source):
        step("reading the table")
        part, names = frame_to_parquet(connection, source, folder / "frame.parquet")
        return open_table(connection, [part], names=names)
    kind = common_kind(source)
    files, empty = without_empty(source, encoding=encoding)
    table = _open_files(connection, files, kind, folder=folder, encoding=encoding, step=step)
    return replace(table, notes=(*_notes_on_empty(source, empty), *_notes_on_parts(table.parts)))


def _notes_on_empty(files: list[Path], empty: list[Path]) -> list[str]:
    """Tell of files that hold nothing."""
    names = dict(zip(files, telling_names(files), strict=True))
    return [f"{names[path]} is empty and was left out." for path in empty]


def _notes_on_parts(parts: Iterable[Part]) -> list[str]:
    """Tell of what was read otherwise than it stands in the files."""
    spared = sum(part.spared for part in parts)
    mixed = dict.fromkeys(name for part in parts for name in part.mixed)
    notes = [
        f"{name} holds structures in some rows and something else in others; it was read as JSON text."
        for name in mixed
    ]
    if spared:
        notes.append(f"Lines that end with a separator behind their last field: {spared:,}; it was left out.")
    return notes


def _open_files(
    connection: duckdb.DuckDBPyConnection,
    files: list[Path],
    kind: str,
    *,
    folder: Path,
    encoding: str,
    step: Callable[[str], None],
) -> Table:
    if kind == "parquet":
        step("opening the files")
        return open_table(connection, _named([_parquet_part(connection, path) for path in files], files))
    columns: dict[str, str] = {}
    loose: set[str] = set()
    parts = []
    for place, path in enumerate(files):
        step(f"reading {path.name}")
        target = folder / f"part{place}.parquet"
        if kind == "json":
            parts.append(json_to_parquet(connection, path, target, columns, loose, encoding=encoding))
        else:
            parts.append(delimited_to_parquet(connection, path, target, columns, encoding=encoding))
    names = {column: name for name, column in columns.items()}
    return open_table(
        connection,
        _named(parts, files),
        names=names,
        loose=loose if kind == "json" else names,
        encoding=encoding,
    )


def _named(parts: Iterable[Part], files: list[Path]) -> list[Part]:
    """Give parts names that tell their files apart."""
    named = zip(parts, telling_names(files), files, strict=True)
    return [replace(part, name=name, path=path) for part, name, path in named]


def _parquet_part(connection: duckdb.DuckDBPyConnection, path: Path) -> Part:
    try:
        found = connection.execute(
            "SELECT num_rows FROM parquet_file_metadata(?)", [glob.escape(str(path))]
        ).fetchall()
    except duckdb.Error as error:
        raise DataError(
            f"{path.name} cannot be read as Parquet.", right="The file may be cut off, or of another type."
        ) from error
    return Part(path.name, None, path, found[0][0])


def frame(source: Any, *, key: str | None = None) -> pd.DataFrame:
    """Read any source as a pandas table.

    What a text file holds gets its type from its values; only the column `key` stays text as it stands. What the reader
    must know is in ``attrs["notes"]``.

    Examples
    --------
    >>> frame(pd.DataFrame({"id": ["007"], "plan": ["free"]}))
        id  plan
    0  007  free
    """
    if isinstance(source, pd.DataFrame):
        return source
    if not is_frame(source):
        source = find_files(source)
    with tempfile.TemporaryDirectory(prefix="journeymap-", ignore_cleanup_errors=True) as folder:
        table = open_source(source, folder=Path(folder))
        try:
            return _as_frame(table, key)
        finally:
            table.connection.close()


def _as_frame(table: Table, key: str | None) -> pd.DataFrame:
    columns, notes = {}, list(table.notes)
    for one in table.fields:
        dictionary = typed_values(table, one._replace(loose=one.loose and one.name != key))
        columns[one.name] = _as_series(Column(coded(table, dictionary), np.asarray(dictionary.values)))
        notes += notes_on(dictionary.field, dictionary.counts)
    result = pd.DataFrame(columns)
    unsound = table.n_source_rows - table.n_rows
    if unsound:
        notes.append(f"{unsound:,} rows could not be taken apart and were set aside.")
    result.attrs["notes"] = notes
    return result


def _as_series(column: Column) -> pd.Series:
    """Spread coded values over their rows; whole numbers become decimal ones where some are missing."""
    if column.values.dtype in (object, bool):
        spread = column.take(np.arange(len(column.codes)))
        return pd.Series(spread, dtype="str" if column.values.dtype == object else "boolean")
    if not len(column.values):
        return pd.Series(np.full(len(column.codes), np.nan))
    return pd.Series(column.values[column.codes]).mask(column.codes < 0)


def text_ids(ids: pd.Series) -> pd.Series:
    """Write ids of customers as :func:`journeymap.read_events` does: 17850.0 as 17850, no blanks around, None for none.

    Examples
    --------
    >>> text_ids(pd.Series([17850.0, None, 12.5])).tolist()
    ['17850', None, '12.5']
    >>> text_ids(pd.Series([" 007 ", "", "NA"])).tolist()
    ['007', None, 'NA']
    """
    codes, distinct = pd.factorize(ids)
    texts = [_text_id(value) for value in distinct.tolist()]
    return pd.Series(np.array([*texts, None], dtype=object)[codes], index=ids.index, dtype=object)


def _text_id(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return re.sub(WHOLE, r"\1", str(value).strip(BLANKS)) or None
