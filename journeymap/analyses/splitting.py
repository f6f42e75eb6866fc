"""Splitting counted customers into segments and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.counting.attempts import taken
from journeymap.errors import DefinitionError
from journeymap.events.selecting import customer_mask
from journeymap.rules import reads_until_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeymap.events.log import EventLog
    from journeymap.journeys import Segment

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
    """Refuse more segments than can be told apart, and two of one name."""
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
    names: list[str | None] = [as_text(values[code]) for code in shown]
    place = np.full(len(values) + 1, len(names), dtype=np.int64)
    place[shown] = np.arange(len(shown))
    if any_other:
        names.append(OTHER)
    place[-1] = len(names)
    if any_missing or not names:
        names.append(NOT_SET)
    return Groups(names, place[of_customer], place[of_settled])


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
        return str(value).removesuffix("T00:00:00").replace("T", " ")
    return f"{value:.12g}" if isinstance(value, float) else str(value)
