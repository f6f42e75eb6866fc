"""Lengths of time as marketers write them: ``"30d"``, ``"45min"``."""

from __future__ import annotations

import datetime as dt
import re

from journeymap.errors import DefinitionError

NANOSECONDS = {
    "ns": 1,
    "us": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "min": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
    "w": 604_800_000_000_000,
}
_FORM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ns|us|ms|s|min|h|d|w)\s*")
_WORDS = {
    "d": "day",
    "h": "hour",
    "min": "minute",
    "s": "second",
    "ms": "millisecond",
    "us": "microsecond",
    "ns": "nanosecond",
}


def nanoseconds(length: str | dt.timedelta) -> int:
    """Return a length of time in nanoseconds.

    Examples
    --------
    >>> nanoseconds("30min") == nanoseconds("0.5h")
    True
    """
    if isinstance(length, dt.timedelta):
        return (length.days * 86_400 + length.seconds) * 10**9 + length.microseconds * 1_000
    match = _FORM.fullmatch(length) if isinstance(length, str) else None
    if match is None:
        raise DefinitionError(
            f"{length!r} is not a length of time.",
            right="A number and one of ms, s, min, h, d, w.",
            fix='"30d"',
        )
    return round(float(match[1]) * NANOSECONDS[match[2]])


def canonical(length: str | dt.timedelta) -> str:
    """Write a length of time in the largest unit that divides it, so that equal lengths are equal texts.

    Examples
    --------
    >>> canonical("120min"), canonical("1.5d"), canonical("2w")
    ('2h', '36h', '14d')
    """
    total = nanoseconds(length)
    unit = next((unit for unit in ("d", "h", "min", "s", "ms", "us") if total % NANOSECONDS[unit] == 0), "ns")
    return f"{total // NANOSECONDS[unit]}{unit}"


def in_words(length: str | dt.timedelta) -> str:
    """Write a length of time as words.

    Examples
    --------
    >>> in_words("1d"), in_words("36h")
    ('1 day', '36 hours')
    """
    number, unit = re.fullmatch(r"(\d+)(\w+)", canonical(length)).groups()  # type: ignore[union-attr]
    return f"{int(number):,} {_WORDS[unit]}{'' if number == '1' else 's'}"
