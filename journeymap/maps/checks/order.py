"""JM01, the order: whether customers take the steps in the order in which the map draws them; and rules that cannot be read."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeymap.analyses.intervals import wilson
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.case import Case

found = partial(Finding, "JM01")


class Pair(NamedTuple):
    """Two steps in the order of the map, and how many customers who took both began with the first and with the second."""

    first: str
    second: str
    as_drawn: int
    reversed: int

    @property
    def is_reversed(self) -> bool:
        """Whether most customers take the second step first, beyond chance."""
        return bool(wilson(self.reversed, self.as_drawn + self.reversed)[0] > 0.5)


def told(case: Case) -> Iterator[Finding]:
    """Say which rules speak of things that the log does not have."""
    if case.log is None:
        return
    if case.unmeasured:
        yield found(
            "error",
            "",
            f"The map cannot be held against the log. {plain(case.unmeasured, most=200)}",
            {},
            "Mend it first: without it no claim is tested.",
        )
    for part_id, why in data.unreadable(case.log, case.journey_map).items():
        yield found(
            "error",
            part_id,
            f"The rule of {case.name(part_id)} cannot be read on this log: {plain(why, most=200)}",
            {},
            "Correct the rule, or check the log that has what it speaks of.",
        )


def measured(case: Case) -> Iterator[Finding]:
    """Say which steps customers take in another order."""
    if case.log is None:
        return
    pairs = step_pairs(case, case.log)
    turned = sorted((pair for pair in pairs if pair.is_reversed), key=lambda pair: -pair.reversed)
    if not turned:
        return
    worst, total = turned[0], len(pairs)
    tau = (total - 2 * sum(pair.reversed > pair.as_drawn for pair in pairs)) / total
    both = worst.as_drawn + worst.reversed
    more = (
        f" {len(turned) - 1} more pairs are reversed."
        if len(turned) > 2
        else " One more pair is reversed." * (len(turned) - 1)
    )
    yield found(
        "warn",
        worst.second,
        f"{worst.reversed / both:.0%} of the {both:,} customers who take both come to {case.name(worst.second)} "
        f"before {case.name(worst.first)}, which the map draws first.{more}",
        {
            "kendall_tau": round(tau, 3),
            "pairs": total,
            "reversed": [(pair.first, pair.second, pair.reversed, pair.as_drawn) for pair in turned],
        },
        "Move the step, or let the later one lead back to the earlier one (next).",
    )


def step_pairs(case: Case, log: EventLog) -> list[Pair]:
    """Compare when customers first took each pair of steps; ways back that the map draws, and pairs that few took, are left out."""
    places = {stage.id: place for place, stage in enumerate(case.journey_map.stages)}
    steps = sorted(
        (step for step in case.journey_map.steps if step.match is not None and step.stage in places),
        key=lambda step: places[step.stage],
    )
    masks = {step.id: mask for step in steps if (mask := data.picked(log, step.match)) is not None}
    first = {part_id: data.first_at(log, mask) for part_id, mask in masks.items()}
    back = {(way.to, step.id) for step in steps for way in step.next}
    pairs = []
    for a, b in combinations((step.id for step in steps if step.id in first), 2):
        both = np.isfinite(first[a]) & np.isfinite(first[b])
        as_drawn, turned = int((first[a] < first[b])[both].sum()), int((first[a] > first[b])[both].sum())
        if as_drawn + turned >= case.limits.few and (a, b) not in back:
            pairs.append(Pair(a, b, as_drawn, turned))
    return pairs
