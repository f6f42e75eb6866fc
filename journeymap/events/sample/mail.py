"""The shop's e-mails: newsletters and basket reminders, who opens and clicks them, the visits they bring."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.people import trait
from journeymap.events.sample.visits import DESKTOP, MOBILE
from journeymap.events.sample.words import CAMPAIGNS, CHANNELS, EVENTS, NEWSLETTERS, REMINDER


def newsletters(people: pd.DataFrame, *, joined: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Send each newsletter to those who have subscribed by then.

    Parameters
    ----------
    people
        The frame of ``people.people``.
    joined
        When each customer got an account, in UTC milliseconds.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        One row for each letter: ``customer, at, campaign``.
    """
    letters = []
    for name, day in NEWSLETTERS.items():
        sent = int(clock.utc(np.array([day]), of_day=np.array([7 * clock.HOUR]))[0])
        to = np.flatnonzero(people["subscribed"] & (joined < sent))
        at = sent + np.sort(rng.integers(30 * clock.MINUTE, size=len(to)))
        letters.append(pd.DataFrame({"customer": to, "at": at, "campaign": CAMPAIGNS.index(name)}))
    return pd.concat(letters, ignore_index=True)


def reminders(ends: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Remind subscribers of the basket they left in a visit, about a day later.

    Parameters
    ----------
    ends
        How each visit ended: ``customer, at, product, basket``.
    people
        The frame of ``people.people``.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        As from `newsletters`, with ``product, basket`` and ``left_at``, when the visit ended.
    """
    left = ends[(ends["basket"] > 0) & people["subscribed"].to_numpy()[ends["customer"]]]
    later = rng.integers(20 * clock.HOUR, 26 * clock.HOUR, size=len(left))
    return left[["customer", "product", "basket"]].assign(
        at=left["at"] + later, left_at=left["at"], campaign=CAMPAIGNS.index(REMINDER)
    )


def read(letters: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add to letters when they were opened and clicked, in UTC milliseconds; never is 0."""
    opens = trait("opens")[people["persona"].to_numpy()[letters["customer"]]]
    personal = (letters["campaign"] == CAMPAIGNS.index(REMINDER)).to_numpy()
    opened = rng.random(len(letters)) < opens * np.where(personal, 1.4, 1)
    clicked = opened & (rng.random(len(letters)) < np.where(personal, 0.42, 0.24))
    opened_at = (
        letters["at"] + (rng.lognormal(0.9, 1.3, len(letters)) * clock.HOUR).astype(np.int64) + clock.MINUTE
    )
    clicked_at = opened_at + rng.integers(4 * clock.SECOND, 90 * clock.SECOND, size=len(letters))
    return letters.assign(opened_at=opened_at.where(opened, 0), clicked_at=clicked_at.where(clicked, 0))


def mail_events(letters: pd.DataFrame, *, gone: np.ndarray) -> pd.DataFrame:
    """Write letters as events: sent, opened, clicked; who is gone for good, since `gone`, opens none.

    Nor is anybody reminded of a basket that they would have left later than that.
    """
    parts = []
    letters = letters[letters["left_at"].fillna(0) <= gone[letters["customer"]]]
    for event, when in (("email_sent", "at"), ("email_opened", "opened_at"), ("email_clicked", "clicked_at")):
        here = (when == "at") | (letters[when] <= gone[letters["customer"]])
        happened = letters[(letters[when] > 0) & here]
        parts.append(happened[["customer", "campaign"]].assign(at=happened[when], event=EVENTS.index(event)))
    return pd.concat(parts, ignore_index=True)


def mail_visits(letters: pd.DataFrame, *, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Start a visit a moment after each click; a letter's product and basket come along."""
    clicked = letters[letters["clicked_at"] > 0]
    phone = people["phone"].to_numpy()[clicked["customer"]] | (rng.random(len(clicked)) < 0.25)
    return clicked.drop(columns=["opened_at", "clicked_at"]).assign(
        at=clicked["clicked_at"] + rng.integers(clock.SECOND, 4 * clock.SECOND, size=len(clicked)),
        channel=CHANNELS.index("email"),
        device=np.where(phone, MOBILE, DESKTOP),
    )
