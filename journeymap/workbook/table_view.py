"""The table twin of a picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import numpy as np
import pandas as pd

from journeymap.charts import numbers

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

MOST_ROWS = 500


class TableView(w.HTML):  # type: ignore[misc]
    """A table as plain HTML; all text from data is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("jm-table")

    def show(self, table: pd.DataFrame) -> None:
        """Show a table; of a very long one the first rows, and how many there are."""
        names = [name for name in table.columns if not table[name].isna().all()]
        head = "".join(
            f"<th scope='col'{_align(table[name])}>{escape(str(name).replace('_', ' '))}</th>"
            for name in names
        )
        rows = "".join(
            _row(row, table, names) for row in table[names].head(MOST_ROWS).itertuples(index=False)
        )
        more = (
            f"<p>{len(table):,} rows; the first {MOST_ROWS} are shown, an export has all.</p>"
            if len(table) > MOST_ROWS
            else ""
        )
        self.value = f"<div class='jm-scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"


def _row(row: tuple[object, ...], table: pd.DataFrame, names: Sequence[Hashable]) -> str:
    cells = (
        f"<td{_align(table[name])}>{escape(_text(value, str(name)))}</td>"
        for name, value in zip(names, row, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _align(column: pd.Series) -> str:
    return " class='jm-right'" if pd.api.types.is_numeric_dtype(column) else ""


def _text(value: Any, name: str) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return numbers.MISSING
    if isinstance(value, float):
        share = name.endswith("share") or name in {
            "low",
            "high",
            "first_low",
            "first_high",
            "share_of_first",
            "share_of_previous",
        }
        return (
            numbers.share(value)
            if share
            else numbers.hours(value)
            if name.endswith("hours")
            else f"{value:,.4g}"
        )
    return (
        numbers.count(value)
        if isinstance(value, int | np.integer) and name not in {"position", "step"}
        else str(value)
    )
