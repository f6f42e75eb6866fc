"""The fields of a part as the cells of a row, and a row as the plain data of a part."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import Field
from dataclasses import fields as fields_of
from typing import TYPE_CHECKING, Any

import yaml

from journeymap.errors import DataError
from journeymap.maps.fields import FORM, Part, part_to_plain
from journeymap.maps.formats.texts import lines, texts_of
from journeymap.notation import plain_rule
from journeymap.rules import Rule
from journeymap.yaml_text import PlainLoader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

YES = ("yes", "true", "1", "x")
EMPTY = '""'
"""Stands for an empty text where an empty cell would mean the default."""
FIRST_DAY = dt.date(1901, 1, 1)
"""Sheets know no days long before."""

Cell = str | float | bool | dt.date | dt.datetime | None


def columns(kind: type[Part], /, *, without: Iterable[str] = ()) -> dict[str, Field[Any]]:
    """Name the columns of a kind of part: its id, its fields, those of inner parts with a dot, and what else a file said.

    Examples
    --------
    >>> from journeymap.maps.plans import Goal
    >>> list(columns(Goal))
    ['id', 'name', 'parent', 'kpi', 'notes', 'extra']
    """
    found: dict[str, Field[Any]] = {}
    for one in sorted(fields_of(kind), key=lambda field: (field.name == "extra", field.name != "id")):
        inner = one.metadata.get("of")
        if one.name in without:
            continue
        if inner and one.default is None:
            found |= {f"{one.name}.{name}": field for name, field in columns(inner, without=without).items()}
        else:
            found[one.name] = one
    return found


def cell_of(part: Part, column: str, field: Field[Any], /) -> Cell:
    """Write a field into a cell."""
    value: Any = part
    for name in column.split("."):
        value = getattr(value, name, None)
    if value is None or value is False or (isinstance(value, str | tuple | dict) and not value):
        return EMPTY if value == "" and isinstance(field.default, str) and field.default else None
    if isinstance(value, Rule):
        return _yaml(plain_rule(value))
    if isinstance(value, dict) or field.metadata.get("of"):
        return _yaml(value if isinstance(value, dict) else [part_to_plain(one) for one in value])
    if isinstance(value, tuple):
        return lines(value)
    if value is True:
        return "yes"
    return _simple(value)


def _simple(value: Any) -> Cell:
    if isinstance(value, dt.date):
        return value if value >= FIRST_DAY else value.isoformat()
    exact = not isinstance(value, int | float) or (math.isfinite(value) and float(value) == value)
    return value if exact else str(value)


def _yaml(plain: Any) -> str:
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100).removesuffix("\n")


def plain_row(cells: Mapping[str, Cell], known: Mapping[str, Field[Any]], /) -> dict[str, Any]:
    """Turn the cells of a row into the plain data of a part; a column that is not known is kept as what else was said.

    Raises
    ------
    DataError
        If a cell that holds YAML holds something else.
    """
    plain: dict[str, Any] = {}
    for column, cell in cells.items():
        if cell is None or cell == "":
            continue
        field = known.get(column)
        *outer, name = column.split(".") if field else [column]
        inner = plain
        for one in outer:
            inner = inner.setdefault(one, {})
        if name == "extra" and field:
            inner.update(_loaded(cell, column))
        else:
            inner[name] = value_of(cell, field, column) if field else cell
    return plain


def value_of(cell: Cell, field: Field[Any], column: str, /) -> Any:
    """Read the plain value of a field from a cell."""
    meta = field.metadata
    if meta.get("of") or meta[FORM].write in (plain_rule, dict):
        return _loaded(cell, column)
    if field.default == ():
        return texts_of(str(cell))
    if field.default is False:
        return cell is True or str(cell).strip().casefold() in YES
    if "least" in meta:
        return _number(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    if cell == EMPTY and isinstance(field.default, str) and field.default:
        return ""
    return cell if isinstance(cell, dt.date) else _text(cell)


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _number(cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        return int(cell) if cell.strip().lstrip("+-").isdecimal() else float(cell.replace(",", "."))
    except ValueError:
        return cell


def _loaded(cell: Cell, column: str) -> Any:
    try:
        return yaml.load(str(cell), Loader=PlainLoader)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataError(
            f"{column}: {str(cell)[:40]!r} is not YAML.",
            right="The text that a map's YAML file has there.",
            fix="event: purchase",
        ) from error
