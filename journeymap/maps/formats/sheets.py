"""A map as a workbook: one sheet for each kind of part, ids in the first column; text is never a formula."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from journeymap.errors import counted
from journeymap.maps.document import COLLECTIONS, JourneyMap
from journeymap.maps.formats import backlog
from journeymap.maps.formats.cells import cell_of, columns
from journeymap.maps.grounds import Change, Contributor, Waiver
from journeymap.maps.measurements import Observation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from journeymap.maps.fields import Part
    from journeymap.maps.formats.cells import Cell

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_575
AMBIGUOUS = re.compile("_x00([01][0-9A-F]|5F)_", re.IGNORECASE)
"""What sheets write for a control character; a reader cannot tell it from one."""
WIDEST = 48


class Sheet(NamedTuple):
    """A sheet of parts: its name, the field of the map that holds them, their kind."""

    name: str
    field: str
    kind: type[Part]


def _titled(field: str) -> str:
    return "KPIs" if field == "kpis" else field.capitalize()


SHEETS = [
    Sheet("Contributors", "contributors", Contributor),
    *(Sheet(_titled(field), field, kind) for kind, field in COLLECTIONS.items()),
    Sheet("Measurements", "observations", Observation),
    Sheet("Waivers", "waivers", Waiver),
    Sheet("Changelog", "changelog", Change),
]
OWN_SHEETS = [sheet.field for sheet in SHEETS]
MAP_FIELDS = columns(JourneyMap, without=OWN_SHEETS)
"""The rows of the sheet of the map itself."""


def written(journey_map: JourneyMap, _path: Path, /) -> tuple[bytes, list[str]]:
    """Return a map as the bytes of a workbook, and what it cannot hold."""
    head = [[name, cell_of(journey_map, name, field)] for name, field in MAP_FIELDS.items()]
    sheets: dict[str, list[list[Cell]]] = {"Map": [["field", "value"], *head]}
    for sheet in SHEETS:
        known = columns(sheet.kind)
        parts = [
            [cell_of(part, name, field) for name, field in known.items()]
            for part in parts_of(journey_map, sheet.field)
        ]
        sheets[sheet.name] = [list(known), *parts]
    told = _told([cell for rows in sheets.values() for row in rows for cell in row])
    return workbook(sheets | _backlog(journey_map)), told


def _backlog(journey_map: JourneyMap) -> dict[str, list[list[Cell]]]:
    """Return the sheet that says of each opportunity what it stands on and what is at stake; it is not read back."""
    rows = [list(row.values()) for row in backlog.cells(journey_map)]
    return {"Backlog": [list(backlog.COLUMNS), *rows]} if rows else {}


def parts_of(journey_map: JourneyMap, field: str) -> Sequence[Part]:
    """Return the parts that a sheet holds."""
    if field == "observations":
        return journey_map.measurements.observations if journey_map.measurements else ()
    parts: Sequence[Part] = getattr(journey_map, field)
    return parts


def _told(cells: list[Cell]) -> list[str]:
    texts = [cell for cell in cells if isinstance(cell, str)]
    long = sum(len(text) > MOST_CHARACTERS for text in texts)
    told = []
    if long:
        noun = counted(long, "text is", "texts are")
        told.append(
            f"{noun} longer than the {MOST_CHARACTERS:,} characters that a cell holds; the rest is cut off."
        )
    if any(map(AMBIGUOUS.search, texts)):
        told.append("Texts such as _x0007_ mean a control character in a sheet and are read back as one.")
    return told


class Exact(float):
    """A number that is written with all its digits; the writer's own way keeps 16 of 17."""

    def __format__(self, _spec: str, /) -> str:
        return repr(float(self))


def workbook(sheets: dict[str, list[list[Cell]]], /) -> bytes:
    """Write sheets of rows, the first of which is the heading, as an xlsx file.

    A text is written as text, also where it looks like a formula, a number or a link.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        forms = {
            "head": book.add_format({"bold": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "number": book.add_format({"valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for position, width in enumerate(_widths(rows)):
                sheet.set_column(position, position, width)
            for number, row in enumerate(rows):
                _write_row(sheet, number, row, forms)
    return buffer.getvalue()


def _write_row(sheet: Any, number: int, row: list[Cell], forms: dict[str, Any]) -> None:
    for position, cell in enumerate(row):
        if isinstance(cell, str):
            said = cell.encode("utf-8", "replace").decode()[:MOST_CHARACTERS]
            sheet.write_string(number, position, said, forms["text" if number else "head"])
        elif isinstance(cell, dt.date):
            sheet.write_datetime(number, position, cell, forms["day"])
        elif cell is not None:
            sheet.write_number(number, position, Exact(cell), forms["number"])


def _widths(rows: list[list[Cell]]) -> list[int]:
    """Return a width for each column in which most of its texts can be read."""
    columns_of = zip(*rows, strict=False)
    return [
        min(
            WIDEST, 2 + max((len(line) for cell in column for line in str(cell or "").split("\n")), default=8)
        )
        for column in columns_of
    ]
