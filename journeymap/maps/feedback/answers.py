"""A table of answers as it was given, column by column, with where each row stood and what of it cannot be used."""

# ruff: noqa: S608  only names made by the reader are put into SQL

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.errors import DataError, listing, nearest
from journeymap.events.quality import Quality, aside
from journeymap.events.reading.files import find_files
from journeymap.events.reading.frames import is_frame
from journeymap.events.reading.sources import open_source, text_ids
from journeymap.events.reading.time_formats import checked_format, how_to_read
from journeymap.events.reading.times import (
    ABSURD,
    LOCAL,
    MISSING,
    UNREADABLE,
    Times,
    checked_zone,
    example_of,
    query_of_times,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journeymap.events.reading.tables import Field, Table

BLANK = ("na", "n/a", "nan", "null")
"""What stands in a column where nothing was said."""


@dataclass(frozen=True)
class Answers:
    """Rows as they were given, those that can be used so far.

    Attributes
    ----------
    frame
        `customer`, `at` (UTC), and a text for each other column that was asked for, missing where it is blank; indexed by row.
    line, source
        For each row of the source its line (of a table its row, from 1) and its file.
    rows
        Rows of the source.
    aside
        Rows that were set aside so far: `line`, `reason`, `text`, `source`.
    """

    frame: pd.DataFrame
    line: NDArray[np.int64]
    source: NDArray[Any]
    rows: int
    aside: pd.DataFrame
    notes: tuple[str, ...] = ()

    def without(self, wrong: pd.Series, reason: str, texts: pd.Series | None = None) -> Answers:
        """Set rows aside for a reason, with what stood there."""
        gone = self.frame.index[wrong.to_numpy(dtype=bool)]
        if not len(gone):
            return self
        said = [""] * len(gone) if texts is None else texts[gone].fillna("").astype("str").tolist()
        more = aside(self.line[gone].tolist(), [reason] * len(gone), said, self.source[gone].tolist())
        return replace(
            self, frame=self.frame.drop(gone), aside=pd.concat([self.aside, more], ignore_index=True)
        )

    @property
    def quality(self) -> Quality:
        """The account of the reading."""
        return Quality(
            self.rows,
            self.aside.sort_values("line", kind="stable", ignore_index=True),
            int(self.frame.duplicated().sum()),
        )


def read_answers(
    source: Any, columns: Mapping[str, str], *, timezone: str, encoding: str, at_format: str | None
) -> Answers:
    """Read the columns of some roles from files or a table, and set aside rows without a customer or a time.

    Parameters
    ----------
    columns
        The column of each role, `customer` and `at` among them.
    """
    timezone, at_format = checked_zone(timezone), checked_format(at_format)
    found = source if is_frame(source) else find_files(source)
    with tempfile.TemporaryDirectory(prefix="journeymap-", ignore_cleanup_errors=True) as folder:
        table = replace(open_source(found, folder=Path(folder), encoding=encoding), at_format=at_format)
        try:
            return _without_the_unusable(_taken(table, columns, timezone))
        finally:
            table.connection.close()


def _taken(table: Table, columns: Mapping[str, str], timezone: str) -> Answers:
    fields = {role: _field(table, role, column) for role, column in columns.items()}
    chosen = ", ".join(f"{one.column}::VARCHAR AS {role}" for role, one in fields.items())
    frame = pd.DataFrame(table.numpy(f"SELECT {chosen} FROM raw ORDER BY row"))
    query = query_of_times(table, fields["at"], source="raw", passing="row")
    read = table.numpy(f"SELECT instant, how FROM ({query}) ORDER BY row")
    times, how = Times(fields["at"].name, timezone=timezone), np.asarray(read["how"])
    instants = times.read(np.asarray(read["instant"], dtype=np.int64), how)
    if len(how) and not (how >= LOCAL).any():
        raise _timeless(table, fields["at"])
    for role in frame.columns:
        frame[role] = text_ids(frame[role]) if role == "customer" else _said(frame[role])
    moments = pd.Series(instants.view("datetime64[ns]")).dt.tz_localize("UTC")
    frame = frame.assign(at_text=frame["at"], at=moments, how=how)
    unsound = [(one, part.name) for part in table.parts for one in part.unsound]
    lost = aside(
        [one.line for one, _ in unsound],
        [one.reason for one, _ in unsound],
        [""] * len(unsound),
        [name for _, name in unsound],
    )
    line, name = _standing(table)
    return Answers(frame, line, name, table.n_source_rows, lost, (*table.notes, *_notes_on(times)))


def _field(table: Table, role: str, column: str) -> Field:
    if column in table.names:
        return table.field(column)
    close = nearest(str(column), table.names)
    raise DataError(
        f"The feedback has no column {column!r}.",
        right=f"Did you mean {close}?" if close else f"It has {listing(table.names, most=40)}.",
        fix=f'{role}="{close}"' if close else "",
    )


def _timeless(table: Table, one: Field) -> DataError:
    said = how_to_read(table, one)
    wrong = f"{one.name} holds no time that can be read, but values such as {example_of(table, one)}."
    return DataError(wrong, right=said.sentence, fix=said.fix)


def _notes_on(times: Times) -> list[str]:
    """Tell what the reader must know of the times; what midnight means for answers is another thing than for events."""
    notes = [note for note in times.notes() if "midnight" not in note]
    if times.midnights > 0.01 * times.counts[LOCAL:].sum():
        notes.append(
            f"{times.midnights:,} times are exactly midnight, probably dates; such an answer counts as given when its day began."
        )
    return notes


def _standing(table: Table) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return the line and the file of each row."""
    lines = [part.line_of(np.arange(part.rows)) for part in table.parts]
    names = [np.full(part.rows, part.name, dtype=object) for part in table.parts]
    return np.concatenate(lines), np.concatenate(names)


def _said(texts: pd.Series) -> pd.Series:
    """Cut blanks off, and take for missing what says nothing."""
    cut = texts.astype("str").str.strip()
    return cut.where(cut.notna() & (cut != "") & ~cut.str.lower().isin(BLANK))


def _without_the_unusable(answers: Answers) -> Answers:
    answers = answers.without(answers.frame["customer"].isna(), "no customer")
    for how, reason in (
        (MISSING, "no time"),
        (UNREADABLE, "time that cannot be read"),
        (ABSURD, "time out of all sense"),
    ):
        answers = answers.without(answers.frame["how"] == how, reason, answers.frame["at_text"])
    return replace(answers, frame=answers.frame.drop(columns=["how", "at_text"]))
