"""What follows a visit: deliveries, refunds, support tickets, and what customers say in surveys."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.people import trait
from journeymap.events.sample.words import EVENTS, TOPICS

TOLD = ("customer", "at", "event", "order", "product", "value", "topic", "score", "comment")


def deliveries(bought: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Deliver each purchase, by day and two to five days later; one in ten comes a week late.

    Parameters
    ----------
    bought
        Purchases: ``customer, at, product, value, order, tries``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        The purchases as ``order_delivered`` events, with ``late`` (True or False).
    """
    late = rng.random(len(bought)) < 0.10
    days = 2 + rng.integers(4, size=len(bought)) + np.where(late, 5 + rng.integers(5, size=len(bought)), 0)
    midnight = bought["at"] // clock.DAY * clock.DAY
    at = midnight + days * clock.DAY + rng.integers(7 * clock.HOUR, 17 * clock.HOUR, size=len(bought))
    return bought.assign(at=at, late=late, bought_at=bought["at"], event=EVENTS.index("order_delivered"))


def refunds(delivered: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Refund some delivered orders after four to eighteen days, late ones more often."""
    share = trait("refund")[people["persona"].to_numpy()[delivered["customer"]]] + 0.18 * delivered["late"]
    back = delivered[rng.random(len(delivered)) < share]
    at = back["at"] + rng.integers(4 * clock.DAY, 18 * clock.DAY, size=len(back))
    return back.assign(at=at, delivered_at=back["at"], event=EVENTS.index("refund"))


def tickets(
    failed: pd.DataFrame,
    *,
    delivered: pd.DataFrame,
    refunded: pd.DataFrame,
    helped: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Open support tickets: after failed payments, before late deliveries and refunds, after reading help.

    Parameters
    ----------
    failed, delivered, refunded, helped
        Visits that ended without a payment, orders, refunded orders, visits to the help page.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        ``support_ticket`` events with ``topic``, and ``order`` where there is one.
    """
    late = delivered[delivered["late"]]
    upset = np.where(failed["broken"], 0.38, 0.18)
    asked = (
        _asked(failed, topic="payment", share=upset, since="at", hours=(0.1, 20), rng=rng),
        _asked(late, topic="delivery", share=0.45, since="bought_at", hours=(130, 166), rng=rng),
        _asked(refunded, topic="return", share=0.22, since="delivered_at", hours=(3, 90), rng=rng),
        _asked(helped, topic="question", share=0.07, since="at", hours=(0.1, 2), rng=rng),
    )
    return pd.concat(asked, ignore_index=True).assign(event=EVENTS.index("support_ticket"))


def _asked(
    rows: pd.DataFrame,
    *,
    topic: str,
    share: float | np.ndarray,
    since: str,
    hours: tuple[float, float],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Let a share of customers open a ticket on a topic, some hours (least, most) after something."""
    asked = rows[rng.random(len(rows)) < share]
    later = (rng.uniform(*hours, len(asked)) * clock.HOUR).astype(np.int64)
    known = asked.reindex(columns=["customer", "order", "product"])
    return known.assign(at=asked[since] + later, topic=TOPICS.index(topic), tries=1)


def closings(opened: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Close nine in ten tickets, half of them within twelve hours."""
    hours = rng.lognormal(np.log(12), 1.0, len(opened))
    closed = opened.assign(at=opened["at"] + (hours * clock.HOUR).astype(np.int64), hours=hours)
    return closed[rng.random(len(closed)) < 0.9].assign(event=EVENTS.index("ticket_closed"))


def told(happened: pd.DataFrame) -> pd.DataFrame:
    """Keep of what happened only what the log tells."""
    return happened[[name for name in TOLD if name in happened]]
