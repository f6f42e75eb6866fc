"""The sample's time: 90 days of a shop in central Europe, busy in the evening and on Sundays."""

from __future__ import annotations

import numpy as np
import pandas as pd

ZONE = "Europe/Berlin"
FIRST_DAY = np.datetime64("2026-01-01")
DAYS = 90
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
START = int(pd.Timestamp(FIRST_DAY, tz=ZONE).timestamp() * SECOND)
END = int(pd.Timestamp("2026-03-31 23:58", tz=ZONE).timestamp() * SECOND)

WEEKDAYS = np.array([0.86, 0.82, 0.80, 0.84, 0.78, 0.88, 1.0])  # Monday first; Sunday is the busiest day
HOURS = {
    "desktop": [2, 1, 1, 1, 1, 2, 4, 9, 18, 28, 34, 33, 30, 32, 33, 32, 29, 27, 27, 31, 34, 27, 15, 6],
    "mobile": [5, 2, 1, 1, 1, 3, 11, 21, 22, 19, 19, 22, 28, 24, 21, 22, 26, 32, 37, 46, 56, 52, 33, 14],
    "tablet": [2, 1, 1, 1, 1, 1, 3, 8, 12, 15, 16, 16, 17, 15, 14, 15, 18, 23, 31, 48, 60, 52, 26, 8],
}


def weekday(days: np.ndarray) -> np.ndarray:
    """Return the weekday of days counted from the first one, Monday being 0."""
    return (np.asarray(days) + 3) % 7


def moments(days: np.ndarray, *, devices: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a moment on each of the given local days, at an hour that suits the device.

    Parameters
    ----------
    days
        Whole days since the first day of the sample.
    devices
        Places in ``words.DEVICES``, one for each day.
    rng
        The source of chance.

    Returns
    -------
    numpy.ndarray
        Milliseconds since 1970 in UTC.
    """
    until = np.cumsum([np.array(hours) / sum(hours) for hours in HOURS.values()], axis=1)[:, :-1]
    hours = (rng.random(len(days))[:, None] >= until[devices]).sum(axis=1)
    return utc(days, of_day=hours * HOUR + rng.integers(HOUR, size=len(days)))


def utc(days: np.ndarray, *, of_day: np.ndarray) -> np.ndarray:
    """Return the UTC milliseconds of local days and local milliseconds of the day."""
    local = FIRST_DAY.astype("datetime64[ms]") + np.asarray(days, dtype=np.int64) * DAY + of_day
    zoned = pd.DatetimeIndex(local).tz_localize(ZONE, nonexistent="shift_forward", ambiguous=False)
    return zoned.as_unit("ms").asi8
