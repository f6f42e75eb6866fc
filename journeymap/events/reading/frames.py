"""Tables in memory (pandas, polars, pyarrow, DuckDB, Ibis) as Parquet files."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

import json
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd

from journeymap.errors import DataError
from journeymap.events.reading.tables import Part, unrepeated

if TYPE_CHECKING:
    from collections.abc import Sized
    from pathlib import Path

TAKEN = (
    pd.StringDtype, pd.BooleanDtype, pd.ArrowDtype, pd.Float32Dtype, pd.Float64Dtype,
    pd.Int8Dtype, pd.Int16Dtype, pd.Int32Dtype, pd.Int64Dtype,
    pd.UInt8Dtype, pd.UInt16Dtype, pd.UInt32Dtype, pd.UInt64Dtype,
)  # fmt: skip
"""The types of pandas' own that a database takes as they are."""
LIBRARIES = ("pandas", "polars", "pyarrow", "duckdb", "_duckdb", "ibis")


def is_frame(source: Any) -> bool:
    """Tell whether something is a table of a library that we know."""
    return library_of(source) in LIBRARIES and not isinstance(
        source, (duckdb.DuckDBPyConnection, pd.Series, pd.Index)
    )


def library_of(source: Any) -> str:
    """Return the library that a value's type comes from."""
    return type(source).__module__.split(".")[0]


def frame_to_parquet(
    connection: duckdb.DuckDBPyConnection, frame: Any, target: Path
) -> tuple[Part, dict[str, str]]:
    """Write a table in memory to a Parquet file; return it and the names of its columns."""
    try:
        names = _WRITERS[library_of(frame)](connection, frame, target)
        rows = connection.read_parquet(str(target)).count("*").fetchall()[0][0]
    except duckdb.Error as error:
        raise DataError(f"The table cannot be read: {str(error).splitlines()[0]}") from error
    return Part("", None, target, rows), names


def _write_pandas(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, target: Path) -> dict[str, str]:
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    _check_columns(frame.columns)
    names = unrepeated(str(name) for name in frame.columns)
    columns = {f"c{place}": frame.iloc[:, place].reset_index(drop=True) for place in range(len(names))}
    zoned = [name for name, column in columns.items() if isinstance(column.dtype, pd.DatetimeTZDtype)]
    plain = {name: _plain(column) for name, column in columns.items()}
    connection.register("frame", pd.DataFrame(plain, index=pd.RangeIndex(len(frame))))
    chosen = ", ".join(f"{name}::TIMESTAMPTZ_NS AS {name}" if name in zoned else name for name in columns)
    connection.sql(f"SELECT {chosen} FROM frame").write_parquet(str(target), compression="snappy")
    connection.unregister("frame")
    return dict(zip(columns, names, strict=True))


def _check_columns(names: Sized) -> None:
    if not len(names):
        raise DataError(
            "The table has no columns.", right="It needs a customer, an event and a time in each row."
        )


def _plain(column: pd.Series) -> pd.Series:
    """Return a column as one that a database takes: numbers, booleans, times (those of a zone in UTC) or texts."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC").dt.tz_localize(None)
    if column.dtype == object:
        return _plain_objects(column)
    if isinstance(column.dtype, pd.SparseDtype):
        column = column.astype(column.dtype.subtype)
    return column if isinstance(column.dtype, TAKEN) or _is_taken(column.dtype) else _texts(column)


def _is_taken(kind: Any) -> bool:
    return isinstance(kind, np.dtype) and kind.kind in "iufbM"


def _plain_objects(column: pd.Series) -> pd.Series:
    """Return Python objects as numbers or booleans if all of them are, else as texts."""
    kinds = {type(value) for value in column[column.notna()]}
    if kinds and all(issubclass(kind, (bool, np.bool_)) for kind in kinds):
        return column.astype("boolean")
    if kinds and all(issubclass(kind, (Real, Decimal)) and not issubclass(kind, bool) for kind in kinds):
        return column.astype(float) if column.map(_is_exact).all() else _texts(column)
    return _texts(column)


def _is_exact(value: Any) -> bool:
    """Tell whether a number loses nothing as a float."""
    return not isinstance(value, int) or abs(value) < 2**53


def _texts(column: pd.Series) -> pd.Series:
    return pd.Series([_text(value) for value in column], dtype=object)


def _text(value: Any) -> str | None:
    """Write one Python object as text; None for a missing one."""
    if isinstance(value, (dict, list, tuple, set, np.ndarray)):
        listed = value if isinstance(value, dict) else list(value)
        return json.dumps(listed, default=str, ensure_ascii=False)
    if pd.isna(value):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _write_polars(connection: duckdb.DuckDBPyConnection, frame: Any, target: Path) -> dict[str, str]:  # noqa: ARG001
    collected = frame.collect() if hasattr(frame, "collect") else frame
    _check_columns(collected.columns)
    collected.write_parquet(target)
    return {}


def _write_pyarrow(connection: duckdb.DuckDBPyConnection, frame: Any, target: Path) -> dict[str, str]:
    _check_columns(frame.schema.names)
    connection.register("frame", frame)
    connection.table("frame").write_parquet(str(target), compression="snappy")
    connection.unregister("frame")
    return {}


def _write_relation(connection: duckdb.DuckDBPyConnection, frame: Any, target: Path) -> dict[str, str]:  # noqa: ARG001
    frame.write_parquet(str(target))
    return {}


def _write_ibis(connection: duckdb.DuckDBPyConnection, frame: Any, target: Path) -> dict[str, str]:  # noqa: ARG001
    frame.to_parquet(target)
    return {}


_WRITERS = {
    "pandas": _write_pandas,
    "polars": _write_polars,
    "pyarrow": _write_pyarrow,
    "duckdb": _write_relation,
    "_duckdb": _write_relation,
    "ibis": _write_ibis,
}
