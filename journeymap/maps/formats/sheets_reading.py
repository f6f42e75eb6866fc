"""A workbook read as a map: the layout of :mod:`journeymap.maps.formats.sheets`, or a CJML survey."""

from __future__ import annotations

import re
import warnings
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from journeymap.errors import DataError, DefinitionError
from journeymap.maps.document import JourneyMap
from journeymap.maps.fields import part_from_plain
from journeymap.maps.formats import survey
from journeymap.maps.formats.cells import Cell, columns, plain_row
from journeymap.maps.formats.sheets import MAP_FIELDS, SHEETS

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 300_000_000
ENCODED = re.compile("_x(00[01][0-9A-Fa-f])_")

Rows = list[list[Cell]]


def read(path: Path, /) -> JourneyMap:
    """Read a map from a workbook in the own layout or in the layout of a CJML survey.

    Raises
    ------
    DataError
        If it is no workbook, is in another layout, or a cell cannot be used; the sheet and the row are named.
    """
    sheets = rows_of(path)
    if "Map" in sheets:
        return _map(sheets, path.name)
    for rows in sheets.values():
        if rows and survey.is_survey(rows[0]):
            return survey.from_rows(rows, title=path.stem)
    raise DataError(
        f"{path.name} is no map: it has no sheet Map.",
        right="A workbook that journeymap has written, or a CJML survey (its first row begins with Include, TP ID).",
        fix='write(journey_map, "map.xlsx")',
    )


def rows_of(path: Path, /) -> dict[str, Rows]:
    """Return the rows of each sheet of a workbook: the values of its cells, no formulas."""
    import openpyxl  # takes a while, and is needed here alone

    _harmless(path)
    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has besides its cells
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            return {
                sheet.title: [[_decoded(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
                for sheet in book.worksheets
            }
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise _no_workbook(path, str(error)) from error


def _harmless(path: Path) -> None:
    """Refuse a workbook that would fill the memory, or whose XML has document types."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_BYTES:
                raise _no_workbook(path, "unpacked it is larger than 300 MB")
            for member in packed.namelist():
                with packed.open(member) as stream:
                    if b"<!doctype" in stream.read(4096).replace(b"\0", b"").lower():
                        raise _no_workbook(path, "it has a document type")
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror}.", right="The path of an xlsx file."
        ) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _no_workbook(path, str(error)) from error


def _no_workbook(path: Path, why: str) -> DataError:
    return DataError(f"{path.name} is no workbook: {why}.", right="An xlsx file.", fix="map.xlsx")


def _decoded(cell: Any) -> Cell:
    """Undo the way in which sheets write control characters."""
    return ENCODED.sub(lambda sign: chr(int(sign[1], 16)), cell) if isinstance(cell, str) else cell


def _map(sheets: dict[str, Rows], name: str) -> JourneyMap:
    said = {str(row[0]): row[1] for row in sheets["Map"][1:] if len(row) > 1 and row[0]}
    plain = _plain(said, MAP_FIELDS, f"{name}, sheet Map")
    numbers: dict[str, list[int]] = {}
    for sheet in SHEETS:
        rows = sheets.get(sheet.name, [])
        heading, known = [str(cell or "") for cell in rows[0]] if rows else [], columns(sheet.kind)
        filled = [(number, row) for number, row in enumerate(rows, start=1) if number > 1 and any(row)]
        numbers[sheet.field] = [number for number, _ in filled]
        parts = [
            _plain(dict(zip(heading, row, strict=False)), known, f"{name}, sheet {sheet.name}, row {number}")
            for number, row in filled
        ]
        if parts:
            holder = plain.setdefault("measurements", {}) if sheet.field == "observations" else plain
            holder[sheet.field] = parts
    try:
        found: JourneyMap = part_from_plain(JourneyMap, plain)
    except DefinitionError as error:
        where = _where(error.path, numbers)
        raise DataError(f"{name}, {where}: {error.wrong}", right=error.right, fix=error.fix) from error
    return found


def _plain(row: dict[str, Cell], known: dict[str, Any], where: str) -> dict[str, Any]:
    try:
        return plain_row({name: cell for name, cell in row.items() if name}, known)
    except DataError as error:
        raise DataError(f"{where}: {error.wrong}", right=error.right, fix=error.fix) from error


def _where(path: tuple[str | int, ...], numbers: dict[str, list[int]]) -> str:
    for name, place in pairwise(path):
        sheet = next((sheet for sheet in SHEETS if sheet.field == name), None)
        if sheet and isinstance(place, int):
            return f"sheet {sheet.name}, row {numbers[sheet.field][place]}"
    return "sheet Map"
