"""What a journey map is made of: small frozen values, each with an id that stays."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from journeymap.maps import fields
from journeymap.maps.fields import FORM, Form, Part

LIFECYCLES = (
    "awareness",
    "consideration",
    "purchase",
    "onboarding",
    "usage",
    "support",
    "retention",
    "advocacy",
    "other",
)
CHANNEL_KINDS = (
    "web",
    "app",
    "email",
    "phone",
    "chat",
    "social",
    "search",
    "ad",
    "store",
    "post",
    "payment",
    "partner",
    "other",
)
OWNERSHIPS = ("owned", "paid", "earned", "partner", "none")
BLUEPRINT_LANES = ("evidence", "actions", "frontstage", "backstage", "support")
"""The rows of a service blueprint from top to bottom; the three lines run below actions, frontstage and backstage."""
OPPORTUNITY_STATUSES = ("idea", "next", "doing", "shipped", "dropped")
EVIDENCE_KINDS = (
    "events",
    "survey",
    "ticket",
    "interview",
    "usability_test",
    "review",
    "analytics",
    "workshop",
    "assumption",
)
HEARSAY = ("workshop", "assumption")
"""Kinds of evidence that come from the team alone."""
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
"""What a KPI may be computed from; see :mod:`journeymap.maps.measuring`."""


def slug(said: str) -> str:
    """Write a text as an id: small letters, digits and hyphens.

    Examples
    --------
    >>> slug("I wait for the e-mail!"), slug("Über uns"), slug("???")
    ('i-wait-for-the-e-mail', 'uber-uns', 'part')
    """
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "part"


def identity() -> Any:
    """Make a field for the id of a part; one without is named after its first field."""
    return field(default="", metadata={FORM: Form(lambda value, _: str(value or ""))})


@dataclass(frozen=True)
class Named(Part):
    """A part with an id, which stays when its words change."""

    if TYPE_CHECKING:
        id: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.id:
            first = next(key for key in self.__dataclass_fields__ if key != "extra")
            object.__setattr__(self, "id", slug(getattr(self, first)))


@dataclass(frozen=True)
class Empathy(Part):
    """What somebody says, thinks, does and feels."""

    says: tuple[str, ...] = fields.texts()
    thinks: tuple[str, ...] = fields.texts()
    does: tuple[str, ...] = fields.texts()
    feels: tuple[str, ...] = fields.texts()


@dataclass(frozen=True)
class Persona(Named):
    """A kind of customer whom the map speaks of.

    Attributes
    ----------
    segment_rule
        Which customers of a log are meant: ``jm.where`` and ``jm.did``.
    summary
        One line under the name.
    """

    name: str = fields.name()
    id: str = identity()
    summary: str = fields.text()
    segment_rule: Any = fields.rule()
    goals: tuple[str, ...] = fields.texts()
    needs: tuple[str, ...] = fields.texts()
    jobs: tuple[str, ...] = fields.texts()
    frustrations: tuple[str, ...] = fields.texts()
    traits: tuple[str, ...] = fields.texts()
    empathy: Empathy | None = fields.one(Empathy)
    evidence: tuple[str, ...] = fields.texts()


@dataclass(frozen=True)
class MapStage(Named):
    """A column of the map.

    Attributes
    ----------
    question
        What the customer asks here, the small line under the name.
    milestone
        The events that count as having reached the stage; without one it is not measured.
    kpis
        Ids.
    """

    name: str = fields.name()
    id: str = identity()
    question: str = fields.text()
    lifecycle: str = fields.choice(LIFECYCLES)
    customer_goal: str = fields.text()
    business_goal: str = fields.text()
    milestone: Any = fields.rule()
    kpis: tuple[str, ...] = fields.texts()
    owner: str = fields.text()
    evidence: tuple[str, ...] = fields.texts()


@dataclass(frozen=True)
class Channel(Named):
    """A way on which customer and company meet; `kind` picks its sign, `match` its events in a log."""

    name: str = fields.name()
    id: str = identity()
    kind: str = fields.choice(CHANNEL_KINDS)
    match: Any = fields.rule()


@dataclass(frozen=True)
class Touchpoint(Named):
    """A thing that the customer meets, on a channel (id)."""

    name: str = fields.name()
    id: str = identity()
    channel: str = fields.text()
    ownership: str = fields.choice(OWNERSHIPS)
    physical_evidence: str = fields.text()
    match: Any = fields.rule()


@dataclass(frozen=True)
class Next(Part):
    """Where a step may lead: the id of a step, and when."""

    to: str = fields.name()
    when: str = fields.text()


@dataclass(frozen=True)
class Claims(Part):
    """What the team says of a step in numbers.

    Attributes
    ----------
    emotion
        From -2 (furious) to +2 (delighted).
    label
        A word for it.
    share
        The share of the customers of its stage who take the step, 0 to 1.
    hours
        How long customers take from the step before, the median.
    """

    emotion: float | None = fields.number(-2, 2)
    label: str = fields.text()
    share: float | None = fields.number(0, 1)
    hours: float | None = fields.number(0)


@dataclass(frozen=True)
class Step(Named):
    """Something that the customer does or lives through, told in the customer's voice.

    Attributes
    ----------
    stage, touchpoints, personas
        Ids; no personas means all of them.
    moment_of_truth
        Why this step decides; empty if it does not.
    match
        The events of a log that are this step.
    claims
        What the team says of it in numbers; a measurement never changes them.
    """

    title: str = fields.name()
    id: str = identity()
    stage: str = fields.text()
    actor: str = fields.text()
    kind: str = fields.choice(("communication", "action"))
    touchpoints: tuple[str, ...] = fields.texts()
    actions: tuple[str, ...] = fields.texts()
    thoughts: tuple[str, ...] = fields.texts()
    personas: tuple[str, ...] = fields.texts()
    next: tuple[Next, ...] = fields.many(Next)
    match: Any = fields.rule()
    moment_of_truth: str = fields.text()
    claims: Claims | None = fields.one(Claims)
    evidence: tuple[str, ...] = fields.texts()


@dataclass(frozen=True)
class Pain(Named):
    """What hurts the customer, at some steps; severity 1 to 5."""

    text: str = fields.name()
    id: str = identity()
    steps: tuple[str, ...] = fields.texts()
    personas: tuple[str, ...] = fields.texts()
    theme: str = fields.text()
    severity: float | None = fields.number(1, 5)
    evidence: tuple[str, ...] = fields.texts()


@dataclass(frozen=True)
class Gain(Named):
    """What pleases the customer, at some steps; severity 1 to 5 says how much it matters."""

    text: str = fields.name()
    id: str = identity()
    steps: tuple[str, ...] = fields.texts()
    personas: tuple[str, ...] = fields.texts()
    theme: str = fields.text()
    severity: float | None = fields.number(1, 5)
    evidence: tuple[str, ...] = fields.texts()


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


@dataclass(frozen=True)
class Goal(Named):
    """What the business is after; `parent` and `kpi` are ids."""

    name: str = fields.name()
    id: str = identity()
    parent: str = fields.text()
    kpi: str = fields.text()


@dataclass(frozen=True)
class Evidence(Named):
    """What a claim stands on.

    Attributes
    ----------
    n
        How many answers, customers or interviews.
    quote, locator
        The words, or where they stand.
    expires
        After this day it is stale.
    pii
        Whether it holds personal data.
    """

    source: str = fields.name()
    id: str = identity()
    kind: str = fields.choice(EVIDENCE_KINDS, "assumption")
    sha256: str = fields.text()
    window: str = fields.text()
    n: float | None = fields.number(0)
    method: str = fields.text()
    collected_at: Any = fields.day()
    locator: str = fields.text()
    quote: str = fields.text()
    strength: str = fields.text()
    expires: Any = fields.day()
    pii: bool = fields.flag()


@dataclass(frozen=True)
class Contributor(Part):
    """Somebody who worked on the map, and their team."""

    name: str = fields.name()
    team: str = fields.text()


@dataclass(frozen=True)
class Waiver(Part):
    """Somebody's word that a finding is accepted until some day; `at` is the id of the part, empty for the whole map."""

    rule: str = fields.name()
    at: str = fields.text()
    by: str = fields.text()
    reason: str = fields.text()
    until: Any = fields.day()


@dataclass(frozen=True)
class Change(Part):
    """A line of the map's history."""

    what: str = fields.name()
    on: Any = fields.day()
    by: str = fields.text()
