"""Times: read from texts, dates and numbers, set into a zone, and kept in the coarsest unit that loses nothing."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd

from journeymap.errors import DataError, listing, nearest
from journeymap.events.reading.tables import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.reading.tables import Field, Table

DAY = 86_400 * 10**9
EARLIEST, LATEST = "1990-01-01", "2101-01-01"
NUMBERS = {"seconds": 10**9, "milliseconds": 10**6, "microseconds": 10**3, "nanoseconds": 1}
"""What a number may count since 1970, in nanoseconds."""

MISSING, UNREADABLE, ABSURD, LOCAL, ZONED, DAY_NUMBER, *COUNTED = range(10)
"""How a value was understood; `COUNTED` follow the order of `NUMBERS`."""

NUMERIC = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
} | {"FLOAT", "DOUBLE"}
_STAMP = (
    r"^\s*(\d{4}[-/]\d\d?[-/]\d\d?(?:(?:T|t| +)\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?)"
    r"\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?\s*$"
)


class Times:
    """Reads the times of a column batch by batch; those that name no zone are in `timezone`.

    Attributes
    ----------
    counts
        How many were understood in each way, from `MISSING` to the last of `COUNTED`.
    midnights
        Times that are exactly midnight.
    doubtful
        Local times that the clocks repeat or skip.
    """

    def __init__(self, name: str, *, timezone: str) -> None:
        self.name, self.timezone = name, timezone
        self.counts = np.zeros(COUNTED[-1] + 1, dtype=np.int64)
        self.midnights = self.doubtful = 0

    @classmethod
    def of(cls, name: str, *, timezone: str, counted: Sequence[int]) -> Times:
        """Return what was counted before: all `counts`, the midnights and the doubtful ones."""
        times = cls(name, timezone=timezone)
        *counts, times.midnights, times.doubtful = counted
        times.counts += np.array(counts)
        return times

    def read(self, instant: NDArray[np.int64], how: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return nanoseconds since 1970-01-01 UTC; meaningless where `how` is below `LOCAL`."""
        self.counts += np.bincount(how, minlength=len(self.counts))
        self.midnights += int(((how >= LOCAL) & (how <= DAY_NUMBER) & (instant % DAY == 0)).sum())
        if self.timezone == "UTC":
            return instant
        local = np.flatnonzero((how == LOCAL) | (how == DAY_NUMBER))
        at = instant.copy()
        if len(local):
            at[local], doubtful = in_utc(at[local], ZoneInfo(self.timezone))
            self.doubtful += doubtful
        return at

    def notes(self) -> list[str]:
        """Tell what the reader must know."""
        notes = [
            *_notes_on_numbers(self.name, self.counts),
            *_notes_on_dates(self.midnights, int(self.counts[LOCAL:].sum())),
        ]
        if self.doubtful:
            notes.append(
                f"Times that the clocks of {self.timezone} repeat or skip: {self.doubtful:,}; "
                "read with the offset before the change."
            )
        return notes


def query_of_times(table: Table, one: Field, *, source: str, passing: str) -> str:
    """Return SQL that gives the columns `passing` of a source, `instant` (nanoseconds, 0 where there is none) and `how`."""
    if table.at_format and one.type != "VARCHAR":
        raise DataError(
            f"{one.name} holds no texts, so that at_format={table.at_format!r} says nothing.",
            right="Leave out at_format.",
        )
    found = _query(table, one, source, passing)
    return f"SELECT * REPLACE (coalesce(instant, 0)::BIGINT AS instant, how::TINYINT AS how) FROM ({found})"


def reads_as_time(table: Table, one: Field) -> bool:
    """Tell whether at least half of the first values of a column read as times."""
    first = f"(SELECT row, {one.column} FROM raw WHERE {one.column} IS NOT NULL LIMIT 1000)"
    read, seen = table.run(
        f"SELECT count(instant), count(*) FROM ({_query(table, one, first)}) WHERE how <> {MISSING}"
    )[0]
    return bool(seen and read >= seen / 2)


def example_of(table: Table, one: Field, row: int | None = None) -> str:
    """Quote a value of a column as it stood: that of a row, or the first."""
    where = f"{one.column} IS NOT NULL" if row is None else f"row = {row}"
    found = table.run(f"SELECT {one.column}::VARCHAR FROM raw WHERE {where} LIMIT 1")
    return repr(str(found[0][0])[:60]) if found else "nothing"


