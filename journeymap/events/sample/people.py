"""Who the customers of the sample are: persona, plan, machines, and how keen each of them is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.words import APP_VERSIONS, COUNTRIES, MACHINES


class Persona(NamedTuple):
    """One kind of customer, in averages and shares.

    ``gap`` is the days between two visits and ``life`` the days over which somebody keeps coming; ``keen``
    scales the odds of going on towards a purchase; ``loyal`` is the visits that follow a purchase; ``opens``
    and ``refund`` are shares of letters and orders; ``channels`` are weights in the order of
    ``words.CHANNELS`` (nobody comes by e-mail who has not clicked one).
    """

    name: str
    share: float
    gap: float
    life: float
    keen: float
    loyal: float
    phone: float
    member: float
    opens: float
    refund: float
    channels: tuple[float, ...]


PERSONAS = (
    Persona(
        name="Window shopper",
        share=0.38,
        gap=4.2,
        life=34,
        keen=0.62,
        loyal=0.8,
        phone=0.74,
        member=0.34,
        opens=0.24,
        refund=0.06,
        channels=(22, 22, 12, 34, 0, 8, 2),
    ),
    Persona(
        name="Bargain hunter",
        share=0.22,
        gap=4.0,
        life=44,
        keen=0.95,
        loyal=1.6,
        phone=0.62,
        member=0.56,
        opens=0.38,
        refund=0.1,
        channels=(16, 20, 28, 16, 0, 4, 16),
    ),
    Persona(
        name="Careful researcher",
        share=0.18,
        gap=3.0,
        life=38,
        keen=0.92,
        loyal=1.2,
        phone=0.3,
        member=0.5,
        opens=0.3,
        refund=0.05,
        channels=(22, 41, 21, 3, 0, 12, 1),
    ),
    Persona(
        name="Busy parent",
        share=0.14,
        gap=3.8,
        life=56,
        keen=1.4,
        loyal=3.2,
        phone=0.8,
        member=0.72,
        opens=0.34,
        refund=0.06,
        channels=(42, 20, 22, 10, 0, 4, 2),
    ),
    Persona(
        name="Gift buyer",
        share=0.08,
        gap=2.4,
        life=14,
        keen=1.45,
        loyal=0.3,
        phone=0.56,
        member=0.3,
        opens=0.22,
        refund=0.13,
        channels=(14, 29, 33, 16, 0, 6, 2),
    ),
)
STAFF = {"plan": 2, "known": True, "first_day": 0, "span": 90.0, "visits": 45, "keen": 3.0, "phone": False}


def people(count: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """Invent customers.

    Parameters
    ----------
    count
        How many.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        One row for each customer: who they are (``persona, plan, country, staff, known``), how they come
        (``first_day, visits, span, phone, app, desktop, mobile, tablet, lag``) and what they are like
        (``keen, haste, subscribed``). Words are places in the lists of ``words``.
    """
    persona = rng.choice(len(PERSONAS), count, p=trait("share"))
    known = rng.random(count) < 0.36
    member = rng.random(count) < trait("member")[persona] * np.where(known, 1.25, 0.85)
    frame = pd.DataFrame({"persona": persona, "known": known, "plan": np.where(member, 1, 0)})
    frame["plan"] += member & (rng.random(count) < 0.24)
    frame["country"] = rng.choice(len(COUNTRIES), count, p=list(COUNTRIES.values()))
    frame["subscribed"] = member & (rng.random(count) < 0.72)
    frame["first_day"] = _first_days(known, rng=rng)
    frame["span"] = rng.exponential(trait("life")[persona])
    frame["visits"] = 1 + rng.poisson(frame["span"] / trait("gap")[persona] * rng.gamma(1.3, 1 / 1.3, count))
    frame["keen"] = trait("keen")[persona] * rng.lognormal(-0.12, 0.5, count) * np.where(known, 1.15, 1.0)
    frame["haste"] = rng.lognormal(0.0, 0.65, count)
    frame["phone"] = rng.random(count) < trait("phone")[persona]
    frame["app"] = rng.random(count) < np.where(member, 0.80, 0.30)
    frame["lag"] = np.where(
        rng.random(count) < 0.05, len(APP_VERSIONS) * clock.DAYS, rng.exponential(3.0, count)
    )
    for device in ("desktop", "mobile", "tablet"):
        frame[device] = _machines(device, count=count, rng=rng)
    return _with_staff(frame, rng=rng)


def trait(name: str) -> np.ndarray:
    """Return one number of every persona, in their order."""
    return np.array([getattr(persona, name) for persona in PERSONAS])


def _first_days(known: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Known customers come back early in the sample; new ones arrive all along, more of them every week."""
    days = np.arange(clock.DAYS)
    weights = clock.WEEKDAYS[clock.weekday(days)] * (1 + 1.2 * days / clock.DAYS)
    new = rng.choice(clock.DAYS, len(known), p=weights / weights.sum())
    return np.where(known, np.minimum(rng.exponential(18, len(known)).astype(int), clock.DAYS - 1), new)


def _machines(device: str, *, count: int, rng: np.random.Generator) -> np.ndarray:
    """Give everybody one machine of a device: the places in ``words.MACHINES``."""
    shares = np.array([share if kind == device else 0 for kind, _, _, share in MACHINES])
    return rng.choice(len(MACHINES), count, p=shares / shares.sum())


def _with_staff(frame: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Turn a few customers into staff, who are here every other day and place test orders."""
    staff = rng.choice(len(frame), round(len(frame) / 800), replace=False)
    frame["staff"] = np.isin(frame.index, staff)
    for name, value in STAFF.items():
        frame.loc[staff, name] = value
    return frame
