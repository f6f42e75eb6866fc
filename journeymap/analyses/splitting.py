"""Splitting counted customers into segments and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.counting.attempts import ALWAYS, taken
from journeymap.counting.kernels import count_codes
from journeymap.errors import DefinitionError, counted
from journeymap.events.log import EventLog
from journeymap.events.selecting import customer_mask
from journeymap.journeys import Segment
from journeymap.rules import reads_until_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.counting.attempts import Attempts
    from journeymap.counting.search import Best
    from journeymap.events.warehouse.log import WarehouseLog


EVERYBODY = "Everybody"
NOT_SET = "(not set)"
OTHER = "(other)"
MOST_SEGMENTS = 6

Period = tuple[int, int]


def instants(log: EventLog | WarehouseLog, period: Sequence[Any] | None) -> Period | None:
    """Turn a period of dates, half-open in the zone of reports, into instants of the store."""
    if period is None:
        return None
    if len(period) != 2:
        raise DefinitionError(
            f"{period!r} is no period.",
            right="Two dates: from, and the first day after.",
            fix='("2026-01-01", "2026-02-01")',
        )
    begin, end = log.instant(period[0]), log.instant(period[1])
    if begin >= end:
        raise DefinitionError(
            f"A period from {period[0]} to {period[1]} holds no moment.",
            right="It ends before the second date, so that must be the later one.",
        )
    return begin, end


def entry_bounds(log: EventLog, bounds: Period | None) -> Period:
    """Return the instants between which entries count; without a period those up to the data end."""
    return bounds or (ALWAYS[0], log.data_end + 1)


def beyond_data_end(log: EventLog | WarehouseLog, bounds: Period | None) -> list[str]:
    """Say how many events enter nobody, because they are later than the data end and no period names them."""
    late = log.n_late if bounds is None else 0
    if not late:
        return []
    return [
        counted(late, "event after the data end is no entry.", "events after the data end are no entries.")
    ]


def checked(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Refuse what is no list of segments, more of them than can be told apart, and two of one name."""
    if isinstance(segments, Segment):
        raise DefinitionError("A list of segments is wanted.", right="Also of one.", fix="segments=[segment]")
    for segment in segments:
        if not isinstance(segment, Segment):
            raise DefinitionError(
                f"{segment!r} is no segment.", right="Give it a name.", fix=f'jm.Segment("…", {segment!r})'
            )
    names = [segment.name for segment in segments]
    if len(names) > MOST_SEGMENTS:
        raise DefinitionError(
            f"{len(names)} segments are too many side by side.", right=f"At most {MOST_SEGMENTS}."
        )
    if len(set(names)) < len(names):
        raise DefinitionError(
            "Two segments share a name.", right="Each needs a name of its own.", fix='segment.named("…")'
        )
    return tuple(segments)


def reading_of(segments: Sequence[Segment]) -> list[str]:
    """Say for the scope what of the log the segments read."""
    if not segments:
        return []
    some_until = any(reads_until_entry(segment.rule) for segment in segments)
    return [
        f"Segments pick whole customers and read the whole log{', or what came before the entry' if some_until else ''}."
    ]


def checked_log(log: object) -> None:
    """Refuse what is no log."""
    if not isinstance(log, EventLog):
        raise DefinitionError(
            f"A {type(log).__name__} is no log.", right="Read it first.", fix="jm.read_events(…)"
        )


def checked_number(name: str, number: object, *, least: int, most: int) -> None:
    """Refuse what is no whole number within bounds."""
    if type(number) is not int or not least <= number <= most:
        raise DefinitionError(
            f"{name}={number!r} cannot be used.",
            right=f"A whole number from {least} to {most:,}.",
            fix=f"{name}={least + 4}",
        )


