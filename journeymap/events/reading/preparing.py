"""Preparing: rows become sorted columns of small integers, so that kernels can run over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeymap.errors import DataError
from journeymap.events.reading.coded_rows import coded_rows
from journeymap.events.reading.coding import notes_on
from journeymap.events.reading.sorting import sort
from journeymap.events.reading.time_formats import how_to_read
from journeymap.events.reading.times import example_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

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
    notes
        What the reader must know.
    """

    store: Store
    fate: NDArray[np.int8]
    duplicates: int
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
    """
    rows = coded_rows(table, roles, properties, timezone=timezone, step=step)
    step("sorting")
    found = sort(rows, duplicates=duplicates, folder=folder, scratch=scratch)
    unread = _unread_times(table, roles["at"].field, rows.fate)
    if found is None:
        raise _nothing(rows.fate, unread)
    kept = int(np.count_nonzero(rows.fate == 0))
    notes = [
        *table.notes,
        *([unread.sentence] if unread else []),
        *rows.times.notes(),
        *_note_on_ties(found.tied / kept),
        *(note for one in rows.properties.values() for note in notes_on(one.field, one.counts)),
    ]
    return Prepared(found.store, rows.fate, found.repeats, tuple(notes))


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
