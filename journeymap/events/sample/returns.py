"""How visits end, and those that follow: other tries to pay, second thoughts, buyers who come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeymap.events.sample import clock
from journeymap.events.sample.people import trait
from journeymap.events.sample.places import at as places
from journeymap.events.sample.visits import DESKTOP, on_days
from journeymap.events.sample.words import CHANNELS

if TYPE_CHECKING:
    import pandas as pd

ADD, CART, PAY, ERROR, BUY = places("add", "cart", "pay", "error", "buy")


def endings(steps: pd.DataFrame, *, visits: pd.DataFrame) -> pd.DataFrame:
    """Say how each visit ended.

    Parameters
    ----------
    steps
        The frame of ``walk.walk``.
    visits
        The visits that were walked.

    Returns
    -------
    pandas.DataFrame
        One row for each visit: ``customer``, ``at`` (its last step), ``product`` (the last one added to the
        basket), ``basket`` (EUR left in it), ``bought`` and ``failed`` (whether its last payment went through
        or not), ``tries`` (payments) and ``broken`` (whether it was made with the app that cannot pay).
    """
    last = steps.groupby("visit")[["customer", "at", "product", "basket"]].last()
    place, visit = steps["place"], steps["visit"]
    added = steps[place == ADD].groupby("visit")["product"].last()
    paid = steps[place.isin([ERROR, BUY])].groupby("visit")["place"].last().reindex(last.index)
    bought = (place == BUY).groupby(visit).sum()
    return last.assign(
        product=added.reindex(last.index).fillna(last["product"]).astype(np.int64),
        bought=paid == BUY,
        failed=paid == ERROR,
        tries=(place == PAY).groupby(visit).sum() - np.maximum(bought - 1, 0),
        broken=visits["broken"].reindex(last.index),
    )


def retries(ends: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Let a third of those whose payment failed come back to their basket at a computer, within two days."""
    again = ends[ends["failed"] & (rng.random(len(ends)) < 0.33)]
    later = rng.integers(10 * clock.MINUTE, 2 * clock.DAY, size=len(again))
    return again[["customer", "product", "basket"]].assign(
        at=again["at"] + later, device=DESKTOP, channel=CHANNELS.index("direct"), start=CART
    )


def second_thoughts(ends: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let a quarter of those who left a basket come back to it, half of them within four days."""
    again = ends[(ends["basket"] > 0) & ~ends["failed"] & (rng.random(len(ends)) < 0.26)]
    day = (again["at"] - clock.START) // clock.DAY + 1 + rng.lognormal(np.log(3), 1.0, len(again)).astype(int)
    visits = on_days(again[["customer", "product", "basket"]].assign(day=day), people=people, rng=rng)
    return visits.assign(channel=CHANNELS.index("direct"), start=CART)


def comebacks(ends: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let buyers come again in the forty days after a purchase, as often as their persona does."""
    buyers = ends[ends["bought"]]
    times = rng.poisson(trait("loyal")[people["persona"].to_numpy()[buyers["customer"]]])
    again = buyers.loc[buyers.index.repeat(times), ["customer", "at"]]
    day = (again["at"] - clock.START) // clock.DAY + rng.integers(2, 40, size=len(again))
    visits = on_days(again[["customer"]].assign(day=day), people=people, rng=rng)
    return visits.assign(channel=CHANNELS.index("direct"))
