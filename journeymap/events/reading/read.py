"""Reading: any file or table of events becomes a log that is ready to be asked."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from journeymap.durations import nanoseconds
from journeymap.errors import DataError
from journeymap.events.log import EventLog
from journeymap.events.origin import Origin
from journeymap.events.reading import cache
from journeymap.events.reading.delimited import ENCODING
from journeymap.events.reading.files import find_files
from journeymap.events.reading.frames import is_frame
from journeymap.events.reading.making import make_reading, read_files
from journeymap.events.reading.time_formats import checked_format
from journeymap.events.reading.times import checked_zone, end_of_data
from journeymap.events.store import NANOSECONDS_IN, PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from journeymap.events.quality import Quality
    from journeymap.events.reading.cache import Reading
    from journeymap.events.store import Store


def read_events(
    source: Any,
    *,
    customer: str | None = None,
    event: str | None = None,
    at: str | None = None,
    sequence: str | None = None,
    at_format: str | None = None,
    timezone: str = "UTC",
    complete_to: str | dt.date | None = None,
    session_gap: str = "30min",
    duplicates: Literal["keep", "drop"] = "keep",
    columns: Sequence[str] | None = None,
    encoding: str = "utf-8",
) -> EventLog:
    """Read who did what and when, from files or from a table.

    Rows that cannot be used are set aside with their line and their reason (``log.quality``); the rest is read. A file is
    prepared once and kept in a cache folder (the environment variable ``JOURNEYMAP_CACHE`` names another); it is read again
    as soon as it, or one of these arguments, is another one. The order of rows in a source never matters.

    Parameters
    ----------
    source
        A path, a glob, a folder or a list of them: CSV, TSV and other delimited texts, JSON Lines, Parquet; texts may be
        packed (.gz, .zst). Comments (``# …``) and a ``sep=;`` before the names of the columns are skipped, as is one separator behind the
        last field of a row where no row may have an empty last field. Or a table of pandas, polars, pyarrow, DuckDB or Ibis. The columns of several files are united
        by name. Structures become columns with dots (``device.os``), lists become JSON.
    customer, event, at
        The columns of the customer, the event and the time; they may be left out where names and content make them plain.
        Customers are texts: 17850.0 becomes 17850, zeros in front stay, NA is a customer, a blank is none.
        Times are ISO texts with or without a zone, dates, native times, or counts since 1970 whose size tells seconds,
        milliseconds, microseconds and nanoseconds apart.
    at_format
        How texts write a time, where it is none of these ways: ``"%d/%m/%Y %H:%M"`` for 31/03/2026 14:05, ``"%d.%m.%Y"`` for
        31.03.2026 (``%I:%M %p`` with am and pm, ``%y`` a year of two digits, ``%b`` Mar, ``%z`` +0200). Texts that are written in another
        way are set aside then.
    sequence
        The column that orders events of one instant. Without it, equal times never chain.
    timezone
        The zone of times that name none, and of reports. A time that its clocks repeat is taken for the first, one that
        they skip is read with the offset from before the change.
    complete_to
        The moment up to which the data is complete. A date means the whole of its day, up to its last instant. Without it, the data ends with the
        newest event that is not in the future when the log is read.
    session_gap
        The pause after which a customer's next event begins another session.
    duplicates
        "keep" or "drop": what to do with rows that repeat another in every column. They are counted either way.
    columns
        The properties to keep; all without it.
    encoding
        The text encoding of delimited texts and JSON Lines.

    Returns
    -------
    EventLog
        The log; ``log.quality`` accounts for every row, ``log.notes`` says what the reader must know.

    Raises
    ------
    DataError
        If a file is missing, empty, of no known type or broken; if a column does not exist or has to be asked for; if no row
        can be used.

    Examples
    --------
    >>> import pandas as pd
    >>> visits = pd.DataFrame(
    ...     {
    ...         "user_id": ["ann", "ann", "bob", None],
    ...         "event": ["view", "buy", "view", "view"],
    ...         "ts": ["2026-03-01 10:00", "2026-03-01 10:05", "2026-03-02 09:00", "2026-03-02 09:30"],
    ...     }
    ... )
    >>> log = read_events(visits)
    >>> log
    <EventLog table: 2 customers, 3 events, 01 Mar 2026 to 02 Mar 2026 UTC>
    >>> log.quality.set_aside[["line", "reason"]]
       line       reason
    0     4  no customer
    """
    arguments = {
        "customer": customer, "event": event, "at": at, "sequence": sequence, "at_format": at_format, "timezone": timezone,
        "complete_to": complete_to, "session_gap": session_gap, "duplicates": duplicates,
        "columns": None if columns is None else list(columns), "encoding": encoding,
    }  # fmt: skip
    return read_log(source, arguments)


def read_log(source: Any, arguments: Mapping[str, Any], *, known: Reading | None = None) -> EventLog:
    """Read events as `read_events` does with these arguments.

    Parameters
    ----------
    known
        What was read before of the same source by the same arguments; if only files were added, only they are read.
    """
    options = _options(arguments)
    said: list[str] = []
    if is_frame(source):
        name, reading = "table", make_reading(source, options, name="table", folder=None)
        origin = Origin(None, arguments, reading)
    else:
        paths = _paths(source)
        files = find_files(paths)
        name, key = _name(source, files), cache.key_of(files, options)

        def make(folder: Path | None) -> Reading:
            return read_files(files, options, name=name, folder=folder, known=known, say=said.append)

        reading = cache.prepared(key, name, make)
        whole = [os.path.abspath(os.path.expanduser(path)) for path in paths]  # noqa: PTH100, PTH111  it may be a glob
        origin = Origin(whole if isinstance(source, (list, tuple)) else whole[0], arguments, reading)
    log = _log(
        reading, name=name, **{key: arguments[key] for key in ("timezone", "session_gap", "complete_to")}
    )
    return replace(log, notes=(*log.notes, *said), origin=origin)


def _options(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what decides on a reading, checked."""
    duplicates = arguments["duplicates"]
    if duplicates not in ("keep", "drop"):
        raise DataError(
            f"duplicates={duplicates!r} is not known.", right='"keep" or "drop".', fix='duplicates="drop"'
        )
    nanoseconds(arguments["session_gap"])
    return {
        "asked": {role: arguments[role] for role in ("customer", "event", "at", "sequence")},
        "at_format": checked_format(arguments["at_format"]),
        "timezone": checked_zone(arguments["timezone"]),
        "duplicates": duplicates,
        "columns": arguments["columns"],
        "encoding": arguments["encoding"],
    }


def _paths(source: Any) -> list[str]:
    paths = source if isinstance(source, (list, tuple)) else [source]
    if all(isinstance(path, (str, os.PathLike)) for path in paths):
        return [os.fspath(path) for path in paths]
    raise DataError(
        f"Events cannot be read from a {type(source).__name__}.",
        right="A path, a list of paths, or a table of pandas, polars, pyarrow, DuckDB or Ibis.",
        fix='jm.read_events("events.csv")',
    )


def _name(source: Any, files: Sequence[Path]) -> str:
    if len(files) == 1:
        return files[0].name
    return f"{len(files)} files" if isinstance(source, (list, tuple)) else Path(source).name


def _log(
    reading: Reading, *, name: str, timezone: str, session_gap: str, complete_to: str | dt.date | None
) -> EventLog:
    """Make the log: what is in the future and where the data ends depends on when it is read."""
    store, quality, notes = reading.store, reading.quality, reading.notes
    size = NANOSECONDS_IN[store.unit]
    now = int(dt.datetime.now(dt.UTC).timestamp()) * 10**9 // size
    n_future = _count_after(store, now)
    if complete_to is not None:
        data_end = end_of_data(complete_to, timezone=timezone) // size
    elif n_future:
        data_end = int(store.at[store.at <= now].max()) if n_future < store.n_events else now
    else:
        data_end = int(store.at.max())
    about_end = _notes_on_end(store, data_end, now, complete_to)
    return EventLog(
        store=store,
        quality=replace(quality, future=n_future),
        timezone=timezone,
        session_gap=session_gap,
        data_end=data_end,
        notes=(*_notes(quality), *notes, *about_end),
        name=name,
    )


def _notes_on_end(store: Store, data_end: int, now: int, complete_to: str | dt.date | None) -> Iterator[str]:
    """Tell of events after the data end and of events in the future."""
    after = _count_after(store, data_end)
    if complete_to is not None and after == store.n_events:
        yield f"All {after:,} events are after the data end, {complete_to}; perhaps another day is meant."
    elif complete_to is not None and after:
        yield f"Events after the data end, {complete_to}: {after:,}."
    future = _count_after(store, now)
    within = future - min(future, after)
    if within:
        yield f"Events in the future: {future:,}; they are kept, and the data end, {complete_to}, is after {within:,} of them."
    elif future:
        yield f"Events in the future: {future:,}; they are kept, and the data ends before them."


def _count_after(store: Store, moment: int) -> int:
    """Count the events after an instant, piece by piece, as there may be more than fit into memory twice."""
    pieces = (store.at[begin : begin + PIECE] for begin in range(0, store.n_events, PIECE))
    return sum(int(np.count_nonzero(piece > moment)) for piece in pieces)


def _notes(quality: Quality) -> list[str]:
    notes = []
    reasons = quality.reasons
    if len(reasons):
        said = ", ".join(f"{count:,} with {reason}" for reason, count in reasons.items())
        notes.append(f"Rows set aside: {reasons.sum():,} of {quality.rows:,} ({said}).")
    if ENCODING in reasons:
        notes.append('If the text is in another encoding, name it, such as encoding="cp1252".')
    if quality.duplicates:
        fate = "left out" if quality.duplicates_dropped else "kept"
        notes.append(f"Rows that repeat another in every column: {quality.duplicates:,}; they were {fate}.")
    return notes
