"""Splitting counted customers into segments and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeymap.counting.attempts import taken
from journeymap.errors import DefinitionError
from journeymap.events.log import EventLog
from journeymap.events.selecting import customer_mask
from journeymap.journeys import Segment
from journeymap.rules import reads_until_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


EVERYBODY = "Everybody"
NOT_SET = "(not set)"
OTHER = "(other)"
MOST_SEGMENTS = 6

Period = tuple[int, int]


def instants(log: EventLog, period: Sequence[Any] | None) -> Period | None:
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


@dataclass(frozen=True)
class Groups:
    """A breakdown: a label for each group, and the group of each customer.

    Attributes
    ----------
    names
        What each group is called; None if nothing is broken down.
    of_customer, of_settled
        The position of each customer's group, by the best attempt and by the best settled one.
    """

    names: list[str | None]
    of_customer: NDArray[Any]
    of_settled: NDArray[Any]


def groups(
    log: EventLog,
    by: str | None,
    *,
    index: NDArray[np.int64],
    entries: tuple[NDArray[np.int64], NDArray[np.int64]],
    top: int,
) -> Groups:
    """Label customers by a column: an attribute of theirs, or the value of the event at which they entered.

    Parameters
    ----------
    index, entries
        The visible event of each row; and the rows at which each customer's best attempt entered, over all entries and
        over the settled ones (-1 for none).
    top
        How many values stand alone, by customers; the rest are "(other)". A missing value is "(not set)".
    """
    if by is None:
        nobody = np.zeros(len(log.store.customers), np.int8)
        return Groups([None], nobody, nobody)
    if not isinstance(by, str):
        raise DefinitionError(f"by={by!r} is no property.", right="One name.", fix='by="channel"')
    column = log.column(by)
    if by in log.attributes:
        of_customer = of_settled = column.codes
    else:
        codes = log.codes(by)
        of_customer, of_settled = (_value_at(codes, index, entry) for entry in entries)
    labelled = of_customer[entries[0] >= 0]
    counts = np.bincount(labelled[labelled >= 0], minlength=len(column.values))
    return _largest(
        column.values, counts, of_customer, of_settled, top, any_missing=bool((labelled < 0).any())
    )


def _value_at(
    codes: NDArray[np.int32], index: NDArray[np.int64], entry: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the code of the event at which each customer entered, -1 for none."""
    found = np.full(len(entry), -1, dtype=np.int32)
    entered = np.flatnonzero(entry >= 0)
    found[entered] = codes[index[entry[entered]]]
    return found


def _largest(
    values: NDArray[Any],
    counts: NDArray[Any],
    of_customer: NDArray[Any],
    of_settled: NDArray[Any],
    top: int,
    *,
    any_missing: bool,
) -> Groups:
    order = np.argsort(-counts, kind="stable")
    shown = [int(code) for code in order[:top] if counts[code] > 0]
    any_other = int((counts > 0).sum()) > len(shown)
    names: list[str | None] = [told_apart(as_text(values[code]), ours=(OTHER, NOT_SET)) for code in shown]
    place = np.full(len(values) + 1, len(names), dtype=np.int64)
    place[shown] = np.arange(len(shown))
    if any_other:
        names.append(OTHER)
    place[-1] = len(names)
    if any_missing or not names:
        names.append(NOT_SET)
    return Groups(names, place[of_customer], place[of_settled])


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
