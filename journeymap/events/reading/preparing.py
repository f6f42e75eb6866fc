"""Preparing: rows become sorted columns of small integers, so that kernels can run over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from journeymap.errors import DataError
from journeymap.events.reading.appending import AppendedRows
from journeymap.events.reading.coded_rows import coded_rows
from journeymap.events.reading.coding import Changed, notes_on
from journeymap.events.reading.sorting import sort
from journeymap.events.reading.time_formats import how_to_read
from journeymap.events.reading.times import Times, example_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from journeymap.events.reading.appending import Shift
    from journeymap.events.reading.coded_rows import TableRows
    from journeymap.events.reading.columns import Role
    from journeymap.events.reading.tables import Field, Table
    from journeymap.events.reading.time_formats import Suggestion
    from journeymap.events.store import Store

REASONS = (
    "",
    "no customer",
    "no event",
    "no time",
    "a time that cannot be read",
    "a time before 1990 or after 2100",
)
"""Why a row is set aside, by number; 0 is a row that is kept."""


class Counted(TypedDict):
    """What was counted while rows were read; the counts of old and new rows add up.

    Attributes
    ----------
    kept, tied
        Rows that could be used, and those of them that share customer and time with another.
    times
        How many times were understood in each way, then those at midnight, then the doubtful ones.
    columns
        For each property, and the sequence key, what `coding` counted.
    notes
        What was to say of the files.
    unread
        Whether most times could not be read.
    """

    kept: int
    tied: int
    times: list[int]
    columns: dict[str, list[int]]
    notes: list[str]
    unread: bool


@dataclass(frozen=True)
class Known:
    """Rows that were prepared before, and where they and the new ones stand among all."""

    store: Store
    counted: Counted
    of_known: Shift
    of_new: Shift


@dataclass(frozen=True)
class Prepared:
    """What preparing gives.

    Attributes
    ----------
    store
        The rows that could be used.
    fate
        For each row of the table the number of its reason in `REASONS`.
    duplicates
        Rows that repeat another in every column.
    counted
        What was counted on the way.
    notes
        What the reader must know.
    """

    store: Store
    fate: NDArray[np.int8]
    duplicates: int
    counted: Counted
    notes: tuple[str, ...]


def prepare(
    table: Table,
    roles: Mapping[str, Role],
    properties: Sequence[Field],
    *,
    timezone: str,
    duplicates: str,
    step: Callable[[str], None],
    folder: Path | None = None,
    scratch: Path | None = None,
    known: Known | None = None,
) -> Prepared:
    """Code and sort the rows of a table.

    Parameters
    ----------
    properties
        The columns to keep beside those with a role.
    timezone
        The zone of times that name none.
    duplicates
        "keep" or "drop": what to do with rows that repeat another in every column.
    step
        Told before each step what it is.
    folder, scratch
        Where the arrays of the store are written, and what is needed on the way; in memory without them.
    known
        What was prepared before, to which the rows are added.

    Raises
    ------
    Changed
        If the rows cannot be added to what is known.
    """
    before = known.counted["columns"] if known else None
    rows = coded_rows(table, roles, properties, timezone=timezone, step=step, before=before)
    step("sorting")
    source = AppendedRows(known.store, rows, of_known=known.of_known, of_new=known.of_new) if known else rows
    found = sort(source, duplicates=duplicates, folder=folder, scratch=scratch)
    unread = _unread_times(table, roles["at"].field, rows.fate)
    if known and unread:
        raise Changed("most of the new times cannot be read")
    if found is None:
        raise _nothing(rows.fate, unread)
    counted = _counted(table, rows, found.tied, known)
    counted["unread"] = bool(unread)
    notes = [
        *counted["notes"],
        *([unread.sentence] if unread else []),
        *Times.of(roles["at"].field.name, timezone=timezone, counted=counted["times"]).notes(),
        *_note_on_ties(counted["tied"] / counted["kept"]),
        *(note for one in properties for note in notes_on(one, counted["columns"][one.name])),
    ]
    return Prepared(found.store, rows.fate, found.repeats, counted, tuple(notes))


def _counted(table: Table, rows: TableRows, tied: int, known: Known | None) -> Counted:
    """Add up what was counted of the rows of a table and of those that are known."""
    before = known.counted if known else None
    times = np.array([*rows.times.counts, rows.times.midnights, rows.times.doubtful])
    columns = {name: list(one.counts) for name, one in rows.properties.items()}
    if rows.sequence:
        columns[rows.sequence.field.name] = list(rows.sequence.counts)
    return Counted(
        kept=int(np.count_nonzero(rows.fate == 0)) + (before["kept"] if before else 0),
        tied=tied,
        times=(times + (before["times"] if before else 0)).tolist(),
        columns=columns,
        notes=[*(before["notes"] if before else ()), *table.notes],
        unread=False,
    )


def _note_on_ties(share: float) -> list[str]:
    """Tell how many rows are tied, if many are."""
    if share < 0.05:
        return []
    return [f"{share:.0%} of the rows share customer and time with another row; equal times never chain."]


def _unread_times(table: Table, one: Field, fate: NDArray[np.int8]) -> Suggestion | None:
    """Quote a time that could not be read, if most of them could not, and say what can be."""
    wrong = (fate == 4) | (fate == 5)
    if 2 * np.count_nonzero(wrong) <= np.count_nonzero(wrong | (fate == 0)):
        return None
    said = how_to_read(table, one)
    example = example_of(table, one, int(wrong.argmax()))
    sentence = f"Times in {one.name} that cannot be used look like {example}. {said.sentence}"
    return said._replace(sentence=sentence)


def _nothing(fate: NDArray[np.int8], unread: Suggestion | None) -> DataError:
    counts = np.bincount(fate, minlength=len(REASONS))
    said = ", ".join(f"{count:,} with {REASONS[reason]}" for reason, count in enumerate(counts) if count)
    wrong = f"No row can be used: {said or 'there are none'}."
    if unread and unread.fix:
        return DataError(wrong, right=unread.sentence, fix=unread.fix)
    check = "Check which columns hold the customer, the event and the time."
    return DataError(
        wrong,
        right=f"{unread.sentence} {check}" if unread else check,
        fix='customer="…", event="…", at="…"',
    )
