"""Ways of writing a time that are named by the user, and which one a column of texts seems to be written in."""

# ruff: noqa: S608  only names made or quoted here are put into SQL

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import duckdb

from journeymap.errors import DataError
from journeymap.events.reading.tables import text

if TYPE_CHECKING:
    from journeymap.events.reading.tables import Field, Table

FORMS = "Times are ISO texts such as 2026-01-14 10:00, or counts since 1970: seconds to nanoseconds."
"""What can be read as a time."""
SOME_MOMENT = 1_953_209_106
"""The seconds from 1970 to 2031-11-23 14:05:06, in which no two parts are the same number."""
SIZES = (1, 60, 3_600, 86_400)
ORDERS = [(f"%d{sign}%m{sign}{year}", f"%m{sign}%d{sign}{year}") for sign in "/.-" for year in ("%Y", "%y")]
"""Dates with the day first, and the same with the month first."""
HOURS = ["", *(f"{gap}%H:%M{rest}" for gap in (" ", ", ") for rest in ("", ":%S", ":%S.%f")), " %I:%M %p", " %I:%M:%S %p"]  # fmt: skip
"""What may follow a date."""


class Suggestion(NamedTuple):
    """What to say of texts that are no known times: a sentence, and what to type (or nothing)."""

    sentence: str
    fix: str


def checked_format(at_format: str | None) -> str | None:
    """Return a format of times, or say what is wrong with it: a moment written in it must be read back as the same.

    Examples
    --------
    >>> checked_format("%d/%m/%Y %H:%M")
    '%d/%m/%Y %H:%M'
    """
    if at_format is None or (isinstance(at_format, str) and _is_read_back(at_format)):
        return at_format
    raise DataError(
        f"at_format={at_format!r} does not name one moment.",
        right="%d is the day, %m the month, %Y the year; %H:%M:%S is the time of day, %I:%M %p one with am and pm.",
        fix='at_format="%d/%m/%Y %H:%M"',
    )


def _is_read_back(at_format: str) -> bool:
    query = f"SELECT epoch(try_strptime(strftime(make_timestamp({SOME_MOMENT * 10**6}), $1), $1))"
    try:
        with duckdb.connect() as connection:
            found = connection.execute(query.replace("$1", text(at_format))).fetchall()[0][0]
    except duckdb.Error:
        return False
    return found in [SOME_MOMENT // size * size for size in SIZES]


def how_to_read(table: Table, one: Field) -> Suggestion:
    """Say what can be read as a time, or how most texts of a column can be."""
    misfit = f'at_format="{table.at_format}" does not fit them.' if table.at_format else ""
    found = _formats_of(table, one) if one.type == "VARCHAR" else ()
    typed = [f'at_format="{one}"' for one in found]
    if len(typed) == 1:
        said = f"They are read with {typed[0]}."
    elif typed:
        said = f"Day and month cannot be told apart: {' or '.join(typed)}."
    else:
        said = "" if misfit else f'{FORMS} Name any other way, such as at_format="%d/%m/%Y %H:%M".'
    return Suggestion(" ".join(part for part in (misfit, said) if part), typed[0] if typed else "")


def _formats_of(table: Table, one: Field) -> tuple[str, ...]:
    """Return the format that reads whatever its twin with day and month swapped reads, and more; both if neither does."""
    pairs = [(day + hour, month + hour) for day, month in ORDERS for hour in HOURS]
    first = f"(SELECT {one.column} FROM raw WHERE trim({one.column}) <> '' LIMIT 1000)"
    reads = ", ".join(f"count(coalesce({_stamp(one, day)}, {_stamp(one, month)}))" for day, month in pairs)
    counts = table.run(f"SELECT {reads} FROM {first}")[0]
    day, month = max(zip(counts, pairs, strict=True))[1]
    by_day, by_month = _stamp(one, day), _stamp(one, month)
    filled, days, months, either = table.run(
        f"SELECT count(nullif(trim({one.column}), '')), count({by_day}), count({by_month}), "
        f"count(coalesce({by_day}, {by_month})) FROM raw"
    )[0]
    if not either or 2 * either < filled:
        return ()
    if max(days, months) < either or days == months:
        return day, month
    return (day,) if days > months else (month,)


def _stamp(one: Field, at_format: str) -> str:
    """Return SQL for the time that a text is in a format, if its year makes sense."""
    stamp = f"try_strptime(trim({one.column}), {text(at_format)})"
    return f"CASE WHEN year({stamp}) BETWEEN 1990 AND 2100 THEN {stamp} END"
