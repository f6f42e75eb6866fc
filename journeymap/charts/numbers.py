"""Numbers as people read them in pictures, findings and tables."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

import pandas as pd

from journeymap.analyses.scope import day, moment

if TYPE_CHECKING:
    from typing import Any

__all__ = ["MISSING", "count", "day", "hours", "interval", "moment", "points", "share", "short_count"]

MISSING = "\N{EN DASH}"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
WHOLE_BELOW = 100


def count(n: Any) -> str:
    """Write a count in full; what is not defined is a dash, never 0.

    Examples
    --------
    >>> count(20730), count(None) == MISSING
    ('20,730', True)
    """
    return MISSING if pd.isna(n) else f"{n:,.0f}"


def short_count(n: Any) -> str:
    """Write a count for an axis or a head: over one million in millions.

    Examples
    --------
    >>> short_count(20730), short_count(1_240_000)
    ('20,730', '1.2\u202fM')
    """
    return count(n) if pd.isna(n) or n < 1_000_000 else f"{n / 1_000_000:,.1f}{NARROW_SPACE}M"


def share(p: Any, n: Any = None) -> str:
    """Write a share as a percentage; whole percent where it is made of fewer than 100 customers.

    Parameters
    ----------
    p
        A share from 0 to 1.
    n
        The customers it is a share of, if known.

    Examples
    --------
    >>> share(0.46), share(0.4583, 24), share(0.00001), share(1.0)
    ('46.0\u202f%', '46\u202f%', '<0.1\u202f%', '100\u202f%')
    """
    if pd.isna(p):
        return MISSING
    text = f"{100 * p:.0f}" if p in (0, 1) else _hundredfold(p, n)
    false = {"0.0": "<0.1", "100.0": ">99.9"}
    return f"{false.get(text, text)}{NARROW_SPACE}%"


def points(difference: Any, n: Any = None) -> str:
    """Write a difference of two shares in points, with its sign.

    Examples
    --------
    >>> points(0.042), points(0.16, 40), points(-0.16).replace(MINUS, "minus ")
    ('+4.2 points', '+16 points', 'minus 16.0 points')
    """
    if pd.isna(difference):
        return MISSING
    text = _hundredfold(difference, n)
    return f"+{text} points" if difference > 0 and float(text) else f"{text} points"


def interval(low: Any, high: Any, n: Any = None) -> str:
    """Write the ends of an interval of shares or of points; the unit is not repeated.

    Ends that would read the same are rounded outwards, as no interval is empty.

    Examples
    --------
    >>> interval(0.141, 0.178), interval(0.141, 0.578, 24), interval(0, 0.0004)
    ('(14.1 to 17.8)', '(14 to 58)', '(0.0 to 0.1)')
    """
    if pd.isna(low):
        return MISSING
    ends = _hundredfold(low, n), _hundredfold(high, n)
    if ends[0] == ends[1] and low < high:
        step = 10 ** (2 + _digits(n))
        ends = _hundredfold(floor(low * step) / step, n), _hundredfold(ceil(high * step) / step, n)
    return f"({ends[0]} to {ends[1]})"


def hours(length: Any) -> str:
    """Write a length of time, given in hours, in at most two units.

    Examples
    --------
    >>> hours(52.2), hours(0.2), hours(48 / 3600), hours(1.5)
    ('2 d 4 h', '12 min', '48 s', '1 h 30 min')
    """
    if pd.isna(length):
        return MISSING
    seconds = length * 3600
    if 0 < seconds < 0.5:
        return "<1 s"
    step = next(step for below, step in ((600, 1), (86_370, 60), (float("inf"), 3600)) if seconds < below)
    whole = round(seconds / step) * step
    sizes = (("d", whole // 86_400), ("h", whole // 3600 % 24), ("min", whole // 60 % 60), ("s", whole % 60))
    return " ".join(f"{number:,} {unit}" for unit, number in sizes if number) or "0 s"


def _hundredfold(value: float, n: Any) -> str:
    text = f"{100 * value:.{_digits(n)}f}"
    return text.lstrip("-") if not float(text) else text.replace("-", MINUS)


def _digits(n: Any) -> int:
    return 0 if n is not None and n < WHOLE_BELOW else 1
