"""JSON Lines: every line that is an object becomes a row of a Parquet file, structures flattened with dots."""

# ruff: noqa: S608  only names made or quoted here are put into SQL

from __future__ import annotations

import glob
import json
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from journeymap.errors import DataError
from journeymap.events.reading.delimited import ENCODING, Scan, scan_records
from journeymap.events.reading.files import file_blocks
from journeymap.events.reading.tables import Part, Unsound, text, unrepeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MOST_COLUMNS = 1_000
"""Columns that structures may become; beyond that they stay JSON."""
MIXED = "MIXED"
"""The type of what is a list, or of several types."""
STRUCTURED = "STRUCTURED"
"""The type of what is a structure in some rows and something else in others."""
LARGEST = 1 << 26
"""Bytes that one JSON object may have."""


def json_to_parquet(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    target: Path,
    columns: dict[str, str],
    loose: set[str],
    *,
    encoding: str,
) -> Part:
    """Turn JSON lines (or one JSON array) into a Parquet file of texts.

    `columns` maps the names seen so far to the columns of the Parquet files; it grows. So does `loose`, the columns that
    hold anything but JSON strings.
    """
    copy, objects = target.with_suffix(".txt"), target.with_suffix(".objects")
    is_array = _is_array(path, encoding)
    with copy.open("wb") as sink:
        blocks = file_blocks(path, encoding=encoding)
        if is_array:
            sink.writelines(blocks)
            found = Scan(0, [], [], plain=True)
        else:
            found = scan_records(blocks, delimiter=None, width=1, sink=sink)
    _write_objects(connection, path, copy, objects, is_array=is_array)
    source = f"read_parquet({text(glob.escape(str(objects)))})"
    sound = np.asarray(
        connection.execute(f"SELECT sound FROM {source} ORDER BY file_row_number").fetchnumpy()["sound"]
    )
    if not is_array and len(sound) != found.sound:
        raise DataError(f"{path.name} cannot be read line by line.", right="It needs one JSON object a line.")
    lines = _lines(found, len(sound), is_array=is_array)
    unsound = [
        *found.unsound,
        *(Unsound(int(line), "no JSON object, or a broken one") for line in lines[~sound]),
    ]
    leaves = _all_leaves(connection, source)
    if not leaves:
        raise _nothing(path, found)
    titles = unrepeated(".".join(keys) for keys, _ in leaves)
    names = [columns.setdefault(title, f"c{len(columns)}") for title in titles]
    loose.update(name for name, (_, kind) in zip(names, leaves, strict=True) if kind != "VARCHAR")
    chosen = ", ".join(f"picked[{place}] AS {name}" for place, name in enumerate(names, start=1))
    picked = f"json_extract_string(json, [{', '.join(text(_pointer(keys)) for keys, _ in leaves)}])"
    rows = connection.sql(f"SELECT {chosen} FROM (SELECT {picked} AS picked FROM {source} WHERE sound)")
    rows.write_parquet(str(target), compression="snappy")
    for used in (copy, objects):
        used.unlink()
    mixed = [title for title, (_, kind) in zip(titles, leaves, strict=True) if kind == STRUCTURED]
    quoted_from = None if is_array else path
    return Part(path.name, quoted_from, target, int(sound.sum()), *_runs(lines[sound]), unsound, mixed=mixed)


def _is_array(path: Path, encoding: str) -> bool:
    """Tell whether a file is one JSON array, by its first sign."""
    return next(file_blocks(path, encoding=encoding))[:1_000].lstrip()[:1] == b"["


def _write_objects(
    connection: duckdb.DuckDBPyConnection, path: Path, copy: Path, objects: Path, *, is_array: bool
) -> None:
    """Write one row for each line: the JSON, and whether it is a sound object."""
    form = "format = 'array'" if is_array else "format = 'newline_delimited', ignore_errors = true"
    read = f"read_json_objects({text(glob.escape(str(copy)))}, {form}, maximum_object_size = {LARGEST})"
    sound = "coalesce(json_type(json) = 'OBJECT', false)"
    try:
        rows = connection.sql(f"SELECT CASE WHEN {sound} THEN json END AS json, {sound} AS sound FROM {read}")
        rows.write_parquet(str(objects), compression="snappy")
    except duckdb.Error as error:
        said = str(error).splitlines()[0].replace(str(copy), path.name)
        raise DataError(f"{path.name} is not valid JSON: {said}") from error


def _nothing(path: Path, found: Scan) -> DataError:
    wrong = f"{path.name} has no JSON objects."
    if any(one.reason == ENCODING for one in found.unsound):
        return DataError(
            wrong, right="Perhaps the file is in another text encoding.", fix='encoding="cp1252"'
        )
    return DataError(wrong, right="It needs one JSON object a line.")


def _all_leaves(connection: duckdb.DuckDBPyConnection, source: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the keys that lead to each plain value of any object, and its type."""
    query = f"SELECT DISTINCT json_structure(json)::VARCHAR FROM {source} WHERE sound"
    found = sorted(row[0] for row in connection.execute(query).fetchall())
    structure: dict[str, Any] = reduce(_united, (_structure(json.loads(one)) for one in found), {})
    leaves = list(_leaves(structure))
    return leaves if len(leaves) <= MOST_COLUMNS else [((key,), MIXED) for key in structure]


def _structure(found: Any) -> Any:
    """Return the structure of one object as dictionaries and names of types; the database calls an empty object JSON."""
    if isinstance(found, dict):
        return {key: _structure(inner) for key, inner in found.items()}
    if isinstance(found, list):
        return MIXED
    return {} if found == "JSON" else found


def _united(one: Any, other: Any) -> Any:
    """Unite two structures: a type wins over NULL, equal ones stay, objects are united key by key, the rest is mixed.

    An object and anything else are told apart from the rest, so that the reader hears of it.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _united(one.get(key, "NULL"), other.get(key, "NULL")) for key in {**one, **other}}
    if "NULL" in (one, other):
        return other if one == "NULL" else one
    if STRUCTURED in (one, other) or isinstance(one, dict) != isinstance(other, dict):
        return STRUCTURED
    return one if one == other else MIXED


def _leaves(structure: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the keys that lead to each plain value, and its type."""
    for key, inner in structure.items():
        if isinstance(inner, dict) and inner:
            yield from _leaves(inner, (*above, key))
        else:
            yield (*above, key), inner if isinstance(inner, str) else MIXED


def _pointer(keys: tuple[str, ...]) -> str:
    """Write keys as a JSON pointer."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def _lines(found: Scan, n_objects: int, *, is_array: bool) -> NDArray[np.int64]:
    """Return the line of each object; in an array, its number."""
    if is_array:
        return np.arange(1, n_objects + 1)
    places, lines = (np.array(column, dtype=np.int64) for column in zip(*found.moved, strict=True))
    return Part("", None, Path(), found.sound, places, lines).line_of(np.arange(n_objects))


def _runs(lines: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows at which the lines do not simply go on, and their lines."""
    places = np.flatnonzero(np.diff(lines, prepend=lines[:1] - 2) != 1)
    return places, lines[places]
