"""Dictionary coding: a column as small integers into its sorted distinct values."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from journeymap.events.reading.tables import text
from journeymap.events.reading.times import NUMERIC
from journeymap.events.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.tables import Field, Table

Counts: TypeAlias = tuple[int, ...]
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""The characters that are cut off around customers and event names."""
WHOLE = r"^(0|-?[1-9]\d*)\.0+$"
"""A whole number that was written as a decimal one, such as 17850.0."""
NONE_WORDS = ("na", "n/a", "nan", "null", "none")
"""What a column of numbers may hold where it has no number."""


@dataclass(frozen=True)
class Dictionary:
    """What the values of a column are coded by.

    Attributes
    ----------
    field
        The column.
    name
        The table of the connection that gives the ``code`` of each value ``v``.
    values
        What each code stands for, sorted.
    rows
        How many rows have each code.
    counts
        How many distinct values could be what.
    """

    field: Field
    name: str
    values: NDArray[Any] | Texts
    rows: NDArray[np.int64]
    counts: Counts = ()


def identifiers(table: Table, one: Field, *, name: str) -> Dictionary:
    """Code customers or event names: as texts without blanks around them, 17850.0 as 17850, empty ones missing."""
    _find_distinct(table, one)
    if one.type == "VARCHAR":
        formula = f"nullif({_whole(_trimmed())}, '')"
    elif one.type == "BLOB":
        formula = f"nullif({'decode(v)' if _is_text(table) else 'lower(hex(v))'}, '')"
    elif one.type in ("DOUBLE", "FLOAT"):
        whole = "v = trunc(v) AND abs(v) < 1e18"
        formula = f"CASE WHEN isnan(v) THEN NULL WHEN {whole} THEN v::BIGINT::VARCHAR ELSE v::VARCHAR END"
    else:
        formula = _whole("v::VARCHAR")
    return _dictionary(table, one, formula, name=name)


def _is_text(table: Table) -> bool:
    """Tell whether all bytes are texts without control characters; a key of random bytes is not."""
    plain = "NOT regexp_matches(decode(v), '[\\x{0}-\\x{1f}]')"
    found = table.run(f"SELECT coalesce(bool_and(coalesce(try({plain}), false)), true) FROM distinct_values")
    return bool(found[0][0])


class Changed(Exception):  # noqa: N818  it is no error but news
    """New rows do not go with those that are known already; says why."""


def typed_values(
    table: Table, one: Field, *, name: str = "dictionary", before: Sequence[int] | None = None
) -> Dictionary:
    """Code a property by its typed values.

    Parameters
    ----------
    before
        What was counted in the rows that are known already; the type must stay as it was with them alone.

    Raises
    ------
    Changed
        If it does not.
    """
    _find_distinct(table, one)
    counts = _counts(table, one)
    if before is not None:
        counts = tuple(known + new for known, new in zip(before, counts, strict=True))
        if _formula(one, counts) != _formula(one, tuple(before)):
            raise Changed(f"{one.name} holds values of another kind now")
    return replace(_dictionary(table, one, _formula(one, counts), name=name), counts=counts)


def _find_distinct(table: Table, one: Field) -> None:
    table.run(
        "CREATE OR REPLACE TEMP TABLE distinct_values AS "
        f"SELECT {one.column} AS v, count(*) AS n FROM raw WHERE v IS NOT NULL GROUP BY v"
    )


def _dictionary(table: Table, one: Field, formula: str, *, name: str) -> Dictionary:
    """Code a column by what `formula` makes of its distinct values ``v``; NULL is missing."""
    table.run(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT v, w, n, (dense_rank() OVER (ORDER BY w) - 1)::INTEGER AS code "
        f"FROM (SELECT v, n, {formula} AS w FROM distinct_values) WHERE w IS NOT NULL"
    )
    table.run("DROP TABLE distinct_values")
    found = table.numpy(
        f"SELECT any_value(w) AS w, sum(n)::BIGINT AS n FROM {name} GROUP BY code ORDER BY code"
    )
    table.run(f"ALTER TABLE {name} DROP w")
    values = found["w"] if found["w"].dtype != object else Texts.of(found["w"])
    return Dictionary(
        one, name, np.asarray(values) if not isinstance(values, Texts) else values, np.asarray(found["n"])
    )


def coded(table: Table, dictionary: Dictionary) -> NDArray[np.int32]:
    """Return the code of each row of a table; -1 where it has none."""
    codes = np.full(table.n_rows, -1, dtype=np.int32)
    found = table.numpy(f"SELECT row, code FROM raw JOIN {dictionary.name} ON {dictionary.field.column} = v")
    codes[found["row"]] = found["code"]
    return codes


def _whole(value: str) -> str:
    return (
        f"CASE WHEN contains({value}, '.0') THEN regexp_replace({value}, '{WHOLE}', '\\1') ELSE {value} END"
    )


