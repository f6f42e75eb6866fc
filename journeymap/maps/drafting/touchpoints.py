"""The channels and touchpoints of a drafted map, from the properties of the events that name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journeymap.analyses.splitting import as_text
from journeymap.conditions import event
from journeymap.maps.drafting.steps import free
from journeymap.maps.parts import Channel, Touchpoint, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journeymap.events.log import EventLog
    from journeymap.maps.drafting.steps import Drafted
    from journeymap.rules import Event

CHANNELS = (
    *("channel", "medium", "utm_medium", "utm_source", "source"),
    *("device", "platform", "device.platform"),
)
TOUCHPOINTS = ("touchpoint", "page", "screen", "path", "url")
"""The properties that are looked for, in this order."""
OF_CUSTOMERS, OF_STEP = 0.05, 0.2
"""The least share of all customers who have a channel, and of a step's events that happen at a touchpoint."""
HALF = 0.5
"""The least share of customers, or of events, of whom a property is known that names channels, or touchpoints."""
MOST_CHANNELS, MOST_OF_STEP = 8, 2
KINDS = {
    "email": "e.?mail|newsletter",
    "search": "search|google|bing|organic",
    "social": "social|facebook|instagram|linkedin|twitter|tiktok",
    "ad": r"\bads?\b|paid|cpc|display|banner",
    "partner": "referral|affiliate|partner",
    "app": r"\bapp\b|ios|android",
    "chat": "chat|messenger|whatsapp",
    "phone": "phone|call",
    "store": "store",
    "web": "web|direct|desktop|laptop|mobile|tablet|browser",
}


class Met(NamedTuple):
    """The touchpoints of a map, and for each of its steps the ids of those at which it happens."""

    touchpoints: list[Touchpoint]
    of_steps: list[tuple[str, ...]]


def channels_of(log: EventLog, name: str | None, taken: set[str]) -> tuple[list[Channel], str]:
    """Make a channel of each frequent value of a property; return also the property, empty if there is none."""
    column = _column(log, name, CHANNELS, _known_of_customers)
    customers = log.values(column, most=MOST_CHANNELS).to_dict() if column else {}
    frequent = [value for value, number in customers.items() if number >= OF_CUSTOMERS * log.n_customers]
    made = [
        Channel(
            name=as_text(value),
            id=_id("channel", value, taken),
            kind=_kind(as_text(value)),
            match=_having(column, value),
        )
        for value in frequent
    ]
    return made, column


def touchpoints_of(
    log: EventLog,
    drafted: Sequence[Drafted],
    name: str | None,
    channels: tuple[Sequence[Channel], str],
    taken: set[str],
) -> Met:
    """Make a touchpoint of each value of a property at which many events of a step happen."""
    column = _column(log, name, (*TOUCHPOINTS, *CHANNELS), _known_of_events)
    if not column:
        return Met([], [() for _ in drafted])
    known, of_channels = channels
    channel = {one.name: one.id for one in known} if column == of_channels else {}
    values = log.column(column).values.tolist()
    codes = [_often(log, column, one) for one in drafted]
    made = {
        code: Touchpoint(
            name=as_text(values[code]),
            id=_id("at", values[code], taken),
            channel=channel.get(as_text(values[code]), ""),
            match=_having(column, values[code]),
        )
        for code in dict.fromkeys(code for ones in codes for code in ones)
    }
    return Met(list(made.values()), [tuple(made[code].id for code in ones) for ones in codes])


def _column(
    log: EventLog, name: str | None, usual: Sequence[str], known: Callable[[EventLog, str], float]
) -> str:
    """Return the property that was asked for, or the first usual one that differs and is known of at least half."""
    if name is not None:
        log.column(name)
        return name
    there = [one for one in usual if one in log.properties and len(log.column(one).values) > 1]
    return next((one for one in there if known(log, one) >= HALF), "")


def _known_of_events(log: EventLog, column: str) -> float:
    return float((log.codes(column) >= 0).mean()) if log.n_events else 0.0


def _known_of_customers(log: EventLog, column: str) -> float:
    known = np.unique(log.visible.customer[log.codes(column) >= 0])
    return len(known) / max(log.n_customers, 1)


def _often(log: EventLog, column: str, one: Drafted) -> list[int]:
    """Return the values with which many events of a step happen, as codes, the most frequent first."""
    codes = log.codes(column)[one.rows]
    counts = np.bincount(codes[codes >= 0], minlength=1)
    first = np.argsort(-counts, kind="stable")[:MOST_OF_STEP]
    return [int(code) for code in first if counts[code] and counts[code] >= OF_STEP * len(codes)]


def _id(kind: str, value: Any, taken: set[str]) -> str:
    return free(
        f"{kind}-{slug(as_text(value)) if re.search(r'[a-zA-Z0-9]', as_text(value)) else 'root'}", taken
    )


def _having(column: str, value: Any) -> Event:
    plain = value.item() if hasattr(value, "item") else value
    return event(None, {column: plain.replace("*", "[*]") if isinstance(plain, str) else plain})


def _kind(value: str) -> str:
    return next((kind for kind, words in KINDS.items() if re.search(words, value.lower())), "other")
