"""A first journey and first segments for a log that nobody has described yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from journeymap.analyses.pushing import check_read
from journeymap.analyses.splitting import as_text
from journeymap.conditions import event, where
from journeymap.counting.attempts import attempts
from journeymap.counting.contract import Counting
from journeymap.journeys import Journey, Segment, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeymap.events.log import EventLog

GOAL = re.compile(
    r"purchas|order|paid|payment|checkout|subscri|sign.?up|convert|booking|redempt", re.IGNORECASE
)
MOST_VALUES = 50


def suggest_journey(log: EventLog, /, *, stages: int = 5) -> Journey:
    """Suggest a journey from the events that most customers have, in the order in which they first do them.

    Events that sound like a goal (purchase, order, sign-up) are taken before others, and events that nobody does after
    the ones before are left out. It is a place to start from, not a finding.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "a", "b"], "what": ["see", "buy", "see"], "when": ["2026-01-01", "2026-01-02", "2026-01-01"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> jm.suggest_journey(log).stage_names
    ['see', 'buy']
    """
    check_read(log, "suggest_journey")
    seen = _customers_of_events(log)
    common = [int(code) for code in np.argsort(-seen, kind="stable") if seen[code] > 0]
    names = log.store.event_names
    goals = [
        code for code in common if GOAL.search(str(names[code])) and seen[code] * 100 >= seen[common[0]]
    ][:2]
    chosen = (goals + [code for code in common if code not in goals])[:stages]
    ordered = _in_order(_first_times(log, chosen), chosen)
    return _reached(log, [_stage(str(names[code])) for code in ordered])


def _stage(name: str) -> Stage:
    return Stage(name, event(_literally(name)))


def _reached(log: EventLog, stages: list[Stage]) -> Journey:
    """Make a journey of the stages that customers reach one after another; a goal stays rather than the stage before it."""
    journey = Journey("First look", stages=stages)
    found = attempts(log, journey, counting=Counting()).overall.depth
    depth = int(found.max(initial=0))
    if depth in (0, len(stages)):
        return journey
    in_the_way = depth - 1 if depth > 1 and GOAL.search(stages[depth].name) else depth
    return _reached(log, [stage for place, stage in enumerate(stages) if place != in_the_way])


def suggest_segments(log: EventLog, /, *, most: int = 4) -> list[Segment]:
    """Suggest segments: the largest values of the properties that split customers into few groups.

    Examples
    --------
    >>> import pandas as pd, journeymap as jm
    >>> frame = pd.DataFrame({"who": ["a", "b"], "what": "see", "when": "2026-01-01", "device": ["mobile", "desktop"]})
    >>> log = jm.read_events(frame, customer="who", event="what", at="when")
    >>> [segment.name for segment in jm.suggest_segments(log)]
    ['device: desktop', 'device: mobile']
    """
    check_read(log, "suggest_segments")
    found = []
    for name in splitting_properties(log, most=8):
        values = log.values(name, most=2)
        if len(values) == 2 and values.iloc[1] * 20 >= log.n_customers:
            found += [_segment(log, name, value) for value in values.index]
    return found[:most]


def splitting_properties(log: EventLog, /, *, most: int = MOST_VALUES) -> list[str]:
    """List the attributes and properties by which customers can be split: those with 2 to `most` values."""
    return [name for name in (*log.attributes, *log.properties) if 2 <= len(log.column(name).values) <= most]


def _segment(log: EventLog, name: str, value: object) -> Segment:
    plain = value.item() if hasattr(value, "item") else value
    plain = _literally(plain) if isinstance(plain, str) else plain
    rule = where({name: plain}) if name in log.attributes else where({name: plain}, pick="first")
    return Segment(f"{name}: {as_text(value)}", rule)


def _literally(text: str) -> str:
    return text.replace("*", "[*]")


def _customers_of_events(log: EventLog) -> NDArray[np.int64]:
    n_names = len(log.store.event_names)
    pairs = np.unique(log.visible.customer.astype(np.int64) * n_names + log.visible.event)
    return np.bincount(pairs % n_names, minlength=n_names)


def _first_times(log: EventLog, codes: list[int]) -> NDArray[np.float64]:
    """Return when each customer first did each event (customers x events), infinite where never."""
    visible = log.visible
    first = np.full((len(log.store.customers), len(codes)), np.inf)
    for position, code in enumerate(codes):
        rows = np.flatnonzero(visible.event == code)[::-1]
        first[visible.customer[rows], position] = visible.at[rows]
    return first


def _in_order(first: NDArray[np.float64], codes: list[int]) -> list[int]:
    """Order events by how often each comes before the others, among the customers who did both."""
    wins = np.zeros(len(codes))
    for a in range(len(codes)):
        for b in range(len(codes)):
            both = np.isfinite(first[:, a]) & np.isfinite(first[:, b])
            before, after = (first[both, a] < first[both, b]).sum(), (first[both, a] > first[both, b]).sum()
            wins[a] += (before - after) / (before + after) if before + after else 0
    return [codes[position] for position in np.argsort(-wins, kind="stable")]