def _trimmed() -> str:
    """Return the formula of a text without blanks around it; cutting is slow, so only where there is one to cut."""
    blank = "[" + "".join(f"\\x{{{ord(one):x}}}" for one in BLANKS) + "]"
    return f"CASE WHEN regexp_matches(v, '^{blank}|{blank}$') THEN trim(v, {text(BLANKS)}) ELSE v END"


def _counts(table: Table, one: Field) -> Counts:
    """Count the distinct values by what they could be; the counts of two tables add up to those of both."""
    if one.loose:
        return _counts_of_texts(table)
    if one.type in ("FLOAT", "DOUBLE") or one.type.startswith("DECIMAL"):
        return _counts_of_numbers(table, _double(one))
    if one.type in NUMERIC:
        return tuple(table.run("SELECT count(*), count(try_cast(v AS BIGINT)) FROM distinct_values")[0])
    return ()


def _counts_of_numbers(table: Table, value: str) -> Counts:
    """Count the numbers, and those that are whole."""
    return tuple(
        table.run(
            f"SELECT count(n) FILTER (isfinite(n)), count(n) FILTER (isfinite(n) AND n = trunc(n) AND abs(n) < 9e15) "
            f"FROM (SELECT {value} AS n FROM distinct_values)"
        )[0]
    )


def _counts_of_texts(table: Table) -> Counts:
    """Count the texts that are not blank: all, no value, true or false, whole, decimal; then as `_counts_of_numbers`."""
    words = ", ".join(map(text, NONE_WORDS))
    found = table.run(f"""
        SELECT count(*), count(*) FILTER (lower(t) IN ({words})), count(*) FILTER (lower(t) IN ('true', 'false')),
            count(*) FILTER (regexp_full_match(t, '-?(0|[1-9]\\d*)') AND try_cast(t AS BIGINT) IS NOT NULL),
            count(*) FILTER (regexp_full_match(t, '-?(0|[1-9]\\d{{0,15}})?(\\.\\d+)?([eE][+-]?\\d+)?')
                AND try_cast(t AS DOUBLE) IS NOT NULL)
        FROM (SELECT {_trimmed()} AS t FROM distinct_values) WHERE t <> ''""")[0]
    return (*found, *_counts_of_numbers(table, _text_as_number()))


def _double(one: Field) -> str:
    return "v::VARCHAR::DOUBLE" if one.type == "FLOAT" else "v::DOUBLE"


def _text_as_number() -> str:
    return f"try_cast({_trimmed()} AS DOUBLE)"


def _formula(one: Field, counts: Counts) -> str:
    """Return what a value of a column becomes: a text, a number, a boolean or a time."""
    if one.loose:
        return _formula_of_text(counts)
    if one.type == "VARCHAR":
        return f"CASE WHEN {_trimmed()} <> '' THEN v END"
    if one.type in ("FLOAT", "DOUBLE") or one.type.startswith("DECIMAL"):
        return _number(_double(one), *counts)
    if one.type in NUMERIC:
        return "v::BIGINT" if counts[0] == counts[1] else "v::DOUBLE"
    if one.type == "BOOLEAN":
        return "v"
    if one.type == "DATE" or one.type.startswith("TIMESTAMP"):
        stamp = "v::TIMESTAMP_NS::TIMESTAMP" if one.type.endswith("NS") else "v::TIMESTAMP"
        return f"CASE WHEN isfinite({stamp}) THEN {stamp} END"
    return "v::VARCHAR"


def _number(value: str, numbers: int, whole: int) -> str:
    """Return a decimal number, or a whole one if all of them are."""
    number = f"CASE WHEN isfinite({value}) THEN {value} END"
    return f"({number})::BIGINT" if whole == numbers > 0 else number


def _formula_of_text(counts: Counts) -> str:
    """Find the type of a column of texts from its distinct values."""
    filled, none, true_false, whole, number, *numbers = counts
    if filled and true_false == filled:
        return f"CASE WHEN {_trimmed()} <> '' THEN lower({_trimmed()}) = 'true' END"
    if filled == none or max(whole, number) < filled - none:
        return f"CASE WHEN {_trimmed()} <> '' THEN v END"
    if whole == filled - none:
        return f"try_cast({_trimmed()} AS BIGINT)"
    return _number(_text_as_number(), *numbers)


def notes_on(one: Field, counts: Sequence[int]) -> list[str]:
    """Tell what the reader must know of the values of a property."""
    if not one.loose:
        return []
    filled, none, true_false, whole, number, *_ = counts
    numbers = filled not in (none, true_false) and max(whole, number) == filled - none
    return (
        [f"{one.name} holds numbers; NA and the like in it were read as missing."] if numbers and none else []
    )
