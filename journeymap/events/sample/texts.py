"""The last step of the sample: numbers become words, and the two tables get their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeymap.events.sample import clock, words
from journeymap.events.sample.people import PERSONAS

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTIONS = np.array([*(words.CATEGORIES.index(section) for _, section, _ in words.PRODUCTS), -1])
LISTS = {
    "event": words.EVENTS,
    "channel": words.CHANNELS,
    "device": words.DEVICES,
    "os": words.SYSTEMS,
    "browser": words.BROWSERS,
    "app_version": tuple(words.APP_VERSIONS),
    "page": words.PAGES,
    "product": tuple(name for name, _, _ in words.PRODUCTS),
    "category": words.CATEGORIES,
    "campaign": words.CAMPAIGNS,
    "error": words.ERRORS,
    "topic": words.TOPICS,
}
OF_VISIT = ("channel", "device", "os", "browser", "app_version")
COLUMNS = (
    *("customer", "event", "at", *OF_VISIT),
    *("page", "product", "category", "price", "order", "value", "campaign"),
    *("error", "topic", "score", "comment"),
)


def finished(events: pd.DataFrame, *, visits: pd.DataFrame) -> pd.DataFrame:
    """Return the events as text.

    Parameters
    ----------
    events
        Events with numbers in place of words; -1 or missing where there is none.
    visits
        The visits that the column ``visit`` of `events` points to.

    Returns
    -------
    pandas.DataFrame
        The frame described in `journeymap.events.sample.shop`.
    """
    visit = visits.reindex(events["visit"].fillna(-1)).set_axis(events.index)
    known = events.assign(**{name: visit[name] for name in OF_VISIT})
    known["campaign"] = events["campaign"].fillna(visit["campaign"])
    known["category"] = SECTIONS[events["product"].fillna(-1).astype(int)]
    texts = {name: _words(known[name], names=names) for name, names in LISTS.items()}
    texts["customer"] = _numbered(events["customer"], letter="c")
    texts["order"] = _numbered(events["order"], letter="o")
    texts["at"] = pd.to_datetime(events["at"].where(events["at"] >= 0), unit="ms", utc=True).dt.as_unit("ms")
    texts["score"] = events["score"].astype("Int8")
    texts["comment"] = events["comment"].astype("str")
    return events[["price", "value"]].assign(**texts)[list(COLUMNS)]


def profiles(people: pd.DataFrame, *, joined: np.ndarray) -> pd.DataFrame:
    """Return what the shop knows about its customers, one row each; `joined` is in UTC milliseconds."""
    at = pd.Series(pd.to_datetime(joined, unit="ms", utc=True)).dt.tz_convert(clock.ZONE)
    return pd.DataFrame(
        {
            "customer": _numbered(pd.Series(np.arange(len(people))), letter="c"),
            "persona": _words(people["persona"], names=[persona.name for persona in PERSONAS]),
            "plan": _words(people["plan"], names=words.PLANS),
            "country": _words(people["country"], names=list(words.COUNTRIES)),
            "staff": people["staff"],
            "signed_up_on": at.dt.normalize().dt.tz_localize(None).where(people["plan"] > 0),
        }
    )


def _words(numbers: pd.Series, *, names: Sequence[str]) -> pd.Series:
    """Write places in a list as its words; what is missing or -1 stays missing."""
    codes = numbers.fillna(-1).to_numpy(dtype=int)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index([*names])), index=numbers.index)


def _numbered(numbers: pd.Series, *, letter: str) -> pd.Series:
    """Write 0, 1, 2 as names such as ``c_00001``; what is missing or -1 stays missing."""
    most = int(numbers.max()) if numbers.notna().any() else -1
    names = [f"{letter}_{number:05d}" for number in range(1, most + 2)]
    return _words(numbers, names=names).astype("str")
