"""The rules that a sensitivity tries: one of them changed at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from journeymap.counting.wording import ATTEMPTS
from journeymap.durations import in_words, nanoseconds
from journeymap.events.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.counting.contract import Counting
    from journeymap.events.log import EventLog

WINDOWS = ("1h", "6h", "1d", "3d", "7d", "14d", "30d", "60d", "90d", "180d", "365d")
GAPS = ("10min", "30min", "1h", "2h", "4h")
TIES: dict[str, dict[str, Any]] = {
    "equal times never chain": {"ties": "apart", "tolerance": "0s"},
    "in either direction": {"ties": "either", "tolerance": "0s"},
    "up to 1 second out of order": {"ties": "apart", "tolerance": "1s"},
    "up to 2 seconds out of order": {"ties": "apart", "tolerance": "2s"},
}
MOST_WINDOWS = 6
USUAL = "30d"


@dataclass(frozen=True)
class Setting:
    """One way to count.

    Attributes
    ----------
    rule, value
        Which rule is changed, and to what, in words.
    log, counting
        The log, which holds the session gap, and the rules.
    chosen
        Whether these are the rules that were chosen, unchanged.
    """

    rule: str
    value: str
    log: EventLog
    counting: Counting
    chosen: bool


def settings_of(log: EventLog, counting: Counting) -> list[Setting]:
    """Return every way to count that is tried, by rule."""
    return [*_windows(log, counting), *_attempts(log, counting), *_gaps(log, counting), *_ties(log, counting)]


def _windows(log: EventLog, counting: Counting) -> Iterator[Setting]:
    chosen = counting.window
    if chosen == "session":
        yield Setting("window", "the session", log, counting, chosen=True)
    middle = USUAL if chosen in (None, "session") else chosen
    longest = log.data_end - int(log.visible.at.min(initial=log.data_end))
    for window in _ladder(str(middle), [one for one in WINDOWS if log.length(one) <= longest]):
        changed = replace(counting, window=window)
        yield Setting("window", in_words(window), log, changed, chosen=window == chosen)


def _ladder(middle: str, windows: list[str]) -> list[str]:
    """Return one window and those nearest to it, shortest first."""
    place = nanoseconds(middle)
    others = sorted(
        (window for window in windows if window != middle),
        key=lambda window: max(nanoseconds(window) / place, place / nanoseconds(window)),
    )
    return sorted([middle, *others[:MOST_WINDOWS]], key=nanoseconds)


def _attempts(log: EventLog, counting: Counting) -> Iterator[Setting]:
    for attempts in dict.fromkeys([counting.attempts, "best", "first", "session"]):
        changed = replace(counting, attempts=attempts)
        yield Setting("attempts", ATTEMPTS[attempts].lower(), log, changed, chosen=changed == counting)


def _gaps(log: EventLog, counting: Counting) -> Iterator[Setting]:
    """Try session gaps on rules that read sessions, or on the best attempt within one session."""
    within = counting if counting.in_sessions else replace(counting, attempts="session")
    for gap in sorted({*GAPS, log.session_gap}, key=nanoseconds):
        same = gap == log.session_gap
        changed = log if same else replace(log, session_gap=gap, held=Held())
        yield Setting("session gap", in_words(gap), changed, within, chosen=same and within == counting)


def _ties(log: EventLog, counting: Counting) -> Iterator[Setting]:
    tried = {value: replace(counting, **rules) for value, rules in TIES.items()}
    if counting not in tried.values():
        yield Setting(
            "ties", f"up to {in_words(counting.tolerance)} out of order", log, counting, chosen=True
        )
    for value, changed in tried.items():
        yield Setting("ties", value, log, changed, chosen=changed == counting)
