"""A log that stays where it is: an engine counts, and only what it counted comes back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import pandas as pd

from journeymap.durations import nanoseconds
from journeymap.errors import DefinitionError
from journeymap.events.filters import Filter
from journeymap.events.moments import instant_of
from journeymap.events.reading.times import end_of_data
from journeymap.events.warehouse.refusing import only_read
from journeymap.journeys import unknown
from journeymap.rules import Rule, property_names

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Extent:
    """How much a log holds: events, customers, and its first and last instant (microseconds)."""

    events: int
    customers: int
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class WarehouseLog:
    """An event log in an engine, ready to be asked.

    Made by :func:`journeymap.connect`. It never changes: each method returns another log. Text is taken as it stands; empty text
    counts as missing.

    Attributes
    ----------
    source
        The Ibis table.
    engine
        The name of the Ibis backend.
    customer, event, at
        Its columns.
    timezone
        The zone of reports, and of times that name none.
    session_gap
        The pause after which a customer's next event begins another session.
    filters
        The filters in force.
    attributes, attribute_key
        The table of customers, and its column of customers.
    """

    source: Any
    engine: str
    customer: str
    event: str
    at: str
    timezone: str = "UTC"
    complete_to: Any = None
    session_gap: str = "30min"
    name: str = "events"
    filters: tuple[Filter, ...] = ()
    attributes: Any = None
    attribute_key: str = ""
    read_at: pd.Timestamp = field(default_factory=lambda: pd.Timestamp.now("UTC"), repr=False)

    notes = ()

    def __repr__(self) -> str:
        return f"<WarehouseLog {self.name} in {self.engine}: {self.customer}, {self.event}, {self.at}>"

    @property
    def properties(self) -> list[str]:
        """The names of what is known of events beside customer, event and time."""
        return [name for name in self.source.columns if name not in (self.customer, self.event, self.at)]

    @property
    def attribute_names(self) -> list[str]:
        """The names of the attributes of customers."""
        known = [] if self.attributes is None else self.attributes.columns
        return [name for name in known if name != self.attribute_key]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of reports."""
        return ZoneInfo(self.timezone)

    @cached_property
    def all_rows(self) -> Any:
        """Every event that can be used, whatever the filters: who, what, when, and the properties."""
        from journeymap.events.warehouse.preparing import prepared_rows  # needs Ibis, which not everybody has

        return prepared_rows(self)

    @cached_property
    def rows(self) -> Any:
        """The events left after the filters."""
        from journeymap.events.warehouse.selecting import picked_rows

        rows = self.all_rows
        for one in self.filters:
            rows = picked_rows(rows, one.rule, self.engine, keep=one.kind == "only")
        return rows

    @cached_property
    def data_end(self) -> int:
        """The last moment the data is complete, in microseconds; the newest event that is not in the future unless given."""
        if self.complete_to is not None:
            return end_of_data(self.complete_to, timezone=self.timezone) // 1_000
        from journeymap.events.warehouse.preparing import extent_of

        now = int(self.read_at.value) // 1_000
        found = extent_of(self.all_rows, until=now)
        return found.last if found.events else now

    @cached_property
    def tick(self) -> int:
        """The coarsest of second, millisecond and microsecond in which no time loses anything, in microseconds."""
        from journeymap.events.warehouse.preparing import tick_of

        return tick_of(self.all_rows)

    @cached_property
    def extent(self) -> Extent:
        """How much of the log is visible."""
        from journeymap.events.warehouse.preparing import extent_of

        return extent_of(self.rows)

    @cached_property
    def known_extent(self) -> Extent:
        """How much of the log is visible and not beyond the data end."""
        from journeymap.events.warehouse.preparing import extent_of

        return extent_of(self.rows, until=self.data_end)

    @property
    def span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The first and the last visible moment that is not beyond the data end, in the zone of reports."""
        known = self.known_extent if self.known_extent.events else self.extent
        return self.moment(known.first), self.moment(known.last)

    @property
    def n_customers(self) -> int:
        """The number of customers who have a visible event."""
        return self.extent.customers

    @property
    def n_events(self) -> int:
        """The number of visible events."""
        return self.extent.events

    @property
    def n_late(self) -> int:
        """The number of visible events after the data end."""
        return self.extent.events - self.known_extent.events

    @property
    def fingerprint(self) -> str:
        """A hash of how much the log holds, so that a chart tells when the data has changed; no row is read for it."""
        held = (self.engine, self.name, self.extent, self.data_end)
        return blake2b(repr(held).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def moment(self, at: int) -> pd.Timestamp:
        """Turn an instant into a moment in the zone of reports."""
        return pd.Timestamp(at, unit="us", tz="UTC").tz_convert(self.zone)

    def instant(self, moment: str | dt.date | pd.Timestamp) -> int:
        """Turn a date or a moment (in the zone of reports unless it names one) into microseconds, rounded up."""
        return instant_of(moment, self.zone, unit=1_000)

    def length(self, duration: str | dt.timedelta) -> int:
        """Turn a length of time into microseconds, rounded down."""
        return nanoseconds(duration) // 1_000

    def with_customers(self, profiles: Any, *, customer: str = "customer") -> WarehouseLog:
        """Join attributes of customers, one row each.

        Parameters
        ----------
        profiles
            The name of a table in the same engine, or an Ibis table of it.
        customer
            Its column of customers, in which nobody may stand twice.
        """
        from journeymap.events.warehouse.preparing import checked_customers

        table = checked_customers(self, profiles, customer)
        return replace(self, attributes=table, attribute_key=customer)

    def refresh(self) -> WarehouseLog:
        """Ask the engine anew: rows that came since count, up to now or to the `complete_to` that was given."""
        return replace(self, read_at=pd.Timestamp.now("UTC"))

    @property
    def quality(self) -> NoReturn:
        """Refuse the report of reading: nothing is read here."""
        raise only_read("The report of what was read and what was set aside", self.engine)

    def timeline(self, customer: str) -> NoReturn:
        """Refuse the events of one customer: only counts leave the engine."""
        raise only_read(f"The timeline of {customer}", self.engine)

    def only(self, rule: Rule) -> WarehouseLog:
        """Keep only the events that a rule picks (``jm.where`` and ``jm.did`` pick all events of their customers)."""
        return self._filtered(Filter("only", rule))

    def without(self, rule: Rule) -> WarehouseLog:
        """Leave out the events that a rule picks (``jm.where`` and ``jm.did`` pick all events of their customers)."""
        return self._filtered(Filter("without", rule))

    def _filtered(self, told: Filter) -> WarehouseLog:
        if not isinstance(told.rule, Rule):
            raise DefinitionError(f"{told.rule!r} is no condition.", right="jm.event, jm.where or jm.did.")
        self.check_properties(told.rule)
        return replace(self, filters=(*self.filters, told))

    def check_properties(self, rule: Rule) -> None:
        """Refuse a rule that asks for a property that the log does not have."""
        for name in property_names(rule):
            self.check_property(name)

    def check_property(self, name: str) -> None:
        """Refuse the name of a property that the log does not have."""
        known = [*self.attribute_names, *self.properties]
        if name not in known:
            raise unknown("property", name, known, owner="the log")
