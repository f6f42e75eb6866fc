"""JM02, the purchase only: whether the map goes on after the customer has paid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from journeymap.errors import listing
from journeymap.maps.checks import data
from journeymap.maps.checks.findings import Finding, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journeymap.maps.checks.case import Case

AFTERWARDS = ("onboarding", "support", "retention", "advocacy")
found = partial(Finding, "JM02")


def told(case: Case) -> Iterator[Finding]:
    """Say whether a stage comes after the purchase."""
    said = [stage.lifecycle for stage in case.journey_map.stages if stage.lifecycle]
    if any(one in AFTERWARDS for one in said):
        return
    yield found(
        "warn",
        "",
        "No stage is about onboarding, support, retention or advocacy, so the map ends when the customer has paid."
        if said
        else "No stage says which part of the customer's life it is, so nobody can tell whether the map goes on after the purchase.",
        {"lifecycles": said},
        "Add the stages that follow, or give those that are there their lifecycle.",
    )


def measured(case: Case) -> Iterator[Finding]:
    """Say how much of what customers do after the purchase falls in no step."""
    log, journey_map = case.log, case.journey_map
    bought = [
        stage.milestone for stage in journey_map.stages if stage.lifecycle == "purchase" and stage.milestone
    ]
    if log is None or not bought or (mask := data.picked(log, bought[-1])) is None:
        return
    later = log.visible.at > data.first_at(log, mask)[log.visible.customer]
    rules = [step.match for step in journey_map.steps if step.match is not None]
    rules += [stage.milestone for stage in journey_map.stages if stage.milestone is not None]
    nowhere = later & ~data.union(log, rules)
    n, den = int(nowhere.sum()), int(later.sum())
    if den < case.limits.few or n / den < case.limits.after_purchase:
        return
    counts = np.bincount(log.visible.event[nowhere], minlength=len(log.store.event_names))
    most = [
        plain(log.store.event_names[code]) for code in np.argsort(-counts, kind="stable")[:3] if counts[code]
    ]
    yield found(
        "warn",
        "",
        f"{n / den:.0%} of what customers do after the purchase falls in no step ({n:,} of {den:,} events), most of it {listing(most)}.",
        {"events": n, "of": den, "most": most},
        "Add steps for what happens after the purchase, each with the events that are it.",
    )
