"""When customers come to the shop, by which channel, and on which machine."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.people import trait
from journeymap.events.sample.words import (
    APP_VERSIONS,
    BROWSERS,
    CAMPAIGNS,
    CHANNELS,
    DEVICES,
    MACHINES,
    PAID_CAMPAIGNS,
    PLANS,
    SYSTEMS,
)

DESKTOP, MOBILE, TABLET = range(len(DEVICES))
KEEN = {  # how likely the visitors of a channel go on, against organic search
    "direct": 1.15,
    "organic search": 1.0,
    "paid search": 1.1,
    "paid social": 0.62,
    "email": 1.3,
    "referral": 0.9,
    "affiliate": 0.85,
}
BROKEN = "5.4.0"  # payments in this version of the iOS app fail nearly always


def own_visits(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the visits that customers pay of their own accord.

    Parameters
    ----------
    people
        The frame of ``people.people``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        One row for each visit, by customer and time: ``customer, at, device, channel, campaign``.
    """
    count = people["visits"].to_numpy()
    customer = np.repeat(np.arange(len(people)), count)
    first = np.arange(len(customer)) == np.repeat(np.cumsum(count) - count, count)
    later = rng.random(len(customer)) * people["span"].to_numpy()[customer]
    day = people["first_day"].to_numpy()[customer] + np.where(first, 0, later).astype(int)
    kept = first | (rng.random(len(customer)) < clock.WEEKDAYS[clock.weekday(day)])
    frame = on_days(pd.DataFrame({"customer": customer, "day": day})[kept], people=people, rng=rng)
    frame = frame.sort_values(["customer", "at"], kind="stable", ignore_index=True)
    frame["channel"] = _channels(people, customer=frame["customer"].to_numpy(), rng=rng)
    frame["campaign"] = _campaigns(frame["channel"].to_numpy(), rng=rng)
    return frame


def on_days(visits: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give visits a device and a moment.

    Parameters
    ----------
    visits
        At least ``customer`` and ``day``, in local days since the first of the sample.
    people
        The frame of ``people.people``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        The visits that fall into the sample's time, with ``at`` and ``device`` in place of ``day``.
    """
    visits = visits[visits["day"] < clock.DAYS]
    device = _devices(people, customers=visits["customer"].to_numpy(), rng=rng)
    at = clock.moments(visits["day"].to_numpy(), devices=device, rng=rng)
    return visits.drop(columns="day").assign(at=at, device=device)


def _devices(people: pd.DataFrame, *, customers: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a device for each visit: mostly the one that the customer prefers, now and then another one."""
    phone = people["phone"].to_numpy()[customers] ^ (rng.random(len(customers)) < 0.14)
    return np.where(rng.random(len(customers)) < 0.06, TABLET, np.where(phone, MOBILE, DESKTOP))


def described(visits: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add what each visit is like.

    Parameters
    ----------
    visits
        Visits: ``customer, at, device, channel``.
    people
        The frame of ``people.people``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        The visits with ``os, browser, app_version`` (-1 outside the app), ``broken`` (whether it is the app
        that cannot pay), ``fails`` (share of payments that fail), ``keen`` and ``haste`` (odds of going on
        and of going away), ``free_delivery``.
    """
    person = people.iloc[visits["customer"].to_numpy()].set_index(visits.index)
    machine = np.choose(visits["device"], [person[device] for device in DEVICES])
    system = np.array([SYSTEMS.index(name) for _, name, _, _ in MACHINES])[machine]
    browser = np.array([BROWSERS.index(name) for _, _, name, _ in MACHINES])[machine]
    app, version = _apps(visits, person=person, rng=rng)
    broken = (version == list(APP_VERSIONS).index(BROKEN)) & (system == SYSTEMS.index("iOS"))
    mobile = (visits["device"] == MOBILE).to_numpy()
    keen = np.array([KEEN[channel] for channel in CHANNELS])[visits["channel"]]
    return visits.assign(
        os=system,
        browser=np.where(app, BROWSERS.index("App"), browser),
        app_version=version,
        broken=broken,
        fails=np.select([broken, mobile], [0.86, 0.05], 0.035),
        keen=person["keen"] * keen * np.select([app, mobile], [1.05, 0.72], 1.12),
        haste=person["haste"] * np.select([app, mobile], [1.0, 1.2], 0.9),
        free_delivery=person["plan"] == PLANS.index("plus"),
    )


def _apps(
    visits: pd.DataFrame, *, person: pd.DataFrame, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw which visits happen in the app, and in which version: installing a new one takes days."""
    straight = visits["channel"].isin([CHANNELS.index("direct"), CHANNELS.index("email")])
    app = (visits["device"] == MOBILE) & person["app"] & straight & (rng.random(len(visits)) < 0.88)
    day = (visits["at"] - clock.START) / clock.DAY - person["lag"]
    released = np.searchsorted(list(APP_VERSIONS.values()), day, side="right") - 1
    return app.to_numpy(), np.where(app, np.maximum(released, 0), -1)


def _channels(people: pd.DataFrame, *, customer: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a channel; who has been here before comes back directly more often."""
    weights = trait("channels")[people["persona"].to_numpy()[customer]].astype(float)
    again = np.r_[False, customer[1:] == customer[:-1]] | people["known"].to_numpy()[customer]
    weights[again, CHANNELS.index("direct")] += 38
    weights[people["staff"].to_numpy()[customer], 1:] = 0
    return choose(weights, rng=rng)


def _campaigns(channel: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    campaign = np.full(len(channel), -1)
    for name, choices in PAID_CAMPAIGNS.items():
        mine = channel == CHANNELS.index(name)
        campaign[mine] = rng.choice([CAMPAIGNS.index(choice) for choice in choices], mine.sum())
    return campaign


def choose(weights: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Choose one column for each row of weights."""
    until = np.cumsum(weights, axis=1)
    return (rng.random(len(weights))[:, None] * until[:, -1:] >= until[:, :-1]).sum(axis=1)
