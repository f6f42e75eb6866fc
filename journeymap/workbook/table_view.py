"""The table twin of a picture."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from journeymap.report.cells import columns

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.report.cells import Column

MOST_ROWS = 500
MOST_COLUMNS = 9
WIDEST, PADDING = 18, 3


class TableView(w.HTML):  # type: ignore[misc]
    """A table as plain HTML; all text from data is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("jm-table")

    def show(self, table: pd.DataFrame, *, unit: str = "customers") -> None:
        """Show a table without its empty columns; of a very long one the first rows, and how many there are.

        Parameters
        ----------
        unit
            What the column of customers counts.
        """
        shown = [column for column in columns(table.head(MOST_ROWS), unit=unit) if not column.is_empty]
        fixed = _fixed(shown)
        head = "".join(
            f"<th scope='col'{look}>{escape(column.heading)}</th>"
            for column, look in zip(shown, fixed, strict=True)
        )
        cells = [
            [f"<td{look}>{escape(text)}</td>" for text in column.texts()]
            for column, look in zip(shown, fixed, strict=True)
        ]
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True))
        more = (
            f"<p>{len(table):,} rows; the first {MOST_ROWS} are shown, an export has all.</p>"
            if len(table) > MOST_ROWS
            else ""
        )
        wide = " jm-wide" if len(shown) > MOST_COLUMNS else ""
        hint = (
            f"<p class='jm-wide-hint'>{len(shown)} columns; scroll sideways for the last.</p>" if wide else ""
        )
        self.value = f"{hint}<div class='jm-scroll{wide}' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"


def _fixed(shown: list[Column]) -> list[str]:
    """Return the look of each column; in a wide table the names at its left stay in view, if not the whole of long ones."""
    names = list(itertools.takewhile(lambda column: not column.is_number, shown))
    looks, left = [], 0
    for column in names if len(shown) > MOST_COLUMNS else []:
        width = min(WIDEST, max(map(len, [column.heading, *column.texts()]))) + PADDING
        looks.append(f" class='jm-fixed' style='left:{left}ch;min-width:{width}ch;max-width:{width}ch'")
        left += width
    rest = shown[len(looks) :]
    return [*looks, *(" class='jm-right'" if column.is_number else "" for column in rest)]
