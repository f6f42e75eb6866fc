"""The drawer at the right: the customers behind a number, what they did next, one customer's timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeymap.analyses.scope import moment
from journeymap.charts import numbers
from journeymap.workbook.customers_list import CustomersList

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeymap.events.log import EventLog

MOST_BARS = 5
MOST_EVENTS = 300
REST = "(other)"


@dataclass(frozen=True)
class Listing:
    """Customers to list.

    Attributes
    ----------
    title, subtitle
        What the number is.
    name
        The same in a few words, for the name of a file.
    customers
        One row each: `customer`, `entered_at`, `last_active_at` and perhaps `reached_at`.
    who
        The column that says who each is, and the head of the list.
    heading
        What stands above the list.
    since
        What `reached_at` or `entered_at` is called in the head of the list.
    tone, series
        The outcome that colours the bars, and the segment's place (from 1), 0 for none.
    did_next
        `event` and `customers`, or None where it does not apply.
    no_next
        Why it does not apply.
    who_did_next
        Lists the customers of some rows of `did_next`.
    """

    title: str
    subtitle: str
    name: list[str]
    customers: pd.DataFrame
    since: str
    who: str = "customer"
    heading: str = "Who they are"
    tone: str = "moved_on"
    series: int = 0
    did_next: pd.DataFrame | None = None
    no_next: str = ""
    who_did_next: Callable[[list[str]], set[str]] = field(default=lambda _: set())


class Drawer(CustomersList):
    """The list in the drawer.

    `on_close` and `on_download` are called by the reader's hand, the latter with the words of a name and the customers.
    """

    def __init__(
        self,
        log: EventLog,
        *,
        on_close: Callable[[], None],
        on_download: Callable[[list[str], pd.DataFrame], None],
    ) -> None:
        super().__init__(
            bars_heading="What they did next, within the window",
            actions=[{"id": "download", "label": "Download list"}],
        )
        self.add_class("jm-drawer")
        self._log = log
        self._listing: Listing | None = None
        self._listed, self._who = pd.DataFrame(), "customer"
        self.on_do("close", lambda _: on_close())
        self.on_do("download", lambda _: on_download(self._name(), self._listed))
        self.on_do("customer", self._open_timeline)
        self.on_do("back", lambda _: self._close_timeline())
        self.observe(lambda _: self._fill_page(), "page")
        self.observe(lambda _: self._narrow(), "picked_bar")

    def open_list(self, listing: Listing) -> None:
        """List customers; the heading's count is the list's length."""
        self._listing, self._who = listing, listing.who
        with self.hold_sync():
            self.title, self.subtitle, self.series, self.tone = (
                listing.title,
                listing.subtitle,
                listing.series,
                listing.tone,
            )
            self.columns = [
                {"label": "Customer" if listing.who == "customer" else listing.who},
                {"label": listing.since},
                {"label": "Stayed active", "align": "right"},
            ]
            self.rows_heading, self.no_bars = listing.heading, listing.no_next
            self.picked_bar, self.timeline = -1, []
            self._bars(listing.did_next)
            self._list(listing.customers)
            self.shown = True

    def close_list(self) -> None:
        """Close the drawer."""
        self._listing = None
        self.shown = False

    def _name(self) -> list[str]:
        narrowed = [str(self.bars[self.picked_bar]["label"])] if self.picked_bar >= 0 else []
        return [*(self._listing.name if self._listing else []), *narrowed]

    def _bars(self, did_next: pd.DataFrame | None) -> None:
        self._bar_events: list[list[str]] = []
        if did_next is None or did_next.empty:
            self.bars = []
            return
        top, rest = did_next.head(MOST_BARS), did_next.iloc[MOST_BARS:]
        rows = [(str(event), int(n)) for event, n in top.itertuples(index=False)]
        self._bar_events = [[event] for event, _ in rows]
        if len(rest):
            rows.append((REST, int(rest["customers"].sum())))
            self._bar_events.append([str(event) for event in rest["event"]])
        whole, longest = sum(n for _, n in rows), max(n for _, n in rows)
        self.bars = [
            {
                "label": label,
                "count": n,
                "share_text": numbers.share(n / whole, n=whole),
                "fraction": n / longest,
            }
            for label, n in rows
        ]

    def _list(self, customers: pd.DataFrame) -> None:
        self._listed = customers
        self.total = len(customers)
        if self.page == 1:
            self._fill_page()
        else:
            self.page = 1

    def _fill_page(self) -> None:
        begin = (self.page - 1) * self.page_size
        shown = self._listed.iloc[begin : begin + self.page_size]
        since = "reached_at" if "reached_at" in shown else "entered_at"
        self.rows = [
            [str(row[self._who]), moment(row[since]), _stayed(row["last_active_at"] - row[since])]
            for _, row in shown.iterrows()
        ]

    def _narrow(self) -> None:
        listing = self._listing
        if listing is None:
            return
        chosen = self._bar_events[self.picked_bar] if 0 <= self.picked_bar < len(self._bar_events) else None
        customers = listing.customers
        if chosen is not None:
            customers = customers[customers["customer"].isin(listing.who_did_next(chosen))]
        whole = len(customers) == len(listing.customers)
        self.title = listing.title if whole else f"{numbers.count(len(customers))} of the {listing.title}"
        self._list(customers.reset_index(drop=True))

    def _open_timeline(self, message: dict[str, Any]) -> None:
        place = (self.page - 1) * self.page_size + message["row"]
        customer = str(self._listed["customer"].iloc[place])
        events = self._log.timeline(customer)
        cut = f", the first {MOST_EVENTS} of {len(events):,}" if len(events) > MOST_EVENTS else ""
        with self.hold_sync():
            self.timeline_heading = f"{customer}: {numbers.count(len(events))} events{cut}"
            self.timeline = [_timeline_row(row) for row in events.head(MOST_EVENTS).to_dict("records")]

    def _close_timeline(self) -> None:
        self.timeline = []


def _stayed(length: pd.Timedelta) -> str:
    return numbers.hours(length / pd.Timedelta(hours=1)) if length > pd.Timedelta(0) else numbers.MISSING


def _timeline_row(row: dict[Any, Any]) -> dict[str, str]:
    at, event = row.pop("at"), row.pop("event")
    details = [f"{name} {value}" for name, value in row.items() if value is not None and not pd.isna(value)]
    return {"at": f"{moment(at)}:{at:%S}", "event": str(event), "detail": ", ".join(details)}
