"""The table twin of a picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.report.cells import columns

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.report.cells import Column

MOST_ROWS = 500


class TableView(w.HTML):  # type: ignore[misc]
    """A table as plain HTML; all text from data is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("jm-table")

    def show(self, table: pd.DataFrame) -> None:
        """Show a table without its empty columns; of a very long one the first rows, and how many there are."""
        shown = [column for column in columns(table.head(MOST_ROWS)) if not column.is_empty]
        head = "".join(f"<th scope='col'{_side(column)}>{escape(column.heading)}</th>" for column in shown)
        cells = [[f"<td{_side(column)}>{escape(text)}</td>" for text in column.texts()] for column in shown]
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True))
        more = (
            f"<p>{len(table):,} rows; the first {MOST_ROWS} are shown, an export has all.</p>"
            if len(table) > MOST_ROWS
            else ""
        )
        self.value = f"<div class='jm-scroll' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"


def _side(column: Column) -> str:
    return " class='jm-right'" if column.is_number else ""
