"""The generated shop, put together: its customers and everything they did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from journeymap.errors import DataError
from journeymap.events.sample import aftermath, clock, dirt, mail, returns, texts
from journeymap.events.sample.people import people
from journeymap.events.sample.surveys import surveys
from journeymap.events.sample.visits import described, own_visits
from journeymap.events.sample.walk import as_events, walk
from journeymap.events.sample.words import EVENTS, PAGES

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Sample:
    """The log of a shop and the people in it; `shop` says what the columns are."""

    events: pd.DataFrame
    customers: pd.DataFrame


def shop(*, customers: int = 20_000, seed: int = 7) -> Sample:
    """Invent a shop: three months of what its customers did and said.

    A furniture shop in central Europe, from 1 January to 31 March 2026, 23:58 in Europe/Berlin. The same
    `seed` gives the same shop. There is something to find in it: from 10 February nearly every payment in
    version 5.4.0 of the iOS app fails, until version 5.4.1 arrives on 12 March. Those customers try again,
    ask support, say so in surveys, and many of them never come back.

    The log is as clean as real ones are. Of 10,000 events about one has no ``at`` and one no ``customer``,
    two page or product views are sent twice, and two have the very time of the customer's next event. A few
    desktop visits send a ``heartbeat`` every minute. One customer in 800 is staff and places test orders.

    Parameters
    ----------
    customers
        How many customers there are; each has about 26 events, and half of them fewer than 15.
    seed
        Which shop: a whole number from 0.

    Returns
    -------
    Sample
        ``events`` has one row for each event, by time. All columns but the first three are missing where they
        do not apply:

        - ``customer`` (such as c_00012), ``event``, ``at`` (UTC, to the millisecond);
        - of the visit: ``channel``, ``device`` (desktop, mobile, tablet), ``os``, ``browser`` (App is the
          shop's own), ``app_version``;
        - of the step: ``page``, ``product``, ``category``, ``price`` (EUR, of the product), ``order`` (such
          as o_00012), ``value`` (EUR, of a purchase with its delivery fee, or of a refund), ``campaign`` (of
          the advertisement or e-mail that led here);
        - of what went wrong and what was said: ``error`` (of a payment), ``topic`` (of a ticket or survey),
          ``score`` (0 to 10), ``comment``.

        ``customers`` has one row for each: ``customer``, ``persona``, ``plan`` (guest, member, plus),
        ``country``, ``staff``, ``signed_up_on`` (the local date, missing for guests).

    Raises
    ------
    DataError
        If `customers` is below 1.

    Examples
    --------
    >>> sample = shop(customers=100, seed=1)
    >>> list(sample.customers.columns)
    ['customer', 'persona', 'plan', 'country', 'staff', 'signed_up_on']
    >>> sample.events["event"].value_counts().index[0]
    'page_view'
    """
    if customers < 1:
        raise DataError(
            f"A shop with {customers} customers has no log.", right="It needs one.", fix="customers=1000"
        )
    rng = np.random.default_rng(seed)
    who = people(customers, rng=rng)
    own = own_visits(who, rng=rng)
    joined = _joined(who, own=own, rng=rng)
    letters = mail.read(mail.newsletters(who, joined=joined, rng=rng), people=who, rng=rng)
    visits, steps, letters = _walked(who, own=own, letters=letters, rng=rng)
    ends = returns.endings(steps, visits=visits)
    gone = _gone(ends, count=customers, rng=rng)
    steps = steps[steps["at"] <= np.minimum(gone, clock.END)[steps["customer"]]]
    done = as_events(steps, visits=visits, rng=rng)
    log = [
        done,
        dirt.heartbeats(steps, visits=visits, rng=rng),
        mail.mail_events(letters, gone=gone),
        _accounts(who, own=own, joined=joined),
        *_aftermath(done, ends=ends[ends["at"] <= gone[ends["customer"]]], people=who, rng=rng),
    ]
    events = pd.concat(log, ignore_index=True)
    events = dirt.soiled(events[events["at"] <= clock.END], rng=rng)
    return Sample(events=texts.finished(events, visits=visits), customers=texts.profiles(who, joined=joined))


def _joined(people: pd.DataFrame, *, own: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draw when each customer got an account, if they have one: long ago or at their first visit."""
    first = own.groupby("customer")["at"].min().to_numpy()
    before = clock.START - rng.integers(clock.DAY, 900 * clock.DAY, size=len(people))
    now = first + rng.integers(40 * clock.SECOND, 200 * clock.SECOND, size=len(people))
    return np.where(people["known"], before, np.minimum(now, clock.END))


def _accounts(people: pd.DataFrame, *, own: pd.DataFrame, joined: np.ndarray) -> pd.DataFrame:
    """Write ``account_created`` events, in the first visit, for those who joined in the sample's time."""
    new = np.flatnonzero((people["plan"] > 0) & ~people["known"])
    first = own.reset_index().groupby("customer")["index"].first().to_numpy()
    return pd.DataFrame(
        {"customer": new, "at": joined[new], "visit": first[new], "event": EVENTS.index("account_created")}
    )


def _walked(
    people: pd.DataFrame, *, own: pd.DataFrame, letters: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Walk all visits: those by own accord and newsletter, then those that follow from what happened.

    Returns the visits, their steps, and all letters.
    """
    visits = pd.concat([own, mail.mail_visits(letters, people=people, rng=rng)], ignore_index=True)
    visits = described(visits, people=people, rng=rng)
    steps = walk(visits, rng=rng)
    ends = returns.endings(steps, visits=visits)
    reminders = mail.read(mail.reminders(ends, people=people, rng=rng), people=people, rng=rng)
    later = (
        mail.mail_visits(reminders, people=people, rng=rng),
        returns.retries(ends, rng=rng),
        returns.second_thoughts(ends, people=people, rng=rng),
        returns.comebacks(ends, people=people, rng=rng),
    )
    more = described(pd.concat(later, ignore_index=True), people=people, rng=rng)
    more.index += len(visits)
    return (
        pd.concat([visits, more]),
        pd.concat([steps, walk(more, rng=rng)], ignore_index=True),
        pd.concat([letters, reminders], ignore_index=True),
    )


def _gone(ends: pd.DataFrame, *, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw who stays away for good because a payment failed, and from when."""
    given_up = ends[ends["failed"] & (rng.random(len(ends)) < np.where(ends["broken"], 0.5, 0.25))]
    return given_up.groupby("customer")["at"].min().reindex(range(count), fill_value=NEVER).to_numpy()


def _aftermath(
    done: pd.DataFrame, *, ends: pd.DataFrame, people: pd.DataFrame, rng: np.random.Generator
) -> list[pd.DataFrame]:
    """Let happen what follows the visits: orders arrive, some go back, and customers speak."""
    bought = done[done["event"] == EVENTS.index("purchase")]
    bought = bought.assign(tries=ends["tries"].reindex(bought["visit"]).to_numpy())
    delivered = aftermath.deliveries(bought, rng=rng)
    refunded = aftermath.refunds(delivered, people=people, rng=rng)
    failed = ends[ends["failed"]]
    helped = done[done["page"] == PAGES.index("/help")].drop_duplicates("visit")
    opened = aftermath.tickets(failed, delivered=delivered, refunded=refunded, helped=helped, rng=rng)
    closed = aftermath.closings(opened, rng=rng)
    said = surveys(failed, delivered=delivered, refunded=refunded, closed=closed, rng=rng)
    return [
        aftermath.told(part) for part in (delivered.drop(columns="value"), refunded, opened, closed, said)
    ]
