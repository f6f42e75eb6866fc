"""When the clocks of a zone change, as instants of UTC."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Changes = list[tuple[int, int]]
"""From which instant on (microseconds) which offset from UTC holds (microseconds)."""


def changes_of(zone: ZoneInfo, first: int, last: int) -> Changes:
    """List the offsets of a zone from one instant to another, both in microseconds.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> march, april = 1_772_323_200 * SECOND, 1_775_001_600 * SECOND
    >>> [(at // SECOND, offset // 3_600 // SECOND) for at, offset in changes_of(ZoneInfo("Europe/Berlin"), march, april)]
    [(1772323200, 1), (1774746000, 2)]
    """
    found = [(first, _offset(zone, first))]
    days = [*range(first, last, DAY), last]
    for begin, end in pairwise(days):
        if _offset(zone, end) != _offset(zone, begin):
            found.append((_change_between(zone, begin, end), _offset(zone, end)))
    return found


def _change_between(zone: ZoneInfo, begin: int, end: int) -> int:
    """Return the first second at which the offset is that of `end`."""
    low, high = begin // SECOND, -(-end // SECOND)
    after = _offset(zone, end)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * SECOND) == after:
            high = middle
        else:
            low = middle
    return high * SECOND


def _offset(zone: ZoneInfo, at: int) -> int:
    moment = (_EPOCH + dt.timedelta(microseconds=at)).astimezone(zone)
    return (moment.utcoffset() or dt.timedelta()) // dt.timedelta(microseconds=1)
