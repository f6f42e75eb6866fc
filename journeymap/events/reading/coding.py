"""Dictionary coding: a column as small integers into its sorted distinct values."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.events.reading.tables import text
from journeymap.events.reading.times import NUMERIC
from journeymap.events.store import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.events.reading.tables import Field, Table

BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""The characters that are cut off around customers and event names."""
WHOLE = r"^(0|-?[1-9]\d*)\.0+$"
"""A whole number that was written as a decimal one, such as 17850.0."""
NONE_WORDS = ("na", "n/a", "nan", "null", "none")
"""What a column of numbers may hold where it has no number."""


def coded_identifiers(table: Table, one: Field) -> Column:
    """Code customers or event names: as texts without blanks around them, 17850.0 as 17850, empty ones missing."""
    _find_distinct(table, one)
    if one.type == "VARCHAR":
        return _coded(table, one, f"nullif({_whole(_trimmed())}, '')")
    if one.type in ("DOUBLE", "FLOAT"):
        whole = "v = trunc(v) AND abs(v) < 1e18"
        return _coded(
            table,
            one,
            f"CASE WHEN isnan(v) THEN NULL WHEN {whole} THEN v::BIGINT::VARCHAR ELSE v::VARCHAR END",
        )
    return _coded(table, one, _whole("v::VARCHAR"))


def _whole(value: str) -> str:
    return (
        f"CASE WHEN contains({value}, '.0') THEN regexp_replace({value}, '{WHOLE}', '\\1') ELSE {value} END"
    )


def coded_property(table: Table, one: Field) -> tuple[Column, list[str]]:
    """Code a property by its typed values, and tell what the reader must know of it."""
    _find_distinct(table, one)
    formula, notes = _formula_of_text(table, one) if one.loose else (_formula(table, one), [])
    return _coded(table, one, formula), notes


def _find_distinct(table: Table, one: Field) -> None:
    table.run(
        f"CREATE OR REPLACE TEMP TABLE distinct_values AS SELECT DISTINCT {one.column} AS v FROM raw WHERE v IS NOT NULL"
    )


def _coded(table: Table, one: Field, formula: str) -> Column:
    """Code a column by what `formula` makes of its distinct values ``v``; NULL is missing."""
    table.run(
        "CREATE OR REPLACE TEMP TABLE dictionary AS SELECT v, w, (dense_rank() OVER (ORDER BY w) - 1)::INTEGER AS code "
        f"FROM (SELECT v, {formula} AS w FROM distinct_values) WHERE w IS NOT NULL"
    )
    values = table.numpy("SELECT any_value(w) AS w FROM dictionary GROUP BY code ORDER BY code")["w"]
    found = table.numpy(f"SELECT row, code FROM raw JOIN dictionary ON {one.column} = v")
    codes = np.full(table.n_rows, -1, dtype=np.int32)
    codes[found["row"]] = found["code"]
    return Column(codes, np.asarray(values))


def _trimmed() -> str:
    """Return the formula of a text without blanks around it; cutting is slow, so only where there is one to cut."""
    blank = "[" + "".join(f"\\x{{{ord(one):x}}}" for one in BLANKS) + "]"
    return f"CASE WHEN regexp_matches(v, '^{blank}|{blank}$') THEN trim(v, {text(BLANKS)}) ELSE v END"


def _formula(table: Table, one: Field) -> str:
    """Return what a value of a typed column becomes: a text, a number, a boolean or a time."""
    if one.type == "VARCHAR":
        return f"CASE WHEN {_trimmed()} <> '' THEN v END"
    if one.type in ("FLOAT", "DOUBLE") or one.type.startswith("DECIMAL"):
        return _number(table, "v::VARCHAR::DOUBLE" if one.type == "FLOAT" else "v::DOUBLE")
    if one.type in NUMERIC:
        fits = table.run("SELECT count(*) = count(try_cast(v AS BIGINT)) FROM distinct_values")[0][0]
        return "v::BIGINT" if fits else "v::DOUBLE"
    if one.type == "BOOLEAN":
        return "v"
    if one.type == "DATE" or one.type.startswith("TIMESTAMP"):
        stamp = "v::TIMESTAMP_NS::TIMESTAMP" if one.type.endswith("NS") else "v::TIMESTAMP"
        return f"CASE WHEN isfinite({stamp}) THEN {stamp} END"
    return "v::VARCHAR"


def _number(table: Table, value: str) -> str:
    """Return a decimal number, or a whole one if all of them are."""
    number = f"CASE WHEN isfinite({value}) THEN {value} END"
    whole = table.run(
        f"SELECT coalesce(bool_and({number} = trunc({value}) AND abs({value}) < 9e15), false) FROM distinct_values"
    )
    return f"({number})::BIGINT" if whole[0][0] else number


def _formula_of_text(table: Table, one: Field) -> tuple[str, list[str]]:
    """Find the type of a column of texts from its distinct values."""
    words = ", ".join(map(text, NONE_WORDS))
    filled, none, true_false, whole, number = table.run(f"""
        SELECT count(*), count(*) FILTER (lower(t) IN ({words})), count(*) FILTER (lower(t) IN ('true', 'false')),
            count(*) FILTER (regexp_full_match(t, '-?(0|[1-9]\\d*)') AND try_cast(t AS BIGINT) IS NOT NULL),
            count(*) FILTER (regexp_full_match(t, '-?(0|[1-9]\\d{{0,15}})?(\\.\\d+)?([eE][+-]?\\d+)?')
                AND try_cast(t AS DOUBLE) IS NOT NULL)
        FROM (SELECT {_trimmed()} AS t FROM distinct_values) WHERE t <> ''""")[0]
    if filled and true_false == filled:
        return f"CASE WHEN {_trimmed()} <> '' THEN lower({_trimmed()}) = 'true' END", []
    if filled == none or max(whole, number) < filled - none:
        return f"CASE WHEN {_trimmed()} <> '' THEN v END", []
    notes = [f"{one.name} holds numbers; NA and the like in it were read as missing."] if none else []
    if whole == filled - none:
        return f"try_cast({_trimmed()} AS BIGINT)", notes
    return _number(table, f"try_cast({_trimmed()} AS DOUBLE)"), notes


def compact(codes: NDArray[np.int32], values: NDArray[Any]) -> Column:
    """Leave out the values that no row has."""
    used = np.zeros(len(values) + 1, dtype=bool)
    used[codes] = True
    used = used[:-1]
    if used.all():
        return Column(codes, values)
    places = np.append(np.cumsum(used) - 1, -1).astype(np.int32)
    return Column(places[codes], values[used])
