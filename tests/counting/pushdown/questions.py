"""One question for each option that an engine may be asked, and the log that they are asked of."""

from __future__ import annotations

import numpy as np
import pandas as pd

import journeymap as jm

STAGES = [
    jm.Stage("See", jm.event("A")),
    jm.Stage("Try", jm.event("B", device=["web", "app"])),
    jm.Stage("Buy", jm.event("C")),
]
JOURNEY = jm.Journey("J", stages=STAGES)
SHARED = jm.Journey(
    "S", stages=[jm.Stage("See", jm.event(["A", "B"])), jm.Stage("Again", jm.event(["B", "C"]))]
)
MOBILE = jm.Segment("App", jm.where(device="app", pick="first"))
TWICE = jm.Segment("Twice", jm.did(jm.event("A"), at_least=2, within="2d"))
PERIOD = ("2026-01-20", "2026-02-25")


def random_log(n_events, n_customers, *, days=90, seed=1):
    """Make a log full of ties and repeats: whole quarters of an hour."""
    dice = np.random.default_rng(seed)
    quarters = dice.integers(0, days * 96, n_events)
    return pd.DataFrame(
        {
            "who": pd.Series(
                [f"c{code:06d}" for code in dice.integers(0, n_customers, n_events)], dtype="str"
            ),
            "what": pd.Series(
                dice.choice(list("ABCDX"), n_events, p=[0.3, 0.25, 0.2, 0.15, 0.1]), dtype="str"
            ),
            "at": (pd.Timestamp("2026-01-01") + pd.to_timedelta(quarters * 15, unit="min")).astype(
                "datetime64[us]"
            ),
            "device": pd.Series(dice.choice(["web", "app", "tv", None], n_events), dtype="str"),
            "size": pd.Series(dice.choice([1, 2, None], n_events), dtype="Int64"),
        }
    )


def _funnel(journey=JOURNEY, **options):
    rules = {name: options.pop(name) for name in list(options) if name in jm.Counting.__dataclass_fields__}
    counting = jm.Counting(**({"window": "7d"} | rules))
    return lambda log: jm.funnel(log, journey, counting=counting, **options)


def _flow(*asked, **options):
    return lambda log: jm.flow(log, *asked, **options)


def _retention(**options):
    return lambda log: jm.retention(log, start=jm.event("A"), back=jm.event(["A", "C"]), **options)


def _gap(**gap):
    return jm.Journey("G", stages=[STAGES[0], jm.Stage("Try", jm.event("B"), **gap), STAGES[2]])


QUESTIONS = {
    "funnel": _funnel(),
    "window=None": _funnel(window=None),
    'window="session"': _funnel(window="session"),
    "period": _funnel(period=PERIOD),
    "an event in two stages": _funnel(SHARED),
    "by a property": _funnel(by="device", top=2),
    "segments": _funnel(segments=[MOBILE, TWICE, ~TWICE]),
    "filters": lambda log: jm.funnel(log.without(jm.event("D", size=1)).only(jm.where(device="w*")), JOURNEY),
    'attempts="first"': _funnel(attempts="first"),
    'attempts="every"': _funnel(attempts="every"),
    'attempts="session"': _funnel(attempts="session"),
    'represent="latest"': _funnel(represent="latest"),
    'order="strict"': _funnel(order="strict"),
    'order="any"': _funnel(order="any"),
    'entry="any stage"': _funnel(entry="any stage"),
    'ties="either"': _funnel(ties="either"),
    "tolerance": _funnel(tolerance="1h"),
    'reuse with ties="either"': _funnel(SHARED, ties="either", reuse=True),
    "exclude": _funnel(exclude=jm.event("X")),
    'excluded="removed"': _funnel(exclude=jm.event("X"), excluded="removed"),
    "same": _funnel(same="device"),
    "unit of a column": _funnel(unit="device"),
    'unit="session"': _funnel(unit="session"),
    'bounds="all"': _funnel(bounds="all", period=PERIOD),
    'open="left"': _funnel(open="left"),
    'breakdown="first"': _funnel(by="device", breakdown="first"),
    "optional stages": _funnel(_gap(optional=True)),
    "least and most gaps": _funnel(_gap(most="2d")),
    "flow over stages": _flow(JOURNEY, steps=4, start="See"),
    "flow over events": _flow(over="event", steps=4, top=3, segments=[MOBILE]),
    "flow over a property": _flow(over="device", steps=3),
    "retention on": _retention(unit="week"),
    "retention on or after": _retention(unit="month", counted="on or after", segments=[MOBILE]),
    "lists of customers": lambda log: jm.funnel(log, JOURNEY).customers(stage="See"),
    "timelines": lambda log: log.timeline("c000001"),
    "quality of the reading": lambda log: log.quality,
    "refresh": lambda log: jm.funnel(log.refresh() if isinstance(log, jm.WarehouseLog) else log, JOURNEY),
    "reconcile": lambda log: jm.reconcile(log, JOURNEY, jm.Counting(), jm.Counting(window="7d")),
    "sensitivity": lambda log: jm.sensitivity(log, JOURNEY),
    "suggested journeys": jm.suggest_journey,
    "suggested segments": jm.suggest_segments,
}
"""What each option is called, and how it is asked of a log."""
