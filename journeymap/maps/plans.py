"""What the company does and plans: the cards of a blueprint, opportunities, KPIs and goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeymap.maps import fields
from journeymap.maps.parts import Named, identity

BLUEPRINT_LANES = ("evidence", "actions", "frontstage", "backstage", "support")
"""The rows of a service blueprint from top to bottom; the three lines run below actions, frontstage and backstage."""

OPPORTUNITY_STATUSES = ("idea", "next", "doing", "shipped", "dropped")

METRICS = (
    "customers",
    "moved_on_share",
    "left_share",
    "median_hours",
    "emotion",
    "negative_share",
    "nps",
    "reach_share",
    "mentions",
)
"""What a KPI may be computed from; see :mod:`journeymap.maps.measuring.measure`."""


@dataclass(frozen=True)
class BlueprintItem(Named):
    """A card of a service blueprint, below one step.

    Attributes
    ----------
    duration
        In the team's words, such as "17 min".
    fail_point, wait_point
        Whether it goes wrong here, or somebody waits.
    links
        Ids of the cards that it triggers.
    """

    text: str = fields.name()
    id: str = identity()
    lane: str = fields.choice(BLUEPRINT_LANES)
    step: str = fields.text()
    owner: str = fields.text()
    system: str = fields.text()
    duration: str = fields.text()
    fail_point: bool = fields.flag()
    wait_point: bool = fields.flag()
    links: tuple[str, ...] = fields.texts()
    evidence: tuple[str, ...] = fields.texts()
    notes: str = fields.text()


@dataclass(frozen=True)
class Opportunity(Named):
    """Something to do about pains.

    Attributes
    ----------
    effort
        Person-weeks.
    impact, confidence
        As RICE has them: 3, 2, 1, 0.5 or 0.25; and 0 to 1.
    importance, satisfaction
        Top-2-box shares, 0 to 1.
    kpi
        The id of the KPI that should move.
    """

    title: str = fields.name()
    id: str = identity()
    pains: tuple[str, ...] = fields.texts()
    owner: str = fields.text()
    team: str = fields.text()
    status: str = fields.choice(OPPORTUNITY_STATUSES)
    due: Any = fields.day()
    effort: float | None = fields.number(0)
    impact: float | None = fields.number(0)
    confidence: float | None = fields.number(0, 1)
    importance: float | None = fields.number(0, 1)
    satisfaction: float | None = fields.number(0, 1)
    kpi: str = fields.text()
    shipped_at: Any = fields.day()
    evidence: tuple[str, ...] = fields.texts()
    notes: str = fields.text()


@dataclass(frozen=True)
class Kpi(Named):
    """A number by which the team wants to be measured.

    Attributes
    ----------
    of
        The id of a stage or a step; empty for the whole map.
    metric
        What it is computed from; without one it is only told.
    target, baseline
        In the unit of the metric: shares 0 to 1, NPS -100 to 100, emotion -2 to 2, hours.
    direction
        Whether more or less is better.
    """

    name: str = fields.name()
    id: str = identity()
    of: str = fields.text()
    metric: str = fields.choice(METRICS)
    definition: str = fields.text()
    unit: str = fields.text()
    direction: str = fields.choice(("up", "down"), "up")
    target: float | None = fields.number()
    baseline: float | None = fields.number()
    goal: str = fields.text()
    owner: str = fields.text()
    evidence: tuple[str, ...] = fields.texts()
    notes: str = fields.text()


@dataclass(frozen=True)
class Goal(Named):
    """What the business is after; `parent` and `kpi` are ids."""

    name: str = fields.name()
    id: str = identity()
    parent: str = fields.text()
    kpi: str = fields.text()
    notes: str = fields.text()
