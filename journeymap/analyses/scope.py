"""The scope of a result: who was counted, out of how many, when, in which zone, under which rules."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from journeymap import __version__

if TYPE_CHECKING:
    import pandas as pd

    from journeymap.events.log import EventLog
    from journeymap.events.warehouse.log import WarehouseLog


@dataclass(frozen=True)
class Scope:
    """What a number stands for. As text it is the footer of the chart.

    Attributes
    ----------
    what
        Which customers are counted, such as ``"Entered Discover"``.
    counted, of
        Customers counted, and customers in the log (or whatever is counted).
    begin, end
        The period as the reader sees it; `end` is the last day or moment inside.
    timezone, complete_to
        The zone of reports, and the moment to which the data is complete.
    rules
        Sentences: window, attempts, order, intervals.
    filters
        The filters of the log, in words.
    definition, data, version
        Hashes of the question and of the data, and the version of the package.
    unit
        What is counted, as several.
    """

    what: str
    counted: int
    of: int
    begin: pd.Timestamp
    end: pd.Timestamp
    timezone: str
    complete_to: pd.Timestamp
    rules: tuple[str, ...]
    filters: tuple[str, ...]
    definition: str
    data: str
    unit: str = "customers"
    version: str = __version__

    def __str__(self) -> str:
        when = f"{self.what} from {day(self.begin)} to {day(self.end)}, {self.timezone}; complete to {moment(self.complete_to)}."
        who = f"{self.counted:,} of {self.of:,} {self.unit} counted."
        filters = [f"Filtered: {'; '.join(self.filters)}."] if self.filters else []
        made = f"Definition {self.definition[:6]}, data {self.data[:6]}, journeymap {self.version}."
        return " ".join([when, *self.rules, who, *filters, made])


def day(at: pd.Timestamp) -> str:
    """Write a day.

    Examples
    --------
    >>> import pandas as pd
    >>> day(pd.Timestamp("2026-03-01 12:00"))
    '1 Mar 2026'
    """
    return f"{at.day} {at:%b %Y}"


def moment(at: pd.Timestamp) -> str:
    """Write a moment.

    Examples
    --------
    >>> import pandas as pd
    >>> moment(pd.Timestamp("2026-03-01 12:00:59"))
    '1 Mar 2026, 12:00'
    """
    return f"{day(at)}, {at:%H:%M}"


def definition_hash(*parts: object) -> str:
    """Hash what was asked, so that two charts can be told to answer the same question.

    Examples
    --------
    >>> definition_hash("a", 1) == definition_hash("a", 1)
    True
    """
    return blake2b("\n".join(map(repr, parts)).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def seen_period(
    log: EventLog | WarehouseLog, period: tuple[int, int] | None
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first moment and the last moment inside a half-open period; without one, those of the log."""
    if period is None:
        return log.span
    return log.moment(period[0]), log.moment(period[1] - 1)