def members(
    log: EventLog, segment: Segment | None, *, at: NDArray[np.int64], entry: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say for each customer of the store whether they belong to a segment; None is everybody.

    Parameters
    ----------
    at, entry
        The instants of rows, and the row at which each customer's attempt entered (-1 for none): conditions with
        ``until="entry"`` read only what came before.
    """
    if segment is None:
        return log.active
    if reads_until_entry(segment.rule):
        return customer_mask(log, segment.rule, before=taken(at, entry, missing=0)) & log.active
    return log.held.get(("members", segment.rule), lambda: customer_mask(log, segment.rule) & log.active)


def unit_members(log: EventLog, segment: Segment | None, found: Attempts, best: Best) -> NDArray[np.bool_]:
    """Say for each unit that is counted whether the customer who entered belongs to a segment."""
    if found.by_customer:
        return members(log, segment, at=found.rows.at, entry=best.entry)
    if segment is not None and reads_until_entry(segment.rule):
        raise DefinitionError(
            f"Segment {segment.name} ends at the entry, of which one customer may have several here.",
            right='Count customers, or take until="entry" away.',
            fix='jm.Counting(unit="customer", attempts="best")',
        )
    entered = best.entry >= 0
    if segment is None:
        return entered
    return members(log, segment, at=found.rows.at, entry=best.entry)[found.customers(log, best)] & entered


@dataclass(frozen=True)
class Groups:
    """A breakdown: a label for each group, and the group of each unit.

    Attributes
    ----------
    names
        What each group is called; None if nothing is broken down.
    of_unit, of_settled
        The position of each unit's group, by the best attempt and by the best settled one.
    """

    names: list[str | None]
    of_unit: NDArray[Any]
    of_settled: NDArray[Any]


def groups(
    log: EventLog,
    by: str | None,
    found: Attempts,
    *,
    read: str = "entry",
    stage_names: Sequence[str] = (),
    top: int,
) -> Groups:
    """Label what is counted by a column: an attribute of its customer, or the value of an event of its attempt.

    Parameters
    ----------
    read
        Where the value is read: at the ``"entry"``, the ``"first"`` or ``"last"`` event of the attempt that has one, or at
        a stage, by its name.
    top
        How many values stand alone, by customers; the rest are "(other)". A missing value is "(not set)"; who did not
        reach the stage of `read` is in "(did not reach …)".
    """
    bests = (found.overall, found.settled)
    if by is None:
        nobody = [np.zeros(len(best.entry), np.int8) for best in bests]
        return Groups([None], *nobody)
    if not isinstance(by, str):
        raise DefinitionError(f"by={by!r} is no property.", right="One name.", fix='by="channel"')
    column = log.column(by)
    if by in log.attributes:
        of_unit, of_settled = (
            column.codes if found.by_customer else column.codes[found.customers(log, best)] for best in bests
        )
    else:
        codes = log.codes(by)
        of_unit, of_settled = (_read(codes, found, best, read, stage_names) for best in bests)
    absent = f"(did not reach {read})" if read in stage_names else None
    entered = (bests[0].entry >= 0, bests[1].entry >= 0)
    return _largest(column.values, (of_unit, of_settled), top, entered=entered, absent=absent)


NOT_REACHED = -2


def _read(
    codes: NDArray[np.int32], found: Attempts, best: Best, read: str, stage_names: Sequence[str]
) -> NDArray[np.int32]:
    """Return the code of each attempt: -1 for a missing value, NOT_REACHED where the stage was not reached."""
    if read == "entry":
        return _at_rows(codes, found.rows.index, best.entry)
    rows = found.rows_of(best)
    if read in stage_names:
        position = list(stage_names).index(read)
        value = _at_rows(codes, found.rows.index, rows[:, position])
        return np.where(rows[:, position] < 0, NOT_REACHED, value).astype(np.int32)
    ordered = range(rows.shape[1]) if read == "last" else range(rows.shape[1] - 1, -1, -1)
    value = np.full(len(rows), -1, dtype=np.int32)
    for position in ordered:
        here = _at_rows(codes, found.rows.index, rows[:, position])
        value = np.where(here >= 0, here, value)
    return value


def _at_rows(
    codes: NDArray[np.int32], index: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the code of the event at each row, -1 for none."""
    values = np.full(len(rows), -1, dtype=np.int32)
    known = np.flatnonzero(rows >= 0)
    values[known] = codes[index[rows[known]]]
    return values


def _largest(
    values: NDArray[Any],
    codes: tuple[NDArray[Any], NDArray[Any]],
    top: int,
    *,
    entered: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    absent: str | None,
) -> Groups:
    seen = np.zeros((2, len(values) - NOT_REACHED), dtype=np.int64)
    for labels, enters, room in zip(codes, entered, seen, strict=True):
        count_codes(labels, enters, NOT_REACHED, room)
    counts, present = seen[0][-NOT_REACHED:], seen[0] + seen[1]
    order = np.argsort(-counts, kind="stable")
    shown = [int(code) for code in order[:top] if counts[code] > 0]
    ours = [OTHER, NOT_SET, *([absent] if absent else [])]
    names: list[str | None] = [told_apart(as_text(values[code]), ours=ours) for code in shown]
    place = np.full(len(values) + 2, len(names), dtype=np.int16)
    place[shown] = np.arange(len(shown))
    if int((counts > 0).sum()) > len(shown):
        names.append(OTHER)
    for code, name in ((-1, NOT_SET), (NOT_REACHED, absent)):
        place[code] = len(names)
        if present[code - NOT_REACHED] or not names:
            names.append(name)
    of_unit = place[codes[0]]
    return Groups(names, of_unit, of_unit if codes[1] is codes[0] else place[codes[1]])


def told_apart(name: str, *, ours: Sequence[str]) -> str:
    """Return a name from the data that none of our own names can be taken for.

    Examples
    --------
    >>> told_apart("(other)", ours=["(other)"]), told_apart("ad", ours=["(other)"])
    ('(other) in the data', 'ad')
    """
    return f"{name} in the data" if name in ours else name


def as_text(value: object) -> str:
    """Write a value of a property as a label.

    Examples
    --------
    >>> as_text(5.0), as_text(True), as_text("mobile")
    ('5', 'true', 'mobile')
    """
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, np.datetime64):
        return str(pd.Timestamp(value)).removesuffix(" 00:00:00")
    return f"{value:.12g}" if isinstance(value, float) else str(value)
