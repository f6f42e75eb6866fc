"""Calendar periods: hours, days, weeks and months as numbers that grow by one, for numbers and for expressions of an engine.

A period is the number of hours, days, weeks (from Monday) or months since January 1970, by the clocks of a zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from journeymap.errors import DefinitionError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Unit: TypeAlias = Literal["hour", "day", "week", "month"]
UNITS: tuple[Unit, ...] = ("hour", "day", "week", "month")
DAYS_BEFORE_1970 = 719_468
"""Days from 1 March of the year 0 to 1970."""


def period_of(shown: Any, unit: Unit, *, second: int) -> Any:
    """Return the period of times that clocks show.

    Parameters
    ----------
    shown
        Since 1970, as the clocks show it: a number, an array or an expression.
    second
        How many units of `shown` are a second.

    Examples
    --------
    >>> march = 1_772_323_200
    >>> [period_of(march, unit, second=1) for unit in ("day", "week", "month")]
    [20513, 2930, 674]
    """
    match unit:
        case "hour":
            return shown // (3_600 * second)
        case "day":
            return shown // (86_400 * second)
        case "week":
            return (shown // (86_400 * second) + 3) // 7
        case _:
            return month_of(shown // (86_400 * second))


def month_of(day: Any) -> Any:
    """Return the months since January 1970 of days since then, by whole numbers alone.

    Source: the calendar repeats every 146,097 days; counted from March, a leap day ends its year, and months have 30.6 days.
    """
    since = day + DAYS_BEFORE_1970
    era = since // 146_097
    of_era = since - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    since_march = (5 * of_year + 2) // 153
    return (year + era * 400 - 1_970) * 12 + since_march + 2


def begin_of(period: int, unit: Unit, zone: ZoneInfo) -> pd.Timestamp:
    """Return when a period begins in a zone.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> str(begin_of(674, "month", ZoneInfo("Europe/Berlin")))
    '2026-03-01 00:00:00+01:00'
    """
    match unit:
        case "month":
            naive = pd.Timestamp(year=1970 + period // 12, month=period % 12 + 1, day=1)
        case "week":
            naive = pd.Timestamp(0) + pd.Timedelta(days=7 * period - 3)
        case _:
            naive = pd.Timestamp(0) + period * pd.Timedelta(1, unit)
    return naive.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


def checked_unit(unit: str) -> Unit:
    """Return a unit of calendar periods, or say which there are."""
    for known in UNITS:
        if unit == known:
            return known
    raise DefinitionError(
        f"unit={unit!r} is no calendar period.", right="hour, day, week or month.", fix='unit="week"'
    )
