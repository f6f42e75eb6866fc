"""JM05, channels ignored: ways on which customers come and go that the map does not show."""

from __future__ import annotations

from functools import partial
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from journeymap.analyses.splitting import as_text
from journeymap.errors import counted, listing
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain
from journeymap.maps.parts import slug
from journeymap.rules import property_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case
    from journeymap.maps.parts import Channel, Touchpoint

found = partial(Finding, "JM05")


def told(case: Case) -> Iterator[Finding]:
    """Say whether the map shows more than one channel."""
    journey_map = case.journey_map
    used = {channel for step in journey_map.steps for channel in case.channels_of(step)}
    if len(journey_map.channels) < case.limits.channels:
        yield found(
            "warn",
            "",
            f"The map names {counted(len(journey_map.channels), 'channel')}.",
            {"channels": len(journey_map.channels)},
            "Name the other ways on which customers meet you: e-mail, phone, store, social media.",
        )
    elif journey_map.steps and len(used) < 2:
        yield found(
            "warn",
            "",
            f"Every step happens on {case.name(next(iter(used)))}."
            if used
            else "No step says on which channel it happens.",
            {"channels_of_steps": sorted(used)},
            "Give the steps their touchpoints, and the touchpoints their channels.",
        )


def measured(case: Case) -> Iterator[Finding]:
    """Say which channels of the data are missing, and which hand-offs between channels no step shows."""
    if case.log is not None:
        yield from _missing(case, case.log)
        yield from _handoffs(case, case.log)


def _missing(case: Case, log: EventLog) -> Iterator[Finding]:
    columns = [*log.attributes, *log.properties]
    least = case.limits.channel_share * log.n_customers
    for name in (one for one in case.limits.channel_columns if one in columns):
        missing = {
            as_text(value): int(customers)
            for value, customers in log.values(name).items()
            if customers >= least and not _is_known(case, log, name, value)
        }
        if missing:
            shares = [f"{plain(value)} ({n / log.n_customers:.0%})" for value, n in missing.items()]
            first = plain(next(iter(missing)))
            yield found(
                "warn",
                "",
                f"Many customers come by {listing(shares, most=4)}, of which the map has no channel.",
                {"column": name, "customers": missing, "of": log.n_customers},
                f"Add the channels, with a rule such as event: {{{plain(name)}: {first}}}.",
            )


def _is_known(case: Case, log: EventLog, column: str, value: Any) -> bool:
    """Say whether a channel or touchpoint is called like a value, or has a rule that speaks of the column and picks it."""
    parts: list[Channel | Touchpoint] = [*case.journey_map.channels, *case.journey_map.touchpoints]
    names = {slug(name) for part in parts for name in (part.name, part.id, getattr(part, "kind", "")) if name}
    if slug(as_text(value)) in names:
        return True
    has_it = log.codes(column) == list(log.column(column).values).index(value)
    rules = [part.match for part in parts if part.match is not None and column in property_names(part.match)]
    return bool((data.union(log, rules) & has_it).any())


def _handoffs(case: Case, log: EventLog) -> Iterator[Finding]:
    """Find pairs of channels between which many customers change, and that no step and no way between steps joins."""
    channels = [one for one in case.journey_map.channels if one.match is not None]
    of_event = np.full(log.n_events, -1)
    for place in reversed(range(len(channels))):
        mask = data.picked(log, channels[place].match)
        if mask is not None:
            of_event[mask] = place
    rows = np.flatnonzero(of_event >= 0)
    customer, channel = log.visible.customer[rows], of_event[rows]
    change = np.flatnonzero((customer[1:] == customer[:-1]) & (channel[1:] != channel[:-1]))
    shown = _shown(case)
    for a, b in combinations(range(len(channels)), 2):
        between = change[np.isin(channel[change], (a, b)) & np.isin(channel[change + 1], (a, b))]
        n = len(np.unique(customer[between]))
        ids = frozenset((channels[a].id, channels[b].id))
        if n >= case.limits.few and n / log.n_customers >= case.limits.channel_share and ids not in shown:
            yield found(
                "warn",
                channels[b].id,
                f"{n / log.n_customers:.0%} of the customers ({n:,}) change between {case.name(channels[a].id)} and "
                f"{case.name(channels[b].id)}, and no step shows it.",
                {"customers": n, "of": log.n_customers, "between": sorted(ids)},
                "Show the change: a step on both channels, or one that leads from one to the other.",
            )


def _shown(case: Case) -> set[frozenset[str]]:
    """Return the pairs of channels that a step, two neighbours or a way between steps joins."""
    order = {stage.id: place for place, stage in enumerate(case.journey_map.stages)}
    steps = sorted(case.journey_map.steps, key=lambda step: order.get(step.stage, len(order)))
    on = {step.id: case.channels_of(step) for step in steps}
    ways = [(a.id, b.id) for a, b in pairwise(steps)]
    ways += [(step.id, way.to) for step in steps for way in step.next]
    pairs = {frozenset(pair) for one in on.values() for pair in combinations(one, 2)}
    return pairs | {frozenset(pair) for a, b in ways for pair in product(on[a], on.get(b, []))}
