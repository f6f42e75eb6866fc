"""What a map tells of customers: personas, stages, channels, touchpoints, steps, pains and gains; each has an id that stays."""

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
    """A part with an id, which stays when its words change; `notes` are the team's own."""

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
    notes: str = fields.text()


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
    notes: str = fields.text()


@dataclass(frozen=True)
class Channel(Named):
    """A way on which customer and company meet; `kind` picks its sign, `match` its events in a log."""

    name: str = fields.name()
    id: str = identity()
    kind: str = fields.choice(CHANNEL_KINDS)
    match: Any = fields.rule()
    notes: str = fields.text()


@dataclass(frozen=True)
class Touchpoint(Named):
    """A thing that the customer meets, on a channel (id)."""

    name: str = fields.name()
    id: str = identity()
    channel: str = fields.text()
    ownership: str = fields.choice(OWNERSHIPS)
    physical_evidence: str = fields.text()
    match: Any = fields.rule()
    notes: str = fields.text()


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
    notes: str = fields.text()


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
    notes: str = fields.text()


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
    notes: str = fields.text()
