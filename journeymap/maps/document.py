"""The journey map: a frozen document whose verbs answer changed copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from importlib import import_module
from typing import TYPE_CHECKING, Any

from journeymap.errors import counted
from journeymap.journeys import Journey, Stage, unknown
from journeymap.maps import editing, fields
from journeymap.maps.fields import Part
from journeymap.maps.grounds import Change, Contributor, Evidence, Waiver
from journeymap.maps.measurements import Measurements
from journeymap.maps.parts import (
    Channel,
    Gain,
    MapStage,
    Named,
    Pain,
    Persona,
    Step,
    Touchpoint,
    identity,
    slug,
)
from journeymap.maps.plans import BlueprintItem, Goal, Kpi, Opportunity

if TYPE_CHECKING:
    from pathlib import Path

    from journeymap.events.log import EventLog
    from journeymap.maps.checks.checking import Findings
    from journeymap.maps.comparing.differences import Difference
    from journeymap.maps.comparing.fitting import Fit
    from journeymap.maps.feedback.reading import Feedback
    from journeymap.maps.fixing.friction import Friction

KINDS = ("current_state", "future_state", "day_in_life", "service_blueprint")
STATUSES = ("draft", "assumed", "validated", "live", "archived")
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Scope(Part):
    """Where the journey starts and where it ends, in words."""

    start: str = fields.text()
    end: str = fields.text()


@dataclass(frozen=True, repr=False)
class JourneyMap(Part):
    """A journey map: what is told of customers, stage by stage, and in `measurements` what was measured.

    It never changes: each verb answers another map, so that undo is the previous one.

    Attributes
    ----------
    kind
        ``"current_state"``, ``"future_state"`` (with `baseline_map`), ``"day_in_life"`` or ``"service_blueprint"``.
    reviewed_at, review_every_days
        When people last went through it, and how often they mean to.
    measurements
        Filled by :meth:`measure`; nothing that is told ever changes by it.

    Examples
    --------
    >>> import journeymap as jm
    >>> map = jm.JourneyMap("Sign up", stages=["Discover", "Confirm"])
    >>> map = map.add(jm.Step("I wait for the e-mail", stage="confirm", claims={"emotion": 1}))
    >>> map.part("i-wait-for-the-e-mail").claims.emotion
    1
    >>> map
    <JourneyMap Sign up: current state, 2 stages, 1 step>
    """

    title: str = fields.name()
    id: str = identity()
    kind: str = fields.choice(KINDS, "current_state")
    status: str = fields.choice(STATUSES, "draft")
    scenario: str = fields.text()
    customer_goal: str = fields.text()
    scope: Scope | None = fields.one(Scope)
    owner: str = fields.text()
    contributors: tuple[Contributor, ...] = fields.many(Contributor)
    language: str = fields.text("en")
    currency: str = fields.text()
    version: float | None = fields.number(0)
    reviewed_at: Any = fields.day()
    review_every_days: float | None = fields.number(1)
    baseline_map: str = fields.text()
    parent: str = fields.text()
    children: tuple[str, ...] = fields.texts()
    goals: tuple[Goal, ...] = fields.many(Goal)
    personas: tuple[Persona, ...] = fields.many(Persona)
    stages: tuple[MapStage, ...] = fields.many(MapStage)
    channels: tuple[Channel, ...] = fields.many(Channel)
    touchpoints: tuple[Touchpoint, ...] = fields.many(Touchpoint)
    steps: tuple[Step, ...] = fields.many(Step)
    pains: tuple[Pain, ...] = fields.many(Pain)
    gains: tuple[Gain, ...] = fields.many(Gain)
    blueprint: tuple[BlueprintItem, ...] = fields.many(BlueprintItem)
    opportunities: tuple[Opportunity, ...] = fields.many(Opportunity)
    kpis: tuple[Kpi, ...] = fields.many(Kpi)
    evidence: tuple[Evidence, ...] = fields.many(Evidence)
    measurements: Measurements | None = fields.one(Measurements)
    waivers: tuple[Waiver, ...] = fields.many(Waiver)
    changelog: tuple[Change, ...] = fields.many(Change)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.id:
            object.__setattr__(self, "id", slug(self.title))

    def __repr__(self) -> str:
        size = f"{counted(len(self.stages), 'stage')}, {counted(len(self.steps), 'step')}"
        return f"<JourneyMap {self.title}: {self.kind.replace('_', ' ')}, {size}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        """Show the map as its picture at the end of a cell; the picture is drawn only then."""
        return {
            "image/svg+xml": import_module("journeymap.charts.paper").svg(self),
            "text/plain": repr(self),
        }

    @property
    def parts(self) -> dict[str, Named]:
        """Every part by its id; of two with one id, the first."""
        found: dict[str, Named] = {}
        for one_kind in COLLECTIONS.values():
            for part in getattr(self, one_kind):
                found.setdefault(part.id, part)
        return found

    def part(self, part_id: str, /) -> Any:
        """Return the part of an id; an unknown id is an error that suggests the nearest."""
        parts = self.parts
        if part_id not in parts:
            raise unknown("part", part_id, list(parts), owner=f"map {self.title}")
        return parts[part_id]

    def steps_of(self, stage: str, /) -> list[Step]:
        """Return the steps of a stage, in order."""
        return [step for step in self.steps if step.stage == stage]

    def for_persona(self, persona: str, /) -> JourneyMap:
        """Return the map as one persona has it: without the steps, pains and gains that are only others'."""
        kept = self.part(persona)

        def theirs(parts: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(part for part in parts if not part.personas or kept.id in part.personas)

        steps, pains, gains = theirs(self.steps), theirs(self.pains), theirs(self.gains)
        return replace(self, personas=(kept,), steps=steps, pains=pains, gains=gains)

    @property
    def journey(self) -> Journey | None:
        """The journey of the stages that have a milestone; None if fewer than two have one."""
        stages = [
            Stage(stage.name, stage.milestone, stage.lifecycle or None)
            for stage in self.stages
            if stage.milestone
        ]
        return Journey(self.title, stages=stages) if len(stages) > 1 else None

    def add(self, part: Part, /, *, before: str | None = None) -> JourneyMap:
        """Return a map with one more part, at the end of its kind or before another; an id that is taken gets a number.

        Waivers, contributors and changes have no id; they come last.
        """
        return editing.add(self, part, before=before)

    def change(self, part_id: str = "", /, **changed: Any) -> JourneyMap:
        """Return a map in which fields of a part (of the map itself without an id) are others.

        An id that changes, changes wherever it is referred to.
        """
        return editing.change(self, part_id, changed)

    def remove(self, part_id: str, /) -> JourneyMap:
        """Return a map without a part; the steps of a stage and the KPIs of either go with it, and nothing refers to them."""
        return editing.remove(self, part_id)

    def move(self, part_id: str, /, *, before: str | None = None, stage: str | None = None) -> JourneyMap:
        """Return a map in which a part stands before another (None: at the end), or a step in another stage."""
        return editing.move(self, part_id, before=before, stage=stage)

    def measure(self, log: EventLog, feedback: Feedback | None = None, /, **options: Any) -> JourneyMap:
        """Return the map with what a log and answers say of it; see :func:`journeymap.maps.measuring.measure.measure`."""
        from journeymap.maps.measuring.measure import measure  # stands on this module, as those below

        return measure(self, log, feedback, **options)

    def check(self, **options: Any) -> Findings:
        """Say what is wrong with the map; see :func:`journeymap.maps.checks.checking.check`."""
        from journeymap.maps.checks.checking import check

        return check(self, **options)

    def friction(self, log: EventLog, feedback: Feedback | None = None, /, **options: Any) -> Friction:
        """Say where most customers are lost or annoyed; see :func:`journeymap.maps.fixing.friction.friction`."""
        from journeymap.maps.fixing.friction import friction

        return friction(self, log, feedback, **options)

    def fit(self, log: EventLog, /, **options: Any) -> Fit:
        """Say how far what customers do is what is drawn; see :func:`journeymap.maps.comparing.fitting.fit`."""
        from journeymap.maps.comparing.fitting import fit

        return fit(self, log, **options)

    def diff(self, other: JourneyMap, /, **options: Any) -> Difference:
        """Say what changed from this map to another; see :func:`journeymap.maps.comparing.differences.diff`."""
        from journeymap.maps.comparing.differences import diff

        return diff(self, other, **options)

    @classmethod
    def from_log(cls, log: EventLog, journey: Journey, /, **options: Any) -> JourneyMap:
        """Draft a map from a log: stages, steps, touchpoints and what was measured; see :mod:`journeymap.maps.drafting.draft`."""
        from journeymap.maps.drafting.draft import from_log

        return from_log(log, journey, **options)

    def save(self, path: str | Path, /) -> None:
        """Write the map to a YAML or JSON file, whole or not at all; comments that stood in the file are not kept."""
        from journeymap.maps import notation  # stands on this module

        notation.save(path, self)

    @classmethod
    def load(cls, path: str | Path, /) -> JourneyMap:
        """Read a map from a YAML or JSON file; what is wrong in it is named with its line."""
        from journeymap.maps import notation

        return notation.load(path)


COLLECTIONS: dict[type[Part], str] = {
    one_field.metadata["of"]: one_field.name
    for one_field in fields_of(JourneyMap)
    if issubclass(one_field.metadata.get("of", Part), Named) and one_field.default == ()
}
"""Where the parts of each kind stand in a map."""
