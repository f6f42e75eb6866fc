"""The event log: who did what, when; with attributes of customers and filters that are said in every scope."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from journeymap.durations import nanoseconds
from journeymap.errors import DataError, listing
from journeymap.events.filters import Filter
from journeymap.events.held import Held
from journeymap.events.moments import instant_of
from journeymap.events.store import NANOSECONDS_IN, Column, Store
from journeymap.events.visible import Visible
from journeymap.journeys import unknown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journeymap.events.origin import Origin
    from journeymap.events.quality import Quality
    from journeymap.rules import Rule


@dataclass(frozen=True, eq=False)
class EventLog:
    """An event log that is ready to be asked.

    Made by :func:`journeymap.read_events`. It never changes: each method returns another log.

    Attributes
    ----------
    store
        The prepared rows.
    quality
        What was read and what was set aside.
    timezone
        The zone of reports, and of times that named none.
    session_gap
        The pause after which a customer's next event begins another session.
    data_end
        The last moment the data is complete, in the unit of the store.
    notes
        What the reader must know about the reading.
    filters
        The filters in force.
    attributes
        One row per customer of the store, in its order.
    origin
        Where it was read from.
    profiles
        What the attributes were taken from, with the column of customers of each.
    """

    store: Store
    quality: Quality
    timezone: str
    session_gap: str
    data_end: int
    notes: tuple[str, ...] = ()
    name: str = "events"
    filters: tuple[Filter, ...] = ()
    attributes: Mapping[str, Column] = field(default_factory=dict)
    keep: NDArray[np.bool_] | None = None
    held: Held = field(default_factory=Held, repr=False)
    origin: Origin | None = field(default=None, repr=False)
    profiles: tuple[tuple[Any, str], ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        first, last = (format(moment, "%d %b %Y") for moment in self.span)
        return f"<EventLog {self.name}: {self.n_customers:,} customers, {self.n_events:,} events, {first} to {last} {self.timezone}>"

    @cached_property
    def visible(self) -> Visible:
        """The events left after the filters."""
        store = self.store
        if self.keep is None:
            return Visible(store.offsets, store.at, store.event, store.sequence, None)
        rows = np.flatnonzero(self.keep)
        sequence = None if store.sequence is None else store.sequence[rows]
        return Visible(
            np.searchsorted(rows, store.offsets), store.at[rows], store.event[rows], sequence, rows
        )

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        """For each customer of the store, whether any event is visible."""
        return np.diff(self.visible.offsets) > 0

    @property
    def n_events(self) -> int:
        """The number of visible events."""
        return len(self.visible.at)

    @cached_property
    def n_customers(self) -> int:
        """The number of customers who have a visible event."""
        return int(self.active.sum())

    @cached_property
    def n_late(self) -> int:
        """The number of visible events after the data end."""
        return int((self.visible.at > self.data_end).sum())

    @property
    def zone(self) -> ZoneInfo:
        """The zone of reports."""
        return ZoneInfo(self.timezone)

    @cached_property
    def span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The first and the last visible moment that is not beyond the data end, in the zone of reports."""
        at = self.visible.at
        known = at[at <= self.data_end] if len(at) and at.max() > self.data_end else at
        if not len(known):
            known = at if len(at) else np.array([self.data_end])
        return self.moment(int(known.min())), self.moment(int(known.max()))

    def moment(self, at: int) -> pd.Timestamp:
        """Turn an instant of the store into a moment in the zone of reports."""
        return pd.Timestamp(at, unit=self.store.unit, tz="UTC").tz_convert(self.zone)

    def moments(self, at: NDArray[np.int64]) -> pd.Series:
        """Turn instants of the store into moments in the zone of reports."""
        return (
            pd.Series(at.astype(f"datetime64[{self.store.unit}]"))
            .dt.tz_localize("UTC")
            .dt.tz_convert(self.zone)
        )

    def instant(self, moment: str | dt.date | pd.Timestamp) -> int:
        """Turn a date or a moment (in the zone of reports unless it names one) into an instant of the store, rounded up."""
        return instant_of(moment, self.zone, unit=NANOSECONDS_IN[self.store.unit])

    def length(self, duration: str | dt.timedelta) -> int:
        """Turn a length of time into units of the store, rounded down."""
        return nanoseconds(duration) // NANOSECONDS_IN[self.store.unit]

    @property
    def properties(self) -> list[str]:
        """The names of what is known of events beside customer, event and time."""
        return list(self.store.columns)

    @property
    def fingerprint(self) -> str:
        """A hash of the store, so that a chart tells when the data has changed."""
        return self.store.fingerprint

    @property
    def attribute_names(self) -> list[str]:
        """The names of the attributes of customers."""
        return list(self.attributes)

    @property
    def event_names(self) -> list[str]:
        """The names of the visible events, most frequent first."""
        return list(self.event_counts.index)

    @cached_property
    def event_counts(self) -> pd.Series:
        """How often each event is visible, most frequent first."""
        counts = np.bincount(self.visible.event, minlength=len(self.store.event_names))
        series = pd.Series(counts, index=self.store.event_names)
        return series[series > 0].sort_values(ascending=False, kind="stable")

    def column(self, name: str) -> Column:
        """Return a property of events or an attribute of customers; an unknown name is an error with the nearest."""
        if name in self.attributes:
            return self.attributes[name]
        if name in self.store.columns:
            return self.store.columns[name]
        raise unknown("property", name, [*self.attributes, *self.store.columns], owner="the log")

    def codes(self, name: str) -> NDArray[np.int32]:
        """Return the code of a property for each visible event; attributes are spread over the customer's events."""
        column = self.column(name)
        if name in self.attributes:
            return column.codes[self.visible.customer]
        rows = self.visible.rows
        return column.codes if rows is None else column.codes[rows]

    def values(self, name: str, *, most: int | None = None) -> pd.Series:
        """Count customers by the values of a property that they ever had, most frequent first."""
        column = self.column(name)
        if name in self.attributes:
            codes = column.codes[self.active]
        else:
            pairs = self.visible.customer.astype(np.int64) * (len(column.values) + 1) + self.codes(name)
            known = self.codes(name) >= 0
            codes = (np.unique(pairs[known]) % (len(column.values) + 1)).astype(np.int32)
        counts = np.bincount(codes[codes >= 0], minlength=len(column.values))
        series = pd.Series(counts, index=pd.Index(column.values, dtype=object), name="customers")
        series = series[series > 0].sort_values(ascending=False, kind="stable")
        return series if most is None else series.head(most)

    def with_customers(self, profiles: Any, *, customer: str = "customer") -> EventLog:
        """Join attributes of customers, one row each.

        Parameters
        ----------
        profiles
            A file or a table, as for :func:`journeymap.read_events`.
        customer
            Its column of customers, in which nobody may stand twice.

        Raises
        ------
        DataError
            If a customer stands twice, the column is missing, or an attribute has the name of a property of events.
        """
        from journeymap.events.attributes import attributes_of  # stands on this module's neighbours

        attributes, notes = attributes_of(
            profiles, customer=customer, customers=np.asarray(self.store.customers)
        )
        taken = [name for name in attributes if name in self.store.columns or name in self.attributes]
        if taken:
            raise DataError(
                f"The log already has {listing(taken)}.",
                right="Rename the attribute.",
                fix=f'profiles.rename(columns={{"{taken[0]}": "customer_{taken[0]}"}})',
            )
        return replace(
            self,
            attributes={**self.attributes, **attributes},
            notes=(*self.notes, *notes),
            held=Held(),
            profiles=(*self.profiles, (profiles, customer)),
        )

    def refresh(self, table: Any = None) -> EventLog:
        """Read again what this log was read from; attributes and filters stay.

        Of files, only new ones are read and added to what was prepared; the log equals one that is read from the beginning.
        If a known file has changed or is gone, or new ones are of another kind, all are read anew, and `notes` says why.

        Parameters
        ----------
        table
            The table as it is now, if the log was read from one; it is read as a whole.

        Raises
        ------
        DataError
            If the log was read from a table and none is given, or from files and one is given.
        """
        from journeymap.events.refreshing import refreshed  # reads logs, so it stands on this module

        return refreshed(self, table)

    def only(self, rule: Rule) -> EventLog:
        """Keep only the events that a rule picks (``jm.where`` and ``jm.did`` pick all events of their customers)."""
        return self._filtered(rule, picked=True)

    def without(self, rule: Rule) -> EventLog:
        """Leave out the events that a rule picks (``jm.where`` and ``jm.did`` pick all events of their customers)."""
        return self._filtered(rule, picked=False)

    def _filtered(self, rule: Rule, *, picked: bool) -> EventLog:
        from journeymap.events.selecting import event_mask  # reads logs, so it stands on this module

        mask = event_mask(self, rule) == picked
        if not mask.any():
            raise DataError(
                f"No event is left after {rule!r}.", right=f"The log has {listing(self.event_names)}."
            )
        rows = np.arange(self.store.n_events) if self.visible.rows is None else self.visible.rows
        keep = np.zeros(self.store.n_events, dtype=bool)
        keep[rows[mask]] = True
        told = Filter("only" if picked else "without", rule)
        return replace(self, keep=keep, filters=(*self.filters, told), held=Held())

    def timeline(self, customer: str) -> pd.DataFrame:
        """List the visible events of one customer.

        Returns
        -------
        pandas.DataFrame
            `at` (in the zone of reports), `event`, and every property, in order of time.
        """
        from journeymap.events.timeline import timeline_of  # reads logs, so it stands on this module

        return timeline_of(self, str(customer))
