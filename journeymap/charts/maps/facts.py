"""What a picture of a map asks of it: its parts by stage, what was measured of them, and which claims hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from journeymap.maps.claims import WORST_FIRST, claims

if TYPE_CHECKING:
    import datetime as dt

    from journeymap.maps.claims import Claim
    from journeymap.maps.document import JourneyMap
    from journeymap.maps.grounds import Evidence
    from journeymap.maps.measurements import Measurements, Observation
    from journeymap.maps.parts import Gain, Pain, Step, Touchpoint
    from journeymap.maps.plans import Kpi, Opportunity
    from journeymap.maps.verdicts import Status

Weighed = TypeVar("Weighed", "Pain", "Gain")
FEWEST = 5
"""What stands on fewer customers is not shown."""


@dataclass(frozen=True)
class Facts:
    """A map as it is drawn.

    Attributes
    ----------
    told
        The map, of one persona if one was asked for.
    baseline
        The map that a future state is held against, if there is one.
    persona
        The id of the persona whose map it is; empty for everybody's. The numbers of `told` are then hers alone, so that
        claims are held against the numbers that are shown.
    today
        The day to judge claims by.
    """

    told: JourneyMap
    baseline: JourneyMap | None = None
    persona: str = ""
    today: dt.date | None = None

    @cached_property
    def measurements(self) -> Measurements | None:
        """The measurements that are shown: the map's own, else its baseline's."""
        own = self.told.measurements
        if own is not None and own.observations:
            return own
        return self.baseline.measurements if self.baseline is not None else None

    @cached_property
    def _observed(self) -> dict[tuple[str, str], Observation]:
        found = self.measurements.observations if self.measurements is not None else ()
        return {(one.target, one.metric): one for one in reversed(found) if not one.persona}

    def observed(self, target: str, metric: str) -> Observation | None:
        """Return a number that may be shown: one that was measured, on enough customers."""
        found = self._observed.get((target, metric))
        if found is None or found.value is None or (found.n is not None and found.n < FEWEST):
            return None
        return found

    def emotion_of(self, step: Step) -> Observation | None:
        """Return the measured emotion of a step; that of its stage, if it is the only step there."""
        found = self.observed(step.id, "emotion")
        alone = len(self.steps_of(step.stage)) == 1
        return self.observed(step.stage, "emotion") if found is None and alone else found

    def number(self, target: str, metric: str) -> float | None:
        """Return the value of a number that may be shown."""
        found = self.observed(target, metric)
        return None if found is None else found.value

    @property
    def is_measured(self) -> bool:
        """Whether anything was measured."""
        return any(one.value is not None for one in self._observed.values())

    @cached_property
    def claims(self) -> list[Claim]:
        """Every claim of the map, and whether it holds."""
        return claims(self.told, today=self.today)

    @cached_property
    def _claims_of(self) -> dict[tuple[str, str], Claim]:
        return {(claim.part, claim.field): claim for claim in self.claims}

    def claim(self, part: str, field: str) -> Claim | None:
        """Return what one field of a part claims."""
        return self._claims_of.get((part, field))

    def status(self, *said: tuple[str, str]) -> Status | None:
        """Return the worst status of some (part, field); None if none of them claims anything."""
        found = [claim.status for claim in map(self._claims_of.get, said) if claim is not None]
        return min(found, key=WORST_FIRST.index) if found else None

    def why(self, *said: tuple[str, str]) -> str:
        """Return why the worst of some claims has its status."""
        worst = self.status(*said)
        found = [claim for claim in map(self._claims_of.get, said) if claim is not None]
        return next((claim.why for claim in found if claim.status == worst), "")

    def steps_of(self, stage: str) -> list[Step]:
        """Return the steps of a stage."""
        return self.told.steps_of(stage)

    def touchpoints_of(self, stage: str) -> list[Touchpoint]:
        """Return what the customer meets in a stage, each once."""
        named = dict.fromkeys(one for step in self.steps_of(stage) for one in step.touchpoints)
        known = {one.id: one for one in self.told.touchpoints}
        return [known[name] for name in named if name in known]

    def channel_kind(self, touchpoint: Touchpoint) -> str:
        """Return the kind of the channel that a touchpoint is on."""
        kinds = {channel.id: channel.kind for channel in self.told.channels}
        return kinds.get(touchpoint.channel) or "other"

    def pains_of(self, stage: str) -> list[Pain]:
        """Return what hurts in a stage, the most severe first."""
        here = {step.id for step in self.steps_of(stage)}
        return _heaviest_first([pain for pain in self.told.pains if here & set(pain.steps)])

    def gains_of(self, stage: str) -> list[Gain]:
        """Return what pleases in a stage, what matters most first."""
        here = {step.id for step in self.steps_of(stage)}
        return _heaviest_first([gain for gain in self.told.gains if here & set(gain.steps)])

    def opportunities_of(self, stage: str) -> list[Opportunity]:
        """Return what is to be done about the pains of a stage; each opportunity stands in the first stage of its pains."""
        return [one for one in self.told.opportunities if self._stage_of(one) == stage]

    def _stage_of(self, opportunity: Opportunity) -> str:
        for stage in self.told.stages:
            if any(pain.id in opportunity.pains for pain in self.pains_of(stage.id)):
                return stage.id
        kpi = next((one for one in self.told.kpis if one.id == opportunity.kpi), None)
        return self._home(kpi.of) if kpi is not None else ""

    def _home(self, part: str) -> str:
        return next((step.stage for step in self.told.steps if step.id == part), part)

    def kpis_of(self, stage: str) -> list[Kpi]:
        """Return the KPIs of a stage and of its steps; of the whole map with an empty id."""
        listed = next((one.kpis for one in self.told.stages if one.id == stage), ())
        whole = [kpi.id for kpi in self.whole_kpis]
        return [
            kpi
            for kpi in self.told.kpis
            if self._home(kpi.of) == stage or (not kpi.of and kpi.id in listed and kpi.id not in whole)
        ]

    @cached_property
    def whole_kpis(self) -> list[Kpi]:
        """The KPIs of the whole map: those of no part that not one stage alone names."""
        named = [name for stage in self.told.stages for name in dict.fromkeys(stage.kpis)]
        return [kpi for kpi in self.told.kpis if not kpi.of and named.count(kpi.id) != 1]

    def evidence_of(self, part: object) -> list[Evidence]:
        """Return what a part stands on."""
        named = getattr(part, "evidence", ())
        return [one for one in self.told.evidence if one.id in named]


def _heaviest_first(parts: list[Weighed]) -> list[Weighed]:
    return sorted(parts, key=lambda part: -(part.severity or 0))


def facts(
    journey_map: JourneyMap, /, *, baseline: JourneyMap | None, persona: str | None, today: dt.date | None
) -> Facts:
    """Return a map as it is drawn, of one persona if one is given."""
    if persona:
        journey_map = _as_everybody(journey_map.for_persona(persona), persona)
        if baseline is not None:
            known = any(one.id == persona for one in baseline.personas)
            baseline = _as_everybody(baseline.for_persona(persona) if known else baseline, persona)
    return Facts(journey_map, baseline, persona or "", today)


def _as_everybody(journey_map: JourneyMap, persona: str) -> JourneyMap:
    """Return a map whose numbers are those of one persona, and nobody else's."""
    measured = journey_map.measurements
    if measured is None:
        return journey_map
    hers = tuple(replace(one, persona="") for one in measured.observations if one.persona == persona)
    return replace(journey_map, measurements=replace(measured, observations=hers))
