"""A moment as a person writes it, as an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo


def instant_of(moment: str | dt.date | pd.Timestamp, zone: ZoneInfo, *, unit: int) -> int:
    """Turn a date or a moment (in the zone unless it names one) into units of so many nanoseconds, rounded up.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> instant_of("1970-01-02 01:00", ZoneInfo("Europe/Berlin"), unit=10**9)
    86400
    """
    try:
        stamp = pd.Timestamp(moment)
    except (ValueError, TypeError) as error:
        raise DefinitionError(
            f"{moment!r} is not a date.", right="A date or a time.", fix='"2026-03-31"'
        ) from error
    if pd.isna(stamp):
        raise DefinitionError("There is no date here.", right="A date or a time.", fix='"2026-03-31"')
    aware = stamp if stamp.tz else stamp.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return -(-int(aware.as_unit("ns").value) // unit)