def _query(table: Table, one: Field, source: str, passing: str = "row") -> str:
    """Return SQL that gives the columns `passing`, `instant` (nanoseconds) and `how`."""
    if one.type == "VARCHAR" and table.at_format:
        return _query_of_format(one.column, source, passing, table.at_format)
    if one.type == "VARCHAR":
        return _query_of_texts(one.column, source, passing)
    if one.type.startswith(("TIMESTAMP", "DATE")):
        return _query_of_stamps(one, source, passing)
    if one.type not in NUMERIC and not one.type.startswith("DECIMAL"):
        return f"SELECT {passing}, NULL::BIGINT AS instant, {UNREADABLE} AS how FROM {source}"
    if one.type in ("DOUBLE", "FLOAT") or one.type.startswith("DECIMAL"):
        value = f"SELECT {passing}, {one.column}::DOUBLE AS n FROM {source}"
        return f"SELECT {passing}, {_instant('round({n} * {size} / 1000)::BIGINT * 1000')} AS instant, {_how_of_numbers()} AS how FROM ({value})"
    value = f"SELECT {passing}, try_cast({one.column} AS BIGINT) AS n FROM {source}"
    return (
        f"SELECT {passing}, {_instant('{n} * {size}')} AS instant, {_how_of_numbers()} AS how FROM ({value})"
    )


def _query_of_stamps(one: Field, source: str, passing: str) -> str:
    kind = ZONED if "TZ" in one.type or "ZONE" in one.type else LOCAL
    sane = f"CASE WHEN {one.column} >= '{EARLIEST}' AND {one.column} < '{LATEST}' THEN {one.column} END"
    return f"""
        SELECT {passing}, epoch_ns({sane}) AS instant,
            CASE WHEN {one.column} IS NULL THEN {MISSING} WHEN instant IS NULL THEN {ABSURD} ELSE {kind} END AS how
        FROM {source}"""


def _query_of_format(column: str, source: str, passing: str, at_format: str) -> str:
    kind = ZONED if "%z" in at_format else LOCAL
    return f"""
        SELECT {passing}, CASE WHEN stamp >= '{EARLIEST}' AND stamp < '{LATEST}' THEN epoch_ns(stamp) END AS instant,
            CASE WHEN coalesce(trim(value), '') = '' THEN {MISSING} WHEN instant IS NOT NULL THEN {kind}
                WHEN stamp IS NOT NULL THEN {ABSURD} ELSE {UNREADABLE} END AS how
        FROM (SELECT {passing}, {column} AS value, try_strptime(trim({column}), {text(at_format)}) AS stamp FROM {source})"""


def _bounds() -> list[tuple[str, int]]:
    """Return, for each count of `NUMBERS`, the test that a number `n` is such a count within the years that make sense."""
    low, high = (int(pd.Timestamp(day).timestamp()) for day in (EARLIEST, LATEST))
    return [(f"n >= {low * 10**9 // size} AND n < {high * 10**9 // size}", size) for size in NUMBERS.values()]


def _instant(formula: str) -> str:
    """Return SQL for the instant of a number `n`; each branch sees only its own numbers, as it may be worked out for all."""
    branches = [(test, size, formula) for test, size in _bounds()]
    day = "epoch_ns(try_strptime({n}::BIGINT::VARCHAR, '%Y%m%d'))"
    branches.append(("n >= 19900101 AND n <= 21001231", 1, day))
    cases = (
        f"WHEN {test} THEN {form.format(n=f'(CASE WHEN {test} THEN n END)', size=size)}"
        for test, size, form in branches
    )
    return f"CASE {' '.join(cases)} END"


def _how_of_numbers() -> str:
    cases = " ".join(f"WHEN {test} THEN {how}" for how, (test, _) in zip(COUNTED, _bounds(), strict=True))
    return (
        f"CASE WHEN n IS NULL THEN {MISSING} WHEN instant IS NULL THEN {ABSURD} {cases} ELSE {DAY_NUMBER} END"
    )


