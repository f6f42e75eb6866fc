"""The sample's flaws: a few rows such as every real log has, so that reading them can be tried."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeymap.events.sample import clock
from journeymap.events.sample.visits import DESKTOP
from journeymap.events.sample.words import EVENTS


def heartbeats(steps: pd.DataFrame, *, visits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let a few desktop visits send a ``heartbeat`` every minute from an open tab."""
    starts = steps.groupby("visit")[["customer", "at"]].first()
    desktop = (visits["device"] == DESKTOP).reindex(starts.index)
    chosen = starts[desktop & (rng.random(len(starts)) < 0.005)]
    beats = rng.integers(5, 40, size=len(chosen))
    sent = chosen.loc[chosen.index.repeat(beats)].reset_index()
    minute = 1 + sent.groupby("visit").cumcount()
    return sent.assign(at=sent["at"] + minute * clock.MINUTE, event=EVENTS.index("heartbeat"))


def soiled(events: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Spoil a few page and product views.

    Of 10,000 events about one loses its time, one its customer, two are sent twice, and two take the time of
    the customer's next event; at least one of each, where there are so many.

    Parameters
    ----------
    events
        The events, with numbers in place of words.
    rng
        The source of chance.

    Returns
    -------
    pandas.DataFrame
        The events with their flaws, by time; ``customer`` or ``at`` is -1 where it is missing.
    """
    events = events.sort_values(["customer", "at"], kind="stable", ignore_index=True)
    customer, at = events["customer"].to_numpy(), events["at"].to_numpy(copy=True)
    views = events["event"].isin([EVENTS.index("page_view"), EVENTS.index("product_view")]).to_numpy()
    followed = np.flatnonzero(views & (customer == np.r_[customer[1:], -1]))
    few = min(max(1, len(events) // 10_000), len(followed) // 6)
    chosen = rng.choice(followed, (6, few), replace=False)
    tied, doubled = chosen[:2].ravel(), chosen[2:4].ravel()
    at[tied] = at[tied + 1]
    spoiled = events.assign(at=at)
    spoiled = pd.concat([spoiled, spoiled.loc[doubled]])
    spoiled = spoiled.sort_values(["at", "customer", "event"], kind="stable")
    spoiled.loc[chosen[4], "customer"] = -1
    spoiled.loc[chosen[5], "at"] = -1
    return spoiled.reset_index(drop=True)
