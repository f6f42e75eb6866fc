"""Rows that cannot be used, with their line, their reason and their text."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.events.quality import aside
from journeymap.events.reading.files import lines_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.tables import Part, Table

QUOTED, LONGEST = 1_000, 10_000
"""The rows of one reason whose text is kept, and the characters of each."""


def set_aside(table: Table, fate: NDArray[np.int8], reasons: Sequence[str]) -> pd.DataFrame:
    """List the rows of a table that cannot be used.

    Parameters
    ----------
    fate
        For each row of the table the number of its reason; 0 is a row that can be used.
    reasons
        The reasons by number.
    """
    begin, frames = 0, []
    for part in table.parts:
        frames.append(_of_part(table, part, begin, fate[begin : begin + part.rows], reasons))
        begin += part.rows
    return pd.concat(frames, ignore_index=True) if frames else aside()


def _of_part(
    table: Table, part: Part, begin: int, fate: NDArray[np.int8], reasons: Sequence[str]
) -> pd.DataFrame:
    rows = np.flatnonzero(fate)
    lines = [*part.line_of(rows).tolist(), *(one.line for one in part.unsound)]
    why = [*np.array(reasons, dtype=object)[fate[rows]], *(one.reason for one in part.unsound)]
    frame = aside(lines, why, [""] * len(lines), [part.name] * len(lines))
    wanted = (frame.groupby("reason").cumcount() < QUOTED).to_numpy(copy=True)
    if part.text is not None:
        frame.loc[wanted, "text"] = _as_it_stood(part, rows, wanted, table.encoding)
    elif len(rows):
        wanted[len(rows) :] = False
        frame.loc[wanted, "text"] = _as_json(table, rows[wanted[: len(rows)]] + begin)
    return frame.sort_values("line", kind="stable", ignore_index=True)


def _as_it_stood(part: Part, rows: NDArray[np.int64], wanted: NDArray[np.bool_], encoding: str) -> list[str]:
    """Quote the lines of a text file: those of the rows that are wanted, then those of the unsound ones."""
    unsound = np.sort(np.array([one.line for one in part.unsound], dtype=np.int64))
    first = part.line_of(rows)
    stops = np.append(unsound, np.iinfo(np.int64).max)[np.searchsorted(unsound, first)]
    last = np.minimum(part.line_of(rows + 1), stops) - 1
    spans = [*zip(first, last, strict=True), *((one.line, one.line) for one in part.unsound)]
    chosen = [range(begin, end + 1) for (begin, end), wish in zip(spans, wanted, strict=True) if wish]
    texts = (
        lines_at(part.text, {line for span in chosen for line in span}, encoding=encoding)
        if part.text
        else {}
    )
    return ["\n".join(texts.get(line, "") for line in span).rstrip("\n")[:LONGEST] for span in chosen]


def _as_json(table: Table, rows: NDArray[np.int64]) -> list[str]:
    """Write rows of a table as JSON, missing values left out."""
    chosen = ", ".join(f"{one.column}::VARCHAR" for one in table.fields)
    found = table.run(
        f"SELECT {chosen} FROM raw WHERE row IN (SELECT unnest(?::BIGINT[])) ORDER BY row", [rows.tolist()]
    )
    return [
        json.dumps(
            {name: value for name, value in zip(table.names, values, strict=True) if value is not None},
            ensure_ascii=False,
        )
        for values in found
    ]