def _query_of_texts(column: str, source: str, passing: str) -> str:
    offset = """(CASE WHEN zone[1] = '-' THEN -1 ELSE 1 END)
        * (try_cast(zone[2:3] AS BIGINT) * 3600 + CASE WHEN length(zone) > 3 THEN try_cast(zone[-2:] AS BIGINT) * 60 ELSE 0 END) * 1000000000"""
    return f"""
        SELECT {passing},
            CASE WHEN stamp IS NOT NULL THEN
                    CASE WHEN stamp >= '{EARLIEST}' AND stamp < '{LATEST}' THEN
                        epoch_ns(stamp) - CASE WHEN zone[1] IN ('+', '-') THEN {offset} ELSE 0 END END
                WHEN n IS NOT NULL THEN {_instant("({n} * {size})::BIGINT")} END AS instant,
            CASE WHEN instant IS NOT NULL THEN
                    CASE WHEN stamp IS NULL THEN {_how_of_numbers()} WHEN zone = '' THEN {LOCAL} ELSE {ZONED} END
                WHEN value IS NULL OR trim(value) = '' THEN {MISSING}
                WHEN isfinite(try_cast(trim(value) AS DOUBLE)) OR isfinite(try_cast(written AS TIMESTAMP)) THEN {ABSURD}
                ELSE {UNREADABLE} END AS how
        FROM (
            SELECT *, try_cast(written AS TIMESTAMP_NS) AS stamp,
                CASE WHEN written = '' THEN try_cast(trim(value) AS DECIMAL(28, 9)) END AS n
            FROM (
                SELECT {passing}, {column} AS value, replace(replace(parts.stamp, '/', '-'), ',', '.') AS written, parts.zone AS zone
                FROM (SELECT {passing}, {column}, regexp_extract({column}, '{_STAMP}', ['stamp', 'zone']) AS parts FROM {source})))"""


def _notes_on_numbers(name: str, counts: NDArray[np.int64]) -> list[str]:
    words = dict(zip(COUNTED, (f"{unit} since 1970 (UTC)" for unit in NUMBERS), strict=True)) | {
        DAY_NUMBER: "dates such as 20260331"
    }
    found = [words[kind] for kind in words if counts[kind]]
    return [f"The numbers in {name} were read as {listing(found)}, by their size."] if found else []


def _notes_on_dates(dates: int, times: int) -> list[str]:
    """Tell how many times may be dates; a count since 1970 is none."""
    share = dates / times if dates else 0.0
    if share > 0.5:
        tied = "events of a customer on such a day are tied, and equal times never chain."
        return [f"{share:.0%} of the times are exactly midnight, as dates without a time of day are; {tied}"]
    if share > 0.01:
        return [f"{share:.0%} of the times are exactly midnight, probably dates; equal times never chain."]
    return []


def in_utc(local: NDArray[np.int64], zone: ZoneInfo) -> tuple[NDArray[np.int64], int]:
    """Turn local times (nanoseconds) into UTC.

    A time that the clocks show twice is taken for the first; a time that they skip is read with the offset from before.

    Returns
    -------
    tuple
        The times in UTC, and how many of them were shown twice or skipped.
    """
    aware = pd.DatetimeIndex(local.view("datetime64[ns]")).tz_localize(
        zone, ambiguous="NaT", nonexistent="NaT"
    )
    result = aware.asi8.copy()
    doubtful = np.flatnonzero(aware.isna())
    seconds, place = np.unique(local[doubtful] // 10**9, return_inverse=True)
    offsets = np.array([_offset_before(int(second), zone) for second in seconds], dtype=np.int64)
    result[doubtful] = local[doubtful] - offsets[place]
    return result, len(doubtful)


def _offset_before(second: int, zone: ZoneInfo) -> int:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=second)
    offset = moment.replace(tzinfo=zone, fold=0).utcoffset() or dt.timedelta()
    return round(offset.total_seconds()) * 10**9


def checked_zone(timezone: str) -> str:
    """Return the name of a time zone, or say which one may be meant."""
    known = available_timezones()
    if isinstance(timezone, str) and timezone in known:
        return timezone
    close = nearest(str(timezone), known)
    raise DataError(
        f"There is no time zone {timezone!r}.",
        right="A name such as UTC or Europe/Berlin.",
        fix=f'timezone="{close or "UTC"}"',
    )


def end_of_data(complete_to: Any, *, timezone: str) -> int:
    """Return the instant (nanoseconds) up to which data is complete.

    A date means the whole of its day in `timezone`, up to the last nanosecond; a moment means itself.
    """
    whole_day = isinstance(complete_to, str) and len(complete_to.strip()) == len("2026-03-31")
    whole_day |= isinstance(complete_to, dt.date) and not isinstance(complete_to, dt.datetime)
    try:
        stamp = pd.Timestamp(complete_to) if isinstance(complete_to, (str, dt.date)) else pd.NaT
    except ValueError:
        stamp = pd.NaT
    if not isinstance(stamp, pd.Timestamp):
        raise DataError(
            f"complete_to={complete_to!r} is no date and no time.",
            right="The day up to which the data is complete.",
            fix='complete_to="2026-03-31"',
        )
    local = int(stamp.as_unit("ns").value) + whole_day * DAY
    return local if stamp.tz else int(in_utc(np.array([local]), ZoneInfo(timezone))[0][0]) - whole_day
