"""A table as a file: CSV and XLSX. Text from data stays text, also where it looks like a formula."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter

from journeymap.errors import JourneymapError
from journeymap.report.cells import columns

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from journeymap.report.cells import Column, Kind
    from journeymap.report.subjects import Subject

FORMULA = re.compile(r"^[=+\-@\t\r]")
PLAIN_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
WIDEST = 60
SAMPLE = 500
NUMBER_FORMATS: dict[Kind, str] = {
    "count": "#,##0",
    "share": "0.0%",
    "hours": "#,##0.0",
    "number": "General",
    "moment": "yyyy-mm-dd hh:mm:ss",
    "text": "@",
}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def csv(table: pd.DataFrame, /) -> bytes:
    """Write a table as CSV (RFC 4180) in UTF-8: numbers in full precision, instants in ISO 8601, nothing for what is missing.

    A text that a spreadsheet would compute (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return, and is no plain
    number) gets an apostrophe in front: spreadsheets then show it and run nothing. All other text stays as it is.

    Examples
    --------
    >>> csv(pd.DataFrame({"customer": ["=cmd()", "-5"], "share": [1 / 3, None]})).decode().splitlines()
    ['customer,share', "'=cmd(),0.3333333333333333", '-5,']
    """
    written = pd.DataFrame(
        {position: _plain(table.iloc[:, position]) for position in range(table.shape[1])}, index=table.index
    )
    header = [guarded(str(name)) for name in table.columns]
    text = written.to_csv(index=False, header=header, lineterminator="\r\n")
    return text.encode("utf-8", "replace")


def guarded(text: str, /) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("+49 151"), guarded("-5"), guarded("a=b")
    ("'=1+1", "'+49 151", '-5', 'a=b')
    """
    return f"'{text}" if FORMULA.match(text) and not PLAIN_NUMBER.match(text) else text


def _plain(values: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.map(lambda at: at.isoformat(), na_action="ignore").astype(object)
    if pd.api.types.is_numeric_dtype(values):
        return values
    return values.astype(object).map(lambda value: guarded(str(value)), na_action="ignore")


def xlsx(subject: Subject, /) -> bytes:
    """Write a workbook: the table, and a sheet "Scope" with the finding, the scope and the notes where there are any."""
    table = subject.table
    if table is None:
        raise JourneymapError(f"A {subject.name} has no table.")
    if len(table) > MOST_ROWS:
        raise JourneymapError(
            f"A sheet holds at most {MOST_ROWS:,} rows, and the table has {len(table):,}.",
            right="A CSV file holds them all.",
            fix='jm.save(table, "table.csv")',
        )
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in NUMBER_FORMATS.items()}
        sheet = book.add_worksheet(subject.name.capitalize())
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns(table)):
            _write_column(sheet, position, column, bold, formats[column.kind])
        if scope_lines(subject):
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            _write_scope(book.add_worksheet("Scope"), subject, bold, wrapped)
    return buffer.getvalue()


def _write_column(sheet: Worksheet, position: int, column: Column, bold: Format, form: Format) -> None:
    width = max(
        [len(column.name), *(len(text) for text, _ in zip(column.texts(), range(SAMPLE), strict=False))]
    )
    sheet.set_column(position, position, min(width, WIDEST) + 2)
    sheet.write_string(0, position, _text(column.name), bold)
    for row, value in enumerate(column.values, start=1):
        if value is None:
            continue
        if column.kind == "text":
            sheet.write_string(row, position, _text(value), form)
        elif column.kind == "moment":
            sheet.write_datetime(row, position, value.to_pydatetime(warn=False), form)
        else:
            sheet.write_number(row, position, value, form)


def _text(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode()[:MOST_CHARACTERS]


def _write_scope(sheet: Worksheet, subject: Subject, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate(scope_lines(subject)):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, _text(text), wrapped)


def scope_lines(subject: Subject, /) -> list[tuple[str, str]]:
    """Return finding, scope and notes as named lines of text."""
    finding, scope = subject.finding, subject.scope
    lines = [] if finding is None else [("Finding", finding.text), ("Beside it", finding.support)]
    if scope is not None:
        lines += [
            ("Counted", f"{scope.what}: {scope.counted:,} of {scope.of:,} {scope.unit}"),
            ("From", scope.begin.isoformat()),
            ("To", scope.end.isoformat()),
            ("Time zone", scope.timezone),
            ("Complete to", scope.complete_to.isoformat()),
            *(("Rule", rule) for rule in scope.rules),
            *(("Filter", rule) for rule in scope.filters),
            ("Definition", scope.definition),
            ("Data", scope.data),
            ("Made by", f"journeymap {scope.version}"),
        ]
    return [line for line in [*lines, *(("Note", note) for note in subject.notes)] if line[1]]
